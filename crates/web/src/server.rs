//! The pages over HTTP.
//!
//! Read-only unless it takes corrections, which it does on a loopback address only and from whoever opened the page with the key
//! that was printed at the start. What is refused, and why, is listed in docs/security.md; each line there is a test.

mod connections;
mod correct;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, Request, Response, StatusCode, Uri};
use tokio::sync::Semaphore;

use crate::address::{Address, Form, Subject};
use crate::answer::{Answer, ICON, STYLE, answer};
use crate::book::{Book, Limit};
use crate::labels::Language;
use crate::page::Carrier;

/// The longest address with its question, in bytes.
const ADDRESS: usize = 4096;

/// Pages that are made at the same time; more wait for their turn.
const AT_ONCE: usize = 16;

/// How long a page waits for its turn.
const TURN: Duration = Duration::from_secs(10);

/// Only what this server sends is shown, and no script runs.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How to serve.
#[derive(Clone, Debug)]
pub struct Serve {
    /// Where to listen.
    pub address: SocketAddr,
    /// Names by which it may be called, beside its address and, on loopback, `localhost`.
    pub hosts: Vec<String>,
    /// Who corrects; nobody where corrections are not taken.
    pub editor: Option<String>,
}

/// Why pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Corrections over the network.
    #[error("corrections are taken on a loopback address only, and {0} is none; leave off --edit or listen on 127.0.0.1")]
    EditBeyondLoopback(SocketAddr),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The system gives no thread or no random numbers.
    #[error("cannot start: {0}")]
    Start(String),
}

/// Somebody who may correct.
#[derive(Clone, Debug)]
pub struct Editor {
    /// Who it is.
    pub who: String,
    /// What opens the pages for corrections; kept as a cookie.
    pub key: String,
    /// What every form must carry.
    pub token: String,
}

impl Editor {
    /// An editor with a fresh key and token.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn new(who: &str) -> Result<Self, ServeError> {
        let secret = || {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(|error| ServeError::Start(error.to_string()))?;
            Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        };
        Ok(Editor { who: who.to_owned(), key: secret()?, token: secret()? })
    }
}

/// What every request needs.
#[derive(Debug)]
pub struct Desk {
    book: Book,
    hosts: Vec<String>,
    editor: Option<Editor>,
    turns: Semaphore,
    /// Corrections come one after the other.
    pen: tokio::sync::Mutex<()>,
}

impl Desk {
    /// A desk that answers to these names.
    #[must_use]
    pub fn new(book: Book, hosts: Vec<String>, editor: Option<Editor>) -> Self {
        let hosts = hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect();
        Desk { book, hosts, editor, turns: Semaphore::new(AT_ONCE), pen: tokio::sync::Mutex::default() }
    }

    /// Whoever sends the key, as a cookie, may correct.
    fn editor_of(&self, headers: &HeaderMap) -> Option<&Editor> {
        let editor = self.editor.as_ref()?;
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut keys = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().strip_prefix("pledgebook="));
        keys.any(|key| is_same(key, &editor.key)).then_some(editor)
    }
}

/// Compares secrets in the same time, wherever they differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// The pages as a service.
pub fn router(desk: Desk) -> Router {
    Router::new().fallback(receive).with_state(Arc::new(desk))
}

/// Serves a book until it is told to stop. `ready` is told the address, and the key for corrections.
///
/// # Errors
/// When it cannot listen, or corrections would be taken beyond loopback.
pub fn serve(book: Book, asked: &Serve, ready: impl FnOnce(SocketAddr, Option<&str>)) -> Result<(), ServeError> {
    if asked.editor.is_some() && !asked.address.ip().is_loopback() {
        return Err(ServeError::EditBeyondLoopback(asked.address));
    }
    let editor = asked.editor.as_deref().map(Editor::new).transpose()?;
    let key = editor.as_ref().map(|editor| editor.key.clone());
    let mut hosts = asked.hosts.clone();
    hosts.push(asked.address.ip().to_string());
    if asked.address.is_ipv6() {
        hosts.push(format!("[{}]", asked.address.ip()));
    }
    if asked.address.ip().is_loopback() {
        hosts.push("localhost".to_owned());
    }
    let service = router(Desk::new(book, hosts, editor));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| ServeError::Start(error.to_string()))?;
    runtime.block_on(async {
        let fail = |source| ServeError::Listen { address: asked.address, source };
        let listener = tokio::net::TcpListener::bind(asked.address).await.map_err(fail)?;
        ready(listener.local_addr().map_err(fail)?, key.as_deref());
        connections::accept(listener, service).await;
        Ok(())
    })
}

async fn receive(State(desk): State<Arc<Desk>>, request: Request<Body>) -> Response<Body> {
    let mut response = respond(&desk, request).await;
    let headers = response.headers_mut();
    let is_drawing = headers.get(header::CONTENT_TYPE).is_some_and(|media| media == Form::Svg.media());
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        // Other sites learn nothing; with less, a browser would not say where a form of ours comes from.
        ("referrer-policy", "same-origin"),
        // Drawings may stand in other people's pages.
        ("cross-origin-resource-policy", if is_drawing { "cross-origin" } else { "same-origin" }),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn respond(desk: &Arc<Desk>, request: Request<Body>) -> Response<Body> {
    if !is_for_us(&desk.hosts, &request) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "this server does not go by that name; start it with --host NAME if it should");
    }
    let (parts, body) = request.into_parts();
    if parts.uri.path().len() + parts.uri.query().unwrap_or_default().len() > ADDRESS {
        return plain(StatusCode::URI_TOO_LONG, "the address is too long");
    }
    let query: Vec<(String, String)> = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    match (&parts.method, parts.uri.path()) {
        (&Method::GET | &Method::HEAD, "/") => entrance(desk, &parts.headers, &query),
        (&Method::GET | &Method::HEAD, "/book.css") => file("text/css; charset=utf-8", STYLE),
        (&Method::GET | &Method::HEAD, "/icon.svg") => file(Form::Svg.media(), ICON),
        (&Method::GET | &Method::HEAD, path) => page(desk, path.to_owned(), query, &parts.headers).await,
        (&Method::POST, path) => match Address::parse(path) {
            Some(Address { subject: Subject::CheckFigure(figure), form: Form::Html, .. }) => {
                correct::correct(desk, &parts, body, &figure).await
            }
            _ => refused_method(),
        },
        _ => refused_method(),
    }
}

fn refused_method() -> Response<Body> {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "pages are only read");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// Whether the request names this server: a page elsewhere whose name leads here must not read it (DNS rebinding).
fn is_for_us(hosts: &[String], request: &Request<Body>) -> bool {
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or(request.uri().authority().map(axum::http::uri::Authority::as_str));
    let Some(named) = named else { return false };
    let name = match named.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => named,
    };
    let name = name.to_ascii_lowercase();
    hosts.contains(&name)
}

/// The root leads to the reader's language; with the key, to the pages for corrections.
fn entrance(desk: &Desk, headers: &HeaderMap, query: &[(String, String)]) -> Response<Body> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = Language::accepted(accepted);
    let key = query.iter().find(|(name, _)| name == "key").map(|(_, key)| key.as_str());
    let editor = desk.editor.as_ref().filter(|editor| key.is_some_and(|key| is_same(key, &editor.key)));
    let mut response = see(&format!("/{}/{}.html", language.path(), if editor.is_some() { "check" } else { "index" }));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    if let Some(editor) = editor
        && let Ok(cookie) = HeaderValue::from_str(&format!("pledgebook={}; HttpOnly; SameSite=Strict; Path=/", editor.key))
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

async fn page(desk: &Arc<Desk>, path: String, query: Vec<(String, String)>, headers: &HeaderMap) -> Response<Body> {
    let editor = desk.editor_of(headers).cloned();
    let Some(address) = Address::parse(&path) else {
        return missing(desk, &path, editor.as_ref());
    };
    let Ok(Ok(_turn)) = tokio::time::timeout(TURN, desk.turns.acquire()).await else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "too many pages are asked for at once; try again");
    };
    let making = Arc::clone(desk);
    let made = tokio::task::spawn_blocking(move || {
        let carrier = carrier(editor.as_ref());
        answer(&making.book, &address, &query, carrier, Limit::OfAPage)
    });
    match made.await {
        Ok(answer) => sent(answer),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made"),
    }
}

fn carrier(editor: Option<&Editor>) -> Carrier<'_> {
    editor.map_or(Carrier::Server, |editor| Carrier::Editor { who: &editor.who, token: &editor.token })
}

/// The page for an address that is none, in the language that it begins with.
fn missing(desk: &Desk, path: &str, editor: Option<&Editor>) -> Response<Body> {
    let language = path.split('/').nth(1).and_then(Language::of_path).unwrap_or(Language::English);
    let address = Address { language, subject: Subject::Home, form: Form::Html };
    let view = crate::page::View { address: &address, query: &[], carrier: carrier(editor), lexicon: desk.book.lexicon() };
    let mut answer = crate::answer::refusal(&crate::page::Problem::Missing, &view);
    // Its links are relative, and this address may be of any depth.
    let mut page = String::from_utf8_lossy(&answer.body).replace("href=\"../", "href=\"/");
    let deep = format!("href=\"/{}/", language.path());
    for name in ["index", "verdicts", "indicators", "words", "search", "about", "check"] {
        page = page.replace(&format!("href=\"{name}.html\""), &format!("{deep}{name}.html\""));
    }
    answer.body = page.into_bytes();
    sent(answer)
}

fn sent(answer: Answer) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media));
    response
}

fn file(media: &'static str, content: &'static str) -> Response<Body> {
    sent(Answer { status: 200, media, body: content.to_owned().into_bytes() })
}

fn plain(status: StatusCode, told: &str) -> Response<Body> {
    sent(Answer { status: status.as_u16(), media: "text/plain; charset=utf-8", body: format!("{told}\n").into_bytes() })
}

/// Sends the reader on.
fn see(place: &str) -> Response<Body> {
    let mut response = plain(StatusCode::SEE_OTHER, place);
    if let Ok(uri) = place.parse::<Uri>().map(|uri| uri.to_string())
        && let Ok(value) = HeaderValue::from_str(&uri)
    {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}
