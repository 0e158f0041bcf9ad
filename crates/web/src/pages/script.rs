//! In which script a report's text is shown: its own, or for who reads Simplified only, in Simplified characters.

use maud::{Markup, html};
use pledgebook_lexicon::folding::fold_char;

use crate::address::Form;
use crate::labels::LABELS;
use crate::page::View;

/// In which script a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// As the report has it.
    AsWritten,
    /// Character by character in Simplified.
    Simplified,
}

/// One Chinese character in so many is Traditional where a text is; names alone have fewer.
const ONE_IN: usize = 20;

/// The script that is asked for; none where there is no choice: in files, for programs, for texts in Simplified.
pub(super) fn offered<'t>(texts: impl Iterator<Item = &'t str>, view: &View) -> Option<Script> {
    if !view.is_served() || view.address.form != Form::Html || !is_traditional(texts) {
        return None;
    }
    Some(if view.asked_for("script") == Some("hans") { Script::Simplified } else { Script::AsWritten })
}

fn is_traditional<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let chinese = texts.flat_map(str::chars).filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
    let (all, traditional) = chinese.fold((0, 0), |(all, traditional), c| (all + 1, traditional + usize::from(fold_char(c) != c)));
    traditional * ONE_IN > all
}

/// The way to the other script.
pub(super) fn switch(script: Script, view: &View) -> Markup {
    let words = &LABELS.page;
    let here = view.link(&view.address.subject);
    let (to, label) = match script {
        Script::AsWritten => (here + "?script=hans#text", &words.in_simplified),
        Script::Simplified => (here + "#text", &words.as_written),
    };
    html! { a href=(to) { (label.get(view.language())) } }
}

#[cfg(test)]
mod tests {
    use super::is_traditional;

    #[test]
    fn a_text_is_traditional_not_a_name_in_it() {
        assert!(is_traditional(["國內生產總值增長5%", "居民收入增長"].into_iter()));
        assert!(!is_traditional(
            ["国内生产总值增长5%，全年新增就业四十二万人", "乾隆年间修的水库和今天的工程都由朱镕基总理视察过"].into_iter()
        ));
        assert!(!is_traditional(std::iter::empty()));
    }
}
