//! The form in which words are compared here: folded as the lexicon folds, Latin letters small.

use pledgebook_lexicon::Folded;

/// The folded text, Latin letters small: as many characters as the original, in the same places.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Folded::new(text).into_string();
    folded.make_ascii_lowercase();
    folded
}

/// How many characters a text has, white space left out.
#[must_use]
pub fn characters(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

/// The number of characters before a byte of a text.
pub(crate) fn characters_before(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte].iter().filter(|&&b| (b & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_widths_and_cases_are_one() {
        assert_eq!(fold("綠色ＧＤＰ"), fold("绿色gdp"));
        assert_eq!(characters("绿 色　5"), 3);
    }
}
