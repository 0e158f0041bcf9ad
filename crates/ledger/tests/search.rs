//! Whatever stands in a passage is found, and nothing else.

mod support;

use pledgebook_ledger::{Editions, search, search_in};
use pledgebook_lexicon::folding::fold_char;
use proptest::prelude::*;
use rusqlite::Connection;
use support::{Bench, FIRST_YEAR};

#[test]
fn both_scripts_signs_and_single_characters_are_found() {
    let bench = Bench::with_sample();
    bench.build();
    let count = |query: &str| search(&bench.ledger, query, 50, Editions::Preferred).unwrap().passages;
    for (simplified, other) in [("生产总值", "生產總值"), ("5.5%", "５．５％"), ("就业", "就 業"), ("高技术", "高技術")]
    {
        assert!(count(simplified) > 0, "{simplified}");
        assert_eq!(count(simplified), count(other), "{other}");
    }
    assert!(count("%") > count("5%"));
    assert!(count("的") > 20);
    assert_eq!((count(""), count(" "), count("全无此语")), (0, 0, 0));
}

#[test]
fn a_hit_says_where_it_stands_and_marks_the_query() {
    let bench = Bench::with_sample();
    bench.build();
    let found = search(&bench.ledger, "固定资产投资", 1, Editions::Preferred).unwrap();
    assert!(found.passages > 1);
    let [hit] = &found.hits[..] else { panic!("{found:?}") };
    assert_eq!((hit.year, hit.area.as_deref(), hit.source.as_deref()), (Some(2024), Some("360000"), Some("2024.txt")));
    let mark = hit.marks[0].clone();
    assert_eq!(hit.text.chars().skip(mark.start).take(mark.len()).collect::<String>(), "固定资产投资");
    assert!(hit.section.as_deref().is_some_and(|section| section.contains("经济运行稳中有进")));
}

#[test]
fn other_editions_are_found_when_asked_for() {
    let bench = Bench::empty();
    bench.put("a.txt", &*FIRST_YEAR);
    bench.put("b.txt", FIRST_YEAR.replace('\n', "\r\n"));
    bench.build();
    for query in ["民", "民生", "民生保障"] {
        let count = |editions| search(&bench.ledger, query, 50, editions).unwrap().passages;
        assert_eq!(count(Editions::All), 2 * count(Editions::Preferred), "{query}");
    }
}

/// As the user would say it: the query without white space stands in the passage without white space, in either script, width
/// and size of letters.
fn scan(passages: &[String], query: &str) -> Vec<u32> {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).map(|c| fold_char(c).to_ascii_lowercase()).collect() };
    let query = plain(query);
    let holds = |passage: &(usize, &String)| !query.is_empty() && plain(passage.1).contains(&query);
    passages.iter().enumerate().filter(holds).map(|(at, _)| at as u32).collect()
}

/// A ledger of these passages.
fn ledger_of(passages: &[String]) -> (tempfile::TempDir, Connection) {
    let bench = Bench::empty();
    bench.build();
    let db = bench.db();
    db.execute_batch(
        "INSERT INTO documents (id, sha256, ordinal, start, end, characters, warnings, dropped, sketch, fingerprint)
         VALUES ('d', '', 1, 0, 0, 0, '[]', '[]', x'', '')",
    )
    .unwrap();
    pledgebook_ledger::put_passages(&db, "d", 0, passages.iter().map(String::as_str)).unwrap();
    (bench.dir, db)
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec!["就业", "就業", "业", "增长", "增長5.5%", "％", "%", "5", ".", " ", "　", "的", "\"", "*", "GDP", "gdp", "乾", "隆", "著", "名"])
            .prop_map(String::from),
        2 => "[一-丏]",
        1 => any::<char>().prop_map(String::from),
        1 => Just("𠂉".to_owned()),
        1 => Just("\u{E025}".to_owned()),
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds(
        passages in prop::collection::vec(text(), 1..12),
        others in prop::collection::vec(text(), 1..6),
        parts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1usize..7), 8),
    ) {
        let (_dir, db) = ledger_of(&passages);
        let mut queries = others;
        for (passage, from, length) in parts {
            let characters: Vec<char> = passages[passage.index(passages.len())].chars().collect();
            if !characters.is_empty() {
                queries.push(characters.into_iter().skip(from.index(passages.len() + 7)).take(length).collect());
            }
        }
        for query in queries {
            let found = search_in(&db, &query, 100, Editions::All).unwrap();
            let hits: Vec<u32> = found.hits.iter().map(|hit| hit.passage).collect();
            prop_assert_eq!(found.passages, hits.len() as u64);
            // A private character is taken for any other and for the sign of an unknown one.
            if !query.contains(|c| matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{E07F}')) {
                prop_assert_eq!(hits, scan(&passages, &query), "{:?}", query);
            }
            prop_assert!(found.hits.iter().all(|hit| !hit.marks.is_empty()));
        }
    }
}
