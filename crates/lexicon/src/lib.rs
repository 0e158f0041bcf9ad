//! The words Pledgebook knows and the terms it speaks in.
//!
//! * [`areas`]: codes, names and years of the areas, and the area that a text names;
//! * [`check`]: what is wrong with the data files;
//! * [`terms`]: the values of the codebook's fields;
//! * [`unit`]: what a figure is counted or measured in;
//! * [`period`]: the time a figure speaks of;
//! * [`folding`]: the folded copy on which words are matched;
//! * [`tables`]: indicators, units, bounds, predicates and names.

pub mod areas;
pub mod check;
pub mod folding;
mod own;
pub mod period;
#[allow(missing_docs)]
pub mod schema;
mod spellings;
pub mod tables;
pub mod terms;
pub mod unit;
pub mod wordmap;

pub use areas::{Area, AreaCode, Areas};
pub use folding::Folded;
pub use period::Period;
pub use tables::{Indicator, Lexicon, LexiconError, Predicate, TaskWord, UnitSense, VerdictTables};
pub use terms::{
    Aggregate, Bound, Claimed, Confidence, Direction, DocumentKind, Hardness, Horizon, Level, Measure, Mode, PledgeKind, Polarity,
    Relation, Role, Standing, TaskSense, TaskState, TaskStatus, UnknownTerm, Verdict, When, WordingChange,
};
pub use unit::Unit;
pub use wordmap::{Chars, WordMap};
