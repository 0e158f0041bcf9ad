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

#[test]
fn a_report_of_december_speaks_of_its_own_year() {
    let text = "澜川县人民政府工作报告\n\n——2024年12月26日在澜川县第八届人民代表大会第四次会议上\n\n各位代表：\n\n一、2024年工作回顾\n\n\
        今年上半年，出口增长8%。\n\n二、2025年工作任务\n\n主要预期目标是：地区生产总值增长6%，比今年提高0.5个百分点，明年新建水库3座。\n";
    let document = &documents(Source { text: text.to_owned(), ..Source::default() }, &Given::default())[0];
    assert_eq!(document.meta.year, Some(2025));
    let reading = read(document, &Lexicon::builtin());
    let periods: Vec<(String, String)> =
        reading.figures.iter().map(|f| (document.slice(f.span).to_owned(), f.period.to_string())).collect();
    let of = |raw: &str| periods.iter().find(|(r, _)| r == raw).map(|(_, period)| period.as_str());
    assert_eq!((of("8%"), of("6%"), of("3座")), (Some("2024-H1"), Some("2025"), Some("2025")), "{periods:?}");
}

#[test]
fn labels_are_in_the_script_of_the_text() {
    let text = "二〇二五年瀾川省政府工作報告\n\n各位代表：\n\n一、二〇二四年工作回顧\n\n\
        發放困難補助金3億元、惠及46萬人次，覆蓋村莊1200個。免費檢查使6萬個家庭受益。開工項目320個、竣工280個。新增學位點3個、授權點65個。\
        一般公共預算收支分別突破9千億元、1.2萬億元，76%以上用於民生。進出口在對鄰國貿易下降3成的情況下增長12%。在省運動會上獲得4金3銀2銅，推動40個機關、企事業單位開放。\n";
    let document = &documents(Source { text: text.to_owned(), ..Source::default() }, &Given::default())[0];
    let reading = read(document, &Lexicon::builtin());
    assert!(reading.figures.len() >= 12, "{:?}", reading.figures.iter().map(|f| &f.label).collect::<Vec<_>>());
    for figure in &reading.figures {
        let foreign: Vec<char> = figure.label.chars().filter(|c| !text.contains(*c)).collect();
        assert!(foreign.iter().all(|c| "收入支出牌".contains(*c)), "{}: {foreign:?}", figure.label);
    }
}

/// 左右为 may be said before a number as 左右 is after one.
#[test]
fn what_stands_between_two_numbers_bounds_one_of_them() {
    check("提高到1.2万亿元左右为1/3");
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
                "千瓦", "/", "（", "）", "—", "亿元以上项目", "第", "年", "成", "半", "多", "前", "大", "每", "1/3", "2.4∶1", "8家企业入选名单", "惠及",
                "支持", "受益", "在", "的情况下", "新增", "个", "项措施", "收支", "第一、第三产业增加值", "比", "3年", "来", "时隔", "至少", "“",
                "台阶", "实现", "倍增", "金", "枚金牌", "时速", "公里", "机关", "（组）", "为", "是", "首个", "的", "全年", "12345", "市民", "国内", "十分之一",
                "1,200", "１，２００", "以旧换新补贴", "特别是", "成功应对", "实施", "行动", "占", "高", "经营主体", "户", "上", "规上", "提供",
            ]),
            0..28,
        )
    ) {
        check(&words.concat());
    }
}

#[test]
fn a_passage_without_end_is_read_piece_by_piece_and_loses_nothing() {
    let text = format!("甲省2025年政府工作报告\n\n一、过去一年工作回顾\n\n{}\n", "产量达到5吨，".repeat(6000));
    let document = documents(Source { text, ..Source::default() }, &Given::default()).remove(0);
    let figures = read(&document, &Lexicon::builtin()).figures;
    assert_eq!(figures.iter().filter(|f| document.slice(f.span) == "5吨" && f.label == "产量").count(), 6000);
    // Without a comma either, what is quoted beside a number has an end.
    let text = format!("甲省2025年政府工作报告\n\n一、过去一年工作回顾\n\n{}\n", "共建成5座水库".repeat(6000));
    let document = documents(Source { text, ..Source::default() }, &Given::default()).remove(0);
    assert!(read(&document, &Lexicon::builtin()).figures.iter().all(|f| document.slice(f.quote).len() < 4000));
}
