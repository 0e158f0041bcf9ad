//! Corrections outlive what the ledger is made from.

mod support;

use pledgebook_ledger::{
    Correct, CorrectError, Corrected, Standing, Target, correct, export_corrections, import_corrections, list_corrections,
};
use pledgebook_lexicon::Lexicon;
use support::{Bench, FIRST_YEAR, content};

fn try_put_right(bench: &Bench, target: Target, id: &str, set: &[(&str, &str)]) -> Result<Vec<Corrected>, CorrectError> {
    let set: Vec<(String, String)> = set.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    let lexicon = Lexicon::builtin();
    correct(&bench.ledger, &Correct { target, id, set: &set, who: "顾望舟", why: "见年鉴", lexicon: &lexicon })
}

fn put_right(bench: &Bench, target: Target, id: &str, set: &[(&str, &str)]) -> Vec<Corrected> {
    try_put_right(bench, target, id, set).expect("a correction")
}

/// The id of the only figure with this core in the first year's report.
fn figure(bench: &Bench, raw: &str) -> String {
    let ids = bench.list(&format!(
        "SELECT f.id FROM figures f JOIN documents d ON d.id = f.document WHERE d.year = 2024 AND d.preferred AND raw = '{raw}'"
    ));
    assert_eq!(ids.len(), 1, "{raw}");
    ids[0].clone()
}

fn standings(bench: &Bench) -> Vec<Standing> {
    list_corrections(&bench.ledger).unwrap().into_iter().map(|listed| listed.standing).collect()
}

#[test]
fn the_right_value_is_shown_and_the_read_one_is_kept() {
    let bench = Bench::with_sample();
    bench.build();
    let id = figure(&bench, "408.3亿斤");
    let made = put_right(&bench, Target::Figure, &id, &[("unit", "kg"), ("low", "20,415,000,000")]);
    assert_eq!(made[0].was.as_deref(), Some("jin"));
    assert_eq!(made[1].value.as_deref(), Some("20415000000"));
    let shown = |field: &str| bench.ask::<String>(&format!("SELECT CAST({field} AS TEXT) FROM figures WHERE id = '{id}'"));
    assert_eq!((shown("unit"), shown("low")), ("kg".into(), "20415000000.0".into()));
    // Put right once more: both keep what was read.
    put_right(&bench, Target::Figure, &id, &[("unit", "tonne")]);
    assert_eq!(shown("unit"), "tonne");
    assert_eq!(bench.list("SELECT was FROM corrected c JOIN corrections r ON r.id = c.correction WHERE field = 'unit'"), ["jin", "jin"]);
}

#[test]
fn corrections_outlive_a_new_version_of_the_reader() {
    let bench = Bench::with_sample();
    bench.build();
    let id = figure(&bench, "408.3亿斤");
    put_right(&bench, Target::Figure, &id, &[("unit", "kg"), ("indicator", "")]);
    let pledge: String = bench.ask("SELECT id FROM pledges WHERE headline AND kind = 'qualitative' ORDER BY id LIMIT 1");
    put_right(&bench, Target::Pledge, &pledge, &[("label", "进出口规模")]);
    let before = content(&bench.ledger);
    bench.db().execute_batch("UPDATE files SET reader = 'older'; UPDATE documents SET fingerprint = 'older'").unwrap();
    bench.build();
    assert_eq!(content(&bench.ledger), before);
    assert_eq!(bench.ask::<String>(&format!("SELECT label FROM pledges WHERE id = '{pledge}'")), "进出口规模");
}

#[test]
fn corrections_find_their_place_in_a_fresh_download() {
    let bench = Bench::with_sample();
    bench.build();
    let id = figure(&bench, "408.3亿斤");
    put_right(&bench, Target::Figure, &id, &[("unit", "kg")]);
    // Another file: line ends, a line in front, spaces between some characters; every offset and id is another.
    bench.remove("2024.txt");
    bench.put("下载/江西2024.txt", format!("\u{FEFF}\r\n\r\n{}", FIRST_YEAR.replace('\n', "\r\n\r\n").replace("粮食产量", "粮食　产量")));
    bench.build();
    let found = figure(&bench, "408.3亿斤");
    assert_ne!(found, id);
    assert_eq!(bench.ask::<String>(&format!("SELECT unit FROM figures WHERE id = '{found}'")), "kg");
    assert_eq!(standings(&bench), [Standing::InForce(vec![(found, Some("jin".into()))])]);
}

#[test]
fn a_correction_is_in_force_in_every_edition() {
    let bench = Bench::with_sample();
    bench.put("又一份.txt", FIRST_YEAR.replace('\n', "\r\n"));
    bench.build();
    let made = put_right(&bench, Target::Figure, &figure(&bench, "408.3亿斤"), &[("unit", "kg")]);
    assert_eq!(made[0].items.len(), 2);
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM figures WHERE raw = '408.3亿斤' AND unit = 'kg'"), 2);
}

#[test]
fn a_correction_without_a_place_waits_and_is_listed() {
    let bench = Bench::with_sample();
    bench.build();
    put_right(&bench, Target::Figure, &figure(&bench, "408.3亿斤"), &[("unit", "kg")]);
    // Another number stands there now.
    bench.put("2024.txt", FIRST_YEAR.replace("408.3亿斤", "408.4亿斤"));
    assert_eq!(bench.build().corrections_without_place, 1);
    assert_eq!(standings(&bench), [Standing::NoText]);
    assert_eq!(bench.ask::<String>("SELECT unit FROM figures WHERE raw = '408.4亿斤'"), "jin");
    // The words stand there twice, with all that is around them.
    let around =
        "社会消费品零售总额增长6.1%。一般公共预算收入1524亿元、增长3.8%。粮食产量408.3亿斤。居民消费价格上涨0.4%。\n——产业升级步子加快。";
    assert!(FIRST_YEAR.contains(around));
    bench.put("2024.txt", FIRST_YEAR.replace(around, &format!("{around}\n{around}")));
    bench.build();
    assert!(matches!(standings(&bench)[..], [Standing::Several(_)]), "{:?}", standings(&bench));
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM figures WHERE raw = '408.3亿斤' AND unit = 'kg'"), 0);
    // The report is not there.
    bench.remove("2024.txt");
    bench.build();
    assert_eq!(standings(&bench), [Standing::NoReport]);
    // And it comes back.
    bench.put("2024.txt", &*FIRST_YEAR);
    assert_eq!(bench.build().corrections_without_place, 0);
    assert_eq!(bench.ask::<String>("SELECT unit FROM figures WHERE raw = '408.3亿斤'"), "kg");
}

#[test]
fn a_pledge_says_what_its_corrected_figures_say() {
    let bench = Bench::with_sample();
    bench.build();
    let (pledge, floor, stretch): (String, String, String) = bench
        .db()
        .query_row(
            "SELECT p.id, (SELECT id FROM figures WHERE pledge = p.id AND NOT stretch), (SELECT id FROM figures WHERE pledge = p.id AND stretch)
             FROM pledges p JOIN documents d ON d.id = p.document WHERE d.year = 2024 AND p.indicator = 'va_industry' AND p.headline",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    put_right(&bench, Target::Figure, &floor, &[("low", "7.2"), ("high", "7.2"), ("bound", "more_than")]);
    put_right(&bench, Target::Figure, &stretch, &[("low", "8.1"), ("high", "8.1")]);
    let row = format!(
        "SELECT low || ' ' || high || ' ' || bound || ' ' || stretch_low || ' ' || stretch_high FROM pledges WHERE id = '{pledge}'"
    );
    assert_eq!(bench.ask::<String>(&row), "7.2 7.2 more_than 8.1 8.1");
    bench.db().execute_batch("UPDATE files SET reader = 'older'; UPDATE documents SET fingerprint = 'older'").unwrap();
    bench.build();
    assert_eq!(bench.ask::<String>(&row), "7.2 7.2 more_than 8.1 8.1");
    let refused = try_put_right(&bench, Target::Pledge, &pledge, &[("low", "7.5")]).unwrap_err();
    assert!(matches!(&refused, CorrectError::OfFigure { figure, .. } if *figure == floor), "{refused}");
    let refused = try_put_right(&bench, Target::Pledge, &pledge, &[("stretch_low", "7.5")]).unwrap_err();
    assert!(matches!(&refused, CorrectError::OfFigure { figure, .. } if *figure == stretch), "{refused}");
}

#[test]
fn a_corrected_year_moves_the_document_and_its_figures() {
    let bench = Bench::with_sample();
    bench.build();
    let document: String = bench.ask("SELECT id FROM documents WHERE year = 2024");
    let figure = figure(&bench, "408.3亿斤");
    put_right(&bench, Target::Figure, &figure, &[("unit", "kg")]);
    let made = put_right(&bench, Target::Document, &document, &[("year", "2021"), ("speaker", "某人")]);
    assert_eq!(made[0].was.as_deref(), Some("2024"));
    assert_eq!(bench.ask::<String>(&format!("SELECT report FROM documents WHERE id = '{document}'")), "360000-2021-work_report");
    assert_eq!(bench.ask::<i64>("SELECT count(*) FROM reports WHERE year = 2024"), 0);
    for _ in 0..2 {
        bench.build();
        let row = format!("SELECT year || ' ' || speaker || ' ' || edition || ' ' || preferred FROM documents WHERE id = '{document}'");
        assert_eq!(bench.ask::<String>(&row), "2021 某人 full 1");
        // 今年 is 2021 now, and what was put right before is still right.
        assert!(bench.ask::<i64>(&format!("SELECT count(*) FROM figures WHERE document = '{document}' AND period = '2021'")) > 5);
        assert_eq!(bench.ask::<String>(&format!("SELECT unit FROM figures WHERE id = '{figure}'")), "kg");
        bench.db().execute_batch("UPDATE files SET reader = 'older'; UPDATE documents SET fingerprint = 'older'").unwrap();
    }
}

#[test]
fn what_cannot_be_corrected_changes_nothing() {
    let bench = Bench::with_sample();
    bench.build();
    let id = figure(&bench, "408.3亿斤");
    let before = content(&bench.ledger);
    for (target, id, set, hint) in [
        (Target::Figure, id.as_str(), &[("unit", "kg"), ("bound", "roughly")][..], "about"),
        (Target::Figure, &id, &[("raw", "1")], "low"),
        (Target::Figure, "nobody", &[("unit", "kg")], "nobody"),
        (Target::Figure, &id, &[("unit", "kg"), ("unit", "mu")], "twice"),
        (Target::Document, &id, &[("year", "2021")], "no document"),
    ] {
        let refused = try_put_right(&bench, target, id, set).unwrap_err().to_string();
        assert!(refused.contains(hint), "{refused}");
    }
    assert_eq!(content(&bench.ledger), before);
    assert_eq!(standings(&bench), []);
}

#[test]
fn corrections_go_from_ledger_to_ledger() {
    let bench = Bench::with_sample();
    bench.build();
    put_right(&bench, Target::Figure, &figure(&bench, "408.3亿斤"), &[("unit", "kg"), ("hedge", "")]);
    let document: String = bench.ask("SELECT id FROM documents WHERE year = 2024");
    put_right(&bench, Target::Document, &document, &[("speaker", "某人")]);
    let mut lines = Vec::new();
    assert_eq!(export_corrections(&bench.ledger, &mut lines).unwrap(), 3);
    bench.build();
    let whole = content(&bench.ledger);

    let other = Bench::with_sample();
    other.build();
    let lexicon = Lexicon::builtin();
    let imported = import_corrections(&other.ledger, &lines[..], &lexicon).unwrap();
    assert_eq!((imported.new, imported.in_force, imported.known), (3, 3, 0));
    other.build();
    assert_eq!(content(&other.ledger), whole);
    let again = import_corrections(&other.ledger, &lines[..], &lexicon).unwrap();
    assert_eq!((again.new, again.known), (0, 3));
    let mut back = Vec::new();
    export_corrections(&other.ledger, &mut back).unwrap();
    assert_eq!(back, lines);

    let before = content(&other.ledger);
    let broken = [&lines[..], b"{\"target\": \"figure\"}\n"].concat();
    let error = import_corrections(&other.ledger, &broken[..], &lexicon).unwrap_err().to_string();
    assert!(error.contains("line 4"), "{error}");
    let wrong = String::from_utf8(lines).unwrap().replace("\"kg\"", "\"stone\"");
    assert!(import_corrections(&other.ledger, wrong.as_bytes(), &lexicon).is_err());
    assert_eq!(content(&other.ledger), before);
}
