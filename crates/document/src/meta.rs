//! Who reported, when, what kind of document: from the text, then from its name, then from what was given.

use pledgebook_lexicon::areas::Area;
use pledgebook_lexicon::{DocumentKind, Role};

use crate::area::{find_area, unlisted_area};
use crate::date::{self, Date};
use crate::folded_text::FoldedText;
use crate::outline::Outline;
use crate::reflow::{ends_title, is_occasion, speaker, speaker_at, without_note};
use crate::rules::{ends_with_any, fold_short, rules};
use crate::{Given, Meta, PassageKind, Span, Warning};

/// What a text says of itself.
pub(crate) struct Told {
    pub(crate) meta: Meta,
    /// All years that its headings look forward to, when they are the only sign of its year: a plan for two years has two.
    pub(crate) years: Vec<i16>,
}

/// Reads the meta of a document; `outline` needs no roles yet.
pub(crate) fn read(text: &str, folded: FoldedText, outline: &Outline) -> Told {
    let mut reader = Reader { text, folded, meta: Meta::default() };
    let head: Vec<Span> = outline.passages[..outline.head].iter().map(|p| p.span).collect();
    reader.head(&head);
    let opening = outline.passages[outline.head..].iter().take(4).find(|p| p.kind == PassageKind::Body);
    if let Some(passage) = opening {
        reader.opening(passage.span);
    }
    if reader.meta.kind == Some(DocumentKind::Resolution) {
        outline.passages[outline.head..].iter().for_each(|p| reader.decision(p.span));
    }
    let years = reader.year(outline, opening.map(|p| p.span));
    Told { meta: reader.meta, years }
}

struct Reader<'a> {
    text: &'a str,
    folded: FoldedText<'a>,
    meta: Meta,
}

impl<'a> Reader<'a> {
    fn folded(&self, span: Span) -> &'a str {
        self.folded.slice(span)
    }

    /// The canonical text of a part of a folded line: one character to one.
    fn original(&self, line: Span, part: &std::ops::Range<usize>) -> String {
        let folded = self.folded(line);
        let (skip, take) = (folded[..part.start].chars().count(), folded[part.clone()].chars().count());
        self.text[line.range()].chars().skip(skip).take(take).collect()
    }

    fn head(&mut self, lines: &[Span]) {
        let dates = |wanted: fn(&str) -> bool| lines.iter().map(|&l| self.folded(l)).filter(|l| wanted(l)).find_map(Date::find);
        self.meta.date = dates(is_occasion).or_else(|| dates(|line| !is_of_the_news(line))).map(Date::iso);
        for &line in lines {
            let folded = self.folded(line);
            self.assembly(line);
            if self.meta.speaker.is_none()
                && let Some((office, name)) = speaker(folded).or_else(|| speaker_at(folded).filter(|_| is_occasion(folded)))
            {
                self.meta.office = Some(self.original(line, &office));
                self.meta.speaker = Some(self.original(line, &name));
            }
            if self.meta.title.is_none() && ends_title(folded) {
                self.meta.title = Some(without_note(&self.text[line.range()]).to_owned());
                self.meta.kind = kind_of(folded);
            }
        }
        let year = self.meta.date.as_deref().and_then(|d| d[..4].parse().ok());
        // The title names the place, then the assembly, then the office.
        if let Some(area) = lines.iter().filter_map(|&l| find_area(self.folded(l), year)).next() {
            set_area(&mut self.meta, area);
        } else if let Some((name, level)) = self.meta.assembly.as_deref().and_then(unlisted_area) {
            (self.meta.area_name, self.meta.level) = (Some(fold_short(name)), level);
        }
    }

    /// 在甲省第十四届人民代表大会第三次会议上.
    fn assembly(&mut self, line: Span) {
        let folded = self.folded(line);
        const CONGRESS: &str = "人民代表大会";
        if self.meta.assembly.is_some() {
            return;
        }
        let Some(at) = folded.find(CONGRESS) else { return };
        let before = &folded[..at];
        let start = before.rfind(['在', '，', '—', '（', '(', '日', '届']).map_or(0, |i| match before[i..].starts_with('届') {
            // 甲省第十四届人民代表大会, 第十四届全国人民代表大会
            true => before[..i]
                .rfind(['在', '，', '—', '（', '(', '日', '们', '向'])
                .map_or(0, |j| j + before[j..].chars().next().map_or(0, char::len_utf8)),
            false => i + before[i..].chars().next().map_or(0, char::len_utf8),
        });
        if !folded[start..at].contains('届') {
            return;
        }
        let national = before.strip_suffix("全国").filter(|b| b.ends_with('届')).and_then(|b| b.rfind('第'));
        let start = national.unwrap_or(start);
        let end = at + CONGRESS.len();
        self.meta.assembly = Some(self.original(line, &(start..end)));
        let rest = &folded[end..];
        if rest.starts_with('第')
            && let Some(i) = rest.find("会议").filter(|&i| i <= 24)
        {
            self.meta.session = Some(self.original(line, &(end..end + i + 6)));
        }
    }

    /// 现在，我代表甲省人民政府，向大会报告工作.
    fn opening(&mut self, line: Span) {
        let folded = self.folded(line);
        let folded = crate::chars::first(folded, 450);
        if folded.contains('届') && folded.contains("代表") && folded.contains("报告") {
            self.assembly(line);
        }
        if self.meta.area_name.is_none()
            && let Some(at) =
                folded.find("我代表").or_else(|| folded.find("受")).filter(|_| folded.contains("政府") || folded.contains("国务院"))
            && let Some(area) = find_area(crate::chars::first(&folded[at..], 90), None)
        {
            set_area(&mut self.meta, area);
        }
        let reports = ["报告", "工作"].iter().all(|w| folded.contains(w)) && folded.contains("我代表");
        if self.meta.kind.is_none() && reports {
            self.meta.kind = Some(DocumentKind::WorkReport);
        }
    }

    fn decision(&mut self, line: Span) {
        let folded = self.folded(line);
        if self.meta.decision.is_none() && folded.contains("报告") {
            let found = rules().head.decisions.iter().find_map(|w| folded.find(w.as_str()).map(|i| (i, w)));
            if let Some((i, word)) = found {
                let word_start = i + word.len() - 6;
                self.meta.decision = Some(self.original(line, &(word_start..word_start + 6)));
            }
        }
    }

    /// The year of the goals: from headings that look forward, then the title, then the date. A communiqué is of the year that
    /// its title names, or its first words: it comes out in the next.
    fn year(&mut self, outline: &Outline, opening: Option<Span>) -> Vec<i16> {
        let delivered: Option<i16> = self.meta.date.as_deref().and_then(|d| d[..4].parse().ok());
        let in_title = self.meta.title.as_deref().and_then(|t| date::find_year(&fold_short(t)));
        if self.meta.kind == Some(DocumentKind::Communique) {
            let first = opening.and_then(|p| date::find_year(crate::chars::first(self.folded(p), 150)));
            self.meta.year = in_title.or(first).or(delivered.map(|d| d - 1));
            return Vec::new();
        }
        let near = |y: &i16| delivered.or(in_title).is_none_or(|d| (d - 1..=d + 1).contains(y));
        let titles = outline.sections.iter().filter(|s| s.level <= 1 || s.parent.is_none()).map(|s| self.folded(s.title));
        let forward: Vec<i16> = titles.filter(|title| looks_forward(title)).flat_map(date::years).filter(near).collect();
        self.meta.year = forward.iter().copied().max().or(in_title).or(delivered);
        if delivered.or(in_title).is_none() { forward } else { Vec::new() }
    }
}

fn looks_forward(title: &str) -> bool {
    const FORWARD: [&str; 12] = ["任务", "要求", "工作安排", "重点工作", "总体", "建议", "目标", "预算", "部署", "打算", "计划", "争取"];
    let back = ["回顾", "总结", "完成", "执行"].iter().any(|w| title.contains(w)) && !title.contains("保证");
    !back && FORWARD.iter().any(|w| title.contains(w))
}

/// Whether a (folded) line tells when news came out, not when a report was delivered: 新华社北京3月15日电.
fn is_of_the_news(line: &str) -> bool {
    line.ends_with('电') || line.contains("新华社") || line.contains("发布")
}

pub(crate) fn set_area(meta: &mut Meta, area: &Area) {
    (meta.area, meta.area_name, meta.level) = (Some(area.code.to_string()), Some(area.name.to_owned()), Some(area.level));
}

fn kind_of(folded_title: &str) -> Option<DocumentKind> {
    rules().kind.iter().find(|rule| rule.words.hold(folded_title)).map(|rule| rule.kind)
}

/// What a name says: of a file, of a title given from outside.
pub(crate) fn of_name(name: &str, year: Option<i16>) -> Meta {
    let folded = fold_short(name);
    let mut meta = Meta { year: date::year_in_name(&folded), kind: kind_of(&folded), ..Meta::default() };
    if let Some(area) = find_area(&folded, year.or(meta.year)) {
        set_area(&mut meta, area);
    }
    meta
}

/// Fills what is open in `meta` from `other`.
pub(crate) fn fill(meta: &mut Meta, other: Meta) {
    let Meta { kind, title, area, area_name, level, year, date, speaker, office, assembly, session, decision } = other;
    meta.kind = meta.kind.or(kind);
    meta.title = meta.title.take().or(title);
    if meta.area_name.is_none() {
        (meta.area, meta.area_name, meta.level) = (area, area_name, level);
    }
    meta.year = meta.year.or(year);
    meta.date = meta.date.take().or(date);
    meta.speaker = meta.speaker.take().or(speaker);
    meta.office = meta.office.take().or(office);
    meta.assembly = meta.assembly.take().or(assembly);
    meta.session = meta.session.take().or(session);
    meta.decision = meta.decision.take().or(decision);
}

/// Fills what the text left open from the given meta, the file name and the defaults, in this order; what contradicts the text
/// is a warning.
pub(crate) fn complete(told: Told, given: &Given, warnings: &mut Vec<Warning>) -> Meta {
    let Told { mut meta, years } = told;
    let mut outside = given.meta.clone();
    for name in [given.meta.title.as_deref(), given.name.as_deref()].into_iter().flatten() {
        let named = of_name(name, outside.year);
        fill(&mut outside, named);
    }
    if let Some(year) = outside.year.filter(|year| years.contains(year)) {
        meta.year = Some(year);
    }
    let resolution = meta.kind == Some(DocumentKind::Resolution);
    let mut conflict = |field: &str, text: String, other: String| {
        warnings.push(Warning {
            code: "meta_conflict",
            message: format!("the text says {field} {text}, the file name or column says {other}; the text is followed"),
            at: None,
        });
    };
    if let (Some(a), Some(b)) = (meta.year, outside.year)
        && a != b
    {
        conflict("year", a.to_string(), b.to_string());
    }
    if let (Some(a), Some(b)) = (&meta.area, &outside.area)
        && a != b
    {
        conflict("area", meta.area_name.clone().unwrap_or_else(|| a.clone()), outside.area_name.clone().unwrap_or_else(|| b.clone()));
    }
    if let (Some(a), Some(b)) = (meta.kind, outside.kind)
        && a != b
        && !resolution
    {
        conflict("kind", a.to_string(), b.to_string());
    }
    fill(&mut meta, outside);
    fill(&mut meta, given.defaults.clone());
    // A title that names none of the known kinds names another.
    meta.kind = meta.kind.or(meta.title.as_ref().map(|_| DocumentKind::Other));
    meta
}

/// Whether a document ends before its end: in the middle of a sentence, or without the part that looks forward.
pub(crate) fn cut_off(text: &str, outline: &Outline, meta: &Meta, end_in_source: u32) -> Option<Warning> {
    // Notes of a printed or Word document stand behind its end: [12] 数据来源.
    let is_note = |p: &&crate::Passage| {
        let rest = text[p.span.range()].strip_prefix('[').map(|t| t.trim_start_matches(|c: char| c.is_ascii_digit()));
        rest.is_some_and(|t| t.starts_with(']'))
    };
    let last = outline.passages.iter().rev().find(|p| !is_note(p))?;
    let warn = |message: &str| Some(Warning { code: "cut_off", message: message.to_owned(), at: Some(end_in_source) });
    let has_role = |role: Role| outline.passages.iter().any(|p| p.role == role);
    let passage = &text[last.span.range()];
    let signed = passage.starts_with(['（', '(']) && passage.ends_with(['）', ')']);
    if !signed && !crate::chars::has_ended(passage) && !has_role(Role::Glossary) && !ends_with_any(passage, &rules().head.title_end) {
        let tail: String = passage.chars().skip(passage.chars().count().saturating_sub(12)).collect();
        return warn(&format!("the text ends in the middle of a sentence (…{tail}); what followed is not in the ledger"));
    }
    if meta.kind == Some(DocumentKind::WorkReport)
        && has_role(Role::Review)
        && !has_role(Role::Tasks)
        && !has_role(Role::Goals)
        && !has_role(Role::Closing)
    {
        return warn("the text has a review but no tasks and no closing words: it may be the first part only");
    }
    None
}
