//! The commands that make and use a ledger.

mod args;
mod build;
mod correct;
mod corrections;
mod export;
mod progress;
mod verify;

pub(crate) use args::{BuildArguments, CorrectArguments, CorrectionsArguments, ExportArguments, VerifyArguments};
pub(crate) use build::run as build;
pub(crate) use correct::run as correct;
pub(crate) use corrections::run as corrections;
pub(crate) use export::run as export;
pub(crate) use verify::run as verify;

use std::path::Path;

use pledgebook_lexicon::Lexicon;

use crate::lexicon;
use crate::outcome::{Outcome, complain, say};

/// The lexicon and its name for the ledger; what is wrong with it has been said when there is none.
pub(crate) fn lexicon_and_name(dir: Option<&Path>) -> Option<(Lexicon, String)> {
    let loaded = lexicon::load(dir).and_then(|lexicon| Ok((lexicon, pledgebook_ledger::lexicon_name(dir)?)));
    loaded.map_err(|mistake| complain(&"lexicon", &mistake)).ok()
}

/// Says what went wrong; the run has failed.
pub(crate) fn refused(error: &impl std::fmt::Display) -> Outcome {
    say(error);
    Outcome::SomeFailed
}

/// Says what was asked for wrongly.
pub(crate) fn misused(error: &impl std::fmt::Display) -> Outcome {
    say(error);
    Outcome::Misused
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number and what it counts: `1 file`, `2 files`.
pub(crate) fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// How many files to read at the same time.
pub(crate) fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get), usize::from)
}
