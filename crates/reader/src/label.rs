//! What a figure measures: its label, from the words around it or carried over.

mod counted;
mod lists;
mod owners;

use pledgebook_lexicon::{Lexicon, Measure};

use crate::clause;
use crate::core::{Core, Shape};
use crate::figures::{Ground, Spot};
use crate::reading::Figure;
use crate::threshold;
use crate::words::{Starts, ends, holds, starts};
use counted::{counted, counted_of, is_measure, join, joins_counts, medals, of_the_next, speed};
use lists::{is_word, joined_pair, last_said, listed_before, lists_again, next_respective, respective, said, with_verb};
use owners::{in_circumstance, owned, previous_clause, reaching};

/// A label with the rule that found it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    /// In the script of the document.
    pub text: String,
    /// As the lexicon would write it.
    pub folded: String,
    pub rule: &'static str,
}

/// The labels of a sentence so far.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// The subject that later numbers carry over.
    subject: Option<Label>,
    /// What the share was of that the subject now names (国防费支出 of 国防费支出占财政支出).
    whole: Option<Label>,
    /// The subjects of a 分别 list, and which comes next.
    respective: Vec<Label>,
    next: usize,
    /// Where the last number's words ended.
    seen: usize,
}

impl Labels {
    pub(crate) fn start_sentence(&mut self) {
        self.subject = None;
        self.whole = None;
        self.respective.clear();
        self.next = 0;
    }
}

/// Finds the label of a core; `before` are the figures of its sentence so far.
pub(crate) fn label(
    ground: &Ground<'_>,
    core: &Core,
    spot: &Spot,
    previous: Option<&Core>,
    before: &[Figure],
    labels: &mut Labels,
) -> Label {
    let text = ground.text;
    if let Some(named) = medals(ground, core, spot).or_else(|| speed(ground, core, spot)) {
        labels.seen = core.outer_end;
        labels.subject = Some(named.clone());
        return named;
    }
    if matches!(core.shape, Shape::Part(k) if k > 0) {
        return inherited(labels).unwrap_or_default();
    }
    if core.shape == Shape::Threshold {
        let (start, end) = threshold::named(text, core, spot.to, ground.lexicon);
        let noun = make(ground, start, end, "label.counted");
        // 年销售收入超10亿元的企业: the size is of something the clause names.
        return match own_subject(ground, spot).filter(|_| core.bounded_before) {
            Some(of) => Label { text: noun.text + &of.text, folded: noun.folded + &of.folded, rule: "label.joined" },
            None => noun,
        };
    }
    let found = if spot.continues(text, core, previous) && spot.left.predicate.is_none() && own_subject(ground, spot).is_none() {
        next_respective(labels).or_else(|| counted_of(ground, core, spot, labels)).or_else(|| inherited(labels))
    } else {
        fresh(ground, core, spot, previous, before, labels)
    };
    labels.seen = core.outer_end;
    let mut label = found.map_or_else(Label::default, without_notes);
    // 国防费支出65亿元，占财政支出的20%，增长11%: the spending grew, not its share.
    let grew = spot.left.predicate.is_some_and(|p| p.measure == Measure::Growth) && core.unit.as_ref().is_none_or(|u| u.as_str() != "pp");
    if label.rule == "label.inherited"
        && grew
        && let Some(whole) = labels.whole.take()
    {
        label = Label { rule: label.rule, ..whole.clone() };
        labels.subject = Some(whole);
    }
    if spot.left.lasting {
        labels.subject = own_subject(ground, spot).or(labels.subject.take());
    } else if !label.text.is_empty() && !matches!(label.rule, "label.respective" | "label.inherited") {
        let before = labels.subject.replace(label.clone());
        labels.whole = before.filter(|of| label.folded.strip_prefix(of.folded.as_str()).is_some_and(|rest| rest.starts_with('占')));
    }
    label
}

/// 地区生产总值[2]: the marks of notes are no part of a name.
fn without_notes(label: Label) -> Label {
    if !label.folded.contains('[') {
        return label;
    }
    let mut kept = Label { rule: label.rule, ..Label::default() };
    let (mut written, mut folded) = (label.text.chars(), label.folded.as_str());
    // The two scripts have a character each for the other's.
    while let Some(c) = folded.chars().next() {
        let mark = folded.strip_prefix('[').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let mark = mark.filter(|rest| folded.len() - rest.len() > 1).and_then(|rest| rest.strip_prefix(']'));
        if let Some(rest) = mark {
            written.by_ref().take(folded.len() - rest.len()).for_each(drop);
            folded = rest;
            continue;
        }
        kept.folded.push(c);
        kept.text.extend(written.next());
        folded = &folded[c.len_utf8()..];
    }
    kept
}

fn fresh(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>, before: &[Figure], labels: &mut Labels) -> Option<Label> {
    if spot.left.respective || joined_pair(ground, core, spot) {
        let (start, end) = spot.left.subject;
        let items = if start < end { respective(ground, start, end, spot.run) } else { Vec::new() };
        if items.len() > 1 {
            labels.subject = Some(make(ground, start, end, "label.subject"));
            labels.respective = items;
            labels.next = 0;
            return next_respective(labels);
        }
        if start >= end && labels.respective.is_empty() {
            // 生产钾肥74万吨、碳酸锂13万吨，分别增长…: of what had its numbers right before.
            let basis = |words: &str| {
                words.trim_matches(|c| !is_word(c)).is_empty() || clause::basis(words.trim_matches(|c| !is_word(c))).is_some()
            };
            if spot.run > 1 && previous.is_some_and(|p| basis(&ground.text[p.outer_end..spot.clause.start.max(p.outer_end)])) {
                labels.respective = last_said(before, spot.run);
            }
            if labels.respective.is_empty() {
                labels.respective = listed_before(ground, spot);
            }
            labels.next = 0;
            if let Some(label) = next_respective(labels) {
                return Some(label);
            }
        }
        // 从50%、75%分别提高至…: the list goes on from the start again.
        if start >= end && !labels.respective.is_empty() {
            labels.next = 0;
            return next_respective(labels);
        }
    } else if spot.run == 2 && labels.respective.is_empty() && lists_again(ground, core, spot) && said(before).len() == 2 {
        labels.respective = last_said(before, 2);
        labels.next = 0;
        return next_respective(labels);
    } else if spot.run == labels.respective.len() && own_subject(ground, spot).is_none() && spot.left.predicate.is_some() {
        // …分别达6.9万元、3.4万元，增长4.2%、5.3%: the same list once more.
        labels.next = 0;
        return next_respective(labels);
    } else {
        labels.respective.clear();
    }
    if let Some(label) = in_circumstance(ground, core, spot, previous) {
        return Some(label);
    }
    let subject = own_subject(ground, spot).filter(|_| !joins_counts(ground, core, spot, previous));
    let counted = counted(ground, core, spot).or_else(|| of_the_next(ground, core, spot));
    if spot.left.lasting && is_duration(core) {
        let short = ground.text[core.outer_end..spot.to].chars().count() <= 4;
        let carried = || previous.filter(|_| short).and(inherited(labels));
        return Some(lasting(ground, core, spot, &subject.or_else(carried).unwrap_or_default()));
    }
    if let Some(label) = reaching(ground, core, spot, subject.as_ref(), counted.as_ref(), labels) {
        return Some(label);
    }
    match (subject, counted) {
        // 土地承包期再延长30年的政策: the noun after a span of time is not what lasts.
        (Some(subject), Some(_)) if is_duration(core) && spot.left.predicate.is_some() => Some(subject),
        // 成为首个年吞吐量超过5000万标准箱的大港: the size of what the clause speaks of.
        (Some(subject), Some(_)) if sizes(ground, core, &subject) => Some(without_first(&subject)),
        (Some(subject), None) => Some(with_verb(ground, core, spot, previous, owned(ground, spot, subject, core, labels), labels)),
        // 综合能耗由2.5吨煤降低到2.3吨煤: the noun after the number is only its measure.
        (None, Some(_)) if spot.left.reached && labels.subject.is_some() && is_measure(core) => inherited(labels),
        (None, Some(_)) => counted_of(ground, core, spot, labels),
        (Some(subject), Some(counted)) => Some(join(ground, core, spot, subject, counted)),
        (None, None) => {
            if previous.is_some() || labels.subject.is_some() {
                inherited(labels)
            } else {
                previous_clause(ground, spot)
            }
        }
    }
}

/// 数字经济增速连续9年位居全国前列: what lasted is the subject with what is said of it after the number.
fn lasting(ground: &Ground<'_>, core: &Core, spot: &Spot, subject: &Label) -> Label {
    let rest = ground.text[core.outer_end..].find(['，', '。', '；', '、']).map_or(spot.to, |i| core.outer_end + i);
    let said = ground.original(core.outer_end, rest);
    Label {
        text: format!("{}{said}", subject.text),
        folded: format!("{}{}", subject.folded, &ground.text[core.outer_end..rest]),
        rule: "label.lasting",
    }
}

/// Whether the figure is a span of time.
fn is_duration(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "year" | "month" | "day" | "other:个季度" | "other:季度" | "other:周"))
}

fn inherited(labels: &Labels) -> Option<Label> {
    labels.subject.clone().map(|l| Label { rule: "label.inherited", ..l })
}

fn make(ground: &Ground<'_>, start: usize, end: usize, rule: &'static str) -> Label {
    Label { text: ground.original(start, end).to_owned(), folded: ground.text[start..end].to_owned(), rule }
}

/// The subject of the clause, its light verbs left out.
fn own_subject(ground: &Ground<'_>, spot: &Spot) -> Option<Label> {
    let (start, end) = spot.left.subject;
    let start = after_told(ground.text, start, end);
    let (start, mut end) = trim(ground.text, start, end, ground.lexicon);
    // 投资增长3%，是计划任务的2.1倍: of the investment.
    if ground.text[start..end].starts_with('是') {
        return None;
    }
    // 城乡居民收入比缩小到2.3∶1
    if spot.ratio && ground.text[end..].starts_with('比') {
        end += '比'.len_utf8();
    }
    (start < end).then(|| make(ground, start, end, "label.subject"))
}

/// 班列集结中心获批、全年开行班列909列: where the words about the number begin, after what was told before them.
fn after_told(text: &str, start: usize, end: usize) -> usize {
    let Some(at) = text[start..end].rfind('、') else { return start };
    let (before, after) = (&text[start..start + at], start + at + '、'.len_utf8());
    let told = starts!(text[after..end], ["全年", "累计", "力争", "预计"])
        || ends!(before, ["推进", "获批", "投产", "完工", "竣工", "投用", "开通", "成立", "落地", "挂牌", "启动", "见效"]);
    if told && before.chars().nth(3).is_some() { after } else { start }
}

/// Whether a size is given of a thing named after it: 总量突破5万亿元的城市.
fn sizes(ground: &Ground<'_>, core: &Core, subject: &Label) -> bool {
    ground.text[core.outer_end..].starts_with('的')
        && core.bounded_before
        && holds!(subject.folded, ["首个", "第一个", "唯一"])
        && ground.lexicon.heads.suffix(&subject.folded).is_some()
}

/// 城市成为全国首个经济总量: the quantity alone.
fn without_first(label: &Label) -> Label {
    const FIRST: Starts = Starts::new(&["首个", "第一个", "唯一"]);
    let from = FIRST.places(&label.folded).map(|(_, after)| label.folded.len() - after.len()).last().unwrap_or(0);
    Label { text: label.text[same_cut(label, from)..].to_owned(), folded: label.folded[from..].to_owned(), rule: label.rule }
}

/// Drops light verbs at the start and connectives at the end.
fn trim(text: &str, start: usize, mut end: usize, lexicon: &Lexicon) -> (usize, usize) {
    let mut start = start + after_whom(&text[start..end]);
    loop {
        let rest = &text[start..end];
        let kept = rest.trim_start_matches(['了', '、', '，', '的']);
        if kept.len() < rest.len() {
            start = end - kept.len();
            continue;
        }
        match lexicon.light_verbs.prefix(rest) {
            Some((verb, ())) if verb.len() > 3 || verb.len() == rest.len() => {
                // 建设用地: the verb is the first part of a noun.
                if verb.len() < rest.len() && rest[verb.len()..].starts_with(['用', '率', '期', '者', '费', '性', '力', '投']) {
                    break;
                }
                start += verb.len();
            }
            _ => break,
        }
    }
    let kept = text[start..end].trim_end_matches(['的', '、', '和', '与', '等', '了', '，', '：']);
    end = start + kept.len();
    (start, end)
}

/// 为困难群众提供法律咨询30万人次: how far whom it is done for, and the verb, are to be skipped.
fn after_whom(words: &str) -> usize {
    if !starts!(words, ["为", "围绕", "面向", "针对", "依托", "聚焦"]) {
        return 0;
    }
    let done = ["提供", "开展", "举办", "发放", "实施"].iter().filter_map(|w| words.find(w).map(|at| at + w.len())).min();
    // 为企业提供服务: without those it is for, little would be said.
    done.filter(|&at| words.len() - at >= "法律服务".len()).unwrap_or(0)
}

/// The place in a label's own script of a place in its folded form.
fn same_cut(label: &Label, folded: usize) -> usize {
    let chars = label.folded[..folded].chars().count();
    label.text.char_indices().nth(chars).map_or(label.text.len(), |(i, _)| i)
}
