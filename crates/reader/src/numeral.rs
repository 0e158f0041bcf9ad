//! The scanner for numerals: Arabic and Chinese, with multipliers, fractions and doublings.
//!
//! It works on folded text and says only where a numeral stands and what it is worth; whether it is a figure is decided
//! later, by its unit and surroundings.

mod arabic;
mod chinese;

use crate::words::ends;
use arabic::arabic;
pub(crate) use chinese::digit;
use chinese::{chinese, multiplier};

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Arabic digits, with or without a multiplier: 1200, 1.39万亿.
    Arabic,
    /// Chinese numerals: 十三点四, 三千.
    Chinese,
    /// Chinese digits in a row, as years are written: 一九五七.
    Digits,
    /// A multiplier alone: 亿, 千亿, 万亿.
    Bare,
    /// A percentage in words: 百分之五, 七成, 一半, 三分之一. The value is in percent.
    Percent,
    /// 翻番, 翻两番: the value is the multiple reached.
    Doubling,
}

/// A numeral in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is worth, the multiplier applied.
    pub low: f64,
    /// The upper end of a range in words (五六十); equal to `low` otherwise.
    pub high: f64,
    /// How it is written.
    pub form: Form,
    /// 多, 余 or 来 inside: more than the value.
    pub more: bool,
    /// 数 or 几 before: some multiple of the value.
    pub several: bool,
    /// The multiplier: 1 when there is none.
    pub multiplier: f64,
}

/// Finds the numerals of a folded text, in order; `starts` is where they may start.
pub(crate) fn scan(text: &str, starts: impl Iterator<Item = usize>, found: &mut Vec<Numeral>) {
    let mut next = 0;
    for start in starts {
        if start >= next
            && let Some(numeral) = numeral_at(text, start)
        {
            next = numeral.end;
            found.push(numeral);
        }
    }
}

fn numeral_at(text: &str, start: usize) -> Option<Numeral> {
    let rest = &text[start..];
    if rest.as_bytes()[0].is_ascii_digit() {
        let number = arabic(text, start);
        return Some(negative(text, &number).unwrap_or(number));
    }
    if let Some(numeral) = lone_digit(rest, start) {
        return Some(numeral);
    }
    if let Some(numeral) = doubling(rest, start).or_else(|| doubled(text, start)).or_else(|| percent_words(rest, start)) {
        return Some(numeral);
    }
    let (several, skip) = several_prefix(text, start);
    if rest.starts_with(['翻', '倍', '半']) || (rest.starts_with(['数', '几']) && !several) {
        return None;
    }
    let number = chinese(text, start, start + skip, several)?;
    Some(fraction(rest, &number).unwrap_or(number))
}

/// 增长-3.2%: a sign right after the word for what grew; after anything else it is a dash.
fn negative(text: &str, number: &Numeral) -> Option<Numeral> {
    let before = &text[..number.start];
    let words = ["-", "－", "−", "—"].iter().find_map(|sign| before.strip_suffix(sign))?;
    let signed = ends!(words, ["增长", "下降", "上涨", "增速", "增长率", "涨幅", "增幅", "增速为", "增长为", "增长率为", "涨幅为"]);
    (signed && number.form == Form::Arabic).then_some(Numeral { start: words.len(), low: -number.low, high: -number.high, ..*number })
}

/// 一步, 两个: a digit in words with nothing after it that a numeral could go on with, as most of them are.
fn lone_digit(rest: &str, start: usize) -> Option<Numeral> {
    let mut chars = rest.chars();
    let first = chars.next().filter(|c| matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九'))?;
    let next = chars.next();
    if next.is_some_and(|c| {
        matches!(c, '点' | '个' | '多' | '余' | '来' | '几' | '半' | '成' | '分') || digit(c).is_some() || multiplier(c).is_some()
    }) {
        return None;
    }
    let value = digit(first).map(f64::from)?;
    let end = start + first.len_utf8();
    Some(Numeral { start, end, low: value, high: value, form: Form::Chinese, more: false, several: false, multiplier: 1.0 })
}

/// 数十, 几百: whether the numeral starts so, and how many bytes that takes.
fn several_prefix(text: &str, start: usize) -> (bool, usize) {
    let mut chars = text[start..].chars();
    let Some(first @ ('数' | '几')) = chars.next() else { return (false, 0) };
    let noun_before = || text[..start].chars().next_back().is_some_and(|c| "人总户指个次天基倍台家件岁年分位参函整小负多少岗".contains(c));
    let several = chars.next().is_some_and(|c| multiplier(c).is_some()) && !(first == '数' && noun_before());
    (several, if several { first.len_utf8() } else { 0 })
}

/// 产量实现倍增; 倍增行动 is a name.
fn doubled(text: &str, start: usize) -> Option<Numeral> {
    let tail = text[start..].strip_prefix("倍增")?;
    let told = text[..start].ends_with("实现") && !tail.starts_with(char::is_alphabetic);
    let end = start + "倍增".len();
    told.then_some(Numeral { start, end, low: 2.0, high: 2.0, form: Form::Doubling, more: false, several: false, multiplier: 1.0 })
}

/// 翻番, 翻倍, 翻一番, 翻了两番.
fn doubling(rest: &str, start: usize) -> Option<Numeral> {
    let tail = rest.strip_prefix('翻')?;
    if tail.starts_with('倍') {
        let end = start + "翻倍".len();
        return Some(Numeral { start, end, low: 2.0, high: 2.0, form: Form::Doubling, more: false, several: false, multiplier: 1.0 });
    }
    let tail = tail.strip_prefix('了').unwrap_or(tail);
    let (times, tail) = match tail.chars().next()? {
        '番' => (1.0, tail),
        '半' => (0.5, &tail[3..]),
        c => (f64::from(digit(c).or_else(|| c.to_digit(10))?), &tail[c.len_utf8()..]),
    };
    let tail = tail.strip_prefix(['多', '近']).unwrap_or(tail).strip_prefix('番')?;
    let value = 2f64.powf(times);
    let end = start + rest.len() - tail.len();
    Some(Numeral { start, end, low: value, high: value, form: Form::Doubling, more: false, several: false, multiplier: 1.0 })
}

fn percent(start: usize, end: usize, (low, high): (f64, f64), more: bool) -> Numeral {
    Numeral { start, end, low, high, form: Form::Percent, more, several: false, multiplier: 1.0 }
}

/// 百分之十三点四, 千分之三, 七成, 七成半, 一半.
fn percent_words(rest: &str, start: usize) -> Option<Numeral> {
    let whole = |used: usize, low: f64, high: f64, more: bool| percent(start, start + used, (low, high), more);
    if let Some(tail) = rest.strip_prefix("一半") {
        return (!tail.starts_with(['是', '天'])).then(|| whole(6, 50.0, 50.0, false));
    }
    for (prefix, parts) in [("百分之", 100.0), ("千分之", 1000.0), ("万分之", 10_000.0)] {
        if let Some(tail) = rest.strip_prefix(prefix) {
            let n = inner_number(tail)?;
            let (high, used) = upper_end(&tail[n.2..], n.0).map_or((n.1, n.2), |(high, used)| (high, n.2 + used));
            return Some(whole(prefix.len() + used, n.0 * 100.0 / parts, high * 100.0 / parts, n.3));
        }
    }
    let first = rest.chars().next()?;
    let n = digit(first)?;
    let after = rest[first.len_utf8()..].strip_prefix('成')?;
    tenths(rest, after, f64::from(n)).map(|(end, value, more)| whole(end, value, value, more))
}

/// 百分之四到五: the upper end after the lower one, and the bytes used.
fn upper_end(tail: &str, low: f64) -> Option<(f64, usize)> {
    let rest = tail.strip_prefix(['到', '至']).filter(|rest| !rest.starts_with(['百', '千', '万']))?;
    let (high, _, used, _) = inner_number(rest)?;
    let ends = !rest[used..].starts_with(['年', '月', '日', '个', '%', '点']);
    (ends && high > low).then_some((high, '到'.len_utf8() + used))
}

/// 三分之一: the number that `rest` begins with is what another one is divided by.
fn fraction(rest: &str, below: &Numeral) -> Option<Numeral> {
    let used = below.end - below.start;
    let tail = rest[used..].strip_prefix("分之")?;
    if below.several || below.form == Form::Bare && !rest.starts_with(['十', '百']) {
        return None;
    }
    let (above, _, more_used, more) = inner_number(tail)?;
    let value = (above / below.low * 10_000.0).round() / 100.0;
    let end = below.end + "分之".len() + more_used;
    (below.low > above).then(|| percent(below.start, end, (value, value), more))
}

fn tenths(rest: &str, after: &str, n: f64) -> Option<(usize, f64, bool)> {
    const WORDS: &str = "立功为果员本绩熟效长就都品型形套家年人了份语文风军像交因全渝德";
    if n < 1.0 || after.starts_with(|c| WORDS.contains(c)) {
        return None;
    }
    // 七成半, 五成五
    let single = after.chars().next().filter(|c| !after[c.len_utf8()..].starts_with(['成', '个', '大', '项', '分'])).and_then(digit);
    let (half, after) = match (after.strip_prefix('半'), single) {
        (Some(after), _) => (5.0, after),
        (None, Some(ones)) if ones > 0 => (f64::from(ones), &after['五'.len_utf8()..]),
        _ => (0.0, after),
    };
    let (more, after) = after.strip_prefix(['多', '余']).map_or((false, after), |a| (true, a));
    Some((rest.len() - after.len(), n * 10.0 + half, more))
}

/// A number in words or digits at the start of `text`: low, high, bytes used, whether 多 follows.
fn inner_number(text: &str) -> Option<(f64, f64, usize, bool)> {
    let numeral = if text.as_bytes().first()?.is_ascii_digit() { arabic(text, 0) } else { chinese(text, 0, 0, false)? };
    (numeral.form != Form::Bare || text.starts_with(['十', '百'])).then_some((numeral.low, numeral.high, numeral.end, numeral.more))
}

/// Multiplies without the dust that 1.39 × 10¹² leaves in binary.
fn scaled(value: f64, multiplier: f64) -> f64 {
    let product = value * multiplier;
    if multiplier > 1.0 && product.fract() != 0.0 { (product * 1000.0).round() / 1000.0 } else { product }
}

/// The multipliers after digits: 万亿, 多万, 万多. Returns the factor, the bytes used and whether 多 or 余 stood there.
fn multipliers(tail: &str) -> (f64, usize, bool) {
    let (mut factor, mut used, mut more) = (1.0, 0, false);
    loop {
        let mut chars = tail[used..].chars();
        match chars.next() {
            Some('个') if used == 0 && tail.strip_prefix("个亿").is_some_and(|t| !t.starts_with(['元', '级', '吨'])) => {
                factor *= 1e8;
                used = "个亿".len();
            }
            Some(c) if multiplier(c).is_some_and(|m| m > 10.0) && !starts_unit(&tail[used..]) => {
                factor *= multiplier(c).unwrap_or(1.0);
                used += c.len_utf8();
            }
            Some(c @ ('多' | '余' | '来' | '几')) if !more => {
                let next = chars.next();
                let before_multiplier = next.is_some_and(|n| multiplier(n).is_some());
                if c == '来' && !before_multiplier && !next.is_some_and(|n| "个件项家人名户".contains(n)) || c == '几' && !before_multiplier
                {
                    break;
                }
                if next.is_some_and(|n| "种元样边次数年项".contains(n))
                    && c == '多'
                    && factor == 1.0
                    && tail[used + 3..].starts_with("元化")
                {
                    break;
                }
                more = true;
                used += c.len_utf8();
            }
            _ => break,
        }
    }
    (factor, used, more)
}

/// 千 of 千瓦, 千米, 千克 is part of the unit.
fn starts_unit(text: &str) -> bool {
    text.strip_prefix('千').is_some_and(|t| t.starts_with(['瓦', '米', '克', '升', '卡', '伏', '赫']))
}

#[cfg(test)]
mod tests {
    use pledgebook_lexicon::Lexicon;

    use super::*;
    use crate::signs::Marks;

    fn first(text: &str) -> Numeral {
        let mut found = Vec::new();
        scan(text, Marks::of(text, &Lexicon::builtin()).numerals(&(0..text.len())), &mut found);
        *found.first().unwrap_or_else(|| panic!("no numeral in {text}"))
    }

    #[test]
    fn numerals_are_worth_what_they_say() {
        for (text, low, end) in [
            ("1.39万亿斤", 1.39e12, "1.39万亿"),
            ("1100多万学生", 11_000_000.0, "1100多万"),
            ("5万余个", 50_000.0, "5万余"),
            ("2,200亿元", 2200e8, "2,200亿"),
            ("966，418元", 966_418.0, "966，418"),
            ("百分之十三点四", 13.4, "百分之十三点四"),
            ("七成以上", 70.0, "七成"),
            ("一半", 50.0, "一半"),
            ("三分之一", 33.33, "三分之一"),
            ("1/3以上", 33.33, "1/3"),
            ("十三件", 13.0, "十三"),
            ("三千五百万人", 35_000_000.0, "三千五百万"),
            ("三万五公里", 35_000.0, "三万五"),
            ("一点三倍", 1.3, "一点三"),
            ("一九五七年", 1957.0, "一九五七"),
            ("翻一番", 2.0, "翻一番"),
            ("翻两番", 4.0, "翻两番"),
            ("翻番", 2.0, "翻番"),
            ("翻倍增长", 2.0, "翻倍"),
            ("万亿元", 1e12, "万亿"),
            ("两亿五千万", 250_000_000.0, "两亿五千万"),
            ("六亿三千多万", 630_000_000.0, "六亿三千多万"),
            ("一亿六千五百五十二万余", 165_520_000.0, "一亿六千五百五十二万余"),
        ] {
            let numeral = first(text);
            assert_eq!(numeral.low, low, "{text}");
            assert_eq!(&text[numeral.start..numeral.end], end);
        }
    }

    #[test]
    fn ranges_in_words_have_two_ends() {
        let numeral = first("五六十个");
        assert_eq!((numeral.low, numeral.high), (50.0, 60.0));
    }

    #[test]
    fn words_with_numeral_characters_are_none() {
        for text in ["完成立项", "翻开新篇", "半岛", "倍感"] {
            let mut found = Vec::new();
            scan(text, Marks::of(text, &Lexicon::builtin()).numerals(&(0..text.len())), &mut found);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_scanned_in_order(text in "[0-9一二三百千万亿点分之成翻番多余,，.a-z年半数几]{0,24}") {
            let mut found = Vec::new();
            scan(&text, Marks::of(&text, &Lexicon::builtin()).numerals(&(0..text.len())), &mut found);
            let mut end = 0;
            for n in &found {
                proptest::prop_assert!(n.start >= end && n.end > n.start && text.is_char_boundary(n.end) && n.low.is_finite());
                end = n.end;
            }
        }
    }
}
