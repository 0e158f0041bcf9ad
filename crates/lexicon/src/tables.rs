//! The lexicon as the reader uses it: words with typed senses, ready to be matched.

use std::path::Path;

use crate::own::{merge, read_dir};
use crate::schema::{Entries, GoalWords, IndicatorEntry, VerdictEntries};
use crate::spellings::spellings;
use crate::terms::{Bound, Claimed, Direction, Measure, Polarity, Relation, TaskSense, When};
use crate::unit::Unit;
use crate::wordmap::WordMap;

/// The words and tables that reading needs.
#[derive(Debug)]
pub struct Lexicon {
    indicators: Vec<Indicator>,
    by_name: WordMap<u16>,
    /// Units and measure words, found right after a number.
    pub units: WordMap<UnitSense>,
    /// Words that bound a number from before.
    pub bounds_before: WordMap<Bound>,
    /// Words that bound a number from behind.
    pub bounds_after: WordMap<Bound>,
    /// Words for time.
    pub periods: WordMap<When>,
    /// Words that say what a number is, found between subject and number.
    pub predicates: WordMap<Predicate>,
    /// Names and set phrases that hold numerals.
    pub names: WordMap<()>,
    /// What follows a numeral that is part of a name or class.
    pub name_tails: WordMap<()>,
    /// Nouns that head a quantity.
    pub heads: WordMap<()>,
    /// Words for firms.
    pub firms: WordMap<()>,
    /// Words for people.
    pub people: WordMap<()>,
    /// Words for households.
    pub households: WordMap<()>,
    /// Parts of labels whose bare numbers count persons.
    pub person_labels: WordMap<()>,
    /// Parts of labels whose bare numbers are money.
    pub money_labels: WordMap<()>,
    /// Words at the start of a subject that are not part of its name.
    pub leads: WordMap<()>,
    /// Words between a subject and its predicate.
    pub trails: WordMap<()>,
    /// Verbs that a label does not keep.
    pub light_verbs: WordMap<()>,
    /// Words that end in a trail word and are no adverbs.
    pub kept_ends: WordMap<()>,
    /// Verbs that end the noun after a measure word.
    pub noun_ends: WordMap<()>,
    /// What a label may begin with beside the name of an indicator.
    pub label_starts: WordMap<()>,
    /// What a label may end with beside the name of an indicator.
    pub label_ends: WordMap<()>,
    /// Currencies that may be named beside 元.
    pub currencies: WordMap<()>,
    /// Nouns that need an owner: 产量, 占比.
    pub owned_heads: WordMap<()>,
    /// Things that come in sizes (项目, 企业): 亿元以上 before one only says how large.
    pub sized: WordMap<()>,
    /// Nouns that a small number in words makes a set phrase of (四个现代化).
    pub slogans: WordMap<()>,
    /// The wording of goals and claims.
    pub goals: GoalTables,
    /// What a word at the head of a clause makes of it, in a section on work to be done.
    pub task_words: WordMap<TaskWord>,
    /// The shortest words that ask for an act: one of them stands in every clause that does.
    pub modals: WordMap<()>,
    /// Endings of a clause that only announces a list of tasks.
    pub announcements: WordMap<()>,
    /// What decides whether a goal was met.
    pub verdicts: VerdictTables,
}

/// What decides whether a goal was met (`verdicts.toml`).
#[derive(Clone, Debug)]
pub struct VerdictTables {
    /// What 左右 allows a rate of an unknown indicator, in percentage points.
    pub points: f64,
    /// What 左右 allows a level, as a share of it.
    pub level_share: f64,
    /// How far below its number 近 may lie, as a share of it.
    pub nearly: f64,
    /// Decimals in which rates are published; statistics with more are rounded.
    pub decimals: u8,
    /// What 同步 allows, in percentage points.
    pub in_step: f64,
    /// What 基本同步 allows, in percentage points.
    pub in_step_basic: f64,
    /// Wordings of the looser step.
    pub basic: Vec<String>,
    /// Wordings that ask for a rise.
    pub rise: Vec<String>,
    /// Where outcomes are taken from, the first that has one.
    pub sources: Vec<String>,
    /// Indicators of one subject in several scopes.
    pub scopes: Vec<Vec<String>>,
    /// Words by which reports speak of an indicator when they give no figure.
    pub mentions: Vec<(String, Vec<String>)>,
    /// Names that must begin their clause to be taken for a mention.
    pub broad: Vec<String>,
    /// What a clause says of an indicator, beside the states of goals.
    pub states: WordMap<()>,
}

/// An indicator that labels can name.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its id.
    pub id: &'static str,
    /// Its Chinese name.
    pub zh: String,
    /// The same in Traditional characters.
    pub zh_hant: String,
    /// Its English name.
    pub en: String,
    /// The unit in which it is usually given.
    pub unit: Unit,
    /// Which way it is wanted to go.
    pub polarity: Polarity,
    /// What 左右 allows, in percentage points.
    pub tolerance: f64,
    /// The measures under which a label is this indicator; all when empty.
    pub measures: Vec<Measure>,
}

/// What a unit word stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitSense {
    /// The base unit; `None` keeps the word as written.
    pub unit: Option<Unit>,
    /// Turns the written unit into the base unit.
    pub factor: f64,
    /// Whether it counts only after Arabic numerals.
    pub arabic: bool,
}

/// What a predicate says of the number after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicate {
    /// The measure with a percentage.
    pub measure: Measure,
    /// The measure with an amount.
    pub absolute: Measure,
    /// The direction of a growth, change or gap.
    pub direction: Direction,
}

/// A word at the head of a clause, in a section on work to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskWord {
    /// What it makes of the clause.
    pub sense: TaskSense,
    /// Whether it is a verb that another one may follow.
    pub helper: bool,
}

/// The wording of headline goals and claims, ready to be matched.
#[derive(Clone, Debug)]
pub struct GoalTables {
    /// What opens the list of goals.
    pub openers: WordMap<()>,
    /// What a clause begins with that is no goal.
    pub closers: WordMap<()>,
    /// Words left out at the start of what a goal without a number is about.
    pub label_leads: WordMap<()>,
    /// Words left out at its end.
    pub label_trails: WordMap<()>,
    /// Wordings of an open stretch.
    pub stretch: WordMap<()>,
    /// Words before the better figure of a dual goal.
    pub stretch_marks: WordMap<()>,
    /// Words of an aim without certainty.
    pub hedges: WordMap<()>,
    /// Wordings of relations.
    pub relations: WordMap<Relation>,
    /// Wordings of references, in the file's order.
    pub references: Vec<(String, &'static str)>,
    /// What a qualitative goal says of its subject.
    pub states: WordMap<Direction>,
    /// Wordings of a goal that is not set.
    pub absent: WordMap<()>,
    /// Verbs of claims.
    pub claims: WordMap<Claimed>,
    /// What a claim must name for its verb to be about a goal.
    pub claim_goals: WordMap<()>,
    /// Words of a clause that is no claim.
    pub claim_against: WordMap<()>,
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file cannot be read.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A file is not what the lexicon expects.
    #[error("{file}: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong, with line and column where known.
        reason: String,
    },
}

impl LexiconError {
    pub(crate) fn malformed(file: &str, reason: impl std::fmt::Display) -> Self {
        LexiconError::Malformed { file: file.to_owned(), reason: reason.to_string() }
    }
}

impl Lexicon {
    /// The lexicon that comes with the program.
    ///
    /// # Panics
    /// Never: the build script has read the same bytes.
    #[must_use]
    pub fn builtin() -> Self {
        Self::from_entries(Self::builtin_entries()).expect("checked by the tests")
    }

    fn builtin_entries() -> Entries {
        postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin"))).expect("written by the build script")
    }

    /// The built-in lexicon with the files of `dir` added: an indicator with a known id replaces it, all else comes first.
    ///
    /// # Errors
    /// When a file cannot be read or has a mistake, named with its line.
    pub fn with_dir(dir: &Path) -> Result<Self, LexiconError> {
        Self::from_entries(merge(read_dir(dir)?, Self::builtin_entries()))
    }

    /// Builds the tables.
    pub(crate) fn from_entries(entries: Entries) -> Result<Self, LexiconError> {
        let mut by_name = Vec::new();
        let mut indicators = Vec::with_capacity(entries.indicators.len());
        for (i, entry) in entries.indicators.into_iter().enumerate() {
            for name in &entry.names {
                let spelt = spellings(name).map_err(|e| LexiconError::malformed("indicators.toml", e))?;
                by_name.extend(spelt.into_iter().map(|name| (name, i as u16)));
            }
            indicators.push(indicator(entry)?);
        }
        let mut units = Vec::new();
        for entry in entries.units {
            let unit = (entry.id != "other").then(|| Unit::new(entry.id));
            let sense = UnitSense { unit, factor: entry.factor, arabic: entry.arabic };
            units.extend(entry.words.into_iter().map(|w| (w, sense.clone())));
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for entry in entries.bounds {
            let bound: Bound = entry.id.parse().map_err(|e| LexiconError::malformed("bounds.toml", e))?;
            before.extend(entry.before.into_iter().map(|w| (w, bound)));
            after.extend(entry.after.into_iter().map(|w| (w, bound)));
        }
        let mut predicates = Vec::new();
        for entry in entries.predicates {
            let malformed = |e| LexiconError::malformed("predicates.toml", e);
            let measure: Measure = entry.measure.parse().map_err(malformed)?;
            let absolute = entry.absolute.as_deref().map_or(Ok(measure), str::parse).map_err(malformed)?;
            let direction = entry.direction.as_deref().map_or(Ok(Direction::None), str::parse).map_err(malformed)?;
            let predicate = Predicate { measure, absolute, direction };
            predicates.extend(entry.words.into_iter().map(|w| (w, predicate)));
        }
        let mut periods = Vec::new();
        for entry in entries.periods {
            let when: When = entry.when.parse().map_err(|e| LexiconError::malformed("periods.toml", e))?;
            periods.extend(entry.words.into_iter().map(|w| (w, when)));
        }
        let mut task_words = Vec::new();
        for entry in entries.tasks.words {
            let sense: TaskSense = entry.sense.parse().map_err(|e| LexiconError::malformed("tasks.toml", e))?;
            let helpers = &entries.tasks.helpers;
            task_words.extend(entry.words.into_iter().map(|w| {
                let helper = helpers.contains(&w);
                (w, TaskWord { sense, helper })
            }));
        }
        let asking = task_words.iter().filter(|(_, told)| told.sense == TaskSense::Modal);
        let modals = shortest(&asking.map(|(word, _)| word.as_str()).collect::<Vec<_>>());
        let w = entries.words;
        Ok(Lexicon {
            indicators,
            by_name: by_name.into_iter().collect(),
            units: units.into_iter().collect(),
            bounds_before: before.into_iter().collect(),
            bounds_after: after.into_iter().collect(),
            periods: periods.into_iter().collect(),
            predicates: predicates.into_iter().collect(),
            names: set(entries.names.names),
            name_tails: set(entries.names.before),
            heads: set(w.heads),
            firms: set(w.firm_nouns),
            people: set(w.person_nouns),
            households: set(w.household_nouns),
            person_labels: set(w.person_labels),
            money_labels: set(w.money_labels),
            leads: set(w.lead_words),
            trails: set(w.trail_words),
            light_verbs: set(w.light_verbs),
            kept_ends: set(w.kept_ends),
            noun_ends: set(w.noun_ends),
            label_starts: set(w.label_starts),
            label_ends: set(w.label_ends),
            currencies: set(w.currencies),
            owned_heads: set(w.owned_heads),
            sized: set(w.sized_nouns),
            slogans: set(entries.names.slogans),
            goals: goal_tables(entries.goals)?,
            modals,
            task_words: task_words.into_iter().collect(),
            announcements: set(entries.tasks.announcements),
            verdicts: verdict_tables(entries.verdicts),
        })
    }

    /// The labels that are an indicator, sorted.
    #[must_use]
    pub fn names_of(&self, id: &str) -> Vec<&str> {
        let Some(index) = self.indicators.iter().position(|i| i.id == id) else { return Vec::new() };
        let mut names: Vec<&str> = self.by_name.iter().filter(|&(_, &i)| usize::from(i) == index).map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }

    /// The indicator that a folded label names, whatever the measure.
    #[must_use]
    pub fn indicator_named(&self, label: &str) -> Option<&Indicator> {
        self.by_name.get(label).map(|&i| &self.indicators[usize::from(i)])
    }

    /// The indicator with this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id == id)
    }

    /// Every indicator, in the order of the file.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }
}

/// The words that hold no other of them: 要, of 要 and 还要.
fn shortest(words: &[&str]) -> WordMap<()> {
    let holds_no_other = |word: &str| !words.iter().any(|other| *other != word && word.contains(other));
    words.iter().filter(|word| holds_no_other(word)).map(|word| ((*word).to_owned(), ())).collect()
}

fn set(words: Vec<String>) -> WordMap<()> {
    words.into_iter().map(|w| (w, ())).collect()
}

/// Keeps a string for as long as the program runs; a lexicon is loaded once.
fn keep(id: String) -> &'static str {
    Box::leak(id.into_boxed_str())
}

fn indicator(entry: IndicatorEntry) -> Result<Indicator, LexiconError> {
    let malformed = |e| LexiconError::malformed("indicators.toml", e);
    let zh = entry.names.into_iter().next().unwrap_or_default();
    if zh.contains('{') {
        let reason = format!("the first name of `{}` is its Chinese name and has no braces", entry.id);
        return Err(LexiconError::malformed("indicators.toml", reason));
    }
    Ok(Indicator {
        id: keep(entry.id),
        zh_hant: entry.zh_hant.unwrap_or_else(|| zh.clone()),
        zh,
        en: entry.en,
        unit: Unit::new(entry.unit),
        polarity: entry.polarity.parse().map_err(malformed)?,
        tolerance: entry.tolerance.unwrap_or(0.2),
        measures: entry.measures.iter().map(|m| m.parse()).collect::<Result<_, _>>().map_err(malformed)?,
    })
}

fn goal_tables(words: GoalWords) -> Result<GoalTables, LexiconError> {
    let malformed = |e| LexiconError::malformed("goals.toml", e);
    let mut relations: Vec<(String, Relation)> = Vec::new();
    for entry in words.relations {
        let relation = entry.id.parse().map_err(malformed)?;
        relations.extend(entry.words.into_iter().map(|w| (w, relation)));
    }
    let mut states = Vec::new();
    for entry in words.states {
        let direction = entry.direction.parse().map_err(malformed)?;
        states.extend(entry.words.into_iter().map(|w| (w, direction)));
    }
    let mut claims = Vec::new();
    for entry in words.claims {
        let claimed = entry.id.parse().map_err(malformed)?;
        claims.extend(entry.words.into_iter().map(|w| (w, claimed)));
    }
    let mut references = Vec::new();
    for entry in words.references {
        let id = keep(entry.id);
        references.extend(entry.words.into_iter().map(|w| (w, id)));
    }
    Ok(GoalTables {
        openers: set(words.openers),
        closers: set(words.closers),
        label_leads: set(words.label_leads),
        label_trails: set(words.label_trails),
        stretch: set(words.stretch),
        stretch_marks: set(words.stretch_marks),
        hedges: set(words.hedges),
        relations: relations.into_iter().collect(),
        references,
        states: states.into_iter().collect(),
        absent: set(words.absent),
        claims: claims.into_iter().collect(),
        claim_goals: set(words.claim_goals),
        claim_against: set(words.claim_against),
    })
}

fn verdict_tables(entries: VerdictEntries) -> VerdictTables {
    VerdictTables {
        points: entries.points.unwrap_or(0.2),
        level_share: entries.level_share.unwrap_or(0.02),
        nearly: entries.nearly.unwrap_or(0.05),
        decimals: entries.decimals.unwrap_or(1),
        in_step: entries.in_step.unwrap_or(0.5),
        in_step_basic: entries.in_step_basic.unwrap_or(1.0),
        basic: entries.basic,
        rise: entries.rise,
        sources: entries.sources,
        scopes: entries.scopes.into_iter().map(|scope| scope.indicators).collect(),
        mentions: entries.mentions.into_iter().map(|mention| (mention.indicator, mention.words)).collect(),
        broad: entries.broad,
        states: set(entries.states),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::Folded;

    #[test]
    fn a_word_that_tells_a_task_has_one_sense() {
        let mut senses: HashMap<String, String> = HashMap::new();
        for entry in Lexicon::builtin_entries().tasks.words {
            for word in entry.words {
                if let Some(before) = senses.insert(word.clone(), entry.sense.clone()) {
                    panic!("lexicon/tasks.toml: {word} is {before} and {}", entry.sense);
                }
            }
        }
        assert!(senses.len() > 1_000);
    }

    #[test]
    fn the_words_of_goals_and_tasks_are_written_as_texts_are_folded() {
        let Entries { goals, tasks, .. } = Lexicon::builtin_entries();
        let senses = tasks.words.into_iter().flat_map(|entry| entry.words);
        let claims = goals.claims.into_iter().flat_map(|entry| entry.words);
        for word in senses.chain(claims).chain(tasks.announcements).chain(goals.openers).chain(goals.closers).chain(goals.stretch) {
            assert_eq!(Folded::new(&word).as_str(), word);
        }
    }

    #[test]
    fn the_helpers_of_tasks_are_verbs() {
        let lexicon = Lexicon::builtin();
        for word in Lexicon::builtin_entries().tasks.helpers {
            let told = lexicon.task_words.prefix(&word).map(|(found, told)| (found == word, told.sense));
            assert!(
                matches!(told, Some((true, TaskSense::Act | TaskSense::Effect))),
                "lexicon/tasks.toml: {word} helps, but is no act or effect"
            );
        }
    }
}
