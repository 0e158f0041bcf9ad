//! Dictionaries of terms: plain lists, TOML, CSV and Excel.
//!
//! A term is literal text of one character or more. Inside it `?` stands for one character and `*` for up to eight, neither of
//! which may be a mark. Terms belong to groups; a term counts for one group only. An exclusion (`not_in`) is a longer word in
//! which the term does not count: 印度 in 印度尼西亚.

mod check;
mod list;
mod table;
mod toml_form;
mod workbook;

use std::path::{Path, PathBuf};

use pledgebook_document::{DecodeError, Sha256, to_text};

use crate::folded::fold;

/// The name of the only group of a dictionary without groups.
pub const ONE_GROUP: &str = "all";

/// A dictionary without mistakes.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// The file's name.
    pub name: String,
    /// The title that it gives itself.
    pub title: Option<String>,
    /// The version that it gives itself.
    pub version: Option<String>,
    /// SHA-256 of the file's bytes.
    pub sha256: Sha256,
    /// Its groups in order.
    pub groups: Vec<Group>,
    /// Its terms in order.
    pub terms: Vec<Term>,
}

/// A group of terms that are counted together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Words in which no term of the group counts.
    pub not_in: Vec<Word>,
}

/// A term.
#[derive(Clone, Debug)]
pub struct Term {
    /// As written.
    pub word: Word,
    /// Its group: index into [`Dictionary::groups`].
    pub group: usize,
    /// Words in which this term does not count.
    pub not_in: Vec<Word>,
}

/// A word of a dictionary and where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    /// As written, white space at its ends left out.
    pub text: String,
    /// As it is compared.
    pub folded: String,
    /// The line or row, from 1.
    pub line: u32,
}

impl Word {
    fn new(text: &str, line: u32) -> Self {
        let text = text.trim();
        Word { text: text.to_owned(), folded: fold(text), line }
    }

    /// Whether it holds a `?` or a `*`.
    #[must_use]
    pub fn is_wild(&self) -> bool {
        self.folded.contains(['?', '*'])
    }
}

/// What is wrong in a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line or row, from 1, where it is in one.
    pub line: Option<u32>,
    /// What it is and what to do.
    pub reason: String,
}

/// Why a dictionary cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    /// It cannot be read.
    #[error("{}: {source}", file.display())]
    Io {
        /// The dictionary.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no text.
    #[error("{}: {source}", file.display())]
    Decode {
        /// The dictionary.
        file: PathBuf,
        /// Why.
        source: DecodeError,
    },
    /// Its words do not do.
    #[error("{}", listed(file, mistakes))]
    Mistakes {
        /// The dictionary.
        file: PathBuf,
        /// All that is wrong, by line.
        mistakes: Vec<Mistake>,
    },
}

fn listed(file: &Path, mistakes: &[Mistake]) -> String {
    let line = |mistake: &Mistake| match mistake.line {
        Some(line) => format!("{}, line {line}: {}", file.display(), mistake.reason),
        None => format!("{}: {}", file.display(), mistake.reason),
    };
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a file says, before it is checked.
#[derive(Debug, Default)]
struct Draft {
    title: Option<String>,
    version: Option<String>,
    groups: Vec<Group>,
    terms: Vec<Term>,
    mistakes: Vec<Mistake>,
}

impl Draft {
    fn mistake(&mut self, line: u32, reason: impl Into<String>) {
        self.mistakes.push(Mistake { line: Some(line), reason: reason.into() });
    }

    /// The group of this name, made where it is new.
    fn group(&mut self, name: &str) -> usize {
        self.groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            self.groups.push(Group { name: name.to_owned(), not_in: Vec::new() });
            self.groups.len() - 1
        })
    }
}

impl Dictionary {
    /// Reads the dictionary at `path`; its ending tells its form: `.toml`, `.csv`, `.tsv`, `.xlsx`, and anything else is a list.
    ///
    /// # Errors
    /// When it cannot be read, or has mistakes: all of them are named.
    pub fn read(path: &Path) -> Result<Self, DictionaryError> {
        let bytes = std::fs::read(path).map_err(|source| DictionaryError::Io { file: path.to_owned(), source })?;
        Self::from_bytes(path, bytes)
    }

    /// The dictionary that a file of this name with these bytes is.
    ///
    /// # Errors
    /// When it has mistakes: all of them are named.
    pub fn from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        let sha256 = Sha256::of(&bytes);
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let mut draft = if ending == "xlsx" {
            match workbook::rows(&bytes) {
                Ok(rows) => table::draft(rows),
                Err(mistake) => Draft { mistakes: vec![mistake], ..Draft::default() },
            }
        } else {
            let text = match to_text(bytes) {
                Ok(text) => text,
                // An empty dictionary is one without terms.
                Err(DecodeError::Empty) => String::new(),
                Err(source) => return Err(DictionaryError::Decode { file: path.to_owned(), source }),
            };
            let text = text.trim_start_matches('\u{FEFF}');
            match ending.as_str() {
                "toml" => toml_form::draft(text),
                "csv" => table::csv(text),
                "tsv" => table::separated(text, '\t'),
                _ => list::draft(text),
            }
        };
        check::check(&mut draft);
        if !draft.mistakes.is_empty() {
            draft.mistakes.sort_by_key(|mistake| mistake.line);
            return Err(DictionaryError::Mistakes { file: path.to_owned(), mistakes: draft.mistakes });
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Dictionary { name, title: draft.title, version: draft.version, sha256, groups: draft.groups, terms: draft.terms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mistakes in a dictionary of this form, as they are told.
    pub(super) fn mistakes(name: &str, text: &str) -> Vec<String> {
        match Dictionary::from_bytes(Path::new(name), text.as_bytes().to_vec()) {
            Ok(_) => Vec::new(),
            Err(error) => error.to_string().lines().map(str::to_owned).collect(),
        }
    }

    #[test]
    fn a_dictionary_without_terms_is_named() {
        for (name, text) in [("d.txt", ""), ("d.txt", "# 只有说明\n"), ("d.toml", "title = \"空\"\n"), ("d.csv", "term,group\n")] {
            assert_eq!(mistakes(name, text), [format!("{name}: there is no term in it")]);
        }
        assert_eq!(mistakes("d.toml", "[[group]]\nname = \"甲\"\nterms = []\n"), ["d.toml, line 2: the group `甲` has no term"]);
    }

    #[test]
    fn a_term_that_stands_twice_is_named_with_both_lines() {
        assert_eq!(mistakes("d.txt", "绿色\n低碳\n綠色\n"), ["d.txt, line 3: `綠色` stands on line 1 already, as `绿色`: take one out"]);
    }

    #[test]
    fn groups_that_share_a_term_are_named_with_both_lines() {
        let text = "[[group]]\nname = \"甲\"\nterms = [\"绿色\"]\n\n[[group]]\nname = \"乙\"\nterms = [\n  \"低碳\",\n  \"绿色\",\n]\n";
        assert_eq!(
            mistakes("d.toml", text),
            ["d.toml, line 9: `绿色` stands in the group `甲` too (line 3): a term counts for one group; take one out"]
        );
    }

    #[test]
    fn an_exclusion_that_holds_no_term_excludes_nothing() {
        let text = "[[group]]\nname = \"邻国\"\nterms = [\"印度\"]\nnot_in = [\"印度尼西亚\", \"缅甸\"]\n";
        assert_eq!(
            mistakes("d.toml", text),
            ["d.toml, line 4: `缅甸` holds no term of the group `邻国` and excludes nothing: take it out or mend it"]
        );
    }

    #[test]
    fn wildcards_stand_inside_a_term() {
        assert_eq!(mistakes("d.txt", "绿色*发展\n第?产业\n"), Vec::<String>::new());
        let told = mistakes("d.txt", "绿色*\n?产业\n绿**色\n");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("d.txt, line 1: `绿色*`: * and ? stand inside a term"), "{}", told[0]);
    }

    #[test]
    fn a_dictionary_in_gbk_is_read() {
        // 绿色\n低碳\n
        let bytes = [0xC2, 0xCC, 0xC9, 0xAB, b'\n', 0xB5, 0xCD, 0xCC, 0xBC, b'\n'].repeat(1);
        let dictionary = Dictionary::from_bytes(Path::new("d.txt"), bytes).unwrap();
        assert_eq!(dictionary.terms.iter().map(|term| term.word.text.as_str()).collect::<Vec<_>>(), ["绿色", "低碳"]);
    }
}
