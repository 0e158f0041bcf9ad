//! The shape of the data files in `lexicon/`. The build script reads the same types, so a mistake there fails the build.

use serde::{Deserialize, Serialize};

/// All the entries of the reader's data files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Entries {
    /// `indicators.toml`
    pub indicators: Vec<IndicatorEntry>,
    /// `units.toml`
    pub units: Vec<UnitEntry>,
    /// `bounds.toml`
    pub bounds: Vec<BoundEntry>,
    /// `predicates.toml`
    pub predicates: Vec<PredicateEntry>,
    /// `periods.toml`
    pub periods: Vec<PeriodEntry>,
    /// `words.toml`
    pub words: WordLists,
    /// `names.toml`
    pub names: NameLists,
    /// `goals.toml`
    pub goals: GoalWords,
    /// `tasks.toml`
    pub tasks: TaskWords,
    /// `verdicts.toml`
    pub verdicts: VerdictEntries,
}

/// `verdicts.toml`: what decides whether a goal was met.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VerdictEntries {
    /// What 左右 allows a rate of an unknown indicator, in percentage points.
    pub points: Option<f64>,
    /// What 左右 allows a level, as a share of it.
    pub level_share: Option<f64>,
    /// How far below its number 近 may lie, as a share of it.
    pub nearly: Option<f64>,
    /// Decimals in which rates are published; statistics with more are rounded.
    pub decimals: Option<u8>,
    /// What 同步 allows, in percentage points.
    pub in_step: Option<f64>,
    /// What 基本同步 allows, in percentage points.
    pub in_step_basic: Option<f64>,
    /// Wordings of the looser step.
    pub basic: Vec<String>,
    /// Wordings that ask for a rise.
    pub rise: Vec<String>,
    /// Where outcomes are taken from, the first that has one.
    pub sources: Vec<String>,
    /// Indicators of one subject in several scopes.
    pub scopes: Vec<ScopeEntry>,
    /// Words by which reports speak of an indicator when they give no figure.
    pub mentions: Vec<MentionEntry>,
    /// Names of indicators that must begin their clause to be taken for a mention.
    pub broad: Vec<String>,
    /// What a clause says of an indicator, beside the states of `goals.toml`.
    pub states: Vec<String>,
}

/// Indicators that measure one thing for different groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    /// Their ids.
    pub indicators: Vec<String>,
}

/// Words for an indicator in sentences without a figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionEntry {
    /// The indicator.
    pub indicator: String,
    /// The words.
    pub words: Vec<String>,
}

/// `indicators.toml` as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorFile {
    #[serde(default, rename = "indicator")]
    pub entries: Vec<IndicatorEntry>,
}

/// One indicator.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorEntry {
    /// Its id, as the codebook lists it.
    pub id: String,
    /// Its English name.
    pub en: String,
    /// The unit in which it is usually given.
    pub unit: String,
    /// `higher`, `lower` or `zone`.
    pub polarity: String,
    /// What 左右 allows, in percentage points.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// The measures under which a label is this indicator; all when empty.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Its Chinese name in Traditional characters; that of `names` when left out.
    #[serde(default)]
    pub zh_hant: Option<String>,
    /// The labels that are this indicator, several spellings in braces; the first is its Chinese name.
    pub names: Vec<String>,
}

/// `units.toml` as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    #[serde(default, rename = "unit")]
    pub entries: Vec<UnitEntry>,
}

/// Words for one unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    /// The codebook's id; `other` keeps the word as written.
    pub id: String,
    /// Turns the written unit into the base unit.
    #[serde(default = "one")]
    pub factor: f64,
    /// Whether the words count only after Arabic numerals.
    #[serde(default)]
    pub arabic: bool,
    /// The words.
    pub words: Vec<String>,
}

fn one() -> f64 {
    1.0
}

/// `bounds.toml` as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundFile {
    #[serde(default, rename = "bound")]
    pub entries: Vec<BoundEntry>,
}

/// Words for one bound.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundEntry {
    /// The codebook's id.
    pub id: String,
    /// Words right before the number.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words right after it.
    #[serde(default)]
    pub after: Vec<String>,
}

/// `predicates.toml` as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredicateFile {
    #[serde(default, rename = "predicate")]
    pub entries: Vec<PredicateEntry>,
}

/// Words that say what a number is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredicateEntry {
    /// The measure with a percentage or multiple.
    pub measure: String,
    /// The direction, for growth, change and gap.
    #[serde(default)]
    pub direction: Option<String>,
    /// The measure with an amount, where it differs.
    #[serde(default)]
    pub absolute: Option<String>,
    /// The words.
    pub words: Vec<String>,
}

/// `periods.toml` as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodFile {
    #[serde(default, rename = "period")]
    pub entries: Vec<PeriodEntry>,
}

/// Words for one relative time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodEntry {
    /// What they resolve to.
    pub when: String,
    /// The words.
    pub words: Vec<String>,
}

/// `words.toml`: helpers to find what a number measures.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordLists {
    /// Nouns that head a quantity.
    pub heads: Vec<String>,
    /// Words for firms, counted in 户.
    pub firm_nouns: Vec<String>,
    /// Words for people counted without a measure word.
    pub person_nouns: Vec<String>,
    /// Words for households counted without a measure word.
    pub household_nouns: Vec<String>,
    /// Parts of labels whose bare numbers count persons.
    pub person_labels: Vec<String>,
    /// Parts of labels whose bare numbers are money.
    pub money_labels: Vec<String>,
    /// Words at the start of a subject that are not part of its name.
    pub lead_words: Vec<String>,
    /// Words between a subject and its predicate.
    pub trail_words: Vec<String>,
    /// Verbs of bringing about, left out of labels.
    pub light_verbs: Vec<String>,
    /// Words that end in a trail word and are no adverbs.
    pub kept_ends: Vec<String>,
    /// Verbs that end the noun after a measure word.
    pub noun_ends: Vec<String>,
    /// What a label may begin with beside the name of an indicator.
    pub label_starts: Vec<String>,
    /// What a label may end with beside the name of an indicator.
    pub label_ends: Vec<String>,
    /// Currencies that may be named beside 元.
    pub currencies: Vec<String>,
    /// Nouns that need an owner.
    pub owned_heads: Vec<String>,
    /// Things that come in sizes.
    pub sized_nouns: Vec<String>,
}

/// `names.toml`: set phrases that hold numerals.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameLists {
    /// Names and set phrases.
    pub names: Vec<String>,
    /// What follows a numeral that is part of a name or class.
    pub before: Vec<String>,
    /// Nouns that a small number in words makes a set phrase of.
    pub slogans: Vec<String>,
}

/// `goals.toml`: the wording of headline goals and claims.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GoalWords {
    /// What opens the list of goals.
    pub openers: Vec<String>,
    /// What a clause begins with that is no goal.
    pub closers: Vec<String>,
    /// Words left out at the start of what a goal without a number is about.
    pub label_leads: Vec<String>,
    /// Words left out at its end.
    pub label_trails: Vec<String>,
    /// Wordings of an open stretch.
    pub stretch: Vec<String>,
    /// Words that mark the better figure of a dual goal.
    pub stretch_marks: Vec<String>,
    /// Words of an aim without certainty.
    pub hedges: Vec<String>,
    /// Relations and their wordings.
    pub relations: Vec<RelationEntry>,
    /// References and their wordings.
    pub references: Vec<ReferenceEntry>,
    /// What a qualitative goal says of its subject.
    pub states: Vec<StateEntry>,
    /// Wordings of a goal that is not set.
    pub absent: Vec<String>,
    /// Claims about goals.
    pub claims: Vec<ClaimEntry>,
    /// What a claim must name for its verb to be about a goal.
    pub claim_goals: Vec<String>,
    /// Words of a clause that is no claim.
    pub claim_against: Vec<String>,
}

/// Wordings of one relation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationEntry {
    /// The codebook's id.
    pub id: String,
    /// The wordings.
    pub words: Vec<String>,
}

/// Wordings of one reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceEntry {
    /// The codebook's id.
    pub id: String,
    /// The wordings.
    pub words: Vec<String>,
}

/// States that a qualitative goal wants.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateEntry {
    /// `up`, `down` or `none`.
    pub direction: String,
    /// The wordings.
    pub words: Vec<String>,
}

/// Wordings of one claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimEntry {
    /// `exceeded`, `met` or `missed`.
    pub id: String,
    /// The wordings.
    pub words: Vec<String>,
}

/// `tasks.toml`: the words by which tasks are told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TaskWords {
    /// Endings of a clause that only announces a list.
    pub announcements: Vec<String>,
    /// Verbs that another one may follow.
    pub helpers: Vec<String>,
    /// Words at the head of a clause, by what they make of it.
    pub words: Vec<TaskWordEntry>,
}

/// Words of one sense.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskWordEntry {
    /// `lead`, `modal`, `act`, `effect`, `stance`, `frame`, `telling`, `argument` or `none`.
    pub sense: String,
    /// The words.
    pub words: Vec<String>,
}

/// Reads the data files that `text` returns by name.
///
/// # Errors
/// The file's name and what the parser says, with line and column.
pub fn parse(mut text: impl FnMut(&str) -> Option<String>) -> Result<Entries, (String, toml::de::Error)> {
    fn file<T: Default + serde::de::DeserializeOwned>(
        text: &mut impl FnMut(&str) -> Option<String>,
        name: &str,
    ) -> Result<T, (String, toml::de::Error)> {
        text(name).map_or(Ok(T::default()), |s| toml::from_str(&s).map_err(|e| (name.to_owned(), e)))
    }
    Ok(Entries {
        indicators: file::<IndicatorFile>(&mut text, "indicators.toml")?.entries,
        units: file::<UnitFile>(&mut text, "units.toml")?.entries,
        bounds: file::<BoundFile>(&mut text, "bounds.toml")?.entries,
        predicates: file::<PredicateFile>(&mut text, "predicates.toml")?.entries,
        periods: file::<PeriodFile>(&mut text, "periods.toml")?.entries,
        words: file(&mut text, "words.toml")?,
        names: file(&mut text, "names.toml")?,
        goals: file(&mut text, "goals.toml")?,
        tasks: file(&mut text, "tasks.toml")?,
        verdicts: file(&mut text, "verdicts.toml")?,
    })
}

/// The data files, in the order they are read.
pub const FILES: [&str; 10] = [
    "indicators.toml",
    "units.toml",
    "bounds.toml",
    "predicates.toml",
    "periods.toml",
    "words.toml",
    "names.toml",
    "goals.toml",
    "tasks.toml",
    "verdicts.toml",
];
