//! The first sheet of an Excel workbook (.xlsx) as rows of text.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::Mistake;
use super::table::Row;

/// A part of the workbook may be this long once it is unpacked.
const MOST_BYTES: u64 = 64 << 20;
/// Excel has no more columns.
const MOST_COLUMNS: usize = 16_384;

/// The rows of the first sheet that hold something, with their numbers.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, Mistake> {
    let broken = |reason: String| Mistake { line: None, reason: format!("this is no Excel workbook that can be read ({reason})") };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut sheets: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.into_owned())
        .filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml"))
        .collect();
    sheets.sort_by_key(|name| (name.len(), name.clone()));
    let sheet = sheets.first().ok_or_else(|| broken("it has no sheet".into()))?;
    let strings = match part(&mut archive, "xl/sharedStrings.xml") {
        Some(xml) => shared_strings(&xml.map_err(&broken)?).map_err(&broken)?,
        None => Vec::new(),
    };
    let xml = part(&mut archive, sheet).unwrap_or_else(|| Ok(String::new())).map_err(&broken)?;
    cells(&xml, &strings).map_err(broken)
}

/// A part of the workbook, or none where it has no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Result<String, String>> {
    let file = archive.by_name(name).ok()?;
    let mut xml = String::new();
    Some(match file.take(MOST_BYTES + 1).read_to_string(&mut xml) {
        Ok(read) if read as u64 > MOST_BYTES => Err(format!("{name} is longer than {} MiB", MOST_BYTES >> 20)),
        Ok(_) => Ok(xml),
        Err(error) => Err(error.to_string()),
    })
}

/// The texts that cells refer to by number; how they are pronounced (`rPh`) is left out.
fn shared_strings(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(xml);
    let (mut strings, mut text, mut in_text, mut in_sound) = (Vec::new(), String::new(), false, false);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = true,
                "rPh" => in_sound = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "si" => strings.push(std::mem::take(&mut text)),
                "t" => in_text = false,
                "rPh" => in_sound = false,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
            event if in_text && !in_sound => add(&event, &mut text)?,
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

fn add(event: &Event, text: &mut String) -> Result<(), String> {
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|e| e.to_string())? {
            Some(c) => text.push(c),
            None => text.push_str(resolve_predefined_entity(name).ok_or_else(|| format!("&{}; stands for nothing", &**name))?),
        },
        _ => {}
    }
    Ok(())
}

fn cells(xml: &str, strings: &[String]) -> Result<Vec<Row>, String> {
    let mut reader = Reader::from_str(xml);
    let mut rows: Vec<Row> = Vec::new();
    let (mut text, mut in_text, mut column, mut kind) = (String::new(), false, 0, String::new());
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => {
                    let after = rows.last().map_or(1, |row| row.0 + 1);
                    rows.push((attribute(&tag, "r").and_then(|n| n.parse().ok()).unwrap_or(after), Vec::new()));
                }
                "c" => {
                    text.clear();
                    kind = attribute(&tag, "t").unwrap_or_default();
                    let after = rows.last().map_or(0, |row| row.1.len());
                    column = attribute(&tag, "r").map_or(after, |reference| column_of(&reference)).min(MOST_COLUMNS);
                }
                "v" | "t" => in_text = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_text = false,
                "c" => {
                    let Some((_, row)) = rows.last_mut() else { continue };
                    let value = match kind.as_str() {
                        "s" => text.trim().parse().ok().and_then(|n: usize| strings.get(n)).cloned().unwrap_or_default(),
                        _ => std::mem::take(&mut text),
                    };
                    row.resize(row.len().max(column + 1), String::new());
                    row[column] = value;
                }
                _ => {}
            },
            event if in_text => add(&event, &mut text)?,
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

fn attribute(tag: &quick_xml::events::BytesStart, name: &str) -> Option<String> {
    let value = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?.value;
    Some(value.into_owned())
}

/// The column of a reference, from 0: `C12` is 2.
fn column_of(reference: &str) -> usize {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0usize, |column, letter| column.saturating_mul(26).saturating_add(usize::from(letter - b'A') + 1)).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use super::super::{Dictionary, DictionaryError};
    use super::*;

    /// A workbook with these parts.
    fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const STRINGS: &str =
        "<sst><si><t>词语</t></si><si><r><t>绿</t></r><r><t>色</t></r><rPh><t>lǜ</t></rPh></si><si><t>R&amp;D</t></si></sst>";
    const SHEET: &str = r#"<worksheet><sheetData>
        <row r="1"><c r="B1" t="s"><v>0</v></c></row>
        <row r="3"><c r="A3"><v>1</v></c><c r="B3" t="s"><v>1</v></c></row>
        <row r="4"><c r="B4" t="inlineStr"><is><t>低碳</t></is></c></row>
        <row r="5"><c r="B5" t="s"><v>2</v></c></row></sheetData></worksheet>"#;

    #[test]
    fn a_sheet_gives_terms_with_their_rows() {
        let bytes = workbook(&[("xl/sharedStrings.xml", STRINGS), ("xl/worksheets/sheet1.xml", SHEET)]);
        let dictionary = Dictionary::from_bytes(Path::new("d.xlsx"), bytes).unwrap();
        let terms: Vec<_> = dictionary.terms.iter().map(|term| (term.word.text.as_str(), term.word.line)).collect();
        assert_eq!(terms, [("绿色", 3), ("低碳", 4), ("R&D", 5)]);
    }

    #[test]
    fn what_is_no_workbook_is_named() {
        for bytes in [b"term\n".to_vec(), workbook(&[("word/document.xml", "<a/>")])] {
            let error = Dictionary::from_bytes(Path::new("d.xlsx"), bytes).unwrap_err();
            assert!(matches!(error, DictionaryError::Mistakes { .. }) && error.to_string().contains("no Excel workbook"), "{error}");
        }
    }
}
