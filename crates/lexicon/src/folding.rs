//! Folding: the copy of a text on which words are matched.
//!
//! Traditional characters become Simplified, full-width letters and digits half-width, commas and the like between Chinese
//! characters full-width, one character to one, so that the
//! lexicon is written once. Character offsets hold; byte offsets differ where a folded character has another length, and
//! [`Folded`] keeps those places.
//!
//! The pairs are data: `lexicon/folding.txt`, and `lexicon/folding_phrases.txt` for characters that fold otherwise inside a
//! word (乾隆 stays 乾隆). The build turns them into tables.

use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/folding.rs"));

/// A character that folds by what stands around it.
struct Context {
    /// What it folds to alone.
    alone: char,
    /// Folded text before, folded text after, what it folds to there; the longest first.
    exceptions: &'static [(&'static str, &'static str, char)],
}

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
        let bytes = original.as_bytes();
        let mut text = String::with_capacity(original.len());
        let mut shifts = Vec::new();
        let mut copied = 0;
        let mut at = 0;
        // Characters of three bytes fold, and marks of one byte beside one of those; the bytes of others pass one by one.
        loop {
            at = skip_unfolded(bytes, at);
            let Some(&[lead, second, third]) = bytes[at..].first_chunk::<3>() else { break };
            if wide_mark(lead).is_some() {
                // Marks in a row go together, so that folding again changes nothing.
                let end = at + bytes[at..].iter().take_while(|&&b| wide_mark(b).is_some()).count();
                if at > 0 && bytes[at - 1] >= 0x80 || bytes.get(end).is_some_and(|&b| b >= 0x80) {
                    text.push_str(&original[copied..at]);
                    for (i, mark) in bytes[at..end].iter().filter_map(|&b| wide_mark(b)).enumerate() {
                        text.push(mark);
                        shifts.push((text.len() as u32, (at + i + 1) as u32));
                    }
                    copied = end;
                }
                at = end;
                continue;
            }
            if !(0xE0..0xF0).contains(&lead) {
                at += if lead < 0xE0 { 1 } else { 4 };
                // Digits and letters come in runs.
                at += bytes[at..].iter().take_while(|&&b| b.is_ascii_alphanumeric()).count();
                continue;
            }
            let next = at + 3;
            let folded = match target(code_of(lead, second, third)) {
                Target::Always(c) => c,
                Target::ByContext(context) => context.fold(&original[..at], &original[next..]),
            };
            text.push_str(&original[copied..at]);
            text.push(folded);
            if folded.len_utf8() != 3 {
                shifts.push((text.len() as u32, next as u32));
            }
            copied = next;
            at = next;
        }
        text.push_str(&original[copied..]);
        Folded { text, shifts }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The folded text alone.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// The byte offset in the original of a character boundary in the folded copy.
    #[must_use]
    pub fn original(&self, folded: usize) -> usize {
        self.original_after(self.shifts.partition_point(|&(f, _)| f as usize <= folded), folded)
    }

    /// The byte offsets in the original of both ends of a range of the folded copy.
    #[must_use]
    pub fn original_range(&self, folded: Range<usize>) -> Range<usize> {
        let before = self.shifts.partition_point(|&(f, _)| f as usize <= folded.start);
        // A range holds few shifts: they are counted, not searched for.
        let inside = self.shifts[before..].iter().take_while(|&&(f, _)| f as usize <= folded.end).count();
        self.original_after(before, folded.start)..self.original_after(before + inside, folded.end)
    }

    /// How far the original runs ahead throughout a range of the folded copy; `None` when a character in it changed its length.
    #[must_use]
    pub fn steady(&self, folded: Range<usize>) -> Option<isize> {
        let before = self.shifts.partition_point(|&(f, _)| f as usize <= folded.start);
        let changes = self.shifts.get(before).is_some_and(|&(f, _)| f as usize <= folded.end);
        (!changes).then(|| self.original_after(before, folded.start) as isize - folded.start as isize)
    }

    /// The byte offset in the original of one in the folded copy that has so many shifts before it.
    fn original_after(&self, shifts: usize, folded: usize) -> usize {
        match shifts.checked_sub(1).map(|i| self.shifts[i]) {
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

/// Where the characters of three bytes end that fold to themselves.
fn skip_unfolded(bytes: &[u8], at: usize) -> usize {
    let (characters, _) = bytes[at..].as_chunks::<3>();
    let stays = |[lead, second, third]: [u8; 3]| {
        // The row is that of the character's code, and a shift takes the last six bits of its last byte.
        let row = usize::from(lead & 0x0F) << 6 | usize::from(second & 0x3F);
        lead & 0xF0 == 0xE0 && FOLDS[row] >> (third & 0x3F) & 1 == 0
    };
    at + 3 * characters.iter().position(|c| !stays(*c)).unwrap_or(characters.len())
}

/// The character of three bytes.
pub(crate) fn code_of(lead: u8, second: u8, third: u8) -> u16 {
    u16::from(lead) << 12 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F)
}

/// The full-width form of a mark, as Chinese text has it: 增长5%,其中 reads as 增长5%，其中.
fn wide_mark(byte: u8) -> Option<char> {
    Some(match byte {
        b',' => '，',
        b';' => '；',
        b':' => '：',
        b'!' => '！',
        b'?' => '？',
        b'(' => '（',
        b')' => '）',
        _ => return None,
    })
}

/// The character a lexicon word would be written with, when `c` stands alone.
#[must_use]
pub fn fold_char(c: char) -> char {
    match u16::try_from(u32::from(c)) {
        Ok(code) if folds(code) => match target(code) {
            Target::Always(folded) => folded,
            Target::ByContext(context) => context.alone,
        },
        _ => c,
    }
}

enum Target {
    Always(char),
    ByContext(&'static Context),
}

fn folds(code: u16) -> bool {
    FOLDS[usize::from(code / 64)] >> (code % 64) & 1 == 1
}

/// What a character that [`folds`] becomes.
fn target(code: u16) -> Target {
    let value = PAGES[usize::from(PAGE_OF[usize::from(code >> 8)])][usize::from(code & 0xFF)];
    match char::from_u32(u32::from(value)) {
        Some(c) if !('\u{E000}'..='\u{F8FF}').contains(&c) => Target::Always(c),
        _ => Target::ByContext(&CONTEXTS[usize::from(value - BY_CONTEXT)]),
    }
}

impl Context {
    fn fold(&self, before: &str, after: &str) -> char {
        let fits = |&&(left, right, _): &&(&str, &str, char)| {
            let mut chars = before.chars().rev().map(fold_char);
            let mut next = after.chars().map(fold_char);
            left.chars().rev().all(|c| chars.next() == Some(c)) && right.chars().all(|c| next.next() == Some(c))
        };
        self.exceptions.iter().find(fits).map_or(self.alone, |&(_, _, folded)| folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(text: &str) -> String {
        Folded::new(text).as_str().to_owned()
    }

    #[test]
    fn traditional_and_variant_forms_fold_to_simplified() {
        assert_eq!(fold("國內生產總值增長５．２％"), "国内生产总值增长5.2%");
        assert_eq!(fold("産衆綫裏佈佔週颱復複徵鬥餘範穀於爲為麪羣臺鶏敎"), "产众线里布占周台复复征斗余范谷于为为面群台鸡教");
        assert_eq!(fold("着台后里"), "着台后里");
    }

    #[test]
    fn a_word_can_hold_its_own_form() {
        for (text, folded) in [
            ("乾隆年間的乾燥氣候", "乾隆年间的干燥气候"),
            ("乾縣、乾安縣", "乾县、乾安县"),
            ("隨著經濟發展，著力解決顯著問題", "随着经济发展，着力解决显著问题"),
            ("有著名高校，有著深厚基礎", "有著名高校，有着深厚基础"),
            ("瞭解瞭望台", "了解瞭望台"),
            ("憑藉計畫，答覆慰藉畫覆蓋", "凭借计划，答复慰藉画覆盖"),
            ("畢昇提升", "毕昇提升"),
            ("乾", "干"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn marks_fold_one_to_one() {
        assert_eq!(fold("「雙減」『三北』"), "“双减”‘三北’");
        assert_eq!(fold("１０〜２０﹪，（ＡＩ＋）：8.7∶41.2—50.1－1−2–3"), "10～20%，（AI+）：8.7∶41.2—50.1-1−2–3");
        assert_eq!(fold("⼯作、⺠⽣、㎡½℃"), "工作、民生、㎡½℃");
        assert_eq!(fold("增长(预计)5%,其中工业7%;出口1,200亿元"), "增长（预计）5%，其中工业7%；出口1,200亿元");
    }

    #[test]
    fn simplified_place_names_are_left_alone() {
        for name in ["瀍河回族区", "鄠邑区", "浉河区", "埇桥区", "西双版纳傣族自治州", "巨鹿县", "沈阳市"] {
            assert_eq!(fold(name), name);
        }
    }

    #[test]
    fn offsets_lead_back_to_the_original() {
        let original = "增長５．２％左右";
        let folded = Folded::new(original);
        let at = folded.as_str().find("5.2%").unwrap();
        assert_eq!(&original[folded.original(at)..folded.original(at + 4)], "５．２％");
        assert_eq!(folded.folded(folded.original(at + 4)), at + 4);
    }

    /// Any character, with those that fold and their contexts often among them.
    fn text() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            any::<char>().prop_map(String::from),
            "[一-龥０-ｚ「」〜﹪a-z0-9é]",
            prop::sample::select(vec!["乾", "隆", "隨", "著", "名", "藉", "沈", "瞭", "望", "計", "畫", "甚", "麼", "𠂉", "有"])
                .prop_map(String::from),
        ];
        prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn folding_keeps_characters_and_offsets(original in text()) {
            let folded = Folded::new(&original);
            prop_assert_eq!(folded.as_str().chars().count(), original.chars().count());
            let ends = |s: &str| s.char_indices().map(|(at, _)| at).chain([s.len()]).collect::<Vec<_>>();
            for (from, to) in ends(&original).into_iter().zip(ends(folded.as_str())) {
                prop_assert_eq!(folded.folded(from), to);
                prop_assert_eq!(folded.original(to), from);
            }
        }

        #[test]
        fn folding_twice_changes_nothing(original in text()) {
            let once = fold(&original);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
