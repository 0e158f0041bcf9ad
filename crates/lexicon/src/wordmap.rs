//! Words looked up at the edge of a text: which word does it start with, which does it end with.

use std::ops::Range;

use crate::folding::code_of;

/// Words with a value each, found as prefix or as suffix of a text; the longest wins.
///
/// They are filed by the two characters at the edge, so that a look-up compares only the few words that share both.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    /// All words, one after the other.
    text: Box<str>,
    values: Box<[T]>,
    forward: Edge,
    backward: Edge,
}

/// The words by the two characters at one edge, the outer one first.
#[derive(Clone, Debug)]
struct Edge {
    /// Which characters stand at the edge at all: most look-ups end here.
    outer: Box<Chars>,
    /// Which pairs may: nearly all others end here.
    pairs: Pairs,
    /// Where the words of a pair are: an open table, filled to a half at most.
    slots: Box<[Slot]>,
    /// All words, those of a pair together, the longest first.
    words: Box<[Word]>,
    /// Whether any has one character only.
    singles: bool,
}

/// A pair of characters and its words; the inner one is 0 for words of one character.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    pair: u64,
    from: u32,
    to: u32,
}

/// A word: where it stands in the text of all, and which value it has.
#[derive(Clone, Copy, Debug)]
struct Word {
    at: u32,
    length: u32,
    value: u32,
}

impl Word {
    fn range(self) -> Range<usize> {
        self.at as usize..(self.at + self.length) as usize
    }
}

fn pair(outer: u32, inner: u32) -> u64 {
    u64::from(outer) << 32 | u64::from(inner)
}

/// The upper bits are well mixed.
fn hash(pair: u64) -> u64 {
    (pair ^ pair >> 15).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Edge {
    /// Files words, each with the pair at its edge. Of two that are the same the first counts.
    fn new(mut words: Vec<(u64, Word)>) -> Self {
        words.sort_by_key(|(pair, word)| (*pair, std::cmp::Reverse(word.length)));
        let pairs: Vec<&[(u64, Word)]> = words.chunk_by(|a, b| a.0 == b.0).collect();
        let size = (pairs.len() * 2).next_power_of_two().max(2);
        let mut edge = Edge {
            outer: Box::new(Chars::none()),
            pairs: Pairs::for_pairs(pairs.len()),
            slots: vec![Slot::default(); size].into(),
            words: words.iter().map(|(_, word)| *word).collect(),
            singles: words.iter().any(|(pair, _)| *pair as u32 == 0),
        };
        let mut from = 0;
        for same in pairs {
            let pair = same[0].0;
            let to = from + same.len() as u32;
            edge.outer.insert((pair >> 32) as u32);
            edge.pairs.insert(hash(pair));
            let mut at = edge.home(hash(pair));
            while edge.slots[at].to > 0 {
                at = edge.after(at);
            }
            edge.slots[at] = Slot { pair, from, to };
            from = to;
        }
        edge
    }

    /// The slot where the search for a pair of this hash begins.
    fn home(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.slots.len() - 1)
    }

    /// The slot where it goes on.
    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.slots.len() - 1)
    }

    /// The words of a pair, the longest first.
    #[inline]
    fn words(&self, outer: u32, inner: u32) -> &[Word] {
        let pair = pair(outer, inner);
        let hash = hash(pair);
        if self.pairs.may_hold(hash) { self.filed(pair, hash) } else { &[] }
    }

    fn filed(&self, pair: u64, hash: u64) -> &[Word] {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot.pair == pair || slot.to == 0 {
                return &self.words[slot.from as usize..slot.to as usize];
            }
            at = self.after(at);
        }
    }
}

/// A set of hashes of pairs of characters that may hold a few more than were put in.
#[derive(Clone, Debug)]
struct Pairs {
    bits: Box<[u64]>,
    /// How far a pair's hash is shifted to give its bit.
    shift: u32,
}

impl Pairs {
    /// An empty set for so many pairs, with eight bits or more for each.
    fn for_pairs(count: usize) -> Self {
        let bits = (count * 8).next_power_of_two().max(64);
        Pairs { bits: vec![0; bits / 64].into(), shift: u64::BITS - bits.trailing_zeros() }
    }
    fn bit(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }
    fn insert(&mut self, hash: u64) {
        let bit = self.bit(hash);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }
    fn may_hold(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// A set of characters of the basic plane, 64 to a row; one beyond it is in every set.
#[derive(Clone, Debug)]
pub struct Chars([u64; 1024]);

impl Chars {
    /// The empty set.
    #[must_use]
    pub const fn none() -> Self {
        Chars([0; 1024])
    }

    /// Adds a character.
    pub const fn insert(&mut self, code: u32) {
        if code < 0x10000 {
            self.0[code as usize >> 6] |= 1 << (code & 63);
        }
    }

    /// Adds the characters of another set.
    #[must_use]
    pub fn and(mut self, other: &Chars) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(row, more)| *row |= more);
        self
    }

    /// Whether a character of three bytes is in it.
    #[must_use]
    pub fn holds(&self, [first, second, third]: [u8; 3]) -> bool {
        self.0[usize::from(first & 0xF) << 6 | usize::from(second & 0x3F)] >> (third & 0x3F) & 1 == 1
    }

    /// Whether a character is in it.
    #[must_use]
    pub fn contains(&self, code: u32) -> bool {
        self.0.get(code as usize >> 6).is_none_or(|row| row >> (code & 63) & 1 == 1)
    }
}

impl<T> FromIterator<(String, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let mut text = String::new();
        let mut values = Vec::new();
        let (mut forward, mut backward) = (Vec::new(), Vec::new());
        for (word, value) in words {
            let (mut forth, mut back) = (word.chars().map(u32::from), word.chars().rev().map(u32::from));
            let (Some(first), Some(last)) = (forth.next(), back.next()) else { continue };
            let filed = Word { at: text.len() as u32, length: word.len() as u32, value: values.len() as u32 };
            forward.push((pair(first, forth.next().unwrap_or(0)), filed));
            backward.push((pair(last, back.next().unwrap_or(0)), filed));
            text.push_str(&word);
            values.push(value);
        }
        WordMap { text: text.into(), values: values.into(), forward: Edge::new(forward), backward: Edge::new(backward) }
    }
}

impl<T> WordMap<T> {
    /// The longest word that `text` starts with.
    #[inline]
    #[must_use]
    pub fn prefix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        // Nearly all characters have three bytes and start no word.
        let rejected = matches!(text.as_bytes(), [a @ 0xE0..=0xEF, b, c, ..] if !self.forward.outer.holds([*a, *b, *c]));
        if rejected { None } else { self.prefix_here(text) }
    }

    fn prefix_here<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let bytes = text.as_bytes();
        if let [a @ 0xE0..=0xEF, b, c, d @ 0xE0..=0xEF, e, f, ..] = *bytes {
            let (outer, inner) = (code_of(a, b, c).into(), code_of(d, e, f).into());
            return self.longest(&self.forward, outer, Some((inner, 6)), |word| starts(bytes, word));
        }
        let (outer, after) = three_bytes(bytes).or_else(|| first_char(text, 0))?;
        let inner = three_bytes(after).or_else(|| first_char(text, bytes.len() - after.len()));
        let inner = inner.map(|(inner, rest)| (inner, bytes.len() - rest.len()));
        self.longest(&self.forward, outer, inner, |word| starts(bytes, word))
    }

    /// The longest word that `text` ends with.
    #[must_use]
    pub fn suffix<'a>(&'a self, text: &str) -> Option<(&'a str, &'a T)> {
        let mut inwards = text.chars().rev();
        let outer = inwards.next().filter(|&c| self.backward.outer.contains(c.into()))?;
        let inner = inwards.next().map(|c| (c.into(), outer.len_utf8() + c.len_utf8()));
        self.longest(&self.backward, outer.into(), inner, |word| ends(text.as_bytes(), word))
    }

    /// The longest word at an edge of a text that has these characters there; with the inner one comes the length of both.
    #[inline]
    fn longest(&self, edge: &Edge, outer: u32, inner: Option<(u32, usize)>, fits: impl Fn(&[u8]) -> bool) -> Option<(&str, &T)> {
        let text = self.text.as_bytes();
        let pair = inner.and_then(|(inner, used)| {
            // A word of two characters is the pair itself.
            edge.words(outer, inner).iter().find(|word| word.length as usize == used || fits(&text[word.range()]))
        });
        pair.or_else(|| if edge.singles { edge.words(outer, 0).first() } else { None }).map(|word| self.found(*word))
    }

    /// The value of a word.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&T> {
        self.prefix(word).filter(|(longest, _)| longest.len() == word.len()).map(|(_, value)| value)
    }

    /// Every word with its value; of two that are the same, the second has no effect elsewhere.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.forward.words.iter().map(|word| self.found(*word))
    }

    fn found(&self, word: Word) -> (&str, &T) {
        (&self.text[word.range()], &self.values[word.value as usize])
    }

    /// The first word that stands in `text` from the offset `at` on, the longest of those that start there: where, which, its value.
    #[must_use]
    pub fn find_from<'a>(&'a self, text: &str, at: usize) -> Option<(usize, &'a str, &'a T)> {
        self.find_starting(text, at..text.len())
    }

    /// The first word that starts in a part of `text`, wherever it ends.
    #[must_use]
    pub fn find_starting<'a>(&'a self, text: &str, part: Range<usize>) -> Option<(usize, &'a str, &'a T)> {
        let bytes = text.as_bytes();
        let end = part.end.min(bytes.len());
        let mut at = part.start;
        while at < end {
            // Nearly all characters have three bytes and start no word: they are taken as they are.
            let (characters, _) = bytes[at..end].as_chunks::<3>();
            at += 3 * characters.iter().position(|&c| !self.passes(c)).unwrap_or(characters.len());
            if at >= end {
                break;
            }
            let (may, length) = match three_bytes(&bytes[at..]) {
                Some((first, after)) => (self.may_start(first, after), 3),
                None => {
                    let first = text[at..].chars().next()?;
                    (self.forward.outer.contains(first.into()), first.len_utf8())
                }
            };
            if may && let Some((word, value)) = self.prefix(&text[at..]) {
                return Some((at, word, value));
            }
            at += length;
        }
        None
    }

    /// Whether a character of three bytes starts no word.
    fn passes(&self, character: [u8; 3]) -> bool {
        character[0] & 0xF0 == 0xE0 && !self.forward.outer.holds(character)
    }

    /// The characters that words start with.
    #[must_use]
    pub fn starts(&self) -> &Chars {
        &self.forward.outer
    }

    /// Whether a word may start at a place in a text where one of [`WordMap::starts`] stands: seldom true where none does.
    #[must_use]
    pub fn may_start_at(&self, text: &str, at: usize) -> bool {
        three_bytes(&text.as_bytes()[at..]).is_none_or(|(first, after)| self.may_start(first, after))
    }

    /// Whether a word may start with a character that has these bytes after it.
    fn may_start(&self, first: u32, after: &[u8]) -> bool {
        let pairs = &self.forward.pairs;
        three_bytes(after).is_none_or(|(second, _)| pairs.may_hold(hash(pair(first, second))))
            || self.forward.singles && pairs.may_hold(hash(pair(first, 0)))
    }

    /// Whether any word stands anywhere in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        self.find_from(text, 0).is_some()
    }
}

/// The character of three bytes at the start of a text, and what follows it.
fn three_bytes(bytes: &[u8]) -> Option<(u32, &[u8])> {
    match bytes {
        [first @ 0xE0..=0xEF, second, third, after @ ..] => Some((code_of(*first, *second, *third).into(), after)),
        _ => None,
    }
}

/// The character that begins at a place in a text, whatever its length, and what follows it.
fn first_char(text: &str, at: usize) -> Option<(u32, &[u8])> {
    let c = text[at..].chars().next()?;
    Some((c.into(), &text.as_bytes()[at + c.len_utf8()..]))
}

/// Whether `text` starts with `word`: the last byte tells most that do not, before anything is called.
fn starts(text: &[u8], word: &[u8]) -> bool {
    text.get(word.len() - 1) == word.last() && text.starts_with(word)
}

/// Whether `text` ends with `word`: the last byte of the word's first character tells most that do not.
fn ends(text: &[u8], word: &[u8]) -> bool {
    let Some(at) = text.len().checked_sub(word.len()) else { return false };
    let first = word.len().min(3) - 1;
    text[at + first] == word[first] && text.ends_with(word)
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
        assert_eq!(map.prefix("达成"), Some(("达", &1)));
        assert_eq!(map.prefix(""), None);
        assert!(map.occurs_in("产量达5亿"));
        assert_eq!(map.find_from("产量é已达到5亿，达𠀀", 0), Some((8, "已达到", &3)));
        assert_eq!(map.find_from("产量已达到5亿，达𠀀", 12), Some((22, "达", &1)));
        assert_eq!(map.find_from("产量𠀀", 0), None);
        assert_eq!(map.find_starting("产量已达到5亿", 0..7), Some((6, "已达到", &3)));
        assert_eq!(map.find_starting("产量已达到5亿", 0..6), None);
    }
}
