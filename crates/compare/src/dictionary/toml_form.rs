//! A dictionary in TOML.
//!
//! ```toml
//! title = "邻国"
//! version = "2031-01"
//!
//! [[group]]
//! name = "邻国"
//! terms = ["印度", "缅甸"]
//! not_in = ["印度尼西亚", "印度洋"]
//! ```
//!
//! Without groups, `terms` and `not_in` stand at the top.

use serde::Deserialize;
use toml::Spanned;

use super::{Draft, Mistake, ONE_GROUP, Term, Word};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    title: Option<String>,
    version: Option<String>,
    #[serde(default)]
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    not_in: Vec<Spanned<String>>,
    #[serde(default)]
    group: Vec<FormGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormGroup {
    name: Spanned<String>,
    #[serde(default)]
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    not_in: Vec<Spanned<String>>,
}

pub(super) fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    let line_of = |byte: usize| text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count() as u32 + 1;
    let form: Form = match toml::from_str(text) {
        Ok(form) => form,
        Err(error) => {
            let line = error.span().map(|span| line_of(span.start));
            draft.mistakes.push(Mistake { line, reason: error.message().to_owned() });
            return draft;
        }
    };
    (draft.title, draft.version) = (form.title, form.version);
    let word = |text: &Spanned<String>| Word::new(text.get_ref(), line_of(text.span().start));
    if let Some(first) = form.terms.first() {
        if !form.group.is_empty() {
            draft.mistake(line_of(first.span().start), "terms stand beside groups: put them into a group of their own");
        }
        let group = draft.group(ONE_GROUP);
        draft.groups[group].not_in = form.not_in.iter().map(word).collect();
        draft.terms.extend(form.terms.iter().map(|text| Term { word: word(text), group, not_in: Vec::new() }));
    }
    for form in form.group {
        let (name, line) = (form.name.get_ref(), line_of(form.name.span().start));
        if draft.groups.iter().any(|group| group.name == *name) {
            draft.mistake(line, format!("there is a group `{name}` already: join the two"));
        } else if form.terms.is_empty() {
            draft.mistake(line, format!("the group `{name}` has no term"));
        }
        let group = draft.group(name);
        draft.groups[group].not_in.extend(form.not_in.iter().map(word));
        draft.terms.extend(form.terms.iter().map(|text| Term { word: word(text), group, not_in: Vec::new() }));
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::super::tests::mistakes;

    #[test]
    fn what_is_no_toml_or_no_dictionary_is_named_with_its_line() {
        assert!(mistakes("d.toml", "title = \"甲\"\nterms = [\"绿色\"\n")[0].starts_with("d.toml, line "));
        let told = mistakes("d.toml", "title = \"甲\"\nwords = [\"绿色\"]\n");
        assert!(told[0].starts_with("d.toml, line 2: unknown field `words`"), "{told:?}");
    }

    #[test]
    fn terms_beside_groups_are_named() {
        let told = mistakes("d.toml", "terms = [\"绿色\"]\n[[group]]\nname = \"甲\"\nterms = [\"低碳\"]\n");
        assert_eq!(told, ["d.toml, line 1: terms stand beside groups: put them into a group of their own"]);
    }
}
