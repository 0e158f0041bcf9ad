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
    /// Stops, quotation marks and brackets.
    stops: Vec<Sign>,
    /// The characters of words.
    letters: Vec<Sign>,
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
    stops: &'m [Sign],
    letters: &'m [Sign],
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
    '）', '了', '已', '党', '维', '求', '挑', '广', '习', '牵', '是',
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

/// The stops of one byte.
const NARROW_STOPS: [u8; 5] = [b',', b';', b':', b'(', b'\n'];

/// All marks: the characters of [`LEADS`], the stops of one byte and the digits.
static MARKS: Chars = {
    let mut chars = Chars::none();
    let mut i = 0;
    while i < NARROW_STOPS.len() {
        chars.insert(NARROW_STOPS[i] as u32);
        i += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        chars.insert(digit as u32);
        digit += 1;
    }
    i = 0;
    while i < WIDE.len() + NUMERAL_STARTS.len() {
        chars.insert(if i < WIDE.len() { WIDE[i] } else { NUMERAL_STARTS[i - WIDE.len()] } as u32);
        i += 1;
    }
    chars
};

/// So many places are noted before the marks at them are taken.
const NOTES: usize = 1024;

/// Places in the text, noted without a branch.
struct Noted {
    places: [u32; NOTES],
    count: usize,
}

impl Noted {
    const NONE: Noted = Noted { places: [0; NOTES], count: 0 };

    #[inline]
    fn note(&mut self, at: u32, wanted: bool) {
        self.places[self.count % NOTES] = at;
        self.count += usize::from(wanted);
    }

    /// Takes all places.
    fn drain(&mut self) -> impl Iterator<Item = usize> {
        self.places[..std::mem::take(&mut self.count)].iter().map(|&at| at as usize)
    }
}

/// What may stand at the places noted.
struct Classes {
    stops: Noted,
    letters: Noted,
    numerals: Noted,
    times: Noted,
    modals: Noted,
}

impl Marks {
    /// Finds the marks of a folded text.
    pub(crate) fn of(text: &str, lexicon: &Lexicon) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Marks {
            stops: Vec::with_capacity(bytes.len() / 25),
            letters: Vec::with_capacity(bytes.len() / 100),
            numerals: Vec::with_capacity(bytes.len() / 40),
            times: Vec::with_capacity(bytes.len() / 200),
            modals: Vec::with_capacity(bytes.len() / 200),
        };
        let wanted = MARKS.clone().and(lexicon.periods.starts()).and(lexicon.modals.starts());
        let mut all = Noted::NONE;
        let mut classes =
            Classes { stops: Noted::NONE, letters: Noted::NONE, numerals: Noted::NONE, times: Noted::NONE, modals: Noted::NONE };
        let mut at = 0;
        while at < bytes.len() {
            // Nearly all characters have three bytes and are no mark.
            let (characters, _) = bytes[at..].as_chunks::<3>();
            for &character in &characters[..characters.len().min(NOTES - 1 - all.count)] {
                if !is_wide(character[0]) {
                    break;
                }
                all.note(at as u32, wanted.holds(character));
                at += 3;
            }
            if let Some(first) = bytes.get(at).copied().filter(|&first| !is_wide(first)) {
                all.note(at as u32, wanted.contains(first.into()));
                at += if first.is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
            }
            // There must be room for one that is narrow.
            if all.count >= NOTES - 1 {
                marks.take(text, &mut all, &mut classes, lexicon);
            }
        }
        marks.take(text, &mut all, &mut classes, lexicon);
        marks
    }

    /// Takes the marks at the places noted.
    fn take(&mut self, text: &str, noted: &mut Noted, classes: &mut Classes, lexicon: &Lexicon) {
        let bytes = text.as_bytes();
        let (times, modals) = (lexicon.periods.starts(), lexicon.modals.starts());
        for at in noted.drain() {
            let place = at as u32;
            let Some(&character) = bytes[at..].first_chunk::<3>().filter(|character| is_wide(character[0])) else {
                classes.stops.note(place, NARROW_STOPS.contains(&bytes[at]));
                classes.numerals.note(place, bytes[at].is_ascii_digit());
                classes.times.note(place, times.contains(bytes[at].into()));
                continue;
            };
            let lead = character[0] & 0xF;
            let leads = LEADS[row(character)];
            let sign = leads & 0xF == lead;
            // Ideographs have these leads, stops have others.
            let ideograph = matches!(lead, 0x4..=0x9);
            classes.stops.note(place, sign & !ideograph);
            classes.letters.note(place, sign & ideograph);
            classes.numerals.note(place, leads >> 4 == lead);
            classes.times.note(place, times.holds(character));
            classes.modals.note(place, modals.holds(character));
        }
        let sign = |at: usize| Sign {
            at,
            char: bytes[at..].first_chunk::<3>().filter(|c| is_wide(c[0])).map_or(char::from(bytes[at]), |&c| char_of(c)),
        };
        self.stops.extend(classes.stops.drain().filter(|&at| !inside_number(bytes, at)).map(sign));
        self.letters.extend(classes.letters.drain().map(sign));
        self.numerals.extend(classes.numerals.drain());
        self.times.extend(classes.times.drain().filter(|&at| lexicon.periods.may_start_at(text, at)));
        let word = |at: usize| lexicon.modals.prefix(&text[at..]).map(|(word, ())| at..at + word.len());
        self.modals.extend(classes.modals.drain().filter_map(word));
    }

    /// The signs in a part of the text.
    pub(crate) fn signs(&self, part: &Range<usize>) -> Signs<'_> {
        let from = self.stops.partition_point(|sign| sign.at < part.start);
        let stops = &self.stops[from..];
        let stops = &stops[..stops.partition_point(|sign| sign.at < part.end)];
        Signs { stops, letters: &self.letters, times: &self.times, modals: &self.modals, base: part.start }
    }

    /// Where numerals may start in a part of the text, counted from its start.
    pub(crate) fn numerals(&self, part: &Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.numerals.partition_point(|&at| at < part.start);
        let (start, end) = (part.start, part.end);
        self.numerals[from..].iter().take_while(move |&&at| at < end).map(move |at| at - start)
    }
}

/// 1,200, １，２００: whether the comma at a place only parts the digits of one number.
fn inside_number(bytes: &[u8], at: usize) -> bool {
    let digits = match bytes[at..] {
        [b',', ..] => at + 1,
        [0xEF, 0xBC, 0x8C, ..] => at + 3,
        _ => return false,
    };
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && (digits..digits + 3).all(digit) && !digit(digits + 3)
}

/// Whether a byte leads a character of three bytes; the few that 0xE0 leads are none of China's.
fn is_wide(lead: u8) -> bool {
    (0xE1..=0xEF).contains(&lead)
}

/// The signs of a list in order that stand in a part of the text.
fn within<'m>(list: &'m [Sign], part: &Range<usize>) -> &'m [Sign] {
    let list = &list[list.partition_point(|sign| sign.at < part.start)..];
    &list[..list.iter().take_while(|sign| sign.at < part.end).count()]
}

/// The character of three bytes.
fn char_of([first, second, third]: [u8; 3]) -> char {
    let code = u32::from(first & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Signs<'_> {
    fn there(&self, part: &Range<usize>) -> Range<usize> {
        part.start + self.base..part.end + self.base
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

    /// The stops, quotation marks and brackets of the passage, in order.
    pub(crate) fn stops(&self) -> impl Iterator<Item = Sign> {
        self.stops.iter().map(|sign| self.here(sign))
    }

    /// The letters looked for in a part of the passage, in order.
    pub(crate) fn letters(&self, part: &Range<usize>) -> impl Iterator<Item = Sign> {
        within(self.letters, &self.there(part)).iter().map(|sign| self.here(sign))
    }

    /// The first stop in a part of the passage that is wanted.
    pub(crate) fn first(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        within(self.stops, &self.there(&part)).iter().find(|sign| wanted(sign.char)).map(|sign| self.here(sign))
    }

    /// The last stop in a part of the passage that is wanted.
    pub(crate) fn last(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        within(self.stops, &self.there(&part)).iter().rev().find(|sign| wanted(sign.char)).map(|sign| self.here(sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_where_they_stand() {
        let text = "甲\n预计产量é5吨，增长1,200倍。好";
        let marks = Marks::of(text, &Lexicon::builtin());
        let passage = "甲\n".len()..text.len();
        let text = &text[passage.clone()];
        let whole = 0..text.len();
        let signs = marks.signs(&passage);
        assert_eq!(signs.stops().map(|sign| sign.char).collect::<Vec<_>>(), ['，', '。']);
        assert_eq!(signs.letters(&whole).collect::<Vec<_>>(), [Sign { at: 0, char: '预' }]);
        assert_eq!(signs.letters(&(1..text.len())).next(), None);
        assert!(signs.stops().all(|sign| text[sign.at..].starts_with(sign.char)));
        assert_eq!(signs.first(3..text.len(), |c| c == '。').map(Sign::end), Some(text.len() - '好'.len_utf8()));
        assert_eq!(signs.last(whole, |c| c == '，').map(|sign| &text[sign.end()..]), Some("增长1,200倍。好"));
        let starts: String = marks.numerals(&passage).filter_map(|at| text[at..].chars().next()).collect();
        assert_eq!(starts, "51200倍");
    }

    #[test]
    fn words_are_found_where_they_start() {
        let text = "要修路。今年必须架桥，5年来主要靠渡船";
        let (marks, lexicon) = (Marks::of(text, &Lexicon::builtin()), Lexicon::builtin());
        let passage = "要修路。".len()..text.len();
        let signs = marks.signs(&passage);
        let text = &text[passage];
        let times = signs.times(0..text.len()).filter_map(|at| lexicon.periods.prefix(&text[at..]));
        assert_eq!(times.map(|(word, _)| word).collect::<Vec<_>>(), ["今年", "5年来"]);
        assert!(signs.asks(&(0.."今年必须".len())));
        assert!(!signs.asks(&(0.."今年必".len())));
        assert!(!signs.asks(&("今年必须".len().."今年必须架桥，".len())));
    }
}
