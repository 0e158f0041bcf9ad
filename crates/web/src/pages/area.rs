//! An area: its goals against its outcomes over the years, a chart and a row for each indicator.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::lines::{Tally, goal_lines};
use pledgebook_reconcile::panel_lines::{PanelLine, panel_lines};
use serde_json::json;

use super::{Source, goals};
use crate::address::Subject;
use crate::amounts::indicator_name;
use crate::chart::Chart;
use crate::labels::{LABELS, fill, term};
use crate::page::{Page, Problem, Sheet, View};

/// The columns of the panel that tables for programs have.
pub(super) const PANEL: &[&str] = &[
    "area",
    "area_name",
    "level",
    "year",
    "indicator",
    "measure",
    "goal_kind",
    "goal_low",
    "goal_high",
    "goal_unit",
    "goal_bound",
    "goal_relation",
    "goal_reference",
    "hardness",
    "stretch_low",
    "stretch_high",
    "standing",
    "outcome_low",
    "outcome_high",
    "outcome_unit",
    "outcome_bound",
    "outcome_source",
    "verdict",
    "verdict_strict",
    "margin",
    "tolerance",
    "flags",
    "claim",
    "parent_goal_low",
    "parent_goal_high",
    "amplification",
    "wording_change",
    "goal_id",
    "outcome_id",
    "goal_quote",
    "outcome_quote",
];

/// Rows of each indicator and measure, over the years, in the order of the lexicon.
type Series<'a> = Vec<((&'a str, &'a str), Vec<&'a PanelLine>)>;

pub(super) fn page(source: Source, view: &View, code: &str) -> Result<Page, Problem> {
    let rows = panel_lines(source.ledger, source.db, &Asked { area: Some(code.to_owned()), ..Asked::default() })?;
    let reports = reports(source, code)?;
    let Some((_, _, name, level)) = reports.last().cloned() else { return Err(Problem::Missing) };
    let lines = goal_lines(source.ledger, source.db, &Asked { area: Some(code.to_owned()), ..Asked::default() })?;
    let language = view.language();
    let words = &LABELS.page;
    let series = promised(&rows, view.lexicon);
    let years: BTreeSet<i16> = series.iter().flat_map(|(_, rows)| rows).map(|row| row.year).collect();
    let main = html! {
        p.kicker { (term(&LABELS.level, &level, language)) " · " (code) }
        h1 lang="zh" { (name) }
        p { (goals::told(Tally::of(&lines), view)) }
        (goals::bar(&lines, view))
        ul.chips aria-label=(words.reports.get(language)) {
            @for (id, year, ..) in &reports { li { a href=(view.link(&Subject::Report(id.clone()))) { (fill(words.year_before.get(language), &[&year.to_string()])) } } }
        }
        section aria-labelledby="goals" {
            h2 #goals { (words.goals.get(language)) }
            p.hint { (words.chart_key.get(language)) }
            div.charts {
                @for ((indicator, measure), rows) in &series {
                    @if let Some(chart) = chart_of(&name, indicator, rows, view) {
                        figure {
                            figcaption { (goals::indicator_link(Some(indicator), &indicator_name(indicator, view.lexicon, language), view)) }
                            (linked(&chart, code, indicator, measure, view))
                        }
                    }
                }
            }
            h2 { (words.table.get(language)) }
            (table(&series, &years, source, view))
        }
    };
    let json = json!({ "area": code, "name": name, "level": level, "tally": Tally::of(&lines), "panel": rows });
    Ok(Page { title: name, main, json, sheet: Some(Sheet::of_lines(PANEL, &rows)) })
}

/// The chart of an area, indicator and measure as a file of its own.
pub(super) fn chart(source: Source, view: &View, area: &str, indicator: &str, measure: &str) -> Result<String, Problem> {
    let asked = Asked { area: Some(area.to_owned()), indicator: Some(indicator.to_owned()), ..Asked::default() };
    let rows = panel_lines(source.ledger, source.db, &asked)?;
    let rows: Vec<&PanelLine> = rows.iter().filter(|row| row.measure == measure).collect();
    let name = rows.last().and_then(|row| row.area_name.clone()).ok_or(Problem::Missing)?;
    let chart = chart_of(&name, indicator, &rows, view).ok_or(Problem::Missing)?;
    Ok(chart.svg(view.language(), true).into_string())
}

/// The drawing on a page, which leads to the drawing alone where an indicator has an address.
pub(super) fn linked(chart: &Chart, area: &str, indicator: &str, measure: &str, view: &View) -> Markup {
    let language = view.language();
    html! {
        (chart.svg(language, false))
        @if view.lexicon.indicator(indicator).is_some() {
            @let subject = Subject::Chart { area: area.to_owned(), indicator: indicator.to_owned(), measure: measure.to_owned() };
            p.alone { a href=(view.link(&subject).replace(".html", ".svg")) aria-label={(chart.title) " SVG"} { "SVG" } }
        }
    }
}

/// The chart of rows of one area, indicator and measure.
pub(super) fn chart_of(area: &str, indicator: &str, rows: &[&PanelLine], view: &View) -> Option<Chart> {
    if !rows.iter().any(|row| row.goal_low.is_some()) {
        return None;
    }
    let name = indicator_name(indicator, view.lexicon, view.language());
    Chart::of(fill(LABELS.page.chart.get(view.language()), &[area, &name]), rows, view.lexicon, view.language())
}

fn reports(source: Source, code: &str) -> Result<Vec<(String, i16, String, String)>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT id, year, coalesce(area_name, area), coalesce(level, '') FROM reports WHERE area = ?1 AND kind = 'work_report' ORDER BY year",
        )?
        .query_map([code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect()
    })
}

/// The rows of what was a main goal in some year.
fn promised<'a>(rows: &'a [PanelLine], lexicon: &Lexicon) -> Series<'a> {
    let mut series: BTreeMap<(&str, &str), Vec<&PanelLine>> = BTreeMap::new();
    for row in rows {
        series.entry((&row.indicator, &row.measure)).or_default().push(row);
    }
    let place = |id: &str| lexicon.indicators().iter().position(|indicator| indicator.id == id);
    let mut series: Series = series.into_iter().collect();
    series.retain(|((indicator, _), rows)| place(indicator).is_some() && rows.iter().any(|row| row.standing.starts_with("headline")));
    series.sort_by_key(|((indicator, _), _)| place(indicator));
    series
}

fn table(series: &Series, years: &BTreeSet<i16>, source: Source, view: &View) -> Markup {
    let language = view.language();
    html! {
        div.wide tabindex="0" role="region" aria-label=(LABELS.page.table.get(language)) {
            table.panel {
                thead { tr {
                    th scope="col" { (LABELS.page.indicator.get(language)) }
                    @for year in years { th scope="col" { (year) } }
                } }
                tbody {
                    @for ((indicator, _), rows) in series {
                        tr {
                            th scope="row" { (goals::indicator_link(Some(indicator), &indicator_name(indicator, view.lexicon, language), view)) }
                            @for year in years {
                                @match rows.iter().find(|row| row.year == *year) {
                                    Some(row) => td { (goals::panel_cell(row, source, view)) },
                                    None => td.none { "—" },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
