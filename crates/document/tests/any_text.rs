//! Any string at all becomes documents without panic, and every part of them leads back to the source.

use pledgebook_document::{Document, Given, Source, Span, documents};
use proptest::prelude::*;

fn read(text: &str) -> Vec<Document> {
    documents(Source { text: text.to_owned(), places: Vec::new() }, &Given::default())
}

/// What shows of `start..end` of the source: less white space and less what was dropped.
fn shown(d: &Document, start: u32, end: u32) -> String {
    let source = &d.source.text;
    source[start as usize..end as usize]
        .char_indices()
        .map(|(i, c)| (start + i as u32, c))
        .filter(|&(i, c)| !c.is_whitespace() && !d.dropped.iter().any(|x| x.start <= i && i < x.end))
        .map(|(_, c)| c)
        .collect()
}

fn holds(d: &Document, span: Span) {
    assert!(d.text.is_char_boundary(span.start as usize) && d.text.is_char_boundary(span.end as usize), "{span:?}");
    let there = d.map.source(span);
    let source = &d.source.text;
    assert!(source.is_char_boundary(there.start as usize) && source.is_char_boundary(there.end as usize), "{span:?} {there:?}");
    let canonical: String = d.slice(span).chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(shown(d, there.start, there.end), canonical, "{span:?} {there:?}");
}

fn check(text: &str) {
    for d in &read(text) {
        for x in &d.dropped {
            assert!(text.is_char_boundary(x.start as usize) && text.is_char_boundary(x.end as usize) && x.start < x.end);
        }
        let mut next = 0;
        for p in &d.passages {
            assert_eq!(p.span.start, next, "passages cover the text but the line breaks");
            assert!(p.span.start < p.span.end, "no passage is empty");
            next = p.span.end + 1;
            holds(d, p.span);
            if let Some(s) = p.section {
                assert!((s as usize) < d.sections.len());
            }
        }
        assert_eq!(d.text.len() as u32 + 1, next);
        for (i, s) in d.sections.iter().enumerate() {
            holds(d, s.title);
            assert!(s.span.contains(s.title) && s.span.end as usize <= d.text.len());
            if let Some(parent) = s.parent {
                assert!((parent as usize) < i && d.sections[parent as usize].level < s.level);
                assert!(d.sections[parent as usize].span.contains(s.span));
            }
        }
        // Every span between two characters, in short texts; the ends of the text in all.
        let bounds: Vec<u32> = d.text.char_indices().map(|(i, _)| i as u32).chain([d.text.len() as u32]).collect();
        let step = 1 + bounds.len() / 24;
        for (i, &start) in bounds.iter().enumerate().step_by(step) {
            for &end in bounds[i..].iter().step_by(step) {
                holds(d, Span { start, end });
            }
        }
        for w in &d.warnings {
            assert!(w.at.is_none_or(|at| text.is_char_boundary(at as usize)));
        }
    }
}

/// Pieces that the reading turns on.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{c}",
        "\u{2028}",
        " ",
        "　",
        "\u{a0}",
        "\t",
        "\u{200b}",
        "\u{feff}",
        "\u{ad}",
        "\u{0}",
        "1",
        "2",
        "12",
        "３",
        "。",
        "，",
        "：",
        "；",
        "！",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "——",
        "—",
        "一、",
        "（二）",
        "三是",
        "第一，",
        "1.",
        "各位代表：",
        "各位代表！",
        "政府工作报告",
        "第一次会议关于政府工作报告的决议",
        "（2031年3月5日第一届全国人民代表大会第一次会议通过）",
        "现在，我代表国务院",
        "国务院总理　张三",
        "省长",
        "今年发展主要预期目标是：",
        "提出上述目标",
        "我们也清醒看到",
        "民生实事（1）",
        "名词解释",
        "来源：某报",
        "下载",
        "记者 某某摄",
        "结束语",
        "让我们",
        "2030年工作回顾",
        "生产总值增长5%",
        "稳增长促改革调结构惠民生防风险稳增长促改革调结构惠民生防风险",
        "決議",
        "報告",
        "AI",
        "Open Source",
        "😀",
        "𠀀",
        "é",
        "本作品是中华人民共和国的",
    ];
    prop_oneof![4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => ".{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 600 } else { 6_000 }))]

    #[test]
    fn any_string_is_read(text in "\\PC{0,200}|(?s).{0,120}") {
        check(&text);
    }

    #[test]
    fn any_mixture_of_the_signs_of_a_report_is_read(pieces in proptest::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_wrapping_of_a_text_is_read(lines in proptest::collection::vec("[一-龥，。0-9 a]{20,31}", 3..30), gap in "\n{1,3}|\r\n|\n　　", at in 0usize..30) {
        let mut lines = lines;
        lines.insert(at.min(lines.len()), "7".to_owned());
        check(&lines.join(&gap));
    }
}
