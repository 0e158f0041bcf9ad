//! The way from the canonical text back to the source.

use crate::Span;

/// Maps canonical text back to the source: runs of bytes that are the same in both.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// (start in the canonical text, start in the source), both ascending.
    runs: Vec<(u32, u32)>,
    /// Spaces and line breaks that are longer in the source: (offset in the canonical text, end in the source).
    wide: Vec<(u32, u32)>,
}

impl SourceMap {
    /// Records that the canonical text from `text` on was copied from `source` on.
    pub fn push(&mut self, text: u32, source: u32) {
        if let Some(&(t, s)) = self.runs.last()
            && source.wrapping_sub(text) == s.wrapping_sub(t)
        {
            return;
        }
        self.runs.push((text, source));
    }

    /// Records that the one byte at `text`, a space or line break, stands for white space of another length at
    /// `source..source_end`.
    pub fn push_white(&mut self, text: u32, source: u32, source_end: u32) {
        self.push(text, source);
        if source_end != source + 1 {
            self.wide.push((text, source_end));
        }
    }

    /// The source offset of the character that starts at `text`.
    #[must_use]
    pub fn source_start(&self, text: u32) -> u32 {
        let after = self.runs.partition_point(|&(t, _)| t <= text);
        match after.checked_sub(1).map(|i| self.runs[i]) {
            None => text,
            Some((t, s)) => s + (text - t),
        }
    }

    /// The source offset just past the character that ends at `text`.
    #[must_use]
    pub fn source_end(&self, text: u32) -> u32 {
        let Some(last) = text.checked_sub(1) else { return self.source_start(0) };
        match self.wide.binary_search_by_key(&last, |&(t, _)| t) {
            Ok(i) => self.wide[i].1,
            Err(_) => self.source_start(last) + 1,
        }
    }

    /// The source span of a span of the canonical text. An empty span stays empty.
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        let start = self.source_start(span.start);
        Span { start, end: if span.start == span.end { start } else { self.source_end(span.end) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_does_not_reach_over_what_was_dropped() {
        // source: 基\n\n2\n\n本; canonical: 基本
        let mut map = SourceMap::default();
        map.push(0, 0);
        map.push(3, 8);
        assert_eq!(map.source(Span { start: 0, end: 3 }), Span { start: 0, end: 3 });
        assert_eq!(map.source(Span { start: 0, end: 6 }), Span { start: 0, end: 11 });
        assert_eq!(map.source(Span { start: 3, end: 6 }), Span { start: 8, end: 11 });
    }

    #[test]
    fn a_space_may_stand_for_a_wider_one() {
        // source: A\u{3000}B; canonical: A B
        let mut map = SourceMap::default();
        map.push(0, 0);
        map.push_white(1, 1, 4);
        map.push(2, 4);
        assert_eq!(map.source(Span { start: 0, end: 2 }), Span { start: 0, end: 4 });
        assert_eq!(map.source(Span { start: 1, end: 3 }), Span { start: 1, end: 5 });
    }
}
