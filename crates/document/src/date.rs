//! Dates and years as reports write them.

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Date {
    /// The first full date in a folded text without spaces: 2024年3月5日, 一九八八年三月二十五日, 2024-03-05.
    pub(crate) fn find(text: &str) -> Option<Date> {
        text.match_indices('年').find_map(|(i, _)| {
            let year = year_before(&text[..i])?;
            let rest = &text[i + 3..];
            let (month, rest) = number_until(rest, '月')?;
            let (day, _) = number_until(rest, '日')?;
            ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Date { year, month: month as u8, day: day as u8 })
        })
    }

    /// As ISO 8601.
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The date that a cell of a table begins with, ISO 8601: 2026-02-09, 2026/2/9, 20260209, 2026年2月9日.
pub(crate) fn iso_date(cell: &str) -> Option<String> {
    let folded = crate::rules::fold_short(crate::chars::first(cell.trim(), 60));
    if let Some(date) = Date::find(&folded) {
        return Some(date.iso());
    }
    let mut parts = folded.splitn(3, ['-', '/', '.']);
    let (year, month, day) = match (parts.next()?, parts.next(), parts.next()) {
        (whole, None, None) if whole.len() == 8 => (&whole[..whole.floor_char_boundary(4)], whole.get(4..6)?, whole.get(6..8)?),
        (year, Some(month), Some(day)) => (year, month, day),
        _ => return None,
    };
    let day = &day[..day.bytes().take(2).take_while(u8::is_ascii_digit).count()];
    let (year, month, day) = (plausible(year.parse().ok()?)?, month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| Date { year, month, day }.iso())
}

/// The first year in a folded text: four digits or Chinese ones before 年, from 1949 on.
pub(crate) fn find_year(text: &str) -> Option<i16> {
    text.match_indices('年').find_map(|(i, _)| year_before(&text[..i]))
}

/// All years in a folded text; of 1980、1981年 both.
pub(crate) fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.match_indices('年').filter_map(|(i, _)| Some((year_before(&text[..i])?, i))).flat_map(|(year, i)| {
        let before = text[..i].char_indices().rev().nth(3).map_or("", |(first, _)| &text[..first]);
        let other = before.strip_suffix('、').or_else(|| before.strip_suffix('和')).and_then(year_before);
        other.into_iter().chain([year])
    })
}

/// The five-year plan that a year belongs to, by its short name: 十四五 for 2021 to 2025.
pub(crate) fn plan_of(year: i16) -> Option<&'static str> {
    let plans = ["九五", "十五", "十一五", "十二五", "十三五", "十四五", "十五五", "十六五", "十七五"];
    plans.get(usize::try_from((year - 1996).div_euclid(5)).ok()?).copied()
}

/// The year that a file name holds: four digits that stand alone or begin a date.
pub(crate) fn year_in_name(name: &str) -> Option<i16> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..bytes.len()).find(|&i| !bytes[i].is_ascii_digit()).unwrap_or(bytes.len());
        let lettered = at > 0 && bytes[at - 1].is_ascii_alphabetic() || bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
        if matches!(end - at, 4 | 6 | 8)
            && !lettered
            && let Some(year) = plausible(name[at..at + 4].parse().ok()?)
        {
            return Some(year);
        }
        at = end;
    }
    None
}

fn plausible(year: i16) -> Option<i16> {
    (1949..=2099).contains(&year).then_some(year)
}

fn year_before(text: &str) -> Option<i16> {
    let mut year = 0i16;
    let mut place = 1i16;
    let mut chars = text.chars().rev();
    for _ in 0..4 {
        year += digit(chars.next()?)? * place;
        place = place.saturating_mul(10);
    }
    if chars.next().is_some_and(|c| digit(c).is_some()) {
        return None;
    }
    plausible(year)
}

fn digit(c: char) -> Option<i16> {
    match c {
        '0'..='9' => Some(c as i16 - '0' as i16),
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|n| n == c).map(|i| i as i16 + 1),
    }
}

/// A number of one or two digits, Arabic or Chinese, and the text after the unit.
fn number_until(text: &str, unit: char) -> Option<(u16, &str)> {
    let at = text.find(unit).filter(|&i| i > 0 && i <= 9)?;
    let digits = &text[..at];
    let number = digits.parse().ok().or_else(|| crate::marks::chinese_number(digits))?;
    Some((number, &text[at + unit.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_numerals() {
        let date = Date { year: 1988, month: 3, day: 25 };
        assert_eq!(Date::find("——1988年3月25日在第七届"), Some(date));
        assert_eq!(Date::find("（一九八八年三月二十五日）"), Some(date));
        assert_eq!(Date::find("2024年工作"), None);
        assert_eq!(date.iso(), "1988-03-25");
    }

    #[test]
    fn dates_in_cells() {
        for cell in ["2026-02-09", "2026/2/9", "20260209", "2026年2月9日", "2026-02-09T10:20:00+08:00", " 2026.2.9 "] {
            assert_eq!(iso_date(cell).as_deref(), Some("2026-02-09"), "{cell}");
        }
        assert_eq!(["", "2026", "2026-13-01", "五月-1-1", "九月九日上午十时"].map(iso_date), [const { None }; 5]);
    }

    #[test]
    fn two_years_may_share_their_unit() {
        assert_eq!(years("保证1980、1981年计划的完成").collect::<Vec<_>>(), [1980, 1981]);
        assert_eq!(years("2023年工作和2024年安排").collect::<Vec<_>>(), [2023, 2024]);
    }

    #[test]
    fn plans_last_five_years() {
        assert_eq!([2020, 2021, 2025, 2026, 1990].map(plan_of), [Some("十三五"), Some("十四五"), Some("十四五"), Some("十五五"), None]);
    }

    #[test]
    fn years_in_names() {
        assert_eq!(year_in_name("2026_甲省_政府工作报告.csv"), Some(2026));
        assert_eq!(year_in_name("000_feee4fa3265603e8.txt"), None);
        assert_eq!(year_in_name("甲省20240123.txt"), Some(2024));
    }
}
