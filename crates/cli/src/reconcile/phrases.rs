//! Goals, results and verdicts as people read them.

use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::judge::tolerated;
use pledgebook_reconcile::lines::GoalLine;
use pledgebook_reconcile::panel_lines::PanelLine;

use crate::card::{View, within_a_phrase};
use crate::labels::{LABELS, Language, Terms, fill};
use crate::quantity::{Amount, grouped};

/// A word of the codebook in the language of the view.
pub(super) fn term(terms: &Terms, word: &str, view: View) -> String {
    terms.get(word).map_or(word, |text| text.get(view.language)).to_owned()
}

/// The name of an indicator, or the label as written.
pub(super) fn name(indicator: &str, lexicon: &Lexicon, view: View) -> String {
    match lexicon.indicator(indicator) {
        Some(known) if view.language == Language::En => known.en.clone(),
        Some(known) => known.zh.clone(),
        None => indicator.strip_prefix("other:").unwrap_or(indicator).to_owned(),
    }
}

/// What a goal is about: in Chinese in the words of the report.
pub(super) fn subject(line: &GoalLine, lexicon: &Lexicon, view: View) -> String {
    match &line.indicator {
        Some(indicator) if view.language == Language::En => name(indicator, lexicon, view),
        _ => line.label.clone(),
    }
}

/// A signed number: +0.2, −58,000.
pub(super) fn signed(number: f64) -> String {
    match number {
        n if n > 0.0 => format!("+{}", grouped(n)),
        n if n < 0.0 => format!("−{}", grouped(-n)),
        _ => "0".to_owned(),
    }
}

/// A number of the panel, whose sign is its direction.
struct Signed<'a> {
    low: f64,
    high: f64,
    unit: &'a str,
    bound: &'a str,
    measure: &'a str,
}

impl Signed<'_> {
    fn shown(&self, raw: Option<&str>, view: View) -> String {
        let moves = matches!(self.measure, "growth" | "change" | "gap");
        let is_fall = moves && self.high < 0.0;
        let (low, high) = if is_fall { (-self.high, -self.low) } else { (self.low, self.high) };
        let direction = match (moves, is_fall) {
            (false, _) => "none",
            (true, true) => "down",
            (true, false) => "up",
        };
        // No change at all is neither.
        let direction = if high == 0.0 && low == 0.0 && self.measure != "gap" { "none" } else { direction };
        Amount { low, high, unit: self.unit, bound: self.bound, measure: self.measure, direction }.shown(raw, view.language)
    }
}

fn relation(relation: &str, reference: &str, lexicon: &Lexicon, view: View) -> String {
    let against = match LABELS.reference.get(reference) {
        Some(known) => known.get(view.language).to_owned(),
        None => name(reference.strip_prefix("region:").unwrap_or(reference), lexicon, view),
    };
    fill(&term(&LABELS.relation, relation, view), &[&within_a_phrase(&against)])
}

fn in_words(kind: &str, direction: &str, view: View) -> String {
    term(&LABELS.qualitative, if kind == "absent" { "absent" } else { direction }, view)
}

/// What a goal promises.
pub(super) fn goal(line: &GoalLine, lexicon: &Lexicon, view: View) -> String {
    let (Some(low), Some(high), Some(unit), Some(bound), Some(measure)) =
        (line.low, line.high, line.unit.as_deref(), line.bound.as_deref(), line.measure.as_deref())
    else {
        return match &line.relation {
            Some(word) => relation(word, line.reference.as_deref().unwrap_or_default(), lexicon, view),
            None => in_words(&line.kind, &line.direction, view),
        };
    };
    let amount = Amount { low, high, unit, bound, measure, direction: &line.direction };
    let first = amount.shown(line.raw.as_deref(), view.language);
    match (line.stretch_low, line.stretch_high) {
        (Some(low), Some(high)) => {
            let second = Amount { low, high, bound: "exact", ..amount }.shown(None, view.language);
            fill(LABELS.card.stretch.get(view.language), &[&first, &second])
        }
        _ => first,
    }
}

/// What was reached.
pub(super) fn result(line: &GoalLine, view: View) -> String {
    let (Some(low), Some(high), Some(bound)) = (line.outcome_low, line.outcome_high, line.outcome_bound.as_deref()) else {
        return line.outcome_raw.clone().map_or_else(|| "—".to_owned(), |raw| format!("({raw})"));
    };
    // Where the outcome was turned into the goal's terms, what it was turned into is shown.
    let is_turned = ["converted", "derived_growth", "rounded"].iter().any(|flag| line.flags.split(' ').any(|known| known == *flag));
    let raw = line.outcome_raw.as_deref().filter(|_| !is_turned);
    let measure = line.measure.as_deref().unwrap_or(if line.kind == "relative" { "growth" } else { "level" });
    if line.kind == "qualitative" || line.kind == "absent" {
        return raw.unwrap_or("—").to_owned();
    }
    Signed { low, high, unit: line.unit.as_deref().unwrap_or("percent"), bound, measure }.shown(raw, view)
}

/// A margin: plain where it is in percentage points, else with its unit: +20,000 people.
fn margin_in(margin: f64, unit: &str, view: View) -> String {
    if margin == 0.0 || matches!(unit, "percent" | "pp") {
        return signed(margin);
    }
    let direction = if margin < 0.0 { "down" } else { "up" };
    Amount { low: margin.abs(), high: margin.abs(), unit, bound: "exact", measure: "change", direction }.shown(None, view.language)
}

/// The verdict with its margin and what else is to be known.
pub(super) fn verdict(verdict: &str, strict: &str, margin: Option<f64>, unit: Option<&str>, flags: &str, view: View) -> String {
    let tolerated = tolerated(verdict, strict);
    let mut text = term(&LABELS.verdict, verdict, view);
    if let Some(margin) = margin.filter(|_| matches!(verdict, "exceeded" | "met" | "missed")) {
        text += " ";
        text += &margin_in(margin, unit.unwrap_or("percent"), view);
    }
    for flag in tolerated.into_iter().chain(flags.split_whitespace()) {
        text += if view.language == Language::Zh { "，" } else { ", " };
        text += &term(&LABELS.flag, flag, view);
    }
    text
}

/// The verdict of a row of the panel, where it has one.
pub(super) fn panel_verdict(line: &PanelLine, view: View) -> String {
    let strict = line.verdict_strict.as_deref().unwrap_or_default();
    let told = |word: &str| verdict(word, strict, line.margin, line.goal_unit.as_deref(), &line.flags, view);
    line.verdict.as_deref().map_or_else(|| "—".to_owned(), told)
}

/// The goal of a row of the panel.
pub(super) fn panel_goal(line: &PanelLine, lexicon: &Lexicon, view: View) -> String {
    let number = panel_number(line.goal_low, line.goal_high, line.goal_unit.as_deref(), line.goal_bound.as_deref(), &line.measure, view);
    match (number, &line.goal_relation, line.goal_kind.as_deref()) {
        (Some(number), ..) => number,
        (None, Some(word), _) => relation(word, line.goal_reference.as_deref().unwrap_or_default(), lexicon, view),
        (None, None, Some(kind)) => in_words(kind, "none", view),
        (None, None, None) => term(&LABELS.standing, &line.standing, view),
    }
}

/// The outcome of a row of the panel.
pub(super) fn panel_outcome(line: &PanelLine, view: View) -> String {
    panel_number(line.outcome_low, line.outcome_high, line.outcome_unit.as_deref(), line.outcome_bound.as_deref(), &line.measure, view)
        .unwrap_or_else(|| "—".to_owned())
}

pub(super) fn panel_number(
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&str>,
    bound: Option<&str>,
    measure: &str,
    view: View,
) -> Option<String> {
    Some(Signed { low: low?, high: high?, unit: unit?, bound: bound?, measure }.shown(None, view))
}
