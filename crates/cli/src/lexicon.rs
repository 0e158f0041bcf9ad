//! The lexicon in use: the built-in one, or with the user's own files added; and `pledgebook lexicon check`.

use std::io::{self, Write};
use std::path::Path;

use pledgebook_lexicon::Lexicon;
use pledgebook_lexicon::check::check_dir;

use crate::args::LexiconCommand;
use crate::outcome::{Outcome, complain};

/// The built-in lexicon, with the files of `dir` added where one is given.
///
/// # Errors
/// When a file cannot be read or holds a mistake.
pub(crate) fn load(dir: Option<&Path>) -> anyhow::Result<Lexicon> {
    match dir {
        None => Ok(Lexicon::builtin()),
        Some(dir) => Ok(Lexicon::with_dir(dir)?),
    }
}

/// Runs `lexicon check`.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(command: &LexiconCommand) -> io::Result<Outcome> {
    let LexiconCommand::Check { dir } = command;
    let name = dir.as_deref().map_or_else(|| "the built-in lexicon".to_owned(), |dir| dir.display().to_string());
    let problems = dir.as_deref().map(check_dir).unwrap_or_default();
    for problem in &problems {
        complain(&"lexicon", &anyhow::anyhow!("{problem}"));
    }
    match load(dir.as_deref()) {
        Ok(lexicon) if problems.is_empty() => {
            writeln!(io::stdout(), "{name}: no mistakes; {} indicators known", lexicon.indicators().len())?;
            Ok(Outcome::Well)
        }
        Ok(_) => Ok(Outcome::SomeFailed),
        Err(mistake) => {
            complain(&"lexicon", &mistake);
            Ok(Outcome::SomeFailed)
        }
    }
}
