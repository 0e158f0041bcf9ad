//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::labels::Language;

/// A compiler for Chinese government work reports: documents in, a ledger of figures and pledges out.
#[derive(Debug, Parser)]
#[command(name = "pledgebook", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and show what they say: who, when, the pledges, the results
    Read(ReadArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    /// The files to read
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A card for people, or one line of JSON a file for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of the card [default: that of the locale, zh or en]
    #[arg(long = "lang", value_enum, value_name = "LANG")]
    pub(crate) language: Option<Language>,
    /// Columns to print in [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(60..=200))]
    pub(crate) width: Option<u16>,
    /// How many files to read at the same time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs, one line a file
    Json,
}
