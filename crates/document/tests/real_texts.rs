//! Real reports of the shared corpus: outline, roles and meta as a reader of the report would tell them.
//!
//! The texts are no part of the repository. Without them (`PLEDGEBOOK_SHARED`, or `shared` beside the workspace) each test says
//! that it was skipped, or fails when `PLEDGEBOOK_REQUIRE_SHARED` is set.

use std::path::PathBuf;

use pledgebook_document::{Document, DroppedKind, Given, Meta, Options, PassageKind, Source, documents, read_file, read_holders};
use pledgebook_lexicon::{DocumentKind, Level, Role};

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

/// What is known of a text: where it stands, and whose report of which year it is.
struct Fact {
    file: String,
    row: Option<u32>,
    told: Told,
}

/// Area, level, year, kind.
type Told = (String, Level, i16, DocumentKind);

/// Every text of the corpus, as read off it by eye.
fn facts() -> Vec<Fact> {
    use DocumentKind::{Communique, Other, PlanOutline, Resolution, WorkReport};
    let mut facts = Vec::new();
    let mut put =
        |file: String, row, area: &str, level, year, kind| facts.push(Fact { file, row, told: (area.to_owned(), level, year, kind) });
    let provinces = [
        ("上海市", "310000"),
        ("云南省", "530000"),
        ("北京市", "110000"),
        ("吉林省", "220000"),
        ("天津市", "120000"),
        ("安徽省", "340000"),
        ("山东省", "370000"),
        ("广西壮族自治区", "450000"),
        ("江苏省", "320000"),
        ("江西省", "360000"),
        ("河南省", "410000"),
        ("湖北省", "420000"),
        ("贵州省", "520000"),
        ("重庆市", "500000"),
        ("青海省", "630000"),
        ("黑龙江省", "230000"),
    ];
    for (name, code) in provinces {
        let short = name.strip_suffix("壮族自治区").unwrap_or(name);
        put(format!("corpus/provinces-2025/2025年{short}政府工作报告.docx"), None, code, Level::Province, 2025, WorkReport);
        put(format!("corpus/provinces-2026/2026_{name}_政府工作报告.csv"), Some(1), code, Level::Province, 2026, WorkReport);
    }
    for year in [2004, 2006, 2010, 2016] {
        put(format!("corpus/encodings/{year}年国务院政府工作报告.txt"), None, "CN", Level::Nation, year, WorkReport);
    }
    // Resolutions stand with a minus.
    let national: [i16; 19] =
        [2024, 2023, -2023, 2022, -2022, -2020, 2018, 2016, 2014, 2012, 2010, 2008, 2006, 2004, 2002, 2000, 1998, 1992, 1988];
    let older = [1986, 1984, 1982, 1980, 1978, 1964, 1960, 1958, 1956, 1954];
    for (i, year) in national.into_iter().chain(older).enumerate() {
        let kind = if year < 0 { Resolution } else { WorkReport };
        put("corpus/national/national.jsonl".into(), Some(i as u32 + 1), "CN", Level::Nation, year.abs(), kind);
    }
    let page = |name: &str| format!("corpus/html/{name}.html");
    put(page("万载县2015年国民经济和社会发展统计公报"), None, "360922", Level::County, 2015, Communique);
    put(page("江西省2022年国民经济和社会发展统计公报 _ 中国宜春"), None, "360000", Level::Province, 2022, Communique);
    let plan = "corpus/pdf/云南省第十个五年计划纲要.reference.txt";
    put(plan.into(), None, "530000", Level::Province, 2001, PlanOutline);
    let printed = "corpus/pdf/云南省国民经济和社会发展第十个五年计划纲要_.pdf";
    put(printed.into(), None, "530000", Level::Province, 2001, PlanOutline);
    put("corpus/pdf/2023年数字中国发展报告.pdf".into(), None, "CN", Level::Nation, 2023, Other);
    for (text, area, level, year) in [
        ("bj2026", "110000", Level::Province, 2026),
        ("cn2023", "CN", Level::Nation, 2023),
        ("gz2025", "520000", Level::Province, 2025),
        ("jx2026", "360000", Level::Province, 2026),
    ] {
        put(format!("gold/texts/{text}.txt"), None, area, level, year, WorkReport);
    }
    facts
}

#[test]
fn the_meta_of_every_text_of_the_corpus_is_right() {
    let facts = facts();
    let mut files: Vec<&str> = facts.iter().map(|fact| fact.file.as_str()).collect();
    files.dedup();
    for file in files {
        let Some(path) = shared(file) else { continue };
        let mut found = Vec::new();
        read_holders(&path, &Options::default(), &mut |holder| {
            let holder = holder.unwrap();
            assert_eq!(holder.documents.len(), 1, "{file} {:?}", holder.row);
            let document = holder.documents.into_iter().next().unwrap();
            let conflicts: Vec<_> = document.warnings.iter().filter(|w| w.code == "meta_conflict").collect();
            assert!(conflicts.is_empty(), "{file} {:?}: {conflicts:?}", holder.row);
            let Meta { area, level, year, kind, .. } = document.meta;
            found.push((holder.row, (area.unwrap(), level.unwrap(), year.unwrap(), kind.unwrap())));
        })
        .unwrap();
        let meant: Vec<_> = facts.iter().filter(|fact| fact.file == file).map(|fact| (fact.row, fact.told.clone())).collect();
        assert_eq!(found, meant, "{file}");
    }
}

#[test]
fn the_occasion_and_the_speaker_are_read_where_the_text_has_them() {
    for (file, date, office, speaker) in [
        ("corpus/provinces-2025/2025年上海市政府工作报告.docx", "2025-01-15", "市长", "龚正"),
        ("corpus/provinces-2025/2025年北京市政府工作报告.docx", "2025-01-14", "市长", "殷勇"),
        ("corpus/provinces-2025/2025年江西省政府工作报告.docx", "2025-01-17", "省长", "叶建春"),
        ("corpus/provinces-2025/2025年湖北省政府工作报告.docx", "2025-01-16", "代省长", "李殿勋"),
        ("corpus/provinces-2025/2025年广西政府工作报告.docx", "2025-01-13", "主席", "蓝天立"),
        ("corpus/provinces-2026/2026_广西壮族自治区_政府工作报告.csv", "2026-02-02", "主席", "韦韬"),
        ("corpus/provinces-2026/2026_青海省_政府工作报告.csv", "2026-01-27", "省长", "罗东川"),
        ("corpus/encodings/2006年国务院政府工作报告.txt", "2006-03-05", "总理", "温家宝"),
        ("corpus/encodings/2010年国务院政府工作报告.txt", "2010-03-05", "总理", "温家宝"),
    ] {
        let Some(path) = shared(file) else { continue };
        let meta = read_file(&path).unwrap().remove(0).meta;
        let found = (meta.date.as_deref(), meta.office.as_deref(), meta.speaker.as_deref());
        assert_eq!(found, (Some(date), Some(office), Some(speaker)), "{file}");
    }
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

#[test]
fn a_printed_report_is_read_page_by_page() {
    let Some(file) = shared("corpus/pdf/2023年数字中国发展报告.pdf") else { return };
    let made = read_file(&file).unwrap();
    assert_eq!(made.len(), 1);
    let d = &made[0];
    assert_eq!(d.meta.title.as_deref(), Some("数字中国发展报告"));
    let numbers = d.dropped.iter().filter(|x| x.what == DroppedKind::PageNumber).count();
    assert!(numbers >= 50, "{numbers} page numbers dropped of 55 numbered pages");
    assert!(d.text.contains("光纤宽带网络技术不断升级"), "joined over a note and a page number");
    assert!(d.warnings.is_empty(), "{:?}", d.warnings);
}

/// Its fonts have no table to Unicode, and tools without the data of Adobe's collections see only its punctuation. The numbers of
/// its characters are those of Adobe-GB1, as the file says, and so it can be read as it stands on the page.
#[test]
fn a_plan_whose_fonts_number_their_characters_is_read_through_the_collection() {
    let Some(file) = shared("corpus/pdf/云南省国民经济和社会发展第十个五年计划纲要_.pdf") else { return };
    let reference = std::fs::read_to_string(shared("corpus/pdf/云南省第十个五年计划纲要.reference.txt").unwrap()).unwrap();
    let count = |text: &str| {
        let mut counts = std::collections::BTreeMap::<char, i64>::new();
        text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let made = read_file(&file).unwrap();
    let (ours, theirs) = (count(&made[0].source.text), count(&reference));
    let differ: i64 = ours.keys().chain(theirs.keys()).map(|c| (ours.get(c).unwrap_or(&0) - theirs.get(c).unwrap_or(&0)).abs()).sum();
    let differ = differ / 2;
    assert!(differ <= 3, "{differ} characters differ from the true text");
}
