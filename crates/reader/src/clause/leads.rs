//! What stands before a subject's name: times, hedges, connectives, marks of lists.

use pledgebook_lexicon::Lexicon;

use super::{Basis, Left};
use crate::words::{starts, strip_start};

/// Skips what stands before the subject's name: connectives, times, hedges, list marks.
pub(super) fn skip_leads(text: &str, start: usize, end: usize, lexicon: &Lexicon, side: &mut Left) -> usize {
    let mut at = start;
    loop {
        let rest = &text[at..end];
        let trimmed = rest.trim_start_matches(['、', '—', '，', '：', ':', '“', '”', '）', '）', '·', '●', '的', '之', '）']);
        // A quotation that opens the subject belongs to it.
        let trimmed = if rest.starts_with('“') { rest } else { trimmed };
        if trimmed.len() < rest.len() {
            at = end - trimmed.len();
            continue;
        }
        let averaged = strip_start!(rest, ["平均每年", "每年平均", "年均"]);
        if let Some(tail) = averaged.filter(|t| !t.is_empty() && !t.starts_with(['浓', '气', '降'])) {
            side.average = true;
            at = end - tail.len();
            continue;
        }
        let named = lexicon.periods.prefix(rest).map(|(word, _)| word.len()).filter(|&len| len < rest.len() && !rest.starts_with("五年翻"));
        if let Some(used) = time_prefix(rest).or(named) {
            at += used;
            continue;
        }
        if let Some((word, ())) = lexicon.goals.hedges.prefix(rest)
            && word.len() < rest.len()
            && !splits_word(word, &rest[word.len()..])
        {
            if word != "基本" {
                side.hedge.get_or_insert((at, at + word.len()));
            }
            at += word.len();
            continue;
        }
        // 扣除自然因素影响后空气优良天数比率
        if starts!(rest, ["扣除", "剔除"])
            && let Some(i) = rest.find('后').filter(|&i| i + '后'.len_utf8() < rest.len())
        {
            side.basis.get_or_insert(Basis::Other);
            at += i + '后'.len_utf8();
            continue;
        }
        if let Some(used) = years_past(rest) {
            at += used;
            continue;
        }
        if let Some(used) = list_mark(rest) {
            at += used;
            continue;
        }
        let Some((word, ())) = lexicon.leads.prefix(rest) else { return at };
        if word.len() == rest.len()
            && !matches!(
                word,
                "和" | "与"
                    | "及"
                    | "以及"
                    | "并"
                    | "累计"
                    | "共"
                    | "其中"
                    | "全年"
                    | "同时"
                    | "再"
                    | "实现"
                    | "将"
                    | "为"
                    | "约"
                    | "有"
                    | "奋力冲刺"
                    | "冲刺"
            )
        {
            return if lexicon.light_verbs.prefix(rest).is_some() || rest.chars().count() <= 2 { end } else { at };
        }
        if splits_word(word, &rest[word.len()..]) {
            return at;
        }
        match word {
            "累计" | "共" | "五年累计" | "多年累计" => side.total = true,
            "预计" | "全年预计" | "预计全年" | "初步核算" | "据初步统计" => side.estimate = true,
            "每年" => side.each = true,
            _ => {}
        }
        at += word.len();
    }
}

/// 近三年, 过去两年, 两年来 before a subject: bytes used.
fn years_past(rest: &str) -> Option<usize> {
    let inner = strip_start!(rest, ["近", "过去", "这"]).unwrap_or(rest);
    let count = inner.chars().next().filter(|c| c.is_ascii_digit() || "两三四五六七八九十".contains(*c))?;
    let tail = inner[count.len_utf8()..].strip_prefix('年')?;
    let tail = match tail.strip_prefix('来') {
        Some(tail) => tail,
        None if inner.len() < rest.len() => tail,
        None => return None,
    };
    (!tail.is_empty()).then_some(rest.len() - tail.len())
}

/// （三）, (2) before a subject: bytes used.
fn list_mark(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix(['（', '('])?;
    let close = inner.find(['）', ')']).filter(|&i| i > 0 && i <= 9)?;
    let numbered = inner[..close].chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let end = close + inner[close..].chars().next().map_or(0, char::len_utf8);
    (numbered && end < inner.len()).then_some(rest.len() - inner.len() + end)
}

/// 共 of 共同, 在 of 在建, 有 of 有色: the lead is only the first character of a word.
fn splits_word(lead: &str, rest: &str) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    match lead {
        "共" => "同建享".contains(next),
        "在" => "建校线岗编职籍".contains(next),
        "有" => "色效线机害条关限序力利轨".contains(next),
        "地" => "表区方级下铁热面市质铁".contains(next),
        "对" => "外口沿".contains(next),
        "将" => "军".contains(next),
        "并" => "购网".contains(next),
        "经" => "济营费".contains(next),
        "使" => "用".contains(next),
        "到" => "位".contains(next),
        "由" => "于".contains(next),
        "从" => "业".contains(next),
        "与" => "会".contains(next),
        "和" => "谐美平".contains(next),
        "及" => "时格".contains(next),
        "再" => "生就制贷".contains(next),
        "要" => "素求道塞闻地".contains(next),
        "可" => "再支持用比回降循视移穿编".contains(next),
        "就" => "业医地诊近学读餐".contains(next),
        "即" => "时兴".contains(next),
        "应" => "急对用届收征付税缴".contains(next),
        "合计" | "总计" => rest.starts_with('数'),
        "约" => "类项".contains(next),
        "有效" => "发专注投需灌防".contains(next),
        "超" => "低高长算充级临".contains(next),
        "近" => "岸海视".contains(next),
        "基本" => "养医公药建农".contains(next),
        "主要" => rest.starts_with("农作物") || rest.starts_with("污染物") || rest.starts_with("河流"),
        "计划" => "生单".contains(next),
        "安排" => false,
        "目标" => "任".contains(next),
        "促进" | "推动" | "推进" | "支持" => false,
        "了" | "的" => false,
        "还" => "贷款".contains(next),
        "已" => false,
        "其" => "他".contains(next),
        "而" | "且" | "也" | "又" => false,
        _ => false,
    }
}

/// 第一个五年计划期间, 前四年累计 at the start: bytes used.
fn numbered_span(rest: &str) -> Option<usize> {
    let first = rest.chars().next().filter(|c| matches!(c, '第' | '前'))?;
    let inner = &rest[first.len_utf8()..];
    let tail = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let tail = match first {
        '前' if tail.len() < inner.len() => tail.strip_prefix('年')?,
        _ => tail.strip_prefix("个五年计划").or_else(|| tail.strip_prefix("个五年规划"))?,
    };
    let tail = strip_start!(tail, ["期间", "时期", "内", "累计"]).unwrap_or(tail);
    (!tail.is_empty()).then_some(rest.len() - tail.len())
}

/// 一九五九年的 at the start: bytes used.
fn year_in_words(rest: &str) -> Option<usize> {
    let digit = |c: &char| matches!(c, '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九');
    let year = rest.chars().take_while(digit).count();
    let tail = rest.get(3 * year..)?.strip_prefix('年').filter(|_| year == 4)?;
    let tail = strip_start!(tail, ["底", "末", "度", "的"]).unwrap_or(tail);
    Some(rest.len() - tail.len())
}

/// 2024年, 年末, “十四五”时期 at the start of a subject: bytes used.
fn time_prefix(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 {
        let tail = rest[4..].strip_prefix('年')?;
        let tail = strip_start!(tail, ["底", "末", "度", "全年"]).unwrap_or(tail);
        let month = tail.bytes().take_while(u8::is_ascii_digit).count();
        let tail = tail[month..].strip_prefix('月').filter(|_| month > 0).unwrap_or(tail);
        let tail = strip_start!(tail, ["当月", "份", "底", "末"]).unwrap_or(tail);
        return Some(rest.len() - tail.len());
    }
    if let Some(used) = year_in_words(rest).or_else(|| numbered_span(rest)) {
        return Some(used);
    }
    let quoted = rest.strip_prefix('“')?;
    let close = quoted.find("五”").filter(|&i| i <= 6)?;
    let tail = &quoted[close + 6..];
    let tail = strip_start!(tail, ["时期", "期间", "以来", "末"]).unwrap_or(tail);
    Some(rest.len() - tail.len())
}
