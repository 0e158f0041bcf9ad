//! What Word shows of a document is what is read of it; what is no document is refused with its reason.

use std::io::{Cursor, Write};

use pledgebook_document::docx::{DocxError, MAX_XML_BYTES, extract};
use pledgebook_document::{MAX_TEXT_BYTES, Place};
use zip::write::SimpleFileOptions;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with this body and these other parts, each with the kind of its relation.
fn document(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let relations: String = others
        .iter()
        .map(|(kind, _)| {
            format!(r#"<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>"#)
        })
        .collect();
    let relations =
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#);
    let body = format!("<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>");
    let named: Vec<(String, &str)> = others.iter().map(|(kind, content)| (format!("word/{kind}.xml"), *content)).collect();
    let mut parts: Vec<(&str, &[u8])> =
        vec![("word/document.xml", body.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes())];
    parts.extend(named.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    archive(&parts)
}

fn read_with(body: &str, others: &[(&str, &str)]) -> String {
    extract(&document(body, others)).unwrap().text
}

fn read(body: &str) -> String {
    read_with(body, &[])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn tracked_changes_count_as_accepted() {
    let deleted = "<w:del w:id='1'><w:r><w:delText>5%</w:delText><w:t>旧</w:t></w:r></w:del>";
    let inserted = "<w:ins w:id='2'><w:r><w:t>6%</w:t></w:r><w:del w:id='3'><w:r><w:t>又删</w:t></w:r></w:del></w:ins>";
    let moved = "<w:moveFrom w:id='4'><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo w:id='5'><w:r><w:t>左右</w:t></w:r></w:moveTo>";
    assert_eq!(read(&format!("<w:p><w:r><w:t>增长</w:t></w:r>{deleted}{inserted}{moved}</w:p>")), "增长6%左右\n");
    let joined = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>粮食产量</w:t></w:r></w:p>";
    assert_eq!(read(&(joined.to_owned() + &p("稳定。"))), "粮食产量稳定。\n", "the mark between two paragraphs was deleted");
    let row = |mark: &str, text: &str| format!("<w:tr>{mark}<w:tc>{}</w:tc></w:tr>", p(text));
    let table = format!("<w:tbl>{}{}</w:tbl>", row("<w:trPr><w:del w:id='1'/></w:trPr>", "删去的行"), row("", "留下的行"));
    assert_eq!(read(&table), "留下的行\n");
}

#[test]
fn what_is_not_shown_is_not_read() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>";
    assert_eq!(read(&format!("<w:p>{hidden}</w:p>")), "显\n");
    let styles = format!(
        "<w:styles {W}><w:style w:type='character' w:styleId='a'><w:rPr><w:vanish/></w:rPr></w:style>\
         <w:style w:type='character' w:styleId='b'><w:basedOn w:val='a'/></w:style></w:styles>"
    );
    let styled = "<w:p><w:r><w:rPr><w:rStyle w:val='b'/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>";
    assert_eq!(read_with(styled, &[("styles", &styles)]), "显\n");
    let field = "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>NUMPAGES</w:instrText><w:t>码</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>页</w:t></w:r></w:p>";
    assert_eq!(read(field), "共12页\n");
    let unclosed = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:t>码</w:t></w:r></w:p>";
    assert_eq!(read(&(unclosed.to_owned() + &p("正文"))), "\n正文\n", "a field that never ends hides no more than its paragraph");
    assert_eq!(
        read(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>lán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>澜</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        ),
        "澜\n"
    );
}

#[test]
fn breaks_tabs_links_and_symbols_are_text() {
    let body = "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>\
                <w:hyperlink><w:r><w:t>四</w:t></w:r></w:hyperlink><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F0B1'/></w:r>\
                <m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>";
    assert_eq!(read(body), "一\t二\n三-四✓±x\n");
    assert_eq!(
        read("<w:p><w:r><w:t xml:space='preserve'> 前后 </w:t><w:t> 无 </w:t><w:t>&#x4E2D;&amp;国</w:t></w:r></w:p>"),
        " 前后 无中&国\n"
    );
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("图1 增长"));
    let twice = format!(
        "<mc:AlternateContent><mc:Choice Requires='wps'>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent>"
    );
    let body = format!("<w:p><w:r><w:t>正文</w:t></w:r><w:r>{twice}</w:r><w:r><w:t>接着</w:t></w:r></w:p>{}", p("下段"));
    assert_eq!(read(&body), "正文接着\n图1 增长\n下段\n");
}

#[test]
fn a_row_is_a_line_unless_its_cells_hold_paragraphs() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", text.split('|').map(p).collect::<String>());
    let row = |cells: [&str; 3]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table =
        format!("<w:tbl>{}{}{}</w:tbl>", row(["指标", "单位", "增长"]), row(["生产总值", "", "5%"]), row(["任务", "甲|乙", "省厅"]));
    assert_eq!(read(&table), "指标\t单位\t增长\n生产总值\t5%\n任务\n甲\n乙\n省厅\n");
}

#[test]
fn notes_come_last_with_their_numbers_and_leave_no_mark_in_the_text() {
    let note = |kind: &str, id: u32, text: &str| format!("<w:{kind} w:id='{id}'>{}</w:{kind}>", p(text));
    let footnotes = format!(
        "<w:footnotes {W}><w:footnote w:type='separator' w:id='0'>{}</w:footnote>{}{}</w:footnotes>",
        p("线"),
        note("footnote", 2, "两新：设备和消费品。"),
        note("footnote", 3, "没有提到。")
    );
    let endnotes = format!("<w:endnotes {W}>{}</w:endnotes>", note("endnote", 7, "尾注。"));
    let body = "<w:p><w:r><w:t>增长5.3</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>%。</w:t><w:endnoteReference w:id='7'/></w:r></w:p>\
                <w:sectPr><w:footnotePr><w:numFmt w:val='decimalEnclosedCircleChinese'/></w:footnotePr></w:sectPr>";
    assert_eq!(read_with(body, &[("footnotes", &footnotes), ("endnotes", &endnotes)]), "增长5.3%。\n①两新：设备和消费品。\ni. 尾注。\n");
}

#[test]
fn word_counts_its_lists() {
    let level = |ilvl: u32, form: &str, text: &str, more: &str| {
        format!("<w:lvl w:ilvl='{ilvl}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>")
    };
    let levels = level(0, "chineseCounting", "%1、", "<w:suff w:val='nothing'/>")
        + &level(1, "chineseCounting", "（%2）", "<w:suff w:val='nothing'/>")
        + &level(2, "decimal", "%1.%3", "<w:isLgl/><w:suff w:val='space'/>");
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId='4'>{levels}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='5'>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='4'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='5'/></w:num></w:numbering>",
        level(0, "bullet", "\u{F0B7}", "")
    );
    let styles = format!(
        "<w:styles {W}><w:style w:type='paragraph' w:styleId='h1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
         <w:style w:type='paragraph' w:styleId='h1a'><w:basedOn w:val='h1'/></w:style></w:styles>"
    );
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let styled = |style: &str, more: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("h1", "", "回顾"),
        item(1, 1, "经济"),
        item(1, 1, "民生"),
        styled("h1a", "", "安排"),
        item(1, 1, "工业"),
        item(1, 2, "项目"),
        item(2, 1, "从五起"),
        item(3, 0, "点"),
        styled("h1", "<w:numPr><w:numId w:val='0'/></w:numPr>", "无号"),
        item(99, 0, "没有的表"),
    ];
    let read = read_with(&body.concat(), &[("numbering", &numbering), ("styles", &styles)]);
    let lines: Vec<&str> = read.lines().collect();
    assert_eq!(
        lines,
        ["一、回顾", "（一）经济", "（二）民生", "二、安排", "（一）工业", "2.1 项目", "（五）从五起", "•\t点", "无号", "没有的表"]
    );
}

#[test]
fn places_are_paragraphs() {
    let body = format!("{}<w:p/><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("一"), p("甲"), p("乙"));
    let source = extract(&document(&body, &[])).unwrap();
    assert_eq!(source.text, "一\n\n甲\t乙\n");
    let places: Vec<(u32, Place)> = [(0, 1), (4, 2), (5, 3), (9, 4)].map(|(at, n)| (at, Place::Paragraph(n))).to_vec();
    assert_eq!(source.places, places);
}

#[test]
fn what_is_no_word_document_is_refused() {
    assert_eq!(extract(&archive(&[("readme.txt", b"x")])).unwrap_err(), DocxError::NoDocument);
    assert!(matches!(extract(b"PK\x03\x04").unwrap_err(), DocxError::Archive { .. }));
    let whole = document(&p("澜川省政府工作报告"), &[]);
    for cut in (0..whole.len()).step_by(7) {
        assert!(extract(&whole[..cut]).is_err(), "the first {cut} bytes");
    }
    assert_eq!(extract(&document("<w:p/>", &[])).unwrap_err(), DocxError::Empty);
    assert_eq!(extract(&document(&p("Report"), &[])).unwrap_err(), DocxError::NoChinese);
    let open = archive(&[("word/document.xml", format!("<w:document {W}><w:body>{}", p("报告")).as_bytes())]);
    assert!(extract(&open).unwrap_err().to_string().contains("ends in the middle"), "{:?}", extract(&open));
}

#[test]
fn entities_and_deep_nesting_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a '报告'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>";
    let body = format!("{bomb}<w:document {W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>");
    assert!(extract(&archive(&[("word/document.xml", body.as_bytes())])).unwrap_err().to_string().contains("document type"));
    let unknown = extract(&document("<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>", &[])).unwrap_err();
    assert!(unknown.to_string().contains("entity"), "{unknown}");
    let deep = format!("{}{}", "<w:sdt>".repeat(5_000), "</w:sdt>".repeat(5_000));
    assert!(extract(&document(&deep, &[])).unwrap_err().to_string().contains("nested too deep"));
}

/// A document of one paragraph over and over, until its XML has so many bytes.
fn endless(paragraph: &str, bytes: u64) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(format!("<w:document {W}><w:body>").as_bytes()).unwrap();
    let block = paragraph.repeat(1 + 1_000_000 / paragraph.len());
    for _ in 0..=bytes / block.len() as u64 {
        zip.write_all(block.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_document_without_end_is_refused_at_the_limit() {
    let text_limit = extract(&endless(&p(&"稳".repeat(4_000)), MAX_TEXT_BYTES + 2_000_000)).unwrap_err();
    assert_eq!(text_limit, DocxError::TooLong { part: "word/document.xml".into(), limit: MAX_TEXT_BYTES });
    let xml_limit = extract(&endless("<w:p><w:pPr><w:jc w:val='both'/></w:pPr></w:p>", MAX_XML_BYTES + 2_000_000)).unwrap_err();
    assert_eq!(xml_limit, DocxError::TooLong { part: "word/document.xml".into(), limit: MAX_XML_BYTES });
    let in_a_tag = extract(&endless("<w:p w:rsidR='00'", MAX_XML_BYTES + 2_000_000)).unwrap_err();
    assert!(matches!(in_a_tag, DocxError::TooLong { .. } | DocxError::Xml { .. }), "{in_a_tag}");
}
