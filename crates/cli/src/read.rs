//! `pledgebook read`: files in parallel, results in the order they were asked for.

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use crate::args::{Format, ReadArguments};
use crate::card::{self, View};
use crate::input;
use crate::labels::Language;
use crate::layout::terminal_width;
use crate::lexicon;
use crate::outcome::{Outcome, complain};
use crate::record::Record;

/// Files read before their results are printed, so that memory stays bounded over many.
const BATCH: usize = 64;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ReadArguments) -> io::Result<Outcome> {
    if let Some(threads) = arguments.threads {
        // Fails only when a pool exists already, and none does this early.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout().lock()));
    let mut outcome = Outcome::Well;
    for batch in arguments.files.chunks(BATCH) {
        let results: Vec<_> = match batch {
            [only] => vec![render(only, arguments)],
            many => many.par_iter().map(|path| render(path, arguments)).collect(),
        };
        for (path, result) in batch.iter().zip(results) {
            match result {
                Ok(bytes) => out.write_all(&bytes)?,
                Err(reason) => {
                    outcome = Outcome::SomeFailed;
                    complain(&path.display(), &reason);
                }
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn render(path: &Path, arguments: &ReadArguments) -> anyhow::Result<Vec<u8>> {
    let read = input::read_file(path)?;
    let mut bytes = Vec::with_capacity(1 << 16);
    match arguments.format {
        Format::Json => Record::of(&read).write(&mut bytes)?,
        Format::Text => {
            let view = View {
                language: arguments.language.unwrap_or_else(Language::of_locale),
                columns: arguments.width.map_or_else(terminal_width, usize::from),
                lexicon: lexicon::builtin(),
            };
            bytes.extend_from_slice(card::cards(&read, view).as_bytes());
        }
    }
    Ok(bytes)
}
