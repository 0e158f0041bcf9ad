//! What changed inside a passage: the shortest way from the one wording to the other, numbers whole, and single letters that
//! happen to be the same between two changes counted to them.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::folded::fold;

/// A part of a changed passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What became of it.
    pub kind: PartKind,
    /// Its text in the script of the report it stands in; what stayed is in that of the second.
    pub text: String,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// It stands in both.
    Same,
    /// It stands in the first only.
    Gone,
    /// It stands in the second only.
    Come,
}

/// A text as it is compared: tokens, and where each begins.
struct Tokens<'a> {
    text: &'a str,
    folded: Vec<String>,
    /// Byte of the text where each token begins, and its end.
    starts: Vec<usize>,
}

impl<'a> Tokens<'a> {
    /// A number or Latin word is one token, any other character one each.
    fn of(text: &'a str) -> Self {
        let folded = fold(text);
        let together = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%');
        let (mut tokens, mut starts) = (Vec::<String>::new(), Vec::new());
        let mut before = None;
        for ((at, _), c) in text.char_indices().zip(folded.chars()) {
            match tokens.last_mut() {
                Some(token) if together(c) && before.is_some_and(together) => token.push(c),
                _ => {
                    tokens.push(c.to_string());
                    starts.push(at);
                }
            }
            before = Some(c);
        }
        starts.push(text.len());
        Tokens { text, folded: tokens, starts }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        &self.text[self.starts[range.start]..self.starts[range.end]]
    }

    fn letters(&self, range: Range<usize>) -> usize {
        self.folded[range].iter().filter(|token| token.chars().any(char::is_alphanumeric)).count()
    }
}

/// A run of tokens: ranges in both texts.
#[derive(Clone)]
struct Run {
    same: bool,
    a: Range<usize>,
    b: Range<usize>,
}

/// The parts of a passage that was changed, in order.
pub(super) fn parts(old: &str, new: &str) -> Vec<Part> {
    let (a, b) = (Tokens::of(old), Tokens::of(new));
    let mut runs: Vec<Run> = Vec::new();
    let (mut at_a, mut at_b) = (0, 0);
    let same = capture_diff_slices(Algorithm::Myers, &a.folded, &b.folded).into_iter().filter(|op| op.tag() == DiffTag::Equal);
    let end = (a.folded.len()..a.folded.len(), b.folded.len()..b.folded.len());
    // What lies between two runs that are the same has changed.
    for (in_a, in_b) in same.map(|op| (op.old_range(), op.new_range())).chain([end]) {
        if at_a < in_a.start || at_b < in_b.start {
            runs.push(Run { same: false, a: at_a..in_a.start, b: at_b..in_b.start });
        }
        (at_a, at_b) = (in_a.end, in_b.end);
        if !in_a.is_empty() {
            runs.push(Run { same: true, a: in_a, b: in_b });
        }
    }
    while let Some(at) = (1..runs.len().saturating_sub(1)).find(|&at| is_chance(&runs, at, &a, &b)) {
        runs[at].same = false;
        runs = joined(runs.into_iter());
    }
    let mut parts = Vec::new();
    for run in runs {
        let mut push = |kind, text: &str| {
            if !text.is_empty() {
                parts.push(Part { kind, text: text.to_owned() });
            }
        };
        if run.same {
            push(PartKind::Same, b.slice(run.b));
        } else {
            push(PartKind::Gone, a.slice(run.a));
            push(PartKind::Come, b.slice(run.b));
        }
    }
    parts
}

/// Neighbouring runs of one kind become one.
fn joined(runs: impl Iterator<Item = Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.same == run.same => (last.a.end, last.b.end) = (run.a.end, run.b.end),
            _ => joined.push(run),
        }
    }
    joined
}

/// Whether a run is the same by chance: short beside the changes on either side of it.
fn is_chance(runs: &[Run], at: usize, a: &Tokens, b: &Tokens) -> bool {
    let run = &runs[at];
    if !run.same {
        return false;
    }
    let changed = |run: &Run| a.letters(run.a.clone()).max(b.letters(run.b.clone()));
    let letters = b.letters(run.b.clone());
    let around = changed(&runs[at - 1]).min(changed(&runs[at + 1]));
    letters < 2 && around > 0 || letters * 2 <= around
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        let mark = |part: Part| match part.kind {
            PartKind::Same => part.text,
            PartKind::Gone => format!("[-{}-]", part.text),
            PartKind::Come => format!("{{+{}+}}", part.text),
        };
        parts(old, new).into_iter().map(mark).collect()
    }

    #[test]
    fn a_phrase_changes_as_a_whole_and_a_number_too() {
        assert_eq!(shown("国内生产总值增长5.5%左右；", "国内生产总值增长5%以上；"), "国内生产总值增长[-5.5%左右-]{+5%以上+}；");
        assert_eq!(shown("城镇新增就业1100万人", "城镇新增就业1200万人以上"), "城镇新增就业[-1100-]{+1200+}万人{+以上+}");
        assert_eq!(shown("發展數字經濟", "大力发展数字经济"), "{+大力+}发展数字经济");
    }

    #[test]
    fn letters_that_are_the_same_by_chance_are_part_of_the_change() {
        assert_eq!(shown("坚持稳字当头扩大内需", "坚持质量优先扩大内需"), "坚持[-稳字当头-]{+质量优先+}扩大内需");
        assert_eq!(shown("推动绿色低碳转型，发展", "推动数字智能赋能转变，发展"), "推动[-绿色低碳转型-]{+数字智能赋能转变+}，发展");
    }

    proptest! {
        #[test]
        fn the_parts_give_back_both_texts(old in "[甲乙丙丁，5.a %]{0,40}", new in "[甲乙丙丁，5.a %]{0,40}") {
            let parts = parts(&old, &new);
            let without = |kind| parts.iter().filter(|part| part.kind != kind).map(|part| part.text.as_str()).collect::<String>();
            prop_assert_eq!(without(PartKind::Gone), new);
            prop_assert_eq!(without(PartKind::Come), old);
        }
    }
}
