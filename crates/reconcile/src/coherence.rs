//! Numbers that cannot stand together: shares beyond the whole, parts that are not their sum, one thing told twice.

use std::collections::BTreeMap;
use std::path::Path;

use pledgebook_ledger::LedgerError;
use rusqlite::{Connection, named_params};
use serde::Serialize;

use crate::amount::is_money;
use crate::asked::Asked;
use crate::matching::round;

/// A pair or group of numbers that cannot stand together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incoherence {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub area_name: Option<String>,
    /// What it is about: an indicator, or a label.
    pub subject: String,
    /// The time.
    pub period: String,
    /// What is wrong.
    pub kind: Kind,
    /// By how much, in the unit of the numbers (percentage points for shares and growth).
    pub difference: f64,
    /// The numbers.
    pub figures: Vec<Told>,
}

/// What is wrong with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One report gives two numbers for one thing.
    Inconsistent,
    /// A later report gives another number than an earlier one.
    Restated,
    /// The parts of a whole are more or less than 100 %.
    Shares,
    /// A share is below 0 % or above 100 %.
    ShareBeyondWhole,
    /// Growth is other than the two levels make it.
    Growth,
}

impl Kind {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Inconsistent => "inconsistent",
            Kind::Restated => "restated",
            Kind::Shares => "shares",
            Kind::ShareBeyondWhole => "share_beyond_whole",
            Kind::Growth => "growth",
        }
    }
}

/// A number as a report tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The figure.
    pub figure: String,
    /// The report.
    pub report: String,
    /// Where to look.
    pub place: String,
    /// As written.
    pub raw: String,
    /// In base units, signed.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// The clause.
    pub quote: String,
}

struct Figure {
    told: Told,
    area: String,
    area_name: Option<String>,
    year: i16,
    start: i64,
    indicator: Option<String>,
    label: String,
    measure: String,
    period: String,
    direction: String,
    basis: String,
    step: f64,
}

/// What the ledger's outcomes of the areas asked for say against each other.
///
/// # Errors
/// When the ledger cannot be read.
pub fn incoherences(ledger: &Path, db: &Connection, asked: &Asked) -> Result<Vec<Incoherence>, LedgerError> {
    let figures = read(db, asked).map_err(|e| LedgerError::of(ledger, e))?;
    let mut found = told_twice(&figures);
    found.extend(shares(&figures));
    found.extend(growths(&figures));
    found.sort_by(|a, b| {
        (a.area != "CN", &a.area, &a.period, a.kind, &a.subject).cmp(&(b.area != "CN", &b.area, &b.period, b.kind, &b.subject))
    });
    Ok(found)
}

fn read(db: &Connection, asked: &Asked) -> rusqlite::Result<Vec<Figure>> {
    let mut statement = db.prepare_cached(
        "SELECT f.id, d.report, f.place, f.raw, f.low, f.unit, f.quote, d.area, d.area_name, d.year, f.start, f.indicator, f.label, f.measure,
           f.period, f.direction, f.basis
         FROM documents d JOIN figures f ON f.document = d.id
         WHERE d.preferred AND d.area IS NOT NULL AND d.year IS NOT NULL AND f.mode = 'outcome' AND f.area IS NULL AND f.low = f.high
           AND f.bound = 'exact' AND NOT f.average AND f.aggregate IN ('single', 'end') AND f.period <> ''
           AND (:area IS NULL OR d.area = :area) AND (:year IS NULL OR d.year IN (:year, :year + 1))
           AND (:indicator IS NULL OR f.indicator = :indicator)
         ORDER BY d.area, d.year, d.kind, f.start",
    )?;
    let asked = named_params! { ":area": asked.area, ":year": asked.year, ":indicator": asked.indicator };
    let rows = statement.query_map(asked, |row| {
        let (raw, size, direction): (String, f64, String) = (row.get(3)?, row.get(4)?, row.get(15)?);
        let value = if direction == "down" { -size } else { size };
        Ok(Figure {
            step: step(&raw, size),
            told: Told { figure: row.get(0)?, report: row.get(1)?, place: row.get(2)?, raw, value, unit: row.get(5)?, quote: row.get(6)? },
            area: row.get(7)?,
            area_name: row.get(8)?,
            year: row.get(9)?,
            start: row.get(10)?,
            indicator: row.get(11)?,
            label: row.get(12)?,
            measure: row.get(13)?,
            period: row.get(14)?,
            direction,
            basis: row.get(16)?,
        })
    })?;
    rows.collect()
}

/// What one unit in the last digit of a number as written is worth: 5.2万亿元 is told to the nearest 100,000,000,000.
fn step(raw: &str, value: f64) -> f64 {
    let digits: String =
        raw.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',').collect();
    let plain: String = digits.chars().filter(|c| *c != ',').collect();
    let Ok(number) = plain.parse::<f64>() else { return value.abs() * 0.01 };
    if number == 0.0 {
        return 0.0;
    }
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    (value / number).abs() * 10f64.powi(-decimals)
}

/// Whether two numbers are one within what their last digits say.
fn agree(a: &Figure, b: &Figure) -> bool {
    (a.told.value - b.told.value).abs() <= (a.step.max(b.step)) * (1.0 + 1e-9)
}

fn incoherence(kind: Kind, difference: f64, figures: &[&Figure]) -> Incoherence {
    let first = figures[0];
    Incoherence {
        area: first.area.clone(),
        area_name: first.area_name.clone(),
        // The parts of a structure are of different indicators.
        subject: first.indicator.clone().filter(|_| kind != Kind::Shares).unwrap_or_else(|| first.label.clone()),
        period: first.period.clone(),
        kind,
        difference: crate::judge::clean(round(difference, 6)),
        figures: figures.iter().map(|figure| figure.told.clone()).collect(),
    }
}

/// One indicator, measure, unit and period told with two numbers: in one report, or by a later one.
fn told_twice(figures: &[Figure]) -> Vec<Incoherence> {
    let mut groups: BTreeMap<[&str; 6], Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        let Some(indicator) = figure.indicator.as_deref() else { continue };
        if !matches!(figure.measure.as_str(), "level" | "growth" | "share") {
            continue;
        }
        let key = [
            figure.area.as_str(),
            indicator,
            figure.measure.as_str(),
            figure.told.unit.as_str(),
            figure.period.as_str(),
            figure.basis.as_str(),
        ];
        groups.entry(key).or_default().push(figure);
    }
    let mut found = Vec::new();
    for group in groups.values() {
        let Some((first, rest)) = group.split_first() else { continue };
        if let Some(other) = rest.iter().find(|other| other.told.report == first.told.report && !agree(first, other)) {
            found.push(incoherence(Kind::Inconsistent, other.told.value - first.told.value, &[first, other]));
        }
        if let Some(other) = rest.iter().find(|other| other.year > first.year && !agree(first, other)) {
            found.push(incoherence(Kind::Restated, other.told.value - first.told.value, &[first, other]));
        }
    }
    found
}

/// Shares beyond the whole, and structures (8.7∶41.2∶50.1) that are not 100 together.
fn shares(figures: &[Figure]) -> Vec<Incoherence> {
    let mut found = Vec::new();
    let is_part = |figure: &Figure| figure.measure == "share" && figure.told.unit == "percent" && figure.label.ends_with("结构");
    let mut structures: BTreeMap<(&str, &str, &str, &str), Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        // A budget or plan can be overspent or overfulfilled.
        let of_a_plan = ["预算", "计划"].iter().any(|word| figure.told.quote.contains(word));
        if figure.measure == "share"
            && figure.told.unit == "percent"
            && figure.label.contains('占')
            && !of_a_plan
            && !(0.0..=100.0).contains(&figure.told.value)
        {
            found.push(incoherence(Kind::ShareBeyondWhole, figure.told.value - 100.0, &[figure]));
        }
        if is_part(figure) {
            structures.entry((&figure.told.report, &figure.told.quote, &figure.label, &figure.period)).or_default().push(figure);
        }
    }
    for parts in structures.values().filter(|parts| parts.len() >= 2) {
        let sum: f64 = parts.iter().map(|part| part.told.value).sum();
        let slack: f64 = parts.iter().map(|part| part.step / 2.0).sum::<f64>().max(0.1);
        let is_row = parts.windows(2).all(|pair| pair[1].start - pair[0].start < 40);
        if is_row && (sum - 100.0).abs() > slack + 1e-9 {
            found.push(incoherence(Kind::Shares, sum - 100.0, parts));
        }
    }
    found
}

/// Growth of a count or a physical quantity that is other than its two levels make it.
fn growths(figures: &[Figure]) -> Vec<Incoherence> {
    let mut by_thing: BTreeMap<(&str, &str), Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        if let Some(indicator) = figure.indicator.as_deref() {
            by_thing.entry((figure.area.as_str(), indicator)).or_default().push(figure);
        }
    }
    let mut found = Vec::new();
    for group in by_thing.values() {
        for growth in group.iter().filter(|figure| figure.measure == "growth" && figure.told.unit == "percent") {
            let Ok(year) = growth.period.parse::<i16>() else { continue };
            let level = |year: i16| {
                let is_it = |figure: &&&Figure| {
                    figure.measure == "level"
                        && figure.period == year.to_string()
                        && !is_money(&figure.told.unit)
                        && !matches!(figure.told.unit.as_str(), "percent" | "pp")
                        && figure.direction == "none"
                };
                group.iter().find(is_it).copied()
            };
            let (Some(now), Some(before)) = (level(year), level(year - 1)) else { continue };
            if now.told.unit != before.told.unit || before.told.value <= 0.0 {
                continue;
            }
            let made = (now.told.value / before.told.value - 1.0) * 100.0;
            // The last digits of both levels, and of the growth, leave this much open.
            let slack = 100.0 * (now.step / now.told.value + before.step / before.told.value) + growth.step;
            if (made - growth.told.value).abs() > slack {
                found.push(incoherence(Kind::Growth, made - growth.told.value, &[growth, now, before]));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_says_how_near_a_number_is_told() {
        assert!((step("5.2万亿元", 5.2e12) - 1e11).abs() < 1.0);
        assert!((step("52073亿元", 5.2073e12) - 1e8).abs() < 1e-3);
        assert!((step("5.4%", 5.4) - 0.1).abs() < 1e-12);
    }
}
