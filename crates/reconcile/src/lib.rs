//! Every pledge meets its outcome.
//!
//! 1. [`goal`], [`outcome`]: what is held against what, as [`load`] takes it from the ledger;
//! 2. [`matching`]: which outcomes a goal can be held against;
//! 3. [`judge`]: a number against a number; [`verdict`]: the verdict on a goal of any kind;
//! 4. [`panel`]: goals, outcomes and verdicts side by side, with the year before and the level above;
//! 5. [`refresh`]: verdicts and panel in the ledger, brought up to date after every build and correction.

pub mod amount;
mod csv;
pub mod goal;
pub mod ground;
pub mod judge;
pub mod load;
pub mod matching;
pub mod mention;
pub mod outcome;
pub mod panel;
pub mod refresh;
pub mod rules;
pub mod statistics;
#[cfg(test)]
mod testing;
pub mod verdict;

pub use refresh::{Change, Extent, Refreshed, refresh};
pub use rules::Rule;
