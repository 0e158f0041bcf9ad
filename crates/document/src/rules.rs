//! The words of `lexicon/roles.toml`.

use std::sync::LazyLock;

use memchr::memmem::{self, Finder};
use pledgebook_lexicon::{DocumentKind, Role};
use serde::Deserialize;

/// All rules of the outline and of the first lines.
#[derive(Debug, Deserialize)]
pub(crate) struct Rules {
    pub(crate) kind: Vec<KindRule>,
    pub(crate) section: Vec<SectionRule>,
    pub(crate) subsection: Vec<SectionRule>,
    pub(crate) passage: Vec<PassageRule>,
    pub(crate) turn: Turn,
    pub(crate) closing: Words,
    pub(crate) resume: Words,
    pub(crate) salutation: Salutation,
    pub(crate) head: Head,
    pub(crate) furniture: Furniture,
}

/// Words that a text must and must not hold.
#[derive(Debug, Deserialize)]
pub(crate) struct Words {
    any: Vec<Word>,
    #[serde(default)]
    with: Vec<Word>,
    #[serde(default)]
    without: Vec<Word>,
}

/// A word and the way to find it.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Word {
    text: String,
    finder: Finder<'static>,
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        let finder = Finder::new(&text).into_owned();
        Word { text, finder }
    }
}

impl Words {
    /// Whether the (folded) text holds what it must and nothing that it must not.
    pub(crate) fn hold(&self, text: &str) -> bool {
        let holds_one = |words: &[Word]| words.iter().any(|word| word.finder.find(text.as_bytes()).is_some());
        // The shorter list first: most texts fail it.
        let (first, second) = if self.with.len() < self.any.len() { (&self.with, &self.any) } else { (&self.any, &self.with) };
        (first.is_empty() || holds_one(first)) && (second.is_empty() || holds_one(second)) && !holds_one(&self.without)
    }

    /// Whether the (folded) text begins with one of the words.
    pub(crate) fn begin(&self, text: &str) -> bool {
        let first = text.as_bytes().first_chunk::<3>();
        self.any.iter().any(|w| w.text.as_bytes().first_chunk::<3>().is_none_or(|c| Some(c) == first) && text.starts_with(w.text.as_str()))
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct KindRule {
    pub(crate) kind: DocumentKind,
    #[serde(flatten)]
    pub(crate) words: Words,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SectionRule {
    pub(crate) role: Role,
    /// For subsections: the roles they may stand in.
    #[serde(default)]
    pub(crate) inside: Vec<Role>,
    #[serde(flatten)]
    pub(crate) words: Words,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PassageRule {
    pub(crate) role: Role,
    pub(crate) inside: Vec<Role>,
    /// Characters from the start of the paragraph; 0 for all of it.
    pub(crate) window: usize,
    /// Holds only outside subsections.
    #[serde(default)]
    pub(crate) top: bool,
    /// Holds only after this.
    pub(crate) after: Option<Anchor>,
    /// Holds only before this.
    pub(crate) before: Option<Anchor>,
    #[serde(flatten)]
    pub(crate) words: Words,
}

/// What a passage rule may look for in the passages around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Anchor {
    /// A passage of goals in the same section of the first level.
    Goals,
    /// A salutation, with nothing but its paragraphs between.
    Salutation,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Turn {
    /// Words of a heading that looks both ways.
    pub(crate) both: Vec<String>,
    pub(crate) forward: Vec<String>,
    pub(crate) back: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Salutation {
    pub(crate) begin: Vec<String>,
    pub(crate) opening: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) title_end: Vec<String>,
    pub(crate) title_open: Vec<String>,
    pub(crate) offices: Vec<String>,
    pub(crate) not_names: Vec<String>,
    pub(crate) not_before_offices: Vec<String>,
    pub(crate) decisions: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Furniture {
    pub(crate) lines: Vec<String>,
    pub(crate) begin: Vec<String>,
    pub(crate) tail: Vec<String>,
    pub(crate) caption: Vec<String>,
    pub(crate) caption_end: Vec<String>,
}

/// The rules that are built in, read when they are first needed.
pub(crate) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> =
        LazyLock::new(|| toml::from_str(include_str!("../../../lexicon/roles.toml")).expect("the tests read lexicon/roles.toml"));
    &RULES
}

pub(crate) fn contains_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| contains(text, word))
}

pub(crate) fn contains(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

pub(crate) fn begins_with_any(text: &str, words: &[String]) -> bool {
    // The first character decides nearly always.
    let first = text.as_bytes().first_chunk::<3>();
    words.iter().any(|word| word.as_bytes().first_chunk::<3>().is_none_or(|w| Some(w) == first) && text.starts_with(word.as_str()))
}

pub(crate) fn ends_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// The beginning of a text, folded and without white space: enough to compare it with words it may begin with.
pub(crate) fn fold_start(text: &str) -> String {
    fold_short(crate::chars::first(text, 60))
}

/// The end of a text, folded and without white space.
pub(crate) fn fold_end(text: &str) -> String {
    fold_short(crate::chars::last(text, 60))
}

/// A short text folded and without white space, to be compared with words of the lexicon.
pub(crate) fn fold_short(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(pledgebook_lexicon::folding::fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_can_be_read() {
        assert!(rules().section.len() > 5);
    }

    #[test]
    fn the_words_are_written_as_the_folded_text_will_be() {
        for Word { text, .. } in rules().section.iter().flat_map(|r| &r.words.any).chain(rules().passage.iter().flat_map(|r| &r.words.any))
        {
            assert_eq!(&fold_short(text), text);
        }
    }
}
