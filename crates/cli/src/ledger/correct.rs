//! `pledgebook correct`: putting right what was read.

use std::io::{self, Write};

use pledgebook_ledger::{Correct, CorrectError, Corrected, Target};
use pledgebook_reconcile::Extent;
use serde_json::json;

use super::args::CorrectArguments;
use super::{counted, lexicon_and_name, misused, refused};
use crate::args::Format;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &CorrectArguments) -> io::Result<Outcome> {
    let Some((lexicon, lexicon_name)) = lexicon_and_name(arguments.lexicon.as_deref()) else { return Ok(Outcome::SomeFailed) };
    let (target, id) = match arguments {
        CorrectArguments { figure: Some(id), .. } => (Target::Figure, id),
        CorrectArguments { pledge: Some(id), .. } => (Target::Pledge, id),
        CorrectArguments { document, .. } => (Target::Document, document.as_ref().unwrap_or(&arguments.why)),
    };
    let who = arguments.who.clone().or_else(|| ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()));
    let Some(who) = who.filter(|who| !who.trim().is_empty()) else { return Ok(misused(&"say who makes the correction with --who NAME")) };
    if arguments.why.trim().is_empty() {
        return Ok(misused(&"say why with --why REASON"));
    }
    let asked = Correct { target, id, set: &arguments.set, who: who.trim(), why: arguments.why.trim(), lexicon: &lexicon };
    let made = match pledgebook_ledger::correct(&arguments.ledger, &asked) {
        Ok(made) => made,
        Err(error @ (CorrectError::NoItem { .. } | CorrectError::Ledger(_))) => return Ok(refused(&error)),
        Err(error) => return Ok(misused(&error)),
    };
    // The verdicts that hang on it follow at once.
    let refreshed = match pledgebook_reconcile::refresh(&arguments.ledger, &lexicon, &lexicon_name, Extent::Changed) {
        Ok(refreshed) => refreshed,
        Err(error) => return Ok(refused(&error)),
    };
    let mut out = io::stdout().lock();
    for (at, one) in made.iter().enumerate() {
        let verdicts = if at + 1 == made.len() { refreshed.changes.as_slice() } else { &[] };
        match arguments.format {
            Format::Text => writeln!(out, "{}", told(one))?,
            Format::Json => {
                let line = json!({
                    "correction": one.correction, "field": one.field, "was": one.was, "value": one.value, "items": one.items,
                    "verdicts": verdicts,
                });
                writeln!(out, "{line}")?;
            }
        }
    }
    if arguments.format == Format::Text {
        for line in crate::reconcile::changes(&refreshed.changes) {
            writeln!(out, "{line}")?;
        }
    }
    if target == Target::Document && arguments.format == Format::Text {
        writeln!(out, "the next `pledgebook build` reads the document again, so that its figures and pledges follow")?;
    }
    Ok(Outcome::Well)
}

fn told(one: &Corrected) -> String {
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let mut told = format!("correction {}: {} is {} (was read as {})", one.correction, one.field, word(&one.value), word(&one.was));
    if one.items.len() > 1 {
        told += &format!(", in {} of the report", counted(one.items.len() as u64, "edition"));
    }
    told
}
