//! The marks that number headings and list items: 一、 （一） 1. 一是 第一， ——.

/// What kind of mark it is; marks of one kind count together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// 一、, 第一部分, 第一章
    Part,
    /// （一）
    Bracketed,
    /// 1. 1、 （1） ①
    Number,
    /// 一是, 一要
    Is,
    /// 第一，
    Ordinal,
    /// 首先，
    First,
    /// ——
    Dash,
}

/// A mark at the beginning of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) kind: MarkKind,
    /// 1 for 一、, 2 for （一）, 3 for 1. and 一是, 4 for ——.
    pub(crate) level: u8,
    /// Its number; 0 for a dash.
    pub(crate) ordinal: u16,
    /// Its length in bytes.
    pub(crate) len: usize,
}

impl Mark {
    /// The mark that a paragraph begins with.
    pub(crate) fn parse(text: &str) -> Option<Mark> {
        let first = text.chars().next()?;
        match first {
            '—' | '―' | '─' | '-' | '–' => dash(text),
            '（' | '(' => bracketed(text),
            '第' => ordinal(text),
            '首' | '其' | '再' => ["首先", "其次", "再次"].iter().position(|w| text.starts_with(w)).and_then(|i| {
                let rest = &text[6..];
                rest.starts_with(['，', ',', '、']).then(|| Mark { kind: MarkKind::First, level: 3, ordinal: i as u16 + 1, len: 9 })
            }),
            '①'..='⑳' => Some(Mark { kind: MarkKind::Number, level: 3, ordinal: (first as u32 - '①' as u32 + 1) as u16, len: 3 }),
            '㈠'..='㈩' => Some(Mark { kind: MarkKind::Bracketed, level: 2, ordinal: (first as u32 - '㈠' as u32 + 1) as u16, len: 3 }),
            c if c.is_ascii_digit() || ('０'..='９').contains(&c) => arabic(text),
            c if numeral(c).is_some() => chinese(text),
            _ => None,
        }
    }
}

fn dash(text: &str) -> Option<Mark> {
    let rest = text.trim_start_matches(['—', '―', '─', '-', '–']);
    let len = text.len() - rest.len();
    let dashes = text[..len].chars().count();
    let single = dashes == 1 && !text.starts_with('-') && rest.starts_with(crate::chars::is_han);
    ((2..=5).contains(&dashes) || single).then_some(Mark { kind: MarkKind::Dash, level: 4, ordinal: 0, len })
}

fn bracketed(text: &str) -> Option<Mark> {
    let inner_at = text.chars().next()?.len_utf8();
    let close = text.char_indices().take(8).find(|&(_, c)| matches!(c, '）' | ')'))?;
    let inner: &str = text[inner_at..close.0].trim();
    let len = close.0 + close.1.len_utf8();
    if let Some(ordinal) = digits(inner) {
        return Some(Mark { kind: MarkKind::Number, level: 3, ordinal, len });
    }
    Some(Mark { kind: MarkKind::Bracketed, level: 2, ordinal: chinese_number(inner)?, len })
}

fn ordinal(text: &str) -> Option<Mark> {
    let rest = &text[3..];
    let end = rest.char_indices().find(|&(_, c)| numeral(c).is_none())?;
    let ordinal = chinese_number(&rest[..end.0])?;
    let at = 3 + end.0;
    match end.1 {
        '，' | '、' | ',' | '：' => Some(Mark { kind: MarkKind::Ordinal, level: 3, ordinal, len: at + end.1.len_utf8() }),
        '章' => Some(Mark { kind: MarkKind::Part, level: 1, ordinal, len: at + 3 }),
        _ if rest[end.0..].starts_with("部分") => Some(Mark { kind: MarkKind::Part, level: 1, ordinal, len: at + 6 }),
        _ => None,
    }
}

fn arabic(text: &str) -> Option<Mark> {
    let (end, sign) = text.char_indices().take(4).find(|&(_, c)| !c.is_ascii_digit() && !('０'..='９').contains(&c))?;
    let ordinal = digits(&text[..end])?;
    let len = end + sign.len_utf8();
    let decimal = text[len..].starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    (matches!(sign, '.' | '．' | '、') && !decimal && ordinal < 200).then_some(Mark { kind: MarkKind::Number, level: 3, ordinal, len })
}

fn chinese(text: &str) -> Option<Mark> {
    let (end, sign) = text.char_indices().take(5).find(|&(_, c)| numeral(c).is_none())?;
    let ordinal = chinese_number(&text[..end])?;
    match sign {
        '、' => Some(Mark { kind: MarkKind::Part, level: 1, ordinal, len: end + 3 }),
        '是' | '要' => Some(Mark { kind: MarkKind::Is, level: 3, ordinal, len: end + 3 }),
        _ => None,
    }
}

fn digits(text: &str) -> Option<u16> {
    let mut n = 0u16;
    for c in text.chars() {
        let d = if ('０'..='９').contains(&c) { c as u32 - '０' as u32 } else { c.to_digit(10)? };
        n = n.checked_mul(10)?.checked_add(d as u16)?;
    }
    (!text.is_empty()).then_some(n)
}

fn numeral(c: char) -> Option<u16> {
    "一二三四五六七八九十".chars().position(|n| n == c).map(|i| i as u16 + 1)
}

/// A Chinese number up to 99.
pub(crate) fn chinese_number(text: &str) -> Option<u16> {
    let mut n = 0;
    let mut last = None;
    for c in text.chars() {
        match numeral(c)? {
            10 => {
                n += last.take().unwrap_or(1) * 10;
            }
            d if last.is_none() => last = Some(d),
            _ => return None,
        }
    }
    let n = n + last.unwrap_or(0);
    (n > 0 && n < 100).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_by_kind_level_and_number() {
        for (text, expected) in [
            ("一、工作回顾", Some((MarkKind::Part, 1, 1))),
            ("十二、其他", Some((MarkKind::Part, 1, 12))),
            ("（三）扩大开放", Some((MarkKind::Bracketed, 2, 3))),
            ("(十)改善民生", Some((MarkKind::Bracketed, 2, 10))),
            ("（3）扩大开放", Some((MarkKind::Number, 3, 3))),
            ("1．稳就业", Some((MarkKind::Number, 3, 1))),
            ("1.39万亿斤", None),
            ("2024年工作", None),
            ("三是深化改革", Some((MarkKind::Is, 3, 3))),
            ("第二，发展工业", Some((MarkKind::Ordinal, 3, 2))),
            ("第二产业", None),
            ("首先，稳增长", Some((MarkKind::First, 3, 1))),
            ("——经济回升", Some((MarkKind::Dash, 4, 0))),
            ("一年来，我们", None),
            ("（草案）", None),
        ] {
            assert_eq!(Mark::parse(text).map(|m| (m.kind, m.level, m.ordinal)), expected, "{text}");
        }
    }
}
