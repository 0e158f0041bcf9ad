//! A page: what is asked, what it answers, and the frame around it.

use std::fmt::Write;

use maud::{DOCTYPE, Markup, html};
use pledgebook_ledger::LedgerError;
use pledgebook_ledger::export::looks_like_a_formula;
use pledgebook_lexicon::Lexicon;
use serde_json::{Value, json};

use crate::address::{Address, Form, Subject, place_of};
use crate::labels::{LABELS, Language, PageLabels, Text, fill};

/// Who looks at a page, and from where.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The address.
    pub address: &'a Address,
    /// What was asked beside it, in order.
    pub query: &'a [(String, String)],
    /// Served or written to a file; only what is served can search.
    pub carrier: Carrier<'a>,
    /// The words of the reports.
    pub lexicon: &'a Lexicon,
}

/// What carries a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier<'a> {
    /// A file of the static site.
    File,
    /// The server.
    Server,
    /// The server that takes corrections, from this person with this token.
    Editor {
        /// Who corrects.
        who: &'a str,
        /// What the forms must carry.
        token: &'a str,
    },
}

impl View<'_> {
    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.address.language
    }

    /// A label.
    #[must_use]
    pub fn label(&self, pick: impl FnOnce(&'static PageLabels) -> &'static Text) -> &'static str {
        pick(&LABELS.page).get(self.language())
    }

    /// The relative address of another page in this language.
    #[must_use]
    pub fn link(&self, subject: &Subject) -> String {
        let up = self.address.up();
        format!("{}{}.html", up.strip_prefix("../").unwrap_or_default(), subject.path())
    }

    /// The relative address of this page in another form, its query kept.
    #[must_use]
    pub fn twin(&self, form: Form) -> String {
        let path = self.address.subject.path();
        let name = path.rsplit('/').next().unwrap_or_default();
        format!("{name}.{}{}", form.ending(), self.asked())
    }

    fn asked(&self) -> String {
        if self.query.is_empty() {
            return String::new();
        }
        format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(self.query).finish())
    }

    /// What was asked under a name; none where it is empty.
    #[must_use]
    pub fn asked_for(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether the server can answer questions on this page.
    #[must_use]
    pub fn is_served(&self) -> bool {
        self.carrier != Carrier::File
    }

    /// The address of the place where a figure, pledge or claim was read. `report_of` knows the reports of preferred documents.
    #[must_use]
    pub fn place(&self, id: &str, report_of: impl Fn(&str) -> Option<String>) -> Option<String> {
        let (document, anchor) = place_of(id)?;
        let subject = report_of(document).map_or_else(|| Subject::Document(document.to_owned()), Subject::Report);
        Some(format!("{}#{anchor}", self.link(&subject)))
    }
}

/// A table of a page, for programs.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The names of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// As CSV (RFC 4180), with a byte order mark for Excel. A cell that a spreadsheet would take for a formula is led by an apostrophe.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = String::from("\u{feff}");
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            for (at, cell) in cells.enumerate() {
                let lead = if at > 0 { "," } else { "" };
                let is_number = cell.parse::<f64>().is_ok();
                let guard = if !is_number && looks_like_a_formula(cell) { "'" } else { "" };
                // Writing into a string cannot fail.
                let _ = if cell.contains([',', '"', '\n', '\r']) {
                    write!(csv, "{lead}\"{guard}{}\"", cell.replace('"', "\"\""))
                } else {
                    write!(csv, "{lead}{guard}{cell}")
                };
            }
            csv.push_str("\r\n");
        };
        line(&mut self.columns.iter().copied());
        for row in &self.rows {
            line(&mut row.iter().map(String::as_str));
        }
        csv
    }

    /// Rows of a table, from the lines that commands print as JSON.
    #[must_use]
    pub fn of_lines<T: serde::Serialize>(columns: &[&'static str], lines: &[T]) -> Self {
        let rows = lines.iter().map(|line| {
            let line = serde_json::to_value(line).unwrap_or_default();
            columns.iter().map(|column| cell(&line[column])).collect()
        });
        Sheet { columns: columns.to_vec(), rows: rows.collect() }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What a page says.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its content for people.
    pub main: Markup,
    /// Its content for programs.
    pub json: Value,
    /// Its table.
    pub sheet: Option<Sheet>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing has this address.
    #[error("there is no such page")]
    Missing,
    /// What was asked cannot be understood.
    #[error("{0}")]
    Asked(String),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Problem {
    /// Whether the ledger was asked for too much.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        let Problem::Ledger(error) = self else { return false };
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(rusqlite::Error::SqliteFailure(failure, _)) = error.downcast_ref() {
                return failure.code == rusqlite::ErrorCode::OperationInterrupted;
            }
            cause = error.source();
        }
        false
    }
}

/// What a page of the static site may load; a server says the same in a header.
const FILE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'";

impl Page {
    /// The page in its frame.
    #[must_use]
    pub fn html(&self, view: &View) -> String {
        let language = view.language();
        let words = &LABELS.page;
        let up = view.address.up();
        let is_read = !matches!(view.address.subject, Subject::Check | Subject::CheckFigure(_));
        html! {
            (DOCTYPE)
            html lang=(language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    @if view.carrier == Carrier::File { meta http-equiv="Content-Security-Policy" content=(FILE_POLICY); }
                    meta name="referrer" content="same-origin";
                    title { (self.title) " · " (words.book.get(language)) }
                    link rel="stylesheet" href={(up) "book.css"};
                    link rel="icon" href={(up) "icon.svg"} type="image/svg+xml";
                    @for other in Language::ALL {
                        link rel="alternate" hreflang=(other.tag()) href=(in_language(view, other));
                    }
                    @if is_read { link rel="alternate" type="application/json" href=(view.twin(Form::Json)); }
                }
                body {
                    a.skip href="#main" { (words.skip.get(language)) }
                    header.top {
                        nav aria-label=(words.book.get(language)) {
                            a.book href=(view.link(&Subject::Home)) { (words.book.get(language)) }
                            (navigation(view))
                        }
                        nav.languages aria-label="Language" {
                            @for other in Language::ALL {
                                a href=(in_language(view, other)) lang=(other.tag()) hreflang=(other.tag())
                                    aria-current=[(other == language).then_some("true")] { (other.own_name()) }
                            }
                        }
                    }
                    main id="main" { (self.main) }
                    footer {
                        p {
                            (words.permanent.get(language)) " "
                            a href=(view.twin(Form::Html)) { (view.address.path()) }
                            @if is_read {
                                " · " a href=(view.twin(Form::Json)) { (words.as_json.get(language)) }
                                @if self.sheet.is_some() {
                                    " · " a href=(view.twin(Form::Csv)) { (words.as_csv.get(language)) }
                                    " · " a href=(view.twin(Form::Xlsx)) { (words.as_xlsx.get(language)) }
                                }
                            }
                        }
                        p { (fill(words.made_by.get(language), &[env!("CARGO_PKG_VERSION")])) }
                    }
                }
            }
        }
        .into_string()
    }

    /// The page as JSON.
    #[must_use]
    pub fn as_json(&self, view: &View) -> String {
        let page = json!({
            "page": view.address.path(),
            "title": self.title,
            "program": concat!("pledgebook ", env!("CARGO_PKG_VERSION")),
            "content": self.json,
        });
        page.to_string()
    }
}

fn in_language(view: &View, language: Language) -> String {
    format!("{}{}/{}.html{}", view.address.up(), language.path(), view.address.subject.path(), view.asked())
}

fn navigation(view: &View) -> Markup {
    let words = &LABELS.page;
    let mut pages = vec![(Subject::Verdicts(None), &words.verdicts), (Subject::Indicators, &words.indicators)];
    if view.is_served() {
        pages.extend([(Subject::Words, &words.words), (Subject::Search, &words.search)]);
    }
    if matches!(view.carrier, Carrier::Editor { .. }) {
        pages.push((Subject::Check, &words.check));
    }
    pages.push((Subject::About, &words.about));
    html! {
        @for (subject, label) in &pages {
            a href=(view.link(subject)) aria-current=[(view.address.subject == *subject).then_some("page")] { (label.get(view.language())) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text() {
        let rows = vec![
            vec!["=cmd|'/C calc'!A0".to_owned(), "-0.4".to_owned(), "a \"b\", c".to_owned()],
            vec!["@x".to_owned(), "+x".to_owned(), "−3%".to_owned()],
        ];
        let csv = Sheet { columns: vec!["a", "b", "c"], rows }.csv();
        assert_eq!(csv, "\u{feff}a,b,c\r\n'=cmd|'/C calc'!A0,-0.4,\"a \"\"b\"\", c\"\r\n'@x,'+x,−3%\r\n");
    }
}
