//! `pledgebook read`: files in parallel, results in the order they were asked for.

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use crate::args::{Format, ReadArguments};
use crate::card::{self, View};
use crate::input::Reader;
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
    let reader = match lexicon::load(arguments.lexicon.as_deref()) {
        Ok(lexicon) => Reader::new(lexicon),
        Err(mistake) => {
            complain(&"lexicon", &mistake);
            return Ok(Outcome::SomeFailed);
        }
    };
    let view = arguments.look.view(reader.lexicon());
    let render = |path: &Path| render(path, &reader, arguments.format, view);
    let stdout = io::stdout().lock();
    let mut out: Box<dyn Write> = match arguments.format {
        Format::Text => Box::new(io::BufWriter::new(anstream::AutoStream::auto(stdout))),
        Format::Json => Box::new(io::BufWriter::with_capacity(1 << 16, stdout)),
    };
    let mut outcome = Outcome::Well;
    for batch in arguments.files.chunks(BATCH) {
        let results: Vec<_> = match batch {
            [only] => vec![render(only)],
            many => many.par_iter().map(|path| render(path)).collect(),
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

fn render(path: &Path, reader: &Reader, format: Format, view: View) -> anyhow::Result<Vec<u8>> {
    let read = reader.read_file(path)?;
    match format {
        Format::Text => Ok(card::cards(&read, view).into_bytes()),
        Format::Json => {
            let mut line = Vec::with_capacity(1 << 16);
            Record::of(&read).write(&mut line)?;
            Ok(line)
        }
    }
}
