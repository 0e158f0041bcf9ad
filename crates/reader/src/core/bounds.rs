//! The words that bound a number, on both sides and over a list.

use pledgebook_lexicon::{Bound, Lexicon};

use super::units::Found;
use super::{Core, listed};
use crate::numeral::{Form, Numeral};

pub(super) fn bound_before(text: &str, n: &Numeral, lexicon: &Lexicon) -> (Option<Bound>, usize) {
    let left = &text[..n.start];
    let Some((word, &bound)) = lexicon.bounds_before.suffix(left) else { return (None, n.start) };
    let large = n.form == Form::Bare || n.form == Form::Chinese && n.multiplier >= 1e8 && word != "数";
    let loose = matches!(word, "上" | "过" | "破" | "数") && !(large || text[n.start..].starts_with("半"));
    let part_of_word = match word {
        "近" => left.ends_with(['附', '最', '靠', '贴', '亲', '就', '邻']) || left.ends_with("附近") || left.ends_with("最近"),
        "约" => left.ends_with("节约") || left.ends_with("集约") || left.ends_with("签约") || left.ends_with("预约"),
        "超" => left.ends_with("赣超") || left.ends_with("苏超"),
        "破" => left.ends_with("突破"),
        _ => false,
    };
    if loose || part_of_word { (None, n.start) } else { (Some(bound), n.start - word.len()) }
}

pub(super) fn bound_after(text: &str, end: usize, unit: Option<&Found>, lexicon: &Lexicon) -> (Option<Bound>, usize) {
    let right = &text[end..];
    let unit = unit.map_or("", |u| u.unit.as_str());
    if let Some((word, &bound)) = lexicon.bounds_after.prefix(right) {
        let rest = &right[word.len()..];
        let measured = matches!(unit, "times" | "year" | "km" | "percent" | "month");
        let fits = match word {
            "多" | "余" => measured && !rest.starts_with(['个', '种', '元', '边', '样', '次', '项']),
            "不足" | "不到" => rest.is_empty() || rest.starts_with(['，', '。', '；', '的']),
            _ => true,
        };
        if fits {
            return (Some(bound), end + word.len());
        }
    }
    let space_or_time = matches!(unit, "km" | "day" | "month" | "year" | "other:米" | "other:小时" | "other:分钟" | "other:周");
    let tail = right.strip_prefix('内').filter(|t| space_or_time && !t.starts_with(['部', '外', '地', '蒙', '容', '生', '需', '循', '涵']));
    match tail {
        Some(_) => (Some(Bound::AtMost), end + '内'.len_utf8()),
        None => (None, end),
    }
}

/// 分别增长4.5%、5.5%左右 and 分别超98.5%和99%: a comparator at an end of a list holds for each number.
pub(super) fn share_bounds(text: &str, cores: &mut [Core]) {
    for i in (0..cores.len().saturating_sub(1)).rev() {
        let (left, right) = cores.split_at_mut(i + 1);
        let (a, b) = (&mut left[i], &right[0]);
        if a.bound == Bound::Exact && b.bounded_after && a.unit == b.unit && listed(text, a, b) {
            a.bound = b.bound;
            a.bounded_after = true;
            a.rules.push("bound.shared_by_list");
        }
    }
    for i in 1..cores.len() {
        let (left, right) = cores.split_at_mut(i);
        let (a, b) = (&left[i - 1], &mut right[0]);
        if b.bound == Bound::Exact
            && a.bounded_before
            && a.unit == b.unit
            && a.unit.as_ref().is_some_and(|u| u.as_str() != "item")
            && listed(text, a, b)
        {
            b.bound = a.bound;
            b.bounded_before = true;
            b.rules.push("bound.shared_by_list");
        }
    }
}
