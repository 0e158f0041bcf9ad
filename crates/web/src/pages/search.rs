//! Passages that hold a phrase.

use std::ops::Range;

use maud::{Markup, html};
use pledgebook_compare::Selection;
use pledgebook_compare::search::{self, Query};
use serde_json::json;

use super::Source;
use crate::address::Subject;
use crate::labels::{LABELS, Text, fill};
use crate::page::{Page, Problem, Sheet, View};

/// Passages on the page.
const SHOWN: usize = 60;

/// The longest query, in characters.
pub(super) const LONGEST: usize = 200;

/// What is asked for; an error where it cannot be understood.
pub(super) fn asked<'v>(view: &'v View) -> Result<Option<&'v str>, Problem> {
    match view.asked_for("q") {
        Some(query) if query.chars().count() > LONGEST => Err(Problem::Asked(format!("the query is longer than {LONGEST} characters"))),
        query => Ok(query),
    }
}

/// The form of pages that take a phrase.
pub(super) fn form(view: &View, hint: &'static Text) -> Markup {
    let words = &LABELS.page;
    html! {
        form.find method="get" role="search" {
            label for="q" { (words.phrase.get(view.language())) }
            input #q type="search" name="q" maxlength=(LONGEST) value=[view.asked_for("q")] required;
            button { (words.apply.get(view.language())) }
        }
        p.hint { (hint.get(view.language())) }
    }
}

/// A passage with what was found marked, cut to its surroundings where it is long.
pub(super) fn marked(text: &str, marks: &[Range<usize>]) -> Markup {
    const AROUND: usize = 60;
    let letters: Vec<char> = text.chars().collect();
    let first = marks.first().map_or(0, |mark| mark.start);
    let from = if letters.len() > 200 { first.saturating_sub(AROUND) } else { 0 };
    let to = if letters.len() > 200 { (first + 2 * AROUND).min(letters.len()) } else { letters.len() };
    let piece = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let mut pieces = Vec::new();
    let mut at = from;
    for mark in marks.iter().filter(|mark| mark.start >= from && mark.end <= to) {
        if mark.start < at {
            continue;
        }
        pieces.push(html! { (piece(at, mark.start)) mark { (piece(mark.start, mark.end)) } });
        at = mark.end;
    }
    html! { @if from > 0 { "…" } @for piece in &pieces { (piece) } (piece(at, to)) @if to < letters.len() { "…" } }
}

pub(super) fn page(source: Source, view: &View) -> Result<Page, Problem> {
    let language = view.language();
    let words = &LABELS.page;
    let title = words.search.get(language).to_owned();
    let Some(asked) = asked(view)? else {
        let main = html! { h1 { (title) } (form(view, &words.search_hint)) };
        return Ok(Page { title, main, json: json!({ "query": null, "passages": [] }), sheet: None });
    };
    let query: Query = asked.parse().map_err(|error: search::QueryError| Problem::Asked(error.to_string()))?;
    let selection = Selection::default();
    let number = source.ask(|db| search::count(db, &query, &selection))?;
    let hits = source.ask(|db| search::page(db, &query, &selection, SHOWN))?;
    let told = if number as usize > hits.len() {
        fill(words.found_more.get(language), &[&number.to_string(), &hits.len().to_string()])
    } else {
        fill(words.found.get(language), &[&number.to_string()])
    };
    let main = html! {
        h1 { (title) }
        (form(view, &words.search_hint))
        p.hint role="status" { (told) }
        @if hits.is_empty() { p { (words.nothing.get(language)) } }
        ol.hits {
            @for hit in &hits {
                @let subject = source.report_of(&hit.document).map_or_else(|| Subject::Document(hit.document.clone()), Subject::Report);
                li {
                    p.where {
                        a href={(view.link(&subject)) "#n" (hit.passage)} {
                            (hit.area_name.as_deref().unwrap_or_default()) " " @if let Some(year) = hit.year { (year) }
                            @if hit.area_name.is_none() { (hit.title.as_deref().unwrap_or(&hit.document)) }
                        }
                        @if let Some(section) = &hit.section { " · " span lang="zh" { (section) } }
                    }
                    p lang="zh" { (marked(&hit.text, &hit.marks)) }
                }
            }
        }
    };
    let rows = hits.iter().map(|hit| {
        let year = hit.year.map_or_else(String::new, |year| year.to_string());
        vec![
            hit.report.clone().unwrap_or_default(),
            hit.document.clone(),
            year,
            hit.passage.to_string(),
            hit.role.clone(),
            hit.text.clone(),
        ]
    });
    let sheet = Sheet { columns: vec!["report", "document", "year", "passage", "role", "text"], rows: rows.collect() };
    let json = json!({
        "query": asked, "passages": number,
        "shown": hits.iter().map(|hit| json!({
            "report": hit.report, "document": hit.document, "area_name": hit.area_name, "year": hit.year, "passage": hit.passage, "role": hit.role,
            "section": hit.section, "text": hit.text, "marks": hit.marks.iter().map(|mark| [mark.start, mark.end]).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    Ok(Page { title, main, json, sheet: Some(sheet) })
}
