//! Files of every format, good and hostile: what can be read is read, and what cannot is named with its reason.

use std::fs::File;
use std::io::{Cursor, Seek, SeekFrom, Write};
use std::path::PathBuf;

use pledgebook_document::{Document, Options, ReadError, read_file, read_holders};
use zip::write::SimpleFileOptions;

const REPORT: &str = include_str!("../../../sample/lanchuan-2024.txt");

/// A file made for one test.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Member and row of a text with its documents, or the whole message.
type Read = Result<(Option<String>, Option<u32>, Vec<Document>), String>;

/// What a file holds.
fn read(name: &str, bytes: &[u8]) -> Vec<Read> {
    let path = file(name, bytes);
    let mut found = Vec::new();
    let mut take = |holder: Result<_, ReadError>| {
        found.push(holder.map(|h: pledgebook_document::Holder| (h.member, h.row, h.documents)).map_err(|e| e.to_string()));
    };
    if let Err(error) = read_holders(&path, &Options::default(), &mut take) {
        take(Err(error));
    }
    found
}

/// The error messages, without the folder.
fn refused(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = format!("{}/", env!("CARGO_TARGET_TMPDIR"));
    read(name, bytes).into_iter().filter_map(Result::err).map(|e| e.replacen(&folder, "", 1)).collect()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

fn html(text: &str, charset: &str) -> String {
    let paragraphs: String = text.lines().filter(|l| !l.trim().is_empty()).map(|l| format!("<p>　　{l}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'><title>报告</title></head><body>\
         <ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li></ul><div class='content'>{paragraphs}</div>\
         <div class='footer'>主办：某某办公室　版权所有</div></body></html>"
    )
}

/// A row with the sample report for a text.
fn csv_row(text: &str) -> String {
    format!("澜川省,2024,\"{}\"\r\n", text.replace('"', "\"\""))
}

fn json_row(text: &str) -> String {
    serde_json::json!({"title": "澜川省政府工作报告", "content": text, "year": 2024}).to_string()
}

#[test]
fn one_report_reads_the_same_in_every_format() {
    let meant: Vec<String> = texts(&read("report.txt", REPORT.as_bytes()));
    let table = format!("\u{FEFF}province,year,full_text\r\n{}", csv_row(REPORT));
    let tsv = table.replacen("province,year,", "province\tyear\t", 1).replacen("澜川省,2024,", "澜川省\t2024\t", 1);
    let pretty = serde_json::to_string_pretty(&serde_json::json!([{"正文": REPORT}])).unwrap();
    for (name, bytes) in [
        ("report-gbk.txt", gbk(REPORT)),
        ("report-utf16.txt", utf16(REPORT)),
        ("report-bom.txt", format!("\u{FEFF}{REPORT}").into_bytes()),
        ("report-crlf.txt", REPORT.replace('\n', "\r\n").into_bytes()),
        ("report.html", html(REPORT, "utf-8").into_bytes()),
        ("report-gbk.html", gbk(&html(REPORT, "gb2312"))),
        ("report.csv", table.clone().into_bytes()),
        ("report-gbk.csv", gbk(table.trim_start_matches('\u{FEFF}'))),
        ("report-utf16.csv", utf16(&table)),
        ("report.tsv", tsv.into_bytes()),
        ("report.jsonl", json_row(REPORT).into_bytes()),
        ("report.json", pretty.into_bytes()),
        ("report.zip", archive(&[("甲/报告.txt", REPORT.as_bytes())])),
        ("report-rows.zip", archive(&[("甲/报告.csv", table.as_bytes())])),
    ] {
        assert_eq!(texts(&read(name, &bytes)), meant, "{name}");
    }
}

fn texts(read: &[Read]) -> Vec<String> {
    read.iter().flat_map(|holder| &holder.as_ref().unwrap().2).map(|d| d.text.clone()).collect()
}

#[test]
fn a_bad_row_is_named_and_the_others_go_on() {
    let table = format!("year,content\n2023,\n2024,\"{REPORT}\"\n2025,no Chinese\n2026,政府工作报告。\n2027\n");
    let found = read("rows.csv", table.as_bytes());
    assert_eq!(found.iter().flatten().map(|row| row.1).collect::<Vec<_>>(), [Some(2), Some(4)]);
    let uneven = "the row has 1 cells and the header 2: a comma or line break in a cell needs quotation marks around the cell";
    assert_eq!(
        refused("rows.csv", table.as_bytes()),
        [
            "rows.csv: row 1: the row has no text".to_owned(),
            "rows.csv: row 3: there is no Chinese in the text".to_owned(),
            format!("rows.csv: row 5: {uneven}"),
        ]
    );
    let lines = format!("{}\n{{\"content\": \n{}\n", json_row(REPORT), json_row(REPORT));
    let found = read("rows.jsonl", lines.as_bytes());
    assert_eq!(found.iter().flatten().map(|row| row.1).collect::<Vec<_>>(), [Some(1), Some(3)]);
    assert!(refused("rows.jsonl", lines.as_bytes())[0].starts_with("rows.jsonl: row 2: this is not a JSON object: "));
}

#[test]
fn a_table_in_gbk_with_one_bad_byte_loses_one_row() {
    let mut table = gbk("year,content\n2024,政府工作报告，");
    table.truncate(table.len() - 2);
    table.extend(b"\xFF\n");
    table.extend(gbk(&format!("2025,\"{REPORT}\"\n")));
    assert_eq!(
        refused("bad-byte.csv", &table),
        ["bad-byte.csv: row 1: the column `content` is not valid UTF-8 at byte 18 of the cell; save the table as UTF-8"]
    );
    assert_eq!(read("bad-byte.csv", &table).iter().flatten().count(), 1);
}

#[test]
fn columns_give_what_the_text_does_not_tell() {
    let table = "省份,城市,年份,标题,来源网址,发布日期,正文\n江西省,宜春市,2025,,https://www.example.org/1,2025-02-01,生产总值增长5%。\n\
                 澜川省,,2024年,2024年政府工作报告,,,生产总值增长5%。\n";
    let path = file("columns.csv", table.as_bytes());
    let mut found = Vec::new();
    read_holders(&path, &Options::default(), &mut |holder| found.push(holder.unwrap())).unwrap();
    let meta = &found[0].documents[0].meta;
    assert_eq!((meta.area.as_deref(), meta.year, meta.date.as_deref()), (Some("360900"), Some(2025), None));
    assert_eq!((found[0].url.as_deref(), found[0].published.as_deref()), (Some("https://www.example.org/1"), Some("2025-02-01")));
    let meta = &found[1].documents[0].meta;
    assert_eq!((meta.area_name.as_deref(), meta.year), (Some("澜川省"), Some(2024)));
    assert_eq!(meta.kind, Some(pledgebook_lexicon::DocumentKind::WorkReport));
}

#[test]
fn a_column_that_contradicts_the_text_is_a_warning() {
    let table = format!("province,year,text\n江西省,2021,\"{REPORT}\"\n");
    let found = read("conflict.csv", table.as_bytes());
    let document = &found[0].as_ref().unwrap().2[0];
    assert_eq!((document.meta.year, document.meta.area_name.as_deref()), (Some(2024), Some("澜川省")));
    assert!(document.warnings.iter().any(|w| w.code == "meta_conflict" && w.message.contains("2021")), "{:?}", document.warnings);
}

#[test]
fn names_of_columns_can_be_given() {
    let table = format!("甲,乙\n2024,\"{REPORT}\"\n");
    let path = file("named.csv", table.as_bytes());
    assert!(read_file(&path).unwrap_err().to_string().contains("there are: 甲, 乙"));
    let options = Options::parse("[columns]\ntext = \"乙\"\nyear = \"甲\"\n", "".as_ref()).unwrap();
    let mut found = 0;
    read_holders(&path, &options, &mut |holder| found += holder.unwrap().documents.len()).unwrap();
    assert_eq!(found, 1);
}

#[test]
fn members_of_an_archive_are_read_or_named() {
    let inner = archive(&[("a.txt", REPORT.as_bytes())]);
    let zip = archive(&[
        ("甲/报告.txt", REPORT.as_bytes()),
        ("甲/", b""),
        ("__MACOSX/._报告.txt", b"\0\0"),
        ("照片.jpg", b"\xFF\xD8\xFF\xE0"),
        ("旧.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("里面.zip", &inner),
        ("表.csv", format!("text,year\n,2023\n\"{REPORT}\",2024\n").as_bytes()),
        ("空.txt", b""),
    ]);
    let found = read("members.zip", &zip);
    let read: Vec<_> = found.iter().flatten().map(|(member, row, _)| (member.as_deref(), *row)).collect();
    assert_eq!(read, [(Some("甲/报告.txt"), None), (Some("表.csv"), Some(2))]);
    assert_eq!(
        refused("members.zip", &zip),
        [
            "members.zip: 照片.jpg: this is an image; run a text recognition (OCR) over it and save the text, or find the report as text",
            "members.zip: 旧.doc: this is an old Word file (.doc); save it as .docx",
            "members.zip: 里面.zip: this is an archive inside an archive; unpack it first",
            "members.zip: 表.csv: row 1: the row has no text",
            "members.zip: 空.txt: the file is empty",
        ]
    );
    assert_eq!(refused("empty.zip", &archive(&[])), ["empty.zip: the archive is empty"]);
}

/// A ZIP archive as old programs write it: names in bytes of their own, nothing packed.
fn old_archive(name: &[u8], bytes: &[u8], flags: u16) -> Vec<u8> {
    let crc = !bytes
        .iter()
        .fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 }));
    let size = (bytes.len() as u32).to_le_bytes();
    let (name_len, flags) = ((name.len() as u16).to_le_bytes(), flags.to_le_bytes());
    let common = [&flags[..], &[0; 6], &crc.to_le_bytes(), &size, &size, &name_len, &[0, 0]].concat();
    let local = [b"PK\x03\x04\x14\x00", &common[..], name, bytes].concat();
    let central = [b"PK\x01\x02\x14\x00\x14\x00", &common[..], &[0; 14], name].concat();
    let end = [&[1, 0, 1, 0][..], &(central.len() as u32).to_le_bytes(), &(local.len() as u32).to_le_bytes(), &[0, 0]].concat();
    [&local[..], &central, b"PK\x05\x06\0\0\0\0", &end].concat()
}

#[test]
fn archives_of_old_programs_have_their_names_in_gbk() {
    let zip = old_archive(&gbk("澜川省\\2024年报告.txt"), REPORT.as_bytes(), 0);
    let found = read("old.zip", &zip);
    let (member, _, documents) = found[0].as_ref().unwrap();
    assert_eq!((member.as_deref(), documents.len()), (Some("澜川省/2024年报告.txt"), 1));
    let locked = old_archive(b"a.txt", REPORT.as_bytes(), 1);
    assert_eq!(refused("locked.zip", &locked), ["locked.zip: a.txt: it is encrypted; unpack the archive with its password"]);
}

#[test]
fn a_zip_bomb_is_refused_and_its_neighbours_are_read() {
    let bomb = "承诺".repeat(2 << 20);
    let zip = archive(&[("a.txt", bomb.as_bytes()), ("b.csv", format!("text\n{bomb}\n").as_bytes()), ("c.txt", REPORT.as_bytes())]);
    assert!(zip.len() < 200_000, "{}", zip.len());
    let bomb = "it unpacks to more than 200 times its size: no text does (a zip bomb?)";
    assert_eq!(refused("bomb.zip", &zip), [format!("bomb.zip: a.txt: {bomb}"), format!("bomb.zip: b.csv: {bomb}")]);
    assert_eq!(read("bomb.zip", &zip).iter().flatten().count(), 1);
    let mut options = Options::default();
    options.limits.unpacked = 1000;
    let mut errors = Vec::new();
    read_holders(&file("large.zip", &zip), &options, &mut |holder| errors.push(holder.unwrap_err().to_string())).unwrap();
    assert!(errors.last().unwrap().contains("the archive unpacks to more than"), "{errors:?}");
}

#[test]
fn truncated_and_damaged_files_are_named_and_never_a_panic() {
    let table = format!("province,year,full_text\r\n{}{}", csv_row(REPORT), csv_row(REPORT));
    let files = [
        ("cut.txt", REPORT.as_bytes().to_vec()),
        ("cut-gbk.txt", gbk(REPORT)),
        ("cut-utf16.txt", utf16(REPORT)),
        ("cut.html", html(REPORT, "utf-8").into_bytes()),
        ("cut.csv", table.clone().into_bytes()),
        ("cut.jsonl", format!("{}\n{}\n", json_row(REPORT), json_row(REPORT)).into_bytes()),
        ("cut.json", format!("[{},{}]", json_row(REPORT), json_row(REPORT)).into_bytes()),
        ("cut.zip", archive(&[("a.txt", REPORT.as_bytes()), ("b.csv", table.as_bytes())])),
    ];
    for (name, whole) in files {
        let stem = name.rsplit_once('.').unwrap();
        for i in 1..16 {
            let cut = &whole[..whole.len() * i / 16 + i % 3];
            let name = format!("{}-{i}.{}", stem.0, stem.1);
            for error in refused(&name, cut) {
                assert!(error.starts_with(&name) && error.len() > name.len() + 10, "{error}");
            }
            let mut damaged = whole.clone();
            let at = whole.len() * i / 16;
            damaged[at] ^= 0x91;
            damaged[at / 2] = 0;
            read(&name, &damaged);
        }
    }
    assert!(refused("cut.zip", b"PK\x03\x04")[0].contains("the archive is broken"));
}

#[test]
fn a_line_of_200_megabytes_is_passed_over() {
    for (name, open, close) in [("long.jsonl", "{\"text\": \"", "\"}\n"), ("long.csv", "text,year\n\"", "\",2024\n")] {
        let path = file(name, open.as_bytes());
        let mut long = File::options().write(true).open(&path).unwrap();
        long.seek(SeekFrom::Start(200 << 20)).unwrap();
        let good = if name == "long.csv" { format!("\"{REPORT}\",2024\n") } else { json_row(REPORT) };
        long.write_all(format!("{close}{good}").as_bytes()).unwrap();
        let mut found = Vec::new();
        read_holders(&path, &Options::default(), &mut |holder| found.push(holder.map(|h| h.row).map_err(|e| e.to_string()))).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(found[0].as_ref().unwrap_err().contains("row 1: the row is longer than 129 MiB"), "{found:?}");
        assert_eq!(found[1..], [Ok(Some(2))], "{name}");
    }
}

#[test]
fn names_that_are_no_names_and_files_that_cannot_be_read() {
    let odd = file("甲\n\"乙\" '丙'.txt", REPORT.as_bytes());
    assert_eq!(read_file(&odd).unwrap().len(), 1);
    std::fs::remove_file(&odd).unwrap();
    let gone = read_file(&odd).unwrap_err().to_string();
    assert!(gone.ends_with("甲\\n\"乙\" '丙'.txt: there is no such file"), "{gone}");

    let zip = archive(&[("甲\n\u{1b}[31m乙.txt", b"")]);
    assert_eq!(refused("odd.zip", &zip), ["odd.zip: 甲\\n\\u{1b}[31m乙.txt: the file is empty"]);

    let inside = file("plain.txt", REPORT.as_bytes()).join("inside.txt");
    assert!(read_file(&inside).unwrap_err().to_string().contains("it could not be read"));
    #[cfg(unix)]
    {
        let link = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("loop.txt");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(&link, &link).unwrap();
        assert!(read_file(&link).unwrap_err().to_string().contains("it could not be read"));
    }
}

#[test]
fn buttons_of_saved_pages_are_dropped_from_a_cell_too() {
    let text = "下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n2031年澜川省政府工作报告\n——2031年1月20日在澜川省第十五届人民代表大会第一次会议上\n\
                来源：澜川日报\n时间：2031-01-25\n澜川省省长 张 三\n省长张三作政府工作报告。本报记者 李四 摄\n各位代表：\n\
                现在，我代表澜川省人民政府，向大会报告工作，请予审议。\n一、2030年工作回顾\n生产总值增长5%。\n分享到：\n相关报道：";
    let table = format!("full_text\n\"{text}\"\n");
    let document = &read("buttons.csv", table.as_bytes())[0].as_ref().unwrap().2[0].text.clone();
    let lines: Vec<&str> = document.lines().collect();
    assert_eq!(
        lines,
        [
            "2031年澜川省政府工作报告",
            "——2031年1月20日在澜川省第十五届人民代表大会第一次会议上",
            "澜川省省长张三",
            "各位代表：",
            "现在，我代表澜川省人民政府，向大会报告工作，请予审议。",
            "一、2030年工作回顾",
            "生产总值增长5%。"
        ]
    );
}
