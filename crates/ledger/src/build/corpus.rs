//! A corpus: a folder or a single file, and what its `pledgebook.toml` says.

use std::fs;
use std::path::{Path, PathBuf};

use pledgebook_document::{Options, OptionsError};

use crate::names::settings_name;

/// The name of the file that says how a corpus is to be read.
const SETTINGS: &str = "pledgebook.toml";

/// What a ledger is built from.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The folder or file, as given.
    pub(crate) place: PathBuf,
    /// How it is read.
    pub(crate) options: Options,
    /// What names these options.
    pub(crate) settings: String,
}

/// Why a corpus cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// Its settings cannot be read.
    #[error("{}: it could not be read: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Its settings have a mistake.
    #[error("{}: {source}", file.display())]
    Settings {
        /// The file.
        file: PathBuf,
        /// The mistake.
        source: OptionsError,
    },
}

impl Corpus {
    /// A folder or file with the `pledgebook.toml` of the folder. A place that does not exist is found out when it is built from.
    ///
    /// # Errors
    /// When the `pledgebook.toml` cannot be read or has a mistake.
    pub fn open(place: &Path) -> Result<Self, CorpusError> {
        let root = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
        let root = if root.is_dir() { root } else { root.parent().unwrap_or(&root).to_owned() };
        let file = root.join(SETTINGS);
        match fs::read_to_string(&file) {
            Ok(text) => {
                let options = Options::parse(&text, &root).map_err(|source| CorpusError::Settings { file, source })?;
                Ok(Corpus { place: place.to_owned(), options, settings: settings_name(&text) })
            }
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(Corpus { place: place.to_owned(), options: Options::default(), settings: "none".to_owned() })
            }
            Err(source) => Err(CorpusError::Io { file, source }),
        }
    }
}
