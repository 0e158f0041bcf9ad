//! The commands that compare reports: words over time.

mod args;
mod rows;
mod select;
mod terms;

pub(crate) use args::TermsArguments;
pub(crate) use terms::run as terms;
