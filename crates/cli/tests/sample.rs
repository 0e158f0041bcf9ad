//! The cards of the sample corpus, as people see them.

use std::process::Command;

fn card(file: &str, language: &str, width: &str) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(["read", file, "--lang", language, "--width", width])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .expect("the command runs");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

#[test]
fn the_first_year_in_english() {
    insta::assert_snapshot!(card("sample/lanchuan-2024.txt", "en", "80"));
}

#[test]
fn the_second_year_in_chinese() {
    insta::assert_snapshot!(card("sample/lanchuan-2025.txt", "zh", "120"));
}

#[test]
fn the_demo_shows_both_years_and_what_to_do_next() {
    let done = Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(["demo", "--lang", "en", "--width", "100"]).output().expect("it runs");
    let shown = String::from_utf8(done.stdout).expect("text");
    assert_eq!(done.status.code(), Some(0));
    for part in ["sample/lanchuan-2024.txt", "sample/lanchuan-2025.txt", "pledgebook explain"] {
        assert!(shown.contains(part), "{part}");
    }
}
