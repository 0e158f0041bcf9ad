//! The loop over invented reports: goals of one year, outcomes of the next, corrections, statistics, levels above.

mod invented;

use std::fs;

use invented::Corpus;
use pledgebook_ledger::{Correct, Target};
use pledgebook_lexicon::Verdict;
use pledgebook_reconcile::account::{Next, account};
use pledgebook_reconcile::asked::Asked;
use pledgebook_reconcile::coherence::{Kind, incoherences};
use pledgebook_reconcile::resolutions::resolution_lines;
use pledgebook_reconcile::{Extent, refresh, statistics};

const WORK: &str = "我们将扎实做好各项工作。";

/// Two provinces, a city in one of them, and the nation, over two years.
fn corpus() -> Corpus {
    let corpus = Corpus::new();
    corpus.report("全国", 2024, "国内生产总值增长5.2%", "国内生产总值增长5%左右；居民消费价格涨幅3%左右", WORK);
    corpus.report("全国", 2025, "国内生产总值增长5%，居民消费价格上涨0.2%", "国内生产总值增长5%左右；居民消费价格涨幅2%左右", WORK);
    corpus.report(
        "江西省",
        2024,
        "地区生产总值增长4.1%",
        "地区生产总值增长5.5%左右；城镇新增就业40万人以上；固定资产投资增长6%；社会消费品零售总额增长7%左右；生态环境质量持续改善",
        WORK,
    );
    corpus.report(
        "江西省",
        2025,
        "地区生产总值增长5.1%，城镇新增就业46万人，固定资产投资增长4.8%，经济增长未达预期",
        "地区生产总值增长5%以上；城镇新增就业42万人以上；固定资产投资稳定增长",
        "办好民生实事。社会消费品零售总额增长5%。",
    );
    corpus.report("南昌市", 2024, "地区生产总值增长4%", "地区生产总值增长6.5%左右", WORK);
    corpus
}

fn panel(corpus: &Corpus, area: &str, year: i16, indicator: &str, column: &str) -> String {
    corpus.one(&format!("SELECT {column} FROM panel WHERE area = '{area}' AND year = {year} AND indicator = '{indicator}'"))
}

#[test]
fn a_goal_stands_beside_its_outcome_the_level_above_and_the_year_after() {
    let corpus = corpus();
    let done = corpus.build();
    assert_eq!(done.areas, 3);
    let gdp = |column| panel(&corpus, "360000", 2024, "gdp", column);
    assert_eq!(
        ["verdict", "margin", "claim", "parent_goal_low", "amplification", "outcome_last_year"].map(gdp),
        ["missed", "-0.4", "missed", "5", "0.5", "4.1"]
    );
    assert_eq!(panel(&corpus, "360100", 2024, "gdp", "amplification"), "1");
    assert_eq!(panel(&corpus, "360100", 2024, "gdp", "verdict"), "pending");
    let next = |indicator, column| panel(&corpus, "360000", 2025, indicator, column);
    assert_eq!(["goal_last_year", "goal_change", "wording_change"].map(|column| next("gdp", column)), ["5.5", "-0.5", "hardened"]);
    assert_eq!(["wording_change", "goal_change"].map(|column| next("urban_new_jobs", column)), ["same", "20000"]);
    // A number became words; another stands among the tasks only; a third is gone.
    assert_eq!(["standing", "wording_change"].map(|column| next("fixed_investment", column)), ["headline_qualitative", "demoted"]);
    assert_eq!(["standing", "wording_change"].map(|column| next("retail_sales", column)), ["elsewhere", "demoted"]);
    assert_eq!(corpus.one("SELECT group_concat(indicator) FROM panel WHERE area = 'CN' AND year = 2025"), "cpi,gdp");
}

#[test]
fn the_account_of_a_report_says_what_came_of_each_goal() {
    let corpus = corpus();
    corpus.build();
    let held = account(&corpus.ledger(), &corpus.db(), &corpus.lexicon, "360000", 2024).unwrap();
    let next =
        |indicator: &str| held.goals.iter().find(|line| line.goal.indicator.as_deref() == Some(indicator)).and_then(|line| line.next);
    assert_eq!(next("gdp"), Some(Next::Lowered));
    assert_eq!(next("urban_new_jobs"), Some(Next::Raised));
    assert_eq!(next("retail_sales"), Some(Next::Demoted));
    assert_eq!((held.tally.goals, held.tally.judged, held.tally.kept), (4, 3, 1));
    let open = account(&corpus.ledger(), &corpus.db(), &corpus.lexicon, "360000", 2025).unwrap();
    assert!(!open.has_next && open.goals.iter().all(|line| line.next.is_none()));
}

/// Every row of the tables that reconciling fills, in an order of their own.
fn all(corpus: &Corpus) -> Vec<String> {
    let db = corpus.db();
    let mut rows = Vec::new();
    for table in ["verdicts", "panel"] {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows.push(format!(
                "{table} {:?}",
                (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at).unwrap()).collect::<Vec<_>>()
            ));
        }
    }
    rows.sort();
    rows
}

#[test]
fn a_ledger_that_grew_report_by_report_says_what_one_built_at_once_says() {
    let grown = Corpus::new();
    let whole = corpus();
    let mut files: Vec<_> = fs::read_dir(whole.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.reverse();
    for file in &files {
        fs::copy(file, grown.folder().join(file.file_name().unwrap())).unwrap();
        grown.build();
    }
    whole.build();
    assert_eq!(all(&grown), all(&whole));
    assert_eq!(grown.build().areas, 0, "nothing changed, nothing is done again");
    // A report that goes takes its verdicts with it.
    fs::remove_file(grown.folder().join("2025年江西省政府工作报告.txt")).unwrap();
    grown.build();
    assert_eq!(panel(&grown, "360000", 2024, "gdp", "verdict"), "pending");
}

#[test]
fn a_corrected_figure_changes_its_verdict_at_once_and_says_so() {
    let corpus = corpus();
    corpus.build();
    let figure = corpus.one("SELECT outcome_id FROM panel WHERE area = '360000' AND year = 2024 AND indicator = 'gdp'");
    let correct = |low: &str| {
        let set = [("low".to_owned(), low.to_owned()), ("high".to_owned(), low.to_owned())];
        let asked = Correct { target: Target::Figure, id: &figure, set: &set, who: "tester", why: "misprint", lexicon: &corpus.lexicon };
        pledgebook_ledger::correct(&corpus.ledger(), &asked).unwrap();
        refresh(&corpus.ledger(), &corpus.lexicon, "built-in", Extent::Changed).unwrap()
    };
    let done = correct("5.6");
    assert_eq!(done.areas, 2, "the province, and the city whose goals stand beside it");
    let change = &done.changes[0];
    assert_eq!((change.was, change.is, change.margin_is), (Verdict::Missed, Verdict::Met, Some(0.1)));
    assert!(change.quote.contains("地区生产总值增长5.5%"), "{}", change.quote);
    assert_eq!(panel(&corpus, "360000", 2024, "gdp", "flags"), "claim_differs");
    assert_eq!(corpus.one("SELECT claimed FROM disagreements WHERE area = '360000' AND indicator = 'gdp'"), "missed");
    assert_eq!(correct("5.1").changes[0].is, Verdict::Missed);
    // The correction survives a new reading, and so does what it did.
    correct("5.6");
    let file = corpus.folder().join("2025年江西省政府工作报告.txt");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text + "\n谢谢大家！\n").unwrap();
    corpus.build();
    assert_eq!(panel(&corpus, "360000", 2024, "gdp", "verdict"), "met");
}

#[test]
fn of_several_vintages_the_latest_counts_and_the_first_is_kept() {
    let corpus = Corpus::new();
    corpus.report("江西省", 2024, "地区生产总值增长4.1%", "地区生产总值增长5.5%左右", WORK);
    corpus.build();
    let import = |text: &str| {
        let file = corpus.file("statistics.csv");
        fs::write(&file, format!("area,indicator,measure,period,value,unit,source,vintage\n{text}")).unwrap();
        statistics::import(&corpus.ledger(), &file, &corpus.lexicon).unwrap();
        refresh(&corpus.ledger(), &corpus.lexicon, "built-in", Extent::Changed).unwrap()
    };
    let done = import("360000,gdp,growth,2024,5.4,percent,yearbook,2025\n");
    assert_eq!((done.changes[0].was, done.changes[0].is), (Verdict::Pending, Verdict::Met));
    let done = import("360000,gdp,growth,2024,5.1,percent,yearbook,2026\n360000,gdp,growth,2024,5.2,percent,yearbook,2025-06\n");
    assert_eq!((done.changes[0].was, done.changes[0].is), (Verdict::Met, Verdict::Missed));
    assert_eq!(
        corpus.one("SELECT group_concat(verdict || ' ' || low, ', ') FROM (SELECT * FROM verdicts ORDER BY ordinal)"),
        "missed 5.1, met 5.4, missed 5.2"
    );
    assert_eq!(panel(&corpus, "360000", 2024, "gdp", "outcome_vintage"), "2026");
    assert_eq!(panel(&corpus, "360000", 2024, "gdp", "flags"), "sources_differ");
    assert_eq!(import("360000,gdp,growth,2024,5.1,percent,yearbook,2026\n").areas, 0, "the same again changes nothing");
}

#[test]
fn a_goal_of_five_years_waits_until_they_have_passed() {
    let corpus = Corpus::new();
    let goals = "粮食产量100亿斤以上。“十四五”时期主要目标：地区生产总值年均增长6%以上，到2025年常住人口城镇化率达到60%";
    corpus.report("江西省", 2021, "经济平稳运行", goals, WORK);
    corpus.report("江西省", 2023, "地区生产总值增长4%", "地区生产总值增长5%", WORK);
    corpus.build();
    let plan = |indicator: &str, column: &str| {
        corpus.one(&format!(
            "SELECT v.{column} FROM verdicts v JOIN pledges p ON p.id = v.pledge WHERE v.used AND p.indicator = '{indicator}' AND p.horizon = 'plan'"
        ))
    };
    assert_eq!([plan("gdp", "verdict"), plan("urbanisation", "verdict")], ["pending", "pending"]);
    corpus.report("江西省", 2026, "“十四五”时期，地区生产总值年均增长6.2%。2025年，常住人口城镇化率达到59.5%", "地区生产总值增长5%", WORK);
    corpus.build();
    assert_eq!([plan("gdp", "verdict"), plan("urbanisation", "verdict")], ["exceeded", "missed"]);
}

#[test]
fn numbers_that_cannot_stand_together_are_found() {
    let corpus = Corpus::new();
    let review = "粮食产量440亿斤、增长2.5%，三次产业结构为8.1∶42.3∶51.6。全年粮食总产量441.5亿斤";
    corpus.report("江西省", 2025, review, "粮食产量440亿斤以上", WORK);
    corpus.report("江西省", 2024, "粮食产量410亿斤", "粮食产量420亿斤以上", WORK);
    corpus.build();
    let found = incoherences(&corpus.ledger(), &corpus.db(), &Asked::default()).unwrap();
    let kinds: Vec<Kind> = found.iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&Kind::Shares) && kinds.contains(&Kind::Inconsistent) && kinds.contains(&Kind::Growth), "{found:#?}");
    let shares = found.iter().find(|one| one.kind == Kind::Shares).unwrap();
    assert_eq!((shares.difference, shares.figures.len()), (2.0, 3));
    assert!(found.iter().all(|one| one.figures.iter().all(|told| !told.quote.is_empty() && !told.place.is_empty())));
}

#[test]
fn a_report_without_a_resolution_says_that_the_ledger_has_none() {
    let corpus = corpus();
    corpus.build();
    let lines = resolution_lines(&corpus.ledger(), &corpus.db(), &Asked::default()).unwrap();
    assert_eq!(lines.len(), 5);
    assert!(lines.iter().all(|line| line.report && line.resolution.is_none()));
}
