//! Facts about the genre, on invented sentences.

use pledgebook_document::{Document, DroppedKind, Given, Meta, PassageKind, Source, documents};
use pledgebook_lexicon::{DocumentKind, Level, Role};

fn read_as(text: &str, given: &Given) -> Vec<Document> {
    documents(Source { text: text.to_owned(), places: Vec::new() }, given)
}

fn read(text: &str) -> Document {
    let mut made = read_as(text, &Given::default());
    assert_eq!(made.len(), 1);
    made.remove(0)
}

/// The role of the passage that begins so.
fn role_of(d: &Document, begin: &str) -> Role {
    let passage = d.passages.iter().find(|p| d.slice(p.span).starts_with(begin));
    passage.unwrap_or_else(|| panic!("no passage begins {begin}:\n{}", d.text)).role
}

const HEAD: &str = "2031年甲乙省政府工作报告\n——2031年1月20日在甲乙省第十五届人民代表大会第一次会议上\n省长 张 三\n各位代表：\n现在，我代表省人民政府向大会报告工作，请予审议。\n";

#[test]
fn a_report_tells_who_when_and_where_in_its_first_lines() {
    let d = read(&format!("{HEAD}一、2030年工作回顾\n生产总值增长5%。\n"));
    let Meta { kind, title, area, area_name, level, year, date, speaker, office, assembly, session, .. } = d.meta;
    assert_eq!((kind, title.as_deref()), (Some(DocumentKind::WorkReport), Some("2031年甲乙省政府工作报告")));
    assert_eq!((area, area_name.as_deref(), level), (None, Some("甲乙省"), Some(Level::Province)));
    assert_eq!((year, date.as_deref()), (Some(2031), Some("2031-01-20")));
    assert_eq!((office.as_deref(), speaker.as_deref()), (Some("省长"), Some("张三")));
    assert_eq!((assembly.as_deref(), session.as_deref()), (Some("甲乙省第十五届人民代表大会"), Some("第一次会议")));
    let kinds: Vec<PassageKind> = d.passages.iter().map(|p| p.kind).collect();
    use PassageKind::{Body, Heading, Salutation, Title};
    assert_eq!(kinds, [Title, Title, Title, Salutation, Body, Heading, Body]);
}

#[test]
fn each_part_of_a_report_has_its_role() {
    let d = read(&format!(
        "{HEAD}一、2030年工作回顾\n过去一年，全省生产总值增长5.1%。\n一年来，我们主要做了以下工作。\n\
         （一）稳住经济。粮食产量300亿斤。\n（二）改善民生。10件民生实事全部办结。\n\
         在肯定成绩的同时，我们也清醒看到，还有不少困难和挑战。\n\
         二、2031年重点工作\n今年政府工作的总体要求是：稳中求进。\n\
         主要预期目标是：生产总值增长5%左右；居民收入增长和经济增长同步。\n\
         提出上述目标，考虑了需要和可能。\n重点做好以下工作：\n\
         （一）扩大内需。新建公路300公里。\n（二）办好十件民生实事\n1.新增学位1万个。\n2.改造老旧小区200个。\n\
         各位代表！新任务对政府自身建设提出更高要求。我们要依法行政。\n\
         各位代表！让我们团结奋斗，谱写新篇章！\n名词解释\n1.两新：新设备和新消费品。\n"
    ));
    for (begin, role) in [
        ("现在，我代表", Role::Opening),
        ("过去一年", Role::Review),
        ("（一）稳住", Role::Review),
        ("（二）改善", Role::Review),
        ("在肯定成绩", Role::Problem),
        ("今年政府工作的总体要求", Role::Requirements),
        ("主要预期目标", Role::Goals),
        ("提出上述目标", Role::Rationale),
        ("重点做好", Role::Tasks),
        ("（一）扩大", Role::Tasks),
        ("1.新增学位", Role::LivelihoodList),
        ("各位代表！新任务", Role::Government),
        ("各位代表！让我们", Role::Closing),
        ("1.两新", Role::Glossary),
    ] {
        assert_eq!(role_of(&d, begin), role, "{begin}");
    }
    assert!(d.warnings.is_empty(), "{:?}", d.warnings);
}

#[test]
fn goals_may_be_spread_over_a_list() {
    let d = read(&format!(
        "{HEAD}一、2030年工作回顾\n生产总值增长5%。\n二、2031年主要任务\n今年经济社会发展的主要预期目标是：\n\
         ——生产总值增长5%左右；\n——居民消费价格涨幅2%左右；\n——城镇新增就业10万人以上。\n\
         这些目标的设定，衔接了五年规划。\n（一）扩大内需。多渠道增加居民收入。\n"
    ));
    for begin in ["——生产总值", "——居民消费", "——城镇新增"] {
        assert_eq!(role_of(&d, begin), Role::Goals, "{begin}");
    }
    assert_eq!(role_of(&d, "这些目标"), Role::Rationale);
    assert_eq!(role_of(&d, "（一）扩大"), Role::Tasks);
}

#[test]
fn a_section_on_a_plan_looks_back_before_it_looks_ahead() {
    let d = read(
        "2026年甲乙省政府工作报告\n——2026年1月20日在甲乙省第十五届人民代表大会第四次会议上\n省长 张三\n各位代表：\n一、2025年工作回顾\n\
         生产总值增长5%。\n二、“十四五”时期发展成就和“十五五”时期主要目标任务\n“十四五”时期，生产总值跨上新台阶。\n\
         “十五五”时期是关键时期。到2030年，人均生产总值翻一番。\n三、2026年重点工作\n新建公路300公里。\n",
    );
    assert_eq!(role_of(&d, "“十四五”"), Role::Review);
    assert_eq!(role_of(&d, "“十五五”"), Role::Goals);
    assert_eq!(role_of(&d, "新建公路"), Role::Tasks);
}

#[test]
fn run_in_headings_open_sections_that_end_with_their_list() {
    let d = read(&format!(
        "{HEAD}一、2030年工作回顾\n——农业稳定发展。粮食产量300亿斤。\n——工业提质增效。增加值增长6%。\n过去一年，成绩来之不易。\n\
         一是扩大内需，推动经济回升。投资增长8%。\n二是深化改革，激发活力。办成10件大事。\n"
    ));
    let titles: Vec<(u8, &str)> = d.sections.iter().map(|s| (s.level, d.slice(s.title))).collect();
    let expected = [
        (1, "一、2030年工作回顾"),
        (4, "——农业稳定发展"),
        (4, "——工业提质增效"),
        (3, "一是扩大内需，推动经济回升"),
        (3, "二是深化改革，激发活力"),
    ];
    assert_eq!(titles, expected);
    let after = d.passages.iter().find(|p| d.slice(p.span).starts_with("过去一年")).unwrap();
    assert_eq!(after.section, Some(0), "the paragraph after the list is no part of its last item");
    assert!(d.sections[1..].iter().all(|s| s.parent == Some(0)));
}

#[test]
fn a_sentence_broken_by_links_is_one_again() {
    let d = read(
        "各位代表：\n\n制定了《\n数据条例\n》，修订了《\n计划法\n》等法规。\n\n细颗粒物（PM\n2.5\n）浓度下降。\n\n货币供应量M\n2\n增长8%。\n\n关于改革\n\n要深化改革。",
    );
    let text: Vec<&str> = d.text.lines().collect();
    assert_eq!(
        text,
        [
            "各位代表：",
            "制定了《数据条例》，修订了《计划法》等法规。",
            "细颗粒物（PM2.5）浓度下降。",
            "货币供应量M2增长8%。",
            "关于改革",
            "要深化改革。"
        ]
    );
}

#[test]
fn running_heads_and_page_numbers_leave_no_trace_in_a_sentence() {
    let line = "全省上下齐心协力攻坚克难推动经济社会发展取得新成";
    let page = |n: u32, last: &str| format!("甲乙省政府工作报告\n{line}稳中\n{line}向好\n{line}{last}\n— {n} —\n\u{c}");
    let d = read(&format!("{}{}{}甲乙省政府工作报告\n改善。\n", page(1, "扩大"), page(2, "加强"), page(3, "持续")));
    assert!(d.text.ends_with("持续改善。"), "{}", d.text);
    let heads = d.dropped.iter().filter(|x| x.what == DroppedKind::RunningHead).count();
    let numbers = d.dropped.iter().filter(|x| x.what == DroppedKind::PageNumber).count();
    assert_eq!((heads, numbers), (3, 3), "the first is the title");
}

#[test]
fn a_text_that_stops_in_mid_sentence_is_said_to_be_cut_off() {
    let text = format!("{HEAD}一、2030年工作回顾\n全省生产总值增长5%，其中第三产");
    let d = read(&text);
    let warning = d.warnings.iter().find(|w| w.code == "cut_off").unwrap();
    assert_eq!(warning.at, Some(text.len() as u32));
    assert!(warning.message.contains("其中第三产"), "{}", warning.message);
}

#[test]
fn the_text_is_believed_before_the_file_name_and_a_conflict_is_told() {
    let text = format!("{HEAD}一、2030年工作回顾\n生产总值增长5%。\n二、2031年工作任务\n继续努力。\n");
    let given = Given { name: Some("2029年政府工作报告.txt".into()), ..Given::default() };
    let d = &read_as(&text, &given)[0];
    assert_eq!(d.meta.year, Some(2031));
    assert_eq!(d.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["meta_conflict"]);

    let silent = Given { name: Some("2018年国务院政府工作报告.txt".into()), ..Given::default() };
    let d = &read_as("各位代表：\n一、过去五年工作回顾\n粮食产量稳定。\n", &silent)[0];
    assert_eq!((d.meta.year, d.meta.area.as_deref(), d.meta.kind), (Some(2018), Some("CN"), Some(DocumentKind::WorkReport)));
}

#[test]
fn a_report_heard_in_december_is_for_the_year_of_its_tasks() {
    let d = read(
        "政府工作报告\n——2030年12月28日在甲乙县第十七届人民代表大会第五次会议上\n县长 李四\n各位代表：\n一、2030年工作回顾\n生产总值增长5%。\n二、2031年工作安排\n继续努力。\n",
    );
    assert_eq!((d.meta.year, d.meta.date.as_deref()), (Some(2031), Some("2030-12-28")));
}

#[test]
fn a_communique_tells_what_was_and_has_notes() {
    let text = "澜川省2030年国民经济和社会发展统计公报[1]\n澜川省统计局\n2031年3月28日\n2030年，全省经济总体平稳。\n一、综合\n\
                全年地区生产总值[2]1.2万亿元，比上年增长5.6%。\n二、农业\n全年粮食产量1000万吨，增长2.1%。\n注释：\n\
                [1]本公报中数据均为初步统计数。\n[2]地区生产总值按现价计算。\n";
    let made = documents(Source { text: text.into(), places: vec![] }, &Given::default());
    let [d] = &made[..] else { panic!("{} documents", made.len()) };
    assert_eq!((d.meta.kind, d.meta.year), (Some(DocumentKind::Communique), Some(2030)));
    assert_eq!(d.meta.title.as_deref(), Some("澜川省2030年国民经济和社会发展统计公报"));
    assert_eq!(d.meta.date.as_deref(), Some("2031-03-28"));
    let roles: Vec<Role> = d.passages.iter().map(|p| p.role).collect();
    assert_eq!(roles, [vec![Role::Opening; 3], vec![Role::Review; 5], vec![Role::Glossary; 3]].concat());
}
