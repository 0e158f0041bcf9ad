//! Goals without a number: 国际收支基本平衡, 生态环境质量持续改善.

use std::ops::Range;

use pledgebook_lexicon::{Direction, Lexicon};

/// A goal without a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goal {
    /// What it is about, in the clause.
    pub label: Range<usize>,
    /// Which way it is to go, where it says so.
    pub direction: Direction,
}

/// The qualitative goal of a clause: a subject and the state it is wanted in, in either order.
pub(super) fn goal(words: &str, lexicon: &Lexicon) -> Option<Goal> {
    let states = &lexicon.goals.states;
    if let Some((state, &direction)) = states.suffix(words).filter(|(state, _)| state.len() < words.len()) {
        return Some(Goal { label: 0..words.len() - state.len(), direction });
    }
    if let Some((state, &direction)) = states.prefix(words).filter(|(state, _)| state.len() < words.len()) {
        return Some(Goal { label: state.len()..words.len(), direction });
    }
    // An indicator, and a wish in words that the lexicon does not have: 进出口回稳向好.
    let ends = words.char_indices().map(|(at, _)| at).skip(2);
    let named = ends.filter(|&at| lexicon.indicator_named(&words[..at]).is_some()).max()?;
    (words.len() - named >= "向好".len()).then_some(Goal { label: 0..named, direction: Direction::None })
}
