//! A phrase over time, or several beside each other: how many reports of each year use it, and where it stood first.

use maud::{Markup, html};
use pledgebook_compare::Selection;
use pledgebook_compare::search::Query;
use pledgebook_compare::trace::first_uses;
use serde_json::json;

use super::search::{asked, form, marked};
use super::{Source, terms};
use crate::address::Subject;
use crate::labels::LABELS;
use crate::page::{Page, Problem, Sheet, View};

/// Passages that are shown.
const SHOWN: usize = 30;

pub(super) fn page(source: Source, view: &View) -> Result<Page, Problem> {
    let language = view.language();
    let words = &LABELS.page;
    let title = words.words.get(language).to_owned();
    let Some(phrase) = asked(view)? else {
        let main = html! { h1 { (title) } p.lead { (words.words_lead.get(language)) } (form(view, &words.words_lead)) };
        return Ok(Page { title, main, json: json!({ "phrase": null }), sheet: None });
    };
    if let Some(listed) = terms::listed(phrase) {
        return terms::page(source, view, &listed);
    }
    let query = Query::phrase(phrase).map_err(|error| Problem::Asked(error.to_string()))?;
    let found = source.ask(|db| first_uses(db, &query, &Selection::work_reports(), SHOWN))?;
    let years = found.by_year();
    let uses = found.uses.iter().flat_map(|one| one.passages.iter().map(move |passage| (one, passage)));
    let main = html! {
        h1 { (title) }
        (form(view, &words.words_lead))
        @if found.uses.is_empty() { p role="status" { (words.nothing.get(language)) } } @else {
            h2 lang="zh" { "“" (phrase) "”" }
            @let shown: Vec<_> = years.iter().map(|(year, (using, all, _))| {
                (*year, *using as f64 / (*all).max(1) as f64, format!("{year}: {using}/{all}"))
            }).collect();
            (bars(phrase, &shown))
            div.wide tabindex="0" role="region" aria-label=(words.table.get(language)) {
                table {
                    thead { tr {
                        th scope="col" { (words.year.get(language)) } th scope="col" { (words.reports_using.get(language)) }
                        th scope="col" { (words.reports_of_year.get(language)) } th scope="col" { (words.uses.get(language)) }
                    } }
                    tbody { @for (year, (using, all, places)) in &years {
                        tr { th scope="row" { (year) } td.number { (using) } td.number { (all) } td.number { (places) } }
                    } }
                }
            }
            h2 { (words.first_use.get(language)) }
            ol.hits {
                @for (one, passage) in uses {
                    @let subject = one.document.report.clone().map_or_else(|| Subject::Document(one.document.document.clone()), Subject::Report);
                    li {
                        p.where {
                            a href={(view.link(&subject)) "#n" (passage.passage)} { (one.document.issuer()) " " @if let Some(year) = one.document.year { (year) } }
                            @if let Some(section) = &passage.section { " · " span lang="zh" { (section) } }
                        }
                        p lang="zh" { (marked(&passage.text, &passage.marks)) }
                    }
                }
            }
        }
    };
    let rows =
        years.iter().map(|(year, (using, all, places))| vec![year.to_string(), using.to_string(), all.to_string(), places.to_string()]);
    let sheet = Sheet { columns: vec!["year", "reports_using", "reports", "places"], rows: rows.collect() };
    let json = json!({
        "phrase": phrase,
        "years": years.iter().map(|(year, (using, all, places))| json!({
            "year": year, "reports_using": using, "reports": all, "places": places,
        })).collect::<Vec<_>>(),
        "issuers": found.issuers.iter().map(|issuer| json!({
            "area": issuer.area, "name": issuer.name, "first": issuer.first, "lacking": issuer.lacking, "maybe_earlier": issuer.maybe_earlier,
        })).collect::<Vec<_>>(),
    });
    Ok(Page { title, main, json, sheet: Some(sheet) })
}

/// Bars over the years, each as high as its share of the highest and with what it tells; the table beneath has the numbers.
pub(super) fn bars(title: &str, years: &[(i16, f64, String)]) -> Markup {
    let room = (600.0 / years.len().max(1) as f64).min(70.0);
    let every = years.len().div_ceil(10).max(1);
    html! {
        svg.years viewBox="0 0 600 130" role="img" {
            title { (title) }
            @for (at, (year, share, told)) in years.iter().enumerate() {
                @let x = at as f64 * room;
                g {
                    title { (told) }
                    rect.all x=(format!("{:.1}", x + room * 0.1)) y="5" width=(format!("{:.1}", room * 0.8)) height="100" {}
                    rect.kept x=(format!("{:.1}", x + room * 0.1)) y=(format!("{:.1}", 105.0 - 100.0 * share)) width=(format!("{:.1}", room * 0.8)) height=(format!("{:.1}", 100.0 * share)) {}
                }
                @if at % every == 0 {
                    // Half of the label has room on either side of a bar, but at the edges.
                    @let middle = (x + room / 2.0).clamp(16.0, 584.0);
                    text.tick x=(format!("{middle:.1}")) y="124" text-anchor="middle" font-size="13" { (year) }
                }
            }
        }
    }
}
