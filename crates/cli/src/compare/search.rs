//! `pledgebook search`: passages that answer a query, what was found in them marked.

use std::io::{self, Write};

use pledgebook_compare::search::{Query, count, page};
use pledgebook_ledger::{Hit, LedgerError, open_for_reading};

use super::args::SearchArguments;
use super::marked::{excerpt, shown};
use super::select::areas_known;
use crate::args::Format;
use crate::layout::{dim, heading, terminal_width, wrap};
use crate::ledger::{counted, grouped, misused, refused};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &SearchArguments) -> io::Result<Outcome> {
    let query: Query = match arguments.query.parse() {
        Ok(query) => query,
        Err(error) => return Ok(misused(&error)),
    };
    let mut selection = arguments.select.selection(arguments.year.as_ref());
    selection.roles.clone_from(&arguments.role);
    let of_ledger = |e| LedgerError::of(&arguments.ledger, e);
    let db = match open_for_reading(&arguments.ledger) {
        Ok(db) => db,
        Err(error) => return Ok(refused(&error)),
    };
    if let Err(error) = areas_known(&arguments.ledger, &arguments.select.area) {
        return Ok(refused(&error));
    }
    let hits = match page(&db, &query, &selection, arguments.limit).map_err(of_ledger) {
        Ok(hits) => hits,
        Err(error) => return Ok(refused(&error)),
    };
    let stdout = io::stdout().lock();
    if arguments.format == Format::Json {
        let mut out = io::BufWriter::new(stdout);
        for hit in &hits {
            serde_json::to_writer(&mut out, hit)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        return Ok(Outcome::Well);
    }
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(stdout));
    for hit in &hits {
        show(&mut out, hit)?;
    }
    // The passages stand before they are all counted.
    out.flush()?;
    let shown = hits.len() as u64;
    let passages = match hits.len() < arguments.limit {
        true => Ok(shown),
        false => count(&db, &query, &selection).map_err(of_ledger),
    };
    match passages {
        Ok(passages) => {
            let rest = if shown < passages { format!("; the first {} are shown (--limit)", grouped(shown)) } else { String::new() };
            writeln!(out, "{} with {}{rest}", counted(passages, "passage"), arguments.query.trim())?;
            out.flush()?;
            Ok(Outcome::Well)
        }
        Err(error) => Ok(refused(&error)),
    }
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
    for line in shown(&wrap(&excerpt(&hit.text, &hit.marks), terminal_width().saturating_sub(2))) {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)
}
