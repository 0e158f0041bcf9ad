//! Real reports of the shared corpus: outline, roles and meta as a reader of the report would tell them.
//!
//! The texts are no part of the repository. Without them (`PLEDGEBOOK_SHARED`, or `shared` beside the workspace) each test says
//! that it was skipped.

use std::path::PathBuf;

use pledgebook_document::{Document, DroppedKind, Given, PassageKind, Source, documents, read_file};
use pledgebook_lexicon::{DocumentKind, Role};

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PLEDGEBOOK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let found = root.join(path);
    if !found.exists() {
        println!("skipped: {} is not there", found.display());
        return None;
    }
    Some(found)
}

fn rows(path: &str) -> Vec<serde_json::Value> {
    let Some(path) = shared(path) else { return Vec::new() };
    std::fs::read_to_string(path).unwrap().lines().map(|row| serde_json::from_str(row).unwrap()).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The first characters of the passages with a role.
fn begin_of(d: &Document, role: Role) -> Vec<String> {
    let passages = d.passages.iter().filter(|p| p.role == role && p.kind == PassageKind::Body);
    passages.map(|p| d.slice(p.span).chars().take(8).collect()).collect()
}

#[test]
fn the_seed_is_a_resolution_and_the_report_it_decides_on() {
    let Some(file) = shared("seed/000_feee4fa3265603e8.txt") else { return };
    let made = read_file(&file).unwrap();
    let [resolution, report] = &made[..] else { panic!("{} documents", made.len()) };
    assert_eq!((resolution.linked, report.linked), (Some(1), Some(0)));

    let meta = &resolution.meta;
    assert_eq!(meta.kind, Some(DocumentKind::Resolution));
    assert_eq!(meta.date.as_deref(), Some("2024-03-11"));
    assert_eq!(meta.decision.as_deref(), Some("批准"));
    assert_eq!(meta.assembly.as_deref(), Some("第十四屆全國人民代表大會"));
    assert_eq!(meta.session.as_deref(), Some("第二次會議"));
    assert!(resolution.passages.iter().all(|p| p.role == Role::Resolution));

    let meta = &report.meta;
    assert_eq!((meta.kind, meta.year, meta.area.as_deref()), (Some(DocumentKind::WorkReport), Some(2024), Some("CN")));
    assert_eq!((meta.date.as_deref(), meta.office.as_deref(), meta.speaker.as_deref()), (Some("2024-03-05"), Some("總理"), Some("李強")));
    assert_eq!(begin_of(report, Role::Problem), ["在肯定成績的同時"]);
    assert_eq!(begin_of(report, Role::Goals), ["今年發展主要預期"]);
    assert_eq!(begin_of(report, Role::Rationale), ["提出上述預期目標"]);
    assert_eq!(begin_of(report, Role::Requirements).len(), 3);
    let levels: Vec<u8> = report.sections.iter().map(|s| s.level).collect();
    assert_eq!(levels, [1, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 1]);
    assert_eq!(report.slice(report.sections[8].title), "一是加大宏觀調控力度，推動經濟運行持續好轉");
    assert_eq!(report.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["cut_off"]);
    let numbers = made.iter().flat_map(|d| &d.dropped).filter(|d| d.what == DroppedKind::PageNumber).count();
    assert_eq!(numbers, 2);
    assert!(report.text.contains("國際收支基本平衡。"), "joined over a page number");
}

#[test]
fn every_headline_pledge_of_the_gold_stands_in_a_passage_of_goals() {
    for text in ["seed2024", "cn2023", "bj2026", "gz2025", "jx2026"] {
        let pledges = rows(&format!("gold/{text}.pledges.jsonl"));
        let Some(file) = shared(&format!("gold/texts/{text}.txt")) else { return };
        let made = read_file(&file).unwrap();
        let goals: String =
            made.iter().flat_map(|d| d.passages.iter().filter(|p| p.role == Role::Goals).map(|p| d.slice(p.span))).collect();
        for quote in pledges.iter().filter_map(|p| p["quote"].as_str()) {
            assert!(goals.contains(&squeezed(quote)), "{text}: {quote}");
        }
    }
}

#[test]
fn every_figure_of_the_gold_stands_whole_in_one_passage() {
    for text in ["seed2024", "cn2023", "bj2026", "gz2025", "jx2026"] {
        let figures = rows(&format!("gold/{text}.figures.jsonl"));
        let Some(file) = shared(&format!("gold/texts/{text}.txt")) else { return };
        let made = read_file(&file).unwrap();
        for figure in figures {
            let quote = squeezed(figure["quote"].as_str().unwrap());
            let holds = |d: &Document| d.passages.iter().any(|p| squeezed(d.slice(p.span)).contains(&quote));
            assert!(made.iter().any(holds), "{text}: {quote}");
        }
    }
}

#[test]
fn the_national_reports_since_1978_have_a_review_and_a_way_forward() {
    for row in rows("corpus/national/national.jsonl") {
        let (title, content) = (row["title"].as_str().unwrap(), row["content"].as_str().unwrap());
        let mut given = Given::default();
        given.meta.title = Some(title.to_owned());
        let made = documents(Source { text: content.to_owned(), places: vec![] }, &given);
        assert_eq!(made.len(), 1, "{title}");
        let d = &made[0];
        assert_eq!(d.meta.area.as_deref(), Some("CN"), "{title}");
        assert!(d.meta.year.is_some() && d.meta.kind.is_some(), "{title}");
        assert!(!d.text.contains("著作权法》第五条"), "{title}: the licence is no part of the text");
        assert!(d.warnings.iter().all(|w| w.code != "cut_off"), "{title}: {:?}", d.warnings);
        let year: Option<i16> = row["year"].as_str().and_then(|y| y.parse().ok());
        if year >= Some(1978) && year != Some(1982) {
            for role in [Role::Review, Role::Tasks] {
                assert!(d.sections.iter().any(|s| s.role == role), "{title}: {role}");
            }
        }
        // From 2006 on the year's goals stand in one place.
        if year >= Some(2006) {
            assert!(!begin_of(d, Role::Goals).is_empty(), "{title}");
            assert!(!begin_of(d, Role::Closing).is_empty(), "{title}");
        }
        if year == Some(2014) {
            assert!(d.text.contains("M2增长13.6%"), "a subscript on a line of its own is part of the sentence");
        }
    }
}

/// The text as a PDF gives it back: lines of 60 columns, the first of a paragraph four shorter, no line that begins with a comma
/// or a full stop, numbers unbroken, a page number every 28 lines.
fn wrapped(d: &Document, indent: &str, line_break: &str) -> String {
    let mut lines = Vec::new();
    let mut ends = vec![0];
    for p in &d.passages {
        let mut line = String::new();
        let mut left = if p.kind == PassageKind::Title { 60 } else { 56 };
        let chars: Vec<char> = d.slice(p.span).chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let number = chars[at..].iter().take_while(|c| c.is_ascii_graphic()).count().max(1);
            let hangs = chars.get(at + number).is_some_and(|c| "，。、；：！？”》）%".contains(*c));
            let columns = |c: &char| if c.is_ascii() { 1 } else { 2 };
            let need: i32 = chars[at..at + number + usize::from(hangs)].iter().map(columns).sum();
            if need > left && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                left = 60;
            }
            left -= chars[at..at + number].iter().map(columns).sum::<i32>();
            line.extend(&chars[at..at + number]);
            at += number;
        }
        lines.push(line);
        ends.push(lines.len());
    }
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        if ends.contains(&i) {
            text += indent;
        }
        text += line;
        text += line_break;
        if i % 28 == 27 {
            text += &format!("{line_break}{}{line_break}", i / 28 + 1);
        }
    }
    text
}

#[test]
fn a_text_that_was_wrapped_comes_back_paragraph_by_paragraph() {
    for (indent, line_break) in [("", "\n\n"), ("　　", "\n"), ("", "\r\n")] {
        come_back(indent, line_break);
    }
}

fn come_back(indent: &str, line_break: &str) {
    let (mut whole, mut cut, mut glued) = (0, 0, 0);
    for text in ["cn2023", "bj2026", "gz2025", "jx2026"] {
        let Some(file) = shared(&format!("gold/texts/{text}.txt")) else { return };
        let d = &read_file(&file).unwrap()[0];
        let again = documents(Source { text: wrapped(d, indent, line_break), places: vec![] }, &Given::default());
        let read: Vec<String> = again.iter().flat_map(|d| d.passages.iter().map(|p| squeezed(d.slice(p.span)))).collect();
        let meant: Vec<String> = d.passages.iter().map(|p| squeezed(d.slice(p.span))).collect();
        for passage in &meant {
            if read.contains(passage) {
                whole += 1;
            } else if read.iter().any(|r| r.contains(passage.as_str())) {
                println!("{text}: glued {passage}");
                glued += 1;
            } else {
                println!("{text}: cut {passage}");
                cut += 1;
            }
        }
    }
    println!("{whole} whole, {cut} cut, {glued} glued");
    assert!(glued == 0 && cut * 50 <= whole, "{whole} whole, {cut} cut, {glued} glued");
}
