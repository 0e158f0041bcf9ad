//! What the command does with good and bad input: exit codes, messages, order, closed output.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn pledgebook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).env("LANG", "C").output().expect("the command runs")
}

fn sample(name: &str) -> String {
    format!("{}/../../sample/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A file made for one test, in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = dir.join(name);
    std::fs::write(&path, bytes).expect("a file in the folder for tests");
    path
}

/// Asserts that reading `path` fails with exit 1, names it and gives a reason, and that good files are still read.
fn refused(path: &str, reason: &str) {
    let good = sample("lanchuan-2024.txt");
    let done = pledgebook(&["read", "--format", "json", path, &good]);
    let (said, printed) = (String::from_utf8_lossy(&done.stderr), String::from_utf8_lossy(&done.stdout));
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains(path) && said.to_lowercase().contains(reason), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(printed.lines().count(), 1, "the good file is read: {said}");
}

#[test]
fn a_missing_file_is_named() {
    refused("/no/such/report.txt", "no such file");
}

#[test]
fn a_directory_is_named() {
    refused(env!("CARGO_TARGET_TMPDIR"), "directory");
}

#[test]
fn an_empty_file_is_named() {
    refused(file("empty.txt", b"").to_str().unwrap(), "empty");
}

#[test]
fn a_binary_file_is_named() {
    let bytes: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    refused(file("binary.txt", &bytes).to_str().unwrap(), "byte");
}

#[test]
fn a_text_without_chinese_is_named() {
    refused(file("english.txt", b"Report on the work of the government\n").to_str().unwrap(), "no chinese");
}

#[test]
fn a_file_of_200_megabytes_is_refused_unread() {
    let path = file("long.txt", b"");
    std::fs::File::create(&path).and_then(|file| file.set_len(200 << 20)).expect("a sparse file");
    refused(path.to_str().unwrap(), "mib");
    std::fs::remove_file(path).expect("it is ours");
}

#[test]
fn a_broken_utf8_file_is_named() {
    let mut bytes = "政府工作报告\n各位代表：".as_bytes().to_vec();
    bytes.extend([0xE4, 0xB8]);
    refused(file("broken.txt", &bytes).to_str().unwrap(), "utf-8");
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_the_others_are_printed() {
    let text = std::fs::read_to_string(sample("lanchuan-2024.txt")).expect("the sample");
    let table = file("rows.csv", format!("year,报告\n2023,\n2024,\"{text}\"\n").as_bytes());
    let done = pledgebook(&["read", "--format", "json", table.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1), "no column is known to hold the text");
    assert!(String::from_utf8_lossy(&done.stderr).contains("there are: year, 报告"));

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("settings");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("pledgebook.toml"), "[columns]\ntext = \"报告\"\n").expect("a file");
    let read = |format: &str| {
        let arguments = ["read", "--format", format, table.to_str().unwrap()];
        Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).current_dir(&folder).output().expect("the command runs")
    };
    let done = read("json");
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).ends_with("rows.csv: row 1: the row has no text\n"));
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).expect("one line of JSON");
    assert_eq!((&line["documents"][0]["row"], &line["documents"][0]["year"]), (&2.into(), &2024.into()));
    assert_eq!(line["documents"][0]["sha256"].as_str().map(str::len), Some(64));

    std::fs::write(folder.join("pledgebook.toml"), "[columns]\ntxt = 1\n").expect("a file");
    let done = read("text");
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("pledgebook.toml"), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn wrong_use_exits_2() {
    for arguments in [&["read"][..], &["promise"], &["read", "--format", "xml", "x"], &["read", "--threads", "0", "x"]] {
        assert_eq!(pledgebook(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_stops_early_ends_the_run_quietly() {
    let many = vec![sample("lanchuan-2024.txt"); 200];
    let mut running = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(["read", "--format", "json"])
        .args(many)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut first = [0; 16];
    running.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
    let done = running.wait_with_output().expect("an end");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn threads_change_neither_output_nor_order() {
    let files: Vec<String> = (0..40).map(|i| sample(["lanchuan-2024.txt", "lanchuan-2025.txt"][i % 2])).collect();
    for format in ["json", "text"] {
        let with = |threads: &'static str| {
            let mut arguments = vec!["read", "--format", format, "--lang", "en", "--width", "80", "--threads", threads];
            arguments.extend(files.iter().map(String::as_str));
            pledgebook(&arguments).stdout
        };
        assert!(with("1") == with("2"), "{format}");
    }
}

#[test]
fn colour_is_for_terminals_only() {
    let done = pledgebook(&["read", &sample("lanchuan-2024.txt")]);
    assert!(!done.stdout.contains(&0x1b));
}

#[test]
fn the_built_in_lexicon_has_no_mistakes_and_a_missing_one_is_named() {
    assert_eq!(pledgebook(&["lexicon", "check"]).status.code(), Some(0));
    let done = pledgebook(&["lexicon", "check", "/no/such/lexicon"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("/no/such/lexicon"));
}
