//! The folded copy, cut by spans of the canonical text.

use pledgebook_lexicon::Folded;

use crate::Span;

/// A folded copy that gives the slice for a span of the text it was made from.
#[derive(Clone, Copy)]
pub(crate) struct FoldedText<'a>(pub(crate) &'a Folded);

impl<'a> FoldedText<'a> {
    /// The folded text of a span of the canonical text.
    pub(crate) fn slice(self, span: Span) -> &'a str {
        &self.0.as_str()[self.0.folded(span.start as usize)..self.0.folded(span.end as usize)]
    }
}
