//! Which part of a ledger is asked for: an area by code or name, an indicator by id or name, a year.

use std::path::Path;

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::folding::fold_char;
use pledgebook_lexicon::{AreaCode, Areas, Lexicon, Verdict};
use rusqlite::Connection;

/// What is asked for; nothing asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Code of the area.
    pub area: Option<String>,
    /// Id of the indicator, or `other:` and a label.
    pub indicator: Option<String>,
    /// Year of the report.
    pub year: Option<i16>,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// Goals outside the paragraph of main goals too.
    pub elsewhere: bool,
}

/// Why what is asked for cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum AskedError {
    /// No report of such an area.
    #[error("there is no report of `{name}` in this ledger; it has {known}")]
    NoArea {
        /// What was asked for.
        name: String,
        /// Areas that are there.
        known: String,
    },
    /// Several areas of that name.
    #[error("`{name}` may be {several}; say which by its code")]
    Several {
        /// What was asked for.
        name: String,
        /// The areas.
        several: String,
    },
    /// No such indicator, and no goal of that name.
    #[error("`{name}` is no indicator, and no goal in this ledger has that name; indicators are {known}")]
    NoIndicator {
        /// What was asked for.
        name: String,
        /// The ids there are.
        known: String,
    },
    /// No such report.
    #[error("there is no work report of {area} for {year} in this ledger; it has {known}")]
    NoReport {
        /// The area.
        area: String,
        /// The year.
        year: i16,
        /// Years that are there.
        known: String,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The code of the area that a name or code means in a ledger. Of a province and a city of one name (吉林), the province.
///
/// # Errors
/// When the ledger has no report of it, or of several such areas.
pub fn area(ledger: &Path, db: &Connection, name: &str) -> Result<String, AskedError> {
    let sqlite = |e| AskedError::Ledger(LedgerError::of(ledger, e));
    let known = || -> rusqlite::Result<Vec<(String, String)>> {
        db.prepare("SELECT DISTINCT area, coalesce(area_name, area) FROM reports ORDER BY length(area), area")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    };
    let known = known().map_err(sqlite)?;
    let folded: String = name.trim().chars().map(fold_char).collect();
    let areas = Areas::builtin();
    let goes_by = |code: &str, full: &str| {
        let names = code.parse::<AreaCode>().ok().into_iter().flat_map(|code| areas.iter().filter(move |area| area.code == code));
        code.eq_ignore_ascii_case(&folded)
            || full == folded
            || names.into_iter().any(|area| area.name == folded || area.short == folded || area.english.eq_ignore_ascii_case(&folded))
            || code == "CN" && folded == "全国"
    };
    let mut found: Vec<&(String, String)> = known.iter().filter(|(code, full)| goes_by(code, full)).collect();
    let level = |code: &str| match code {
        "CN" => 0,
        _ if code.ends_with("0000") => 1,
        _ if code.ends_with("00") => 2,
        _ => 3,
    };
    if let Some(highest) = found.iter().map(|(code, _)| level(code)).min() {
        found.retain(|(code, _)| level(code) == highest);
    }
    match found[..] {
        [(code, _)] => Ok(code.clone()),
        [] => {
            let mut names: Vec<&str> = known.iter().map(|(_, name)| name.as_str()).take(20).collect();
            if known.len() > 20 {
                names.push("…");
            }
            Err(AskedError::NoArea { name: name.to_owned(), known: if names.is_empty() { "none".to_owned() } else { names.join("、") } })
        }
        _ => {
            let several = found.iter().map(|(code, name)| format!("{code} {name}")).collect::<Vec<_>>().join(", ");
            Err(AskedError::Several { name: name.to_owned(), several })
        }
    }
}

/// The id of the indicator that an id or name means, or `other:` and the name of a goal of the ledger that is none.
///
/// # Errors
/// When it is neither.
pub fn indicator_of(ledger: &Path, db: &Connection, lexicon: &Lexicon, name: &str) -> Result<String, AskedError> {
    let id = indicator(lexicon, name);
    let Some(label) = id.strip_prefix("other:") else { return Ok(id) };
    // Goals are filed under their names as written, in either script.
    for label in [label, name.trim()] {
        let known = db
            .query_row("SELECT EXISTS (SELECT 1 FROM pledges WHERE indicator IS NULL AND label = ?1)", [label], |row| row.get(0))
            .map_err(|e| LedgerError::of(ledger, e))?;
        if known {
            return Ok(format!("other:{label}"));
        }
    }
    let ids = lexicon.indicators().iter().map(|indicator| indicator.id).collect::<Vec<_>>().join(", ");
    Err(AskedError::NoIndicator { name: name.trim().to_owned(), known: ids })
}

/// The id of the indicator that an id or name means; `other:` and the words as typed where it is none.
#[must_use]
pub fn indicator(lexicon: &Lexicon, name: &str) -> String {
    let name = name.trim();
    if lexicon.indicator(name).is_some() || name.starts_with("other:") {
        return name.to_owned();
    }
    let folded: String = name.chars().map(fold_char).collect();
    let english = || lexicon.indicators().iter().find(|indicator| indicator.en.eq_ignore_ascii_case(name));
    lexicon.indicator_named(&folded).or_else(english).map_or_else(|| format!("other:{folded}"), |indicator| indicator.id.to_owned())
}

/// Makes sure that an area has a work report for a year.
///
/// # Errors
/// When it has none; the error names the years there are.
pub fn report(ledger: &Path, db: &Connection, area: &str, year: i16) -> Result<(), AskedError> {
    let sqlite = |e| AskedError::Ledger(LedgerError::of(ledger, e));
    let years = || -> rusqlite::Result<Vec<i16>> {
        db.prepare("SELECT year FROM reports WHERE area = ?1 AND kind = 'work_report' ORDER BY year")?
            .query_map([area], |row| row.get(0))?
            .collect()
    };
    let years = years().map_err(sqlite)?;
    if years.contains(&year) {
        return Ok(());
    }
    let known = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Err(AskedError::NoReport { area: area.to_owned(), year, known: if known.is_empty() { "none".to_owned() } else { known } })
}
