//! What kind of quantity a number is, and which way it goes (CODEBOOK, `measure` and `direction`).

use pledgebook_lexicon::{Direction, Measure, Unit};

use crate::clause;
use crate::core::{Core, Shape};
use crate::figures::{Ground, Spot};
use crate::label::Label;
use crate::numeral::Form;
use crate::reading::Figure;
use crate::words::{ends, holds, starts, strip_start};

/// The figures before this one that it may share its predicate with.
#[derive(Clone, Copy)]
pub(crate) struct Neighbours<'f> {
    /// The one whose list it continues.
    pub listed: Option<&'f Figure>,
    /// The one that only a 、 stands after.
    pub governed: Option<&'f Figure>,
}

/// The measure of a figure and the direction of a change.
pub(crate) fn measure(
    ground: &Ground<'_>,
    core: &Core,
    spot: &Spot,
    unit: &Unit,
    label: &Label,
    near: Neighbours<'_>,
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
    if core.shape == Shape::Ratio {
        return by("measure.level", Measure::Level, Direction::None);
    }
    // 5.5%左右的增速, 保持20%以上增长: the growth is named after the number.
    if unit.as_str() == "percent" && growth_follows(&ground.text[core.outer_end..spot.to.max(core.outer_end)]) {
        return by("measure.growth_after", Measure::Growth, Direction::Up);
    }
    let words = &ground.text[spot.from..core.outer_start];
    if matches!(unit.as_str(), "pp" | "other:千分点") {
        let up = !holds!(words, ["低", "慢", "少", "落后"]);
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
        let counts = unit.as_str() == "item" && matches!(label.rule, "label.counted" | "label.joined");
        // 新建提升310公里农村公路
        let works = words.ends_with("提升") && holds!(words, ["新建", "改建", "改造", "建设"]);
        let acts = amount && (counts || works);
        if acts || unit.as_str() == "time" || unit.as_str().starts_with("other:周") {
            return by("measure.level", Measure::Level, Direction::None);
        }
        let measure = if amount { p.absolute } else { p.measure };
        let direction = if matches!(measure, Measure::Growth | Measure::Change | Measure::Gap) { p.direction } else { Direction::None };
        if measure == Measure::Gap && !amount && !words.contains('超') {
            return by("measure.level", Measure::Level, Direction::None);
        }
        return by(if left.verb_first { "measure.verb_first" } else { "measure.predicate" }, measure, direction);
    }
    if unit.as_str() == "times" {
        // 分别增长73.7倍、77.5倍
        if let Some(f) = near.listed.filter(|f| f.unit == *unit && f.measure == Measure::Growth) {
            return by("measure.predicate", f.measure, f.direction);
        }
        return by("measure.multiple", Measure::Multiple, Direction::None);
    }
    // 为企业减轻负担30亿元
    let burden = &ground.text[spot.clause.start.min(core.outer_start)..core.outer_start];
    if unit.as_str() == "CNY" && burden.ends_with("负担") && burden.contains("减轻") && !burden.ends_with("税费负担") {
        return by("measure.verb_first", Measure::Change, Direction::Down);
    }
    // 中央财政为此增加支出42亿元
    if unit.as_str() == "CNY" && ends!(burden, ["增加支出", "增加产值", "增加投入", "增加收入"]) {
        return by("measure.verb_first", Measure::Change, Direction::Up);
    }
    // 压减办理时间58%、材料52%: the verb that opened the list governs its other members.
    if let Some(f) = near.governed.filter(|f| f.unit == *unit && left.predicate.is_none() && f.rules.contains(&"measure.verb_first")) {
        return by("measure.verb_first", f.measure, f.direction);
    }
    if let Some(f) = near
        .listed
        .filter(|f| f.unit == *unit && matches!(label.rule, "label.respective" | "label.inherited") && left.subject.0 >= left.subject.1)
    {
        return by("measure.predicate", f.measure, f.direction);
    }
    if unit.as_str() == "percent" {
        let name = label.folded.as_str();
        if clause::growth_named(name) || ends!(name, ["升幅", "增长", "上升幅度"]) || name.contains("增长预期") {
            return by("measure.label_growth", Measure::Growth, Direction::Up);
        }
        if name.ends_with("降幅") || name.ends_with("降低率") {
            return by("measure.label_growth", Measure::Growth, Direction::Down);
        }
        let of_plan = |of: &str| ends!(of, ["计划", "预算", "预算数", "任务", "目标", "指标", "定额"]);
        if words.strip_suffix('的').is_some_and(of_plan) {
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

/// Whether words after a percentage say that it is a growth: 的增速, 以上增长.
pub(crate) fn growth_follows(tail: &str) -> bool {
    let tail = tail.strip_prefix('的').unwrap_or(tail);
    let tail = strip_start!(tail, ["预期", "年均", "经济"]).unwrap_or(tail);
    starts!(tail, ["增长", "增速", "增幅"])
}

/// 高于全国1.2个百分点, 比规上工业快3.2个百分点, 超国家考核目标14.8个百分点: points that lie between two things, not two times.
fn is_distance(words: &str) -> bool {
    holds!(words, ["高于", "高出", "快于", "低于", "慢于", "好于", "优于", "领先", "全国高", "全国快", "全国低"])
        || words
            .strip_suffix(['高', '快', '低', '慢'])
            .is_some_and(|w| !w.ends_with(['提', '降', '减', '加', '放', '走']) && clause::compared_with(w).is_some())
        || words.rfind('超').is_some_and(|i| holds!(words[i..], ["目标", "计划", "任务", "预期", "全国", "水平", "平均"]))
}
