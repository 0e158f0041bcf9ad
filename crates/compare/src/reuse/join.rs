//! An exact join of sets by likeness: no pair is missed and none is wrong.
//!
//! The likeness of two sets is the share of what they hold together that both hold (Jaccard). Two sets of at least that likeness
//! must share one of the rarest elements of either (prefix filter), so that only sets with a rare element in common are ever
//! compared; and they cannot differ too much in size.

use std::collections::HashMap;

/// Letters in a shingle.
pub const LETTERS: usize = 4;

/// How often each shingle stands in the whole; by its last bits, which is enough to order shingles by rarity.
#[derive(Debug)]
pub struct Rarity(Vec<u32>);

const BUCKETS: usize = 1 << 22;

impl Default for Rarity {
    fn default() -> Self {
        Rarity(vec![0; BUCKETS])
    }
}

impl Rarity {
    /// Counts the shingles of a set.
    pub fn count(&mut self, set: &[u32]) {
        for &shingle in set {
            let number = &mut self.0[shingle as usize % BUCKETS];
            *number = number.saturating_add(1);
        }
    }

    /// Puts the rarest first. Every set is ordered by the same rule, whatever its bucket holds by chance.
    pub fn order(&self, set: &mut [u32]) {
        set.sort_unstable_by_key(|&shingle| (self.0[shingle as usize % BUCKETS], shingle));
    }
}

/// The shingles of a text: the hashes of its runs of [`LETTERS`] letters or digits, each once, ascending.
#[must_use]
pub fn shingles(folded: &str) -> Vec<u32> {
    let letters: Vec<u64> = folded.chars().filter(|c| c.is_alphanumeric()).map(u64::from).collect();
    let hash = |run: &[u64]| {
        let mixed =
            run.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, letter| (hash ^ letter).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29));
        (mixed ^ (mixed >> 32)) as u32
    };
    let mut shingles: Vec<u32> = match letters.len() {
        0 => Vec::new(),
        few if few < LETTERS => vec![hash(&letters)],
        _ => letters.windows(LETTERS).map(hash).collect(),
    };
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Sets that are held, and found by likeness.
#[derive(Debug)]
pub struct Join {
    at_least: f64,
    /// Every set: the rarest shingles first, and ascending.
    sets: Vec<Box<[u32]>>,
    index: HashMap<u32, Vec<u32>>,
    /// The set that each held one was last met by in a search, so that none is compared twice.
    met: Vec<u32>,
    searches: u32,
}

impl Join {
    /// Finds sets of at least this likeness, above 0 and up to 1.
    #[must_use]
    pub fn new(at_least: f64) -> Self {
        Join { at_least: at_least.clamp(0.01, 1.0), sets: Vec::new(), index: HashMap::new(), met: Vec::new(), searches: 0 }
    }

    /// How many of the rarest shingles decide.
    fn prefix(&self, length: usize) -> usize {
        length - (self.at_least * length as f64).ceil() as usize + usize::from(length > 0)
    }

    /// Holds a set, ascending, of which `rarest` is the same with the rarest first; it is named by its number from 0.
    pub fn add(&mut self, set: Vec<u32>, rarest: &[u32]) {
        let name = self.sets.len() as u32;
        for &shingle in &rarest[..self.prefix(rarest.len())] {
            self.index.entry(shingle).or_default().push(name);
        }
        self.sets.push(set.into_boxed_slice());
        self.met.push(0);
    }

    /// Takes every held set that is like enough to this one, with the likeness.
    pub fn each(&mut self, set: &[u32], rarest: &[u32], take: &mut dyn FnMut(u32, f64)) {
        self.searches += 1;
        for shingle in &rarest[..self.prefix(rarest.len())] {
            for &name in self.index.get(shingle).into_iter().flatten() {
                if std::mem::replace(&mut self.met[name as usize], self.searches) == self.searches {
                    continue;
                }
                if let Some(likeness) = likeness(set, &self.sets[name as usize], self.at_least) {
                    take(name, likeness);
                }
            }
        }
    }
}

/// The likeness of two ascending sets, where it is at least so much.
#[must_use]
pub fn likeness(a: &[u32], b: &[u32], at_least: f64) -> Option<f64> {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if (short as f64) < at_least * long as f64 || long == 0 {
        return None;
    }
    // So many must be shared; as soon as too many are not, the rest need not be looked at.
    let needed = (at_least / (1.0 + at_least) * (a.len() + b.len()) as f64 - 1e-9).ceil() as usize;
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        if shared + (a.len() - i).min(b.len() - j) < needed {
            return None;
        }
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    let likeness = shared as f64 / (a.len() + b.len() - shared) as f64;
    (likeness >= at_least).then_some(likeness)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shingles_leave_out_marks() {
        assert_eq!(shingles("稳就业，稳物价"), shingles("稳就业稳物价"));
        assert_eq!(shingles("稳就业稳物价").len(), 3);
        assert_eq!((shingles("").len(), shingles("就业").len()), (0, 1));
    }

    proptest! {
        #[test]
        fn the_join_finds_every_pair_and_no_other(
            sets in prop::collection::vec(prop::collection::btree_set(0u32..30, 1..20), 0..20),
            at_least in 0.3f64..1.0,
        ) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let mut rarity = Rarity::default();
            sets.iter().for_each(|set| rarity.count(set));
            let mut join = Join::new(at_least);
            let (mut found, mut all) = (Vec::new(), Vec::new());
            for (n, set) in sets.iter().enumerate() {
                let mut rarest = set.clone();
                rarity.order(&mut rarest);
                join.each(set, &rarest, &mut |name, _| found.push((name as usize, n)));
                join.add(set.clone(), &rarest);
                for (m, other) in sets[..n].iter().enumerate() {
                    let shared = set.iter().filter(|x| other.contains(x)).count();
                    if shared as f64 / (set.len() + other.len() - shared) as f64 >= at_least {
                        all.push((m, n));
                    }
                }
            }
            found.sort_unstable();
            all.sort_unstable();
            prop_assert_eq!(found, all);
        }
    }
}
