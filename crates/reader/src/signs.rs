//! The stops of a passage and the characters that few clauses hold but several rules look for, found in one pass.

use std::ops::Range;

/// A character that is looked for and the byte of the passage's folded text at which it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sign {
    pub at: usize,
    pub char: char,
}

impl Sign {
    /// One past its last byte.
    pub(crate) fn end(self) -> usize {
        self.at + self.char.len_utf8()
    }
}

/// The signs of a passage, in order.
#[derive(Debug, Default)]
pub(crate) struct Signs(Vec<Sign>);

/// The signs of three bytes: stops and quotation marks, and what words on a basis and on estimates are made with.
const WIDE: [char; 24] = [
    '。', '！', '？', '，', '；', '：', '、', '（', '“', '”', '《', '》', '价', '扣', '剔', '含', '括', '径', '义', '响', '预', '初', '据',
    '）',
];

/// The place in [`WIDE`], from 1, of each sign of three bytes by its last two; no two signs share these.
static BY_LAST_TWO: [u8; 0x4000] = {
    let mut table = [0; 0x4000];
    let mut i = 0;
    while i < WIDE.len() {
        let c = WIDE[i] as u32;
        let last_two = (0x80 | (c >> 6) & 0x3F) << 8 | (0x80 | c & 0x3F);
        let place = (last_two & 0x3FFF) as usize;
        assert!(table[place] == 0, "two signs with the same last bytes");
        i += 1;
        table[place] = i as u8;
    }
    table
};

impl Signs {
    /// Finds the signs of a passage's folded text, in the place of those of the passage before.
    pub(crate) fn find(&mut self, text: &str) {
        self.0.clear();
        let mut rest = text.as_bytes();
        loop {
            // Nearly all characters have three bytes.
            while let [first @ 0xE0..=0xEF, second, third, after @ ..] = rest {
                let place = BY_LAST_TWO[(u16::from_be_bytes([*second, *third]) & 0x3FFF) as usize];
                if place > 0 {
                    let char = WIDE[usize::from(place) - 1];
                    if 0xE0 | (char as u32 >> 12) as u8 == *first {
                        self.0.push(Sign { at: text.len() - rest.len(), char });
                    }
                }
                rest = after;
            }
            let at = text.len() - rest.len();
            match rest {
                [] => return,
                [b',' | b';' | b':' | b'(' | b'\n', ..] => self.0.push(Sign { at, char: char::from(rest[0]) }),
                _ => {}
            }
            rest = &rest[text[at..].chars().next().map_or(1, char::len_utf8)..];
        }
    }

    /// The signs of one kind.
    pub(crate) fn all(&self, wanted: char) -> impl Iterator<Item = Sign> {
        self.0.iter().filter(move |sign| sign.char == wanted).copied()
    }

    fn inside(&self, part: Range<usize>) -> &[Sign] {
        let from = self.0.partition_point(|sign| sign.at < part.start);
        let inside = &self.0[from..];
        &inside[..inside.iter().take_while(|sign| sign.at < part.end).count()]
    }

    /// The first sign in a part of the text that is wanted.
    pub(crate) fn first(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        let from = self.0.partition_point(|sign| sign.at < part.start);
        self.0[from..].iter().take_while(|sign| sign.at < part.end).find(|sign| wanted(sign.char)).copied()
    }

    /// The last sign in a part of the text that is wanted.
    pub(crate) fn last(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        self.inside(part).iter().rev().find(|sign| wanted(sign.char)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_where_they_stand() {
        let text = "预计产量é5吨，增长1,200倍。好";
        let mut signs = Signs::default();
        signs.find(text);
        let found: Vec<char> = signs.0.iter().map(|sign| sign.char).collect();
        assert_eq!(found, ['预', '，', ',', '。']);
        assert!(signs.0.iter().all(|sign| text[sign.at..].starts_with(sign.char)));
        assert_eq!(signs.first(3..text.len(), |c| c == '。').map(Sign::end), Some(text.len() - '好'.len_utf8()));
        assert_eq!(signs.last(0..text.len(), |c| c == '预').map(|sign| sign.at), Some(0));
        assert_eq!(signs.last(1..text.len(), |c| c == '预'), None);
    }
}
