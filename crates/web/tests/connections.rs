//! What only a real connection shows: slow clients, several at once, where corrections are taken.

mod invented;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use pledgebook_lexicon::Lexicon;
use pledgebook_web::{Book, Serve, ServeError, serve};
use tempfile::TempDir;

/// A server on a free port of its own; it ends with the test.
fn served(folder: &TempDir) -> SocketAddr {
    let book = Book::open(&invented::ledger(folder), Lexicon::builtin(), "built-in".to_owned()).unwrap();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let asked = Serve { address: "127.0.0.1:0".parse().unwrap(), hosts: Vec::new(), editor: None };
        serve(book, &asked, |address, key| {
            assert_eq!(key, None);
            tell.send(address).unwrap();
        })
    });
    told.recv_timeout(Duration::from_secs(60)).expect("the server is ready")
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_client_that_never_ends_its_request_keeps_nobody_waiting() {
    let folder = TempDir::new().unwrap();
    let address = served(&folder);
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(b"GET /en/index.html HTTP/1.1\r\nHost: ").unwrap();
            stream
        })
        .collect();
    assert!(get(address, "/en/index.html").starts_with("HTTP/1.1 200"));
    // In the end the server hangs up on them.
    let mut one = &slow[0];
    one.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut rest = Vec::new();
    let ended = one.read_to_end(&mut rest);
    assert!(ended.is_ok(), "{ended:?}");
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
}

#[test]
fn an_answer_to_head_has_no_body_and_pages_are_answered_side_by_side() {
    let folder = TempDir::new().unwrap();
    let address = served(&folder);
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "HEAD /en/index.html HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\n"), "{answer}");
    let readers: Vec<_> = (0..40).map(|_| std::thread::spawn(move || get(address, "/en/report/360000-2025-work_report.html"))).collect();
    for reader in readers {
        assert!(reader.join().unwrap().starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn corrections_are_taken_on_loopback_only() {
    let folder = TempDir::new().unwrap();
    let book = Book::open(&invented::ledger(&folder), Lexicon::builtin(), "built-in".to_owned()).unwrap();
    let asked = Serve { address: "0.0.0.0:0".parse().unwrap(), hosts: Vec::new(), editor: Some("陈校".to_owned()) };
    let refused = serve(book, &asked, |_, _| panic!("it must not start"));
    assert!(matches!(refused, Err(ServeError::EditBeyondLoopback(_))));
}
