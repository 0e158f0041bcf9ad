//! The commands about goals and what became of them.

mod account;
mod args;
mod cascade;
mod coherence;
mod panel;
mod phrases;
mod resolutions;
mod statistics;
mod tasks;
mod verdicts;

pub(crate) use account::run as account;
pub(crate) use args::{
    PanelArguments, PartArguments, ReportArguments, ResolutionsArguments, StatisticsArguments, TasksArguments, VerdictsArguments,
};
pub(crate) use cascade::run as cascade;
pub(crate) use coherence::run as coherence;
pub(crate) use panel::run as panel;
pub(crate) use resolutions::run as resolutions;
pub(crate) use statistics::run as statistics;
pub(crate) use tasks::run as tasks;
pub(crate) use verdicts::run as verdicts;

use std::io::{self, Write};
use std::path::Path;

use pledgebook_ledger::{Connection, LedgerError};
use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::asked::{self, Asked, AskedError};
use pledgebook_reconcile::lines::Tally;
use pledgebook_reconcile::{Change, refresh};
use serde::Serialize;
use serde_json::Value;

use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::outcome::{Outcome, say};
use args::Part;

/// A ledger opened to be asked, and what is asked of it.
struct Question {
    db: Connection,
    asked: Asked,
    lexicon: Lexicon,
}

impl Question {
    /// Opens the ledger and finds what the names on the command line mean; says what is wrong where that fails.
    fn of(part: &Part) -> Option<Question> {
        let lexicon = Lexicon::builtin();
        let asked = |db: &Connection| -> Result<Asked, AskedError> {
            let area = part.area.as_deref().map(|name| asked::area(&part.ledger, db, name)).transpose()?;
            let indicator = part.indicator.as_deref().map(|name| asked::indicator_of(&part.ledger, db, &lexicon, name)).transpose()?;
            Ok(Asked { area, indicator, year: part.year, ..Asked::default() })
        };
        let opened = open(&part.ledger)?;
        match asked(&opened) {
            Ok(asked) => Some(Question { db: opened, asked, lexicon }),
            Err(error) => {
                say(&error);
                None
            }
        }
    }
}

/// Opens a ledger to read it; says so when its verdicts are behind.
fn open(ledger: &Path) -> Option<Connection> {
    let opened = pledgebook_ledger::open_for_reading(ledger).and_then(|db| match refresh::outdated(&db) {
        Ok(areas) => Ok((db, areas)),
        Err(error) => Err(LedgerError::of(ledger, error)),
    });
    match opened {
        Ok((db, areas)) => {
            if !areas.is_empty() {
                let number = areas.len();
                say(&format_args!("{}: the verdicts of {number} areas are behind; run `pledgebook build` again", ledger.display()));
            }
            Some(db)
        }
        Err(error) => {
            say(&error);
            None
        }
    }
}

/// Rows as lines of JSON.
fn as_json<T: Serialize>(rows: &[T]) -> io::Result<Outcome> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for row in rows {
        serde_json::to_writer(&mut out, &plain(serde_json::to_value(row)?))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Outcome::Well)
}

/// Whole numbers without a decimal point, as in the JSON of `read`.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15) {
            Some(whole) => (whole as i64).into(),
            None => Value::Number(number),
        },
        Value::Array(list) => list.into_iter().map(plain).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, plain(value))).collect(),
        other => other,
    }
}

/// Lines of text for people.
fn as_text(lines: &[String]) -> io::Result<Outcome> {
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(Outcome::Well)
}

/// A share in percent, or a dash where there is no whole.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "—".to_owned() } else { format!("{:.0}%", part as f64 * 100.0 / whole as f64) }
}

/// How many goals could be judged, and how many were kept.
fn tally(tally: Tally, view: View) -> String {
    let Tally { goals, judged, kept } = tally;
    fill(
        LABELS.reconcile.tally.get(view.language),
        &[&goals.to_string(), &judged.to_string(), &percent(judged, goals), &kept.to_string(), &percent(kept, judged)],
    )
}

/// What a correction or a statistic did to verdicts, a line each.
pub(crate) fn changes(changes: &[Change]) -> Vec<String> {
    let margin = |margin: Option<f64>| margin.map_or_else(String::new, |margin| format!(" ({})", phrases::signed(margin)));
    changes
        .iter()
        .map(|change| {
            let Change { area, year, quote, was, margin_was, is, margin_is, .. } = change;
            format!("verdict of {area}-{year} “{quote}”: {was}{} is now {is}{}", margin(*margin_was), margin(*margin_is))
        })
        .collect()
}
