//! How a run ended, as the shell is told.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All well: 0.
    Well,
    /// Some inputs failed or some check did not hold: 1.
    SomeFailed,
    /// It was asked for what cannot be: 2, as clap does.
    Misused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Well => ExitCode::SUCCESS,
            Outcome::SomeFailed => ExitCode::from(1),
            Outcome::Misused => ExitCode::from(2),
        }
    }
}

/// Names on stderr what failed and why.
pub(crate) fn complain(what: &impl Display, reason: &anyhow::Error) {
    say(&format_args!("{what}: {reason:#}"));
}

/// Tells on stderr of an error that names its place itself.
pub(crate) fn say(error: &impl Display) {
    // A closed stderr leaves no one to tell.
    let _ = writeln!(io::stderr(), "pledgebook: {error}");
}
