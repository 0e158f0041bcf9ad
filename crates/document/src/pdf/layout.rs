//! From the glyphs of a page to its lines in reading order.
//!
//! Glyphs that follow each other make chunks, chunks at one height make a line, and a white gutter between two blocks of running
//! text makes columns, which are read one after the other. Text that runs askew is a stamp or watermark and left out; text that
//! runs along another edge of the page than most of it comes after the rest.

use super::glyph::{Glyph, Presence};
use super::line::{Item, Line};

/// A page has this many lines at most for columns to be looked for.
const MOST_LINES: usize = 2_000;
/// The least width of a gutter between columns, in sizes of the text.
const GUTTER: f64 = 1.2;
/// A column has so many lines at least.
const COLUMN_LINES: usize = 4;
/// A column is so many characters wide at least.
const COLUMN_WIDTH: f64 = 8.0;

/// The heads, feet and watermarks of a page have so many characters at most.
const LONGEST_FOOT: usize = 300;

/// Glyphs that were shown one after the other on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) items: Vec<Item>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
}

/// Chunks at one height.
#[derive(Clone, Debug)]
struct Row {
    chunks: Vec<Chunk>,
    /// Baseline and size of its largest chunk.
    baseline: f64,
    size: f64,
    /// The block of rows that it is part of: columns are blocks of their own.
    block: u32,
}

/// The lines of a page, in reading order; `size` is the page's width and height.
pub(super) fn lines(glyphs: &[Glyph], size: (f64, f64)) -> Vec<Line> {
    let glyphs = shown(glyphs, size);
    let mut by_edge: [Vec<&Glyph>; 4] = Default::default();
    for glyph in glyphs {
        if let Some(edge) = edge(glyph.direction) {
            by_edge[edge].push(glyph);
        }
    }
    let mut edges = [0, 1, 2, 3];
    edges.sort_by_key(|&edge| std::cmp::Reverse(by_edge[edge].len()));
    let mut lines = Vec::new();
    for edge in edges {
        let rows = read_block(&chunks(&by_edge[edge], edge), 0, &mut 0);
        lines.extend(rows.into_iter().filter_map(|row| Line::of(row.chunks, edge, row.block)));
    }
    lines
}

/// The glyphs that a reader of the page is meant to read.
fn shown(glyphs: &[Glyph], (width, height): (f64, f64)) -> Vec<&Glyph> {
    let on_page = |g: &&Glyph| {
        let margin = g.size;
        (-margin..=width + margin).contains(&g.at.0) && (-margin..=height + margin).contains(&g.at.1)
    };
    let count = |presence| glyphs.iter().filter(|g| g.presence == presence && !g.text.trim().is_empty()).count();
    let (visible, invisible, artifact) = (count(Presence::Visible), count(Presence::Invisible), count(Presence::Artifact));
    // A scanned page with its text behind it; a file that calls its text a head or foot.
    let takes_invisible = invisible > visible * 10;
    let takes_artifacts = artifact > LONGEST_FOOT && artifact > visible;
    let takes = |presence| match presence {
        Presence::Visible => true,
        Presence::Invisible => takes_invisible,
        Presence::Artifact => takes_artifacts,
    };
    glyphs.iter().filter(|g| takes(g.presence)).filter(on_page).collect()
}

/// Which edge of the page a line runs along: 0 for the usual, then clockwise; none for one that runs askew.
fn edge((x, y): (f64, f64)) -> Option<usize> {
    const STRAIGHT: f64 = 0.995;
    match (x, y) {
        (x, _) if x > STRAIGHT => Some(0),
        (_, y) if y > STRAIGHT => Some(1),
        (x, _) if x < -STRAIGHT => Some(2),
        (_, y) if y < -STRAIGHT => Some(3),
        _ => None,
    }
}

/// The direction along an edge.
pub(super) fn along(edge: usize) -> (f64, f64) {
    [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][edge]
}

fn chunks(glyphs: &[&Glyph], edge: usize) -> Vec<Chunk> {
    let (dx, dy) = along(edge);
    let mut chunks: Vec<Chunk> = Vec::new();
    for (order, glyph) in glyphs.iter().enumerate() {
        let left = glyph.at.0 * dx + glyph.at.1 * dy;
        let baseline = glyph.at.1 * dx - glyph.at.0 * dy;
        let width = (glyph.advance.0 * dx + glyph.advance.1 * dy).max(0.0);
        let item = Item { text: glyph.text.clone(), left, right: left + width, baseline, size: glyph.size, order };
        let goes_on = chunks.last().filter(|c| {
            let size = c.size.max(item.size);
            (item.baseline - c.baseline).abs() < 0.1 * size
                && (c.size / item.size).max(item.size / c.size) < 1.3
                && (c.right - 0.5 * size..=c.right + size).contains(&item.left)
        });
        match goes_on {
            Some(_) => {
                let last = chunks.len() - 1;
                chunks[last].right = chunks[last].right.max(item.right);
                chunks[last].items.push(item);
            }
            None => chunks.push(Chunk { left, right: item.right, baseline, size: item.size, items: vec![item] }),
        }
    }
    for chunk in &mut chunks {
        chunk.trim();
    }
    chunks.retain(|chunk| !chunk.items.is_empty());
    chunks
}

impl Chunk {
    /// Drops the spaces at both ends.
    fn trim(&mut self) {
        let blank = |item: &Item| item.text.trim().is_empty();
        while self.items.last().is_some_and(blank) {
            self.items.pop();
        }
        let lead = self.items.iter().take_while(|item| blank(item)).count();
        self.items.drain(..lead);
        self.left = self.items.iter().map(|i| i.left).fold(f64::INFINITY, f64::min);
        self.right = self.items.iter().map(|i| i.right).fold(f64::NEG_INFINITY, f64::max);
    }
}

/// How much of the smaller of two characters stands beside the other.
fn overlap(a: (f64, f64), b: (f64, f64)) -> f64 {
    // From the top of a character to a little under its baseline.
    let core = |(baseline, size): (f64, f64)| (baseline - 0.75 * size, baseline + 0.1 * size);
    let ((top_a, bottom_a), (top_b, bottom_b)) = (core(a), core(b));
    (bottom_a.min(bottom_b) - top_a.max(top_b)) / (0.85 * a.1.min(b.1))
}

/// Chunks that stand beside each other, from the top down.
fn rows(chunks: &[Chunk]) -> Vec<Row> {
    let mut sorted: Vec<&Chunk> = chunks.iter().collect();
    sorted.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Row> = Vec::new();
    for chunk in sorted {
        let place = (chunk.baseline, chunk.size);
        let beside = rows.iter_mut().rev().take(12).map(|row| (overlap((row.baseline, row.size), place), row)).filter(|(share, row)| {
            let ratio = (row.size / chunk.size).max(chunk.size / row.size);
            *share > 0.5 && ratio < 2.5
        });
        match beside.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((_, row)) => {
                if chunk.size > row.size {
                    (row.baseline, row.size) = place;
                }
                row.chunks.push(chunk.clone());
            }
            None => rows.push(Row { chunks: vec![chunk.clone()], baseline: chunk.baseline, size: chunk.size, block: 0 }),
        }
    }
    rows.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    for row in &mut rows {
        row.chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Reads a block: as it stands, or, where a gutter divides it, first what is above it, then left, right, and what is below.
fn read_block(chunks: &[Chunk], depth: usize, block: &mut u32) -> Vec<Row> {
    let mut rows = rows(chunks);
    let Some(columns) = (rows.len() <= MOST_LINES && depth < 8).then(|| find_columns(&rows)).flatten() else {
        *block += 1;
        rows.iter_mut().for_each(|row| row.block = *block);
        return rows;
    };
    let middle = f64::midpoint(columns.gutter.0, columns.gutter.1);
    let part = |range: std::ops::Range<usize>, keep: &dyn Fn(&Chunk) -> bool| -> Vec<Chunk> {
        rows[range].iter().flat_map(|row| &row.chunks).filter(|c| keep(c)).cloned().collect()
    };
    let all = |_: &Chunk| true;
    let mut read = read_block(&part(0..columns.first, &all), depth + 1, block);
    read.extend(read_block(&part(columns.first..columns.end, &|c| c.left < middle), depth + 1, block));
    read.extend(read_block(&part(columns.first..columns.end, &|c| c.left >= middle), depth + 1, block));
    read.extend(read_block(&part(columns.end..rows.len(), &all), depth + 1, block));
    read
}

/// Two columns: the rows they reach over, and the white between them.
#[derive(Clone, Copy, Debug)]
struct Columns {
    first: usize,
    end: usize,
    gutter: (f64, f64),
}

/// The white gaps inside a row that may be part of a gutter.
fn gaps(row: &Row) -> Vec<(f64, f64)> {
    let mut right = f64::NEG_INFINITY;
    let mut gaps = Vec::new();
    for chunk in &row.chunks {
        if right.is_finite() && chunk.left - right >= GUTTER * row.size {
            gaps.push((right, chunk.left));
        }
        right = right.max(chunk.right);
    }
    gaps
}

/// The part of a gutter that a row leaves white; none when it reaches across.
fn leaves_white(row: &Row, gutter: (f64, f64)) -> Option<(f64, f64)> {
    let wide = |(left, right): (f64, f64)| (right - left >= row.size).then_some((left, right));
    let left = row.chunks.iter().map(|c| c.left).fold(f64::INFINITY, f64::min);
    let right = row.chunks.iter().map(|c| c.right).fold(f64::NEG_INFINITY, f64::max);
    if right <= gutter.1 - row.size {
        return wide((gutter.0.max(right), gutter.1));
    }
    if left >= gutter.0 + row.size {
        return wide((gutter.0, gutter.1.min(left)));
    }
    gaps(row).into_iter().find_map(|(a, b)| wide((gutter.0.max(a), gutter.1.min(b))))
}

fn find_columns(rows: &[Row]) -> Option<Columns> {
    let mut best: Option<Columns> = None;
    for (start, row) in rows.iter().enumerate() {
        for gap in gaps(row) {
            let mut columns = Columns { first: start, end: start + 1, gutter: gap };
            while let Some(gutter) = rows.get(columns.end).and_then(|row| leaves_white(row, columns.gutter)) {
                (columns.end, columns.gutter) = (columns.end + 1, gutter);
            }
            while let Some(gutter) = columns.first.checked_sub(1).and_then(|i| leaves_white(&rows[i], columns.gutter)) {
                (columns.first, columns.gutter) = (columns.first - 1, gutter);
            }
            let longer = best.is_none_or(|b| columns.end - columns.first > b.end - b.first);
            if longer && are_running_text(&rows[columns.first..columns.end], columns.gutter) {
                best = Some(columns);
            }
        }
    }
    best
}

/// Whether both sides of a gutter are lines of running text, most of them full. The cells of a table are not.
fn are_running_text(rows: &[Row], gutter: (f64, f64)) -> bool {
    let middle = f64::midpoint(gutter.0, gutter.1);
    [true, false].into_iter().all(|is_left| {
        let widths: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| {
                let side = row.chunks.iter().filter(|c| (c.left < middle) == is_left);
                let (left, right) = side.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, r), c| (l.min(c.left), r.max(c.right)));
                (right > left).then_some((right - left, row.size))
            })
            .collect();
        let widest = widths.iter().map(|w| w.0).fold(0.0, f64::max);
        let full = widths.iter().filter(|w| w.0 >= 0.75 * widest && w.0 >= COLUMN_WIDTH * w.1).count();
        widths.len() >= COLUMN_LINES && full * 2 >= widths.len()
    })
}
