//! The figures of a document: each core with its subject, coded by the rules of the codebook.

use pledgebook_document::{Document, PassageKind};
use pledgebook_lexicon::{Lexicon, Period};

use crate::clause::{self, Left};
use crate::coding;
use crate::core::{self, Core, Shape, listed};
use crate::label::{self, Labels};
use crate::numeral::{self, Numeral};
use crate::reading::Figure;
use crate::scope::Scope;
use crate::threshold;
use crate::time::{self, Mention};

/// What reading a passage needs to know of it. Offsets are bytes of the passage's folded text.
pub(crate) struct Ground<'a> {
    pub document: &'a Document,
    pub lexicon: &'a Lexicon,
    /// The passage's folded text.
    pub text: &'a str,
    /// Where the passage starts in the folded copy.
    pub base: usize,
}

impl Ground<'_> {
    /// The passage's words in the script of the document.
    pub(crate) fn original(&self, start: usize, end: usize) -> &str {
        self.document.slice(self.document.unfold(self.base + start, self.base + end))
    }
}

/// Reads every figure of a document.
pub(crate) fn read(document: &Document, lexicon: &Lexicon, scope: &mut Scope) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut numerals = Vec::new();
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
        numerals.clear();
        numeral::scan(text, &mut numerals);
        if numerals.is_empty() {
            continue;
        }
        let ground = Ground { document, lexicon, text, base: start };
        passage_figures(&ground, &numerals, scope, &mut figures);
    }
    figures
}

fn folded_offset(document: &Document, at: usize) -> usize {
    document.folded.folded(at)
}

fn passage_figures(ground: &Ground<'_>, numerals: &[Numeral], scope: &mut Scope, figures: &mut Vec<Figure>) {
    let mut cores = core::cores(ground.text, numerals, ground.lexicon);
    for core in &mut cores {
        if threshold::is_threshold(ground.text, core, ground.lexicon) {
            core.shape = Shape::Threshold;
        }
    }
    if cores.is_empty() {
        return scope.pass(ground.text, numerals, ground.lexicon);
    }
    let mentions = time::mentions(ground.text, numerals, scope.years(), ground.lexicon);
    scope.lead(ground.text, &mentions);
    let mut labels = Labels::default();
    let first = figures.len();
    let mut sentence = 0..0;
    let mut previous: Option<&Core> = None;
    for (i, core) in cores.iter().enumerate() {
        if core.start >= sentence.end {
            sentence = sentence_around(ground.text, core.start, sentence.end);
            labels.start_sentence();
            previous = None;
        }
        // What only sets a size is part of the words about its neighbours.
        let next = cores[i + 1..].iter().find(|c| c.shape != Shape::Threshold || core.shape == Shape::Threshold);
        let mut spot = Spot::new(ground, core, previous, next, sentence.clone());
        spot.run = 1 + cores[i..].windows(2).take_while(|w| listed(ground.text, &w[0], &w[1])).count();
        let labelled = label::label(ground, core, &spot, previous, &mut labels);
        let before = (figures.len() > first && previous.is_some()).then(|| &figures[figures.len() - 1]);
        let coded = coding::figure(ground, core, &spot, labelled, &mentions, scope, before.zip(previous));
        figures.extend(coded);
        if core.shape != Shape::Threshold {
            previous = Some(core);
        }
    }
}

/// The sentence that holds `at`, from after the last full stop to the next.
fn sentence_around(text: &str, at: usize, from: usize) -> std::ops::Range<usize> {
    const STOPS: [char; 4] = ['。', '！', '？', '\n'];
    let start = text[from..at].rfind(STOPS).map_or(from, |i| from + i + text[from + i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(STOPS).map_or(text.len(), |i| at + i + text[at + i..].chars().next().map_or(1, char::len_utf8));
    start..end
}

/// Where a core stands in its sentence. Offsets are bytes of the passage's folded text.
pub(crate) struct Spot {
    /// The sentence.
    pub sentence: std::ops::Range<usize>,
    /// The clause, from the last comma to the next.
    pub clause: std::ops::Range<usize>,
    /// Where the words about this number begin: the clause's start or the end of the number before.
    pub from: usize,
    /// Where they end: the next separator or number.
    pub to: usize,
    /// The words before the number, taken apart.
    pub left: Left,
    /// How many numbers the list has that begins here.
    pub run: usize,
}

impl Spot {
    fn new(ground: &Ground<'_>, core: &Core, previous: Option<&Core>, next: Option<&Core>, sentence: std::ops::Range<usize>) -> Self {
        let text = ground.text;
        let clause_start = text[sentence.start..core.outer_start]
            .rfind(['，', '；', '：', '。', ',', ';', ':'])
            .map_or(sentence.start, |i| sentence.start + i + text[sentence.start + i..].chars().next().map_or(1, char::len_utf8));
        let clause_end =
            text[core.outer_end..sentence.end].find(['，', '；', '：', '。', '！', '？', ';']).map_or(sentence.end, |i| core.outer_end + i);
        let from = previous.map_or(clause_start, |p| clause_start.max(p.outer_end.min(core.outer_start)));
        let to = text[core.outer_end..clause_end].find(['、', '（', '(']).map_or(clause_end, |i| core.outer_end + i);
        let to = next.map_or(to, |n| to.min(n.outer_start.max(core.outer_end)));
        let mut left = clause::left(text, from, core.outer_start, ground.lexicon);
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
        } else if core.shape == Shape::Rank {
            clause::cut_at(text, &mut left, clause::RANK_WORDS);
        }
        Spot { sentence, clause: clause_start..clause_end, from, to, left, run: 1 }
    }

    /// Whether the number only continues a list of numbers.
    pub(crate) fn continues(&self, text: &str, core: &Core, previous: Option<&Core>) -> bool {
        previous.is_some_and(|p| listed(text, p, core) && p.shape == core.shape && core.shape == Shape::Plain)
    }
}

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
