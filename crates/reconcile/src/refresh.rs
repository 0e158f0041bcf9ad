//! Verdicts and panel brought up to date: area by area, the nation first, each area in one transaction.
//!
//! The ledger notes in `reconciled` which areas are up to date; its triggers take an area out when one of its documents,
//! corrections or statistics changes. An area's verdicts hang on those of the nation (高于全国) and its panel on the level above,
//! so what lies below a changed area is done again with it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::{Areas, Lexicon, Verdict};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::goal::Goal;
use crate::ground::Ground;
use crate::load::{AreaBook, Reviews};
use crate::mention::Names;
use crate::outcome::{Outcome, OutcomeId};
use crate::panel::{self, PanelRow, ParentGoals};
use crate::verdict::Verdicts;

/// The version of the rules: that of the program and a hash of what they are made of. A ledger that was judged under another is judged
/// again by the next build.
pub const RULES: &str = env!("PLEDGEBOOK_RULES");

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Refreshed {
    /// Areas whose verdicts were worked out.
    pub areas: usize,
    /// Pledges that were judged.
    pub pledges: usize,
    /// Verdicts that are other than they were, of pledges that had one.
    pub changes: Vec<Change>,
    /// How long it took.
    pub took: Duration,
}

/// A verdict that is other than it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The pledge.
    pub pledge: String,
    /// The area.
    pub area: String,
    /// The year of its report.
    pub year: i16,
    /// What it promises.
    pub quote: String,
    /// The verdict before.
    pub was: Verdict,
    /// The margin before.
    pub margin_was: Option<f64>,
    /// The verdict now.
    pub is: Verdict,
    /// The margin now.
    pub margin_is: Option<f64>,
}

/// Which areas to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that changed since they were last done.
    Changed,
    /// Those, and all that were done under other rules or another lexicon.
    Outdated,
    /// All.
    All,
}

/// Brings the verdicts of a ledger up to date.
///
/// # Errors
/// When the ledger cannot be opened or written; what was done until then stays.
pub fn refresh(ledger: &Path, lexicon: &Lexicon, lexicon_name: &str, extent: Extent) -> Result<Refreshed, LedgerError> {
    let db = pledgebook_ledger::open_for_writing(ledger)?;
    (|| {
        // What is worked out can be worked out again: only a power cut may lose the last areas, and the ledger knows which.
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "cache_size", -131_072)?;
        db.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        // Each area's rows name only what was read in the same transaction.
        db.pragma_update(None, "foreign_keys", false)?;
        db.set_prepared_statement_cache_capacity(64);
        refresh_in(&db, lexicon, lexicon_name, extent)
    })()
    .map_err(|e| LedgerError::of(ledger, e))
}

/// The areas whose verdicts are not up to date.
///
/// # Errors
/// When the ledger cannot be read.
pub fn outdated(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare("SELECT DISTINCT area FROM reports WHERE area NOT IN (SELECT area FROM reconciled) ORDER BY area")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn refresh_in(db: &Connection, lexicon: &Lexicon, lexicon_name: &str, extent: Extent) -> rusqlite::Result<Refreshed> {
    let started = Instant::now();
    let rules = format!("{RULES} {lexicon_name}");
    let known: BTreeMap<String, bool> = {
        let sql = "SELECT DISTINCT r.area, coalesce(c.rules = ?1, 0), c.rules IS NOT NULL FROM reports r LEFT JOIN reconciled c ON c.area = r.area";
        let mut statement = db.prepare(sql)?;
        let rows = statement.query_map([&rules], |row| {
            let (same, done): (bool, bool) = (row.get(1)?, row.get(2)?);
            let is_done = match extent {
                Extent::Changed => done,
                Extent::Outdated => same,
                Extent::All => false,
            };
            Ok((row.get(0)?, is_done))
        })?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    db.execute_batch(
        "DELETE FROM panel WHERE area NOT IN (SELECT area FROM reports);
         DELETE FROM reconciled WHERE area NOT IN (SELECT area FROM reports)",
    )?;
    let above: HashMap<&str, Vec<String>> = known.keys().map(|area| (area.as_str(), levels_above(area))).collect();
    let is_stale = |area: &str| known.get(area) == Some(&false);
    let mut todo: Vec<&String> = known.keys().filter(|area| is_stale(area) || above[area.as_str()].iter().any(|up| is_stale(up))).collect();
    todo.sort_by_key(|area| (above[area.as_str()].len(), (*area).clone()));
    let uppers: HashSet<&str> = todo.iter().filter_map(|area| above[area.as_str()].first().map(String::as_str)).collect();
    let mut work = Work {
        db,
        lexicon,
        rules: &rules,
        nation: None,
        uppers: &uppers,
        parents: HashMap::new(),
        names: RefCell::default(),
        done: Refreshed::default(),
        open: None,
    };
    for area in todo {
        work.area(area, above[area.as_str()].first().map(String::as_str))?;
    }
    work.commit()?;
    work.done.took = started.elapsed();
    Ok(work.done)
}

/// The areas that an area lies in, the nearest first.
fn levels_above(area: &str) -> Vec<String> {
    let areas = Areas::builtin();
    let Some(area) = area.parse().ok().and_then(|code| areas.by_code(code)) else { return Vec::new() };
    std::iter::successors(areas.parent(area), |up| areas.parent(up)).map(|up| up.code.to_string()).collect()
}

/// How long a transaction stays open.
const TRANSACTION: Duration = Duration::from_millis(20);

struct Work<'a> {
    db: &'a Connection,
    lexicon: &'a Lexicon,
    rules: &'a str,
    nation: Option<Rc<AreaBook>>,
    /// Areas that have others to be done below them.
    uppers: &'a HashSet<&'a str>,
    /// What reviews are searched for, by subject.
    names: RefCell<HashMap<String, Names<'a>>>,
    /// The goals of areas that have others below them.
    parents: HashMap<String, Rc<ParentGoals>>,
    done: Refreshed,
    open: Option<(Transaction<'a>, Instant)>,
}

impl Work<'_> {
    fn nation(&mut self) -> rusqlite::Result<Rc<AreaBook>> {
        if let Some(nation) = &self.nation {
            return Ok(Rc::clone(nation));
        }
        let nation = Rc::new(AreaBook::read(self.db, "CN")?);
        Ok(Rc::clone(self.nation.insert(nation)))
    }

    /// The goals of an area as the level below is compared with them.
    fn parent(&mut self, area: Option<&str>) -> rusqlite::Result<Rc<ParentGoals>> {
        let Some(area) = area else { return Ok(Rc::default()) };
        if let Some(goals) = self.parents.get(area) {
            return Ok(Rc::clone(goals));
        }
        let book = if area == "CN" { self.nation()? } else { Rc::new(AreaBook::read(self.db, area)?) };
        let nation = self.nation()?;
        let verdicts: Vec<Verdicts> = judge(&book, &nation, self.lexicon, &|_, _| None);
        let goals = Rc::new(panel::parent_goals(&panel::rows(&book, &verdicts, &ParentGoals::new(), self.lexicon)));
        self.parents.insert(area.to_owned(), Rc::clone(&goals));
        Ok(goals)
    }

    fn area(&mut self, area: &str, above: Option<&str>) -> rusqlite::Result<()> {
        let db = self.db;
        if self.open.is_none() {
            self.open = Some((Transaction::new_unchecked(db, TransactionBehavior::Immediate)?, Instant::now()));
        }
        let nation = self.nation()?;
        let parents = self.parent(above)?;
        let book = if area == "CN" { Rc::clone(&nation) } else { Rc::new(AreaBook::read(db, area)?) };
        let reviews = Reviews::new(db, &book);
        let lexicon = self.lexicon;
        let names = &self.names;
        let mention = |goal: &Goal, year: i16| {
            reviews.with(year, |clauses| {
                let mut names = names.borrow_mut();
                let names = names.entry(goal.subject()).or_insert_with(|| Names::of(goal, lexicon));
                names.first_in(clauses)
            })
        };
        let verdicts = judge(&book, &nation, self.lexicon, &mention);
        let rows = panel::rows(&book, &verdicts, &parents, self.lexicon);
        let before = used_verdicts(db, area)?;
        self.done.changes.extend(changes(&book, &verdicts, &before));
        write_verdicts(db, &book, &verdicts)?;
        write_panel(db, &book, &rows)?;
        db.prepare_cached("INSERT OR REPLACE INTO reconciled (area, rules) VALUES (?1, ?2)")?.execute([area, self.rules])?;
        self.done.areas += 1;
        self.done.pledges += book.goals.len();
        if self.uppers.contains(area) {
            self.parents.insert(area.to_owned(), Rc::new(panel::parent_goals(&rows)));
        }
        if self.open.as_ref().is_some_and(|(_, since)| since.elapsed() >= TRANSACTION) {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> rusqlite::Result<()> {
        self.open.take().map_or(Ok(()), |(transaction, _)| transaction.commit())
    }
}

/// The verdicts of an area's goals, in their order.
pub(crate) fn judge<'a>(
    book: &'a AreaBook,
    nation: &'a AreaBook,
    lexicon: &'a Lexicon,
    mention: &'a dyn Fn(&Goal, i16) -> Option<String>,
) -> Vec<Verdicts<'a>> {
    let ground = Ground { lexicon, own: &book.outcomes, nation: &nation.outcomes, reports: &book.reports, claims: &book.claims, mention };
    book.goals.iter().map(|goal| ground.judge(goal)).collect()
}

type Before = HashMap<String, (Verdict, Option<f64>)>;

fn used_verdicts(db: &Connection, area: &str) -> rusqlite::Result<Before> {
    let mut statement = db.prepare_cached(
        "SELECT v.pledge, v.verdict, v.margin FROM reports r JOIN documents d ON d.report = r.id JOIN pledges p ON p.document = d.id
         JOIN verdicts v ON v.pledge = p.id WHERE r.area = ?1 AND v.used",
    )?;
    let rows = statement.query_map([area], |row| {
        let verdict: String = row.get(1)?;
        Ok((row.get(0)?, (verdict.parse().unwrap_or(Verdict::Pending), row.get(2)?)))
    })?;
    rows.collect()
}

fn changes(book: &AreaBook, verdicts: &[Verdicts], before: &Before) -> Vec<Change> {
    let mut changes = Vec::new();
    for (goal, verdicts) in book.goals.iter().zip(verdicts) {
        let (Some(&(was, margin_was)), Some(used)) = (before.get(&goal.id), verdicts.found.first()) else { continue };
        let (is, margin_is) = (used.judgement.verdict, used.judgement.margin);
        if (was, margin_was) != (is, margin_is) {
            let (pledge, area, quote) = (goal.id.clone(), book.area.clone(), goal.quote.clone());
            changes.push(Change { pledge, area, year: goal.report_year, quote, was, margin_was, is, margin_is });
        }
    }
    changes
}

fn ids(outcome: Option<&Outcome>) -> (Option<&str>, Option<i64>) {
    match outcome.map(|outcome| &outcome.id) {
        Some(OutcomeId::Figure(id)) => (Some(id), None),
        Some(OutcomeId::Statistic(number)) => (None, Some(*number)),
        None => (None, None),
    }
}

fn write_verdicts(db: &Connection, book: &AreaBook, verdicts: &[Verdicts]) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM verdicts WHERE pledge IN (SELECT p.id FROM reports r JOIN documents d ON d.report = r.id
         JOIN pledges p ON p.document = d.id WHERE r.area = ?1)",
    )?
    .execute([&book.area])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO verdicts (pledge, ordinal, figure, statistic, used, verdict, verdict_strict, low, high, bound, margin, tolerance, rule,
           flags, reference_figure, reference_statistic, words, claim)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?;
    for (goal, verdicts) in book.goals.iter().zip(verdicts) {
        for (at, found) in verdicts.found.iter().enumerate() {
            let (figure, statistic) = ids(found.outcome);
            let (reference_figure, reference_statistic) = ids(found.reference);
            let told = found.amount.as_ref().map(|amount| (amount.signed(), amount.bound));
            insert.execute(params![
                goal.id,
                at + 1,
                figure,
                statistic,
                at == 0,
                found.judgement.verdict.as_str(),
                found.judgement.strict.as_str(),
                told.map(|((low, _), _)| low),
                told.map(|((_, high), _)| high),
                told.map(|(_, bound)| bound.as_str()),
                found.judgement.margin,
                found.judgement.tolerance,
                found.judgement.rule.id(),
                found.judgement.flags.join(" "),
                reference_figure,
                reference_statistic,
                found.words,
                verdicts.claim.map(|claim| &claim.id),
            ])?;
        }
    }
    Ok(())
}

fn write_panel(db: &Connection, book: &AreaBook, rows: &[PanelRow]) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM panel WHERE area = ?1")?.execute([&book.area])?;
    let mut insert = db.prepare_cached(&format!("INSERT INTO panel VALUES ({})", vec!["?"; 41].join(", ")))?;
    for row in rows {
        let (year, subject, measure) = &row.key;
        let (goal, outcome) = (row.goal.as_ref(), row.outcome.as_ref());
        insert.execute(params![
            book.area,
            book.name,
            book.level.map(pledgebook_lexicon::Level::as_str),
            year,
            subject,
            measure.map_or("", |measure| measure.as_str()),
            row.kind.map(pledgebook_lexicon::PledgeKind::as_str),
            goal.map(|goal| goal.low),
            goal.map(|goal| goal.high),
            goal.map(|goal| &goal.unit),
            goal.map(|goal| goal.bound.as_str()),
            row.relation.map(pledgebook_lexicon::Relation::as_str),
            row.reference,
            row.hardness.map(pledgebook_lexicon::Hardness::as_str),
            row.stretch.map(|(low, _)| low),
            row.stretch.map(|(_, high)| high),
            row.stretch_text,
            row.standing.as_str(),
            outcome.map(|outcome| outcome.low),
            outcome.map(|outcome| outcome.high),
            outcome.map(|outcome| &outcome.unit),
            outcome.map(|outcome| outcome.bound.as_str()),
            row.outcome_source,
            row.outcome_vintage,
            row.verdict.map(pledgebook_lexicon::Verdict::as_str),
            row.strict.map(pledgebook_lexicon::Verdict::as_str),
            row.margin,
            row.tolerance,
            row.flags.join(" "),
            row.claim.map(pledgebook_lexicon::Claimed::as_str),
            row.goal_last_year,
            row.goal_change(),
            row.outcome_last_year,
            row.parent_goal.map(|(low, _)| low),
            row.parent_goal.map(|(_, high)| high),
            row.amplification,
            row.wording_change.map(pledgebook_lexicon::WordingChange::as_str),
            row.goal_id,
            row.outcome_id,
            row.goal_quote,
            row.outcome_quote,
        ])?;
    }
    Ok(())
}
