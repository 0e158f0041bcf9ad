//! What each section and passage is for.

use pledgebook_lexicon::{DocumentKind, Role};

use crate::folded_text::FoldedText;
use crate::marks::Mark;
use crate::outline::Outline;
use crate::rules::{Anchor, PassageRule, begins_with_any, contains, contains_any, rules};
use crate::{Meta, PassageKind, Span, date};

/// Tells the roles of all sections and passages.
pub(crate) fn assign(outline: &mut Outline, folded: FoldedText, meta: &Meta) {
    if meta.kind == Some(DocumentKind::Resolution) {
        outline.sections.iter_mut().for_each(|s| s.role = Role::Resolution);
        outline.passages.iter_mut().for_each(|p| p.role = Role::Resolution);
        return;
    }
    if meta.kind == Some(DocumentKind::Communique) {
        return communique(outline, folded);
    }
    sections(outline, folded, meta.year);
    let mut teller =
        Teller { folded, outline, since_salutation: None, year: meta.year, this_year: meta.year.map(|y| format!("{y}年是")) };
    teller.passages();
    teller.look_both_ways();
    teller.before_goals();
    if meta.kind.is_none_or(|k| k == DocumentKind::WorkReport) {
        teller.closing();
    }
}

/// A communiqué tells what was; there is nothing else in it but notes.
fn communique(outline: &mut Outline, folded: FoldedText) {
    for i in 0..outline.sections.len() {
        let section = &outline.sections[i];
        let above = section.parent.map(|p| outline.sections[p as usize].role);
        let notes = above == Some(Role::Glossary) || names_notes(folded.slice(section.title));
        outline.sections[i].role = if notes { Role::Glossary } else { Role::Review };
    }
    for passage in &mut outline.passages {
        let section = passage.section.map(|s| outline.sections[s as usize].role);
        let head = if passage.kind == PassageKind::Title { Role::Opening } else { Role::Review };
        passage.role = section.unwrap_or(head);
    }
}

/// The role of each section: told by its heading, by the section it stands in, or by its place.
fn sections(outline: &mut Outline, folded: FoldedText, year: Option<i16>) {
    let mut seen_review = false;
    // Sections whose role no word told: what stands in them is told as if it stood alone.
    let mut guessed = vec![false; outline.sections.len()];
    for i in 0..outline.sections.len() {
        let section = &outline.sections[i];
        let title = folded.slice(section.title);
        let (level, parent) = (section.level, section.parent.map(|p| p as usize));
        // 首先报告2001年的工作, then a few words on this year, then the tasks 一、 to 十、 under the same bare heading.
        let turns = level == 1
            && parent.is_some_and(|p| outline.sections[p].role == Role::Review && speaks_of_this_year(outline, folded, section.span));
        if let Some(parent) = parent.filter(|_| turns) {
            guessed[parent] = true;
        }
        let role = match parent.map(|p| (outline.sections[p].role, guessed[p])) {
            Some((parent, guessed)) if (!guessed || level >= 3) && !turns => subsection_role(parent, title),
            above => section_role(title, year).unwrap_or_else(|| {
                guessed[i] = level == 0;
                if seen_review || i > 0 || above.is_some() { Role::Tasks } else { Role::Review }
            }),
        };
        seen_review |= role == Role::Review;
        outline.sections[i].role = role;
    }
    // 附件 alone above the glossary is its heading too.
    for i in (1..outline.sections.len()).rev() {
        let above = &outline.sections[i - 1];
        let annex = above.span == above.title && folded.slice(above.title).starts_with('附');
        if annex && above.span.end + 1 == outline.sections[i].span.start && outline.sections[i].role == Role::Glossary {
            outline.sections[i - 1].role = Role::Glossary;
        }
    }
}

/// Whether the paragraph before a section speaks of this year.
fn speaks_of_this_year(outline: &Outline, folded: FoldedText, section: Span) -> bool {
    let i = outline.passages.partition_point(|p| p.span.start < section.start);
    i > 0 && contains(folded.slice(outline.passages[i - 1].span), "今年")
}

fn section_role(title: &str, year: Option<i16>) -> Option<Role> {
    let role = rules().section.iter().find(|rule| rule.words.hold(title)).map(|rule| rule.role);
    let named = date::years(title).max();
    match (role, named, year) {
        // 一、2023年工作 in a report of 2024 looks back, whatever it is called.
        (None | Some(Role::Tasks), Some(named), Some(year)) if named < year => Some(Role::Review),
        _ => role,
    }
}

/// Whether a (folded) heading is that of a list of notes.
pub(crate) fn names_notes(title: &str) -> bool {
    rules().section.iter().any(|rule| rule.role == Role::Glossary && rule.words.hold(title))
}

fn subsection_role(parent: Role, title: &str) -> Role {
    if parent == Role::Glossary {
        return parent;
    }
    rules().subsection.iter().find(|rule| rule.inside.contains(&parent) && rule.words.hold(title)).map_or(parent, |rule| rule.role)
}

struct Teller<'a> {
    folded: FoldedText<'a>,
    year: Option<i16>,
    /// How a paragraph on the year of the report begins: 2024年是.
    this_year: Option<String>,
    outline: &'a mut Outline,
    /// The passage after the last salutation, while no heading came.
    since_salutation: Option<usize>,
}

impl<'a> Teller<'a> {
    fn folded(&self, span: Span) -> &'a str {
        self.folded.slice(span)
    }

    fn passages(&mut self) {
        let mut list: Option<Role> = None;
        // A role that the paragraphs after it in the same section share, until a salutation or heading.
        let mut rest: Option<(Role, Option<u32>)> = None;
        for i in 0..self.outline.passages.len() {
            let passage = self.outline.passages[i];
            let section = passage.section.map(|s| self.outline.sections[s as usize].clone());
            let inherited = match &section {
                // After a salutation the text has left the government itself and speaks of all its tasks.
                Some(section) if section.role == Role::Government && section.level <= 1 && self.since_salutation.is_some() => Role::Tasks,
                Some(section) => section.role,
                None if i < self.first_section_passage() => Role::Opening,
                None => Role::Other,
            };
            let text = self.folded(passage.span);
            let top = self.top(passage.section);
            if passage.kind == PassageKind::Salutation || begins_with_any(text, &rules().salutation.begin) {
                self.since_salutation = Some(i);
                rest = None;
                list = None;
            }
            let marked = Mark::parse(text).is_some();
            let role = if passage.kind != PassageKind::Body {
                list = None;
                if passage.kind == PassageKind::Heading {
                    self.since_salutation = None;
                    rest = None;
                }
                inherited
            } else if let Some(role) = self.told_by_words(i, inherited, text, top) {
                let has_items = announces_list(text) || (role == Role::Problem && self.is_dash(i + 1));
                list = Some(role).filter(|r| has_items && matches!(r, Role::Goals | Role::Problem | Role::LivelihoodList));
                if matches!(role, Role::Government | Role::Other) {
                    rest = Some((role, passage.section));
                }
                role
            } else if let Some(role) =
                list.filter(|&r| marked || text.ends_with('；') || self.follows_announcement(i) || (r == Role::Goals && is_goal_item(text)))
            {
                role
            } else if let Some((role, _)) = rest.filter(|&(_, section)| section == passage.section) {
                role
            } else if inherited == Role::Review && top == passage.section && self.looks_ahead(text) {
                rest = Some((Role::Requirements, passage.section));
                Role::Requirements
            } else {
                list = None;
                inherited
            };
            self.outline.passages[i].role = role;
        }
    }

    /// Passages before the first section are the opening.
    fn first_section_passage(&self) -> usize {
        let Some(first) = self.outline.sections.first() else { return self.outline.head + 2 };
        self.outline.passages.partition_point(|p| p.span.start < first.span.start)
    }

    /// The section of the first level (or the bare heading above) that holds a section.
    fn top(&self, section: Option<u32>) -> Option<u32> {
        let mut section = section?;
        while let Some(parent) = self.outline.sections[section as usize].parent {
            section = parent;
        }
        Some(section)
    }

    fn follows_announcement(&self, i: usize) -> bool {
        i > 0 && announces_list(self.folded(self.outline.passages[i - 1].span))
    }

    fn is_dash(&self, i: usize) -> bool {
        self.outline.passages.get(i).is_some_and(|p| self.folded(p.span).starts_with("——"))
    }

    /// The first paragraph after a review that speaks of the year of the report.
    fn looks_ahead(&self, text: &str) -> bool {
        let year = self.this_year.as_deref().is_some_and(|y| text.starts_with(y));
        year || text.starts_with("今年是") || text.starts_with("今年的工作")
    }

    fn told_by_words(&self, i: usize, inherited: Role, text: &str, top: Option<u32>) -> Option<Role> {
        rules()
            .passage
            .iter()
            .filter(|rule| rule.before.is_none())
            .find(|rule| self.holds(rule, i, inherited, text, top))
            .map(|rule| rule.role)
    }

    fn holds(&self, rule: &PassageRule, i: usize, inherited: Role, text: &str, top: Option<u32>) -> bool {
        if !rule.inside.contains(&inherited) || (rule.top && top != self.outline.passages[i].section) {
            return false;
        }
        let anchored = match rule.after {
            None => true,
            Some(Anchor::Goals) => i > 0 && matches!(self.outline.passages[i - 1].role, Role::Goals | Role::Rationale),
            Some(Anchor::Salutation) => self.since_salutation.is_some_and(|s| i - s <= 1),
        };
        anchored && rule.words.hold(window(text, rule.window)) && fits_role(rule.role, text)
    }

    /// A section on the goals of a plan may first tell what became of the last one: those paragraphs are review.
    fn look_both_ways(&mut self) {
        let turn = &rules().turn;
        let plan = |year: Option<i16>| year.and_then(date::plan_of).map(|plan| format!("“{plan}”"));
        let (ahead, behind) = (plan(self.year), plan(self.year.map(|y| y - 1)));
        let behind = behind.filter(|_| ahead != plan(self.year.map(|y| y - 1)));
        let names = |text: &str, plan: &Option<String>| plan.as_deref().is_some_and(|p| contains(text, p));
        for s in 0..self.outline.sections.len() {
            let section = &self.outline.sections[s];
            if section.role != Role::Goals || section.parent.is_some() {
                continue;
            }
            // Until the text turns: 发展成就和主要目标.
            let mut before_turn = contains_any(self.folded(section.title), &turn.both);
            let first = self.outline.passages.partition_point(|p| p.span.start < section.span.start);
            let last = self.outline.passages.partition_point(|p| p.span.start < section.span.end);
            for i in first..last {
                let passage = self.outline.passages[i];
                if passage.role != Role::Goals || passage.kind == PassageKind::Heading {
                    continue;
                }
                let start = window(self.folded(passage.span), 30);
                let back = contains_any(start, &turn.back) || names(window(start, 8), &behind);
                before_turn &= back || !(contains_any(start, &turn.forward) || names(start, &ahead));
                if before_turn || back {
                    self.outline.passages[i].role = Role::Review;
                }
            }
        }
    }

    /// Paragraphs before the goals, in the same section and before its subsections, that say what is required.
    fn before_goals(&mut self) {
        for goal in 0..self.outline.passages.len() {
            let at = self.outline.passages[goal];
            let top = at.section.is_some_and(|s| {
                self.outline.sections[s as usize].parent.is_none() && self.outline.sections[s as usize].role != Role::Goals
            });
            if at.role != Role::Goals || !top {
                continue;
            }
            for i in (0..goal).rev() {
                let passage = self.outline.passages[i];
                if passage.section != at.section || passage.kind == PassageKind::Heading || passage.role != Role::Tasks {
                    break;
                }
                self.outline.passages[i].role = Role::Requirements;
            }
        }
        let rules: Vec<&PassageRule> = rules().passage.iter().filter(|r| r.before.is_some()).collect();
        let mut heading = 0;
        for i in 0..self.outline.passages.len() {
            let passage = self.outline.passages[i];
            if passage.kind == PassageKind::Heading {
                heading = i;
            }
            let top = passage.section.is_some() && self.top(passage.section) == passage.section;
            if !top || i > heading + 4 || passage.kind != PassageKind::Body || passage.role != Role::Tasks {
                continue;
            }
            let text = self.folded(passage.span);
            if rules.iter().any(|r| r.words.hold(window(text, 80))) {
                self.outline.passages[i].role = Role::Requirements;
            }
        }
    }

    /// The last words: what calls on everybody at the end of the report.
    fn closing(&mut self) {
        let passages = &self.outline.passages;
        let mut end = passages.iter().position(|p| p.role == Role::Glossary).unwrap_or(passages.len());
        while end > 0 && passages[end - 1].kind == PassageKind::Heading {
            end -= 1;
        }
        let mut first = end;
        for i in (end.saturating_sub(6)..end).rev() {
            let passage = passages[i];
            let calls = passage.kind == PassageKind::Body && rules().closing.hold(self.folded(passage.span));
            let last =
                i + 1 == end && passage.kind == PassageKind::Body && begins_with_any(self.folded(passage.span), &rules().salutation.begin);
            if calls || last {
                first = i;
            } else if passage.kind == PassageKind::Salutation && first == i + 1 {
                first = i;
                break;
            } else {
                break;
            }
        }
        // The last salutation opens the last words, when they are few.
        let from = end.saturating_sub(14);
        if first < end
            && let Some(salutation) = (from..end).rev().find(|&i| passages[i].kind != PassageKind::Body)
            && passages[salutation].kind == PassageKind::Salutation
            && passages[salutation..end].iter().map(|p| p.span.end - p.span.start).sum::<u32>() < 2_400
        {
            first = first.min(salutation);
        }
        for passage in &mut self.outline.passages[first..end] {
            passage.role = Role::Closing;
        }
    }
}

/// The first characters of a passage; all of it when `chars` is 0.
fn window(text: &str, chars: usize) -> &str {
    if chars == 0 { text } else { crate::chars::first(text, 3 * chars) }
}

fn announces_list(text: &str) -> bool {
    text.ends_with(['：', ':']) || text.ends_with("如下。")
}

/// Whether a passage can be one of a list of goals: short, with a number.
fn is_goal_item(text: &str) -> bool {
    text.len() < 600 && text.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// No list item admits the problems or gives the reason for all goals, and no subsection is a list of promises.
fn fits_role(role: Role, text: &str) -> bool {
    match role {
        Role::Problem | Role::Rationale => Mark::parse(text).is_none(),
        Role::LivelihoodList => holds_list(text) && Mark::parse(text).is_none_or(|m| m.level > 2),
        _ => true,
    }
}

/// Whether a passage announces or holds a list.
fn holds_list(text: &str) -> bool {
    announces_list(text) || ["（1）", "(1)", "1.", "①", "一是", "：一", "包括："].iter().any(|w| text.contains(w))
}
