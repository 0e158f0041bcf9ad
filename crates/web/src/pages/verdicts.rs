//! The verdicts: filtered, sorted, counted; every filter has its address.

use maud::{Markup, html};
use pledgebook_lexicon::Verdict;
use pledgebook_reconcile::asked::{self, Asked};
use pledgebook_reconcile::lines::{GoalLine, Tally, goal_lines};
use serde_json::json;

use super::{Source, goals};
use crate::address::Subject;
use crate::labels::{LABELS, Text, fill};
use crate::page::{Page, Problem, Sheet, View};

/// Rows on the page; the CSV has all.
const SHOWN: usize = 120;

const COLUMNS: &[&str] = &[
    "area",
    "area_name",
    "year",
    "pledge",
    "indicator",
    "label",
    "kind",
    "headline",
    "period",
    "raw",
    "low",
    "high",
    "unit",
    "bound",
    "measure",
    "direction",
    "stretch_low",
    "stretch_high",
    "stretch_text",
    "relation",
    "reference",
    "verdict",
    "verdict_strict",
    "margin",
    "tolerance",
    "rule",
    "flags",
    "outcome_raw",
    "outcome_low",
    "outcome_high",
    "outcome_bound",
    "outcome_source",
    "outcome",
    "claimed",
    "goal_quote",
    "outcome_quote",
    "goal_place",
];

pub(super) fn page(source: Source, view: &View, verdict: Option<Verdict>) -> Result<Page, Problem> {
    let said = |error: asked::AskedError| match error {
        asked::AskedError::Ledger(error) => Problem::Ledger(error),
        other => Problem::Asked(other.to_string()),
    };
    let area = view.asked_for("area").map(|name| asked::area(source.ledger, source.db, name)).transpose().map_err(said)?;
    let year = match view.asked_for("year") {
        Some(year) => Some(year.parse::<i16>().map_err(|_| Problem::Asked(format!("`{year}` is no year")))?),
        None => None,
    };
    let indicator = view.asked_for("indicator").map(|name| asked::indicator(view.lexicon, name));
    let mut lines = goal_lines(source.ledger, source.db, &Asked { area, indicator, year, verdict: None, elsewhere: false })?;
    let all = lines.clone();
    if let Some(verdict) = verdict {
        lines.retain(|line| line.verdict == verdict.as_str());
    }
    match view.asked_for("sort") {
        Some("margin") => lines.sort_by(|a, b| key(a).total_cmp(&key(b))),
        Some("area") => {}
        // What could be judged first, the latest on top; what is still pending stands last.
        _ => lines.sort_by_key(|line| (standing(&line.verdict), std::cmp::Reverse(line.year))),
    }
    let language = view.language();
    let words = &LABELS.page;
    let (shown, number) = (&lines[..lines.len().min(SHOWN)], lines.len());
    let main = html! {
        h1 { (words.verdicts.get(language)) }
        p { (goals::told(Tally::of(&all), view)) }
        (goals::bare_bar(&all))
        (tabs(&all, verdict, view))
        @if view.is_served() { (filters(view)) }
        @if lines.is_empty() { p { (words.nothing.get(language)) } } @else {
            p.hint {
                @if number > SHOWN { (fill(words.first_rows.get(language), &[&SHOWN.to_string(), &number.to_string()])) }
                @else { (fill(words.rows.get(language), &[&number.to_string()])) }
            }
            (goals::table(shown, goals::Columns::WithReport, source, view))
        }
    };
    let title = verdict.map_or_else(
        || words.verdicts.get(language).to_owned(),
        |verdict| format!("{}: {}", words.verdicts.get(language), crate::labels::term(&LABELS.verdict, verdict.as_str(), language)),
    );
    let json = json!({ "tally": Tally::of(&all), "goals": lines });
    Ok(Page { title, main, json, sheet: Some(Sheet::of_lines(COLUMNS, &lines)) })
}

/// Where a verdict stands in the list: judged by figures, not to be judged, still to come.
fn standing(verdict: &str) -> u8 {
    match verdict {
        "exceeded" | "met" | "missed" => 0,
        "pending" => 2,
        _ => 1,
    }
}

/// Goals without a margin stand last; margins of different units are compared as shares of their goals.
fn key(line: &GoalLine) -> f64 {
    let Some(margin) = line.margin else { return f64::INFINITY };
    match (line.unit.as_deref(), line.low) {
        (Some("percent" | "pp") | None, _) | (_, None) => margin,
        (_, Some(low)) => 100.0 * margin / low.abs().max(1e-9),
    }
}

fn tabs(all: &[GoalLine], chosen: Option<Verdict>, view: &View) -> Markup {
    let query = if view.query.is_empty() {
        String::new()
    } else {
        format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(view.query).finish())
    };
    html! {
        nav.tabs aria-label=(LABELS.page.verdict.get(view.language())) {
            a href={(view.link(&Subject::Verdicts(None))) (query)} aria-current=[chosen.is_none().then_some("true")] { (LABELS.page.all.get(view.language())) " " (all.len()) }
            @for verdict in Verdict::ALL {
                @let number = all.iter().filter(|line| line.verdict == verdict.as_str()).count();
                @if number > 0 {
                    a href={(view.link(&Subject::Verdicts(Some(*verdict)))) (query)} aria-current=[(chosen == Some(*verdict)).then_some("true")] {
                        (goals::badge(verdict.as_str(), view)) " " (number)
                    }
                }
            }
        }
    }
}

fn filters(view: &View) -> Markup {
    let words = &LABELS.page;
    let language = view.language();
    let field = |name: &'static str, label: &'static Text| {
        html! {
            label { (label.get(language)) " " input name=(name) maxlength="60" value=[view.asked_for(name)]; }
        }
    };
    html! {
        form.filters method="get" {
            (field("area", &words.area)) (field("year", &words.year)) (field("indicator", &words.indicator))
            label { (words.sort.get(language)) " "
                select name="sort" {
                    @for (value, label) in [("", &words.newest), ("area", &words.by_area), ("margin", &words.by_margin)] {
                        option value=(value) selected[view.asked_for("sort").unwrap_or_default() == value] { (label.get(language)) }
                    }
                }
            }
            button { (words.apply.get(language)) }
        }
    }
}
