//! Corrections over HTTP, and a server that is killed while they come: what was acknowledged is in the ledger.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rusqlite::Connection;

/// Sends a request and waits for its answer: its status and text. None where the server has gone.
fn ask(server: &str, method: &str, path: &str, cookie: &str, body: &str) -> Option<(u16, String)> {
    let mut connection = TcpStream::connect(server).ok()?;
    connection.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    // A kill may cut the answer short; its first line alone is an acknowledgement.
    let _ = connection.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    Some((answer.split(' ').nth(1)?.parse().ok()?, answer))
}

/// Starts a server that takes corrections: the child, its address and its key.
fn serve(ledger: &str) -> (Child, String, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(["serve", ledger, "--edit", "--who", "陈校", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
    let (address, key) = line.trim().strip_prefix("http://").and_then(|rest| rest.split_once("/?key=")).expect("address and key");
    (server, address.to_owned(), format!("pledgebook={key}"))
}

#[test]
fn no_acknowledged_correction_is_lost_when_the_server_is_killed() {
    let dir = tempfile::tempdir().expect("a folder");
    let ledger = dir.path().join("l.db").to_str().expect("a path in ASCII").to_owned();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sample/lanchuan-2024.txt");
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).output().expect("it runs");
    assert!(run(&["build", sample, "--ledger", &ledger]).status.success());
    let db = || Connection::open(&ledger).expect("the ledger");
    let figure: String = db().query_row("SELECT id FROM figures WHERE raw = '7%'", [], |row| row.get(0)).expect("a figure");
    let page = format!("/en/check/{figure}.html");
    let mut all = 0;
    for round in 0..20 {
        let (mut server, address, cookie) = serve(&ledger);
        let (status, form) = ask(&address, "GET", &page, &cookie, "").expect("the form");
        assert_eq!(status, 200);
        let token = form.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
        let (first, begun) = mpsc::channel();
        let sender = std::thread::spawn({
            let page = page.clone();
            move || {
                let mut acknowledged = Vec::new();
                for number in 0.. {
                    let label = format!("round+{round}+number+{number}");
                    match ask(&address, "POST", &page, &cookie, &format!("token={token}&label={label}&why=test")) {
                        Some((303, _)) => acknowledged.push(label.replace('+', " ")),
                        Some((status, told)) => panic!("{status}: {told}"),
                        None => break,
                    }
                    let _ = first.send(());
                }
                acknowledged
            }
        });
        begun.recv_timeout(Duration::from_secs(60)).expect("a correction is acknowledged");
        std::thread::sleep(Duration::from_millis(round * 13 % 60));
        server.kill().expect("a kill");
        server.wait().expect("an end");
        let acknowledged = sender.join().expect("the sender");
        let db = db();
        let mut made = db.prepare("SELECT count(*) FROM corrections WHERE field = 'label' AND value = ?1").expect("a query");
        for label in &acknowledged {
            assert_eq!(made.query_row([label], |row| row.get::<_, i64>(0)).expect("a count"), 1, "{label}");
        }
        all += acknowledged.len();
    }
    assert!(all >= 20, "{all}");
    let sound: String = db().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(sound, "ok");
    assert!(run(&["verify", &ledger]).status.success());
}
