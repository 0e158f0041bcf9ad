//! What a figure is counted or measured in.

/// The unit of a figure, after the multiplier is applied (CODEBOOK, `unit`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit(std::borrow::Cow<'static, str>);

impl Unit {
    /// A unit by its codebook id: `percent`, `CNY`, `item`, `other:吨/日`.
    pub fn new(id: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        let id = id.into();
        // A unit of the codebook is cloned with every figure: it owns nothing.
        Unit(Self::CODEBOOK.iter().find(|known| **known == id).map_or(id, |known| (*known).into()))
    }

    /// The units that the codebook names; every other is `other:` and the word as written.
    pub const CODEBOOK: [&'static str; 24] = [
        "percent",
        "pp",
        "CNY",
        "USD",
        "jin",
        "kg",
        "tonne",
        "mu",
        "km",
        "km2",
        "m2",
        "kW",
        "kWh",
        "tce",
        "person",
        "household",
        "item",
        "time",
        "times",
        "rank",
        "year",
        "month",
        "day",
        "ug/m3",
    ];

    /// The codebook id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
