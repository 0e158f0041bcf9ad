//! From a file to the texts it holds, one after the other.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use crate::archive::{Archive, ArchiveError};
use crate::decode::{self, DecodeError, decode};
use crate::encodings::PREFIX;
use crate::format::{Format, Zipped};
use crate::html::{self, Page};
use crate::seal::Sealing;
use crate::tables::{self, TableKind};
use crate::{Document, FileSeal, Given, Meta, Options, ReadError, Reason, Sha256, Source, documents, docx, pdf};

/// One text in what holds it: a file, a member of an archive, a cell of a table.
#[derive(Debug)]
pub struct Holder {
    /// The path inside an archive, `/` between its parts; `None` for the file itself.
    pub member: Option<String>,
    /// The row of a table or the line of a JSON Lines file, from 1, the header not counted.
    pub row: Option<u32>,
    /// The hash of the file's bytes, of the member's, or of the cell's text in UTF-8.
    pub sha256: Sha256,
    /// Where the text was found, by its table.
    pub url: Option<String>,
    /// When the text was published, by its table (ISO 8601); not when the report was delivered.
    pub published: Option<String>,
    /// The documents of the text: one, several that follow each other, or none when nothing shows in it.
    pub documents: Vec<Document>,
}

/// Reads every text of a file and hands each over before it reads the next, so that memory stays bounded. A text that cannot be
/// read is handed over as its error, and the rest goes on.
///
/// # Errors
/// When the file as a whole cannot be read: it is missing, a directory, unreadable, a text that is too long.
pub fn read_holders(path: &Path, options: &Options, each: &mut dyn FnMut(Result<Holder, ReadError>)) -> Result<FileSeal, ReadError> {
    let mut reading = Reading { path, member: None, options, each };
    let read = open(path).and_then(|(file, length)| reading.file(file, length));
    read.map_err(|reason| reading.error(None, reason))
}

/// Reads every text in bytes that are at hand, as if they came from the file at `path`; for the rest like [`read_holders`].
///
/// # Errors
/// When the bytes as a whole cannot be read.
pub fn read_holders_in(
    path: &Path,
    bytes: &[u8],
    options: &Options,
    each: &mut dyn FnMut(Result<Holder, ReadError>),
) -> Result<FileSeal, ReadError> {
    let mut reading = Reading { path, member: None, options, each };
    reading.file(Cursor::new(bytes), bytes.len() as u64).map_err(|reason| reading.error(None, reason))
}

fn open(path: &Path) -> Result<(File, u64), Reason> {
    let found = fs::metadata(path).map_err(|e| if e.kind() == io::ErrorKind::NotFound { Reason::Missing } else { Reason::Io(e) })?;
    if found.is_dir() {
        return Err(Reason::Directory);
    }
    Ok((File::open(path).map_err(Reason::Io)?, found.len()))
}

/// The reading of one file, or of one member of an archive.
struct Reading<'a> {
    path: &'a Path,
    member: Option<String>,
    options: &'a Options,
    each: &'a mut dyn FnMut(Result<Holder, ReadError>),
}

impl Reading<'_> {
    fn file(&mut self, mut file: impl Read + Seek, length: u64) -> Result<FileSeal, Reason> {
        let prefix = prefix(&mut file)?;
        let name = self.name();
        let format = Format::of(&prefix, &name);
        if format != Format::Zip {
            return self.stream(format, &prefix, &mut file, length);
        }
        file.rewind().map_err(Reason::Io)?;
        let seal = Sealing::new(&mut file).finish().map_err(Reason::Io)?;
        if let Err(reason) = self.zip(file, seal) {
            self.give(None, Err(reason));
        }
        Ok(seal)
    }

    fn zip(&mut self, mut file: impl Read + Seek, seal: FileSeal) -> Result<(), Reason> {
        let limits = &self.options.limits;
        let archive = Archive::open(&mut file, limits)?;
        match archive.kind() {
            Zipped::Known(known) => return Err(known.into()),
            Zipped::Archive => return archive.members(limits, &mut |name, member| self.member(name, member)),
            Zipped::Docx => {}
        }
        check_length(seal.bytes, limits.file)?;
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.take(limits.file).read_to_end(&mut bytes)).map_err(Reason::Io)?;
        let read = self.whole(docx::extract(&bytes).map_err(Reason::from), seal.sha256);
        self.give(None, read);
        Ok(())
    }

    fn member(&mut self, name: &str, member: Result<crate::archive::Unpacking, Reason>) {
        let mut reading = Reading { member: Some(name.to_owned()), path: self.path, options: self.options, each: &mut *self.each };
        let read = member.and_then(|mut bytes| {
            let prefix = prefix(&mut bytes)?;
            reading.stream(Format::of(&prefix, &reading.name()), &prefix, &mut bytes, 0)
        });
        if let Err(reason) = read {
            reading.give(None, Err(reason));
        }
    }

    /// Reads what is no archive, front to back. `length` is what is known of its length.
    fn stream(&mut self, format: Format, prefix: &[u8], rest: &mut dyn Read, length: u64) -> Result<FileSeal, Reason> {
        let limits = &self.options.limits;
        let mut sealing = Sealing::new(prefix.chain(rest));
        let mut all = |limit: u64| -> Result<Vec<u8>, Reason> {
            check_length(length, limit)?;
            let mut bytes = Vec::with_capacity(length as usize);
            (&mut sealing).take(limit + 1).read_to_end(&mut bytes)?;
            check_length(bytes.len() as u64, limit)?;
            Ok(bytes)
        };
        let source = match format {
            Format::Text => decode(all(limits.text)?).map_err(Reason::from),
            Format::Html => {
                let bytes = all(limits.text)?;
                let seal = sealing.finish()?;
                let read = self.page(bytes, seal.sha256);
                self.give(None, read);
                return Ok(seal);
            }
            Format::Pdf => pdf::extract(&all(limits.file)?).map_err(Reason::from),
            Format::Zip => zip_member(&all(limits.file)?, self.options),
            Format::Known(known) => Err(known.into()),
            Format::Table(kind) => {
                let read = self.table(kind, &mut sealing);
                let seal = sealing.finish()?;
                if let Err(reason) = read {
                    self.give(None, Err(reason));
                }
                return Ok(seal);
            }
        };
        let seal = sealing.finish()?;
        let read = self.whole(source, seal.sha256);
        self.give(None, read);
        Ok(seal)
    }

    /// The holder of a web page.
    fn page(&self, bytes: Vec<u8>, sha256: Sha256) -> Result<Holder, Reason> {
        let Page { source, title, url, published } = html::extract(&decode::page(bytes)?)?;
        let given = Given { meta: Meta { title, ..Meta::default() }, ..self.given() };
        Ok(Holder { member: self.member.clone(), row: None, sha256, url, published, documents: documents(source, &given) })
    }

    /// The holder of a text that fills a file or member.
    fn whole(&self, source: Result<Source, Reason>, sha256: Sha256) -> Result<Holder, Reason> {
        let given = self.given();
        let documents = documents(source?, &given);
        Ok(Holder { member: self.member.clone(), row: None, sha256, url: None, published: None, documents })
    }

    fn table(&mut self, kind: TableKind, from: &mut dyn Read) -> Result<(), Reason> {
        let prefix = prefix(from)?;
        let options = self.options;
        // The name of a table speaks for all its rows, where they are silent.
        let mut defaults = crate::meta::of_name(&self.name(), None);
        crate::meta::fill(&mut defaults, options.defaults.of(self.path));
        tables::read(kind, &prefix, from, options, &mut |number, row| {
            let read = row.map_err(Reason::from).and_then(|row| {
                let given = Given { name: None, meta: row.meta(), defaults: defaults.clone() };
                let (url, published, sha256) = (row.url(), row.published(), Sha256::of(row.text.as_bytes()));
                let source = crate::decode::source(row.text)?;
                let documents = documents(source, &given);
                Ok(Holder { member: self.member.clone(), row: Some(number), sha256, url, published, documents })
            });
            self.give(Some(number), read);
        })
    }

    /// What is known of a text from the name of its file or member, and from `pledgebook.toml`.
    fn given(&self) -> Given {
        Given { name: Some(self.name()), meta: Meta::default(), defaults: self.options.defaults.of(self.path) }
    }

    /// The name of the file or member, without the folders.
    fn name(&self) -> String {
        match &self.member {
            Some(member) => member.rsplit('/').next().unwrap_or(member).to_owned(),
            None => self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        }
    }

    fn give(&mut self, row: Option<u32>, holder: Result<Holder, Reason>) {
        let holder = holder.map_err(|reason| self.error(row, reason));
        (self.each)(holder);
    }

    fn error(&self, row: Option<u32>, reason: Reason) -> ReadError {
        ReadError { file: self.path.to_owned(), member: self.member.clone(), row, reason }
    }
}

/// The first bytes, enough to tell format and encoding.
fn prefix(from: &mut (impl Read + ?Sized)) -> Result<Vec<u8>, Reason> {
    let mut prefix = Vec::with_capacity(PREFIX);
    from.take(PREFIX as u64).read_to_end(&mut prefix)?;
    Ok(prefix)
}

fn check_length(bytes: u64, limit: u64) -> Result<(), Reason> {
    if bytes > limit { Err(DecodeError::TooLong { limit }.into()) } else { Ok(()) }
}

/// A ZIP file inside an archive may be a Word file, and nothing else.
fn zip_member(bytes: &[u8], options: &Options) -> Result<Source, Reason> {
    match Archive::open(Cursor::new(bytes), &options.limits)?.kind() {
        Zipped::Docx => Ok(docx::extract(bytes)?),
        Zipped::Known(known) => Err(known.into()),
        Zipped::Archive => Err(ArchiveError::Nested.into()),
    }
}
