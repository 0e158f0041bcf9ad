//! The shared corpus as one ledger: every input read or refused with its reason, reports counted once, every quote proven.
//!
//! The files are no part of the repository. Without them (`PLEDGEBOOK_SHARED`, or `shared` beside the workspace) the test says that
//! it was skipped, unless `PLEDGEBOOK_REQUIRE_SHARED` is set.

mod support;

use std::path::PathBuf;

use pledgebook_ledger::verify;
use support::{Bench, build_into};

fn shared() -> Option<PathBuf> {
    let root = std::env::var_os("PLEDGEBOOK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    if root.join("corpus").exists() {
        return Some(root);
    }
    assert!(std::env::var_os("PLEDGEBOOK_REQUIRE_SHARED").is_none(), "{} is not there", root.display());
    println!("skipped: {} is not there", root.display());
    None
}

#[test]
fn the_shared_corpus_is_one_ledger() {
    let Some(shared) = shared() else { return };
    let bench = Bench::empty();
    let corpora = [shared.join("corpus"), shared.join("seed")];
    let first = build_into(&bench.ledger, &corpora).unwrap();
    let refused: Vec<&str> = first.failures.iter().map(|failure| failure.input.as_str()).collect();
    assert!(refused.iter().all(|input| input.contains("/pdf/")), "{refused:?}");
    assert!(first.read >= 41, "{first:?}");

    // One report each: the cut seed and the full text, the four in GBK and their twins, the 16 of two years.
    let documents = |report: &str| {
        bench.list(&format!(
            "SELECT coalesce(edition, '-') || ' ' || preferred || ' ' || (SELECT f.path FROM holders h JOIN files f ON f.id = h.file WHERE h.sha256 = d.sha256)
             FROM documents d WHERE report = '{report}' ORDER BY preferred DESC"
        ))
    };
    assert_eq!(documents("CN-2024-work_report"), ["full 1 national/national.jsonl", "cut 0 000_feee4fa3265603e8.txt"]);
    for year in [2004, 2006, 2010, 2016] {
        let editions = documents(&format!("CN-{year}-work_report"));
        assert_eq!(editions.len(), 2, "{editions:?}");
        assert!(
            editions[0].starts_with("full 1") && (editions[1].starts_with("copy 0") || editions[1].starts_with("amended 0")),
            "{editions:?}"
        );
        assert!(editions.iter().any(|line| line.contains("encodings/")) && editions.iter().any(|line| line.contains("national/")));
    }
    let provinces: i64 = bench.ask(
        "SELECT count(*) FROM reports a JOIN reports b ON b.area = a.area AND b.year = 2026 AND b.kind = a.kind
         WHERE a.year = 2025 AND a.kind = 'work_report' AND a.level = 'province'",
    );
    assert_eq!(provinces, 16);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM reports WHERE area = 'CN' AND kind = 'resolution'"), 4);
    assert_eq!(
        bench.ask::<i64>("SELECT count(*) FROM (SELECT report FROM documents WHERE preferred GROUP BY report HAVING count(*) > 1)"),
        0
    );
    // A goal of 2025 and its outcome in the report of 2026.
    let met: String = bench.ask(
        "SELECT g.low || ' ' || o.low FROM goals g JOIN outcomes o ON o.area = g.area AND o.year = g.year + 1 AND o.indicator = g.indicator
           AND o.measure = g.measure AND o.period = g.period AND o.part IS NULL
         WHERE g.area = '310000' AND g.year = 2025 AND g.indicator = 'gdp' LIMIT 1",
    );
    assert_eq!(met, "5.0 5.4");

    let again = build_into(&bench.ledger, &corpora).unwrap();
    assert_eq!((again.read, again.skipped, again.failures.len()), (0, first.read, first.failures.len()));
    let proof = verify(&bench.ledger, &[], 2).unwrap();
    assert_eq!(proof.unproven, []);
    assert!(proof.quotes > 20_000, "{}", proof.quotes);
}
