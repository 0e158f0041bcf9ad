//! Areas: the nation, provinces, prefectures and counties by code (GB/T 2260), with the years they are valid.
//!
//! The table is data: `lexicon/areas.csv`, made part of the program by the build. A code with a name is one area; when an
//! area is renamed, raised in rank or merged, its row ends and another begins, so `420600` is 襄樊市 to 2010 and 襄阳市
//! from then on. Both years of a row count: a change lies inside the year that the two rows share.
//!
//! ```
//! use pledgebook_lexicon::areas::Areas;
//! let found = Areas::builtin().find("2025年广西政府工作报告", None).area().unwrap();
//! assert_eq!((found.area.code.to_string(), found.area.name), ("450000".to_owned(), "广西壮族自治区"));
//! ```

mod find;

pub use find::{Found, Match};

use crate::Level;
use std::fmt;
use std::str::FromStr;

include!(concat!(env!("OUT_DIR"), "/areas.rs"));

/// The code of an area: `CN` for the nation, else six digits of GB/T 2260.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode(u32);

impl AreaCode {
    /// The nation.
    pub const NATION: AreaCode = AreaCode(0);
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == AreaCode::NATION { f.pad("CN") } else { f.pad(&format!("{:06}", self.0)) }
    }
}

/// A text that is no area code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no area code: it takes CN or six digits, as 360000")]
pub struct BadAreaCode(pub String);

impl FromStr for AreaCode {
    type Err = BadAreaCode;

    fn from_str(text: &str) -> Result<Self, BadAreaCode> {
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        match text {
            "CN" => Ok(AreaCode::NATION),
            _ if digits => text.parse().map(AreaCode).map_err(|_| BadAreaCode(text.to_owned())),
            _ => Err(BadAreaCode(text.to_owned())),
        }
    }
}

impl serde::Serialize for AreaCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// An area over the years in which it has this code and this name.
#[derive(Debug, PartialEq, Eq)]
pub struct Area {
    /// The code of GB/T 2260.
    pub code: AreaCode,
    /// The full name: 广西壮族自治区.
    pub name: &'static str,
    /// The name in use: 广西; the full name where there is no shorter one.
    pub short: &'static str,
    /// The level of its government.
    pub level: Level,
    /// The area it belongs to; none for the nation.
    pub parent: Option<AreaCode>,
    /// The first year of the area, when it began after 1980.
    pub valid_from: Option<i16>,
    /// The last year of the area, when it has ended.
    pub valid_to: Option<i16>,
    /// The area that took its place; the same code when it only changed its name.
    pub successor: Option<AreaCode>,
    /// The English name of the nation and the provinces, else empty.
    pub english: &'static str,
}

impl Area {
    /// Whether the area existed in `year`; today, when no year is given.
    #[must_use]
    pub fn is_valid(&self, year: Option<i16>) -> bool {
        match year {
            None => self.valid_to.is_none(),
            Some(year) => self.valid_from.is_none_or(|from| from <= year) && self.valid_to.is_none_or(|to| year <= to),
        }
    }
}

/// How a name stands to its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameKind {
    Full,
    Short,
}

/// A name and the area that goes by it.
#[derive(Debug)]
struct Name {
    text: &'static str,
    kind: NameKind,
    /// Index into the areas.
    area: u16,
}

/// The table of areas.
#[derive(Clone, Copy, Debug)]
pub struct Areas {
    areas: &'static [Area],
    names: &'static [Name],
}

impl Areas {
    /// The table that is part of the program.
    #[must_use]
    pub fn builtin() -> Self {
        Areas { areas: &AREAS, names: &NAMES }
    }

    /// Every area, by code; those of one code in the order in which they followed each other.
    pub fn iter(&self) -> impl Iterator<Item = &'static Area> + use<> {
        self.areas.iter()
    }

    /// The area that has the code today, or had it last.
    #[must_use]
    pub fn by_code(&self, code: AreaCode) -> Option<&'static Area> {
        let rows = self.rows(code);
        rows.iter().find(|area| area.valid_to.is_none()).or_else(|| rows.iter().max_by_key(|area| area.valid_to))
    }

    /// The area that had the code in `year`; in a year of change, the newer one.
    #[must_use]
    pub fn by_code_in(&self, code: AreaCode, year: i16) -> Option<&'static Area> {
        self.rows(code).iter().filter(|area| area.is_valid(Some(year))).max_by_key(|area| area.valid_from)
    }

    /// The area that `area` belongs to.
    #[must_use]
    pub fn parent(&self, area: &Area) -> Option<&'static Area> {
        let code = area.parent?;
        area.valid_to.and_then(|year| self.by_code_in(code, year)).or_else(|| self.by_code(code))
    }

    /// The areas of today that belong to `code`.
    pub fn children(&self, code: AreaCode) -> impl Iterator<Item = &'static Area> + use<> {
        self.areas.iter().filter(move |area| area.parent == Some(code) && area.valid_to.is_none())
    }

    /// Whether `area` lies inside `outer`.
    #[must_use]
    pub fn lies_in(&self, area: &Area, outer: AreaCode) -> bool {
        std::iter::successors(self.parent(area), |above| self.parent(above)).any(|above| above.code == outer)
    }

    fn rows(&self, code: AreaCode) -> &'static [Area] {
        let start = self.areas.partition_point(|area| area.code < code);
        let end = self.areas.partition_point(|area| area.code <= code);
        &self.areas[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Folded;

    fn code(text: &str) -> AreaCode {
        text.parse().unwrap()
    }

    fn area(text: &str) -> &'static Area {
        Areas::builtin().by_code(code(text)).unwrap()
    }

    #[test]
    fn codes_print_as_they_parse() {
        for text in ["CN", "360000", "360922"] {
            assert_eq!(code(text).to_string(), text);
        }
        for text in ["", "cn", "36", "3600000", "36000x", "０６００００", "000000"] {
            assert!(text.parse::<AreaCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_nation_has_34_provinces_with_english_names() {
        let areas = Areas::builtin();
        // Codes from 990000 on are those of the invented areas of `sample/`.
        let provinces: Vec<_> = areas.children(AreaCode::NATION).filter(|area| area.code < code("990000")).collect();
        assert_eq!(provinces.len(), 34);
        assert!(provinces.iter().all(|area| area.level == Level::Province && !area.english.is_empty()));
        assert_eq!((area("CN").english, area("150000").english, area("610000").english), ("China", "Inner Mongolia", "Shaanxi"));
    }

    #[test]
    fn counties_that_hang_on_the_province_have_it_as_parent() {
        for (county, name, province) in [("110105", "朝阳区", "110000"), ("429004", "仙桃市", "420000"), ("500230", "丰都县", "500000")]
        {
            assert_eq!(area(county).name, name);
            assert_eq!(area(county).parent, Some(code(province)));
        }
        assert_eq!(Areas::builtin().parent(area("360922")).unwrap().name, "宜春市");
        assert!(Areas::builtin().lies_in(area("360922"), code("360000")));
    }

    #[test]
    fn autonomous_areas_have_the_short_name_in_use() {
        for (text, short) in
            [("422800", "恩施"), ("532800", "西双版纳"), ("450000", "广西"), ("530925", "双江"), ("652901", "阿克苏"), ("370103", "市中区")]
        {
            assert_eq!(area(text).short, short);
        }
    }

    #[test]
    fn a_renamed_area_ends_in_the_year_of_the_change() {
        let areas = Areas::builtin();
        let renamed = code("420600");
        assert_eq!(areas.by_code(renamed).unwrap().name, "襄阳市");
        assert_eq!(areas.by_code_in(renamed, 2008).unwrap().name, "襄樊市");
        assert_eq!(areas.by_code_in(renamed, 2010).unwrap().name, "襄阳市");
        let old = areas.by_code_in(renamed, 2008).unwrap();
        assert_eq!((old.valid_to, old.successor), (Some(2010), Some(renamed)));
        assert_eq!(area("130823").successor, Some(code("130881")));
        assert_eq!(area("500000").valid_from, Some(1997));
    }

    #[test]
    fn every_parent_and_successor_is_an_area_and_every_name_is_folded() {
        let areas = Areas::builtin();
        for area in areas.iter() {
            assert!(area.parent.is_none_or(|code| areas.by_code(code).is_some()), "{}", area.name);
            assert!(area.successor.is_none_or(|code| areas.by_code(code).is_some()), "{}", area.name);
            assert_eq!(Folded::new(area.name).as_str(), area.name);
        }
    }
}
