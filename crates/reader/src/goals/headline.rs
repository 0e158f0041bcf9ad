//! The paragraph of the year's main expected goals: where its list begins and ends, and what each clause of it is.

use std::ops::Range;

use pledgebook_document::{Passage, Span};
use pledgebook_lexicon::{Lexicon, Measure, Mode, Period, PledgeKind, Role};

use super::parts::{self, Part, Parts, Stop};
use super::subject::Subject;
use super::{Headline, blank, numbers, qualitative, relative};
use crate::figures::Ground;
use crate::reading::{Figure, Pledge};
use crate::time;

/// Finds the lists of headline goals, passage by passage: a list may go on over several.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Whether the next passage goes on with the list.
    open: bool,
    /// Whether the list was announced in a passage of its own: then every passage of goals after it is one of its items.
    announced: bool,
}

/// A list of goals in a passage. Offsets are bytes of its folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it goes on from an earlier passage.
    continued: bool,
}

impl Lists {
    /// The part of a passage that lists the year's main expected goals, in its folded text.
    pub(super) fn find(&mut self, ground: &Ground<'_>, passage: &Passage, figures: &[Figure]) -> Option<List> {
        if passage.role != Role::Goals {
            *self = Lists::default();
            return None;
        }
        let (text, year) = (ground.text, ground.document.meta.year);
        let opened = ground.lexicon.goals.openers.find_from(text, 0).map(|(at, word, ())| (at, at + word.len()));
        let item = parts::mark(text);
        let list = match opened {
            Some((at, end)) => {
                *self = Lists::default();
                let lead = &text[text[..at].rfind('。').map_or(0, |i| i + '。'.len_utf8())..end];
                let rest = text[end..].trim_start_matches(['是', '为', '：', ':', '，', '主', '要']);
                (!of_a_plan(lead, year)).then_some(text.len() - rest.len()..text.len())
            }
            None => self.open.then_some(item..text.len()),
        };
        let list = list.filter(|_| for_year(figures, year))?;
        // An announcement alone, a list that goes on, or one of its items.
        self.announced = if opened.is_some() { text.ends_with("如下。") || text.ends_with(['：', ':']) } else { self.announced };
        let goes_on = text.trim_end().ends_with(['；', '，']);
        self.open = self.announced || goes_on || (item > 0 && opened.is_none());
        Some(List { range: list, continued: opened.is_none() })
    }
}

/// Whether the sentence that opens a list speaks of a plan's span rather than of the year.
fn of_a_plan(lead: &str, year: Option<i16>) -> bool {
    let plan = ["时期", "期间", "今后五年", "未来五年", "今后5年", "未来5年", "规划期"].iter().filter_map(|w| lead.rfind(w)).max();
    let ahead = lead.rfind("到20").filter(|&at| !year.is_some_and(|y| lead[at + 3..].starts_with(&y.to_string())));
    let this = ["今年", "全年", "本年"].iter().filter_map(|w| lead.rfind(w)).max();
    let named = year.and_then(|y| lead.rfind(&format!("{y}年")));
    plan.max(ahead) > this.max(named)
}

/// Whether the figures of a passage are for the report's year and not for the span of a plan.
fn for_year(figures: &[Figure], year: Option<i16>) -> bool {
    let Some(year) = year else { return true };
    figures.is_empty() || figures.iter().any(|f| f.period == Period::Year(year) && f.mode == Mode::Target)
}

/// Reads the goals of a list, clause by clause; `inside` are the passage's figures. Gives where the list ends.
pub(super) fn read(ground: &Ground<'_>, list: &List, figures: &[Figure], inside: &[u32], pledges: &mut Vec<Pledge>) -> usize {
    let List { range: list, continued } = list;
    let mut parts = Parts::default();
    parts.split(ground.text, ground.signs);
    let mut reader = Reader { ground, figures, inside, pledges, first: None, subject: None };
    // A passage that only goes on with a list is one of its items when it begins with a goal.
    let mut sentence = continued.then_some(Stop::Full);
    for part in &parts.parts {
        if part.range.end <= list.start {
            continue;
        }
        // Whole sentences after the first belong to the list only when they begin with a goal.
        if sentence == Some(Stop::Full) && !reader.begins_with_goal(&parts, part) {
            reader.close(part);
            return part.range.start;
        }
        sentence = Some(part.stop);
        reader.part(&parts, part, list.start);
    }
    list.end
}

struct Reader<'a, 'p> {
    ground: &'a Ground<'a>,
    figures: &'a [Figure],
    inside: &'a [u32],
    pledges: &'p mut Vec<Pledge>,
    /// The first pledge of the list.
    first: Option<usize>,
    /// What the last relative goal was about.
    subject: Option<Range<usize>>,
}

/// What is said in a clause of the list.
enum Said {
    Goal,
    /// A goal that is not set: what follows in the part explains it.
    NotSet,
    /// No goal.
    Nothing,
}

impl Reader<'_, '_> {
    fn lexicon(&self) -> &Lexicon {
        self.ground.lexicon
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.ground.document.unfold(self.ground.base + range.start, self.ground.base + range.end)
    }

    fn carried(&self, clause: &Range<usize>) -> Vec<u32> {
        let span = self.span(clause);
        self.inside.iter().copied().filter(|&i| span.contains(self.figures[i as usize].span)).collect()
    }

    fn part(&mut self, parts: &Parts, part: &Part, from: usize) {
        let start = self.pledges.len();
        let mut explained = false;
        for clause in &parts.clauses[part.clauses.clone()] {
            let clause = clause.start.max(from)..clause.end;
            if clause.is_empty() {
                continue;
            }
            for piece in self.pieces(clause) {
                match self.clause(piece, start, explained) {
                    Said::NotSet => explained = true,
                    Said::Goal => explained = false,
                    Said::Nothing => {}
                }
            }
        }
    }

    /// A 、 ends a goal only before an open stretch or another relation of the same subject.
    fn pieces(&self, clause: Range<usize>) -> Vec<Range<usize>> {
        let text = &self.ground.text[clause.clone()];
        let goals = &self.lexicon().goals;
        let mut pieces = Vec::new();
        let mut from = 0;
        for (at, sign) in text.match_indices('、') {
            let rest = &text[at + sign.len()..];
            if goals.stretch.prefix(rest).is_some() || rest.starts_with("高于") || rest.starts_with("快于") {
                pieces.push(clause.start + from..clause.start + at);
                from = at + sign.len();
            }
        }
        pieces.push(clause.start + from..clause.end);
        pieces
    }

    /// Reads a clause; one without a figure that only explains why a goal is not set is none.
    fn clause(&mut self, clause: Range<usize>, part_start: usize, explained: bool) -> Said {
        let carried = self.carried(&clause);
        let before = self.pledges.len();
        let said = if carried.is_empty() && explained {
            Said::Nothing
        } else if carried.is_empty() {
            self.wordy(&clause, part_start)
        } else {
            numbers(self.ground.document, self.figures, &carried, Headline::Yes, self.pledges);
            self.subject = None;
            Said::Goal
        };
        if self.first.is_none() && self.pledges.len() > before {
            self.first = Some(before);
        }
        said
    }

    /// A clause without a figure: an open stretch, a relative goal, a goal not set, or a qualitative one.
    fn wordy(&mut self, clause: &Range<usize>, part_start: usize) -> Said {
        let words = &self.ground.text[clause.clone()];
        if words.chars().nth(2).is_none() {
            return Said::Nothing;
        }
        let goals = &self.ground.lexicon.goals;
        if goals.stretch.occurs_in(words) {
            let text = self.original(clause);
            if let Some(last) = self.pledges.last_mut() {
                last.stretch_text = Some(text);
            }
            return Said::Nothing;
        }
        if goals.closers.prefix(words).is_some() {
            return Said::Nothing;
        }
        let found = |lexicon, measure, range: Range<usize>| Subject::of(lexicon, words, range, measure);
        if let Some(at) = goals.absent.find_from(words, 0).map(|(at, ..)| at) {
            let named = words[..at].find("目标").map_or(at, |end| end);
            let subject = found(self.ground.lexicon, Measure::Growth, 0..named);
            self.push(clause, PledgeKind::Absent, &subject, "pledge.headline_absent");
            return Said::NotSet;
        }
        if let Some(mut goal) = relative::goal(words, self.ground.lexicon) {
            if found(self.ground.lexicon, Measure::Growth, goal.label.clone()).range.is_empty() {
                goal.label = 0..0;
            }
            if goal.label.is_empty() && self.subject.is_none() {
                self.hold_for_each(clause, part_start);
                return Said::Nothing;
            }
            let subjects = match (&self.subject, goal.label.is_empty()) {
                (Some(earlier), true) => {
                    vec![Subject::of(self.ground.lexicon, &self.ground.text[earlier.clone()], 0..earlier.len(), Measure::Growth)]
                }
                _ => Subject::several(self.ground.lexicon, words, goal.label.clone(), Measure::Growth),
            };
            let offset = match (&self.subject, goal.label.is_empty()) {
                (Some(earlier), true) => earlier.start,
                _ => clause.start,
            };
            for subject in &subjects {
                self.push_at(clause, offset, PledgeKind::Relative, subject, "pledge.headline_relative");
                let pledge = self.pledges.last_mut().expect("just pushed");
                pledge.relation = Some(goal.relation);
                pledge.reference = Some(goal.reference.clone());
                pledge.hedge = goal.hedge.map(str::to_owned);
            }
            if !goal.label.is_empty() {
                self.subject = Some(clause.start + goal.label.start..clause.start + goal.label.end);
            }
            return Said::Goal;
        }
        let Some(goal) = qualitative::goal(words, self.ground.lexicon) else { return Said::Nothing };
        if found(self.ground.lexicon, Measure::Level, goal.label.clone()).range.is_empty() {
            self.hold_for_each(clause, part_start);
            return Said::Nothing;
        }
        for subject in &Subject::several(self.ground.lexicon, words, goal.label, Measure::Level) {
            self.push(clause, PledgeKind::Qualitative, subject, "pledge.headline_qualitative");
            self.pledges.last_mut().expect("just pushed").direction = goal.direction;
        }
        Said::Goal
    }

    /// 努力跑赢全国, 在全国实现位次前移: holds for each goal before it in this part.
    fn hold_for_each(&mut self, clause: &Range<usize>, part_start: usize) {
        let text = self.original(clause);
        for pledge in &mut self.pledges[part_start..] {
            pledge.stretch_text = Some(text.clone());
        }
    }

    fn original(&self, range: &Range<usize>) -> String {
        self.ground.original(range.start, range.end).to_owned()
    }

    fn push(&mut self, clause: &Range<usize>, kind: PledgeKind, subject: &Subject, rule: &'static str) {
        self.push_at(clause, clause.start, kind, subject, rule);
    }

    fn push_at(&mut self, clause: &Range<usize>, offset: usize, kind: PledgeKind, subject: &Subject, rule: &'static str) {
        let label = self.original(&(offset + subject.range.start..offset + subject.range.end));
        let period = self.ground.document.meta.year.map_or(Period::Open, Period::Year);
        self.pledges.push(Pledge { kind, label, indicator: subject.indicator, period, ..blank(self.span(clause), rule) });
    }

    /// Whether a sentence after the list's first goes on with it.
    fn begins_with_goal(&self, parts: &Parts, part: &Part) -> bool {
        let goals = &self.lexicon().goals;
        let sentence = &self.ground.text[part.range.clone()];
        if goals.closers.prefix(sentence).is_some() {
            return false;
        }
        let mut clauses = parts.clauses[part.clauses.clone()].iter().filter(|c| &self.ground.text[(*c).clone()] != "同时");
        let Some(mut first) = clauses.next() else { return false };
        // 农业，粮食产量…: the branch, then its goal.
        if first.len() <= "工农业总产值".len() {
            first = clauses.next().unwrap_or(first);
        }
        let carried = self.carried(first);
        let counted = |i: &u32| {
            let figure = &self.figures[*i as usize];
            figure.mode == Mode::Target && (figure.indicator.is_some() || figure.unit.as_str() != "item")
        };
        let words = &self.ground.text[first.clone()];
        match carried.is_empty() {
            true => relative::goal(words, self.lexicon()).is_some() || qualitative::goal(words, self.lexicon()).is_some(),
            false => carried.iter().any(counted),
        }
    }

    /// A sentence after the list may still hold an open stretch of its first goal.
    fn close(&mut self, part: &Part) {
        let words = &self.ground.text[part.range.clone()];
        let Some(at) = self.lexicon().goals.stretch.find_from(words, 0).map(|(at, ..)| at) else { return };
        let from = words[..at].rfind('，').map_or(0, |i| i + '，'.len_utf8());
        let to = words[at..].find('，').map_or(words.len(), |i| at + i);
        let text = self.original(&(part.range.start + from..part.range.start + to));
        if let Some(first) = self.first {
            self.pledges[first].stretch_text.get_or_insert(text);
        }
    }
}

/// The plan that a heading names.
pub(super) fn plan_named_in(title: &str) -> Option<Period> {
    time::plans_in(title).last().map(|&(_, plan)| plan)
}
