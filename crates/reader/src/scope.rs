//! What holds for a figure when its sentence says nothing else: the section's mode and the time spoken of.

use std::ops::Range;

use pledgebook_document::Document;
use pledgebook_lexicon::{Lexicon, Mode, Period, Role};

use crate::numeral::Numeral;
use crate::signs::{Sign, Signs};
use crate::time::{self, Mention, Years};
use crate::words::{holds, strip_end};

/// Mode and time, carried from passage to passage.
#[derive(Debug)]
pub(crate) struct Scope {
    years: Years,
    mode: Mode,
    period: Period,
    /// The time that opened a sentence of the passage, and holds for the sentences after it.
    said: Option<Period>,
    /// The time of the chapter when its passages name none.
    chapter: Period,
    /// Whether the report has come to its goals or tasks.
    ahead: bool,
    section: Option<u32>,
    /// Whether words are explained: a list of notes.
    explains: bool,
}

impl Scope {
    pub(crate) fn new(document: &Document) -> Self {
        let report = document.meta.year;
        // A report of December that sets the goals of the next year: its 今年 is the year that ends.
        let named = |words: &str| words.get(..4).and_then(|year| year.parse::<i16>().ok());
        let told = document.meta.date.as_deref().and_then(named);
        let told =
            told.or_else(|| document.meta.title.as_deref().filter(|t| t.get(4..).is_some_and(|t| t.starts_with('年'))).and_then(named));
        let spoken = told.filter(|told| report.is_some_and(|r| *told == r - 1)).or(report);
        // A document on a year that is over stands where the next year's report does.
        let report = document.meta.told_year().map(|year| year + 1);
        let years = Years { report, spoken };
        Scope {
            years,
            mode: Mode::Outcome,
            period: years.reviewed(),
            said: None,
            chapter: years.reviewed(),
            ahead: false,
            section: None,
            explains: false,
        }
    }

    pub(crate) fn years(&self) -> Years {
        self.years
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn period(&self) -> Period {
        self.said.filter(|_| self.mode != Mode::Target).unwrap_or(self.period)
    }

    /// The past year that an earlier sentence of the passage began with.
    pub(crate) fn said(&self) -> Option<Period> {
        self.said
    }

    /// Enters a sentence of a passage: a past year that opens it holds for those after it.
    pub(crate) fn sentence(&mut self, text: &str, sentence: &Range<usize>, mentions: &[Mention]) {
        if matches!(self.chapter, Period::Span(..)) {
            return;
        }
        let Some(first) = mentions.iter().find(|m| m.start >= sentence.start) else { return };
        if first.compared || first.local || first.end > sentence.end || !self.opens(&text[sentence.clone()], first, sentence.start) {
            return;
        }
        self.said = match (first.period, self.years.report) {
            (Period::Year(y), Some(report)) if y < report => Some(first.period),
            _ => None,
        };
    }

    /// The time of the chapter, whatever its passages have named since.
    pub(crate) fn chapter(&self) -> Period {
        self.chapter
    }

    /// Whether the passage explains words, so that no time holds but those it names.
    pub(crate) fn explains(&self) -> bool {
        self.explains
    }

    /// Enters a passage: its role sets the mode, a new section of the first level the time.
    pub(crate) fn enter(&mut self, document: &Document, index: usize, _text: &str) {
        let passage = &document.passages[index];
        self.explains = passage.role == Role::Glossary;
        let mode = match passage.role {
            Role::Review | Role::Problem => Mode::Outcome,
            // 一、发展成效 …, 六、形势与展望: only the last chapter of a 发展报告 looks ahead.
            _ if document.meta.tells_of_its_year() && !looks_ahead(document, passage.section) => Mode::Outcome,
            Role::Goals | Role::Tasks | Role::LivelihoodList | Role::Requirements | Role::Rationale => {
                self.ahead = true;
                Mode::Target
            }
            // The nation's place in the world, and what stands between.
            Role::Other => Mode::Outcome,
            _ if self.ahead => Mode::Target,
            _ => Mode::Outcome,
        };
        let section = passage.section.map(|s| chapter(document, s));
        if section != self.section || mode != self.mode {
            self.section = section;
            self.mode = mode;
            let title = section.map_or("", |s| document.slice(document.sections[s as usize].title));
            self.chapter = self.default_period(title);
            self.period = self.chapter;
        }
    }

    fn default_period(&self, title: &str) -> Period {
        // “十四五”成就和“十五五”目标: what is ahead is the later plan.
        let plans = time::plans_in(title);
        match self.mode {
            Mode::Target => match plans.last() {
                Some((_, plan)) if !without_plans(title).contains('年') => *plan,
                _ => self.years.report(),
            },
            _ => {
                let rest = without_plans(title);
                let five = rest.contains("五年") || rest.contains("5年");
                let one = rest.contains("一年") || rest.replace("五年", "").replace("5年", "").contains('年');
                match plans.first() {
                    Some(&(end, plan)) if !one || time::first_years(&title[end..], plan).is_some() => {
                        time::first_years(&title[end..], plan).unwrap_or(plan)
                    }
                    _ if five && !one => self.years.back(5),
                    _ => self.years.reviewed(),
                }
            }
        }
    }

    /// A time named at the start of a passage holds until another one is, or the section ends.
    pub(crate) fn lead(&mut self, text: &str, mentions: &[Mention]) {
        self.said = None;
        if let Some(first) = mentions.iter().find(|m| !m.compared && !m.local) {
            self.lead_by(text, first);
            // 2015年是收官之年。过去五年，…: what the year is says what is told next.
            if text[first.end..].starts_with('是')
                && let Some(span) = mentions.iter().find(|m| opens_span(text, m) && !self.runs_on(m.period))
            {
                self.period = span.period;
            }
        }
    }

    /// 第一个五年计划…, in the review of its second year: what is told next is not of all its years.
    fn runs_on(&self, period: Period) -> bool {
        self.mode == Mode::Outcome && matches!((period, self.years.report), (Period::Span(_, to), Some(report)) if to >= report)
    }

    /// Leaves a passage: years named in it after the span that an opening set end what the span holds for.
    pub(crate) fn leave(&mut self, mentions: &[Mention]) {
        let Period::Span(_, last) = self.period else { return };
        let later = |m: &Mention| !m.compared && !m.local && matches!(m.period, Period::Year(y) if y > last);
        if self.period != self.chapter && self.mode == Mode::Outcome && mentions.iter().any(later) {
            self.period = self.chapter;
        }
    }

    fn lead_by(&mut self, text: &str, first: &Mention) {
        let far = self.mode == Mode::Target
            && matches!(first.period, Period::Year(y) if Some(y) != self.years.report)
            && !text[..first.start].ends_with('到');
        if !far && self.opens(text, first, 0) {
            self.period = first.period;
        }
    }

    /// Whether a time that stands at the beginning of a text, which starts at `from`, holds for what comes after it.
    fn opens(&self, text: &str, first: &Mention, from: usize) -> bool {
        let (start, end) = (first.start - from, first.end - from);
        let before = &text[..start];
        // 各位代表！过去的一年…: the time comes first after a salutation.
        let before = before.find(['！', '：']).filter(|&i| i <= 24).map_or(before, |i| &before[i + '！'.len_utf8()..]);
        let before = before.strip_prefix("各位代表，").unwrap_or(before);
        let early = before.chars().count() <= 8 && !before.contains(['，', '。']);
        let lasting = matches!(first.period, Period::Year(_) | Period::Span(..));
        let tail = &text[end..];
        let stock = tail.starts_with('底') || tail.starts_with('末') || text[start..end].ends_with(['底', '末']);
        let event = tail.starts_with(|c: char| c.is_ascii_digit());
        early && lasting && !stock && !event && !self.runs_on(first.period)
    }

    /// A passage without figures may still say what time is spoken of.
    pub(crate) fn pass(&mut self, text: &str, numerals: &[Numeral], signs: Signs<'_>, lexicon: &Lexicon, mentions: &mut Vec<Mention>) {
        let starts = signs.stops().filter(|sign| sign.char == '。').map(Sign::end).map(|at| at..at + 1);
        time::mentions(text, numerals, signs, self.years, starts, lexicon, mentions);
        self.lead(text, mentions);
        // 2025年是收官之年。五年来…: the span is what the list below is about.
        if let Some(span) = mentions.iter().rev().find(|m| opens_span(text, m) && !self.runs_on(m.period)) {
            self.period = span.period;
        }
        // 这是生态建设成效显著的五年。
        if self.mode == Mode::Outcome && text.starts_with('这') && text.trim_end_matches('。').ends_with("的五年") {
            self.period = self.years.back(5);
        }
    }
}

/// Whether a span of years is the first thing of its sentence: 。五年来, 。回望过去五年.
fn opens_span(text: &str, mention: &Mention) -> bool {
    if mention.compared || mention.local || !matches!(mention.period, Period::Span(..)) {
        return false;
    }
    let before = &text[..mention.start];
    let before = strip_end!(before, ["回顾", "回望", "回首", "总结", "经过"]).unwrap_or(before);
    before.ends_with('。')
}

/// The section of the first level that holds a section.
fn chapter(document: &Document, mut section: u32) -> u32 {
    while let Some(parent) = document.sections[section as usize].parent {
        section = parent;
    }
    section
}

/// Whether the chapter of a section says in its title that it is about what is to come.
fn looks_ahead(document: &Document, section: Option<u32>) -> bool {
    let title = section.map_or("", |s| document.slice(document.sections[chapter(document, s) as usize].title));
    holds!(title, ["展望", "下一步", "打算", "部署", "建议"])
}

/// A title without the names of plans in it.
fn without_plans(title: &str) -> String {
    let mut rest = title.to_owned();
    while rest.contains('五')
        && let Some((at, used)) = rest.char_indices().find_map(|(at, _)| time::plan_name(&rest[at..]).map(|(used, _)| (at, used)))
    {
        rest.replace_range(at..at + used, "");
    }
    rest
}
