//! From a file to its documents.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::decode::{DecodeError, MAX_TEXT_BYTES, decode};
use crate::{Document, Given, documents};

/// A file that could not be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct ReadError {
    /// The file.
    pub file: PathBuf,
    /// The reason, with the place in the file where it has one.
    #[source]
    pub reason: Reason,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// It is a directory.
    #[error("this is a directory; name the files in it, or build a ledger from it")]
    Directory,
    /// The system would not let it be read.
    #[error("it could not be read: {0}")]
    Io(#[source] io::Error),
    /// Its bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// Reads the documents of a file.
///
/// # Errors
/// When the file is missing, a directory, unreadable, longer than [`MAX_TEXT_BYTES`] (no more than that is ever read), or no
/// Chinese text; see [`Reason`].
pub fn read_file(path: &Path) -> Result<Vec<Document>, ReadError> {
    let fail = |reason| ReadError { file: path.to_owned(), reason };
    let bytes = read_bytes(path).map_err(fail)?;
    let source = decode(bytes).map_err(|e| fail(e.into()))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    Ok(documents(source, &Given { name, ..Given::default() }))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Reason> {
    let found = fs::metadata(path).map_err(|e| if e.kind() == io::ErrorKind::NotFound { Reason::Missing } else { Reason::Io(e) })?;
    if found.is_dir() {
        return Err(Reason::Directory);
    }
    if found.len() > MAX_TEXT_BYTES {
        return Err(DecodeError::TooLong { bytes: found.len() }.into());
    }
    // A pipe or a growing file has no length to trust: never take more than the limit and one.
    let mut bytes = Vec::with_capacity(found.len() as usize);
    File::open(path).and_then(|f| f.take(MAX_TEXT_BYTES + 1).read_to_end(&mut bytes)).map_err(Reason::Io)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_and_reason() {
        let error = read_file(Path::new("/no/such/报告.txt")).unwrap_err();
        assert_eq!(error.to_string(), "/no/such/报告.txt: there is no such file");
        assert!(matches!(read_file(Path::new("/")).unwrap_err().reason, Reason::Directory));
    }

    #[test]
    fn a_file_too_long_is_refused_before_it_is_read() {
        let path = std::env::temp_dir().join(format!("pledgebook-long-{}.txt", std::process::id()));
        File::create(&path).and_then(|f| f.set_len(200 * 1024 * 1024)).unwrap();
        let error = read_file(&path).unwrap_err();
        fs::remove_file(&path).unwrap();
        assert!(error.to_string().contains("64 MiB"), "{error}");
    }
}
