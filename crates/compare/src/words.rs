//! Terms as whole words of a text that jieba cut, for those who must match earlier papers.
//!
//! What jieba takes for a word hangs on its dictionary and version: the same list counts otherwise than as literal text. Terms
//! are told to jieba, as the papers did, so that it does not cut them apart.

use std::collections::{HashMap, HashSet};

use jieba_rs::Jieba;

use crate::dictionary::Dictionary;
use crate::matcher::Hit;

/// What cuts the words, as it is named in the output.
pub const SEGMENTER: &str = "jieba-rs 0.7.0";

/// Finds terms among the words of a text. Terms with wildcards are compared piece by piece with no word and never found.
#[derive(Debug)]
pub struct WordMatcher {
    jieba: Jieba,
    terms: HashMap<String, usize>,
    /// Exclusions that are words themselves: told to jieba, so that it keeps them whole.
    excluded: HashSet<String>,
}

impl WordMatcher {
    /// A matcher for a dictionary.
    #[must_use]
    pub fn new(dictionary: &Dictionary) -> Self {
        let mut jieba = Jieba::new();
        let terms: HashMap<String, usize> =
            dictionary.terms.iter().enumerate().map(|(number, term)| (term.word.folded.clone(), number)).collect();
        let groups = dictionary.groups.iter().flat_map(|group| &group.not_in);
        let words = dictionary.terms.iter().flat_map(|term| &term.not_in);
        let excluded: HashSet<String> = groups.chain(words).map(|word| word.folded.clone()).collect();
        for word in terms.keys().chain(&excluded) {
            jieba.add_word(word, None, None);
        }
        WordMatcher { jieba, terms, excluded }
    }

    /// Takes every word that is a term, in order.
    pub fn each(&self, folded: &str, take: &mut dyn FnMut(Hit)) {
        let mut at = 0;
        for word in self.jieba.cut(folded, true) {
            let end = at + word.len();
            if let Some(&term) = self.terms.get(word).filter(|_| !self.excluded.contains(word)) {
                take(Hit { term, at: at..end });
            }
            at = end;
        }
    }
}
