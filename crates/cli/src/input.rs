//! From a path to what was read in it.

use std::path::{Path, PathBuf};

use pledgebook_document::{Document, Given};
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
}

impl FileRead {
    /// Each document with its reading.
    pub(crate) fn both(&self) -> impl Iterator<Item = (&Document, &Reading)> {
        self.documents.iter().zip(&self.readings)
    }
}

/// What reads files: the two stages of the compiler with one lexicon.
#[derive(Debug)]
pub(crate) struct Reader {
    lexicon: Lexicon,
}

impl Reader {
    /// A reader with this lexicon.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        Reader { lexicon }
    }

    /// The lexicon it reads with.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When it cannot be opened or holds no text that can be read; the reason is in words.
    pub(crate) fn read_file(&self, path: &Path) -> anyhow::Result<FileRead> {
        let documents = pledgebook_document::read_file(path).map_err(|error| error.reason)?;
        Ok(self.read_documents(path, documents))
    }

    /// Reads a text that is already at hand, as if it came from the file at `path`.
    ///
    /// # Errors
    /// When it holds nothing that can be read.
    pub(crate) fn read_text(&self, path: &Path, text: String) -> anyhow::Result<FileRead> {
        let given = Given { name: path.file_name().map(|name| name.to_string_lossy().into_owned()), ..Given::default() };
        let source = pledgebook_document::decode(text.into_bytes())?;
        let documents = pledgebook_document::documents(source, &given);
        Ok(self.read_documents(path, documents))
    }

    fn read_documents(&self, path: &Path, documents: Vec<Document>) -> FileRead {
        let readings = documents.iter().map(|document| pledgebook_reader::read(document, &self.lexicon)).collect();
        FileRead { path: path.to_owned(), documents, readings }
    }
}
