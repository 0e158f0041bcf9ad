//! A small report, its documents and reading put together by hand.

use std::path::PathBuf;
use std::sync::Arc;

use pledgebook_document::{Document, Given, Meta, Passage, PassageKind, Section, Sha256, Source, Span, Warning};
use pledgebook_lexicon::{Bound, Claimed, Direction, DocumentKind, Horizon, Level, Measure, Mode, Period, PledgeKind, Relation, Role};
use pledgebook_reader::{Claim, Figure, Pledge, Reading};

use super::figure;
use crate::input::{FileRead, HeldBy};

const TEXT: &str = "政府工作报告
一、2023年工作回顾
——经济运行稳中有进。地区生产总值达到1.86万亿元、增长5.3%，城镇新增就业35.4万人。年初目标基本完成。
同时，也要看到，还有不少短板：产业链条偏短，民间投资信心不足；一些干部担当不够，落实打了折扣。
二、2024年目标
主要预期目标是：地区生产总值增长5.5%左右；规模以上工业增加值增长7%以上、力争达到8%；城镇新增就业36万人以上；居民收入增长与经济增长同步；生态环境质量持续改善。
";

/// The report: two sections, four results, five headline pledges, a problem, a claim and a warning.
pub(crate) fn report() -> FileRead {
    let source = Source { text: TEXT.into(), ..Source::default() };
    let mut documents = pledgebook_document::documents(source, &Given::default());
    documents.truncate(1);
    let document = documents.remove(0);
    let at = |part: &str| find(&document.text, part);
    let outcome = |part, low, unit, measure, label: &str, indicator| Figure {
        span: at(part),
        quote: at(part),
        label: label.into(),
        indicator: Some(indicator),
        measure,
        direction: if measure == Measure::Growth { Direction::Up } else { Direction::None },
        period: Period::Year(2023),
        rules: vec!["numeral"],
        ..figure(low, low, unit)
    };
    let target = |part, low, unit, measure, bound, label, indicator| Figure {
        mode: Mode::Target,
        bound,
        period: Period::Year(2024),
        ..outcome(part, low, unit, measure, label, indicator)
    };
    let (growth, level) = (Measure::Growth, Measure::Level);
    let figures = vec![
        outcome("1.86万亿元", 1.86e12, "CNY", level, "地区生产总值", "gdp"),
        outcome("5.3%", 5.3, "percent", growth, "地区生产总值", "gdp"),
        outcome("35.4万人", 354_000.0, "person", level, "城镇新增就业", "urban_new_jobs"),
        target("5.5%", 5.5, "percent", growth, Bound::About, "地区生产总值", "gdp"),
        target("7%", 7.0, "percent", growth, Bound::AtLeast, "规模以上工业增加值", "va_industry"),
        Figure { stretch: true, ..target("8%", 8.0, "percent", growth, Bound::Exact, "规模以上工业增加值", "va_industry") },
        target("36万人", 360_000.0, "person", level, Bound::AtLeast, "城镇新增就业", "urban_new_jobs"),
    ];
    let number = |part, label: &str, indicator, figures: &[u32]| Pledge { indicator, figures: figures.into(), ..pledge(at(part), label) };
    let pledges = vec![
        number("地区生产总值增长5.5%左右", "地区生产总值", Some("gdp"), &[3]),
        number("规模以上工业增加值增长7%以上、力争达到8%", "规模以上工业增加值", Some("va_industry"), &[4, 5]),
        number("城镇新增就业36万人以上", "城镇新增就业", Some("urban_new_jobs"), &[6]),
        Pledge {
            kind: PledgeKind::Relative,
            relation: Some(Relation::InStep),
            reference: Some("gdp".into()),
            ..number("居民收入增长与经济增长同步", "居民收入", Some("income"), &[])
        },
        Pledge { kind: PledgeKind::Qualitative, ..number("生态环境质量持续改善", "生态环境质量", None, &[]) },
    ];
    let span = at("年初目标基本完成");
    let claims = vec![Claim { span, label: "年初目标".into(), indicator: None, claimed: Claimed::Met, rules: vec!["claim"] }];
    let reading = Reading { figures, pledges, claims };
    let holders = vec![HeldBy { member: None, row: None, sha256: Sha256::of(TEXT.as_bytes()) }];
    FileRead { path: PathBuf::from("report.txt"), documents: vec![outlined(document)], readings: vec![reading], holders, failed: vec![] }
}

fn find(text: &str, part: &str) -> Span {
    let start = text.find(part).expect("part of the text");
    Span::new(start, start + part.len())
}

fn pledge(span: Span, label: &str) -> Pledge {
    Pledge {
        span,
        kind: PledgeKind::Number,
        headline: true,
        label: label.into(),
        indicator: None,
        period: Period::Year(2024),
        horizon: Horizon::Year,
        figures: vec![].into(),
        relation: None,
        reference: None,
        direction: Direction::None,
        stretch_text: None,
        hedge: None,
        actions: vec![].into(),
        objects: vec![].into(),
        lead: None,
        deadline: Period::Open,
        repeats: None,
        rules: vec!["headline"].into(),
    }
}

fn outlined(document: Document) -> Document {
    let text = document.text.clone();
    let section = |title: &str, to: &str, level, role, parent| Section {
        span: Span { start: find(&text, title).start, end: find(&text, to).start },
        title: find(&text, title),
        level,
        role,
        parent,
    };
    let review = section("一、2023年工作回顾", "二、", 1, Role::Review, None);
    let topic = section("——经济运行稳中有进。", "同时，", 4, Role::Review, Some(0));
    let goals = section("二、2024年目标", "主要预期", 1, Role::Goals, None);
    let roles = [Role::Other, Role::Review, Role::Review, Role::Problem, Role::Goals, Role::Goals];
    let sections = [None, Some(0), Some(1), Some(0), Some(2), Some(2)];
    let passages = text.split('\n').zip(roles).zip(sections).map(|((line, role), section)| Passage {
        span: find(&text, line),
        kind: if role == Role::Other { PassageKind::Title } else { PassageKind::Body },
        role,
        section,
    });
    Document {
        source: Arc::clone(&document.source),
        passages: passages.collect(),
        sections: vec![review, topic, goals],
        meta: Meta {
            kind: Some(DocumentKind::WorkReport),
            title: Some("政府工作报告".into()),
            area_name: Some("澜川省".into()),
            level: Some(Level::Province),
            year: Some(2024),
            date: Some("2024-01-22".into()),
            speaker: Some("顾望舟".into()),
            office: Some("省长".into()),
            ..Meta::default()
        },
        warnings: vec![Warning { code: "cut_off", message: "the text ends without a closing".into(), at: Some(0) }],
        ..document
    }
}
