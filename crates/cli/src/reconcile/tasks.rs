//! `pledgebook tasks`: the tasks of a report, as a list and as a workbook that goes round and comes back.

use std::io::{self, Write};
use std::path::Path;

use pledgebook_ledger::Connection;
use pledgebook_lexicon::{Lexicon, TaskState, TaskStatus};
use pledgebook_reconcile::asked::{self, AskedError};
use pledgebook_reconcile::tasks::{self, TaskLine};
use serde_json::json;

use super::args::{ReportArguments, TasksArguments, TasksCommand};
use super::{as_json, as_text, open, phrases};
use crate::args::Format;
use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::layout::{Table, heading, shorten};
use crate::ledger::refused;
use crate::outcome::{Outcome, say};

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &TasksArguments) -> io::Result<Outcome> {
    match &arguments.command {
        TasksCommand::List { report, status, state } => list(report, *status, *state),
        TasksCommand::Workbook { ledger, area, year, to } => workbook(ledger, area, *year, to),
        TasksCommand::Import { ledger, file, format } => import(ledger, file, *format),
    }
}

fn read(ledger: &Path, db: &Connection, area: &str, year: i16) -> Result<Vec<TaskLine>, AskedError> {
    let area = asked::area(ledger, db, area)?;
    asked::report(ledger, db, &area, year)?;
    Ok(tasks::task_lines(ledger, db, &area, year)?)
}

fn list(report: &ReportArguments, status: Option<TaskStatus>, state: Option<TaskState>) -> io::Result<Outcome> {
    let Some(db) = open(&report.ledger) else { return Ok(Outcome::SomeFailed) };
    let mut lines = match read(&report.ledger, &db, &report.area, report.year) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    lines.retain(|task| status.is_none_or(|status| task.status == status) && (state.is_none() || task.state == state));
    match report.format {
        Format::Json => as_json(&lines),
        Format::Text => {
            let lexicon = Lexicon::builtin();
            as_text(&text(&lines, report.look.view(&lexicon)))
        }
    }
}

/// Columns that a task may take before it is cut; the whole stands in the JSON and in the workbook.
const TASK: usize = 240;

fn text(tasks: &[TaskLine], view: View) -> Vec<String> {
    let (words, language) = (&LABELS.reconcile, view.language);
    if tasks.is_empty() {
        return vec![words.none.get(language).to_owned()];
    }
    let mut text = Vec::new();
    for section in tasks.chunk_by(|a, b| (&a.section, a.added) == (&b.section, b.added)) {
        let title = if section[0].added && section[0].section.is_empty() { words.added.get(language) } else { &section[0].section };
        text.push(heading(&shorten(title, view.columns)));
        let is_wide = view.columns >= 100;
        let mut columns = vec![
            (words.number.get(language), 5),
            (words.task.get(language), if is_wide { 62 } else { 50 }),
            (words.next.get(language), 14),
        ];
        if is_wide {
            columns.push((words.lead.get(language), 14));
            columns.push((words.deadline.get(language), 8));
            columns.push((words.state.get(language), usize::MAX));
        }
        let mut table = Table::new(view.columns, &columns);
        for task in section {
            let state = task.state.map_or_else(String::new, |state| phrases::term(&LABELS.task_state, state.as_str(), view));
            let mut cells =
                vec![task.number.to_string(), shorten(&task.task, TASK), phrases::term(&LABELS.task_status, task.status.as_str(), view)];
            if is_wide {
                cells.push(task.lead.clone().unwrap_or_default());
                cells.push(task.deadline.clone().unwrap_or_default());
                cells.push(state);
            }
            table.row(cells);
        }
        text.extend(table.lines(2));
        text.push(String::new());
    }
    let counts = TaskStatus::ALL.iter().filter_map(|status| {
        let number = tasks.iter().filter(|task| task.status == *status).count();
        (number > 0).then(|| format!("{} {number}", phrases::term(&LABELS.task_status, status.as_str(), view)))
    });
    text.push(fill(words.tasks.get(language), &[&tasks.len().to_string(), &counts.collect::<Vec<_>>().join(" · ")]));
    text
}

fn workbook(ledger: &Path, area: &str, year: i16, to: &Path) -> io::Result<Outcome> {
    let Some(db) = open(ledger) else { return Ok(Outcome::SomeFailed) };
    let lines = match read(ledger, &db, area, year) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    if to.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return Ok(refused(&format_args!("{}: the workbook is an Excel file; name it .xlsx", to.display())));
    }
    match tasks::workbook(&lines, to) {
        Ok(()) => {
            writeln!(io::stdout(), "{}: {} tasks", to.display(), lines.len())?;
            Ok(Outcome::Well)
        }
        Err(error) => Ok(refused(&format_args!("{}: it could not be written: {error}", to.display()))),
    }
}

fn import(ledger: &Path, file: &Path, format: Format) -> io::Result<Outcome> {
    let imported = match tasks::import(ledger, file) {
        Ok(imported) => imported,
        Err(error) => return Ok(refused(&error)),
    };
    for (row, reason) in &imported.refused {
        say(&format_args!("{}: row {row}: {reason}; it was left out", file.display()));
    }
    let mut out = io::stdout().lock();
    match format {
        Format::Text => {
            writeln!(
                out,
                "{}: {} taken in or changed, {} added, {} as they were, {} left out",
                file.display(),
                imported.changed,
                imported.added,
                imported.same,
                imported.refused.len()
            )?;
            if imported.absent > 0 {
                writeln!(out, "{} tasks of the report are not in the workbook; they stay as they were", imported.absent)?;
            }
        }
        Format::Json => {
            let line = json!({
                "changed": imported.changed, "added": imported.added, "same": imported.same, "absent": imported.absent,
                "left_out": imported.refused,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(if imported.refused.is_empty() { Outcome::Well } else { Outcome::SomeFailed })
}
