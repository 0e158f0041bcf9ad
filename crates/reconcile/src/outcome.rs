//! What was reached, as a report or a statistic gives it.

use std::collections::HashMap;

use pledgebook_lexicon::{Aggregate, Period};

use crate::amount::Amount;
use crate::goal::subject;

/// Where an outcome stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeId {
    /// A figure of a document.
    Figure(String),
    /// A row of the statistics.
    Statistic(i64),
}

impl OutcomeId {
    /// As text: a figure's id, or `s` and the number of a statistic.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            OutcomeId::Figure(id) => id.clone(),
            OutcomeId::Statistic(number) => format!("s{number}"),
        }
    }
}

/// What was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Where it stands.
    pub id: OutcomeId,
    /// `work_report`, `communique`, …, or `statistics`.
    pub source: String,
    /// The year of the report; of a statistic its own.
    pub year: i16,
    /// When the source gave it; empty for reports.
    pub vintage: String,
    /// What it is about, in the words of the text.
    pub label: String,
    /// The indicator that the label names.
    pub indicator: Option<String>,
    /// The time it speaks of.
    pub period: Period,
    /// The number.
    pub amount: Amount,
    /// Whether it is a yearly average.
    pub average: bool,
    /// How it sums up its period.
    pub aggregate: Aggregate,
    /// real, nominal, excluding:…, unstated.
    pub basis: String,
    /// What a gap, rank or multiple is measured against.
    pub reference: Option<String>,
    /// Whether it is an estimate.
    pub estimate: bool,
    /// Whether its coding rests on a firm rule.
    pub is_firm: bool,
    /// Its place in its document, for an order that does not change.
    pub position: i64,
    /// The clause it was read from; of a statistic its source.
    pub quote: String,
}

/// The outcomes of one area by what they are about.
#[derive(Debug, Default)]
pub struct Outcomes {
    by_subject: HashMap<String, Vec<Outcome>>,
}

impl Outcomes {
    /// Files outcomes under what they are about.
    #[must_use]
    pub fn new(outcomes: Vec<Outcome>) -> Self {
        let mut by_subject: HashMap<String, Vec<Outcome>> = HashMap::new();
        for outcome in outcomes {
            by_subject.entry(subject(outcome.indicator.as_deref(), &outcome.label)).or_default().push(outcome);
        }
        Outcomes { by_subject }
    }

    /// Those about one subject.
    #[must_use]
    pub fn about(&self, subject: &str) -> &[Outcome] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// All of them, subject by subject in no order.
    pub fn all(&self) -> impl Iterator<Item = &Outcome> {
        self.by_subject.values().flatten()
    }
}
