//! `pledgebook account`: one report's goals: said, did, claims it did, and what became of each in the next report.

use std::io;

use pledgebook_ledger::Connection;
use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::account::{Account, account};
use pledgebook_reconcile::asked::{self, AskedError};

use super::args::ReportArguments;
use super::{as_json, as_text, open, phrases, tally};
use crate::args::Format;
use crate::card::View;
use crate::labels::{LABELS, fill};
use crate::layout::{Table, bold, heading, wrap};
use crate::ledger::refused;
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ReportArguments) -> io::Result<Outcome> {
    let lexicon = Lexicon::builtin();
    let Some(db) = open(&arguments.ledger) else { return Ok(Outcome::SomeFailed) };
    let held = match held(arguments, &db, &lexicon) {
        Ok(held) => held,
        Err(error) => return Ok(refused(&error)),
    };
    match arguments.format {
        Format::Json => as_json(&[held]),
        Format::Text => as_text(&text(&held, &lexicon, arguments.look.view(&lexicon))),
    }
}

fn held(arguments: &ReportArguments, db: &Connection, lexicon: &Lexicon) -> Result<Account, AskedError> {
    let area = asked::area(&arguments.ledger, db, &arguments.area)?;
    asked::report(&arguments.ledger, db, &area, arguments.year)?;
    Ok(account(&arguments.ledger, db, lexicon, &area, arguments.year)?)
}

fn text(held: &Account, lexicon: &Lexicon, view: View) -> Vec<String> {
    let (words, language) = (&LABELS.reconcile, view.language);
    let area = held.area_name.as_deref().unwrap_or(&held.area);
    let mut text = vec![bold(&fill(words.account.get(language), &[area, &held.year.to_string()])), String::new()];
    let is_wide = view.columns >= 100;
    let (name, goal, result, verdict, claim) = if is_wide { (24, 22, 16, 24, 14) } else { (14, 14, 12, 16, 10) };
    let mut table = Table::new(
        view.columns,
        &[
            (words.indicator.get(language), name),
            (words.goal.get(language), goal),
            (words.result.get(language), result),
            (words.verdict.get(language), verdict),
            (words.claim.get(language), claim),
            (words.next.get(language), usize::MAX),
        ],
    );
    for line in &held.goals {
        let goal = &line.goal;
        table.row(vec![
            phrases::subject(goal, lexicon, view),
            phrases::goal(goal, lexicon, view),
            phrases::result(goal, view),
            phrases::verdict(&goal.verdict, &goal.verdict_strict, goal.margin, goal.unit.as_deref(), &goal.flags, view),
            goal.claimed.as_deref().map_or_else(|| "—".to_owned(), |word| phrases::term(&LABELS.claimed, word, view)),
            line.next.map_or_else(|| "—".to_owned(), |next| phrases::term(&LABELS.next, next.as_str(), view)),
        ]);
    }
    text.extend(table.lines(2));
    text.push(String::new());
    text.extend(wrap(&tally(held.tally, view), view.columns));
    if !held.has_next {
        text.extend(wrap(&fill(words.no_next.get(language), &[&(held.year + 1).to_string()]), view.columns));
    }
    if !held.claims.is_empty() {
        text.extend([String::new(), heading(words.account_claims.get(language))]);
        for claim in &held.claims {
            let claimed = phrases::term(&LABELS.claimed, &claim.claimed, view);
            let line = fill(LABELS.card.claim.get(language), &[&claim.label, &claimed, &claim.quote]);
            text.extend(
                wrap(&line, view.columns - 4).iter().enumerate().map(|(i, line)| format!("  {} {line}", if i == 0 { "-" } else { " " })),
            );
        }
    }
    text
}
