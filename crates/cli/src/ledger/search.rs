//! `pledgebook search`: passages that hold a text, the text marked.

use std::io::{self, Write};

use pledgebook_ledger::{Editions, Hit};

use super::args::SearchArguments;
use super::{counted, grouped, refused};
use crate::args::Format;
use crate::layout::{bold, dim, heading, terminal_width, wrap};
use crate::outcome::Outcome;

/// Characters shown on either side of the first mark in a long passage.
const AROUND: usize = 60;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &SearchArguments) -> io::Result<Outcome> {
    if arguments.query.trim().is_empty() {
        return Ok(refused(&"the query is empty: give one character or more"));
    }
    let editions = if arguments.all_editions { Editions::All } else { Editions::Preferred };
    let found = match pledgebook_ledger::search(&arguments.ledger, &arguments.query, arguments.limit, editions) {
        Ok(found) => found,
        Err(error) => return Ok(refused(&error)),
    };
    let stdout = io::stdout().lock();
    if arguments.format == Format::Json {
        let mut out = io::BufWriter::new(stdout);
        for hit in &found.hits {
            serde_json::to_writer(&mut out, hit)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
    } else {
        let mut out = io::BufWriter::new(anstream::AutoStream::auto(stdout));
        for hit in &found.hits {
            show(&mut out, hit)?;
        }
        let shown = found.hits.len() as u64;
        let rest = if shown < found.passages { format!("; the first {} are shown (--limit)", grouped(shown)) } else { String::new() };
        writeln!(out, "{} with {}{rest}", counted(found.passages, "passage"), arguments.query.trim())?;
        out.flush()?;
    }
    Ok(Outcome::Well)
}

fn show(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    let mut head: Vec<String> = Vec::new();
    head.extend(hit.year.map(|year| year.to_string()));
    head.extend(hit.area_name.clone());
    head.extend(hit.title.clone());
    if head.is_empty() {
        head.push(hit.document.clone());
    }
    let mut place: Vec<String> = hit.section.iter().cloned().collect();
    place.push(format!("{}, {}", hit.source.as_deref().unwrap_or(&hit.document), hit.place));
    writeln!(out, "{}", heading(&head.join(" ")))?;
    for line in wrap(&place.join(" · "), terminal_width().saturating_sub(2)) {
        writeln!(out, "  {}", dim(&line))?;
    }
    for line in wrap(&excerpt(hit), terminal_width().saturating_sub(2)) {
        writeln!(out, "  {}", marked(&line))?;
    }
    writeln!(out)
}

/// Stand in for the marks while lines are wrapped: they take no column.
const OPEN: char = '\u{200B}';
const CLOSE: char = '\u{200C}';

/// The passage around its first mark.
fn excerpt(hit: &Hit) -> String {
    let characters: Vec<char> = hit.text.chars().collect();
    let first = hit.marks.first().cloned().unwrap_or(0..0);
    let from = first.start.saturating_sub(AROUND);
    let to = (first.end + AROUND * 2).min(characters.len());
    let mut text = String::from(if from > 0 { "…" } else { "" });
    for (at, &c) in characters.iter().enumerate().take(to).skip(from) {
        if hit.marks.iter().any(|mark| mark.start == at) {
            text.push(OPEN);
        }
        text.push(c);
        if hit.marks.iter().any(|mark| mark.end == at + 1) {
            text.push(CLOSE);
        }
    }
    text + if to < characters.len() { "…" } else { "" }
}

/// A line with its marks set.
fn marked(line: &str) -> String {
    let mut out = String::new();
    for (number, part) in line.split(OPEN).enumerate() {
        match part.split_once(CLOSE) {
            Some((hit, rest)) if number > 0 => {
                out += &bold(&format!("[{hit}]"));
                out += rest;
            }
            _ => out += part,
        }
    }
    out
}
