//! `pledgebook reuse`: passages that stand in an earlier report.

use std::io::{self, Write};

use pledgebook_compare::Selection;
use pledgebook_compare::reuse::{Ask, Borrowed, Borrower, Origin, Unit, reuse};
use serde_json::{Value, json};

use super::args::ReuseArguments;
use super::rows::{self, Form, Row, rounded};
use super::select::areas_known;
use crate::layout::{Table, bold, dim, heading, shorten, terminal_width, wrap};
use crate::ledger::{counted, grouped, refused, threads};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ReuseArguments) -> io::Result<Outcome> {
    if let Err(error) = areas_known(&arguments.ledger, arguments.area.iter().chain(&arguments.from)) {
        return Ok(refused(&error));
    }
    let ask = Ask {
        selection: Selection::work_reports(),
        into: arguments.area.clone(),
        years: arguments.year.as_ref().map(|years| years.0.clone()),
        from: arguments.from.clone(),
        unit: if arguments.sentences { Unit::Sentence } else { Unit::Passage },
        at_least: arguments.at_least,
        threads: threads(arguments.threads),
    };
    let borrowers = match reuse(&arguments.ledger, &ask) {
        Ok(borrowers) => borrowers,
        Err(error) => return Ok(refused(&error)),
    };
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    match (arguments.format, arguments.passages) {
        (Form::Text, false) => table(&mut out, &borrowers, &ask)?,
        (Form::Text, true) => passages(&mut out, &borrowers)?,
        (form, false) => {
            let columns = [
                "document",
                "report",
                "area",
                "area_name",
                "year",
                "date",
                "source",
                "unit",
                "at_least",
                "texts",
                "borrowed",
                "characters",
                "borrowed_characters",
                "borrowed_share",
                "own_share",
                "nation_share",
                "other_share",
                "mean_lag",
            ];
            rows::write(&mut out, form, &columns.map(str::to_owned), borrowers.iter().map(|borrower| sums(borrower, &ask)))?;
        }
        (form, true) => {
            let columns = [
                "document",
                "report",
                "area",
                "area_name",
                "year",
                "date",
                "source",
                "passage",
                "role",
                "place",
                "characters",
                "from",
                "likeness",
                "lag",
                "source_report",
                "source_area_name",
                "source_year",
                "source_source",
                "source_place",
                "text",
                "source_text",
            ];
            let rows = borrowers.iter().flat_map(|borrower| borrower.borrowed.iter().map(move |borrowed| pair(borrower, borrowed)));
            rows::write(&mut out, form, &columns.map(str::to_owned), rows)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Well)
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

fn about(borrower: &Borrower) -> Row {
    match serde_json::to_value(&borrower.document) {
        Ok(Value::Object(row)) => row,
        _ => Row::new(),
    }
}

fn mean_lag(borrower: &Borrower) -> Option<f64> {
    let lags = borrower.borrowed.iter().map(|borrowed| f64::from(borrowed.lag));
    (!borrower.borrowed.is_empty()).then(|| lags.sum::<f64>() / borrower.borrowed.len() as f64)
}

fn sums(borrower: &Borrower, ask: &Ask) -> Row {
    let [own, nation, other] = borrower.by_source();
    let mut row = about(borrower);
    row.insert("unit".into(), json!(if ask.unit == Unit::Passage { "passage" } else { "sentence" }));
    row.insert("at_least".into(), json!(ask.at_least));
    row.insert("texts".into(), json!(borrower.texts));
    row.insert("borrowed".into(), json!(borrower.borrowed.len()));
    row.insert("characters".into(), json!(borrower.characters));
    row.insert("borrowed_characters".into(), json!(own + nation + other));
    for (name, part) in [("borrowed_share", own + nation + other), ("own_share", own), ("nation_share", nation), ("other_share", other)] {
        row.insert(name.into(), rounded(share(part, borrower.characters), 4));
    }
    row.insert("mean_lag".into(), mean_lag(borrower).map_or(Value::Null, |lag| rounded(lag, 2)));
    row
}

fn pair(borrower: &Borrower, borrowed: &Borrowed) -> Row {
    let mut row = about(borrower);
    if let Ok(Value::Object(more)) = serde_json::to_value(borrowed) {
        row.extend(more.into_iter().filter(|(name, _)| name != "source"));
    }
    row.insert("likeness".into(), rounded(borrowed.likeness, 4));
    row.insert("source_report".into(), json!(borrowed.source.report));
    row.insert("source_area_name".into(), json!(borrowed.source.area_name));
    row.insert("source_year".into(), json!(borrowed.source.year));
    row.insert("source_source".into(), json!(borrowed.source.source));
    row
}

fn table(out: &mut impl Write, borrowers: &[Borrower], ask: &Ask) -> io::Result<()> {
    let columns = terminal_width();
    let unit = if ask.unit == Unit::Passage { "passages" } else { "sentences" };
    writeln!(out, "{}", heading(&format!("{}{} that stand in an earlier report", unit[..1].to_uppercase(), &unit[1..])))?;
    let told = format!(
        "of {} letters or more, with a likeness of {} at least; percent of the characters of all such {unit}, by whom they are from; lag in years",
        ask.unit.shortest(),
        ask.at_least
    );
    for line in wrap(&told, columns) {
        writeln!(out, "{}", dim(&line))?;
    }
    writeln!(out)?;
    let head =
        [("Year", 4), ("Area", 16), (unit, 9), ("Taken", 6), ("% taken", 7), ("% own", 6), ("% nation", 8), ("% others", 8), ("Lag", 5)];
    let mut table = Table::new(columns, &head);
    for borrower in borrowers {
        let parts = borrower.by_source();
        let mut cells = vec![
            borrower.document.year.map_or_else(String::new, |year| year.to_string()),
            borrower.document.issuer().to_owned(),
            grouped(borrower.texts as u64),
            grouped(borrower.borrowed.len() as u64),
            format!("{:.1}", share(parts.iter().sum(), borrower.characters)),
        ];
        cells.extend(parts.map(|part| format!("{:.1}", share(part, borrower.characters))));
        cells.push(mean_lag(borrower).map_or_else(|| "—".to_owned(), |lag| format!("{lag:.1}")));
        table.row(cells);
    }
    table.lines(0).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn passages(out: &mut impl Write, borrowers: &[Borrower]) -> io::Result<()> {
    let columns = terminal_width();
    let mut number = 0;
    for borrower in borrowers.iter().filter(|borrower| !borrower.borrowed.is_empty()) {
        let year = borrower.document.year.map_or_else(String::new, |year| format!("{year} "));
        writeln!(out, "{}", heading(&format!("{year}{}", borrower.document.issuer())))?;
        for borrowed in &borrower.borrowed {
            number += 1;
            let source = &borrowed.source;
            let whose = match borrowed.from {
                Origin::Own => "its own report",
                Origin::Nation => "the nation's report",
                Origin::Other => source.issuer(),
            };
            let year = source.year.map_or_else(String::new, |year| year.to_string());
            let source = source.source.as_deref().unwrap_or_default();
            let led_back = format!("{} ← {whose} of {year}, {} · {source}", borrowed.place, borrowed.source_place);
            let likeness = bold(&format!("{:.2}", borrowed.likeness));
            writeln!(out, "  {likeness} {}", dim(&shorten(&led_back, columns.saturating_sub(8))))?;
            for (sign, text) in [('+', &borrowed.text), ('-', &borrowed.source_text)] {
                if sign == '-' && text == &borrowed.text {
                    writeln!(out, "    {}", dim("the same"))?;
                    continue;
                }
                for (at, line) in wrap(text, columns - 6).iter().enumerate() {
                    writeln!(out, "  {} {line}", if at == 0 { sign } else { ' ' })?;
                }
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", counted(number, "text"))
}
