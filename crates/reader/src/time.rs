//! The time a figure speaks of: mentions in the text, resolved against the report's year.

use std::ops::Range;

use pledgebook_lexicon::{Lexicon, Period, When};

use crate::numeral::{self, Numeral};
use crate::signs::Signs;
use crate::traps;
use crate::words::{ends, holds, starts, strip_start};

/// A time named in a passage. Offsets are bytes of its folded text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mention {
    pub start: usize,
    pub end: usize,
    pub period: Period,
    /// Only compared with (比上年, 从2020年的), not spoken of.
    pub compared: bool,
    /// Holds only for what comes next in its own clause (连续8年稳定在…).
    pub local: bool,
}

/// The years a report is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Years {
    /// The year of its goals; `None` when nothing gave it.
    pub report: Option<i16>,
    /// The year in which it speaks: that of its goals, or the one before when it sets them in advance.
    pub spoken: Option<i16>,
}

impl Years {
    pub(crate) fn report(self) -> Period {
        self.report.map_or(Period::Open, Period::Year)
    }

    pub(crate) fn reviewed(self) -> Period {
        self.report.map_or(Period::Open, |y| Period::Year(y - 1))
    }

    pub(crate) fn back(self, years: i16) -> Period {
        self.report.map_or(Period::Open, |y| Period::span(y - years, y - 1))
    }

    fn resolve(self, when: When) -> Period {
        let part = |make: fn(i16) -> Period| self.report.map_or(Period::Open, |y| make(y - 1));
        match when {
            When::ReportYear => self.spoken.map_or(Period::Open, Period::Year),
            When::ReviewedYear => self.spoken.map_or(Period::Open, |y| Period::Year(y - 1)),
            When::NextYear => self.spoken.map_or(Period::Open, |y| Period::Year(y + 1)),
            When::FiveYears => self.back(5),
            When::TenYears => self.back(10),
            When::Open => Period::Open,
            When::FirstHalf => part(|y| Period::Half(y, 1)),
            When::SecondHalf => part(|y| Period::Half(y, 2)),
            When::FirstQuarter => part(|y| Period::Quarter(y, 1)),
            When::SecondQuarter => part(|y| Period::Quarter(y, 2)),
            When::ThirdQuarter => part(|y| Period::Quarter(y, 3)),
            When::FourthQuarter => part(|y| Period::Quarter(y, 4)),
        }
    }
}

/// How far into a passage the time may begin that holds for the whole of it, in bytes.
const LEAD_REACH: usize = 96;

/// Finds the times named in a passage: all that are numbers, and the words for times at its beginning and in `parts`, which are in
/// order and do not overlap.
pub(crate) fn mentions(
    text: &str,
    numerals: &[Numeral],
    signs: Signs<'_>,
    years: Years,
    parts: impl Iterator<Item = Range<usize>>,
    lexicon: &Lexicon,
    found: &mut Vec<Mention>,
) {
    found.extend(numerals.iter().filter(|n| traps::is_year(text, n)).filter_map(|n| calendar_year(text, n)));
    merge_spans(text, found);
    named_plans(text, numerals, signs, found);
    found.extend(numerals.iter().filter_map(|n| running_years(text, n, years)));
    let mut at = 0;
    for part in std::iter::once(0..text.floor_char_boundary(LEAD_REACH)).chain(parts) {
        at = at.max(part.start);
        // The words that only help to recognise a span (五年增长) end with it.
        for start in signs.times(at..part.end) {
            let Some((word, &when)) = lexicon.periods.prefix(&text[start..]).filter(|_| start >= at) else { continue };
            at = start + word.len();
            // 失业率为多年来最低; 经过八年努力 holds for the whole sentence.
            let local = when == When::Open && !word.starts_with('经');
            // 一年来, in a document on a year that is over: that year, and not the one before.
            let own = when == When::ReviewedYear && !word.starts_with(['去', '上', '前']);
            let period = if own { years.reviewed() } else { years.resolve(when) };
            found.push(Mention { start, end: at, period, compared: compared(text, start, at), local });
        }
        at = at.max(part.end);
    }
    // 到本世纪末
    if years.report.is_some_and(|y| y < 2000) {
        let named = memchr::memmem::find_iter(text.as_bytes(), "世纪末").map(|at| at + "世纪末".len());
        found.extend(named.map(|end| Mention {
            start: end - "世纪末".len(),
            end,
            period: Period::Year(2000),
            compared: false,
            local: true,
        }));
    }
    found.sort_by_key(|m| m.start);
    parts_of_years(found);
}

/// 今年上半年: the half of the year named right before it.
fn parts_of_years(found: &mut Vec<Mention>) {
    let mut i = 1;
    while i < found.len() {
        let whole = match (found[i - 1].period, found[i].period) {
            (Period::Year(y), Period::Half(_, half)) if found[i - 1].end == found[i].start => Some(Period::Half(y, half)),
            (Period::Year(y), Period::Quarter(_, quarter)) if found[i - 1].end == found[i].start => Some(Period::Quarter(y, quarter)),
            _ => None,
        };
        if let Some(period) = whole {
            found[i] = Mention { start: found[i - 1].start, period, ..found[i] };
            found.remove(i - 1);
        } else {
            i += 1;
        }
    }
}

/// 连续8年稳定在…: what follows holds for each of the years up to the reviewed one; 三年内, 未来五年: those from the report's year on.
fn running_years(text: &str, n: &Numeral, years: Years) -> Option<Mention> {
    let report = years.report?;
    let count = (n.low.fract() == 0.0 && n.low == n.high && (2.0..=40.0).contains(&n.low)).then_some(n.low as i16)?;
    let tail = text[n.end..].strip_prefix('年')?;
    let (left, end) = (&text[..n.start], text.len() - tail.len());
    if left.ends_with("连续") {
        return Some(Mention { start: n.start, end, period: Period::span(report - count, report - 1), compared: false, local: true });
    }
    // 五年新增…, 5年增长18.7%: the five years up to the reviewed one.
    let opens = left.is_empty() || left.ends_with(['，', '。', '；', '：', '！']);
    let named = || starts!(tail, ["计划", "规划", "行动", "期", "内", "前", "后", "任", "级", "一", "制", "之", "以", "来", "间", "里"]);
    if count == 5 && opens && !named() {
        return Some(Mention { start: n.start, end, period: Period::span(report - 5, report - 1), compared: false, local: false });
    }
    // 两年来, 近三年, 过去三年: up to the reviewed year; the commonest are words of the lexicon.
    let past = ends!(left, ["近", "过去", "过去的", "这"]) && !tail.starts_with(['内', '行', '的', '级'])
        || tail.starts_with('来') && !left.ends_with(['余', '多', '几', '十']);
    // 为近10年来最低: only compared with.
    let record = ["最", "新高", "新低", "首", "少有", "罕见"].iter().any(|w| tail.trim_start_matches('来').starts_with(w));
    if past && !record && count <= 10 && !matches!(count, 5 | 10) {
        return Some(Mention { start: n.start, end, period: Period::span(report - count, report - 1), compared: false, local: false });
    }
    // 前四年累计: of the plan that runs.
    if left.ends_with('前') && starts!(tail, ["累计", "共", "平均", "年均"]) && count < 5 {
        let first = plan_start(report - 1);
        return Some(Mention { start: n.start, end, period: Period::span(first, first + count - 1), compared: false, local: false });
    }
    // 3年增长58.6%
    let totals = starts!(tail, ["增长", "增加", "提高", "新增", "累计"]);
    if opens && totals && count < 5 {
        return Some(Mention { start: n.start, end, period: Period::span(report - count, report - 1), compared: false, local: true });
    }
    let ahead = ends!(left, ["未来", "今后"]) || tail.starts_with('内') && !left.ends_with(['近', '去']);
    ahead.then(|| Mention { start: n.start, end, period: Period::span(report, report + count - 1), compared: false, local: true })
}

/// “十四五”时期, 第七个五年计划期间.
fn named_plans(text: &str, numerals: &[Numeral], signs: Signs<'_>, found: &mut Vec<Mention>) {
    let mut mention = |start: usize, used: usize, period| {
        found.push(Mention { start, end: start + used, period, compared: compared(text, start, start + used), local: false });
    };
    for mark in signs.stops().filter(|sign| sign.char == '“') {
        if let Some((used, period)) = plan(&text[mark.end()..]) {
            mention(mark.at, '“'.len_utf8() + used, period);
        }
    }
    for n in numerals.iter().filter(|n| n.low == 5.0 && text[..n.start].ends_with('个')) {
        let Some(start) = text[..n.start].rfind('第').filter(|start| n.start - start <= 12) else { continue };
        if let Some((used, period)) = numbered_plan(&text[start..]) {
            mention(start, used, period);
        }
    }
}

fn calendar_year(text: &str, n: &Numeral) -> Option<Mention> {
    let year = n.low as i16;
    let end = text[n.end..].strip_prefix('年').map_or(n.end, |t| text.len() - t.len());
    let tail = &text[end..];
    let period = month_after(tail).map_or(Period::Year(year), |m| Period::Month(year, m));
    let period = match () {
        () if tail.starts_with("上半年") => Period::Half(year, 1),
        () if tail.starts_with("下半年") => Period::Half(year, 2),
        () if tail.starts_with("代") => return None,
        () => period,
    };
    Some(Mention { start: n.start, end, period, compared: compared(text, n.start, end), local: false })
}

/// 2024年6月 alone; a full date tells the year only.
fn month_after(tail: &str) -> Option<u8> {
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let month: u8 = tail[..digits].parse().ok().filter(|m| (1..=12).contains(m))?;
    let after = tail[digits..].strip_prefix('月')?;
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some(month)
}

/// 2021—2025年 is one time, not two.
fn merge_spans(text: &str, found: &mut Vec<Mention>) {
    let mut i = 0;
    while i + 1 < found.len() {
        let between = &text[found[i].end..found[i + 1].start];
        if let (Period::Year(a), Period::Year(b)) = (found[i].period, found[i + 1].period)
            && (matches!(between, "-" | "—" | "——" | "–" | "～" | "~" | "至" | "到" | "－")
                || matches!(between, "和" | "、") && starts!(text[found[i + 1].end..], ["两年", "这两年", "2年"]))
            && a < b
        {
            found[i].end = found[i + 1].end;
            found[i].period = Period::span(a, b);
            // 从1974年到1976年 is the time spoken of, not a base; 是1950年到2002年的总和 is one.
            found[i].compared = sum_follows(&text[found[i].end..]);
            found.remove(i + 1);
        }
        i += 1;
    }
}

/// Whether the time is only what something is compared with.
fn compared(text: &str, start: usize, end: usize) -> bool {
    let (left, right) = (&text[..start], &text[end..]);
    let before = ends!(left, ["比", "较", "与", "同", "从", "由", "自", "是", "相对", "对比", "和", "以", "按"]);
    let base = ends!(left, ["等于", "相当于", "达到", "为"]) && right.starts_with('的');
    before
        || base
        || sum_follows(right)
        || starts!(right, ["不变价", "可比价", "价格", "的价格", "的不变价"])
        || right.starts_with("同期")
        || right.starts_with('最') && (left.ends_with('近') || text[start..end].starts_with('近'))
        || right.starts_with("相比")
        || right.starts_with('前')
        || right.strip_prefix("以来").is_some_and(|t| left.ends_with('自') || starts!(t, ["第一", "首次", "最", "新", "少有"]))
}

/// 53年的总和 right after a time: what was done in it is only compared with.
fn sum_follows(right: &str) -> bool {
    let near = right.char_indices().nth(SUM_REACH).map_or(right, |(at, _)| &right[..at]);
    holds!(near, ["的总和", "之和", "的总量"])
}

/// How far behind a time 的总和 may stand, in characters.
const SUM_REACH: usize = 8;

/// 十四五”时期: the span of a plan named by its number, and the bytes used.
fn plan(after_quote: &str) -> Option<(usize, Period)> {
    // The names have two or three characters.
    let closes = |end: &usize| after_quote.as_bytes().get(*end..).is_some_and(|tail| tail.starts_with("”".as_bytes()));
    let name_end = [6, 9].into_iter().find(closes)?;
    let number = plan_number(after_quote.get(..name_end)?)?;
    let used = name_end + '”'.len_utf8();
    let tail = &after_quote[used..];
    let spoken_of = starts!(tail, ["时期", "期间", "以来", "末", "五年", "这五年", "的五年", "，", "年均", "累计"]);
    spoken_of.then_some((used, plan_span(number)))
}

/// The plan that a text begins with by its name, and the bytes used: “十四五”, 第六个五年计划, 六五计划.
pub(crate) fn plan_name(text: &str) -> Option<(usize, Period)> {
    if let Some(quoted) = text.strip_prefix('“') {
        let end = quoted.find('”').filter(|&end| end <= 12)?;
        let used = '“'.len_utf8() + end + '”'.len_utf8();
        let tail = strip_start!(text[used..], ["规划", "计划"]).unwrap_or(&text[used..]);
        return plan_number(&quoted[..end]).map(|n| (text.len() - tail.len(), plan_span(n)));
    }
    if let Some(rest) = text.strip_prefix('第') {
        let number_end = rest.find('个').filter(|&end| end <= 9)?;
        let number = plan_number(&format!("{}五", &rest[..number_end]))?;
        let tail = &rest[number_end + '个'.len_utf8()..];
        let tail = tail.strip_prefix("五年").or_else(|| tail.strip_prefix("5年"))?;
        let tail = strip_start!(tail, ["规划", "计划"]).unwrap_or(tail);
        return Some((text.len() - tail.len(), plan_span(number)));
    }
    let end = ["五计划", "五规划"].iter().find_map(|w| text.find(w)).filter(|&end| (3..=6).contains(&end))?;
    plan_number(&text[..end + '五'.len_utf8()]).map(|n| (end + "五计划".len(), plan_span(n)))
}

/// The spans of the plans that a title names, the earliest first, each with where its name ends.
pub(crate) fn plans_in(title: &str) -> Vec<(usize, Period)> {
    // Most titles name none.
    if !title.contains('五') {
        return Vec::new();
    }
    let named = |at: usize| plan_name(&title[at..]).map(|(used, plan)| (at + used, plan));
    let begins = |c: char| matches!(c, '“' | '第' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let mut plans: Vec<(usize, Period)> = title.match_indices(begins).filter_map(|(at, _)| named(at)).collect();
    plans.sort_by_key(|&(end, plan)| (plan.last_year(), end));
    plans
}

/// 前两年 after the name of a plan: its first two years.
pub(crate) fn first_years(tail: &str, plan: Period) -> Option<Period> {
    let rest = tail.trim_start_matches("期间").trim_start_matches("时期").trim_start_matches('的').strip_prefix('前')?;
    let count = rest.chars().next().and_then(|c| c.to_digit(10).or_else(|| numeral::digit(c)))?;
    let follows = rest.chars().nth(1) == Some('年');
    let Period::Span(first, last) = plan else { return None };
    (follows && count > 0 && first + (count as i16) <= last).then(|| Period::span(first, first + count as i16 - 1))
}

fn plan_number(name: &str) -> Option<i16> {
    let ones = |c: &str| {
        Some(match c {
            "一" => 1,
            "二" => 2,
            "三" => 3,
            "四" => 4,
            "五" => 5,
            "六" => 6,
            "七" => 7,
            "八" => 8,
            "九" => 9,
            _ => return None,
        })
    };
    let tens = name.strip_suffix('五')?;
    match tens.strip_prefix('十') {
        Some("") => Some(10),
        Some(rest) => Some(10 + ones(rest)?),
        None => ones(tens),
    }
}

/// 第十四个五年规划时期.
fn numbered_plan(text: &str) -> Option<(usize, Period)> {
    let rest = text.strip_prefix('第')?;
    let number_end = rest.find('个').filter(|&end| end <= 9)?;
    let number = plan_number(&format!("{}五", &rest[..number_end]))?;
    let tail = &rest[number_end + 3..];
    let tail = tail.strip_prefix("五年").or_else(|| tail.strip_prefix("5年"))?;
    let tail = tail.strip_prefix("计划").or_else(|| tail.strip_prefix("规划")).unwrap_or(tail);
    let tail = tail.strip_prefix("时期").or_else(|| tail.strip_prefix("期间"))?;
    Some((text.len() - tail.len(), plan_span(number)))
}

/// The first plan ran from 1953 to 1957; after the third there was a gap of three years before it, none later.
fn plan_span(number: i16) -> Period {
    let first = match number {
        1 | 2 => 1953 + 5 * (number - 1),
        n => 1966 + 5 * (n - 3),
    };
    Period::span(first, first + 4)
}

/// The first year of the plan that runs in a year.
fn plan_start(year: i16) -> i16 {
    let first = if year >= 1966 { 1966 } else { 1953 };
    first + (year - first).div_euclid(5) * 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signs::Marks;

    fn found(text: &str) -> Vec<(String, bool)> {
        let mut numerals = Vec::new();
        let (marks, whole) = (Marks::of(text, &Lexicon::builtin()), 0..text.len());
        numeral::scan(text, marks.numerals(&whole), &mut numerals);
        let mut found = Vec::new();
        mentions(
            text,
            &numerals,
            marks.signs(&whole),
            Years { report: Some(2026), spoken: Some(2026) },
            std::iter::empty(),
            &Lexicon::builtin(),
            &mut found,
        );
        found.into_iter().map(|m| (m.period.to_string(), m.compared)).collect()
    }

    #[test]
    fn times_are_resolved_against_the_report_year() {
        assert_eq!(found("去年粮食丰收"), [("2025".to_owned(), false)]);
        assert_eq!(found("五年来新增"), [("2021/2025".to_owned(), false)]);
        assert_eq!(found("“十五五”时期"), [("2026/2030".to_owned(), false)]);
        assert_eq!(found("第七个五年计划期间"), [("1986/1990".to_owned(), false)]);
        assert_eq!(found("到2030年"), [("2030".to_owned(), false)]);
        assert_eq!(found("2021—2025年"), [("2021/2025".to_owned(), false)]);
        assert_eq!(found("比2020年增加"), [("2020".to_owned(), true)]);
        assert_eq!(found("“十四五”规划"), []);
    }
}
