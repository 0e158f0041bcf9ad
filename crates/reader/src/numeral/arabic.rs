//! Numerals in Arabic digits: 1,200, 1.39万亿, 1亿3千多万.

use super::chinese::{chinese, digit};
use super::{Form, Numeral, multipliers, scaled};
use crate::words::starts;

pub(super) fn arabic(text: &str, start: usize) -> Numeral {
    let bytes = text.as_bytes();
    let mut end = digits_end(bytes, start);
    if let Some(part) = fraction(text, start, end) {
        return part;
    }
    let mut digits = std::borrow::Cow::Borrowed(&text[start..end]);
    if end - start <= 3 {
        // Thousands separators: a comma and exactly three digits, as often as it repeats.
        while let Some(group) = group_after(text, end) {
            digits.to_mut().push_str(&text[group.clone()]);
            end = group.end;
        }
    }
    let point = text[end..].chars().next().filter(|c| matches!(c, '.' | '·' | '．'));
    if let Some(point) = point {
        let fraction = end + point.len_utf8();
        let fraction_end = digits_end(bytes, fraction);
        let year_follows = fraction_end - fraction == 4 && text[fraction_end..].starts_with('年');
        if fraction_end > fraction && !year_follows {
            if point == '.' && digits.len() == end - start {
                digits = std::borrow::Cow::Borrowed(&text[start..fraction_end]);
            } else {
                digits.to_mut().push('.');
                digits.to_mut().push_str(&text[fraction..fraction_end]);
            }
            end = fraction_end;
        }
    }
    let value: f64 = digits.parse().unwrap_or(0.0);
    let (multiplier, used, more) = multipliers(&text[end..]);
    let (multiplier, used) = letter_multiplier(&text[end..]).map_or((multiplier, used), |m| (m, 1));
    let end = end + used;
    let value = scaled(value, multiplier);
    if let Some((rest, rest_end, more)) = lower_part(text, end, multiplier).filter(|_| !more) {
        return Numeral {
            start,
            end: rest_end,
            low: value + rest,
            high: value + rest,
            form: Form::Arabic,
            more,
            several: false,
            multiplier,
        };
    }
    Numeral { start, end, low: value, high: value, form: Form::Arabic, more, several: false, multiplier }
}

/// 1/3: one number divided by a larger one, in percent. 3/4月 and 5/12/2024 are dates.
fn fraction(text: &str, start: usize, end: usize) -> Option<Numeral> {
    if text.as_bytes().get(end) != Some(&b'/') {
        return None;
    }
    let below_end = digits_end(text.as_bytes(), end + 1);
    if !(end + 2..end + 4).contains(&below_end) || text[..start].ends_with(['/', '.']) {
        return None;
    }
    let (above, below): (f64, f64) = (text[start..end].parse().ok()?, text[end + 1..below_end].parse().ok()?);
    if above == 0.0 || above >= below || text[below_end..].starts_with(['月', '日', '/', '.', '年']) {
        return None;
    }
    let value = (above / below * 10_000.0).round() / 100.0;
    Some(Numeral { start, end: below_end, low: value, high: value, form: Form::Percent, more: false, several: false, multiplier: 1.0 })
}

/// 1亿3千多万, 100万三千: what follows 亿 or 万 in smaller units. Its value, where it ends, whether 多 stands in it.
fn lower_part(text: &str, at: usize, above: f64) -> Option<(f64, usize, bool)> {
    if above < 10_000.0 {
        return None;
    }
    let zero = text[at..].strip_prefix(['零', '〇']);
    let from = text.len() - zero.unwrap_or(&text[at..]).len();
    let first = text[from..].chars().next()?;
    let part = match first {
        c if c.is_ascii_digit() => arabic(text, from),
        c if digit(c).is_some() => chinese(text, from, from, false)?,
        _ => return None,
    };
    // 390万65岁以上老人: two numbers, where the second has neither a multiplier nor the four places below 万.
    let places = part.multiplier > 1.0 || part.end - from >= 3 || zero.is_some();
    let counted = part.form == Form::Arabic && places || part.form == Form::Chinese && (part.multiplier >= 10.0 || zero.is_some());
    let dated = text[part.end..].starts_with(['年', '月', '日', '%', '．', '.', '个', '级', '、']);
    let spoken = part.multiplier == 1.0 && dated;
    (counted && part.low < above && part.low == part.high && !spoken).then_some((part.low, part.end, part.more))
}

/// 15k元, 30w左右, as chats and headlines write.
fn letter_multiplier(tail: &str) -> Option<f64> {
    let factor = match tail.chars().next()? {
        'k' | 'K' => 1000.0,
        'w' | 'W' => 10_000.0,
        _ => return None,
    };
    starts!(tail[1..], ["元", "左右", "上下", "以上", "以内"]).then_some(factor)
}

fn digits_end(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count()
}

fn group_after(text: &str, end: usize) -> Option<std::ops::Range<usize>> {
    let separator = text[end..].chars().next().filter(|c| matches!(c, ',' | '，'))?;
    let from = end + separator.len_utf8();
    let to = digits_end(text.as_bytes(), from);
    (to - from == 3).then_some(from..to)
}
