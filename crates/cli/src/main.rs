//! The `pledgebook` command: a compiler for government work reports.
//!
//! ```text
//! file ──pledgebook_document──▶ Documents ──pledgebook_reader──▶ Readings ──▶ card or JSON
//! ```
//!
//! 1. [`input`] opens a file: `pledgebook_document` decodes it, rejoins its lines, finds its outline and who reported when;
//!    `pledgebook_reader` then finds its figures, pledges and claims.
//! 2. [`card`] shows them to people, [`record`] hands them to programs.
//! 3. [`ledger`] has `pledgebook_ledger` keep them in one file, and search, correct, export and prove it.
//! 4. [`reconcile`] has `pledgebook_reconcile` hold every pledge against its outcome, and shows what came of it.
//! 5. [`compare`] has `pledgebook_compare` count words, compare reports and follow phrases.
//! 6. [`web`] has `pledgebook_web` show all of it as pages.
//!
//! This crate holds arguments, progress and printing, and no logic of its own.

mod args;
mod card;
mod compare;
mod demo;
#[cfg(test)]
mod example;
mod explain;
mod input;
mod labels;
mod layout;
mod ledger;
mod lexicon;
mod outcome;
mod quantity;
mod read;
mod reconcile;
mod record;
mod web;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use outcome::{Outcome, complain};

/// Readings are many small pieces; the system's allocator takes a tenth more time for them (BENCHMARKS.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Build(arguments) => ledger::build(&arguments),
        Command::Search(arguments) => compare::search(&arguments),
        Command::Correct(arguments) => ledger::correct(&arguments),
        Command::Corrections(arguments) => ledger::corrections(&arguments),
        Command::Export(arguments) => ledger::export(&arguments),
        Command::Verify(arguments) => ledger::verify(&arguments),
        Command::Verdicts(arguments) => reconcile::verdicts(&arguments),
        Command::Panel(arguments) => reconcile::panel(&arguments),
        Command::Cascade(arguments) => reconcile::cascade(&arguments),
        Command::Account(arguments) => reconcile::account(&arguments),
        Command::Tasks(arguments) => reconcile::tasks(&arguments),
        Command::Coherence(arguments) => reconcile::coherence(&arguments),
        Command::Resolutions(arguments) => reconcile::resolutions(&arguments),
        Command::Statistics(arguments) => reconcile::statistics(&arguments),
        Command::Trace(arguments) => compare::trace(&arguments),
        Command::New(arguments) => compare::new(&arguments),
        Command::Reuse(arguments) => compare::reuse(&arguments),
        Command::Diff(arguments) => compare::diff(&arguments),
        Command::Terms(arguments) => compare::terms(&arguments),
        Command::Serve(arguments) => web::serve(&arguments),
        Command::Site(arguments) => web::site(&arguments),
        Command::Lexicon(arguments) => lexicon::run(&arguments.command),
        Command::Demo(arguments) => demo::run(&arguments),
    };
    match done {
        Ok(outcome) => outcome.into(),
        // The reader of our output (`head`, a pager) has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&"output", &error.into());
            Outcome::SomeFailed.into()
        }
    }
}
