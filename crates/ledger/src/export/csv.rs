//! CSV as RFC 4180 has it, UTF-8, a line feed after each row. A text that Excel would take for a formula gets a `'` in front.

use std::io::{self, Write};

use rusqlite::types::ValueRef;

use super::query::{Query, text_of};
use super::{ExportError, Exported, Out, looks_like_a_formula};

pub(super) fn write(query: &Query, mut out: Out) -> Result<Exported, ExportError> {
    let mut exported = Exported { columns: query.columns.len(), ..Exported::default() };
    let head = query.columns.iter().map(|column| column.name.as_str());
    row(&mut out.file, head.map(|name| (name, true))).map_err(|e| out.io(e))?;
    let to = out.to;
    query.rows(|cells| {
        let texts: Vec<_> = cells.iter().map(|cell| (text_of(cell).unwrap_or_default(), matches!(cell, ValueRef::Text(_)))).collect();
        exported.rows += 1;
        row(&mut out.file, texts.iter().map(|(text, is_text)| (text.as_ref(), *is_text)))
            .map_err(|source| ExportError::Io { file: to.to_owned(), source })
    })?;
    out.file.flush().map_err(|e| out.io(e))?;
    Ok(exported)
}

fn row<'t>(out: &mut impl Write, cells: impl Iterator<Item = (&'t str, bool)>) -> io::Result<()> {
    for (number, (cell, is_text)) in cells.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        let quiet = if is_text && looks_like_a_formula(cell) { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{quiet}{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{quiet}{cell}")?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_formulas_are_not_run() {
        let mut line = Vec::new();
        let cells = [("a,b", true), ("he said \"好\"", true), ("=1+1", true), ("-5", false), ("@x", true), ("", true), ("一\n二", true)];
        row(&mut line, cells.into_iter()).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), "\"a,b\",\"he said \"\"好\"\"\",'=1+1,-5,'@x,,\"一\n二\"\n");
    }
}
