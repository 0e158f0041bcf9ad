//! A table whose cells wrap and whose columns line up, Chinese or Latin.

use super::{dim, width, wrap};

/// Columns between two columns.
const GAP: usize = 2;

/// A table that is printed within a given width; its last column takes what the others leave.
#[derive(Debug)]
pub(crate) struct Table {
    /// The most columns the whole table may take.
    within: usize,
    /// The most that each column may take.
    limits: Vec<usize>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table `within` so many columns of the terminal, with these headings; no column grows beyond its limit.
    pub(crate) fn new(within: usize, columns: &[(&str, usize)]) -> Self {
        Table {
            within,
            limits: columns.iter().map(|&(_, limit)| limit).collect(),
            head: columns.iter().map(|&(title, _)| title.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; it has as many cells as the table has columns.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.head.len());
        self.rows.push(cells);
    }

    /// The lines of the table, each starting with `indent` spaces.
    pub(crate) fn lines(&self, indent: usize) -> Vec<String> {
        let widths = self.widths(indent);
        let mut lines: Vec<String> = laid_out(&self.head, &widths, indent).iter().map(|line| dim(line)).collect();
        for row in &self.rows {
            lines.extend(laid_out(row, &widths, indent));
        }
        lines
    }

    fn widths(&self, indent: usize) -> Vec<usize> {
        let widest = |column: usize| std::iter::once(&self.head).chain(&self.rows).map(|row| width(&row[column])).max().unwrap_or(0);
        let mut widths: Vec<usize> = self.limits.iter().enumerate().map(|(column, &limit)| widest(column).min(limit)).collect();
        if let Some((last, others)) = widths.split_last_mut() {
            let taken: usize = indent + others.iter().map(|columns| columns + GAP).sum::<usize>();
            *last = (*last).min(self.within.saturating_sub(taken)).max(8);
        }
        widths
    }
}

fn laid_out(row: &[String], widths: &[usize], indent: usize) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, &columns)| wrap(cell, columns)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|i| {
            let mut line = " ".repeat(indent);
            for (cell, &columns) in cells.iter().zip(widths) {
                let text = cell.get(i).map_or("", String::as_str);
                line.push_str(text);
                line.push_str(&" ".repeat((columns + GAP).saturating_sub(width(text))));
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_when_cells_wrap() {
        let mut table = Table::new(80, &[("指标", 12), ("Goal", 10)]);
        table.row(vec!["城镇新增就业人数".into(), "≥ 36".into()]);
        table.row(vec!["GDP".into(), "about 5%".into()]);
        let lines = table.lines(1);
        assert_eq!(lines[1..], [" 城镇新增就业  ≥ 36", " 人数", " GDP           about 5%"]);
    }
}
