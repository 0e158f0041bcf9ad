//! The pages.

mod about;
mod area;
pub(crate) mod check;
mod diff;
mod document;
mod goals;
mod home;
mod indicator;
mod sample;
mod script;
mod search;
mod tasks;
mod terms;
mod verdicts;
mod words;

use std::path::Path;

use pledgebook_ledger::{Connection, LedgerError};
use rusqlite::{OptionalExtension, params};

use crate::address::Subject;
use crate::page::{Carrier, Page, Problem, View};

/// A ledger that a page asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) ledger: &'a Path,
    pub(crate) db: &'a Connection,
}

impl Source<'_> {
    /// Asks SQLite.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Problem> {
        ask(self.db).map_err(|error| LedgerError::of(self.ledger, error).into())
    }

    /// The report of a document, where it is the preferred one.
    pub(crate) fn report_of(&self, document: &str) -> Option<String> {
        let asked = self.db.prepare_cached("SELECT report FROM documents WHERE id = ?1 AND preferred");
        asked.and_then(|mut asked| asked.query_row([document], |row| row.get::<_, Option<String>>(0)).optional()).ok().flatten().flatten()
    }

    /// The work report of an area for a year, if it is in the ledger.
    pub(crate) fn work_report(&self, area: &str, year: i16) -> Result<Option<String>, Problem> {
        self.ask(|db| {
            db.prepare_cached("SELECT id FROM reports WHERE area = ?1 AND year = ?2 AND kind = 'work_report'")?
                .query_row(params![area, year], |row| row.get(0))
                .optional()
        })
    }
}

/// The page of an address.
///
/// # Errors
/// When there is none, or what was asked cannot be understood, or the ledger cannot be read.
pub(crate) fn page(source: Source, view: &View) -> Result<Page, Problem> {
    match &view.address.subject {
        Subject::Home => home::page(source, view),
        Subject::Report(id) => document::of_report(source, view, id),
        Subject::Document(id) => document::of_document(source, view, id),
        Subject::Area(code) => area::page(source, view, code),
        Subject::Indicators => indicator::all(source, view),
        Subject::Indicator(id) => indicator::page(source, view, id),
        Subject::Verdicts(verdict) => verdicts::page(source, view, *verdict),
        Subject::Tasks(id) => tasks::page(source, view, id),
        Subject::Diff(a, b) => diff::page(source, view, a, b),
        Subject::About => about::page(source, view),
        Subject::Chart { .. } => Err(Problem::Missing),
        // Only a server can answer what was asked.
        Subject::Search if view.is_served() => search::page(source, view),
        Subject::Words if view.is_served() => words::page(source, view),
        Subject::Check if matches!(view.carrier, Carrier::Editor { .. }) => check::queue(source, view),
        Subject::CheckFigure(id) if matches!(view.carrier, Carrier::Editor { .. }) => check::figure(source, view, id),
        Subject::Search | Subject::Words | Subject::Check | Subject::CheckFigure(_) => Err(Problem::Missing),
    }
}

/// The drawing of an address.
///
/// # Errors
/// When there is none.
pub(crate) fn chart(source: Source, view: &View) -> Result<String, Problem> {
    let Subject::Chart { area, indicator, measure } = &view.address.subject else { return Err(Problem::Missing) };
    area::chart(source, view, area, indicator, measure)
}
