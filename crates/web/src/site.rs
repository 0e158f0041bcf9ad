//! The pages as files that any web server carries, in any folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::Verdict;
use rusqlite::Connection;

use crate::address::{Address, Form, Subject};
use crate::answer::{ICON, STYLE, answer};
use crate::book::{Book, Limit};
use crate::labels::{LABELS, Language};
use crate::page::Carrier;

/// The list of the files of a site, by which a later one knows what it may replace and remove.
const LIST: &str = "pledgebook-site.txt";

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Files of an earlier site that are no more.
    pub removed: usize,
}

/// Why a site cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder holds something else.
    #[error("{}: the folder is not empty and holds no site of Pledgebook; name another or an empty one", .0.display())]
    NotEmpty(PathBuf),
    /// A file cannot be written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A page cannot be made.
    #[error("{page}: {reason}")]
    Page {
        /// Its address.
        page: String,
        /// Why.
        reason: String,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Writes every page of a book into a folder, in every language, with its twins for programs.
///
/// # Errors
/// When the folder holds something else, a file cannot be written or the ledger not be read.
pub fn site(book: &Book, folder: &Path) -> Result<Written, SiteError> {
    let earlier = earlier(folder)?;
    let subjects = book.ask(Limit::None, |db| subjects(db).map_err(|error| SiteError::from(LedgerError::of(book.ledger(), error))))?;
    let addresses: Vec<Address> =
        Language::ALL.iter().flat_map(|&language| subjects.iter().flat_map(move |subject| forms(subject, language))).collect();
    let written = Mutex::new((BTreeSet::new(), 0));
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| -> Result<(), SiteError> {
                    while let Some(address) = addresses.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let Some(bytes) = write_page(book, folder, address)? else { continue };
                        let mut written = written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        written.0.insert(address.path()[1..].to_owned());
                        written.1 += bytes;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Ok(())))
    })?;
    let (mut files, mut bytes) = written.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    for (name, content) in [("book.css", STYLE.to_owned()), ("icon.svg", ICON.to_owned()), ("index.html", entrance())] {
        write(&folder.join(name), content.as_bytes())?;
        files.insert(name.to_owned());
        bytes += content.len();
    }
    let mut removed = 0;
    for gone in earlier.iter().filter(|file| !files.contains(*file)) {
        removed += usize::from(fs::remove_file(folder.join(gone)).is_ok());
    }
    let list: String = files.iter().map(|file| format!("{file}\n")).collect();
    write(&folder.join(LIST), list.as_bytes())?;
    Ok(Written { files: files.len(), bytes, removed })
}

/// The files of an earlier site.
fn earlier(folder: &Path) -> Result<Vec<String>, SiteError> {
    let fail = |source| SiteError::File { file: folder.to_owned(), source };
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(error)),
        Ok(entries) => {
            if entries.count() == 0 {
                return Ok(Vec::new());
            }
        }
    }
    match fs::read_to_string(folder.join(LIST)) {
        // A list that somebody changed leads nowhere else.
        Ok(list) => Ok(list.lines().filter(|line| is_ours(line)).map(str::to_owned).collect()),
        Err(_) => Err(SiteError::NotEmpty(folder.to_owned())),
    }
}

fn is_ours(line: &str) -> bool {
    matches!(line, "book.css" | "icon.svg" | "index.html") || Address::parse(&format!("/{line}")).is_some()
}

fn forms(subject: &Subject, language: Language) -> Vec<Address> {
    let forms: &[Form] =
        if matches!(subject, Subject::Chart { .. }) { &[Form::Svg] } else { &[Form::Html, Form::Json, Form::Csv, Form::Xlsx] };
    forms.iter().map(|&form| Address { language, subject: subject.clone(), form }).collect()
}

/// The bytes of a page's file; none where it has no such form.
fn write_page(book: &Book, folder: &Path, address: &Address) -> Result<Option<usize>, SiteError> {
    let answer = answer(book, address, &[], Carrier::File, Limit::None);
    match (answer.status, address.form) {
        (200, _) => {
            write(&folder.join(&address.path()[1..]), &answer.body)?;
            Ok(Some(answer.body.len()))
        }
        // Not every page has a table, not every indicator enough numbers for a drawing.
        (404, Form::Csv | Form::Xlsx | Form::Svg) => Ok(None),
        _ => Err(SiteError::Page { page: address.path(), reason: String::from_utf8_lossy(&answer.body).into_owned() }),
    }
}

fn write(file: &Path, content: &[u8]) -> Result<(), SiteError> {
    let done = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, content));
    done.map_err(|source| SiteError::File { file: file.to_owned(), source })
}

/// Every page that a file can hold.
fn subjects(db: &Connection) -> rusqlite::Result<Vec<Subject>> {
    let mut subjects = vec![Subject::Home, Subject::Indicators, Subject::About, Subject::Verdicts(None)];
    subjects.extend(Verdict::ALL.iter().map(|verdict| Subject::Verdicts(Some(*verdict))));
    let strings = |sql: &str| -> rusqlite::Result<Vec<String>> { db.prepare(sql)?.query_map([], |row| row.get(0))?.collect() };
    subjects.extend(
        strings("SELECT report FROM documents WHERE preferred AND report IS NOT NULL ORDER BY report")?.into_iter().map(Subject::Report),
    );
    subjects
        .extend(strings("SELECT id FROM documents WHERE NOT preferred OR report IS NULL ORDER BY id")?.into_iter().map(Subject::Document));
    subjects.extend(strings("SELECT DISTINCT area FROM reports WHERE kind = 'work_report' ORDER BY area")?.into_iter().map(Subject::Area));
    let promised = "SELECT DISTINCT indicator FROM panel WHERE indicator NOT LIKE 'other:%' ORDER BY 1";
    subjects.extend(strings(promised)?.into_iter().map(Subject::Indicator));
    subjects.extend(strings("SELECT id FROM reports WHERE kind = 'work_report' ORDER BY id")?.into_iter().map(Subject::Tasks));
    let pairs: Vec<(String, String)> = db
        .prepare(
            "SELECT a.id, b.id FROM reports a JOIN reports b ON b.area = a.area AND b.kind = a.kind AND b.year = a.year + 1
             WHERE a.kind = 'work_report' ORDER BY a.id",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    subjects.extend(pairs.into_iter().map(|(a, b)| Subject::Diff(a, b)));
    let charts = "SELECT DISTINCT area, indicator, measure FROM panel WHERE indicator NOT LIKE 'other:%' ORDER BY 1, 2, 3";
    let charts: Vec<Subject> = db
        .prepare(charts)?
        .query_map([], |row| Ok(Subject::Chart { area: row.get(0)?, indicator: row.get(1)?, measure: row.get(2)? }))?
        .collect::<rusqlite::Result<_>>()?;
    subjects.extend(charts);
    Ok(subjects)
}

/// The first page of a site: its languages.
fn entrance() -> String {
    maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content="0; url=en/index.html";
                title { (LABELS.page.book.get(Language::English)) }
                link rel="stylesheet" href="book.css";
            }
            body { main {
                h1 { (LABELS.page.book.get(Language::English)) }
                ul { @for language in Language::ALL {
                    li { a href={(language.path()) "/index.html"} lang=(language.tag()) { (language.own_name()) } }
                } }
            } }
        }
    }
    .into_string()
}
