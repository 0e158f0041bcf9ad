//! The values that a field of a figure, a pledge or a document can take, as CODEBOOK and DESIGN name them.
//!
//! Each enum prints, parses and serialises as the codebook's own word, so that code, JSON and ledger agree.

/// An enum whose variants are words of the codebook.
macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the codebook's word says it")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The codebook's word for this value.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownTerm;
            fn from_str(word: &str) -> Result<Self, UnknownTerm> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word).ok_or_else(|| UnknownTerm {
                    word: word.to_owned(),
                    known: Self::ALL.iter().map(|value| value.as_str()).collect(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A word that is none of the values of its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not one of {}", known.join(", "))]
pub struct UnknownTerm {
    /// The word as written.
    pub word: String,
    /// The words the field knows.
    pub known: Vec<&'static str>,
}

terms! {
    /// How the text bounds the number it gives (CODEBOOK, `bound`).
    Bound {
        /// The number itself.
        Exact = "exact",
        /// 左右, 约, 上下.
        About = "about",
        /// 以上, 不低于, 至少: the number included (Civil Code art. 1259).
        AtLeast = "at_least",
        /// 超过, 突破, 多, 余: the number excluded.
        MoreThan = "more_than",
        /// 以内, 以下, 不超过: the number included.
        AtMost = "at_most",
        /// 不到, 不足: the number excluded.
        LessThan = "less_than",
        /// 近, 接近: just below the number.
        Nearly = "nearly",
        /// A range with both ends.
        Between = "between",
        /// 数十, 几百: some multiple of the base number.
        Several = "several",
    }
}

impl Bound {
    /// How firmly a goal binds that is worded so: a range below 左右 below the bare number below a floor or ceiling.
    #[must_use]
    pub const fn firmness(self) -> u8 {
        match self {
            Bound::Between => 1,
            Bound::About | Bound::Nearly | Bound::Several => 2,
            Bound::Exact => 3,
            Bound::AtLeast | Bound::MoreThan | Bound::AtMost | Bound::LessThan => 4,
        }
    }
}

terms! {
    /// What kind of quantity a figure is (CODEBOOK, `measure`).
    Measure {
        /// An amount, rate, count, index or duration.
        Level = "level",
        /// A change in percent.
        Growth = "growth",
        /// An absolute change.
        Change = "change",
        /// A part of a whole.
        Share = "share",
        /// So many times a reference.
        Multiple = "multiple",
        /// A distance to a reference.
        Gap = "gap",
        /// A place in an order.
        Rank = "rank",
    }
}

terms! {
    /// Which way a growth, change or gap goes; `none` for every other measure.
    Direction { Up = "up", Down = "down", None = "none" }
}

terms! {
    /// Whether a figure tells what is so or what is aimed at (CODEBOOK, `mode`).
    Mode {
        /// Has happened or is so now.
        Outcome = "outcome",
        /// Aimed at, planned, budgeted, to be done.
        Target = "target",
        /// History, the world, definitions, thresholds, base values.
        Other = "other",
    }
}

terms! {
    /// How the figure sums up its period (CODEBOOK, `aggregate`).
    Aggregate { Single = "single", Total = "total", Average = "average", Each = "each", End = "end", Start = "start" }
}

terms! {
    /// Which way an indicator is wanted to go.
    Polarity {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// A zone is wanted; the goal is its ceiling.
        Zone = "zone",
    }
}

terms! {
    /// What a part of a report is for (DESIGN, "Document").
    Role {
        Opening = "opening",
        Review = "review",
        Problem = "problem",
        Requirements = "requirements",
        Goals = "goals",
        Rationale = "rationale",
        Tasks = "tasks",
        LivelihoodList = "livelihood_list",
        Government = "government",
        Closing = "closing",
        Resolution = "resolution",
        Glossary = "glossary",
        Other = "other",
    }
}

terms! {
    /// What kind of document a text is.
    DocumentKind {
        WorkReport = "work_report",
        Resolution = "resolution",
        PlanReport = "plan_report",
        BudgetReport = "budget_report",
        Communique = "communique",
        PlanOutline = "plan_outline",
        /// 重点工作分工.
        TaskDivision = "task_division",
        Other = "other",
    }
}

terms! {
    /// The level of government of an area.
    Level { Nation = "nation", Province = "province", Prefecture = "prefecture", County = "county", Township = "township" }
}

terms! {
    /// What a pledge promises (CODEBOOK, "Pledges").
    PledgeKind { Number = "number", Relative = "relative", Qualitative = "qualitative", Absent = "absent", Task = "task" }
}

terms! {
    /// How a relative pledge stands to its reference.
    Relation {
        /// 同步.
        InStep = "in_step",
        /// 快于, 高于.
        Faster = "faster",
        /// 不低于.
        NotBelow = "not_below",
        /// 与…一致, 完成国家下达.
        SameAs = "same_as",
        /// 正增长.
        Positive = "positive",
    }
}

terms! {
    /// What a government says became of its own goal.
    Claimed { Exceeded = "exceeded", Met = "met", Missed = "missed" }
}

terms! {
    /// Whether the coding rests on a firm rule.
    Confidence { High = "high", Low = "low" }
}

terms! {
    /// Whether a pledge is for the report's year or for the span of a plan.
    Horizon { Year = "year", Plan = "plan" }
}

terms! {
    /// What a word for time resolves to, against the report's year.
    When {
        ReportYear = "report_year",
        ReviewedYear = "reviewed_year",
        NextYear = "next_year",
        FiveYears = "five_years",
        TenYears = "ten_years",
        Open = "open",
        FirstHalf = "h1",
        SecondHalf = "h2",
        FirstQuarter = "q1",
        SecondQuarter = "q2",
        ThirdQuarter = "q3",
        FourthQuarter = "q4",
    }
}

terms! {
    /// What a word at the head of a clause makes of it (`tasks.toml`).
    TaskSense {
        /// Passed over to come to the verb.
        Lead = "lead",
        /// An act is asked for.
        Modal = "modal",
        /// A verb of work that one could go and check.
        Act = "act",
        /// A verb of effect.
        Effect = "effect",
        /// A principle or stance.
        Stance = "stance",
        /// What the act is done to, with or for; the verb may follow.
        Frame = "frame",
        /// Tells or explains, until an act is asked for.
        Telling = "telling",
        /// Argues, whatever follows.
        Argument = "argument",
        /// Only looks like one of the others.
        None = "none",
    }
}

terms! {
    /// What became of a pledge (DESIGN, "Reconcile").
    Verdict {
        /// Kept, and beyond the goal by more than its wording allows; only where more is better.
        Exceeded = "exceeded",
        /// Kept.
        Met = "met",
        /// Not kept.
        Missed = "missed",
        /// The outcome is bounded and may lie on either side of the goal.
        Undetermined = "undetermined",
        /// A later report speaks of it in words only.
        ReportedWithoutFigure = "reported_without_figure",
        /// The next report is there and silent.
        NotReported = "not_reported",
        /// The outcome is given in another measure, unit or scope.
        NotComparable = "not_comparable",
        /// Nothing in the ledger can tell yet.
        Pending = "pending",
        /// The goal cannot be held against a number.
        NotMeasurable = "not_measurable",
    }
}

terms! {
    /// How hard a goal is worded.
    Hardness {
        /// Not less than so much.
        Floor = "floor",
        /// Not more than so much.
        Ceiling = "ceiling",
        /// So much, or about so much.
        Point = "point",
        /// Between two numbers.
        Band = "band",
        /// Only striven for (力争).
        Stretch = "stretch",
    }
}

terms! {
    /// Where a goal stands in its report, from the highest rung of the ladder down.
    Standing {
        HeadlineNumber = "headline_number",
        HeadlineRelative = "headline_relative",
        HeadlineQualitative = "headline_qualitative",
        /// A number, a relation or a task outside the paragraph of main goals.
        Elsewhere = "elsewhere",
        /// The report says that it sets none.
        Absent = "absent",
        /// The report does not name it.
        Nowhere = "nowhere",
    }
}

terms! {
    /// What became of a goal's wording from one report to the next.
    WordingChange {
        /// The report of the year before had no such goal.
        New = "new",
        /// The same wording.
        Same = "same",
        /// A harder bound: a floor for a point, a number without 左右.
        Hardened = "hardened",
        /// A softer bound.
        Softened = "softened",
        /// Higher on the ladder.
        Promoted = "promoted",
        /// Lower on the ladder.
        Demoted = "demoted",
        /// Named nowhere any more.
        Dropped = "dropped",
    }
}

terms! {
    /// What a later report says of a task.
    TaskStatus {
        /// Its review tells of the same object.
        ReportedDone = "reported_done",
        /// It sets the task again.
        Repeated = "repeated",
        /// It does not speak of it.
        Silent = "silent",
        /// The next report is not in the ledger.
        Pending = "pending",
    }
}

terms! {
    /// How those who supervise a task say that it stands.
    TaskState { OnSchedule = "on_schedule", Behind = "behind", Ahead = "ahead", Done = "done", Other = "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_print_and_parse_as_the_codebook_spells_them() {
        for &bound in Bound::ALL {
            assert_eq!(bound.as_str().parse::<Bound>().unwrap(), bound);
        }
        let error = "at least".parse::<Bound>().unwrap_err();
        assert!(error.to_string().contains("at_least"), "{error}");
    }
}
