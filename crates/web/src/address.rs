//! Addresses: every page has one, the same on the server and in the static site.
//!
//! `/en/report/360000-2025-work_report.html` is the page, the same with `.json` its content for programs, with `.csv` and
//! `.xlsx` its table.

use pledgebook_lexicon::Verdict;

use crate::labels::Language;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The whole book.
    Home,
    /// A report, in its preferred edition.
    Report(String),
    /// One text, whatever its edition.
    Document(String),
    /// An area.
    Area(String),
    /// Every indicator.
    Indicators,
    /// An indicator.
    Indicator(String),
    /// The verdicts, all or of one kind.
    Verdicts(Option<Verdict>),
    /// The tasks of a report.
    Tasks(String),
    /// Two reports, the older first.
    Diff(String, String),
    /// Passages that hold a phrase.
    Search,
    /// A phrase over time.
    Words,
    /// What the book is and how far to trust it.
    About,
    /// The goals and results of an area under one indicator and measure, as a drawing.
    Chart {
        /// The area.
        area: String,
        /// The indicator.
        indicator: String,
        /// The measure.
        measure: String,
    },
    /// Readings to check, where corrections are taken.
    Check,
    /// One figure to check.
    CheckFigure(String),
}

/// In what form a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Html,
    /// For programs.
    Json,
    /// Its table.
    Csv,
    /// The same as an Excel workbook.
    Xlsx,
    /// A drawing.
    Svg,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Html, Form::Json, Form::Csv, Form::Xlsx, Form::Svg];

    /// The ending of its address.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Json => "json",
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
            Form::Svg => "svg",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media(self) -> &'static str {
        match self {
            Form::Html => "text/html; charset=utf-8",
            Form::Json => "application/json",
            Form::Csv => "text/csv; charset=utf-8",
            Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Svg => "image/svg+xml",
        }
    }
}

/// A page in a language and a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its language.
    pub language: Language,
    /// What it is about.
    pub subject: Subject,
    /// Its form.
    pub form: Form,
}

/// The longest name in an address, in bytes. Ids are far shorter.
const NAME: usize = 120;

/// What ids are made of; so no address leads out of its folder.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME
        && !name.starts_with('.')
        && !name.contains("..")
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

impl Subject {
    /// Its address below the language, without ending.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Subject::Home => "index".to_owned(),
            Subject::Report(id) => format!("report/{id}"),
            Subject::Document(id) => format!("document/{id}"),
            Subject::Area(code) => format!("area/{code}"),
            Subject::Indicators => "indicators".to_owned(),
            Subject::Indicator(id) => format!("indicator/{id}"),
            Subject::Verdicts(None) => "verdicts".to_owned(),
            Subject::Verdicts(Some(verdict)) => format!("verdicts/{verdict}"),
            Subject::Tasks(id) => format!("tasks/{id}"),
            Subject::Diff(a, b) => format!("diff/{a}/{b}"),
            Subject::Search => "search".to_owned(),
            Subject::Words => "words".to_owned(),
            Subject::About => "about".to_owned(),
            Subject::Chart { area, indicator, measure } => format!("chart/{area}/{indicator}/{measure}"),
            Subject::Check => "check".to_owned(),
            Subject::CheckFigure(id) => format!("check/{id}"),
        }
    }

    fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        if !parts.iter().all(|part| is_name(part)) {
            return None;
        }
        Some(match parts[..] {
            ["index"] => Subject::Home,
            ["report", id] => Subject::Report(id.to_owned()),
            ["document", id] => Subject::Document(id.to_owned()),
            ["area", code] => Subject::Area(code.to_owned()),
            ["indicators"] => Subject::Indicators,
            ["indicator", id] => Subject::Indicator(id.to_owned()),
            ["verdicts"] => Subject::Verdicts(None),
            ["verdicts", verdict] => Subject::Verdicts(Some(verdict.parse().ok()?)),
            ["tasks", id] => Subject::Tasks(id.to_owned()),
            ["diff", a, b] => Subject::Diff(a.to_owned(), b.to_owned()),
            ["search"] => Subject::Search,
            ["words"] => Subject::Words,
            ["about"] => Subject::About,
            ["chart", area, indicator, measure] => {
                Subject::Chart { area: area.to_owned(), indicator: indicator.to_owned(), measure: measure.to_owned() }
            }
            ["check"] => Subject::Check,
            ["check", id] => Subject::CheckFigure(id.to_owned()),
            _ => return None,
        })
    }
}

impl Address {
    /// The address that a path names; none for anything else.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (language, rest) = path.strip_prefix('/')?.split_once('/')?;
        let language = Language::of_path(language)?;
        if rest.is_empty() {
            return Some(Address { language, subject: Subject::Home, form: Form::Html });
        }
        let (rest, ending) = rest.rsplit_once('.')?;
        let form = Form::ALL.into_iter().find(|form| form.ending() == ending)?;
        let subject = Subject::parse(rest)?;
        (matches!(subject, Subject::Chart { .. }) == (form == Form::Svg)).then_some(Address { language, subject, form })
    }

    /// Its path from the root: `/en/area/360000.html`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}/{}.{}", self.language.path(), self.subject.path(), self.form.ending())
    }

    /// The way from this page up to the root, so that the static site works in any folder.
    #[must_use]
    pub fn up(&self) -> String {
        "../".repeat(1 + self.subject.path().matches('/').count())
    }
}

/// The document and the anchor of a figure, pledge or claim by its id: `5b…f1200`, `5b….2p340.1`.
#[must_use]
pub fn place_of(id: &str) -> Option<(&str, String)> {
    let rest = id.get(16..)?;
    let part = match rest.strip_prefix('.') {
        Some(part) => 17 + part.bytes().take_while(u8::is_ascii_digit).count(),
        None => 16,
    };
    let (document, item) = id.split_at_checked(part)?;
    item.starts_with(['f', 'p', 'c']).then(|| (document, item.replace('.', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_page_and_back() {
        for path in [
            "/en/index.html",
            "/zh-hans/report/360000-2025-work_report.html",
            "/zh-hant/document/5b1c0d5b1c0d5b1c.2.json",
            "/en/verdicts/missed.csv",
            "/en/verdicts/missed.xlsx",
            "/en/chart/360000/gdp/growth.svg",
            "/en/diff/360000-2024-work_report/360000-2025-work_report.html",
        ] {
            assert_eq!(Address::parse(path).unwrap().path(), path);
        }
        assert_eq!(Address::parse("/en/").unwrap().subject, Subject::Home);
    }

    #[test]
    fn no_address_leads_outside() {
        for path in [
            "/en/report/../about.html",
            "/en/report/..%2f.html",
            "/en/report/.html",
            "/en//about.html",
            "/xx/about.html",
            "/en/area/a b.html",
        ] {
            assert_eq!(Address::parse(path), None, "{path}");
        }
    }

    #[test]
    fn ids_name_their_document_and_place() {
        assert_eq!(place_of("fbf0fbf0fbf0fbf0f1200"), Some(("fbf0fbf0fbf0fbf0", "f1200".to_owned())));
        assert_eq!(place_of("fbf0fbf0fbf0fbf0.12p34.1"), Some(("fbf0fbf0fbf0fbf0.12", "p34-1".to_owned())));
        assert_eq!(place_of("s12"), None);
    }
}
