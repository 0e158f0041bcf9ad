//! `pledgebook statistics`: official numbers to hold goals against.

use std::io::{self, Write};

use pledgebook_reconcile::{Extent, refresh, statistics};
use serde_json::json;

use super::args::{StatisticsArguments, StatisticsCommand};
use super::changes;
use crate::args::Format;
use crate::ledger::{lexicon_and_name, refused};
use crate::outcome::{Outcome, say};

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &StatisticsArguments) -> io::Result<Outcome> {
    let StatisticsCommand::Import { ledger, file, lexicon, format } = &arguments.command;
    let Some((lexicon, name)) = lexicon_and_name(lexicon.as_deref()) else { return Ok(Outcome::SomeFailed) };
    let imported = match statistics::import(ledger, file, &lexicon) {
        Ok(imported) => imported,
        Err(error) => return Ok(refused(&error)),
    };
    let refreshed = match refresh(ledger, &lexicon, &name, Extent::Changed) {
        Ok(refreshed) => refreshed,
        Err(error) => return Ok(refused(&error)),
    };
    for (line, reason) in &imported.refused {
        say(&format_args!("{}: line {line}: {reason}; it was left out", file.display()));
    }
    let mut out = io::stdout().lock();
    match format {
        Format::Text => {
            writeln!(
                out,
                "{}: {} new, {} changed, {} as they were, {} left out",
                file.display(),
                imported.new,
                imported.changed,
                imported.same,
                imported.refused.len()
            )?;
            for line in changes(&refreshed.changes) {
                writeln!(out, "{line}")?;
            }
        }
        Format::Json => {
            let line = json!({
                "new": imported.new, "changed": imported.changed, "same": imported.same, "left_out": imported.refused,
                "verdicts": refreshed.changes,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(if imported.refused.is_empty() { Outcome::Well } else { Outcome::SomeFailed })
}
