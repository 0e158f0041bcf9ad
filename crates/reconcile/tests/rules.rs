//! The examples of docs/reconcile.md: written into invented reports, read, built into a ledger, judged.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pledgebook_ledger::{Corpus, Correct, Index, Plan, Target};
use pledgebook_lexicon::{Areas, Level, Lexicon};
use pledgebook_reconcile::{Extent, Rule, refresh, statistics};

const PAGE: &str = include_str!("../../../docs/reconcile.md");

/// An example as the page gives it.
#[derive(Debug)]
struct Example {
    rule: String,
    before: String,
    goal: String,
    next: String,
    verdict: String,
    strict: String,
    margin: Option<f64>,
    flags: BTreeSet<String>,
}

fn examples() -> Vec<Example> {
    let table = PAGE.lines().skip_while(|line| !line.starts_with("| rule | what it says")).skip(2).take_while(|line| line.starts_with('|'));
    table
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [rule, _, goal, next, verdict, strict, margin, flags] = cells[..] else { panic!("not eight cells: {line}") };
            let (before, goal) = goal.split_once('‖').unwrap_or(("过去一年工作扎实推进", goal));
            Example {
                rule: rule.trim_matches('`').to_owned(),
                before: before.trim().to_owned(),
                goal: goal.trim().to_owned(),
                next: next.to_owned(),
                verdict: verdict.to_owned(),
                strict: strict.to_owned(),
                margin: (!margin.is_empty()).then(|| margin.parse().unwrap_or_else(|e| panic!("{margin}: {e}"))),
                flags: flags.split_whitespace().map(str::to_owned).collect(),
            }
        })
        .collect()
}

fn report(name: &str, year: i16, review: &str, goals: &str) -> String {
    format!(
        "{name}{year}年政府工作报告\n\n——{year}年1月20日在{name}第十五届人民代表大会第三次会议上\n\n各位代表：\n\n\
         一、{last}年工作回顾\n\n过去一年，{review}。\n\n二、{year}年工作安排\n\n\
         {year}年经济社会发展的主要预期目标是：{goals}。\n\n三、重点工作\n\n我们将扎实做好各项工作。\n",
        last = year - 1
    )
}

fn build(corpus: &Path, ledger: &Path) {
    let lexicon = Lexicon::builtin();
    let plan = Plan {
        corpora: &[Corpus::open(corpus).unwrap()],
        ledger,
        lexicon: &lexicon,
        lexicon_name: "built-in",
        threads: 1,
        index: Index::LeftOut,
    };
    let summary = pledgebook_ledger::build(&plan, &mut |_| {}).unwrap();
    assert!(summary.failures.is_empty(), "{:?}", summary.failures);
}

/// An area for each example, so that one ledger holds them all.
fn areas(number: usize) -> Vec<(String, &'static str)> {
    let all =
        Areas::builtin().iter().filter(|area| area.level == Level::Prefecture && area.valid_to.is_none() && area.name.ends_with('市'));
    all.take(number).map(|area| (area.code.to_string(), area.name)).collect()
}

/// Corrects the one outcome of an area.
fn put_right(ledger: &Path, area: &str, field: &str, value: &str, lexicon: &Lexicon) {
    let db = pledgebook_ledger::open_for_reading(ledger).unwrap();
    let sql = "SELECT f.id FROM figures f JOIN documents d ON d.id = f.document WHERE d.area = ?1 AND d.year = 2025 AND f.mode = 'outcome'";
    let id: String = db.query_row(sql, [area], |row| row.get(0)).unwrap();
    let set = [(field.to_owned(), value.to_owned())];
    let asked = Correct { target: Target::Figure, id: &id, set: &set, who: "tester", why: "to show the rule", lexicon };
    pledgebook_ledger::correct(ledger, &asked).unwrap();
}

#[test]
fn every_rule_decides_as_the_page_says() {
    let examples = examples();
    let dir = tempfile::tempdir().unwrap();
    let (corpus, ledger) = (dir.path().join("corpus"), dir.path().join("ledger.db"));
    fs::create_dir(&corpus).unwrap();
    let write = |name: &str, year: i16, text: &str| fs::write(corpus.join(format!("{name}{year}年政府工作报告.txt")), text).unwrap();
    let nation = report("中华人民共和国", 2025, "国内生产总值增长5%，居民消费价格上涨0.2%", "国内生产总值增长5%左右");
    fs::write(corpus.join("2025年国务院政府工作报告.txt"), nation.replace("在中华人民共和国第十五届", "在第十五届全国")).unwrap();
    let areas = areas(examples.len());
    let mut corrections: Vec<(&str, &str, &str)> = Vec::new();
    let mut statistics = String::from("area,indicator,measure,period,value,unit,source,vintage\n");
    for ((code, name), example) in areas.iter().zip(&examples) {
        write(name, 2024, &report(name, 2024, &example.before, &example.goal));
        match &example.next {
            next if next == "—" => {}
            next if next.starts_with("statistics: ") => {
                let cells: Vec<&str> = next["statistics: ".len()..].split(' ').collect();
                statistics += &format!("{code},{},{},2024,{},{},yearbook,2025\n", cells[0], cells[1], cells[2], cells[3]);
            }
            next if next.starts_with("corrected ") => {
                let (set, told) = next["corrected ".len()..].split_once(": ").unwrap();
                let (field, value) = set.split_once('=').unwrap();
                corrections.push((code, field, value));
                write(name, 2025, &report(name, 2025, told, "国际收支保持基本平衡"));
            }
            next => match next.strip_prefix("2026: ") {
                Some(later) => write(name, 2026, &report(name, 2026, later, "国际收支保持基本平衡")),
                None => write(name, 2025, &report(name, 2025, next, "国际收支保持基本平衡")),
            },
        }
    }
    build(&corpus, &ledger);
    let file = dir.path().join("statistics.csv");
    fs::write(&file, statistics).unwrap();
    let lexicon = Lexicon::builtin();
    let imported = statistics::import(&ledger, &file, &lexicon).unwrap();
    assert!(imported.refused.is_empty(), "{imported:?}");
    for (code, field, value) in corrections {
        put_right(&ledger, code, field, value, &lexicon);
    }
    refresh(&ledger, &lexicon, "built-in", Extent::Outdated).unwrap();

    let db = pledgebook_ledger::open_for_reading(&ledger).unwrap();
    let mut wrong = Vec::new();
    for ((code, _), example) in areas.iter().zip(&examples) {
        let found = db.query_row(
            "SELECT v.rule, v.verdict, v.verdict_strict, v.margin, v.flags FROM verdicts v JOIN pledges p ON p.id = v.pledge
             JOIN documents d ON d.id = p.document WHERE d.area = ?1 AND d.year = 2024 AND p.headline AND v.used ORDER BY p.start DESC LIMIT 1",
            [code],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, Option<f64>>(3)?, row.get::<_, String>(4)?)),
        );
        let Ok((rule, verdict, strict, margin, flags)) = found else {
            wrong.push(format!("{} {}: no verdict ({found:?})", example.rule, example.goal));
            continue;
        };
        let flags: BTreeSet<String> = flags.split_whitespace().map(str::to_owned).collect();
        let same_margin = match (margin, example.margin) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-6 * b.abs().max(1.0),
            (a, b) => a == b,
        };
        if (&rule, &verdict, &strict, &flags) != (&example.rule, &example.verdict, &example.strict, &example.flags) || !same_margin {
            wrong.push(format!("{example:?}\n  found {rule} {verdict} {strict} {margin:?} {flags:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

#[test]
fn every_rule_stands_on_the_page_with_an_example() {
    let shown: BTreeSet<String> = examples().into_iter().map(|example| example.rule).collect();
    let known: BTreeSet<String> = Rule::ALL.iter().filter(|rule| **rule != Rule::OpenPeriod).map(|rule| rule.id().to_owned()).collect();
    assert_eq!(shown, known);
}
