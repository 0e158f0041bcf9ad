//! The figures of a document: each core with its subject, coded by the rules of the codebook.

use std::ops::Range;

use pledgebook_document::{Document, PassageKind, Span};
use pledgebook_lexicon::{Lexicon, Period};

use crate::clause::{self, Left};
use crate::coding;
use crate::core::{self, Core, Shape, listed};
use crate::label::{self, Labels};
use crate::numeral::{self, Form, Numeral};
use crate::reading::Figure;
use crate::scope::Scope;
use crate::signs::{Marks, Sign, Signs};
use crate::threshold;
use crate::time::{self, Mention};
use crate::words::starts;

/// What reading a passage needs to know of it. Offsets are bytes of the passage's folded text.
pub(crate) struct Ground<'a> {
    pub document: &'a Document,
    pub lexicon: &'a Lexicon,
    /// The passage's folded text.
    pub text: &'a str,
    /// Its signs.
    pub signs: Signs<'a>,
    /// Where the passage starts in the folded copy.
    pub base: usize,
    /// How far the canonical text runs ahead of the folded copy, where that is the same throughout the passage.
    ahead: Option<isize>,
}

impl<'a> Ground<'a> {
    /// The ground of a passage: a range of the folded copy.
    pub(crate) fn new(document: &'a Document, marks: &'a Marks, lexicon: &'a Lexicon, passage: Range<usize>) -> Self {
        let ahead = document.folded.steady(passage.clone());
        let signs = marks.signs(&passage);
        Ground { document, lexicon, signs, base: passage.start, text: &document.folded.as_str()[passage], ahead }
    }

    /// The span of the canonical text that a range of the passage's folded text stands for.
    pub(crate) fn unfold(&self, start: usize, end: usize) -> Span {
        let (start, end) = (self.base + start, self.base + end);
        match self.ahead {
            Some(ahead) => Span::new(start.strict_add_signed(ahead), end.strict_add_signed(ahead)),
            None => self.document.unfold(start, end),
        }
    }

    /// The passage's words in the script of the document.
    pub(crate) fn original(&self, start: usize, end: usize) -> &str {
        self.document.slice(self.unfold(start, end))
    }
}

/// Reads every figure of a document.
pub(crate) fn read(document: &Document, marks: &Marks, lexicon: &Lexicon, scope: &mut Scope) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut room = Room::default();
    let mut base = 0;
    for (index, passage) in document.passages.iter().enumerate() {
        let end = folded_offset(document, passage.span.end as usize);
        let start = folded_offset(document, passage.span.start as usize).max(base);
        base = end;
        let text = &document.folded.as_str()[start..end];
        scope.enter(document, index, text);
        if passage.kind == PassageKind::Title || passage.kind == PassageKind::Salutation {
            continue;
        }
        for stretch in stretches(text) {
            let range = start + stretch.start..start + stretch.end;
            room.numerals.clear();
            numeral::scan(&text[stretch], marks.numerals(&range), &mut room.numerals);
            if room.numerals.is_empty() {
                continue;
            }
            let ground = Ground::new(document, marks, lexicon, range);
            passage_figures(&ground, &mut room, scope, &mut figures);
        }
    }
    figures
}

/// A passage is read so many bytes at a time at most: every figure looks back over its sentence, and some files have no full stop.
const LONGEST_STRETCH: usize = 24 * 1024;

/// The passage in one piece, or in several that end with a full stop, or else a comma, where there is one.
fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        if rest.is_empty() {
            return None;
        }
        let most = if rest.len() <= LONGEST_STRETCH { rest.len() } else { rest.floor_char_boundary(LONGEST_STRETCH) };
        let stop = || ['。', '，'].iter().find_map(|&stop| rest[..most].rfind(stop).map(|at| at + stop.len_utf8()));
        let end = if most < rest.len() { stop().unwrap_or(most) } else { most };
        let stretch = from..from + end;
        from = stretch.end;
        Some(stretch)
    })
}

fn folded_offset(document: &Document, at: usize) -> usize {
    document.folded.folded(at)
}

/// Lists that are filled for each passage anew and keep their room.
#[derive(Debug, Default)]
struct Room {
    numerals: Vec<Numeral>,
    cores: Vec<Core>,
    sentences: Vec<Range<usize>>,
    mentions: Vec<Mention>,
}

fn passage_figures(ground: &Ground<'_>, room: &mut Room, scope: &mut Scope, figures: &mut Vec<Figure>) {
    let Room { numerals, cores, sentences, mentions } = room;
    cores.clear();
    mentions.clear();
    core::cores(ground.text, numerals, ground.lexicon, cores);
    for core in cores.iter_mut() {
        if threshold::is_threshold(ground.text, core, ground.lexicon) {
            core.shape = Shape::Threshold;
        }
    }
    if cores.is_empty() {
        return scope.pass(ground.text, numerals, ground.signs, ground.lexicon, mentions);
    }
    find_sentences(ground, cores, sentences);
    time::mentions(ground.text, numerals, ground.signs, scope.years(), sentences.iter().cloned(), ground.lexicon, mentions);
    let mut sentences = sentences.drain(..);
    scope.lead(ground.text, mentions);
    let mut labels = Labels::default();
    let first = figures.len();
    let mut sentence = 0..0;
    let mut previous: Option<&Core> = None;
    let mut sentence_first = first;
    for (i, core) in cores.iter().enumerate() {
        if core.start >= sentence.end {
            sentence = sentences.next().unwrap_or(core.start..ground.text.len());
            labels.start_sentence();
            scope.sentence(ground.text, &sentence, mentions);
            sentence_first = figures.len();
            previous = None;
        }
        // What only sets a size is part of the words about its neighbours.
        let next = cores[i + 1..].iter().find(|c| c.shape != Shape::Threshold || core.shape == Shape::Threshold);
        let mut spot = Spot::new(ground, core, previous, next, sentence.clone());
        spot.run = 1 + cores[i..].windows(2).take_while(|w| listed(ground.text, &w[0], &w[1])).count();
        let labelled = label::label(ground, core, &spot, previous, &figures[sentence_first..], &mut labels);
        let before = (figures.len() > first && previous.is_some()).then(|| &figures[figures.len() - 1]);
        let coded = coding::figure(ground, core, &spot, labelled, mentions, scope, before.zip(previous));
        figures.extend(coded);
        if core.shape != Shape::Threshold {
            previous = Some(core);
        }
    }
    scope.leave(mentions);
}

/// The sentences that hold cores, each from after a full stop to the next.
fn find_sentences(ground: &Ground<'_>, cores: &[Core], found: &mut Vec<Range<usize>>) {
    let ends_sentence = |c: char| matches!(c, '。' | '！' | '？' | '\n');
    let Ground { text, signs, .. } = ground;
    let mut from = 0;
    for core in cores {
        if core.start < from {
            continue;
        }
        let start = signs.last(from..core.start, ends_sentence).map_or(from, Sign::end);
        from = signs.first(core.start..text.len(), ends_sentence).map_or(text.len(), Sign::end);
        found.push(start..from);
    }
}

/// Where a core stands in its sentence. Offsets are bytes of the passage's folded text.
pub(crate) struct Spot {
    /// The sentence.
    pub sentence: Range<usize>,
    /// The clause, from the last comma to the next.
    pub clause: Range<usize>,
    /// Where the words about this number begin: the clause's start or the end of the number before.
    pub from: usize,
    /// Where they end: the next separator or number.
    pub to: usize,
    /// The words before the number, taken apart.
    pub left: Left,
    /// How many numbers the list has that begins here.
    pub run: usize,
    /// Whether the number is a ratio.
    pub ratio: bool,
}

impl Spot {
    fn new(ground: &Ground<'_>, core: &Core, previous: Option<&Core>, next: Option<&Core>, sentence: Range<usize>) -> Self {
        let Ground { text, signs, .. } = *ground;
        let separates = |c: char| matches!(c, '，' | '；' | '：' | '。' | ',' | ';' | ':');
        let clause_start = signs.last(sentence.start..core.outer_start, separates).map_or(sentence.start, Sign::end);
        let ends_clause = |c: char| matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | ';');
        let clause_end = signs.first(core.outer_end..sentence.end, ends_clause).map_or(sentence.end, |sign| sign.at);
        let from = previous.map_or(clause_start, |p| clause_start.max(p.outer_end.min(core.outer_start)));
        let after = core.outer_end..clause_end;
        let mut to = words_end(text, signs, after.clone(), |c| matches!(c, '、' | '（' | '('));
        if text[to..clause_end].starts_with('、') && next.is_none_or(|n| n.start >= clause_end) && names_go_on(ground, core, to, clause_end)
        {
            to = words_end(text, signs, after, |c| matches!(c, '（' | '('));
        }
        let to = next.map_or(to, |n| to.min(n.outer_start.max(core.outer_end)));
        // 规模实现“双翻番”: the subject ends before the mark.
        let quoted = (core.form == Form::Doubling).then(|| text[from..core.outer_start].rfind('“')).flatten();
        let mut left = clause::left(text, from, quoted.map_or(core.outer_start, |at| from + at), ground.lexicon);
        // What stands before the last 、 after another number is about that number.
        if from > clause_start
            && !left.respective
            && !left.joint
            && let Some(i) = text[from..core.outer_start].rfind('、').filter(|&i| i > 0)
        {
            left = clause::left(text, from + i, core.outer_start, ground.lexicon);
        }
        if core.unit.as_ref().is_some_and(|u| u.as_str() == "pp") {
            clause::cut_at(text, &mut left, clause::GAP_WORDS);
            // 增速比城镇居民高2.4个百分点
            let (start, end) = left.subject;
            if left.predicate.is_none()
                && text[start..end].ends_with(['高', '低', '快', '慢', '多', '少'])
                && let Some(at) = clause::compared_with(&text[start..end])
            {
                left.subject = (start, start + at);
            }
        } else if core.shape == Shape::Rank {
            clause::cut_at(text, &mut left, clause::RANK_WORDS);
        }
        Spot { sentence, clause: clause_start..clause_end, from, to, left, run: 1, ratio: core.shape == Shape::Ratio }
    }

    /// Whether the number only continues a list of numbers.
    pub(crate) fn continues(&self, text: &str, core: &Core, previous: Option<&Core>) -> bool {
        previous.is_some_and(|p| listed(text, p, core) && p.shape == core.shape && core.shape == Shape::Plain)
    }
}

/// Where the words after a number end; 县（市、区） is one word.
fn words_end(text: &str, signs: Signs<'_>, part: Range<usize>, ends: impl Fn(char) -> bool) -> usize {
    let mut from = part.start;
    loop {
        let Some(sign) = signs.first(from..part.end, &ends) else { return part.end };
        let tail = &text[sign.at..part.end];
        let places = starts!(
            tail,
            ["（市", "（州", "（区", "（县", "（旗", "（乡", "（镇", "（街道", "（社区", "（组", "（屯", "(屯", "（中心", "（或"]
        );
        match tail.find(['）', ')']).filter(|&close| places && close <= LONGEST_PLACES) {
            Some(close) => from = sign.at + close + tail[close..].chars().next().map_or(0, char::len_utf8),
            None => return sign.at,
        }
    }
}

/// 40个机关、企事业单位附属空间: whether the 、 at the end of the first noun only joins it to more of what is counted.
fn names_go_on(ground: &Ground<'_>, core: &Core, to: usize, clause_end: usize) -> bool {
    let Ground { text, lexicon, .. } = *ground;
    let counts = core.unit.as_ref().is_some_and(|u| matches!(u.as_str(), "item" | "person" | "household"));
    let (noun, rest) = (&text[core.outer_end..to], &text[to + '、'.len_utf8()..clause_end]);
    let verb = || {
        lexicon.task_words.prefix(rest).is_some() || lexicon.predicates.prefix(rest).is_some() || lexicon.noun_ends.prefix(rest).is_some()
    };
    counts && (1..=LONGEST_FIRST).contains(&noun.chars().count()) && !rest.contains(|c: char| c.is_ascii_digit()) && !verb()
}

/// The first of several nouns that are counted together has so many characters at most.
const LONGEST_FIRST: usize = 8;

/// So many bytes （市、区） and its like take at most.
const LONGEST_PLACES: usize = 18;

/// The time that holds for a core: the last one named before it in its sentence.
pub(crate) fn named_time<'m>(text: &str, mentions: &'m [Mention], core: &Core, spot: &Spot) -> Option<&'m Mention> {
    // 三季度回落…，全年增长: the year as a whole ends what was said of a part of it.
    let over = |m: &Mention| {
        matches!(m.period, Period::Half(..) | Period::Quarter(..) | Period::Month(..)) && text[m.end..core.start].contains("全年")
    };
    let next = |m: &Mention| core.shape == Shape::Plain && m.start >= spot.clause.start && !text[m.start..core.start].contains('、');
    mentions
        .iter()
        .rev()
        .find(|m| m.start < core.start && m.start >= spot.sentence.start && !m.compared && (!m.local || next(m)) && !over(m))
}
