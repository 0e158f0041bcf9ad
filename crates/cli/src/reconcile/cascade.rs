//! `pledgebook cascade`: each goal beside that of the level above and of the year before (层层加码).

use std::io;

use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::panel_lines::{PanelLine, panel_lines};

use super::args::PartArguments;
use super::{Question, as_json, as_text, phrases};
use crate::args::Format;
use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::layout::{Table, heading, wrap};
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &PartArguments) -> io::Result<Outcome> {
    let part = &arguments.part;
    let Some(question) = Question::of(part) else { return Ok(Outcome::SomeFailed) };
    let mut lines = match panel_lines(&part.ledger, &question.db, &question.asked) {
        Ok(lines) => lines,
        Err(error) => return Ok(refused(&error)),
    };
    lines.retain(|line| line.goal_low.is_some());
    // Indicator by indicator, year by year; within, the order of areas stays.
    lines.sort_by(|a, b| (&a.indicator, &a.measure, a.year).cmp(&(&b.indicator, &b.measure, b.year)));
    match part.format {
        Format::Json => as_json(&lines),
        Format::Text => as_text(&text(&lines, &question.lexicon, part.look.view(&question.lexicon))),
    }
}

fn text(lines: &[PanelLine], lexicon: &Lexicon, view: View) -> Vec<String> {
    let words = &LABELS.reconcile;
    if lines.is_empty() {
        return vec![words.none.get(view.language).to_owned()];
    }
    let mut text = Vec::new();
    for group in lines.chunk_by(|a, b| (&a.indicator, &a.measure, a.year) == (&b.indicator, &b.measure, b.year)) {
        text.push(heading(&format!("{} {}", phrases::name(&group[0].indicator, lexicon, view), group[0].year)));
        text.extend(levels(group, lexicon, view).lines(2));
        text.extend(wrap(&amplified(group, view), view.columns - 2).iter().map(|line| format!("  {line}")));
        text.push(String::new());
    }
    text.pop();
    text
}

/// The areas, a dash for each level above.
fn levels(group: &[PanelLine], lexicon: &Lexicon, view: View) -> Table {
    let words = &LABELS.reconcile;
    let is_wide = view.columns >= 100;
    let mut columns = vec![
        (words.area.get(view.language), if is_wide { 26 } else { 20 }),
        (words.goal.get(view.language), if is_wide { 20 } else { 16 }),
        (words.above.get(view.language), 11),
        (words.amplification.get(view.language), 6),
        (words.last_goal.get(view.language), 11),
    ];
    if is_wide {
        columns.push((words.change.get(view.language), 10));
        columns.push((words.verdict.get(view.language), usize::MAX));
    }
    let mut table = Table::new(view.columns, &columns);
    for line in group {
        let depth = match line.level.as_deref() {
            Some("nation") => 0,
            Some("province") => 1,
            Some("prefecture") => 2,
            _ => 3,
        };
        let number = |low, high| phrases::panel_number(low, high, line.goal_unit.as_deref(), Some("exact"), &line.measure, view);
        let dash = || "—".to_owned();
        let mut cells = vec![
            format!("{}{}", "– ".repeat(depth), line.area_name.as_deref().unwrap_or(&line.area)),
            phrases::panel_goal(line, lexicon, view),
            number(line.parent_goal_low, line.parent_goal_high).unwrap_or_else(dash),
            line.amplification.map_or_else(dash, phrases::signed),
            number(line.goal_last_year, line.goal_last_year).unwrap_or_else(dash),
        ];
        if is_wide {
            cells.push(line.wording_change.as_deref().map_or_else(dash, |word| phrases::term(&LABELS.wording_change, word, view)));
            cells.push(phrases::panel_verdict(line, view));
        }
        table.row(cells);
    }
    table
}

/// How many areas set more than the level above.
fn amplified(group: &[PanelLine], view: View) -> String {
    let words = &LABELS.reconcile;
    let added: Vec<f64> = group.iter().filter_map(|line| line.amplification).collect();
    if added.is_empty() {
        return words.no_above.get(view.language).to_owned();
    }
    let count = |is: fn(f64) -> bool| added.iter().filter(|&&by| is(by)).count().to_string();
    let mean = (added.iter().sum::<f64>() / added.len() as f64 * 100.0).round() / 100.0;
    let mean = fill(words.points.get(view.language), &[&phrases::signed(mean)]);
    let (more, same, less) = (count(|by| by > 0.0), count(|by| by == 0.0), count(|by| by < 0.0));
    fill(words.amplified.get(view.language), &[&more, &added.len().to_string(), &same, &less, &mean])
}
