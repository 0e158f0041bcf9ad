//! Numerals in words: 十三点四, 一九五七, 千亿, 五六十.

use super::{Form, Numeral, multipliers, scaled, starts_unit};

/// The characters that numbers are written with: those of each digit from 0 to 9, then those of each of [`MULTIPLIERS`].
const NUMBERS: [&[char]; 15] = [
    &['零', '〇', '○', 'Ｏ'],
    &['一', '壹'],
    &['二', '两', '贰'],
    &['三', '叁'],
    &['四', '肆'],
    &['五', '伍'],
    &['六', '陆'],
    &['七', '柒'],
    &['八', '捌'],
    &['九', '玖'],
    &['十', '拾'],
    &['百', '佰'],
    &['千', '仟'],
    &['万'],
    &['亿'],
];

const MULTIPLIERS: [f64; 5] = [10.0, 100.0, 1000.0, 10_000.0, 100_000_000.0];

/// The characters of [`NUMBERS`], each with its place there, filed so that no two share a slot.
static SLOTS: [(char, u8); 64] = {
    let mut slots = [('\0', u8::MAX); 64];
    let mut number = 0;
    while number < NUMBERS.len() {
        let mut i = 0;
        while i < NUMBERS[number].len() {
            let c = NUMBERS[number][i];
            assert!(slots[slot(c)].0 == '\0', "two characters in one slot");
            slots[slot(c)] = (c, number as u8);
            i += 1;
        }
        number += 1;
    }
    slots
};

/// The factor was found by trying.
const fn slot(c: char) -> usize {
    ((c as u32).wrapping_mul(0xA969_0F97) >> 26) as usize
}

/// The place of a character in [`NUMBERS`], or one past all.
fn number(c: char) -> usize {
    let (of, number) = SLOTS[slot(c)];
    if of == c { number.into() } else { NUMBERS.len() }
}

pub(crate) fn digit(c: char) -> Option<u32> {
    Some(number(c)).filter(|&n| n < 10).map(|n| n as u32)
}

pub(super) fn multiplier(c: char) -> Option<f64> {
    MULTIPLIERS.get(number(c).wrapping_sub(10)).copied()
}

pub(super) fn chinese(text: &str, start: usize, from: usize, several: bool) -> Option<Numeral> {
    let run_end = text[from..]
        .char_indices()
        .find(|&(i, c)| digit(c).is_none() && multiplier(c).is_none() || i > 0 && starts_unit(&text[from + i..]))
        .map_or(text.len(), |(i, _)| from + i);
    let run = &text[from..run_end];
    if run.is_empty() || is_other_word(run, &text[run_end..]) {
        return None;
    }
    let mut end = run_end;
    let bare = run.chars().all(|c| multiplier(c).is_some_and(|m| m > 10.0));
    let all_digits = run.chars().all(|c| digit(c).is_some());
    let length = run.chars().count();
    let (low, high, form) = if bare {
        let value = run.chars().filter_map(multiplier).product();
        (value, value, Form::Bare)
    } else if all_digits && (length >= 3 || length == 2 && text[end..].starts_with('点')) {
        let value = run.chars().filter_map(digit).fold(0.0, |n, d| n * 10.0 + f64::from(d));
        (value, value, Form::Digits)
    } else {
        let (low, high) = word_value(run)?;
        (low, high, Form::Chinese)
    };
    let (mut low, mut high, mut form) = (low, high, form);
    if matches!(form, Form::Chinese | Form::Digits)
        && let Some(tail) = text[end..].strip_prefix('点')
        && let Some((fraction, used)) = decimals(tail)
    {
        low += fraction;
        high = low;
        end += 3 + used;
        form = Form::Chinese;
    }
    // 十几块钱, 二十几万: the base number.
    let tens = run.ends_with('十') && text[end..].strip_prefix('几').is_some_and(|t| !t.starts_with(['分', '乎']));
    let several = several || tens;
    end += if tens { '几'.len_utf8() } else { 0 };
    let (factor, used, more) = multipliers(&text[end..]);
    end += used;
    let last = run.chars().filter_map(multiplier).next_back().unwrap_or(1.0).max(factor);
    // 六亿三千多万: 万 scales only what stands below 亿.
    let above = if factor > 1.0 && low == high && low >= 1e8 && factor < 1e8 { (low / 1e8).floor() * 1e8 } else { 0.0 };
    let scaled = |value: f64| above + scaled(value - above, factor);
    Some(Numeral { start, end, low: scaled(low), high: scaled(high), form, more, several, multiplier: last })
}

/// 队伍, 大陆, 收拾: the formal numerals are parts of words unless they are written as on a cheque.
fn is_other_word(run: &str, tail: &str) -> bool {
    let formal = |c: char| matches!(c, '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟');
    let counted = || run.chars().count() > 1 && run.chars().any(|c| multiplier(c).is_some());
    run.chars().any(formal) && !counted() && !tail.starts_with(['元', '圆', '角', '分', '吨', '点'])
}

fn decimals(tail: &str) -> Option<(f64, usize)> {
    let digits: Vec<u32> = tail.chars().map_while(digit).collect();
    if digits.is_empty() {
        return None;
    }
    let text: String = std::iter::once("0.".to_owned()).chain(digits.iter().map(u32::to_string)).collect();
    Some((text.parse().ok()?, digits.len() * '一'.len_utf8()))
}

/// 三千五百万 → 35,000,000; 五六十 → 50 to 60. `None` when the characters make no number.
fn word_value(run: &str) -> Option<(f64, f64)> {
    let (mut total, mut section, mut last) = (0.0, 0.0, None::<f64>);
    let mut width = 0.0;
    let (mut previous_unit, mut largest) = (0.0, 0.0);
    for c in run.chars() {
        if let Some(d) = digit(c) {
            let d = f64::from(d);
            match last {
                // Two digits in a row name a range: 五六十 is fifty to sixty.
                Some(before) if before > 0.0 && (d == before + 1.0 || before == 3.0 && d == 5.0) && width == 0.0 => width = d - before,
                Some(before) if before > 0.0 => return None,
                _ => last = Some(d),
            }
        } else {
            let unit = multiplier(c)?;
            if unit >= 10_000.0 {
                section += last.take().unwrap_or(0.0);
                let amount = if section == 0.0 && total == 0.0 { 1.0 } else { section };
                // 三千万亿 scales all before it; the 万 of 两亿五千万 only what follows 亿.
                total = if unit >= largest { (total + amount) * unit } else { total + amount * unit };
                largest = unit;
                section = 0.0;
                width *= if width > 0.0 { unit } else { 1.0 };
            } else {
                // 一千零十: nothing but a zero before it counts one.
                section += last.take().filter(|d| *d > 0.0).unwrap_or(1.0) * unit;
                width *= if width > 0.0 { unit } else { 1.0 };
            }
            previous_unit = unit;
        }
    }
    if let Some(d) = last {
        // 三万五: the last digit counts the unit below.
        let short = previous_unit >= 100.0 && run.chars().nth_back(1).is_some_and(|c| multiplier(c) == Some(previous_unit));
        section += if short { d * previous_unit / 10.0 } else { d };
    }
    let low = total + section;
    Some((low, low + width))
}
