//! Words looked up at the edge of a text: which word does it start with, which does it end with.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hash for pairs of characters, spread by one multiplication.
#[derive(Clone, Copy, Debug, Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0 ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }
}

type ByPair<T> = HashMap<u64, Vec<(Box<str>, T)>, BuildHasherDefault<PairHasher>>;

/// The key of one character, or of two.
fn key(near: char, far: Option<char>) -> u64 {
    u64::from(u32::from(near)) << 32 | far.map_or(0, |c| u64::from(u32::from(c)))
}

/// Words with a value each, found as prefix or as suffix of a text; the longest wins.
///
/// They are filed by the two characters at the edge, so that a look-up compares only the few words that share both.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    by_start: ByPair<T>,
    by_end: ByPair<T>,
    /// Which characters start a word at all: most look-ups end here.
    starts: Chars,
    ends: Chars,
    /// Which characters come second in a word, forwards and backwards.
    seconds: Chars,
    second_last: Chars,
    /// Which characters are a word on their own.
    alone: Chars,
}

/// A set of characters of the basic plane, 64 to a row; all others count as in it.
#[derive(Clone, Debug)]
struct Chars(Box<[u64; 1024]>);

impl Chars {
    fn none() -> Self {
        Chars(Box::new([0; 1024]))
    }
    fn insert(&mut self, c: char) {
        if let Some(word) = self.0.get_mut(c as usize >> 6) {
            *word |= 1 << (c as u32 & 63);
        }
    }
    fn contains(&self, c: char) -> bool {
        self.0.get(c as usize >> 6).is_none_or(|word| word >> (c as u32 & 63) & 1 == 1)
    }
    /// Whether the set has the character of a row whose last byte is `last`: the byte's lower six bits are its place in the row.
    fn row_has(&self, row: usize, last: u8) -> bool {
        self.0[row] >> (last & 0x3F) & 1 == 1
    }
    /// The next offset from `at` on at which a character of the set may stand. Characters are taken from the bytes as they are:
    /// no text has more of them than of anything else.
    fn next_in(&self, text: &str, at: usize) -> Option<usize> {
        let mut rest = text.as_bytes().get(at..)?;
        loop {
            // Nearly all characters have three bytes.
            while let [first @ 0xE0..=0xEF, second, third, after @ ..] = rest {
                if self.row_has(usize::from(first & 0x0F) << 6 | usize::from(second & 0x3F), *third) {
                    return Some(text.len() - rest.len());
                }
                rest = after;
            }
            let (found, after) = match rest {
                [] => return None,
                [first @ 0..=0x7F, after @ ..] => (self.row_has(usize::from(first >> 6), *first), after),
                [first @ 0x80..=0xDF, second, after @ ..] => (self.row_has(usize::from(first & 0x1F), *second), after),
                _ => (true, rest),
            };
            if found {
                return Some(text.len() - rest.len());
            }
            rest = after;
        }
    }
}

impl<T: Clone> FromIterator<(String, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let mut map = WordMap {
            by_start: ByPair::default(),
            by_end: ByPair::default(),
            starts: Chars::none(),
            ends: Chars::none(),
            seconds: Chars::none(),
            second_last: Chars::none(),
            alone: Chars::none(),
        };
        for (word, value) in words {
            let (mut forth, mut back) = (word.chars(), word.chars().rev());
            let (Some(first), Some(last)) = (forth.next(), back.next()) else { continue };
            let (second, before_last) = (forth.next(), back.next());
            let (start, end) = (key(first, second), key(last, before_last));
            map.starts.insert(first);
            map.ends.insert(last);
            match (second, before_last) {
                (Some(second), Some(before)) => {
                    map.seconds.insert(second);
                    map.second_last.insert(before);
                }
                _ => map.alone.insert(first),
            }
            map.by_start.entry(start).or_default().push((word.clone().into(), value.clone()));
            map.by_end.entry(end).or_default().push((word.into(), value));
        }
        for words in map.by_start.values_mut().chain(map.by_end.values_mut()) {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        map
    }
}

impl<T> WordMap<T> {
    /// The longest word that `text` starts with.
    #[must_use]
    pub fn prefix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let mut chars = text.chars();
        let first = chars.next().filter(|&c| self.starts.contains(c))?;
        let second = chars.next().filter(|&c| self.seconds.contains(c));
        let pair = second.and_then(|c| self.by_start.get(&key(first, Some(c)))?.iter().find(|(word, _)| starts(text, word)));
        pair.or_else(|| self.alone(first)).map(|(word, value)| (&**word, value))
    }

    /// The longest word that `text` ends with.
    #[must_use]
    pub fn suffix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let mut chars = text.chars().rev();
        let last = chars.next().filter(|&c| self.ends.contains(c))?;
        let before = chars.next().filter(|&c| self.second_last.contains(c));
        let pair = before.and_then(|c| self.by_end.get(&key(last, Some(c)))?.iter().find(|(word, _)| ends(text, word)));
        pair.or_else(|| self.alone(last)).map(|(word, value)| (&**word, value))
    }

    fn alone(&self, character: char) -> Option<&(Box<str>, T)> {
        if !self.alone.contains(character) {
            return None;
        }
        self.by_start.get(&key(character, None))?.first()
    }

    /// The first word that stands in `text` from the offset `at` on, the longest of those that start there: where, which, its value.
    #[must_use]
    pub fn find_from<'a>(&'a self, text: &str, mut at: usize) -> Option<(usize, &'a str, &'a T)> {
        while let Some(start) = self.starts.next_in(text, at) {
            if let Some((word, value)) = self.prefix(&text[start..]) {
                return Some((start, word, value));
            }
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// Whether any word stands anywhere in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        self.find_from(text, 0).is_some()
    }
}

/// Whether `text` starts with `word`: the last byte tells most that do not, before anything is called.
fn starts(text: &str, word: &str) -> bool {
    let last = word.len() - 1;
    text.as_bytes().get(last) == Some(&word.as_bytes()[last]) && text.starts_with(word)
}

/// Whether `text` ends with `word`: the last byte of the word's first character tells most that do not.
fn ends(text: &str, word: &str) -> bool {
    let Some(at) = text.len().checked_sub(word.len()) else { return false };
    let first = word.len().min(3) - 1;
    text.as_bytes()[at + first] == word.as_bytes()[first] && text.ends_with(word)
}

#[cfg(test)]
mod tests {
    use super::WordMap;

    #[test]
    fn the_longest_word_wins_at_either_edge() {
        let map: WordMap<u8> = [("达", 1), ("达到", 2), ("已达到", 3)].map(|(w, v)| (w.to_owned(), v)).into_iter().collect();
        assert_eq!(map.prefix("达到5亿"), Some(("达到", &2)));
        assert_eq!(map.suffix("产量已达到"), Some(("已达到", &3)));
        assert_eq!(map.suffix("产量"), None);
        assert!(map.occurs_in("产量达5亿"));
        assert_eq!(map.find_from("产量é已达到5亿，达𠀀", 0), Some((8, "已达到", &3)));
        assert_eq!(map.find_from("产量已达到5亿，达𠀀", 12), Some((22, "达", &1)));
        assert_eq!(map.find_from("产量𠀀", 0), None);
    }
}
