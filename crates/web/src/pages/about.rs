//! What the book is, how it judges, how far to trust it, and what this ledger holds.

use maud::html;
use pledgebook_ledger::schema::{TABLES, VIEWS};
use rusqlite::OptionalExtension;
use serde_json::json;

use super::Source;
use crate::labels::LABELS;
use crate::page::{Page, Problem, View};

pub(super) fn page(source: Source, view: &View) -> Result<Page, Problem> {
    let language = view.language();
    let words = &LABELS.page;
    let (files, failed, corrections): (i64, i64, i64) = source.ask(|db| {
        db.query_row(
            "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM files WHERE error IS NOT NULL), (SELECT count(*) FROM corrections)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    })?;
    let build: Option<(String, Option<String>)> = source.ask(|db| {
        db.query_row("SELECT coalesce(finished, started), reader FROM runs ORDER BY id DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
    })?;
    let unread: Vec<(String, String)> = source.ask(|db| {
        db.prepare("SELECT path, error FROM files WHERE error IS NOT NULL ORDER BY path LIMIT 200")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    })?;
    let facts = [
        (&words.program, format!("pledgebook {}", env!("CARGO_PKG_VERSION"))),
        (&words.last_build, build.as_ref().map_or_else(String::new, |(when, _)| when.clone())),
        (&words.files, files.to_string()),
        (&words.failed_files, failed.to_string()),
        (&words.corrections, corrections.to_string()),
    ];
    let meaning = |en: &'static str, zh: &'static str| if language.is_chinese() { zh } else { en };
    let main = html! {
        article.prose {
            h1 { (words.about.get(language)) }
            p.lead { (words.home_lead.get(language)) }
            h2 { (words.method.get(language)) }
            p { (words.method_1.get(language)) }
            p { (words.method_2.get(language)) }
            p { (words.method_3.get(language)) }
            h2 { (words.accuracy.get(language)) }
            p { (words.accuracy_1.get(language)) }
            h2 { (words.this_book.get(language)) }
            dl.facts { @for (label, fact) in &facts { dt { (label.get(language)) } dd { (fact) } } }
            @if !unread.is_empty() {
                details { summary { (words.failed_files.get(language)) " (" (failed) ")" }
                    ul { @for (path, error) in &unread { li { b { (path) } ": " (error) } } }
                }
            }
            h2 { (words.fields.get(language)) }
            @for table in TABLES.iter().filter(|table| ["figures", "pledges", "verdicts", "panel"].contains(&table.name)) {
                details {
                    summary { code { (table.name) } " — " (meaning(table.en, table.zh)) }
                    dl.fields { @for column in table.columns { dt { code { (column.name) } } dd { (meaning(column.en, column.zh)) } } }
                }
            }
            @for table in VIEWS {
                details {
                    summary { code { (table.name) } " — " (meaning(table.en, table.zh)) }
                    dl.fields { @for column in table.columns { dt { code { (column.name()) } } dd { (meaning(column.meaning().0, column.meaning().1)) } } }
                }
            }
        }
    };
    let json = json!({
        "program": env!("CARGO_PKG_VERSION"), "last_build": build.map(|(when, _)| when), "files": files, "failed": failed,
        "corrections": corrections, "unread": unread.iter().map(|(path, error)| json!({ "path": path, "error": error })).collect::<Vec<_>>(),
    });
    Ok(Page { title: words.about.get(language).to_owned(), main, json, sheet: None })
}
