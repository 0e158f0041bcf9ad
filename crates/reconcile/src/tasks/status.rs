//! Whether a later report speaks of the object of a task: done, set again, or not at all.
//!
//! Texts are compared by their pairs of characters, each pair weighing the more the rarer it is in the later report; no list of
//! words is needed, and 建设 weighs next to nothing.

use std::collections::{HashMap, HashSet};

use pledgebook_lexicon::folding::fold_char;

/// From this share of its weight on, an object stands in a sentence.
const WHOLE: f64 = 0.5;
/// … when only one of several objects is looked for.
const ONE_OBJECT: f64 = 0.8;
/// The pairs that a single object must have to be told from others.
const PAIRS: usize = 8;

type Pair = (char, char);

/// Sentences that can be asked what they speak of.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    texts: Vec<String>,
    postings: HashMap<Pair, Vec<u32>>,
}

/// The pairs of characters of a text; numbers are no part of what it is about.
fn pairs(text: &str) -> HashSet<Pair> {
    let plain: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).map(fold_char).collect();
    plain.windows(2).filter(|pair| !pair.iter().any(char::is_ascii_digit)).map(|pair| (pair[0], pair[1])).collect()
}

impl Sentences {
    pub(super) fn new(texts: Vec<String>) -> Self {
        let mut postings: HashMap<Pair, Vec<u32>> = HashMap::new();
        for (number, text) in texts.iter().enumerate() {
            for pair in pairs(text) {
                postings.entry(pair).or_default().push(number as u32);
            }
        }
        Sentences { texts, postings }
    }

    fn weight(&self, pair: Pair) -> f64 {
        // A pair that is nowhere says no more than one that is there once.
        let there = self.postings.get(&pair).map_or(1, Vec::len) as f64;
        (1.0 + self.texts.len() as f64 / there).ln()
    }

    /// The sentence that holds the largest share of a text's weight, and that share.
    fn nearest(&self, text: &str) -> Option<(f64, usize, usize)> {
        let pairs = pairs(text);
        let whole: f64 = pairs.iter().map(|&pair| self.weight(pair)).sum();
        if whole <= 0.0 {
            return None;
        }
        let mut shares: HashMap<u32, f64> = HashMap::new();
        for &pair in &pairs {
            let weight = self.weight(pair);
            for &sentence in self.postings.get(&pair).map_or(&[][..], Vec::as_slice) {
                *shares.entry(sentence).or_default() += weight;
            }
        }
        let best = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((best.1 / whole, best.0 as usize, pairs.len()))
    }

    /// The sentence that speaks of a task with these objects.
    pub(super) fn speaking_of(&self, task: &str, objects: &[&str]) -> Option<&str> {
        let all = objects.concat();
        let whole = if all.chars().count() >= 4 { all.as_str() } else { task };
        let mut best: Option<(f64, usize)> = self.nearest(whole).filter(|&(share, ..)| share >= WHOLE).map(|(share, at, _)| (share, at));
        for object in objects.iter().filter(|_| objects.len() > 1) {
            let found = self.nearest(object).filter(|&(share, _, pairs)| share >= ONE_OBJECT && pairs >= PAIRS);
            if let Some((share, at, _)) = found.filter(|&(share, ..)| best.is_none_or(|(known, _)| share > known)) {
                best = Some((share, at));
            }
        }
        best.map(|(_, at)| self.texts[at].as_str())
    }

    /// The number of the sentence that is nearest to a text, when it is near enough to be the same task.
    pub(super) fn same_as(&self, text: &str) -> Option<usize> {
        self.nearest(text).filter(|&(share, ..)| share >= 0.6).map(|(_, at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_of_a_task_is_found_in_other_words_and_a_common_verb_is_not() {
        let sentences = Sentences::new(
            [
                "澜江大桥建成通车",
                "推进老旧小区改造1200个，惠及居民36万户",
                "加快建设现代化产业体系",
                "深入推进乡村全面振兴",
                "扎实推进生态环境建设",
            ]
            .map(str::to_owned)
            .to_vec(),
        );
        assert_eq!(sentences.speaking_of("建成澜江大桥", &["澜江大桥"]), Some("澜江大桥建成通车"));
        assert_eq!(
            sentences.speaking_of("改造城镇老旧小区1000个", &["城镇老旧小区1000个"]),
            Some("推进老旧小区改造1200个，惠及居民36万户")
        );
        assert_eq!(sentences.speaking_of("推进低空经济试点建设", &["低空经济试点"]), None);
    }
}
