//! `pledgebook verdicts`: goals and what became of them, report by report.

use std::io;

use pledgebook_lexicon::{Lexicon, Verdict};
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::lines::{GoalLine, Tally, goal_lines};

use super::args::VerdictsArguments;
use super::{Question, as_json, as_text, phrases, tally};
use crate::args::Format;
use crate::card::View;
use crate::labels::LABELS;
use crate::layout::{Table, heading};
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &VerdictsArguments) -> io::Result<Outcome> {
    let Some(question) = Question::of(&arguments.part) else { return Ok(Outcome::SomeFailed) };
    let asked = Asked { verdict: arguments.verdict, elsewhere: arguments.elsewhere, ..question.asked };
    let lines = match goal_lines(&arguments.part.ledger, &question.db, &asked) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    match arguments.part.format {
        Format::Json => as_json(&lines),
        Format::Text => as_text(&text(&lines, &question.lexicon, arguments.part.look.view(&question.lexicon))),
    }
}

fn text(lines: &[GoalLine], lexicon: &Lexicon, view: View) -> Vec<String> {
    if lines.is_empty() {
        return vec![LABELS.reconcile.none.get(view.language).to_owned()];
    }
    let mut text = Vec::new();
    for report in lines.chunk_by(|a, b| (&a.area, a.year) == (&b.area, b.year)) {
        let first = &report[0];
        text.push(heading(&format!("{} {}", first.area_name.as_deref().unwrap_or(&first.area), first.year)));
        text.extend(goals(report, lexicon, view).lines(2));
        text.push(String::new());
    }
    text.extend(crate::layout::wrap(&tally(Tally::of(lines), view), view.columns));
    let counts = Verdict::ALL.iter().filter_map(|verdict| {
        let number = lines.iter().filter(|line| line.verdict == verdict.as_str()).count();
        (number > 0).then(|| format!("{} {number}", phrases::term(&LABELS.verdict, verdict.as_str(), view)))
    });
    text.extend(crate::layout::wrap(&counts.collect::<Vec<_>>().join(" · "), view.columns));
    text
}

/// The goals of one report; on a wide terminal with the words of the outcome.
fn goals(report: &[GoalLine], lexicon: &Lexicon, view: View) -> Table {
    let words = &LABELS.reconcile;
    let is_wide = view.columns >= 116;
    let (name, goal, result, verdict) = match view.columns {
        0..100 => (20, 18, 14, usize::MAX),
        100..116 => (26, 24, 16, usize::MAX),
        _ => (26, 24, 16, 24),
    };
    let mut columns = vec![
        (words.indicator.get(view.language), name),
        (words.goal.get(view.language), goal),
        (words.result.get(view.language), result),
        (words.verdict.get(view.language), verdict),
    ];
    if is_wide {
        columns.push((words.words.get(view.language), usize::MAX));
    }
    let mut table = Table::new(view.columns, &columns);
    for line in report {
        let mut cells = vec![
            phrases::subject(line, lexicon, view),
            phrases::goal(line, lexicon, view),
            phrases::result(line, view),
            phrases::verdict(&line.verdict, &line.verdict_strict, line.margin, line.unit.as_deref(), &line.flags, view),
        ];
        if is_wide {
            cells.push(line.outcome_quote.clone().unwrap_or_default());
        }
        table.row(cells);
    }
    table
}
