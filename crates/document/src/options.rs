//! What a user may say of the files of a corpus: names of columns, meta of whole folders, limits.

use std::path::{Path, PathBuf};

use pledgebook_lexicon::DocumentKind;
use serde::Deserialize;

use crate::Meta;

/// How files are read. The default reads everything that names its columns in one of the usual ways.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names of columns beside the usual ones.
    pub columns: Columns,
    /// Meta for whole folders, used where texts, columns and file names are silent.
    pub defaults: Defaults,
    /// The most that is taken in.
    pub limits: Limits,
}

/// Why a `pledgebook.toml` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct OptionsError {
    /// What is wrong, and where.
    pub message: String,
}

impl Options {
    /// The options of the `pledgebook.toml` in a folder; the default where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or used; the message names it.
    pub fn of_folder(root: &Path) -> Result<Options, OptionsError> {
        let file = root.join("pledgebook.toml");
        let fail = |message: String| OptionsError { message: format!("{}: {message}", file.display()) };
        match std::fs::read_to_string(&file) {
            Ok(toml) => Options::parse(&toml, root).map_err(|e| fail(e.message)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Options::default()),
            Err(error) => Err(fail(error.to_string())),
        }
    }

    /// Reads the tables `[columns]` and `[[meta]]` of a `pledgebook.toml` that stands in the folder `root`; other tables are for
    /// others.
    ///
    /// ```
    /// use pledgebook_document::Options;
    /// let options = Options::parse(
    ///     "[columns]\ntext = \"报告正文\"\n\n[[meta]]\nfiles = \"澜川/**/*.txt\"\narea = \"澜川省\"\nkind = \"work_report\"\n",
    ///     "corpus".as_ref(),
    /// )?;
    /// assert_eq!(options.columns.text.as_deref(), Some("报告正文"));
    /// assert_eq!(options.defaults.of("corpus/澜川/2031/报告.txt".as_ref()).area_name.as_deref(), Some("澜川省"));
    /// # Ok::<(), pledgebook_document::OptionsError>(())
    /// ```
    ///
    /// # Errors
    /// When it is no TOML, or a name in these tables is not known.
    pub fn parse(toml: &str, root: &Path) -> Result<Options, OptionsError> {
        #[derive(Deserialize)]
        struct Tables {
            #[serde(default)]
            columns: Columns,
            #[serde(default)]
            meta: Vec<Rule>,
        }
        let Tables { columns, meta } = toml::from_str(toml).map_err(|e| OptionsError { message: e.to_string() })?;
        Ok(Options { columns, defaults: Defaults { root: root.to_owned(), rules: meta }, ..Options::default() })
    }
}

/// Meta for whole folders: rules of `pledgebook.toml`, the first that names a file deciding field by field.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    root: PathBuf,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// Which files: `*` is any part of a name, `**` any folders, `?` one character.
    files: String,
    area: Option<String>,
    year: Option<i16>,
    kind: Option<DocumentKind>,
}

impl Defaults {
    /// What the rules say of a file.
    #[must_use]
    pub fn of(&self, file: &Path) -> Meta {
        let mut meta = Meta::default();
        let path = file.strip_prefix(&self.root).unwrap_or(file).to_string_lossy();
        for rule in self.rules.iter().filter(|rule| matches(&rule.files, &path)) {
            let mut named = Meta { year: rule.year, kind: rule.kind, ..Meta::default() };
            if let Some(area) = &rule.area {
                crate::area::set_named(&mut named, area);
            }
            crate::meta::fill(&mut meta, named);
        }
        meta
    }
}

/// Whether a path matches a pattern with `*`, `**` and `?`.
fn matches(pattern: &str, path: &str) -> bool {
    let Some(sign) = pattern.chars().next() else { return path.is_empty() };
    let rest = &pattern[sign.len_utf8()..];
    if let Some(after) = pattern.strip_prefix("**/") {
        return matches(after, path) || path.match_indices('/').any(|(i, _)| matches(after, &path[i + 1..]));
    }
    if let Some(after) = pattern.strip_prefix("**") {
        return (0..=path.len()).filter(|&i| path.is_char_boundary(i)).any(|i| matches(after, &path[i..]));
    }
    let name = path.split('/').next().unwrap_or(path);
    match sign {
        '*' => (0..=name.len()).filter(|&i| name.is_char_boundary(i)).any(|i| matches(rest, &path[i..])),
        '?' => name.chars().next().is_some_and(|c| matches(rest, &path[c.len_utf8()..])),
        _ => path.strip_prefix(sign).is_some_and(|path| matches(rest, path)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files() {
        for (pattern, path, held) in [
            ("*.txt", "报告.txt", true),
            ("*.txt", "甲/报告.txt", false),
            ("甲/**", "甲/乙/报告.txt", true),
            ("**/报告?.txt", "甲/乙/报告1.txt", true),
            ("**/报告?.txt", "报告1.txt", true),
            ("**/报告?.txt", "甲/报告.txt", false),
            ("甲/*/报告.txt", "甲/乙/丙/报告.txt", false),
            ("", "甲", false),
        ] {
            assert_eq!(matches(pattern, path), held, "{pattern} {path}");
        }
    }

    #[test]
    fn a_name_that_is_not_known_is_a_mistake_with_its_place() {
        let error = Options::parse("[columns]\ntxt = \"a\"\n", Path::new("")).unwrap_err();
        assert!(error.to_string().contains("txt") && error.to_string().contains("line 2"), "{error}");
        assert!(Options::parse("[[meta]]\nfiles = \"*\"\nkind = \"speech\"\n", Path::new("")).is_err());
        assert!(Options::parse("[other]\nwhat = 1\n", Path::new("")).is_ok());
    }
}
