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
}
