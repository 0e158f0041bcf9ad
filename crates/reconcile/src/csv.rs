//! Tables as comma-separated values (RFC 4180).

/// A row of a table with the line it begins on, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<String>,
}

/// The rows of a text; empty lines are left out.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut cells, mut cell, mut quoted, mut line, mut begun) = (Vec::new(), String::new(), false, 1, 1);
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    let mut end_row = |cells: &mut Vec<String>, cell: &mut String, begun: usize| {
        cells.push(std::mem::take(cell));
        let cells = std::mem::take(cells);
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line: begun, cells });
        }
    };
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                end_row(&mut cells, &mut cell, begun);
                line += 1;
                begun = line;
            }
            _ => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
        }
    }
    end_row(&mut cells, &mut cell, begun);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_commas_and_lines_together() {
        let rows = rows("\u{FEFF}a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n\n3,4");
        let cells: Vec<(usize, Vec<&str>)> = rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(cells, [(1, vec!["a", "b"]), (2, vec!["x, \"y\"", "1\n2"]), (5, vec!["3", "4"])]);
    }
}
