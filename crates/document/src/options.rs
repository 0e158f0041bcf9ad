//! What a user may say of the files of a corpus: names of columns, meta of whole folders, limits.

use serde::Deserialize;

/// How files are read. The default reads everything that names its columns in one of the usual ways.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names of columns beside the usual ones.
    pub columns: Columns,
    /// The most that is taken in.
    pub limits: Limits,
}

/// The names of the columns of a table, as given in `pledgebook.toml`; `None` where the usual names are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The text.
    pub text: Option<String>,
    /// The year of the report.
    pub year: Option<String>,
    /// The area whose government reports: its name.
    pub area: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Where the text was found.
    pub url: Option<String>,
    /// When the report was delivered.
    pub date: Option<String>,
    /// When the text was published.
    pub published: Option<String>,
}

/// The most that is taken in; more is refused with this reason and the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text: a file, an archive member or a cell.
    pub text: u64,
    /// Bytes of one PDF or Word file.
    pub file: u64,
    /// Members of an archive.
    pub members: usize,
    /// Bytes of all members of an archive together, unpacked.
    pub unpacked: u64,
    /// How many bytes a member may unpack to for each byte it is packed in. Chinese text packs to a third, not to a hundredth.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { text: crate::MAX_TEXT_BYTES, file: 256 << 20, members: 100_000, unpacked: 16 << 30, ratio: 200 }
    }
}
