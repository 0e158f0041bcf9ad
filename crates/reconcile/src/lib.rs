//! Every pledge meets its outcome.
//!
//! 1. [`goal`], [`outcome`]: what is held against what, as [`load`] takes it from the ledger;
//! 2. [`matching`]: which outcomes a goal can be held against;
//! 3. [`judge`]: a number against a number; [`verdict`]: the verdict on a goal of any kind;
//! 4. [`panel`]: goals, outcomes and verdicts side by side, with the year before and the level above;
//! 5. [`mod@refresh`]: verdicts and panel in the ledger, brought up to date after every build and correction;
//! 6. what people ask: [`lines`] (verdicts), [`panel_lines`], [`account`], [`coherence`], [`resolutions`], [`tasks`].

pub mod account;
pub mod amount;
pub mod asked;
pub mod coherence;
mod csv;
pub mod goal;
pub mod ground;
pub mod judge;
pub mod lines;
pub mod load;
pub mod matching;
pub mod mention;
pub mod outcome;
pub mod panel;
pub mod panel_lines;
pub mod refresh;
pub mod resolutions;
pub mod rules;
pub mod statistics;
pub mod tasks;
#[cfg(test)]
mod testing;
pub mod verdict;

pub use refresh::{Change, Extent, Refreshed, refresh};
pub use rules::Rule;
