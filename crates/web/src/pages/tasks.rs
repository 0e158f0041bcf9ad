//! The tasks of a report, and what the next report says of them.

use maud::html;
use pledgebook_lexicon::TaskStatus;
use pledgebook_reconcile::tasks::task_lines;
use rusqlite::OptionalExtension;

use super::{Source, goals};
use crate::address::Subject;
use crate::labels::{LABELS, term};
use crate::page::{Page, Problem, Sheet, View};

const COLUMNS: &[&str] = &[
    "id",
    "area",
    "area_name",
    "year",
    "number",
    "section",
    "livelihood",
    "task",
    "lead",
    "deadline",
    "status",
    "evidence",
    "state",
    "note",
    "place",
];

pub(super) fn page(source: Source, view: &View, report: &str) -> Result<Page, Problem> {
    let found: Option<(String, String, i16)> = source.ask(|db| {
        db.prepare_cached("SELECT area, coalesce(area_name, area), year FROM reports WHERE id = ?1 AND kind = 'work_report'")?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
    })?;
    let (area, name, year) = found.ok_or(Problem::Missing)?;
    let tasks = task_lines(source.ledger, source.db, &area, year)?;
    let language = view.language();
    let words = &LABELS.page;
    let title = format!("{name} {year}: {}", words.tasks.get(language));
    let counts = TaskStatus::ALL.iter().map(|status| (status.as_str(), tasks.iter().filter(|task| task.status == *status).count()));
    let main = html! {
        p.kicker { a href=(view.link(&Subject::Report(report.to_owned()))) { (name) " " (year) } }
        h1 { (title) }
        ul.chips { @for (status, number) in counts.filter(|(_, number)| *number > 0) {
            li { b { (number) } " " (term(&LABELS.task_status, status, language)) }
        } }
        @if tasks.is_empty() { p { (words.nothing.get(language)) } }
        @for section in tasks.chunk_by(|a, b| a.section == b.section) {
            section.tasks {
                h2 lang="zh" { (section[0].section) }
                ol {
                    @for task in section {
                        li {
                            p lang="zh" { (goals::cell(&task.task, Some(&task.id), source, view)) }
                            p.meta {
                                span.flag { (term(&LABELS.task_status, task.status.as_str(), language)) }
                                @if let Some(lead) = &task.lead { " · " (words.lead.get(language)) " " span lang="zh" { (lead) } }
                                @if let Some(deadline) = task.deadline.as_deref().filter(|deadline| !deadline.is_empty()) { " · " (words.deadline.get(language)) " " (deadline) }
                                @if let Some(evidence) = &task.evidence { " · " (words.evidence.get(language)) ": " span lang="zh" { (evidence) } }
                            }
                        }
                    }
                }
            }
        }
    };
    let json = serde_json::to_value(&tasks).unwrap_or_default();
    Ok(Page { title, main, json, sheet: Some(Sheet::of_lines(COLUMNS, &tasks)) })
}
