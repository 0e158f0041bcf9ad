//! What a clause is, by the words at its head: an act asked for, an effect, a principle, a telling.

use std::ops::Range;

use pledgebook_lexicon::{Period, TaskSense, WordMap};

use super::deadline;

/// A clause of a sentence on work to be done. Offsets are bytes of the passage's folded text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    /// What it is; `None` when no word of the lexicon tells.
    pub sense: Option<TaskSense>,
    /// Whether an act is asked for in words (要, 必须, 将).
    pub asked: bool,
    /// The verb of an act or effect.
    pub action: Range<usize>,
    /// What stands after the verb.
    pub object: Range<usize>,
    /// The time by which it is to be done, where the clause begins with one.
    pub deadline: Period,
}

/// Words passed over before the verb; a clause with more of them says nothing.
const MOST_LEADS: usize = 8;

/// Reads the head of a clause.
pub(super) fn head(text: &str, clause: Range<usize>, words: &WordMap<TaskSense>, year: Option<i16>) -> Head {
    let end = clause.end;
    let mut at = clause.start;
    let mut head = Head { sense: None, asked: false, action: at..at, object: at..end, deadline: Period::Open };
    for _ in 0..MOST_LEADS {
        let rest = &text[at..end];
        let Some((word, &sense)) = words.prefix(rest) else {
            let Some((used, due)) = deadline::due(rest, year) else { break };
            head.deadline = due;
            at += used;
            continue;
        };
        match sense {
            TaskSense::Lead => at += word.len(),
            TaskSense::Modal => {
                head.asked = true;
                at += word.len();
            }
            TaskSense::Act | TaskSense::Effect => {
                let (sense, to) = chain(text, at, end, word.len(), sense, words);
                head.sense = Some(if done(&text[to..end]) { TaskSense::Telling } else { sense });
                head.action = at..to;
                head.object = to..end;
                // 完成各项任务 commits to nothing in particular.
                if ["各项任务", "各项工作"].iter().any(|w| text[to..end].ends_with(w)) {
                    head.sense = Some(TaskSense::Stance);
                }
                break;
            }
            TaskSense::Stance | TaskSense::Frame | TaskSense::Telling => {
                head.sense = Some(sense);
                break;
            }
            TaskSense::None => break,
        }
    }
    head
}

/// A verb and the one right after it or joined to it: 加快建设, 保护和利用. A verb that ends the clause is its object.
fn chain(text: &str, at: usize, end: usize, used: usize, sense: TaskSense, words: &WordMap<TaskSense>) -> (TaskSense, usize) {
    let verb = at + used;
    let joiner = ["、", "和", "并", "与"].iter().find(|j| text[verb..end].starts_with(**j)).map_or(0, |j| j.len());
    match words.prefix(&text[verb + joiner..end]) {
        Some((word, &next)) if matches!(next, TaskSense::Act | TaskSense::Effect) && verb + joiner + word.len() < end => {
            (if next == TaskSense::Act { next } else { sense }, verb + joiner + word.len())
        }
        _ => (sense, verb),
    }
}

/// A verb in the past: 建成了, 建成过.
fn done(after_verb: &str) -> bool {
    after_verb.starts_with('了') && !after_verb.starts_with("了解")
}

/// Looks inside a clause whose head tells nothing: an act asked for after its subject (各级政府要…), or the verb after what the
/// act is done to (为…开展筛查).
pub(super) fn inside(text: &str, clause: Range<usize>, framed: bool, words: &WordMap<TaskSense>, year: Option<i16>) -> Option<Head> {
    // 把稳就业放在首位 is a stance.
    if framed && ["摆在", "放在"].iter().any(|w| text[clause.clone()].contains(w)) {
        return Some(Head { sense: Some(TaskSense::Stance), ..head(text, clause, words, year) });
    }
    let mut at = clause.start;
    while let Some(c) = text[at..clause.end].chars().next() {
        let Some((word, &sense)) = words.prefix(&text[at..clause.end]) else {
            at += c.len_utf8();
            continue;
        };
        match sense {
            TaskSense::Modal if at > clause.start => {
                let mut found = head(text, at..clause.end, words, year);
                // 财政政策要加力提效 says what the policy is like.
                if text[clause.start..at].ends_with("政策") {
                    found.sense = Some(TaskSense::Stance);
                }
                return Some(found).filter(|f| f.sense.is_some());
            }
            TaskSense::Act | TaskSense::Effect if framed && at > clause.start && word.chars().nth(1).is_some() => {
                return Some(head(text, at..clause.end, words, year));
            }
            _ => at += word.len(),
        }
    }
    None
}

/// Whether the sentence argues: it says what something is, what it is good for, or what it would lead to.
pub(super) fn argues(text: &str, clauses: &[Range<usize>]) -> bool {
    const ABOUT_IT: [&str; 15] =
        ["是", "就是", "也是", "正是", "都是", "既是", "不仅是", "主要是", "就能", "才能", "就可以", "就会", "不是", "一定能", "必将"];
    let Some((first, rest)) = clauses.split_first() else { return false };
    let last = clauses.last().unwrap_or(first);
    let about = |clause: &Range<usize>| ABOUT_IT.iter().any(|w| text[clause.clone()].starts_with(w));
    says_what_is(&text[first.clone()])
        || rest.first().is_some_and(about)
        || about(last)
        || ["意义", "的基础", "的前提", "的保证", "的关键"].iter().any(|w| text[last.clone()].ends_with(w))
}

/// Whether a clause says what something is: 发展农业是发展工业的基础.
fn says_what_is(clause: &str) -> bool {
    // 特别是, 但是, 实事求是 and their like say nothing.
    let other_word = |before: &str| {
        before.is_empty()
            || before.ends_with(['别', '其', '总', '凡', '但', '还', '可', '若', '只', '于', '国', '非', '不'])
            || before.ends_with("实事求")
    };
    clause.match_indices('是').any(|(at, _)| !other_word(&clause[..at]))
}

/// Whether a clause speaks of a year before the report's: 一九五九年, 从1953年到….
pub(super) fn looks_back(clause: &str, year: Option<i16>) -> bool {
    let Some(year) = year else { return false };
    let rest = ["从", "到", "在", "自", "同", "比", "截至", "按照"].iter().find_map(|w| clause.strip_prefix(w)).unwrap_or(clause);
    let mut named = 0;
    let mut chars = rest.chars();
    for _ in 0..4 {
        let Some(digit) = chars.next().and_then(|c| {
            c.to_digit(10)
                .or_else(|| "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' || c == '○') && d == '〇').map(|i| i as u32))
        }) else {
            return false;
        };
        named = named * 10 + digit as i16;
    }
    (1900..year).contains(&named) && chars.as_str().starts_with(['年', '、', '和', '至', '到'])
}
