//! From bytes to [`Document`]s.

mod model;
pub use model::*;

use pledgebook_lexicon::{Folded, Role};
use std::sync::Arc;

/// What is known of a text from outside it: file name, given columns.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file name, for year, area and kind where the text is silent.
    pub name: Option<String>,
    /// Meta given by columns or configuration.
    pub meta: Meta,
}

/// Builds the documents of one text.
#[must_use]
pub fn documents(source: Source, given: &Given) -> Vec<Document> {
    let _ = given;
    let source = Arc::new(source);
    let (mut text, mut passages, mut map) = (String::new(), Vec::new(), SourceMap::default());
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let t = line.trim();
        if !t.is_empty() {
            let off = at + (line.len() - line.trim_start().len());
            if !text.is_empty() {
                text.push('\n');
            }
            map.push(text.len() as u32, off as u32);
            let start = text.len();
            text.push_str(t);
            passages.push(Passage { span: Span::new(start, text.len()), kind: PassageKind::Body, role: Role::Other, section: None });
        }
        at += line.len();
    }
    let folded = Folded::new(&text);
    vec![Document {
        source,
        text,
        folded,
        meta: Meta::default(),
        passages,
        sections: vec![],
        dropped: vec![],
        map,
        warnings: vec![],
        linked: None,
    }]
}
