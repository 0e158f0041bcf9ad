//! The card of a report: one page that a journalist would read.

mod achieved;
mod head;
mod notes;
mod promised;

pub(crate) use promised::within_a_phrase;

use pledgebook_document::{Document, Places, Span, Spot};
use pledgebook_lexicon::{DocumentKind, Lexicon};
use pledgebook_reader::{Figure, Reading};

use crate::input::FileRead;
use crate::labels::{LABELS, Language};
use crate::layout::{bold, heading};

/// How a card is to be shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    /// The language of all that the report did not write.
    pub(crate) language: Language,
    /// Columns of the terminal.
    pub(crate) columns: usize,
    /// Knows the names of indicators.
    pub(crate) lexicon: &'a Lexicon,
}

/// The cards of a file, one for each document that is not told in another's card.
pub(crate) fn cards(read: &FileRead, view: View) -> String {
    let mut text = String::new();
    for (index, (document, reading)) in read.both().enumerate() {
        if is_told_elsewhere(document, &read.documents) {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let card = Card { read, index, document, reading, view, places: Places::of(&document.source) };
        for line in card.lines() {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// Whether a document is a resolution whose report stands in the same file.
fn is_told_elsewhere(document: &Document, all: &[Document]) -> bool {
    document.meta.kind == Some(DocumentKind::Resolution)
        && document.linked.and_then(|other| all.get(other)).is_some_and(|other| other.meta.kind != Some(DocumentKind::Resolution))
}

/// One document about to be shown.
struct Card<'a> {
    read: &'a FileRead,
    index: usize,
    document: &'a Document,
    reading: &'a Reading,
    view: View<'a>,
    places: Places<'a>,
}

impl Card<'_> {
    fn lines(&self) -> Vec<String> {
        let words = &LABELS.card;
        let title = self.document.meta.title.as_deref().unwrap_or_else(|| words.untitled.get(self.view.language));
        let mut lines = vec![bold(title)];
        lines.extend(self.head());
        if self.reading.figures.is_empty() && self.reading.pledges.is_empty() && self.reading.claims.is_empty() {
            lines.extend([String::new(), format!("  {}", words.nothing.get(self.view.language))]);
        }
        let year = self.document.meta.year;
        let goals = self.dated(&words.headline, &words.headline_open, year);
        let results = self.dated(&words.results, &words.results_open, self.document.meta.told_year());
        for (title, part) in [
            (goals.as_str(), self.promised()),
            (results.as_str(), self.achieved()),
            (words.claims.get(self.view.language), self.claims()),
            (words.problems.get(self.view.language), self.problems()),
            (words.counts.get(self.view.language), self.counts()),
            (words.warnings.get(self.view.language), self.warnings()),
        ] {
            if !part.is_empty() {
                lines.extend([String::new(), heading(title)]);
                lines.extend(part);
            }
        }
        lines
    }

    fn dated(&self, with_year: &crate::labels::Text, without: &crate::labels::Text, year: Option<i16>) -> String {
        match year {
            Some(year) => crate::labels::fill(with_year.get(self.view.language), &[&year.to_string()]),
            None => without.get(self.view.language).to_owned(),
        }
    }

    /// The indicator's English name where there is one and English is asked for; else the words of the report.
    fn name<'b>(&'b self, indicator: Option<&str>, label: &'b str) -> &'b str {
        let known = indicator.filter(|_| self.view.language == Language::En).and_then(|id| self.view.lexicon.indicator(id));
        known.map_or(label, |indicator| &indicator.en)
    }

    fn quantity(&self, figure: &Figure) -> String {
        crate::quantity::quantity(figure, self.document.slice(figure.span), self.view.language)
    }

    fn place(&self, span: Span) -> String {
        self.place_of_source(self.document.map.source(span).start)
    }

    fn place_of_source(&self, at: u32) -> String {
        let words = &LABELS.card;
        let (label, number) = match self.places.at(at) {
            Spot::Line(n) => (&words.line, n),
            Spot::Page { page, .. } => (&words.page, page),
            Spot::Paragraph(n) => (&words.paragraph, n),
            Spot::Node(n) => (&words.node, n),
        };
        crate::labels::fill(label.get(self.view.language), &[&number.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(language: Language, columns: usize) -> String {
        let lexicon = Lexicon::builtin();
        let text = cards(&crate::example::report(), View { language, columns, lexicon: &lexicon });
        assert!(anstream::adapter::strip_str(&text).to_string().lines().all(|line| crate::layout::width(line) <= columns), "{text}");
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn the_card_in_english_at_80_columns() {
        insta::assert_snapshot!(card(Language::En, 80));
    }

    #[test]
    fn the_card_in_chinese_at_120_columns() {
        insta::assert_snapshot!(card(Language::Zh, 120));
    }
}
