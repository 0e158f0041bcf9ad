//! `pledgebook panel`: goals beside outcomes, the year before and the level above; and how many could be judged.

use std::io;

use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::panel_lines::{PanelLine, coverage, panel_lines};

use super::args::PanelArguments;
use super::{Question, as_json, as_text, percent, phrases};
use crate::args::Format;
use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::layout::{Table, heading};
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &PanelArguments) -> io::Result<Outcome> {
    let Some(question) = Question::of(&arguments.part) else { return Ok(Outcome::SomeFailed) };
    let asked = Asked { verdict: arguments.verdict, ..question.asked };
    let lines = match panel_lines(&arguments.part.ledger, &question.db, &asked) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    match arguments.part.format {
        Format::Json => as_json(&lines),
        Format::Text => as_text(&text(&lines, &question.lexicon, arguments.part.look.view(&question.lexicon))),
    }
}

fn text(lines: &[PanelLine], lexicon: &Lexicon, view: View) -> Vec<String> {
    let words = &LABELS.reconcile;
    if lines.is_empty() {
        return vec![words.none.get(view.language).to_owned()];
    }
    let is_wide = view.columns >= 100;
    let mut text = Vec::new();
    for report in lines.chunk_by(|a, b| (&a.area, a.year) == (&b.area, b.year)) {
        let first = &report[0];
        text.push(heading(&format!("{} {}", first.area_name.as_deref().unwrap_or(&first.area), first.year)));
        let mut columns = vec![
            (words.indicator.get(view.language), if is_wide { 24 } else { 18 }),
            (words.goal.get(view.language), if is_wide { 20 } else { 16 }),
            (words.last_goal.get(view.language), 10),
            (words.result.get(view.language), if is_wide { 16 } else { 12 }),
            (words.verdict.get(view.language), if is_wide { 22 } else { usize::MAX }),
        ];
        if is_wide {
            columns.push((words.change.get(view.language), usize::MAX));
        }
        let mut table = Table::new(view.columns, &columns);
        // GDP first, as the lexicon has it; what the ledger sorts by is the id.
        let mut report: Vec<&PanelLine> = report.iter().collect();
        report.sort_by_key(|line| lexicon.indicators().iter().position(|known| known.id == line.indicator).unwrap_or(usize::MAX));
        for line in report {
            table.row(cells(line, lexicon, view, is_wide));
        }
        text.extend(table.lines(2));
        text.push(String::new());
    }
    text.push(fill(words.rows.get(view.language), &[&lines.len().to_string()]));
    text.push(String::new());
    text.push(heading(words.coverage.get(view.language)));
    text.extend(rates(lines, lexicon, view).lines(2));
    text
}

fn cells(line: &PanelLine, lexicon: &Lexicon, view: View, is_wide: bool) -> Vec<String> {
    let before =
        phrases::panel_number(line.goal_last_year, line.goal_last_year, line.goal_unit.as_deref(), Some("exact"), &line.measure, view);
    let verdict = phrases::panel_verdict(line, view);
    let mut cells = vec![
        phrases::name(&line.indicator, lexicon, view),
        phrases::panel_goal(line, lexicon, view),
        before.unwrap_or_else(|| "—".to_owned()),
        phrases::panel_outcome(line, view),
        verdict,
    ];
    if is_wide {
        let change = line.wording_change.as_deref().map_or_else(String::new, |word| phrases::term(&LABELS.wording_change, word, view));
        let by = line.goal_change.filter(|&change| change != 0.0).map(phrases::signed);
        cells.push([Some(change).filter(|change| !change.is_empty()), by].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    cells
}

/// Coverage stands beside every rate of kept goals.
fn rates(lines: &[PanelLine], lexicon: &Lexicon, view: View) -> Table {
    let words = &LABELS.reconcile;
    let mut table = Table::new(
        view.columns,
        &[
            (words.year.get(view.language), 6),
            (words.indicator.get(view.language), 36),
            (words.goals.get(view.language), 8),
            (words.judged.get(view.language), 12),
            (words.kept.get(view.language), 12),
        ],
    );
    for one in coverage(lines) {
        table.row(vec![
            one.year.to_string(),
            phrases::name(&one.indicator, lexicon, view),
            one.goals.to_string(),
            format!("{} ({})", one.judged, percent(one.judged, one.goals)),
            format!("{} ({})", one.kept, percent(one.kept, one.judged)),
        ]);
    }
    table
}
