//! Numerals that are no figures: dates, ordinals, names, codes, time frames (CODEBOOK, "Not figures").

use pledgebook_lexicon::Lexicon;

use crate::numeral::{self, Form, Numeral};
use crate::ranks::is_rank;
use crate::signs::{FULL_STOP, SEMICOLON, bytes_of};
use crate::words::{ends, holds, starts};

/// How far back the mark of a quotation may stand that holds the numeral, in characters.
const MARK_REACH: usize = 24;

/// How far back a name that holds the numeral may start, in characters.
const NAME_REACH: usize = 4;

/// Whether the numeral is part of a date, an ordinal, a code or a name.
pub(crate) fn is_trap(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    n.form == Form::Digits
        || (n.form == Form::Chinese && is_ordinal(text, n))
        || is_year(text, n)
        || is_date(text, n)
        || is_code(text, n)
        || is_list_mark(text, n)
        || in_slogan(text, n)
        || (n.form != Form::Arabic && (in_name(text, n, lexicon) || is_slogan(text, n, lexicon)))
        || (text[..n.start].ends_with('第') && !is_rank(text, n))
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
    let numbered = |of: &str| of.strip_prefix('届').is_some_and(|t| t.chars().nth(1) == Some('次'));
    let convened = ends!(text[..n.start], ["举办", "连续", "召开"]) && !numbered(tail);
    n.low == 0.0
        || text[..n.start].ends_with('届')
        || is_congress(&text[..n.start], n, tail)
        || (tail.starts_with('届') && !convened)
        || (tail.starts_with('期') && n.low <= 10.0 && &text[n.start..n.end] != "两" && !convened)
        || (tail.starts_with('次') && names_meetings(tail))
        || (&text[n.start..n.end] == "二" && tail.starts_with(['次', '期', '轮', '类', '级', '代', '部', '条', '号', '段', '步', '层']))
        || (tail.starts_with('位') && tail["位".len()..].starts_with('数'))
        || (n.low < n.high && tail.starts_with("轮车"))
}

/// 二十大, 八大以来: a congress, by its number.
fn is_congress(left: &str, n: &Numeral, tail: &str) -> bool {
    let Some(rest) = tail.strip_prefix('大') else { return false };
    n.low > 10.0
        || ends!(left, ["党的", "中共", "第"])
        || !rest.starts_with(char::is_alphabetic)
        || starts!(rest, ["精神", "以来", "以后", "报告", "二次", "一次", "提出", "确定", "路线", "决议", "会议", "和", "之后"])
}

/// 六次、七次、八次全会: meetings by their numbers.
fn names_meetings(tail: &str) -> bool {
    let last = tail.trim_start_matches(|c: char| matches!(c, '次' | '、' | '和') || numeral::digit(c).is_some() || c == '十');
    last.starts_with("全会") || last.starts_with("中全会")
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

/// C919, 5G, PM2.5, A4, 1+2+4+N, 1类创新药.
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
    let class_of_drugs = starts!(text[n.end..], ["类创新药", "类新药"]);
    n.form == Form::Arabic && (glued_before || class_of_drugs || (letters > 0 && !letter_unit)) || after == Some('+') || before == Some('+')
}

/// （一）, （4）, 1. at the start of a passage.
fn is_list_mark(text: &str, n: &Numeral) -> bool {
    let (left, right) = (&text[..n.start], &text[n.end..]);
    left.ends_with(['（', '(']) && right.starts_with(['）', ')']) || (left.is_empty() && right.starts_with(['.', '、', '．', '）']))
}

/// “两个确立”, “十百千万”, 《…》: inside quotation marks only announced lists of tasks are counted (“十件民生实事”).
fn in_slogan(text: &str, n: &Numeral) -> bool {
    let Some(mark) = opened_before(text, n.start) else { return false };
    let tail = &text[n.end..];
    let closing = tail.find(['”', '》']).map_or(tail, |end| &tail[..end]);
    // “二十二连丰”
    if mark + '“'.len_utf8() == n.start && closing.chars().count() == 2 && closing.starts_with('连') {
        return false;
    }
    // 规模实现“双翻番”
    let counted = &text[mark + '“'.len_utf8()..n.start];
    if n.form == Form::Doubling && closing.is_empty() && (matches!(counted, "" | "双") || counted.ends_with('个')) {
        return false;
    }
    !(mark + '“'.len_utf8() == n.start && closing.starts_with('件') && closing.contains("实事"))
}

/// Where the mark of a quotation or title stands that is still open at a place near by.
fn opened_before(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..at];
    let mut end = at;
    for _ in 0..MARK_REACH {
        // The marks have three bytes each.
        let [.., first, second, third] = bytes[..end] else { return None };
        match [first, second, third] {
            OPENS_QUOTATION | OPENS_TITLE => return Some(end - 3),
            CLOSES_QUOTATION | CLOSES_TITLE | FULL_STOP | SEMICOLON => return None,
            [0xE0..=0xEF, ..] => end -= 3,
            _ => end = (0..end).rev().find(|&at| text.is_char_boundary(at))?,
        }
    }
    None
}

const OPENS_QUOTATION: [u8; 3] = bytes_of('“');
const CLOSES_QUOTATION: [u8; 3] = bytes_of('”');
const OPENS_TITLE: [u8; 3] = bytes_of('《');
const CLOSES_TITLE: [u8; 3] = bytes_of('》');

fn in_name(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    let mut start = n.start;
    for _ in 0..=NAME_REACH {
        if let Some((name, ())) = lexicon.names.prefix(&text[start..])
            && start + name.len() > n.start
            // 十分之一
            && !(name == "十分" && n.form == Form::Percent)
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

/// How far behind 六大 the name of a programme may end, in bytes.
const PROGRAMME_REACH: usize = 36;

/// Nouns for things said.
const ABSTRACT: [&str; 13] = ["问题", "机制", "方法", "诉求", "要点", "定位", "矛盾", "需求", "意识", "任务", "关切", "方面", "要求"];

/// 四个现代化, 三大革命运动: a small number in words, a measure word, and a noun that makes a set phrase of them.
fn is_slogan(text: &str, n: &Numeral, lexicon: &Lexicon) -> bool {
    if n.form != Form::Chinese || !(2.0..=10.0).contains(&n.low) || n.low < n.high {
        return false;
    }
    let tail = &text[n.end..];
    if let Some(noun) = tail.strip_prefix('大') {
        if lists_as_many(&text[..n.start], n) && lexicon.slogans.prefix(noun).is_none() {
            return false;
        }
        // 六大重大科技战略行动: the name of a programme.
        let end = noun.char_indices().find(|(i, c)| *i >= PROGRAMME_REACH || !c.is_alphabetic()).map_or(noun.len(), |(i, _)| i);
        if holds!(noun[..end], ["行动", "战略", "方案", "计划", "能力", "体系", "考古", "优势", "关系", "规划"])
            || noun[..end].ends_with("工程")
        {
            return true;
        }
    }
    let noun = tail.strip_prefix(['个', '大', '项', '种', '类', '条', '点', '支']);
    // “谁来建、怎么建”两个问题: what was said in full is only called so.
    if let Some(noun) = noun.filter(|_| text[..n.start].ends_with('”')) {
        let end = noun.char_indices().find(|(i, c)| *i >= PROGRAMME_REACH || !c.is_alphabetic()).map_or(noun.len(), |(i, _)| i);
        if ABSTRACT.iter().any(|w| noun[..end].contains(w)) {
            return true;
        }
    }
    // 五个“必须”: what is in quotation marks is not counted.
    let set_phrase = |(word, ()): (&str, &())| word != "现代化" || !tail.starts_with('大');
    noun.is_some_and(|noun| noun.starts_with('“') || lexicon.slogans.prefix(noun).is_some_and(set_phrase))
}

/// How far before the number of a list its first member may stand, in bytes.
const LIST_REACH: usize = 240;

/// 防洪、供水、灌溉三大工程: whether as many things are listed right before the number as it says.
fn lists_as_many(left: &str, n: &Numeral) -> bool {
    let near = &left[left.floor_char_boundary(left.len().saturating_sub(LIST_REACH))..];
    let clause = near.rfind(['，', '。', '；', '：', '！', '”']).map_or(near, |at| &near[at..]);
    let marks = clause.matches('、').count();
    let last = clause.rsplit('、').next().unwrap_or(clause);
    let joined = ["以及", "和", "及", "与"].iter().any(|w| last.find(w).is_some_and(|at| at > 0 && at + w.len() < last.len()));
    let items = |more: usize| marks > 0 && (marks + more) as f64 == n.low;
    items(1) || joined && items(2)
}

/// Whether the number is a figure only with a comparator: a lone multiplier, or 一 as an article.
pub(crate) fn needs_comparator(text: &str, n: &Numeral, unit: Option<&str>) -> bool {
    // 提前一年, 延长一个月; 惠及百万群众
    let left = &text[..n.start];
    let lasts = matches!(unit, Some("year" | "month" | "day" | "other:周")) && ends!(left, ["提前", "延长", "推迟", "缩短"]);
    n.form == Form::Bare && !n.more && !left.ends_with("惠及")
        || is_article(n) && !lasts && !matches!(unit, Some("times" | "pp" | "percent"))
}

/// 一 that may be an article.
pub(crate) fn is_article(n: &Numeral) -> bool {
    n.form == Form::Chinese && n.low == 1.0 && n.high == 1.0
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
        // 10个行动计划, 7项制度: what is counted is no name.
        Some((name, ())) if unit == Some("item") => matches!(name, "级" | "星级" | "型" | "产业结构"),
        Some(_) => true,
        None => false,
    }
}

/// 三年行动, 过去五年, 两年内, 近三年: a stretch of time that measures nothing.
pub(crate) fn time_frame(text: &str, n: &Numeral, unit: &str, end: usize, compared: bool) -> bool {
    let (left, right) = (&text[..n.start], &text[end..]);
    match unit {
        // 30年以上燃气管道
        "year"
            if text[n.end..end].ends_with('年') && right.starts_with("以上") && right["以上".len()..].starts_with(char::is_alphabetic) =>
        {
            false
        }
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
                "时隔",
                "运行",
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
                && !(right.starts_with('的') && right.chars().take(12).any(|c| c == '史'))
                || right.starts_with(['来', '前', '后', '内'])
        }
        "month" | "day" if left.ends_with("提前") => false,
        "month" => {
            compared_out(left)
                || right.starts_with(['来', '前', '后', '内'])
                || right.starts_with("以来")
                || left.ends_with(['近', '前', '后', '头', '首'])
        }
        "day" => right.starts_with(['来', '前', '后']) || left.ends_with(['近', '前', '后', '头']),
        _ => false,
    }
}

fn compared_out(left: &str) -> bool {
    left.ends_with("过去") || left.ends_with("最近")
}
