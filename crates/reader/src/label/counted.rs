//! What is counted: the noun after a number, and what is said of it.

use std::ops::Range;

use pledgebook_lexicon::{Lexicon, TaskSense, TaskWord};

use super::{Label, Labels, inherited, make, same_cut};
use crate::core::{Core, Shape};
use crate::figures::{Ground, Spot};
use crate::measure;
use crate::numeral;
use crate::words::{Starts, ends, starts, strip_end, strip_start};

/// What is counted: 支出3.4万亿元，74%以上用于民生 is of the spending.
pub(super) fn counted_of(ground: &Ground<'_>, core: &Core, spot: &Spot, labels: &Labels) -> Option<Label> {
    let counted = counted(ground, core, spot).or_else(|| of_the_next(ground, core, spot))?;
    match inherited(labels).filter(|_| of_the_whole(core, &counted)) {
        Some(of) => Some(Label { text: of.text + &counted.text, folded: of.folded + &counted.folded, rule: "label.owned" }),
        None => Some(counted),
    }
}

/// Whether a share of what was spoken of before goes somewhere.
fn of_the_whole(core: &Core, counted: &Label) -> bool {
    core.unit.as_ref().is_some_and(|u| u.as_str() == "percent") && starts!(counted.folded, ["用于", "投向", "来自"])
}

/// Whether the unit measures a stuff, so that a noun after it may only name the stuff.
pub(super) fn is_measure(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "tonne" | "kg" | "jin" | "kWh" | "tce"))
}

/// 新增3个硕士授予单位和62个学位授权点, 127个国家的555个港口: what stands between two counts is the noun of the first.
pub(super) fn joins_counts(ground: &Ground<'_>, core: &Core, spot: &Spot, previous: Option<&Core>) -> bool {
    let Some(previous) = previous.filter(|p| p.outer_end == spot.from && spot.left.predicate.is_none()) else { return false };
    let words = &ground.text[previous.outer_end..spot.left.subject.1.max(previous.outer_end)];
    let joined = &ground.text[spot.left.subject.1.max(previous.outer_end)..];
    !words.is_empty()
        && !words.contains('、')
        && (joined.starts_with(['和', '及']) || joined.starts_with('的') && is_count(core))
        && is_count(previous)
}

pub(super) fn is_count(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "item" | "person" | "household"))
}

/// 在第9届岚江运动会上勇夺4金1银: the medals of the games.
pub(super) fn medals(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
    let text = ground.text;
    let metal = match text[..core.end].chars().next_back()? {
        c @ ('金' | '银' | '铜') => core.end - c.len_utf8(),
        '枚' | '块' if starts!(text[core.end..], ["金牌", "银牌", "铜牌"]) => core.end,
        _ => return None,
    };
    let metal = metal..metal + '金'.len_utf8();
    let before = &text[spot.clause.start..core.start.max(spot.clause.start)];
    let games = before.rfind('在').map(|at| spot.clause.start + at + '在'.len_utf8());
    let (start, end) = games
        .and_then(|start| text[start..core.start].find(['上', '中', '获', '夺', '斩', '摘']).map(|length| (start, start + length)))
        .unwrap_or((metal.start, metal.start));
    // 在2024年岚江运动会上
    let start = end - strip_year(&text[start..end]).len();
    let name = |games: &str, metal: &str| format!("{}{metal}牌", games.strip_suffix("比赛").unwrap_or(games));
    Some(Label {
        text: name(ground.original(start, end), ground.original(metal.start, metal.end)),
        folded: name(&text[start..end], &text[metal]),
        rule: "label.counted",
    })
}

/// 时速350公里的高铁: the speed of the train.
pub(super) fn speed(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
    let text = ground.text;
    let word = core.outer_start - text[..core.outer_start].strip_suffix("时速").map(|_| "时速".len())?;
    let start = spot.to - text[core.outer_end..spot.to].trim_start_matches('的').len();
    let end = text[start..spot.to].find('的').map_or(spot.to, |at| start + at);
    (start < end).then(|| Label {
        text: format!("{}{}", ground.original(start, end), ground.original(word, core.outer_start)),
        folded: format!("{}时速", &text[start..end]),
        rule: "label.counted",
    })
}

fn strip_year(words: &str) -> &str {
    words.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('年').unwrap_or(words)
}

/// 12类55件民生实事: a count right before another is of the same things.
pub(super) fn of_the_next(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
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

/// The noun after the measure word: 260个亿元以上产业项目.
pub(super) fn counted(ground: &Ground<'_>, core: &Core, spot: &Spot) -> Option<Label> {
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
    // 筹措890亿元实施十大工程: what the money is for is no name of it.
    if unit == "CNY" && starts!(kept, ["实施", "支持", "推进", "开展"]) && text[spot.to..].starts_with(is_number) {
        return None;
    }
    // What a percentage is of is named by the whole clause.
    let mut end = if unit == "percent" {
        spot.to
    } else if let Some(end) = kept_apart(text, core, start..spot.to) {
        end
    } else if let Some(end) = class_end(text, core, start..spot.to) {
        end
    } else {
        told_end(core, text, start, noun_end(text, start, spot.to, ground.lexicon), spot.to)
    };
    let rest = &text[start..end];
    let connects = rest.starts_with('以') && !rest.starts_with("以旧换新");
    if rest.is_empty() || connects || rest.starts_with(['，', '、', '；', '。', '和', '及', '与', '并', '或', '）', '”', '且', '后', '前'])
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
        || rest.ends_with("水平") && rest.chars().count() <= LONGEST_LEVEL && kept.len() < text[core.outer_end..spot.to].len()
        || ground.lexicon.predicates.prefix(rest).is_some_and(|(w, _)| w.len() == rest.len())
    {
        return None;
    }
    // 从2020年的51%提升到2025年的70%: where the change leads is no noun.
    if unit == "percent" && ground.lexicon.predicates.prefix(rest).is_some_and(|(w, _)| w.len() > 3 && w.ends_with(['到', '至'])) {
        return None;
    }
    // 新增100所达到二级医院服务能力的医疗中心: what they reach tells which they are.
    let attributive = unit == "item" && rest.starts_with("达到") && rest.find('的').is_some_and(|at| at + '的'.len_utf8() < rest.len());
    if unit != "time"
        && !attributive
        && ground.lexicon.predicates.prefix(rest).is_some_and(|(w, p)| {
            w.len() == rest.len()
                || w.len() > 3 && w.ends_with(['到', '至'])
                || w.len() > 3 && matches!(unit, "CNY" | "USD" | "jin" | "tonne" | "kW" | "kWh" | "km" | "mu")
                // 增5%, but 低保人员 and 增发国债.
                || p.measure != pledgebook_lexicon::Measure::Level
                    && !rest.starts_with("提升")
                    && (w.len() > 3 || rest[w.len()..].starts_with(|c: char| c.is_ascii_digit() || "了于至到近约超".contains(c)))
        })
        && unit != "percent"
    {
        return None;
    }
    let open_ended = strip_end!(text[start..end], ["和", "以及", "与"]).filter(|kept| !kept.ends_with('参'));
    end = open_ended.map_or(end, |kept| start + kept.len());
    for tail in ["等", "建设", "的", "作用"] {
        if let Some(kept) = text[start..end].strip_suffix(tail)
            && !kept.is_empty()
        {
            end -= tail.len();
        }
    }
    let label = make(ground, start, end, "label.counted");
    Some(match told_of_all(ground, core, spot, end) {
        Some(told) => {
            Label { text: label.text + ground.original(told.start, told.end), folded: label.folded + &text[told.clone()], rule: label.rule }
        }
        None => label,
    })
}

/// 20个街区、300座立交桥实现绿化彩化: what is said of the last of several counts is said of each.
fn told_of_all(ground: &Ground<'_>, core: &Core, spot: &Spot, end: usize) -> Option<Range<usize>> {
    let text = ground.text;
    let clause = spot.clause.end;
    let opens = spot.from >= spot.left.subject.1 || spot.from > spot.clause.start && text[..core.outer_start].ends_with(['、', '和']);
    if !is_count(core) || spot.left.predicate.is_some() || !opens {
        return None;
    }
    let joins = |at: usize| text[at..clause].strip_prefix(['、', '和']).is_some_and(|rest| rest.starts_with(is_number));
    if !joins(end) {
        return None;
    }
    // Nothing but counts joined alike up to the last of them.
    let mut end = end;
    while joins(end) {
        let rest = text[end..clause].trim_start_matches(['、', '和']);
        let rest = rest.trim_start_matches(|c: char| is_number(c) || "多余万.".contains(c));
        let (unit, _) = ground.lexicon.units.prefix(rest)?;
        let start = clause - rest.len() + unit.len();
        let noun = text[start..clause].find(['、', '和']).map_or(clause, |at| start + at);
        end = noun_end(text, start, noun, ground.lexicon);
        if end < noun {
            let told = told_end(core, text, start, end, clause);
            return (told == clause && end < clause).then_some(end..clause);
        }
    }
    None
}

/// Where the name of what is counted ends before what another number measures of it, or before what is done for it.
fn kept_apart(text: &str, core: &Core, words: Range<usize>) -> Option<usize> {
    const MEASURED: Starts = Starts::new(&["规上", "规模以上", "水质", "产值", "产量", "总产值", "增加值", "营业收入", "占全", "占比"]);
    const DONE: Starts = Starts::new(&["提供", "办理", "发放", "减免", "解决", "送去"]);
    const IMPROVED: Starts = Starts::new(&["提升", "因地制宜", "做大", "做强", "打造", "创建"]);
    if !is_count(core) && core.unit.is_some() {
        return None;
    }
    let before = &text[..core.outer_start];
    // 45个重点开发区规上工业总产值占全省的比重达84%; 为2万名老年人提供居家服务; 支持55个产粮大县提升产能
    let next = match () {
        () if text[words.end..].starts_with(is_number) && !text[..words.end].ends_with('过') => MEASURED,
        () if before.ends_with('为') => DONE,
        () if before.ends_with("支持") => IMPROVED,
        () => return None,
    };
    next.places(&text[words.clone()]).find(|&(at, _)| at >= SHORTEST_NOUN).map(|(at, _)| words.start + at)
}

/// 三大产业转型攻坚战, 六大水系出境断面: where the name of the classes ends that are counted.
fn class_end(text: &str, core: &Core, words: Range<usize>) -> Option<usize> {
    const CLASSES: Starts = Starts::new(&[
        "产业集群",
        "产业链",
        "产业园区",
        "产业",
        "领域",
        "水系",
        "流域",
        "河流",
        "江河",
        "片区",
        "都市圈",
        "城市群",
        "开发区",
        "经开区",
        "高新区",
        "新区",
        "新城",
        "主线",
        "系统",
        "赛道",
        "区域",
        "板块",
        "走廊",
        "高地",
        "平台",
        "基地",
        "行业",
        "集群",
        "维度",
    ]);
    if !text[..core.end].ends_with(['大', '类']) {
        return None;
    }
    CLASSES.places(&text[words.clone()]).next().map(|(_, after)| words.end - after.len()).filter(|&end| !text[end..].starts_with('的'))
}

/// A noun takes so many bytes at least.
const SHORTEST_NOUN: usize = 6;

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

/// 达到3%的水平: 水平 with so many characters at most is no name.
const LONGEST_LEVEL: usize = 6;

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || numeral::digit(c).is_some() || c == '十'
}

/// What is said of counted things is part of their label when it has so many characters at most.
const LONGEST_TOLD: usize = 24;

/// Where the noun ends: before a predicate that another number follows, or at the separator.
fn noun_end(text: &str, start: usize, to: usize, lexicon: &Lexicon) -> usize {
    let rest = &text[start..to];
    let mut end = to;
    for (i, _) in rest.char_indices().skip(2) {
        if lexicon.noun_ends.prefix(&rest[i..]).is_some() && i >= SHORTEST_NOUN {
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

/// 岚江通道覆盖75个城市: whether a subject names who acts and ends with the act.
fn acts_on(subject: &Label, lexicon: &Lexicon) -> bool {
    let words = subject.folded.as_str();
    let act = |found: Option<(&str, &TaskWord)>| {
        found.is_some_and(|(word, told)| word.len() > 3 && matches!(told.sense, TaskSense::Act | TaskSense::Effect))
    };
    words.chars().count() <= LONGEST_ACTOR
        && !words.contains(['、', '等', '《'])
        && act(lexicon.task_words.suffix(words))
        && !act(lexicon.task_words.prefix(words))
}

/// Who acts and the act take so many characters at most.
const LONGEST_ACTOR: usize = 16;

/// 实施管网改造、道路修复、水源保护三大工程: where in the subject the names begin, when they are as many as were counted.
fn listed_by_name(core: &Core, subject: &Label, lexicon: &Lexicon) -> Option<usize> {
    let names = subject.folded.as_str();
    let commas = names.matches('、').count();
    if commas == 0 || core.unit.as_ref().is_none_or(|u| u.as_str() != "item") {
        return None;
    }
    let last = names.rsplit('、').next().unwrap_or(names);
    let all = commas + 1 + usize::from(last.contains(['和', '与', '及']));
    let counted = core.value.low;
    if core.value.high > counted || (counted != all as f64 && counted != (commas + 1) as f64) {
        return None;
    }
    let verb = lexicon.task_words.prefix(names).filter(|(_, told)| matches!(told.sense, TaskSense::Act | TaskSense::Effect));
    Some(verb.map_or(0, |(word, _)| word.len()))
}

/// A short verb before and the noun after name the count together (优化242条公交线路); after 等 or a long clause the noun
/// alone does.
pub(super) fn join(ground: &Ground<'_>, core: &Core, spot: &Spot, subject: Label, counted: Label) -> Label {
    if core.value.low >= 1e8 && ["人口", "中国人", "中国人民"].contains(&counted.folded.as_str()) {
        return counted;
    }
    let (start, end) = spot.left.subject;
    // 安排衔接资金38亿元支持…: what the money is called stands before it.
    if core.unit.as_ref().is_some_and(|u| u.as_str() == "CNY")
        && ends!(subject.folded, ["资金", "补贴", "经费", "贷款", "投资", "基金", "补助"])
    {
        return subject;
    }
    // 成功应对17轮强降雨特别是台风影响: what was coped with.
    let coped = strip_start!(subject.folded, ["成功", "有效", "妥善", "全力"]).unwrap_or(&subject.folded);
    if starts!(coped, ["应对", "克服", "抵御", "战胜"]) {
        let end = counted.folded.find(['、', '和', '等', '特', '尤']).filter(|&at| at > 0).unwrap_or(counted.folded.len());
        return Label { text: counted.text[..same_cut(&counted, end)].to_owned(), folded: counted.folded[..end].to_owned(), ..counted };
    }
    // 三大工程 alone says nothing; 三个省实验室 does.
    let generic = ["工程", "行动", "产业", "体系"].contains(&counted.folded.as_str());
    if let Some(from) = listed_by_name(core, &subject, ground.lexicon).filter(|_| generic) {
        let (text, folded) = (&subject.text[same_cut(&subject, from)..], &subject.folded[from..]);
        return Label { text: format!("{text}{}", counted.text), folded: format!("{folded}{}", counted.folded), rule: "label.joined" };
    }
    // 首批10个育新基地
    if subject.folded == "首批" {
        return counted;
    }
    // 重点做好八个方面工作: the verbs say nothing of what is counted.
    if ["工作", "方面", "方面工作", "方面的工作"].contains(&counted.folded.as_str()) {
        return counted;
    }
    let said_of_part = starts!(counted.folded, ["由", "用于", "投", "来自", "通过", "以"]);
    if core.unit.as_ref().is_some_and(|u| u.as_str() == "percent") && said_of_part {
        return Label { text: subject.text + &counted.text, folded: subject.folded + &counted.folded, rule: "label.joined" };
    }
    let appositive = ground.text[start..end].ends_with('等') || subject.folded.ends_with('等');
    let short = subject.folded.chars().count() <= 6;
    let reaching = ends!(subject.folded, ["惠及", "带动", "投放", "覆盖", "帮助", "解决", "吸纳", "服务", "向"]);
    // 推出长三角一体化发展80项重点任务: what is listed under a heading is named by it.
    let headed = ends!(counted.folded, ["措施", "任务", "政策", "成果", "举措", "事项", "标准"])
        && counted.folded.chars().count() <= 6
        && subject.folded.chars().count() <= 20
        && !subject.folded.contains('、');
    // 在上海等省市设立, 以需求牵引做强, 围绕产业需求布局建设: where and how, not who.
    let framed = starts!(ground.text[spot.clause.start..end], ["在", "以", "围绕", "通过", "用", "按"]) || spot.from > spot.clause.start;
    let acts = !framed && acts_on(&subject, ground.lexicon);
    if appositive || !(short || reaching || headed || acts) {
        return counted;
    }
    Label { text: subject.text + &counted.text, folded: subject.folded + &counted.folded, rule: "label.joined" }
}
