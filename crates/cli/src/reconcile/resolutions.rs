//! `pledgebook resolutions`: each report's resolution, or that none is in the ledger.

use std::io;

use pledgebook_reconcile::resolutions::resolution_lines;

use super::args::ResolutionsArguments;
use super::{Question, as_json, as_text};
use crate::args::Format;
use crate::labels::LABELS;
use crate::layout::Table;
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ResolutionsArguments) -> io::Result<Outcome> {
    let part = &arguments.part();
    let Some(question) = Question::of(part) else { return Ok(Outcome::SomeFailed) };
    let lines = match resolution_lines(&part.ledger, &question.db, &question.asked) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    if part.format == Format::Json {
        return as_json(&lines);
    }
    let view = part.look.view(&question.lexicon);
    let (words, language) = (&LABELS.reconcile, view.language);
    if lines.is_empty() {
        return as_text(&[words.none.get(language).to_owned()]);
    }
    let mut table = Table::new(
        view.columns,
        &[(words.area.get(language), 20), (words.year.get(language), 6), (words.resolution.get(language), usize::MAX)],
    );
    for line in &lines {
        let told = [line.date.clone(), line.decision.clone(), line.title.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let mut told = if line.resolution.is_some() { told } else { words.no_resolution.get(language).to_owned() };
        if !line.report {
            told += &format!(" ({})", words.no_report.get(language));
        }
        table.row(vec![line.area_name.clone().unwrap_or_else(|| line.area.clone()), line.year.to_string(), told]);
    }
    as_text(&table.lines(0))
}
