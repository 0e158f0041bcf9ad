//! The rows of a record, with the codebook's names.

use pledgebook_document::{Document, Dropped, Meta, Section, Sha256, Span, Warning};
use pledgebook_lexicon::{
    Aggregate, Bound, Claimed, Confidence, Direction, Horizon, Measure, Mode, Period, PledgeKind, Relation, Role, Unit,
};
use pledgebook_reader::{Claim, Figure, Pledge};
use serde::Serialize;

use super::Number;
use crate::input::HeldBy;
use pledgebook_document::{Places, Spot};

/// One document of the file: who reported, when, what kind.
#[derive(Debug, Serialize)]
pub(super) struct DocumentRow<'a> {
    member: Option<&'a str>,
    row: Option<u32>,
    sha256: Sha256,
    start: u32,
    end: u32,
    #[serde(flatten)]
    meta: &'a Meta,
    linked: Option<usize>,
    warnings: &'a [Warning],
    dropped: &'a [Dropped],
}

/// A part of a document under a heading.
#[derive(Debug, Serialize)]
pub(super) struct SectionRow<'a> {
    document: usize,
    start: u32,
    end: u32,
    place: Spot,
    title: &'a str,
    level: u8,
    role: Role,
    parent: Option<usize>,
}

/// A figure, with every field of the codebook.
#[derive(Debug, Serialize)]
pub(super) struct FigureRow<'a> {
    document: usize,
    start: u32,
    end: u32,
    place: Spot,
    raw: &'a str,
    quote: &'a str,
    low: Number,
    high: Number,
    unit: &'a Unit,
    bound: Bound,
    stretch: bool,
    label: &'a str,
    indicator: Option<&'static str>,
    measure: Measure,
    direction: Direction,
    mode: Mode,
    period: Period,
    average: bool,
    aggregate: Aggregate,
    reference: Option<&'a str>,
    basis: &'a str,
    estimate: bool,
    hedge: Option<&'a str>,
    area: Option<&'a str>,
    confidence: Confidence,
    reason: Option<&'static str>,
    rules: &'a [&'static str],
}

/// A pledge; the number fields are those of its first figure and null where it has none or is a task.
#[derive(Debug, Serialize)]
pub(super) struct PledgeRow<'a> {
    document: usize,
    start: u32,
    end: u32,
    place: Spot,
    quote: &'a str,
    kind: PledgeKind,
    headline: bool,
    label: &'a str,
    indicator: Option<&'static str>,
    period: Period,
    horizon: Horizon,
    low: Option<Number>,
    high: Option<Number>,
    unit: Option<&'a Unit>,
    bound: Option<Bound>,
    measure: Option<Measure>,
    direction: Direction,
    stretch: bool,
    stretch_low: Option<Number>,
    stretch_high: Option<Number>,
    stretch_text: Option<&'a str>,
    relation: Option<Relation>,
    reference: Option<&'a str>,
    hedge: Option<&'a str>,
    actions: Vec<&'a str>,
    objects: Vec<&'a str>,
    lead: Option<&'a str>,
    deadline: Period,
    repeats: Option<usize>,
    figures: Vec<usize>,
    rules: &'a [&'static str],
}

/// What a government says of its own goals.
#[derive(Debug, Serialize)]
pub(super) struct ClaimRow<'a> {
    document: usize,
    start: u32,
    end: u32,
    place: Spot,
    quote: &'a str,
    label: &'a str,
    indicator: Option<&'static str>,
    claimed: Claimed,
    rules: &'a [&'static str],
}

/// Index in the record of a document's first figure and pledge.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub(super) figure: usize,
    pub(super) pledge: usize,
}

/// What turns the items of one document into rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a, 'p> {
    pub(super) index: usize,
    pub(super) document: &'a Document,
    pub(super) places: &'p Places<'a>,
}

impl<'a> Context<'a, '_> {
    fn locate(&self, span: Span) -> (Span, Spot) {
        let span = self.document.map.source(span);
        (span, self.places.at(span.start))
    }

    pub(super) fn document_row(&self, held_by: &'a HeldBy) -> DocumentRow<'a> {
        let document = self.document;
        let whole = document.map.source(Span::new(0, document.text.len()));
        DocumentRow {
            member: held_by.member.as_deref(),
            row: held_by.row,
            sha256: held_by.sha256,
            start: whole.start,
            end: whole.end,
            meta: &document.meta,
            linked: document.linked,
            warnings: &document.warnings,
            dropped: &document.dropped,
        }
    }

    pub(super) fn section(&self, section: &'a Section, first: usize) -> SectionRow<'a> {
        let (span, place) = self.locate(section.span);
        SectionRow {
            document: self.index,
            start: span.start,
            end: span.end,
            place,
            title: self.document.slice(section.title),
            level: section.level,
            role: section.role,
            parent: section.parent.map(|parent| first + parent as usize),
        }
    }

    pub(super) fn figure(&self, figure: &'a Figure) -> FigureRow<'a> {
        let (span, place) = self.locate(figure.span);
        FigureRow {
            document: self.index,
            start: span.start,
            end: span.end,
            place,
            raw: self.document.slice(figure.span),
            quote: self.document.slice(figure.quote),
            low: Number(figure.value.low),
            high: Number(figure.value.high),
            unit: &figure.unit,
            bound: figure.bound,
            stretch: figure.stretch,
            label: &figure.label,
            indicator: figure.indicator,
            measure: figure.measure,
            direction: figure.direction,
            mode: figure.mode,
            period: figure.period,
            average: figure.average,
            aggregate: figure.aggregate,
            reference: figure.reference.as_deref(),
            basis: &figure.basis,
            estimate: figure.estimate,
            hedge: figure.hedge.as_deref(),
            area: figure.area.as_deref(),
            confidence: figure.confidence,
            reason: figure.reason,
            rules: &figure.rules,
        }
    }

    pub(super) fn pledge(&self, pledge: &'a Pledge, figures: &'a [Figure], first: First) -> PledgeRow<'a> {
        let (span, place) = self.locate(pledge.span);
        let mut carried = pledge.figures.iter().filter(|_| pledge.kind != PledgeKind::Task).map(|&i| &figures[i as usize]);
        let (number, stretch) = (carried.next(), carried.next().filter(|figure| figure.stretch));
        PledgeRow {
            document: self.index,
            start: span.start,
            end: span.end,
            place,
            quote: self.document.slice(pledge.span),
            kind: pledge.kind,
            headline: pledge.headline,
            label: &pledge.label,
            indicator: pledge.indicator,
            period: pledge.period,
            horizon: pledge.horizon,
            low: number.map(|figure| Number(figure.value.low)),
            high: number.map(|figure| Number(figure.value.high)),
            unit: number.map(|figure| &figure.unit),
            bound: number.map(|figure| figure.bound),
            measure: number.map(|figure| figure.measure),
            direction: number.map_or(pledge.direction, |figure| figure.direction),
            stretch: number.is_some_and(|figure| figure.stretch),
            stretch_low: stretch.map(|figure| Number(figure.value.low)),
            stretch_high: stretch.map(|figure| Number(figure.value.high)),
            stretch_text: pledge.stretch_text.as_deref(),
            relation: pledge.relation,
            reference: pledge.reference.as_deref(),
            hedge: pledge.hedge.as_deref(),
            actions: pledge.actions.iter().map(|&span| self.document.slice(span)).collect(),
            objects: pledge.objects.iter().map(|&span| self.document.slice(span)).collect(),
            lead: pledge.lead.as_deref(),
            deadline: pledge.deadline,
            repeats: pledge.repeats.map(|repeated| first.pledge + repeated as usize),
            figures: pledge.figures.iter().map(|&i| first.figure + i as usize).collect(),
            rules: &pledge.rules,
        }
    }

    pub(super) fn claim(&self, claim: &'a Claim) -> ClaimRow<'a> {
        let (span, place) = self.locate(claim.span);
        ClaimRow {
            document: self.index,
            start: span.start,
            end: span.end,
            place,
            quote: self.document.slice(claim.span),
            label: &claim.label,
            indicator: claim.indicator,
            claimed: claim.claimed,
            rules: &claim.rules,
        }
    }
}
