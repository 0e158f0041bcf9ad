//! Which documents of a ledger a command looks at.

use std::ops::RangeInclusive;
use std::path::Path;

use clap::Args;
use pledgebook_compare::Selection;
use pledgebook_ledger::{Editions, open_for_reading};
use pledgebook_lexicon::{DocumentKind, Role};
use pledgebook_reconcile::asked::{self, AskedError};

/// Which documents to look at.
#[derive(Debug, Args)]
pub(crate) struct SelectArguments {
    /// Only this area, by code or name; may be given several times
    #[arg(long, value_name = "AREA")]
    pub(crate) area: Vec<String>,
    /// Only this kind of document, or `all`; may be given several times [default: work_report]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(crate) kind: Vec<KindAsked>,
    /// Every edition of a report, not only the preferred one
    #[arg(long)]
    pub(crate) all_editions: bool,
}

/// Makes sure that the ledger has each of these areas, so that a name mistyped is told from an area that says nothing.
///
/// # Errors
/// When it lacks one; the error names those there are.
pub(crate) fn areas_known<'a>(ledger: &Path, names: impl IntoIterator<Item = &'a String>) -> Result<(), AskedError> {
    let mut names = names.into_iter().peekable();
    if names.peek().is_none() {
        return Ok(());
    }
    let db = open_for_reading(ledger)?;
    names.try_for_each(|name| asked::area(ledger, &db, name).map(drop))
}

/// Which documents to look at, of any kind unless one is named.
#[derive(Debug, Args)]
pub(crate) struct AnyKind {
    /// Only this area, by code or name; may be given several times
    #[arg(long, value_name = "AREA")]
    pub(crate) area: Vec<String>,
    /// Only this kind of document; may be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<DocumentKind>,
    /// Every edition of a report, not only the preferred one
    #[arg(long)]
    all_editions: bool,
}

impl AnyKind {
    /// What these arguments and the years ask for.
    pub(crate) fn selection(&self, years: Option<&Years>) -> Selection {
        selection(&self.area, self.kind.clone(), years, self.all_editions)
    }
}

fn selection(areas: &[String], kinds: Vec<DocumentKind>, years: Option<&Years>, all_editions: bool) -> Selection {
    let editions = if all_editions { Editions::All } else { Editions::Preferred };
    Selection { areas: areas.to_vec(), years: years.map(|years| years.0.clone()), kinds, roles: Vec::new(), editions }
}

/// A kind of document, or any.
#[derive(Clone, Copy, Debug)]
pub(crate) enum KindAsked {
    /// Any kind.
    All,
    /// This one.
    One(DocumentKind),
}

impl SelectArguments {
    /// What these arguments and the years ask for, work reports when they name no kind.
    pub(crate) fn selection(&self, years: Option<&Years>) -> Selection {
        let kinds = match self.kind.as_slice() {
            [] => vec![DocumentKind::WorkReport],
            asked if asked.iter().any(|kind| matches!(kind, KindAsked::All)) => Vec::new(),
            asked => asked.iter().filter_map(|kind| if let KindAsked::One(kind) = kind { Some(*kind) } else { None }).collect(),
        };
        selection(&self.area, kinds, years, self.all_editions)
    }
}

/// Years, both ends included.
#[derive(Clone, Debug)]
pub(crate) struct Years(pub(crate) RangeInclusive<i16>);

/// Reads `2024`, `2020-2024`, `2020-`, `-2024`.
pub(crate) fn years(text: &str) -> Result<Years, String> {
    let wrong = || "write a year as 2024, or years as 2020-2024, 2020- or -2024".to_owned();
    let year = |text: &str, open: i16| match text.trim() {
        "" => Ok(open),
        digits => digits.parse::<i16>().map_err(|_| wrong()),
    };
    let range = match text.split_once('-') {
        None => {
            let only = text.trim().parse().map_err(|_| wrong())?;
            only..=only
        }
        Some((from, to)) => year(from, i16::MIN)?..=year(to, i16::MAX)?,
    };
    if range.is_empty() { Err(wrong()) } else { Ok(Years(range)) }
}

fn kind(text: &str) -> Result<KindAsked, String> {
    match text {
        "all" => Ok(KindAsked::All),
        _ => text.parse().map(KindAsked::One).map_err(|e: pledgebook_lexicon::UnknownTerm| format!("{e}, all")),
    }
}

/// Reads the word for what passages are for.
pub(crate) fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|e: pledgebook_lexicon::UnknownTerm| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_a_range_open_at_either_end() {
        let read = |text| years(text).map(|years| years.0);
        assert_eq!(read("2024"), Ok(2024..=2024));
        assert_eq!(read("2020-2024"), Ok(2020..=2024));
        assert_eq!(read("-2024"), Ok(i16::MIN..=2024));
        assert_eq!(read("2020-"), Ok(2020..=i16::MAX));
        assert!(read("2024-2020").is_err() && read("二〇二四").is_err());
    }
}
