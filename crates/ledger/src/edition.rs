//! Which edition of a report a document is.

/// How a document stands to the most complete one of its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The whole report.
    Full,
    /// A shorter account of it, by its title (摘要) or because it has less than half of the text.
    Summary,
    /// The report with its end missing.
    Cut,
    /// Whole, but shorter: as delivered before the assembly.
    Delivered,
    /// As long, with a part of the wording changed.
    Amended,
    /// The same text again, in another file or format.
    Copy,
}

impl Edition {
    /// Every edition.
    pub const ALL: &'static [Edition] =
        &[Edition::Full, Edition::Summary, Edition::Cut, Edition::Delivered, Edition::Amended, Edition::Copy];

    /// The word in the ledger.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Edition::Full => "full",
            Edition::Summary => "summary",
            Edition::Cut => "cut",
            Edition::Delivered => "delivered",
            Edition::Amended => "amended",
            Edition::Copy => "copy",
        }
    }
}
