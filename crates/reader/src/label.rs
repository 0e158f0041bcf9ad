//! What a figure measures: its label, from the words around it or carried over.

use pledgebook_lexicon::{Folded, Lexicon};

use crate::clause;
use crate::core::{Core, Shape};
use crate::figures::{Ground, Spot};
use crate::measure;
use crate::reading::Figure;
use crate::threshold;

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
    /// The subjects of a 分别 list, and which comes next.
    respective: Vec<Label>,
    next: usize,
    /// Where the last number's words ended.
    seen: usize,
}

impl Labels {
    pub(crate) fn start_sentence(&mut self) {
        self.subject = None;
        self.respective.clear();
        self.next = 0;
    }
}

/// The things of the sentence that had a number, each once, in order.
fn said(before: &[Figure]) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for figure in before.iter().filter(|f| !f.label.is_empty() && !f.rules.contains(&"mode.threshold")) {
        if !said.contains(&figure.label.as_str()) {
            said.push(&figure.label);
        }
    }
    said
}

/// The last `count` things of the sentence that had a number, when it had so many.
fn last_said(before: &[Figure], count: usize) -> Vec<Label> {
    let said = said(before);
    let label = |text: &&str| Label { text: (*text).to_owned(), folded: Folded::new(text).into_string(), rule: "label.respective" };
    said.len().checked_sub(count).map_or(Vec::new(), |from| said[from..].iter().map(label).collect())
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
    let label = found.unwrap_or_default();
    if spot.left.lasting {
        labels.subject = own_subject(ground, spot).or(labels.subject.take());
    } else if !label.text.is_empty() && !matches!(label.rule, "label.respective" | "label.inherited") {
        labels.subject = Some(label.clone());
    }
    label
}

fn fresh(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>, before: &[Figure], labels: &mut Labels) -> Option<Label> {
    if spot.left.respective || joined_pair(ground, core, spot) {
        let (start, end) = spot.left.subject;
        let items = if start < end { respective(ground, start, end) } else { Vec::new() };
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
    let subject = own_subject(ground, spot).filter(|_| !joins_counts(ground, spot, previous));
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
        (Some(subject), None) => Some(with_verb(ground, core, spot, previous, owned(subject, labels, ground.lexicon), labels)),
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

/// Verbs that hold for all that is counted in a list.
const COUNTING: [&str; 6] = ["新增", "新建", "新创建", "改造", "新开工", "建成"];

/// 新增学位点3个、授权点65个: the verb of a list is that of its later items too.
fn with_verb(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>, label: Label, labels: &Labels) -> Label {
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
fn joined_pair(ground: &Ground<'_>, core: &Core, spot: &Spot) -> bool {
    let (start, end) = spot.left.subject;
    let headed = |words: &str| ground.lexicon.heads.suffix(words).is_some();
    spot.run == 2
        && !spot.left.joint
        && ground.text[core.outer_end..].starts_with('和')
        && ground.text[start..end].split_once('和').is_some_and(|(one, other)| headed(one) && headed(other))
}

/// Whether a character is part of a word; marks between clauses are not.
fn is_word(c: char) -> bool {
    !matches!(c, '，' | '；' | '、' | '。' | '：')
}

/// 城镇居民收入1万元，农村居民收入5千元，实际增长9.8%和8.5%: one number for each of the two before.
fn lists_again(ground: &Ground<'_>, core: &Core, spot: &Spot) -> bool {
    let growth = spot.left.predicate.is_some_and(|p| p.measure == pledgebook_lexicon::Measure::Growth);
    growth && own_subject(ground, spot).is_none() && ground.text[core.outer_end..].starts_with(['和', '、'])
}

/// What is counted: 支出3.4万亿元，74%以上用于民生 is of the spending.
fn counted_of(ground: &Ground<'_>, core: &Core, spot: &Spot, labels: &Labels) -> Option<Label> {
    let counted = counted(ground, core, spot).or_else(|| of_the_next(ground, core, spot))?;
    match inherited(labels).filter(|_| of_the_whole(core, &counted)) {
        Some(of) => Some(Label { text: of.text + &counted.text, folded: of.folded + &counted.folded, rule: "label.owned" }),
        None => Some(counted),
    }
}

/// Whether a share of what was spoken of before goes somewhere.
fn of_the_whole(core: &Core, counted: &Label) -> bool {
    core.unit.as_ref().is_some_and(|u| u.as_str() == "percent") && ["用于", "投向", "来自"].iter().any(|w| counted.folded.starts_with(w))
}

/// How a circumstance ends in which something else happened.
const CIRCUMSTANCES: [&str; 6] = ["的情况下", "的基础上", "的背景下", "的条件下", "的前提下", "的形势下"];

/// 进出口在对美贸易下降3成的情况下增长12%: the first number is of what stands after 在, the second of what stands before.
fn in_circumstance(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>) -> Option<Label> {
    let text = ground.text;
    let closes = |at: usize| text[at..].starts_with('的') && CIRCUMSTANCES.iter().any(|w| text[at..].starts_with(w));
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
fn reaching(
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

/// Whether the unit measures a stuff, so that a noun after it may only name the stuff.
fn is_measure(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "tonne" | "kg" | "jin" | "kWh" | "tce"))
}

/// 新增3个硕士授予单位和62个学位授权点: what stands between two counts is the noun of the first.
fn joins_counts(ground: &Ground<'_>, spot: &Spot, previous: Option<&Core>) -> bool {
    let Some(previous) = previous.filter(|p| p.outer_end == spot.from && spot.left.predicate.is_none()) else { return false };
    let words = &ground.text[previous.outer_end..spot.left.subject.1.max(previous.outer_end)];
    let joined = &ground.text[spot.left.subject.1.max(previous.outer_end)..];
    !words.is_empty() && !words.contains('、') && joined.starts_with(['和', '及']) && is_count(previous)
}

fn is_count(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "item" | "person" | "household"))
}

/// 12类55件民生实事: a count right before another is of the same things.
fn of_the_next(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
    if !is_count(core) || spot.to != core.outer_end || !ground.text[spot.to..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &ground.text[spot.to..spot.clause.end];
    let noun = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "多余万.".contains(c));
    let (unit, _) = ground.lexicon.units.prefix(noun)?;
    let start = spot.clause.end - noun.len() + unit.len();
    if noun[unit.len()..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = noun_end(ground.text, start, spot.clause.end, ground.lexicon);
    (start < end).then(|| make(ground, start, end, "label.counted"))
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

/// 产值增长9.6%、利润…: a head noun alone belongs to what the number before was about (新能源汽车产量…，出口额…).
fn owned(subject: Label, labels: &Labels, lexicon: &Lexicon) -> Label {
    let shared = subject.folded.starts_with('占') && !subject.folded.starts_with("占地") && !subject.folded.starts_with("占用");
    // 单位生产总值能耗下降…、二氧化碳排放下降…: both are per unit.
    if let Some(owner) = labels.subject.as_ref().filter(|o| o.folded.starts_with("单位") && subject.folded.contains("排放")) {
        let kept = ["能耗", "能源消耗", "水耗", "用水量"].iter().find_map(|w| owner.folded.strip_suffix(w)).map_or(0, str::len);
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
    if kept == 0 {
        return subject;
    }
    // 开工320个、竣工280个: begun and finished are two things.
    let ends = ["竣工", "完工", "投产"].contains(&subject.folded.as_str());
    let from = ["新开工", "开工"].iter().find(|w| ends && owner.folded.starts_with(**w)).map_or(0, |w| w.len()).min(kept);
    let text = format!("{}{}", &owner.text[same_cut(owner, from)..same_cut(owner, kept)], subject.text);
    Label { text, folded: format!("{}{}", &owner.folded[from..kept], subject.folded), rule: "label.owned" }
}

/// 降幅, 增速: nouns that say more of the whole quantity before them.
fn is_addition(head: &str) -> bool {
    head.ends_with(['幅', '速']) || ["总额", "总量", "总数", "数量", "规模", "总值", "占比", "比重"].contains(&head)
}

fn next_respective(labels: &mut Labels) -> Option<Label> {
    let label = labels.respective.get(labels.next).cloned();
    labels.next += usize::from(label.is_some());
    label
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
    let (start, mut end) = trim(ground.text, start, end, ground.lexicon);
    // 城乡居民收入比缩小到2.3∶1
    if spot.ratio && ground.text[end..].starts_with('比') {
        end += '比'.len_utf8();
    }
    (start < end).then(|| make(ground, start, end, "label.subject"))
}

/// Drops light verbs at the start and connectives at the end.
fn trim(text: &str, mut start: usize, mut end: usize, lexicon: &Lexicon) -> (usize, usize) {
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

/// The noun after the measure word: 260个亿元以上产业项目.
fn counted(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
    let unit = core.unit.as_ref().map_or("", |u| u.as_str());
    if matches!(unit, "pp" | "rank" | "times") || core.shape != Shape::Plain {
        return None;
    }
    let text = ground.text;
    let mut start = core.outer_end;
    let rest = &text[start..spot.to];
    let kept = rest.trim_start_matches(['的']);
    start += rest.len() - kept.len();
    if unit == "percent" && measure::growth_follows(kept) {
        return None;
    }
    // What a percentage is of is named by the whole clause.
    let mut end =
        if unit == "percent" { spot.to } else { told_end(core, text, start, noun_end(text, start, spot.to, ground.lexicon), spot.to) };
    let rest = &text[start..end];
    if rest.is_empty() || rest.starts_with(['，', '、', '；', '。', '和', '及', '与', '并', '或', '）', '”', '以', '且', '后', '前'])
    {
        return None;
    }
    if let Some((word, ())) = ground.lexicon.trails.prefix(rest)
        && !rest.starts_with("已批建")
        && word.len() == rest.len()
    {
        return None;
    }
    // 13亿多人口的大国, 把14亿中国人的饭碗…: the people are what is counted.
    if core.value.low >= 1e8
        && let Some(people) = ["中国人民", "中国人", "人口", "各族人民", "各族群众"].iter().find(|w| rest.starts_with(**w))
    {
        return Some(make(ground, start, start + people.len(), "label.counted"));
    }
    if ["台阶", "大关", "关口", "门槛"].iter().any(|w| rest.ends_with(w) || rest.starts_with(w))
        || rest.ends_with("水平") && kept.len() < text[core.outer_end..spot.to].len()
        || ground.lexicon.predicates.prefix(rest).is_some_and(|(w, _)| w.len() == rest.len())
    {
        return None;
    }
    if unit != "time"
        && ground.lexicon.predicates.prefix(rest).is_some_and(|(w, p)| {
            w.len() == rest.len()
                || w.len() > 3 && w.ends_with(['到', '至'])
                || w.len() > 3 && matches!(unit, "CNY" | "USD" | "jin" | "tonne" | "kW" | "kWh" | "km" | "mu")
                || p.measure != pledgebook_lexicon::Measure::Level && !rest.starts_with("增值") && !rest.starts_with("提升")
        })
        && unit != "percent"
    {
        return None;
    }
    let open_ended = ["和", "以及", "与"].iter().find_map(|w| text[start..end].strip_suffix(w)).filter(|kept| !kept.ends_with('参'));
    end = open_ended.map_or(end, |kept| start + kept.len());
    for tail in ["等", "建设", "的", "作用"] {
        if let Some(kept) = text[start..end].strip_suffix(tail)
            && !kept.is_empty()
        {
            end -= tail.len();
        }
    }
    Some(make(ground, start, end, "label.counted"))
}

/// 8家企业入选国家级名单: a short noun is not told from others without what is said of it.
fn told_end(core: &Core, text: &str, start: usize, noun: usize, to: usize) -> usize {
    // 增发1万亿元国债支持重建: money has its name.
    if core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "CNY" | "USD")) {
        return noun;
    }
    let count = |part: &str| part.chars().count();
    let said = &text[noun..to];
    // 三大产业迈入…: named before they are counted; 进入世界前1%: said only with the next number.
    let whole = !text[..start].ends_with('大') && !text[to..].starts_with(|c: char| c.is_ascii_digit());
    let short = start < noun && noun < to && count(said) > count(&text[start..noun]);
    if whole && short && count(said) <= LONGEST_TOLD { to } else { noun }
}

/// What is said of counted things is part of their label when it has so many characters at most.
const LONGEST_TOLD: usize = 24;

/// Where the noun ends: before a predicate that another number follows, or at the separator.
fn noun_end(text: &str, start: usize, to: usize, lexicon: &Lexicon) -> usize {
    let rest = &text[start..to];
    let mut end = to;
    for (i, _) in rest.char_indices().skip(2) {
        if lexicon.noun_ends.prefix(&rest[i..]).is_some() && i >= 6 {
            return start + i;
        }
        if let Some((word, p)) = lexicon.predicates.prefix(&rest[i..])
            && (word.len() > 3 || matches!(word, "达" | "占" | "增" | "降"))
            && p.measure != pledgebook_lexicon::Measure::Share
            && text[start + i + word.len()..].starts_with(|c: char| c.is_ascii_digit())
        {
            end = start + i;
            break;
        }
    }
    end
}

/// A short verb before and the noun after name the count together (优化242条公交线路); after 等 or a long clause the noun
/// alone does.
fn join(ground: &Ground<'_>, core: &Core, spot: &Spot, subject: Label, counted: Label) -> Label {
    if core.value.low >= 1e8 && ["人口", "中国人", "中国人民"].contains(&counted.folded.as_str()) {
        return counted;
    }
    let (start, end) = spot.left.subject;
    // 安排衔接资金38亿元支持…: what the money is called stands before it.
    if core.unit.as_ref().is_some_and(|u| u.as_str() == "CNY")
        && ["资金", "补贴", "经费", "贷款", "投资", "基金", "补助"].iter().any(|w| subject.folded.ends_with(w))
    {
        return subject;
    }
    // 重点做好八个方面工作: the verbs say nothing of what is counted.
    if ["工作", "方面", "方面工作", "方面的工作"].contains(&counted.folded.as_str()) {
        return counted;
    }
    let said_of_part = ["由", "用于", "投", "来自", "通过", "以"].iter().any(|w| counted.folded.starts_with(w));
    if core.unit.as_ref().is_some_and(|u| u.as_str() == "percent") && said_of_part {
        return Label { text: subject.text + &counted.text, folded: subject.folded + &counted.folded, rule: "label.joined" };
    }
    let appositive = ground.text[start..end].ends_with('等') || subject.folded.ends_with('等');
    let short = subject.folded.chars().count() <= 6;
    let reaching = ["惠及", "带动", "投放", "覆盖", "帮助", "解决", "吸纳", "服务", "向"].iter().any(|v| subject.folded.ends_with(v));
    // 推出长三角一体化发展80项重点任务: what is listed under a heading is named by it.
    let headed = ["措施", "任务", "政策", "成果", "举措", "事项", "标准"].iter().any(|w| counted.folded.ends_with(w))
        && counted.folded.chars().count() <= 6
        && subject.folded.chars().count() <= 20
        && !subject.folded.contains('、');
    if appositive || !(short || reaching || headed) {
        return counted;
    }
    Label { text: subject.text + &counted.text, folded: subject.folded + &counted.folded, rule: "label.joined" }
}

/// 实现跨省直接结算，惠及5700万人次: the clause before names it.
fn previous_clause(ground: &Ground<'_>, spot: &Spot) -> Option<Label> {
    let before = &ground.text[spot.sentence.start..spot.clause.start];
    let before = before.trim_end_matches(['，', '；', '：', '、']);
    let start = before.rfind(['，', '；', '：', '。']).map_or(0, |i| i + '，'.len_utf8()) + spot.sentence.start;
    let end = spot.sentence.start + before.len();
    let side = clause::left(ground.text, start, end, ground.lexicon);
    let (start, subject_end) = trim(ground.text, side.subject.0, side.subject.1, ground.lexicon);
    // 工农业总产值的增长速度，计划为…: the growth is what is spoken of.
    let growth = clause::growth_named(&ground.text[subject_end..end]);
    (start < subject_end).then(|| make(ground, start, if growth { end } else { subject_end }, "label.previous_clause"))
}

/// 城镇居民收入和农村居民收入，分别增长…: the subjects of a 分别 list named in a clause before.
fn listed_before(ground: &Ground<'_>, spot: &Spot) -> Vec<Label> {
    let mut end = spot.clause.start;
    while end > spot.sentence.start {
        let before = ground.text[spot.sentence.start..end].trim_end_matches(['，', '；', '：']);
        let start = before.rfind(['，', '；', '：']).map_or(0, |i| i + '，'.len_utf8()) + spot.sentence.start;
        let (from, to) = clause::left(ground.text, start, spot.sentence.start + before.len(), ground.lexicon).subject;
        let items = if from < to && !ground.text[from..to].contains(|c: char| c.is_ascii_digit()) {
            respective(ground, from, to)
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

/// The subjects of a 分别 list, the common head given to each.
fn respective(ground: &Ground<'_>, start: usize, end: usize) -> Vec<Label> {
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
    match joint {
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
        if rest.len() > of && ["占比", "比重", "比例"].iter().any(|w| last.folded.ends_with(w)) { head + of } else { head }
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

/// The place in a label's own script of a place in its folded form.
fn same_cut(label: &Label, folded: usize) -> usize {
    let chars = label.folded[..folded].chars().count();
    label.text.char_indices().nth(chars).map_or(label.text.len(), |(i, _)| i)
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
