//! From numerals to the cores of figures: number, unit and bound, with the numerals that are no figures left out.

mod bounds;
mod units;

use pledgebook_lexicon::{Bound, Lexicon, Unit};
use smallvec::{SmallVec, smallvec};

use crate::numeral::{Form, Numeral};
use crate::ranks;
use crate::reading::Value;
use crate::traps;
use crate::words::{holds, starts, strip_start};
use bounds::{bound_after, bound_before, share_bounds};
use units::{Found, share_units, unit_after, unit_of_list};

/// A numeral with its unit and bound. Offsets are bytes of the passage's folded text.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    /// Number, multiplier and unit.
    pub start: usize,
    pub end: usize,
    /// The same with its comparators.
    pub outer_start: usize,
    pub outer_end: usize,
    pub value: Value,
    /// `None` until the words around give the unit of a bare number.
    pub unit: Option<Unit>,
    pub bound: Bound,
    /// Whether the bound was written before or after the number itself, not taken over from a list.
    pub bounded_before: bool,
    pub bounded_after: bool,
    pub form: Form,
    pub multiplier: f64,
    /// What kind of core it is.
    pub shape: Shape,
    /// The rules that made it.
    pub rules: SmallVec<[&'static str; 3]>,
}

/// What kind of core a numeral makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A number with its unit.
    Plain,
    /// 第3位.
    Rank,
    /// One part of 8.7∶41.2∶50.1, from 0.
    Part(u8),
    /// 2.04∶1, or a ratio without a unit: 倍差2.12.
    Ratio,
    /// Only sets the size of what is counted: 亿元以上项目.
    Threshold,
}

/// Builds the cores of a passage from its numerals, into an empty list.
pub(crate) fn cores(text: &str, numerals: &[Numeral], lexicon: &Lexicon, cores: &mut Vec<Core>) {
    let mut i = 0;
    while i < numerals.len() {
        // 人/百亿元: the numeral belongs to the unit before it.
        if cores.last().is_some_and(|c| numerals[i].start < c.end) {
            i += 1;
            continue;
        }
        if let Some(ratio) = ratio(text, &numerals[i..], lexicon) {
            cores.push(ratio);
            i += 2;
            continue;
        }
        if let Some(parts) = structure(text, &numerals[i..]) {
            cores.extend(numerals[i..i + parts].iter().enumerate().map(|(k, n)| part(n, k)));
            i += parts;
            continue;
        }
        let (core, used) = core(text, &numerals[i..], lexicon);
        cores.extend(core);
        i += used;
    }
    // 5%左右为3%: what bounds the one number does not bound the next.
    for i in 1..cores.len() {
        let (before, after) = cores.split_at_mut(i);
        let (a, b) = (&mut before[i - 1], &mut after[0]);
        a.outer_end = a.outer_end.min(b.start).max(a.end);
        b.outer_start = b.outer_start.max(a.outer_end);
    }
    share_units(text, cores, lexicon);
    share_bounds(text, cores);
}

/// 收入比缩小至2.04∶1: one number, the multiple of the other.
fn ratio(text: &str, numerals: &[Numeral], lexicon: &Lexicon) -> Option<Core> {
    let [a, b, ..] = numerals else { return None };
    let alone = numerals.get(2).is_none_or(|c| !is_ratio_sign(&text[b.end..c.start]));
    if a.form != Form::Arabic || !is_ratio_sign(&text[a.end..b.start]) {
        return None;
    }
    let one = matches!(&text[b.start..b.end], "1" | "一" | "1.0");
    let named = text[..a.start].chars().rev().take(RATIO_REACH).any(|c| c == '比');
    let (bound, outer_end) = bound_after(text, b.end, None, lexicon);
    (one && alone && named).then(|| Core {
        end: b.end,
        outer_end,
        bound: bound.unwrap_or(Bound::Exact),
        bounded_after: bound.is_some(),
        unit: Some(Unit::new("times")),
        shape: Shape::Ratio,
        rules: smallvec!["numeral.ratio"],
        ..part(a, 0)
    })
}

/// How far before a ratio the word 比 stands, in characters.
const RATIO_REACH: usize = 12;

fn is_ratio_sign(between: &str) -> bool {
    matches!(between, "∶" | ":" | "：" | "︰" | "比")
}

/// How many numerals make a structure like 8.7∶41.2∶50.1; `None` when they do not.
fn structure(text: &str, numerals: &[Numeral]) -> Option<usize> {
    let joined = |a: &Numeral, b: &Numeral| matches!(&text[a.end..b.start], "∶" | ":" | "：" | "︰");
    let parts = 1 + numerals.windows(2).take_while(|w| joined(&w[0], &w[1]) && w[1].form == Form::Arabic).count();
    (parts >= 3).then_some(parts)
}

fn part(n: &Numeral, k: usize) -> Core {
    Core {
        start: n.start,
        end: n.end,
        outer_start: n.start,
        outer_end: n.end,
        value: Value { low: n.low, high: n.high },
        unit: Some(Unit::new("percent")),
        bound: Bound::Exact,
        bounded_before: false,
        bounded_after: false,
        form: n.form,
        multiplier: 1.0,
        shape: Shape::Part(k as u8),
        rules: smallvec!["numeral.structure"],
    }
}

/// The core that starts with the first numeral, and how many numerals it used.
fn core(text: &str, numerals: &[Numeral], lexicon: &Lexicon) -> (Option<Core>, usize) {
    let n = &numerals[0];
    if ranks::is_within(text, n) {
        let start = n.start - '前'.len_utf8();
        return (Some(Core { start, outer_start: start, bound: Bound::AtMost, ..rank(text, n) }), 1);
    }
    // 每50公斤提高7元: what is counted against.
    if text[..n.start].ends_with('每') && n.form == Form::Arabic {
        return (None, 1);
    }
    if traps::counts_nothing(text, n, lexicon) || traps::is_trap(text, n, lexicon) {
        return (None, 1);
    }
    if text[..n.start].ends_with('第') {
        return (ranks::is_rank(text, n).then(|| rank(text, n)), 1);
    }
    let own = unit_after(text, n, lexicon);
    let range = range(text, n, own.as_ref().map_or(n.end, |u| u.end), numerals.get(1));
    let (last, used) = range.map_or((n, 1), |r| (r, 2));
    let unit = if used == 2 { unit_after(text, last, lexicon) } else { own.clone() };
    let end = unit.as_ref().map_or(last.end, |u| u.end);
    if used == 2 && own.is_some() && own.as_ref().map(|u| &u.unit) != unit.as_ref().map(|u| &u.unit) {
        // 3个—5公里 is no range.
        return (single(text, n, own, n.end, lexicon), 1);
    }
    if used == 1 {
        let unit = unit.or_else(|| unit_of_list(text, numerals, lexicon));
        let end = unit.as_ref().map_or(end, |u| u.end);
        return (single(text, n, unit, end, lexicon), 1);
    }
    let factor = unit.as_ref().map_or(1.0, |u| u.factor);
    let Some(mut core) = single(text, last, unit, end, lexicon) else { return (None, 2) };
    let high = core.value.high;
    let low = shared_multiplier(n, last, own.is_some()).map(|m| n.low * m * factor).find(|low| *low < high).unwrap_or(high);
    if low >= high {
        return (single(text, n, own.clone(), own.map_or(n.end, |u| u.end), lexicon), 1);
    }
    core.start = n.start;
    core.outer_start = n.start;
    core.value = Value { low, high };
    core.bound = Bound::Between;
    core.rules.push("bound.range");
    (Some(core), 2)
}

/// What the first number of a range may be multiplied by: 三十到五十万 means 300,000, 八到九百 800.
fn shared_multiplier(n: &Numeral, last: &Numeral, has_unit: bool) -> impl Iterator<Item = f64> {
    let large = (last.multiplier >= 10_000.0 && n.multiplier < 10_000.0).then_some(last.multiplier);
    let bare = (n.multiplier == 1.0).then_some(last.multiplier);
    large.or(bare).filter(|_| !has_unit).into_iter().chain([1.0])
}

fn rank(text: &str, n: &Numeral) -> Core {
    let start = if text[..n.start].ends_with('第') { n.start - '第'.len_utf8() } else { n.start };
    let tail = text[n.end..].strip_prefix(['位', '名']).map_or(n.end, |t| text.len() - t.len());
    Core {
        start,
        end: tail,
        outer_start: start,
        outer_end: tail,
        value: Value { low: n.low, high: n.high },
        unit: Some(Unit::new("rank")),
        bound: Bound::Exact,
        bounded_before: false,
        bounded_after: false,
        form: n.form,
        multiplier: 1.0,
        shape: Shape::Rank,
        rules: smallvec!["numeral.rank"],
    }
}

/// The second numeral of a range, when only a dash stands between.
fn range<'a>(text: &str, n: &Numeral, unit_end: usize, next: Option<&'a Numeral>) -> Option<&'a Numeral> {
    let counts = |form| matches!(form, Form::Arabic | Form::Chinese);
    let next = next.filter(|m| m.start > unit_end && (m.form == n.form || counts(m.form) && counts(n.form)))?;
    let between = &text[unit_end..next.start];
    let between = strip_start!(between, ["(含)", "（含）"]).unwrap_or(between);
    let dash = matches!(between, "-" | "--" | "—" | "——" | "–" | "―" | "－" | "～" | "~" | "至" | "到" | "−" | "─");
    let from = text[..n.start].ends_with(['从', '由']);
    (dash && !(from && matches!(between, "至" | "到"))).then_some(next)
}

/// A core of one number, when unit and surroundings make it a figure.
fn single(text: &str, n: &Numeral, unit: Option<Found>, end: usize, lexicon: &Lexicon) -> Option<Core> {
    let end = unit.as_ref().map_or(end, |u| u.end);
    let (before, outer_start) = bound_before(text, n, lexicon);
    // 跨上一个新台阶: 一 is an article there too.
    let before = before.filter(|_| !(traps::is_article(n) && text[..n.start].ends_with(['上', '过', '进', '入'])));
    // 跨越3个千亿元台阶: so many were crossed, not more.
    let before = before.filter(|_| !unit.as_ref().is_some_and(|u| u.unit.as_str() == "item" && counts_steps(&text[u.end..])));
    let (after, outer_end) = bound_after(text, end, unit.as_ref(), lexicon);
    let formal = text[n.start..].starts_with('壹');
    if !formal
        && traps::needs_comparator(text, n, unit.as_ref().map(|u| u.unit.as_str()))
        && before.is_none()
        && after.is_none()
        && !n.several
    {
        return None;
    }
    if traps::tail_names(text, end, unit.as_ref().map(|u| u.unit.as_str()), lexicon)
        || unit.as_ref().is_some_and(|u| traps::time_frame(text, n, u.unit.as_str(), end, before.is_some()))
    {
        return None;
    }
    let letter = text[..n.end].ends_with(['k', 'K', 'w', 'W']);
    let is_ratio = unit.is_none() && is_ratio(text, n);
    if unit.is_none() && n.multiplier < 10_000.0 && !n.more && !n.several && !letter && !is_ratio {
        return None;
    }
    let gap_word = unit.as_ref().is_some_and(|u| u.unit.as_str() == "pp");
    let before = before.filter(|_| !gap_word);
    // 进入世界前1%
    let among_first = unit.as_ref().is_some_and(|u| matches!(u.unit.as_str(), "percent" | "other:‰")) && text[..n.start].ends_with('前');
    let bound = match (before, after) {
        (None, None) if among_first => Bound::AtMost,
        _ if n.several => Bound::Several,
        (Some(b), _) => b,
        (None, Some(b)) => b,
        (None, None) if n.more => Bound::MoreThan,
        (None, None) if n.low < n.high => Bound::Between,
        (None, None) => Bound::Exact,
    };
    let (factor, change) = unit.as_ref().map_or((1.0, 0.0), |u| (u.factor, u.change));
    let mut rules = SmallVec::new();
    rules.push(form_rule(n.form));
    if before.or(after).is_some() {
        rules.push(if before.is_some() { "bound.before" } else { "bound.after" });
    }
    Some(Core {
        start: n.start,
        end,
        outer_start: if before.is_some() { outer_start } else { n.start },
        outer_end,
        value: Value { low: n.low * factor + change, high: n.high * factor + change },
        unit: if is_ratio { Some(Unit::new("times")) } else { unit.map(|u| u.unit) },
        bound,
        bounded_before: before.is_some(),
        bounded_after: after.is_some(),
        form: n.form,
        multiplier: n.multiplier,
        shape: if is_ratio { Shape::Ratio } else { Shape::Plain },
        rules,
    })
}

/// 千亿元台阶, 万亿级关口: whether steps are what is counted.
fn counts_steps(tail: &str) -> bool {
    let size = tail.trim_start_matches(['百', '千', '万', '亿', '元', '级', '新']);
    starts!(size, ["台阶", "关口", "大关"])
}

/// 收入倍差从2.42缩小至2.12: a ratio has no unit of its own.
fn is_ratio(text: &str, n: &Numeral) -> bool {
    if n.form != Form::Arabic || n.low.fract() == 0.0 || n.multiplier != 1.0 {
        return false;
    }
    let left = &text[..n.start];
    let clause = left.rfind(['，', '。', '；', '：']).map_or(left, |at| &left[at..]);
    holds!(clause, ["倍差", "收入比", "收入之比", "差距倍数"])
}

fn form_rule(form: Form) -> &'static str {
    match form {
        Form::Arabic => "numeral.arabic",
        Form::Chinese | Form::Digits => "numeral.chinese",
        Form::Bare => "numeral.bare_multiplier",
        Form::Percent => "numeral.percent_in_words",
        Form::Doubling => "numeral.doubling",
    }
}

/// Whether only a list separator stands between two cores.
pub(crate) fn listed(text: &str, a: &Core, b: &Core) -> bool {
    b.start > a.outer_end && matches!(&text[a.outer_end..b.outer_start], "、" | "和" | "及" | "与" | "，" | "或" | "以及")
}
