//! Whether a numeral after 第 or 前 is a place in an order.

use crate::numeral::{Form, Numeral, digit};
use crate::words::{ends, holds, starts};

/// Whether a numeral after 第 is a place in an order (居全国第3位) and no ordinal (第三次会议).
pub(crate) fn is_rank(text: &str, n: &Numeral) -> bool {
    let Some(left) = text[..n.start].strip_suffix('第') else { return false };
    let right = &text[n.end..];
    // 放在第一位: what comes first, not who.
    if ends!(left, ["放在", "摆在", "放到", "摆到", "作为", "看作", "列为"]) {
        return false;
    }
    let ends = |t: &str| t.is_empty() || t.starts_with(['，', '。', '；', '、', '！', '：', '）', '”']);
    let by_place = among(left) || placed_in_clause(left) || follows_rank(left);
    let unit = right.strip_prefix(['位', '名']);
    // 从第9名提升至第2名
    let moved = left.ends_with(['从', '由'])
        && unit.is_some_and(|rest| starts!(rest, ["提升", "上升", "跃升", "升至", "升到", "前移", "晋升", "下降", "后移", "降至"]));
    if moved {
        return true;
    }
    match unit {
        Some(rest) => by_place || ends(rest),
        None => by_place && (ends(right) || right.starts_with('的') || right.starts_with("大") && ends(&right["大".len()..])),
    }
}

/// 第8位、第4位: whether another rank stands right before, in a list.
fn follows_rank(left: &str) -> bool {
    let Some(before) = left.strip_suffix('、').and_then(|before| before.strip_suffix(['位', '名'])) else { return false };
    before.trim_end_matches(|c: char| c.is_ascii_digit() || digit(c).is_some() || c == '十').ends_with('第')
}

/// Whether a numeral after 前 tells within how many places one stands: 进入全国前十, 居世界前五位.
pub(crate) fn is_within(text: &str, n: &Numeral) -> bool {
    let Some(left) = text[..n.start].strip_suffix('前') else { return false };
    let tail = &text[n.end..];
    let ends = tail.is_empty() || tail.starts_with(['，', '。', '；', '、', '！', '）', '行']);
    let placed = n.form != Form::Bare && n.multiplier <= 100.0 && (among(left) || placed_in_clause(left));
    placed && (tail.starts_with(['位', '名']) || ends)
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

/// 稳居西部和边境省区第一: the verb stands before a longer name of those among whom the rank is given.
fn placed_in_clause(left: &str) -> bool {
    let clause = left.rfind(['，', '。', '；', '、', '：']).map_or(left, |at| &left[at..]);
    let near = clause.char_indices().rev().nth(PLACE_REACH).map_or(clause, |(at, _)| &clause[at..]);
    holds!(near, ["稳居", "位居", "跃居", "位列", "名列", "排名", "跻身", "进入", "考评", "考核", "评比"])
}

/// How far before a rank its verb may stand, in characters.
const PLACE_REACH: usize = 30;

/// Whether words end in the verb of a rank or in those among whom it is given.
fn among(left: &str) -> bool {
    ends!(left, PLACED)
}
