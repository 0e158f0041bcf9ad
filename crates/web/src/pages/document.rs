//! A report: its goals and what became of them, and its text with every number marked, beside it the coding.

mod rows;

use std::collections::BTreeMap;

use maud::{Markup, html};
use pledgebook_lexicon::Folded;
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::lines::{GoalLine, Tally, goal_lines};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use rows::{Document, Figure, Passage, Start};

use super::script::{self, Script};
use super::{Source, goals};
use crate::address::{Subject, place_of};
use crate::amounts::{Amount, indicator_name};
use crate::labels::{LABELS, Language, fill, term};
use crate::page::{Carrier, Page, Problem, View};
use crate::place::place;

pub(super) fn of_report(source: Source, view: &View, report: &str) -> Result<Page, Problem> {
    // While a build replaces the texts of a report, none of them may be the preferred one for a while: then the longest is shown.
    let id: Option<String> = source.ask(|db| {
        db.prepare_cached("SELECT id FROM documents WHERE report = ?1 ORDER BY preferred DESC, characters DESC, id LIMIT 1")?
            .query_row([report], |row| row.get(0))
            .optional()
    })?;
    of_document(source, view, &id.ok_or(Problem::Missing)?)
}

pub(super) fn of_document(source: Source, view: &View, id: &str) -> Result<Page, Problem> {
    let document = rows::read(source, id)?.ok_or(Problem::Missing)?;
    let mut passages = rows::passages(source, id)?;
    let mut figures = rows::figures(source, id)?;
    let script = script::offered(passages.iter().map(|passage| passage.text.as_str()), view);
    if script == Some(Script::Simplified) {
        passages.iter_mut().for_each(|passage| passage.text = Folded::new(&passage.text).into_string());
        figures.iter_mut().for_each(|figure| figure.raw = Folded::new(&figure.raw).into_string());
    }
    let starts = rows::starts(source, id)?;
    let lines = match (&document.area, document.year) {
        (Some(area), Some(year)) if document.preferred => {
            let asked = Asked { area: Some(area.clone()), year: Some(year), elsewhere: true, ..Asked::default() };
            let mut lines = goal_lines(source.ledger, source.db, &asked)?;
            lines.retain(|line| place_of(&line.pledge).is_some_and(|(of, _)| of == id));
            lines
        }
        _ => Vec::new(),
    };
    let headline: Vec<GoalLine> = lines.iter().filter(|line| line.headline).cloned().collect();
    let language = view.language();
    let words = &LABELS.page;
    let title = title(&document, view);
    let main = html! {
        article {
            (head(&document, &title, source, view)?)
            @if !headline.is_empty() {
                section aria-labelledby="headline" {
                    h2 #headline { (words.headline.get(language)) }
                    p { (goals::told(Tally::of(&headline), view)) }
                    (goals::bar(&headline, view))
                    (goals::table(&headline, goals::Columns::OfOneReport, source, view))
                }
            }
            (claims(source, id, view)?)
            section aria-labelledby="text" {
                h2 #text { (words.text.get(language)) }
                p.hint { (words.text_hint.get(language)) @if let Some(script) = script { " " (script::switch(script, view)) } }
                (contents(&passages, view))
                (text(&passages, &figures, &starts, &lines, source, view))
            }
        }
    };
    let sheet = rows::sheet(source, id)?;
    let json = json!({
        "document": document.id, "report": document.report, "kind": document.kind, "title": document.title, "area": document.area,
        "area_name": document.area_name, "year": document.year, "source": document.source, "sha256": document.sha256,
        "goals": lines,
        "figures": figures.iter().map(|f| json!({
            "id": f.id, "passage": f.passage, "raw": f.raw, "low": f.low, "high": f.high, "unit": f.unit, "bound": f.bound, "label": f.label,
            "indicator": f.indicator, "measure": f.measure, "direction": f.direction, "mode": f.mode, "period": f.period,
            "confidence": f.confidence, "rules": f.rules,
        })).collect::<Vec<_>>(),
        "passages": passages.iter().map(|p| json!({
            "passage": p.number, "kind": p.kind, "role": p.role, "place": p.place, "text": p.text,
        })).collect::<Vec<_>>(),
    });
    Ok(Page { title, main, json, sheet: Some(sheet) })
}

fn title(document: &Document, view: &View) -> String {
    let kind = document.kind.as_deref().map(|kind| term(&LABELS.kind, kind, view.language()));
    match (&document.area_name, document.year, kind) {
        (Some(area), Some(year), Some(kind)) if view.language().is_chinese() => format!("{area}{year}年{kind}"),
        (Some(area), Some(year), Some(kind)) => format!("{area} {year}, {kind}"),
        _ => document.title.clone().unwrap_or_else(|| LABELS.card.untitled.get(view.language()).to_owned()),
    }
}

fn head(document: &Document, title: &str, source: Source, view: &View) -> Result<Markup, Problem> {
    let language = view.language();
    let words = &LABELS.page;
    let is_report = document.preferred && document.kind.as_deref() == Some("work_report");
    let neighbour = |year: i16| -> Result<Option<(i16, String)>, Problem> {
        let Some(area) = document.area.as_deref().filter(|_| is_report) else { return Ok(None) };
        Ok(source.work_report(area, year)?.map(|id| (year, id)))
    };
    let (before, after) = match document.year {
        Some(year) => (neighbour(year - 1)?, neighbour(year + 1)?),
        None => (None, None),
    };
    let others = others(source, document)?;
    let warnings: Vec<Value> = serde_json::from_str(&document.warnings).unwrap_or_default();
    Ok(html! {
        nav.neighbours aria-label=(words.reports.get(language)) {
            @if let Some((year, id)) = &before { a rel="prev" href=(view.link(&Subject::Report(id.clone()))) { "← " (fill(words.year_before.get(language), &[&year.to_string()])) } }
            @if let Some(area) = &document.area {
                a href=(view.link(&Subject::Area(area.clone()))) { (document.area_name.as_deref().unwrap_or(area)) }
            }
            @if let Some((year, id)) = &after { a rel="next" href=(view.link(&Subject::Report(id.clone()))) { (fill(words.year_before.get(language), &[&year.to_string()])) " →" } }
        }
        h1 { (title) }
        @if let Some(own) = &document.title { p.own lang="zh" { (own) } }
        p.told lang="zh" { (document.told.join(" · ")) }
        p.source { (words.source.get(language)) ": " span lang="zh" { (document.source.as_deref().unwrap_or("—")) } " · SHA-256 " code { (document.sha256.get(..12).unwrap_or_default()) "…" } }
        @if is_report {
            p.ways {
                @if let (Some(id), Some((year, other))) = (&document.report, &before) {
                    a href=(view.link(&Subject::Diff(other.clone(), id.clone()))) { (fill(words.compare_with.get(language), &[&year.to_string()])) } " "
                }
                @if let Some(id) = &document.report { a href=(view.link(&Subject::Tasks(id.clone()))) { (words.tasks.get(language)) } }
            }
        }
        @if !others.is_empty() {
            p.source { (words.editions.get(language)) ": "
                @for (id, name) in &others { a href=(view.link(&Subject::Document(id.clone()))) { (name) } " " }
            }
        }
        @if !warnings.is_empty() {
            details.warnings {
                summary { (words.warnings.get(language)) }
                ul { @for warning in &warnings { li { (warning["message"].as_str().unwrap_or_default()) } } }
            }
        }
    })
}

/// Other texts of the report, and the resolution on it.
fn others(source: Source, document: &Document) -> Result<Vec<(String, String)>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT id, coalesce(title, id) || coalesce(' (' || edition || ')', '') FROM documents
             WHERE id <> ?1 AND (report = ?2 OR id = ?3 OR linked = ?1) ORDER BY report IS ?2 DESC, id LIMIT 20",
        )?
        .query_map(rusqlite::params![document.id, document.report, document.linked], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
    })
}

/// What the government says of a goal of its own.
struct Claim {
    id: String,
    claimed: String,
    quote: String,
    goal: String,
}

fn claims(source: Source, id: &str, view: &View) -> Result<Markup, Problem> {
    let language = view.language();
    let goal = |label: String, indicator: Option<String>| indicator.map_or(label, |id| indicator_name(&id, view.lexicon, language));
    let claims: Vec<Claim> = source.ask(|db| {
        db.prepare_cached("SELECT id, claimed, quote, label, indicator FROM claims WHERE document = ?1 ORDER BY start")?
            .query_map([id], |row| {
                Ok(Claim { id: row.get(0)?, claimed: row.get(1)?, quote: row.get(2)?, goal: goal(row.get(3)?, row.get(4)?) })
            })?
            .collect()
    })?;
    let goals = |same: &[Claim]| {
        let names: Vec<&str> = same.iter().map(|claim| claim.goal.as_str()).collect();
        names.join(if language == Language::English { ", " } else { "、" })
    };
    Ok(html! {
        @if !claims.is_empty() {
            section aria-labelledby="claims" {
                h2 #claims { (LABELS.page.claims.get(language)) }
                ul.claims {
                    // One sentence may speak of several goals.
                    @for same in claims.chunk_by(|a, b| a.claimed == b.claimed && a.quote == b.quote) {
                        li {
                            b { (term(&LABELS.claimed, &same[0].claimed, language)) } " " span.goal { (goals(same)) } " "
                            span lang="zh" { (goals::cell(&same[0].quote, Some(&same[0].id), source, view)) }
                        }
                    }
                }
            }
        }
    })
}

fn contents(passages: &[Passage], view: &View) -> Markup {
    let headings: Vec<&Passage> = passages.iter().filter(|p| p.kind == "heading" && p.text.chars().count() <= 40).collect();
    html! {
        @if headings.len() > 2 {
            details.contents {
                summary { (LABELS.page.contents.get(view.language())) }
                ol lang="zh" { @for heading in &headings { li { a href={"#n" (heading.number)} { (heading.text) } } } }
            }
        }
    }
}

fn text(passages: &[Passage], figures: &[Figure], starts: &[Start], lines: &[GoalLine], source: Source, view: &View) -> Markup {
    let mut of_passage: BTreeMap<u32, Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        of_passage.entry(figure.passage).or_default().push(figure);
    }
    let mut starts_of: BTreeMap<u32, Vec<&Start>> = BTreeMap::new();
    for start in starts {
        starts_of.entry(start.passage).or_default().push(start);
    }
    let verdicts: BTreeMap<&str, &GoalLine> = lines.iter().map(|line| (line.pledge.as_str(), line)).collect();
    let mut goals_of: BTreeMap<u32, Vec<&GoalLine>> = BTreeMap::new();
    for start in starts {
        let line = verdicts.values().find(|line| place_of(&line.pledge).is_some_and(|(_, anchor)| anchor == start.anchor));
        if let Some(line) = line {
            goals_of.entry(start.passage).or_default().push(line);
        }
    }
    html! {
        div.text {
            @for passage in passages {
                @let marked = of_passage.get(&passage.number).map_or(&[][..], Vec::as_slice);
                @let starts = starts_of.get(&passage.number).map_or(&[][..], Vec::as_slice);
                div.passage id={"n" (passage.number)} {
                    p class=(passage.kind) lang="zh" { (marks(&passage.text, marked, starts)) }
                    @if !marked.is_empty() || goals_of.contains_key(&passage.number) {
                        ul.codes {
                            li.at { (place(&passage.place, view.language())) }
                            @for figure in marked { (code(figure, view)) }
                            @for line in goals_of.get(&passage.number).map_or(&[][..], Vec::as_slice) {
                                @if matches!(line.verdict.as_str(), "exceeded" | "met" | "missed" | "not_reported" | "undetermined") {
                                    li.outcome-of { (goals::subject(line, view)) " " (goals::result(line, source, view)) " " (goals::badge(&line.verdict, view)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A passage with its figures marked, each a link to its coding, and the anchors of its pledges.
fn marks(text: &str, figures: &[&Figure], starts: &[&Start]) -> Markup {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |at: usize| letters.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut pieces: Vec<Markup> = Vec::new();
    let mut at = 0;
    let mut starts = starts.iter().peekable();
    let mut plain = |from: usize, to: usize, pieces: &mut Vec<Markup>| {
        let mut from = from;
        while let Some(start) = starts.next_if(|start| start.position <= to) {
            let here = start.position.max(from);
            pieces.push(html! { (&text[byte(from)..byte(here)]) span id=(start.anchor) {} });
            from = here;
        }
        pieces.push(html! { (&text[byte(from)..byte(to)]) });
    };
    for figure in figures {
        let Some(end) = end_of(&letters, figure) else { continue };
        if figure.position < at {
            continue;
        }
        plain(at, figure.position, &mut pieces);
        let soft = if figure.confidence == "low" { " soft" } else { "" };
        let anchor = figure.anchor();
        pieces.push(html! { a id={"t" (anchor)} class={"fig " (figure.mode) (soft)} href={"#" (anchor)} { (&text[byte(figure.position)..byte(end)]) } });
        at = end;
    }
    plain(at, letters.len(), &mut pieces);
    html! { @for piece in &pieces { (piece) } }
}

/// The end of a figure in its passage, in characters: white space inside it may have gone.
fn end_of(letters: &[(usize, char)], figure: &Figure) -> Option<usize> {
    let mut at = figure.position;
    for wanted in figure.raw.chars().filter(|c| !c.is_whitespace()) {
        while letters.get(at).is_some_and(|(_, c)| c.is_whitespace()) {
            at += 1;
        }
        if letters.get(at)?.1 != wanted {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The coding of a figure.
fn code(figure: &Figure, view: &View) -> Markup {
    let language = view.language();
    let words = &LABELS.page;
    let name = figure.indicator.as_deref().map_or_else(|| figure.label.clone(), |id| indicator_name(id, view.lexicon, language));
    let mode = match figure.mode.as_str() {
        "outcome" => &words.outcome,
        "target" => &words.target,
        _ => &words.other,
    };
    let amount = Amount {
        low: figure.low,
        high: figure.high,
        unit: &figure.unit,
        bound: &figure.bound,
        measure: &figure.measure,
        direction: &figure.direction,
    };
    let anchor = figure.anchor();
    html! {
        li id=(anchor) class=(figure.mode) title={(words.rules.get(language)) ": " (figure.rules)} {
            a.back href={"#t" (anchor)} { b { (amount.shown(Some(&figure.raw), language)) } } " "
            (goals::indicator_link(figure.indicator.as_deref(), &name, view))
            " · " (mode.get(language)) @if !figure.period.is_empty() { " " (figure.period) }
            @if figure.confidence == "low" { " · " span.soft title=(figure.reason.as_deref().unwrap_or_default()) { (words.soft.get(language)) } }
            @if matches!(view.carrier, Carrier::Editor { .. }) {
                " " a.edit href=(view.link(&Subject::CheckFigure(figure.id.clone()))) { (words.correct.get(language)) }
            }
        }
    }
}
