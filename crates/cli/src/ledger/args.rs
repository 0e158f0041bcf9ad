//! What can be asked of a ledger on the command line.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::args::Format;

#[derive(Debug, Args)]
pub(crate) struct BuildArguments {
    /// Folders of reports, or single files
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// The ledger to make or bring up to date
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: PathBuf,
    /// A folder of lexicon files that add to the built-in ones or replace their entries
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
    /// How many files to read at the same time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// The summary for people, or as one line of JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("target").required(true).args(["figure", "pledge", "document"])))]
pub(crate) struct CorrectArguments {
    /// The ledger to correct
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// Id of the figure to put right
    #[arg(long, value_name = "ID")]
    pub(crate) figure: Option<String>,
    /// Id of the pledge to put right
    #[arg(long, value_name = "ID")]
    pub(crate) pledge: Option<String>,
    /// Id of the document whose meta to put right
    #[arg(long, value_name = "ID")]
    pub(crate) document: Option<String>,
    /// A field and its right value; several may be given; nothing after = says that the text gives none
    #[arg(long, required = true, value_name = "FIELD=VALUE", value_parser = field_and_value)]
    pub(crate) set: Vec<(String, String)>,
    /// Why, for those who come later
    #[arg(long, value_name = "REASON")]
    pub(crate) why: String,
    /// Who says so [default: the user of this computer]
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// A folder of lexicon files, for indicators of your own
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
    /// What was done for people, or one line of JSON a correction for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

fn field_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.trim().is_empty() => Ok((field.trim().to_owned(), value.to_owned())),
        _ => Err("write FIELD=VALUE, as unit=jin".to_owned()),
    }
}

#[derive(Debug, Args)]
pub(crate) struct CorrectionsArguments {
    #[command(subcommand)]
    pub(crate) command: CorrectionsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorrectionsCommand {
    /// Show every correction, where it is in force, and which ones wait for their place
    List {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// For people, or one line of JSON a correction for programs
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Write every correction as JSON Lines, to be kept under version control
    Export {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The file to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Bring in corrections that were exported, and put them in force
    Import {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The file of JSON Lines
        #[arg(value_name = "FILE")]
        from: PathBuf,
        /// A folder of lexicon files, for indicators of your own
        #[arg(long, value_name = "DIR")]
        lexicon: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["table", "sql"])))]
pub(crate) struct ExportArguments {
    /// The ledger to take from
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// A table or view: panel, goals, outcomes, figures, pledges, …
    #[arg(value_name = "TABLE")]
    pub(crate) table: Option<String>,
    /// A query instead of a table: one SELECT, which cannot change anything
    #[arg(long, value_name = "SELECT")]
    pub(crate) sql: Option<String>,
    /// The file to write; its ending says the format: .csv, .jsonl, .xlsx, .dta, .parquet
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The ledger to prove
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// Where the files are now, if not where they were read; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Vec<PathBuf>,
    /// How many files to read at the same time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// What was proven for people, or as one line of JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
