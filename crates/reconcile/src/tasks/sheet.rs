//! The first sheet of an Excel workbook as rows of text, whoever wrote it: Excel, WPS, LibreOffice.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be opened.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is no workbook.
    #[error("it is no Excel workbook (.xlsx): {0}; save it as .xlsx")]
    NotAWorkbook(String),
    /// It is larger than any task list.
    #[error("its part {0} holds more than 256 MB; a list of tasks does not")]
    TooLarge(String),
}

/// No part of a list of tasks is larger; a compressed bomb is.
const MOST: u64 = 256 << 20;

type Archive = ZipArchive<BufReader<File>>;

/// The rows of the first sheet, empty cells as empty texts, rows without any text left out; each with its number in the sheet.
pub(super) fn rows(path: &Path) -> Result<Vec<(u32, Vec<String>)>, SheetError> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(|e| SheetError::NotAWorkbook(e.to_string()))?;
    let shared = match part(&mut archive, "xl/sharedStrings.xml")? {
        Some(xml) => shared_strings(&xml)?,
        None => Vec::new(),
    };
    let first = first_sheet(&mut archive)?;
    let xml = part(&mut archive, &first)?.ok_or_else(|| SheetError::NotAWorkbook(format!("{first} is missing")))?;
    let dates = match part(&mut archive, "xl/styles.xml")? {
        Some(styles) => date_styles(&styles)?,
        None => Vec::new(),
    };
    sheet_rows(&xml, &shared, &dates)
}

fn part(archive: &mut Archive, name: &str) -> Result<Option<String>, SheetError> {
    let mut file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(SheetError::NotAWorkbook(error.to_string())),
    };
    let mut text = String::new();
    let read = file.by_ref().take(MOST + 1).read_to_string(&mut text)?;
    if read as u64 > MOST { Err(SheetError::TooLarge(name.to_owned())) } else { Ok(Some(text)) }
}

fn malformed(error: impl std::fmt::Display) -> SheetError {
    SheetError::NotAWorkbook(error.to_string())
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let text = found.value.into_owned();
    Some(quick_xml::escape::unescape(&text).map_or_else(|_| text.clone(), std::borrow::Cow::into_owned))
}

/// The file of the first sheet that the workbook shows.
fn first_sheet(archive: &mut Archive) -> Result<String, SheetError> {
    let workbook = part(archive, "xl/workbook.xml")?.ok_or_else(|| malformed("xl/workbook.xml is missing"))?;
    let mut first = None;
    each_tag(&workbook, |tag| {
        if first.is_none() && tag.local_name().as_ref() == "sheet" {
            first = tag.attributes().flatten().find(|a| a.key.as_ref().ends_with(":id")).map(|a| a.value.clone().into_owned());
        }
    })?;
    let relations = part(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let mut target = None;
    each_tag(&relations, |tag| {
        if tag.local_name().as_ref() == "Relationship" && attribute(tag, "Id") == first {
            target = attribute(tag, "Target");
        }
    })?;
    let target = target.unwrap_or_else(|| "worksheets/sheet1.xml".to_owned());
    Ok(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

fn each_tag(xml: &str, mut then: impl FnMut(&BytesStart)) -> Result<(), SheetError> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(malformed)? {
            Event::Start(tag) | Event::Empty(tag) => then(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The text of an event inside a `t` or `v`.
fn text_of(event: &Event) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => Some(c.to_string()),
            _ => quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned),
        },
        _ => None,
    }
}

fn shared_strings(xml: &str) -> Result<Vec<String>, SheetError> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut current, mut in_text, mut phonetic) = (Vec::new(), String::new(), false, false);
    loop {
        let event = reader.read_event().map_err(malformed)?;
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => current.clear(),
                "t" => in_text = !phonetic,
                // How a Japanese word is read is no part of it.
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "si" => all.push(std::mem::take(&mut current)),
                "t" => in_text = false,
                "rPh" => phonetic = false,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => all.push(String::new()),
            Event::Eof => return Ok(all),
            event if in_text => current.extend(text_of(event)),
            _ => {}
        }
    }
}

/// Which cell styles show a number as a date.
fn date_styles(xml: &str) -> Result<Vec<bool>, SheetError> {
    let (mut custom, mut styles, mut in_cells) = (Vec::new(), Vec::new(), false);
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(malformed)? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&tag, "formatCode").unwrap_or_default().to_lowercase();
                    if code.contains('y') || code.contains('d') && code.contains('m') {
                        custom.extend(attribute(&tag, "numFmtId"));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&tag, "numFmtId").unwrap_or_default();
                    let built_in = id.parse::<u32>().is_ok_and(|id| matches!(id, 14..=17 | 22 | 27..=36 | 50..=58));
                    styles.push(built_in || custom.contains(&id));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// The column of a reference: 0 for A7, 27 for AB1.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let mut column = 0usize;
    for letter in letters {
        column = column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1)?;
    }
    // Excel has 16,384 columns.
    column.checked_sub(1).filter(|&column| column < 16_384)
}

fn sheet_rows(xml: &str, shared: &[String], dates: &[bool]) -> Result<Vec<(u32, Vec<String>)>, SheetError> {
    let mut reader = Reader::from_str(xml);
    let (mut rows, mut row, mut number) = (Vec::new(), Vec::<String>::new(), 0u32);
    let (mut column, mut kind, mut style, mut value, mut in_value) = (0usize, String::new(), 0usize, String::new(), false);
    loop {
        let event = reader.read_event().map_err(malformed)?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => {
                    number = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                    row.clear();
                    column = 0;
                }
                "c" => {
                    column = attribute(tag, "r").and_then(|r| column_of(&r)).unwrap_or(row.len());
                    kind = attribute(tag, "t").unwrap_or_default();
                    style = attribute(tag, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
                    value.clear();
                }
                "v" | "t" => in_value = matches!(event, Event::Start(_)),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "c" => {
                    let text = match kind.as_str() {
                        "s" => value.trim().parse::<usize>().ok().and_then(|at| shared.get(at)).cloned().unwrap_or_default(),
                        "" | "n" if dates.get(style) == Some(&true) => date(&value).unwrap_or_else(|| value.clone()),
                        _ => value.clone(),
                    };
                    if row.len() <= column {
                        row.resize(column + 1, String::new());
                    }
                    row[column] = text;
                }
                "row" if row.iter().any(|cell| !cell.trim().is_empty()) => rows.push((number, std::mem::take(&mut row))),
                _ => {}
            },
            Event::Eof => return Ok(rows),
            event if in_value => value.extend(text_of(event)),
            _ => {}
        }
    }
}

/// A day as Excel counts it, as ISO 8601: 45658 is 2025-01-01.
fn date(serial: &str) -> Option<String> {
    let days = serial.trim().parse::<f64>().ok().filter(|days| (1.0..2_958_466.0).contains(days))? as i64;
    // Days from 0000-03-01 (Howard Hinnant's algorithm); Excel's day 25569 is 1970-01-01.
    let z = days - 25_569 + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        assert_eq!(date("45658").as_deref(), Some("2025-01-01"));
        assert_eq!(date("45716.5").as_deref(), Some("2025-02-28"));
        assert_eq!(date("much"), None);
    }

    #[test]
    fn cells_stand_in_their_columns_however_they_are_written() {
        let xml = r#"<worksheet><sheetData><row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>甲&amp;乙</t></is></c>
            <c r="D2" s="1"><v>45658</v></c><c r="E2"/><c r="AA2"><v>7</v></c></row><row r="3"><c r="A3"/></row></sheetData></worksheet>"#;
        let rows = sheet_rows(xml, &["x".to_owned(), "任务".to_owned()], &[false, true]).unwrap();
        assert_eq!(rows.len(), 1);
        let (number, cells) = &rows[0];
        assert_eq!((*number, cells.len()), (2, 27));
        assert_eq!([0, 1, 2, 3, 4, 26].map(|at| cells[at].as_str()), ["任务", "", "甲&乙", "2025-01-01", "", "7"]);
    }

    #[test]
    fn shared_strings_keep_their_runs_and_lose_their_readings() {
        let xml = "<sst><si><r><t>牵头</t></r><r><t>单位</t></r><rPh><t>x</t></rPh></si><si/><si><t>滞后</t></si></sst>";
        assert_eq!(shared_strings(xml).unwrap(), ["牵头单位", "", "滞后"]);
    }
}
