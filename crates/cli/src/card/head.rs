//! Who reported, when, what kind of report; and the resolution on it.

use pledgebook_document::{Document, Meta};
use pledgebook_lexicon::DocumentKind;

use super::Card;
use crate::labels::{LABELS, Text};
use crate::layout::{dim, width, wrap};

impl Card<'_> {
    /// The lines under the title.
    pub(super) fn head(&self) -> Vec<String> {
        let (words, meta) = (&LABELS.card, &self.document.meta);
        let mut entries: Vec<(&Text, String)> = Vec::new();
        let term = |terms: &crate::labels::Terms, word: &str| terms.get(word).map_or(word, |text| text.get(self.view.language)).to_owned();
        let area = meta.area_name.clone().or_else(|| meta.area.clone());
        entries.extend(meta.kind.map(|kind| (&words.kind, term(&LABELS.kind, kind.as_str()))));
        entries.extend(area.map(|name| match meta.level {
            Some(level) => (&words.area, joined([name, term(&LABELS.level, level.as_str())])),
            None => (&words.area, name),
        }));
        entries.extend(meta.year.map(|year| (&words.year, year.to_string())));
        let is_resolution = meta.kind == Some(DocumentKind::Resolution);
        let when = if is_resolution { &words.decided } else { &words.delivered };
        let act = joined([meta.date.clone(), speaker(meta), meta.decision.clone()].into_iter().flatten());
        entries.extend((!act.is_empty()).then_some((when, act)));
        let assembly = [&meta.assembly, &meta.session].into_iter().flatten().map(String::as_str).collect::<String>();
        entries.extend((!assembly.is_empty()).then_some((&words.assembly, assembly)));
        entries.extend(self.resolution().map(|resolution| (&words.resolution, decided(&resolution.meta))));
        entries.push((&words.file, self.held_by()));
        self.aligned(&entries)
    }

    /// The file, and where in it: member of an archive, row of a table. What a name holds of controls is left out.
    fn held_by(&self) -> String {
        let held_by = &self.read.holders[self.index];
        let row = held_by.row.map(|row| crate::labels::fill(LABELS.card.row.get(self.view.language), &[&row.to_string()]));
        let parts = [Some(self.read.path.display().to_string()), held_by.member.clone(), row];
        joined(parts.into_iter().flatten()).chars().filter(|c| !c.is_control()).collect()
    }

    /// The resolution on this report, when the same file holds it.
    fn resolution(&self) -> Option<&Document> {
        let linked = self.document.linked.and_then(|other| self.read.documents.get(other));
        let naming = || self.read.documents.iter().find(|other| other.linked == Some(self.index));
        linked.or_else(naming).filter(|other| other.meta.kind == Some(DocumentKind::Resolution))
    }

    fn aligned(&self, entries: &[(&Text, String)]) -> Vec<String> {
        let name = |text: &Text| text.get(self.view.language).to_owned();
        let widest = entries.iter().map(|(text, _)| width(&name(text))).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (text, value) in entries {
            let name = name(text);
            let padding = " ".repeat(widest - width(&name));
            let mut wrapped = wrap(value, self.view.columns - widest - 4).into_iter();
            lines.push(format!("  {}{padding}  {}", dim(&name), wrapped.next().unwrap_or_default()));
            lines.extend(wrapped.map(|line| format!("{}{line}", " ".repeat(widest + 4))));
        }
        lines
    }
}

fn speaker(meta: &Meta) -> Option<String> {
    match (&meta.office, &meta.speaker) {
        (Some(office), Some(speaker)) => Some(format!("{office} {speaker}")),
        (office, speaker) => speaker.clone().or_else(|| office.clone()),
    }
}

fn decided(resolution: &Meta) -> String {
    joined([&resolution.date, &resolution.decision, &resolution.title].into_iter().flatten().cloned())
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" · ")
}
