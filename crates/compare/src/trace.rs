//! Every use of a phrase, from the first on, and the years of which the ledger has no report.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{ControlFlow, Range};

use rusqlite::Connection;
use serde::Serialize;

use crate::search::{Query, each};
use crate::texts::{DocumentRow, Selection, documents};

/// The uses of a phrase in the reports that were asked for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Trace {
    /// The reports in which it stands, by year and date.
    pub uses: Vec<Use>,
    /// What the ledger has of each issuer, in the order of the documents.
    pub issuers: Vec<Issuer>,
}

/// A report that uses the phrase.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentRow,
    /// How many times.
    pub places: usize,
    /// Where; fewer than there are, or none, where only the first ones were asked for.
    pub passages: Vec<Passage>,
}

/// A passage that uses it.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// Its number in the document, from 0.
    pub passage: u32,
    /// What it is for.
    pub role: String,
    /// The heading of its section.
    pub section: Option<String>,
    /// Where a person would look.
    pub place: String,
    /// Its text.
    pub text: String,
    /// Where the phrase stands in it: characters from 0, half open.
    pub marks: Vec<Range<usize>>,
}

/// What the ledger has of one issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// Code of the area.
    pub area: Option<String>,
    /// Its name.
    pub name: String,
    /// Years of which the ledger has a report.
    pub years: BTreeSet<i16>,
    /// Years between the first and the last of these of which it has none.
    pub lacking: BTreeSet<i16>,
    /// The year of the first report that uses the phrase.
    pub first: Option<i16>,
    /// The years just before the first use of which the ledger has no report: the phrase may have been used there already.
    pub maybe_earlier: BTreeSet<i16>,
}

impl Trace {
    /// Reports of a year that use the phrase, reports of that year, and places.
    #[must_use]
    pub fn by_year(&self) -> BTreeMap<i16, (usize, usize, usize)> {
        let mut years: BTreeMap<i16, (usize, usize, usize)> = BTreeMap::new();
        for year in self.issuers.iter().flat_map(|issuer| &issuer.years) {
            years.entry(*year).or_default().1 += 1;
        }
        for used in &self.uses {
            if let Some(year) = used.document.year {
                let entry = years.entry(year).or_default();
                entry.0 += 1;
                entry.2 += used.places;
            }
        }
        years
    }
}

/// Where a phrase stands in a passage: characters from 0, half open.
type Marks = Vec<Range<usize>>;

/// Follows a phrase through the documents that are asked for.
///
/// # Errors
/// When the ledger cannot be read.
pub fn trace(db: &Connection, phrase: &Query, selection: &Selection) -> rusqlite::Result<Trace> {
    first_uses(db, phrase, selection, usize::MAX)
}

/// The same, all uses counted, but only of the first so many passages what they say.
///
/// # Errors
/// When the ledger cannot be read.
pub fn first_uses(db: &Connection, phrase: &Query, selection: &Selection, most: usize) -> rusqlite::Result<Trace> {
    let documents = documents(db, selection)?;
    let mut found: HashMap<String, Vec<(i64, Marks)>> = HashMap::new();
    each(db, phrase, selection, &mut |passage| {
        found.entry(passage.document.to_owned()).or_default().push((passage.id, passage.marks));
        ControlFlow::Continue(())
    })?;
    let mut trace = Trace::default();
    let mut issuers: Vec<(Option<String>, Issuer)> = Vec::new();
    let mut uses = Vec::new();
    for document in documents {
        let at = issuers.iter().position(|(area, _)| *area == document.area).unwrap_or_else(|| {
            let name = document.issuer().to_owned();
            issuers.push((document.area.clone(), Issuer { area: document.area.clone(), name, ..Issuer::default() }));
            issuers.len() - 1
        });
        let issuer = &mut issuers[at].1;
        issuer.years.extend(document.year);
        let Some(passages) = found.remove(&document.document) else { continue };
        issuer.first = [issuer.first, document.year].into_iter().flatten().min();
        uses.push((document, passages));
    }
    // The sort is stable: within a day the order of the documents stays.
    uses.sort_by_key(|(document, _)| (document.year, document.date.clone()));
    let mut left = most;
    for (document, passages) in uses {
        let places = passages.iter().map(|(_, marks)| marks.len()).sum();
        let shown = left.min(passages.len());
        left -= shown;
        let passages = passages.into_iter().take(shown).map(|(id, marks)| passage(db, id, marks)).collect::<rusqlite::Result<_>>()?;
        trace.uses.push(Use { document, places, passages });
    }
    trace.issuers = issuers.into_iter().map(|(_, issuer)| completed(issuer)).collect();
    Ok(trace)
}

fn passage(db: &Connection, id: i64, marks: Marks) -> rusqlite::Result<Passage> {
    let hit = pledgebook_ledger::hit(db, id, "")?;
    Ok(Passage { passage: hit.passage, role: hit.role, section: hit.section, place: hit.place, text: hit.text, marks })
}

fn completed(mut issuer: Issuer) -> Issuer {
    let (Some(&from), Some(&to)) = (issuer.years.first(), issuer.years.last()) else { return issuer };
    issuer.lacking = (from..=to).filter(|year| !issuer.years.contains(year)).collect();
    if let Some(first) = issuer.first {
        issuer.maybe_earlier = (from..first).rev().take_while(|year| issuer.lacking.contains(year)).collect();
    }
    issuer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_use_is_as_sure_as_the_years_before_it() {
        let issuer = |years: &[i16], first| {
            let issuer = completed(Issuer { years: years.iter().copied().collect(), first, ..Issuer::default() });
            (issuer.lacking.into_iter().collect::<Vec<_>>(), issuer.maybe_earlier.into_iter().collect::<Vec<_>>())
        };
        assert_eq!(issuer(&[2018, 2022, 2023, 2024], Some(2024)), (vec![2019, 2020, 2021], vec![]));
        assert_eq!(issuer(&[2014, 2016, 2018], Some(2016)), (vec![2015, 2017], vec![2015]));
        assert_eq!(issuer(&[2014, 2016], Some(2014)), (vec![2015], vec![]));
        assert_eq!(issuer(&[], None), (vec![], vec![]));
    }
}
