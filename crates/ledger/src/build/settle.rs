//! Which edition each document of a report is, and which of them panels use.

use pledgebook_lexicon::folding::fold_char;
use rusqlite::{Connection, params};

use crate::Edition;
use crate::sketch::Sketch;

/// Words of a title that promise less than the report.
const SUMMARY_WORDS: [&str; 5] = ["摘要", "摘登", "要点", "节选", "简版"];

/// Below this share of its own text in the preferred document, a document is not the same text.
const SAME: f64 = 0.3;
/// From this share on, each way, it is the same text again.
const COPY: f64 = 0.95;
/// With less than this of the preferred one's length, a document is shorter by more than its wording.
const AS_LONG: f64 = 0.9;
/// With less than this, it is a summary.
const SHORT: f64 = 0.5;

/// A document as editions are told apart.
#[derive(Debug)]
struct Candidate {
    id: String,
    sketch: Sketch,
    characters: usize,
    is_cut: bool,
    is_summary: bool,
}

/// Settles up to `limit` of the reports whose documents have changed; says how many there were.
pub(crate) fn settle_some(db: &Connection, limit: usize) -> rusqlite::Result<usize> {
    let reports: Vec<String> = db
        .prepare_cached("SELECT id FROM reports WHERE NOT settled LIMIT ?1")?
        .query_map([limit], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    reports.iter().try_for_each(|report| settle(db, report))?;
    Ok(reports.len())
}

/// Settles one report; one that no document belongs to any more goes.
fn settle(db: &Connection, report: &str) -> rusqlite::Result<()> {
    let mut candidates: Vec<Candidate> = db
        .prepare_cached("SELECT id, sketch, characters, warnings, coalesce(title, '') FROM documents WHERE report = ?1")?
        .query_map([report], |row| {
            let title: String = row.get::<_, String>(4)?.chars().map(fold_char).collect();
            Ok(Candidate {
                id: row.get(0)?,
                sketch: Sketch::from_bytes(row.get_ref(1)?.as_blob()?),
                characters: row.get(2)?,
                is_cut: row.get_ref(3)?.as_str()?.contains("\"cut_off\""),
                is_summary: SUMMARY_WORDS.iter().any(|word| title.contains(word)),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // The most complete first; of equals always the same.
    candidates.sort_by(|a, b| {
        let whole = |c: &Candidate| (c.is_summary, c.is_cut);
        let size = |c: &Candidate| (c.sketch.len(), c.characters);
        whole(a).cmp(&whole(b)).then(size(b).cmp(&size(a))).then(a.id.cmp(&b.id))
    });
    let Some(preferred) = candidates.first() else {
        db.prepare_cached("DELETE FROM reports WHERE id = ?1")?.execute([report])?;
        return Ok(());
    };
    for candidate in &candidates {
        let is_preferred = candidate.id == preferred.id;
        let edition = if is_preferred { Some(own_edition(candidate)) } else { edition_beside(candidate, preferred) };
        db.prepare_cached("UPDATE documents SET edition = ?2, preferred = ?3 WHERE id = ?1")?.execute(params![
            candidate.id,
            edition.map(Edition::as_str),
            is_preferred
        ])?;
    }
    db.prepare_cached("UPDATE reports SET settled = 1 WHERE id = ?1")?.execute([report])?;
    Ok(())
}

fn own_edition(document: &Candidate) -> Edition {
    match document {
        Candidate { is_summary: true, .. } => Edition::Summary,
        Candidate { is_cut: true, .. } => Edition::Cut,
        _ => Edition::Full,
    }
}

fn edition_beside(document: &Candidate, preferred: &Candidate) -> Option<Edition> {
    let shared = document.sketch.shared(&preferred.sketch) as f64;
    let share_of = |whole: &Candidate| if whole.sketch.len() == 0 { 0.0 } else { shared / whole.sketch.len() as f64 };
    let (own, covered) = (share_of(document), share_of(preferred));
    let length = document.sketch.len() as f64 / preferred.sketch.len().max(1) as f64;
    if own < SAME {
        return None;
    }
    Some(match document {
        Candidate { is_summary: true, .. } => Edition::Summary,
        // A text as long as the other may still end in the middle of its last sentence.
        Candidate { is_cut: true, .. } if length < AS_LONG => Edition::Cut,
        _ if own >= COPY && covered >= COPY => Edition::Copy,
        _ if length >= AS_LONG => Edition::Amended,
        _ if length >= SHORT => Edition::Delivered,
        _ => Edition::Summary,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::tests::text as sentences;

    fn candidate(id: &str, text: &str) -> Candidate {
        Candidate { id: id.into(), sketch: Sketch::of(text), characters: text.chars().count(), is_cut: false, is_summary: false }
    }

    #[test]
    fn an_edition_is_told_by_how_much_text_is_shared() {
        let full = candidate("full", &sentences(0..2000));
        let beside = |text: &str| edition_beside(&candidate("other", text), &full);
        assert_eq!(beside(&sentences(0..2000).replace('，', "、")), Some(Edition::Copy));
        assert_eq!(beside(&(sentences(0..1800) + &sentences(9000..9150))), Some(Edition::Amended));
        assert_eq!(beside(&sentences(300..1600)), Some(Edition::Delivered));
        assert_eq!(beside(&sentences(300..700)), Some(Edition::Summary));
        assert_eq!(beside(&sentences(5000..7000)), None);
        let cut = Candidate { is_cut: true, ..candidate("cut", &sentences(0..600)) };
        assert_eq!(edition_beside(&cut, &full), Some(Edition::Cut));
    }
}
