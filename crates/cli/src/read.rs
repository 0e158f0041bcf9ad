//! `pledgebook read`: files in parallel, results in the order they were asked for.

use std::io::{self, Write};
use std::path::Path;

use pledgebook_document::ReadError;
use rayon::prelude::*;

use crate::args::{Format, ReadArguments};
use crate::card::{self, View};
use crate::input::Reader;
use crate::lexicon;
use crate::outcome::{Outcome, complain, say};
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
        Ok(lexicon) => Reader::new(lexicon).with_settings(),
        Err(mistake) => {
            complain(&"lexicon", &mistake);
            return Ok(Outcome::SomeFailed);
        }
    };
    let reader = match reader {
        Ok(reader) => reader,
        Err(mistake) => {
            complain(&"settings", &mistake);
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
        for result in results {
            let (bytes, failed) = result;
            out.write_all(&bytes)?;
            for error in failed {
                outcome = Outcome::SomeFailed;
                say(&error);
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// What is printed of a file, and the errors of what could not be read in it.
fn render(path: &Path, reader: &Reader, format: Format, view: View) -> (Vec<u8>, Vec<ReadError>) {
    let mut read = match reader.read_file(path) {
        Ok(read) => read,
        Err(error) => return (Vec::new(), vec![error]),
    };
    let failed = std::mem::take(&mut read.failed);
    if read.documents.is_empty() && !failed.is_empty() {
        return (Vec::new(), failed);
    }
    let printed = match format {
        Format::Text => card::cards(&read, view).into_bytes(),
        Format::Json => Record::of(&read).line(),
    };
    (printed, failed)
}
