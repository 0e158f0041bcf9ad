//! Counting and joining over the real reports of the shared corpus, against the plainest way to do the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use pledgebook_compare::reuse::{Join, Rarity, shingles};
use pledgebook_compare::terms::{Count, Each};
use pledgebook_compare::texts::{documents, each_passage};
use pledgebook_compare::{Dictionary, Selection, folded, terms};
use pledgebook_ledger::{Corpus, Index, Plan, build, open_for_reading};
use pledgebook_lexicon::{Lexicon, Role};
use tempfile::TempDir;

/// A ledger of the national reports, or none where the shared corpus is absent.
fn ledger() -> Option<(TempDir, PathBuf)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let shared = std::env::var("PLEDGEBOOK_SHARED").unwrap_or_else(|_| format!("{root}/../shared"));
    let national = PathBuf::from(shared).join("corpus/national/national.jsonl");
    if !national.is_file() {
        assert!(std::env::var_os("PLEDGEBOOK_REQUIRE_SHARED").is_none(), "{} is absent", national.display());
        eprintln!("skipped: {} is absent", national.display());
        return None;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("l.db");
    let lexicon = Lexicon::builtin();
    let corpora = [Corpus::open(&national).expect("no settings")];
    let plan = Plan { corpora: &corpora, ledger: &path, lexicon: &lexicon, lexicon_name: "built-in", threads: 2, index: Index::Kept };
    build(&plan, &mut |_| {}).expect("a ledger");
    Some((dir, path))
}

/// The passages that count, folded, by document.
fn passages(path: &Path) -> BTreeMap<String, Vec<String>> {
    let db = open_for_reading(path).unwrap();
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for document in documents(&db, &Selection::work_reports()).unwrap() {
        each_passage(&db, &document.document, &mut |passage| {
            if passage.is_wording() && passage.role != Role::Glossary {
                all.entry(document.document.clone()).or_default().push(folded::fold(passage.text));
            }
        })
        .unwrap();
    }
    all
}

/// How often each term counts in a text, found character by character: at each place the longest term that stands there and is in
/// none of its group's exclusions; then on behind it.
fn naive(dictionary: &Dictionary, text: &str, counts: &mut [u64]) {
    let characters: Vec<char> = text.chars().collect();
    let matches = |at: usize, pattern: &str| -> Option<usize> {
        let pattern: Vec<char> = pattern.chars().collect();
        match pattern.iter().position(|&c| c == '*') {
            None => characters[at..].starts_with(&pattern).then_some(at + pattern.len()),
            Some(star) => {
                let (head, tail) = (&pattern[..star], &pattern[star + 1..]);
                if !characters[at..].starts_with(head) {
                    return None;
                }
                let from = at + head.len();
                let letters = characters[from..].iter().take_while(|c| c.is_alphanumeric()).count().min(8);
                (from..=from + letters).find(|&gap| characters[gap..].starts_with(tail)).map(|gap| gap + tail.len())
            }
        }
    };
    let excluded = |from: usize, to: usize, group: usize| {
        dictionary.groups[group].not_in.iter().any(|word| {
            let word: Vec<char> = word.folded.chars().collect();
            word.len() > to - from && (0..=from).any(|at| characters[at..].starts_with(&word) && at + word.len() >= to)
        })
    };
    let mut at = 0;
    while at < characters.len() {
        let here = dictionary
            .terms
            .iter()
            .enumerate()
            .filter_map(|(n, term)| matches(at, &term.word.folded).filter(|&end| !excluded(at, end, term.group)).map(|end| (end, n)));
        // Of two that end together the one that comes first in the dictionary.
        match here.max_by_key(|&(end, n)| (end, std::cmp::Reverse(n))) {
            Some((end, term)) => {
                counts[term] += 1;
                at = end;
            }
            None => at += 1,
        }
    }
}

#[test]
fn sixty_terms_over_all_national_reports_count_as_a_naive_count_does() {
    let Some((_dir, path)) = ledger() else { return };
    let dictionary = Dictionary::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../sample/attention.toml"))).unwrap();
    assert_eq!(dictionary.terms.len(), 60);
    let ask = Count { selection: Selection::work_reports(), each: Each::Term, threads: 2, ..Count::default() };
    let panel = terms::count(&path, &dictionary, &ask).unwrap();
    let texts = passages(&path);
    assert_eq!(panel.rows.len(), texts.len());
    let mut all = 0;
    for row in &panel.rows {
        let mut counts = vec![0; dictionary.terms.len()];
        texts[&row.document.document].iter().for_each(|text| naive(&dictionary, text, &mut counts));
        let counted: Vec<u64> = row.numbers.iter().map(|number| number.count).collect();
        assert_eq!(counted, counts, "{:?}", row.document.report);
        all += counts.iter().sum::<u64>();
    }
    assert!(all > 2000, "{all}");
}

#[test]
fn the_join_over_the_national_reports_finds_every_pair_and_no_other() {
    let Some((_dir, path)) = ledger() else { return };
    let sets: Vec<Vec<u32>> = passages(&path).into_values().flatten().map(|text| shingles(&text)).filter(|set| set.len() >= 10).collect();
    let mut rarity = Rarity::of(sets.iter().map(Vec::len).sum());
    sets.iter().for_each(|set| rarity.count(set));
    let mut join = Join::new(0.5, rarity);
    let mut found = BTreeSet::new();
    for (n, set) in sets.iter().enumerate() {
        let rarest = join.rarest(set);
        join.each(set, &rarest, &mut |m, _| {
            found.insert((m as usize, n));
        });
        join.add(set.clone(), &rarest);
    }
    let hashed: Vec<HashSet<u32>> = sets.iter().map(|set| set.iter().copied().collect()).collect();
    let mut all = BTreeSet::new();
    for (n, set) in sets.iter().enumerate() {
        for (m, other) in hashed[..n].iter().enumerate() {
            let (short, long) = (set.len().min(other.len()), set.len().max(other.len()));
            if short * 2 < long {
                continue;
            }
            let shared = set.iter().filter(|shingle| other.contains(shingle)).count();
            if shared as f64 / (set.len() + other.len() - shared) as f64 >= 0.5 {
                all.insert((m, n));
            }
        }
    }
    assert!(!all.is_empty());
    assert_eq!(found, all);
}
