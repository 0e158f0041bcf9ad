//! The results of the reviewed year, topic by topic.

use pledgebook_document::Passage;
use pledgebook_lexicon::{Mode, Period, Role};
use pledgebook_reader::Figure;

use super::Card;
use crate::labels::{LABELS, fill};
use crate::layout::{dim, shorten, width, wrap};

/// Results shown of one topic.
const RESULTS: usize = 6;
/// Topics shown.
const TOPICS: usize = 12;

/// A part of the review with its results.
struct Topic<'a> {
    title: &'a str,
    figures: Vec<&'a Figure>,
}

impl Card<'_> {
    /// The results by topic.
    pub(super) fn achieved(&self) -> Vec<String> {
        let language = self.view.language;
        let topics = self.topics();
        let mut lines = Vec::new();
        for topic in topics.iter().take(TOPICS) {
            lines.push(format!("  {}", shorten(topic.title, self.view.columns - 2)));
            let mut results = self.results(&topic.figures);
            let left_out = results.len().saturating_sub(RESULTS);
            if left_out > 0 {
                results.truncate(RESULTS);
                results.push(fill(LABELS.card.more.get(language), &[&left_out.to_string()]));
            }
            lines.extend(packed(&results, self.view.columns - 4).iter().map(|line| format!("    {line}")));
        }
        if topics.len() > TOPICS {
            let left_out = (topics.len() - TOPICS).to_string();
            lines.push(format!("  {}", dim(&fill(LABELS.card.more_topics.get(language), &[&left_out]))));
        }
        lines
    }

    /// The outcomes of the review, under the heading they stand under; those of the whole area first.
    fn topics(&self) -> Vec<Topic<'_>> {
        let mut topics: Vec<(Option<u32>, Topic)> = Vec::new();
        for figure in self.reading.figures.iter().filter(|figure| figure.mode == Mode::Outcome && self.is_of_last_year(figure)) {
            let Some(passage) = self.passage_at(figure.span.start).filter(|passage| passage.role == Role::Review) else { continue };
            match topics.iter_mut().find(|(section, _)| *section == passage.section) {
                Some((_, topic)) => topic.figures.push(figure),
                None => topics.push((passage.section, Topic { title: self.title_of(passage), figures: vec![figure] })),
            }
        }
        for (_, topic) in &mut topics {
            topic.figures.sort_by_key(|figure| figure.indicator.is_none());
        }
        topics.into_iter().map(|(_, topic)| topic).collect()
    }

    /// Whether a figure speaks of the reviewed year or a part of it, and not of the five years before.
    fn is_of_last_year(&self, figure: &Figure) -> bool {
        let spans_years = matches!(figure.period, Period::Span(..));
        self.document.meta.told_year().is_none_or(|year| figure.period.last_year() == Some(year) && !spans_years)
    }

    fn passage_at(&self, at: u32) -> Option<&Passage> {
        let passages = &self.document.passages;
        passages[..passages.partition_point(|passage| passage.span.start <= at)].last()
    }

    fn title_of(&self, passage: &Passage) -> &str {
        let section = passage.section.and_then(|section| self.document.sections.get(section as usize));
        let title = section.map_or("", |section| self.document.slice(section.title));
        title.trim_start_matches(['—', '─', '-', ' ']).trim_end_matches(['。', '，', '；', '：', ' '])
    }

    /// Each subject with its figures: `GDP ¥1.86 trillion, +5.3%`.
    fn results(&self, figures: &[&Figure]) -> Vec<String> {
        let mut results: Vec<(&str, Vec<String>)> = Vec::new();
        for figure in figures {
            let name = self.name(figure.indicator, &figure.label);
            match results.last_mut().filter(|(last, _)| *last == name) {
                Some((_, quantities)) => quantities.push(self.quantity(figure)),
                None => results.push((name, vec![self.quantity(figure)])),
            }
        }
        results.into_iter().map(|(name, quantities)| format!("{name} {}", quantities.join(", "))).collect()
    }
}

/// As many results in a line as fit, none broken that need not be.
fn packed(results: &[String], columns: usize) -> Vec<String> {
    const BETWEEN: &str = " · ";
    let mut lines: Vec<String> = Vec::new();
    for result in results {
        match lines.last_mut() {
            Some(line) if width(line) + width(BETWEEN) + width(result) <= columns => {
                line.push_str(BETWEEN);
                line.push_str(result);
            }
            _ => lines.extend(wrap(result, columns)),
        }
    }
    lines
}
