//! What a government says of its own goals (CODEBOOK, "Claims").

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use pledgebook_document::{Document, PassageKind, Span};
use pledgebook_lexicon::{Claimed, Lexicon, Measure, Role};

use super::parts;
use super::subject::Subject;
use crate::reading::{Claim, Figure};
use crate::words::{starts, strip_start};

/// Every claim names one of these; the rest of the text is never looked at.
static FINDERS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["完成", "预期", "目标"].map(Finder::new));

/// What ends a clause.
const SEPARATORS: [char; 8] = ['，', '；', '。', '！', '：', '、', ';', '\n'];

/// The claims of a document. A label that the clause does not give is that of the figure before it in the sentence.
pub(crate) fn claims(document: &Document, lexicon: &Lexicon, figures: &[Figure]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut hits = Vec::new();
    for passage in document.passages.iter().filter(|p| matches!(p.role, Role::Review | Role::Problem | Role::Opening)) {
        if passage.kind == PassageKind::Title {
            continue;
        }
        let base = document.folded.folded(passage.span.start as usize);
        let text = &document.folded.as_str()[base..document.folded.folded(passage.span.end as usize)];
        hits.clear();
        for finder in &*FINDERS {
            hits.extend(finder.find_iter(text.as_bytes()));
        }
        hits.sort_unstable();
        let mut seen = 0;
        for &hit in &hits {
            if hit < seen {
                continue;
            }
            let clause = clause_around(text, hit);
            seen = clause.end;
            let Some(found) = Found::in_clause(&text[clause.clone()], lexicon) else { continue };
            let sentence = text[..clause.start].rfind(['。', '！']).map_or(0, |i| i + '。'.len_utf8());
            let place = Place { document, lexicon, base, text, figures };
            claims.extend(place.claims(&found, &clause, sentence));
        }
    }
    claims
}

/// The clause that holds a place; a 、 ends it only before a verb of a claim.
fn clause_around(text: &str, at: usize) -> Range<usize> {
    let ends = |c: char| SEPARATORS.contains(&c) && c != '、';
    let start = text[..at].rfind(ends).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(ends).map_or(text.len(), |i| at + i);
    start + parts::mark(&text[start..end])..end
}

/// A claim in a clause. Offsets are bytes of the clause.
struct Found {
    claimed: Claimed,
    /// What stands before the verb.
    before: Range<usize>,
    /// What stands after it.
    after: Range<usize>,
}

impl Found {
    fn in_clause(clause: &str, lexicon: &Lexicon) -> Option<Found> {
        let goals = &lexicon.goals;
        let (mut first, mut last): (Option<usize>, Option<(usize, Claimed)>) = (None, None);
        let mut named = false;
        let mut at = 0;
        while let Some(c) = clause[at..].chars().next() {
            let rest = &clause[at..];
            if goals.claim_against.prefix(rest).is_some() {
                return None;
            }
            named |= goals.claim_goals.prefix(rest).is_some();
            match goals.claims.prefix(rest) {
                Some((word, &claimed)) if measures(word, &rest[word.len()..], lexicon) => {
                    first.get_or_insert(at);
                    at += word.len();
                    // 全面完成并好于预期: the better word counts.
                    if last.is_none_or(|(_, before)| before == Claimed::Met) {
                        last = Some((at, claimed));
                    }
                }
                _ => at += c.len_utf8(),
            }
        }
        let (first, (end, claimed)) = (first?, last?);
        let after = clause[end..].trim_start_matches(['了', '：']);
        // 未达预期的局面, 超额完成计划的企业: said in passing.
        let passing = after.match_indices('的').any(|(i, de)| {
            let (goal, thing) = (&after[..i], &after[i + de.len()..]);
            goals.claim_goals.suffix(goal).is_some()
                && !thing.starts_with(|c: char| c.is_ascii_digit() || "百一二三四五六七八九".contains(c))
        });
        (named && !passing).then_some(Found { claimed, before: 0..first, after: clause.len() - after.len()..clause.len() })
    }
}

/// Words that compare (好于, 达到, 低于) are claims only right before what was hoped for.
fn measures(word: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let compares =
        ["好于", "优于", "高于", "超过", "超出", "低于", "不及", "符合", "达到", "提前达到", "未达到", "未达", "没有达到", "未能达到"]
            .contains(&word);
    if !compares {
        return true;
    }
    let rest = rest.trim_start_matches(['了']);
    let mut rest = rest;
    loop {
        if lexicon.goals.claim_goals.prefix(rest).is_some() {
            return true;
        }
        let qualified = strip_start!(rest, ["年初", "全年", "年度", "国家", "规划", "原定", "“十", "省", "既定", "下达", "考核", "主要"]);
        let Some(shorter) = qualified else { return false };
        rest = shorter.find('”').filter(|&i| i <= 9).map_or(shorter, |i| &shorter[i + '”'.len_utf8()..]);
    }
}

/// Where a claim was found.
struct Place<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    /// Where the passage starts in the folded copy.
    base: usize,
    text: &'a str,
    figures: &'a [Figure],
}

impl Place<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        self.document.unfold(self.base + range.start, self.base + range.end)
    }

    /// The claims of a clause, one for each subject that is an indicator.
    fn claims(&self, found: &Found, clause: &Range<usize>, sentence: usize) -> Vec<Claim> {
        let words = &self.text[clause.clone()];
        let span = self.span(clause);
        let claimed = self.by_percent(found, span).unwrap_or(found.claimed);
        let made = |label: String, indicator| Claim { span, label, indicator, claimed, rules: vec!["claim.wording"] };
        let subject = subject_of(&words[found.before.clone()]);
        let said = &words[subject.clone()];
        if said.is_empty() || names_only_a_goal(said) || matches!(said, "增速" | "增幅" | "速度" | "总量") {
            // 好于预期, 增速高于预期目标, 均超额完成国家下达任务: of what was said before.
            let object = trimmed_end(words, found.after.clone());
            let nothing_named = object.is_empty() || names_only_a_goal(&words[object.clone()]);
            if (nothing_named || words.starts_with(['均', '都']))
                && let Some((label, indicator)) = self.said_before(clause.start, sentence)
            {
                return vec![made(label, indicator)];
            }
            let label = if nothing_named && !said.is_empty() { subject } else { object };
            let indicator = Subject::of(self.lexicon, words, label.clone(), Measure::Growth).indicator;
            return vec![made(self.original(clause, &label), indicator)];
        }
        let subjects = Subject::several(self.lexicon, words, subject.clone(), Measure::Growth);
        match &subjects[..] {
            // The label keeps its words: 主要目标任务, 经济增长.
            [one] => vec![made(self.original(clause, &subject), one.indicator)],
            _ => subjects.iter().map(|one| made(self.original(clause, &one.range), one.indicator)).collect(),
        }
    }

    /// What the sentence spoke of before: its last figure's label, or the last indicator that it named.
    fn said_before(&self, clause: usize, sentence: usize) -> Option<(String, Option<&'static str>)> {
        let before = self.span(&(sentence..clause));
        if let Some(figure) = self.figures_in(before).last() {
            return Some((figure.label.clone(), figure.indicator));
        }
        let words = &self.text[sentence..clause];
        let (mut at, mut named) = (0, None);
        while let Some(c) = words[at..].chars().next() {
            let ends = words[at..].char_indices().map(|(i, c)| i + c.len_utf8()).take(14);
            match ends.filter_map(|len| self.lexicon.indicator_named(&words[at..at + len]).map(|found| (len, found.id))).last() {
                Some((len, id)) => {
                    named = Some((at..at + len, id));
                    at += len;
                }
                None => at += c.len_utf8(),
            }
        }
        let (range, id) = named?;
        Some((self.original(&(sentence..clause), &range), Some(id)))
    }

    /// 完成计划的98.7%: the number says what became of it.
    fn by_percent(&self, found: &Found, span: Span) -> Option<Claimed> {
        if found.claimed != Claimed::Met {
            return None;
        }
        let percent = self.figures_in(span).find(|f| f.unit.as_str() == "percent")?.value.low;
        Some(match percent {
            p if p > 100.0 => Claimed::Exceeded,
            p if p < 100.0 => Claimed::Missed,
            _ => Claimed::Met,
        })
    }

    fn figures_in(&self, span: Span) -> impl Iterator<Item = &Figure> {
        let from = self.figures.partition_point(|f| f.span.start < span.start);
        self.figures[from..].iter().take_while(move |f| f.span.end <= span.end)
    }

    fn original(&self, clause: &Range<usize>, part: &Range<usize>) -> String {
        self.document.slice(self.span(&(clause.start + part.start..clause.start + part.end))).to_owned()
    }
}

/// Who or what the claim is about, of the words before its verb.
fn subject_of(before: &str) -> Range<usize> {
    let mut from = 0;
    let leads = [
        "去年",
        "今年",
        "同时",
        "其中",
        "预计",
        "并且",
        "并",
        "也",
        "均",
        "都",
        "已",
        "不仅",
        "较好",
        "总体上",
        "总体",
        "全部",
        "比较全面地",
        "我们",
        "我省",
        "全省",
        "全市",
        "全区",
        "但",
        "但是",
        "而且",
        "实际",
        "已经",
    ];
    while let Some(lead) = leads.iter().filter(|lead| before[from..].starts_with(**lead)).map(|lead| lead.len()).max() {
        from += lead;
    }
    // 在复杂环境中完成…: no subject.
    if starts!(before[from..], ["在", "经过", "通过", "面对", "用", "即用", "按", "以"]) {
        return from..from;
    }
    let mut to = before.len();
    let trails = [
        "也",
        "均",
        "都",
        "已",
        "已经",
        "分别",
        "全部",
        "仍",
        "还",
        "继续",
        "双双",
        "只",
        "仅",
        "再次",
        "连续",
        "绝大多数",
        "绝大部分",
        "大部分",
        "预计",
        "提前",
        "明显",
        "大幅",
        "的",
        "较好",
        "圆满",
        "顺利",
        "全面",
        "两个指标",
        "三个指标",
        "提前一年",
        "提前两年",
        "完成和",
        "完成或",
        "可以",
        "并",
    ];
    while let Some(trail) = trails.iter().filter(|trail| before[from..to].ends_with(**trail)).map(|trail| trail.len()).max() {
        to -= trail;
    }
    let years = before[from..to].trim_end_matches(|c: char| c == '年' || c.is_ascii_digit());
    from..from + years.strip_suffix("连续").map_or(to - from, str::len)
}

/// The goal that a verb acts on: its words up to a bracket, or to what only goes on with other comparisons.
fn trimmed_end(words: &str, after: Range<usize>) -> Range<usize> {
    let object = &words[after.clone()];
    let percent = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("百分之");
    let ends = |i: usize, c: char| match c {
        '（' => true,
        '、' => names_only_a_goal(&object[..i]),
        '的' => names_only_a_goal(&object[..i]) && percent(&object[i + c.len_utf8()..]),
        _ => false,
    };
    let end = object.char_indices().find(|&(i, c)| ends(i, c)).map_or(object.len(), |(i, _)| i);
    after.start..after.start + end
}

/// Whether words say only that there was a goal: 预期目标, 国家下达目标任务.
fn names_only_a_goal(words: &str) -> bool {
    const PARTS: [&str; 17] = [
        "国家", "省", "下达", "的", "年度", "全年", "目标", "任务", "预期", "计划", "考核", "规划", "年初", "确定", "增长", "主要", "激励",
    ];
    let mut rest = words;
    while let Some(shorter) = strip_start!(rest, PARTS) {
        rest = shorter;
    }
    rest.is_empty() && !words.is_empty() && !words.contains("主要")
}
