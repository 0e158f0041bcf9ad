//! What stands to the left of a number: its subject, and the words between that say what the number is.

mod cut;
mod leads;

use pledgebook_lexicon::{Direction, Lexicon, Measure, Predicate};

use crate::words::{Starts, ends, holds, starts, strip_end};
pub(crate) use cut::{GAP_WORDS, RANK_WORDS, cut_at};
use leads::skip_leads;

/// The left side of a number, taken apart from right to left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// The subject: a range of the passage's folded text, empty when the clause has none of its own.
    pub subject: (usize, usize),
    /// The word that says what the number is.
    pub predicate: Option<Predicate>,
    /// A predicate that only says that a level is reached (达到), under another one.
    pub reached: bool,
    /// The predicate names the end of a way (达到, 提高至).
    pub arrived: bool,
    /// The predicate stands before its object (压减行政经费15%).
    pub verb_first: bool,
    /// 年均.
    pub average: bool,
    /// 分别: each number has its own subject.
    pub respective: bool,
    /// 均, 双双: one number for several subjects.
    pub joint: bool,
    /// 从, 由: the number is where a change starts.
    pub from: bool,
    /// 累计, 共.
    pub total: bool,
    /// 每年.
    pub each: bool,
    /// 连续.
    pub lasting: bool,
    /// 约 before the predicate (约占全国的).
    pub about: bool,
    /// 实际, 按可比价格计算.
    pub real: bool,
    /// What a clause that says nothing else says of the basis.
    pub basis: Option<Basis>,
    /// 预计, 初步核算.
    pub estimate: bool,
    /// 力争, 努力, 争取 as written: a range of the passage's folded text.
    pub hedge: Option<(usize, usize)>,
}

/// On what basis a number was reckoned, where a clause of its own says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// 扣除价格因素, 按不变价格计算.
    Real,
    /// 按可比口径.
    SameScope,
    /// Some other deduction.
    Other,
}

/// Single characters that are predicates only on their own, not as the end of one of these words.
const WORDS_THAT_END_ALIKE: [(&str, &[&str]); 12] = [
    ("增", &["新增", "倍增", "猛增"]),
    ("为", &["作为", "成为", "行为", "华为", "认为", "以为"]),
    ("是", &["但是", "还是", "就是", "特别是", "尤其是", "凡是", "于是", "可是"]),
    ("有", &["所有", "拥有", "没有", "国有", "保有", "占有", "持有", "私有", "公有"]),
    ("达", &["发达", "到达", "下达", "传达", "表达", "通达", "直达", "抵达"]),
    ("降", &["霜降", "迫降"]),
    ("升", &["毫升", "公升", "千升", "专升"]),
    ("按", &["不按"]),
    ("减", &["核减率"]),
    ("占", &["侵占", "抢占"]),
    ("保持", &[]),
    ("计划", &["三年行动计划", "行动计划", "倍增计划", "科技计划", "攻坚计划", "专项计划"]),
];

/// Takes apart `text[start..end]`, the clause up to the number's comparator.
pub(crate) fn left(text: &str, start: usize, end: usize, lexicon: &Lexicon) -> Left {
    let mut side = Left::default();
    let mut end = end;
    // Few clauses hold a sign of a comparison.
    let compares = holds!(text[start..end], ["比", "较", "从", "由"]);
    loop {
        let rest = &text[start..end];
        if compares && let Some(cut) = comparison(rest) {
            side.from |= rest[cut..].starts_with(['从', '由']);
            end = start + cut;
            continue;
        }
        let changes = side.predicate.is_some_and(|p| matches!(p.measure, Measure::Growth | Measure::Gap | Measure::Change));
        if changes
            && compares
            && let Some(cut) = compared_with(rest)
        {
            end = start + cut;
            continue;
        }
        if side.predicate.is_none()
            && let Some(cut) = beyond(rest)
        {
            side.predicate = Some(Predicate { measure: Measure::Gap, absolute: Measure::Gap, direction: Direction::Up });
            end = start + cut;
            continue;
        }
        let after_predicate = |cut: usize| lexicon.predicates.suffix(rest[..cut].trim_end_matches('了')).is_some();
        if let Some(cut) = closing_time(rest, lexicon)
            .filter(|&cut| cut == 0 || side.predicate.is_some() || side.total || side.average || after_predicate(cut))
        {
            end = start + cut;
            continue;
        }
        if let Some(cut) = adverb(rest, lexicon, &mut side, start) {
            end = cut;
            continue;
        }
        let Some((word, &predicate)) = lexicon.predicates.suffix(rest) else { break };
        if ends_alike(rest, word) || !settles(&mut side, predicate, rest, word) {
            break;
        }
        end -= word.len();
    }
    // 总部、研发中心分别新认定60家和30家: what stands after 分别 is said of each.
    if let Some(at) = text[start..end].rfind('别').and_then(|_| text[start..end].rfind("分别")).filter(|&at| at > 0) {
        side.respective = true;
        end = start + at;
    }
    if let Some(cut) = before_deduction(&text[start..end]) {
        side.basis = basis(&text[start + cut..end]);
        end = start + cut;
    }
    let end = before_circumstance(&text[start..end]).map_or(end, |cut| start + cut);
    let start = start + after_saying(&text[start..end]);
    let start = after_parenthesis(text, start, end);
    let start = skip_leads(text, start, end, lexicon, &mut side);
    side.subject = (start, end);
    // 文化机构年均服务群众9000万人次
    side.average |= holds!(text[start..end], ["年均服务", "年均接待", "年均举办", "年均新增"]);
    if let Some(basis) = basis(&text[start..end]) {
        side.basis = Some(basis);
        side.subject = (end, end);
    }
    if side.predicate.is_none_or(|p| p.measure == Measure::Level) {
        verb_first(text, lexicon, &mut side);
    }
    side
}

/// 固定资产投资扣除房地产开发投资后增长: where the deduction begins that stands between subject and predicate.
fn before_deduction(words: &str) -> Option<usize> {
    let kept = strip_end!(words, ["后", "影响", "因素"])?;
    ["扣除", "剔除"].iter().filter_map(|w| kept.rfind(w)).max().filter(|&at| at > 0)
}

/// 外贸进出口在…的情况下增长: where the circumstance begins that stands between subject and predicate.
fn before_circumstance(words: &str) -> Option<usize> {
    let kept = strip_end!(words, ["情况下", "背景下", "基础上", "条件下", "前提下", "影响下", "形势下"])?;
    kept.rfind('在')
}

/// What was said of a time and a thing takes so many bytes at least.
const SHORTEST_SAYING: usize = 18;

/// 中央提出今年经济…: how far what somebody said is to be skipped to the time that opens it.
fn after_saying(words: &str) -> usize {
    if words.len() < SHORTEST_SAYING || !words.contains(['今', '明', '去', '全', '1', '2']) {
        return 0;
    }
    const SAID: Starts = Starts::new(&["提出", "要求", "确定", "规定", "建议", "明确", "预计"]);
    let said = SAID.places(words).map(|(_, after)| words.len() - after.len()).last();
    said.filter(|&at| ["今年", "明年", "去年", "全年", "今后", "到2", "20", "19"].iter().any(|w| words[at..].starts_with(w))).unwrap_or(0)
}

/// Words inside parentheses that close before the number say nothing of what follows them.
fn after_parenthesis(text: &str, start: usize, end: usize) -> usize {
    let words = &text[start..end];
    match words.rfind(['）', ')']) {
        Some(close) if !words[..close].contains(['（', '(']) => start + close + words[close..].chars().next().map_or(0, char::len_utf8),
        _ => start,
    }
}

/// 扣除价格因素, 按可比价格计算: a clause that only says on what basis the number was reckoned.
pub(crate) fn basis(subject: &str) -> Option<Basis> {
    let says = starts!(subject, ["扣除", "剔除", "考虑", "按", "依照", "不含", "不考虑", "除去", "还原"]);
    let ends = ends!(subject, ["因素", "因素后", "因素影响", "因素影响后", "计算", "口径", "价格", "不变价", "可比价", "后", "影响"]);
    if !says || !ends || subject.starts_with("按人口") {
        return None;
    }
    if subject.contains("价格") || subject.contains("物价") || subject.contains("可比价") || subject.contains("不变价") {
        return Some(Basis::Real);
    }
    Some(if subject.contains("口径") { Basis::SameScope } else { Basis::Other })
}

/// 比2020年, 较十年前, 从2020年的 at the end: where it starts.
fn comparison(rest: &str) -> Option<usize> {
    let (at, word) = rest.char_indices().rev().take(10).find(|(_, c)| matches!(c, '比' | '较' | '从' | '由'))?;
    let time = &rest[at + word.len_utf8()..];
    let base = time.strip_suffix('的').unwrap_or(time);
    let ends = ends!(base, ["年", "年底", "年末", "年前", "年同期", "之初", "时期", "期间", "年初", "同期", "年代", "年度", "末", "末期"]);
    let starts = time.starts_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十制上去前年“同".contains(c));
    (ends && starts).then_some(at)
}

/// How far before the plan that was exceeded its verb stands, in characters.
const BEYOND_REACH: usize = 14;

/// 超年度计划, 超过原定的年度计划: where it starts.
fn beyond(rest: &str) -> Option<usize> {
    if !ends!(rest, ["目标", "任务", "计划", "进度", "预期"]) {
        return None;
    }
    let (at, word) = rest.char_indices().rev().take(BEYOND_REACH).find(|(_, c)| *c == '超')?;
    (!rest[at + word.len_utf8()..].contains(['，', '、', '；'])).then_some(at)
}

/// How far back of a predicate the 比 or 较 stands that it answers, in characters.
const COMPARISON_REACH: usize = 16;

/// 比年度计划, 较原定目标, 与上年相比 before a predicate of change: where it starts. 比 and 较 as parts of words are none.
pub(crate) fn compared_with(rest: &str) -> Option<usize> {
    let mut after = ' ';
    for (at, c) in rest.char_indices().rev().take(COMPARISON_REACH) {
        match c {
            '，' | '；' | '、' | '：' | '。' => return None,
            '比' | '较' => {
                let before = rest[..at].chars().next_back().unwrap_or(' ');
                let inside = "重例率较对分值赛特价如武邻喻亚大快高好为多低强长少".contains(after)
                    || "占对同环可分性类配评无好相堪百攀".contains(before);
                return (!inside && after != ' ').then_some(at);
            }
            _ => after = c,
        }
    }
    None
}

/// A time at the end of the words before a number (增加到2007年, 五年 of 五年累计): where it starts.
fn closing_time(rest: &str, lexicon: &Lexicon) -> Option<usize> {
    let base = rest.strip_suffix('的').unwrap_or(rest);
    // Some words for a span hold the verb after it (十年增加); those say more than a time.
    if !base.ends_with(['年', '来', '间', '里', '末', '底', '度']) {
        return None;
    }
    if let Some((word, _)) = lexicon.periods.suffix(base) {
        return Some(base.len() - word.len());
    }
    let year = strip_end!(base, ["年底", "年末", "年", "年间", "年来"])?;
    let digits = year.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits == 4 || digits <= 2).then_some(year.len() - digits);
    }
    let words = year.chars().rev().take_while(|c| "〇零一二三四五六七八九十两".contains(*c)).count();
    (words > 0 && words <= 4).then(|| year.len() - 3 * words)
}

/// Takes one adverb or light word off the end; returns the new end.
fn adverb(rest: &str, lexicon: &Lexicon, side: &mut Left, start: usize) -> Option<usize> {
    let end = start + rest.len();
    // 从人均8.7万元提高到…
    if let Some(kept) = strip_end!(rest, ["人均", "每人", "每人每年", "户均"]).filter(|kept| kept.ends_with(['从', '由'])) {
        side.from = true;
        return Some(start + kept.len() - '从'.len_utf8());
    }
    if let Some((word, ())) = lexicon.goals.hedges.suffix(rest) {
        side.hedge = Some((end - word.len(), end));
        return Some(end - word.len());
    }
    // A longer predicate that ends in an adverb's character goes first (达到 before 到).
    let (word, ()) = lexicon.trails.suffix(rest)?;
    if lexicon.kept_ends.suffix(rest).is_some_and(|(kept, ())| kept.len() > word.len()) {
        return None;
    }
    if lexicon.predicates.suffix(rest).is_some_and(|(p, _)| p.len() >= word.len() && !matches!(word, "累计" | "预计" | "合计")) {
        return None;
    }
    match word {
        "年均" | "年平均" | "平均每年" | "每年平均" | "年均分别" => side.average = true,
        "每年" | "每年都" => side.each = true,
        "连续" | "已连续" | "历时" => side.lasting = true,
        "约" | "大约" => side.about = true,
        "均" | "双双" | "都" => side.joint = true,
        "从" | "由" => side.from = true,
        "累计" | "共" | "总共" | "合计" => side.total = true,
        "实际" | "按可比价格计算" | "按不变价格计算" | "按可比价" | "按可比价计算" | "可比价" => {
            side.real = true;
        }
        "预计" => side.estimate = true,
        _ => {}
    }
    if word.ends_with("分别") {
        side.respective = true;
    }
    Some(end - word.len())
}

fn ends_alike(rest: &str, word: &str) -> bool {
    WORDS_THAT_END_ALIKE.iter().any(|(w, longer)| *w == word && longer.iter().any(|l| rest.ends_with(l)))
}

/// Records a predicate; whether the search may go on to its left.
fn settles(side: &mut Left, predicate: Predicate, rest: &str, word: &str) -> bool {
    side.average |= word.starts_with("年均") || word.starts_with("平均增");
    side.respective |= word.starts_with("分别");
    side.about |= word.starts_with('约');
    side.joint |= word.starts_with("均") || word.starts_with("双双");
    match side.predicate {
        None => {
            side.predicate = Some(predicate);
            side.reached = predicate.measure == Measure::Level;
            side.arrived = word.ends_with(['到', '至', '达']);
            side.about |= predicate.measure == Measure::Share && rest[..rest.len() - word.len()].ends_with('约');
            // A share keeps 占 and its kind in the label.
            predicate.measure != Measure::Share
        }
        Some(first) if first.measure == Measure::Level => match predicate.measure {
            Measure::Growth if growth_noun(word) || rest.ends_with("同比增长") => {
                side.predicate = Some(predicate);
                true
            }
            Measure::Level => true,
            _ => false,
        },
        Some(first) if first.measure == Measure::Growth => {
            predicate.measure == Measure::Level && matches!(word, "实现" | "保持" | "预计" | "完成" | "是" | "按")
        }
        Some(_) => false,
    }
}

/// 增速, 涨幅: nouns of growth that stand before 达到; 增长 does too, 扩大 does not.
fn growth_noun(word: &str) -> bool {
    ends!(word, ["速", "幅", "率", "度", "目标", "增长", "上涨", "下降"])
}

/// Whether words end in a noun of growth: 的增长速度, 涨幅.
pub(crate) fn growth_named(words: &str) -> bool {
    ends!(words, ["增速", "增长速度", "增长率", "涨幅", "增幅", "上涨幅度", "增长幅度"])
}

/// 压减行政经费15%: a predicate of two characters or more that opens the clause, its object following.
fn verb_first(text: &str, lexicon: &Lexicon, side: &mut Left) {
    let (start, end) = side.subject;
    let from = text[start..end].rfind('、').map_or(start, |i| start + i + '、'.len_utf8());
    for at in [start, from] {
        let rest = &text[at..end];
        if let Some((word, &predicate)) = lexicon.predicates.prefix(rest)
            && predicate.measure == Measure::Growth
            && predicate.direction != Direction::None
            && word.chars().count() == 2
            && !growth_noun(word)
            && rest.len() > word.len() + 3
            && !matches!(word, "延长" | "加快" | "提前" | "提升" | "扩大" | "提高" | "改善")
        {
            side.predicate = Some(predicate);
            side.verb_first = true;
            if at == start {
                side.subject = (at + word.len(), end);
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (String, Option<(Measure, Direction)>, Left) {
        let side = left(text, 0, text.len(), &Lexicon::builtin());
        (text[side.subject.0..side.subject.1].to_owned(), side.predicate.map(|p| (p.measure, p.direction)), side)
    }

    #[test]
    fn the_subject_is_what_is_left_of_predicate_and_adverbs() {
        for (text, subject, predicate) in [
            ("全年地区生产总值增长", "地区生产总值", Some((Measure::Growth, Direction::Up))),
            ("居民人均可支配收入实际增长", "居民人均可支配收入", Some((Measure::Growth, Direction::Up))),
            ("常住人口城镇化率提高到", "常住人口城镇化率", Some((Measure::Level, Direction::None))),
            ("服务贸易年均增速达到", "服务贸易", Some((Measure::Growth, Direction::Up))),
            ("城镇新增就业", "城镇新增就业", None),
            ("压减行政经费", "行政经费", Some((Measure::Growth, Direction::Down))),
            ("去年底企业数量", "企业数量", None),
        ] {
            let (s, p, _) = taken(text);
            assert_eq!((s.as_str(), p), (subject, predicate), "{text}");
        }
    }

    #[test]
    fn adverbs_are_noted() {
        assert!(taken("货物进出口总额年均增长").2.average);
        assert!(taken("事故起数、死亡人数分别下降").2.respective);
        assert!(taken("城镇化率从").2.from);
        assert!(taken("力争粮食单产提升").2.hedge.is_some());
    }
}
