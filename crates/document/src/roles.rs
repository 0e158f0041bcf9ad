//! What each section and passage is for.

use pledgebook_lexicon::{DocumentKind, Folded, Role};

use crate::outline::Outline;
use crate::rules::{Anchor, PassageRule, begins_with_any, contains_any, fold_short, rules};
use crate::{Meta, PassageKind, Span, date};

/// Tells the roles of all sections and passages.
pub(crate) fn assign(outline: &mut Outline, text: &str, folded: &Folded, meta: &Meta) {
    if meta.kind == Some(DocumentKind::Resolution) {
        outline.sections.iter_mut().for_each(|s| s.role = Role::Resolution);
        outline.passages.iter_mut().for_each(|p| p.role = Role::Resolution);
        return;
    }
    sections(outline, text, meta.year);
    let mut teller = Teller { folded, outline, since_salutation: None, goals_in: None };
    teller.passages();
    teller.look_both_ways();
    teller.before_goals();
    if meta.kind.is_none_or(|k| k == DocumentKind::WorkReport) {
        teller.closing();
    }
}

/// The role of each section: told by its heading, by the section it stands in, or by its place.
fn sections(outline: &mut Outline, text: &str, year: Option<i16>) {
    let mut seen_review = false;
    for i in 0..outline.sections.len() {
        let section = &outline.sections[i];
        let title = fold_short(&text[section.title.range()]);
        let parent = section.parent.map(|p| outline.sections[p as usize].role);
        let role = match parent {
            Some(parent) => subsection_role(parent, &title),
            None => section_role(&title, year).unwrap_or(if seen_review || i > 0 { Role::Tasks } else { Role::Review }),
        };
        seen_review |= role == Role::Review;
        outline.sections[i].role = role;
    }
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

fn subsection_role(parent: Role, title: &str) -> Role {
    // A heading above the numbered ones that says nothing lets its sections speak.
    if parent == Role::Glossary {
        return parent;
    }
    rules().subsection.iter().find(|rule| rule.inside.contains(&parent) && rule.words.hold(title)).map_or(parent, |rule| rule.role)
}

struct Teller<'a> {
    folded: &'a Folded,
    outline: &'a mut Outline,
    /// The passage after the last salutation, while no heading came.
    since_salutation: Option<usize>,
    /// The section of the first level in which goals were last stated.
    goals_in: Option<u32>,
}

impl<'a> Teller<'a> {
    fn folded(&self, span: Span) -> &'a str {
        let (start, end) = (self.folded.folded(span.start as usize), self.folded.folded(span.end as usize));
        &self.folded.as_str()[start..end]
    }

    fn passages(&mut self) {
        let mut list: Option<Role> = None;
        let mut government: Option<u32> = None;
        for i in 0..self.outline.passages.len() {
            let passage = self.outline.passages[i];
            let section = passage.section.map(|s| self.outline.sections[s as usize].clone());
            let inherited = match &section {
                Some(section) => section.role,
                None if i < self.first_section_passage() => Role::Opening,
                None => Role::Other,
            };
            let text = self.folded(passage.span);
            let top = self.top(passage.section);
            if passage.kind == PassageKind::Salutation || begins_with_any(text, &rules().salutation.begin) {
                self.since_salutation = Some(i);
                government = None;
                list = None;
            }
            let marked = crate::marks::Mark::parse(text).is_some();
            let role = if passage.kind != PassageKind::Body {
                list = None;
                if passage.kind == PassageKind::Heading {
                    self.since_salutation = None;
                    government = None;
                }
                inherited
            } else if let Some(role) = self.told_by_words(i, inherited, text, top) {
                list = (announces_list(text)).then_some(role);
                if role == Role::Goals {
                    self.goals_in = top;
                }
                if role == Role::Government {
                    government = passage.section.or(Some(u32::MAX));
                }
                role
            } else if let Some(role) = list.filter(|_| marked || text.ends_with('；') || self.follows_announcement(i)) {
                role
            } else if government.is_some() && government == passage.section.or(Some(u32::MAX)) {
                Role::Government
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

    fn told_by_words(&self, i: usize, inherited: Role, text: &str, top: Option<u32>) -> Option<Role> {
        rules()
            .passage
            .iter()
            .filter(|rule| rule.before.is_none())
            .find(|rule| self.holds(rule, i, inherited, text, top))
            .map(|rule| rule.role)
    }

    fn holds(&self, rule: &PassageRule, i: usize, inherited: Role, text: &str, top: Option<u32>) -> bool {
        let anchored = match rule.after {
            None => true,
            Some(Anchor::Goals) => self.goals_in.is_some() && self.goals_in == top,
            Some(Anchor::Salutation) => self.since_salutation.is_some_and(|s| i - s <= 1),
        };
        anchored
            && rule.inside.contains(&inherited)
            && rule.words.hold(window(text, rule.window))
            && (rule.role != Role::LivelihoodList || holds_list(text))
    }

    /// In a section that looks back and forward, the paragraphs before the first that looks forward are review.
    fn look_both_ways(&mut self) {
        let turn = &rules().turn;
        for s in 0..self.outline.sections.len() {
            let section = &self.outline.sections[s];
            if section.role != Role::Goals || section.parent.is_some() || !contains_any(self.folded(section.title), &turn.both) {
                continue;
            }
            let span = section.span;
            for i in 0..self.outline.passages.len() {
                let passage = self.outline.passages[i];
                if !span.contains(passage.span) || passage.kind == PassageKind::Heading {
                    continue;
                }
                let start = window(self.folded(passage.span), 30);
                if contains_any(start, &turn.forward) && !contains_any(start, &turn.back) {
                    break;
                }
                self.outline.passages[i].role = Role::Review;
            }
        }
    }

    /// Paragraphs before the goals, in the same section and before its subsections, that say what is required.
    fn before_goals(&mut self) {
        for goal in 0..self.outline.passages.len() {
            let at = self.outline.passages[goal];
            if at.role != Role::Goals || at.section.is_some_and(|s| self.outline.sections[s as usize].role == Role::Goals) {
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
        for i in 0..self.outline.passages.len() {
            let passage = self.outline.passages[i];
            let top = passage.section.is_some() && self.top(passage.section) == passage.section;
            if !top || passage.kind != PassageKind::Body || passage.role != Role::Tasks {
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
        let end = passages.iter().position(|p| p.role == Role::Glossary).unwrap_or(passages.len());
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
        for passage in &mut self.outline.passages[first..end] {
            passage.role = Role::Closing;
        }
    }
}

/// The first characters of a passage; all of it when `chars` is 0.
fn window(text: &str, chars: usize) -> &str {
    if chars == 0 { text } else { &text[..text.floor_char_boundary(3 * chars)] }
}

fn announces_list(text: &str) -> bool {
    text.ends_with(['：', ':'])
}

/// Whether a passage announces or holds a list.
fn holds_list(text: &str) -> bool {
    announces_list(text) || ["（1）", "(1)", "1.", "①", "一是", "：一", "包括："].iter().any(|w| text.contains(w))
}
