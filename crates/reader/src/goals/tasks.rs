//! Tasks: sentences, or their parts between semicolons, that commit to an act that one could go and check (CODEBOOK, "Tasks").

use std::ops::Range;

use pledgebook_document::{PassageKind, Span};
use pledgebook_lexicon::{Period, PledgeKind, Role, TaskSense};

use super::headings::{RunIn, Short, announces, stands_alone};
use super::heads::{self, Clauses, Head};
use super::parts::{Part, Parts, Stop};
use super::place::{Needs, Place};
use super::{blank, deadline};
use crate::reading::Pledge;
use crate::signs::Sign;
use crate::words::starts;

/// Finds the tasks of a document, passage by passage.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    parts: Parts,
    heads: Vec<Head>,
    /// The first pledge since the last heading or line of units: what the next line of units speaks of.
    unled: usize,
    /// Where the passage has 了 and 已经.
    done: Vec<Sign>,
    /// Where it has words that only principles and calls hold.
    principles: Vec<usize>,
    /// Its short sentences so far.
    short: Short,
}

/// Whether a word stands around a sign: `(before, after)` are its parts, the sign not counted.
fn stands(text: &str, sign: Sign, (before, after): (&str, &str)) -> bool {
    text[..sign.at].ends_with(before) && text[sign.end()..].starts_with(after)
}

/// The words that only principles and calls hold, by the sign in each.
fn is_of_principle(text: &str, sign: Sign) -> bool {
    let word = match sign.char {
        '党' => ("", "中央"),
        '维' => ("两个", "护"),
        '求' => ("稳中", "进"),
        '挑' => ("", "战"),
        '广' => ("", "大干部"),
        '习' => ("", "近平总书记"),
        _ => return false,
    };
    stands(text, sign, word)
}

/// 牵头, 负责）: that a unit in the lead is named.
fn names_lead(text: &str, sign: Sign) -> bool {
    sign.char == '牵' && stands(text, sign, ("", "头")) || sign.char == '）' && stands(text, sign, ("负责", ""))
}

/// The rule that makes a task of a sentence only by its target figure.
const FIGURE: &str = "task.figure";

/// What the clauses of a sentence are, counted.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    acts: usize,
    effects: usize,
    stances: usize,
    /// Verbs of work in the past: 建成了.
    done: usize,
    /// Whether one of them asks for an act in words.
    asked: bool,
}

impl Said {
    fn of(heads: &[Head]) -> Self {
        let mut said = Said::default();
        for head in heads {
            said.asked |= head.asked;
            match head.sense {
                Some(TaskSense::Act) => said.acts += 1,
                Some(TaskSense::Effect) => said.effects += 1,
                Some(TaskSense::Stance) => said.stances += 1,
                Some(TaskSense::Telling) if !head.action.is_empty() => said.done += 1,
                _ => {}
            }
        }
        said
    }
}

impl Tasks {
    /// Adds the tasks of a passage.
    pub(super) fn read(&mut self, place: &Place<'_>, pledges: &mut Vec<Pledge>) {
        let text = place.ground.text;
        if let Some(unit) = deadline::unit_line(text) {
            let unit = place.ground.original(unit.start, unit.end);
            let led = pledges[self.unled..].iter_mut().filter(|p| p.kind == PledgeKind::Task && p.lead.is_none());
            led.for_each(|task| task.lead = Some(unit.to_owned()));
        }
        if place.ground.document.passages[place.index].kind == PassageKind::Heading || deadline::unit_line(text).is_some() {
            self.unled = pledges.len();
            return;
        }
        let Some(needs) = place.needs() else { return };
        let role = place.ground.document.passages[place.index].role;
        self.parts.split(text, place.ground.signs);
        let (signs, whole) = (place.ground.signs, 0..text.len());
        self.done.clear();
        self.done.extend(signs.letters(&whole).filter(|&sign| sign.char == '了' || sign.char == '已' && stands(text, sign, ("", "经"))));
        self.principles.clear();
        self.principles.extend(signs.letters(&whole).filter(|&sign| is_of_principle(text, sign)).map(|sign| sign.at));
        let heading = place.heading_end();
        let first = pledges.len();
        let (mut figures_only, mut lead_ins) = (0, 0);
        let (period, horizon) = place.period();
        let parts = std::mem::take(&mut self.parts);
        let run_in = RunIn::of(text, &parts.parts);
        let alone = role == Role::Tasks && stands_alone(text, &parts.parts) && place.long_follows();
        self.short.see(text, &parts.parts);
        for (i, part) in parts.parts.iter().enumerate() {
            if part.range.start < heading {
                continue;
            }
            if let Some(list) = place.list {
                let span = place.span(&part.range);
                if list.start < span.end && span.start < list.end {
                    continue;
                }
            }
            let next = parts.parts.get(i + 1);
            let lead_in = alone || announces(&parts.parts, i) || next.is_some_and(|next| run_in.heads(part, next));
            lead_ins += usize::from(lead_in);
            if let Some(rule) = self.judge(place, &parts, part, lead_in, needs) {
                figures_only += usize::from(rule == FIGURE);
                let mut task = Pledge { kind: PledgeKind::Task, headline: false, period, horizon, ..blank(place.span(&part.range), rule) };
                self.fill(place, &mut task);
                if i > 0 {
                    self.short.note(text, part, next, task.span);
                }
                pledges.push(task);
            }
        }
        self.parts = parts;
        // Figures alone are tasks only among tasks; elsewhere they are goals or tell.
        if figures_only > pledges.len() - first - figures_only + lead_ins && role != Role::LivelihoodList {
            let found = pledges.split_off(first);
            pledges.extend(found.into_iter().filter(|task| task.rules[..] != [FIGURE]));
        }
        if pledges.len() > first && signs.letters(&whole).chain(signs.stops()).any(|sign| names_lead(text, sign)) {
            name_leads(place, &mut pledges[first..]);
        }
    }

    /// Takes the tasks out that only head a paragraph, when all of the document is read.
    pub(super) fn finish(&self, pledges: &mut Vec<Pledge>) {
        let headings = self.short.headings();
        if !headings.is_empty() {
            pledges.retain(|p| p.kind != PledgeKind::Task || headings.binary_search_by_key(&p.span.start, |span| span.start).is_err());
        }
    }

    /// Whether a sentence, or its first clause, speaks of what has been done: 建成了, 已经建成.
    fn says_done(&self, text: &str, first: &Range<usize>, sentence: &Range<usize>) -> bool {
        // 为了, 除了, 了解 and their like tell nothing.
        let other_word = |sign: &Sign| {
            let (before, after) = (&text[first.start..sign.at], &text[sign.end()..first.end]);
            before.ends_with(['为', '除', '明', '受', '罢', '末']) || after.starts_with(['解', '如', '却', '结', '然', '不'])
        };
        self.done.iter().any(|sign| match sign.char {
            '了' => first.contains(&sign.at) && !other_word(sign),
            _ => sentence.contains(&sign.at),
        })
    }

    /// The rule by which a part is a task, if it is one.
    fn judge(&mut self, place: &Place<'_>, parts: &Parts, part: &Part, lead_in: bool, needs: Needs) -> Option<&'static str> {
        let (text, lexicon, year) = (place.ground.text, place.ground.lexicon, place.ground.document.meta.year);
        let reader = Clauses { text, words: &lexicon.task_words, signs: place.ground.signs, year };
        let sentence = &text[part.range.clone()];
        let addresses = sentence.starts_with(['各', '同']) && starts!(sentence, ["各位代表", "同志们", "各位委员"]);
        if addresses
            || matches!(part.stop, Stop::Question | Stop::Colon)
            || (needs == Needs::AskedAct && !place.ground.signs.asks(&part.range))
        {
            return None;
        }
        let clauses = &parts.clauses[part.clauses.clone()];
        let (first, last) = (clauses.first()?, clauses.last()?);
        if clauses.len() <= 2 && lexicon.announcements.suffix(&text[last.clone()]).is_some() {
            return None;
        }
        if lead_in && place.targets(place.span(&part.range)).next().is_none() {
            return None;
        }
        self.heads.clear();
        self.heads.extend(clauses.iter().map(|clause| reader.head(clause)));
        let mut said = Said::of(&self.heads);
        let mut rule = "task.act";
        // 各地要加强领导，增加投入: the first verb stands after its subject.
        if said.acts > 0
            && self.heads[0].sense.is_none()
            && let Some(found) = reader.inside(first, false)
        {
            self.heads[0] = found;
            said = Said::of(&self.heads);
        }
        if said.acts == 0 {
            // Not at the head of any clause: after a subject, or after what it is done to?
            let bare = said.stances == 0;
            for (head, clause) in self.heads.iter_mut().zip(clauses) {
                let framed = bare && (head.sense == Some(TaskSense::Frame) || text[clause.clone()].starts_with('将'));
                if (head.sense.is_none() || framed)
                    && let Some(found) = reader.inside(clause, framed)
                {
                    *head = found;
                    rule = "task.act_inside";
                }
            }
            said = Said::of(&self.heads);
        }
        let Said { acts, effects, stances, done, asked } = said;
        let tells = || {
            self.heads[0].sense == Some(TaskSense::Telling)
                || done > 0
                || self.says_done(text, first, &part.range)
                || heads::looks_back(&text[first.clone()], year)
                || heads::argues(text, place.ground.signs, clauses)
                || self
                    .heads
                    .iter()
                    .zip(clauses)
                    .find(|(h, _)| h.sense == Some(TaskSense::Act))
                    .is_some_and(|(_, c)| c != first && heads::says_what_is(text, place.ground.signs, c))
        };
        let argues = self.heads[0].sense == Some(TaskSense::Argument);
        if argues || (!asked && tells()) || (part.stop == Stop::Exclamation && acts < 2) {
            return None;
        }
        let told = match needs {
            Needs::Little => true,
            Needs::Act => acts > 0 && (rule == "task.act" || asked),
            Needs::NoStance => acts > 0 && stances == 0,
            Needs::BareAct => self.heads[0].sense == Some(TaskSense::Act) && stances == 0,
            Needs::AskedAct => acts > 0 && self.heads.iter().any(|h| h.asked && h.sense == Some(TaskSense::Act)),
        };
        if !told || (self.is_principle(text, &part.range) && place.targets(place.span(&part.range)).next().is_none()) {
            return None;
        }
        match () {
            () if acts > 0 => Some(rule),
            () if effects > 0 && stances == 0 => Some("task.effect"),
            () if place.targets(place.span(&part.range)).next().is_some() => Some(FIGURE),
            () => None,
        }
    }

    /// 我们要…, 要坚持…, 既要…又要…: a principle or a call, whatever verbs of work it has.
    fn is_principle(&self, text: &str, sentence: &Range<usize>) -> bool {
        let words = &text[sentence.clone()];
        let calls = words.starts_with('我') && starts!(words, ["我们要", "我们必须"]);
        // The sentence on the army that nearly every report has names its acts.
        calls && !words.contains("国防")
            || starts!(words, ["既要", "始终"])
            || (self.heads.iter().any(|h| h.asked && h.sense == Some(TaskSense::Stance))
                && self.heads.iter().filter(|h| h.sense == Some(TaskSense::Act)).count() < 3)
            || self.principles.iter().any(|at| sentence.contains(at))
    }

    /// The verbs, objects, figures and deadline of a task.
    fn fill(&self, place: &Place<'_>, task: &mut Pledge) {
        let ground = place.ground;
        let deeds = || self.heads.iter().filter(|h| matches!(h.sense, Some(TaskSense::Act | TaskSense::Effect)));
        let count = deeds().count();
        task.actions.reserve_exact(count);
        task.objects.reserve_exact(count);
        for head in deeds() {
            task.actions.push(place.span(&head.action));
            task.objects.push(place.span(&head.object));
        }
        task.label = match (task.actions.first(), task.objects.first()) {
            (Some(action), Some(object)) => ground.document.slice(Span { start: action.start, end: object.end }).to_owned(),
            _ => ground.document.slice(task.span).to_owned(),
        };
        task.deadline = self.heads.iter().map(|h| h.deadline).find(|d| *d != Period::Open).unwrap_or(Period::Open);
        task.figures = place.targets(task.span).map(|i| i as u32).collect();
    }
}

/// Gives the tasks of a passage the unit in the lead that their own words or the bracket after them names.
fn name_leads(place: &Place<'_>, tasks: &mut [Pledge]) {
    let text = place.ground.text;
    let document = place.ground.document;
    let passage = document.passages[place.index].span;
    let mut to = passage.end;
    for task in tasks.iter_mut().rev() {
        let words = place.span(&(0..text.len()));
        let tail = Span { start: task.span.start.max(words.start), end: to };
        let from = document.folded.folded(tail.start as usize) - place.ground.base;
        let until = document.folded.folded(tail.end as usize) - place.ground.base;
        task.lead = deadline::lead(&text[from..until]).map(|unit| {
            let unit = from + unit.start..from + unit.end;
            document.slice(place.span(&unit)).to_owned()
        });
        to = task.span.start;
    }
}
