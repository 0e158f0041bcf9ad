//! What makes a dictionary unfit to count with.

use std::collections::HashMap;

use super::{Draft, Mistake, Word};

/// A term that is longer, in characters, is a sentence.
const LONGEST: usize = 64;

/// Adds what is wrong to the draft's mistakes.
pub(super) fn check(draft: &mut Draft) {
    if draft.terms.is_empty() && draft.mistakes.is_empty() {
        draft.mistakes.push(Mistake { line: None, reason: "there is no term in it".into() });
        return;
    }
    let mut mistakes = Vec::new();
    let mut mistake = |line, reason| mistakes.push(Mistake { line: Some(line), reason });
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, term) in draft.terms.iter().enumerate() {
        let Word { text, folded, line } = &term.word;
        if let Some(reason) = misspelt(&term.word) {
            mistake(*line, format!("`{text}`: {reason}"));
        }
        let Some(&other) = seen.get(folded.as_str()) else {
            seen.insert(folded, number);
            continue;
        };
        let other = &draft.terms[other];
        mistake(
            *line,
            if other.group == term.group {
                let spelt = if other.word.text == *text { String::new() } else { format!(", as `{}`", other.word.text) };
                format!("`{text}` stands on line {} already{spelt}: take one out", other.word.line)
            } else {
                let group = &draft.groups[other.group].name;
                format!("`{text}` stands in the group `{group}` too (line {}): a term counts for one group; take one out", other.word.line)
            },
        );
    }
    for (number, group) in draft.groups.iter().enumerate() {
        let holds_a_term =
            |word: &Word| draft.terms.iter().any(|term| term.group == number && (term.word.is_wild() || is_longer(word, &term.word)));
        for word in &group.not_in {
            if word.is_wild() {
                mistake(word.line, format!("`{}`: * and ? stand in terms, not in exclusions", word.text));
            } else if !holds_a_term(word) {
                mistake(
                    word.line,
                    format!("`{}` holds no term of the group `{}` and excludes nothing: take it out or mend it", word.text, group.name),
                );
            }
        }
    }
    for term in &draft.terms {
        for word in term.not_in.iter().filter(|word| !term.word.is_wild() && !is_longer(word, &term.word)) {
            mistake(word.line, format!("`{}` does not hold `{}` and excludes nothing: take it out or mend it", word.text, term.word.text));
        }
    }
    draft.mistakes.append(&mut mistakes);
}

fn is_longer(word: &Word, term: &Word) -> bool {
    word.folded.len() > term.folded.len() && word.folded.contains(&term.folded)
}

fn misspelt(word: &Word) -> Option<String> {
    let folded = word.folded.as_str();
    if folded.starts_with(['*', '?'])
        || folded.ends_with(['*', '?'])
        || folded.contains("**")
        || folded.contains("*?")
        || folded.contains("?*")
    {
        return Some("* and ? stand inside a term, between other characters, and * stands alone".into());
    }
    if folded.chars().count() > LONGEST {
        return Some(format!("this is longer than {LONGEST} characters and no term"));
    }
    if !folded.chars().any(char::is_alphanumeric) {
        return Some("there is no character or letter in it".into());
    }
    None
}
