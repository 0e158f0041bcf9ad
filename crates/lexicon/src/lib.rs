//! The words Pledgebook knows and the terms it speaks in.
//!
//! * [`terms`]: the values of the codebook's fields;
//! * [`period`]: the time a figure speaks of;
//! * [`folding`]: the folded copy on which words are matched.

pub mod folding;
pub mod period;
pub mod terms;

pub use folding::Folded;
pub use period::Period;
pub use terms::{
    Aggregate, Bound, Claimed, Confidence, Direction, DocumentKind, Horizon, Level, Measure, Mode, PledgeKind, Polarity, Relation, Role,
    Unit, UnknownTerm,
};
