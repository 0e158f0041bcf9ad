//! From a folder to a ledger.
//!
//! 1. `walk` finds the files; those that have vanished since the last build leave the ledger.
//! 2. Files that are as they were when this very program read them are skipped: by size and time, else by their hash.
//! 3. `work`: the others are read in parallel; what a document needs is worked out there (`entry`).
//! 4. `write`: one writer takes it over a channel that holds only a few, in transactions of whole documents that last less than
//!    [`TRANSACTION`].
//! 5. `settle`: the editions of each report whose documents have changed.
//!
//! Killed at any moment, the ledger opens and holds whole documents only; what is not marked as read is read by the next build.

mod corpus;
mod entry;
mod settle;
mod state;
mod walk;
mod work;
mod write;

pub use corpus::{Corpus, CorpusError};
pub(crate) use entry::document_id;
pub(crate) use settle::settle_some;
pub(crate) use walk::path_of;
pub(crate) use work::hash_of;
pub use write::Index;
pub(crate) use write::report;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use pledgebook_lexicon::Lexicon;
use rusqlite::Connection;

use crate::corrections::MetaCorrections;
use crate::lock::BuildLock;
use crate::{LedgerError, open};
use entry::Versions;
use state::State;

/// How long a transaction stays open before it is closed after the document at hand; others who write wait no longer than
/// twice this.
const TRANSACTION: Duration = Duration::from_millis(20);

/// What a build is made from.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Folders, or single files.
    pub corpora: &'a [Corpus],
    /// The ledger.
    pub ledger: &'a Path,
    /// The words to read with.
    pub lexicon: &'a Lexicon,
    /// What names these words: [`crate::lexicon_name`].
    pub lexicon_name: &'a str,
    /// How many files to read at the same time.
    pub threads: usize,
    /// Whether passages can be searched.
    pub index: Index,
}

/// What happens during a build, for those who watch.
#[derive(Debug)]
pub enum Event<'a> {
    /// The files have been found: how many are to be read, and their bytes.
    Found {
        /// Files to read.
        files: usize,
        /// Their bytes.
        bytes: u64,
    },
    /// A file has been dealt with.
    Done {
        /// Its bytes.
        bytes: u64,
    },
    /// A file or a text in it cannot be read.
    Failed(&'a Failure),
}

/// An input that cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, with member and row.
    pub input: String,
    /// The reason.
    pub reason: String,
}

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files read.
    pub read: usize,
    /// Files that had not changed.
    pub skipped: usize,
    /// Files that had vanished and left the ledger.
    pub removed: usize,
    /// Files that can hold no report by their name.
    pub left_alone: usize,
    /// Inputs that cannot be read: of this build and, where unchanged, of earlier ones.
    pub failures: Vec<Failure>,
    /// Reports in the ledger.
    pub reports: u64,
    /// Documents in the ledger.
    pub documents: u64,
    /// Figures in the ledger.
    pub figures: u64,
    /// Pledges in the ledger.
    pub pledges: u64,
    /// The longest that a transaction was open: how long others who write may have waited.
    pub longest_transaction: Duration,
    /// Corrections that find no place in the ledger, or more than one.
    pub corrections_without_place: usize,
    /// How long it took.
    pub took: Duration,
}

/// Builds a ledger, or brings it up to date.
///
/// # Errors
/// When the ledger cannot be opened or written. Inputs that cannot be read are no error but a part of the summary.
pub fn build(plan: &Plan, watch: &mut dyn FnMut(Event)) -> Result<Summary, LedgerError> {
    let started = Instant::now();
    let _lock = BuildLock::take(plan.ledger)?;
    let db = open::for_building(plan.ledger)?;
    let summary = run(plan, &db, started, watch).map_err(|e| LedgerError::of(plan.ledger, e))?;
    Ok(summary)
}

fn run(plan: &Plan, db: &Connection, started: Instant, watch: &mut dyn FnMut(Event)) -> rusqlite::Result<Summary> {
    let versions = Versions { reader: crate::READER.to_owned(), lexicon: plan.lexicon_name.to_owned() };
    let found = walk::walk(plan.corpora, plan.ledger);
    let mut state = State::new(db, plan, versions.clone(), watch);
    state.summary.left_alone = found.left_alone;
    for (place, reason) in &found.closed {
        state.failed(Failure { input: place.display().to_string(), reason: format!("it could not be looked into: {reason}") });
    }
    let run = state.begin()?;
    state.remove_vanished(&found)?;
    let jobs = state.jobs(found.inputs)?;
    let corrections = MetaCorrections::load(db)?;
    let jobs = work::Jobs::new(&jobs);
    let (send, receive) = sync_channel(2 * plan.threads);
    std::thread::scope(|scope| {
        for _ in 0..plan.threads.clamp(1, jobs.len().max(1)) {
            let send = send.clone();
            let reader = work::Reader {
                lexicon: plan.lexicon,
                corpora: plan.corpora,
                versions: &versions,
                corrections: &corrections,
                index: plan.index,
            };
            let jobs = &jobs;
            scope.spawn(move || reader.work(jobs, &send));
        }
        drop(send);
        // Taken in order, so that the ledger is the same whatever the number of threads. When the ledger fails, the channels close
        // and the readers stop.
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        while let Some((number, texts)) = state.next_from(&receive)? {
            waiting.insert(number, texts);
            while let Some(texts) = waiting.remove(&next) {
                while let Some(message) = state.next_from(&texts)? {
                    state.take(message)?;
                }
                next += 1;
            }
        }
        Ok::<_, rusqlite::Error>(())
    })?;
    state.finish(run, started)
}
