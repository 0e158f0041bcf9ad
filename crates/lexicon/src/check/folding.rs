//! `folding.txt` and `folding_phrases.txt`.

use super::Problems;
use std::collections::HashMap;

const PAIR: &str = "write the character, one space, and what it is read as";

/// Checks the pairs of `folding.txt` and returns the good ones.
pub(super) fn pairs(text: &str, problems: &mut Problems) -> HashMap<char, char> {
    let mut pairs = HashMap::new();
    let mut lines = HashMap::new();
    for (line, content) in entries(text) {
        let Some((from, to)) = content.split_once(' ').and_then(|(from, to)| Some((only(from)?, only(to)?))) else {
            problems.add(line, format!("`{content}` is no pair"), PAIR);
            continue;
        };
        if from == to {
            problems.add(line, format!("{from} folds to itself"), "leave the line out");
        } else if !('\u{800}'..='\u{FFFF}').contains(&from) || u32::from(to) > 0xFFFF {
            problems.add(
                line,
                format!("{from} {to} lies outside the part of Unicode that folds"),
                "only U+0800 to U+FFFF fold, to U+FFFF at most",
            );
        } else if is_private(from) || is_private(to) {
            problems.add(line, format!("{from} {to} uses a private character"), "use an assigned character");
        } else if let Some(first) = lines.get(&from) {
            problems.add(line, format!("{from} has a pair already, in line {first}"), "keep one of the two lines");
        } else {
            pairs.insert(from, to);
            lines.insert(from, line);
        }
    }
    for (from, to) in &pairs {
        if let Some(last) = pairs.get(to) {
            problems.add(lines[from], format!("{from} folds to {to}, which folds to {last}"), format!("write `{from} {last}`"));
        }
    }
    problems.found.sort_by_key(|problem| (problem.file != problems.file, problem.line));
    pairs
}

/// Checks the phrases of `folding_phrases.txt` against the pairs.
pub(super) fn phrases(text: &str, pairs: &HashMap<char, char>, problems: &mut Problems) {
    let fold = |c: char| pairs.get(&c).copied().unwrap_or(c);
    let mut lines = HashMap::new();
    let mut changing = Vec::new();
    let mut phrases = Vec::new();
    for (line, content) in entries(text) {
        let Some((from, to)) = content.split_once(' ').filter(|(from, to)| !from.is_empty() && !to.is_empty() && !to.contains(' ')) else {
            problems.add(line, format!("`{content}` is no pair"), "write the phrase, one space, and what it is read as");
            continue;
        };
        if from.chars().count() != to.chars().count() {
            problems.add(line, format!("{from} and {to} differ in length"), "fold one character to one");
            continue;
        }
        if let Some(first) = lines.insert(from, line) {
            problems.add(line, format!("{from} stands already in line {first}"), "keep one of the two lines");
        }
        changing.extend(from.chars().zip(to.chars()).filter(|&(c, becomes)| fold(c) != becomes).map(|(c, _)| c));
        phrases.push((line, from, to));
    }
    for (line, from, to) in phrases {
        if !from.chars().any(|c| changing.contains(&c)) {
            problems.add(line, format!("{from} folds to {to} without this line"), "leave the line out");
        }
        for (c, becomes) in from.chars().zip(to.chars()).filter(|&(c, becomes)| fold(c) != becomes && c != becomes) {
            if pairs.contains_key(&becomes) || changing.contains(&becomes) {
                problems.add(line, format!("{c} folds to {becomes}, which folds further"), "fold to a character that stays as it is");
            }
        }
    }
}

/// The lines that are neither empty nor a comment, from 1.
fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn only(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(check: impl FnOnce(&mut Problems)) -> Vec<(usize, String)> {
        let mut problems = Problems::default();
        check(&mut problems);
        problems.found.into_iter().map(|problem| (problem.line, problem.message)).collect()
    }

    #[test]
    fn pairs_are_one_to_one_without_chains() {
        let text = "# a comment\n產 产\n產 生\n產業 产业\n产 產\n生 生\na b\n";
        let found = messages(|problems| drop(pairs(text, problems)));
        let expected = [
            (2, "產 folds to 产, which folds to 產"),
            (3, "產 has a pair already, in line 2"),
            (4, "`產業 产业` is no pair"),
            (5, "产 folds to 產, which folds to 产"),
            (6, "生 folds to itself"),
            (7, "a b lies outside the part of Unicode that folds"),
        ];
        assert_eq!(found, expected.map(|(line, message)| (line, message.to_owned())));
    }

    #[test]
    fn phrases_keep_their_length_and_are_needed() {
        let pairs = HashMap::from([('乾', '干'), ('燥', '躁')]);
        let found = messages(|problems| phrases("乾隆 乾隆\n乾 干\n乾坤 乾\n隨著 随着\n經濟 燥济\n隆 隆", &pairs, problems));
        let expected =
            [(3, "乾坤 and 乾 differ in length"), (5, "經 folds to 燥, which folds further"), (6, "隆 folds to 隆 without this line")];
        assert_eq!(found, expected.map(|(line, message)| (line, message.to_owned())));
    }
}
