//! Numbers that only set the size of what is counted or spoken of: 亿元以上项目, 30户以上自然村寨, 3岁以下婴幼儿.

use pledgebook_lexicon::{Bound, Lexicon};

use crate::core::{Core, Shape};
use crate::numeral::Form;
use crate::words::starts;

/// How far behind the number the thing that has the size may be named, in characters.
const REACH: usize = 8;

/// Whether the number only sets a size.
pub(crate) fn is_threshold(text: &str, core: &Core, lexicon: &Lexicon) -> bool {
    let Some(unit) = core.unit.as_ref().filter(|_| core.shape == Shape::Plain) else { return false };
    let unit = unit.as_str();
    let after = &text[core.outer_end..];
    if unit == "other:小时" && after.starts_with("过境免签") {
        return true;
    }
    // 亩产达到一百斤以上的有四十五个县
    if (core.bounded_after || core.bound == Bound::Between)
        && (after.starts_with("的有") || after.starts_with("的已有") || after.starts_with("的占"))
    {
        return true;
    }
    // 超10亿元的企业, 引进投资超10亿元重大项目
    let sizes_next = || matches!(unit, "CNY" | "USD") && sized(after, 6, lexicon).is_some();
    let bounded = core.bounded_after || core.bounded_before && (after.starts_with('的') || sizes_next());
    if !bounded || !after.starts_with(char::is_alphabetic) || after.starts_with(['和', '及', '与', '用', '由', '投', '并', '或']) {
        return false;
    }
    match unit {
        "household" | "year" | "other:米" | "other:度" | "other:℃" => true,
        "CNY" if core.form == Form::Bare && core.bounded_after => true,
        "CNY" | "USD" => sized(after, REACH, lexicon).is_some(),
        "mu" | "kW" | "tonne" | "person" | "m2" => sized(after, 0, lexicon).is_some(),
        _ => false,
    }
}

/// Where the thing that has the size ends (龙头企业, 项目), when one comes within `reach` characters and before what is measured.
pub(crate) fn sized(after: &str, reach: usize, lexicon: &Lexicon) -> Option<usize> {
    let rest = after.strip_prefix('的').unwrap_or(after);
    let skipped = after.len() - rest.len();
    let mut end = None;
    for (at, c) in rest.char_indices().take(reach + 1) {
        if !c.is_alphabetic() || starts!(rest[at..], ["资金", "投资", "贷款", "支持", "用于", "增加", "达到", "融资"]) {
            break;
        }
        if let Some((noun, ())) = lexicon.sized.prefix(&rest[at..]) {
            end = Some(skipped + at + noun.len());
        }
    }
    end
}

/// The name of the thing that has the size, after the number: a range of `text`.
pub(crate) fn named(text: &str, core: &Core, to: usize, lexicon: &Lexicon) -> (usize, usize) {
    let after = &text[core.outer_end..to.max(core.outer_end)];
    let start = core.outer_end + after.len() - after.trim_start_matches('的').len();
    let people = lexicon.people.prefix(&text[start..]).filter(|_| core.unit.as_ref().is_some_and(|u| u.as_str() == "year"));
    let end = match (people, sized(after, REACH, lexicon)) {
        (Some((noun, ())), _) => start + noun.len(),
        (None, Some(end)) => core.outer_end + end,
        (None, None) => core.outer_end + after.char_indices().nth(REACH).map_or(after.len(), |(i, _)| i),
    };
    (start, end.max(start))
}
