//! Official statistics to hold pledges against, from a CSV file: area, indicator, measure, period, value, unit, source, vintage.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::{AreaCode, Areas, Lexicon, Measure, Period, Unit};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::csv;

/// The columns of the file; others are passed over.
pub const COLUMNS: [&str; 8] = ["area", "indicator", "measure", "period", "value", "unit", "source", "vintage"];

/// What was brought in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that were new.
    pub new: usize,
    /// Rows that were there with another value or unit.
    pub changed: usize,
    /// Rows that were there already.
    pub same: usize,
    /// Rows that were left out: line and reason.
    pub refused: Vec<(usize, String)>,
}

/// Why a file of statistics cannot be brought in.
#[derive(Debug, thiserror::Error)]
pub enum StatisticsError {
    /// It cannot be read.
    #[error("{}: it cannot be read: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not UTF-8.
    #[error("{}: it is not UTF-8; save it as “CSV UTF-8”", .0.display())]
    NotUtf8(PathBuf),
    /// A column is lacking.
    #[error("{}: line 1: the column `{column}` is lacking; the columns are {}", file.display(), COLUMNS.join(", "))]
    NoColumn {
        /// The file.
        file: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// One row, checked.
#[derive(Clone, Debug, PartialEq)]
struct Statistic {
    area: AreaCode,
    indicator: &'static str,
    measure: Measure,
    period: Period,
    value: f64,
    unit: String,
    source: String,
    vintage: String,
}

/// Brings the statistics of a file into a ledger. Rows with a mistake are left out and named; the others come in together.
///
/// # Errors
/// When the file cannot be read or lacks a column, or the ledger cannot be written; nothing has changed then.
pub fn import(ledger: &Path, file: &Path, lexicon: &Lexicon) -> Result<Imported, StatisticsError> {
    let bytes = std::fs::read(file).map_err(|source| StatisticsError::Io { file: file.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| StatisticsError::NotUtf8(file.to_owned()))?;
    let (statistics, refused) = read(&text, file, lexicon)?;
    let mut db = pledgebook_ledger::open_for_writing(ledger)?;
    let mut imported = Imported { refused, ..Imported::default() };
    let written = (|| {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        statistics.iter().try_for_each(|statistic| put(&transaction, statistic, &mut imported))?;
        transaction.commit()
    })();
    written.map_err(|e| LedgerError::of(ledger, e))?;
    Ok(imported)
}

type Checked = (Vec<Statistic>, Vec<(usize, String)>);

fn read(text: &str, file: &Path, lexicon: &Lexicon) -> Result<Checked, StatisticsError> {
    let mut rows = csv::rows(text).into_iter();
    let head: Vec<String> = rows.next().map_or_else(Vec::new, |row| row.cells.iter().map(|cell| cell.trim().to_lowercase()).collect());
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = head.iter().position(|name| name == column);
        *place = found.ok_or_else(|| StatisticsError::NoColumn { file: file.to_owned(), column })?;
    }
    let (mut statistics, mut refused) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, (usize, f64)> = HashMap::new();
    for row in rows {
        let cell = |column: usize| row.cells.get(places[column]).map_or("", |cell| cell.trim());
        match checked(&cell, lexicon) {
            Ok(statistic) => {
                let key = [0, 1, 2, 3, 6, 7].map(cell).join("\u{1}");
                match seen.insert(key, (row.line, statistic.value)) {
                    Some((line, value)) if value != statistic.value => {
                        refused.push((
                            row.line,
                            format!("line {line} gives {value} for the same area, indicator, measure, period, source and vintage"),
                        ));
                    }
                    _ => statistics.push(statistic),
                }
            }
            Err(reason) => refused.push((row.line, reason)),
        }
    }
    Ok((statistics, refused))
}

fn checked<'a>(cell: &impl Fn(usize) -> &'a str, lexicon: &Lexicon) -> Result<Statistic, String> {
    let area: AreaCode = cell(0).parse().map_err(|e: pledgebook_lexicon::areas::BadAreaCode| e.to_string())?;
    if Areas::builtin().by_code(area).is_none() {
        return Err(format!("there is no area with the code {area}"));
    }
    let indicator = lexicon
        .indicator(cell(1))
        .ok_or_else(|| format!("`{}` is no indicator; the ids stand in lexicon/indicators.toml, and --lexicon adds your own", cell(1)))?;
    let measure: Measure = cell(2).parse().map_err(|e: pledgebook_lexicon::UnknownTerm| format!("measure: {e}"))?;
    let period: Period = cell(3).parse().map_err(|e: pledgebook_lexicon::period::BadPeriod| e.to_string())?;
    if period == Period::Open {
        return Err("the period is empty".to_owned());
    }
    let value: f64 = cell(4).parse().map_err(|_| format!("`{}` is no number", cell(4)))?;
    if !value.is_finite() {
        return Err(format!("`{}` is no number", cell(4)));
    }
    let unit = cell(5);
    if !Unit::CODEBOOK.contains(&unit) && !unit.starts_with("other:") {
        return Err(format!("`{unit}` is no unit; the units are {}", Unit::CODEBOOK.join(", ")));
    }
    let (source, vintage) = (cell(6), cell(7));
    if source.is_empty() || vintage.is_empty() {
        return Err("source and vintage say where a number is from and when it was given; one is empty".to_owned());
    }
    let indicator = indicator.id;
    Ok(Statistic { area, indicator, measure, period, value, unit: unit.to_owned(), source: source.to_owned(), vintage: vintage.to_owned() })
}

fn put(db: &Connection, statistic: &Statistic, imported: &mut Imported) -> rusqlite::Result<()> {
    let Statistic { area, indicator, measure, period, value, unit, source, vintage } = statistic;
    let (area, period) = (area.to_string(), period.to_string());
    let known: Option<(i64, f64, String)> = db
        .prepare_cached(
            "SELECT id, value, unit FROM statistics
             WHERE area = ?1 AND indicator = ?2 AND measure = ?3 AND period = ?4 AND source = ?5 AND vintage = ?6",
        )?
        .query_row(params![area, indicator, measure.as_str(), period, source, vintage], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match known {
        Some((_, known_value, known_unit)) if known_value == *value && known_unit == *unit => imported.same += 1,
        Some((id, ..)) => {
            db.prepare_cached("UPDATE statistics SET value = ?2, unit = ?3 WHERE id = ?1")?.execute(params![id, value, unit])?;
            imported.changed += 1;
        }
        None => {
            db.prepare_cached(
                "INSERT INTO statistics (area, indicator, measure, period, value, unit, source, vintage) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![area, indicator, measure.as_str(), period, value, unit, source, vintage])?;
            imported.new += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_its_line_and_the_others_come_in() {
        let text = "area,indicator,measure,period,value,unit,source,vintage\n\
                    CN,gdp,growth,2014,7.4,percent,\"Yearbook, 2015\",2015\n\
                    CN,gdb,growth,2014,7.4,percent,x,2015\n\
                    999999,gdp,growth,2014,7.4,percent,x,2015\n\
                    CN,gdp,growth,last year,7.4,percent,x,2015\n\
                    CN,gdp,growth,2014,much,percent,x,2015\n\
                    CN,gdp,growth,2014,7.3,percent,\"Yearbook, 2015\",2015\n";
        let (good, bad) = read(text, Path::new("s.csv"), &Lexicon::builtin()).unwrap();
        assert_eq!(good.len(), 1);
        assert_eq!(good[0].source, "Yearbook, 2015");
        assert_eq!(bad.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
        assert!(bad[4].1.contains("line 2 gives 7.4"), "{}", bad[4].1);
    }

    #[test]
    fn a_lacking_column_is_named() {
        let error = read("area,indicator\n", Path::new("s.csv"), &Lexicon::builtin()).unwrap_err();
        assert!(error.to_string().contains("`measure` is lacking"), "{error}");
    }
}
