//! What the ledger holds of one area.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use pledgebook_lexicon::{Aggregate, Bound, Claimed, Confidence, Direction, Horizon, Level, Measure, Period, PledgeKind, Relation};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row};

use crate::amount::Amount;
use crate::goal::{Goal, subject};
use crate::ground::{Claim, Reports};
use crate::mention::{Clause, clauses};
use crate::outcome::{Outcome, OutcomeId, Outcomes};

/// All that the ledger holds of one area for reconciling.
#[derive(Debug, Default)]
pub struct AreaBook {
    /// Its code.
    pub area: String,
    /// Its name.
    pub name: Option<String>,
    /// Its level of government.
    pub level: Option<Level>,
    /// Its preferred documents.
    pub documents: Vec<Text>,
    /// Which reports there are.
    pub reports: Reports,
    /// Every pledge that is no task and repeats none.
    pub goals: Vec<Goal>,
    /// Goals that only a task names: (year of the report, subject, measure, period, id of the pledge).
    pub task_figures: Vec<TaskFigure>,
    /// Every outcome.
    pub outcomes: Outcomes,
    /// What it says of its own goals.
    pub claims: Vec<Claim>,
}

/// A preferred document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its id.
    pub id: String,
    /// The report it is of.
    pub report: String,
    /// Its kind.
    pub kind: String,
    /// The report's year.
    pub year: i16,
}

/// A target that stands in a task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskFigure {
    /// The year of the report.
    pub year: i16,
    /// What it is about.
    pub subject: String,
    /// The number.
    pub amount: Amount,
    /// The time.
    pub period: Period,
    /// The task.
    pub pledge: String,
    /// The clause.
    pub quote: String,
}

/// A word of the codebook from a column.
fn term<T: FromStr>(row: &Row, column: usize) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let word = row.get_ref(column)?.as_str().map_err(FromSqlError::other)?;
    word.parse().map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

fn optional_term<T: FromStr>(row: &Row, column: usize) -> rusqlite::Result<Option<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    if row.get_ref(column)? == rusqlite::types::ValueRef::Null { Ok(None) } else { term(row, column).map(Some) }
}

/// A period; one that a correction has made unreadable counts as open.
fn period(row: &Row, column: usize) -> rusqlite::Result<Period> {
    Ok(row.get_ref(column)?.as_str().map_err(FromSqlError::other)?.parse().unwrap_or_default())
}

/// The fields of a goal that stand with its figure.
struct OfFigure {
    average: bool,
    aggregate: Aggregate,
    basis: String,
    reference: Option<String>,
    /// The clause, which says more than the number alone.
    quote: String,
}

impl AreaBook {
    /// Reads what the ledger holds of an area.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn read(db: &Connection, area: &str) -> rusqlite::Result<Self> {
        let mut book = AreaBook { area: area.to_owned(), ..AreaBook::default() };
        let mut documents = db.prepare_cached(
            "SELECT d.id, d.report, d.kind, d.year, d.area_name, d.level FROM reports r JOIN documents d ON d.report = r.id
             WHERE r.area = ?1 AND d.preferred ORDER BY d.year, d.kind, d.id",
        )?;
        let mut rows = documents.query([area])?;
        while let Some(row) = rows.next()? {
            let text = Text { id: row.get(0)?, report: row.get(1)?, kind: row.get(2)?, year: row.get(3)? };
            book.name = row.get(4)?;
            book.level = optional_term(row, 5)?;
            let told = match text.kind.as_str() {
                "work_report" => {
                    book.reports.work_reports.insert(text.year);
                    Some(text.year - 1)
                }
                "plan_report" | "budget_report" => Some(text.year - 1),
                "communique" => Some(text.year),
                _ => None,
            };
            book.reports.told_until = book.reports.told_until.max(told);
            book.documents.push(text);
        }
        let mut outcomes = Vec::new();
        for text in book.documents.clone() {
            book.read_document(db, &text, &mut outcomes)?;
        }
        read_statistics(db, area, &mut outcomes)?;
        let wanted: HashSet<String> = book.goals.iter().map(Goal::subject).collect();
        outcomes.retain(|o| o.indicator.is_some() || wanted.contains(&subject(None, &o.label)));
        book.outcomes = Outcomes::new(outcomes);
        Ok(book)
    }

    fn read_document(&mut self, db: &Connection, text: &Text, outcomes: &mut Vec<Outcome>) -> rusqlite::Result<()> {
        let mut of_figures: HashMap<String, OfFigure> = HashMap::new();
        let mut carried: Vec<(String, TaskFigure)> = Vec::new();
        let mut statement = db.prepare_cached(
            "SELECT id, label, indicator, period, low, high, unit, bound, measure, direction, average, aggregate, basis, reference, estimate,
               confidence, start, quote, mode, pledge, stretch, area IS NULL
             FROM figures WHERE document = ?1 AND (mode = 'outcome' AND area IS NULL OR pledge IS NOT NULL) ORDER BY start, id",
        )?;
        let mut rows = statement.query([&text.id])?;
        while let Some(row) = rows.next()? {
            let amount = Amount {
                low: row.get(4)?,
                high: row.get(5)?,
                unit: row.get(6)?,
                bound: term::<Bound>(row, 7)?,
                measure: term::<Measure>(row, 8)?,
                direction: term::<Direction>(row, 9)?,
            };
            let (period, indicator, label) = (period(row, 3)?, row.get::<_, Option<String>>(2)?, row.get::<_, String>(1)?);
            let pledge: Option<String> = row.get(19)?;
            let aggregate = term::<Aggregate>(row, 11)?;
            if let Some(pledge) = pledge {
                let fields =
                    OfFigure { average: row.get(10)?, aggregate, basis: row.get(12)?, reference: row.get(13)?, quote: row.get(17)? };
                of_figures.entry(pledge.clone()).or_insert(fields);
                if let (Some(indicator), true) = (&indicator, row.get::<_, bool>(21)?) {
                    let subject = subject(Some(indicator), &label);
                    carried.push((pledge.clone(), TaskFigure { year: text.year, subject, amount, period, pledge, quote: row.get(17)? }));
                }
                continue;
            }
            let tells = if text.kind == "communique" { text.year } else { text.year - 1 };
            // What a report tells of its own year is not an outcome of that year yet.
            if period.last_year().is_none_or(|year| year > tells) {
                continue;
            }
            outcomes.push(Outcome {
                id: OutcomeId::Figure(row.get(0)?),
                source: text.kind.clone(),
                year: text.year,
                vintage: text.year.to_string(),
                label,
                indicator,
                period,
                amount,
                average: row.get(10)?,
                aggregate,
                basis: row.get(12)?,
                reference: row.get(13)?,
                estimate: row.get(14)?,
                is_firm: term::<Confidence>(row, 15)? == Confidence::High,
                position: row.get(16)?,
                quote: row.get(17)?,
            });
        }
        self.read_goals(db, text, &mut of_figures)?;
        let goals: HashSet<&str> = self.goals.iter().map(|goal| goal.id.as_str()).collect();
        let of_tasks: Vec<TaskFigure> =
            carried.into_iter().filter(|(pledge, _)| !goals.contains(pledge.as_str())).map(|(_, figure)| figure).collect();
        self.task_figures.extend(of_tasks);
        self.read_claims(db, text)
    }

    fn read_goals(&mut self, db: &Connection, text: &Text, of_figures: &mut HashMap<String, OfFigure>) -> rusqlite::Result<()> {
        let mut statement = db.prepare_cached(
            "SELECT id, kind, headline, label, indicator, period, horizon, low, high, unit, bound, measure, direction, stretch, stretch_low,
               stretch_high, stretch_text, relation, reference, hedge, quote
             FROM pledges WHERE document = ?1 AND kind <> 'task' AND repeats IS NULL ORDER BY start, ordinal",
        )?;
        let mut rows = statement.query([&text.id])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let direction = term::<Direction>(row, 12)?;
            let amount = match (
                row.get::<_, Option<f64>>(7)?,
                row.get::<_, Option<f64>>(8)?,
                optional_term::<Bound>(row, 10)?,
                optional_term::<Measure>(row, 11)?,
            ) {
                (Some(low), Some(high), Some(bound), Some(measure)) => {
                    Some(Amount { low, high, unit: row.get::<_, Option<String>>(9)?.unwrap_or_default(), bound, measure, direction })
                }
                _ => None,
            };
            let stretch_low: Option<f64> = row.get(14)?;
            let figure = of_figures.remove(&id);
            let relative_to: Option<String> = row.get(18)?;
            let (average, aggregate, basis, reference, clause) = match figure {
                Some(f) => (f.average, f.aggregate, f.basis, f.reference, Some(f.quote)),
                None => (false, Aggregate::Single, "unstated".to_owned(), None, None),
            };
            self.goals.push(Goal {
                report_year: text.year,
                kind: term::<PledgeKind>(row, 1)?,
                headline: row.get::<_, bool>(2)? && text.kind == "work_report",
                label: row.get(3)?,
                indicator: row.get(4)?,
                period: period(row, 5)?,
                horizon: term::<Horizon>(row, 6)?,
                amount,
                stretch: stretch_low.map(|low| row.get::<_, Option<f64>>(15).map(|high| (low, high.unwrap_or(low)))).transpose()?,
                is_stretch: row.get(13)?,
                stretch_text: row.get(16)?,
                average,
                aggregate,
                basis,
                reference: relative_to.or(reference),
                relation: optional_term::<Relation>(row, 17)?,
                direction,
                hedge: row.get(19)?,
                quote: clause.map_or_else(|| row.get(20), Ok)?,
                id,
            });
        }
        Ok(())
    }

    fn read_claims(&mut self, db: &Connection, text: &Text) -> rusqlite::Result<()> {
        let mut statement =
            db.prepare_cached("SELECT id, indicator, label, claimed, quote FROM claims WHERE document = ?1 ORDER BY start, id")?;
        let mut rows = statement.query([&text.id])?;
        while let Some(row) = rows.next()? {
            let indicator: Option<String> = row.get(1)?;
            self.claims.push(Claim {
                id: row.get(0)?,
                year: text.year,
                subject: subject(indicator.as_deref(), &row.get::<_, String>(2)?),
                claimed: term::<Claimed>(row, 3)?,
                quote: row.get(4)?,
            });
        }
        Ok(())
    }

    /// The id of the report of a kind and year.
    #[must_use]
    pub fn document(&self, kind: &str, year: i16) -> Option<&Text> {
        self.documents.iter().find(|text| text.kind == kind && text.year == year)
    }
}

fn read_statistics(db: &Connection, area: &str, outcomes: &mut Vec<Outcome>) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT id, indicator, measure, period, value, unit, source, vintage FROM statistics WHERE area = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([area])?;
    while let Some(row) = rows.next()? {
        let (id, value, measure): (i64, f64, Measure) = (row.get(0)?, row.get(4)?, term(row, 2)?);
        let moves = matches!(measure, Measure::Growth | Measure::Change | Measure::Gap);
        let direction = match moves {
            false => Direction::None,
            true if value < 0.0 => Direction::Down,
            true => Direction::Up,
        };
        let size = if moves { value.abs() } else { value };
        let vintage: String = row.get(7)?;
        outcomes.push(Outcome {
            id: OutcomeId::Statistic(id),
            source: "statistics".to_owned(),
            year: vintage.get(..4).and_then(|year| year.parse().ok()).unwrap_or(i16::MAX),
            vintage,
            label: String::new(),
            indicator: row.get(1)?,
            period: period(row, 3)?,
            amount: Amount { low: size, high: size, unit: row.get(5)?, bound: Bound::Exact, measure, direction },
            average: false,
            aggregate: Aggregate::Single,
            basis: "unstated".to_owned(),
            reference: None,
            estimate: false,
            is_firm: true,
            position: id,
            quote: row.get(6)?,
        });
    }
    Ok(())
}

/// The clauses of reviews, read when the first goal asks for them.
pub(crate) struct Reviews<'a> {
    db: &'a Connection,
    book: &'a AreaBook,
    by_year: RefCell<HashMap<i16, Vec<Clause>>>,
}

/// Roles of passages that tell what was done.
const TELLING: &str = "('review', 'problem', 'opening', 'other')";

impl<'a> Reviews<'a> {
    pub(crate) fn new(db: &'a Connection, book: &'a AreaBook) -> Self {
        Reviews { db, book, by_year: RefCell::default() }
    }

    /// Does something with the clauses of the work report of a year; none where it is not there or cannot be read.
    pub(crate) fn with<T>(&self, year: i16, then: impl FnOnce(&[Clause]) -> Option<T>) -> Option<T> {
        let text = self.book.document("work_report", year)?;
        let mut by_year = self.by_year.borrow_mut();
        let read = || -> rusqlite::Result<Vec<Clause>> {
            let sql = format!("SELECT text FROM passages WHERE document = ?1 AND kind = 'body' AND role IN {TELLING} ORDER BY passage");
            let mut statement = self.db.prepare_cached(&sql)?;
            let texts = statement.query_map([&text.id], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
            Ok(texts.iter().flat_map(|passage| clauses(passage)).collect())
        };
        then(by_year.entry(year).or_insert_with(|| read().unwrap_or_default()))
    }
}
