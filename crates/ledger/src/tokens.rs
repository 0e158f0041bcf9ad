//! The words of the search index: every two neighbouring characters of a passage, and its last one.
//!
//! Text and query are made plain first, character by character, so that any part of a text is found by itself: Traditional
//! becomes Simplified, full-width half-width, capitals small; white space goes. FTS5 would drop ASCII signs, so they stand as
//! characters of the private use area: 5% is found, and 5 is not enough.

use pledgebook_lexicon::folding::fold_char;

/// Where ASCII signs stand in the index.
const SIGNS: u32 = 0xE000;

/// The character as text and query are compared; none for white space.
#[must_use]
pub fn plain_char(c: char) -> Option<char> {
    match c {
        _ if c.is_whitespace() => None,
        // What already stands where we put signs would be taken for one.
        '\u{E000}'..='\u{E07F}' => Some('\u{FFFD}'),
        _ => Some(fold_char(c).to_ascii_lowercase()),
    }
}

/// The text as it is compared.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().filter_map(plain_char).collect()
}

/// Appends the tokens of a passage, each once, a space between: the index keeps no places. `pairs` is room for work.
pub(crate) fn write_tokens(text: &str, pairs: &mut Vec<(char, char)>, into: &mut String) {
    pairs.clear();
    let mut before = None;
    for c in text.chars().filter_map(plain_char).map(indexed) {
        pairs.extend(before.map(|before| (before, c)));
        before = Some(c);
    }
    pairs.sort_unstable();
    pairs.dedup();
    for &(first, second) in pairs.iter() {
        into.push(first);
        into.push(second);
        into.push(' ');
    }
    into.extend(before);
}

/// What the index is asked for a plain query: nothing when the query is empty. The answer holds every passage that holds the
/// query; longer queries than two characters must still be looked for in the text.
#[must_use]
pub fn question(plain: &str) -> Option<String> {
    // Every pair narrows the answer, but after some more of them only cost.
    const PAIRS: usize = 16;
    let characters: Vec<char> = plain.chars().map(indexed).collect();
    match characters[..] {
        [] => None,
        [only] => Some(format!("\"{only}\"*")),
        _ => {
            let mut pairs: Vec<String> = Vec::new();
            for pair in characters.windows(2) {
                let pair = format!("\"{}{}\"", pair[0], pair[1]);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
            pairs.truncate(PAIRS);
            Some(pairs.join(" "))
        }
    }
}

fn indexed(c: char) -> char {
    if c.is_ascii() && !c.is_ascii_alphanumeric() { char::from_u32(SIGNS + u32::from(c)).unwrap_or(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_and_widths_have_the_same_words() {
        let tokens = |text: &str| {
            let mut tokens = String::new();
            write_tokens(text, &mut Vec::new(), &mut tokens);
            tokens
        };
        assert_eq!(tokens("就業 ５G"), tokens("就业5g"));
        assert_eq!(tokens("就业5g"), "5g 业5 就业 g");
        assert_eq!(tokens("人人人"), "人人 人");
        assert_eq!(tokens(""), "");
        assert_ne!(tokens("5%"), tokens("5"));
    }

    #[test]
    fn a_query_asks_for_its_pairs_or_for_one_beginning() {
        assert_eq!(question(""), None);
        assert_eq!(question("的").as_deref(), Some("\"的\"*"));
        assert_eq!(question("就业率").as_deref(), Some("\"就业\" \"业率\""));
        assert_eq!(question("人人人人").as_deref(), Some("\"人人\""));
    }
}
