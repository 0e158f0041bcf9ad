//! `pledgebook trace`: every use of a phrase, from the first on.

use std::io::{self, Write};

use pledgebook_compare::search::Query;
use pledgebook_compare::trace::{Issuer, Passage, Trace, Use, trace};
use pledgebook_ledger::{LedgerError, open_for_reading};
use serde_json::{Value, json};

use super::args::TraceArguments;
use super::marked::{excerpt, shown};
use super::rows::{self, Form, Row};
use super::select::areas_known;
use super::year_list;
use crate::layout::{Table, bold, dim, heading, shorten, terminal_width, width, wrap};
use crate::ledger::{counted, grouped, misused, refused};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &TraceArguments) -> io::Result<Outcome> {
    let Ok(phrase) = Query::phrase(&arguments.phrase) else {
        return Ok(misused(&"the phrase is empty: give one character or more"));
    };
    let selection = arguments.select.selection(arguments.year.as_ref());
    if let Err(error) = areas_known(&arguments.ledger, &arguments.select.area) {
        return Ok(refused(&error));
    }
    let traced = open_for_reading(&arguments.ledger)
        .and_then(|db| trace(&db, &phrase, &selection).map_err(|e| LedgerError::of(&arguments.ledger, e)));
    let traced = match traced {
        Ok(traced) => traced,
        Err(error) => return Ok(refused(&error)),
    };
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    match arguments.format {
        Form::Text => text(&mut out, &traced, arguments)?,
        Form::Json => {
            let line = json!({ "phrase": arguments.phrase, "uses": traced.uses, "issuers": traced.issuers });
            writeln!(out, "{line}")?;
        }
        Form::Csv => csv(&mut out, &traced, &arguments.phrase)?,
    }
    out.flush()?;
    Ok(Outcome::Well)
}

fn csv(out: &mut impl Write, traced: &Trace, phrase: &str) -> io::Result<()> {
    let columns = [
        "phrase",
        "document",
        "report",
        "area",
        "area_name",
        "year",
        "date",
        "kind",
        "edition",
        "source",
        "passage",
        "role",
        "section",
        "place",
        "places",
        "text",
    ];
    let rows = traced.uses.iter().flat_map(|used| used.passages.iter().map(move |passage| (used, passage))).map(|(used, passage)| {
        let mut row = match serde_json::to_value(&used.document) {
            Ok(Value::Object(row)) => row,
            _ => Row::new(),
        };
        row.insert("phrase".into(), json!(phrase));
        row.insert("passage".into(), json!(passage.passage));
        row.insert("role".into(), json!(passage.role));
        row.insert("section".into(), json!(passage.section));
        row.insert("place".into(), json!(passage.place));
        row.insert("places".into(), json!(passage.marks.len()));
        row.insert("text".into(), json!(passage.text));
        row
    });
    rows::write(out, Form::Csv, &columns.map(str::to_owned), rows)
}

fn text(out: &mut impl Write, traced: &Trace, arguments: &TraceArguments) -> io::Result<()> {
    let columns = terminal_width();
    let phrase = arguments.phrase.trim();
    let places: usize = traced.uses.iter().map(|used| used.places).sum();
    let reports: usize = traced.issuers.iter().map(|issuer| issuer.years.len()).sum();
    let told = match traced.uses.len() {
        0 => format!("in none of {}", counted(reports as u64, "report")),
        many => format!("{} in {} of {}", counted(places as u64, "place"), grouped(many as u64), counted(reports as u64, "report")),
    };
    writeln!(out, "{} {told}", heading(phrase))?;
    if let Some(first) = traced.uses.first() {
        writeln!(out, "\n{}", heading("First use"))?;
        for line in first_use(first, traced).iter().flat_map(|line| wrap(line, columns - 2)) {
            writeln!(out, "  {line}")?;
        }
        if !arguments.passages {
            first.passages.iter().take(1).try_for_each(|passage| quote(out, passage, columns))?;
        }
    }
    chart(out, traced, columns)?;
    issuers(out, traced, columns)?;
    if arguments.passages {
        for used in &traced.uses {
            let year = used.document.year.map_or_else(String::new, |year| format!("{year} "));
            let head = format!("{year}{}", used.document.issuer());
            let source = shorten(used.document.source.as_deref().unwrap_or_default(), columns.saturating_sub(width(&head) + 2));
            writeln!(out, "\n{}  {}", heading(&head), dim(&source))?;
            used.passages.iter().try_for_each(|passage| quote(out, passage, columns))?;
        }
    }
    Ok(())
}

fn first_use(first: &Use, traced: &Trace) -> Vec<String> {
    let issuer = traced.issuers.iter().find(|issuer| issuer.area == first.document.area);
    let date = first.document.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
    let year = first.document.year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    let mut lines = vec![format!("{year} {}{date} · {}", first.document.issuer(), first.document.source.as_deref().unwrap_or_default())];
    if let Some(issuer) = issuer {
        lines.push(match (issuer.first, issuer.years.first()) {
            (Some(first), Some(&start)) if first == start => "This is the first report of this issuer that the ledger has.".to_owned(),
            (Some(first), _) if issuer.maybe_earlier.is_empty() => {
                format!("The report of the year before, {}, does not have it.", first - 1)
            }
            _ => format!(
                "The ledger has no report of this issuer for {}: it may have been used there first.",
                year_list(issuer.maybe_earlier.iter().copied().collect::<std::collections::BTreeSet<_>>())
            ),
        });
    }
    lines
}

/// A bar for every year from the first report to the last.
fn chart(out: &mut impl Write, traced: &Trace, columns: usize) -> io::Result<()> {
    let years = traced.by_year();
    let (Some((&from, _)), Some((&to, _))) = (years.first_key_value(), years.last_key_value()) else { return Ok(()) };
    writeln!(out, "\n{}", heading("By year"))?;
    writeln!(out, "  {}", dim("Year  Reports with it  Places"))?;
    let most = years.values().map(|&(.., places)| places).max().unwrap_or(0);
    let room = columns.saturating_sub(34);
    // Before the first use a line a year says nothing.
    let first = years.iter().find(|(_, counts)| counts.2 > 0).map_or(to, |(&year, _)| year);
    let quiet = years.range(from..first).count();
    if quiet > 0 {
        let last = years.range(from..first).next_back().map_or(from, |(&year, _)| year);
        let span = if from == last { from.to_string() } else { format!("{from}–{last}") };
        writeln!(out, "  {}", dim(&format!("{span}: in none of {} with a report", counted(quiet as u64, "year"))))?;
    }
    for year in first..=to {
        match years.get(&year) {
            None => writeln!(out, "  {year}  {}", dim("no report in the ledger"))?,
            Some(&(with, all, places)) => {
                let share = format!("{with} of {all}");
                let bar = "█".repeat(if places == 0 { 0 } else { (places * room / most.max(1)).max(1) });
                writeln!(
                    out,
                    "  {year}  {}{share}  {:>6}  {}",
                    " ".repeat(15usize.saturating_sub(width(&share))),
                    grouped(places as u64),
                    bold(&bar)
                )?;
            }
        }
    }
    Ok(())
}

fn issuers(out: &mut impl Write, traced: &Trace, columns: usize) -> io::Result<()> {
    writeln!(out, "\n{}", heading("By issuer"))?;
    let mut table =
        Table::new(columns, &[("Issuer", 20), ("First", 6), ("Reports", 9), ("Places", 7), ("Years the ledger lacks", columns)]);
    let mut sorted: Vec<&Issuer> = traced.issuers.iter().collect();
    sorted.sort_by_key(|issuer| issuer.first.unwrap_or(i16::MAX));
    for issuer in sorted {
        let uses: Vec<&Use> = traced.uses.iter().filter(|used| used.document.area == issuer.area).collect();
        let lacking = match (issuer.years.first(), issuer.years.last()) {
            (Some(from), Some(to)) if issuer.lacking.is_empty() => dim_none(*from, *to),
            (Some(from), Some(to)) => format!("{} of {from}–{to}", year_list(issuer.lacking.iter().copied())),
            _ => String::new(),
        };
        table.row(vec![
            issuer.name.clone(),
            issuer.first.map_or_else(|| "—".to_owned(), |year| year.to_string()),
            format!("{} of {}", uses.len(), issuer.years.len()),
            grouped(uses.iter().map(|used| used.places as u64).sum()),
            lacking,
        ]);
    }
    table.lines(2).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn dim_none(from: i16, to: i16) -> String {
    if from == to { format!("has {from} only") } else { format!("none of {from}–{to}") }
}

fn quote(out: &mut impl Write, passage: &Passage, columns: usize) -> io::Result<()> {
    let section = passage.section.as_ref().map_or_else(String::new, |title| format!(" · {title}"));
    for line in wrap(&format!("{}{section}", passage.place), columns - 2) {
        writeln!(out, "  {}", dim(&line))?;
    }
    shown(&wrap(&excerpt(&passage.text, &passage.marks), columns - 2)).iter().try_for_each(|line| writeln!(out, "  {line}"))
}
