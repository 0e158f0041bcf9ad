//! The fields of a figure beside its number and label: unit, measure, mode, period, indicator (CODEBOOK, "Fields of a figure").

use pledgebook_document::Span;
use pledgebook_lexicon::{Aggregate, Bound, Confidence, Direction, Lexicon, Measure, Mode, Unit};

use crate::clause;
use crate::core::{Core, Shape, listed};
use crate::figures::{Ground, Spot, named_time};
use crate::label::Label;
use crate::mode;
use crate::numeral::Form;
use crate::qualifiers;
use crate::reading::Figure;
use crate::scope::Scope;
use crate::time::Mention;

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
    let mut rules = core.rules.clone();
    let (unit, end) = unit(ground, core, spot, &label, &mut rules)?;
    let goes_on = |p: &Core| listed(ground.text, p, core) || matches!(label.rule, "label.inherited" | "label.respective");
    let listed = previous.filter(|&(_, p)| spot.left.predicate.is_none() && goes_on(p)).map(|(figure, _)| figure);
    let stretched = previous.filter(|&(f, p)| f.unit == unit && is_stretch(ground, core, f, p)).map(|(f, _)| f);
    let governed = previous.filter(|(_, p)| ground.text[p.outer_end..core.outer_start.max(p.outer_end)].starts_with('、')).map(|(f, _)| f);
    let (mut measure, mut direction) = measure(ground, core, spot, &unit, &label, listed, governed, &mut rules);
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
    let start_value = spot.left.from && changes_after(ground.text, core)
        || listed.is_some_and(|f| f.aggregate == Aggregate::Start) && spot.left.subject.0 >= spot.left.subject.1;
    let start_value =
        start_value || matches!(core.shape, Shape::Part(k) if k > 0) && before.is_some_and(|f| f.aggregate == Aggregate::Start);
    let (mode, period) = mode::mode_and_period(ground.text, core, spot, mentions, scope, start_value, &mut rules);
    let period = if average_of(spot, listed) { mode::averaged_over(period, spot, mentions, scope) } else { period };
    let left = &spot.left;
    let average = average_of(spot, listed);
    let indicator = match core.shape {
        Shape::Part(k) if label.folded.contains("产业结构") || label.folded.contains("三产结构") => {
            rules.push("indicator.structure");
            ["va_primary", "va_secondary", "va_tertiary"].get(k as usize).copied()
        }
        _ => indicator(&label.folded, measure, ground.lexicon).filter(|id| may_have(ground.lexicon, id, &unit, &label.folded)),
    };
    if indicator.is_some() && !rules.contains(&"indicator.structure") {
        rules.push("indicator.label");
    }
    if !label.rule.is_empty() {
        rules.insert(0, label.rule);
    }
    let doubt = qualifiers::doubt(&label, &unit, measure, indicator);
    let area = qualifiers::part(ground, &label, spot, indicator);
    let stretch = stretched.is_some();
    if stretch {
        rules.push("stretch.mark");
    }
    Some(Figure {
        span: ground.document.unfold(ground.base + core.start, ground.base + end),
        quote: quote(ground, spot),
        value: core.value,
        unit,
        bound: if core.bound == Bound::Exact && left.about { Bound::About } else { core.bound },
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

fn average_of(spot: &Spot, listed: Option<&Figure>) -> bool {
    spot.left.average || listed.is_some_and(|f| f.average)
}

fn quote(ground: &Ground<'_>, spot: &Spot) -> Span {
    ground.document.unfold(ground.base + spot.clause.start, ground.base + spot.clause.end)
}

/// The unit, from the words around where the number has none, and where the core ends with it.
fn unit(ground: &Ground<'_>, core: &Core, spot: &Spot, label: &Label, rules: &mut Vec<&'static str>) -> Option<(Unit, usize)> {
    let lexicon = ground.lexicon;
    let tail = &ground.text[core.end..spot.to.max(core.end)];
    if let Some(unit) = &core.unit {
        let firms = unit.as_str() == "household"
            && (lexicon.firms.prefix(tail.trim_start_matches("以上")).is_some() || lexicon.firms.occurs_in(&label.folded));
        let named = lexicon.firms.suffix(&label.folded).is_some();
        if firms && (named || label.folded.contains("企业") || !lexicon.households.occurs_in(&label.folded)) {
            rules.push("unit.firms");
            return Some((Unit::new("item"), core.end));
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
    let counts_people =
        lexicon.people.prefix(tail).is_some() || lexicon.people.occurs_in(&label.folded) || lexicon.person_labels.occurs_in(&label.folded);
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

fn measure(
    ground: &Ground<'_>,
    core: &Core,
    spot: &Spot,
    unit: &Unit,
    label: &Label,
    listed: Option<&Figure>,
    governed: Option<&Figure>,
    rules: &mut Vec<&'static str>,
) -> (Measure, Direction) {
    let left = &spot.left;
    let mut by = |rule, measure, direction| {
        rules.push(rule);
        (measure, direction)
    };
    if core.shape == Shape::Rank {
        return by("measure.rank", Measure::Rank, Direction::None);
    }
    if matches!(core.shape, Shape::Part(_)) {
        return by("numeral.structure", Measure::Share, Direction::None);
    }
    let words = &ground.text[spot.from..core.outer_start];
    if unit.as_str() == "pp" {
        let up = !["低", "慢", "少", "落后"].iter().any(|w| words.contains(w));
        if is_distance(words) {
            return by("measure.gap", Measure::Gap, if up { Direction::Up } else { Direction::Down });
        }
        let down = left.predicate.is_some_and(|p| p.direction == Direction::Down);
        return by("measure.points", Measure::Change, if down { Direction::Down } else { Direction::Up });
    }
    if core.form == Form::Doubling {
        return by("measure.multiple", Measure::Multiple, Direction::None);
    }
    if let Some(p) = left.predicate.filter(|p| p.measure != Measure::Level) {
        let amount = !matches!(unit.as_str(), "percent" | "times");
        // 提升21个景区的水平: the verb acts on what is counted, it does not change the count.
        let acts = amount && unit.as_str() == "item" && matches!(label.rule, "label.counted" | "label.joined");
        if acts || unit.as_str() == "time" || unit.as_str().starts_with("other:周") {
            return by("measure.level", Measure::Level, Direction::None);
        }
        let measure = if amount { p.absolute } else { p.measure };
        let direction = if matches!(measure, Measure::Growth | Measure::Change | Measure::Gap) { p.direction } else { Direction::None };
        if measure == Measure::Gap && !amount {
            return by("measure.level", Measure::Level, Direction::None);
        }
        return by(if left.verb_first { "measure.verb_first" } else { "measure.predicate" }, measure, direction);
    }
    if unit.as_str() == "times" {
        return by("measure.multiple", Measure::Multiple, Direction::None);
    }
    // 压减办理时间58%、材料52%: the verb that opened the list governs its other members.
    if let Some(f) = governed.filter(|f| f.unit == *unit && left.predicate.is_none() && f.rules.contains(&"measure.verb_first")) {
        return by("measure.verb_first", f.measure, f.direction);
    }
    if let Some(f) = listed
        .filter(|f| f.unit == *unit && matches!(label.rule, "label.respective" | "label.inherited") && left.subject.0 >= left.subject.1)
    {
        return by("measure.predicate", f.measure, f.direction);
    }
    if unit.as_str() == "percent" {
        let name = label.folded.as_str();
        if clause::growth_named(name) || ["升幅", "增长", "上升幅度"].iter().any(|w| name.ends_with(w)) || name.contains("增长预期")
        {
            return by("measure.label_growth", Measure::Growth, Direction::Up);
        }
        if name.ends_with("降幅") || name.ends_with("降低率") {
            return by("measure.label_growth", Measure::Growth, Direction::Down);
        }
        if ["计划", "预算", "预算数", "任务", "目标", "指标", "定额"].iter().any(|w| words.ends_with(&format!("{w}的"))) {
            return by("measure.label_share", Measure::Share, Direction::None);
        }
        let shares = ["占", "比重", "占比", "比例", "比率", "份额", "覆盖率", "普及率", "贡献率", "计划的", "贡献"];
        if shares.iter().any(|w| name.contains(w)) || words.contains("计划的") {
            return by("measure.label_share", Measure::Share, Direction::None);
        }
        if core.form == Form::Percent && left.predicate.is_none() && !name.ends_with('率') {
            return by("measure.share_of_counted", Measure::Share, Direction::None);
        }
        let own = left.predicate.is_none() && left.subject.0 >= left.subject.1;
        if label.rule == "label.counted" || label.rule == "label.joined" || own && spot.to > core.outer_end + 3 {
            return by("measure.share_of_counted", Measure::Share, Direction::None);
        }
    }
    by("measure.level", Measure::Level, Direction::None)
}

/// 高于全国1.2个百分点, 比规上工业快3.2个百分点, 超国家考核目标14.8个百分点: points that lie between two things, not two times.
fn is_distance(words: &str) -> bool {
    ["高于", "高出", "快于", "低于", "慢于", "好于", "优于", "领先", "全国高", "全国快", "全国低"].iter().any(|w| words.contains(w))
        || words.strip_suffix(['高', '快', '低', '慢']).is_some_and(|w| clause::compared_with(w).is_some())
        || words
            .rfind('超')
            .is_some_and(|i| ["目标", "计划", "任务", "预期", "全国", "水平", "平均"].iter().any(|w| words[i..].contains(w)))
}

/// Whether 从 before the number is answered by 提高到 and the like after it.
fn changes_after(text: &str, core: &Core) -> bool {
    let tail: String = text[core.outer_end..].chars().take(24).collect();
    ["到", "至", "为", "翻"].iter().any(|w| tail.contains(w))
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

/// The indicator that a folded label names under a measure.
pub(crate) fn indicator(label: &str, measure: Measure, lexicon: &Lexicon) -> Option<&'static str> {
    let mut name = label;
    loop {
        if let Some(found) = lexicon.indicator_named(name) {
            let fits = found.measures.is_empty() || found.measures.contains(&measure);
            let same_kind = measure != Measure::Share || !GROWING.contains(&found.id);
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
    if !text[..core.end].ends_with('位') || !["排名", "位次", "名次", "前移", "排位"].iter().any(|w| words.contains(w)) {
        return None;
    }
    let up =
        ["前移", "上升", "提升", "跃升", "提高", "前进", "晋升"].iter().any(|w| words.ends_with(w) || words.ends_with(&format!("{w}了")));
    let down = ["下降", "后移", "下滑", "后退"].iter().any(|w| words.ends_with(w));
    if up { Some(Direction::Up) } else { down.then_some(Direction::Down) }
}

/// 7%以上、力争达到8%: the better figure of a dual goal, with nothing but a mark of the stretch since the first.
fn is_stretch(ground: &Ground<'_>, core: &Core, before: &Figure, first: &Core) -> bool {
    if before.mode != Mode::Target || before.measure == Measure::Share || core.outer_start < first.outer_end {
        return false;
    }
    let between = ground.text[first.outer_end..core.outer_start].trim_start_matches(['、', '，', '并', '且', '（', '；']);
    let between = ["在实际工作中", "在执行中", "工作中", "执行中"].iter().find_map(|w| between.strip_prefix(w)).unwrap_or(between);
    let lexicon = ground.lexicon;
    let Some((mark, ())) = lexicon.goals.stretch_marks.prefix(between) else { return false };
    let rest = &between[mark.len()..];
    rest.is_empty() || lexicon.predicates.prefix(rest).is_some_and(|(word, _)| word.len() == rest.len())
}
