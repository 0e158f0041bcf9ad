//! The unit of a number: the word after it, a currency around it, or what the last of a list has.

use pledgebook_lexicon::{Lexicon, Unit};

use super::{Core, listed};
use crate::numeral::{self, Form, Numeral};
use crate::words::starts;

/// A unit found after a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub unit: Unit,
    pub factor: f64,
    pub end: usize,
    /// What smaller units after it add: the 角 and 分 after 元.
    pub change: f64,
}

pub(super) fn unit_after(text: &str, n: &Numeral, lexicon: &Lexicon) -> Option<Found> {
    let found = |unit: &'static str, end| Some(Found { unit: Unit::new(unit), factor: 1.0, end, change: 0.0 });
    match n.form {
        Form::Percent => return found("percent", n.end),
        Form::Doubling => return found("times", n.end),
        Form::Digits => return None,
        _ => {}
    }
    let tail = &text[n.end..];
    let (word, sense) = lexicon.units.prefix(tail)?;
    // 十亿人口: the noun begins with the measure word.
    if word == "人" && tail[word.len()..].starts_with(['口', '民', '才', '员', '群', '大', '均', '身', '力', '工', '士']) {
        return None;
    }
    if sense.arabic && n.form != Form::Arabic {
        return None;
    }
    // 20国集团, 2025国内, 12345市民热线
    let named = match word {
        "国" => starts!(tail[word.len()..], ["集团", "内", "际", "家", "民", "有", "产", "库", "债", "防", "外"]),
        "市" => starts!(tail[word.len()..], ["民", "场", "值", "政", "域", "容"]),
        _ => false,
    };
    if named {
        return None;
    }
    // 两度访问: twice.
    if word == "度" && n.form == Form::Chinese && n.low < 10.0 {
        return found("time", n.end + word.len());
    }
    // 8金9银6铜 are medals; 5金属 and 3铜矿 are none.
    if matches!(word, "金" | "银" | "铜") && tail[word.len()..].starts_with(|c: char| c.is_alphabetic() && !matches!(c, '好' | '等' | '的'))
    {
        return None;
    }
    let mut end = n.end + word.len();
    let mut as_written = word;
    if word == "元"
        && let Some(money) = foreign(text, n, end, lexicon)
    {
        return Some(money);
    }
    // 六倍半
    if word == "倍" && text[end..].starts_with('半') {
        return Some(Found { unit: Unit::new("times"), factor: 1.0, end: end + '半'.len_utf8(), change: 0.5 });
    }
    let mut compound = false;
    if let Some(denominator) = text[end..].strip_prefix('/') {
        let skipped = denominator.trim_start_matches(['十', '百', '千', '万', '亿']);
        if let Some((per, _)) = lexicon.units.prefix(skipped) {
            end += 1 + (denominator.len() - skipped.len()) + per.len();
            as_written = &text[n.end..end];
            compound = true;
        }
    }
    let money = sense.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "CNY" | "USD"));
    let unit = match &sense.unit {
        Some(unit) if !compound || money => unit.clone(),
        _ => Unit::new(format!("other:{as_written}")),
    };
    // 十块三毛 is money, three 块 of land are not.
    let (change, end) = if matches!(word, "元" | "块" | "圆" | "角" | "毛") { small_money(text, end) } else { (0.0, end) };
    let unit = if word == "块" && change > 0.0 { Unit::new("CNY") } else { unit };
    Some(Found { unit, factor: if compound && !money { 1.0 } else { sense.factor }, end, change })
}

/// 分别提高20.9、36.2、54个百分点: the points or percents that the last of a list has.
pub(super) fn unit_of_list(text: &str, numerals: &[Numeral], lexicon: &Lexicon) -> Option<Found> {
    let joined =
        |a: &Numeral, b: &Numeral| a.form == Form::Arabic && b.form == Form::Arabic && matches!(&text[a.end..b.start], "、" | "和" | "，");
    let last = numerals.windows(2).take_while(|w| joined(&w[0], &w[1])).last().map(|w| &w[1])?;
    let unit = unit_after(text, last, lexicon)?;
    matches!(unit.unit.as_str(), "pp" | "percent").then_some(Found { end: numerals[0].end, ..unit })
}

/// 港币2960元, 三万元欧元: a currency named on the other side of 元.
fn foreign(text: &str, n: &Numeral, end: usize, lexicon: &Lexicon) -> Option<Found> {
    let before = lexicon.currencies.suffix(&text[..n.start]).map(|(name, ())| (name, end));
    let after = || lexicon.currencies.prefix(&text[end..]).map(|(name, ())| (name, end + name.len()));
    let (name, end) = before.or_else(after)?;
    Some(Found { unit: Unit::new(format!("other:{name}")), factor: 1.0, end, change: 0.0 })
}

/// 元 with 角 and 分 after it: how much they add, and where they end.
fn small_money(text: &str, at: usize) -> (f64, usize) {
    let (mut sum, mut end) = (0.0, at);
    for (names, worth) in [(["角", "毛"], 0.1), (["分", "分钱"], 0.01)] {
        let rest = text[end..].trim_start_matches('零');
        let skipped = text[end..].len() - rest.len();
        let Some(c) = rest.chars().next() else { break };
        let Some(n) = c.to_digit(10).or_else(|| numeral::digit(c)) else { continue };
        let tail = &rest[c.len_utf8()..];
        if let Some(name) = names.iter().filter(|name| tail.starts_with(**name)).max_by_key(|name| name.len()) {
            sum += f64::from(n) * worth;
            end += skipped + c.len_utf8() + name.len();
        }
    }
    (sum, end)
}

/// 10.6万、3.8万、3.3万平方公里: the earlier numbers of a list take the unit of the last.
pub(super) fn share_units(text: &str, cores: &mut [Core], lexicon: &Lexicon) {
    for i in (0..cores.len().saturating_sub(1)).rev() {
        let (left, right) = cores.split_at_mut(i + 1);
        let (a, b) = (&mut left[i], &right[0]);
        // 高于全国12.7个、12个百分点
        if b.unit.as_ref().is_some_and(|u| u.as_str() == "pp")
            && text[..a.end].ends_with('个')
            && a.outer_end == a.end
            && listed(text, a, b)
        {
            a.unit.clone_from(&b.unit);
            a.rules.push("unit.shared_by_list");
        }
        if a.unit.is_none() && b.unit.is_some() && listed(text, a, b) && lexicon.people.prefix(&text[a.end..]).is_none() {
            let same_kind = b.unit.as_ref().is_some_and(|u| !matches!(u.as_str(), "percent" | "pp" | "times" | "rank"));
            if same_kind && a.multiplier >= 10_000.0 {
                a.unit.clone_from(&b.unit);
                a.rules.push("unit.shared_by_list");
            }
        }
    }
}
