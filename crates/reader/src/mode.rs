//! Whether a number is so or aimed at, and of which time: by its section, by the times named, by the words of the clause.

use pledgebook_lexicon::{Mode, Period};

use crate::core::{Core, Shape};
use crate::figures::{Spot, named_time};
use crate::scope::Scope;
use crate::time::Mention;
use crate::words::{ends, holds};

/// Mode and period of a figure.
pub(crate) fn mode_and_period(
    text: &str,
    core: &Core,
    spot: &Spot,
    mentions: &[Mention],
    scope: &Scope,
    start_value: bool,
    rules: &mut Vec<&'static str>,
) -> (Mode, Period) {
    if core.shape == Shape::Threshold {
        rules.push("mode.threshold");
        // 亿元以上项目 are so large in the year spoken of; an age or a distance is a definition.
        let sized = core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "CNY" | "USD")) && !scope.explains();
        let period = || named_time(text, mentions, core, spot).map_or(scope.period(), |m| m.period);
        return (Mode::Other, if sized { period() } else { Period::Open });
    }
    let compared = mentions.iter().rev().find(|m| m.compared && m.start >= spot.from && m.end <= core.start);
    if start_value {
        rules.extend(["mode.start_value", "period.start_value"]);
        let period = match (compared, scope.period()) {
            // 由上年46亿元增加到…, of the reviewed year: the one before it.
            (Some(m), Period::Year(y)) if m.period == Period::Year(y) && text[m.start..m.end].starts_with('上') => Period::Year(y - 1),
            (Some(m), _) => m.period,
            (None, Period::Span(first, _)) => Period::Year(first - 1),
            _ => Period::Open,
        };
        return (Mode::Other, period);
    }
    // 比一九五七年的三百一十二万吨增加…: the base itself.
    if let Some(m) = compared.filter(|m| &text[m.end..core.outer_start] == "的")
        && ends!(text[..m.start], ["比", "较", "同"])
    {
        rules.extend(["mode.start_value", "period.start_value"]);
        return (Mode::Other, m.period);
    }
    let named = named_time(text, mentions, core, spot);
    // 五年增长, 五年内 in the goals of a plan: its own five years.
    let named =
        named.filter(|m| scope.mode() != Mode::Target || !matches!(scope.period(), Period::Span(..)) || !five_years(m.period, scope));
    let (period, rule) = match named {
        Some(m) => (m.period, "period.named"),
        None => (scope.period(), "period.scope"),
    };
    rules.push(rule);
    let report = scope.years().report;
    let mode = match (scope.mode(), named.and_then(|m| m.period.last_year()), report) {
        (Mode::Target, Some(y), Some(r)) if y < r => {
            rules.push("mode.past_time");
            Mode::Outcome
        }
        // 一九八二年预计增长…: reported late in the year, before it has ended.
        (Mode::Outcome, Some(y), Some(r)) if y >= r && !(y == r && text[spot.sentence.start..core.outer_start].contains("预计")) => {
            rules.push("mode.future_time");
            Mode::Target
        }
        // 一九七八年高达…, in the review of later years: history.
        (Mode::Outcome, Some(y), _) if matches!(scope.chapter(), Period::Span(first, _) if y < first) => {
            rules.push("mode.history");
            Mode::Other
        }
        (Mode::Target, ..) if is_cohort(text, core, spot) => {
            rules.push("mode.cohort");
            Mode::Outcome
        }
        (Mode::Target, None, _) if is_nation(text, core, spot) => {
            rules.push("mode.nation");
            Mode::Outcome
        }
        (Mode::Target, None, _) if told_as_done(text, core, spot) => {
            rules.push("mode.told_as_done");
            return (Mode::Outcome, if period == scope.years().report() { scope.years().reviewed() } else { period });
        }
        (Mode::Target, None, _) if scope.said().is_some() && !looks_ahead(&text[spot.sentence.clone()]) => {
            rules.push("mode.past_time");
            return (Mode::Outcome, scope.said().unwrap_or(period));
        }
        // A name explained: what is to be done under it is aimed at, what it means is not, and neither is of the year.
        (_, None, _) if scope.explains() => {
            rules.push("mode.explained");
            let plans = PLANNING.iter().any(|w| text[spot.sentence.clone()].contains(w));
            return (if plans { Mode::Target } else { Mode::Other }, Period::Open);
        }
        (mode, ..) => {
            rules.push("mode.section");
            mode
        }
    };
    (mode, period)
}

/// Words of the notes that say what is to be done.
const PLANNING: [&str; 12] = ["打造", "建设", "培育", "力争", "引进", "开展", "布局", "完成", "新增", "创建", "实施", "加快"];

/// 十几亿人口的市场, 8500万江苏人民: a people that is there, not one that is aimed at.
fn is_nation(text: &str, core: &Core, spot: &Spot) -> bool {
    let noun = &text[core.end..spot.to.max(core.end)];
    core.value.low >= 1e7
        && spot.left.predicate.is_none()
        && ["人口", "中国人", "人民", "中华儿女", "各族"].iter().any(|w| noun.find(w).is_some_and(|at| at <= 3 * NATION_REACH))
        && !noun.starts_with("农业")
        && !noun.contains("转移")
}

/// 今年高校毕业生超过1000万人: how many there will be is known, not aimed at.
fn is_cohort(text: &str, core: &Core, spot: &Spot) -> bool {
    let before = &text[spot.clause.start.min(core.outer_start)..core.outer_start];
    if !before.starts_with(['今', '全', '高']) {
        return false;
    }
    let before = before.trim_start_matches("今年").trim_start_matches("全国");
    before.strip_prefix("高校毕业生").is_some_and(|rest| matches!(rest, "" | "达" | "将达" | "预计" | "有" | "共有" | "规模达"))
}

/// How far behind the number the people are named, in characters.
const NATION_REACH: usize = 4;

/// 2025年比2020年增加…, 到1985年，比1980年增长…: what grew since a base grew over all the years from it on.
pub(crate) fn since_base(period: Period, core: &Core, spot: &Spot, mentions: &[Mention]) -> Period {
    let Period::Year(year) = period else { return period };
    let said = mentions.iter().rev().find(|m| m.start >= spot.sentence.start && m.end <= core.start && m.compared);
    let Some((Period::Year(base), end)) = said.map(|m| (m.period, m.end)) else { return period };
    // Another time named since stands for itself.
    let renamed = mentions.iter().any(|m| !m.compared && m.start >= end && m.end <= core.start);
    if !renamed && base + 1 < year { Period::span(base + 1, year) } else { period }
}

fn five_years(period: Period, scope: &Scope) -> bool {
    let ahead = |first: i16| Period::span(first, first + 4);
    period == scope.years().back(5) || scope.years().report.is_some_and(|y| period == ahead(y))
}

/// 已经建立起…, 几年来…增加了: the words of the sentence tell what has been done, in a section on work to be done.
fn told_as_done(text: &str, core: &Core, spot: &Spot) -> bool {
    let before = &text[spot.sentence.start..core.outer_start];
    if !before.contains(['已', '来', '去', '了']) {
        return false;
    }
    if looks_ahead(before) {
        return false;
    }
    let clause = &text[spot.clause.start.min(core.outer_start)..core.outer_start];
    holds!(before, ["已经", "已有", "已达", "两年来", "三年来", "几年来", "多年来", "以来", "过去"])
        || ends!(clause, ["增加了", "减少了", "达到了", "提高了", "完成了", "建成了", "增长了", "下降了", "取得了", "建立了"])
}

/// Whether words speak of what is to come.
fn looks_ahead(words: &str) -> bool {
    holds!(words, ["要", "将", "争取", "力争", "计划", "应", "必须", "拟", "继续", "确保", "努力", "明年", "今年", "目标", "可"])
}

/// The years that a yearly average is of: 到1985年比1980年增长52%，平均每年递增8.7%.
pub(crate) fn averaged_over(period: Period, spot: &Spot, mentions: &[Mention], scope: &Scope) -> Period {
    let Period::Year(year) = period else { return period };
    let base = mentions.iter().rev().find(|m| m.compared && m.start >= spot.sentence.start && m.end <= spot.clause.end);
    match (base.map(|m| m.period), scope.chapter()) {
        (Some(Period::Year(base)), _) if base + 1 < year => Period::span(base + 1, year),
        (_, Period::Span(first, last)) if (first..=last).contains(&year) => Period::span(first, last),
        _ => period,
    }
}
