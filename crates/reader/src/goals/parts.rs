//! Sentences of a passage, and their parts between semicolons, each with its clauses.

use std::ops::Range;

use crate::signs::{Sign, Signs};

/// What a part ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// 。 or the end of the passage.
    Full,
    /// ；
    Semicolon,
    /// ！
    Exclamation,
    /// ？
    Question,
    /// ： before a list in the same passage.
    Colon,
}

/// A sentence, or its part between semicolons. Offsets are bytes of the passage's folded text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// From its first character, marks of order (一是, （二）, 1.) left out, to before its stop.
    pub range: Range<usize>,
    /// Its clauses: indices into the list of all.
    pub clauses: Range<usize>,
    /// What it ends with.
    pub stop: Stop,
    /// Whether a mark of order stood before it.
    pub marked: bool,
}

/// The parts and clauses of one passage; kept from passage to passage so that nothing is allocated anew.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub parts: Vec<Part>,
    pub clauses: Vec<Range<usize>>,
}

impl Parts {
    /// Takes a passage's folded text apart at its signs.
    pub(super) fn split(&mut self, text: &str, signs: Signs<'_>) {
        self.parts.clear();
        self.clauses.clear();
        let mut part = self.begin(text, 0);
        let mut clause = part.range.start;
        let mut depth = 0;
        let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        for sign in signs.stops() {
            let Sign { at, char } = sign;
            if at < clause {
                continue;
            }
            let stop = match char {
                '（' => {
                    depth += 1;
                    continue;
                }
                '）' => {
                    depth -= 1;
                    continue;
                }
                '。' => Stop::Full,
                '；' => Stop::Semicolon,
                '！' => Stop::Exclamation,
                '？' => Stop::Question,
                '：' if lists(&text[sign.end()..]) => Stop::Colon,
                '，' | '：' => {
                    if depth <= 0 {
                        self.clauses.push(clause..at);
                        clause = sign.end();
                    }
                    continue;
                }
                ',' if !digit(at + 1) => {
                    self.clauses.push(clause..at);
                    clause = sign.end();
                    continue;
                }
                _ => continue,
            };
            // A stop inside brackets ends nothing, unless the bracket was never closed before the sentence was.
            if depth > 0 && stop != Stop::Full {
                continue;
            }
            depth = 0;
            self.clauses.push(clause..at);
            self.finish(part, at, stop);
            part = self.begin(text, sign.end());
            clause = part.range.start;
        }
        if clause < text.len() {
            self.clauses.push(clause..text.len());
        }
        self.finish(part, text.len(), Stop::Full);
    }

    fn begin(&self, text: &str, at: usize) -> Part {
        let at = text.len() - text[at..].trim_start_matches(['”', '’', '）', ' ']).len();
        let mark = mark(&text[at..]);
        Part { range: at + mark..at + mark, clauses: self.clauses.len()..self.clauses.len(), stop: Stop::Full, marked: mark > 0 }
    }

    fn finish(&mut self, mut part: Part, end: usize, stop: Stop) {
        part.range.end = end.max(part.range.start);
        part.clauses.end = self.clauses.len();
        part.stop = stop;
        if !part.range.is_empty() {
            self.parts.push(part);
        }
    }
}

/// Whether what follows a colon is a list in the same passage.
fn lists(after: &str) -> bool {
    after.is_empty() || mark(after) > 0
}

/// The length of a mark of order at the start of a text: 一是, 第一， （一）, 1. , ——, ①.
pub(super) fn mark(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let ordinal = |c: char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    match first {
        '—' | '-' => text.len() - text.trim_start_matches(['—', '-']).len(),
        '①'..='⑳' => first.len_utf8(),
        '（' | '(' => {
            let inner = &text[first.len_utf8()..];
            let rest = inner.trim_start_matches(|c: char| ordinal(c) || c.is_ascii_digit());
            let closed = rest.strip_prefix('）').or_else(|| rest.strip_prefix(')'));
            if rest.len() < inner.len() { closed.map_or(0, |rest| text.len() - rest.len()) } else { 0 }
        }
        '第' => {
            let inner = &text['第'.len_utf8()..];
            let rest = inner.trim_start_matches(ordinal);
            let after = rest.strip_prefix('，').or_else(|| rest.strip_prefix('、'));
            if rest.len() < inner.len() { after.map_or(0, |rest| text.len() - rest.len()) } else { 0 }
        }
        '首' | '其' => ["首先，", "其次，"].iter().find(|w| text.starts_with(**w)).map_or(0, |w| w.len()),
        c if c.is_ascii_digit() => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let after = rest.strip_prefix('.').or_else(|| rest.strip_prefix('、')).or_else(|| rest.strip_prefix('．'));
            let after = after.filter(|rest| text.len() - rest.len() <= 6 && !rest.starts_with(|c: char| c.is_ascii_digit()));
            after.map_or(0, |rest| text.len() - rest.len())
        }
        c if ordinal(c) => {
            let rest = text.trim_start_matches(ordinal);
            let after = rest.strip_prefix(['是', '要', '、']);
            let after = after.filter(|after| text.len() - rest.len() <= 9 && !after.is_empty());
            after.map_or(0, |rest| text.len() - rest.trim_start_matches('，').len())
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use pledgebook_lexicon::Lexicon;

    use super::*;
    use crate::signs::Marks;

    fn split(text: &str) -> Vec<(String, usize, Stop, bool)> {
        let mut parts = Parts::default();
        parts.split(text, Marks::of(text, &Lexicon::builtin()).signs(&(0..text.len())));
        parts.parts.iter().map(|p| (text[p.range.clone()].to_owned(), p.clauses.len(), p.stop, p.marked)).collect()
    }

    #[test]
    fn sentences_and_parts_between_semicolons() {
        assert_eq!(
            split("修建水库，疏浚河道；加固堤防。让河水清起来！"),
            [
                ("修建水库，疏浚河道".into(), 2, Stop::Semicolon, false),
                ("加固堤防".into(), 1, Stop::Full, false),
                ("让河水清起来".into(), 1, Stop::Exclamation, false),
            ]
        );
    }

    #[test]
    fn a_list_in_the_passage_begins_after_its_announcement() {
        assert_eq!(
            split("抓好两件事：一是修路；二是架桥"),
            [("抓好两件事".into(), 1, Stop::Colon, false), ("修路".into(), 1, Stop::Semicolon, true), ("架桥".into(), 1, Stop::Full, true),]
        );
    }

    #[test]
    fn brackets_hold_together_and_numbers_keep_their_comma() {
        assert_eq!(split("改造管网（水管；气管，1,200公里）。").len(), 1);
        assert_eq!(split("改造管网1,200公里")[0].1, 1);
        assert_eq!(split("改造管网1，200公里，修复泵站")[0].1, 2);
    }

    #[test]
    fn marks_of_order() {
        for (text, left) in [
            ("一是修路", "修路"),
            ("（十二）修路", "修路"),
            ("12.修路", "修路"),
            ("第一，修路", "修路"),
            ("——修路", "修路"),
            ("一体推进", "一体推进"),
            ("10件实事", "10件实事"),
            ("3.5亿元", "3.5亿元"),
            ("十年禁渔", "十年禁渔"),
            ("第三产业", "第三产业"),
        ] {
            assert_eq!(&text[mark(text)..], left);
        }
    }
}
