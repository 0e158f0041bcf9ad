//! `pledgebook serve`: the pages over HTTP.

use std::io::{self, Write};
use std::path::Path;

use pledgebook_web::{Book, Serve, ServeError};

use super::args::ServeArguments;
use crate::ledger::{lexicon_and_name, misused, refused};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ServeArguments) -> io::Result<Outcome> {
    let mut asked = Serve { address: arguments.listen, hosts: arguments.hosts.clone(), editor: None };
    if arguments.edit {
        let who = arguments.who.clone().or_else(|| ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()));
        let Some(who) = who.filter(|who| !who.trim().is_empty()) else {
            return Ok(misused(&"say who makes the corrections with --who NAME"));
        };
        asked.editor = Some(who.trim().to_owned());
    }
    until_stopped(&arguments.ledger, arguments.lexicon.as_deref(), &asked)
}

/// Serves a ledger until the program is told to stop.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn until_stopped(ledger: &Path, lexicon: Option<&Path>, asked: &Serve) -> io::Result<Outcome> {
    let Some((lexicon, name)) = lexicon_and_name(lexicon) else { return Ok(Outcome::SomeFailed) };
    let book = match Book::open(ledger, lexicon, name) {
        Ok(book) => book,
        Err(error) => return Ok(refused(&error)),
    };
    let mut told = Ok(());
    let served = pledgebook_web::serve(book, asked, |address, key| {
        let mut out = io::stdout().lock();
        told = match key {
            Some(key) => writeln!(out, "http://{address}/?key={key}"),
            None => writeln!(out, "http://{address}/"),
        }
        .and_then(|()| out.flush());
    });
    told?;
    Ok(match served {
        Ok(()) => Outcome::Well,
        Err(error @ ServeError::EditBeyondLoopback(_)) => misused(&error),
        Err(error) => refused(&error),
    })
}
