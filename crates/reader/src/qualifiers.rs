//! How a number is to be taken: what it sums up, what it is measured against, on what basis, of which part of the area, and
//! how sure the coding is (CODEBOOK, "Coded too").

use std::borrow::Cow;
use std::sync::OnceLock;

use pledgebook_lexicon::{Aggregate, Areas, Level, Measure, Mode, Unit, WordMap};

use crate::clause::{self, Basis};
use crate::core::Core;
use crate::figures::{Ground, Spot};
use crate::label::Label;
use crate::reading::Figure;
use crate::signs::Sign;
use crate::time::Mention;
use crate::words::{holds, starts};

/// How the figure sums up its period.
pub(crate) fn aggregate(
    spot: &Spot,
    named: Option<&Mention>,
    listed: Option<&Figure>,
    measure: Measure,
    start: bool,
    average: bool,
    text: &str,
) -> Aggregate {
    let left = &spot.left;
    let until = named.is_some_and(|m| text[..m.start].ends_with('到') || text[..m.start].ends_with("至"));
    let carried = listed
        .filter(|f| f.measure == measure)
        .map(|f| f.aggregate)
        .filter(|a| matches!(a, Aggregate::End | Aggregate::Total | Aggregate::Each));
    match () {
        () if start => Aggregate::Start,
        () if average => Aggregate::Average,
        () if left.each => Aggregate::Each,
        () if left.total => Aggregate::Total,
        () if left.arrived || until && matches!(measure, Measure::Level | Measure::Share | Measure::Multiple) => Aggregate::End,
        () => carried.unwrap_or(Aggregate::Single),
    }
}

/// What a gap, a rank or a multiple is measured against.
pub(crate) fn reference(ground: &Ground<'_>, spot: &Spot, core: &Core, measure: Measure) -> Option<String> {
    let words = match measure {
        // 居全国第3位, 是2020年的2.6倍: named before the number.
        Measure::Rank | Measure::Multiple => &ground.text[spot.clause.start.min(core.start)..core.outer_start],
        Measure::Gap => &ground.text[spot.from.min(core.start)..core.outer_start],
        _ => return None,
    };
    let target = holds!(words, ["计划", "目标", "任务", "进度"]);
    let known = match () {
        () if words.contains("全国平均") || words.contains("全国水平") => "national_average",
        () if target && words.contains("国家") => "national_target",
        () if target => "plan",
        () if words.contains("上年") || words.contains("去年") || words.contains("同期") => "last_year",
        () if words.contains("全国") || words.contains("国内") => "national",
        () if words.contains("经济增速") || words.contains("经济增长") || words.contains("生产总值增速") || words.contains("GDP") => {
            "gdp"
        }
        () if words.contains("城镇居民") && !spot_is(ground, spot, "城镇居民") => "income_urban",
        () if words.contains("农村居民") && !spot_is(ground, spot, "农村居民") => "income_rural",
        () => return region(ground, words),
    };
    Some(known.to_owned())
}

fn spot_is(ground: &Ground<'_>, spot: &Spot, name: &str) -> bool {
    let (start, end) = spot.left.subject;
    ground.text[start..end].contains(name)
}

/// 居中部地区第1: the region as written.
fn region(ground: &Ground<'_>, words: &str) -> Option<String> {
    const REGIONS: [&str; 16] = [
        "中部六省",
        "中部地区",
        "西部地区",
        "东部地区",
        "东北地区",
        "长三角",
        "珠三角",
        "京津冀",
        "世界",
        "全球",
        "中部",
        "西部",
        "东部",
        "亚洲",
        "省内",
        "副省级城市",
    ];
    let (at, name) =
        REGIONS.iter().filter_map(|name| words.rfind(name).map(|at| (at, *name))).max_by_key(|(at, name)| (*at, name.len()))?;
    // The words are a part of the passage's folded text: back to the script of the document.
    let start = words.as_ptr() as usize - ground.text.as_ptr() as usize + at;
    Some(format!("region:{}", ground.original(start, start + name.len())))
}

/// On what basis the number was reckoned, as said in its clause, in the one before, or in parentheses after it.
pub(crate) fn basis(ground: &Ground<'_>, spot: &Spot, core: &Core, measure: Measure) -> Cow<'static, str> {
    let text = ground.text;
    let real = spot.left.real && measure == Measure::Growth;
    let separates = |c: char| matches!(c, '，' | '；' | '：');
    let before = text[spot.sentence.start..spot.clause.start].trim_end_matches('，');
    let before_end = spot.sentence.start + before.len();
    let before_start = ground.signs.last(spot.sentence.start..before_end, separates).map_or(spot.sentence.start, Sign::end);
    let before = &text[before_start..before_end];
    let after = text[core.outer_end..].strip_prefix('（').and_then(|t| t.split_once('）')).map_or("", |(inside, _)| inside);
    // Few clauses hold a character of any of the words that name a basis.
    let of_basis = |c: char| matches!(c, '价' | '扣' | '剔' | '含' | '括' | '径' | '义' | '响');
    if !ground.signs.letters(&(before_start..core.outer_start)).any(|sign| of_basis(sign.char)) && !after.contains(of_basis) {
        return if real { "real" } else { "unstated" }.into();
    }
    let words = &text[spot.from.min(core.start)..core.outer_start];
    let said = [words, before, after].into_iter();
    let own = spot.left.basis.or_else(|| clause::basis(before)).or_else(|| clause::basis(after));
    let names = |list: &[&str]| list.iter().any(|w| words.contains(w) || after.contains(w));
    match own {
        _ if real || own == Some(Basis::Real) || names(&["可比价", "不变价"]) => "real".into(),
        _ if names(&["名义", "现价", "现行价格"]) => "nominal".into(),
        Some(Basis::SameScope) => "same_scope".into(),
        _ if names(&["同口径", "可比口径"]) => "same_scope".into(),
        _ if measure == Measure::Rank || is_span(core) => "unstated".into(),
        _ => said.filter_map(excluded).next().map_or("unstated".into(), |what| excluding(ground, what).into()),
    }
}

/// Whether the number only says how long something lasted.
fn is_span(core: &Core) -> bool {
    core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "year" | "month" | "day"))
}

/// 扣除房地产开发投资后: what is taken out.
fn excluded(words: &str) -> Option<&str> {
    let (verb, at) = ["扣除", "剔除", "不含", "不包括"].iter().filter_map(|w| words.find(w).map(|i| (*w, i))).next()?;
    // 加计扣除 is a kind of tax relief.
    let rest = &words[at + verb.len()..];
    if words[..at].ends_with('计') || rest.starts_with("标准") || rest.starts_with("比例") || rest.starts_with("政策") {
        return None;
    }
    let end = ["影响", "后", "，", "的", "百分", "）"].iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
    let end = rest[..end].find(|c: char| c.is_ascii_digit()).unwrap_or(end);
    (end > 0 && !rest[..end].contains("价格") && !rest[..end].contains("物价")).then_some(&rest[..end])
}

fn excluding(ground: &Ground<'_>, what: &str) -> String {
    let start = what.as_ptr() as usize - ground.text.as_ptr() as usize;
    format!("excluding:{}", ground.original(start, start + what.len()))
}

/// Whether the sentence gives its figures as estimates: 预计, 初步核算.
pub(crate) fn estimate(ground: &Ground<'_>, spot: &Spot, core: &Core) -> bool {
    let before = &ground.text[spot.sentence.start..core.start];
    if !ground.signs.letters(&(spot.sentence.start..core.start)).any(|sign| matches!(sign.char, '预' | '初' | '据')) {
        return spot.left.estimate || before.starts_with("快报数");
    }
    let words = &ground.text[spot.from.min(core.start)..core.outer_start];
    // 比1980年预计增长: it is the base that was an estimate.
    let expected = words.contains('预') && words.contains("预计");
    let base = expected && words.find("预计").is_some_and(|i| words[..i].contains('比') && words[..i].ends_with('年'));
    (spot.left.estimate || expected) && !base
        || starts!(before, ["预计", "初步核算", "据初步核算", "初步统计", "据初步统计", "初步测算", "据测算", "快报数"])
        || before.rfind('；').map_or(before, |i| &before[i..]).contains("初步核算")
}

/// The hedge that governs the number, its own or that of the list it stands in (力争A达到…、B达到…).
pub(crate) fn hedge(ground: &Ground<'_>, spot: &Spot, governed: Option<&Figure>, mode: Mode) -> Option<String> {
    let aims =
        |word: &str| mode == Mode::Target && !(word == "争取" && seeks_means(&ground.text[spot.left.subject.0..spot.left.subject.1]));
    let own = spot.left.hedge.filter(|&(a, b)| aims(&ground.text[a..b])).map(|(a, b)| ground.original(a, b).to_owned());
    own.or_else(|| governed.and_then(|f| f.hedge.clone()))
}

/// 争取国债资金: a verb with an object, no hedge.
fn seeks_means(subject: &str) -> bool {
    holds!(subject, ["资金", "国债", "债券", "专项债", "贷款", "转移支付", "政策", "支持"])
}

/// The part of the issuer's area that a label speaks of, or the whole nation: what opens the label and names one.
pub(crate) fn part(ground: &Ground<'_>, label: &Label, spot: &Spot, indicator: Option<&str>) -> Option<String> {
    let folded = label.folded.as_str();
    let nation = ground.document.meta.level == Some(Level::Nation);
    let before = &ground.text[..spot.left.subject.0];
    if !nation && indicator.is_some() && label.rule == "label.subject" && before.ends_with("全国") {
        return Some(ground.original(before.len() - "全国".len(), before.len()).to_owned());
    }
    let (name, ()) = places().prefix(folded).filter(|(name, ())| !goes_on(&folded[name.len()..]))?;
    let sign = folded.chars().take(LONGEST_PLACE).any(|c| matches!(c, '省' | '市' | '县' | '州' | '区' | '旗' | '盟' | '冀' | '角'));
    if !sign {
        return None;
    }
    Some(label.text.chars().take(name.chars().count()).collect())
}

/// The sign of a place is looked for in so many characters.
const LONGEST_PLACE: usize = 8;

/// 武汉大学, 上海港: the name of a place is the first part of another.
fn goes_on(rest: &str) -> bool {
    starts!(
        rest,
        [
            "大学",
            "港",
            "机场",
            "籍",
            "路",
            "学院",
            "医院",
            "高速",
            "铁路",
            "公司",
            "集团",
            "号",
            "站",
            "科技大学",
            "理工",
            "经开区",
            "高新区",
            "的",
            "牌",
            "域",
            "两级",
            "一体化",
            "生态",
            "自贸",
            "与",
            "协同",
            "级",
            "城"
        ]
    )
}

/// Names of provinces and prefectures, and of parts that reports speak of.
fn places() -> &'static WordMap<()> {
    static PLACES: OnceLock<WordMap<()>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let areas = Areas::builtin();
        let named = areas.iter().filter(|a| a.level != Level::Nation).map(|a| a.name.to_owned());
        let parts = [
            "脱贫地区",
            "脱贫县",
            "贫困地区",
            "贫困县",
            "西部地区",
            "东部地区",
            "中部地区",
            "东北地区",
            "民族地区",
            "革命老区",
            "老区",
            "边境地区",
            "中心城区",
            "主城区",
            "京津冀",
            "长三角",
            "粤港澳大湾区",
            "雄安新区",
            "浦东新区",
            "两江新区",
            "滨海新区",
            "城市副中心",
            "成渝地区双城经济圈",
            "欠发达地区",
            "少数民族地区",
            "沿海地区",
            "内地",
        ];
        named.chain(parts.into_iter().map(str::to_owned)).map(|name| (name, ())).collect()
    })
}

/// Why a coding rests on a weak rule; `None` when it does not. Chosen by how often such rows are wrong (docs/validity.md).
pub(crate) fn doubt(
    label: &Label,
    unit: &Unit,
    measure: Measure,
    mode: Mode,
    indicator: Option<&str>,
    rules: &[&str],
) -> Option<&'static str> {
    match label.rule {
        "" => return Some("no words around the number name what it measures"),
        "label.previous_clause" => return Some("the clause names no subject of its own"),
        "label.counted" if matches!(unit.as_str(), "CNY" | "USD" | "percent") => {
            return Some("the name was taken from the words after an amount");
        }
        _ => {}
    }
    if rules.contains(&"numeral.chinese") && matches!(unit.as_str(), "CNY" | "USD") {
        return Some("an amount in Chinese numerals: older reports are read less surely");
    }
    let name = label.folded.as_str();
    let length = name.chars().count();
    match () {
        () if indicator.is_some() => None,
        () if length <= 3 => Some("the name is only three characters or fewer"),
        () if length == 4 && label.rule == "label.inherited" => Some("a short name was carried over"),
        () if name.contains('的') => Some("the name holds a clause"),
        () if name.contains(['为', '使']) || name.find('支').is_some_and(|at| name[at..].starts_with("支持")) => {
            Some("the name holds a verb")
        }
        () if measure == Measure::Multiple => Some("what the multiple is taken of may stand elsewhere"),
        () if mode == Mode::Other => Some("a base, a threshold or a definition"),
        () if rules.contains(&"measure.share_of_counted") => Some("what the share is of was taken from the words after it"),
        () if unit.as_str().starts_with("other:") => Some("the unit is none of the codebook's"),
        () => None,
    }
}
