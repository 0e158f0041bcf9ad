//! `pledgebook build`: a folder of anything in, one ledger out.

use std::io::{self, Write};

use pledgebook_ledger::{Corpus, Index, Plan, Summary};
use pledgebook_reconcile::Extent;
use serde_json::json;

use super::args::BuildArguments;
use super::progress::Progress;
use super::{counted, grouped, lexicon_and_name, refused};
use crate::args::Format;
use crate::outcome::{Outcome, say};

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &BuildArguments) -> io::Result<Outcome> {
    let Some((lexicon, lexicon_name)) = lexicon_and_name(arguments.lexicon.as_deref()) else { return Ok(Outcome::SomeFailed) };
    let corpora = match arguments.corpora.iter().map(|place| Corpus::open(place)).collect::<Result<Vec<_>, _>>() {
        Ok(corpora) => corpora,
        Err(error) => return Ok(refused(&error)),
    };
    // A ledger that is there loses nothing when a folder is not; one that is not there is not made of nothing.
    if !arguments.ledger.exists() && arguments.corpora.iter().all(|place| !place.exists()) {
        for place in &arguments.corpora {
            say(&format_args!("{}: there is no such file or folder", place.display()));
        }
        return Ok(Outcome::SomeFailed);
    }
    let plan = Plan {
        corpora: &corpora,
        ledger: &arguments.ledger,
        lexicon: &lexicon,
        lexicon_name: &lexicon_name,
        threads: super::threads(arguments.threads),
        index: Index::Kept,
    };
    let mut progress = Progress::new();
    let built = pledgebook_ledger::build(&plan, &mut |event| progress.watch(&event));
    progress.end();
    let summary = match built {
        Ok(summary) => summary,
        Err(error) => return Ok(refused(&error)),
    };
    // Verdicts come last: they hang on every document.
    if let Err(error) = pledgebook_reconcile::refresh(&arguments.ledger, &lexicon, &lexicon_name, Extent::Outdated) {
        return Ok(refused(&error));
    }
    match arguments.format {
        Format::Text => show(&summary, &arguments.ledger.display().to_string())?,
        Format::Json => writeln!(io::stdout(), "{}", as_json(&summary))?,
    }
    Ok(if summary.failures.is_empty() { Outcome::Well } else { Outcome::SomeFailed })
}

fn show(summary: &Summary, ledger: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut files = format!("{} read", counted(summary.read as u64, "file"));
    for (number, what) in [
        (summary.skipped, "unchanged"),
        (summary.failures.len(), "failed"),
        (summary.removed, "gone and taken out"),
        (summary.left_alone, "left alone (no report by its name)"),
    ] {
        if number > 0 {
            files += &format!(", {} {what}", grouped(number as u64));
        }
    }
    writeln!(out, "{files}, in {:.1} s", summary.took.as_secs_f64())?;
    writeln!(
        out,
        "{ledger}: {} in {}, {}, {}",
        counted(summary.reports, "report"),
        counted(summary.documents, "document"),
        counted(summary.figures, "figure"),
        counted(summary.pledges, "pledge")
    )?;
    if summary.corrections_without_place > 0 {
        writeln!(
            out,
            "{} without a place in it: see `pledgebook corrections list {ledger}`",
            counted(summary.corrections_without_place as u64, "correction")
        )?;
    }
    Ok(())
}

fn as_json(summary: &Summary) -> serde_json::Value {
    let failures: Vec<_> = summary.failures.iter().map(|f| json!({ "input": f.input, "reason": f.reason })).collect();
    json!({
        "read": summary.read,
        "skipped": summary.skipped,
        "failed": failures,
        "removed": summary.removed,
        "left_alone": summary.left_alone,
        "reports": summary.reports,
        "documents": summary.documents,
        "figures": summary.figures,
        "pledges": summary.pledges,
        "corrections_without_place": summary.corrections_without_place,
        "seconds": summary.took.as_secs_f64(),
    })
}
