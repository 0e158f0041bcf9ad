//! Goals and what became of them, as tables and marks that several pages show.

use maud::{Markup, html};
use pledgebook_reconcile::judge::tolerated;
use pledgebook_reconcile::lines::{GoalLine, Tally};
use pledgebook_reconcile::panel_lines::PanelLine;

use super::Source;
use crate::address::Subject;
use crate::amounts;
use crate::labels::{LABELS, fill, term};
use crate::page::View;

/// A verdict as a word with a sign, so that colour is not needed.
pub(super) fn badge(verdict: &str, view: &View) -> Markup {
    let sign = match verdict {
        "exceeded" => "▲",
        "met" => "✓",
        "missed" => "✗",
        "undetermined" => "?",
        "not_reported" => "○",
        "reported_without_figure" => "◔",
        "pending" => "…",
        _ => "–",
    };
    html! { span class={"verdict " (verdict)} { span.sign aria-hidden="true" { (sign) } " " (term(&LABELS.verdict, verdict, view.language())) } }
}

/// The flags of a verdict.
pub(super) fn flags(flags: &str, view: &View) -> Markup {
    html! {
        @for flag in flags.split_whitespace() { span.flag { (term(&LABELS.flag, flag, view.language())) } " " }
    }
}

/// Words with a link to where they were read.
pub(super) fn cell(text: &str, id: Option<&str>, source: Source, view: &View) -> Markup {
    let place = id.and_then(|id| view.place(id, |document| source.report_of(document)));
    html! {
        @match place {
            Some(place) => a href=(place) { (text) },
            None => (text),
        }
    }
}

/// What a goal is about, with a link to its indicator.
pub(super) fn subject(line: &GoalLine, view: &View) -> Markup {
    let name = amounts::subject(line, view.lexicon, view.language());
    indicator_link(line.indicator.as_deref(), &name, view)
}

/// A name with a link to the page of its indicator.
pub(super) fn indicator_link(id: Option<&str>, name: &str, view: &View) -> Markup {
    html! {
        @match id.filter(|id| view.lexicon.indicator(id).is_some()) {
            Some(id) => a.quiet href=(view.link(&Subject::Indicator(id.to_owned()))) { (name) },
            None => (name),
        }
    }
}

/// What a table of goals shows beside them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// The area and the year too.
    WithReport,
    /// They are known.
    OfOneReport,
}

/// A table of goals, each number leading to its sentence.
pub(super) fn table(lines: &[GoalLine], columns: Columns, source: Source, view: &View) -> Markup {
    let words = &LABELS.page;
    let language = view.language();
    let with_report = columns == Columns::WithReport;
    html! {
        div.wide tabindex="0" role="region" aria-label=(words.goals.get(language)) {
            table.goals {
                thead { tr {
                    @if with_report { th scope="col" { (words.area.get(language)) } }
                    th scope="col" { (words.indicator.get(language)) }
                    th scope="col" { (words.goal.get(language)) }
                    th scope="col" { (words.result.get(language)) }
                    th scope="col" { (words.verdict.get(language)) }
                    th scope="col" { (words.wording.get(language)) }
                } }
                tbody {
                    @for line in lines {
                        tr {
                            @if with_report {
                                td.report { (report_link(line, source, view)) }
                            }
                            th scope="row" { (subject(line, view)) }
                            td.number { (cell(&amounts::goal(line, view.lexicon, language), Some(&line.pledge), source, view)) }
                            td.number { (result(line, source, view)) }
                            td { (verdict(line, view)) }
                            td.quote lang="zh" { (quote(line)) }
                        }
                    }
                }
            }
        }
    }
}

fn report_link(line: &GoalLine, source: Source, view: &View) -> Markup {
    let name = line.area_name.as_deref().unwrap_or(&line.area);
    let report = crate::address::place_of(&line.pledge).and_then(|(document, _)| source.report_of(document));
    html! {
        a.quiet href=(view.link(&Subject::Area(line.area.clone()))) { (name) } " "
        @match report {
            Some(report) => a.quiet href=(view.link(&Subject::Report(report))) { (line.year) },
            None => (line.year),
        }
    }
}

/// The result of a goal, leading to its sentence.
pub(super) fn result(line: &GoalLine, source: Source, view: &View) -> Markup {
    match amounts::result(line, view.language()) {
        Some(text) => cell(&text, line.outcome.as_deref(), source, view),
        None => html! { span.none { "—" } },
    }
}

/// The verdict with margin and flags.
pub(super) fn verdict(line: &GoalLine, view: &View) -> Markup {
    let margin = line.margin.filter(|_| matches!(line.verdict.as_str(), "exceeded" | "met" | "missed"));
    html! {
        (badge(&line.verdict, view))
        @if let Some(margin) = margin { " " span.margin { (amounts::margin(margin, line.unit.as_deref(), view.language())) } }
        @if let Some(word) = tolerated(&line.verdict, &line.verdict_strict) { " " (flags(word, view)) }
        @if !line.flags.is_empty() { " " (flags(&line.flags, view)) }
        @if let Some(claimed) = &line.claimed {
            " " span.flag { (LABELS.page.claim.get(view.language())) " " (term(&LABELS.claimed, claimed, view.language())) }
        }
    }
}

fn quote(line: &GoalLine) -> Markup {
    html! { (line.goal_quote) @if let Some(outcome) = &line.outcome_quote { span.then { " → " (outcome) } } }
}

/// How many goals were kept, of those that could be judged, of all.
pub(super) fn told(tally: Tally, view: &View) -> String {
    let numbers = [tally.goals, tally.judged, tally.kept].map(|n| n.to_string());
    fill(LABELS.page.tally.get(view.language()), &[&numbers[0], &numbers[1], &numbers[2]])
}

/// Kept of judged, as words.
pub(super) fn kept_of(tally: Tally, view: &View) -> String {
    if tally.judged == 0 {
        return LABELS.page.none_judged.get(view.language()).to_owned();
    }
    fill(LABELS.page.kept_of.get(view.language()), &[&tally.kept.to_string(), &tally.judged.to_string()])
}

/// How many goals have each verdict, those that occur.
fn counted(lines: &[GoalLine]) -> Vec<(&'static str, usize)> {
    let all = pledgebook_lexicon::Verdict::ALL.iter().map(|verdict| verdict.as_str());
    all.map(|verdict| (verdict, lines.iter().filter(|line| line.verdict == verdict).count())).filter(|(_, number)| *number > 0).collect()
}

/// Goals by verdict, as one bar with its numbers, each leading to the list.
pub(super) fn bar(lines: &[GoalLine], view: &View) -> Markup {
    html! {
        (bare_bar(lines))
        ul.counts {
            @for (verdict, number) in counted(lines) {
                @let subject = Subject::Verdicts(verdict.parse().ok());
                li { a.quiet href=(view.link(&subject)) { (badge(verdict, view)) " " b { (number) } } }
            }
        }
    }
}

/// The bar alone, where its numbers stand elsewhere.
pub(super) fn bare_bar(lines: &[GoalLine]) -> Markup {
    let counted = counted(lines);
    let all: usize = counted.iter().map(|(_, number)| number).sum();
    let mut left = 0.0;
    let parts: Vec<(&str, f64, f64)> = counted
        .into_iter()
        .map(|(verdict, number)| {
            let (from, width) = (left, 100.0 * number as f64 / all as f64);
            left += width;
            (verdict, from, width)
        })
        .collect();
    html! {
        @if !parts.is_empty() {
            svg.bar viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" {
                @for (verdict, from, width) in &parts {
                    rect class=(verdict) x=(format!("{from:.2}")) y="0" width=(format!("{width:.2}")) height="6" {}
                }
            }
        }
    }
}

/// A goal and a result of the panel in one cell, each leading to its sentence.
pub(super) fn panel_cell(line: &PanelLine, source: Source, view: &View) -> Markup {
    let language = view.language();
    html! {
        @if let Some(goal) = amounts::panel_goal(line, view.lexicon, language) {
            span.goal { (cell(&goal, line.goal_id.as_deref(), source, view)) }
        }
        @if let Some(result) = amounts::panel_outcome(line, language) {
            span.result { (cell(&result, line.outcome_id.as_deref(), source, view)) }
        }
        @if let Some(verdict) = line.verdict.as_deref().filter(|_| line.goal_kind.is_some()) { (badge(verdict, view)) }
    }
}
