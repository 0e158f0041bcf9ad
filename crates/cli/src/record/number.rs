//! Numbers as people write them: 126000000000000, not 1.26e14.

use serde::{Serialize, Serializer};

/// The largest whole number up to which every whole number has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A number that prints without `.0` and without an exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number(pub(crate) f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() <= EXACT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn whole_numbers_have_no_point_and_no_exponent() {
        let shown = [126e12, 5.5, -3.0, 0.0, 33.33].map(|n| serde_json::to_string(&Number(n)).unwrap());
        assert_eq!(shown, ["126000000000000", "5.5", "-3", "0", "33.33"]);
    }
}
