//! Fonts as far as text needs them: which codes a string holds, what each says and how wide it is. No outlines are read.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::GBK;
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::PdfError;
use super::simple_encoding::{BaseEncoding, standard_width, text_of_name};
use super::stream::Budget;

/// What a glyph says whose meaning the file does not give.
pub(super) const UNKNOWN: char = '\u{FFFD}';

/// One code of a string.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its text, mostly one character; empty for the second byte of a pair.
    pub(super) text: Rc<str>,
    /// How far it moves the pen, in thousandths of the size (downwards where the font is vertical).
    pub(super) advance: f64,
    /// From the pen to the glyph's origin, in thousandths of the size.
    pub(super) origin: (f64, f64),
    /// Whether it is the single-byte space, which word spacing widens.
    pub(super) is_space: bool,
}

/// A font of the file.
#[derive(Debug)]
pub(super) enum Font {
    Simple(Simple),
    Composite(Box<Composite>),
}

impl Font {
    pub(super) fn is_vertical(&self) -> bool {
        matches!(self, Font::Composite(font) if font.vertical)
    }
}

/// A font of one byte a character.
#[derive(Debug)]
pub(super) struct Simple {
    codes: Vec<Shown>,
    /// Nothing in the file says what its codes mean but a name like WinAnsi: they may be pairs of GBK.
    may_be_gbk: bool,
}

/// A font of codes of several bytes, by way of character numbers (CID).
#[derive(Debug)]
pub(super) struct Composite {
    encoding: CMap,
    /// All codes have two bytes.
    two_bytes: bool,
    /// The codes themselves are UTF-16.
    is_unicode: bool,
    to_unicode: Option<CMap>,
    /// From character numbers to Unicode, for the collections that Adobe numbered.
    collection: Option<Rc<CMap>>,
    widths: Vec<(u32, u32, f64)>,
    default_width: f64,
    vertical: bool,
    vertical_widths: Vec<(u32, u32, [f64; 3])>,
    default_vertical: (f64, f64),
    known: std::cell::RefCell<HashMap<(u32, usize), Shown>>,
}

/// The fonts of a file, each read once.
#[derive(Default)]
pub(super) struct Fonts {
    fonts: HashMap<(usize, usize), Option<Rc<Font>>>,
    collections: HashMap<&'static str, Option<Rc<CMap>>>,
}

impl Fonts {
    /// The font of a dictionary; `None` when it is of no known kind.
    pub(super) fn font(&mut self, dict: &Dict, budget: &mut Budget) -> Result<Option<Rc<Font>>, PdfError> {
        // A dictionary is known by where it stands: the parser reads it in place.
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(font) = self.fonts.get(&key) {
            return Ok(font.clone());
        }
        let kind = dict.get::<Name>("Subtype");
        let font = match kind.as_deref() {
            Some(b"Type0") => self.composite(dict, budget)?.map(|font| Font::Composite(Box::new(font))),
            Some(_) => Some(Font::Simple(Simple::read(dict, kind.as_deref() == Some(b"Type3"), budget)?)),
            None => None,
        };
        let font = font.map(Rc::new);
        self.fonts.insert(key, font.clone());
        Ok(font)
    }

    fn composite(&mut self, dict: &Dict, budget: &mut Budget) -> Result<Option<Composite>, PdfError> {
        let Some(descendant) = dict.get::<Array>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next()) else {
            return Ok(None);
        };
        let (encoding, two_bytes, is_unicode) = match dict.get::<Object>("Encoding") {
            Some(Object::Stream(stream)) => (CMap::parse(&budget.unpack(&stream)?, load_embedded), false, false),
            Some(Object::Name(name)) => predefined(&name),
            _ => (Some(CMap::identity_h()), true, false),
        };
        let Some(encoding) = encoding else { return Ok(None) };
        let family = encoding.metadata().character_collection.as_ref().map(|c| c.family.clone());
        let family = family.filter(|f| f.ucs2_cmap().is_some()).or_else(|| collection_of(&descendant));
        let collection = family.and_then(|family| self.collection(&family));
        Ok(Some(Composite {
            two_bytes,
            is_unicode,
            to_unicode: to_unicode(dict, budget)?,
            collection,
            widths: descendant.get::<Array>("W").map(|w| widths(&w)).unwrap_or_default(),
            default_width: descendant.get::<f64>("DW").unwrap_or(1_000.0),
            vertical: encoding.metadata().writing_mode == Some(WritingMode::Vertical),
            vertical_widths: descendant.get::<Array>("W2").map(|w| vertical_widths(&w)).unwrap_or_default(),
            default_vertical: descendant.get::<[f64; 2]>("DW2").map_or((880.0, -1_000.0), |d| (d[0], d[1])),
            encoding,
            known: Default::default(),
        }))
    }

    /// The table from character numbers to Unicode of a collection.
    fn collection(&mut self, family: &CidFamily) -> Option<Rc<CMap>> {
        let key = match family {
            CidFamily::AdobeGB1 => "GB1",
            CidFamily::AdobeCNS1 => "CNS1",
            CidFamily::AdobeJapan1 => "Japan1",
            CidFamily::AdobeKorea1 => "Korea1",
            _ => return None,
        };
        let load = || CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded).map(Rc::new);
        self.collections.entry(key).or_insert_with(load).clone()
    }
}

/// A character map that PDF readers know by name: whether its codes all have two bytes, whether they are UTF-16.
fn predefined(name: &[u8]) -> (Option<CMap>, bool, bool) {
    let is_unicode = memchr::memmem::find(name, b"UCS2").is_some() || memchr::memmem::find(name, b"UTF16").is_some();
    match CMapName::from_bytes(name) {
        CMapName::IdentityH => (Some(CMap::identity_h()), true, false),
        CMapName::IdentityV => (Some(CMap::identity_v()), true, false),
        known => (load_embedded(known).and_then(|data| CMap::parse(data, load_embedded)), is_unicode, is_unicode),
    }
}

fn collection_of(descendant: &Dict) -> Option<CidFamily> {
    let info = descendant.get::<Dict>("CIDSystemInfo")?;
    let (registry, ordering) = (info.get::<PdfString>("Registry")?, info.get::<PdfString>("Ordering")?);
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

fn to_unicode(dict: &Dict, budget: &mut Budget) -> Result<Option<CMap>, PdfError> {
    let Some(stream) = dict.get::<Stream>("ToUnicode") else { return Ok(None) };
    Ok(CMap::parse(&budget.unpack(&stream)?, load_embedded))
}

fn text_of(found: BfString) -> String {
    match found {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    }
}

/// A text that can stand on a page: no control character, nothing of private use.
fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| !c.is_control() || c.is_whitespace())
}

impl Simple {
    fn read(dict: &Dict, is_type3: bool, budget: &mut Budget) -> Result<Self, PdfError> {
        let name = dict.get::<Name>("BaseFont").map(|n| n.as_str().to_owned()).unwrap_or_default();
        let descriptor = dict.get::<Dict>("FontDescriptor").unwrap_or_default();
        let to_unicode = to_unicode(dict, budget)?;
        let (base, differences) = read_encoding(dict);
        let may_be_gbk = to_unicode.is_none() && differences.is_empty() && !is_type3;
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        let widths: Vec<f64> = dict.get::<Array>("Widths").map(|w| w.iter::<f64>().take(256).collect()).unwrap_or_default();
        let missing = descriptor.get::<f64>("MissingWidth").filter(|&w| w > 0.0);
        // Widths of a Type 3 font are in the units of its own matrix.
        let unit = if is_type3 { dict.get::<[f64; 6]>("FontMatrix").map_or(1.0, |m| m[0].abs() * 1_000.0) } else { 1.0 };
        let codes = (0..=255u8).map(|code| {
            let mapped = to_unicode.as_ref().and_then(|map| map.lookup_bf_string(u32::from(code))).map(text_of).filter(|t| is_text(t));
            let named = || match differences.get(&code) {
                Some(name) => text_of_name(name),
                None => base.char(code).map(String::from),
            };
            let text = mapped.or_else(named).unwrap_or_else(|| UNKNOWN.to_string());
            let listed = usize::try_from(i32::from(code) - first).ok().and_then(|at| widths.get(at)).copied();
            let standard = || text.chars().next().and_then(|c| standard_width(&name, c));
            let advance = listed.or_else(|| if widths.is_empty() { standard() } else { None }).or(missing).unwrap_or(500.0) * unit;
            Shown { text: text.into(), advance, origin: (0.0, 0.0), is_space: code == b' ' }
        });
        Ok(Simple { codes: codes.collect(), may_be_gbk })
    }
}

fn read_encoding(dict: &Dict) -> (BaseEncoding, HashMap<u8, String>) {
    let symbolic = dict.get::<Dict>("FontDescriptor").and_then(|d| d.get::<i32>("Flags")).is_some_and(|flags| flags & 4 != 0);
    let true_type = dict.get::<Name>("Subtype").as_deref() == Some(b"TrueType");
    let default = if true_type || symbolic { BaseEncoding::WinAnsi } else { BaseEncoding::Standard };
    let mut differences = HashMap::new();
    let base = match dict.get::<Object>("Encoding") {
        Some(Object::Name(name)) => BaseEncoding::of_name(&name),
        Some(Object::Dict(encoding)) => {
            let mut code = 0i64;
            for item in encoding.get::<Array>("Differences").iter().flat_map(Array::iter::<Object>) {
                match item {
                    Object::Number(n) => code = n.as_i64(),
                    Object::Name(name) => {
                        if let Ok(code) = u8::try_from(code) {
                            differences.insert(code, name.as_str().to_owned());
                        }
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
            encoding.get::<Name>("BaseEncoding").and_then(|name| BaseEncoding::of_name(&name))
        }
        _ => None,
    };
    (base.unwrap_or(default), differences)
}

/// `[first [w w …] first last w …]`, as ranges: a few bytes may name a range of billions.
fn widths(array: &Array) -> Vec<(u32, u32, f64)> {
    let mut out = Vec::new();
    let mut items = array.flex_iter();
    loop {
        if let Some((first, row)) = items.next::<(u32, Array)>() {
            out.extend(row.iter::<f64>().zip(first..).map(|(w, cid)| (cid, cid, w)));
        } else if let Some((first, last, w)) = items.next::<(u32, u32, f64)>() {
            out.push((first, last, w));
        } else {
            break;
        }
    }
    out.sort_by_key(|&(first, ..)| first);
    out
}

fn vertical_widths(array: &Array) -> Vec<(u32, u32, [f64; 3])> {
    let mut out = Vec::new();
    let mut items = array.flex_iter();
    loop {
        if let Some((first, row)) = items.next::<(u32, Array)>() {
            let row: Vec<f64> = row.iter::<f64>().collect();
            out.extend(row.chunks_exact(3).zip(first..).map(|(w, cid)| (cid, cid, [w[0], w[1], w[2]])));
        } else if let Some((first, last, w, x, y)) = items.next::<(u32, u32, f64, f64, f64)>() {
            out.push((first, last, [w, x, y]));
        } else {
            break;
        }
    }
    out.sort_by_key(|&(first, ..)| first);
    out
}

fn in_ranges<T: Copy>(ranges: &[(u32, u32, T)], cid: u32) -> Option<T> {
    let at = ranges.partition_point(|&(first, ..)| first <= cid).checked_sub(1)?;
    let (_, last, value) = ranges[at];
    (cid <= last).then_some(value)
}

impl Composite {
    /// The next code of a string and its length.
    fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let value = |n: usize| bytes[..n].iter().fold(0u32, |code, &b| code << 8 | u32::from(b));
        if self.two_bytes {
            let n = if self.is_unicode && bytes.len() >= 4 && matches!(bytes[0], 0xD8..=0xDB) { 4 } else { 2 };
            return (value(n.min(bytes.len())), n.min(bytes.len()));
        }
        let known = (1..=bytes.len().min(4)).find(|&n| self.encoding.lookup_cid_code(value(n), n as u8).is_some());
        let n = known.unwrap_or(if bytes[0] < 0x80 { 1 } else { bytes.len().min(2) });
        (value(n), n)
    }

    fn shown(&self, code: u32, len: usize) -> Shown {
        if let Some(shown) = self.known.borrow().get(&(code, len)) {
            return shown.clone();
        }
        let cid = self.encoding.lookup_cid_code(code, len as u8).unwrap_or(0);
        let width = in_ranges(&self.widths, cid).unwrap_or(self.default_width);
        let (advance, origin) = if self.vertical {
            let (y, advance) = self.default_vertical;
            let [advance, x, y] = in_ranges(&self.vertical_widths, cid).unwrap_or([advance, width / 2.0, y]);
            (advance, (-x, -y))
        } else {
            (width, (0.0, 0.0))
        };
        let shown = Shown { text: self.text(code, len, cid).into(), advance, origin, is_space: code == 32 && len == 1 };
        self.known.borrow_mut().insert((code, len), shown.clone());
        shown
    }

    fn text(&self, code: u32, len: usize, cid: u32) -> String {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(text_of);
        let itself = || {
            let units = if len == 4 { vec![(code >> 16) as u16, code as u16] } else { vec![code as u16] };
            String::from_utf16(&units).ok().filter(|_| self.is_unicode)
        };
        let collected = || self.collection.as_ref().and_then(|map| map.lookup_bf_string(cid)).map(text_of);
        let found =
            mapped.filter(|t| is_text(t)).or_else(|| itself().filter(|t| is_text(t))).or_else(|| collected().filter(|t| is_text(t)));
        found.unwrap_or_else(|| UNKNOWN.to_string())
    }
}

/// Reads the strings of one text-showing operator, which may be cut anywhere to move letters closer.
pub(super) fn read(font: &Font, strings: &[&[u8]], mut each: impl FnMut(usize, &Shown)) {
    match font {
        Font::Composite(font) => {
            for (i, string) in strings.iter().enumerate() {
                let mut rest = *string;
                while !rest.is_empty() {
                    let (code, len) = font.code(rest);
                    each(i, &font.shown(code, len));
                    rest = &rest[len..];
                }
            }
        }
        Font::Simple(font) => {
            let pairs = if font.may_be_gbk { gbk_pairs(strings) } else { None };
            let mut at = 0;
            for (i, string) in strings.iter().enumerate() {
                for &code in *string {
                    let shown = &font.codes[usize::from(code)];
                    match pairs.as_ref().map(|pairs| &pairs[at]) {
                        Some(Some(text)) => each(i, &Shown { text: text.clone(), is_space: false, ..*shown }),
                        _ => each(i, shown),
                    }
                    at += 1;
                }
            }
        }
    }
}

/// Where bytes shown in a font without a table are pairs of GBK (printed so by Chinese programs for fonts like 仿宋_GB2312 that
/// were not embedded): for each byte of a pair its text, which is empty for the second. `None` when they are not.
fn gbk_pairs(strings: &[&[u8]]) -> Option<Vec<Option<Rc<str>>>> {
    let bytes: Vec<u8> = strings.concat();
    if bytes.is_ascii() {
        return None;
    }
    let empty: Rc<str> = "".into();
    let mut texts = Vec::with_capacity(bytes.len());
    // In Latin text a letter with an accent is seldom followed by another; in Chinese both bytes are high but for rare characters.
    let (mut high, mut pairs) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            texts.push(None);
            at += 1;
            continue;
        }
        let pair = bytes.get(at..at + 2)?;
        let (text, damaged) = GBK.decode_without_bom_handling(pair);
        if damaged || text.chars().count() != 1 || text.starts_with(|c| ('\u{E000}'..='\u{F8FF}').contains(&c)) {
            return None;
        }
        pairs += 1;
        high += usize::from(matches!(pair, [0xA1..=0xF7, 0xA1..=0xFE]));
        texts.push(Some(text.into()));
        texts.push(Some(empty.clone()));
        at += 2;
    }
    (high * 5 >= pairs * 4).then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(strings: &[&[u8]]) -> Option<String> {
        let texts = gbk_pairs(strings)?;
        Some(texts.iter().map(|t| t.as_deref().unwrap_or("a")).collect())
    }

    #[test]
    fn gbk_shown_as_latin_letters_is_known_and_latin_letters_are_not() {
        assert_eq!(pairs(&[b"\xB9\xA4\xD7\xF7 5%"]).as_deref(), Some("工作aaa"));
        assert_eq!(pairs(&[b"\xB9\xA4\xD7", b"\xF7"]).as_deref(), Some("工作"), "cut in the middle of a character");
        assert_eq!(pairs(&[b"R\xE9gion"]), None);
        assert_eq!(pairs(&[b"caf\xE9 d'\xE9t\xE9"]), None);
        assert_eq!(pairs(&[b"1999"]), None);
    }

    #[test]
    fn a_range_of_billions_of_widths_costs_nothing() {
        let ranges = vec![(0, 3, 500.0), (10, u32::MAX, 1_000.0)];
        assert_eq!([3, 4, 1_000_000].map(|cid| in_ranges(&ranges, cid)), [Some(500.0), None, Some(1_000.0)]);
    }
}
