//! Folding: the copy of a text on which words are matched.
//!
//! Traditional characters become Simplified, full-width letters and digits half-width, one character to one, so that the
//! lexicon is written once. Character offsets hold; byte offsets differ where a folded character has another length, and
//! [`Folded`] keeps those places.

/// A folded copy and the way back to the text it was made from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// (end in the folded copy, end in the original) after each character whose length changed.
    shifts: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `original`.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut shifts = Vec::new();
        for (at, c) in original.char_indices() {
            let folded = fold_char(c);
            text.push(folded);
            if folded.len_utf8() != c.len_utf8() {
                shifts.push((text.len() as u32, (at + c.len_utf8()) as u32));
            }
        }
        Folded { text, shifts }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the original of a character boundary in the folded copy.
    #[must_use]
    pub fn original(&self, folded: usize) -> usize {
        let after = self.shifts.partition_point(|&(f, _)| f as usize <= folded);
        match after.checked_sub(1).map(|i| self.shifts[i]) {
            None => folded,
            Some((f, o)) => folded - f as usize + o as usize,
        }
    }

    /// The byte offset in the folded copy of a character boundary in the original.
    #[must_use]
    pub fn folded(&self, original: usize) -> usize {
        let after = self.shifts.partition_point(|&(_, o)| o as usize <= original);
        match after.checked_sub(1).map(|i| self.shifts[i]) {
            None => original,
            Some((f, o)) => original - o as usize + f as usize,
        }
    }
}

/// The character a lexicon word would be written with.
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '＋' | '－' | '／' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    }
}
