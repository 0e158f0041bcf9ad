//! The headline pledges, each beside last year's result.

use pledgebook_document::Span;
use pledgebook_lexicon::{Measure, Mode, Period, PledgeKind};
use pledgebook_reader::{Figure, Pledge};

use super::Card;
use crate::labels::{LABELS, Language, Terms, fill};
use crate::layout::Table;

impl Card<'_> {
    /// The table of headline pledges.
    pub(super) fn promised(&self) -> Vec<String> {
        let (words, language) = (&LABELS.card, self.view.language);
        let headline: Vec<&Pledge> = self.reading.pledges.iter().filter(|pledge| pledge.headline).collect();
        if headline.is_empty() {
            return Vec::new();
        }
        let reported = self.dated(&words.reported, &words.reported_open, self.document.meta.year.map(|year| year - 1));
        let (name, goal, result) = if self.view.columns < 100 { (20, 18, 14) } else { (32, 26, 20) };
        let mut table = Table::new(
            self.view.columns,
            &[
                (words.indicator.get(language), name),
                (words.goal.get(language), goal),
                (&reported, result),
                (words.wording.get(language), usize::MAX),
            ],
        );
        for pledge in headline {
            let result = self.last_result(pledge).map_or_else(|| "—".to_owned(), |figure| self.quantity(figure));
            table.row(vec![self.name(pledge.indicator, &pledge.label).to_owned(), self.goal(pledge), result, self.wording(pledge)]);
        }
        table.lines(2)
    }

    /// What is promised: a number, a relation, or words.
    fn goal(&self, pledge: &Pledge) -> String {
        let language = self.view.language;
        let mut figures = pledge.figures.iter().map(|&i| &self.reading.figures[i as usize]);
        let term = |terms: &Terms, word: &str| terms.get(word).map_or(word, |text| text.get(language)).to_owned();
        match (figures.next(), pledge.relation) {
            (Some(first), _) => match figures.next().filter(|second| second.stretch) {
                Some(second) => fill(LABELS.card.stretch.get(language), &[&self.quantity(first), &self.quantity(second)]),
                None => self.quantity(first),
            },
            (None, Some(relation)) => {
                let reference = self.reference(pledge.reference.as_deref().unwrap_or_default());
                fill(&term(&LABELS.relation, relation.as_str()), &[&within_a_phrase(reference)])
            }
            (None, None) if pledge.kind == PledgeKind::Absent => term(&LABELS.qualitative, "absent"),
            (None, None) => term(&LABELS.qualitative, pledge.direction.as_str()),
        }
    }

    /// What a relative goal is measured against: an indicator, a term of the codebook, or a region by name.
    fn reference<'b>(&'b self, reference: &'b str) -> &'b str {
        let language = self.view.language;
        if let Some(known) = LABELS.reference.get(reference) {
            return known.get(language);
        }
        match self.view.lexicon.indicator(reference) {
            Some(indicator) if language == Language::Zh => &indicator.zh,
            Some(indicator) => &indicator.en,
            None => reference.strip_prefix("region:").unwrap_or(reference),
        }
    }

    /// The pledge in the words of the report, with its open stretch where it has one.
    fn wording(&self, pledge: &Pledge) -> String {
        let whole = pledge.figures.iter().map(|&i| self.reading.figures[i as usize].span).fold(pledge.span, around);
        self.document.slice(whole).replace('\n', "")
    }

    /// What the report gives for the year before, of the same indicator (or label) and measure.
    fn last_result(&self, pledge: &Pledge) -> Option<&Figure> {
        let reviewed = Period::Year(self.document.meta.year? - 1);
        let promised = pledge.figures.first().map(|&i| &self.reading.figures[i as usize]);
        let same_subject = |figure: &Figure| match (pledge.indicator, figure.indicator) {
            (None, None) => figure.label == pledge.label,
            (pledged, reported) => pledged == reported,
        };
        let mut results = self.reading.figures.iter().filter(|figure| {
            figure.mode == Mode::Outcome && figure.period == reviewed && figure.area.is_none() && !figure.average && same_subject(figure)
        });
        match promised {
            Some(promised) => results.find(|figure| figure.unit == promised.unit && comparable(promised.measure, figure.measure)),
            None => {
                let results: Vec<_> =
                    results.filter(|figure| matches!(figure.measure, Measure::Growth | Measure::Level | Measure::Share)).collect();
                results.iter().find(|figure| figure.measure == Measure::Growth).or(results.first()).copied()
            }
        }
    }
}

/// A name without its capital, for the middle of a phrase; abbreviations keep theirs.
pub(crate) fn within_a_phrase(name: &str) -> String {
    let mut rest = name.chars();
    match (rest.next(), rest.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(rest).collect(),
        _ => name.to_owned(),
    }
}

/// Whether two measures can stand side by side; a named rate may be coded level or share.
fn comparable(promised: Measure, reported: Measure) -> bool {
    let rate = |measure| matches!(measure, Measure::Level | Measure::Share);
    promised == reported || rate(promised) && rate(reported)
}

fn around(whole: Span, part: Span) -> Span {
    Span { start: whole.start.min(part.start), end: whole.end.max(part.end) }
}
