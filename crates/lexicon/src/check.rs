//! What is wrong with the data files of a lexicon: each problem with its file, its line, and what to do.

mod areas;
mod folding;

use std::fmt;
use std::path::{Path, PathBuf};

/// A mistake in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file it stands in.
    pub file: PathBuf,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, message, hint } = self;
        match line {
            0 => write!(f, "{}: {message} ({hint})", file.display()),
            _ => write!(f, "{}:{line}: {message} ({hint})", file.display()),
        }
    }
}

/// Checks `folding.txt`, `folding_phrases.txt` and `areas.csv` in `dir`, those of them that are there.
#[must_use]
pub fn check_dir(dir: &Path) -> Vec<Problem> {
    let mut problems = Problems::default();
    let pairs = problems.read(dir, "folding.txt").map(|text| folding::pairs(&text, &mut problems)).unwrap_or_default();
    if let Some(text) = problems.read(dir, "folding_phrases.txt") {
        folding::phrases(&text, &pairs, &mut problems);
    }
    if let Some(text) = problems.read(dir, "areas.csv") {
        areas::rows(&text, &mut problems);
    }
    problems.found
}

/// The problems found so far, and the file at hand.
#[derive(Debug, Default)]
struct Problems {
    file: PathBuf,
    found: Vec<Problem>,
}

impl Problems {
    /// The text of a file, made the file at hand; nothing when it is not there.
    fn read(&mut self, dir: &Path, name: &str) -> Option<String> {
        self.file = dir.join(name);
        match std::fs::read_to_string(&self.file) {
            Ok(text) => return Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => self.add(0, format!("cannot be read: {error}"), "save it as UTF-8 text"),
        }
        None
    }

    fn add(&mut self, line: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.found.push(Problem { file: self.file.clone(), line, message: message.into(), hint: hint.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_that_is_part_of_the_program_has_no_problems() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon");
        assert_eq!(check_dir(&dir), []);
    }

    #[test]
    fn a_directory_without_these_files_has_no_problems() {
        assert_eq!(check_dir(Path::new("no such directory")), []);
    }

    #[test]
    fn a_problem_names_its_place_and_the_way_out() {
        let mut problems = Problems { file: "folding.txt".into(), found: Vec::new() };
        folding::pairs("# pairs\n產 产\n产 產 \n", &mut problems);
        assert_eq!(
            problems.found[0].to_string(),
            "folding.txt:3: `产 產 ` is no pair (write the character, one space, and what it is read as)"
        );
    }
}
