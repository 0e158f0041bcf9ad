//! Words looked up at the edge of a text: which word does it start with, which does it end with.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hash for single characters, spread by one multiplication.
#[derive(Clone, Copy, Debug, Default)]
struct CharHasher(u64);

impl Hasher for CharHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u32(u32::from(b));
        }
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = (self.0 ^ u64::from(n)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }
}

type ByChar<T> = HashMap<char, Vec<(Box<str>, T)>, BuildHasherDefault<CharHasher>>;

/// Words with a value each, found as prefix or as suffix of a text; the longest wins.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    by_first: ByChar<T>,
    by_last: ByChar<T>,
}

impl<T: Clone> FromIterator<(String, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let mut map = WordMap { by_first: ByChar::default(), by_last: ByChar::default() };
        for (word, value) in words {
            let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else { continue };
            map.by_first.entry(first).or_default().push((word.clone().into(), value.clone()));
            map.by_last.entry(last).or_default().push((word.into(), value));
        }
        for words in map.by_first.values_mut().chain(map.by_last.values_mut()) {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        map
    }
}

impl<T> WordMap<T> {
    /// The longest word that `text` starts with.
    #[must_use]
    pub fn prefix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let words = self.by_first.get(&text.chars().next()?)?;
        words.iter().find(|(word, _)| text.starts_with(&**word)).map(|(word, value)| (&**word, value))
    }

    /// The longest word that `text` ends with.
    #[must_use]
    pub fn suffix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let words = self.by_last.get(&text.chars().next_back()?)?;
        words.iter().find(|(word, _)| text.ends_with(&**word)).map(|(word, value)| (&**word, value))
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
