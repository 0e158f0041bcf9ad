//! From an address to the bytes of its answer.

use maud::html;
use pledgebook_ledger::LedgerError;
use serde_json::json;

use crate::address::{Address, Form};
use crate::book::{Book, Limit};
use crate::labels::LABELS;
use crate::page::{Carrier, Page, Problem, View};
use crate::pages::{self, Source};
use crate::workbook::workbook;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// How it went, as a status of HTTP.
    pub(crate) status: u16,
    /// Its media type.
    pub(crate) media: &'static str,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
}

/// What the server and the site have beside pages.
pub(crate) const STYLE: &str = include_str!("book.css");
pub(crate) const ICON: &str = include_str!("icon.svg");

/// Answers an address; a problem is a page too.
pub(crate) fn answer(book: &Book, address: &Address, query: &[(String, String)], carrier: Carrier, limit: Limit) -> Answer {
    let view = View { address, query, carrier, lexicon: book.lexicon() };
    let made = book.ask(limit, |db| {
        let source = Source { ledger: book.ledger(), db };
        if address.form == Form::Svg {
            return pages::chart(source, &view).map(String::into_bytes);
        }
        let page = pages::page(source, &view)?;
        match address.form {
            Form::Html => Ok(page.html(&view).into_bytes()),
            Form::Json => Ok(page.as_json(&view).into_bytes()),
            Form::Csv => page.sheet.as_ref().map(|sheet| sheet.csv().into_bytes()).ok_or(Problem::Missing),
            Form::Xlsx => workbook(page.sheet.as_ref().ok_or(Problem::Missing)?).map_err(|error| Problem::Asked(error.to_string())),
            Form::Svg => Err(Problem::Missing),
        }
    });
    match made {
        Ok(body) => Answer { status: 200, media: address.form.media(), body },
        Err(problem) => refusal(&problem, &view),
    }
}

/// The page that says why there is none.
pub(crate) fn refusal(problem: &Problem, view: &View) -> Answer {
    let language = view.language();
    let words = &LABELS.page;
    let (status, title, told) = match problem {
        Problem::Missing => (404, words.not_found.get(language), words.not_found_hint.get(language).to_owned()),
        Problem::Asked(reason) => (400, words.failed.get(language), reason.clone()),
        problem if problem.is_too_long() => (503, words.failed.get(language), words.too_long.get(language).to_owned()),
        // Paths of files are nobody's business who only reads pages.
        Problem::Ledger(error) => (500, words.failed.get(language), without_path(error)),
    };
    if view.address.form != Form::Html {
        return Answer { status, media: Form::Json.media(), body: json!({ "error": told }).to_string().into_bytes() };
    }
    let page = Page { title: title.to_owned(), main: html! { h1 { (title) } p { (told) } }, json: json!(null), sheet: None };
    Answer { status, media: Form::Html.media(), body: page.html(view).into_bytes() }
}

fn without_path(error: &LedgerError) -> String {
    let told = error.to_string();
    told.rsplit(": ").next().unwrap_or_default().to_owned()
}
