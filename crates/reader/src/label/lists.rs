//! Lists: the subjects of 分别, and what a list shares.

use pledgebook_lexicon::{Folded, Lexicon};

use super::counted::is_count;
use super::{Label, Labels, make, own_subject, same_cut, trim};
use crate::clause;
use crate::core::Core;
use crate::figures::{Ground, Spot};
use crate::reading::Figure;
use crate::words::ends;

/// The things of the sentence that had a number, each once, in order.
pub(super) fn said(before: &[Figure]) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for figure in before.iter().filter(|f| !f.label.is_empty() && !f.rules.contains(&"mode.threshold")) {
        if !said.contains(&figure.label.as_str()) {
            said.push(&figure.label);
        }
    }
    said
}

/// The last `count` things of the sentence that had a number, when it had so many.
pub(super) fn last_said(before: &[Figure], count: usize) -> Vec<Label> {
    let said = said(before);
    let label = |text: &&str| Label { text: (*text).to_owned(), folded: Folded::new(text).into_string(), rule: "label.respective" };
    said.len().checked_sub(count).map_or(Vec::new(), |from| said[from..].iter().map(label).collect())
}

/// Verbs that hold for all that is counted in a list.
const COUNTING: [&str; 6] = ["新增", "新建", "新创建", "改造", "新开工", "建成"];

/// 新增学位点3个、授权点65个: the verb of a list is that of its later items too.
pub(super) fn with_verb(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>, label: Label, labels: &Labels) -> Label {
    let listed = previous.is_some_and(|p| p.outer_end < spot.left.subject.0 && &ground.text[p.outer_end..spot.left.subject.0] == "、");
    let verb = labels.subject.as_ref().and_then(|l| COUNTING.iter().find(|verb| l.folded.starts_with(**verb)).map(|verb| (l, *verb)));
    match verb.filter(|_| listed && is_count(core) && spot.left.predicate.is_none() && label.rule == "label.subject") {
        Some((of, verb)) if !COUNTING.iter().any(|v| label.folded.starts_with(v)) => Label {
            text: format!("{}{}", &of.text[..same_cut(of, verb.len())], label.text),
            folded: format!("{verb}{}", label.folded),
            rule: label.rule,
        },
        _ => label,
    }
}

/// 城镇居民收入和农村居民收入增长8.4%和9.1%: two things and two numbers, though nothing says 分别.
pub(super) fn joined_pair(ground: &Ground<'_>, core: &Core, spot: &Spot) -> bool {
    let (start, end) = spot.left.subject;
    let headed = |words: &str| ground.lexicon.heads.suffix(words).is_some();
    spot.run == 2
        && !spot.left.joint
        && ground.text[core.outer_end..].starts_with('和')
        && ground.text[start..end].split_once('和').is_some_and(|(one, other)| headed(one) && headed(other))
}

/// Whether a character is part of a word; marks between clauses are not.
pub(super) fn is_word(c: char) -> bool {
    !matches!(c, '，' | '；' | '、' | '。' | '：')
}

/// 城镇居民收入1万元，农村居民收入5千元，实际增长9.8%和8.5%: one number for each of the two before.
pub(super) fn lists_again(ground: &Ground<'_>, core: &Core, spot: &Spot) -> bool {
    let growth = spot.left.predicate.is_some_and(|p| p.measure == pledgebook_lexicon::Measure::Growth);
    growth && own_subject(ground, spot).is_none() && ground.text[core.outer_end..].starts_with(['和', '、'])
}

pub(super) fn next_respective(labels: &mut Labels) -> Option<Label> {
    let label = labels.respective.get(labels.next).cloned();
    labels.next += usize::from(label.is_some());
    label
}

/// 城镇居民收入和农村居民收入，分别增长…: the subjects of a 分别 list named in a clause before.
pub(super) fn listed_before(ground: &Ground<'_>, spot: &Spot) -> Vec<Label> {
    let mut end = spot.clause.start;
    while end > spot.sentence.start {
        let before = ground.text[spot.sentence.start..end].trim_end_matches(['，', '；', '：']);
        let start = before.rfind(['，', '；', '：']).map_or(0, |i| i + '，'.len_utf8()) + spot.sentence.start;
        let (from, to) = clause::left(ground.text, start, spot.sentence.start + before.len(), ground.lexicon).subject;
        let items = if from < to && !ground.text[from..to].contains(|c: char| c.is_ascii_digit()) {
            respective(ground, from, to, spot.run)
        } else {
            Vec::new()
        };
        if items.len() > 1 {
            return items;
        }
        end = start;
    }
    Vec::new()
}

/// The subjects of a 分别 list of `count` numbers, the common head given to each.
pub(super) fn respective(ground: &Ground<'_>, start: usize, end: usize, count: usize) -> Vec<Label> {
    let (start, end) = trim(ground.text, start, end, ground.lexicon);
    let text = &ground.text[start..end];
    if let Some(sectors) = sectors(ground, start, end) {
        return sectors;
    }
    if let Some(both) = town_and_country(ground, start, end) {
        return both;
    }
    // 一般公共预算收支分别突破…
    if let Some(owner) = text.strip_suffix("收支") {
        let owner = start..start + owner.len();
        return ["收入", "支出"].iter().map(|w| extended(make(ground, owner.start, owner.end, "label.respective"), w)).collect();
    }
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    let mut depth = 0;
    for (i, c) in text.char_indices() {
        match c {
            '（' | '“' => depth += 1,
            '）' | '”' => depth -= 1,
            '、' if depth == 0 => {
                cuts.push((from, i));
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    let last = &text[from..];
    let joint =
        ["以及", "和", "与", "及"].iter().find_map(|w| last.find(w).filter(|&i| i > 0 && i + w.len() < last.len()).map(|i| (i, w.len())));
    // 信息传输、租赁和商务服务业增加值分别增长18.6%、13.4%: with as many parts as numbers, 和 stands inside a name.
    let inside = count > 1 && cuts.len() + 1 == count;
    match joint.filter(|_| !inside) {
        Some((i, used)) => cuts.extend([(from, from + i), (from + i + used, text.len())]),
        None => cuts.push((from, text.len())),
    }
    let items: Vec<Label> = cuts.iter().map(|&(a, b)| make(ground, start + a, start + b, "label.respective")).collect();
    spread(items, ground.lexicon)
}

/// A label with a word added that is written alike in both scripts.
fn extended(label: Label, word: &str) -> Label {
    Label { text: label.text + word, folded: label.folded + word, rule: label.rule }
}

/// Gives the first items the head of the last (基础设施、制造业投资) and the last the owner of the first
/// (生产事故起数、死亡人数).
fn spread(mut items: Vec<Label>, lexicon: &Lexicon) -> Vec<Label> {
    let Some(last) = items.last().cloned() else { return items };
    let head = lexicon.heads.suffix(&last.folded).map(|(w, ())| w.len());
    // 产值占比: the share is of the output, not of the branch.
    let head = head.map(|head| {
        let rest = &last.folded[..last.folded.len() - head];
        let of = lexicon.heads.suffix(rest).map_or(0, |(w, ())| w.len());
        if rest.len() > of && ends!(last.folded, ["占比", "比重", "比例"]) { head + of } else { head }
    });
    for item in &mut items {
        // 进口、出口通关时间: what stands before the head is of the same kind, though a head itself.
        let parallel = head.is_some_and(|head| head < last.folded.len() && last.folded.len() - head == item.folded.len());
        if let Some(head) = head
            && (lexicon.heads.suffix(&item.folded).is_none() || parallel && item.folded != last.folded)
        {
            let whole = if head == last.folded.len() { 0 } else { last.folded.len() - head };
            let cut = same_cut(&last, whole);
            item.text.push_str(&last.text[cut..]);
            item.folded.push_str(&last.folded[whole..]);
        }
    }
    let first = items[0].clone();
    let owner = lexicon.heads.suffix(&first.folded).map_or(0, |(w, ())| first.folded.len() - w.len());
    for item in items.iter_mut().skip(1) {
        let short =
            item.folded.chars().count() <= 5 && lexicon.heads.suffix(&item.folded).is_some_and(|(w, ())| w.len() == item.folded.len());
        if short && owner > 0 {
            item.text.insert_str(0, &first.text[..same_cut(&first, owner)]);
            item.folded.insert_str(0, &first.folded[..owner]);
        }
    }
    items
}

/// 一、二、三产增加值, 一二三产业增加值, 第一、第三产业增加值: a subject for each.
fn sectors(ground: &Ground<'_>, start: usize, end: usize) -> Option<Vec<Label>> {
    let text = &ground.text[start..end];
    let tail = text.trim_start_matches(['第', '一', '二', '三', '、', '和']);
    let numbers: Vec<char> = text[..text.len() - tail.len()].chars().filter(|c| matches!(c, '一' | '二' | '三')).collect();
    if numbers.len() < 2 || !tail.starts_with('产') {
        return None;
    }
    let noun = ground.original(end - tail.len(), end);
    let first = if tail.starts_with("产业") { "第" } else { "" };
    let name = |n: char| Label { text: format!("{first}{n}{noun}"), folded: format!("{first}{n}{tail}"), rule: "label.respective" };
    Some(numbers.into_iter().map(name).collect())
}

/// 城乡居民收入分别增长: two subjects in one word.
fn town_and_country(ground: &Ground<'_>, start: usize, end: usize) -> Option<Vec<Label>> {
    let tail = ground.text[start..end].strip_prefix("城乡")?;
    let noun = ground.original(end - tail.len(), end);
    let traditional = Folded::new(noun).as_str() != noun;
    let town = if traditional { "城鎮" } else { "城镇" };
    let country = if traditional { "農村" } else { "农村" };
    Some(vec![
        Label { text: format!("{town}{noun}"), folded: format!("城镇{tail}"), rule: "label.respective" },
        Label { text: format!("{country}{noun}"), folded: format!("农村{tail}"), rule: "label.respective" },
    ])
}
