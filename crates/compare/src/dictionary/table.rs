//! A dictionary as a table: a column of terms, and where there are such, a column of groups and one of exclusions (several in a
//! cell with a semicolon between).

use super::{Draft, ONE_GROUP, Term, Word};

/// A row of a table and its number from 1.
pub(super) type Row = (u32, Vec<String>);

const TERM: &[&str] = &["term", "terms", "word", "keyword", "词", "词语", "词汇", "术语", "关键词", "词条"];
const GROUP: &[&str] = &["group", "category", "dimension", "组", "分组", "类别", "类", "维度", "一级指标"];
const NOT_IN: &[&str] = &["not_in", "exclude", "exclusions", "排除", "排除词", "不含于"];

/// Cells between commas, tabs or semicolons: the sign that the first line has most of.
pub(super) fn csv(text: &str) -> Draft {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [';', '\t', ','].into_iter().max_by_key(|&sign| first.matches(sign).count()).unwrap_or(',');
    separated(text, delimiter)
}

/// Cells between such signs.
pub(super) fn separated(text: &str, delimiter: char) -> Draft {
    match cells(text, delimiter) {
        Ok(rows) => draft(rows),
        Err(line) => {
            let mut draft = Draft::default();
            draft.mistake(line, "a quotation mark that begins a cell here is never closed");
            draft
        }
    }
}

/// The rows of a table with cells in quotation marks (RFC 4180), or the line where one stays open.
fn cells(text: &str, delimiter: char) -> Result<Vec<Row>, u32> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut row_line, mut quoted) = (1, 1, None);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        line += u32::from(c == '\n');
        match (c, quoted) {
            ('"', Some(_)) if characters.next_if_eq(&'"').is_some() => cell.push('"'),
            ('"', Some(_)) => quoted = None,
            (_, Some(_)) => cell.push(c),
            ('"', None) if cell.is_empty() => quoted = Some(line),
            ('\n', None) => {
                row.push(std::mem::take(&mut cell));
                rows.push((row_line, std::mem::take(&mut row)));
                row_line = line;
            }
            ('\r', None) => {}
            (_, None) if c == delimiter => row.push(std::mem::take(&mut cell)),
            (_, None) => cell.push(c),
        }
    }
    if let Some(line) = quoted {
        return Err(line);
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((row_line, row));
    }
    Ok(rows)
}

/// The dictionary that a table is.
pub(super) fn draft(rows: Vec<Row>) -> Draft {
    let mut draft = Draft::default();
    let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let Some((line, header)) = rows.next() else { return draft };
    let column = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()));
    let Some(term) = column(TERM) else {
        let columns = header.iter().map(|name| format!("`{}`", name.trim())).collect::<Vec<_>>().join(", ");
        draft.mistake(
            line,
            format!("no column is named `term` (or 词, 词语, 关键词); the columns are {columns}. `group` and `not_in` may stand beside it"),
        );
        return draft;
    };
    let (group, not_in) = (column(GROUP), column(NOT_IN));
    for (line, cells) in rows {
        let cell = |column: Option<usize>| column.and_then(|i| cells.get(i)).map_or("", |cell| cell.trim());
        if cell(Some(term)).is_empty() {
            draft.mistake(line, "the row has no term");
            continue;
        }
        let name = match (group, cell(group)) {
            (None, _) => ONE_GROUP,
            (Some(_), "") => {
                draft.mistake(line, format!("`{}` has no group", cell(Some(term))));
                continue;
            }
            (Some(_), name) => name,
        };
        let group = draft.group(name);
        let not_in = cell(not_in).split([';', '；']).filter(|word| !word.trim().is_empty()).map(|word| Word::new(word, line)).collect();
        draft.terms.push(Term { word: Word::new(cell(Some(term)), line), group, not_in });
    }
    draft
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Dictionary, tests::mistakes};

    #[test]
    fn a_table_gives_terms_groups_and_exclusions() {
        let text = "类别,关键词,排除\r\n邻国,印度,印度尼西亚;印度洋\r\n\r\n环境,\"绿色\",\r\n";
        let dictionary = Dictionary::from_bytes(Path::new("d.csv"), text.into()).unwrap();
        let terms: Vec<_> = dictionary.terms.iter().map(|t| (t.word.text.as_str(), t.group, t.not_in.len(), t.word.line)).collect();
        assert_eq!(terms, [("印度", 0, 2, 2), ("绿色", 1, 0, 4)]);
        assert_eq!(dictionary.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(), ["邻国", "环境"]);
    }

    #[test]
    fn wrong_columns_rows_and_quotation_marks_are_named_with_their_line() {
        assert_eq!(
            mistakes("d.csv", "\n省份,数量\n甲,1\n"),
            [
                "d.csv, line 2: no column is named `term` (or 词, 词语, 关键词); the columns are `省份`, `数量`. `group` and `not_in` may stand \
              beside it"
            ]
        );
        assert_eq!(
            mistakes("d.tsv", "term\tgroup\n绿色\t\n\t甲\n低碳\t甲\n"),
            ["d.tsv, line 2: `绿色` has no group", "d.tsv, line 3: the row has no term"]
        );
        assert_eq!(mistakes("d.csv", "term\n绿色\n\"低碳\n")[0], "d.csv, line 3: a quotation mark that begins a cell here is never closed");
    }
}
