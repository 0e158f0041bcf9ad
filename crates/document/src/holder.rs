//! From a file to the texts it holds, one after the other.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::decode::{DecodeError, decode};
use crate::seal::Sealing;
use crate::{Document, FileSeal, Given, Options, ReadError, Reason, Sha256, documents};

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
/// When the file as a whole cannot be read: it is missing, a directory, unreadable, too long.
pub fn read_holders(path: &Path, options: &Options, each: &mut dyn FnMut(Result<Holder, ReadError>)) -> Result<FileSeal, ReadError> {
    let fail = |reason| ReadError { file: path.to_owned(), member: None, row: None, reason };
    let mut sealing = Sealing::new(open(path, options).map_err(fail)?);
    let mut bytes = Vec::new();
    (&mut sealing).take(options.limits.text + 1).read_to_end(&mut bytes).map_err(|e| fail(Reason::Io(e)))?;
    let seal = sealing.finish().map_err(|e| fail(Reason::Io(e)))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    each(match decode(bytes) {
        Ok(source) => Ok(Holder {
            member: None,
            row: None,
            sha256: seal.sha256,
            url: None,
            published: None,
            documents: documents(source, &Given { name, ..Given::default() }),
        }),
        Err(e) => Err(fail(e.into())),
    });
    Ok(seal)
}

fn open(path: &Path, options: &Options) -> Result<File, Reason> {
    let found = fs::metadata(path).map_err(|e| if e.kind() == io::ErrorKind::NotFound { Reason::Missing } else { Reason::Io(e) })?;
    if found.is_dir() {
        return Err(Reason::Directory);
    }
    if found.len() > options.limits.text {
        return Err(DecodeError::TooLong { bytes: found.len() }.into());
    }
    File::open(path).map_err(Reason::Io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_sealed_even_when_its_text_is_refused() {
        let path = std::env::temp_dir().join(format!("pledgebook-seal-{}.txt", std::process::id()));
        fs::write(&path, "no Chinese").unwrap();
        let mut seen = Vec::new();
        let seal = read_holders(&path, &Options::default(), &mut |holder| seen.push(holder.unwrap_err().to_string())).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(seal, FileSeal { bytes: 10, sha256: Sha256::of(b"no Chinese") });
        assert_eq!(seen, [format!("{}: there is no Chinese in the text", path.display())]);
    }
}
