//! ZIP archives: each member in its turn, none taken on trust.

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::format::{Zipped, zipped};
use crate::{Limits, Reason, encodings};

/// Why an archive or a member could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It is no ZIP file, or a broken one.
    #[error("the archive is broken ({message}); download or pack it again")]
    Broken {
        /// What is wrong.
        message: String,
    },
    /// There is nothing in it.
    #[error("the archive is empty")]
    Empty,
    /// It has too many members.
    #[error("the archive has {members} members, more than {limit}; split it")]
    TooMany {
        /// How many it has.
        members: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A member is encrypted.
    #[error("it is encrypted; unpack the archive with its password")]
    Encrypted,
    /// A member is packed in a way that is not known.
    #[error("it is packed in a way that is not read ({method}); pack it again as an ordinary .zip")]
    Method {
        /// The way.
        method: String,
    },
    /// A member unpacks to far more than it should.
    #[error("it unpacks to more than {ratio} times its size: no text does (a zip bomb?)")]
    Bomb {
        /// The most times that is taken.
        ratio: u64,
    },
    /// All members together unpack to too much.
    #[error("the archive unpacks to more than {} GiB; split it", .limit >> 30)]
    TooLarge {
        /// The most bytes that are taken.
        limit: u64,
    },
    /// A member is an archive.
    #[error("this is an archive inside an archive; unpack it first")]
    Nested,
}

/// Less than this is no bomb, whatever it was packed in.
const HARMLESS: u64 = 1 << 20;

/// An archive of which nothing is read yet but the list of its members.
pub(crate) struct Archive<R> {
    zip: ZipArchive<R>,
    /// The path of each member, in the order of the list.
    names: Vec<String>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    pub(crate) fn open(from: R, limits: &Limits) -> Result<Self, Reason> {
        let mut zip = ZipArchive::new(from).map_err(broken)?;
        if zip.len() > limits.members {
            return Err(ArchiveError::TooMany { members: zip.len(), limit: limits.members }.into());
        }
        let raw: Vec<Vec<u8>> =
            (0..zip.len()).map(|i| zip.by_index_raw(i).map(|m| m.name_raw().to_vec())).collect::<Result<_, _>>().map_err(broken)?;
        Ok(Archive { zip, names: names(&raw) })
    }

    /// What the file is: an archive of texts, a Word file, something else.
    pub(crate) fn kind(&self) -> Zipped {
        zipped(self.names.iter().map(String::as_str))
    }

    /// Gives each member that is a file to `each`: its path, and its bytes as they unpack, which end in an error where they are
    /// too many.
    pub(crate) fn members(mut self, limits: &Limits, each: &mut dyn FnMut(&str, Result<Unpacking, Reason>)) -> Result<(), Reason> {
        let mut left = limits.unpacked;
        let mut any = false;
        for (i, name) in self.names.iter().enumerate() {
            if is_of_the_system(name) {
                continue;
            }
            any = true;
            let (encrypted, packed) = match self.zip.by_index_raw(i) {
                Ok(member) => (member.encrypted(), member.compressed_size()),
                Err(error) => {
                    each(name, Err(broken(error)));
                    continue;
                }
            };
            if encrypted {
                each(name, Err(ArchiveError::Encrypted.into()));
                continue;
            }
            match self.zip.by_index(i) {
                Ok(mut member) => {
                    let most = packed.saturating_mul(limits.ratio).max(HARMLESS);
                    each(name, Ok(Unpacking { from: &mut member, given: 0, most, left: &mut left, limits }));
                }
                Err(error) => each(name, Err(broken(error))),
            }
            if left == 0 {
                return Err(ArchiveError::TooLarge { limit: limits.unpacked }.into());
            }
        }
        if any { Ok(()) } else { Err(ArchiveError::Empty.into()) }
    }
}

/// Folders, and what systems put beside the files of a user.
fn is_of_the_system(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.ends_with('/')
        || path.starts_with("__MACOSX/")
        || name.starts_with("._")
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// The names as people see them: UTF-8, or the encoding of Chinese that all of those that are not UTF-8 are in.
fn names(raw: &[Vec<u8>]) -> Vec<String> {
    let foreign: Vec<&[u8]> = raw.iter().map(Vec::as_slice).filter(|name| std::str::from_utf8(name).is_err()).collect();
    let encoding = encodings::guess(&foreign.join(&b'\n')).unwrap_or(encoding_rs::GB18030);
    let decoded = |name: &Vec<u8>| match std::str::from_utf8(name) {
        Ok(name) => Some(name.to_owned()),
        Err(_) => encoding.decode_without_bom_handling_and_without_replacement(name).map(std::borrow::Cow::into_owned),
    };
    raw.iter().map(|name| decoded(name).map_or_else(|| name.escape_ascii().to_string(), |name| name.replace('\\', "/"))).collect()
}

fn broken(error: ZipError) -> Reason {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof && error.kind() != io::ErrorKind::InvalidInput => {
            Reason::Io(error)
        }
        ZipError::UnsupportedArchive(method) => ArchiveError::Method { method: method.to_owned() }.into(),
        other => ArchiveError::Broken { message: told(&other) }.into(),
    }
}

/// What is wrong with an archive, for people.
pub(crate) fn told(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(reason) if reason.contains("EOCD") => "its end is missing, as when a download was cut off".to_owned(),
        other => other.to_string(),
    }
}

/// The bytes of a member as they unpack.
pub(crate) struct Unpacking<'a> {
    from: &'a mut dyn Read,
    given: u64,
    most: u64,
    left: &'a mut u64,
    limits: &'a Limits,
}

impl Read for Unpacking<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if *self.left == 0 {
            return Err(io::Error::other(ArchiveError::TooLarge { limit: self.limits.unpacked }));
        }
        let n = self.from.read(into).map_err(|e| match e.kind() {
            io::ErrorKind::Interrupted => e,
            _ => io::Error::other(ArchiveError::Broken { message: e.to_string() }),
        })?;
        self.given += n as u64;
        *self.left = self.left.saturating_sub(n as u64);
        if self.given > self.most {
            return Err(io::Error::other(ArchiveError::Bomb { ratio: self.limits.ratio }));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_the_encoding_that_they_are_in() {
        let gbk = |name: &str| encoding_rs::GBK.encode(name).0.into_owned();
        let raw = [
            gbk("甲省\\2030年政府工作报告.txt"),
            "乙省/报告.txt".as_bytes().to_vec(),
            gbk("丙县政府工作报告（全文）.docx"),
            b"\xFFa".to_vec(),
        ];
        assert_eq!(names(&raw), ["甲省/2030年政府工作报告.txt", "乙省/报告.txt", "丙县政府工作报告（全文）.docx", "\\xffa"]);
    }
}
