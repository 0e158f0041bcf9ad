//! `areas.csv` → `areas.rs`: the areas in the order of the file, and every name an area goes by in the order of the names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// What the nation is called in the names of its organs.
const NATION: [&str; 4] = ["中华人民共和国", "国务院", "全国人民代表大会", "全国人大"];

/// Endings of autonomous areas and the short one in use beside them: 恩施州, 三江县, 广西自治区.
const ENDINGS: [(&str, &str); 5] = [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "自治区"), ("特别行政区", "特区")];

/// Writes `areas.rs` into `out`.
///
/// # Panics
/// On a row that lacks a column or has a bad one; `pledgebook lexicon check` explains what is wrong with it.
pub(crate) fn write(data: &Path, out: &Path) {
    let file = data.join("areas.csv");
    println!("cargo::rerun-if-changed={}", file.display());
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut areas = String::new();
    let mut names = BTreeSet::new();
    for (index, line) in text.lines().skip(1).enumerate() {
        let row: Vec<&str> = line.split(',').collect();
        let [code, name, short, level, parent, from, to, successor, english] = row[..] else {
            panic!("areas.csv: `{line}` has not nine columns")
        };
        let code_of = |word: &str| match word {
            "" => "None".to_owned(),
            _ => format!("Some({})", number(word)),
        };
        let year = |word: &str| if word.is_empty() { "None".to_owned() } else { format!("Some({word})") };
        writeln!(
            areas,
            "    Area {{ code: {}, name: {name:?}, short: {short:?}, level: Level::{}, parent: {}, valid_from: {}, valid_to: {}, successor: {}, english: {english:?} }},",
            number(code), variant(level), code_of(parent), year(from), year(to), code_of(successor)
        )
        .unwrap();
        names.extend(called(code, name, short).into_iter().map(|(called, kind)| (called, kind, index)));
    }
    let mut rust = format!("static AREAS: [Area; {}] = [\n{areas}];\n", text.lines().count() - 1);
    writeln!(rust, "static NAMES: [Name; {}] = [", names.len()).unwrap();
    for (called, kind, index) in &names {
        writeln!(rust, "    Name {{ text: {called:?}, kind: NameKind::{kind}, area: {index} }},").unwrap();
    }
    rust.push_str("];\n");
    std::fs::write(out.join("areas.rs"), rust).expect("OUT_DIR can be written");
}

/// The names of an area, with the variant of `NameKind`.
fn called(code: &str, name: &str, short: &str) -> Vec<(String, &'static str)> {
    let mut names = vec![(name.to_owned(), if code == "CN" { "Short" } else { "Full" })];
    if short != name {
        names.push((short.to_owned(), "Short"));
        names.extend(ENDINGS.iter().filter(|(long, _)| name.ends_with(long)).map(|(_, brief)| (format!("{short}{brief}"), "Full")));
    }
    if code == "CN" {
        names.extend(NATION.map(|name| (name.to_owned(), "Full")));
    }
    names
}

fn number(code: &str) -> String {
    match code {
        "CN" => "AreaCode(0)".to_owned(),
        _ => format!("AreaCode({})", code.parse::<u32>().unwrap_or_else(|_| panic!("areas.csv: `{code}` is no code"))),
    }
}

fn variant(level: &str) -> &'static str {
    match level {
        "nation" => "Nation",
        "province" => "Province",
        "prefecture" => "Prefecture",
        "county" => "County",
        other => panic!("areas.csv: `{other}` is no level"),
    }
}
