//! An indicator: every area that set a goal under it, side by side.

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::lines::{GoalLine, Tally, goal_lines};
use pledgebook_reconcile::panel_lines::{PanelLine, panel_lines};
use serde_json::json;

use super::area::{PANEL, chart_of, linked};
use super::{Source, goals};
use crate::address::Subject;
use crate::amounts::{grouped, indicator_name};
use crate::labels::{LABELS, term};
use crate::page::{Page, Problem, Sheet, View};

/// The list of indicators that have been goals.
pub(super) fn all(source: Source, view: &View) -> Result<Page, Problem> {
    let lines = goal_lines(source.ledger, source.db, &Asked::default())?;
    let mut by_indicator: BTreeMap<&str, Vec<&GoalLine>> = BTreeMap::new();
    for line in &lines {
        if let Some(id) = line.indicator.as_deref().filter(|id| view.lexicon.indicator(id).is_some()) {
            by_indicator.entry(id).or_default().push(line);
        }
    }
    let mut tallies: Vec<(&str, Tally)> = by_indicator.into_iter().map(|(id, lines)| (id, Tally::of(lines))).collect();
    tallies.sort_by_key(|(id, tally)| (std::cmp::Reverse(tally.goals), *id));
    let language = view.language();
    let words = &LABELS.page;
    let main = html! {
        h1 { (words.by_indicator.get(language)) }
        p { (goals::told(Tally::of(&lines), view)) }
        div.wide tabindex="0" role="region" aria-label=(words.by_indicator.get(language)) {
            table {
                thead { tr {
                    th scope="col" { (words.indicator.get(language)) }
                    th scope="col" { (words.goals.get(language)) }
                    th scope="col" { (words.judged.get(language)) }
                    th scope="col" { (words.kept.get(language)) }
                    th scope="col" { (words.share.get(language)) }
                } }
                tbody {
                    @for (id, tally) in &tallies {
                        tr {
                            th scope="row" { a href=(view.link(&Subject::Indicator((*id).to_owned()))) { (indicator_name(id, view.lexicon, language)) } }
                            td.number { (tally.goals) } td.number { (tally.judged) } td.number { (tally.kept) }
                            td.number {
                                @if tally.judged > 0 {
                                    svg.share viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
                                        rect.all x="0" y="0" width="100" height="10" {}
                                        rect.kept x="0" y="0" width=(format!("{:.0}", percent(*tally))) height="10" {}
                                    }
                                    " " (format!("{:.0}%", percent(*tally)))
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let rows = tallies.iter().map(|(id, tally)| {
        vec![
            (*id).to_owned(),
            indicator_name(id, view.lexicon, language),
            tally.goals.to_string(),
            tally.judged.to_string(),
            tally.kept.to_string(),
        ]
    });
    let sheet = Sheet { columns: vec!["indicator", "name", "goals", "judged", "kept"], rows: rows.collect() };
    let json = json!(tallies.iter().map(|(id, tally)| json!({ "indicator": id, "tally": tally })).collect::<Vec<_>>());
    Ok(Page { title: words.indicators.get(language).to_owned(), main, json, sheet: Some(sheet) })
}

fn percent(tally: Tally) -> f64 {
    100.0 * tally.kept as f64 / tally.judged.max(1) as f64
}

pub(super) fn page(source: Source, view: &View, id: &str) -> Result<Page, Problem> {
    let indicator = view.lexicon.indicator(id).ok_or(Problem::Missing)?;
    let asked = Asked { indicator: Some(id.to_owned()), ..Asked::default() };
    let rows = panel_lines(source.ledger, source.db, &asked)?;
    if rows.is_empty() {
        return Err(Problem::Missing);
    }
    let language = view.language();
    let words = &LABELS.page;
    let name = indicator_name(id, view.lexicon, language);
    let lines = goal_lines(source.ledger, source.db, &asked)?;
    let mut areas: Vec<((&str, &str), Vec<&PanelLine>)> = Vec::new();
    for row in &rows {
        let key = (row.area.as_str(), row.measure.as_str());
        match areas.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(row),
            None => areas.push((key, vec![row])),
        }
    }
    // What nobody promised is not shown, only kept for programs.
    areas.retain(|(_, rows)| rows.iter().any(|row| row.goal_kind.is_some()));
    let years: BTreeSet<i16> = areas.iter().flat_map(|(_, rows)| rows).map(|row| row.year).collect();
    let area_name = |rows: &[&PanelLine]| rows.last().and_then(|row| row.area_name.clone()).unwrap_or_default();
    let main = html! {
        p.kicker { a href=(view.link(&Subject::Indicators)) { (words.indicators.get(language)) } " · " code { (id) } }
        h1 { (name) }
        @if !language.is_chinese() { p.own lang="zh" { (indicator.zh) } }
        p { (goals::told(Tally::of(&lines), view)) }
        (goals::bar(&lines, view))
        section aria-labelledby="each" {
            h2 #each { (words.each_area.get(language)) }
            p.hint { (words.chart_key.get(language)) }
            div.charts {
                @for ((area, measure), rows) in &areas {
                    @if let Some(chart) = chart_of(&area_name(rows), id, rows, view) {
                        figure {
                            figcaption { a.quiet lang="zh" href=(view.link(&Subject::Area((*area).to_owned()))) { (area_name(rows)) } }
                            (linked(&chart, area, id, measure, view))
                        }
                    }
                }
            }
        }
        section aria-labelledby="table" {
            h2 #table { (words.table.get(language)) }
            @if areas.is_empty() { p { (words.no_goals.get(language)) } }
            div.wide tabindex="0" role="region" aria-label=(LABELS.page.goals.get(view.language())) {
                table.panel {
                    thead { tr {
                        th scope="col" { (words.area.get(language)) }
                        @for year in &years { th scope="col" { (year) } }
                    } }
                    tbody {
                        @for ((area, _), rows) in &areas {
                            tr {
                                th scope="row" lang="zh" { a.quiet href=(view.link(&Subject::Area((*area).to_owned()))) { (area_name(rows)) } }
                                @for year in &years {
                                    @match rows.iter().find(|row| row.year == *year) {
                                        Some(row) => td {
                                            (goals::panel_cell(row, source, view))
                                            @if let Some(added) = row.amplification {
                                                span.flag { (words.added.get(language)) " " (if added > 0.0 { "+" } else { "" }) (grouped(added)) }
                                            }
                                            @if let Some(change) = row.wording_change.as_deref().filter(|change| *change != "same") {
                                                " " span.flag { (term(&LABELS.wording_change, change, language)) }
                                            }
                                        },
                                        None => td.none { "—" },
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let json = json!({ "indicator": id, "en": indicator.en, "zh": indicator.zh, "tally": Tally::of(&lines), "panel": rows });
    Ok(Page { title: name, main, json, sheet: Some(Sheet::of_lines(PANEL, &rows)) })
}
