#![no_main]

//! Any wording of the genre: each byte is one of its words.

use std::sync::LazyLock;

use pledgebook_document::{Given, Source, documents};
use pledgebook_lexicon::Lexicon;

/// Words that rules ask for, numbers and marks; what a byte past them means starts again from the first.
const WORDS: &str = "今年 去年 全年 累计 五年来 到2030年 2024年 ２０２５年 十四五 “ ” 《 》 （ ） ( ) ， ； ： 、 。 ！ \n , — ～ / ∶ % 0 1 2 3 5 12 \
    1,200 １，２００ 5% 3.5 8.7∶41.2∶50.1 2.4∶1 1/3 百分之 十三 点 四 三分之一 十分之一 一半 七成 翻一番 翻番 倍增 两 几 数 多 余 万 亿 千 百 十 元 亿元 美元 个 家 件 项 \
    人 名 户 次 位 第 前 岁 年 月 天 公里 千瓦 吨 斤 亩 度 倍 个百分点 大 金 银 铜 枚金牌 级 强 左右 以上 以内 以下 超过 近 约 不低于 突破 跨越 台阶 比 较 从 由 为 是 \
    占 占比 比重 高于 优于 低于 高 低 增长 下降 提高到 降至 整合为 达到 实现 完成 新增 净增 增加 减少 压减 建成 开工 竣工 分别 均 双双 年均 每年 每 连续 其中 \
    的 了 和 与 及 等 在 上 中 后 以来 来 间 内 前列 全国 全省 世界 居 位居 排名 升至 跃居 地区生产总值 居民收入 粮食 产量 项目 企业 机关 学校 经营主体 总量 金额 规上 \
    主要预期目标是 力争 努力 预计 左右为 支持 惠及 受益 带动 应对 特别是 推动 加快 实施 行动 建设 完善 要 必须 将 坚持 确保 同步 国家下达 目标 任务 超额 时速 首个 城鎮 農村 人均 \u{200b} \u{3000}";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let words: Vec<&str> = WORDS.split(' ').filter(|word| !word.is_empty()).collect();
    let heading = if bytes.len() % 2 == 0 { "一、2030年工作回顾" } else { "二、2031年重点任务" };
    let said: String = bytes.iter().take(200).map(|&byte| words[usize::from(byte) % words.len()]).collect();
    let text = format!("2031年澜川省政府工作报告\n\n各位代表：\n\n{heading}\n\n{said}\n");
    for document in documents(Source { text, ..Source::default() }, &Given::default()) {
        let reading = pledgebook_reader::read(&document, &LEXICON);
        for figure in &reading.figures {
            assert!(!document.slice(figure.span).is_empty() && figure.value.low <= figure.value.high);
        }
    }
});
