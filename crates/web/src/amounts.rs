//! Goals, results and verdicts as people read them.

use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::lines::GoalLine;
use pledgebook_reconcile::panel_lines::PanelLine;

use crate::labels::{LABELS, Language, fill, term};

/// A number with what the codebook says of it, by its words.
#[derive(Clone, Copy, Debug)]
pub struct Amount<'a> {
    /// The number in base units, or the lower end of a range.
    pub low: f64,
    /// The same, or the upper end.
    pub high: f64,
    /// Its unit.
    pub unit: &'a str,
    /// How it is bounded.
    pub bound: &'a str,
    /// What kind of quantity it is.
    pub measure: &'a str,
    /// Which way it goes.
    pub direction: &'a str,
}

impl<'a> Amount<'a> {
    /// An amount whose sign is its direction, as the panel keeps it.
    #[must_use]
    pub fn signed(low: f64, high: f64, unit: &'a str, bound: &'a str, measure: &'a str) -> Self {
        let moves = matches!(measure, "growth" | "change" | "gap");
        let falls = moves && high < 0.0;
        let (low, high) = if falls { (-high, -low) } else { (low, high) };
        // No change at all goes neither way.
        let direction = match (moves && (high != 0.0 || low != 0.0 || measure == "gap"), falls) {
            (false, _) => "none",
            (true, true) => "down",
            (true, false) => "up",
        };
        Amount { low, high, unit, bound, measure, direction }
    }

    /// The quantity with its sign and bound; `raw` is the figure as the report wrote it, where it is there.
    #[must_use]
    pub fn shown(self, raw: Option<&str>, language: Language) -> String {
        let core = match (language.is_chinese(), raw) {
            (true, Some(raw)) => raw.to_owned(),
            (true, None) => self.with_unit(&CHINESE, language),
            (false, Some(raw)) if !LABELS.unit.contains_key(self.unit) => raw.to_owned(),
            (false, _) => self.with_unit(&ENGLISH, language),
        };
        let moves = matches!(self.measure, "growth" | "change");
        let sign = match self.direction {
            "up" if moves => "+",
            "down" if moves => "−",
            _ => "",
        };
        let core = format!("{sign}{core}");
        let bounded = if language.is_chinese() && raw.is_some_and(says_its_bound) {
            core
        } else {
            fill(LABELS.bound.get(self.bound).map_or("{}", |text| text.get(language)), &[&core])
        };
        match LABELS.gap.get(self.direction).filter(|_| self.measure == "gap") {
            Some(text) => fill(text.get(language), &[&bounded]),
            None => bounded,
        }
    }

    fn with_unit(self, sizes: &[(f64, [&str; 2])], language: Language) -> String {
        let (size, words) = sizes.iter().copied().find(|&(size, _)| self.high.abs() >= size).unwrap_or((1.0, ["", ""]));
        let word = words[usize::from(language == Language::Traditional)];
        let number = if self.low == self.high {
            format!("{}{word}", grouped(self.high / size))
        } else {
            format!("{}–{}{word}", grouped(self.low / size), grouped(self.high / size))
        };
        fill(LABELS.unit.get(self.unit).map_or("{}", |unit| unit.get(language)), &[&number])
    }
}

const ENGLISH: [(f64, [&str; 2]); 3] = [(1e12, [" trillion"; 2]), (1e9, [" billion"; 2]), (1e6, [" million"; 2])];
const CHINESE: [(f64, [&str; 2]); 3] = [(1e12, ["万亿", "萬億"]), (1e8, ["亿", "億"]), (1e4, ["万", "萬"])];

/// Whether the figure as written holds the word that bounds it: 1100多万, 上千, 数十.
fn says_its_bound(raw: &str) -> bool {
    raw.contains(['多', '余', '餘', '几', '幾']) || raw.starts_with(['上', '数', '數'])
}

/// A number with commas between its thousands and at most four decimals.
#[must_use]
pub fn grouped(number: f64) -> String {
    let fixed = format!("{:.4}", number.abs());
    let shown = fixed.trim_end_matches('0').trim_end_matches('.');
    let (whole, decimals) = shown.split_once('.').unwrap_or((shown, ""));
    let mut grouped = String::from(if number < 0.0 && shown != "0" { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

/// A margin: plain where it is in percentage points, else with its unit.
#[must_use]
pub fn margin(margin: f64, unit: Option<&str>, language: Language) -> String {
    let unit = unit.unwrap_or("percent");
    if margin == 0.0 || matches!(unit, "percent" | "pp") {
        return format!("{}{}", if margin > 0.0 { "+" } else { "" }, grouped(margin));
    }
    let direction = if margin < 0.0 { "down" } else { "up" };
    Amount { low: margin.abs(), high: margin.abs(), unit, bound: "exact", measure: "change", direction }.shown(None, language)
}

/// The name of an indicator, or the label as written.
#[must_use]
pub fn indicator_name(id: &str, lexicon: &Lexicon, language: Language) -> String {
    match lexicon.indicator(id) {
        Some(known) if language == Language::English => capital(&known.en),
        Some(known) if language == Language::Traditional => known.zh_hant.clone(),
        Some(known) => known.zh.clone(),
        None => id.strip_prefix("other:").unwrap_or(id).to_owned(),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a goal is about: in Chinese in the words of the report.
#[must_use]
pub fn subject(line: &GoalLine, lexicon: &Lexicon, language: Language) -> String {
    match &line.indicator {
        Some(id) if language == Language::English => indicator_name(id, lexicon, language),
        _ => line.label.clone(),
    }
}

/// A name inside a phrase begins small, unless it is an abbreviation.
fn within_a_phrase(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

fn relation(word: &str, reference: &str, lexicon: &Lexicon, language: Language) -> String {
    let against = match LABELS.reference.get(reference) {
        Some(known) => known.get(language).to_owned(),
        None => {
            let id = reference.strip_prefix("region:").unwrap_or(reference);
            match lexicon.indicator(id) {
                Some(known) if language == Language::English => within_a_phrase(&known.en),
                _ => indicator_name(id, lexicon, language),
            }
        }
    };
    fill(term(&LABELS.relation, word, language), &[&against])
}

fn in_words(kind: &str, direction: &str, language: Language) -> String {
    term(&LABELS.qualitative, if kind == "absent" { "absent" } else { direction }, language).to_owned()
}

/// What a goal promises.
#[must_use]
pub fn goal(line: &GoalLine, lexicon: &Lexicon, language: Language) -> String {
    let (Some(low), Some(high), Some(unit), Some(bound), Some(measure)) =
        (line.low, line.high, line.unit.as_deref(), line.bound.as_deref(), line.measure.as_deref())
    else {
        return match &line.relation {
            Some(word) => relation(word, line.reference.as_deref().unwrap_or_default(), lexicon, language),
            None => in_words(&line.kind, &line.direction, language),
        };
    };
    let amount = Amount { low, high, unit, bound, measure, direction: &line.direction };
    let first = amount.shown(line.raw.as_deref(), language);
    match (line.stretch_low, line.stretch_high) {
        (Some(low), Some(high)) => {
            let second = Amount { low, high, bound: "exact", ..amount }.shown(None, language);
            fill(LABELS.card.stretch.get(language), &[&first, &second])
        }
        _ => first,
    }
}

/// What was reached; none where nothing was given.
#[must_use]
pub fn result(line: &GoalLine, language: Language) -> Option<String> {
    let (Some(low), Some(high), Some(bound)) = (line.outcome_low, line.outcome_high, line.outcome_bound.as_deref()) else {
        return line.outcome_raw.as_ref().map(|raw| format!("({raw})"));
    };
    // Where the outcome was turned into the goal's terms, what it was turned into is shown.
    let is_turned = line.flags.split(' ').any(|flag| matches!(flag, "converted" | "derived_growth" | "rounded"));
    let raw = line.outcome_raw.as_deref().filter(|_| !is_turned);
    if line.kind == "qualitative" || line.kind == "absent" {
        return raw.map(str::to_owned);
    }
    let measure = line.measure.as_deref().unwrap_or(if line.kind == "relative" { "growth" } else { "level" });
    Some(Amount::signed(low, high, line.unit.as_deref().unwrap_or("percent"), bound, measure).shown(raw, language))
}

/// The goal of a row of the panel; none where the report sets none.
#[must_use]
pub fn panel_goal(line: &PanelLine, lexicon: &Lexicon, language: Language) -> Option<String> {
    let number =
        panel_number(line.goal_low, line.goal_high, line.goal_unit.as_deref(), line.goal_bound.as_deref(), &line.measure, language);
    match (number, &line.goal_relation, line.goal_kind.as_deref()) {
        (Some(number), ..) => Some(number),
        (None, Some(word), _) => Some(relation(word, line.goal_reference.as_deref().unwrap_or_default(), lexicon, language)),
        (None, None, Some(kind)) => Some(in_words(kind, "none", language)),
        (None, None, None) => None,
    }
}

/// The outcome of a row of the panel.
#[must_use]
pub fn panel_outcome(line: &PanelLine, language: Language) -> Option<String> {
    panel_number(line.outcome_low, line.outcome_high, line.outcome_unit.as_deref(), line.outcome_bound.as_deref(), &line.measure, language)
}

fn panel_number(
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&str>,
    bound: Option<&str>,
    measure: &str,
    language: Language,
) -> Option<String> {
    Some(Amount::signed(low?, high?, unit?, bound?, measure).shown(None, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_naturally_in_each_language() {
        let jobs = Amount { low: 36e4, high: 36e4, unit: "person", bound: "at_least", measure: "level", direction: "none" };
        let shown = Language::ALL.map(|language| jobs.shown(None, language));
        assert_eq!(shown, ["360,000 people or more", "36万人以上", "36萬人以上"]);
        assert_eq!(Amount::signed(-3.0, -3.0, "percent", "about", "growth").shown(None, Language::English), "about −3%");
        assert_eq!(margin(-58_000.0, Some("person"), Language::English), "−58,000 people");
        assert_eq!(margin(0.3, Some("percent"), Language::English), "+0.3");
    }
}
