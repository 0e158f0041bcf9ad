//! Phrases that no earlier report of an issuer has.
//!
//! No list of words: every run of characters in the report that none of the earlier ones has, and that is the shortest such
//! (新质), is followed through this report and all later ones. Each use first grows over edges that cut through characters that
//! hold together more than those inside (发经 in 银发经济), then all uses that read alike grow together while nearly all of them go
//! on alike (新质生产力). What is left is ranked by how far it spread: the share of later reports that use it, less the share of
//! other issuers' earlier ones, which had it already.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use daachorse::{CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use pledgebook_ledger::{LedgerError, open_for_reading};
use pledgebook_lexicon::Role;
use serde::Serialize;

use crate::folded::fold;
use crate::texts::{self, DocumentRow, Selection, documents, each_passage};

/// A run of characters that is new is looked for up to this length; what only longer runs show is no phrase.
const LONGEST_CORE: usize = 6;
/// A phrase does not grow beyond this many characters.
const LONGEST: usize = 32;
/// It grows while this share of its uses goes on alike.
const ALIKE: f64 = 0.8;

/// What a report says first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coined {
    /// The report.
    pub document: DocumentRow,
    /// Years of the earlier reports that it was held against.
    pub against: Vec<i16>,
    /// Years between these and the report's own of which the ledger has no report of the issuer.
    pub lacking: Vec<i16>,
    /// How many later reports, of any issuer, the ledger has.
    pub later: usize,
    /// How many earlier reports of other issuers it has.
    pub elsewhere: usize,
    /// The phrases, those that spread most first.
    pub phrases: Vec<Phrase>,
}

/// A phrase and how it spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// As it is compared: folded.
    pub phrase: String,
    /// How often the report uses it.
    pub places: usize,
    /// How many later reports, of any issuer, use it.
    pub later_reports: usize,
    /// How many issuers these have.
    pub later_issuers: usize,
    /// The years of these.
    pub years: BTreeSet<i16>,
    /// How often later reports use it.
    pub later_places: usize,
    /// How many earlier reports of other issuers use it.
    pub elsewhere: usize,
    /// The first passage of the report that uses it.
    pub text: String,
}

/// Why there is nothing to compare.
#[derive(Debug, thiserror::Error)]
pub enum CoinedError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// No report of the issuer for the year.
    #[error("{ledger}: there is no work report of {issuer} for {year}{there_are}")]
    NoReport {
        /// The ledger.
        ledger: String,
        /// The issuer as asked for.
        issuer: String,
        /// The year.
        year: i16,
        /// `; its reports are of 2020, 2021`.
        there_are: String,
    },
    /// No earlier report.
    #[error("{ledger}: the report of {issuer} for {year} is the first that the ledger has of it: nothing can be told to be new")]
    NothingEarlier {
        /// The ledger.
        ledger: String,
        /// The issuer.
        issuer: String,
        /// The year.
        year: i16,
    },
}

/// Runs of letters of one document, folded; marks, digits and white space lie between them.
struct Runs {
    runs: Vec<String>,
    /// The passage of each run.
    passages: Vec<u32>,
    /// The passages as written; only of the report itself.
    texts: Vec<String>,
}

/// Finds the phrases that the issuer's report of the year has first. The issuer is named by code or name.
///
/// # Errors
/// When the ledger cannot be read, has no such report or none before it.
pub fn coined(ledger: &Path, issuer: &str, year: i16, threads: usize) -> Result<Coined, CoinedError> {
    let db = open_for_reading(ledger)?;
    let of_ledger = |e| LedgerError::of(ledger, e);
    let mine = Selection { areas: vec![issuer.to_owned()], ..Selection::work_reports() };
    let mine: Vec<DocumentRow> = documents(&db, &mine).map_err(of_ledger)?.into_iter().filter(|document| document.year.is_some()).collect();
    let name = ledger.display().to_string();
    let Some(own) = mine.iter().find(|document| document.year == Some(year)).cloned() else {
        let years: Vec<String> = mine.iter().filter_map(|document| document.year).map(|year| year.to_string()).collect();
        let there_are = if years.is_empty() { String::new() } else { format!("; its reports are of {}", years.join(", ")) };
        return Err(CoinedError::NoReport { ledger: name, issuer: issuer.to_owned(), year, there_are });
    };
    let earlier: Vec<DocumentRow> = mine.iter().filter(|d| d.area == own.area && d.year < Some(year)).cloned().collect();
    if earlier.is_empty() {
        return Err(CoinedError::NothingEarlier { ledger: name, issuer: own.issuer().to_owned(), year });
    }
    let all = documents(&db, &Selection::work_reports()).map_err(of_ledger)?;
    drop(db);
    let later: Vec<DocumentRow> = all.iter().filter(|document| is_later(document, &own)).cloned().collect();
    let elsewhere: Vec<DocumentRow> = all.into_iter().filter(|document| document.area != own.area && is_later(&own, document)).collect();

    let own_runs = read(ledger, std::slice::from_ref(&own), threads)?.remove(0);
    let earlier_runs = read(ledger, &earlier, threads)?;
    let cores = cores(&own_runs, &earlier_runs);
    let mut all = vec![own_runs];
    all.extend(read(ledger, &later, threads)?);
    let before = read(ledger, &elsewhere, threads)?;
    let phrases = phrases(&cores, &all, &later, &before);
    let against: Vec<i16> = earlier.iter().filter_map(|document| document.year).collect();
    let lacking = (against.iter().copied().min().unwrap_or(year)..year).filter(|year| !against.contains(year)).collect();
    Ok(Coined { document: own, against, lacking, later: later.len(), elsewhere: elsewhere.len(), phrases })
}

fn is_later(document: &DocumentRow, own: &DocumentRow) -> bool {
    match (document.year, own.year) {
        (Some(theirs), Some(mine)) if theirs == mine => match (&document.date, &own.date) {
            // Within a year only the day can tell.
            (Some(theirs), Some(mine)) => theirs > mine,
            _ => false,
        },
        (theirs, mine) => theirs > mine,
    }
}

fn read(ledger: &Path, documents: &[DocumentRow], threads: usize) -> Result<Vec<Runs>, LedgerError> {
    texts::for_each(ledger, documents, threads, |db, document| {
        let mut read = Runs { runs: Vec::new(), passages: Vec::new(), texts: Vec::new() };
        each_passage(db, &document.document, &mut |passage| {
            if !passage.is_wording() || passage.role == Role::Glossary {
                return;
            }
            let folded = fold(passage.text);
            for run in folded.split(|c: char| !c.is_alphabetic()).filter(|run| run.chars().nth(1).is_some()) {
                read.runs.push(run.to_owned());
                read.passages.push(read.texts.len() as u32);
            }
            read.texts.push(passage.text.to_owned());
        })?;
        Ok(read)
    })
}

/// The shortest runs of characters of a report that no earlier one has.
fn cores(own: &Runs, earlier: &[Runs]) -> Vec<String> {
    let hash = RandomState::new();
    let mut known: HashSet<u64> = HashSet::new();
    for run in earlier.iter().flat_map(|runs| &runs.runs) {
        let ends = character_ends(run);
        for start in 0..ends.len() - 1 {
            for end in start + 2..=(start + LONGEST_CORE).min(ends.len() - 1) {
                known.insert(hash.hash_one(&run[ends[start]..ends[end]]));
            }
        }
    }
    let mut cores = HashSet::new();
    for run in &own.runs {
        let ends = character_ends(run);
        let is_known = |from: usize, to: usize| to - from < 2 || known.contains(&hash.hash_one(&run[ends[from]..ends[to]]));
        for start in 0..ends.len() - 1 {
            let new = (start + 2..=(start + LONGEST_CORE).min(ends.len() - 1)).find(|&end| !is_known(start, end));
            // What is new without its first character too is found from there.
            if let Some(end) = new.filter(|&end| is_known(start + 1, end)) {
                cores.insert(&run[ends[start]..ends[end]]);
            }
        }
    }
    let mut cores: Vec<String> = cores.into_iter().map(str::to_owned).collect();
    cores.sort_unstable();
    cores
}

/// Where each character begins, and the end.
fn character_ends(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// A use of a run of characters: document, run, from, to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Use {
    document: u32,
    run: u32,
    from: u32,
    to: u32,
}

fn uses_of(words: &[String], all: &[Runs]) -> Vec<Vec<Use>> {
    let mut uses = vec![Vec::new(); words.len()];
    if words.is_empty() {
        return uses;
    }
    let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .build_with_values((0u32..).zip(words).map(|(i, word)| (word.as_str(), i)))
        .expect("the words are different, not empty, and far fewer than an automaton can hold");
    for (document, runs) in (0..).zip(all) {
        for (run, text) in (0..).zip(&runs.runs) {
            for found in automaton.find_overlapping_iter(text) {
                uses[found.value() as usize].push(Use { document, run, from: found.start() as u32, to: found.end() as u32 });
            }
        }
    }
    uses
}

fn phrases(cores: &[String], all: &[Runs], later: &[DocumentRow], before: &[Runs]) -> Vec<Phrase> {
    let bonds = Bonds::of(all);
    let mut grown: Vec<String> = Vec::new();
    for uses in uses_of(cores, all).into_iter().filter(|uses| uses.len() > 1) {
        let mut alike: HashMap<String, Vec<Use>> = HashMap::new();
        for used in uses {
            let used = bonds.whole(used, &all[used.document as usize].runs[used.run as usize]);
            let text = &all[used.document as usize].runs[used.run as usize][used.from as usize..used.to as usize];
            alike.entry(text.to_owned()).or_default().push(used);
        }
        grown.extend(alike.into_values().filter(|uses| uses.len() > 1).map(|uses| grow(uses, all)));
    }
    grown.sort_unstable();
    grown.dedup();
    let uses = uses_of(&grown, all);
    let elsewhere: Vec<usize> =
        uses_of(&grown, before).iter().map(|uses| uses.iter().map(|used| used.document).collect::<BTreeSet<_>>().len()).collect();
    let mut phrases: Vec<Phrase> = grown
        .into_iter()
        .zip(&uses)
        .zip(elsewhere)
        .filter_map(|((phrase, uses), elsewhere)| spread(phrase, uses, elsewhere, all, later))
        .collect();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let spread = |p: &Phrase| share(p.later_reports, later.len()) - share(p.elsewhere, before.len());
    phrases.sort_by(|x, y| {
        let rank = |p: &Phrase| (p.places, p.later_places, p.phrase.len());
        spread(y).total_cmp(&spread(x)).then(rank(y).cmp(&rank(x))).then(x.phrase.cmp(&y.phrase))
    });
    without_parts(phrases)
}

/// How much neighbouring characters hold together: how much more often they stand together than chance would have it.
struct Bonds {
    characters: HashMap<char, u32>,
    pairs: HashMap<(char, char), u32>,
    all: f64,
}

impl Bonds {
    fn of(all: &[Runs]) -> Self {
        let mut bonds = Bonds { characters: HashMap::new(), pairs: HashMap::new(), all: 0.0 };
        for run in all.iter().flat_map(|runs| &runs.runs) {
            let mut before = None;
            for c in run.chars() {
                *bonds.characters.entry(c).or_default() += 1;
                bonds.all += 1.0;
                if let Some(before) = before {
                    *bonds.pairs.entry((before, c)).or_default() += 1;
                }
                before = Some(c);
            }
        }
        bonds
    }

    fn between(&self, first: char, second: char) -> f64 {
        let count = |c| f64::from(self.characters.get(&c).copied().unwrap_or(0));
        match self.pairs.get(&(first, second)) {
            Some(&pair) => (f64::from(pair) * self.all / (count(first) * count(second))).ln(),
            None => f64::NEG_INFINITY,
        }
    }

    /// A use grown over edges that cut through characters that hold together more than those beside them inside.
    fn whole(&self, mut used: Use, run: &str) -> Use {
        // Two characters more on either side are enough to make a word whole.
        for _ in 0..2 {
            let (mut inside, mut outside) = (run[used.from as usize..used.to as usize].chars(), run[..used.from as usize].chars().rev());
            let (Some(first), Some(second), Some(before)) = (inside.next(), inside.next(), outside.next()) else { break };
            if self.between(before, first) <= self.between(first, second) {
                break;
            }
            used.from -= before.len_utf8() as u32;
        }
        for _ in 0..2 {
            let (mut inside, mut outside) = (run[used.from as usize..used.to as usize].chars().rev(), run[used.to as usize..].chars());
            let (Some(last), Some(second), Some(after)) = (inside.next(), inside.next(), outside.next()) else { break };
            if self.between(last, after) <= self.between(second, last) {
                break;
            }
            used.to += after.len_utf8() as u32;
        }
        used
    }
}

/// Grows a run of characters while nearly all of its uses go on alike.
fn grow(mut uses: Vec<Use>, all: &[Runs]) -> String {
    let text = |used: &Use| all[used.document as usize].runs[used.run as usize].as_str();
    let after = |used: &Use| text(used)[used.to as usize..].chars().next();
    let before = |used: &Use| text(used)[..used.from as usize].chars().next_back();
    let word = |used: &Use| text(used)[used.from as usize..used.to as usize].to_owned();
    loop {
        let shown = word(&uses[0]);
        let (right, left) = (commonest(uses.iter().map(after)), commonest(uses.iter().map(before)));
        let is_alike = |many: usize| many > 1 && many as f64 >= ALIKE * uses.len() as f64;
        if shown.chars().count() >= LONGEST {
            return shown;
        }
        match (right, left) {
            (Some((c, many)), other) if is_alike(many) && other.is_none_or(|(_, others)| many >= others) => {
                uses.retain(|used| after(used) == Some(c));
                uses.iter_mut().for_each(|used| used.to += c.len_utf8() as u32);
            }
            (_, Some((c, many))) if is_alike(many) => {
                uses.retain(|used| before(used) == Some(c));
                uses.iter_mut().for_each(|used| used.from -= c.len_utf8() as u32);
            }
            _ => return shown,
        }
    }
}

/// The character that most uses go on with, and how many do.
fn commonest(next: impl Iterator<Item = Option<char>>) -> Option<(char, usize)> {
    let mut many: HashMap<char, usize> = HashMap::new();
    for c in next.flatten() {
        *many.entry(c).or_default() += 1;
    }
    many.into_iter().max_by_key(|&(c, many)| (many, c))
}

fn spread(phrase: String, uses: &[Use], elsewhere: usize, all: &[Runs], later: &[DocumentRow]) -> Option<Phrase> {
    let own: Vec<&Use> = uses.iter().filter(|used| used.document == 0).collect();
    let first = own.first()?;
    let documents: BTreeSet<u32> = uses.iter().map(|used| used.document).filter(|&document| document > 0).collect();
    let rows: Vec<&DocumentRow> = documents.iter().map(|&document| &later[document as usize - 1]).collect();
    Some(Phrase {
        places: own.len(),
        later_reports: rows.len(),
        later_issuers: rows.iter().map(|row| row.issuer()).collect::<BTreeSet<_>>().len(),
        years: rows.iter().filter_map(|row| row.year).collect(),
        later_places: uses.len() - own.len(),
        elsewhere,
        text: all[0].texts[all[0].passages[first.run as usize] as usize].clone(),
        phrase,
    })
}

/// Leaves out a phrase that hardly stands outside a longer one that spread as far, and one that holds a phrase which spread further.
fn without_parts(phrases: Vec<Phrase>) -> Vec<Phrase> {
    let as_far = |longer: &Phrase, phrase: &Phrase| {
        longer.phrase.len() > phrase.phrase.len()
            && longer.later_reports * 10 >= phrase.later_reports * 9
            && longer.places * 2 >= phrase.places
            && longer.phrase.contains(&phrase.phrase)
    };
    let mut kept: Vec<Phrase> = Vec::new();
    for phrase in &phrases {
        let is_part = phrases.iter().any(|longer| as_far(longer, phrase));
        if !is_part && !kept.iter().any(|other| other.phrase.contains(&phrase.phrase) || phrase.phrase.contains(&other.phrase)) {
            kept.push(phrase.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(texts: &[&str]) -> Runs {
        let mut read = Runs { runs: Vec::new(), passages: Vec::new(), texts: Vec::new() };
        for text in texts {
            for run in text.split(|c: char| !c.is_alphabetic()).filter(|run| run.chars().nth(1).is_some()) {
                read.runs.push(run.to_owned());
                read.passages.push(read.texts.len() as u32);
            }
            read.texts.push((*text).to_owned());
        }
        read
    }

    fn later(years: &[i16]) -> Vec<DocumentRow> {
        years.iter().map(|&year| DocumentRow { year: Some(year), area_name: Some("澜川省".into()), ..DocumentRow::default() }).collect()
    }

    #[test]
    fn a_new_phrase_is_found_whole_and_ranked_by_its_spread() {
        let earlier = runs(&["发展先进生产力，培育特色产业，加强质量管理", "云上农业试点"]);
        let own = runs(&["培育云雾生产力，云雾生产力是特色", "加强茶山管理，做好茶山工作"]);
        let cores = cores(&own, &[earlier]);
        assert!(cores.contains(&"云雾".to_owned()) && cores.contains(&"茶山".to_owned()), "{cores:?}");
        let all = [own, runs(&["壮大云雾生产力"]), runs(&["以云雾生产力引领，茶山"])];
        let found: Vec<_> = phrases(&cores, &all, &later(&[2032, 2033]), &[])
            .into_iter()
            .map(|p| (p.phrase, p.places, p.later_reports, p.years.len()))
            .collect();
        assert_eq!(found[0], ("云雾生产力".to_owned(), 2, 2, 2));
        assert_eq!(found[1], ("茶山".to_owned(), 2, 1, 1));
    }

    #[test]
    fn what_an_earlier_report_has_is_not_new() {
        let text = ["培育特色产业，培育特色产业"];
        assert_eq!(cores(&runs(&text), &[runs(&text)]), Vec::<String>::new());
    }
}
