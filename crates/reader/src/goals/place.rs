//! Where tasks are looked for, and what a sentence needs to be one there.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use pledgebook_document::{Passage, PassageKind, Span};
use pledgebook_lexicon::{DocumentKind, Horizon, Mode, Period, Role};

use super::headline;
use crate::figures::Ground;
use crate::reading::Figure;
use crate::words::holds;

/// Made once: making one costs more than searching a passage.
#[derive(Debug)]
struct Finders {
    /// What the parts of the nation under their own rule are called.
    own_rule: [Finder<'static>; 5],
    /// What speaks of the world abroad.
    abroad: [Finder<'static>; 4],
}

static FINDERS: LazyLock<Finders> = LazyLock::new(|| Finders {
    own_rule: ["香港", "澳门", "港澳", "台湾", "两岸"].map(Finder::new),
    abroad: ["外交", "各国", "国际", "世界"].map(Finder::new),
});

fn names_any(text: &str, words: &[Finder<'static>]) -> bool {
    words.iter().any(|word| word.find(text.as_bytes()).is_some())
}

/// The passage in which tasks are looked for.
pub(super) struct Place<'a> {
    /// Its text.
    pub ground: &'a Ground<'a>,
    /// Its index among the document's passages.
    pub index: usize,
    /// Where its headline goals are listed, if it has any: no tasks there.
    pub list: Option<Span>,
    /// All figures of the document.
    pub figures: &'a [Figure],
    /// The figures of this passage.
    pub inside: Range<usize>,
}

/// What a sentence needs to be a task where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// In a section of tasks: an act, an effect or a target figure.
    Little,
    /// Where goals are set out: an act at the head of a clause, or asked for in words.
    Act,
    /// Among requirements: an act, and no principle with it.
    BareAct,
    /// About the parts of the nation under their own rule: an act, and no principle.
    NoStance,
    /// Elsewhere: an act asked for in words.
    AskedAct,
}

impl Place<'_> {
    pub(super) fn needs(&self) -> Option<Needs> {
        let document = self.ground.document;
        let passage = &document.passages[self.index];
        if passage.kind != PassageKind::Body || matches!(document.meta.kind, Some(DocumentKind::Resolution | DocumentKind::Communique)) {
            return None;
        }
        match passage.role {
            Role::Tasks | Role::LivelihoodList | Role::Government => Some(Needs::Little),
            Role::Goals => Some(Needs::Act),
            Role::Requirements if self.lists_tasks() => Some(Needs::Little),
            Role::Requirements => Some(Needs::BareAct),
            Role::Other if names_any(self.ground.text, &FINDERS.own_rule) => Some(Needs::NoStance),
            Role::Other if self.ground.signs.asks(&(0..self.ground.text.len())) && !names_any(self.ground.text, &FINDERS.abroad) => {
                Some(Needs::AskedAct)
            }
            _ => None,
        }
    }

    /// Whether the passage stands in a subsection of a chapter on requirements and tasks.
    fn lists_tasks(&self) -> bool {
        let sections = &self.ground.document.sections;
        let Some(mut section) = self.ground.document.passages[self.index].section.map(|s| &sections[s as usize]) else { return false };
        let mut below = false;
        while let Some(parent) = section.parent {
            section = &sections[parent as usize];
            below = true;
        }
        let title = self.ground.document.slice(section.title);
        below && holds!(title, ["任务", "重点工作", "任務", "重點工作"])
    }

    /// The end of the heading that the passage begins with, in its text. Items of a list (一是…) may be tasks of their own; the bare
    /// ones are known by having one clause.
    pub(super) fn heading_end(&self) -> usize {
        let document = self.ground.document;
        let passage = document.passages[self.index].span;
        let sections = &document.sections;
        let after = sections.partition_point(|s| s.title.start < passage.start);
        let heading = sections.get(after).filter(|s| s.level <= 2 && s.title.start == passage.start && s.title.end < passage.end);
        heading.map(|s| s.title).map_or(0, |t| document.folded.folded(t.end as usize) - self.ground.base)
    }

    /// Whether the passage after this one is many times as long.
    pub(super) fn long_follows(&self) -> bool {
        let passages = &self.ground.document.passages;
        let length = |p: &Passage| p.span.end - p.span.start;
        passages.get(self.index + 1).is_some_and(|next| next.kind == PassageKind::Body && length(next) > 4 * length(&passages[self.index]))
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.ground.unfold(range.start, range.end)
    }

    /// The target figures inside a span.
    pub(super) fn targets(&self, span: Span) -> impl Iterator<Item = usize> {
        let figures = self.figures;
        self.inside.clone().filter(move |&i| figures[i].mode == Mode::Target && span.contains(figures[i].span))
    }

    /// The time that the passage's tasks are for.
    pub(super) fn period(&self) -> (Period, Horizon) {
        let document = self.ground.document;
        let passage = &document.passages[self.index];
        let year = document.meta.year.map_or(Period::Open, Period::Year);
        if passage.role != Role::Goals {
            return (year, Horizon::Year);
        }
        let mut section = passage.section;
        while let Some(s) = section.map(|s| &document.sections[s as usize]) {
            let title = document.slice(s.title);
            if let Some(plan) = headline::plan_named_in(title) {
                return (plan, Horizon::Plan);
            }
            section = s.parent;
        }
        (year, Horizon::Year)
    }
}
