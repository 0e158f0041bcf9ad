//! Where in its source a person would look for a passage, in the reader's language.

use crate::labels::{LABELS, Language, fill};

/// What the ledger says of a place (`page 3, line 12`), in a language; as it is where it says something else.
#[must_use]
pub fn place(told: &str, language: Language) -> String {
    let words = &LABELS.page;
    let one = |part: &str| {
        let (what, number) = part.split_once(' ')?;
        let label = match what {
            "line" => &words.place_line,
            "page" => &words.place_page,
            "paragraph" => &words.place_paragraph,
            "node" => &words.place_node,
            _ => return None,
        };
        Some(fill(label.get(language), &[number]))
    };
    let parts: Option<Vec<String>> = told.split(", ").map(one).collect();
    parts.map_or_else(|| told.to_owned(), |parts| parts.join(if language.is_chinese() { "" } else { ", " }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_every_language() {
        assert_eq!(place("page 3, line 12", Language::English), "page 3, line 12");
        assert_eq!(place("page 3, line 12", Language::Simplified), "第3页第12行");
        assert_eq!(place("paragraph 7", Language::Traditional), "第7段");
        assert_eq!(place("elsewhere", Language::Simplified), "elsewhere");
    }
}
