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
fn the_demo_builds_three_areas_over_three_years_and_writes_their_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("demo");
    let done = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(["demo", "--lang", "en", "--width", "130", "--to"])
        .arg(&to)
        .output()
        .expect("it runs");
    let shown = String::from_utf8(done.stdout).expect("text");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    for area in ["澜川省", "云汀市", "棠浦县"] {
        for year in 2024..=2026 {
            assert!(shown.contains(&format!("{area} {year}")), "{area} {year}");
        }
    }
    // What the sample says by its table in sample/README.md.
    for part in ["missed −1.9", "met +0.4, stretch missed", "pledgebook serve"] {
        assert!(shown.contains(part), "{part}");
    }
    for page in ["index.html", "zh-hant/report/990121-2026-work_report.html", "en/area/990100.json", "en/chart/990000/gdp/growth.svg"] {
        assert!(to.join("site").join(page).is_file(), "{page}");
    }
}
