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
}

/// A set of characters of the basic plane; all others count as in it.
#[derive(Clone, Debug)]
struct Chars(Box<[u64]>);

impl Chars {
    fn none() -> Self {
        Chars(vec![0; 1024].into_boxed_slice())
    }
    fn insert(&mut self, c: char) {
        if let Some(word) = self.0.get_mut(c as usize >> 6) {
            *word |= 1 << (c as u32 & 63);
        }
    }
    fn contains(&self, c: char) -> bool {
        self.0.get(c as usize >> 6).is_none_or(|word| word >> (c as u32 & 63) & 1 == 1)
    }
}

impl<T: Clone> FromIterator<(String, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let mut map = WordMap { by_start: ByPair::default(), by_end: ByPair::default(), starts: Chars::none(), ends: Chars::none() };
        for (word, value) in words {
            let (mut forth, mut back) = (word.chars(), word.chars().rev());
            let (Some(first), Some(last)) = (forth.next(), back.next()) else { continue };
            let (start, end) = (key(first, forth.next()), key(last, back.next()));
            map.starts.insert(first);
            map.ends.insert(last);
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
        let second = chars.next();
        let pair = second.and_then(|c| self.by_start.get(&key(first, Some(c)))?.iter().find(|(word, _)| text.starts_with(&**word)));
        pair.or_else(|| self.by_start.get(&key(first, None))?.first()).map(|(word, value)| (&**word, value))
    }

    /// The longest word that `text` ends with.
    #[must_use]
    pub fn suffix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let mut chars = text.chars().rev();
        let last = chars.next().filter(|&c| self.ends.contains(c))?;
        let before = chars.next();
        let pair = before.and_then(|c| self.by_end.get(&key(last, Some(c)))?.iter().find(|(word, _)| text.ends_with(&**word)));
        pair.or_else(|| self.by_end.get(&key(last, None))?.first()).map(|(word, value)| (&**word, value))
    }

    /// Whether any word stands anywhere in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.prefix(&text[at..]).is_some())
    }
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
    }
}
