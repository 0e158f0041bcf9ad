//! `pledgebook coherence`: numbers that cannot stand together.

use std::io;

use pledgebook_reconcile::coherence::{Incoherence, incoherences};

use super::args::PartArguments;
use super::{Question, as_json, as_text, phrases};
use crate::args::Format;
use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::layout::{bold, dim, heading, wrap};
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command. What it finds is a finding, not a failure.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &PartArguments) -> io::Result<Outcome> {
    let part = &arguments.part;
    let Some(question) = Question::of(part) else { return Ok(Outcome::SomeFailed) };
    let found = match incoherences(&part.ledger, &question.db, &question.asked) {
        Ok(found) => found,
        Err(error) => return Ok(refused(&error)),
    };
    match part.format {
        Format::Json => as_json(&found),
        Format::Text => as_text(&text(&found, part.look.view(&question.lexicon))),
    }
}

fn text(found: &[Incoherence], view: View) -> Vec<String> {
    let words = &LABELS.reconcile;
    if found.is_empty() {
        return vec![words.none.get(view.language).to_owned()];
    }
    let mut text = Vec::new();
    for area in found.chunk_by(|a, b| a.area == b.area) {
        text.push(heading(area[0].area_name.as_deref().unwrap_or(&area[0].area)));
        for one in area {
            let kind = phrases::term(&LABELS.incoherence, one.kind.as_str(), view);
            let difference = fill(words.difference.get(view.language), &[&phrases::signed(one.difference)]);
            let subject = phrases::name(&one.subject, view.lexicon, view);
            text.extend(
                wrap(&format!("{subject} {}: {kind} ({difference})", one.period), view.columns - 2)
                    .iter()
                    .map(|line| format!("  {}", bold(line))),
            );
            // The parts of a structure stand in one clause.
            for told in one.figures.chunk_by(|a, b| (&a.quote, &a.place) == (&b.quote, &b.place)) {
                let raws = told.iter().map(|figure| figure.raw.as_str()).collect::<Vec<_>>().join(", ");
                let lines = wrap(&format!("{raws}  {}", told[0].quote), view.columns - 4);
                text.extend(lines.iter().map(|line| format!("    {line}")));
                text.push(format!("    {}", dim(&format!("{}, {}", told[0].report, told[0].place))));
            }
        }
        text.push(String::new());
    }
    text.push(fill(words.rows.get(view.language), &[&found.len().to_string()]));
    text
}
