//! The rules that decide, by name. docs/reconcile.md lists each with an example, and a test holds the examples against the code.

/// Why a match gives the verdict it gives.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)?) => {
        /// A rule of reconciling; its id stands beside each verdict.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule { $($(#[$doc])* $variant),+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant),+];

            /// Its id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$variant => $id),+ }
            }
        }
    };
}

rules! {
    /// More is better: the number, or more.
    Point = "point",
    /// More is better: 以上, 不低于, 至少: the number included (Civil Code art. 1259).
    Floor = "floor",
    /// More is better: 超过, 突破: the number excluded (Civil Code art. 1259).
    OpenFloor = "open_floor",
    /// More is better: a range.
    Band = "band",
    /// Less is better, or a zone is wanted: the number is the most.
    Most = "most",
    /// 以内, 以下, 不超过: the number included (Civil Code art. 1259).
    Ceiling = "ceiling",
    /// 不到, 低于: the number excluded (Civil Code art. 1259).
    OpenCeiling = "open_ceiling",
    /// Less is better, or a zone is wanted: the upper end of a range is the most.
    BandMost = "band_most",
    /// The wording asks prices to rise: below the number is a miss, above it is met.
    Rise = "rise",
    /// The reduction itself is promised: a larger one is better.
    Reduction = "reduction",
    /// 同步: growth not behind that of the reference by more than a step.
    InStep = "in_step",
    /// 快于, 高于: growth above that of the reference.
    Faster = "faster",
    /// 不低于: growth not below that of the reference.
    NotBelow = "not_below",
    /// 与…一致: held against the number of the reference.
    SameAs = "same_as",
    /// 正增长: growth above zero.
    Positive = "positive",
    /// The report itself gives the distance to the reference.
    Gap = "gap",
    /// A goal in words.
    Qualitative = "qualitative",
    /// A goal that the report says is not set.
    AbsentGoal = "absent_goal",
    /// A number too loose to be held to (数十).
    Loose = "loose",
    /// A relation whose reference gives no number, such as a target that another government assigned.
    NoReference = "no_reference",
    /// Held against a number in another measure.
    OtherMeasure = "other_measure",
    /// … in another unit.
    OtherUnit = "other_unit",
    /// … for another group of people or things.
    OtherScope = "other_scope",
    /// … for a part of the year.
    PartOfYear = "part_of_year",
    /// … on another basis (扣除…后).
    OtherBasis = "other_basis",
    /// … against another reference.
    OtherReference = "other_reference",
    /// The next report speaks only of a span of years, and is silent on this one.
    OtherSpan = "other_span",
    /// A later report speaks of it in words.
    WordsOnly = "words_only",
    /// The government claims something of it, without a number.
    ClaimOnly = "claim_only",
    /// The next report is in the ledger and says nothing.
    Silence = "silence",
    /// The ledger has no report yet that could tell.
    NoReportYet = "no_report_yet",
    /// The next report is not in the ledger, though later ones are.
    NextReportLacking = "next_report_lacking",
    /// The goal names no time at which it could be judged.
    OpenPeriod = "open_period",
}
