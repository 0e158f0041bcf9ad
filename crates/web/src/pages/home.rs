//! The book at a glance: what is in it, what was promised and kept.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::lines::{GoalLine, Tally, goal_lines};
use serde_json::json;

use super::{Source, goals};
use crate::address::Subject;
use crate::amounts::grouped;
use crate::labels::LABELS;
use crate::page::{Page, Problem, Sheet, View};

/// Goals that the lists on this page show.
const SHOWN: usize = 12;

struct ReportRow {
    id: String,
    area: String,
    name: String,
    year: i16,
}

pub(super) fn page(source: Source, view: &View) -> Result<Page, Problem> {
    let language = view.language();
    let words = &LABELS.page;
    let reports = reports(source)?;
    let counts: [i64; 4] = source.ask(|db| {
        db.query_row(
            "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM documents), (SELECT count(*) FROM figures), (SELECT count(*) FROM pledges)",
            [],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
        )
    })?;
    let lines = goal_lines(source.ledger, source.db, &Asked::default())?;
    let tallies = tallies(&lines);
    let newest = |verdict: &str| {
        let mut of: Vec<GoalLine> = lines.iter().filter(|line| line.verdict == verdict).cloned().collect();
        of.sort_by_key(|line| std::cmp::Reverse(line.year));
        of.truncate(SHOWN);
        of
    };
    let (missed, silent) = (newest("missed"), newest("not_reported"));
    let main = html! {
        div.masthead {
            h1 { (words.book.get(language)) }
            p.lead { (words.home_lead.get(language)) }
            @if view.is_served() {
                form.find action=(view.link(&Subject::Search)) method="get" role="search" {
                    label for="q" { (words.search.get(language)) }
                    input #q type="search" name="q" maxlength="200" required;
                    button { (words.apply.get(language)) }
                }
            }
            ul.totals {
                @for (number, label) in counts.iter().zip([&words.reports, &words.documents, &words.figures, &words.pledges]) {
                    li { b { (grouped(*number as f64)) } " " (label.get(language)) }
                }
            }
        }
        section aria-labelledby="glance" {
            h2 #glance { (words.glance.get(language)) }
            p { (goals::told(Tally::of(&lines), view)) " " a href=(view.link(&Subject::Verdicts(None))) { (words.all_verdicts.get(language)) } }
            (goals::bar(&lines, view))
        }
        section aria-labelledby="coverage" {
            h2 #coverage { (words.coverage.get(language)) }
            p.hint { (words.coverage_hint.get(language)) }
            (coverage(&reports, &tallies, view))
        }
        div.columns {
            @for (title, of) in [(&words.missed_latest, &missed), (&words.silent_latest, &silent)] {
                @if !of.is_empty() {
                    section { h2 { (title.get(language)) } (list(of, source, view)) }
                }
            }
        }
    };
    let rows = reports.iter().map(|report| {
        let tally = tallies.get(&(report.area.clone(), report.year)).copied().unwrap_or_default();
        let numbers = [tally.goals, tally.judged, tally.kept].map(|n| n.to_string());
        [vec![report.id.clone(), report.area.clone(), report.name.clone(), report.year.to_string()], numbers.to_vec()].concat()
    });
    let sheet = Sheet { columns: vec!["report", "area", "area_name", "year", "goals", "judged", "kept"], rows: rows.collect() };
    let json = json!({
        "reports": counts[0], "documents": counts[1], "figures": counts[2], "pledges": counts[3],
        "tally": Tally::of(&lines),
        "coverage": sheet.rows.iter().map(|row| json!({
            "report": row[0], "area": row[1], "area_name": row[2], "year": row[3].parse::<i16>().ok(),
            "goals": row[4].parse::<usize>().ok(), "judged": row[5].parse::<usize>().ok(), "kept": row[6].parse::<usize>().ok(),
        })).collect::<Vec<_>>(),
    });
    Ok(Page { title: words.home.get(language).to_owned(), main, json, sheet: Some(sheet) })
}

fn reports(source: Source) -> Result<Vec<ReportRow>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT id, area, coalesce(area_name, area), year FROM reports WHERE kind = 'work_report' ORDER BY area <> 'CN', area, year",
        )?
        .query_map([], |row| Ok(ReportRow { id: row.get(0)?, area: row.get(1)?, name: row.get(2)?, year: row.get(3)? }))?
        .collect()
    })
}

fn tallies(lines: &[GoalLine]) -> BTreeMap<(String, i16), Tally> {
    let mut by_report: BTreeMap<(String, i16), Vec<&GoalLine>> = BTreeMap::new();
    for line in lines {
        by_report.entry((line.area.clone(), line.year)).or_default().push(line);
    }
    by_report.into_iter().map(|(report, lines)| (report, Tally::of(lines))).collect()
}

/// Areas by years; each cell leads to the report.
fn coverage(reports: &[ReportRow], tallies: &BTreeMap<(String, i16), Tally>, view: &View) -> Markup {
    let words = &LABELS.page;
    // The newest first: what a reader looks for stands on the screen, however many years the book has.
    let years: Vec<i16> = reports.iter().map(|report| report.year).collect::<BTreeSet<_>>().into_iter().rev().collect();
    html! {
        div.wide tabindex="0" role="region" aria-label=(words.table.get(view.language())) {
            table.matrix {
                thead { tr {
                    th scope="col" { (words.area.get(view.language())) }
                    @for year in &years { th scope="col" { (year) } }
                } }
                tbody {
                    @for area in reports.chunk_by(|a, b| a.area == b.area) {
                        tr {
                            th scope="row" { a href=(view.link(&Subject::Area(area[0].area.clone()))) { (area[area.len() - 1].name) } }
                            @for year in &years {
                                @match area.iter().find(|report| report.year == *year) {
                                    Some(report) => td {
                                        a.cell href=(view.link(&Subject::Report(report.id.clone()))) {
                                            (goals::kept_of(tallies.get(&(report.area.clone(), *year)).copied().unwrap_or_default(), view))
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
}

fn list(lines: &[GoalLine], source: Source, view: &View) -> Markup {
    let language = view.language();
    html! {
        ol.list {
            @for line in lines {
                li {
                    span.where { (line.area_name.as_deref().unwrap_or(&line.area)) " " (line.year) }
                    " " (goals::subject(line, view)) ": "
                    (goals::cell(&crate::amounts::goal(line, view.lexicon, language), Some(&line.pledge), source, view))
                    @if crate::amounts::result(line, language).is_some() { " → " (goals::result(line, source, view)) }
                }
            }
        }
    }
}
