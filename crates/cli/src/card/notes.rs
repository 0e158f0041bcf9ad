//! What the report admits and claims, how much was read in it, and what to know before relying on it.

use pledgebook_document::PassageKind;
use pledgebook_lexicon::{Mode, PledgeKind, Role};

use super::Card;
use crate::labels::{LABELS, Language, Terms, fill};
use crate::layout::{Table, dim, shorten, warm, wrap};

/// Passages with problems that are shown.
const PROBLEMS: usize = 4;
/// Lines shown of each.
const PROBLEM_LINES: usize = 4;

impl Card<'_> {
    /// What the government says became of its own goals.
    pub(super) fn claims(&self) -> Vec<String> {
        let mut lines = Vec::new();
        // One sentence may speak of several goals.
        for same in self.reading.claims.chunk_by(|a, b| a.span == b.span && a.claimed == b.claimed) {
            let claimed = LABELS.claimed.get(same[0].claimed.as_str()).map_or("", |text| text.get(self.view.language));
            let names: Vec<&str> = same.iter().map(|claim| self.name(claim.indicator, &claim.label)).collect();
            let names = names.join(if self.view.language == Language::En { ", " } else { "、" });
            let text = fill(LABELS.card.claim.get(self.view.language), &[&names, claimed, self.document.slice(same[0].span)]);
            lines.extend(hanging(&text, self.view.columns));
        }
        lines
    }

    /// The passages in which problems are admitted.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for passage in self.problem_passages().take(PROBLEMS) {
            let mut wrapped = hanging(self.document.slice(passage.span), self.view.columns);
            if wrapped.len() > PROBLEM_LINES {
                wrapped.truncate(PROBLEM_LINES);
                if let Some(last) = wrapped.last_mut() {
                    *last = shorten(&format!("{last}……"), self.view.columns);
                }
            }
            lines.extend(wrapped);
            lines.push(format!("    {}", dim(&self.place(passage.span))));
        }
        lines
    }

    fn problem_passages(&self) -> impl Iterator<Item = &pledgebook_document::Passage> {
        self.document.passages.iter().filter(|passage| passage.role == Role::Problem && passage.kind == PassageKind::Body)
    }

    /// How many figures, pledges and problems were read.
    pub(super) fn counts(&self) -> Vec<String> {
        let (words, language) = (&LABELS.card, self.view.language);
        let figures = &self.reading.figures;
        let pledges = &self.reading.pledges;
        let mut table = Table::new(self.view.columns, &[("", 10), ("", 6), ("", usize::MAX)]);
        let modes = Mode::ALL.iter().map(|&mode| (mode.as_str(), figures.iter().filter(|figure| figure.mode == mode).count()));
        table.row(vec![words.figures.get(language).to_owned(), figures.len().to_string(), self.counted(&LABELS.mode, modes)]);
        let kinds = PledgeKind::ALL.iter().map(|&kind| (kind.as_str(), pledges.iter().filter(|pledge| pledge.kind == kind).count()));
        let headline = pledges.iter().filter(|pledge| pledge.headline).count();
        let headline = fill(words.headline_count.get(language), &[&headline.to_string()]);
        let kinds = [headline, self.counted(&LABELS.pledge_kind, kinds)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        table.row(vec![words.pledges.get(language).to_owned(), pledges.len().to_string(), kinds.join(" · ")]);
        let problems = self.problem_passages().count();
        let passages = if problems == 1 { &words.passage_count_one } else { &words.passage_count };
        let passages = fill(passages.get(language), &[&problems.to_string()]);
        table.row(vec![words.passages.get(language).to_owned(), String::new(), passages]);
        table.lines(2).split_off(1)
    }

    fn counted<'b>(&self, terms: &Terms, counts: impl Iterator<Item = (&'b str, usize)>) -> String {
        let some = counts.filter(|&(_, count)| count > 0);
        some.filter_map(|(word, count)| Some(fill(terms.get(word)?.get(self.view.language), &[&count.to_string()])))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// What a user should know before trusting the reading.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for warning in &self.document.warnings {
            let place = warning.at.map_or_else(String::new, |at| format!(" ({})", self.place_of_source(at)));
            let text = format!("{}{place} [{}]", warning.message, warning.code);
            lines.extend(hanging(&text, self.view.columns).iter().map(|line| warm(line)));
        }
        lines
    }
}

/// A list item: a dash, then the text, wrapped under itself.
fn hanging(text: &str, columns: usize) -> Vec<String> {
    let wrapped = wrap(text, columns - 4).into_iter().enumerate();
    wrapped.map(|(i, line)| format!("{}{line}", if i == 0 { "  - " } else { "    " })).collect()
}
