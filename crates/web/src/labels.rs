//! The words of the pages, from `lexicon/labels.toml`, a language each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese in Simplified characters.
    Simplified,
    /// Chinese in Traditional characters.
    Traditional,
}

impl Language {
    /// Every language, in the order of the switch.
    pub const ALL: [Language; 3] = [Language::English, Language::Simplified, Language::Traditional];

    /// The first part of the address of its pages.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Simplified => "zh-hans",
            Language::Traditional => "zh-hant",
        }
    }

    /// Its tag (BCP 47), for `lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Simplified => "zh-Hans",
            Language::Traditional => "zh-Hant",
        }
    }

    /// What it calls itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Simplified => "简体",
            Language::Traditional => "繁體",
        }
    }

    /// The language whose pages have this first part of the address.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.path() == path)
    }

    /// The first language of an `Accept-Language` header that the pages have; English where there is none. Weights are taken to
    /// fall from left to right, as browsers send them.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let known = header.split(',').find_map(|part| {
            let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if tag.starts_with("zh") {
                let traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| tag.split('-').any(|sub| sub == *part));
                return Some(if traditional { Language::Traditional } else { Language::Simplified });
            }
            tag.starts_with("en").then_some(Language::English)
        });
        known.unwrap_or(Language::English)
    }

    /// Whether it is Chinese.
    #[must_use]
    pub fn is_chinese(self) -> bool {
        self != Language::English
    }
}

/// One label in every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    en: String,
    #[serde(rename = "zh-Hans")]
    zh_hans: String,
    #[serde(rename = "zh-Hant")]
    zh_hant: String,
}

impl Text {
    /// The label in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Simplified => &self.zh_hans,
            Language::Traditional => &self.zh_hant,
        }
    }
}

/// Labels of the codebook's terms, by the term.
pub type Terms = BTreeMap<String, Text>;

/// The label of a term; the term itself where there is none.
#[must_use]
pub fn term<'t>(terms: &'t Terms, word: &'t str, language: Language) -> &'t str {
    terms.get(word).map_or(word, |text| text.get(language))
}

/// The labels that pages use; the others of the file are for the terminal.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "a table of labels.toml each")]
pub struct Labels {
    pub kind: Terms,
    pub level: Terms,
    pub relation: Terms,
    pub reference: Terms,
    pub qualitative: Terms,
    pub claimed: Terms,
    pub bound: Terms,
    pub gap: Terms,
    pub unit: Terms,
    pub verdict: Terms,
    pub flag: Terms,
    pub next: Terms,
    pub wording_change: Terms,
    pub standing: Terms,
    pub task_status: Terms,
    pub card: CardLabels,
    pub page: PageLabels,
}

/// What pages take from the card of the terminal.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "a label each")]
pub struct CardLabels {
    pub stretch: Text,
    pub delivered: Text,
    pub decided: Text,
    pub untitled: Text,
    pub line: Text,
    pub page: Text,
    pub paragraph: Text,
    pub node: Text,
}

macro_rules! labels {
    ($($name:ident),+ $(,)?) => {
        /// The labels of the pages.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "a label each")]
        pub struct PageLabels { $(pub $name: Text),+ }
    };
}

labels!(
    book,
    skip,
    home,
    verdicts,
    indicators,
    search,
    words,
    tasks,
    about,
    check,
    home_lead,
    glance,
    coverage,
    coverage_hint,
    by_indicator,
    missed_latest,
    silent_latest,
    all_verdicts,
    reports,
    documents,
    figures,
    pledges,
    goals,
    areas,
    kept_of,
    none_judged,
    headline,
    text,
    text_hint,
    place_line,
    place_page,
    place_paragraph,
    place_node,
    in_simplified,
    as_written,
    contents,
    year_before,
    editions,
    warnings,
    claims,
    source,
    permanent,
    as_json,
    as_csv,
    as_xlsx,
    made_by,
    outcome,
    target,
    other,
    soft,
    rules,
    indicator,
    area,
    year,
    goal,
    result,
    verdict,
    margin,
    wording,
    claim,
    above,
    added,
    change,
    kept,
    judged,
    share,
    all,
    apply,
    sort,
    by_area,
    by_margin,
    newest,
    rows,
    first_rows,
    nothing,
    tally,
    chart,
    chart_key,
    no_goals,
    each_area,
    table,
    not_found,
    not_found_hint,
    failed,
    too_long,
    method,
    method_1,
    method_2,
    method_3,
    accuracy,
    accuracy_1,
    this_book,
    program,
    last_build,
    files,
    failed_files,
    corrections,
    fields,
    phrase,
    search_hint,
    found,
    found_more,
    words_lead,
    per_10k,
    up_to,
    uses,
    reports_using,
    reports_of_year,
    first_use,
    task,
    lead,
    deadline,
    next,
    evidence,
    compare_with,
    compared,
    new,
    dropped,
    changed,
    same,
    same_left_out,
    figure,
    field,
    right_value,
    why,
    who,
    when,
    correct,
    check_lead,
    queue,
    sample,
    sample_lead,
    sample_told,
    sample_share,
    sample_number,
    sample_size,
    found_right,
    found_wrong,
    still_open,
    it_is_right,
    left_to_check,
    next_figure,
    saved,
    coder
);

/// The labels that come with the program.
pub static LABELS: LazyLock<Labels> =
    LazyLock::new(|| toml::from_str(include_str!("../../../lexicon/labels.toml")).expect("checked by the tests"));

/// Fills the places of a label in order.
#[must_use]
pub fn fill(template: &str, values: &[&str]) -> String {
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

    #[test]
    fn the_browser_decides_the_language() {
        for (header, language) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Simplified),
            ("zh-TW,zh;q=0.9", Language::Traditional),
            ("zh-Hant-HK", Language::Traditional),
            ("de-DE,en;q=0.5", Language::English),
            ("fr", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
