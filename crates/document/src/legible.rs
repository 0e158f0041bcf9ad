//! Whether a text taken from a printed page is Chinese at all.
//!
//! A PDF whose fonts are mapped wrongly gives a text that looks like one: characters, lines, pages. What gives it away is what the
//! text is made of. Real Chinese prose uses few characters very often: the hundred below make up 44 to 50 % of every report of
//! the shared corpus, in both scripts, and never less than 23 % of 400 characters in a row; characters that were mixed up make them
//! 2 to 5 %. Characters that could not be told at all speak for themselves.

use pledgebook_lexicon::folding::fold_char;

use crate::chars::{is_han, is_invisible};
use crate::{Place, Source, Warning};

/// The hundred commonest characters of government reports, in Simplified.
const COMMON: &str = "的业和国发展建化大进新一加全产实工中设人力民动政生推高增经要制作重年地强行改持会务有提体能等在区资成济合保家主社农平市开理好企不个以施基是长革上面量入我现用创深为质城项各机度治方点技定服出育坚";

/// A text with fewer Chinese characters tells nothing by which ones they are.
const ENOUGH: usize = 100;
/// The least share of common characters in the Chinese of a whole text.
const LEAST_COMMON: f64 = 0.15;
/// The greatest share of characters that could not be read.
const MOST_UNREADABLE: f64 = 0.05;
/// The greatest share of accented Latin letters: Chinese bytes taken for Latin text are full of them.
const MOST_ACCENTED: f64 = 0.1;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Chinese prose.
    Legible,
    /// Not what the page shows, and why.
    Garbled(String),
    /// Too little to tell.
    Unsure,
}

#[derive(Debug, Default)]
struct Counts {
    shown: usize,
    chinese: usize,
    common: usize,
    unreadable: usize,
    accented: usize,
}

fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    for c in text.chars().filter(|c| !c.is_whitespace() && (!is_invisible(*c) || c.is_control())) {
        counts.shown += 1;
        if is_han(c) {
            counts.chinese += 1;
            counts.common += usize::from(is_common(c));
        }
        counts.unreadable += usize::from(is_unreadable(c));
        counts.accented += usize::from(matches!(c, '\u{A1}'..='\u{24F}') && !matches!(c, '·' | '×' | '±' | '°' | '÷' | '§'));
    }
    counts
}

fn is_common(c: char) -> bool {
    COMMON.contains(fold_char(c))
}

/// A character that no font shows: unknown, of private use, a control.
fn is_unreadable(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) || (c.is_control() && !c.is_whitespace())
}

/// Judges a text by what it is made of.
pub(crate) fn judge(text: &str) -> Verdict {
    let Counts { shown, chinese, common, unreadable, accented } = count(text);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let percent = |part: usize, whole: usize| format!("{:.0} %", 100.0 * share(part, whole));
    if shown < ENOUGH {
        return Verdict::Unsure;
    }
    if share(unreadable, shown) > MOST_UNREADABLE {
        return Verdict::Garbled(format!("{} of its characters cannot be told", percent(unreadable, shown)));
    }
    if share(accented, shown) > MOST_ACCENTED {
        return Verdict::Garbled(format!("{} of its characters are accented Latin letters", percent(accented, shown)));
    }
    if chinese < ENOUGH {
        return Verdict::Unsure;
    }
    if share(common, chinese) < LEAST_COMMON {
        let found = percent(common, chinese);
        return Verdict::Garbled(format!("the hundred commonest characters are {found} of its Chinese, in a report they are 45 %"));
    }
    Verdict::Legible
}

/// Warnings about pages of a printed text, between two offsets of the source, that are garbled or miss characters.
pub(crate) fn page_warnings(source: &Source, start: u32, end: u32) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut pages: Vec<(u32, u32)> = Vec::new();
    for (at, place) in source.places.iter().filter(|(at, _)| (start..end).contains(at)) {
        if let Place::Page { page, .. } = place
            && pages.last().is_none_or(|(_, last)| last != page)
        {
            pages.push((*at, *page));
        }
    }
    for (i, &(at, page)) in pages.iter().enumerate() {
        let to = pages.get(i + 1).map_or(end, |next| next.0);
        let text = &source.text[at as usize..to as usize];
        let message = match judge(text) {
            Verdict::Garbled(reason) => format!("page {page} is no readable Chinese ({reason}); do not rely on what was read from it"),
            Verdict::Legible | Verdict::Unsure => match text.chars().filter(|&c| is_unreadable(c)).count() {
                0 => continue,
                n => format!("{n} characters of page {page} cannot be told and are missing; look them up on the page"),
            },
        };
        warnings.push(Warning { code: "unreadable_page", message, at: Some(at) });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented, and long enough to be judged.
    fn report() -> String {
        "全省地区生产总值增长百分之五，我们坚持稳中求进，推动产业发展，改善人民生活，建设现代化新城市。".repeat(4)
    }

    #[test]
    fn a_report_is_legible_in_both_scripts() {
        assert_eq!(judge(&report()), Verdict::Legible);
        let traditional = "全省地區生產總值增長百分之五，我們堅持穩中求進，推動產業發展，改善人民生活，建設現代化新城市。".repeat(4);
        assert_eq!(judge(&traditional), Verdict::Legible);
    }

    #[test]
    fn characters_mixed_up_are_garbage() {
        let mixed: String = report().chars().map(|c| if is_han(c) { char::from_u32(c as u32 + 7).unwrap_or(c) } else { c }).collect();
        assert!(matches!(judge(&mixed), Verdict::Garbled(_)), "{mixed}");
    }

    #[test]
    fn characters_that_are_missing_are_garbage() {
        let holes: String = report().chars().enumerate().map(|(i, c)| if i % 9 == 0 { '\u{FFFD}' } else { c }).collect();
        assert!(matches!(judge(&holes), Verdict::Garbled(_)));
        let bullets = report().replace('，', "，\u{F06C}");
        assert!(matches!(judge(&bullets), Verdict::Garbled(_)), "6 %");
    }

    #[test]
    fn bytes_taken_for_latin_letters_are_garbage() {
        assert!(matches!(judge(&"È«Ê¡µØÇøÉú²ú×ÜÖµ".repeat(10)), Verdict::Garbled(_)));
    }

    #[test]
    fn a_table_of_numbers_or_a_few_words_tell_nothing() {
        assert_eq!(judge(&"12.5 36.8 47 ".repeat(40)), Verdict::Unsure);
        assert_eq!(judge("澜川省政府工作报告"), Verdict::Unsure);
    }

    /// All files of the shared corpus that hold Chinese text: reports in both scripts, old ones, communiqués full of tables, notes.
    fn corpus() -> Vec<std::path::PathBuf> {
        let root = std::env::var_os("PLEDGEBOOK_SHARED")
            .map_or_else(|| std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), std::path::PathBuf::from);
        let mut files = Vec::new();
        for folder in [
            "seed",
            "gold/texts",
            "corpus/national",
            "corpus/provinces-2025",
            "corpus/provinces-2026",
            "corpus/encodings",
            "corpus/html",
            "corpus/pdf",
        ] {
            files.extend(std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten().map(|e| e.path()));
        }
        let required = std::env::var_os("PLEDGEBOOK_REQUIRE_SHARED").is_some();
        assert!(!(required && files.is_empty()), "{} is not there", root.display());
        if files.is_empty() {
            println!("skipped: {} is not there", root.display());
        }
        files
    }

    #[test]
    fn every_text_of_the_corpus_is_legible_whole_and_in_pieces() {
        let (mut texts, mut pieces) = (0, 0);
        for file in corpus() {
            let Ok(documents) = crate::read_file(&file) else { continue };
            for document in documents {
                texts += 1;
                assert_eq!(judge(&document.source.text), Verdict::Legible, "{}", file.display());
                let chars: Vec<char> = document.source.text.chars().collect();
                for piece in chars.chunks(600) {
                    pieces += 1;
                    let piece: String = piece.iter().collect();
                    assert!(!matches!(judge(&piece), Verdict::Garbled(_)), "{}: {:?} {piece}", file.display(), judge(&piece));
                }
            }
        }
        println!("{texts} texts, {pieces} pieces");
    }
}
