//! What can be asked of the commands that compare reports.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use pledgebook_lexicon::Role;

use super::rows::Form;
use super::select::{AnyKind, SelectArguments, Years, role, years};
use crate::args::Format;

#[derive(Debug, Args)]
pub(crate) struct TermsArguments {
    /// The ledger whose reports are counted
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// The dictionary: a list (.txt), .toml, .csv, .tsv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub(crate) dictionary: PathBuf,
    #[command(flatten)]
    pub(crate) select: SelectArguments,
    /// Only these years: 2024, 2020-2024, 2020-, -2024
    #[arg(long, value_name = "YEARS", value_parser = years, allow_hyphen_values = true)]
    pub(crate) year: Option<Years>,
    /// Only passages for this: review, goals, tasks, …; may be given several times
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Vec<Role>,
    /// Count glossary annexes too
    #[arg(long)]
    pub(crate) glossary: bool,
    /// Find terms as literal text, or as whole words that jieba cuts
    #[arg(long, value_enum, default_value_t = ByAsked::Text)]
    pub(crate) by: ByAsked,
    /// A row for each group of the dictionary, or for each term
    #[arg(long, value_enum, default_value_t = EachAsked::Group)]
    pub(crate) each: EachAsked,
    /// A row for each role that passages of a report have, instead of one for the report
    #[arg(long)]
    pub(crate) roles: bool,
    /// A column for each group or term, instead of a row
    #[arg(long, conflicts_with = "hits")]
    pub(crate) wide: bool,
    /// What the columns of --wide hold
    #[arg(long, value_enum, default_value_t = MeasureAsked::Count)]
    pub(crate) measure: MeasureAsked,
    /// List every place that counts, with its passage
    #[arg(long)]
    pub(crate) hits: bool,
    /// How many threads count [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// A table for people, CSV, or one line of JSON a row
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

/// How terms are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ByAsked {
    /// Literal text, wherever it stands
    Text,
    /// Whole words, to match papers that cut texts with jieba
    Word,
}

/// What has a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EachAsked {
    /// The terms of a group together
    Group,
    /// Every term
    Term,
}

/// A measure of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MeasureAsked {
    /// Places
    Count,
    /// Places per 10,000 characters
    Per10k,
    /// Percent of passages with a term
    Passages,
    /// Percent of characters in passages with a term
    Characters,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The first report: a file, or with --ledger a report, as CN-2023 or 江西2025
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The second report
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// Take the reports from this ledger, the preferred edition of each
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Show passages that are the same too (text)
    #[arg(long)]
    pub(crate) all: bool,
    /// A folder of lexicon files that add to the built-in ones or replace their entries (files only)
    #[arg(long, value_name = "DIR", conflicts_with = "ledger")]
    pub(crate) lexicon: Option<PathBuf>,
    /// For the terminal, a page for the browser, or one line of JSON
    #[arg(long, value_enum, default_value_t = DiffForm::Text)]
    pub(crate) format: DiffForm,
}

/// How a diff is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffForm {
    /// For the terminal
    Text,
    /// One page that needs nothing else
    Html,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct SearchArguments {
    /// The ledger to search
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// What to look for, in either script: 就业, "稳就业 稳物价", "就业 NEAR/10 青年"
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) select: AnyKind,
    /// Only these years: 2024, 2020-2024, 2020-, -2024
    #[arg(long, value_name = "YEARS", value_parser = years, allow_hyphen_values = true)]
    pub(crate) year: Option<Years>,
    /// Only passages for this: review, goals, tasks, …; may be given several times
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Vec<Role>,
    /// How many passages to show; all are counted
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// Passages for people, or one line of JSON a passage for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct TraceArguments {
    /// The ledger to follow the phrase through
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// The phrase, in either script
    #[arg(value_name = "PHRASE")]
    pub(crate) phrase: String,
    #[command(flatten)]
    pub(crate) select: SelectArguments,
    /// Only these years: 2024, 2020-2024, 2020-, -2024
    #[arg(long, value_name = "YEARS", value_parser = years, allow_hyphen_values = true)]
    pub(crate) year: Option<Years>,
    /// Show the passages of every use, not only of the first (text)
    #[arg(long)]
    pub(crate) passages: bool,
    /// A table and a chart for people, CSV with a row a passage, or one line of JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// The ledger with this and other reports
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// The year of the report
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: i16,
    /// Whose report, by code or name
    #[arg(long, value_name = "AREA", default_value = "CN")]
    pub(crate) area: String,
    /// How many phrases to show
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// A table for people, CSV, or one line of JSON a phrase
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Debug, Args)]
pub(crate) struct ReuseArguments {
    /// The ledger with the reports
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// Look into the reports of this area only, by code or name; may be given several times
    #[arg(long, value_name = "AREA")]
    pub(crate) area: Vec<String>,
    /// Look into the reports of these years only: 2024, 2020-2024, 2020-, -2024
    #[arg(long, value_name = "YEARS", value_parser = years, allow_hyphen_values = true)]
    pub(crate) year: Option<Years>,
    /// Look for sources in the reports of this area only, by code or name; may be given several times
    #[arg(long, value_name = "AREA")]
    pub(crate) from: Vec<String>,
    /// Compare sentence by sentence, not passage by passage
    #[arg(long)]
    pub(crate) sentences: bool,
    /// The least likeness, from 0 to 1: shared runs of four letters, of all that either has
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    pub(crate) at_least: f64,
    /// List every passage with its source
    #[arg(long)]
    pub(crate) passages: bool,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// A table for people, CSV, or one line of JSON a row
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.1..=1.0).contains(&share) => Ok(share),
        _ => Err("write a share from 0.1 to 1, as 0.5".to_owned()),
    }
}
