//! Corrections from a form: from this site, with its token, by whom the key names; on the disk before they are acknowledged.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use pledgebook_ledger::{Connection, Correct, CorrectError, LedgerError, Target};
use pledgebook_reconcile::Extent;

use super::{Desk, is_same, plain, see};
use crate::book::Limit;
use crate::pages::check::FIELDS;

/// The field that says that somebody has found a figure right.
const CHECKED: &str = "checked";

/// The longest form, in bytes.
const LONGEST: usize = 64 * 1024;

/// How long a client may take to send it.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn correct(desk: &Arc<Desk>, parts: &Parts, body: Body, figure: &str) -> Response<Body> {
    let Some(editor) = desk.editor_of(&parts.headers).cloned() else {
        return plain(
            StatusCode::FORBIDDEN,
            "corrections are taken only from who opened the pages with the key that `serve --edit` printed",
        );
    };
    if !is_from_here(parts) {
        return plain(StatusCode::FORBIDDEN, "this form was sent from another site");
    }
    let form = match tokio::time::timeout(PATIENCE, Limited::new(body, LONGEST).collect()).await {
        Ok(Ok(form)) => form.to_bytes(),
        Ok(Err(_)) => return plain(StatusCode::PAYLOAD_TOO_LARGE, "the form is too long, or broke off"),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT, "the form took too long"),
    };
    let form: Vec<(String, String)> = form_urlencoded::parse(&form).into_owned().collect();
    let sent = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    if !sent("token").is_some_and(|token| is_same(token, &editor.token)) {
        return plain(StatusCode::FORBIDDEN, "the form does not carry the token of this session; open the page again");
    }
    let is_right = sent(CHECKED) == Some("1");
    let why = sent("why").filter(|why| !why.is_empty()).or(is_right.then_some("held against the text and found right"));
    let why = why.unwrap_or_default().to_owned();
    if why.is_empty() {
        return plain(StatusCode::BAD_REQUEST, "say why");
    }
    let _pen = desk.pen.lock().await;
    let (writing, id) = (Arc::clone(desk), figure.to_owned());
    let made = tokio::task::spawn_blocking(move || write(&writing, &editor.who, &id, &form, &why)).await;
    match made {
        Ok(Ok(())) => see(&format!("{}?{}", parts.uri.path(), asked_again(parts.uri.query().unwrap_or_default()))),
        Ok(Err(Refused::Nothing)) => plain(StatusCode::BAD_REQUEST, "nothing was changed in the form"),
        Ok(Err(Refused::Changed)) => {
            plain(StatusCode::BAD_REQUEST, "the form was changed: say why and choose to correct, or open the page again and find it right")
        }
        Ok(Err(Refused::Correction(CorrectError::NoItem { .. }))) => plain(StatusCode::NOT_FOUND, "there is no such figure"),
        Ok(Err(Refused::Correction(CorrectError::Ledger(error)) | Refused::Ledger(error))) => {
            plain(StatusCode::SERVICE_UNAVAILABLE, &format!("the correction was not made: {error}"))
        }
        Ok(Err(Refused::Correction(error))) => plain(StatusCode::BAD_REQUEST, &error.to_string()),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the correction was not made"),
    }
}

/// The question of the page after a correction: what was asked before, and that it was saved.
fn asked_again(query: &str) -> String {
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| matches!(&**name, "sample" | "size"));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).append_pair("saved", "1").finish()
}

/// Whether the form was sent by a page of this server. Browsers say so in one header or the other.
fn is_from_here(parts: &Parts) -> bool {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    match (text("origin"), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => origin.strip_prefix("http://").is_some_and(|origin| origin == host),
        (Some(_), None) => false,
        (None, _) => text("sec-fetch-site").is_some(),
    }
}

enum Refused {
    Nothing,
    /// It was said to be right, and was changed.
    Changed,
    Correction(CorrectError),
    Ledger(LedgerError),
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        Refused::Ledger(error)
    }
}

fn write(desk: &Desk, who: &str, figure: &str, form: &[(String, String)], why: &str) -> Result<(), Refused> {
    let book = &desk.book;
    let now = book.ask(Limit::OfAPage, |db| {
        values(db, figure).map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => {
                Refused::Correction(CorrectError::NoItem { target: Target::Figure, id: figure.to_owned() })
            }
            other => LedgerError::of(book.ledger(), other).into(),
        })
    })?;
    let changed = now.iter().filter_map(|(field, was)| {
        let value = form.iter().find(|(key, _)| key == field).map(|(_, value)| value.trim())?;
        (value != was).then(|| ((*field).to_owned(), value.to_owned()))
    });
    let mut set: Vec<(String, String)> = changed.collect();
    if form.iter().any(|(key, value)| key == CHECKED && value == "1") {
        // Right as it stands, or changed: not both.
        if !set.is_empty() {
            return Err(Refused::Changed);
        }
        set.push((CHECKED.to_owned(), "1".to_owned()));
    }
    if set.is_empty() {
        return Err(Refused::Nothing);
    }
    let asked = Correct { target: Target::Figure, id: figure, set: &set, who, why, lexicon: book.lexicon() };
    pledgebook_ledger::correct(book.ledger(), &asked).map_err(Refused::Correction)?;
    // The correction is kept whatever happens now; where a build is at work, it brings the verdicts up to date.
    let _ = pledgebook_reconcile::refresh(book.ledger(), book.lexicon(), book.lexicon_name(), Extent::Changed);
    Ok(())
}

fn values(db: &Connection, figure: &str) -> rusqlite::Result<Vec<(&'static str, String)>> {
    let mut asked = db.prepare_cached(&format!("SELECT {} FROM figures WHERE id = ?1", FIELDS.join(", ")))?;
    asked.query_row([figure], |row| {
        let value = |at: usize| -> rusqlite::Result<String> {
            Ok(match row.get_ref(at)? {
                rusqlite::types::ValueRef::Real(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                _ => String::new(),
            })
        };
        FIELDS.iter().enumerate().map(|(at, field)| Ok((*field, value(at)?))).collect()
    })
}
