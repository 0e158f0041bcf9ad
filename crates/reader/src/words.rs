//! Words asked for at the edge of a text, or in a short one: `starts!(rest, ["今年", "明年"])`. Two bytes tell nearly every text that has none of them.

/// Words that a text may start with.
pub(crate) struct Starts(Edge);

/// Words that a text may end with.
pub(crate) struct Ends(Edge);

/// The words, and the low six bits of the two bytes looked at, as sets: of a Chinese character all that its second and third byte tell.
struct Edge {
    words: &'static [&'static str],
    inner: u64,
    outer: u64,
}

/// The bit of a byte in a set.
const fn bit(byte: u8) -> u64 {
    1 << (byte & 0x3F)
}

impl Edge {
    /// The bytes looked at are the second and third from the edge's side for starts, the last two for ends; words have three at least.
    const fn new(words: &'static [&'static str], at_end: bool) -> Self {
        let mut edge = Edge { words, inner: 0, outer: 0 };
        let mut i = 0;
        while i < words.len() {
            let bytes = words[i].as_bytes();
            let at = if at_end { bytes.len() - 2 } else { 1 };
            edge.inner |= bit(bytes[at]);
            edge.outer |= bit(bytes[at + 1]);
            i += 1;
        }
        edge
    }

    #[inline]
    fn may_have(&self, inner: u8, outer: u8) -> bool {
        self.inner & bit(inner) != 0 && self.outer & bit(outer) != 0
    }
}

impl Starts {
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Starts(Edge::new(words, false))
    }

    /// What follows the first of the words that the text starts with.
    #[inline]
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        match *text.as_bytes() {
            [_, inner, outer, ..] if self.0.may_have(inner, outer) => self.0.words.iter().find_map(|word| text.strip_prefix(word)),
            _ => None,
        }
    }

    /// Every place in the text where one of the words starts, and what follows it.
    pub(crate) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        let bytes = text.as_bytes();
        let mut next = 0;
        std::iter::from_fn(move || {
            while let [lead, inner, outer, ..] = bytes[next..] {
                let at = next;
                next += if lead >= 0xE0 { 3 } else { 1 };
                if self.0.may_have(inner, outer)
                    && let Some(after) = text.get(at..).and_then(|rest| self.strip(rest))
                {
                    return Some((at, after));
                }
            }
            None
        })
    }
}

impl Ends {
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Ends(Edge::new(words, true))
    }

    /// What stands before the first of the words that the text ends with.
    #[inline]
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        match *text.as_bytes() {
            [.., inner, outer] if self.0.may_have(inner, outer) => self.0.words.iter().find_map(|word| text.strip_suffix(word)),
            _ => None,
        }
    }
}

/// What follows the first of the words that a text starts with.
macro_rules! strip_start {
    ($text:expr, $words:expr) => {
        const { $crate::words::Starts::new(&$words) }.strip(&$text)
    };
}

/// What stands before the first of the words that a text ends with.
macro_rules! strip_end {
    ($text:expr, $words:expr) => {
        const { $crate::words::Ends::new(&$words) }.strip(&$text)
    };
}

/// Whether a text starts with any of the words.
macro_rules! starts {
    ($text:expr, $words:expr) => {
        $crate::words::strip_start!($text, $words).is_some()
    };
}

/// Whether a text ends with any of the words.
macro_rules! ends {
    ($text:expr, $words:expr) => {
        $crate::words::strip_end!($text, $words).is_some()
    };
}

/// Whether a short text holds any of the words.
macro_rules! holds {
    ($text:expr, $words:expr) => {
        const { $crate::words::Starts::new(&$words) }.places(&$text).next().is_some()
    };
}

pub(crate) use {ends, holds, starts, strip_end, strip_start};

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_found_anywhere() {
        let places: Vec<_> = super::Starts::new(&["年均", "均增"]).places("é2年均增长，年均𠀀均增").collect();
        assert_eq!(places.iter().map(|(at, after)| (*at, after.len())).collect::<Vec<_>>(), [(3, 25), (6, 22), (18, 10), (28, 0)]);
        assert!(holds!("同年的总和", ["之和", "的总和"]) && !holds!("和", ["之和", "的总和"]));
    }

    #[test]
    fn the_first_of_the_words_is_stripped() {
        assert_eq!(strip_start!("年底前完成", ["年末", "年底", "年底前"]), Some("前完成"));
        assert_eq!(strip_end!("到2025年底", ["年", "年底", "底"]), Some("到2025"));
        assert!(starts!("2年内", ["2年", "两年"]) && ends!("第1号", ["1号"]));
        for text in ["", "年", "é", "产量", "末年"] {
            assert!(!starts!(text, ["年末", "年底"]) && !ends!(text, ["年末", "年底"]), "{text}");
        }
    }
}
