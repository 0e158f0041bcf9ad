//! Names that come from the clause or the number before: owners, circumstances, what reaches whom.

use super::counted::is_count;
use super::{Label, Labels, inherited, make, same_cut, trim};
use crate::clause;
use crate::core::Core;
use crate::figures::{Ground, Spot};
use crate::words::{starts, strip_end};

/// How a circumstance ends in which something else happened.
const CIRCUMSTANCES: [&str; 6] = ["的情况下", "的基础上", "的背景下", "的条件下", "的前提下", "的形势下"];

/// 进出口在对美贸易下降3成的情况下增长12%: the first number is of what stands after 在, the second of what stands before.
pub(super) fn in_circumstance(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>) -> Option<Label> {
    let text = ground.text;
    let closes = |at: usize| starts!(text[at..], CIRCUMSTANCES);
    let parted = |to: usize| text[spot.clause.start..to].rfind('在').map(|at| spot.clause.start + at);
    let (start, end) = if closes(core.outer_end) {
        (parted(core.outer_start)? + '在'.len_utf8(), spot.left.subject.1)
    } else {
        let previous = previous.filter(|p| p.start >= spot.clause.start && closes(p.outer_end))?;
        let side = clause::left(text, spot.clause.start, parted(previous.outer_start)?, ground.lexicon);
        side.subject
    };
    let (start, end) = trim(text, start, end.max(start), ground.lexicon);
    (start < end).then(|| make(ground, start, end, "label.subject"))
}

/// Verbs by which what was spoken of reaches whom or what is counted.
const REACHING: [&str; 4] = ["惠及", "覆盖", "支持", "受益"];

/// 发放救助资金12亿元、惠及46万人次: what reaches them stands before; so does that of which they benefit.
pub(super) fn reaching(
    ground: &Ground<'_>,
    core: &Core,
    spot: &Spot,
    subject: Option<&Label>,
    counted: Option<&Label>,
    labels: &Labels,
) -> Option<Label> {
    if !is_count(core) && core.unit.is_some() {
        return None;
    }
    // 免费检查使600万个家庭受益
    if let (Some(by), Some(counted)) = (subject, counted)
        && let (Some(by_text), Some(by_folded)) = (by.text.strip_suffix('使'), by.folded.strip_suffix('使'))
        && counted.folded.ends_with("受益")
    {
        return Some(Label {
            text: format!("{by_text}{}", counted.text),
            folded: format!("{by_folded}{}", counted.folded),
            rule: "label.joined",
        });
    }
    let words = &ground.text[spot.from..core.outer_start];
    let words = words.trim_start_matches(|c: char| !c.is_alphabetic() || "可已将共".contains(c));
    let words = words.strip_prefix("累计").unwrap_or(words);
    let at = core.outer_start - words.len();
    // 支持55个产粮大县提升产能: a longer name stands alone.
    if words.starts_with("支持") && core.unit.as_ref().is_some_and(|u| u.as_str() == "item") && counted.is_some() {
        return counted.cloned();
    }
    let verb = REACHING.iter().find(|verb| words.starts_with(**verb));
    // 1700多万人次受益
    let benefit = counted.filter(|c| c.folded == "受益" && spot.left.subject.0 >= spot.left.subject.1);
    let noun = match (verb, benefit) {
        (Some(_), _) => subject.or(counted).filter(|l| l.folded.chars().count() <= 6),
        (None, Some(counted)) => Some(counted),
        _ => return None,
    };
    let owner = inherited(labels).or_else(|| previous_clause(ground, spot)).filter(|o| o.folded.chars().count() >= 3)?;
    let verb = verb.copied().unwrap_or_default();
    let noun = noun.filter(|l| !l.folded.starts_with(verb) || verb.is_empty());
    let own = |of: &dyn Fn(&Label) -> String| noun.map_or(String::new(), of);
    Some(Label {
        text: owner.text + ground.original(at, at + verb.len()) + &own(&|l| l.text.clone()),
        folded: owner.folded + verb + &own(&|l| l.folded.clone()),
        rule: "label.owned",
    })
}

/// 产值增长9.6%、利润…: a head noun alone belongs to what the number before was about (新能源汽车产量…，出口额…).
pub(super) fn owned(ground: &Ground<'_>, spot: &Spot, subject: Label, core: &Core, labels: &Labels) -> Label {
    let lexicon = ground.lexicon;
    if let Some(harvest) = harvest(ground, spot, &subject) {
        return harvest;
    }
    if let Some(part) = part_of_last(&subject, core, labels) {
        return part;
    }
    let shared = subject.folded.starts_with('占') && !subject.folded.starts_with("占地") && !subject.folded.starts_with("占用");
    // 单位生产总值能耗下降…、二氧化碳排放下降…: both are per unit.
    if let Some(owner) = labels.subject.as_ref().filter(|o| o.folded.starts_with("单位") && subject.folded.contains("排放")) {
        let kept = strip_end!(owner.folded, ["能耗", "能源消耗", "水耗", "用水量"]).map_or(0, str::len);
        if kept > 0 && !subject.folded.starts_with("单位") {
            let text = format!("{}{}", &owner.text[..same_cut(owner, kept)], subject.text);
            return Label { text, folded: format!("{}{}", &owner.folded[..kept], subject.folded), rule: "label.owned" };
        }
    }
    // 出口额占全省: the head has a share of its own.
    let part = subject.folded.split('占').next().is_some_and(|head| lexicon.owned_heads.prefix(head).is_some_and(|(w, ())| w == head));
    let bare = shared
        || part
        || lexicon.owned_heads.prefix(&subject.folded).is_some_and(|(head, ())| head.len() == subject.folded.len())
            && lexicon.indicator_named(&subject.folded).is_none();
    let Some(owner) = labels.subject.as_ref().filter(|_| bare) else { return subject };
    let kept = lexicon.heads.suffix(&owner.folded).map_or(owner.folded.len(), |(head, ())| owner.folded.len() - head.len());
    let kept = if shared || is_addition(&subject.folded) { owner.folded.len() } else { kept };
    // 工业企业实现营业收入…，利润总额…: the verb belongs to the head.
    let kept = strip_end!(owner.folded[..kept], ["实现", "完成"]).map_or(kept, str::len);
    if kept == 0 {
        return subject;
    }
    // 开工320个、竣工280个: begun and finished are two things.
    let ends = ["竣工", "完工", "投产"].contains(&subject.folded.as_str());
    let from = ["新开工", "开工"].iter().find(|w| ends && owner.folded.starts_with(**w)).map_or(0, |w| w.len()).min(kept);
    let text = format!("{}{}", &owner.text[same_cut(owner, from)..same_cut(owner, kept)], subject.text);
    Label { text, folded: format!("{}{}", &owner.folded[from..kept], subject.folded), rule: "label.owned" }
}

/// 粮食生产再获丰收，总产557亿斤: of the grain.
fn harvest(ground: &Ground<'_>, spot: &Spot, subject: &Label) -> Option<Label> {
    if !matches!(subject.folded.as_str(), "总产" | "总产量" | "单产") {
        return None;
    }
    let at = spot.sentence.start + ground.text[spot.sentence.start..spot.clause.start].rfind("粮食")?;
    let grain = ground.original(at, at + "粮食".len());
    Some(Label { text: format!("{grain}{}", subject.text), folded: format!("粮食{}", subject.folded), rule: "label.owned" })
}

/// Words that alone name a part of what the number before was about; the schools only where people are counted.
const PARTS: [&str; 11] = ["城镇", "农村", "城市", "乡村", "国家级", "省级", "市级", "县级", "男性", "女性", "民营"];
const SCHOOLS: [&str; 5] = ["本科", "专科", "高中", "初中", "小学"];

/// 居民恩格尔系数31%，其中城镇为30%: the part, and what was measured of the whole.
fn part_of_last(part: &Label, core: &Core, labels: &Labels) -> Option<Label> {
    let people = core.unit.as_ref().is_some_and(|u| u.as_str() == "person");
    let named = PARTS.contains(&part.folded.as_str()) || people && SCHOOLS.contains(&part.folded.as_str());
    let owner = labels.subject.as_ref().filter(|_| named)?;
    // 城镇人均居住面积…，农村…: the one part stands for the other.
    let from = PARTS.iter().chain(&SCHOOLS).find(|w| owner.folded.starts_with(**w)).map_or(0, |w| w.len());
    let text = format!("{}{}", part.text, &owner.text[same_cut(owner, from)..]);
    Some(Label { text, folded: format!("{}{}", part.folded, &owner.folded[from..]), rule: "label.owned" })
}

/// 降幅, 增速: nouns that say more of the whole quantity before them.
fn is_addition(head: &str) -> bool {
    head.ends_with(['幅', '速']) || ["总额", "总量", "总数", "数量", "规模", "总值", "占比", "比重"].contains(&head)
}

/// 实现跨省直接结算，惠及5700万人次: the clause before names it.
pub(super) fn previous_clause(ground: &Ground<'_>, spot: &Spot) -> Option<Label> {
    let before = &ground.text[spot.sentence.start..spot.clause.start];
    let before = before.trim_end_matches(['，', '；', '：', '、']);
    let start = before.rfind(['，', '；', '：', '。']).map_or(0, |i| i + '，'.len_utf8()) + spot.sentence.start;
    let end = spot.sentence.start + before.len();
    // 粮食总产量再上新台阶，突破…
    let end = strip_end!(ground.text[start..end], ["再上新台阶", "迈上新台阶", "再创新高", "创历史新高", "实现新突破"])
        .map_or(end, |kept| start + kept.len());
    let side = clause::left(ground.text, start, end, ground.lexicon);
    let (start, subject_end) = trim(ground.text, side.subject.0, side.subject.1, ground.lexicon);
    // 工农业总产值的增长速度，计划为…: the growth is what is spoken of.
    let growth = clause::growth_named(&ground.text[subject_end..end]);
    (start < subject_end).then(|| make(ground, start, if growth { end } else { subject_end }, "label.previous_clause"))
}
