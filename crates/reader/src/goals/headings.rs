//! Sentences that only head the ones after them.

use pledgebook_document::Span;
use smallvec::SmallVec;

use super::parts::{Part, Stop};

/// An item is headed by its first sentence when the others are so many times as long.
const HEADED_ITEM: usize = 2;

/// Whether a sentence only says what the next ones of its paragraph or list item are about: it stands at the head and has one clause,
/// or it opens an item that fills a paragraph (二是…，…。).
pub(super) fn announces(parts: &[Part], at: usize) -> bool {
    let (part, Some(next)) = (&parts[at], parts.get(at + 1)) else { return false };
    let item = part.marked && !next.marked;
    let rest = || parts.last().map_or(0, |last| last.range.end - next.range.start);
    let heads = if part.clauses.len() == 1 { at == 0 || item } else { at == 0 && item && rest() >= HEADED_ITEM * part.range.len() };
    part.stop == Stop::Full && heads
}

/// Whether a passage is a sentence that heads the next passage: short, of one clause, without a number.
pub(super) fn stands_alone(text: &str, parts: &[Part]) -> bool {
    matches!(parts, [part] if !part.marked && is_short(text, part))
}

/// A document in which so large a part of the sentences are short and stand before longer ones heads its paragraphs so throughout.
const HEADED: f64 = 0.14;

/// The short sentences of a document that stand before longer ones.
#[derive(Debug, Default)]
pub(super) struct Short {
    sentences: usize,
    heads: usize,
    /// The tasks made of them.
    tasks: Vec<Span>,
}

impl Short {
    /// Takes the sentences of a passage in.
    pub(super) fn see(&mut self, text: &str, parts: &[Part]) {
        self.sentences += parts.len();
        self.heads += parts.windows(2).skip(1).filter(|w| is_head(text, &w[0], &w[1])).count();
    }

    /// Notes the task made of a sentence, should it be a heading.
    pub(super) fn note(&mut self, text: &str, part: &Part, next: Option<&Part>, task: Span) {
        if next.is_some_and(|next| is_head(text, part, next)) {
            self.tasks.push(task);
        }
    }

    /// The tasks that are only headings: all that were noted, where the document has many.
    pub(super) fn headings(&self) -> &[Span] {
        if self.heads as f64 >= HEADED * self.sentences as f64 { &self.tasks } else { &[] }
    }
}

/// A heading of a document that has many takes so many bytes at most.
const LONGEST_OF_MANY: usize = 39;

fn is_head(text: &str, part: &Part, next: &Part) -> bool {
    part.range.len() <= LONGEST_OF_MANY && is_short(text, part) && is_longer(next)
}

/// A paragraph with so many short sentences before long ones has headings run into it.
const RUN_IN_HEADINGS: usize = 3;

/// A heading run into a paragraph takes so many bytes at most.
const LONGEST_RUN_IN: usize = 60;

/// The bytes of the two characters by which headings of one kind begin.
const SAME_START: usize = 6;

/// How the headings that are run into a paragraph are known.
#[derive(Debug)]
pub(super) struct RunIn<'t> {
    text: &'t str,
    /// Several short sentences, most of them before a long one.
    by_length: bool,
    /// How several short sentences begin that each stand before a longer one (实施…行动。…。实施…行动。…).
    start: Option<&'t [u8]>,
}

impl<'t> RunIn<'t> {
    /// Looks at the sentences of a paragraph.
    pub(super) fn of(text: &'t str, parts: &[Part]) -> Self {
        let none = RunIn { text, by_length: false, start: None };
        if parts.len() <= RUN_IN_HEADINGS {
            return none;
        }
        let (mut short, mut heads) = (0, 0);
        let mut starts = SmallVec::<[&[u8]; 8]>::new();
        for (i, part) in parts.iter().enumerate().filter(|(_, part)| is_short(text, part)) {
            short += 1;
            let Some(next) = parts.get(i + 1) else { continue };
            heads += usize::from(is_long(next));
            starts.extend(text.as_bytes()[part.range.clone()].get(..SAME_START).filter(|_| is_longer(next)));
        }
        if short < RUN_IN_HEADINGS {
            return none;
        }
        let alike = |start: &&&[u8]| starts.iter().filter(|other| other == start).count() >= RUN_IN_HEADINGS;
        RunIn { by_length: heads >= RUN_IN_HEADINGS && 3 * heads >= 2 * short, start: starts.iter().find(alike).copied(), ..none }
    }

    /// 提高投资效益。实施…，盘活…，吸引…: whether a sentence only heads the long one after it.
    pub(super) fn heads(&self, part: &Part, next: &Part) -> bool {
        is_short(self.text, part)
            && (self.by_length && is_long(next)
                || is_longer(next) && self.start.is_some_and(|start| self.text.as_bytes()[part.range.clone()].starts_with(start)))
    }
}

fn is_short(text: &str, part: &Part) -> bool {
    part.clauses.len() == 1
        && part.stop == Stop::Full
        && part.range.len() <= LONGEST_RUN_IN
        && !text.as_bytes()[part.range.clone()].iter().any(u8::is_ascii_digit)
}

fn is_long(part: &Part) -> bool {
    part.clauses.len() >= 3 || part.stop == Stop::Semicolon
}

fn is_longer(part: &Part) -> bool {
    part.clauses.len() >= 2 || is_long(part)
}
