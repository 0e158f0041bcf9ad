//! Reading files, in as many threads as there are.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use pledgebook_document::{FileSeal, ReadError, read_holders};
use pledgebook_lexicon::Lexicon;

use super::Corpus;
use super::entry::{Entry, Versions, entries};
use super::walk::Input;
use super::write::Index;
use crate::corrections::MetaCorrections;

/// Texts of one file that wait for the writer.
const TEXTS: usize = 2;

/// A file to read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) input: Input,
    /// Its row in the ledger.
    pub(super) file: i64,
    /// The hash it had when this very program read it: the same hash means nothing to do.
    pub(super) known: Option<String>,
}

/// The files still to be read.
#[derive(Debug)]
pub(super) struct Jobs<'a> {
    jobs: &'a [Job],
    next: AtomicUsize,
}

impl<'a> Jobs<'a> {
    pub(super) fn new(jobs: &'a [Job]) -> Self {
        Jobs { jobs, next: AtomicUsize::new(0) }
    }

    pub(super) fn len(&self) -> usize {
        self.jobs.len()
    }

    fn next(&self) -> Option<(usize, &'a Job)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.jobs.get(number).map(|job| (number, job))
    }
}

/// What a reading thread hands to the writer; all of one file in order.
pub(super) enum Message<'a> {
    /// A text of the file, the number it has there, and its documents or why it cannot be read.
    Text { job: &'a Job, ordinal: usize, text: Result<Text, ReadError> },
    /// The file has been read to its end: how many texts it held, and how many of them could be read.
    End { job: &'a Job, texts: usize, good: usize, outcome: Outcome },
}

/// A text and its documents.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) member: Option<String>,
    pub(super) row: Option<u32>,
    pub(super) sha256: String,
    pub(super) url: Option<String>,
    pub(super) published: Option<String>,
    pub(super) entries: Vec<Entry>,
}

/// What became of a file.
pub(super) enum Outcome {
    /// It was read.
    Read(FileSeal),
    /// Its bytes are what they were.
    Same,
    /// It cannot be read: why, and the hash of its bytes where those could be read.
    Failed(String, Option<String>),
}

/// What one thread reads with.
pub(super) struct Reader<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) corpora: &'a [Corpus],
    pub(super) versions: &'a Versions,
    pub(super) corrections: &'a MetaCorrections,
    pub(super) index: Index,
}

impl Reader<'_> {
    /// Reads file after file until none is left or nobody listens. What a file holds goes through a channel of its own, handed over
    /// with the file's number, so that the writer can take the files in order whoever reads them.
    pub(super) fn work<'j>(&self, jobs: &Jobs<'j>, files: &SyncSender<(usize, Receiver<Message<'j>>)>) {
        while let Some((number, job)) = jobs.next() {
            let (send, receive) = sync_channel(TEXTS);
            if files.send((number, receive)).is_err() || self.read(job, &send).is_none() {
                return;
            }
        }
    }

    /// Reads one file; none when nobody listens.
    fn read<'j>(&self, job: &'j Job, send: &SyncSender<Message<'j>>) -> Option<()> {
        let place = &job.input.place;
        if job.known.is_some() && job.known == hash_of(place) {
            return send.send(Message::End { job, texts: 0, good: 0, outcome: Outcome::Same }).ok();
        }
        let (mut texts, mut good) = (0, 0);
        let mut listening = true;
        // A mistake of ours in one file among a million must not cost the others.
        let read = catch_unwind(AssertUnwindSafe(|| {
            read_holders(place, &self.corpora[job.input.of].options, &mut |holder| {
                let text = holder.map(|holder| Text {
                    member: holder.member.clone(),
                    row: holder.row,
                    sha256: holder.sha256.to_string(),
                    url: holder.url.clone(),
                    published: holder.published.clone(),
                    entries: entries(holder, self.lexicon, self.versions, self.corrections, self.index),
                });
                good += usize::from(text.is_ok());
                listening &= send.send(Message::Text { job, ordinal: texts, text }).is_ok();
                texts += 1;
            })
        }));
        let outcome = match read {
            Ok(Ok(seal)) => Outcome::Read(seal),
            Ok(Err(error)) => Outcome::Failed(error.reason.to_string(), hash_of(place)),
            Err(_) => {
                Outcome::Failed("the reader failed on it: this is a mistake of pledgebook, please report it".to_owned(), hash_of(place))
            }
        };
        let sent = send.send(Message::End { job, texts, good, outcome });
        if listening { sent.ok() } else { None }
    }
}

/// The hash of a file's bytes.
pub(crate) fn hash_of(path: &Path) -> Option<String> {
    use sha2::Digest;
    let mut file = File::open(path).ok()?;
    let mut hash = sha2::Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(pledgebook_document::Sha256(hash.finalize().into()).to_string()),
            n => hash.update(&bytes[..n]),
        }
    }
}
