//! What a file is: told by its first bytes, by its name only where those leave it open.

use crate::tables::TableKind;

/// A format that is read, or one that is known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A table with a document a row.
    Table(TableKind),
    /// A ZIP file: an archive, or a Word file.
    Zip,
    /// A PDF.
    Pdf,
    /// Something else that has a name.
    Known(Unreadable),
}

/// A format that is known and not read: what it is, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is {what}; {advice}")]
pub struct Unreadable {
    /// What the file is.
    pub what: &'static str,
    /// What its owner can do.
    pub advice: &'static str,
}

/// So many bytes are enough to tell a format.
const SNIFF: usize = 1024;

impl Format {
    /// The format of a file with this name that begins with these bytes.
    pub(crate) fn of(prefix: &[u8], name: &str) -> Format {
        if let Some(known) = magic(prefix, name) {
            return known;
        }
        let extension = name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_ascii_lowercase());
        let start = start(prefix);
        let begins = |open: &[u8], next: &[u8]| start.strip_prefix(open).is_some_and(|rest| rest.trim_ascii_start().starts_with(next));
        if begins(b"{", b"\"") || begins(b"[", b"{") {
            return Format::Table(TableKind::Json);
        }
        let page = matches!(&*extension, "html" | "htm" | "shtml" | "xhtml" | "jsp" | "aspx" | "php");
        if is_html(&start, page) {
            return Format::Html;
        }
        match &*extension {
            "csv" => Format::Table(TableKind::Csv),
            "tsv" | "tab" => Format::Table(TableKind::Tsv),
            "json" | "jsonl" | "ndjson" => Format::Table(TableKind::Json),
            _ => Format::Text,
        }
    }
}

/// The first bytes as ASCII reads them in UTF-8 and UTF-16: marks, NULs and white space left out.
fn start(prefix: &[u8]) -> Vec<u8> {
    let bytes = prefix[..prefix.len().min(SNIFF)].iter().copied();
    let mut start: Vec<u8> = bytes.filter(|b| !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)).collect();
    start.make_ascii_lowercase();
    let white = start.iter().take_while(|b| b.is_ascii_whitespace()).count();
    start.split_off(white)
}

fn is_html(start: &[u8], page: bool) -> bool {
    let holds = |word: &str| memchr::memmem::find(start, word.as_bytes()).is_some();
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<div",
        "<p>",
        "<p ",
        "<table",
        "<span",
        "<title",
        "<h1",
        "<center",
        "<script",
    ];
    let first = tags.iter().any(|tag| start.starts_with(tag.as_bytes()));
    let later = || ["<html", "<body", "<!doctype html"].iter().any(|tag| holds(tag));
    let markup = start.starts_with(b"<!--") || start.starts_with(b"<?xml") || start.starts_with(b"<!doctype");
    first || (markup && later()) || (page && (start.starts_with(b"<") || later() || tags.iter().any(|tag| holds(tag))))
}

fn magic(prefix: &[u8], name: &str) -> Option<Format> {
    let known = |what, advice| Some(Format::Known(Unreadable { what, advice }));
    let begins = |bytes: &[u8]| prefix.starts_with(bytes);
    let sniff = &prefix[..prefix.len().min(SNIFF)];
    const OCR: &str = "run a text recognition (OCR) over it and save the text, or find the report as text";
    const UNPACK: &str = "unpack it, or pack it as a .zip";
    if memchr::memmem::find(sniff, b"%PDF-").is_some() {
        return Some(Format::Pdf);
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") || begins(b"PK\x07\x08") {
        return Some(Format::Zip);
    }
    if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let extension = name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_ascii_lowercase());
        return match &*extension {
            "xls" | "et" => known("an old Excel file (.xls)", "save it as .csv, one document a row"),
            "ppt" | "dps" => known("an old PowerPoint file", "save its text as .txt or .docx"),
            _ => known("an old Word file (.doc)", "save it as .docx"),
        };
    }
    let webp = begins(b"RIFF") && prefix.get(8..12) == Some(b"WEBP");
    let images: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM"];
    // BM begins words too; a bitmap's header has its length in little-endian and two words of zero behind.
    let image = images.iter().any(|m| begins(m) && (*m != b"BM" || prefix.get(6..10) == Some(&[0; 4])));
    match () {
        () if image || webp => known("an image", OCR),
        () if begins(b"{\\rtf") => known("an RTF file", "save it as .docx or .txt"),
        () if begins(b"Rar!") => known("a RAR archive", UNPACK),
        () if begins(b"7z\xBC\xAF\x27\x1C") => known("a 7-Zip archive", UNPACK),
        () if begins(b"\x1F\x8B") || begins(b"BZh9") || begins(b"\xFD7zXZ") || begins(b"\x28\xB5\x2F\xFD") => {
            known("a packed file", UNPACK)
        }
        () if prefix.get(257..262) == Some(b"ustar") => known("a tar archive", UNPACK),
        () if begins(b"MIME-Version:") || begins(b"From: <Saved by") => {
            known("a saved web archive (.mhtml)", "open it in a browser and save the page as .html")
        }
        () if begins(b"SQLite format 3\0") => known("a SQLite database", "export the texts as .csv or .jsonl"),
        () if begins(b"PAR1") => known("a Parquet file", "export the texts as .csv or .jsonl"),
        () => None,
    }
}

/// What a ZIP file is, by the names of its members.
pub(crate) fn zipped<'a>(mut names: impl Iterator<Item = &'a str>) -> Zipped {
    let known = |what, advice| Zipped::Known(Unreadable { what, advice });
    names
        .find_map(|name| match name {
            "word/document.xml" => Some(Zipped::Docx),
            "xl/workbook.xml" => Some(known("an Excel file (.xlsx)", "save it as .csv, one document a row")),
            "ppt/presentation.xml" => Some(known("a PowerPoint file (.pptx)", "save its text as .txt or .docx")),
            "content.xml" => Some(known("an OpenDocument file (.odt)", "save it as .docx")),
            "OFD.xml" => Some(known("an OFD file", "print it to PDF or save it as .docx")),
            "META-INF/container.xml" => Some(known("an e-book (.epub)", "save it as .docx or .txt")),
            _ => None,
        })
        .unwrap_or(Zipped::Archive)
}

/// What a ZIP file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zipped {
    /// A Word file.
    Docx,
    /// An archive of files.
    Archive,
    /// Something else that has a name.
    Known(Unreadable),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_and_the_name_breaks_ties() {
        let utf16: Vec<u8> = "\u{FEFF}<!DOCTYPE html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, name, format) in [
            (&b"%PDF-1.7"[..], "a.txt", Format::Pdf),
            (b"PK\x03\x04", "a.csv", Format::Zip),
            (b"\n<!DOCTYPE HTML><html>", "a.txt", Format::Html),
            (&utf16, "a", Format::Html),
            ("<政府工作报告>".as_bytes(), "a.txt", Format::Text),
            ("全文 <b>".as_bytes(), "a.html", Format::Text),
            (b"<?xml version=\"1.0\"?>\n<html xmlns=\"a\">", "a.xml", Format::Html),
            (b"<b>", "a.htm", Format::Html),
            (b"{ \"text\": 1", "a.txt", Format::Table(TableKind::Json)),
            (b"[\n {\"text\"", "a", Format::Table(TableKind::Json)),
            (b"[1]", "a.txt", Format::Text),
            (b"year,text", "a.CSV", Format::Table(TableKind::Csv)),
            (b"year,text", "a.txt", Format::Text),
            (b"year\ttext", "a.tsv", Format::Table(TableKind::Tsv)),
            (b"", "a.txt", Format::Text),
            (b"BM\xA9\xE6", "a.txt", Format::Text),
        ] {
            assert_eq!(Format::of(bytes, name), format, "{name}: {}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_is_known_and_not_read_comes_with_advice() {
        let said = |bytes: &[u8], name: &str| match Format::of(bytes, name) {
            Format::Known(known) => known.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(said(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.doc"), "this is an old Word file (.doc); save it as .docx");
        assert!(said(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.XLS").contains("csv"));
        assert!(said(b"\x89PNG\r\n", "a.txt").contains("OCR"));
        assert!(said(b"{\\rtf1", "a.doc").contains("RTF"));
    }
}
