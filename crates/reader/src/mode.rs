//! Whether a number is so or aimed at, and of which time: by its section, by the times named, by the words of the clause.

use pledgebook_lexicon::{Mode, Period};

use crate::core::{Core, Shape};
use crate::figures::{Spot, named_time};
use crate::scope::Scope;
use crate::time::Mention;

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
        return (Mode::Other, Period::Open);
    }
    let compared = mentions.iter().rev().find(|m| m.compared && m.start >= spot.from && m.end <= core.start);
    if start_value {
        rules.extend(["mode.start_value", "period.start_value"]);
        let period = match (compared, scope.period()) {
            (Some(m), _) => m.period,
            (None, Period::Span(first, _)) => Period::Year(first - 1),
            _ => Period::Open,
        };
        return (Mode::Other, period);
    }
    // 比一九五七年的三百一十二万吨增加…: the base itself.
    if let Some(m) = compared.filter(|m| &text[m.end..core.outer_start] == "的")
        && ["比", "较", "同"].iter().any(|w| text[..m.start].ends_with(w))
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
        (Mode::Outcome, Some(y), Some(r)) if y >= r => {
            rules.push("mode.future_time");
            Mode::Target
        }
        (Mode::Target, None, _) if told_as_done(text, core, spot) => {
            rules.push("mode.told_as_done");
            return (Mode::Outcome, if period == scope.years().report() { scope.years().reviewed() } else { period });
        }
        (mode, ..) => {
            rules.push("mode.section");
            mode
        }
    };
    (mode, period)
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
    let clause = &text[spot.clause.start.min(core.outer_start)..core.outer_start];
    let ahead = ["要", "将", "争取", "力争", "计划", "应", "必须", "拟", "继续", "确保", "努力", "明年", "今年", "目标", "可"];
    if ahead.iter().any(|w| before.contains(w)) {
        return false;
    }
    ["已经", "已有", "已达", "两年来", "三年来", "几年来", "多年来", "以来", "过去"].iter().any(|w| before.contains(w))
        || ["增加了", "减少了", "达到了", "提高了", "完成了", "建成了", "增长了", "下降了", "取得了", "建立了"]
            .iter()
            .any(|w| clause.ends_with(w))
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
