//! Finding the terms of a dictionary in a text.
//!
//! Of all places where a term stands, those inside one of its exclusions do not count. Of the others the leftmost counts, of
//! those that start together the longest, and what overlaps it does not: the count goes on behind it. So every character is
//! counted for one term at most, whatever the order of the dictionary.

use std::collections::HashMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use crate::dictionary::Dictionary;

/// How many characters a `*` may stand for.
const GAP: usize = 8;

/// A term that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The term: index into [`Dictionary::terms`].
    pub term: usize,
    /// Where it stands in the folded text, in bytes.
    pub at: Range<usize>,
}

/// What did not count, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Places of a term inside another term's hit: (the term, the other) and how many.
    pub covered: HashMap<(u32, u32), u64>,
    /// Places of a term inside one of its exclusions, by term.
    pub excluded: HashMap<u32, u64>,
}

impl Passed {
    /// Adds what was passed over elsewhere.
    pub fn add(&mut self, other: &Passed) {
        for (&pair, many) in &other.covered {
            *self.covered.entry(pair).or_default() += many;
        }
        for (&term, many) in &other.excluded {
            *self.excluded.entry(term).or_default() += many;
        }
    }
}

/// Finds the terms of one dictionary.
pub struct Matcher {
    /// Literal terms, and the first pieces of those with wildcards.
    heads: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each head: the candidates that may start where it was found.
    starting: Vec<Starting>,
    /// Every literal term, to see what hits cover; absent when no hit can cover anything.
    literal: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Length of the longest literal term in bytes.
    longest: usize,
    candidates: Vec<Candidate>,
}

enum Starting {
    /// One literal term without exclusions, and no other that begins like it.
    Only(u32),
    /// Several, or one that must be looked at: indices into `candidates`.
    Several(Vec<u32>),
}

/// A term as it is looked for.
struct Candidate {
    pieces: Vec<Piece>,
    not_in: Vec<String>,
}

/// What is before a piece, and the piece.
struct Piece {
    /// Characters that lie between: from, to.
    gap: (usize, usize),
    literal: String,
}

impl Matcher {
    /// A matcher for a dictionary.
    #[must_use]
    pub fn new(dictionary: &Dictionary) -> Self {
        let candidates: Vec<Candidate> = dictionary
            .terms
            .iter()
            .map(|term| {
                let group = &dictionary.groups[term.group].not_in;
                let words = term.not_in.iter().chain(group).map(|word| word.folded.clone());
                let concerns = |word: &String| term.word.is_wild() || word.contains(&term.word.folded);
                Candidate { pieces: pieces(&term.word.folded), not_in: words.filter(concerns).collect() }
            })
            .collect();
        let mut heads: Vec<&str> = candidates.iter().map(|candidate| candidate.pieces[0].literal.as_str()).collect();
        heads.sort_unstable();
        heads.dedup();
        let starting = heads.iter().map(|head| starting(head, &candidates)).collect();
        let literals: Vec<(&str, u32)> =
            (0..).zip(&candidates).filter(|(_, c)| c.pieces.len() == 1).map(|(i, c)| (c.pieces[0].literal.as_str(), i)).collect();
        let longest = literals.iter().map(|(text, _)| text.len()).max().unwrap_or(0);
        let literal = (!literals.is_empty()).then(|| automaton(literals, MatchKind::Standard));
        let heads = automaton((0..).zip(&heads).map(|(i, head)| (*head, i)), MatchKind::LeftmostLongest);
        Matcher { heads, starting, literal, longest, candidates }
    }

    /// Takes every hit in a folded text, in order.
    pub fn each(&self, folded: &str, take: &mut dyn FnMut(Hit)) {
        let mut from = 0;
        'again: loop {
            for found in self.heads.leftmost_find_iter(&folded[from..]) {
                let (start, end) = (from + found.start(), from + found.end());
                match &self.starting[found.value() as usize] {
                    Starting::Only(term) => take(Hit { term: *term as usize, at: start..end }),
                    Starting::Several(terms) => {
                        let next = match self.longest_of(terms, folded, start) {
                            Some(hit) => {
                                let next = hit.at.end;
                                take(hit);
                                next
                            }
                            None => start + folded[start..].chars().next().map_or(1, char::len_utf8),
                        };
                        if next != end {
                            from = next;
                            continue 'again;
                        }
                    }
                }
            }
            return;
        }
    }

    /// Adds what did not count around a hit of [`Matcher::each`]: literal terms that start inside it, but for itself.
    pub fn passed(&self, folded: &str, hit: &Hit, passed: &mut Passed) {
        let Some(literal) = &self.literal else { return };
        let to = (hit.at.end + self.longest).min(folded.len());
        let to = (to..=folded.len()).find(|&to| folded.is_char_boundary(to)).unwrap_or(folded.len());
        for found in literal.find_overlapping_iter(&folded[hit.at.start..to]) {
            let at = hit.at.start + found.start()..hit.at.start + found.end();
            if at.start < hit.at.end && at != hit.at && !self.is_excluded(found.value(), folded, &at) {
                *passed.covered.entry((found.value(), hit.term as u32)).or_default() += 1;
            }
        }
    }

    /// Adds the places of literal terms inside their exclusions.
    pub fn excluded(&self, folded: &str, passed: &mut Passed) {
        for (term, candidate) in (0..).zip(&self.candidates).filter(|(_, c)| c.pieces.len() == 1 && !c.not_in.is_empty()) {
            let text = candidate.pieces[0].literal.as_str();
            let first = text.chars().next().map_or(1, char::len_utf8);
            let (mut places, mut from) = (0, 0);
            // Places may overlap: the search goes on one character behind the start of each.
            while let Some(at) = folded[from..].find(text).map(|at| from + at) {
                places += usize::from(self.is_excluded(term, folded, &(at..at + text.len())));
                from = at + first;
            }
            if places > 0 {
                *passed.excluded.entry(term).or_default() += places as u64;
            }
        }
    }

    fn longest_of(&self, terms: &[u32], folded: &str, start: usize) -> Option<Hit> {
        let mut longest: Option<Hit> = None;
        for &term in terms {
            let Some(end) = self.candidates[term as usize].end(folded, start) else { continue };
            let at = start..end;
            if longest.as_ref().is_none_or(|hit| hit.at.end < end) && !self.is_excluded(term, folded, &at) {
                longest = Some(Hit { term: term as usize, at });
            }
        }
        longest
    }

    /// Whether a place lies inside one of the term's exclusions.
    fn is_excluded(&self, term: u32, folded: &str, at: &Range<usize>) -> bool {
        let text = folded.as_bytes();
        self.candidates[term as usize].not_in.iter().any(|word| {
            let (word, length) = (word.as_bytes(), word.len());
            let first = at.end.saturating_sub(length);
            let last = at.start.min(text.len().saturating_sub(length));
            at.len() < length && (first..=last).any(|from| text[from..].starts_with(word))
        })
    }
}

impl Candidate {
    /// Where it ends when it starts here: the nearest end.
    fn end(&self, folded: &str, start: usize) -> Option<usize> {
        let mut at = start;
        for piece in &self.pieces {
            let (from, to) = piece.gap;
            let mut rest = folded[at..].char_indices().take(to + 1);
            let mut passed = 0;
            loop {
                let next = rest.next();
                let here = next.map_or(folded.len(), |(offset, _)| at + offset);
                if passed >= from && folded[here..].starts_with(piece.literal.as_str()) {
                    at = here + piece.literal.len();
                    break;
                }
                match next {
                    Some((_, c)) if passed < to && c.is_alphanumeric() => passed += 1,
                    _ => return None,
                }
            }
        }
        Some(at)
    }
}

/// The pieces of a term between its wildcards.
fn pieces(folded: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece { gap: (0, 0), literal: String::new() }];
    let mut gap = (0, 0);
    for c in folded.chars() {
        match c {
            '?' => gap = (gap.0 + 1, gap.1 + 1),
            '*' => gap = (gap.0, gap.1 + GAP),
            _ if gap != (0, 0) => {
                pieces.push(Piece { gap, literal: c.to_string() });
                gap = (0, 0);
            }
            _ => {
                if let Some(piece) = pieces.last_mut() {
                    piece.literal.push(c);
                }
            }
        }
    }
    pieces
}

fn starting(head: &str, candidates: &[Candidate]) -> Starting {
    let mine = |candidate: &Candidate| head.starts_with(candidate.pieces[0].literal.as_str());
    let terms: Vec<u32> = (0..).zip(candidates).filter(|(_, candidate)| mine(candidate)).map(|(i, _)| i).collect();
    // The longest literal of those that begin alike is found first and needs no look at the others, unless something bars it.
    let whole = terms.iter().copied().find(|&i| {
        let candidate = &candidates[i as usize];
        candidate.pieces.len() == 1 && candidate.pieces[0].literal == head && candidate.not_in.is_empty()
    });
    match whole {
        Some(term) if terms.iter().all(|&i| candidates[i as usize].pieces.len() == 1) => Starting::Only(term),
        _ => Starting::Several(terms),
    }
}

fn automaton<'a>(patterns: impl IntoIterator<Item = (&'a str, u32)>, kind: MatchKind) -> CharwiseDoubleArrayAhoCorasick<u32> {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(kind)
        .build_with_values(patterns)
        .expect("a dictionary has terms, none empty and none twice, and far fewer than an automaton can hold")
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("terms", &self.candidates.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::folded::fold;

    fn dictionary(toml: &str) -> Dictionary {
        Dictionary::from_bytes(Path::new("d.toml"), toml.as_bytes().to_vec()).unwrap()
    }

    /// The texts found, and what covered and exclusions passed over.
    fn found(toml: &str, text: &str) -> (Vec<String>, u64, u64) {
        let dictionary = dictionary(toml);
        let matcher = Matcher::new(&dictionary);
        let folded = fold(text);
        let (mut found, mut passed) = (Vec::new(), Passed::default());
        matcher.each(&folded, &mut |hit| {
            matcher.passed(&folded, &hit, &mut passed);
            found.push(folded[hit.at].to_owned());
        });
        matcher.excluded(&folded, &mut passed);
        (found, passed.covered.values().sum(), passed.excluded.values().sum())
    }

    #[test]
    fn the_longest_term_counts_and_what_it_covers_is_said() {
        let (found, covered, _) = found("terms = [\"经济\", \"数字经济\", \"经济体制\"]", "發展數字經濟，經濟體制改革，數字經濟體制，經濟");
        assert_eq!(found, ["数字经济", "经济体制", "数字经济", "经济"]);
        // 经济 three times, and 经济体制 once, which 数字经济 overlaps.
        assert_eq!(covered, 4);
    }

    #[test]
    fn a_term_does_not_count_inside_its_exclusions_and_others_do() {
        let toml =
            "[[group]]\nname = \"邻国\"\nterms = [\"印度\"]\nnot_in = [\"印度尼西亚\"]\n[[group]]\nname = \"地区\"\nterms = [\"西亚\"]\n";
        let (found, covered, excluded) = found(toml, "印度和印度尼西亚、西亚");
        assert_eq!(found, ["印度", "西亚", "西亚"]);
        assert_eq!((covered, excluded), (0, 1));
        let toml = "[[group]]\nname = \"甲\"\nterms = [\"环保\"]\nnot_in = [\"非环保\"]\n";
        assert_eq!(self::found(toml, "非环保，环保").0, ["环保"]);
    }

    #[test]
    fn wildcards_stand_for_characters_and_no_marks() {
        let toml = "terms = [\"绿色*发展\", \"第?产业\", \"绿色\"]";
        let (found, ..) = found(toml, "绿色低碳发展，绿色、发展，绿色发展，第三产业，第产业，绿色低碳循环经济和社会发展");
        assert_eq!(found, ["绿色低碳发展", "绿色", "绿色发展", "第三产业", "绿色"]);
    }

    /// What [`Matcher::each`] says it does, written down without an automaton.
    fn naive(terms: &[String], not_in: &[String], text: &str) -> Vec<(usize, usize)> {
        let inside = |start: usize, end: usize, word: &String| {
            text.char_indices().any(|(at, _)| text[at..].starts_with(word.as_str()) && at <= start && end <= at + word.len())
        };
        let (mut found, mut from) = (Vec::new(), 0);
        for (start, _) in text.char_indices() {
            let here = terms.iter().filter(|term| text[start..].starts_with(term.as_str()));
            let counts = |term: &&String| {
                let end = start + term.len();
                !not_in.iter().any(|word| word.len() > term.len() && word.contains(term.as_str()) && inside(start, end, word))
            };
            let longest = here.filter(counts).map(String::len).max();
            if let Some(length) = longest.filter(|_| start >= from) {
                found.push((start, start + length));
                from = start + length;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn what_counts_is_what_a_naive_count_finds(
            terms in prop::collection::hash_set("[甲乙丙]{1,4}", 1..6),
            words in prop::collection::hash_set("[甲乙丙]{2,5}", 0..4),
            text in "[甲乙丙，]{0,60}",
        ) {
            let terms: Vec<String> = terms.into_iter().collect();
            let words: Vec<String> =
                words.into_iter().filter(|word| terms.iter().any(|term| word.len() > term.len() && word.contains(term.as_str()))).collect();
            let quoted = |words: &[String]| words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ");
            let toml = format!("[[group]]\nname = \"组\"\nterms = [{}]\nnot_in = [{}]\n", quoted(&terms), quoted(&words));
            let matcher = Matcher::new(&dictionary(&toml));
            let (mut found, mut passed) = (Vec::new(), Passed::default());
            matcher.each(&text, &mut |hit| {
                matcher.passed(&text, &hit, &mut passed);
                found.push((hit.at.start, hit.at.end));
            });
            prop_assert_eq!(&found, &naive(&terms, &words, &text));
            // Every place of a term counts, or is covered, or is excluded.
            matcher.excluded(&text, &mut passed);
            let places: usize = terms.iter().map(|term| text.char_indices().filter(|&(at, _)| text[at..].starts_with(term.as_str())).count()).sum();
            let all = found.len() as u64 + passed.covered.values().sum::<u64>() + passed.excluded.values().sum::<u64>();
            prop_assert_eq!(places as u64, all);
        }
    }
}
