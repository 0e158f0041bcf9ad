//! The commands that compare reports: words over time.

mod args;
mod diff;
mod report;
mod rows;
mod select;
mod terms;

pub(crate) use args::{DiffArguments, TermsArguments};
pub(crate) use diff::run as diff;
pub(crate) use terms::run as terms;
