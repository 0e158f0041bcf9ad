//! The finished lines of a document, in the order in which they are to be read.

use crate::{Place, Source};

/// A paragraph with its number.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) paragraph: u32,
}

/// A table row that is being read.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Line>>,
    /// It was deleted in a tracked change.
    deleted: bool,
}

/// Where the lines of what is being read go.
#[derive(Debug)]
enum Holder {
    /// A text box or note, whose lines wait for its end.
    Aside(Vec<Line>),
    Row(Row),
    Cell(Vec<Line>),
}

/// The text so far, and the cells, rows, boxes and notes that are open.
#[derive(Debug, Default)]
pub(super) struct Lines {
    source: Source,
    open: Vec<Holder>,
}

impl Lines {
    /// Takes the next line.
    pub(super) fn push(&mut self, line: Line) {
        match self.open.iter_mut().rev().find_map(|holder| match holder {
            Holder::Aside(lines) | Holder::Cell(lines) => Some(lines),
            Holder::Row(_) => None,
        }) {
            Some(lines) => lines.push(line),
            None => self.write(&[line], '\n'),
        }
    }

    pub(super) fn open_aside(&mut self) {
        self.open.push(Holder::Aside(Vec::new()));
    }

    /// The lines of the text box or note that ends.
    pub(super) fn close_aside(&mut self) -> Vec<Line> {
        match self.open.pop() {
            Some(Holder::Aside(lines)) => lines,
            _ => Vec::new(),
        }
    }

    pub(super) fn open_row(&mut self) {
        self.open.push(Holder::Row(Row::default()));
    }

    pub(super) fn delete_row(&mut self) {
        if let Some(Holder::Row(row)) = self.open.last_mut() {
            row.deleted = true;
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.open.push(Holder::Cell(Vec::new()));
    }

    pub(super) fn close_cell(&mut self) {
        let Some(Holder::Cell(lines)) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(Holder::Row(row)) => row.cells.push(lines),
            _ => lines.into_iter().for_each(|line| self.push(line)),
        }
    }

    /// Ends a row. Where each cell has one line at most the row is one line, cells apart by tabs: an indicator stays beside its
    /// figure. Cells of several paragraphs are layout, and read one after the other.
    pub(super) fn close_row(&mut self) {
        let Some(Holder::Row(row)) = self.open.pop() else { return };
        if row.deleted {
            return;
        }
        let shown = |line: &Line| !line.text.trim().is_empty();
        let plain = row.cells.iter().all(|cell| cell.iter().filter(|l| shown(l)).count() <= 1);
        let lines: Vec<Line> = row.cells.into_iter().flatten().filter(shown).collect();
        let inside = self.open.iter().any(|holder| !matches!(holder, Holder::Row(_)));
        if !plain || lines.is_empty() {
            lines.into_iter().for_each(|line| self.push(line));
        } else if inside {
            let text = lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\t");
            self.push(Line { text, paragraph: lines[0].paragraph });
        } else {
            self.write(&lines, '\t');
        }
    }

    /// Writes lines with a character between them and a line feed at their end.
    fn write(&mut self, lines: &[Line], between: char) {
        let out = &mut self.source;
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                out.text.push(between);
            }
            out.places.push((out.text.len() as u32, Place::Paragraph(line.paragraph)));
            out.text.push_str(&line.text);
        }
        out.text.push('\n');
    }

    pub(super) fn finish(mut self) -> Source {
        while let Some(holder) = self.open.pop() {
            let lines = match holder {
                Holder::Aside(lines) | Holder::Cell(lines) => lines,
                Holder::Row(row) => row.cells.into_iter().flatten().collect(),
            };
            lines.into_iter().for_each(|line| self.push(line));
        }
        self.source
    }
}
