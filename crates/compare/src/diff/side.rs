//! A report as it is compared.

use pledgebook_document::{Document, PassageKind, Places};
use pledgebook_lexicon::{Bound, Direction, Horizon, Measure, PledgeKind, Role};
use pledgebook_reader::Reading;
use rusqlite::Connection;
use serde::Serialize;

use crate::folded::fold;
use crate::texts::{each_passage, section_titles};

/// One of two reports.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Side {
    /// What it is called: year, area and title, or the file.
    pub name: String,
    /// Its year.
    pub year: Option<i16>,
    /// Name of its area.
    pub area_name: Option<String>,
    /// File, member and row it was read from.
    pub source: Option<String>,
    /// Its headings, paragraphs and list items.
    pub passages: Vec<Passage>,
    /// Its pledges, tasks left out.
    pub pledges: Vec<Pledge>,
}

/// A passage.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// Its text in the original script.
    pub text: String,
    /// Whether it is a heading.
    pub heading: bool,
    /// What it is for.
    pub role: Role,
    /// The heading of its section.
    pub section: Option<String>,
    /// Where a person would look.
    pub place: String,
}

/// A pledge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pledge {
    /// What is promised, in the words of the text.
    pub label: String,
    /// The id of the indicator.
    pub indicator: Option<String>,
    /// What kind of promise.
    pub kind: PledgeKind,
    /// Whether it is one of the year's main expected goals.
    pub headline: bool,
    /// For the year or the span of a plan.
    pub horizon: Horizon,
    /// The number in base units, or the lower end of a range.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The unit.
    pub unit: Option<String>,
    /// How the text bounds it.
    pub bound: Option<Bound>,
    /// What kind of quantity.
    pub measure: Option<Measure>,
    /// Which way it goes.
    pub direction: Direction,
    /// 力争, 努力, … as written.
    pub hedge: Option<String>,
    /// Its text: of a number, the clause that holds it.
    pub quote: String,
    /// Where a person would look.
    pub place: String,
}

impl Passage {
    /// A paragraph of nothing but its text.
    #[must_use]
    pub fn body(text: &str) -> Self {
        Passage { text: text.to_owned(), heading: false, role: Role::Other, section: None, place: String::new() }
    }

    /// Its letters and digits, folded.
    pub(super) fn letters(&self) -> String {
        fold(&self.text).chars().filter(|c| c.is_alphanumeric()).collect()
    }
}

impl Side {
    /// A document that was just read.
    #[must_use]
    pub fn of(document: &Document, reading: &Reading, source: &str) -> Self {
        let places = Places::of(&document.source);
        let place = |span| places.at(document.map.source(span).start).to_string();
        let passages = document.passages.iter().filter(|p| matches!(p.kind, PassageKind::Heading | PassageKind::Body));
        let pledges = reading.pledges.iter().filter(|pledge| pledge.kind != PledgeKind::Task);
        let meta = &document.meta;
        Side {
            name: name(meta.year, meta.area_name.as_deref(), meta.title.as_deref(), source),
            year: meta.year,
            area_name: meta.area_name.clone(),
            source: Some(source.to_owned()),
            passages: passages
                .map(|passage| Passage {
                    text: document.slice(passage.span).to_owned(),
                    heading: passage.kind == PassageKind::Heading,
                    role: passage.role,
                    section: passage.section.map(|at| document.slice(document.sections[at as usize].title).to_owned()),
                    place: place(passage.span),
                })
                .collect(),
            pledges: pledges
                .map(|pledge| {
                    let figure = pledge.figures.first().map(|&at| &reading.figures[at as usize]);
                    Pledge {
                        label: pledge.label.clone(),
                        indicator: pledge.indicator.map(str::to_owned),
                        kind: pledge.kind,
                        headline: pledge.headline,
                        horizon: pledge.horizon,
                        low: figure.map(|figure| figure.value.low),
                        high: figure.map(|figure| figure.value.high),
                        unit: figure.map(|figure| figure.unit.as_str().to_owned()),
                        bound: figure.map(|figure| figure.bound),
                        measure: figure.map(|figure| figure.measure),
                        direction: figure.map_or(pledge.direction, |figure| figure.direction),
                        hedge: pledge.hedge.clone(),
                        quote: document.slice(figure.map_or(pledge.span, |figure| figure.quote)).to_owned(),
                        place: place(pledge.span),
                    }
                })
                .collect(),
        }
    }

    /// A document of a ledger, by its id.
    ///
    /// # Errors
    /// When the ledger cannot be read, or has no such document.
    pub fn in_ledger(db: &Connection, document: &str) -> rusqlite::Result<Self> {
        let mut side = db.query_row(
            "SELECT d.year, d.area_name, d.title,
               (SELECT f.path || coalesce(':' || h.member, '') || coalesce(':' || h.row, '') FROM holders h JOIN files f ON f.id = h.file
                WHERE h.sha256 = d.sha256 ORDER BY f.corpus, f.path, h.ordinal LIMIT 1)
             FROM documents d WHERE d.id = ?1",
            [document],
            |row| {
                let (year, area_name, title, source): (Option<i16>, Option<String>, Option<String>, Option<String>) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let name = name(year, area_name.as_deref(), title.as_deref(), source.as_deref().unwrap_or(document));
                Ok(Side { name, year, area_name, source, ..Side::default() })
            },
        )?;
        let titles = section_titles(db, document)?;
        each_passage(db, document, &mut |passage| {
            if passage.is_wording() {
                side.passages.push(Passage {
                    text: passage.text.to_owned(),
                    heading: passage.kind == "heading",
                    role: passage.role,
                    section: passage.section.and_then(|at| titles.get(at as usize).cloned()),
                    place: passage.place.to_owned(),
                });
            }
        })?;
        let mut asked = db.prepare(
            "SELECT label, indicator, kind, headline, horizon, low, high, unit, bound, measure, direction, hedge,
               coalesce((SELECT quote FROM figures f WHERE f.pledge = p.id ORDER BY f.start LIMIT 1), quote), place
             FROM pledges p WHERE document = ?1 AND kind <> 'task' AND repeats IS NULL ORDER BY start, ordinal",
        )?;
        side.pledges = asked
            .query_map([document], |row| {
                let term = |at| row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from);
                Ok(Pledge {
                    label: row.get(0)?,
                    indicator: row.get(1)?,
                    kind: term(2)?.and_then(|word| word.parse().ok()).unwrap_or(PledgeKind::Qualitative),
                    headline: row.get(3)?,
                    horizon: term(4)?.and_then(|word| word.parse().ok()).unwrap_or(Horizon::Year),
                    low: row.get(5)?,
                    high: row.get(6)?,
                    unit: row.get(7)?,
                    bound: term(8)?.and_then(|word| word.parse().ok()),
                    measure: term(9)?.and_then(|word| word.parse().ok()),
                    direction: term(10)?.and_then(|word| word.parse().ok()).unwrap_or(Direction::None),
                    hedge: row.get(11)?,
                    quote: row.get(12)?,
                    place: row.get(13)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(side)
    }
}

/// What a report is called.
fn name(year: Option<i16>, area: Option<&str>, title: Option<&str>, otherwise: &str) -> String {
    let year = year.map(|year| year.to_string());
    let parts: Vec<&str> = year.as_deref().into_iter().chain(area).chain(title).collect();
    if parts.is_empty() { otherwise.to_owned() } else { parts.join(" ") }
}
