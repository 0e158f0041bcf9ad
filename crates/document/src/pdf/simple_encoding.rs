//! What the codes of fonts with one byte a character mean, and how wide they are where the file does not say.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// A base encoding of PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseEncoding {
    Standard,
    WinAnsi,
    MacRoman,
}

impl BaseEncoding {
    pub(super) fn of_name(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn char(self, code: u8) -> Option<char> {
        let decoded = |encoding: &'static encoding_rs::Encoding| {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&code));
            text.chars().next().filter(|c| !c.is_control())
        };
        match self {
            Self::WinAnsi => decoded(WINDOWS_1252),
            Self::MacRoman => decoded(MACINTOSH),
            Self::Standard => match code {
                0x27 => Some('’'),
                0x60 => Some('‘'),
                0x20..0x7F => Some(char::from(code)),
                _ => STANDARD_HIGH.iter().find(|(c, _)| *c == code).map(|&(_, c)| c),
            },
        }
    }
}

/// The upper half of StandardEncoding, as far as reports use it.
const STANDARD_HIGH: [(u8, char); 22] = [
    (0xA1, '¡'),
    (0xA2, '¢'),
    (0xA3, '£'),
    (0xA4, '⁄'),
    (0xA5, '¥'),
    (0xA7, '§'),
    (0xA9, '\''),
    (0xAA, '“'),
    (0xAB, '«'),
    (0xAE, 'ﬁ'),
    (0xAF, 'ﬂ'),
    (0xB1, '–'),
    (0xB2, '†'),
    (0xB4, '·'),
    (0xB6, '¶'),
    (0xB7, '•'),
    (0xBA, '”'),
    (0xBB, '»'),
    (0xBC, '…'),
    (0xBD, '‰'),
    (0xBF, '¿'),
    (0xD0, '—'),
];

/// The names of the printable ASCII characters in order, from the space on.
const ASCII_NAMES: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus \
comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D E F \
G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p q \
r s t u v w x y z braceleft bar braceright asciitilde";

const OTHER_NAMES: [(&str, &str); 36] = [
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("endash", "–"),
    ("emdash", "—"),
    ("minus", "−"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("degree", "°"),
    ("plusminus", "±"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("nbspace", " "),
    ("sfthyphen", "\u{AD}"),
    ("mu", "μ"),
    ("perthousand", "‰"),
    ("yen", "¥"),
    ("sterling", "£"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("notdef", ""),
];

/// The text that a glyph name stands for, as far as names tell (Adobe Glyph List; `uni4E00`, `u20000`).
pub(super) fn text_of_name(name: &str) -> Option<String> {
    let base = name.split('.').next().unwrap_or_default();
    if let Some(at) = ASCII_NAMES.split(' ').position(|known| known == base) {
        return Some(char::from(0x20 + at as u8).to_string());
    }
    if let Some((_, text)) = OTHER_NAMES.iter().find(|(known, _)| *known == base) {
        return Some((*text).to_owned());
    }
    let digits =
        base.strip_prefix("uni").filter(|d| d.len() == 4).or_else(|| base.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())));
    let c = u32::from_str_radix(digits?, 16).ok().and_then(char::from_u32)?;
    Some(c.to_string())
}

/// The width of a character in one of the fonts that every PDF reader has, in thousandths of the size.
pub(super) fn standard_width(font: &str, c: char) -> Option<f64> {
    let row: &[u16; 95] = match font {
        name if name.starts_with("Courier") => return Some(600.0),
        name if name.starts_with("Helvetica") || name.starts_with("Arial") => &HELVETICA,
        name if name.starts_with("Times") => &TIMES,
        _ => return None,
    };
    let at = (c as u32).checked_sub(0x20)?;
    row.get(at as usize).map(|&w| f64::from(w))
}

const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278,
    278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722,
    722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500,
    500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_tell_characters() {
        for (name, text) in [("nine", Some("9")), ("asciitilde", Some("~")), ("uni4E2D", Some("中")), ("u20000", Some("𠀀")), ("g12", None)]
        {
            assert_eq!(text_of_name(name).as_deref(), text, "{name}");
        }
        assert_eq!(BaseEncoding::WinAnsi.char(0x93), Some('“'));
        assert_eq!(BaseEncoding::Standard.char(0x27), Some('’'));
        assert_eq!(standard_width("Helvetica-Bold", '1'), Some(556.0));
    }
}
