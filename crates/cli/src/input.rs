//! From a path to what was read in it.

use std::path::{Path, PathBuf};

use pledgebook_document::{Document, Holder, Options, ReadError, Sha256};
use pledgebook_lexicon::Lexicon;
use pledgebook_reader::Reading;

/// A file that was read: its documents, and the reading of each at the same index.
#[derive(Debug)]
pub(crate) struct FileRead {
    /// The path as given.
    pub(crate) path: PathBuf,
    /// The documents that the file holds.
    pub(crate) documents: Vec<Document>,
    /// What each of them says.
    pub(crate) readings: Vec<Reading>,
    /// What holds each of them.
    pub(crate) holders: Vec<HeldBy>,
    /// The texts that could not be read.
    pub(crate) failed: Vec<ReadError>,
}

/// What holds a document: the file, a member of an archive, a row of a table.
#[derive(Clone, Debug)]
pub(crate) struct HeldBy {
    /// The path inside the archive.
    pub(crate) member: Option<String>,
    /// The row of the table, from 1.
    pub(crate) row: Option<u32>,
    /// The hash of the text that holds it.
    pub(crate) sha256: Sha256,
}

impl FileRead {
    fn empty(path: &Path) -> Self {
        FileRead { path: path.to_owned(), documents: Vec::new(), readings: Vec::new(), holders: Vec::new(), failed: Vec::new() }
    }

    /// Each document with its reading.
    pub(crate) fn both(&self) -> impl Iterator<Item = (&Document, &Reading)> {
        self.documents.iter().zip(&self.readings)
    }
}

/// What reads files: the two stages of the compiler with one lexicon.
#[derive(Debug)]
pub(crate) struct Reader {
    lexicon: Lexicon,
    options: Options,
}

impl Reader {
    /// A reader with this lexicon.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        Reader { lexicon, options: Options::default() }
    }

    /// The same reader with the settings of the `pledgebook.toml` in the current folder, if there is one.
    ///
    /// # Errors
    /// When there is one that cannot be used.
    pub(crate) fn with_settings(self) -> anyhow::Result<Self> {
        Ok(Reader { options: Options::of_folder(Path::new(""))?, ..self })
    }

    /// The lexicon it reads with.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads the file at `path`: what can be read, and the errors of what cannot.
    ///
    /// # Errors
    /// When the file as a whole cannot be read.
    pub(crate) fn read_file(&self, path: &Path) -> Result<FileRead, ReadError> {
        let mut read = FileRead::empty(path);
        pledgebook_document::read_holders(path, &self.options, &mut |holder| match holder {
            Ok(holder) => self.take(&mut read, holder),
            Err(error) => read.failed.push(error),
        })?;
        Ok(read)
    }

    fn take(&self, read: &mut FileRead, holder: Holder) {
        let Holder { member, row, sha256, documents, .. } = holder;
        let before = read.documents.len();
        for mut document in documents {
            document.linked = document.linked.map(|other| before + other);
            read.readings.push(pledgebook_reader::read(&document, &self.lexicon));
            read.holders.push(HeldBy { member: member.clone(), row, sha256 });
            read.documents.push(document);
        }
    }
}
