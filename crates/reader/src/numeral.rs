//! The scanner for numerals: Arabic and Chinese, with multipliers, fractions and doublings.
//!
//! It works on folded text and says only where a numeral stands and what it is worth; whether it is a figure is decided
//! later, by its unit and surroundings.

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Arabic digits, with or without a multiplier: 1200, 1.39万亿.
    Arabic,
    /// Chinese numerals: 十三点四, 三千.
    Chinese,
    /// Chinese digits in a row, as years are written: 一九五七.
    Digits,
    /// A multiplier alone: 亿, 千亿, 万亿.
    Bare,
    /// A percentage in words: 百分之五, 七成, 一半, 三分之一. The value is in percent.
    Percent,
    /// 翻番, 翻两番: the value is the multiple reached.
    Doubling,
}

/// A numeral in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is worth, the multiplier applied.
    pub low: f64,
    /// The upper end of a range in words (五六十); equal to `low` otherwise.
    pub high: f64,
    /// How it is written.
    pub form: Form,
    /// 多, 余 or 来 inside: more than the value.
    pub more: bool,
    /// 数 or 几 before: some multiple of the value.
    pub several: bool,
    /// The multiplier: 1 when there is none.
    pub multiplier: f64,
}

/// Finds the numerals of a folded text, in order.
pub fn scan(text: &str, found: &mut Vec<Numeral>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = next_start(bytes, at) {
        match numeral_at(text, start) {
            Some(numeral) => {
                at = numeral.end;
                found.push(numeral);
            }
            None => at = start + char_len(bytes[start]),
        }
    }
}

/// The next byte that a numeral may start at.
fn next_start(bytes: &[u8], at: usize) -> Option<usize> {
    let mut rest = bytes.get(at..)?;
    loop {
        // Nearly all characters are of these.
        while let [first @ 0xE3..=0xE9, second, third, after @ ..] = rest {
            if STARTS[(u16::from_be_bytes([*second, *third]) & 0x3FFF) as usize] == *first {
                return Some(bytes.len() - rest.len());
            }
            rest = after;
        }
        match rest {
            [] => return None,
            [b'0'..=b'9', ..] => return Some(bytes.len() - rest.len()),
            [first, ..] => rest = rest.get(char_len(*first)..)?,
        }
    }
}

fn char_len(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// The characters that start a numeral, by their last two bytes; the value is the first byte.
static STARTS: [u8; 0x4000] = {
    let starts = [
        '〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '几', '数', '翻', '倍', '半',
        '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '廿',
    ];
    let mut table = [0; 0x4000];
    let mut i = 0;
    while i < starts.len() {
        let c = starts[i] as u32;
        let last_two = (0x80 | (c >> 6) & 0x3F) << 8 | (0x80 | c & 0x3F);
        table[(last_two & 0x3FFF) as usize] = 0xE0 | (c >> 12) as u8;
        i += 1;
    }
    table
};

fn numeral_at(text: &str, start: usize) -> Option<Numeral> {
    let rest = &text[start..];
    if rest.as_bytes()[0].is_ascii_digit() {
        return Some(arabic(text, start));
    }
    if let Some(numeral) = lone_digit(rest, start) {
        return Some(numeral);
    }
    if let Some(numeral) = doubling(rest, start).or_else(|| percent_words(rest, start)) {
        return Some(numeral);
    }
    let (several, skip) = several_prefix(text, start);
    if rest.starts_with(['翻', '倍', '半']) || (rest.starts_with(['数', '几']) && !several) {
        return None;
    }
    let number = chinese(text, start, start + skip, several)?;
    Some(fraction(rest, &number).unwrap_or(number))
}

/// 一步, 两个: a digit in words with nothing after it that a numeral could go on with, as most of them are.
fn lone_digit(rest: &str, start: usize) -> Option<Numeral> {
    let mut chars = rest.chars();
    let first = chars.next().filter(|c| matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九'))?;
    let next = chars.next();
    if next.is_some_and(|c| {
        matches!(c, '点' | '个' | '多' | '余' | '来' | '几' | '半' | '成' | '分') || digit(c).is_some() || multiplier(c).is_some()
    }) {
        return None;
    }
    let value = digit(first).map(f64::from)?;
    let end = start + first.len_utf8();
    Some(Numeral { start, end, low: value, high: value, form: Form::Chinese, more: false, several: false, multiplier: 1.0 })
}

/// 数十, 几百: whether the numeral starts so, and how many bytes that takes.
fn several_prefix(text: &str, start: usize) -> (bool, usize) {
    let mut chars = text[start..].chars();
    let Some(first @ ('数' | '几')) = chars.next() else { return (false, 0) };
    let noun_before = || text[..start].chars().next_back().is_some_and(|c| "人总户指个次天基倍台家件岁年分位参函整小负多少岗".contains(c));
    let several = chars.next().is_some_and(|c| multiplier(c).is_some()) && !(first == '数' && noun_before());
    (several, if several { first.len_utf8() } else { 0 })
}

/// 翻番, 翻一番, 翻了两番, 倍增.
fn doubling(rest: &str, start: usize) -> Option<Numeral> {
    let tail = rest.strip_prefix('翻')?;
    let tail = tail.strip_prefix('了').unwrap_or(tail);
    let (times, tail) = match tail.chars().next()? {
        '番' => (1.0, tail),
        '半' => (0.5, &tail[3..]),
        c => (f64::from(digit(c).or_else(|| c.to_digit(10))?), &tail[c.len_utf8()..]),
    };
    let tail = tail.strip_prefix(['多', '近']).unwrap_or(tail).strip_prefix('番')?;
    let value = 2f64.powf(times);
    let end = start + rest.len() - tail.len();
    Some(Numeral { start, end, low: value, high: value, form: Form::Doubling, more: false, several: false, multiplier: 1.0 })
}

fn percent(start: usize, end: usize, (low, high): (f64, f64), more: bool) -> Numeral {
    Numeral { start, end, low, high, form: Form::Percent, more, several: false, multiplier: 1.0 }
}

/// 百分之十三点四, 千分之三, 七成, 七成半, 一半.
fn percent_words(rest: &str, start: usize) -> Option<Numeral> {
    let whole = |used: usize, low: f64, high: f64, more: bool| percent(start, start + used, (low, high), more);
    if let Some(tail) = rest.strip_prefix("一半") {
        return (!tail.starts_with(['是', '天'])).then(|| whole(6, 50.0, 50.0, false));
    }
    for (prefix, parts) in [("百分之", 100.0), ("千分之", 1000.0), ("万分之", 10_000.0)] {
        if let Some(tail) = rest.strip_prefix(prefix) {
            let n = inner_number(tail)?;
            return Some(whole(prefix.len() + n.2, n.0 * 100.0 / parts, n.1 * 100.0 / parts, n.3));
        }
    }
    let first = rest.chars().next()?;
    let n = digit(first)?;
    let after = rest[first.len_utf8()..].strip_prefix('成')?;
    tenths(rest, after, f64::from(n)).map(|(end, value, more)| whole(end, value, value, more))
}

/// 三分之一: the number that `rest` begins with is what another one is divided by.
fn fraction(rest: &str, below: &Numeral) -> Option<Numeral> {
    let used = below.end - below.start;
    let tail = rest[used..].strip_prefix("分之")?;
    if below.several || below.form == Form::Bare && !rest.starts_with(['十', '百']) {
        return None;
    }
    let (above, _, more_used, more) = inner_number(tail)?;
    let value = (above / below.low * 10_000.0).round() / 100.0;
    let end = below.end + "分之".len() + more_used;
    (below.low > above).then(|| percent(below.start, end, (value, value), more))
}

fn tenths(rest: &str, after: &str, n: f64) -> Option<(usize, f64, bool)> {
    const WORDS: &str = "立功为果员本绩熟效长就都品型形套家年人了份语文风军像交因全渝德";
    if n < 1.0 || after.starts_with(|c| WORDS.contains(c)) {
        return None;
    }
    // 七成半, 五成五
    let single = after.chars().next().filter(|c| !after[c.len_utf8()..].starts_with(['成', '个', '大', '项', '分'])).and_then(digit);
    let (half, after) = match (after.strip_prefix('半'), single) {
        (Some(after), _) => (5.0, after),
        (None, Some(ones)) if ones > 0 => (f64::from(ones), &after['五'.len_utf8()..]),
        _ => (0.0, after),
    };
    let (more, after) = after.strip_prefix(['多', '余']).map_or((false, after), |a| (true, a));
    Some((rest.len() - after.len(), n * 10.0 + half, more))
}

/// A number in words or digits at the start of `text`: low, high, bytes used, whether 多 follows.
fn inner_number(text: &str) -> Option<(f64, f64, usize, bool)> {
    let numeral = if text.as_bytes().first()?.is_ascii_digit() { arabic(text, 0) } else { chinese(text, 0, 0, false)? };
    (numeral.form != Form::Bare || text.starts_with(['十', '百'])).then_some((numeral.low, numeral.high, numeral.end, numeral.more))
}

fn arabic(text: &str, start: usize) -> Numeral {
    let bytes = text.as_bytes();
    let mut end = digits_end(bytes, start);
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
    let counted = part.form == Form::Arabic || part.form == Form::Chinese && (part.multiplier >= 10.0 || zero.is_some());
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
    ["元", "左右", "上下", "以上", "以内"].iter().any(|w| tail[1..].starts_with(w)).then_some(factor)
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

/// Multiplies without the dust that 1.39 × 10¹² leaves in binary.
fn scaled(value: f64, multiplier: f64) -> f64 {
    let product = value * multiplier;
    if multiplier > 1.0 && product.fract() != 0.0 { (product * 1000.0).round() / 1000.0 } else { product }
}

/// The multipliers after digits: 万亿, 多万, 万多. Returns the factor, the bytes used and whether 多 or 余 stood there.
fn multipliers(tail: &str) -> (f64, usize, bool) {
    let (mut factor, mut used, mut more) = (1.0, 0, false);
    loop {
        let mut chars = tail[used..].chars();
        match chars.next() {
            Some('个') if used == 0 && tail.strip_prefix("个亿").is_some_and(|t| !t.starts_with(['元', '级', '吨'])) => {
                factor *= 1e8;
                used = "个亿".len();
            }
            Some(c) if multiplier(c).is_some_and(|m| m > 10.0) && !starts_unit(&tail[used..]) => {
                factor *= multiplier(c).unwrap_or(1.0);
                used += c.len_utf8();
            }
            Some(c @ ('多' | '余' | '来' | '几')) if !more => {
                let next = chars.next();
                let before_multiplier = next.is_some_and(|n| multiplier(n).is_some());
                if c == '来' && !before_multiplier && !next.is_some_and(|n| "个件项家人名户".contains(n)) || c == '几' && !before_multiplier
                {
                    break;
                }
                if next.is_some_and(|n| "种元样边次数年项".contains(n))
                    && c == '多'
                    && factor == 1.0
                    && tail[used + 3..].starts_with("元化")
                {
                    break;
                }
                more = true;
                used += c.len_utf8();
            }
            _ => break,
        }
    }
    (factor, used, more)
}

/// 千 of 千瓦, 千米, 千克 is part of the unit.
fn starts_unit(text: &str) -> bool {
    text.strip_prefix('千').is_some_and(|t| t.starts_with(['瓦', '米', '克', '升', '卡', '伏', '赫']))
}

pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn multiplier(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        '万' => 10_000.0,
        '亿' => 100_000_000.0,
        _ => return None,
    })
}

fn chinese(text: &str, start: usize, from: usize, several: bool) -> Option<Numeral> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Numeral {
        let mut found = Vec::new();
        scan(text, &mut found);
        *found.first().unwrap_or_else(|| panic!("no numeral in {text}"))
    }

    #[test]
    fn numerals_are_worth_what_they_say() {
        for (text, low, end) in [
            ("1.39万亿斤", 1.39e12, "1.39万亿"),
            ("1100多万学生", 11_000_000.0, "1100多万"),
            ("5万余个", 50_000.0, "5万余"),
            ("2,200亿元", 2200e8, "2,200亿"),
            ("966，418元", 966_418.0, "966，418"),
            ("百分之十三点四", 13.4, "百分之十三点四"),
            ("七成以上", 70.0, "七成"),
            ("一半", 50.0, "一半"),
            ("三分之一", 33.33, "三分之一"),
            ("十三件", 13.0, "十三"),
            ("三千五百万人", 35_000_000.0, "三千五百万"),
            ("三万五公里", 35_000.0, "三万五"),
            ("一点三倍", 1.3, "一点三"),
            ("一九五七年", 1957.0, "一九五七"),
            ("翻一番", 2.0, "翻一番"),
            ("翻两番", 4.0, "翻两番"),
            ("翻番", 2.0, "翻番"),
            ("万亿元", 1e12, "万亿"),
            ("两亿五千万", 250_000_000.0, "两亿五千万"),
            ("六亿三千多万", 630_000_000.0, "六亿三千多万"),
            ("一亿六千五百五十二万余", 165_520_000.0, "一亿六千五百五十二万余"),
        ] {
            let numeral = first(text);
            assert_eq!(numeral.low, low, "{text}");
            assert_eq!(&text[numeral.start..numeral.end], end);
        }
    }

    #[test]
    fn ranges_in_words_have_two_ends() {
        let numeral = first("五六十个");
        assert_eq!((numeral.low, numeral.high), (50.0, 60.0));
    }

    #[test]
    fn words_with_numeral_characters_are_none() {
        for text in ["完成立项", "翻开新篇", "半岛", "倍感"] {
            let mut found = Vec::new();
            scan(text, &mut found);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_scanned_in_order(text in "[0-9一二三百千万亿点分之成翻番多余,，.a-z年半数几]{0,24}") {
            let mut found = Vec::new();
            scan(&text, &mut found);
            let mut end = 0;
            for n in &found {
                proptest::prop_assert!(n.start >= end && n.end > n.start && text.is_char_boundary(n.end) && n.low.is_finite());
                end = n.end;
            }
        }
    }
}
