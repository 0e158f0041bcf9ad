//! A sample of a text's shingles: enough to tell how much of one text stands in another, at a fiftieth of its size.
//!
//! A shingle is eight letters or digits in a row, folded, whatever stands between them. Of all shingles, those are kept whose
//! hash is a multiple of [`SCALE`]: the same ones in every text, so that two samples can be compared (FracMinHash).

use pledgebook_lexicon::folding::fold_char;

/// One shingle in so many is kept.
const SCALE: u64 = 64;

/// Letters in a shingle.
const LETTERS: usize = 8;

/// The shingles kept of one text, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text.
    pub(crate) fn of(text: &str) -> Self {
        // A rolling hash: each letter is a digit in a numeral of base BASE, and the letter that leaves is taken off.
        const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
        let leaving = (0..LETTERS).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let mut window = [0u64; LETTERS];
        let mut rolled = 0u64;
        let mut kept = Vec::with_capacity(text.len() / 3 / SCALE as usize * 5 / 4);
        let letters = text.chars().map(fold_char).filter(|&c| is_letter(c)).map(|c| u64::from(c) + 1);
        for (n, letter) in letters.enumerate() {
            let slot = &mut window[n % LETTERS];
            rolled = rolled.wrapping_mul(BASE).wrapping_add(letter).wrapping_sub(slot.wrapping_mul(leaving));
            *slot = letter;
            if n + 1 >= LETTERS {
                let hash = mixed(rolled);
                if hash.is_multiple_of(SCALE) {
                    kept.push((hash >> 32) as u32);
                }
            }
        }
        kept.sort_unstable();
        kept.dedup();
        Sketch(kept)
    }

    /// The bytes in which the ledger keeps it.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// The sketch that was kept in these bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Sketch(bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
    }

    /// How many shingles it holds.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many shingles two sketches share.
    pub(crate) fn shared(&self, other: &Sketch) -> usize {
        let (mut mine, mut theirs, mut shared) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }
}

/// Whether a folded character is a letter, a Chinese character or a digit; those of other scripts do not matter here.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The last steps of splitmix64: every bit of the outcome hangs on every bit of the number.
fn mixed(mut n: u64) -> u64 {
    n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Sketch, mixed};

    /// A text of so many sentences, no two alike.
    pub(crate) fn text(sentences: std::ops::Range<u64>) -> String {
        let letter = |n: u64| char::from_u32(0x4E00 + (mixed(n) % 4000) as u32).unwrap_or('一');
        sentences.map(|n| (0..12).map(|i| letter(n * 100 + i)).collect::<String>() + "，增长5.5%。\n").collect()
    }

    #[test]
    fn half_of_a_text_shares_half_of_its_shingles() {
        let (whole, half) = (Sketch::of(&text(0..2000)), Sketch::of(&text(0..1000)));
        assert_eq!(half.shared(&whole), half.len());
        let share = half.len() as f64 / whole.len() as f64;
        assert!((0.4..0.6).contains(&share), "{share}");
    }

    #[test]
    fn line_breaks_marks_and_script_change_nothing() {
        let plain = text(0..300) + "澜川省国内生产总值增长";
        let other = plain.replace('，', "、\n　").replace("国内生产总值增长", "國內生產總值增長");
        assert_eq!(Sketch::of(&plain), Sketch::of(&other));
    }

    #[test]
    fn a_sketch_is_kept_as_it_is() {
        let sketch = Sketch::of(&text(0..500));
        assert!(sketch.len() > 10);
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), sketch);
    }
}
