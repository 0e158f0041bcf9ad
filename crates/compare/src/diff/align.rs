//! Which passage of the one report is which of the other.
//!
//! Two passages are as like as the pairs of neighbouring letters that they share, each weighed by how rare it is in the two
//! reports, so that what every passage says (加快推进, 高质量发展) makes no two of them alike. The likest are joined first, wherever
//! they stand.

use std::collections::HashMap;

use super::side::Passage;

/// Below this likeness two passages are not the same one changed.
const LIKE: f64 = 0.22;

/// Two passages that are one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    /// The passage of the first report.
    pub(super) a: usize,
    /// The passage of the second.
    pub(super) b: usize,
    /// From 0 to 1.
    pub(super) likeness: f64,
    /// Whether it stands elsewhere among the others.
    pub(super) moved: bool,
}

/// Joins the passages of two reports one to one, in the order of the first.
pub(super) fn align(a: &[Passage], b: &[Passage]) -> Vec<Pair> {
    let mut candidates = candidates(a, b);
    // Of equals those that stand in like places.
    let offset = |pair: &Pair| (pair.a as f64 / a.len() as f64 - pair.b as f64 / b.len() as f64).abs();
    candidates.sort_by(|x, y| y.likeness.total_cmp(&x.likeness).then(offset(x).total_cmp(&offset(y))));
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in candidates {
        if !taken_a[pair.a] && !taken_b[pair.b] {
            (taken_a[pair.a], taken_b[pair.b]) = (true, true);
            pairs.push(pair);
        }
    }
    pairs.sort_by_key(|pair| pair.a);
    mark_moved(&mut pairs, a);
    pairs
}

/// A passage as likeness sees it: its pairs of letters with how often each stands in it, ascending.
type Bag = Vec<(u64, u32)>;

fn bag(passage: &Passage) -> Bag {
    let letters: Vec<char> = passage.letters().chars().collect();
    let mut pairs: Vec<u64> = match letters[..] {
        [only] => vec![u64::from(u32::from(only))],
        _ => letters.windows(2).map(|pair| u64::from(u32::from(pair[0])) << 32 | u64::from(u32::from(pair[1]))).collect(),
    };
    pairs.sort_unstable();
    pairs.chunk_by(|x, y| x == y).map(|same| (same[0], same.len() as u32)).collect()
}

fn candidates(a: &[Passage], b: &[Passage]) -> Vec<Pair> {
    let bags_a: Vec<Bag> = a.iter().map(bag).collect();
    let bags_b: Vec<Bag> = b.iter().map(bag).collect();
    let mut held_by: HashMap<u64, u32> = HashMap::new();
    for &(pair, _) in bags_a.iter().chain(&bags_b).flatten() {
        *held_by.entry(pair).or_default() += 1;
    }
    let all = (a.len() + b.len()) as f64;
    let weight: HashMap<u64, f64> = held_by.into_iter().map(|(pair, many)| (pair, (all / f64::from(many)).ln().max(0.05))).collect();
    let size = |bag: &Bag| bag.iter().map(|&(pair, many)| weight[&pair] * f64::from(many)).sum::<f64>();
    let sizes_b: Vec<f64> = bags_b.iter().map(size).collect();
    let mut standing: HashMap<u64, Vec<(usize, u32)>> = HashMap::new();
    for (at, bag) in bags_b.iter().enumerate() {
        for &(pair, many) in bag {
            standing.entry(pair).or_default().push((at, many));
        }
    }
    let mut found = Vec::new();
    let mut shared = vec![0.0; b.len()];
    for (at, bag) in bags_a.iter().enumerate() {
        shared.fill(0.0);
        for (pair, many) in bag {
            for &(other, theirs) in standing.get(pair).into_iter().flatten() {
                shared[other] += weight[pair] * f64::from(*many.min(&theirs));
            }
        }
        let size = size(bag);
        for (other, &shared) in shared.iter().enumerate().filter(|&(_, &shared)| shared > 0.0) {
            let likeness = (2.0 * shared / (size + sizes_b[other])).min(1.0);
            if likeness >= LIKE && a[at].heading == b[other].heading {
                found.push(Pair { a: at, b: other, likeness, moved: false });
            }
        }
    }
    found
}

/// Marks the pairs outside the longest row of pairs, by letters, that stand in the same order in both reports.
fn mark_moved(pairs: &mut [Pair], a: &[Passage]) {
    let lengths: Vec<usize> = pairs.iter().map(|pair| a[pair.a].text.len()).collect();
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for at in 0..pairs.len() {
        let before = (0..at).filter(|&other| pairs[other].b < pairs[at].b).max_by_key(|&other| best[other].0);
        best.push((lengths[at] + before.map_or(0, |other| best[other].0), before));
    }
    pairs.iter_mut().for_each(|pair| pair.moved = true);
    let mut next = (0..pairs.len()).max_by_key(|&at| best[at].0);
    while let Some(at) = next {
        pairs[at].moved = false;
        next = best[at].1;
    }
}
