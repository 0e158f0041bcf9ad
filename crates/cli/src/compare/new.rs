//! `pledgebook new`: the phrases that a report has first.

use std::io::{self, Write};

use pledgebook_compare::coined::{Coined, Phrase, coined};
use serde_json::{Value, json};

use super::args::NewArguments;
use super::rows::{self, Form, Row};
use super::year_list;
use crate::layout::{Table, dim, heading, terminal_width, wrap};
use crate::ledger::{counted, grouped, refused, threads};
use crate::outcome::Outcome;

/// Characters of the passage shown on either side of a phrase.
const AROUND: usize = 8;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &NewArguments) -> io::Result<Outcome> {
    let found = match coined(&arguments.ledger, &arguments.area, arguments.year, threads(arguments.threads)) {
        Ok(found) => found,
        Err(error) => return Ok(refused(&error)),
    };
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let phrases = &found.phrases[..found.phrases.len().min(arguments.limit)];
    if arguments.format == Form::Text {
        text(&mut out, &found, phrases)?;
    } else {
        let columns = [
            "document",
            "area",
            "area_name",
            "year",
            "phrase",
            "places",
            "later_reports",
            "later_issuers",
            "years",
            "later_places",
            "text",
        ];
        rows::write(&mut out, arguments.format, &columns.map(str::to_owned), phrases.iter().map(|phrase| row(&found, phrase)))?;
    }
    out.flush()?;
    Ok(Outcome::Well)
}

fn row(found: &Coined, phrase: &Phrase) -> Row {
    let mut row = Row::new();
    row.insert("document".into(), json!(found.document.document));
    row.insert("area".into(), json!(found.document.area));
    row.insert("area_name".into(), json!(found.document.area_name));
    row.insert("year".into(), json!(found.document.year));
    if let Ok(Value::Object(more)) = serde_json::to_value(phrase) {
        row.extend(more);
    }
    row
}

fn text(out: &mut impl Write, found: &Coined, phrases: &[Phrase]) -> io::Result<()> {
    let columns = terminal_width();
    let year = found.document.year.map_or_else(String::new, |year| year.to_string());
    writeln!(out, "{}", heading(&format!("New in {} {year}", found.document.issuer())))?;
    let lacking =
        if found.lacking.is_empty() { String::new() } else { format!("; the ledger lacks {}", year_list(found.lacking.iter().copied())) };
    let against = format!(
        "held against its reports of {}{lacking}. Later: which of {} of any issuer use it. Before: which of {} of other issuers. {} in all.",
        year_list(found.against.iter().copied()),
        counted(found.later as u64, "later report"),
        counted(found.elsewhere as u64, "earlier report"),
        counted(found.phrases.len() as u64, "phrase")
    );
    for line in wrap(&against, columns) {
        writeln!(out, "{}", dim(&line))?;
    }
    writeln!(out)?;
    let mut table =
        Table::new(columns, &[("Phrase", 28), ("Here", 4), ("Later", 5), ("Issuers", 7), ("Before", 6), ("First passage", columns)]);
    for phrase in phrases {
        table.row(vec![
            phrase.phrase.clone(),
            grouped(phrase.places as u64),
            grouped(phrase.later_reports as u64),
            grouped(phrase.later_issuers as u64),
            grouped(phrase.elsewhere as u64),
            context(phrase),
        ]);
    }
    table.lines(0).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// The phrase where the report first uses it.
fn context(phrase: &Phrase) -> String {
    let folded: Vec<char> = pledgebook_compare::folded::fold(&phrase.text).chars().collect();
    let text: Vec<char> = phrase.text.chars().collect();
    let word: Vec<char> = phrase.phrase.chars().collect();
    let at = folded.windows(word.len()).position(|window| window == word).unwrap_or(0);
    let (from, to) = (at.saturating_sub(AROUND), (at + word.len() + AROUND).min(text.len()));
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{}{}", cut(from > 0), text[from..to].iter().collect::<String>(), cut(to < text.len()))
}
