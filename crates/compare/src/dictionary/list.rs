//! A plain list: one term a line; empty lines and those that begin with # are passed over.

use super::{Draft, ONE_GROUP, Term, Word};

pub(super) fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    for (line, word) in (1..).zip(text.lines()) {
        let word = word.trim();
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        if let Some(mark) = word.chars().find(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '\t')) {
            let mark = if mark == '\t' { "a tab".to_owned() } else { format!("`{mark}`") };
            draft.mistake(line, format!("{mark} stands in the line: a list has one term a line; a table is named .csv, .tsv or .xlsx"));
            continue;
        }
        let group = draft.group(ONE_GROUP);
        draft.terms.push(Term { word: Word::new(word, line), group, not_in: Vec::new() });
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::super::tests::mistakes;

    #[test]
    fn several_terms_on_a_line_are_named() {
        assert_eq!(
            mistakes("d.txt", "# 环境\n绿色，低碳\n"),
            ["d.txt, line 2: `，` stands in the line: a list has one term a line; a table is named .csv, .tsv or .xlsx"]
        );
    }
}
