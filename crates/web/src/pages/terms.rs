//! A small dictionary over time: how often each of its terms stands in the work reports of a year.

use std::collections::BTreeMap;
use std::path::Path;

use maud::html;
use pledgebook_compare::terms::{Count, Each, Number, count};
use pledgebook_compare::{Dictionary, Selection};
use serde_json::json;

use super::Source;
use super::search::form;
use super::words::bars;
use crate::labels::{LABELS, fill};
use crate::page::{Page, Problem, Sheet, View};

/// The most terms of a page.
const MOST: usize = 12;

/// The most passages that a page counts in; more are the command's to count.
const PASSAGES: i64 = 400_000;

/// The terms that a question lists; none where it is one phrase.
pub(super) fn listed(question: &str) -> Option<Vec<&str>> {
    let terms: Vec<&str> = question.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|term| !term.is_empty()).collect();
    (terms.len() > 1).then_some(terms)
}

/// A year's counts of every term, in the reports that the ledger has of it.
#[derive(Default)]
struct Year {
    reports: u64,
    characters: u64,
    numbers: Vec<Number>,
    using: Vec<u64>,
}

impl Year {
    fn per_10k(&self, term: usize) -> f64 {
        10_000.0 * self.numbers[term].count as f64 / (self.characters as f64).max(1.0)
    }
}

fn years(source: Source, terms: &[&str]) -> Result<BTreeMap<i16, Year>, Problem> {
    let passages: i64 = source.ask(|db| db.query_row("SELECT coalesce(max(id), 0) FROM passages", [], |row| row.get(0)))?;
    if passages > PASSAGES {
        return Err(Problem::Asked(format!(
            "the ledger has {passages} passages, more than a page counts in; `pledgebook terms` counts in all of them"
        )));
    }
    let dictionary = Dictionary::from_bytes(Path::new("terms.txt"), terms.join("\n").into_bytes());
    let dictionary = dictionary.map_err(|error| Problem::Asked(error.to_string()))?;
    let asked = Count { selection: Selection::work_reports(), each: Each::Term, threads: 1, ..Count::default() };
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    for row in count(source.ledger, &dictionary, &asked)?.rows {
        let Some(year) = row.document.year else { continue };
        let year = years.entry(year).or_default();
        year.numbers.resize(terms.len(), Number::default());
        year.using.resize(terms.len(), 0);
        year.reports += 1;
        year.characters += row.characters;
        for (at, number) in row.numbers.iter().enumerate() {
            year.numbers[at].count += number.count;
            year.numbers[at].passages += number.passages;
            year.using[at] += u64::from(number.count > 0);
        }
    }
    Ok(years)
}

pub(super) fn page(source: Source, view: &View, terms: &[&str]) -> Result<Page, Problem> {
    if terms.len() > MOST {
        return Err(Problem::Asked(format!("{} terms are asked for; a page shows {MOST}", terms.len())));
    }
    let years = years(source, terms)?;
    let language = view.language();
    let words = &LABELS.page;
    let most = |term: usize| years.values().map(|year| year.per_10k(term)).fold(0.0, f64::max);
    let title = words.words.get(language).to_owned();
    let main = html! {
        h1 { (title) }
        (form(view, &words.words_lead))
        p.hint { (words.per_10k.get(language)) }
        div.charts {
            @for (at, term) in terms.iter().enumerate() {
                @let most = most(at);
                figure {
                    figcaption lang="zh" { (term) }
                    @let shown: Vec<_> = years.iter().map(|(year, of)| {
                        let told = format!("{year}: {:.2}", of.per_10k(at));
                        (*year, if most > 0.0 { of.per_10k(at) / most } else { 0.0 }, told)
                    }).collect();
                    (bars(&format!("{term}: {}", fill(words.up_to.get(language), &[&format!("{most:.2}")])), &shown))
                }
            }
        }
        div.wide tabindex="0" role="region" aria-label=(words.table.get(language)) {
            table {
                thead { tr {
                    th scope="col" { (words.year.get(language)) } th scope="col" { (words.reports.get(language)) }
                    @for term in terms { th scope="col" lang="zh" { (term) } }
                } }
                tbody { @for (year, of) in &years {
                    tr {
                        th scope="row" { (year) } td.number { (of.reports) }
                        @for at in 0..terms.len() { td.number { (format!("{:.2}", of.per_10k(at))) " " span.none { "(" (of.numbers[at].count) ")" } } }
                    }
                } }
            }
        }
    };
    let mut rows = Vec::new();
    for (year, of) in &years {
        for (at, term) in terms.iter().enumerate() {
            let number = of.numbers[at];
            let counts = [number.count, number.passages, of.using[at], of.reports, of.characters].map(|n| n.to_string());
            rows.push([vec![year.to_string(), (*term).to_owned()], counts.to_vec(), vec![format!("{:.4}", of.per_10k(at))]].concat());
        }
    }
    let sheet = Sheet { columns: vec!["year", "term", "places", "passages", "reports_using", "reports", "characters", "per_10k"], rows };
    let json = json!({ "terms": terms, "years": sheet.rows.iter().map(|row| json!({
        "year": row[0].parse::<i16>().ok(), "term": row[1], "places": row[2].parse::<u64>().ok(), "passages": row[3].parse::<u64>().ok(),
        "reports_using": row[4].parse::<u64>().ok(), "reports": row[5].parse::<u64>().ok(), "characters": row[6].parse::<u64>().ok(),
        "per_10k": row[7].parse::<f64>().ok(),
    })).collect::<Vec<_>>() });
    Ok(Page { title, main, json, sheet: Some(sheet) })
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn terms_are_listed_with_any_mark() {
        assert_eq!(listed("就业、物价，民生"), Some(vec!["就业", "物价", "民生"]));
        assert_eq!(listed("高质量发展"), None);
        assert_eq!(listed("就业、"), None);
    }
}
