//! Goals measured against another: 居民收入增长与经济增长同步, 完成国家下达的目标.

use std::cmp::Reverse;
use std::ops::Range;

use crate::words::{holds, strip_end};
use pledgebook_lexicon::{Lexicon, Relation};

/// A goal measured against another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goal {
    pub relation: Relation,
    /// An indicator's id, national, national_average, national_target, zero, plan, or the words of the text.
    pub reference: String,
    /// What it is about, in the clause; empty when the clause does not say.
    pub label: Range<usize>,
    /// 基本 of 基本同步.
    pub hedge: Option<&'static str>,
}

/// The relative goal of a clause.
pub(super) fn goal(words: &str, lexicon: &Lexicon) -> Option<Goal> {
    let (at, word, relation) = lexicon.goals.relations.find_from(words, 0)?;
    let hedge = ["基本同步", "大体同步", "总体同步"].iter().find(|w| words.contains(**w)).map(|w| &w[.."基本".len()]);
    let made = |reference: &str, label| Some(Goal { relation: *relation, reference: reference.to_owned(), label, hedge });
    match relation {
        Relation::Positive => made("zero", 0..at),
        Relation::InStep => {
            let (split, _) = ["与", "和", "同", "跟"].iter().filter_map(|w| words[..at].find(w).map(|i| (i, w.len()))).min()?;
            made(refers(&words[split..at], lexicon).unwrap_or("gdp"), 0..split)
        }
        Relation::SameAs => same_as(words, at, lexicon).and_then(|(reference, label)| made(reference, label)),
        Relation::Faster | Relation::NotBelow => {
            let after = &words[at + word.len()..];
            let written = || strip_end!(after, ["增长速度", "增速", "增长", "水平"]).unwrap_or(after);
            let reference = refers(after, lexicon).unwrap_or_else(written);
            let hedged = ["努力", "力争", "奋力", "全力", "争取", "确保"].contains(&&words[..at]);
            made(if reference.is_empty() { "national" } else { reference }, if hedged { 0..0 } else { 0..at })
        }
    }
}

/// What a piece of a clause refers to.
fn refers<'l>(words: &str, lexicon: &'l Lexicon) -> Option<&'l str> {
    let places = lexicon.goals.references.iter().filter_map(|(w, id)| words.find(w.as_str()).map(|i| (i, Reverse(w.len()), *id)));
    places.min().map(|(_, _, id)| id)
}

/// A goal set by someone else: 单位能耗降低完成国家下达目标, 全面完成国家下达的减排目标.
fn same_as<'l>(words: &str, at: usize, lexicon: &'l Lexicon) -> Option<(&'l str, Range<usize>)> {
    let set_above = holds!(words, ["国家", "下达", "约束性", "考核目标", "“十"]);
    let reference = if set_above { "national_target" } else { refers(words, lexicon).unwrap_or("plan") };
    let lead = words.len() - without_leads(words).len();
    let verbs = ["完成", "达到", "控制在", "与国家", "同国家", "经国家", "符合"];
    let verb = verbs.iter().filter_map(|w| words.find(w).map(|i| (i, w.len()))).filter(|&(i, _)| i >= lead).min();
    match verb {
        // 全面完成国家下达我省碳排放双控目标: what it is about stands behind.
        Some((i, _)) if i == lead && !set_above => None,
        Some((i, used)) if i == lead => {
            let rest = without_setter(&words[i + used..]);
            let end = strip_end!(rest, ["目标任务", "约束性指标", "目标", "任务", "指标"]).unwrap_or(rest).len();
            let from = words.len() - rest.len();
            Some((reference, from..from + end))
        }
        Some((i, _)) => Some((reference, 0..i)),
        None => Some((reference, 0..at)),
    }
}

/// A clause without what stands before its verb.
fn without_leads(words: &str) -> &str {
    let leads = ["按照国家要求", "按国家要求", "全面", "坚决", "如期", "确保", "力争", "努力", "圆满", "顺利"];
    let mut rest = words;
    while let Some(shorter) = leads.iter().find_map(|lead| rest.strip_prefix(lead)) {
        rest = shorter;
    }
    rest
}

/// What is to be done, without who set it.
fn without_setter(words: &str) -> &str {
    let mut rest = words;
    if let Some(name) = rest.strip_prefix('“') {
        rest = name.split_once('”').map_or(rest, |(_, after)| after);
    }
    let setters = ["期间", "时期", "规划", "国家", "省", "下达", "确定", "规定", "我省", "我市", "我区", "全省", "全市", "全区", "的"];
    while let Some(shorter) = setters.iter().find_map(|w| rest.strip_prefix(w)).filter(|r| !r.is_empty()) {
        rest = shorter;
    }
    rest
}
