//! Pledges: the headline goals of the year, with and without a number, tasks, and target figures elsewhere; and claims about goals.

mod claims;
mod deadline;
mod headings;
mod headline;
mod heads;
mod parts;
mod place;
mod qualitative;
mod relative;
mod subject;
mod tasks;

pub(crate) use claims::claims;

use pledgebook_document::{Document, Span};
use pledgebook_lexicon::{Direction, Horizon, Lexicon, Mode, Period, PledgeKind};
use smallvec::{SmallVec, smallvec};

use crate::figures::Ground;
use crate::reading::{Figure, Pledge};
use crate::signs::Marks;

/// Makes the pledges of a document from its target figures, its goals without a number and its tasks.
pub(crate) fn pledges(document: &Document, marks: &Marks, lexicon: &Lexicon, figures: &[Figure]) -> Vec<Pledge> {
    let mut pledges = Vec::with_capacity(figures.len() + document.passages.len());
    let mut tasks = tasks::Tasks::default();
    let mut lists = headline::Lists::default();
    let mut free = Vec::new();
    let (mut base, mut seen) = (0, 0);
    for (index, passage) in document.passages.iter().enumerate() {
        let start = document.folded.folded(passage.span.start as usize).max(base);
        base = document.folded.folded(passage.span.end as usize);
        let ground = Ground::new(document, marks, lexicon, start..base);
        let from = seen + figures[seen..].iter().take_while(|f| f.span.start < passage.span.start).count();
        seen = from + figures[from..].iter().take_while(|f| f.span.start < passage.span.end).count();
        let first = pledges.len();
        free.clear();
        free.extend((from..seen).map(|i| i as u32));
        let mut headline = None;
        if let Some(list) = lists.find(&ground, passage, &figures[from..seen]) {
            let end = headline::read(&ground, &list, figures, &free, &mut pledges);
            let list = document.unfold(start + list.range.start, start + end);
            headline = (list.start < list.end).then_some(list);
        }
        let after_list = pledges.len();
        tasks.read(&place::Place { ground: &ground, index, list: headline, figures, inside: from..seen }, &mut pledges);
        for pledge in &pledges[first..] {
            free.retain(|i| !pledge.figures.contains(i));
        }
        let after_tasks = pledges.len();
        numbers(document, figures, &free, Headline::No, &mut pledges);
        if after_list > first || (after_tasks > after_list && pledges.len() > after_tasks) {
            pledges[first..].sort_by_key(|p: &Pledge| p.span.start);
        }
    }
    tasks.finish(&mut pledges);
    link_repeats(&mut pledges, figures);
    pledges
}

/// Where a pledge stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headline {
    Yes,
    No,
}

fn numbers(document: &Document, figures: &[Figure], inside: &[u32], headline: Headline, pledges: &mut Vec<Pledge>) {
    for &i in inside {
        let figure = &figures[i as usize];
        if figure.mode != Mode::Target {
            continue;
        }
        if figure.stretch
            && let Some(last) = pledges.last_mut()
            && last.kind == PledgeKind::Number
        {
            last.figures.push(i);
            last.span.end = figure.span.end;
            continue;
        }
        let horizon = if document.meta.year.is_some_and(|y| figure.period == Period::Year(y)) { Horizon::Year } else { Horizon::Plan };
        let rule = if headline == Headline::Yes { "pledge.headline_number" } else { "pledge.number" };
        pledges.push(Pledge {
            span: figure.span,
            kind: PledgeKind::Number,
            headline: headline == Headline::Yes,
            label: figure.label.clone(),
            indicator: figure.indicator,
            period: figure.period,
            horizon,
            figures: smallvec![i],
            hedge: figure.hedge.clone(),
            ..blank(figure.span, rule)
        });
    }
}

fn blank(span: Span, rule: &'static str) -> Pledge {
    Pledge {
        span,
        kind: PledgeKind::Qualitative,
        headline: true,
        label: String::new(),
        indicator: None,
        period: Period::Open,
        horizon: Horizon::Year,
        figures: SmallVec::new(),
        relation: None,
        reference: None,
        direction: Direction::None,
        stretch_text: None,
        hedge: None,
        actions: SmallVec::new(),
        objects: SmallVec::new(),
        lead: None,
        deadline: Period::Open,
        repeats: None,
        rules: smallvec![rule],
    }
}

/// A goal given again points to the first.
fn link_repeats(pledges: &mut [Pledge], figures: &[Figure]) {
    let mut first: Vec<(&'static str, Period, u32)> = Vec::new();
    for (i, pledge) in pledges.iter_mut().enumerate() {
        let of_task = || pledge.figures.iter().find_map(|&f| figures[f as usize].indicator.map(|id| (id, figures[f as usize].period)));
        let Some((id, period)) = pledge.indicator.map(|id| (id, pledge.period)).or_else(of_task) else { continue };
        let known = first.iter().find(|(of, then, _)| *of == id && *then == period).map(|&(_, _, at)| at);
        match known {
            Some(at) => pledge.repeats = Some(at),
            None if pledge.headline => first.push((id, period, i as u32)),
            None => {}
        }
    }
}
