//! The fields of a figure beside its number and label: unit, measure, mode, period, indicator (CODEBOOK, "Fields of a figure").

use pledgebook_document::Span;
use pledgebook_lexicon::{Aggregate, Bound, Confidence, Direction, Lexicon, Measure, Mode, Unit};

use crate::core::{Core, Shape, listed};
use crate::figures::{Ground, Spot, named_time};
use crate::label::Label;
use crate::measure::{self, Neighbours};
use crate::mode;
use crate::numeral::Form;
use crate::qualifiers;
use crate::reading::Figure;
use crate::scope::Scope;
use crate::time::Mention;
use crate::words::{ends, holds, starts, strip_start};

/// Few figures are made by more rules than so many.
const MOST_RULES: usize = 8;

/// Codes one figure; `before` is the one before it in the passage, for lists.
pub(crate) fn figure(
    ground: &Ground<'_>,
    core: &Core,
    spot: &Spot,
    label: Label,
    mentions: &[Mention],
    scope: &Scope,
    previous: Option<(&Figure, &Core)>,
) -> Option<Figure> {
    let before = previous.map(|(figure, _)| figure);
    let mut rules = Vec::with_capacity(MOST_RULES);
    if !label.rule.is_empty() {
        rules.push(label.rule);
    }
    rules.extend_from_slice(&core.rules);
    let (unit, end) = unit(ground, core, spot, &label, &mut rules)?;
    let goes_on = |p: &Core| listed(ground.text, p, core) || matches!(label.rule, "label.inherited" | "label.respective");
    let listed = previous.filter(|&(_, p)| spot.left.predicate.is_none() && goes_on(p)).map(|(figure, _)| figure);
    let stretched = previous.filter(|&(f, p)| f.unit == unit && is_stretch(ground, core, f, p)).map(|(f, _)| f);
    let governed = previous.filter(|(_, p)| ground.text[p.outer_end..core.outer_start.max(p.outer_end)].starts_with('、')).map(|(f, _)| f);
    let near = Neighbours { listed, governed };
    let (mut measure, mut direction) = measure::measure(ground, core, spot, &unit, &label, near, &mut rules);
    if let Some(f) = stretched.filter(|f| matches!(measure, Measure::Level) && (f.label == label.text || label.rule == "label.inherited")) {
        (measure, direction) = (f.measure, f.direction);
    }
    let counted = if unit.as_str() == "person" && core.end > 0 { places_moved(ground.text, core, spot) } else { None };
    let unit = if let Some(moved) = counted {
        (measure, direction) = (Measure::Change, moved);
        Unit::new("rank")
    } else {
        unit
    };
    // 第4位双双跃居第1位: what was reached is no start.
    let reached = |previous: Option<(&Figure, &Core)>| {
        core.shape == Shape::Rank && previous.is_none_or(|(_, p)| ground.text.get(p.outer_end..core.start) != Some("、"))
    };
    let start_value = spot.left.from && changes_after(ground.text, core)
        || core.shape == Shape::Rank && rises_from(ground.text, core, spot)
        || listed.is_some_and(|f| f.aggregate == Aggregate::Start) && spot.left.subject.0 >= spot.left.subject.1 && !reached(previous);
    let start_value =
        start_value || matches!(core.shape, Shape::Part(k) if k > 0) && before.is_some_and(|f| f.aggregate == Aggregate::Start);
    let (mode, period) = mode::mode_and_period(ground.text, core, spot, mentions, scope, start_value, &mut rules);
    let period = if average_of(spot, listed, &unit) { mode::averaged_over(period, spot, mentions, scope) } else { period };
    let average = average_of(spot, listed, &unit);
    let grew = matches!(measure, Measure::Growth | Measure::Change) && mode != Mode::Other && !average;
    let period = if grew { mode::since_base(period, core, spot, mentions) } else { period };
    let indicator = match core.shape {
        Shape::Part(k) if label.folded.contains("产业结构") || label.folded.contains("三产结构") => {
            rules.push("indicator.structure");
            ["va_primary", "va_secondary", "va_tertiary"].get(k as usize).copied()
        }
        Shape::Ratio => None,
        _ if core.value.low >= 1e9 && ["人口", "中国人", "中国人民"].contains(&label.folded.as_str()) => {
            lexicon_id(ground.lexicon, "population")
        }
        _ => indicator(&label.folded, measure, ground.lexicon)
            .or_else(|| first_of_joint(&label.folded, measure, ground.lexicon))
            .filter(|id| may_have(ground.lexicon, id, &unit, &label.folded)),
    };
    if indicator.is_some() && !rules.contains(&"indicator.structure") {
        rules.push("indicator.label");
    }
    let doubt = qualifiers::doubt(&label, &unit, measure, mode, indicator, &rules);
    let area = qualifiers::part(ground, &label, spot, indicator);
    let stretch = stretched.is_some();
    if stretch {
        rules.push("stretch.mark");
    }
    Some(Figure {
        span: ground.unfold(core.start, end),
        quote: quote(ground, core, spot),
        value: core.value,
        unit,
        bound: if core.bound == Bound::Exact { bound_of_clause(ground.text, core, spot) } else { core.bound },
        stretch,
        label: label.text,
        indicator,
        measure,
        direction,
        mode,
        period,
        average,
        aggregate: qualifiers::aggregate(
            spot,
            named_time(ground.text, mentions, core, spot),
            listed,
            measure,
            start_value,
            average,
            ground.text,
        ),
        reference: qualifiers::reference(ground, spot, core, measure),
        basis: qualifiers::basis(ground, spot, core, measure),
        estimate: qualifiers::estimate(ground, spot, core),
        hedge: qualifiers::hedge(ground, spot, governed, mode),
        area,
        confidence: if doubt.is_some() { Confidence::Low } else { Confidence::High },
        reason: doubt,
        rules,
    })
}

/// 约 and 至少 may stand before the predicate: 约占三成, 至少降低30%.
fn bound_of_clause(text: &str, core: &Core, spot: &Spot) -> Bound {
    let until = spot.from.min(core.outer_start);
    let least = text[until..core.outer_start].find('少').is_some_and(|at| text[..until + at].ends_with('至'));
    match () {
        () if spot.left.about => Bound::About,
        () if least => Bound::AtLeast,
        () => Bound::Exact,
    }
}

/// 年均增长5%、迈上3万亿元台阶: the list goes on with what is measured alike.
fn average_of(spot: &Spot, listed: Option<&Figure>, unit: &Unit) -> bool {
    spot.left.average || listed.is_some_and(|f| f.average && f.unit == *unit)
}

/// A clause is quoted so far on either side of its number at most, in bytes; files without a comma have endless ones.
const QUOTE_REACH: usize = 1500;

fn quote(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Span {
    let start = spot.clause.start.max(ground.text.floor_char_boundary(core.start.saturating_sub(QUOTE_REACH)));
    let end = spot.clause.end.min(ground.text.ceil_char_boundary(core.end + QUOTE_REACH));
    ground.unfold(start, end)
}

/// The unit, from the words around where the number has none, and where the core ends with it.
fn unit(ground: &Ground<'_>, core: &Core, spot: &Spot, label: &Label, rules: &mut Vec<&'static str>) -> Option<(Unit, usize)> {
    let lexicon = ground.lexicon;
    let tail = &ground.text[core.end..spot.to.max(core.end)];
    if let Some(unit) = &core.unit {
        // 8万个困难家庭
        let homes = |noun: &str| {
            let mut near = noun.chars().take(6);
            near.any(|c| c == '家') && near.next() == Some('庭') && lexicon.firms.prefix(noun).is_none()
        };
        if unit.as_str() == "item" && ground.text[..core.end].ends_with('个') && homes(tail) {
            rules.push("unit.households");
            return Some((Unit::new("household"), core.end));
        }
        let firms = unit.as_str() == "household"
            && (lexicon.firms.prefix(tail.trim_start_matches("以上")).is_some()
                || lexicon.firms.occurs_in(&label.folded)
                || label.folded.chars().count() <= 4 && speaks_of_firms(&ground.text[..core.outer_start]));
        // 沼气用户 are households, 电话用户 are not.
        let home = lexicon.households.suffix(&label.folded).map_or(0, |(word, ())| word.len());
        let named = lexicon.firms.suffix(&label.folded).is_some_and(|(word, ())| word.len() >= home);
        if firms && (named || label.folded.contains("企业") || !lexicon.households.occurs_in(&label.folded)) {
            rules.push("unit.firms");
            return Some((Unit::new("item"), core.end));
        }
        // 时速350公里
        if unit.as_str() == "km" && ground.text[..core.outer_start].ends_with("时速") {
            return Some((Unit::new("other:公里/小时"), core.end));
        }
        // 发电量三千亿度
        if unit.as_str() == "other:度" && label.folded.contains('电') {
            return Some((Unit::new("kWh"), core.end));
        }
        // 几十万块 of money, not of land.
        if unit.as_str() == "item"
            && ground.text[..core.end].ends_with('块')
            && tail.is_empty()
            && lexicon.money_labels.occurs_in(&label.folded)
        {
            rules.push("unit.money");
            return Some((Unit::new("CNY"), core.end));
        }
        return Some((unit.clone(), core.end));
    }
    if let Some((word, ())) = lexicon.households.prefix(tail) {
        rules.push("unit.households");
        let end = core.end + if core.form == Form::Bare { word.len() } else { 0 };
        return Some((Unit::new("household"), end));
    }
    let before = &ground.text[spot.from.min(core.outer_start)..core.outer_start];
    // 390万65岁以上老人
    let after_digits = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    let aged = after_digits.len() < tail.len() && after_digits.starts_with('岁');
    let counts_people = aged
        || lexicon.people.prefix(tail).is_some()
        || lexicon.person_labels.suffix(before).is_some()
        || lexicon.people.occurs_in(&label.folded)
        || lexicon.person_labels.occurs_in(&label.folded);
    let rule = if lexicon.people.prefix(tail).is_none()
        && lexicon.money_labels.occurs_in(&label.folded)
        && !lexicon.person_labels.occurs_in(&label.folded)
    {
        ("unit.money", "CNY")
    } else if counts_people {
        ("unit.people", "person")
    } else {
        return None;
    };
    rules.push(rule.0);
    Some((Unit::new(rule.1), core.end))
}

/// 经营主体增量提质，总量突破1000万户: whether firms were spoken of right before.
fn speaks_of_firms(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(FIRMS_REACH))..];
    holds!(near, ["经营主体", "市场主体"])
}

/// How far before a number the firms may be named, in bytes.
const FIRMS_REACH: usize = 60;

/// Whether 从 before the number is answered by 提高到 and the like after it.
fn changes_after(text: &str, core: &Core) -> bool {
    let tail: String = text[core.outer_end..].chars().take(24).collect();
    holds!(tail, ["到", "至", "为", "翻"])
}

/// 从全国第13位升至第5位: whether a rank is the one from which another was reached.
fn rises_from(text: &str, core: &Core, spot: &Spot) -> bool {
    let words = &text[spot.from.min(core.outer_start)..core.outer_start];
    // 从第8位、第4位双双跃居第1位
    let listed = |tail: &str| {
        let rest = tail.strip_prefix("、第")?.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix(['位', '名']).map(|rest| tail.len() - rest.len())
    };
    let tail = &text[core.outer_end..];
    let tail = tail[listed(tail).unwrap_or(0)..].trim_start_matches("双双");
    const MOVED: [&str; 15] = [
        "升至",
        "升到",
        "上升到",
        "上升至",
        "跃升至",
        "跃升到",
        "提升至",
        "提升到",
        "前移至",
        "进至",
        "跃居",
        "升为",
        "降至",
        "降到",
        "后移至",
    ];
    words.contains(['从', '由']) && starts!(tail, MOVED)
}

/// The id of an indicator that a rule names, where the lexicon has it.
fn lexicon_id(lexicon: &Lexicon, id: &str) -> Option<&'static str> {
    lexicon.indicator(id).map(|found| found.id)
}

/// Indicators whose usual figure is a growth: a share of one is another thing.
const GROWING: [&str; 14] = [
    "gdp",
    "va_primary",
    "va_secondary",
    "va_tertiary",
    "va_industry",
    "va_hightech",
    "fixed_investment",
    "industrial_investment",
    "retail_sales",
    "income",
    "trade",
    "exports",
    "imports",
    "population",
];

/// The indicator that a folded label names under a measure: as a whole, without what stands in brackets, or in them
/// (占总人口的比重（常住人口城镇化率）).
pub(crate) fn indicator(label: &str, measure: Measure, lexicon: &Lexicon) -> Option<&'static str> {
    let Some((open, close)) = label.find(['（', '(']).zip(label.rfind(['）', ')'])).filter(|(open, close)| open < close) else {
        return indicator_named(label, measure, lexicon);
    };
    let inside = label[open..close].trim_start_matches(['（', '(']);
    let outside = format!("{}{}", &label[..open], label[close..].trim_start_matches(['）', ')']));
    [label, &outside, inside].iter().find_map(|name| indicator_named(name, measure, lexicon))
}

/// 社会消费品零售总额、固定资产投资均增长…: one number for several indicators is filed with the first.
fn first_of_joint(label: &str, measure: Measure, lexicon: &Lexicon) -> Option<&'static str> {
    let (first, rest) = label.split_once('、')?;
    let first = indicator_named(first, measure, lexicon)?;
    rest.split('、').all(|other| indicator_named(other, measure, lexicon).is_some()).then_some(first)
}

fn indicator_named(label: &str, measure: Measure, lexicon: &Lexicon) -> Option<&'static str> {
    let mut name = label;
    loop {
        if let Some(found) = lexicon.indicator_named(name) {
            let fits = found.measures.is_empty() || found.measures.contains(&measure);
            // A share of the whole, by its own name: 服务业比重.
            let named = ends!(name, ["比重", "占比"]);
            let same_kind = measure != Measure::Share || named || !GROWING.contains(&found.id);
            return (fits && same_kind).then_some(found.id);
        }
        // A share of an indicator is not the indicator.
        let ending = |(word, ()): &(&str, &())| measure != Measure::Share || *word != "占比";
        let shorter = match lexicon.label_starts.prefix(name) {
            Some((word, ())) => Some(&name[word.len()..]),
            None => lexicon.label_ends.suffix(name).filter(ending).map(|(word, ())| &name[..name.len() - word.len()]),
        };
        match shorter {
            Some(rest) if !rest.is_empty() => name = rest,
            _ => return None,
        }
    }
}

/// Durations and counts are no value of an indicator that is given in something else (经济总量连续5年…).
fn may_have(lexicon: &Lexicon, id: &str, unit: &Unit, label: &str) -> bool {
    match unit.as_str() {
        "day" => label.contains("天数"),
        "year" | "month" | "time" | "item" | "other:季度" => lexicon.indicator(id).is_some_and(|i| i.unit == *unit),
        _ => true,
    }
}

/// 排名前移3位, 位次提升2位: which way a rank has moved.
fn places_moved(text: &str, core: &Core, spot: &Spot) -> Option<Direction> {
    let words = &text[spot.clause.start.min(core.start)..core.outer_start];
    if !text[..core.end].ends_with('位') || !holds!(words, ["排名", "位次", "名次", "前移", "排位"]) {
        return None;
    }
    let moved = words.strip_suffix('了').unwrap_or(words);
    let up = ends!(moved, ["前移", "上升", "提升", "跃升", "提高", "前进", "晋升"]);
    let down = ends!(words, ["下降", "后移", "下滑", "后退"]);
    if up { Some(Direction::Up) } else { down.then_some(Direction::Down) }
}

/// 7%以上、力争达到8%: the better figure of a dual goal, with nothing but a mark of the stretch since the first.
fn is_stretch(ground: &Ground<'_>, core: &Core, before: &Figure, first: &Core) -> bool {
    if before.mode != Mode::Target || before.measure == Measure::Share || core.outer_start < first.outer_end {
        return false;
    }
    let between = ground.text[first.outer_end..core.outer_start].trim_start_matches(['、', '，', '并', '且', '（', '；']);
    let between = strip_start!(between, ["在实际工作中", "在执行中", "工作中", "执行中"]).unwrap_or(between);
    let lexicon = ground.lexicon;
    let Some((mark, ())) = lexicon.goals.stretch_marks.prefix(between) else { return false };
    let rest = &between[mark.len()..];
    rest.is_empty() || lexicon.predicates.prefix(rest).is_some_and(|(word, _)| word.len() == rest.len())
}
