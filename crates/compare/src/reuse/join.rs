//! An exact join of sets by likeness: no pair is missed and none is wrong.
//!
//! The likeness of two sets is the share of what they hold together that both hold (Jaccard). Two sets of at least that likeness
//! must share one of the rarest elements of either (prefix filter), so that only sets with a rare element in common are ever
//! compared; and they cannot differ too much in size.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Letters in a shingle.
pub const LETTERS: usize = 4;

/// How often each shingle stands in the whole; by its last bits, which is enough to order shingles by rarity.
#[derive(Debug)]
pub struct Rarity(Vec<u8>);

impl Rarity {
    /// Of sets that hold so many shingles in all.
    #[must_use]
    pub fn of(shingles: usize) -> Self {
        // Eight times as many places as shingles: one in eight shares its place with another.
        Rarity(vec![0; (shingles * 8).next_power_of_two().clamp(1 << 10, 1 << 30)])
    }

    /// Counts the shingles of a set.
    pub fn count(&mut self, set: &[u32]) {
        let last = self.0.len() - 1;
        for &shingle in set {
            let number = &mut self.0[shingle as usize & last];
            *number = number.saturating_add(1);
        }
    }

    /// The `many` rarest shingles of a set, but for those that no other set has. Every set is ordered by the same rule, whatever its
    /// bucket holds by chance.
    fn rarest(&self, set: &[u32], many: usize) -> Vec<u32> {
        let last = self.0.len() - 1;
        let mut ordered: Vec<u64> =
            set.iter().map(|&shingle| u64::from(self.0[shingle as usize & last]) << 32 | u64::from(shingle)).collect();
        if many < ordered.len() {
            ordered.select_nth_unstable(many);
            ordered.truncate(many);
        }
        ordered.retain(|&shingle| shingle >> 32 > 1);
        ordered.into_iter().map(|shingle| shingle as u32).collect()
    }
}

/// Shingles are hashes already; their bits are only spread.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
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
    rarity: Rarity,
    /// Every set, ascending.
    sets: Vec<Box<[u32]>>,
    index: HashMap<u32, Vec<u32>, BuildHasherDefault<Spread>>,
    /// The set that each held one was last met by in a search, so that none is compared twice.
    met: Vec<u32>,
    searches: u32,
}

/// The rare shingles of a set, by which it is held and found.
#[derive(Clone, Debug)]
pub struct Rarest(Vec<u32>);

impl Join {
    /// Finds sets of at least this likeness, above 0 and up to 1. The rarity counts every set that will be held or looked for.
    #[must_use]
    pub fn new(at_least: f64, rarity: Rarity) -> Self {
        Join { at_least: at_least.clamp(0.01, 1.0), rarity, sets: Vec::new(), index: HashMap::default(), met: Vec::new(), searches: 0 }
    }

    /// The shingles that decide: two sets that are like enough share one of them.
    #[must_use]
    pub fn rarest(&self, set: &[u32]) -> Rarest {
        let length = set.len();
        let many = length - (self.at_least * length as f64 - 1e-9).ceil() as usize + usize::from(length > 0);
        Rarest(self.rarity.rarest(set, many.min(length)))
    }

    /// Holds a set, ascending; it is named by its number from 0.
    pub fn add(&mut self, set: Vec<u32>, rarest: &Rarest) {
        let name = self.sets.len() as u32;
        for &shingle in &rarest.0 {
            self.index.entry(shingle).or_default().push(name);
        }
        self.sets.push(set.into_boxed_slice());
        self.met.push(0);
    }

    /// Takes every held set that is like enough to this one, with the likeness.
    pub fn each(&mut self, set: &[u32], rarest: &Rarest, take: &mut dyn FnMut(u32, f64)) {
        self.searches += 1;
        for shingle in &rarest.0 {
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
            let mut rarity = Rarity::of(sets.iter().map(Vec::len).sum());
            sets.iter().for_each(|set| rarity.count(set));
            let mut join = Join::new(at_least, rarity);
            let (mut found, mut all) = (Vec::new(), Vec::new());
            for (n, set) in sets.iter().enumerate() {
                let rarest = join.rarest(set);
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
