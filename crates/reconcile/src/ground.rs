//! What the ledger knows of an area, for its goals to be held against.

use std::collections::BTreeSet;

use pledgebook_lexicon::{Claimed, Lexicon};

use crate::goal::Goal;
use crate::judge::Manner;
use crate::outcome::Outcomes;

/// What a government says of one of its goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The year of the report that says it.
    pub year: i16,
    /// What it is about.
    pub subject: String,
    /// What it says became of the goal.
    pub claimed: Claimed,
    /// Its text.
    pub quote: String,
}

/// The reports of an area that the ledger has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Years of work reports.
    pub work_reports: BTreeSet<i16>,
    /// The last year that any document of the area can tell of.
    pub told_until: Option<i16>,
}

impl Reports {
    /// Whether the report that would tell of `year` is there.
    #[must_use]
    pub fn has_next(&self, year: i16) -> bool {
        self.work_reports.contains(&(year + 1))
    }

    /// Whether something is there that could tell of a year after it.
    #[must_use]
    pub fn is_past(&self, year: i16) -> bool {
        self.told_until.is_some_and(|told| told >= year)
    }
}

/// All that a goal of an area is held against.
pub struct Ground<'a> {
    /// The words.
    pub lexicon: &'a Lexicon,
    /// The area's outcomes.
    pub own: &'a Outcomes,
    /// The nation's; the area's own when it is the nation.
    pub nation: &'a Outcomes,
    /// The area's reports.
    pub reports: &'a Reports,
    /// The area's claims.
    pub claims: &'a [Claim],
    /// What a review says of a goal without giving a figure: (subject, label, year of the report) to the clause.
    pub mention: &'a dyn Fn(&Goal, i16) -> Option<String>,
}

impl Ground<'_> {
    /// What decides how a goal is judged.
    #[must_use]
    pub fn manner(&self, goal: &Goal) -> Manner {
        let known = goal.indicator.as_deref().and_then(|id| self.lexicon.indicator(id));
        Manner {
            polarity: known.map(|indicator| indicator.polarity),
            points: known.map_or(self.lexicon.verdicts.points, |indicator| indicator.tolerance),
            asks_for_rise: self.lexicon.verdicts.rise.iter().any(|words| goal.quote.contains(words.as_str())),
        }
    }
}
