//! Pledges: the headline goals of the year, with and without a number, and target figures elsewhere; and claims about goals.

mod deadline;
mod heads;
mod parts;
mod tasks;

use pledgebook_document::{Document, Span};
use pledgebook_lexicon::{Direction, Horizon, Lexicon, Measure, Mode, Period, PledgeKind, Relation, Role};

use crate::coding::indicator;
use crate::figures::Ground;
use crate::reading::{Claim, Figure, Pledge};

/// Makes the pledges of a document from its target figures, its goals without a number and its tasks.
pub(crate) fn pledges(document: &Document, lexicon: &Lexicon, figures: &[Figure]) -> Vec<Pledge> {
    let mut pledges = Vec::new();
    let mut tasks = tasks::Tasks::default();
    let mut in_list = false;
    let (mut base, mut seen) = (0, 0);
    for (index, passage) in document.passages.iter().enumerate() {
        let start = document.folded.folded(passage.span.start as usize).max(base);
        base = document.folded.folded(passage.span.end as usize);
        let ground = Ground { document, lexicon, text: &document.folded.as_str()[start..base], base: start };
        let from = seen + figures[seen..].iter().take_while(|f| f.span.start < passage.span.start).count();
        seen = from + figures[from..].iter().take_while(|f| f.span.start < passage.span.end).count();
        let inside: Vec<u32> = (from..seen).map(|i| i as u32).collect();
        let list = headline_list(document, lexicon, passage, in_list);
        in_list = list.is_some() && document.slice(passage.span).trim_end().ends_with(['：', '；', '，']);
        let list = list.filter(|_| yearly(document, figures, &inside));
        let first = pledges.len();
        tasks.read(&tasks::Place { ground: &ground, index, list, figures, inside: from..seen }, &mut pledges);
        let free: Vec<u32> = match pledges[first..].iter().map(|task: &Pledge| &task.figures).flatten().collect::<Vec<_>>() {
            taken if taken.is_empty() => inside,
            taken => inside.into_iter().filter(|i| !taken.contains(&i)).collect(),
        };
        let tasks_end = pledges.len();
        match list {
            Some(list) => headline(document, lexicon, figures, &free, list, &mut pledges),
            None => numbers(document, figures, &free, Headline::No, &mut pledges),
        }
        if tasks_end > first && pledges.len() > tasks_end {
            pledges[first..].sort_by_key(|p| p.span.start);
        }
    }
    link_repeats(&mut pledges);
    pledges
}

/// The part of a passage that lists the year's main expected goals.
fn headline_list(document: &Document, lexicon: &Lexicon, passage: &pledgebook_document::Passage, continued: bool) -> Option<Span> {
    if passage.role != Role::Goals {
        return None;
    }
    let text = document.slice(passage.span);
    let folded = pledgebook_lexicon::Folded::new(text);
    let opened = lexicon.goals.openers.iter().filter_map(|w| folded.as_str().find(w.as_str()).map(|i| i + w.len())).min();
    let Some(at) = opened else { return continued.then_some(passage.span) };
    // The list begins after 是： or 为： and ends with its sentence's paragraph.
    let rest = &folded.as_str()[at..];
    let lead: usize = rest.chars().take_while(|c| matches!(c, '是' | '为' | '：' | ':' | '，' | '主' | '要')).map(char::len_utf8).sum();
    let start = passage.span.start + folded.original(at + lead) as u32;
    Some(Span { start, end: passage.span.end })
}

/// Whether the figures are for the report's year and not for the span of a plan.
fn yearly(document: &Document, figures: &[Figure], inside: &[u32]) -> bool {
    let Some(year) = document.meta.year else { return true };
    inside.is_empty()
        || inside.iter().any(|&i| figures[i as usize].period == Period::Year(year) && figures[i as usize].mode == Mode::Target)
}

/// Where a pledge stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headline {
    Yes,
    No,
}

fn numbers(document: &Document, figures: &[Figure], inside: &[u32], headline: Headline, pledges: &mut Vec<Pledge>) {
    for &i in inside {
        let figure = &figures[i as usize];
        if figure.mode != Mode::Target {
            continue;
        }
        if figure.stretch
            && let Some(last) = pledges.last_mut()
            && last.kind == PledgeKind::Number
        {
            last.figures.push(i);
            last.span.end = figure.span.end;
            continue;
        }
        let horizon = if document.meta.year.is_some_and(|y| figure.period == Period::Year(y)) { Horizon::Year } else { Horizon::Plan };
        let rule = if headline == Headline::Yes { "pledge.headline_number" } else { "pledge.number" };
        pledges.push(Pledge {
            span: figure.span,
            kind: PledgeKind::Number,
            headline: headline == Headline::Yes,
            label: figure.label.clone(),
            indicator: figure.indicator,
            period: figure.period,
            horizon,
            figures: vec![i],
            hedge: figure.hedge.clone(),
            ..blank(figure.span, rule)
        });
    }
}

fn blank(span: Span, rule: &'static str) -> Pledge {
    Pledge {
        span,
        kind: PledgeKind::Qualitative,
        headline: true,
        label: String::new(),
        indicator: None,
        period: Period::Open,
        horizon: Horizon::Year,
        figures: Vec::new(),
        relation: None,
        reference: None,
        direction: Direction::None,
        stretch_text: None,
        hedge: None,
        actions: Vec::new(),
        objects: Vec::new(),
        lead: None,
        deadline: Period::Open,
        repeats: None,
        rules: vec![rule],
    }
}

/// The goals of the list, clause by clause.
fn headline(document: &Document, lexicon: &Lexicon, figures: &[Figure], inside: &[u32], list: Span, pledges: &mut Vec<Pledge>) {
    let before: Vec<u32> = inside.iter().copied().filter(|&i| figures[i as usize].span.start < list.start).collect();
    numbers(document, figures, &before, Headline::No, pledges);
    let text = document.slice(list);
    let mut from = 0;
    let mut subject: Option<String> = None;
    for (i, c) in text.char_indices().chain([(text.len(), '。')]) {
        if !matches!(c, '，' | '；' | '。' | '：' | '、' | '！') || (c == '、' && !breaks_at(text, i, lexicon)) {
            continue;
        }
        let clause = Span { start: list.start + from as u32, end: list.start + i as u32 };
        from = (i + c.len_utf8()).min(text.len());
        let here: Vec<u32> = inside.iter().copied().filter(|&f| clause.contains(figures[f as usize].span)).collect();
        if here.is_empty() {
            wordy(document, lexicon, clause, &mut subject, pledges);
        } else {
            numbers(document, figures, &here, Headline::Yes, pledges);
            subject = None;
        }
    }
}

/// A 、 ends a goal only before an open stretch or another relation of the same subject.
fn breaks_at(text: &str, at: usize, lexicon: &Lexicon) -> bool {
    let folded = pledgebook_lexicon::Folded::new(&text[at + '、'.len_utf8()..]);
    let rest = folded.as_str();
    lexicon.goals.stretch.iter().any(|w| rest.starts_with(w.as_str())) || rest.starts_with("高于") || rest.starts_with("快于")
}

/// A clause without a figure: an open stretch, a relative goal, a goal not set, or a qualitative one.
fn wordy(document: &Document, lexicon: &Lexicon, clause: Span, subject: &mut Option<String>, pledges: &mut Vec<Pledge>) {
    let raw = document.slice(clause);
    let folded = pledgebook_lexicon::Folded::new(raw);
    let words = folded.as_str();
    if words.chars().count() < 3 {
        return;
    }
    let goals = &lexicon.goals;
    if goals.stretch.iter().any(|w| words.contains(w.as_str())) {
        if let Some(last) = pledges.last_mut() {
            last.stretch_text = Some(raw.to_owned());
        }
        return;
    }
    if ["重点做好", "工作中", "经过努力", "提出上述", "综合考虑", "上述目标", "实现上述"].iter().any(|w| words.starts_with(w))
    {
        return;
    }
    let year = document.meta.year.map_or(Period::Open, Period::Year);
    let original = |from: usize, to: usize| raw[folded.original(from)..folded.original(to)].to_owned();
    if let Some(word) = goals.absent.iter().find(|w| words.contains(w.as_str())) {
        let at = words.find(word.as_str()).unwrap_or(0);
        let label = label_of(words, at);
        pledges.push(Pledge {
            kind: PledgeKind::Absent,
            label: original(label.0, label.1),
            indicator: indicator(&words[label.0..label.1], Measure::Growth, lexicon),
            period: year,
            ..blank(clause, "pledge.headline_absent")
        });
        return;
    }
    if let Some((relation, reference, label)) = relative(words, lexicon) {
        let name = if label.0 < label.1 { original(label.0, label.1) } else { subject.clone().unwrap_or_default() };
        let name_folded = pledgebook_lexicon::Folded::new(&name);
        pledges.push(Pledge {
            kind: PledgeKind::Relative,
            indicator: indicator(name_folded.as_str(), Measure::Growth, lexicon),
            label: name.clone(),
            period: year,
            relation: Some(relation),
            reference: Some(reference.to_owned()),
            hedge: words.contains("基本同步").then(|| "基本".to_owned()),
            ..blank(clause, "pledge.headline_relative")
        });
        *subject = Some(name);
        return;
    }
    qualitative(lexicon, clause, words, &original, year, pledges);
}

fn qualitative(
    lexicon: &Lexicon,
    clause: Span,
    words: &str,
    original: &dyn Fn(usize, usize) -> String,
    year: Period,
    pledges: &mut Vec<Pledge>,
) {
    let (label, direction) = match lexicon.goals.states.suffix(words) {
        Some((state, &direction)) if state.len() < words.len() => (label_of(words, words.len() - state.len()), direction),
        _ => match lexicon.goals.states.prefix(words) {
            Some((state, &direction)) if state.len() < words.len() => ((state.len(), words.len()), direction),
            _ => return,
        },
    };
    // 能耗和主要污染物排放量继续下降: two subjects of one wish.
    let name = &words[label.0..label.1];
    let cut = ["和", "与", "及"].iter().find_map(|w| name.find(w).map(|i| (label.0 + i, w.len())));
    let known = |from: usize, to: usize| indicator(&words[from..to], Measure::Level, lexicon);
    let parts = match cut {
        Some((at, used)) if known(label.0, at).is_some() || known(at + used, label.1).is_some() => {
            vec![(label.0, at), (at + used, label.1)]
        }
        _ => vec![label],
    };
    for (from, to) in parts {
        pledges.push(Pledge {
            label: original(from, to),
            indicator: known(from, to),
            period: year,
            direction,
            ..blank(clause, "pledge.headline_qualitative")
        });
    }
}

/// The subject before `end`, connectives and verbs of keeping left out.
fn label_of(words: &str, end: usize) -> (usize, usize) {
    let mut start = 0;
    let leads = ["确保", "全面", "继续", "保持", "实现", "努力", "全省", "我省", "其中", "同时"];
    while let Some(lead) = leads.iter().find(|lead| words[start..end].starts_with(**lead) && end - start > lead.len()) {
        start += lead.len();
    }
    let mut end = end;
    loop {
        let kept =
            ["继续", "保持", "稳定", "持续", "增长", "增速", "进一步", "总体", "不断", "基本", "的", "要", "力争", "努力", "实现", "指标"]
                .iter()
                .find_map(|w| words[start..end].strip_suffix(w).filter(|k| !k.is_empty() && *w != "指标").map(str::len));
        match kept {
            Some(len) => end = start + len,
            None => return (start, end),
        }
    }
}

/// Relation, reference and label of a goal measured against another.
fn relative<'l>(words: &str, lexicon: &'l Lexicon) -> Option<(Relation, &'l str, (usize, usize))> {
    let goals = &lexicon.goals;
    let (word, relation) = goals.relations.iter().find(|(w, _)| words.contains(w.as_str()))?;
    let at = words.find(word.as_str())?;
    let refers = |text: &str| {
        goals.references.iter().filter_map(|(w, id)| text.find(w.as_str()).map(|i| (i, std::cmp::Reverse(w.len()), *id))).min()
    };
    match relation {
        Relation::Positive => Some((*relation, "zero", label_of(words, at))),
        Relation::InStep => {
            let split = ["与", "和", "同", "跟"].iter().filter_map(|w| words[..at].find(w).map(|i| (i, w.len()))).min()?;
            let reference = refers(&words[split.0..at]).map_or("gdp", |(_, _, id)| id);
            Some((*relation, reference, label_of(words, split.0)))
        }
        Relation::SameAs => {
            let reference = if words.contains("国家") || words.contains("下达") {
                "national_target"
            } else {
                refers(words).map_or("plan", |(_, _, id)| id)
            };
            let verb = ["完成", "达到", "控制在", "与国家", "同国家", "经国家", "降低", "目标"]
                .iter()
                .filter_map(|w| words.find(w))
                .filter(|&i| i > 0)
                .min();
            let after = words.find("下达的").map(|i| i + "下达的".len());
            let label = match (verb, after) {
                (None, Some(from)) if from < words.len() => (from, words.len()),
                (verb, _) => label_of(words, verb.unwrap_or(at)),
            };
            Some((*relation, reference, label))
        }
        Relation::Faster | Relation::NotBelow => {
            let reference = refers(&words[at..]).map_or("national", |(_, _, id)| id);
            let own = if at == 0 { (0, 0) } else { label_of(words, at) };
            Some((*relation, reference, own))
        }
    }
}

/// A goal given again points to the first.
fn link_repeats(pledges: &mut [Pledge]) {
    for i in 1..pledges.len() {
        let Some(id) = pledges[i].indicator else { continue };
        let first = pledges[..i].iter().position(|p| p.headline && p.indicator == Some(id) && p.period == pledges[i].period);
        pledges[i].repeats = first.map(|f| f as u32);
    }
}

/// What the government says became of its own goals.
pub(crate) fn claims(document: &Document, lexicon: &Lexicon) -> Vec<Claim> {
    let mut claims = Vec::new();
    for passage in document.passages.iter().filter(|p| matches!(p.role, Role::Review | Role::Problem | Role::Opening)) {
        let base = document.folded.folded(passage.span.start as usize);
        let text = &document.folded.as_str()[base..document.folded.folded(passage.span.end as usize)];
        if !["目标", "任务", "预期", "计划"].iter().any(|w| text.contains(w)) {
            continue;
        }
        let mut from = 0;
        for (i, c) in text.char_indices().chain([(text.len(), '。')]) {
            if !matches!(c, '，' | '；' | '。' | '！') {
                continue;
            }
            let clause = &text[from..i];
            let next = (i + c.len_utf8()).min(text.len());
            // Few clauses speak of goals at all; only those are searched for what is said of them.
            if !["目标", "预期", "全年", "年度任务", "计划"].iter().any(|w| clause.contains(w)) {
                from = next;
                continue;
            }
            let found = lexicon.goals.claims.iter().find_map(|(w, claimed)| clause.find(w.as_str()).map(|at| (at, w.len(), *claimed)));
            if let Some((at, used, claimed)) = found {
                let label = if at > 0 { (0, at) } else { (used, clause.len()) };
                let name = clause[label.0..label.1].trim_start_matches(['了', '的']).trim_end_matches(['也', '均', '都']);
                let start = from + clause.find(name).unwrap_or(0);
                claims.push(Claim {
                    span: document.unfold(base + from, base + i),
                    label: document.slice(document.unfold(base + start, base + start + name.len())).to_owned(),
                    indicator: indicator(name, Measure::Growth, lexicon),
                    claimed,
                    rules: vec!["claim.wording"],
                });
            }
            from = next;
        }
    }
    claims
}
