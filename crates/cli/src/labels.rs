//! The words that users see, from `lexicon/labels.toml`, a language each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A language of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

impl Language {
    /// The language of the user's locale: Chinese when it says so, else English.
    pub(crate) fn of_locale() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        if locale.is_some_and(|value| value.starts_with("zh")) { Language::Zh } else { Language::En }
    }
}

/// One label in every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    en: String,
    #[serde(rename = "zh-Hans")]
    zh_hans: String,
    /// For the pages; the terminal prints Simplified.
    #[serde(rename = "zh-Hant")]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the pages, checked by the tests"))]
    zh_hant: String,
}

impl Text {
    /// The label in one language.
    pub(crate) fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh_hans,
        }
    }
}

/// Labels of the codebook's terms, by the term.
pub(crate) type Terms = BTreeMap<String, Text>;

/// Every label.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labels {
    pub(crate) card: CardLabels,
    pub(crate) kind: Terms,
    pub(crate) level: Terms,
    pub(crate) mode: Terms,
    pub(crate) pledge_kind: Terms,
    pub(crate) relation: Terms,
    pub(crate) reference: Terms,
    pub(crate) qualitative: Terms,
    pub(crate) claimed: Terms,
    pub(crate) bound: Terms,
    pub(crate) gap: Terms,
    pub(crate) unit: Terms,
    pub(crate) verdict: Terms,
    pub(crate) flag: Terms,
    pub(crate) wording_change: Terms,
    pub(crate) next: Terms,
    pub(crate) standing: Terms,
    pub(crate) task_status: Terms,
    pub(crate) task_state: Terms,
    pub(crate) incoherence: Terms,
    pub(crate) reconcile: ReconcileLabels,
}

macro_rules! labels {
    ($(#[$doc:meta])* $labels:ident: $($name:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $labels { $(pub(crate) $name: Text),+ }
    };
}

labels!(
    /// The labels of tables of goals and what became of them.
    ReconcileLabels:
    area, year, indicator, goal, last_goal, result, verdict, words, above, amplification, change, next, claim, goals, judged, kept, coverage,
    tally, none, rows, points, amplified, no_above, account, account_claims, no_next, difference, task, number, lead, deadline, state, added,
    tasks, resolution, no_resolution, no_report,
);

labels!(
    /// The labels of a report's card.
    CardLabels:
    kind,
    area,
    year,
    delivered,
    decided,
    assembly,
    resolution,
    file,
    untitled,
    headline,
    headline_open,
    indicator,
    goal,
    wording,
    reported,
    reported_open,
    stretch,
    results,
    results_open,
    more,
    more_topics,
    claim,
    claims,
    problems,
    counts,
    figures,
    pledges,
    passages,
    headline_count,
    passage_count,
    passage_count_one,
    warnings,
    line,
    page,
    paragraph,
    node,
    row,
    nothing,
);

/// The labels that come with the program; parsed the first time a card is printed.
pub(crate) static LABELS: LazyLock<Labels> =
    LazyLock::new(|| toml::from_str(include_str!("../../../lexicon/labels.toml")).expect("checked by the tests"));

/// Fills the places of a label in order.
pub(crate) fn fill(template: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    for (i, part) in template.split("{}").enumerate() {
        if i > 0 {
            filled.push_str(values.next().copied().unwrap_or_default());
        }
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use pledgebook_lexicon::{
        Bound, Claimed, DocumentKind, Level, Mode, PledgeKind, Relation, Standing, TaskState, TaskStatus, Verdict, WordingChange,
    };

    fn words<T: ToString>(all: &[T]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_term_of_the_codebook_has_a_label() {
        for (terms, words) in [
            (&LABELS.kind, words(DocumentKind::ALL)),
            (&LABELS.level, words(Level::ALL)),
            (&LABELS.mode, words(Mode::ALL)),
            (&LABELS.pledge_kind, words(PledgeKind::ALL)),
            (&LABELS.relation, words(Relation::ALL)),
            (&LABELS.claimed, words(Claimed::ALL)),
            (&LABELS.bound, words(Bound::ALL)),
            (&LABELS.verdict, words(Verdict::ALL)),
            (&LABELS.standing, words(Standing::ALL)),
            (&LABELS.wording_change, words(WordingChange::ALL)),
            (&LABELS.task_status, words(TaskStatus::ALL)),
            (&LABELS.task_state, words(TaskState::ALL)),
        ] {
            for word in words {
                assert!(terms.contains_key(&word), "no label for `{word}`");
            }
        }
    }

    #[test]
    fn the_languages_of_a_label_have_the_same_places() {
        let all = [&LABELS.mode, &LABELS.pledge_kind, &LABELS.bound, &LABELS.gap, &LABELS.unit];
        for (word, text) in all.into_iter().flatten() {
            let places = [&text.en, &text.zh_hans, &text.zh_hant].map(|label| label.matches("{}").count());
            assert_eq!(places, [1; 3], "{word}");
        }
    }

    #[test]
    fn values_fill_a_label_in_order() {
        assert_eq!(fill("{}, stretch {}", &["≥ 7%", "8%"]), "≥ 7%, stretch 8%");
    }
}
