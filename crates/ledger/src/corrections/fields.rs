//! Which fields can be put right, and what they take.

use std::str::FromStr;

use pledgebook_lexicon::areas::{AreaCode, Areas};
use pledgebook_lexicon::{
    Aggregate, Bound, Direction, DocumentKind, Horizon, Lexicon, Measure, Mode, PledgeKind, Relation, Unit, UnknownTerm,
};

use super::Target;

/// What a field takes.
#[derive(Clone, Copy, Debug)]
enum Takes {
    Number,
    YesNo,
    Text,
    Period,
    Unit,
    Indicator,
    Area,
    Year,
    Date,
    Term(fn(&str) -> Result<(), UnknownTerm>),
}

/// Whether a field may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Empty {
    Allowed,
    Refused,
}

use Empty::{Allowed, Refused};

fn term<T: FromStr<Err = UnknownTerm>>(word: &str) -> Result<(), UnknownTerm> {
    word.parse::<T>().map(drop)
}

const FIGURE: &[(&str, Takes, Empty)] = &[
    ("low", Takes::Number, Refused),
    ("high", Takes::Number, Refused),
    ("unit", Takes::Unit, Refused),
    ("bound", Takes::Term(term::<Bound>), Refused),
    ("stretch", Takes::YesNo, Refused),
    ("label", Takes::Text, Refused),
    ("indicator", Takes::Indicator, Allowed),
    ("measure", Takes::Term(term::<Measure>), Refused),
    ("direction", Takes::Term(term::<Direction>), Refused),
    ("mode", Takes::Term(term::<Mode>), Refused),
    ("period", Takes::Period, Refused),
    ("average", Takes::YesNo, Refused),
    ("aggregate", Takes::Term(term::<Aggregate>), Refused),
    ("reference", Takes::Text, Allowed),
    ("basis", Takes::Text, Refused),
    ("estimate", Takes::YesNo, Refused),
    ("hedge", Takes::Text, Allowed),
    ("area", Takes::Text, Allowed),
    ("checked", Takes::YesNo, Refused),
];

const PLEDGE: &[(&str, Takes, Empty)] = &[
    ("kind", Takes::Term(term::<PledgeKind>), Refused),
    ("headline", Takes::YesNo, Refused),
    ("label", Takes::Text, Refused),
    ("indicator", Takes::Indicator, Allowed),
    ("period", Takes::Period, Refused),
    ("horizon", Takes::Term(term::<Horizon>), Refused),
    ("low", Takes::Number, Allowed),
    ("high", Takes::Number, Allowed),
    ("unit", Takes::Unit, Allowed),
    ("bound", Takes::Term(term::<Bound>), Allowed),
    ("measure", Takes::Term(term::<Measure>), Allowed),
    ("direction", Takes::Term(term::<Direction>), Refused),
    ("stretch", Takes::YesNo, Refused),
    ("stretch_low", Takes::Number, Allowed),
    ("stretch_high", Takes::Number, Allowed),
    ("stretch_text", Takes::Text, Allowed),
    ("relation", Takes::Term(term::<Relation>), Allowed),
    ("reference", Takes::Text, Allowed),
    ("hedge", Takes::Text, Allowed),
    ("lead", Takes::Text, Allowed),
    ("deadline", Takes::Period, Refused),
];

const DOCUMENT: &[(&str, Takes, Empty)] = &[
    ("kind", Takes::Term(term::<DocumentKind>), Refused),
    ("title", Takes::Text, Allowed),
    ("area", Takes::Area, Refused),
    ("year", Takes::Year, Refused),
    ("date", Takes::Date, Allowed),
    ("speaker", Takes::Text, Allowed),
    ("office", Takes::Text, Allowed),
    ("assembly", Takes::Text, Allowed),
    ("session", Takes::Text, Allowed),
    ("decision", Takes::Text, Allowed),
];

/// Fields of a pledge that are those of the figures it carries.
pub(super) const OF_FIGURES: &[&str] = &["low", "high", "unit", "bound", "measure", "direction", "stretch", "stretch_low", "stretch_high"];

/// Why a field or value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// There is no such field.
    #[error("a {target} has no field `{field}` that can be corrected; it has {known}", target = target.as_str())]
    Unknown {
        /// What was to be corrected.
        target: Target,
        /// The field.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// The field does not take this value.
    #[error("`{field}` does not take `{value}`: {reason}")]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// What it takes.
        reason: String,
    },
}

fn fields(target: Target) -> &'static [(&'static str, Takes, Empty)] {
    match target {
        Target::Figure => FIGURE,
        Target::Pledge => PLEDGE,
        Target::Document => DOCUMENT,
    }
}

/// The field and the value as the ledger keeps it; an empty value is none.
pub(super) fn checked(target: Target, field: &str, value: &str, lexicon: &Lexicon) -> Result<(&'static str, Option<String>), FieldError> {
    let Some(&(field, takes, empty)) = fields(target).iter().find(|(name, ..)| *name == field) else {
        let known = fields(target).iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
        return Err(FieldError::Unknown { target, field: field.to_owned(), known });
    };
    let value = value.trim();
    let refuse = |reason: String| Err(FieldError::Value { field: field.to_owned(), value: value.to_owned(), reason });
    if value.is_empty() {
        return match (takes, empty) {
            // An open period is written as nothing.
            (Takes::Period, _) => Ok((field, Some(String::new()))),
            (_, Allowed) => Ok((field, None)),
            (_, Refused) => refuse("it cannot be empty".to_owned()),
        };
    }
    let kept = match takes {
        Takes::Text => value.to_owned(),
        Takes::Number => match value.replace([',', '_'], "").parse::<f64>() {
            Ok(number) if number.is_finite() => number.to_string(),
            _ => return refuse("it takes a number in base units, as 1860000000000 for 1.86万亿元".to_owned()),
        },
        Takes::YesNo => match value {
            "1" | "true" | "yes" => "1".to_owned(),
            "0" | "false" | "no" => "0".to_owned(),
            _ => return refuse("it takes yes or no".to_owned()),
        },
        Takes::Period if is_period(value) => value.to_owned(),
        Takes::Period => return refuse("it takes a time as 2025, 2021/2025, 2025-H1, 2025-Q3 or 2025-06, or nothing".to_owned()),
        Takes::Unit if is_unit(value) => value.to_owned(),
        Takes::Unit => return refuse(format!("it takes {}, or other: and the word as written", Unit::CODEBOOK.join(", "))),
        Takes::Indicator if lexicon.indicators().iter().any(|indicator| indicator.id == value) => value.to_owned(),
        Takes::Indicator => {
            return refuse("there is no such indicator in the lexicon; with indicators of your own, give --lexicon".to_owned());
        }
        Takes::Area => match value.parse::<AreaCode>() {
            Ok(code) if Areas::builtin().by_code(code).is_some() => code.to_string(),
            Ok(_) => return refuse("there is no area of that code".to_owned()),
            Err(bad) => return refuse(bad.to_string()),
        },
        Takes::Year => match value.parse::<i16>() {
            Ok(year) if (1949..=2199).contains(&year) => year.to_string(),
            _ => return refuse("it takes a year from 1949 on".to_owned()),
        },
        Takes::Date if is_date(value) => value.to_owned(),
        Takes::Date => return refuse("it takes a date as 2025-01-17".to_owned()),
        Takes::Term(parse) => match parse(value) {
            Ok(()) => value.to_owned(),
            Err(unknown) => return refuse(format!("it takes {}", unknown.known.join(", "))),
        },
    };
    Ok((field, Some(kept)))
}

fn is_unit(value: &str) -> bool {
    Unit::CODEBOOK.contains(&value) || value.strip_prefix("other:").is_some_and(|word| !word.is_empty())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_period(text: &str) -> bool {
    if let Some((first, last)) = text.split_once('/') {
        return is_year(first) && is_year(last) && first < last;
    }
    match text.split_once('-') {
        None => is_year(text),
        Some((year, part)) => {
            is_year(year)
                && (["H1", "H2", "Q1", "Q2", "Q3", "Q4"].contains(&part)
                    || (part.len() == 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))))
        }
    }
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let number = |part: Option<&str>, digits: usize, most: u16| {
        part.is_some_and(|part| {
            part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u16| 1 <= n && n <= most)
        })
    };
    number(parts.next(), 4, 9999) && number(parts.next(), 2, 12) && number(parts.next(), 2, 31) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn check(target: Target, field: &str, value: &str) -> Result<Option<String>, FieldError> {
        checked(target, field, value, &Lexicon::builtin()).map(|(_, value)| value)
    }

    #[test]
    fn every_field_is_a_column() {
        for target in [Target::Figure, Target::Pledge, Target::Document] {
            for (field, ..) in fields(target) {
                assert!(schema::column(target.table(), field).is_some(), "{field}");
            }
        }
    }

    #[test]
    fn good_values_are_kept_as_the_ledger_writes_them() {
        let good = |target, field, value, kept: &str| assert_eq!(check(target, field, value).unwrap().as_deref(), Some(kept));
        good(Target::Figure, "low", "1,860,000,000,000", "1860000000000");
        good(Target::Figure, "unit", "jin", "jin");
        good(Target::Figure, "unit", "other:吨/日", "other:吨/日");
        good(Target::Figure, "period", "2021/2025", "2021/2025");
        good(Target::Figure, "average", "yes", "1");
        good(Target::Document, "area", "360000", "360000");
        good(Target::Document, "date", "2025-01-17", "2025-01-17");
        assert_eq!(check(Target::Figure, "indicator", "").unwrap(), None);
        assert_eq!(check(Target::Figure, "period", "").unwrap().as_deref(), Some(""));
    }

    #[test]
    fn bad_values_are_refused_with_what_would_do() {
        for (target, field, value, hint) in [
            (Target::Figure, "low", "about 5", "number"),
            (Target::Figure, "low", "", "empty"),
            (Target::Figure, "low", "inf", "number"),
            (Target::Figure, "bound", "at least", "at_least"),
            (Target::Figure, "period", "2025-13", "2025-Q3"),
            (Target::Figure, "indicator", "gdpp", "lexicon"),
            (Target::Figure, "raw", "5%", "low"),
            (Target::Document, "area", "999999", "code"),
            (Target::Document, "year", "25", "1949"),
            (Target::Document, "date", "17 January", "2025-01-17"),
            (Target::Pledge, "kind", "promise", "qualitative"),
        ] {
            let error = check(target, field, value).unwrap_err().to_string();
            assert!(error.contains(hint), "{error}");
        }
    }
}
