//! What a build makes of a folder, and what it leaves alone the next time.

mod support;

use std::fs;

use pledgebook_ledger::verify;
use support::{Bench, FIRST_YEAR, SECOND_YEAR, build_into, content};

fn proven(bench: &Bench) {
    let proof = verify(&bench.ledger, &[], 2).unwrap();
    assert_eq!(proof.unproven, []);
    assert!(proof.quotes > 0);
}

#[test]
fn two_years_of_a_province_are_two_reports_and_a_resolution() {
    let bench = Bench::with_sample();
    let summary = bench.build();
    assert_eq!((summary.read, summary.skipped, summary.failures.len()), (2, 0, 0));
    let reports = bench.list("SELECT id FROM reports ORDER BY id");
    assert_eq!(reports.len(), 3, "{reports:?}");
    assert!(reports.iter().filter(|id| id.ends_with("-work_report")).count() == 2, "{reports:?}");
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM documents WHERE preferred"), 3);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM documents a JOIN documents b ON b.id = a.linked AND a.id = b.linked"), 2);
    assert!(bench.ask::<i64>("SELECT count(*) FROM goals WHERE year = 2025") > 5);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM figures WHERE mode = 'target' AND pledge IS NULL AND measure = 'none'"), 0);
    proven(&bench);
}

#[test]
fn a_figure_leads_to_its_place_in_the_file() {
    let bench = Bench::with_sample();
    bench.build();
    let db = bench.db();
    let sql = "SELECT f.id, f.start, f.end, f.raw, f.place, f.position, p.text FROM figures f JOIN passages p USING (document, passage)
               JOIN documents d ON d.id = f.document WHERE d.year = 2024";
    let mut statement = db.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut figures = 0;
    while let Some(row) = rows.next().unwrap() {
        let (id, raw, place, text): (String, String, String, String) =
            (row.get(0).unwrap(), row.get(3).unwrap(), row.get(4).unwrap(), row.get(6).unwrap());
        let (start, end, position): (usize, usize, usize) = (row.get(1).unwrap(), row.get(2).unwrap(), row.get(5).unwrap());
        assert_eq!(&FIRST_YEAR[start..end], raw, "{id}");
        assert!(id.ends_with(&format!("f{start}")), "{id}");
        assert_eq!(place, format!("line {}", FIRST_YEAR[..start].matches('\n').count() + 1));
        assert_eq!(text.chars().skip(position).take(raw.chars().count()).collect::<String>(), raw);
        figures += 1;
    }
    assert!(figures > 20, "{figures}");
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let bench = Bench::with_sample();
    bench.build();
    let before = content(&bench.ledger);
    let again = bench.build();
    assert_eq!((again.read, again.skipped), (0, 2));
    // Touched, but the same: known by its hash.
    bench.put("2024.txt", &*FIRST_YEAR);
    let touched = bench.build();
    assert_eq!((touched.read, touched.skipped), (0, 2));
    assert_eq!(content(&bench.ledger), before);
}

#[test]
fn what_was_read_by_another_version_is_read_again() {
    let bench = Bench::with_sample();
    bench.build();
    let before = content(&bench.ledger);
    bench.db().execute_batch("UPDATE files SET reader = 'older'; UPDATE documents SET fingerprint = 'older', title = 'older'").unwrap();
    assert_eq!(bench.build().read, 2);
    assert_eq!(content(&bench.ledger), before);
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_goes_on() {
    let bench = Bench::with_sample();
    bench.put("english.txt", "Report on the work of the government\n");
    bench.put("empty.txt", "");
    bench.put(
        "表.jsonl",
        "{\"text\": \"政府工作报告\\n一、回顾\\n生产总值增长5%。\", \"year\": \"2021\", \"province\": \"江西省\"}\n{broken\n",
    );
    for (read, skipped) in [(3, 0), (0, 3)] {
        let summary = bench.build();
        let mut failed: Vec<&str> = summary.failures.iter().map(|f| f.input.rsplit('/').next().unwrap()).collect();
        failed.sort_unstable();
        assert_eq!(failed, ["empty.txt", "english.txt", "表.jsonl, row 2"]);
        assert!(summary.failures.iter().all(|failure| !failure.reason.is_empty()));
        assert_eq!((summary.read, summary.skipped), (read, skipped));
    }
    let stored = "SELECT count(*) FROM (SELECT error FROM files UNION ALL SELECT error FROM holders) WHERE error IS NOT NULL";
    assert_eq!(bench.ask::<i64>(stored), 3);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM documents WHERE area = '360000' AND year = 2021"), 1);
    proven(&bench);
}

#[test]
fn a_missing_corpus_is_named_and_takes_nothing_out() {
    let bench = Bench::with_sample();
    bench.build();
    let before = content(&bench.ledger);
    let gone = bench.dir.path().join("nowhere");
    fs::rename(&bench.corpus, &gone).unwrap();
    let summary = bench.build();
    assert_eq!((summary.failures.len(), summary.removed), (1, 0));
    assert_eq!(content(&bench.ledger), before);
}

#[test]
fn the_same_file_twice_is_one_document_and_stays_while_one_of_them_does() {
    let bench = Bench::with_sample();
    bench.put("副本/又一份.txt", &*FIRST_YEAR);
    let summary = bench.build();
    assert_eq!((summary.read, summary.documents), (3, 3));
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM holders"), 3);
    bench.remove("2024.txt");
    let summary = bench.build();
    assert_eq!((summary.removed, summary.documents), (1, 3));
    assert_eq!(bench.ask::<String>("SELECT source FROM goals WHERE year = 2024"), "副本/又一份.txt");
    proven(&bench);
    bench.remove("副本/又一份.txt");
    assert_eq!(bench.build().documents, 2);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM reports WHERE year = 2024"), 0);
}

#[test]
fn of_two_names_for_one_text_the_first_tells_the_meta_whatever_the_order() {
    let text = "政府工作报告\n各位代表：\n一、工作回顾\n生产总值增长5.5%，粮食产量120万吨。\n";
    let bench = Bench::empty();
    bench.put("b/2022年江西省政府工作报告.txt", text);
    bench.build();
    assert_eq!(bench.ask::<i64>("SELECT year FROM documents"), 2022);
    bench.put("a/2021年江西省政府工作报告.txt", text);
    bench.build();
    assert_eq!(bench.ask::<i64>("SELECT year FROM documents"), 2021);
    bench.remove("a/2021年江西省政府工作报告.txt");
    bench.build();
    assert_eq!(bench.ask::<i64>("SELECT year FROM documents"), 2022);
}

#[test]
fn editions_of_one_report_are_told_apart_and_one_is_preferred() {
    let bench = Bench::empty();
    bench.put("full.txt", &*FIRST_YEAR);
    bench.put("copy.txt", FIRST_YEAR.replace('\n', "\r\n"));
    let cut = FIRST_YEAR.char_indices().nth(FIRST_YEAR.chars().count() * 6 / 10).unwrap().0;
    bench.put("cut.txt", FIRST_YEAR[..cut].trim_end_matches(['。', '\n']));
    bench.build();
    assert_eq!(bench.list("SELECT id FROM reports").len(), 1);
    let editions = bench.list(
        "SELECT (SELECT path FROM holders h JOIN files f ON f.id = h.file WHERE h.sha256 = d.sha256) || ' ' || edition || ' ' || preferred
         FROM documents d ORDER BY 1",
    );
    assert_eq!(editions.len(), 3);
    assert!(editions.contains(&"cut.txt cut 0".to_owned()), "{editions:?}");
    assert!(editions.iter().any(|line| line.ends_with("full 1")) && editions.iter().any(|line| line.ends_with("copy 0")), "{editions:?}");
    // Counted once.
    let goals: i64 = bench.ask("SELECT count(*) FROM goals");
    bench.remove("cut.txt");
    bench.remove("copy.txt");
    bench.build();
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM goals"), goals);
}

#[test]
fn settings_of_a_corpus_are_read_and_a_change_of_them_reads_again() {
    let bench = Bench::empty();
    bench.put("表.csv", "报告,名\n\"政府工作报告\n一、回顾\n生产总值增长5%。\",甲\n");
    bench.put("pledgebook.toml", "[columns]\ntext = \"报告\"\n[[meta]]\nfiles = \"*.csv\"\narea = \"江西省\"\nyear = 2021\n");
    bench.build();
    assert_eq!(bench.ask::<String>("SELECT id FROM reports"), "360000-2021-work_report");
    bench.put("pledgebook.toml", "[columns]\ntext = \"报告\"\n[[meta]]\nfiles = \"*.csv\"\narea = \"江西省\"\nyear = 2022\n");
    assert_eq!(bench.build().read, 1);
    assert_eq!(bench.ask::<String>("SELECT id FROM reports"), "360000-2022-work_report");
    assert_eq!(bench.build().skipped, 1);
    proven(&bench);
}

#[test]
fn an_incremental_build_ends_where_a_fresh_one_does() {
    let bench = Bench::with_sample();
    let text = |n: u32| format!("202{n}年江西省政府工作报告\n各位代表：\n一、工作回顾\n生产总值增长{n}.5%，粮食产量1{n}0亿斤。\n");
    let rows =
        |numbers: &[u32]| -> String { numbers.iter().map(|&n| format!("{{\"text\": {:?}, \"year\": \"202{n}\"}}\n", text(n))).collect() };
    bench.put("表.jsonl", rows(&[1, 2, 3]));
    type Step<'a> = (&'a str, Box<dyn Fn() + 'a>);
    let steps: Vec<Step> = vec![
        ("nothing yet", Box::new(|| {})),
        ("a row at the top", Box::new(|| bench.put("表.jsonl", rows(&[4, 1, 2, 3])))),
        ("rows gone", Box::new(|| bench.put("表.jsonl", rows(&[3, 4])))),
        ("a file that holds one of the rows", Box::new(|| bench.put("a.txt", text(4)))),
        ("a file moved", Box::new(|| fs::rename(bench.corpus.join("2024.txt"), bench.corpus.join("z.txt")).unwrap())),
        ("a file changed", Box::new(|| bench.put("2025.txt", SECOND_YEAR.replace("5.5", "5.6")))),
        ("a row that cannot be read", Box::new(|| bench.put("表.jsonl", rows(&[3]) + "{\n" + &rows(&[5])))),
        ("all rows gone", Box::new(|| bench.remove("表.jsonl"))),
    ];
    for (number, (what, step)) in steps.iter().enumerate() {
        step();
        bench.build();
        let fresh = bench.dir.path().join(format!("fresh-{number}.db"));
        build_into(&fresh, std::slice::from_ref(&bench.corpus)).unwrap();
        assert_eq!(content(&bench.ledger), content(&fresh), "{what}");
        proven(&bench);
    }
}

#[test]
fn a_ledger_that_a_kill_left_half_done_is_completed() {
    let bench = Bench::with_sample();
    bench.build();
    let whole = content(&bench.ledger);
    // As a kill leaves it: a run without an end, a file not read to its end, a document that nothing holds, editions unsettled.
    bench
        .db()
        .execute_batch(
            "INSERT INTO runs (started) VALUES ('2031-01-01T00:00:00Z');
             UPDATE files SET sha256 = NULL, mtime = NULL WHERE path = '2025.txt';
             UPDATE reports SET settled = 0; UPDATE documents SET edition = NULL, preferred = 0;
             INSERT INTO documents (id, sha256, ordinal, start, end, characters, warnings, dropped, sketch, fingerprint)
             VALUES ('0123456789abcdef', 'no holder', 1, 0, 0, 0, '[]', '[]', x'', '')",
        )
        .unwrap();
    bench.build();
    assert_eq!(content(&bench.ledger), whole);
}
