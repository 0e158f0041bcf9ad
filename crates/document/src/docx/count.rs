//! The numbers of lists in the scripts that Word counts in.

/// The numeral for `n` in a number format of WordprocessingML (`decimal`, `chineseCounting`, …). Formats that no Chinese document
/// uses are written in decimal.
pub(super) fn numeral(format: &str, n: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "upperLetter" => letters(n, 'A'),
        "lowerLetter" => letters(n, 'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "decimalZero" if n < 10 => format!("0{n}"),
        "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" | "japaneseCounting" => {
            chinese(n, &SMALL)
        }
        "chineseLegalSimplified" => chinese(n, &LEGAL_SIMPLIFIED),
        "ideographLegalTraditional" | "japaneseLegal" => chinese(n, &LEGAL_TRADITIONAL),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => digits(n),
        "ideographTraditional" => of_row("甲乙丙丁戊己庚辛壬癸", n),
        "ideographZodiac" => of_row("子丑寅卯辰巳午未申酉戌亥", n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from(n, &[(1, 20, '①'), (21, 35, '㉑'), (36, 50, '㊱')]),
        "decimalEnclosedParen" => from(n, &[(1, 20, '⑴')]),
        "decimalEnclosedFullstop" => from(n, &[(1, 20, '⒈')]),
        "ideographEnclosedCircle" => from(n, &[(1, 10, '㊀')]),
        "decimalFullWidth" | "decimalFullWidth2" => n.to_string().chars().filter_map(full_width).collect(),
        _ => n.to_string(),
    }
}

fn full_width(digit: char) -> Option<char> {
    char::from_u32(digit as u32 - '0' as u32 + '０' as u32)
}

/// A numeral out of rows of characters that Unicode has in order.
fn from(n: u32, rows: &[(u32, u32, char)]) -> String {
    let row = rows.iter().find(|(first, last, _)| (*first..=*last).contains(&n));
    row.and_then(|&(first, _, c)| char::from_u32(c as u32 + n - first)).map_or_else(|| n.to_string(), String::from)
}

fn of_row(row: &str, n: u32) -> String {
    let at = n.checked_sub(1).and_then(|i| row.chars().nth(i as usize));
    at.map_or_else(|| n.to_string(), String::from)
}

/// a … z, aa … zz: the letter is repeated, as Word does.
fn letters(n: u32, first: char) -> String {
    let Some(i) = n.checked_sub(1).filter(|_| n <= 26 * 30) else { return n.to_string() };
    let letter = char::from_u32(first as u32 + i % 26).unwrap_or(first);
    letter.to_string().repeat(i as usize / 26 + 1)
}

fn roman(n: u32) -> String {
    if !(1..4_000).contains(&n) {
        return n.to_string();
    }
    let mut out = String::new();
    let mut rest = n;
    for (value, sign) in [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// Digits 0 to 9 and the signs for ten, hundred, thousand.
struct Script {
    digits: [char; 10],
    ranks: [char; 3],
    /// Whether ten to nineteen begin with a one (壹拾).
    says_one: bool,
}

const SMALL: Script =
    Script {
        digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ranks: ['十', '百', '千'], says_one: false
    };
const LEGAL_SIMPLIFIED: Script =
    Script { digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], ranks: ['拾', '佰', '仟'], says_one: true };
const LEGAL_TRADITIONAL: Script =
    Script { digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'], ranks: ['拾', '佰', '仟'], says_one: true };

fn digits(n: u32) -> String {
    n.to_string().bytes().map(|b| SMALL.digits[usize::from(b - b'0')]).collect()
}

/// Counted in tens and hundreds: 十二, 二十, 一百〇五.
fn chinese(n: u32, script: &Script) -> String {
    if n == 0 || n > 9_999 {
        return digits(n);
    }
    let mut out = String::new();
    let mut gap = false;
    for rank in (0..4u32).rev() {
        let digit = n / 10u32.pow(rank) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(script.digits[0]);
        }
        let bare_ten = rank == 1 && digit == 1 && out.is_empty() && !script.says_one;
        if !bare_ten {
            out.push(script.digits[digit as usize]);
        }
        if let Some(i) = rank.checked_sub(1) {
            out.push(script.ranks[i as usize]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_does() {
        for (format, n, shown) in [
            ("decimal", 12, "12"),
            ("chineseCounting", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 105, "一百〇五"),
            ("japaneseCounting", 3, "三"),
            ("chineseLegalSimplified", 11, "壹拾壹"),
            ("ideographDigital", 10, "一〇"),
            ("decimalEnclosedCircleChinese", 21, "㉑"),
            ("decimalEnclosedCircle", 99, "99"),
            ("ideographTraditional", 2, "乙"),
            ("upperLetter", 27, "AA"),
            ("lowerRoman", 14, "xiv"),
            ("decimalFullWidth", 12, "１２"),
            ("cardinalText", 4, "4"),
        ] {
            assert_eq!(numeral(format, n), shown, "{format} {n}");
        }
    }
}
