//! Said, did, claims it did: one report's goals, what came of them, what the government says, and what became of each goal in the
//! next report.

use std::path::Path;

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::{Lexicon, Polarity};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::asked::Asked;
use crate::lines::{GoalLine, Tally, goal_lines};
use crate::panel_lines::{PanelLine, panel_lines};

/// One report held to account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: i16,
    /// Whether the next report is in the ledger.
    pub has_next: bool,
    /// What the next report says of its goals as a whole.
    pub claims: Vec<ClaimLine>,
    /// The goals.
    pub goals: Vec<AccountLine>,
    /// How many could be judged and were kept.
    pub tally: Tally,
}

/// What a government says of its goals as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimLine {
    /// Which goals.
    pub label: String,
    /// What became of them.
    pub claimed: String,
    /// Its text.
    pub quote: String,
}

/// One goal held to account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountLine {
    /// The goal with its verdict.
    #[serde(flatten)]
    pub goal: GoalLine,
    /// What became of it in the next report; none where that is not in the ledger.
    pub next: Option<Next>,
    /// The goal of the next report as written there.
    pub next_goal: Option<String>,
}

/// What became of a goal in the next report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// The same number, as firmly worded.
    Kept,
    /// A better number.
    Raised,
    /// A worse number.
    Lowered,
    /// The same number, worded harder.
    Hardened,
    /// The same number, worded softer.
    Softened,
    /// Higher on the ladder.
    Promoted,
    /// Lower on the ladder.
    Demoted,
    /// Not named any more.
    Dropped,
}

impl Next {
    /// Every value.
    pub const ALL: [Next; 8] =
        [Next::Kept, Next::Raised, Next::Lowered, Next::Hardened, Next::Softened, Next::Promoted, Next::Demoted, Next::Dropped];

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Next::Kept => "kept",
            Next::Raised => "raised",
            Next::Lowered => "lowered",
            Next::Hardened => "hardened",
            Next::Softened => "softened",
            Next::Promoted => "promoted",
            Next::Demoted => "demoted",
            Next::Dropped => "dropped",
        }
    }

    fn of(next: &PanelLine, polarity: Option<Polarity>) -> Option<Self> {
        let change = next.wording_change.as_deref()?;
        match change {
            "dropped" => return Some(Next::Dropped),
            "demoted" => return Some(Next::Demoted),
            "promoted" => return Some(Next::Promoted),
            "new" => return None,
            _ => {}
        }
        // Of what is wanted low, a lower number is the better one; of a zone, neither is.
        let better = match (next.goal_change, polarity) {
            (Some(change), Some(Polarity::Lower)) => -change,
            (Some(change), _) => change,
            (None, _) => 0.0,
        };
        Some(match change {
            _ if better > 0.0 => Next::Raised,
            _ if better < 0.0 => Next::Lowered,
            "hardened" => Next::Hardened,
            "softened" => Next::Softened,
            _ => Next::Kept,
        })
    }
}

/// Holds the report of an area for a year to account.
///
/// # Errors
/// When the ledger cannot be read.
pub fn account(ledger: &Path, db: &Connection, lexicon: &Lexicon, area: &str, year: i16) -> Result<Account, LedgerError> {
    let asked = Asked { area: Some(area.to_owned()), year: Some(year), ..Asked::default() };
    let goals = goal_lines(ledger, db, &asked)?;
    let next = panel_lines(ledger, db, &Asked { year: Some(year + 1), ..asked })?;
    let tally = Tally::of(&goals);
    let (area_name, has_next, claims) = (|| {
        let name = db
            .query_row("SELECT area_name FROM reports WHERE area = ?1 AND year = ?2", (area, year), |row| row.get(0))
            .optional()?
            .flatten();
        let sql = "SELECT EXISTS (SELECT 1 FROM reports WHERE area = ?1 AND year = ?2 AND kind = 'work_report')";
        let has_next = db.query_row(sql, (area, year + 1), |row| row.get(0))?;
        let mut statement = db.prepare(
            "SELECT c.label, c.claimed, c.quote FROM claims c JOIN documents d ON d.id = c.document
             WHERE d.area = ?1 AND d.year = ?2 AND d.preferred AND c.indicator IS NULL AND c.label LIKE '%目%标%' ORDER BY c.start",
        )?;
        let claims = statement
            .query_map((area, year + 1), |row| Ok(ClaimLine { label: row.get(0)?, claimed: row.get(1)?, quote: row.get(2)? }))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok((name, has_next, claims))
    })()
    .map_err(|e| LedgerError::of(ledger, e))?;
    let lines = goals
        .into_iter()
        .map(|goal| {
            let subject = crate::goal::subject(goal.indicator.as_deref(), &goal.label);
            let measure = goal.measure.clone().unwrap_or_else(|| if goal.kind == "relative" { "growth".to_owned() } else { String::new() });
            let of_it = |line: &&PanelLine| line.indicator == subject;
            let row = next.iter().filter(of_it).find(|line| line.measure == measure).or_else(|| next.iter().find(of_it));
            let polarity = lexicon.indicator(&subject).map(|indicator| indicator.polarity);
            let became = if has_next { row.map_or(Some(Next::Dropped), |row| Next::of(row, polarity).or(Some(Next::Kept))) } else { None };
            AccountLine { goal, next: became, next_goal: row.and_then(|row| row.goal_quote.clone()) }
        })
        .collect();
    Ok(Account { area: area.to_owned(), area_name, year, has_next, claims, goals: lines, tally })
}
