//! The nation's reports of the shared corpus against official statistics.
//!
//! The texts are no part of the repository. Without them (`PLEDGEBOOK_SHARED`, or `shared` beside the workspace) the test says that it
//! was skipped, or fails when `PLEDGEBOOK_REQUIRE_SHARED` is set.

mod invented;

use std::path::PathBuf;

use invented::Corpus;
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::panel_lines::panel_lines;
use pledgebook_reconcile::{Extent, refresh, statistics};

const PAGE: &str = include_str!("../../../docs/reconcile.md");

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PLEDGEBOOK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let found = root.join(path);
    if !found.exists() {
        assert!(std::env::var_os("PLEDGEBOOK_REQUIRE_SHARED").is_none(), "{} is not there", found.display());
        println!("skipped: {} is not there", found.display());
        return None;
    }
    Some(found)
}

#[test]
fn the_goals_of_the_nation_have_the_verdicts_that_the_page_lists() {
    let (Some(reports), Some(numbers)) = (shared("corpus/national/national.jsonl"), shared("statistics/national-1978-2014.csv")) else {
        return;
    };
    let corpus = Corpus::new();
    std::fs::copy(reports, corpus.folder().join("national.jsonl")).unwrap();
    corpus.build();
    let imported = statistics::import(&corpus.ledger(), &numbers, &corpus.lexicon).unwrap();
    assert!(imported.new > 200 && imported.refused.is_empty(), "{imported:?}");
    refresh(&corpus.ledger(), &corpus.lexicon, "built-in", Extent::Changed).unwrap();
    let asked = Asked { area: Some("CN".to_owned()), ..Asked::default() };
    let panel = panel_lines(&corpus.ledger(), &corpus.db(), &asked).unwrap();
    let table =
        PAGE.lines().skip_while(|line| !line.starts_with("| year | goal | outcome")).skip(2).take_while(|line| line.starts_with('|'));
    let mut rows = 0;
    for row in table {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [year, goal, outcome, verdict, strict, margin, flags] = cells[..] else { panic!("not seven cells: {row}") };
        let [indicator, low, bound] = goal.split(' ').collect::<Vec<_>>()[..] else { panic!("not a goal: {goal}") };
        let found = panel.iter().find(|line| line.year.to_string() == year && line.indicator == indicator && line.measure == "growth");
        let found = found.unwrap_or_else(|| panic!("no {indicator} of {year} in the panel"));
        let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
        let told = [number(found.goal_low), found.goal_bound.clone().unwrap_or_default(), number(found.outcome_low)];
        assert_eq!(told, [low, bound, outcome], "{row}");
        let judged = [found.verdict.as_deref(), found.verdict_strict.as_deref()].map(Option::unwrap_or_default);
        assert_eq!((judged, number(found.margin).as_str(), found.flags.as_str()), ([verdict, strict], margin, flags), "{row}");
        rows += 1;
    }
    assert_eq!(rows, 12);
}
