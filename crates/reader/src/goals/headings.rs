//! Sentences that only head the ones after them.

use super::parts::{Part, Stop};

/// Whether a sentence of one clause at the head of a paragraph or list item only says what the next ones are about.
pub(super) fn announces_paragraph(part: &Part, next: Option<&Part>, first: bool) -> bool {
    part.clauses.len() == 1 && part.stop == Stop::Full && next.is_some_and(|next| first || (part.marked && !next.marked))
}

/// A paragraph with so many short sentences before long ones has headings run into it.
const RUN_IN_HEADINGS: usize = 3;

/// A heading run into a paragraph takes so many bytes at most.
const LONGEST_RUN_IN: usize = 60;

/// Whether a paragraph has headings run into it: several short sentences, most of them before a long one.
pub(super) fn has_headings(text: &str, parts: &[Part]) -> bool {
    let heading = |w: &[Part]| may_head(text, &w[0], &w[1]);
    let short = parts.iter().filter(|part| is_short(text, part)).count();
    let heads = parts.windows(2).filter(|w| heading(w)).count();
    heads >= RUN_IN_HEADINGS && 3 * heads >= 2 * short
}

fn is_short(text: &str, part: &Part) -> bool {
    part.clauses.len() == 1
        && part.stop == Stop::Full
        && part.range.len() <= LONGEST_RUN_IN
        && !text.as_bytes()[part.range.clone()].iter().any(u8::is_ascii_digit)
}

/// 提高投资效益。实施…，盘活…，吸引…: whether a sentence may only be the heading of the long one after it.
pub(super) fn may_head(text: &str, part: &Part, next: &Part) -> bool {
    is_short(text, part) && (next.clauses.len() >= 3 || next.stop == Stop::Semicolon)
}
