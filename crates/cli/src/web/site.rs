//! `pledgebook site`: the pages as files.

use std::io::{self, Write};
use std::path::Path;

use pledgebook_web::Book;

use super::args::SiteArguments;
use crate::ledger::{grouped, lexicon_and_name, refused};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &SiteArguments) -> io::Result<Outcome> {
    write(&arguments.ledger, arguments.lexicon.as_deref(), &arguments.out)
}

/// Writes the pages of a ledger into a folder, and says so.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn write(ledger: &Path, lexicon: Option<&Path>, out: &Path) -> io::Result<Outcome> {
    let Some((lexicon, name)) = lexicon_and_name(lexicon) else { return Ok(Outcome::SomeFailed) };
    let book = match Book::open(ledger, lexicon, name) {
        Ok(book) => book,
        Err(error) => return Ok(refused(&error)),
    };
    match pledgebook_web::site(&book, out) {
        Ok(written) => {
            let megabytes = written.bytes as f64 / 1e6;
            writeln!(io::stdout(), "{}: {} files, {megabytes:.1} MB", out.join("index.html").display(), grouped(written.files as u64))?;
            Ok(Outcome::Well)
        }
        Err(error) => Ok(refused(&error)),
    }
}
