//! `pledgebook verify`: every quote read again from its source file.

use std::io::{self, Write};

use serde_json::json;

use super::args::VerifyArguments;
use super::{counted, refused, threads};
use crate::args::Format;
use crate::outcome::{Outcome, say};

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &VerifyArguments) -> io::Result<Outcome> {
    if let Some(missing) = arguments.corpus.iter().find(|folder| !folder.exists()) {
        return Ok(refused(&format_args!("{}: there is no such folder", missing.display())));
    }
    let verified = pledgebook_ledger::verify(&arguments.ledger, &arguments.corpus, threads(arguments.threads));
    let proof = match verified {
        Ok(proof) => proof,
        Err(error) => return Ok(refused(&error)),
    };
    for unproven in &proof.unproven {
        match &unproven.item {
            Some(item) => say(&format_args!("{}: {item}: {}", unproven.source, unproven.reason)),
            None => say(&format_args!("{}: {}", unproven.source, unproven.reason)),
        }
    }
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Text => {
            let what = format!(
                "{} in {} read again from {}",
                counted(proof.quotes as u64, "quote"),
                counted(proof.documents as u64, "document"),
                counted(proof.files as u64, "file")
            );
            match proof.unproven.len() {
                0 => writeln!(out, "{what}: all stand as the ledger says")?,
                many => writeln!(out, "{what}; {many} {} not hold", if many == 1 { "thing does" } else { "things do" })?,
            }
        }
        Format::Json => {
            let unproven: Vec<_> =
                proof.unproven.iter().map(|u| json!({ "source": u.source, "item": u.item, "reason": u.reason })).collect();
            let line = json!({ "files": proof.files, "documents": proof.documents, "quotes": proof.quotes, "unproven": unproven });
            writeln!(out, "{line}")?;
        }
    }
    Ok(if proof.unproven.is_empty() { Outcome::Well } else { Outcome::SomeFailed })
}
