//! What a goal without a number is about: one subject, or several of one wish.

use std::ops::Range;

use pledgebook_lexicon::{Lexicon, Measure};

use crate::coding::indicator;
use crate::words::{ends, strip_end};

/// One subject of a goal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    /// Its name, in the clause.
    pub range: Range<usize>,
    /// The indicator that it names.
    pub indicator: Option<&'static str>,
}

impl Subject {
    /// The subject in a part of a clause.
    pub(super) fn of(lexicon: &Lexicon, words: &str, range: Range<usize>, measure: Measure) -> Subject {
        let range = trimmed(lexicon, words, range);
        let name = &words[range.clone()];
        let measure = if ends!(name, ["占比", "比重", "比例"]) { Measure::Share } else { measure };
        Subject { indicator: indicator(name, measure, lexicon).or_else(|| known_without_tail(lexicon, name, measure)), range }
    }

    /// 能耗和主要污染物排放量继续下降: two subjects of one wish, told apart where one of them is an indicator.
    pub(super) fn several(lexicon: &Lexicon, words: &str, range: Range<usize>, measure: Measure) -> Vec<Subject> {
        let whole = Subject::of(lexicon, words, range.clone(), measure);
        let name = &words[range.clone()];
        if whole.indicator.is_some() || name.contains('等') {
            return vec![whole];
        }
        let mut subjects = Vec::new();
        let mut from = 0;
        let mut at = 0;
        while let Some(c) = name[at..].chars().next() {
            let joint = ["以及", "、", "和", "与", "及"].iter().find(|w| name[at..].starts_with(**w)).map_or(0, |w| w.len());
            if joint > 0 && at > from {
                subjects.push(Subject::of(lexicon, words, range.start + from..range.start + at, measure));
                from = at + joint;
            }
            at += joint.max(c.len_utf8());
        }
        subjects.push(Subject::of(lexicon, words, range.start + from..range.end, measure));
        let shared_head = subjects.last().is_some_and(|last| ends!(words[last.range.clone()], ["占比", "比重", "比例"]));
        if shared_head {
            subjects.iter_mut().for_each(|s| s.indicator = None);
            return subjects;
        }
        if subjects.iter().any(|s| s.indicator.is_some()) { subjects } else { vec![whole] }
    }
}

/// The name without connectives and verbs of keeping at either end.
fn trimmed(lexicon: &Lexicon, words: &str, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    while let Some((lead, ())) = lexicon.goals.label_leads.prefix(&words[start..end]) {
        start += lead.len();
    }
    while let Some((trail, ())) = lexicon.goals.label_trails.suffix(&words[start..end]) {
        // An indicator's own name may end in a word of keeping.
        let (name, shorter) = (&words[start..end], &words[start..end - trail.len()]);
        if lexicon.indicator_named(name).is_some() && lexicon.indicator_named(shorter).is_none() {
            break;
        }
        end -= trail.len();
    }
    start..end
}

/// 主要污染物总量减排, 能耗强度下降: the name without the verb at its end.
fn known_without_tail(lexicon: &Lexicon, name: &str, measure: Measure) -> Option<&'static str> {
    strip_end!(name, ["降低", "下降", "减排", "提升", "改善"]).and_then(|name| indicator(name, measure, lexicon))
}
