//! The stops of a text, the characters that few clauses hold but several rules look for, and where numerals, words for times and
//! words that ask for an act may start: all found in one pass over the document.

use std::ops::Range;

use pledgebook_lexicon::{Chars, Lexicon};

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

/// What a folded text holds of the characters looked for, in order.
#[derive(Debug)]
pub(crate) struct Marks {
    signs: Vec<Sign>,
    /// Where a numeral may start.
    numerals: Vec<usize>,
    /// Where a word for a time may start.
    times: Vec<usize>,
    /// The words that ask for an act.
    modals: Vec<Range<usize>>,
}

/// The signs of a passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signs<'m> {
    /// Their places are those in the whole text.
    all: &'m [Sign],
    /// Where words for times may start, and the words that ask for an act, of the whole text.
    times: &'m [usize],
    modals: &'m [Range<usize>],
    /// Where the passage starts in it.
    base: usize,
}

/// The signs of three bytes: stops and quotation marks, what words on a basis and on estimates are made with, and one character of
/// each word that tells what has been done or what something is, that only principles hold, or that names a unit in the lead.
const WIDE: [char; 34] = [
    '。', '！', '？', '，', '；', '：', '、', '（', '“', '”', '《', '》', '价', '扣', '剔', '含', '括', '径', '义', '响', '预', '初', '据',
    '）', '了', '已', '党', '维', '求', '挑', '广', '习', '牵',
    '是',
];

/// The characters of three bytes that start a numeral.
const NUMERAL_STARTS: [char; 35] = [
    '〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '几', '数', '翻', '倍', '半',
    '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '廿',
];

/// A character of three bytes in UTF-8.
pub(crate) const fn bytes_of(c: char) -> [u8; 3] {
    let code = c as u32;
    [0xE0 | (code >> 12) as u8, 0x80 | (code >> 6 & 0x3F) as u8, 0x80 | (code & 0x3F) as u8]
}

pub(crate) const FULL_STOP: [u8; 3] = bytes_of('。');
pub(crate) const SEMICOLON: [u8; 3] = bytes_of('；');

/// The last two bytes of a character of three, as its place in [`LEADS`].
const fn row([_, second, third]: [u8; 3]) -> usize {
    ((second as usize) << 8 | third as usize) & 0x3FFF
}

/// By the last two bytes of a character, the low half of the first byte that makes a sign of it, and four bits higher of the one that
/// makes the start of a numeral; 0 for none. No two signs share their last two bytes, nor do two starts.
static LEADS: [u8; 0x4000] = {
    let mut table = [0; 0x4000];
    let mut i = 0;
    while i < WIDE.len() + NUMERAL_STARTS.len() {
        let (c, shift) = if i < WIDE.len() { (WIDE[i], 0) } else { (NUMERAL_STARTS[i - WIDE.len()], 4) };
        let bytes = bytes_of(c);
        assert!(table[row(bytes)] >> shift & 0xF == 0, "two characters with the same last bytes");
        table[row(bytes)] |= (bytes[0] & 0xF) << shift;
        i += 1;
    }
    table
};

/// All characters of [`LEADS`].
static MARKS: Chars = {
    let mut chars = Chars::none();
    let mut i = 0;
    while i < WIDE.len() + NUMERAL_STARTS.len() {
        chars.insert(if i < WIDE.len() { WIDE[i] } else { NUMERAL_STARTS[i - WIDE.len()] } as u32);
        i += 1;
    }
    chars
};

/// So many characters are looked at before the marks among them are taken.
const BLOCK: usize = 64;

impl Marks {
    /// Finds the marks of a folded text.
    pub(crate) fn of(text: &str, lexicon: &Lexicon) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Marks {
            signs: Vec::with_capacity(bytes.len() / 20),
            numerals: Vec::with_capacity(bytes.len() / 40),
            times: Vec::with_capacity(bytes.len() / 200),
            modals: Vec::with_capacity(bytes.len() / 200),
        };
        let (times, modals) = (lexicon.periods.starts(), lexicon.modals.starts());
        let wanted = MARKS.clone().and(times).and(modals);
        let mut at = 0;
        while at < bytes.len() {
            let (characters, _) = bytes[at..].as_chunks::<3>();
            let characters = &characters[..characters.len().min(BLOCK)];
            // Nearly all characters have three bytes and are no mark: a mark is noted without a branch.
            let mut noted = [0u8; BLOCK];
            let mut count = 0;
            let mut passed = 0;
            for &character in characters {
                if !(0xE1..=0xEF).contains(&character[0]) {
                    break;
                }
                noted[count % BLOCK] = passed;
                count += usize::from(wanted.holds(character));
                passed += 1;
            }
            for &place in &noted[..count] {
                let character = characters[usize::from(place)];
                let lead = character[0] & 0xF;
                let leads = LEADS[row(character)];
                let at = at + 3 * usize::from(place);
                if leads & 0xF == lead {
                    marks.signs.push(Sign { at, char: char_of(character) });
                } else if leads >> 4 == lead {
                    marks.numerals.push(at);
                }
                if times.holds(character) && lexicon.periods.may_start_at(text, at) {
                    marks.times.push(at);
                }
                if modals.holds(character)
                    && let Some((word, ())) = lexicon.modals.prefix(&text[at..])
                {
                    marks.modals.push(at..at + word.len());
                }
            }
            at += 3 * usize::from(passed);
            while let Some(first) = bytes.get(at).copied().filter(|first| !(0xE1..=0xEF).contains(first)) {
                match first {
                    b'0'..=b'9' => marks.numerals.push(at),
                    b',' | b';' | b':' | b'(' | b'\n' => marks.signs.push(Sign { at, char: char::from(first) }),
                    _ => {}
                }
                if times.contains(first.into()) {
                    marks.times.push(at);
                }
                at += if first.is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
            }
        }
        marks
    }

    /// The signs in a part of the text.
    pub(crate) fn signs(&self, part: &Range<usize>) -> Signs<'_> {
        let from = self.signs.partition_point(|sign| sign.at < part.start);
        let all = &self.signs[from..];
        Signs { all: &all[..all.partition_point(|sign| sign.at < part.end)], times: &self.times, modals: &self.modals, base: part.start }
    }

    /// Where numerals may start in a part of the text, counted from its start.
    pub(crate) fn numerals(&self, part: &Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.numerals.partition_point(|&at| at < part.start);
        let (start, end) = (part.start, part.end);
        self.numerals[from..].iter().take_while(move |&&at| at < end).map(move |at| at - start)
    }
}

/// The character of three bytes.
fn char_of([first, second, third]: [u8; 3]) -> char {
    let code = u32::from(first & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Signs<'_> {
    fn within(&self, part: &Range<usize>) -> &[Sign] {
        let (start, end) = (part.start + self.base, part.end + self.base);
        let inside = &self.all[self.all.partition_point(|sign| sign.at < start)..];
        &inside[..inside.iter().take_while(|sign| sign.at < end).count()]
    }

    fn here(&self, sign: &Sign) -> Sign {
        Sign { at: sign.at - self.base, char: sign.char }
    }

    /// Where words for times may start in a part of the passage, in order.
    pub(crate) fn times(&self, part: Range<usize>) -> impl Iterator<Item = usize> {
        let base = self.base;
        let from = self.times.partition_point(|&at| at < part.start + base);
        self.times[from..].iter().map(move |at| at - base).take_while(move |&at| at < part.end)
    }

    /// Whether an act is asked for in a part of the passage.
    pub(crate) fn asks(&self, part: &Range<usize>) -> bool {
        let from = self.modals.partition_point(|word| word.start < part.start + self.base);
        self.modals[from..].first().is_some_and(|word| word.end <= part.end + self.base)
    }

    /// The signs in a part of the passage, in order.
    pub(crate) fn inside(&self, part: &Range<usize>) -> impl Iterator<Item = Sign> {
        self.within(part).iter().map(|sign| self.here(sign))
    }

    /// All signs of the passage, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = Sign> {
        self.all.iter().map(|sign| self.here(sign))
    }

    /// The first sign in a part of the passage that is wanted.
    pub(crate) fn first(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        self.within(&part).iter().find(|sign| wanted(sign.char)).map(|sign| self.here(sign))
    }

    /// The last sign in a part of the passage that is wanted.
    pub(crate) fn last(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        self.within(&part).iter().rev().find(|sign| wanted(sign.char)).map(|sign| self.here(sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_where_they_stand() {
        let text = "甲\n预计产量é5吨，增长1,200倍。好";
        let marks = Marks::of(text);
        let passage = "甲\n".len()..text.len();
        let text = &text[passage.clone()];
        let signs = marks.signs(&passage);
        let found: Vec<char> = signs.all().map(|sign| sign.char).collect();
        assert_eq!(found, ['预', '，', ',', '。']);
        assert!(signs.all().all(|sign| text[sign.at..].starts_with(sign.char)));
        assert_eq!(signs.first(3..text.len(), |c| c == '。').map(Sign::end), Some(text.len() - '好'.len_utf8()));
        assert_eq!(signs.last(0..text.len(), |c| c == '预').map(|sign| sign.at), Some(0));
        assert_eq!(signs.last(1..text.len(), |c| c == '预'), None);
        let starts: String = marks.numerals(&passage).filter_map(|at| text[at..].chars().next()).collect();
        assert_eq!(starts, "51200倍");
    }
}
