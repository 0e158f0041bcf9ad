//! What holds for any text at all: it is read, and every span proves itself against the source.

use pledgebook_document::{Document, Given, Source, Span, documents};
use pledgebook_lexicon::Lexicon;
use pledgebook_reader::read;
use proptest::prelude::*;

/// `source[start..end]` less white space and dropped spans equals the canonical text less white space.
fn proves(document: &Document, span: Span) -> bool {
    let source = document.map.source(span);
    let kept: String = document.source.text[source.start as usize..source.end as usize]
        .char_indices()
        .filter(|&(i, c)| {
            let at = source.start + i as u32;
            !c.is_whitespace() && !document.dropped.iter().any(|d| d.start <= at && at < d.end)
        })
        .map(|(_, c)| c)
        .collect();
    let raw: String = document.slice(span).chars().filter(|c| !c.is_whitespace()).collect();
    kept == raw
}

fn check(text: &str) {
    thread_local!(static LEXICON: Lexicon = Lexicon::builtin());
    let source = Source { text: text.to_owned(), ..Source::default() };
    for document in documents(source, &Given::default()) {
        let reading = LEXICON.with(|lexicon| read(&document, lexicon));
        for figure in &reading.figures {
            assert!(proves(&document, figure.span), "{:?} in {text:?}", document.slice(figure.span));
            assert!(figure.value.low <= figure.value.high);
        }
        for span in reading.pledges.iter().map(|p| p.span).chain(reading.claims.iter().map(|c| c.span)) {
            assert!(document.text.get(span.range()).is_some());
        }
    }
}

proptest! {
    #[test]
    fn any_string_is_read(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn any_wording_of_the_genre_is_read(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "今年", "主要预期目标是：", "地区生产总值", "增长", "5%", "左右", "，", "；", "。", "\n", "、", "分别", "和", "从", "提高到", "1.2万亿元", "超过",
                "一、", "２０２４年", "“十四五”时期", "翻一番", "三分之一", "以上", "力争", "同步", "第3位", "\u{200b}", " ", "　", "8.7∶41.2∶50.1", "城鎮新增就業", "万",
                "千瓦", "/", "（", "）", "—", "亿元以上项目", "第", "年", "成", "半", "多",
            ]),
            0..24,
        )
    ) {
        check(&words.concat());
    }
}
