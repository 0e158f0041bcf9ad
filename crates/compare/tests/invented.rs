//! Words over time on a ledger of invented reports: every answer against one that is worked out without the index and the automaton.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use pledgebook_compare::coined::coined;
use pledgebook_compare::diff::{Side, StepKind, diff};
use pledgebook_compare::reuse::{Ask, Origin, Unit, reuse};
use pledgebook_compare::search::{Query, count, each, page};
use pledgebook_compare::terms::{By, Count, Each, Glossary, places};
use pledgebook_compare::texts::{DocumentRow, documents, each_passage};
use pledgebook_compare::trace::{Trace, first_uses, trace};
use pledgebook_compare::{Dictionary, Selection, terms};
use pledgebook_ledger::{Corpus, Index, Plan, build, open_for_reading, plain};
use pledgebook_lexicon::{Lexicon, Role};
use tempfile::TempDir;

/// Reports whose words are invented; the areas are real, so that the ledger knows them.
fn ledger() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let corpus = dir.path().join("corpus");
    std::fs::create_dir(&corpus).expect("a folder");
    let sample = |year: &str| {
        let path = format!("{}/../../sample/lanchuan-{year}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("the sample").replace("澜川", "江西").replace("瀾川", "江西")
    };
    let report = |area: &str, year: i32, tasks: &str| {
        format!(
            "{area}政府工作报告\n——{year}年1月20日在{area}第十五届人民代表大会第一次会议上\n各位代表：\n一、{}年工作回顾\n全年经济平稳运行。\n\
             二、{year}年工作安排\n{tasks}\n",
            year - 1
        )
    };
    let shared = "做强云雾茶产业，建设标准茶园二十万亩，培育制茶龙头企业三十家，让山里的茶走出山外去。\n";
    let texts = [
        ("江西2024.txt", sample("2024")),
        ("江西2025.txt", sample("2025")),
        ("湖南2022.txt", report("湖南省", 2022, "培育特色产业，抓好春耕备耕，稳住就业。\n")),
        ("湖南2024.txt", report("湖南省", 2024, &format!("抓好茶旅共生，茶旅共生是新路。\n{shared}"))),
        ("贵州2025.txt", report("贵州省", 2025, &format!("推进茶旅共生。\n{}", shared.replace("二十", "十五")))),
        ("贵州2026.txt", report("贵州省", 2026, &format!("茶旅共生见成效，穩住就業。\n{}", shared.replace("二十", "十五")))),
    ];
    for (name, text) in texts {
        std::fs::write(corpus.join(name), text).expect("a file");
    }
    let path = dir.path().join("l.db");
    let lexicon = Lexicon::builtin();
    let corpora = [Corpus::open(&corpus).expect("no settings")];
    let plan = Plan { corpora: &corpora, ledger: &path, lexicon: &lexicon, lexicon_name: "built-in", threads: 2, index: Index::Kept };
    let summary = build(&plan, &mut |_| {}).expect("a ledger");
    assert!(summary.failures.is_empty(), "{:?}", summary.failures);
    (dir, path)
}

/// Every passage of the ledger: its number, its text, its kind, its role, its document.
fn passages(path: &Path) -> Vec<(i64, String, String, Role, DocumentRow)> {
    let db = open_for_reading(path).unwrap();
    let mut all = Vec::new();
    for document in documents(&db, &Selection::default()).unwrap() {
        each_passage(&db, &document.document, &mut |p| {
            all.push((p.id, p.text.to_owned(), p.kind.to_owned(), p.role, document.clone()));
        })
        .unwrap();
    }
    all.sort_by_key(|passage| passage.0);
    all
}

#[test]
fn searches_find_what_a_scan_finds() {
    let (_dir, path) = ledger();
    let db = open_for_reading(&path).unwrap();
    let all: Vec<(i64, String)> = passages(&path).into_iter().map(|p| (p.0, plain(&p.1))).collect();
    let mut words: Vec<String> = Vec::new();
    for (_, text) in &all {
        let characters: Vec<char> = text.chars().collect();
        words.extend((1..=3).flat_map(|n| characters.windows(n).map(|run| run.iter().collect::<String>()).collect::<Vec<_>>()));
    }
    words.sort_unstable();
    words.dedup();
    // Every word of one character; of the longer ones one in seven.
    let asked = words.iter().enumerate().filter(|(n, word)| word.chars().count() == 1 || n % 7 == 0).map(|(_, word)| word);
    for word in asked {
        let mut found = Vec::new();
        let query = Query::phrase(word).unwrap();
        each(&db, &query, &Selection::default(), &mut |passage| {
            found.push(passage.id);
            ControlFlow::Continue(())
        })
        .unwrap();
        let scanned: Vec<i64> = all.iter().filter(|(_, text)| text.contains(word.as_str())).map(|(id, _)| *id).collect();
        assert_eq!(found, scanned, "{word}");
        assert_eq!(count(&db, &query, &Selection::default()).unwrap(), scanned.len() as u64, "{word}");
    }
}

#[test]
fn operators_and_filters_find_what_a_scan_finds() {
    let (_dir, path) = ledger();
    let db = open_for_reading(&path).unwrap();
    let all = passages(&path);
    let with = |words: &[&str], without: &[&str]| -> Vec<i64> {
        let holds = |text: &str, word: &&str| plain(text).contains(*word);
        let keep = all.iter().filter(|p| words.iter().all(|word| holds(&p.1, word)) && !without.iter().any(|word| holds(&p.1, word)));
        keep.map(|p| p.0).collect()
    };
    let found = |query: &str, selection: &Selection| {
        let mut found = Vec::new();
        each(&db, &query.parse().unwrap(), selection, &mut |passage| {
            found.push(passage.id);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(count(&db, &query.parse().unwrap(), selection).unwrap(), found.len() as u64, "{query}");
        found
    };
    let any = Selection::default();
    assert_eq!(found("产业 建设", &any), with(&["产业", "建设"], &[]));
    assert_eq!(found("产业 NOT 建设", &any), with(&["产业"], &["建设"]));
    assert_eq!(found("产业 NOT 龙头企业", &any), with(&["产业"], &["龙头企业"]));
    let mut either = [with(&["茶园"], &[]), with(&["春耕"], &["茶园"])].concat();
    either.sort_unstable();
    assert_eq!(found("茶园 OR 春耕", &any), either);
    let only = |select: &dyn Fn(&DocumentRow) -> bool, word: &str| -> Vec<i64> {
        all.iter().filter(|p| select(&p.4) && plain(&p.1).contains(word)).map(|p| p.0).collect()
    };
    let guizhou = Selection { areas: vec!["贵州".into()], ..Selection::default() };
    assert_eq!(found("茶旅共生", &guizhou), only(&|d| d.area_name.as_deref() == Some("贵州省"), "茶旅共生"));
    let years = Selection { years: Some(2022..=2024), ..Selection::default() };
    assert_eq!(found("茶旅共生", &years), only(&|d| d.year.is_some_and(|y| y <= 2024), "茶旅共生"));
    let tasks = Selection { roles: vec![Role::Tasks], ..Selection::default() };
    assert_eq!(
        found("就业", &tasks),
        all.iter().filter(|p| p.3 == Role::Tasks && plain(&p.1).contains("就业")).map(|p| p.0).collect::<Vec<_>>()
    );
    let first = page(&db, &"穩住就業".parse().unwrap(), &any, 1).unwrap();
    assert_eq!((first.len(), first[0].marks.len()), (1, 1));
}

#[test]
fn terms_count_what_a_naive_count_counts() {
    let (_dir, path) = ledger();
    let dictionary = Dictionary::from_bytes(Path::new("d.txt"), "产业\n建设\n就业\n增长\n".into()).unwrap();
    let ask = Count { selection: Selection::work_reports(), each: Each::Term, threads: 2, ..Count::default() };
    let panel = terms::count(&path, &dictionary, &ask).unwrap();
    let mut naive: BTreeMap<String, (u64, [u64; 4], [u64; 4])> = BTreeMap::new();
    for (_, text, kind, role, document) in passages(&path) {
        let counts = matches!(kind.as_str(), "body" | "heading") && role != Role::Glossary;
        if !counts || document.kind.as_deref() != Some("work_report") {
            continue;
        }
        let text = pledgebook_compare::folded::fold(&text);
        let entry = naive.entry(document.document).or_default();
        entry.0 += text.chars().filter(|c| !c.is_whitespace()).count() as u64;
        for (at, word) in ["产业", "建设", "就业", "增长"].iter().enumerate() {
            let many = text.matches(word).count() as u64;
            entry.1[at] += many;
            entry.2[at] += u64::from(many > 0);
        }
    }
    assert_eq!(panel.rows.len(), naive.len());
    for row in &panel.rows {
        let (characters, counts, with) = &naive[&row.document.document];
        assert_eq!(row.characters, *characters);
        assert_eq!(row.numbers.iter().map(|n| n.count).collect::<Vec<_>>(), counts);
        assert_eq!(row.numbers.iter().map(|n| n.passages).collect::<Vec<_>>(), with);
    }
    let by_role = terms::count(&path, &dictionary, &Count { by: By::Role, ..ask.clone() }).unwrap();
    let sum = |panel: &terms::Panel| panel.rows.iter().flat_map(|row| &row.numbers).map(|n| n.count).sum::<u64>();
    assert_eq!(sum(&by_role), sum(&panel));
    assert!(by_role.rows.len() > panel.rows.len());
    let listed = places(&path, &dictionary, &ask).unwrap();
    assert_eq!(listed.len() as u64, sum(&panel));
    assert!(listed.iter().all(|place| pledgebook_compare::folded::fold(&place.found) == place.term));
    let with_glossary = terms::count(&path, &dictionary, &Count { glossary: Glossary::Counted, ..ask }).unwrap();
    assert!(sum(&with_glossary) >= sum(&panel));
}

#[test]
fn a_phrase_is_traced_to_its_first_use_and_the_years_that_are_missing_are_named() {
    let (_dir, path) = ledger();
    let db = open_for_reading(&path).unwrap();
    let traced = trace(&db, &Query::phrase("茶旅共生").unwrap(), &Selection::work_reports()).unwrap();
    let uses: Vec<_> = traced.uses.iter().map(|used| (used.document.year, used.document.issuer().to_owned(), used.places)).collect();
    assert_eq!(uses, [(Some(2024), "湖南省".into(), 2), (Some(2025), "贵州省".into(), 1), (Some(2026), "贵州省".into(), 1)]);
    let first = first_uses(&db, &Query::phrase("茶旅共生").unwrap(), &Selection::work_reports(), 1).unwrap();
    let told = |trace: &Trace| trace.uses.iter().map(|used| used.passages.len()).sum::<usize>();
    assert_eq!((told(&first), first.by_year()), (1, traced.by_year()), "all are counted, the first is told");
    assert!(told(&traced) > 1 && first.uses[0].passages[0].text == traced.uses[0].passages[0].text);
    let hunan = traced.issuers.iter().find(|issuer| issuer.name == "湖南省").unwrap();
    assert_eq!((hunan.first, hunan.maybe_earlier.iter().copied().collect::<Vec<_>>()), (Some(2024), vec![2023]));
    let guizhou = traced.issuers.iter().find(|issuer| issuer.name == "贵州省").unwrap();
    assert_eq!((guizhou.first, guizhou.maybe_earlier.len(), guizhou.lacking.len()), (Some(2025), 0, 0));
}

#[test]
fn new_phrases_are_ranked_by_how_they_spread() {
    let (_dir, path) = ledger();
    let found = coined(&path, "湖南", 2024, 1).unwrap();
    assert_eq!((found.against.as_slice(), found.lacking.as_slice()), (&[2022][..], &[2023][..]));
    let tea = found.phrases.iter().find(|phrase| phrase.phrase == "茶旅共生").unwrap();
    assert_eq!((tea.places, tea.later_reports, tea.later_issuers, tea.elsewhere), (2, 2, 1, 0));
    assert!(found.phrases.is_sorted_by_key(|phrase| std::cmp::Reverse(phrase.later_reports)));
    assert!(coined(&path, "湖南", 2022, 1).unwrap_err().to_string().contains("first that the ledger has"));
    assert!(coined(&path, "湖南", 2030, 1).unwrap_err().to_string().contains("its reports are of 2022, 2024"));
}

#[test]
fn borrowed_passages_are_led_back_to_where_they_stood_first() {
    let (_dir, path) = ledger();
    let ask = Ask {
        selection: Selection::work_reports(),
        into: vec!["贵州".into()],
        years: None,
        from: Vec::new(),
        unit: Unit::Passage,
        at_least: 0.5,
        threads: 2,
    };
    let borrowers = reuse(&path, &ask).unwrap();
    let found: Vec<_> = borrowers
        .iter()
        .flat_map(|b| b.borrowed.iter().map(|x| (b.document.year, x.from, x.source.year, x.lag, x.likeness == 1.0)))
        .collect();
    assert_eq!(found, [(Some(2025), Origin::Other, Some(2024), 1, false), (Some(2026), Origin::Own, Some(2025), 1, true)]);
    let none = reuse(&path, &Ask { from: vec!["CN".into()], ..ask }).unwrap();
    assert!(none.iter().all(|borrower| borrower.borrowed.is_empty()));
}

#[test]
fn two_reports_of_a_ledger_are_compared() {
    let (_dir, path) = ledger();
    let db = open_for_reading(&path).unwrap();
    let all = documents(&db, &Selection::work_reports()).unwrap();
    let of = |year| all.iter().find(|d| d.year == Some(year) && d.area_name.as_deref() == Some("贵州省")).unwrap().document.clone();
    let side = |year| Side::in_ledger(&db, &of(year)).unwrap();
    let found = diff(side(2025), side(2026));
    assert!(found.steps.iter().any(|step| step.kind == StepKind::Same && !found.b.passages[step.b.unwrap()].heading));
    assert_eq!(found.a.name, "2025 贵州省 贵州省政府工作报告");
}
