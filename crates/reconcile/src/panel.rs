//! The panel: one row for each area, year, indicator and measure, with the goal, the outcome, the verdict, the year before and
//! the level above.

use std::collections::HashMap;

use pledgebook_lexicon::{
    Aggregate, Bound, Claimed, Hardness, Lexicon, Measure, Period, PledgeKind, Relation, Standing, Verdict, VerdictTables, WordingChange,
};

use crate::amount::{Amount, is_rate};
use crate::goal::Goal;
use crate::judge::clean;
use crate::load::AreaBook;
use crate::matching::Wanted;
use crate::outcome::Outcome;
use crate::verdict::Verdicts;

/// What identifies a row within its area: year, subject, measure.
pub type Key = (i16, String, Option<Measure>);

/// A row of the panel, without its area.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    /// Year, subject, measure.
    pub key: Key,
    /// number, relative, qualitative, absent; task where only a task names it.
    pub kind: Option<PledgeKind>,
    /// The goal, signed.
    pub goal: Option<Told>,
    /// How a relative goal stands to its reference.
    pub relation: Option<Relation>,
    /// The reference.
    pub reference: Option<String>,
    /// How hard the number is worded.
    pub hardness: Option<Hardness>,
    /// The better number of a dual goal.
    pub stretch: Option<(f64, f64)>,
    /// An open stretch as written.
    pub stretch_text: Option<String>,
    /// Where the goal stands.
    pub standing: Standing,
    /// The outcome in the goal's unit, signed.
    pub outcome: Option<Told>,
    /// The report or source of the outcome.
    pub outcome_source: Option<String>,
    /// When it was given.
    pub outcome_vintage: Option<String>,
    /// What became of the goal.
    pub verdict: Option<Verdict>,
    /// The same without tolerance.
    pub strict: Option<Verdict>,
    /// How far the outcome is on the better side.
    pub margin: Option<f64>,
    /// What the wording allows.
    pub tolerance: Option<f64>,
    /// What else is to be known.
    pub flags: Vec<&'static str>,
    /// What the government says of it.
    pub claim: Option<Claimed>,
    /// The goal of the year before.
    pub goal_last_year: Option<f64>,
    /// The outcome of the year before.
    pub outcome_last_year: Option<f64>,
    /// The goal of the level above.
    pub parent_goal: Option<(f64, f64)>,
    /// The goal less that of the level above.
    pub amplification: Option<f64>,
    /// What became of the wording.
    pub wording_change: Option<WordingChange>,
    /// The pledge.
    pub goal_id: Option<String>,
    /// The outcome.
    pub outcome_id: Option<String>,
    /// The goal's text.
    pub goal_quote: Option<String>,
    /// The outcome's clause.
    pub outcome_quote: Option<String>,
}

/// A number as the panel shows it: signed, with its unit and bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The lower end; a fall is negative.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The unit.
    pub unit: String,
    /// The bound, of a fall that of its size.
    pub bound: Bound,
}

impl From<&Amount> for Told {
    fn from(amount: &Amount) -> Self {
        let (low, high) = amount.signed();
        Told { low, high, unit: amount.unit.clone(), bound: amount.bound }
    }
}

/// The goals of the level above, by year, subject and measure.
pub type ParentGoals = HashMap<Key, Told>;

/// A goal of the panel with its verdict.
struct Judged<'a> {
    goal: &'a Goal,
    verdicts: &'a Verdicts<'a>,
}

/// The rows of an area. `verdicts` are those of `book.goals`, in the same order.
#[must_use]
pub fn rows(book: &AreaBook, verdicts: &[Verdicts], parents: &ParentGoals, lexicon: &Lexicon) -> Vec<PanelRow> {
    let mut by_year: HashMap<i16, Vec<Judged>> = HashMap::new();
    for (goal, verdicts) in book.goals.iter().zip(verdicts) {
        if goal.period == Period::Year(goal.report_year) && book.reports.work_reports.contains(&goal.report_year) {
            by_year.entry(goal.report_year).or_default().push(Judged { goal, verdicts });
        }
    }
    let mut all: Vec<PanelRow> = Vec::new();
    // Where the rows of the last year begin.
    let mut last: Option<(i16, usize)> = None;
    for &year in &book.reports.work_reports {
        let before = last.filter(|(before, _)| before + 1 == year).map(|(_, at)| &all[at..]);
        let judged = by_year.get(&year).map_or(&[][..], Vec::as_slice);
        let rows = Maker { book, parents, lexicon, year, judged, before }.rows();
        last = Some((year, all.len()));
        all.extend(rows);
    }
    all
}

/// Makes the rows of one year.
struct Maker<'a> {
    book: &'a AreaBook,
    parents: &'a ParentGoals,
    lexicon: &'a Lexicon,
    year: i16,
    judged: &'a [Judged<'a>],
    /// The rows of the year before; none where that report is not there.
    before: Option<&'a [PanelRow]>,
}

impl Maker<'_> {
    fn rows(&self) -> Vec<PanelRow> {
        // Of several goals for one row, the one highest on the ladder; of equals, the first in the text.
        let mut order: Vec<&Judged> = self.judged.iter().filter(|one| one.goal.standing() != Standing::Elsewhere).collect();
        order.sort_by_key(|one| one.goal.standing());
        let mut rows: Vec<PanelRow> = Vec::new();
        for one in order {
            let subject = one.goal.subject();
            let measure = self.measure(one);
            match rows.iter_mut().find(|row| row.key.1 == subject && (row.key.2 == measure || one.goal.amount.is_none())) {
                // A number and a relation for one thing are one row.
                Some(row) if one.goal.relation.is_some() && row.relation.is_none() => {
                    row.relation = one.goal.relation;
                    row.reference.clone_from(&one.goal.reference);
                }
                Some(_) => {}
                None => rows.push(self.row(subject, measure, one)),
            }
        }
        self.add_lost(&mut rows);
        for row in &mut rows {
            self.beside(row);
        }
        rows.sort_by(|a, b| {
            a.goal_id.is_none().cmp(&b.goal_id.is_none()).then_with(|| a.key.1.cmp(&b.key.1)).then_with(|| a.key.2.cmp(&b.key.2))
        });
        rows
    }

    /// The measure of a goal; of one without a number that of the year before, else that of its outcome.
    fn measure(&self, one: &Judged) -> Option<Measure> {
        if let Some(amount) = &one.goal.amount {
            return Some(amount.measure);
        }
        if one.goal.kind == PledgeKind::Relative {
            return Some(Measure::Growth);
        }
        let subject = one.goal.subject();
        let before = self.before.and_then(|rows| rows.iter().filter(|row| row.key.1 == subject).map(|row| row.key.2).min());
        before.flatten().or_else(|| one.verdicts.found.first()?.outcome.map(|outcome| outcome.amount.measure))
    }

    fn row(&self, subject: String, measure: Option<Measure>, one: &Judged) -> PanelRow {
        let goal = one.goal;
        let used = one.verdicts.found.first();
        let outcome = used.and_then(|found| found.outcome);
        let told = used.and_then(|found| found.amount.as_ref()).map(Told::from);
        PanelRow {
            kind: Some(goal.kind),
            goal: goal.amount.as_ref().map(Told::from),
            relation: goal.relation,
            reference: goal.reference.clone(),
            hardness: goal.hardness(),
            stretch: goal.stretch,
            stretch_text: goal.stretch_text.clone(),
            outcome_source: outcome.map(|outcome| self.source(outcome)),
            outcome_vintage: outcome.map(|outcome| outcome.vintage.clone()),
            // An outcome that cannot be compared is named, not shown as if it could.
            outcome: told,
            verdict: used.map(|found| found.judgement.verdict),
            strict: used.map(|found| found.judgement.strict),
            margin: used.and_then(|found| found.judgement.margin),
            tolerance: used.map(|found| found.judgement.tolerance),
            flags: used.map_or_else(Vec::new, |found| found.judgement.flags.clone()),
            claim: one.verdicts.claim.map(|claim| claim.claimed),
            goal_id: Some(goal.id.clone()),
            outcome_id: outcome.map(|outcome| outcome.id.text()),
            goal_quote: Some(goal.quote.clone()),
            outcome_quote: outcome
                .map(|outcome| outcome.quote.clone())
                .or_else(|| used?.words.clone())
                .or_else(|| one.verdicts.claim.map(|claim| claim.quote.clone())),
            ..PanelRow::empty((self.year, subject, measure), goal.standing())
        }
    }

    fn source(&self, outcome: &Outcome) -> String {
        match outcome.source.as_str() {
            "statistics" => outcome.quote.clone(),
            kind => self.book.document(kind, outcome.year).map_or_else(|| kind.to_owned(), |text| text.report.clone()),
        }
    }

    /// Rows for what was a headline goal the year before and is none now: elsewhere, or nowhere.
    fn add_lost(&self, rows: &mut Vec<PanelRow>) {
        let Some(before) = self.before else { return };
        let mut lost: Vec<&PanelRow> = before.iter().filter(|row| row.standing <= Standing::HeadlineQualitative).collect();
        lost.sort_by(|a, b| a.key.cmp(&b.key));
        for old in lost {
            let (subject, measure) = (&old.key.1, old.key.2);
            if rows.iter().any(|row| row.key.1 == *subject && (row.key.2 == measure || old.goal.is_none() || row.goal.is_none())) {
                continue;
            }
            let elsewhere = self.judged.iter().find(|one| {
                one.goal.subject() == *subject
                    && one.goal.standing() == Standing::Elsewhere
                    && one.goal.amount.as_ref().map(|a| a.measure) == measure
            });
            let row = match elsewhere {
                Some(one) => self.row(subject.clone(), measure, one),
                None => self.in_a_task(subject, measure).unwrap_or_else(|| self.without_goal(subject, measure, old)),
            };
            rows.push(row);
        }
    }

    fn in_a_task(&self, subject: &str, measure: Option<Measure>) -> Option<PanelRow> {
        let named = self.book.task_figures.iter().find(|figure| {
            figure.year == self.year
                && figure.period == Period::Year(self.year)
                && figure.subject == subject
                && Some(figure.amount.measure) == measure
        })?;
        Some(PanelRow {
            kind: Some(PledgeKind::Task),
            goal: Some(Told::from(&named.amount)),
            goal_id: Some(named.pledge.clone()),
            goal_quote: Some(named.quote.clone()),
            ..PanelRow::empty((self.year, subject.to_owned(), measure), Standing::Elsewhere)
        })
    }

    /// A goal that is named no more keeps its outcome.
    fn without_goal(&self, subject: &str, measure: Option<Measure>, old: &PanelRow) -> PanelRow {
        let mut row = PanelRow::empty((self.year, subject.to_owned(), measure), Standing::Nowhere);
        let unit = old.goal.as_ref().map_or("percent", |goal| goal.unit.as_str());
        if let Some((outcome, amount)) = measure.and_then(|measure| self.outcome_of(subject, measure, unit, self.year)) {
            row.outcome = Some(Told::from(&amount));
            row.outcome_source = Some(self.source(outcome));
            row.outcome_vintage = Some(outcome.vintage.clone());
            row.outcome_id = Some(outcome.id.text());
            row.outcome_quote = Some(outcome.quote.clone());
        }
        row
    }

    fn outcome_of(&self, subject: &str, measure: Measure, unit: &str, year: i16) -> Option<(&Outcome, Amount)> {
        let words: &VerdictTables = &self.lexicon.verdicts;
        let wanted = Wanted {
            measure,
            unit,
            period: Period::Year(year),
            average: false,
            aggregate: Aggregate::Single,
            basis: "unstated",
            reference: None,
        };
        let first = wanted.among(self.book.outcomes.about(subject), words).matches.into_iter().next()?;
        Some((first.outcome, first.amount))
    }

    /// The year before and the level above.
    fn beside(&self, row: &mut PanelRow) {
        let (_, subject, measure) = &row.key;
        let old = self.before.and_then(|rows| rows.iter().find(|row| row.key.1 == *subject && row.key.2 == *measure));
        if let Some(old) = old {
            row.goal_last_year =
                old.goal.as_ref().filter(|goal| row.goal.as_ref().is_none_or(|now| now.unit == goal.unit)).map(|goal| goal.low);
        }
        row.wording_change = match (self.before, old) {
            (None, _) => None,
            (Some(_), Some(old)) => Some(change(old, row)),
            (Some(rows), None) => Some(if rows.iter().any(|row| row.key.1 == *subject) { WordingChange::Same } else { self.newly(row) }),
        };
        let unit = row.goal.as_ref().map_or("percent", |goal| goal.unit.as_str());
        row.outcome_last_year = measure.and_then(|measure| {
            let (_, amount) = self.outcome_of(subject, measure, unit, self.year - 1)?;
            Some(amount.signed().0)
        });
        let above = self.parents.get(&row.key);
        row.parent_goal = above.map(|goal| (goal.low, goal.high));
        if let (Some(above), Some(goal)) = (above, &row.goal)
            && above.unit == goal.unit
            && is_rate(&goal.unit)
        {
            row.amplification = Some(clean(goal.low - above.low));
        }
    }

    /// A headline goal that was none the year before: new, or promoted from elsewhere in that report.
    fn newly(&self, row: &PanelRow) -> WordingChange {
        let (_, subject, measure) = &row.key;
        let year = self.year - 1;
        let in_goals = self.book.goals.iter().any(|goal| {
            goal.report_year == year
                && goal.period == Period::Year(year)
                && goal.subject() == *subject
                && goal.amount.as_ref().map(|a| a.measure) == *measure
        });
        let in_tasks = self.book.task_figures.iter().any(|figure| {
            figure.year == year
                && figure.period == Period::Year(year)
                && figure.subject == *subject
                && Some(figure.amount.measure) == *measure
        });
        if in_goals || in_tasks { WordingChange::Promoted } else { WordingChange::New }
    }
}

impl PanelRow {
    fn empty(key: Key, standing: Standing) -> Self {
        PanelRow {
            key,
            kind: None,
            goal: None,
            relation: None,
            reference: None,
            hardness: None,
            stretch: None,
            stretch_text: None,
            standing,
            outcome: None,
            outcome_source: None,
            outcome_vintage: None,
            verdict: None,
            strict: None,
            margin: None,
            tolerance: None,
            flags: Vec::new(),
            claim: None,
            goal_last_year: None,
            outcome_last_year: None,
            parent_goal: None,
            amplification: None,
            wording_change: None,
            goal_id: None,
            outcome_id: None,
            goal_quote: None,
            outcome_quote: None,
        }
    }

    /// The goal less that of the year before.
    #[must_use]
    pub fn goal_change(&self) -> Option<f64> {
        Some(clean(self.goal.as_ref()?.low - self.goal_last_year?))
    }
}

/// What became of a goal's wording since the year before.
fn change(old: &PanelRow, now: &PanelRow) -> WordingChange {
    use std::cmp::Ordering;
    match now.standing.cmp(&old.standing) {
        _ if now.standing == Standing::Nowhere => WordingChange::Dropped,
        Ordering::Less if old.standing == Standing::Nowhere => WordingChange::New,
        Ordering::Less => WordingChange::Promoted,
        Ordering::Greater => WordingChange::Demoted,
        Ordering::Equal => match firmness(now).cmp(&firmness(old)) {
            Ordering::Equal => WordingChange::Same,
            Ordering::Greater => WordingChange::Hardened,
            Ordering::Less => WordingChange::Softened,
        },
    }
}

/// How firm a wording is: 力争 below any bound without it.
fn firmness(row: &PanelRow) -> u8 {
    let bound = row.goal.as_ref().map(|goal| goal.bound);
    match (row.hardness, bound, row.relation) {
        (Some(Hardness::Stretch), ..) => 1,
        (_, Some(bound), _) => 1 + bound.firmness(),
        (None, _, Some(Relation::Faster)) => 4,
        (None, _, Some(Relation::NotBelow)) => 3,
        (None, _, Some(Relation::InStep | Relation::SameAs | Relation::Positive)) => 2,
        _ => 0,
    }
}

/// What the level below is compared with.
#[must_use]
pub fn parent_goals(rows: &[PanelRow]) -> ParentGoals {
    rows.iter().filter_map(|row| Some((row.key.clone(), row.goal.clone()?))).collect()
}
