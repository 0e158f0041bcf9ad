//! `pledgebook explain`: a figure, pledge or claim in its sentence, each field, and the rules that made it.

use std::io::{self, Write};

use pledgebook_lexicon::Folded;
use serde_json::{Map, Value};

use crate::args::{ExplainArguments, Format};
use crate::layout::{bold, dim, heading, warm};
use crate::outcome::{Outcome, complain, say};
use crate::record::Record;
use crate::{input, lexicon};

/// Fields that the heading and the sentence already show.
const SHOWN: [&str; 7] = ["document", "start", "end", "place", "raw", "quote", "rules"];

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ExplainArguments) -> io::Result<Outcome> {
    let reader = match lexicon::load(arguments.lexicon.as_deref()) {
        Ok(lexicon) => input::Reader::new(lexicon).with_settings(),
        Err(mistake) => {
            complain(&"lexicon", &mistake);
            return Ok(Outcome::SomeFailed);
        }
    };
    let reader = match reader {
        Ok(reader) => reader,
        Err(mistake) => {
            complain(&"settings", &mistake);
            return Ok(Outcome::SomeFailed);
        }
    };
    let read = match reader.read_file(&arguments.file) {
        Ok(read) => read,
        Err(error) => {
            say(&error);
            return Ok(Outcome::SomeFailed);
        }
    };
    read.failed.iter().for_each(say);
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let wanted = plain(&arguments.at);
    let mut found = 0;
    for (what, index, row) in Record::of(&read).items() {
        let Value::Object(row) = row else { continue };
        if !["raw", "quote"].iter().any(|field| plain(text(&row, field)).contains(&wanted)) {
            continue;
        }
        found += 1;
        match arguments.format {
            Format::Json => {
                let mut line = Map::from_iter([("what".to_owned(), Value::from(what)), ("index".to_owned(), Value::from(index))]);
                line.extend(row);
                writeln!(out, "{}", Value::Object(line))?;
            }
            Format::Text => show(&mut out, what, index, &row)?,
        }
    }
    out.flush()?;
    if found == 0 {
        let reason = anyhow::anyhow!("no figure, pledge or claim was read at `{}`", arguments.at);
        complain(&arguments.file.display(), &reason);
        return Ok(Outcome::SomeFailed);
    }
    Ok(if read.failed.is_empty() { Outcome::Well } else { Outcome::SomeFailed })
}

/// A text as it is compared: folded, white space dropped.
fn plain(text: &str) -> String {
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Folded::new(&dense).as_str().to_owned()
}

fn text<'a>(row: &'a Map<String, Value>, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn show(out: &mut impl Write, what: &str, index: usize, row: &Map<String, Value>) -> io::Result<()> {
    let place = row.get("place").map_or_else(String::new, ToString::to_string);
    let place = place.replace(['{', '}', '"'], "").replace(':', " ");
    writeln!(out, "{} {}", heading(&format!("{what} {index}")), dim(&format!("({place})")))?;
    let (quote, raw) = (text(row, "quote"), text(row, "raw"));
    let marked = if raw.is_empty() { quote.to_owned() } else { quote.replacen(raw, &bold(&format!("[{raw}]")), 1) };
    writeln!(out, "  {marked}")?;
    for (field, value) in row.iter().filter(|(field, _)| !SHOWN.contains(&field.as_str())) {
        let shown = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Array(items) if items.is_empty() => continue,
            other => other.to_string(),
        };
        writeln!(out, "  {} {shown}", dim(&format!("{field:<12}")))?;
    }
    for rule in row.get("rules").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        match pledgebook_reader::rules::describe(rule) {
            Some(description) => writeln!(out, "  {} {} {description}", dim("rule        "), warm(rule))?,
            None => writeln!(out, "  {} {}", dim("rule        "), warm(rule))?,
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_text_is_found_in_either_width_and_with_stray_spaces() {
        assert_eq!(plain("増长 ５%").replace('増', "增"), "增长5%");
    }
}
