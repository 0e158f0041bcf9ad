//! Two reports side by side: what is new, dropped, changed, and what became of the goals.

use maud::{Markup, html};
use pledgebook_compare::diff::{PartKind, Side, Step, StepKind, diff};
use rusqlite::OptionalExtension;
use serde_json::json;

use super::Source;
use crate::address::Subject;
use crate::labels::{LABELS, fill, term};
use crate::page::{Page, Problem, Sheet, View};

pub(super) fn page(source: Source, view: &View, a: &str, b: &str) -> Result<Page, Problem> {
    let side = |report: &str| -> Result<(Side, String), Problem> {
        let found: Option<(String, String, i16)> = source.ask(|db| {
            db.prepare_cached(
                "SELECT d.id, coalesce(r.area_name, r.area), r.year FROM documents d JOIN reports r ON r.id = d.report WHERE r.id = ?1
                 ORDER BY d.preferred DESC, d.characters DESC, d.id LIMIT 1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
        })?;
        let (document, area, year) = found.ok_or(Problem::Missing)?;
        Ok((source.ask(|db| Side::in_ledger(db, &document))?, format!("{area} {year}")))
    };
    let ((first, first_name), (second, second_name)) = (side(a)?, side(b)?);
    let found = diff(first, second);
    let tally = found.tally();
    let language = view.language();
    let words = &LABELS.page;
    let title = fill(words.compared.get(language), &[&first_name, &second_name]);
    let counts = [(&words.new, tally.new), (&words.dropped, tally.dropped), (&words.changed, tally.changed), (&words.same, tally.same)];
    let label = |at: Option<usize>, side: &Side| at.and_then(|at| side.pledges.get(at)).map(|pledge| pledge.quote.clone());
    let main = html! {
        h1 { (title) }
        p {
            a href=(view.link(&Subject::Report(a.to_owned()))) { (first_name) } " · " a href=(view.link(&Subject::Report(b.to_owned()))) { (second_name) }
        }
        ul.chips { @for (label, number) in &counts { li { b { (number) } " " (label.get(language)) } } }
        @if !found.pledges.is_empty() {
            h2 { (words.goals.get(language)) }
            div.wide tabindex="0" role="region" aria-label=(words.goals.get(language)) {
                table {
                    thead { tr { th scope="col" { (first_name) } th scope="col" { (second_name) } th scope="col" { (words.change.get(language)) } } }
                    tbody lang="zh" {
                        @for pledge in &found.pledges {
                            tr {
                                td { (label(pledge.a, &found.a).unwrap_or_else(|| "—".to_owned())) }
                                td { (label(pledge.b, &found.b).unwrap_or_else(|| "—".to_owned())) }
                                td lang=(language.tag()) {
                                    @for change in &pledge.changes { span.flag { (change_name(change.as_str(), view)) } " " }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { (words.text.get(language)) }
        div.diff {
            @for group in found.steps.chunk_by(|a, b| (a.kind == StepKind::Same) == (b.kind == StepKind::Same)) {
                @if group[0].kind == StepKind::Same {
                    details { summary { (fill(words.same_left_out.get(language), &[&group.len().to_string()])) }
                        @for step in group { p lang="zh" { (text(step.b, &found.b)) } }
                    }
                } @else {
                    @for one in group { (step(one, &found.a, &found.b, view)) }
                }
            }
        }
    };
    let rows = found.steps.iter().map(|step| {
        let kind = match step.kind {
            StepKind::Same => "same",
            StepKind::Changed => "changed",
            StepKind::New => "new",
            StepKind::Dropped => "dropped",
        };
        vec![kind.to_owned(), text(step.a, &found.a).to_owned(), text(step.b, &found.b).to_owned()]
    });
    let sheet = Sheet { columns: vec!["kind", "before", "after"], rows: rows.collect() };
    let json = json!({ "tally": tally, "pledges": found.pledges, "steps": found.steps, "a": found.a, "b": found.b });
    Ok(Page { title, main, json, sheet: Some(sheet) })
}

fn change_name<'w>(word: &'w str, view: &View) -> &'w str {
    let language = view.language();
    if LABELS.next.contains_key(word) { term(&LABELS.next, word, language) } else { term(&LABELS.wording_change, word, language) }
}

fn text(at: Option<usize>, side: &Side) -> &str {
    at.and_then(|at| side.passages.get(at)).map_or("", |passage| &passage.text)
}

fn step(step: &Step, a: &Side, b: &Side, view: &View) -> Markup {
    let words = &LABELS.page;
    let language = view.language();
    html! {
        @match step.kind {
            StepKind::New => div.step.new { span.kind { (words.new.get(language)) } p lang="zh" { ins { (text(step.b, b)) } } },
            StepKind::Dropped => div.step.dropped { span.kind { (words.dropped.get(language)) } p lang="zh" { del { (text(step.a, a)) } } },
            StepKind::Same => {},
            StepKind::Changed => div.step.changed {
                span.kind { (words.changed.get(language)) }
                p lang="zh" {
                    @for part in &step.parts {
                        @match part.kind {
                            PartKind::Same => (part.text),
                            PartKind::Gone => del { (part.text) },
                            PartKind::Come => ins { (part.text) },
                        }
                    }
                }
            },
        }
    }
}
