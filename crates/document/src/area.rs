//! The area whose government a text speaks for.

use pledgebook_lexicon::Level;
use pledgebook_lexicon::areas::{Area, AreaCode, Areas};

use crate::Meta;
use crate::rules::fold_short;

/// Finds the area that a title, an assembly, an office line or a file name speaks of, as of `year`.
pub(crate) fn find_area(text: &str, year: Option<i16>) -> Option<&'static Area> {
    const NATION: [&str; 3] = ["国务院", "全国人民代表大会", "中央人民政府"];
    let areas = Areas::builtin();
    let found = areas.find(text, year).area().map(|found| found.area);
    found.or_else(|| NATION.iter().any(|w| text.contains(w)).then(|| areas.by_code(AreaCode::NATION)).flatten())
}

/// The name of an area that the table does not have, from its assembly: 甲省第十四届人民代表大会; its level where the name tells.
pub(crate) fn unlisted_area(assembly: &str) -> Option<(&str, Option<Level>)> {
    let name = &assembly[..assembly.find('第')?];
    let level = level_of(name);
    let known = level.is_some() || name.ends_with(['市', '区', '區']);
    (known && (2..=15).contains(&name.chars().count())).then_some((name, level))
}

/// The level of an area by the last character of its name, where that tells.
fn level_of(name: &str) -> Option<Level> {
    Some(match name.chars().next_back()? {
        '省' => Level::Province,
        '州' | '盟' => Level::Prefecture,
        '县' | '縣' | '旗' => Level::County,
        '镇' | '鎮' | '乡' | '鄉' => Level::Township,
        _ => return None,
    })
}

/// Sets the area that a name or a code stands for; a name that is in no table is kept.
pub(crate) fn set_named(meta: &mut Meta, place: &str) {
    let place = fold_short(place);
    let by_code = place.parse::<AreaCode>().ok().and_then(|code| Areas::builtin().by_code(code));
    match by_code.or_else(|| find_area(&place, meta.year)) {
        Some(area) => crate::meta::set_area(meta, area),
        None if place.is_empty() => {}
        None => {
            meta.level = level_of(&place);
            meta.area_name = Some(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_stands_in_the_title_or_the_assembly() {
        let code = |text: &str| find_area(text, None).map(|a| a.code.to_string());
        assert_eq!(code("在贵州省第十四届人民代表大会第三次会议上").as_deref(), Some("520000"));
        assert_eq!(code("在第十四届全国人民代表大会第二次会议上").as_deref(), Some("CN"));
        assert_eq!(code("国务院总理张三").as_deref(), Some("CN"));
        assert_eq!(code("——2031年1月5日在万载县第十九届人民代表大会第二次会议上").as_deref(), Some("360922"));
        assert_eq!(code("政府工作报告"), None);
    }

    #[test]
    fn an_area_without_code_keeps_its_name() {
        assert_eq!(unlisted_area("甲乙省第十四届人民代表大会"), Some(("甲乙省", Some(Level::Province))));
        assert_eq!(unlisted_area("第十四届全国人民代表大会"), None);
    }
}
