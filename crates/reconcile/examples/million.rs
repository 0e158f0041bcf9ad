//! Judges a million generated pledges: `cargo run --release -p pledgebook-reconcile --example million DIR`.
//!
//! The nation, 31 provinces, their prefectures and counties, 15 years each, 22 goals a year, most of them with an outcome in the next
//! report. Says how long writing, judging all, and judging one county again took.

use std::path::Path;
use std::time::Instant;

use pledgebook_ledger::{Connection, Corpus, Index, Plan};
use pledgebook_lexicon::{Areas, Level, Lexicon};
use pledgebook_reconcile::{Extent, refresh};
use rusqlite::params;

const YEARS: std::ops::Range<i16> = 2010..2025;
const PLEDGES: usize = 1_000_000;
const GOALS: usize = 22;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("name a folder for the ledger")?;
    let ledger = Path::new(&dir).join("million.db");
    let lexicon = Lexicon::builtin();
    let empty = Path::new(&dir).join("empty");
    std::fs::create_dir_all(&empty)?;
    let corpora = [Corpus::open(&empty)?];
    let plan = Plan { corpora: &corpora, ledger: &ledger, lexicon: &lexicon, lexicon_name: "built-in", threads: 1, index: Index::LeftOut };
    pledgebook_ledger::build(&plan, &mut |_| {})?;
    let started = Instant::now();
    let (areas, pledges) = generate(&pledgebook_ledger::open_for_writing(&ledger)?, &lexicon)?;
    println!("{areas} areas, {pledges} pledges written in {:.1} s", started.elapsed().as_secs_f64());
    let done = refresh(&ledger, &lexicon, "built-in", Extent::All)?;
    println!("{} areas, {} pledges judged in {:.1} s", done.areas, done.pledges, done.took.as_secs_f64());
    let db = pledgebook_ledger::open_for_writing(&ledger)?;
    let mut tally = db.prepare("SELECT verdict, count(*) FROM verdicts WHERE used GROUP BY 1")?;
    let mut rows = tally.query([])?;
    while let Some(row) = rows.next()? {
        println!("  {} {}", row.get::<_, String>(0)?, row.get::<_, i64>(1)?);
    }
    db.execute("DELETE FROM reconciled WHERE area = (SELECT max(area) FROM reports WHERE level = 'county')", [])?;
    let done = refresh(&ledger, &lexicon, "built-in", Extent::Changed)?;
    println!("one county again: {} areas, {} pledges in {:.3} s", done.areas, done.pledges, done.took.as_secs_f64());
    Ok(())
}

fn generate(db: &Connection, lexicon: &Lexicon) -> rusqlite::Result<(usize, usize)> {
    let transaction = db.unchecked_transaction()?;
    let mut areas: Vec<_> = Areas::builtin().iter().filter(|area| area.valid_to.is_none() && area.level != Level::Township).collect();
    areas.sort_by_key(|area| (area.level, area.code));
    let (mut written, mut places) = (0, 0);
    for area in areas {
        if written >= PLEDGES {
            break;
        }
        places += 1;
        for year in YEARS {
            written += report(&transaction, lexicon, &area.code.to_string(), area.name, area.level.as_str(), year)?;
        }
    }
    transaction.commit()?;
    Ok((places, written))
}

/// A number that looks like chance and is the same on every machine.
fn dice(seed: &str, sides: u32) -> u32 {
    seed.bytes().fold(2_166_136_261u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)) % sides
}

fn report(db: &Connection, lexicon: &Lexicon, area: &str, name: &str, level: &str, year: i16) -> rusqlite::Result<usize> {
    let (report, document) = (format!("{area}-{year}-work_report"), format!("{area}{year}"));
    db.prepare_cached(
        "INSERT OR IGNORE INTO reports (id, area, area_name, level, year, kind, settled) VALUES (?1, ?2, ?3, ?4, ?5, 'work_report', 1)",
    )?
    .execute(params![report, area, name, level, year])?;
    db.prepare_cached(
        "INSERT INTO documents (id, sha256, ordinal, report, edition, preferred, kind, area, area_name, level, year, start, end, characters,
           warnings, dropped, sketch, fingerprint)
         VALUES (?1, ?1, 1, ?2, 'full', 1, 'work_report', ?3, ?4, ?5, ?6, 0, 0, 0, '[]', '[]', x'', '')",
    )?
    .execute(params![document, report, area, name, level, year])?;
    for (at, indicator) in lexicon.indicators().iter().take(GOALS).enumerate() {
        let seed = format!("{area}{year}{}", indicator.id);
        let goal = 4.0 + f64::from(dice(&seed, 60)) / 10.0;
        let bound = ["about", "at_least", "exact", "about"][dice(&seed, 4) as usize];
        let (pledge, quote) = (format!("{document}p{at}"), format!("{}增长{goal}%左右", indicator.zh));
        db.prepare_cached(
            "INSERT INTO pledges (id, document, start, end, place, position, ordinal, quote, kind, headline, label, indicator, period, horizon,
               low, high, unit, bound, measure, direction, actions, objects, deadline, rules)
             VALUES (?1, ?2, ?3, ?3, 'line 1', 0, 1, ?4, 'number', 1, ?5, ?6, ?7, 'year', ?8, ?8, 'percent', ?9, 'growth', 'up', '', '', '', '')",
        )?
        .execute(params![pledge, document, at, quote, indicator.zh, indicator.id, year.to_string(), goal, bound])?;
        // One in ten is silent.
        if dice(&seed, 10) > 0 {
            let outcome = goal + f64::from(dice(&seed, 41)) / 10.0 - 2.0;
            db.prepare_cached(
                "INSERT INTO figures (id, document, start, end, place, position, raw, quote, low, high, unit, bound, label, indicator, measure,
                   direction, mode, period, aggregate, basis, confidence, rules)
                 VALUES (?1, ?2, ?3, ?3, 'line 1', 0, '', ?4, ?5, ?5, 'percent', 'exact', ?6, ?7, 'growth', 'up', 'outcome', ?8, 'single',
                   'unstated', 'high', '')",
            )?
            .execute(params![
                format!("{document}f{at}"),
                document,
                at,
                format!("{}增长{outcome}%", indicator.zh),
                outcome,
                indicator.zh,
                indicator.id,
                (year - 1).to_string()
            ])?;
        }
    }
    Ok(GOALS)
}
