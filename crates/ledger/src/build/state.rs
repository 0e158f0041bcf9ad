//! The writer's side of a build: what is in the ledger, what is new, what has gone.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Instant;

use pledgebook_document::ReadError;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::entry::Versions;
use super::settle::settle_some;
use super::walk::{Found, Input, path_of};
use super::work::{Job, Message, Outcome, Text};
use super::write::{self, Index, insert};
use super::{Corpus, Event, Failure, Plan, Summary, TRANSACTION};

/// Transactions between two checkpoints: pages that many of them change are written back once. Some 50 MB wait at most.
const CHECKPOINT: usize = 128;

/// Rows touched between two looks at the clock, where rows are small.
const BATCH: usize = 200;

/// The state of a build.
pub(super) struct State<'a> {
    db: &'a Connection,
    corpora: &'a [Corpus],
    index: Index,
    versions: Versions,
    watch: &'a mut dyn FnMut(Event),
    open: Option<(Transaction<'a>, Instant)>,
    transactions: usize,
    pub(super) summary: Summary,
    /// Whether documents may be left that nothing holds any more.
    sweep: bool,
}

/// A file as the ledger knows it.
struct Known {
    id: i64,
    bytes: Option<u64>,
    mtime: Option<i64>,
    sha256: Option<String>,
    same_versions: bool,
    settings: Option<String>,
}

impl<'a> State<'a> {
    pub(super) fn new(db: &'a Connection, plan: &Plan<'a>, versions: Versions, watch: &'a mut dyn FnMut(Event)) -> Self {
        State {
            db,
            corpora: plan.corpora,
            index: plan.index,
            versions,
            watch,
            open: None,
            transactions: 0,
            summary: Summary::default(),
            sweep: false,
        }
    }

    /// Names what cannot be read.
    pub(super) fn failed(&mut self, failure: Failure) {
        (self.watch)(Event::Failed(&failure));
        self.summary.failures.push(failure);
    }

    /// Opens a transaction unless one is open.
    fn begin_some(&mut self) -> rusqlite::Result<()> {
        if self.open.is_none() {
            self.open = Some((Transaction::new_unchecked(self.db, TransactionBehavior::Immediate)?, Instant::now()));
        }
        Ok(())
    }

    /// Closes the transaction when it has been open for long enough.
    fn end_some(&mut self) -> rusqlite::Result<()> {
        match &self.open {
            Some((_, since)) if since.elapsed() >= TRANSACTION => self.end(),
            _ => Ok(()),
        }
    }

    fn end(&mut self) -> rusqlite::Result<()> {
        let Some((transaction, since)) = self.open.take() else { return Ok(()) };
        transaction.commit()?;
        self.summary.longest_transaction = self.summary.longest_transaction.max(since.elapsed());
        self.transactions += 1;
        if self.transactions.is_multiple_of(CHECKPOINT) {
            checkpoint(self.db, "PASSIVE")?;
        }
        Ok(())
    }

    /// What comes next through a channel; none when it is closed. While nothing comes, no transaction is open.
    pub(super) fn next_from<T>(&mut self, channel: &Receiver<T>) -> rusqlite::Result<Option<T>> {
        match channel.try_recv() {
            Ok(next) => Ok(Some(next)),
            Err(TryRecvError::Disconnected) => Ok(None),
            Err(TryRecvError::Empty) => {
                self.end()?;
                Ok(channel.recv().ok())
            }
        }
    }

    /// Notes that a build begins; the number of the run.
    pub(super) fn begin(&mut self) -> rusqlite::Result<i64> {
        let cut_short = "SELECT EXISTS (SELECT 1 FROM runs WHERE finished IS NULL AND id = (SELECT max(id) FROM runs))";
        self.sweep = self.db.query_row(cut_short, [], |row| row.get(0))?;
        self.db.execute(
            "INSERT INTO runs (started, reader, lexicon) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?1, ?2)",
            params![self.versions.reader, self.versions.lexicon],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Takes out files of the corpora that are no longer there.
    pub(super) fn remove_vanished(&mut self, found: &Found) -> rusqlite::Result<()> {
        let there: HashSet<(&str, &str)> = found.inputs.iter().map(|input| (input.corpus.as_str(), input.path.as_str())).collect();
        for (corpus, inside) in &found.searched {
            let known: Vec<(i64, String)> = self
                .db
                .prepare("SELECT id, path FROM files WHERE corpus = ?1 AND (?2 = '' OR path = ?2) ORDER BY id")?
                .query_map([corpus, inside], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (file, path) in known {
                let place = path_of(&format!("{corpus}/{path}"));
                let hidden = found.closed.iter().any(|(closed, _)| place.starts_with(closed));
                if hidden || there.contains(&(corpus.as_str(), path.as_str())) {
                    continue;
                }
                self.begin_some()?;
                self.let_go(file, 0)?;
                self.db.prepare_cached("DELETE FROM files WHERE id = ?1")?.execute([file])?;
                self.summary.removed += 1;
                self.end_some()?;
            }
        }
        self.end()
    }

    /// Forgets that a file holds texts from the one numbered `from` on. Another file that holds one of them too is to be read again: its name may tell more than the
    /// one that was used so far.
    fn let_go(&mut self, file: i64, from: usize) -> rusqlite::Result<()> {
        self.sweep = true;
        self.db
            .prepare_cached(
                "UPDATE files SET mtime = NULL WHERE id IN (
                   SELECT other.file FROM holders mine JOIN holders other ON other.sha256 = mine.sha256
                   WHERE mine.file = ?1 AND mine.ordinal >= ?2 AND other.file <> ?1)",
            )?
            .execute(params![file, from])?;
        self.db.prepare_cached("DELETE FROM holders WHERE file = ?1 AND ordinal >= ?2")?.execute(params![file, from])?;
        Ok(())
    }

    /// The files to read: those that are new, changed, read by another version, or could not be opened last time.
    pub(super) fn jobs(&mut self, inputs: Vec<Input>) -> rusqlite::Result<Vec<Job>> {
        let mut known = self.known()?;
        let mut jobs = Vec::new();
        for input in inputs {
            let mut row = known.remove(&(input.corpus.clone(), input.path.clone()));
            if let Some(row) = &mut row {
                row.same_versions &= row.settings.as_ref() == Some(&self.corpora[input.of].settings);
            }
            let file = match row {
                Some(row)
                    if row.same_versions && row.sha256.is_some() && row.bytes == Some(input.bytes) && row.mtime == Some(input.mtime) =>
                {
                    self.unchanged(row.id, &input)?;
                    continue;
                }
                Some(row) => {
                    let known = row.sha256.filter(|_| row.same_versions && row.mtime.is_some());
                    Job { file: row.id, known, input }
                }
                None => {
                    self.begin_some()?;
                    insert!(self.db, "files", corpus: input.corpus, path: input.path)?;
                    Job { file: self.db.last_insert_rowid(), known: None, input }
                }
            };
            jobs.push(file);
            if jobs.len() % BATCH == 0 {
                self.end_some()?;
            }
        }
        self.end()?;
        (self.watch)(Event::Found { files: jobs.len(), bytes: jobs.iter().map(|job| job.input.bytes).sum() });
        Ok(jobs)
    }

    fn known(&self) -> rusqlite::Result<HashMap<(String, String), Known>> {
        self.db
            .prepare("SELECT corpus, path, id, bytes, mtime, sha256, reader IS ?1 AND lexicon IS ?2, settings FROM files")?
            .query_map(params![self.versions.reader, self.versions.lexicon], |row| {
                let known = Known {
                    id: row.get(2)?,
                    bytes: row.get(3)?,
                    mtime: row.get(4)?,
                    sha256: row.get(5)?,
                    same_versions: row.get(6)?,
                    settings: row.get(7)?,
                };
                Ok(((row.get(0)?, row.get(1)?), known))
            })?
            .collect()
    }

    /// Counts a file that has not changed, and names what could not be read in it.
    fn unchanged(&mut self, file: i64, input: &Input) -> rusqlite::Result<()> {
        let good = "SELECT NOT EXISTS (SELECT 1 FROM holders WHERE file = ?1 AND error IS NOT NULL)
                      AND (SELECT error IS NULL FROM files WHERE id = ?1)
                    OR EXISTS (SELECT 1 FROM holders WHERE file = ?1 AND error IS NULL)";
        self.summary.skipped += usize::from(self.db.prepare_cached(good)?.query_row([file], |row| row.get::<_, bool>(0))?);
        let failures: Vec<(Option<String>, Option<u32>, String)> = self
            .db
            .prepare_cached(
                "SELECT NULL, NULL, error FROM files WHERE id = ?1 AND error IS NOT NULL
                 UNION ALL SELECT member, row, error FROM holders WHERE file = ?1 AND error IS NOT NULL",
            )?
            .query_map([file], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (member, row, reason) in failures {
            self.failed(Failure { input: named(&input.place, member.as_deref(), row), reason });
        }
        Ok(())
    }

    /// Writes what a reading thread hands over.
    pub(super) fn take(&mut self, message: Message) -> rusqlite::Result<()> {
        self.begin_some()?;
        match message {
            Message::Text { job, ordinal, text: Ok(text) } => self.text(job, ordinal, &text)?,
            Message::Text { job, ordinal, text: Err(error) } => self.refused(job, ordinal, error)?,
            Message::End { job, texts, good, outcome } => {
                if matches!(outcome, Outcome::Read(_)) && (good > 0 || texts == 0) {
                    self.summary.read += 1;
                }
                self.file_end(job, texts, outcome)?;
                (self.watch)(Event::Done { bytes: job.input.bytes });
            }
        }
        self.end_some()
    }

    fn text(&mut self, job: &Job, ordinal: usize, text: &Text) -> rusqlite::Result<()> {
        let db = self.db;
        db.prepare_cached(
            "INSERT OR REPLACE INTO holders (file, ordinal, member, row, sha256, url, published) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![job.file, ordinal, text.member, text.row, text.sha256, text.url, text.published])?;
        let present = write::present(db, &text.sha256)?;
        let same = present.iter().map(|(id, fingerprint)| (id, fingerprint)).eq(text.entries.iter().map(|e| (&e.id, &e.fingerprint)));
        if same || (!present.is_empty() && self.is_held_before(job, ordinal, &text.sha256)?) {
            return Ok(());
        }
        for (document, _) in &present {
            write::take_out(db, document)?;
        }
        text.entries.iter().try_for_each(|entry| write::put(db, &text.sha256, entry, self.index))
    }

    /// Whether the same text stands in a file that comes first: then its meta is what that file's name and columns say.
    fn is_held_before(&self, job: &Job, ordinal: usize, sha256: &str) -> rusqlite::Result<bool> {
        self.db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM holders h JOIN files f ON f.id = h.file
                 WHERE h.sha256 = ?1 AND (f.corpus, f.path, h.ordinal) < (?2, ?3, ?4))",
            )?
            .query_row(params![sha256, job.input.corpus, job.input.path, ordinal], |row| row.get(0))
    }

    fn refused(&mut self, job: &Job, ordinal: usize, error: ReadError) -> rusqlite::Result<()> {
        let (member, row, reason) = (error.member, error.row, error.reason.to_string());
        self.db
            .prepare_cached("INSERT OR REPLACE INTO holders (file, ordinal, member, row, error) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![job.file, ordinal, member, row, reason])?;
        self.failed(Failure { input: named(&job.input.place, member.as_deref(), row), reason });
        Ok(())
    }

    fn file_end(&mut self, job: &Job, texts: usize, outcome: Outcome) -> rusqlite::Result<()> {
        let (bytes, sha256, error) = match outcome {
            Outcome::Same => {
                self.unchanged(job.file, &job.input)?;
                self.db.prepare_cached("UPDATE files SET bytes = ?2, mtime = ?3 WHERE id = ?1")?.execute(params![
                    job.file,
                    job.input.bytes,
                    job.input.mtime
                ])?;
                return Ok(());
            }
            Outcome::Read(seal) => (seal.bytes, Some(seal.sha256.to_string()), None),
            Outcome::Failed(reason, sha256) => {
                self.failed(Failure { input: named(&job.input.place, None, None), reason: reason.clone() });
                (job.input.bytes, sha256, Some(reason))
            }
        };
        self.let_go(job.file, texts)?;
        self.db
            .prepare_cached(
                "UPDATE files SET bytes = ?2, mtime = ?3, sha256 = ?4, reader = ?5, lexicon = ?6, settings = ?7, error = ?8,
                 read_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ?1",
            )?
            .execute(params![
                job.file,
                bytes,
                job.input.mtime,
                sha256,
                self.versions.reader,
                self.versions.lexicon,
                self.corpora[job.input.of].settings,
                error
            ])?;
        Ok(())
    }

    /// Takes out documents that nothing holds any more, settles editions, counts.
    pub(super) fn finish(mut self, run: i64, started: Instant) -> rusqlite::Result<Summary> {
        self.end()?;
        if self.sweep {
            let orphans: Vec<String> = self
                .db
                .prepare("SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM holders h WHERE h.sha256 = d.sha256)")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for document in orphans {
                self.begin_some()?;
                write::take_out(self.db, &document)?;
                self.end_some()?;
            }
        }
        loop {
            self.begin_some()?;
            if settle_some(self.db, 1)? == 0 {
                break;
            }
            self.end_some()?;
        }
        self.end()?;
        self.count(run, started)
    }

    fn count(mut self, run: i64, started: Instant) -> rusqlite::Result<Summary> {
        let count = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u64>(0));
        let summary = &mut self.summary;
        summary.reports = count("SELECT count(*) FROM reports")?;
        summary.documents = count("SELECT count(*) FROM documents")?;
        summary.figures = count("SELECT count(*) FROM figures")?;
        summary.pledges = count("SELECT count(*) FROM pledges")?;
        summary.corrections_without_place =
            count("SELECT count(*) FROM corrections c WHERE NOT EXISTS (SELECT 1 FROM corrected WHERE correction = c.id)")? as usize;
        summary.took = started.elapsed();
        self.db.execute(
            "UPDATE runs SET finished = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), read = ?2, skipped = ?3, failed = ?4, removed = ?5,
             figures = ?6, pledges = ?7, seconds = ?8 WHERE id = ?1",
            params![
                run,
                summary.read,
                summary.skipped,
                summary.failures.len(),
                summary.removed,
                summary.figures,
                summary.pledges,
                summary.took.as_secs_f64()
            ],
        )?;
        // One file is left when nobody else has it open.
        checkpoint(self.db, "TRUNCATE")?;
        Ok(self.summary)
    }
}

/// Moves what is in the write-ahead log into the ledger. Nobody waits for it: it is done while no transaction is open.
fn checkpoint(db: &Connection, how: &str) -> rusqlite::Result<()> {
    db.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(()))
}

/// The name of an input: file, member, row.
fn named(file: &Path, member: Option<&str>, row: Option<u32>) -> String {
    let mut name = file.display().to_string();
    if let Some(member) = member {
        name += &format!(", {member}");
    }
    if let Some(row) = row {
        name += &format!(", row {row}");
    }
    name
}
