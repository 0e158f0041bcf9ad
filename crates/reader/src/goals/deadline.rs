//! The time by which a task is to be done, and the unit in the lead.

use crate::words::strip_start;
use pledgebook_lexicon::Period;

/// The time at the start of a clause, with the length of its words: 年底前, 6月底前, 到2027年, 上半年.
pub(super) fn due(text: &str, year: Option<i16>) -> Option<(usize, Period)> {
    // Few clauses begin with a time: the first character tells.
    let begins = matches!(
        text.chars().next()?,
        '0'..='9'
            | '到'
            | '在'
            | '于'
            | '年'
            | '底'
            | '上'
            | '下'
            | '第'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
    );
    if !begins {
        return None;
    }
    let until = text.strip_prefix('到');
    let rest = until.or_else(|| text.strip_prefix(['在', '于'])).unwrap_or(text);
    let (after, period) = named(rest, year)?;
    let by = strip_start!(after, ["底前", "末前", "底以前", "底", "末", "之前", "以前", "前", "内"]);
    // 2026年汽车运量… only dates what is said.
    let dates = by.is_none() && until.is_none() && rest.starts_with(|c: char| c.is_ascii_digit()) && matches!(period, Period::Year(_));
    Some((text.len() - by.unwrap_or(after).len(), if dates { Period::Open } else { period }))
}

fn named(text: &str, year: Option<i16>) -> Option<(&str, Period)> {
    let first = text.chars().next()?;
    let of_year = |make: &dyn Fn(i16) -> Period| year.map_or(Period::Open, make);
    if first.is_ascii_digit() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: i16 = text[..digits].parse().ok()?;
        let rest = &text[digits..];
        return match (digits, rest.strip_prefix('年'), rest.strip_prefix('月')) {
            (4, Some(rest), _) if (1900..2100).contains(&number) => {
                let month = rest.bytes().take_while(u8::is_ascii_digit).count();
                let after = rest[month..].strip_prefix('月').filter(|_| month > 0);
                let named = rest[..month].parse().ok().filter(|m| (1..=12u8).contains(m));
                match (after, named) {
                    (Some(after), Some(m)) => Some((after, Period::Month(number, m))),
                    _ => Some((rest, Period::Year(number))),
                }
            }
            (1 | 2, _, Some(rest)) if (1..=12).contains(&number) && !rest.starts_with(|c: char| c.is_ascii_digit()) => {
                Some((rest, of_year(&|y| Period::Month(y, number as u8))))
            }
            _ => None,
        };
    }
    let words: [(&str, &dyn Fn(i16) -> Period); 9] = [
        ("年底", &Period::Year),
        ("年内", &Period::Year),
        ("底前", &Period::Year),
        ("上半年", &|y| Period::Half(y, 1)),
        ("下半年", &|y| Period::Half(y, 2)),
        ("一季度", &|y| Period::Quarter(y, 1)),
        ("二季度", &|y| Period::Quarter(y, 2)),
        ("三季度", &|y| Period::Quarter(y, 3)),
        ("四季度", &|y| Period::Quarter(y, 4)),
    ];
    let text = text.strip_prefix('第').unwrap_or(text);
    let found = words.iter().find_map(|(word, make)| text.strip_prefix(word).map(|rest| (rest, of_year(make))));
    found.or_else(|| {
        let months = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
        let (at, rest) = months.iter().enumerate().rev().find_map(|(i, m)| Some((i, text.strip_prefix(m)?.strip_prefix('月')?)))?;
        Some((rest, of_year(&|y| Period::Month(y, at as u8 + 1))))
    })
}

/// The unit in the lead that a bracket or clause names: 由省水利厅牵头, （省水利厅牵头，省财政厅配合）, （省水利厅、省财政厅负责）.
///
/// Gives the unit's place in `text`.
pub(super) fn lead(text: &str) -> Option<std::ops::Range<usize>> {
    for (at, _) in text.match_indices("牵头") {
        let marks = ['由', '（', '(', '，', '、', '：', '；', '。', '“', '”'];
        let Some(mark) = text[..at].rfind(marks) else { continue };
        let sign = text[mark..].chars().next().unwrap_or('由');
        let from = mark + sign.len_utf8();
        // 支持企业牵头… names no unit of the government.
        if matches!(sign, '由' | '（' | '(') && is_unit(&text[from..at]) {
            return Some(from..at);
        }
    }
    let end = ["分工负责）", "负责）", "负责)"].iter().find_map(|w| text.find(w))?;
    let from = text[..end].rfind(['（', '(']).map(|i| i + text[i..].chars().next().map_or(0, char::len_utf8))?;
    let first = text[from..end].find(['、', '，', '等', '按']).map_or(end, |i| from + i);
    is_unit(&text[from..first]).then_some(from..first)
}

/// Whether words end like the name of a unit of the government.
fn is_unit(name: &str) -> bool {
    name.chars().nth(1).is_some() && name.ends_with(['厅', '局', '委', '部', '办', '府', '署', '行', '院', '会', '司', '心'])
}

/// The first unit of a line that names who is to do the tasks above it: 牵头单位：省水利厅、省财政厅.
pub(super) fn unit_line(text: &str) -> Option<std::ops::Range<usize>> {
    let rest = strip_start!(text, ["牵头单位", "主办单位", "责任单位", "主责单位", "承办单位", "牵头部门", "责任部门", "牵头责任单位"])?;
    let rest = rest.strip_prefix(['：', ':'])?;
    let from = text.len() - rest.len();
    let to = rest.find(['、', '，', '；', '。', '（', ' ']).unwrap_or(rest.len());
    (to > 0).then_some(from..from + to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_periods() {
        let due = |text: &str| due(text, Some(2026)).map(|(used, period)| (text[used..].to_owned(), period.to_string()));
        assert_eq!(due("年底前完成改造"), Some(("完成改造".into(), "2026".into())));
        assert_eq!(due("6月底前完成改造"), Some(("完成改造".into(), "2026-06".into())));
        assert_eq!(due("十二月底前完成改造"), Some(("完成改造".into(), "2026-12".into())));
        assert_eq!(due("到2027年建成"), Some(("建成".into(), "2027".into())));
        assert_eq!(due("2026年9月底前建成"), Some(("建成".into(), "2026-09".into())));
        assert_eq!(due("上半年开工"), Some(("开工".into(), "2026-H1".into())));
        assert_eq!(due("三季度投产"), Some(("投产".into(), "2026-Q3".into())));
        assert_eq!(due("2026年汽车运量"), Some(("汽车运量".into(), String::new())));
        assert_eq!(due("三年行动"), None);
        assert_eq!(due("10件实事"), None);
    }

    #[test]
    fn the_unit_in_the_lead() {
        let lead = |text: &str| lead(text).map(|r| text[r].to_owned());
        assert_eq!(lead("修建水库（由省水利厅牵头，省财政厅配合）"), Some("省水利厅".into()));
        assert_eq!(lead("修建水库。（省水利厅牵头）"), Some("省水利厅".into()));
        assert_eq!(lead("修建水库（省水利厅、省财政厅按职责分工负责）"), Some("省水利厅".into()));
        assert_eq!(lead("修建水库"), None);
        assert_eq!(lead("支持企业牵头组建创新联合体"), None);
        assert_eq!(lead("项目由企业牵头，支持高校参与"), None);
        let line = |text: &str| unit_line(text).map(|r| text[r].to_owned());
        assert_eq!(line("主办单位：省水利厅、省财政厅，各市人民政府"), Some("省水利厅".into()));
        assert_eq!(line("主办单位要负起责任"), None);
    }
}
