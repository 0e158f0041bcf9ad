//! Numerals that are no figures: dates, ordinals, names, codes, time frames (CODEBOOK, "Not figures").

use pledgebook_lexicon::Lexicon;

use crate::numeral::{Form, Numeral};
use crate::signs::Signs;

/// How far back the mark of a quotation may stand that holds the numeral, in characters.
const MARK_REACH: usize = 24;

/// How far back a name that holds the numeral may start, in characters.
const NAME_REACH: usize = 4;

/// Whether the numeral is part of a date, an ordinal, a code or a name.
pub(crate) fn is_trap(text: &str, n: &Numeral, signs: &Signs, lexicon: &Lexicon) -> bool {
    n.form == Form::Digits
        || (n.form == Form::Chinese && is_ordinal(text, n))
        || is_year(text, n)
        || is_date(text, n)
        || is_code(text, n)
        || is_list_mark(text, n)
        || in_slogan(text, n, signs)
        || (n.form != Form::Arabic && (in_name(text, n, lexicon) || is_slogan(text, n, lexicon)))
        || (text[..n.start].ends_with('第') && !rank(text, n))
}

/// Whether a numeral in words has neither unit nor multiplier: most of them, so this is asked first.
pub(crate) fn counts_nothing(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    let tail = &text[n.end..];
    n.form == Form::Chinese
        && n.multiplier < 10_000.0
        && !n.more
        && !n.several
        && lexicon.units.prefix(tail).is_none()
        && !tail.starts_with(['-', '—', '–', '至', '到', '～', '~', '、'])
        && !text[..n.start].ends_with('第')
}

/// Whether the numeral is a calendar year, alone or at either end of a span.
pub(crate) fn is_year(text: &str, n: &Numeral) -> bool {
    let width = if n.form == Form::Digits { '一'.len_utf8() } else { 1 };
    if !matches!(n.form, Form::Arabic | Form::Digits)
        || n.multiplier != 1.0
        || n.low.fract() != 0.0
        || !(1900.0..=2100.0).contains(&n.low)
        || n.end - n.start != 4 * width
    {
        return false;
    }
    let tail = &text[n.end..];
    if n.form == Form::Digits {
        return tail.starts_with('年') || tail.starts_with(['至', '到', '—', '－', '-']);
    }
    tail.starts_with('年') || tail.starts_with("世纪") || {
        let after_dash = tail.trim_start_matches(['-', '—', '–', '～', '~', '至', '到', '、', '－']);
        after_dash.len() < tail.len()
            && after_dash.len() >= 4
            && after_dash.as_bytes()[..4].iter().all(u8::is_ascii_digit)
            && after_dash[4..].starts_with('年')
    }
}

/// 二十大, 十三届, 二次: Chinese numerals that count off rather than count; 零 begins words.
fn is_ordinal(text: &str, n: &Numeral) -> bool {
    let tail = &text[n.end..];
    let convened = ["举办", "连续", "召开"].iter().any(|w| text[..n.start].ends_with(w));
    n.low == 0.0
        || text[..n.start].ends_with('届')
        || (tail.starts_with('大') && n.low >= 10.0)
        || (tail.starts_with('届') && !convened)
        || (&text[n.start..n.end] == "二" && tail.starts_with(['次', '期', '轮', '类', '级', '代', '部', '条', '号', '段', '步', '层']))
        || (tail.starts_with('位') && tail["位".len()..].starts_with('数'))
        || (n.low < n.high && tail.starts_with("轮车"))
}

fn is_date(text: &str, n: &Numeral) -> bool {
    let tail = &text[n.end..];
    let small = n.low.fract() == 0.0 && n.low <= 31.0 && n.multiplier < 100.0;
    small
        && (tail.starts_with('月') && n.low <= 12.0
            || tail.starts_with('日') && !tail.starts_with("日元")
            || tail.starts_with('号')
            || tail.starts_with('时') && n.form == Form::Arabic
            || tail.starts_with("世纪")
            || tail.starts_with("年代"))
        || tail.starts_with("年代")
}

/// C919, 5G, PM2.5, A4, 1+2+4+N.
fn is_code(text: &str, n: &Numeral) -> bool {
    let before = text[..n.start].chars().next_back();
    let after = text[n.end..].chars().next();
    let glued_before = before.is_some_and(|c| c.is_ascii_alphabetic() || c == '+' || c == '.' || c == '_')
        || text[..n.start].ends_with('-') && text[..n.start - 1].ends_with(|c: char| c.is_ascii_alphabetic());
    let letters = text[n.end..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let letter_unit = matches!(
        &text[n.end..n.end + letters],
        "kWh"
            | "kW"
            | "MW"
            | "GW"
            | "GWh"
            | "MWh"
            | "km"
            | "kg"
            | "TEU"
            | "Eflops"
            | "EFLOPS"
            | "EFlops"
            | "PFLOPS"
            | "Pflops"
            | "PFlops"
            | "P"
            | "TB"
            | "PB"
            | "ZB"
            | "GB"
            | "Mbps"
            | "Gbps"
    );
    n.form == Form::Arabic && (glued_before || (letters > 0 && !letter_unit)) || after == Some('+') || before == Some('+')
}

/// （一）, （4）, 1. at the start of a passage.
fn is_list_mark(text: &str, n: &Numeral) -> bool {
    let (left, right) = (&text[..n.start], &text[n.end..]);
    left.ends_with(['（', '(']) && right.starts_with(['）', ')']) || (left.is_empty() && right.starts_with(['.', '、', '．', '）']))
}

/// “两个确立”, “十百千万”, 《…》: inside quotation marks only announced lists of tasks are counted (“十件民生实事”).
fn in_slogan(text: &str, n: &Numeral, signs: &Signs) -> bool {
    let decides = |c: char| matches!(c, '”' | '》' | '。' | '；' | '“' | '《');
    let Some(mark) = signs.last(n.start.saturating_sub(4 * MARK_REACH)..n.start, decides).filter(|m| matches!(m.char, '“' | '《'))
    else {
        return false;
    };
    let tail = &text[n.end..];
    let closing = tail.find(['”', '》']).map_or(tail, |end| &tail[..end]);
    let announced = closing.starts_with('件') && closing.contains("实事") && mark.end() == n.start;
    !announced && text[mark.at..n.start].chars().count() <= MARK_REACH
}

fn in_name(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    let mut start = n.start;
    for _ in 0..=NAME_REACH {
        if let Some((name, ())) = lexicon.names.prefix(&text[start..])
            && start + name.len() > n.start
        {
            return true;
        }
        match text[..start].char_indices().next_back() {
            Some((i, c)) if !matches!(c, '，' | '。' | '；' | '、' | '：') => start = i,
            _ => return false,
        }
    }
    false
}

/// 四个现代化, 三大革命运动: a small number in words, a measure word, and a noun that makes a set phrase of them.
fn is_slogan(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    if n.form != Form::Chinese || !(2.0..=10.0).contains(&n.low) || n.low < n.high {
        return false;
    }
    let noun = text[n.end..].strip_prefix(['个', '大', '项', '种', '类', '条', '点', '支']);
    noun.is_some_and(|noun| lexicon.slogans.prefix(noun).is_some())
}

/// Whether a numeral after 第 is a place in an order (居全国第3位) and no ordinal (第三次会议).
pub(crate) fn rank(text: &str, n: &Numeral) -> bool {
    let Some(left) = text[..n.start].strip_suffix('第') else { return false };
    let right = &text[n.end..];
    // 放在第一位: what comes first, not who.
    if ["放在", "摆在", "放到", "摆到", "作为", "看作", "列为"].iter().any(|w| left.ends_with(w)) {
        return false;
    }
    let ends = |t: &str| t.is_empty() || t.starts_with(['，', '。', '；', '、', '！', '：', '）', '的', '”']);
    let by_place = among(left);
    let unit = right.strip_prefix(['位', '名']);
    match unit {
        Some(rest) => by_place || ends(rest),
        None => by_place && (ends(right) || right.starts_with("大") && ends(&right["大".len()..])),
    }
}

/// Words right before a rank: its verb, or among whom it is given.
const PLACED: &[&str] = &[
    "居",
    "列",
    "排",
    "全国",
    "全省",
    "全市",
    "世界",
    "全球",
    "地区",
    "中部",
    "西部",
    "东部",
    "排名",
    "位次",
    "稳居",
    "保持",
    "跃升至",
    "升至",
    "国内",
    "省",
    "跃居",
    "长三角",
    "上升到",
    "上升至",
];

/// Whether words end in the verb of a rank or in those among whom it is given.
pub(crate) fn among(left: &str) -> bool {
    PLACED.iter().any(|w| left.ends_with(w))
}

/// Whether the number is a figure only with a comparator: a lone multiplier, or 一 as an article.
pub(crate) fn needs_comparator(n: &Numeral, unit: Option<&str>) -> bool {
    let article = n.form == Form::Chinese && n.low == 1.0 && n.high == 1.0;
    n.form == Form::Bare || (article && !matches!(unit, Some("times" | "pp" | "percent")))
}

/// Whether what follows makes the numeral part of a name or class: 万吨级, 500强; after a unit 强 is only an adjective.
pub(crate) fn tail_names(text: &str, end: usize, unit: Option<&str>, lexicon: &Lexicon) -> bool {
    let tail = &text[end..];
    // 15分钟托育服务圈
    if matches!(unit, Some("other:分钟" | "other:小时")) {
        let noun = tail.find(|c: char| !c.is_alphabetic() || c.is_ascii_digit()).map_or(tail, |stop| &tail[..stop]);
        if noun.find('圈').is_some_and(|at| at <= 10 * '圈'.len_utf8()) {
            return true;
        }
    }
    match lexicon.name_tails.prefix(tail) {
        Some(("代", ())) => !tail.starts_with("代表"),
        Some(("强", ())) => unit.is_none(),
        Some(_) => true,
        None => false,
    }
}

/// 三年行动, 过去五年, 两年内, 近三年: a stretch of time that measures nothing.
pub(crate) fn time_frame(text: &str, n: &Numeral, unit: &str, end: usize, compared: bool) -> bool {
    let (left, right) = (&text[..n.start], &text[end..]);
    match unit {
        "year" if text[n.end..end].ends_with('年') => {
            let measured = [
                "连续",
                "延长",
                "延长了",
                "再延长",
                "历时",
                "长达",
                "不少于",
                "不低于",
                "提前",
                "缩短",
                "推迟",
                "顺延",
                "已连续",
                "满",
                "缩短了",
                "高出",
                "增加",
                "增加了",
                "提高了",
                "年限达",
                "寿命达",
                "年限达到",
            ];
            let rated = ["年限", "寿命", "周期", "期限", "年龄", "工期"];
            let clause = left.rfind(['，', '。', '；']).map_or(left, |i| &left[i..]);
            let in_clause = rated.iter().any(|w| clause.contains(w));
            !(measured.iter().any(|w| left.ends_with(w)) || n.low.fract() != 0.0 || in_clause || compared && right.starts_with("监测"))
                || right.starts_with(['来', '前', '后', '内'])
        }
        "month" | "day" if left.ends_with("提前") => false,
        "month" => compared_out(left) || right.starts_with(['来', '前', '后', '内']) || left.ends_with(['近', '前', '后', '头', '首']),
        "day" => right.starts_with(['来', '前', '后']) || left.ends_with(['近', '前', '后', '头']),
        _ => false,
    }
}

fn compared_out(left: &str) -> bool {
    left.ends_with("过去") || left.ends_with("最近")
}
