//! From a file to its documents.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::decode::DecodeError;
use crate::docx::DocxError;
use crate::pdf::PdfError;
use crate::{ArchiveError, Document, HtmlError, Options, TableError, Unreadable, read_holders};

/// A file or a text in it that could not be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", Place(self))]
pub struct ReadError {
    /// The file.
    pub file: PathBuf,
    /// The member of the archive.
    pub member: Option<String>,
    /// The row of the table, from 1, the header not counted.
    pub row: Option<u32>,
    /// The reason, with the place in the file where it has one.
    #[source]
    pub reason: Reason,
}

/// File, member and row as they stand before a reason: on one line, whatever a name holds.
struct Place<'a>(&'a ReadError);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_name(f, &self.0.file.to_string_lossy())?;
        if let Some(member) = &self.0.member {
            f.write_str(": ")?;
            write_name(f, member)?;
        }
        self.0.row.map_or(Ok(()), |row| write!(f, ": row {row}"))
    }
}

/// Writes a name with its line breaks and other controls escaped: a name must not move the cursor.
fn write_name(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    name.chars().try_for_each(|c| if c.is_control() { write!(f, "{}", c.escape_default()) } else { write!(f, "{c}") })
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
    /// It is in a format that is not read.
    #[error(transparent)]
    Format(#[from] Unreadable),
    /// The page cannot be read.
    #[error(transparent)]
    Html(#[from] HtmlError),
    /// The Word file cannot be read.
    #[error(transparent)]
    Docx(#[from] DocxError),
    /// The PDF cannot be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The table or the row is not as it should be.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The archive or the member cannot be unpacked.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl From<io::Error> for Reason {
    /// An error of an archive may have come through a reader.
    fn from(error: io::Error) -> Self {
        match error.downcast::<ArchiveError>() {
            Ok(error) => Reason::Archive(error),
            Err(error) => Reason::Io(error),
        }
    }
}

/// Reads all documents of a file, of every text that it holds.
///
/// # Errors
/// When the file or one of its texts cannot be read: the first reason. [`read_holders`] goes on after one that cannot.
pub fn read_file(path: &Path) -> Result<Vec<Document>, ReadError> {
    let mut all: Vec<Document> = Vec::new();
    let mut failed = None;
    read_holders(path, &Options::default(), &mut |holder| match holder {
        Ok(holder) => {
            let before = all.len();
            all.extend(holder.documents.into_iter().map(|mut d| {
                d.linked = d.linked.map(|other| before + other);
                d
            }));
        }
        Err(error) => failed = failed.take().or(Some(error)),
    })?;
    failed.map_or(Ok(all), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_and_reason() {
        let error = read_file(Path::new("/no/such/报告.txt")).unwrap_err();
        assert_eq!(error.to_string(), "/no/such/报告.txt: there is no such file");
        assert!(matches!(read_file(Path::new("/")).unwrap_err().reason, Reason::Directory));
        let inside = ReadError { member: Some("甲/乙.csv".into()), row: Some(3), ..error };
        assert_eq!(inside.to_string(), "/no/such/报告.txt: 甲/乙.csv: row 3: there is no such file");
        let error = read_file(Path::new("/no/甲\n乙\u{1b}[2J \"丙\".txt")).unwrap_err();
        assert_eq!(error.to_string(), "/no/甲\\n乙\\u{1b}[2J \"丙\".txt: there is no such file");
    }

    #[test]
    fn a_file_too_long_is_refused_before_it_is_read() {
        let path = std::env::temp_dir().join(format!("pledgebook-long-{}.txt", std::process::id()));
        std::fs::File::create(&path).and_then(|f| f.set_len(200 * 1024 * 1024)).unwrap();
        let error = read_file(&path).unwrap_err();
        std::fs::remove_file(&path).unwrap();
        assert!(error.to_string().contains("64 MiB"), "{error}");
    }
}
