//! `pledgebook corrections`: which there are, and their exchange.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use pledgebook_ledger::{Listed, Standing};
use pledgebook_reconcile::Extent;
use serde_json::json;

use super::args::{CorrectionsArguments, CorrectionsCommand};
use super::{counted, lexicon_and_name, refused};
use crate::args::Format;
use crate::layout::{bold, dim, warm};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &CorrectionsArguments) -> io::Result<Outcome> {
    match &arguments.command {
        CorrectionsCommand::List { ledger, format } => list(ledger, *format),
        CorrectionsCommand::Export { ledger, to } => export(ledger, to.as_deref()),
        CorrectionsCommand::Import { ledger, from, lexicon } => import(ledger, from, lexicon.as_deref()),
    }
}

fn list(ledger: &Path, format: Format) -> io::Result<Outcome> {
    let listed = match pledgebook_ledger::list_corrections(ledger) {
        Ok(listed) => listed,
        Err(error) => return Ok(refused(&error)),
    };
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let waiting = listed.iter().filter(|one| !matches!(one.standing, Standing::InForce(_))).count();
    for one in &listed {
        match format {
            Format::Text => show(&mut out, one)?,
            Format::Json => writeln!(out, "{}", as_json(one)?)?,
        }
    }
    if format == Format::Text {
        let rest = if waiting > 0 { format!(", {waiting} waiting for a place") } else { String::new() };
        writeln!(out, "{}{rest}", counted(listed.len() as u64, "correction"))?;
    }
    out.flush()?;
    Ok(Outcome::Well)
}

fn show(out: &mut impl Write, one: &Listed) -> io::Result<()> {
    let correction = &one.correction;
    let value = correction.value.as_deref().unwrap_or("nothing");
    let report = [correction.area.clone(), correction.year.map(|year| year.to_string()), correction.kind.clone()];
    let report = report.into_iter().flatten().collect::<Vec<_>>().join("-");
    let what = if correction.raw.is_empty() { String::new() } else { format!(" {}", correction.raw) };
    writeln!(
        out,
        "{} {}{what}: {} = {value} {}",
        bold(&one.id.to_string()),
        correction.target.as_str(),
        correction.field,
        dim(&format!("({report})"))
    )?;
    writeln!(out, "  {}", correction.quote)?;
    writeln!(out, "  {}, {}: {}", correction.who, correction.made_at, correction.why)?;
    match &one.standing {
        Standing::InForce(items) => {
            for (item, was) in items {
                writeln!(out, "  in force on {item}, read as {}", was.as_deref().unwrap_or("nothing"))?;
            }
        }
        waiting => writeln!(out, "  {}", warm(&format!("not in force: {}", reason(waiting))))?,
    }
    writeln!(out)
}

fn reason(standing: &Standing) -> String {
    match standing {
        Standing::InForce(_) => String::new(),
        Standing::NoReport => "its report is not in the ledger".to_owned(),
        Standing::NoText => "its words and what stood around them are not found".to_owned(),
        Standing::NothingRead => "its words are found, and nothing is read there any more".to_owned(),
        Standing::Several(places) => format!("its words are found in {places} places"),
    }
}

fn as_json(one: &Listed) -> io::Result<serde_json::Value> {
    let mut line = serde_json::to_value(&one.correction)?;
    line["id"] = one.id.into();
    match &one.standing {
        Standing::InForce(items) => {
            line["in_force"] = items.iter().map(|(item, was)| json!({ "item": item, "was": was })).collect();
        }
        waiting => line["waiting"] = reason(waiting).into(),
    }
    Ok(line)
}

fn export(ledger: &Path, to: Option<&Path>) -> io::Result<Outcome> {
    let exported = match to {
        None => pledgebook_ledger::export_corrections(ledger, io::BufWriter::new(io::stdout().lock())),
        Some(path) => match File::create(path) {
            Ok(file) => pledgebook_ledger::export_corrections(ledger, io::BufWriter::new(file)),
            Err(error) => return Ok(refused(&format_args!("{}: {error}", path.display()))),
        },
    };
    match exported {
        Ok(number) => {
            if let Some(path) = to {
                writeln!(io::stdout(), "{}: {}", path.display(), counted(number as u64, "correction"))?;
            }
            Ok(Outcome::Well)
        }
        Err(pledgebook_ledger::ImportError::Io(error)) => Err(error),
        Err(error) => Ok(refused(&error)),
    }
}

fn import(ledger: &Path, from: &Path, lexicon: Option<&Path>) -> io::Result<Outcome> {
    let Some((lexicon, lexicon_name)) = lexicon_and_name(lexicon) else { return Ok(Outcome::SomeFailed) };
    let file = match File::open(from) {
        Ok(file) => file,
        Err(error) => return Ok(refused(&format_args!("{}: {error}", from.display()))),
    };
    match pledgebook_ledger::import_corrections(ledger, BufReader::new(file), &lexicon) {
        Ok(done) => {
            let new = counted(done.new as u64, "new correction");
            writeln!(io::stdout(), "{new}, {} in force, {} there already", done.in_force, done.known)?;
            if done.in_force < done.new {
                writeln!(io::stdout(), "see `pledgebook corrections list {}` for those that wait for a place", ledger.display())?;
            }
            match pledgebook_reconcile::refresh(ledger, &lexicon, &lexicon_name, Extent::Changed) {
                Ok(refreshed) => {
                    crate::reconcile::changes(&refreshed.changes).iter().try_for_each(|line| writeln!(io::stdout(), "{line}"))?;
                }
                Err(error) => return Ok(refused(&error)),
            }
            Ok(Outcome::Well)
        }
        Err(error @ pledgebook_ledger::ImportError::Ledger(_)) => Ok(refused(&error)),
        Err(error) => Ok(refused(&format_args!("{}: {error}", from.display()))),
    }
}
