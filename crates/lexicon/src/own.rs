//! A user's own lexicon files, laid over what is built in.

use std::collections::HashMap;
use std::path::Path;

use crate::schema::{self, Entries};
use crate::tables::LexiconError;

/// Reads the files of a folder.
pub(crate) fn read_dir(dir: &Path) -> Result<Entries, LexiconError> {
    let mut texts = HashMap::new();
    for name in schema::FILES {
        let path = dir.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => drop(texts.insert(name, text)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(reason) => return Err(LexiconError::Unreadable { file: path.display().to_string(), reason }),
        }
    }
    if texts.is_empty() {
        let reason = format!("holds none of {}", schema::FILES.join(", "));
        return Err(LexiconError::Malformed { file: dir.display().to_string(), reason });
    }
    schema::parse(|name| texts.remove(name)).map_err(|(file, e)| LexiconError::malformed(&dir.join(file).display().to_string(), e))
}

/// Lays entries over others: an indicator replaces the one of its id, words are looked up before those that were there.
pub(crate) fn merge(over: Entries, mut base: Entries) -> Entries {
    base.indicators.retain(|b| over.indicators.iter().all(|o| o.id != b.id));
    fn first<T>(over: Vec<T>, base: &mut Vec<T>) {
        let rest = std::mem::replace(base, over);
        base.extend(rest);
    }
    first(over.indicators, &mut base.indicators);
    first(over.units, &mut base.units);
    first(over.bounds, &mut base.bounds);
    first(over.predicates, &mut base.predicates);
    first(over.periods, &mut base.periods);
    first(over.names.names, &mut base.names.names);
    first(over.names.before, &mut base.names.before);
    first(over.names.slogans, &mut base.names.slogans);
    let (o, b) = (over.words, &mut base.words);
    for (over, base) in [
        (o.heads, &mut b.heads),
        (o.firm_nouns, &mut b.firm_nouns),
        (o.person_nouns, &mut b.person_nouns),
        (o.household_nouns, &mut b.household_nouns),
        (o.person_labels, &mut b.person_labels),
        (o.money_labels, &mut b.money_labels),
        (o.lead_words, &mut b.lead_words),
        (o.trail_words, &mut b.trail_words),
        (o.light_verbs, &mut b.light_verbs),
        (o.kept_ends, &mut b.kept_ends),
        (o.noun_ends, &mut b.noun_ends),
        (o.label_starts, &mut b.label_starts),
        (o.label_ends, &mut b.label_ends),
        (o.currencies, &mut b.currencies),
        (o.owned_heads, &mut b.owned_heads),
        (o.sized_nouns, &mut b.sized_nouns),
    ] {
        first(over, base);
    }
    let (o, b) = (over.goals, &mut base.goals);
    first(o.openers, &mut b.openers);
    first(o.closers, &mut b.closers);
    first(o.label_leads, &mut b.label_leads);
    first(o.label_trails, &mut b.label_trails);
    first(o.stretch, &mut b.stretch);
    first(o.stretch_marks, &mut b.stretch_marks);
    first(o.hedges, &mut b.hedges);
    first(o.relations, &mut b.relations);
    first(o.references, &mut b.references);
    first(o.states, &mut b.states);
    first(o.absent, &mut b.absent);
    first(o.claims, &mut b.claims);
    first(o.claim_goals, &mut b.claim_goals);
    first(o.claim_against, &mut b.claim_against);
    first(over.tasks.words, &mut base.tasks.words);
    first(over.tasks.announcements, &mut base.tasks.announcements);
    first(over.tasks.helpers, &mut base.tasks.helpers);
    let (o, b) = (over.verdicts, &mut base.verdicts);
    b.points = o.points.or(b.points);
    b.level_share = o.level_share.or(b.level_share);
    b.nearly = o.nearly.or(b.nearly);
    b.decimals = o.decimals.or(b.decimals);
    b.in_step = o.in_step.or(b.in_step);
    b.in_step_basic = o.in_step_basic.or(b.in_step_basic);
    // An order is replaced as a whole; words are added.
    if !o.sources.is_empty() {
        b.sources = o.sources;
    }
    first(o.basic, &mut b.basic);
    first(o.rise, &mut b.rise);
    first(o.scopes, &mut b.scopes);
    first(o.mentions, &mut b.mentions);
    first(o.broad, &mut b.broad);
    first(o.states, &mut b.states);
    base
}
