//! `pledgebook diff`: two reports side by side.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};
use pledgebook_compare::diff::{self, Diff, Part, PartKind, Passage, Side, Step, StepKind};
use pledgebook_ledger::{LedgerError, open_for_reading};
use pledgebook_lexicon::DocumentKind;

use super::args::{DiffArguments, DiffForm};
use super::report::find_report;
use crate::input::Reader;
use crate::layout::{Table, bold, dim, green, heading, red, shorten, terminal_width, warm, wrap};
use crate::ledger::refused;
use crate::lexicon;
use crate::outcome::{Outcome, complain};

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &DiffArguments) -> io::Result<Outcome> {
    let sides = match &arguments.ledger {
        Some(ledger) => [&arguments.a, &arguments.b].map(|report| in_ledger(ledger, report)),
        None => {
            let reader = match lexicon::load(arguments.lexicon.as_deref()) {
                Ok(lexicon) => Reader::new(lexicon),
                Err(mistake) => {
                    complain(&"lexicon", &mistake);
                    return Ok(Outcome::SomeFailed);
                }
            };
            [&arguments.a, &arguments.b].map(|file| in_file(&reader, Path::new(file)))
        }
    };
    let (a, b) = match sides {
        [Ok(a), Ok(b)] => (a, b),
        [a, b] => {
            for error in [a.err(), b.err()].into_iter().flatten() {
                let _ = refused(&format!("{error:#}"));
            }
            return Ok(Outcome::SomeFailed);
        }
    };
    let diff = diff::diff(a, b);
    let stdout = io::stdout().lock();
    match arguments.format {
        DiffForm::Text => {
            let mut out = io::BufWriter::new(anstream::AutoStream::auto(stdout));
            text(&mut out, &diff, arguments.all)?;
            out.flush()?;
        }
        DiffForm::Html => {
            let mut out = stdout;
            out.write_all(diff::page(&diff).as_bytes())?;
        }
        DiffForm::Json => {
            let mut out = io::BufWriter::new(stdout);
            serde_json::to_writer(&mut out, &diff)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
    Ok(Outcome::Well)
}

fn in_ledger(ledger: &Path, asked: &str) -> anyhow::Result<Side> {
    let db = open_for_reading(ledger)?;
    let document = find_report(&db, ledger, asked)?;
    Ok(Side::in_ledger(&db, &document).map_err(|e| LedgerError::of(ledger, e))?)
}

fn in_file(reader: &Reader, path: &Path) -> anyhow::Result<Side> {
    let mut read = reader.read_file(path)?;
    if let Some(error) = std::mem::take(&mut read.failed).into_iter().next() {
        return Err(error.into());
    }
    let name = path.display().to_string();
    let mut reports: Vec<_> = read.both().filter(|(document, _)| document.meta.kind != Some(DocumentKind::Resolution)).collect();
    if reports.len() > 1 {
        let work_reports = reports.iter().filter(|(document, _)| document.meta.kind == Some(DocumentKind::WorkReport)).count();
        if work_reports == 1 {
            reports.retain(|(document, _)| document.meta.kind == Some(DocumentKind::WorkReport));
        } else {
            bail!("{name}: it holds {} documents; build a ledger from it and name two reports with --ledger", reports.len());
        }
    }
    let (document, reading) = reports
        .first()
        .or(read.both().collect::<Vec<_>>().first())
        .copied()
        .with_context(|| format!("{name}: there is no document in it"))?;
    Ok(Side::of(document, reading, &name))
}

fn text(out: &mut impl Write, diff: &Diff, all: bool) -> io::Result<()> {
    let columns = terminal_width();
    for line in wrap(&format!("{} → {}", diff.a.name, diff.b.name), columns) {
        writeln!(out, "{}", heading(&line))?;
    }
    let tally = diff.tally();
    let told = format!(
        "{} the same, {} changed, {} new, {} dropped; {} of them moved. [-gone-] is in the first only, {{+come+}} in the second only.",
        tally.same, tally.changed, tally.new, tally.dropped, tally.moved
    );
    for line in wrap(&told, columns) {
        writeln!(out, "{}", dim(&line))?;
    }
    if !diff.pledges.is_empty() {
        writeln!(out, "\n{}", heading("Headline pledges"))?;
        let half = columns.saturating_sub(20) / 2;
        let year = |side: &Side| side.year.map_or_else(|| side.name.clone(), |year| year.to_string());
        let (from, to) = (year(&diff.a), year(&diff.b));
        let mut table = Table::new(columns, &[("", 18), (&from, half), (&to, half)]);
        for step in &diff.pledges {
            let words: Vec<&str> = step.changes.iter().map(|change| change.as_str()).collect();
            let quote = |pledge: Option<&diff::Pledge>| pledge.map_or_else(|| "—".to_owned(), |pledge| pledge.quote.clone());
            table.row(vec![
                if words.is_empty() { "the same".to_owned() } else { words.join(", ") },
                quote(step.a.map(|at| &diff.a.pledges[at])),
                quote(step.b.map(|at| &diff.b.pledges[at])),
            ]);
        }
        for line in table.lines(2) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\n{}", heading("Passages"))?;
    let is_quiet = |step: &Step| step.kind == StepKind::Same && !step.moved;
    for run in diff.steps.chunk_by(|x, y| is_quiet(x) && is_quiet(y)) {
        if is_quiet(&run[0]) && !all {
            let many = if run.len() == 1 { "1 passage the same".to_owned() } else { format!("{} passages the same", run.len()) };
            writeln!(out, "\n  {}", dim(&format!("= {many}")))?;
        } else {
            run.iter().try_for_each(|step| passage(out, diff, step, columns))?;
        }
    }
    Ok(())
}

fn passage(out: &mut impl Write, diff: &Diff, step: &Step, columns: usize) -> io::Result<()> {
    let old = step.a.map(|at| &diff.a.passages[at]);
    let new = step.b.map(|at| &diff.b.passages[at]);
    let Some(shown) = new.or(old) else { return Ok(()) };
    let word = match step.kind {
        StepKind::Same => bold("= the same"),
        StepKind::Changed => warm("~ changed"),
        StepKind::New => green("+ new"),
        StepKind::Dropped => red("- dropped"),
    };
    let moved = if step.moved { ", moved" } else { "" };
    let places = [old, new].into_iter().flatten().map(|passage| passage.place.as_str()).collect::<Vec<_>>().join(" → ");
    let section = shown.section.as_deref().filter(|_| !shown.heading).map_or_else(String::new, |title| format!(" · {title}"));
    let about = shorten(&format!("{moved} · {places}{section}"), columns.saturating_sub(10));
    writeln!(out, "\n{word}{}", dim(&about))?;
    let lines = match step.kind {
        StepKind::Changed => parts(&step.parts, columns - 2),
        StepKind::Same => wrap(&shown.text, columns - 2),
        StepKind::New => whole(shown, columns, green),
        StepKind::Dropped => whole(shown, columns, red),
    };
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn whole(passage: &Passage, columns: usize, colour: fn(&str) -> String) -> Vec<String> {
    wrap(&passage.text, columns - 2).iter().map(|line| colour(line)).collect()
}

/// The lines of a changed passage, marks and colours set.
fn parts(parts: &[Part], columns: usize) -> Vec<String> {
    let text: String = parts
        .iter()
        .map(|part| match part.kind {
            PartKind::Same => part.text.clone(),
            PartKind::Gone => format!("[-{}-]", part.text),
            PartKind::Come => format!("{{+{}+}}", part.text),
        })
        .collect();
    // A colour ends with its line and goes on in the next.
    let mut inside: Option<fn(&str) -> String> = None;
    let mut lines = Vec::new();
    for line in wrap(&text, columns) {
        let (mut shown, mut plain) = (String::new(), String::new());
        let mut rest = line.as_str();
        while !rest.is_empty() {
            let opening: Option<fn(&str) -> String> = match rest.get(..2) {
                Some("[-") => Some(red),
                Some("{+") => Some(green),
                _ => None,
            };
            if inside.is_none() && opening.is_some() {
                shown += &plain;
                plain = rest[..2].to_owned();
                (inside, rest) = (opening, &rest[2..]);
            } else if inside.is_some() && (rest.starts_with("-]") || rest.starts_with("+}")) {
                plain += &rest[..2];
                shown += &inside.take().map_or_else(|| plain.clone(), |colour| colour(&plain));
                plain.clear();
                rest = &rest[2..];
            } else {
                let next = rest.chars().next().map_or(rest.len(), char::len_utf8);
                plain += &rest[..next];
                rest = &rest[next..];
            }
        }
        shown += &inside.map_or_else(|| plain.clone(), |colour| colour(&plain));
        lines.push(shown);
    }
    lines
}
