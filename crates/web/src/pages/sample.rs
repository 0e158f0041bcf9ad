//! A random sample of figures to hold against their texts, and what share of them was found right.

use std::collections::BinaryHeap;

use maud::html;
use serde_json::json;

use super::Source;
use super::check::{coder, ways};
use crate::address::Subject;
use crate::labels::{LABELS, fill};
use crate::page::{Page, Problem, View};

/// The most figures of a sample.
const MOST: usize = 500;

/// Which sample: its number and size give the same figures wherever the ledger holds the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    number: u64,
    size: usize,
}

impl Asked {
    /// The sample that a page is asked for.
    pub(super) fn of(view: &View) -> Result<Option<Self>, Problem> {
        let Some(number) = view.asked_for("sample") else { return Ok(None) };
        let number = number.parse().map_err(|_| Problem::Asked(format!("`{number}` is no number of a sample")))?;
        let size = match view.asked_for("size") {
            None => 50,
            Some(size) => size
                .parse()
                .ok()
                .filter(|size| (1..=MOST).contains(size))
                .ok_or_else(|| Problem::Asked(format!("a sample has 1 to {MOST} figures")))?,
        };
        Ok(Some(Asked { number, size }))
    }

    /// The question that names it.
    pub(super) fn query(self) -> String {
        format!("?sample={}&size={}", self.number, self.size)
    }
}

/// What became of a figure of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Right,
    Corrected,
}

struct Drawn {
    id: String,
    raw: String,
    quote: String,
    area: Option<String>,
    year: Option<i16>,
    state: State,
}

/// Spreads ids evenly, differently for each sample (FNV-1a, then the finish of SplitMix64).
fn lot(number: u64, id: &str) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut lot = id.bytes().fold(start, |lot, byte| (lot ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    lot = (lot ^ lot >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    lot = (lot ^ lot >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    lot ^ lot >> 31
}

/// The ids of the sample: those of the preferred texts with the lowest lots, in the order of these.
fn draw(source: Source, asked: Asked) -> Result<Vec<String>, Problem> {
    source.ask(|db| {
        let mut lowest: BinaryHeap<(u64, String)> = BinaryHeap::with_capacity(asked.size + 1);
        let mut ids = db.prepare_cached("SELECT f.id FROM figures f JOIN documents d ON d.id = f.document WHERE d.preferred")?;
        let mut rows = ids.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_str()?;
            let lot = lot(asked.number, id);
            if lowest.len() < asked.size || lowest.peek().is_some_and(|(highest, _)| lot < *highest) {
                lowest.push((lot, id.to_owned()));
                if lowest.len() > asked.size {
                    lowest.pop();
                }
            }
        }
        Ok(lowest.into_sorted_vec().into_iter().map(|(_, id)| id).collect())
    })
}

fn drawn(source: Source, asked: Asked) -> Result<Vec<Drawn>, Problem> {
    let ids = draw(source, asked)?;
    source.ask(|db| {
        let mut figure = db.prepare_cached(
            "SELECT f.raw, f.quote, d.area_name, d.year, f.checked,
               EXISTS (SELECT 1 FROM corrected c JOIN corrections k ON k.id = c.correction
                 WHERE c.document = f.document AND c.item = f.id AND k.field <> 'checked')
             FROM figures f JOIN documents d ON d.id = f.document WHERE f.id = ?1",
        )?;
        ids.into_iter()
            .map(|id| {
                figure.query_row([&id], |row| {
                    let state = match (row.get(5)?, row.get(4)?) {
                        (true, _) => State::Corrected,
                        (false, true) => State::Right,
                        (false, false) => State::Open,
                    };
                    Ok(Drawn { id: id.clone(), raw: row.get(0)?, quote: row.get(1)?, area: row.get(2)?, year: row.get(3)?, state })
                })
            })
            .collect()
    })
}

/// The first figure of the sample after this one that nobody has checked, or the first of all.
pub(super) fn next(source: Source, asked: Asked, after: &str) -> Result<Option<String>, Problem> {
    let drawn = drawn(source, asked)?;
    let from = drawn.iter().position(|one| one.id == after).map_or(0, |at| at + 1);
    let mut open = drawn[from..].iter().chain(&drawn[..from]).filter(|one| one.state == State::Open && one.id != after);
    Ok(open.next().map(|one| one.id.clone()))
}

/// The interval of a share with 95 % confidence (E. B. Wilson, 1927), which holds for small samples and shares near 1 too.
fn interval(right: usize, of: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (right, of) = (right as f64, of as f64);
    let share = right / of;
    let middle = share + Z * Z / (2.0 * of);
    let half = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
    let whole = 1.0 + Z * Z / of;
    ((middle - half) / whole, (middle + half) / whole)
}

fn percent(share: f64) -> String {
    format!("{:.1}%", 100.0 * share)
}

pub(super) fn page(source: Source, view: &View, asked: Asked) -> Result<Page, Problem> {
    let drawn = drawn(source, asked)?;
    let right = drawn.iter().filter(|one| one.state == State::Right).count();
    let checked = drawn.iter().filter(|one| one.state != State::Open).count();
    let (low, high) = interval(right, checked.max(1));
    let share = (checked > 0).then(|| right as f64 / checked as f64);
    let language = view.language();
    let words = &LABELS.page;
    let state = |state| match state {
        State::Open => words.still_open.get(language),
        State::Right => words.found_right.get(language),
        State::Corrected => words.found_wrong.get(language),
    };
    let main = html! {
        h1 { (words.check.get(language)) }
        (ways(view))
        p.lead { (words.sample_lead.get(language)) }
        (coder(view))
        form.filters method="get" {
            label { (words.sample_number.get(language)) " " input name="sample" inputmode="numeric" maxlength="18" required value=(asked.number); }
            label { (words.sample_size.get(language)) " " input name="size" inputmode="numeric" maxlength="3" required value=(asked.size); }
            button { (words.apply.get(language)) }
        }
        p role="status" {
            (fill(words.sample_told.get(language), &[&checked.to_string(), &drawn.len().to_string(), &right.to_string()]))
            @if let Some(share) = share {
                " " b { (fill(words.sample_share.get(language), &[&percent(share), &percent(low), &percent(high)])) }
            }
        }
        ol.hits {
            @for one in &drawn {
                li {
                    p.where {
                        a href={(view.link(&Subject::CheckFigure(one.id.clone()))) (asked.query())} { (one.raw) }
                        " · " (one.area.as_deref().unwrap_or_default()) " " @if let Some(year) = one.year { (year) }
                        " " span.flag { (state(one.state)) }
                    }
                    p lang="zh" { (one.quote) }
                }
            }
        }
    };
    let json = json!({
        "sample": asked.number, "size": drawn.len(), "checked": checked, "right": right,
        "share": share, "interval": share.map(|_| [low, high]),
        "figures": drawn.iter().map(|one| json!({ "figure": one.id, "state": match one.state {
            State::Open => "open", State::Right => "right", State::Corrected => "corrected",
        } })).collect::<Vec<_>>(),
    });
    Ok(Page { title: words.sample.get(language).to_owned(), main, json, sheet: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_tables() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 29 of 29.
        for (right, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (29, 29, 0.8830, 1.0)] {
            let (a, b) = interval(right, of);
            assert!((a - low).abs() < 5e-5 && (b - high).abs() < 5e-5, "{right} of {of}: {a} {b}");
        }
    }

    #[test]
    fn lots_differ_by_sample_and_are_spread() {
        let ids: Vec<String> = (0..10_000).map(|n| format!("5b1c0d5b1c0d5b1cf{n}")).collect();
        let low = |number: u64| ids.iter().filter(|id| lot(number, id) < u64::MAX / 4).count();
        assert!((2_300..2_700).contains(&low(1)) && (2_300..2_700).contains(&low(2)));
        let both = ids.iter().filter(|id| lot(1, id) < u64::MAX / 4 && lot(2, id) < u64::MAX / 4).count();
        assert!((500..750).contains(&both), "{both}");
    }
}
