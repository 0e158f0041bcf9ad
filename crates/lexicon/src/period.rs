//! The time a figure speaks of.

use std::fmt;

/// A year, a span of years or a part of a year; `Open` when the text leaves it open.
///
/// Prints as the codebook writes it: `2023`, `2021/2025`, `2023-H1`, `2023-Q3`, `2023-06`, and nothing for `Open`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The text does not say.
    #[default]
    Open,
    /// A calendar year.
    Year(i16),
    /// From the first year to the last, both included.
    Span(i16, i16),
    /// The first or second half of a year.
    Half(i16, u8),
    /// A quarter of a year, 1 to 4.
    Quarter(i16, u8),
    /// A month of a year, 1 to 12.
    Month(i16, u8),
}

impl Period {
    /// The span from `first` to `last`; a year when they are the same.
    #[must_use]
    pub fn span(first: i16, last: i16) -> Self {
        if first == last { Period::Year(first) } else { Period::Span(first, last) }
    }

    /// The last year the period touches.
    #[must_use]
    pub fn last_year(self) -> Option<i16> {
        match self {
            Period::Open => None,
            Period::Year(y) | Period::Span(_, y) | Period::Half(y, _) | Period::Quarter(y, _) | Period::Month(y, _) => Some(y),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Period::Open => Ok(()),
            Period::Year(y) => write!(f, "{y}"),
            Period::Span(a, b) => write!(f, "{a}/{b}"),
            Period::Half(y, h) => write!(f, "{y}-H{h}"),
            Period::Quarter(y, q) => write!(f, "{y}-Q{q}"),
            Period::Month(y, m) => write!(f, "{y}-{m:02}"),
        }
    }
}

/// A text that is no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period: write 2023, 2021/2025, 2023-H1, 2023-Q3, 2023-06 or nothing")]
pub struct BadPeriod(pub String);

impl std::str::FromStr for Period {
    type Err = BadPeriod;
    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(text.to_owned());
        let year = |text: &str| text.parse::<i16>().map_err(|_| bad());
        let part = |text: &str, most: u8| text.parse::<u8>().ok().filter(|part| (1..=most).contains(part)).ok_or_else(bad);
        if text.is_empty() {
            return Ok(Period::Open);
        }
        if let Some((first, last)) = text.split_once('/') {
            let (first, last) = (year(first)?, year(last)?);
            return if first <= last { Ok(Period::span(first, last)) } else { Err(bad()) };
        }
        match text.split_once('-') {
            None => Ok(Period::Year(year(text)?)),
            Some((y, rest)) => match rest.as_bytes().first() {
                Some(b'H') => Ok(Period::Half(year(y)?, part(&rest[1..], 2)?)),
                Some(b'Q') => Ok(Period::Quarter(year(y)?, part(&rest[1..], 4)?)),
                _ => Ok(Period::Month(year(y)?, part(rest, 12)?)),
            },
        }
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn periods_print_as_the_codebook_writes_them() {
        let shown = [
            Period::Open,
            Period::Year(2023),
            Period::span(2021, 2025),
            Period::Half(2023, 1),
            Period::Quarter(2023, 3),
            Period::Month(2023, 6),
        ]
        .map(|p| p.to_string());
        assert_eq!(shown, ["", "2023", "2021/2025", "2023-H1", "2023-Q3", "2023-06"]);
        assert_eq!(Period::span(2024, 2024), Period::Year(2024));
    }

    #[test]
    fn what_is_printed_can_be_read_again() {
        for text in ["", "2023", "2021/2025", "2023-H1", "2023-Q3", "2023-06"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["2025/2021", "2023-Q5", "2023-13", "last year", "-"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
