//! Whether a passage answers a query, and where.

use std::ops::Range;

use pledgebook_ledger::plain_char;

use super::Query;

/// A passage as the index compares it, and the character of the text at which each byte of it stands.
pub(super) struct Plain {
    text: String,
    at: Vec<u32>,
}

impl Plain {
    pub(super) fn of(text: &str) -> Self {
        let mut plain = Plain { text: String::with_capacity(text.len()), at: Vec::with_capacity(text.len()) };
        for (number, c) in (0u32..).zip(text.chars()) {
            if let Some(c) = plain_char(c) {
                plain.text.push(c);
                plain.at.resize(plain.text.len(), number);
            }
        }
        plain
    }

    /// Where the phrases of a query stand, in characters of the text, when the passage answers it.
    pub(super) fn answers(&self, query: &Query) -> Option<Vec<Range<usize>>> {
        let mut marks = self.found(query)?;
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(marks.len());
        for mark in marks {
            match apart.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => apart.push(mark),
            }
        }
        Some(apart)
    }

    fn found(&self, query: &Query) -> Option<Vec<Range<usize>>> {
        let some = |marks: Vec<Range<usize>>| (!marks.is_empty()).then_some(marks);
        match query {
            Query::Phrase(phrase) => some(self.places(phrase)),
            Query::And(parts) => {
                let mut marks = Vec::new();
                for part in parts {
                    marks.append(&mut self.found(part)?);
                }
                Some(marks)
            }
            Query::Or(parts) => some(parts.iter().filter_map(|part| self.found(part)).flatten().collect()),
            Query::Not(wanted, not) => self.found(wanted).filter(|_| self.found(not).is_none()),
            Query::Near(first, second, within) => {
                let (first, second) = (self.places(first), self.places(second));
                let near = |x: &Range<usize>, y: &Range<usize>| {
                    let between = if x.start <= y.start { y.start as i64 - x.end as i64 } else { x.start as i64 - y.end as i64 };
                    x != y && between <= *within as i64
                };
                let of = |these: &[Range<usize>], those: &[Range<usize>]| -> Vec<Range<usize>> {
                    these.iter().filter(|x| those.iter().any(|y| near(x, y))).cloned().collect()
                };
                some([of(&first, &second), of(&second, &first)].concat())
            }
        }
    }

    fn places(&self, phrase: &str) -> Vec<Range<usize>> {
        let place = |(start, _): (usize, &str)| self.at[start] as usize..self.at[start + phrase.len() - 1] as usize + 1;
        self.text.match_indices(phrase).map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is marked in a text, or none where it does not answer.
    fn marked(query: &str, text: &str) -> Option<Vec<String>> {
        let marks = Plain::of(text).answers(&query.parse().unwrap())?;
        Some(marks.into_iter().map(|mark| text.chars().skip(mark.start).take(mark.len()).collect()).collect())
    }

    #[test]
    fn a_phrase_is_found_in_either_script_and_over_white_space() {
        assert_eq!(marked("就业优先", "堅持就業 優先戰略"), Some(vec!["就業 優先".to_owned()]));
        assert_eq!(marked("就业优先", "就业要优先"), None);
    }

    #[test]
    fn and_or_not_are_of_the_whole_passage() {
        let text = "稳就业、稳物价";
        assert!(marked("就业 物价", text).is_some() && marked("就业 AND 粮食", text).is_none());
        assert_eq!(marked("粮食 OR 物价", text), Some(vec!["物价".to_owned()]));
        assert!(marked("就业 NOT 物价", text).is_none() && marked("就业 NOT 粮食", text).is_some());
        assert!(marked("就业 (粮食 OR 物价)", text).is_some());
    }

    #[test]
    fn near_counts_the_characters_between() {
        let text = "就业优先政策与物价稳定";
        assert!(marked("就业 NEAR/5 物价", text).is_some() && marked("就业 NEAR/4 物价", text).is_none());
        assert_eq!(marked("物价 NEAR/5 就业", text), Some(vec!["就业".to_owned(), "物价".to_owned()]));
    }

    #[test]
    fn overlapping_marks_are_one() {
        assert_eq!(marked("数字经济 OR 经济体", "数字经济体系"), Some(vec!["数字经济体".to_owned()]));
    }
}
