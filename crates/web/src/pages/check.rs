//! Check mode: readings of which the rules are unsure, and the form that puts one right. There only where corrections are taken.

use maud::{Markup, html};
use pledgebook_lexicon::{Bound, Measure, Mode};
use rusqlite::{OptionalExtension, Row};
use serde_json::json;

use super::{Source, goals, sample};
use crate::address::Subject;
use crate::amounts::indicator_name;
use crate::labels::{LABELS, fill, term};
use crate::page::{Carrier, Page, Problem, View};
use crate::place::place;

/// Figures of the queue on one page.
const SHOWN: usize = 40;

/// The fields of the form, in the order in which mistakes are common.
pub(crate) const FIELDS: [&str; 9] = ["mode", "period", "indicator", "measure", "bound", "unit", "low", "high", "label"];

struct Reading {
    id: String,
    raw: String,
    quote: String,
    reason: Option<String>,
    area: Option<String>,
    year: Option<i16>,
    place: String,
    values: Vec<(&'static str, String)>,
}

/// A correction of a figure: field, what was read, the right value, who, when, why.
type Past = (String, Option<String>, Option<String>, String, String, String);

fn reading(row: &Row) -> rusqlite::Result<Reading> {
    let mut values = Vec::new();
    for (at, field) in FIELDS.iter().enumerate() {
        let value = match row.get_ref(7 + at)? {
            rusqlite::types::ValueRef::Real(number) => number.to_string(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            _ => String::new(),
        };
        values.push((*field, value));
    }
    Ok(Reading {
        id: row.get(0)?,
        raw: row.get(1)?,
        quote: row.get(2)?,
        reason: row.get(3)?,
        area: row.get(4)?,
        year: row.get(5)?,
        place: row.get(6)?,
        values,
    })
}

/// A figure is in the queue until somebody has corrected it.
const OPEN: &str = "d.preferred AND f.confidence = 'low' AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.item = f.id)";

fn columns() -> String {
    let fields = FIELDS.map(|field| format!("f.{field}")).join(", ");
    format!("f.id, f.raw, f.quote, f.reason, d.area_name, d.year, f.place, {fields}")
}

/// The two ways to check: the readings of which the rules are unsure, or a random sample.
pub(super) fn ways(view: &View) -> Markup {
    let words = &LABELS.page;
    let language = view.language();
    let here = view.link(&Subject::Check);
    let sampled = view.asked_for("sample").is_some();
    html! {
        nav.tabs aria-label=(words.check.get(language)) {
            a href=(here) aria-current=[(!sampled).then_some("page")] { (words.queue.get(language)) }
            a href={(here) "?sample=1"} aria-current=[sampled.then_some("page")] { (words.sample.get(language)) }
        }
    }
}

pub(super) fn queue(source: Source, view: &View) -> Result<Page, Problem> {
    if let Some(asked) = sample::Asked::of(view)? {
        return sample::page(source, view, asked);
    }
    let left: i64 = source.ask(|db| {
        db.query_row(&format!("SELECT count(*) FROM figures f JOIN documents d ON d.id = f.document WHERE {OPEN}"), [], |row| row.get(0))
    })?;
    let readings: Vec<Reading> = source.ask(|db| {
        let sql = format!(
            "SELECT {} FROM figures f JOIN documents d ON d.id = f.document WHERE {OPEN} ORDER BY d.year DESC, d.area, f.start LIMIT {SHOWN}",
            columns()
        );
        db.prepare_cached(&sql)?.query_map([], reading)?.collect()
    })?;
    let language = view.language();
    let words = &LABELS.page;
    let main = html! {
        h1 { (words.check.get(language)) }
        (ways(view))
        p.lead { (words.check_lead.get(language)) }
        (coder(view))
        p.hint role="status" { (fill(words.left_to_check.get(language), &[&left.to_string()])) }
        ol.hits {
            @for one in &readings {
                li {
                    p.where { a href=(view.link(&Subject::CheckFigure(one.id.clone()))) { (one.raw) } " · " (one.area.as_deref().unwrap_or_default()) " " @if let Some(year) = one.year { (year) } }
                    p lang="zh" { (one.quote) }
                }
            }
        }
    };
    Ok(Page { title: words.check.get(language).to_owned(), main, json: json!({ "left": left }), sheet: None })
}

pub(super) fn coder(view: &View) -> Markup {
    html! {
        @if let Carrier::Editor { who, .. } = view.carrier { p.hint { (fill(LABELS.page.coder.get(view.language()), &[who])) } }
    }
}

pub(super) fn figure(source: Source, view: &View, id: &str) -> Result<Page, Problem> {
    let Carrier::Editor { token, .. } = view.carrier else { return Err(Problem::Missing) };
    let found: Option<Reading> = source.ask(|db| {
        let sql = format!("SELECT {} FROM figures f JOIN documents d ON d.id = f.document WHERE f.id = ?1", columns());
        db.prepare_cached(&sql)?.query_row([id], reading).optional()
    })?;
    let reading = found.ok_or(Problem::Missing)?;
    let asked = sample::Asked::of(view)?;
    let next: Option<String> = match asked {
        Some(asked) => sample::next(source, asked, id)?,
        None => source.ask(|db| {
            let sql = format!(
                "SELECT f.id FROM figures f JOIN documents d ON d.id = f.document WHERE {OPEN} AND f.id <> ?1 ORDER BY d.year DESC, d.area, f.start LIMIT 1"
            );
            db.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()
        })?,
    };
    let kept = asked.map_or_else(String::new, sample::Asked::query);
    let history: Vec<Past> = source.ask(|db| {
        db.prepare_cached(
            "SELECT k.field, c.was, k.value, k.who, k.made_at, k.why FROM corrected c JOIN corrections k ON k.id = c.correction WHERE c.item = ?1 ORDER BY k.id DESC",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))?
        .collect()
    })?;
    let language = view.language();
    let words = &LABELS.page;
    let title = format!("{}: {}", words.check.get(language), reading.raw);
    let main = html! {
        p.kicker { a href={(view.link(&Subject::Check)) (kept)} { (words.check.get(language)) } }
        h1 { (reading.raw) }
        @if view.asked_for("saved").is_some() { p.saved role="status" { (words.saved.get(language)) } }
        blockquote lang="zh" { (goals::cell(&reading.quote, Some(&reading.id), source, view)) }
        p.hint { (reading.area.as_deref().unwrap_or_default()) " " @if let Some(year) = reading.year { (year) } " · " (place(&reading.place, language)) @if let Some(reason) = &reading.reason { " · " (reason) } }
        (coder(view))
        form.correct method="post" {
            input type="hidden" name="token" value=(token);
            @for (field, value) in &reading.values {
                label for=(field) { code { (field) } }
                (input(field, value, view))
            }
            label for="why" { (words.why.get(language)) }
            input #why name="why" maxlength="500" required;
            button { (words.correct.get(language)) }
            button.right name="checked" value="1" formnovalidate { (words.it_is_right.get(language)) }
        }
        @if let Some(next) = &next { p { a href={(view.link(&Subject::CheckFigure(next.clone()))) (kept)} rel="next" { (words.next_figure.get(language)) " →" } } }
        @if !history.is_empty() {
            h2 { (words.corrections.get(language)) }
            ul { @for (field, was, value, who, when, why) in &history {
                li { code { (field) } ": " del { (was.as_deref().unwrap_or("—")) } " → " ins { (value.as_deref().unwrap_or("—")) } " · " (who) " · " (when) " · " (why) }
            } }
        }
    };
    let json = json!({ "figure": reading.id, "raw": reading.raw, "values": reading.values.iter().cloned().collect::<std::collections::BTreeMap<_, _>>() });
    Ok(Page { title, main, json, sheet: None })
}

/// What takes a field: a choice where the codebook has words for it.
fn input(field: &str, value: &str, view: &View) -> Markup {
    let choices: Vec<&str> = match field {
        "mode" => Mode::ALL.iter().map(|word| word.as_str()).collect(),
        "measure" => Measure::ALL.iter().map(|word| word.as_str()).collect(),
        "bound" => Bound::ALL.iter().map(|word| word.as_str()).collect(),
        _ => Vec::new(),
    };
    let language = view.language();
    let indicators =
        || view.lexicon.indicators().iter().map(|indicator| (indicator.id, indicator_name(indicator.id, view.lexicon, language)));
    html! {
        @if field == "indicator" {
            select id=(field) name=(field) {
                option value="" selected[value.is_empty()] { "—" }
                @for (id, name) in indicators() { option value=(id) selected[id == value] { (name) " (" (id) ")" } }
            }
        } @else if choices.is_empty() {
            input id=(field) name=(field) value=(value) maxlength="200";
        } @else {
            select id=(field) name=(field) {
                @for choice in &choices { option value=(choice) selected[*choice == value] { (choice_name(field, choice, view)) } }
            }
        }
    }
}

fn choice_name(field: &str, choice: &str, view: &View) -> String {
    let words = &LABELS.page;
    let label = match (field, choice) {
        ("mode", "outcome") => words.outcome.get(view.language()),
        ("mode", "target") => words.target.get(view.language()),
        ("mode", _) => words.other.get(view.language()),
        ("bound", _) => return format!("{choice} ({})", fill(term(&LABELS.bound, choice, view.language()), &["…"])),
        _ => return choice.to_owned(),
    };
    label.to_owned()
}
