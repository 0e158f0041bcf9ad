//! What a clause is, by the words at its head: an act asked for, an effect, a principle, a telling.

use std::ops::Range;

use pledgebook_lexicon::{Period, TaskSense, TaskWord, WordMap};

use super::deadline;
use crate::signs::Signs;
use crate::words::{ends, holds, starts, strip_start};

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

/// What reads the clauses of a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clauses<'a> {
    /// The passage's folded text.
    pub text: &'a str,
    /// The words of the lexicon.
    pub words: &'a WordMap<TaskWord>,
    /// Its signs.
    pub signs: Signs<'a>,
    /// The report's year.
    pub year: Option<i16>,
}

impl Clauses<'_> {
    /// Reads the head of a clause.
    pub(super) fn head(&self, clause: &Range<usize>) -> Head {
        let end = clause.end;
        let mut at = clause.start;
        let mut head = Head { sense: None, asked: false, action: at..at, object: at..end, deadline: Period::Open };
        for _ in 0..MOST_LEADS {
            let rest = &self.text[at..end];
            let Some((word, &told)) = self.words.prefix(rest) else {
                let Some((used, due)) = deadline::due(rest, self.year) else { break };
                head.deadline = due;
                at += used;
                continue;
            };
            match told.sense {
                TaskSense::Lead => at += word.len(),
                TaskSense::Modal => {
                    head.asked = true;
                    at += word.len();
                }
                TaskSense::Act | TaskSense::Effect => {
                    self.verb(&mut head, at, word.len(), told);
                    break;
                }
                TaskSense::Stance | TaskSense::Frame | TaskSense::Telling | TaskSense::Argument => {
                    head.sense = Some(told.sense);
                    break;
                }
                TaskSense::None => break,
            }
        }
        head
    }

    /// The verb at `at` and what it acts on.
    fn verb(&self, head: &mut Head, at: usize, used: usize, told: TaskWord) {
        let end = head.object.end;
        let (sense, to) = self.chain(at + used, end, told);
        let object = &self.text[to..end];
        // 确保6月底前完成: the time stands behind the verb.
        if told.helper
            && let Some((_, due)) = deadline::due(object, self.year)
        {
            head.deadline = due;
        }
        head.action = at..to;
        head.object = to..end;
        // 建成了 is done; 完成各项任务 commits to nothing in particular.
        let done = object.starts_with('了') && !object.starts_with("了解");
        let vague = object.ends_with("各项任务") || object.ends_with("各项工作");
        head.sense = Some(if done {
            TaskSense::Telling
        } else if vague {
            TaskSense::Stance
        } else {
            sense
        });
    }

    /// A verb and the one joined to it, or right after it when it is a helper: 保护和利用, 加快建设. A verb that ends the clause is
    /// what the first acts on.
    fn chain(&self, verb: usize, end: usize, told: TaskWord) -> (TaskSense, usize) {
        let rest = &self.text[verb..end];
        let joiner = strip_start!(rest, ["、", "和", "并", "与"]).map_or(0, |after| rest.len() - after.len());
        if joiner == 0 && !told.helper {
            return (told.sense, verb);
        }
        match self.words.prefix(&rest[joiner..]) {
            Some((word, next)) if matches!(next.sense, TaskSense::Act | TaskSense::Effect) && joiner + word.len() < rest.len() => {
                // 加快实现 wants an effect, 推动实施 an act; of joined verbs the act counts.
                let sense = if joiner == 0 || told.sense == TaskSense::Effect { next.sense } else { told.sense };
                (sense, verb + joiner + word.len())
            }
            _ => (told.sense, verb),
        }
    }

    /// Looks inside a clause whose head tells nothing: an act asked for after its subject (各级政府要…), or the verb after what the
    /// act is done to (为…开展筛查), when the clause is `framed`.
    pub(super) fn inside(&self, clause: &Range<usize>, framed: bool) -> Option<Head> {
        // 把稳就业放在首位 is a stance.
        if framed && holds!(self.text[clause.clone()], ["摆在", "放在"]) {
            return Some(Head { sense: Some(TaskSense::Stance), ..self.head(clause) });
        }
        if !framed && !self.signs.asks(clause) {
            return None;
        }
        let mut framed = framed;
        let mut asked = false;
        let text = &self.text[..clause.end];
        let mut from = clause.start;
        while let Some((at, word, told)) = self.words.find_from(text, from) {
            from = at + word.len();
            match told.sense {
                TaskSense::Modal if at > clause.start => {
                    let mut found = self.head(&(at..clause.end));
                    // 财政政策要加力提效 says what the policy is like.
                    if self.text[clause.start..at].ends_with("政策") {
                        found.sense = Some(TaskSense::Stance);
                    }
                    if !matches!(found.sense, None | Some(TaskSense::Frame)) {
                        return Some(found);
                    }
                    // 拟按3%安排: the verb comes after its frame.
                    framed = true;
                    asked = true;
                }
                TaskSense::Act | TaskSense::Effect if framed && at > clause.start && word.chars().nth(1).is_some() => {
                    let found = self.head(&(at..clause.end));
                    // 用产权保护、要素流动…, 在田间管理方面…: a noun of the frame.
                    let object = &text[found.object.clone()];
                    let noun = object.starts_with(['、', '的', '和', '与']) || (1..=2).contains(&object.chars().take(3).count());
                    if !noun && !ends!(object, ["方面", "中", "上", "下", "时", "后", "以前", "之前", "时候"]) {
                        return Some(Head { asked: asked || found.asked, ..found });
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Whether the sentence argues: it says what something is, what it is good for, or what it would lead to.
pub(super) fn argues(text: &str, signs: Signs<'_>, clauses: &[Range<usize>]) -> bool {
    let Some((first, rest)) = clauses.split_first() else { return false };
    let last = clauses.last().unwrap_or(first);
    let about = |clause: &Range<usize>| {
        let words = &text[clause.clone()];
        starts!(
            words,
            [
                "是",
                "就是",
                "也是",
                "正是",
                "都是",
                "既是",
                "不仅是",
                "主要是",
                "就能",
                "才能",
                "就可以",
                "就会",
                "就更能",
                "更能够",
                "不是",
                "一定能",
                "必将"
            ]
        ) && !words.starts_with("就是要")
    };
    says_what_is(text, signs, first)
        || rest.first().is_some_and(about)
        || about(last)
        || ends!(text[last.clone()], ["意义", "的基础", "的前提", "的保证", "的关键", "有重要的作用", "有重要作用", "有重大作用"])
}

/// Whether a clause says what something is: 发展农业是发展工业的基础.
pub(super) fn says_what_is(text: &str, signs: Signs<'_>, clause: &Range<usize>) -> bool {
    // 特别是, 但是, 实事求是 and their like say nothing.
    let other_word = |before: &str| {
        before.is_empty()
            || before.ends_with(['别', '其', '总', '凡', '但', '还', '可', '若', '只', '于', '国', '非', '不'])
            || before.ends_with("实事求")
    };
    signs.letters(clause).any(|sign| sign.char == '是' && !other_word(&text[clause.start..sign.at]))
}

/// Whether a clause speaks of a year before the report's: 一九五九年, 从1953年到….
pub(super) fn looks_back(clause: &str, year: Option<i16>) -> bool {
    let Some(year) = year
        .filter(|_| clause.starts_with(|c| matches!(c, '0'..='9' | '一' | '二' | '从' | '到' | '在' | '自' | '同' | '比' | '截' | '按')))
    else {
        return false;
    };
    let rest = strip_start!(clause, ["从", "到", "在", "自", "同", "比", "截至", "按照"]).unwrap_or(clause);
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
