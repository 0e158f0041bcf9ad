//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use pledgebook_lexicon::Lexicon;

use crate::card::View;
use crate::compare::{DiffArguments, NewArguments, ReuseArguments, SearchArguments, TermsArguments, TraceArguments};
use crate::labels::Language;
use crate::layout::terminal_width;
use crate::ledger::{BuildArguments, CorrectArguments, CorrectionsArguments, ExportArguments, VerifyArguments};
use crate::reconcile::{
    PanelArguments, PartArguments, ReportArguments, ResolutionsArguments, StatisticsArguments, TasksArguments, VerdictsArguments,
};
use crate::web::{ServeArguments, SiteArguments};

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
    /// Show how a figure, pledge or claim was read, field by field, and by which rules
    Explain(ExplainArguments),
    /// Read a folder of files into a ledger, or bring a ledger up to date
    Build(BuildArguments),
    /// Find passages by any part of their text, in either script; with AND, OR, NOT, NEAR
    Search(SearchArguments),
    /// Put right what was read: a field of a figure, a pledge or a document
    Correct(CorrectArguments),
    /// List the corrections of a ledger, or exchange them as JSON Lines
    Corrections(CorrectionsArguments),
    /// Write a table, a view or a query of a ledger to a file for Excel, Stata, R, pandas
    Export(ExportArguments),
    /// Read every quote in a ledger again from its source file
    Verify(VerifyArguments),
    /// Show what became of goals: met, missed, not reported, with margin and sources
    Verdicts(VerdictsArguments),
    /// Show goals beside outcomes, the year before and how many could be judged
    Panel(PanelArguments),
    /// Show each goal beside that of the level above and of the year before
    Cascade(PartArguments),
    /// Hold one report to account: what it said, what came of it, what the government says of it
    Account(ReportArguments),
    /// List the tasks of a report, write them to a workbook, take the workbook back
    Tasks(TasksArguments),
    /// Find numbers that cannot stand together: shares, structures, levels restated
    Coherence(PartArguments),
    /// Show each report's resolution, or that none is in the ledger
    Resolutions(ResolutionsArguments),
    /// Bring in official statistics to hold goals against
    Statistics(StatisticsArguments),
    /// Count the terms of a dictionary in every report of a ledger
    Terms(TermsArguments),
    /// Show what two reports have in common, what is new, dropped, changed, and what became of the pledges
    Diff(DiffArguments),
    /// Follow a phrase from its first use on, by year and issuer
    Trace(TraceArguments),
    /// Find the phrases that a report has first, and how they spread
    New(NewArguments),
    /// Find passages that stand in an earlier report, the same or nearly
    Reuse(ReuseArguments),
    /// Show a ledger in the browser; with --edit, take corrections there
    Serve(ServeArguments),
    /// Write the pages of a ledger as a static site
    Site(SiteArguments),
    /// Check the words that Pledgebook knows
    Lexicon(LexiconArguments),
    /// Build the invented sample corpus that comes with the program, show its verdicts, write its pages
    Demo(DemoArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    /// The files to read
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A card for people, or one line of JSON a file for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) look: Look,
    /// A folder of lexicon files that add to the built-in ones or replace their entries
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
    /// How many files to read at the same time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// How what is printed looks.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Look {
    /// The language of what is printed [default: that of the locale, zh or en]
    #[arg(long = "lang", value_enum, value_name = "LANG")]
    pub(crate) language: Option<Language>,
    /// Columns to print in [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(60..=200))]
    pub(crate) width: Option<u16>,
}

impl Look {
    /// The view that these arguments ask for.
    pub(crate) fn view(self, lexicon: &Lexicon) -> View<'_> {
        View {
            language: self.language.unwrap_or_else(Language::of_locale),
            columns: self.width.map_or_else(terminal_width, usize::from),
            lexicon,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The file to read
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What the figure, pledge or claim holds: a number, a word, a part of its sentence, in either script
    #[arg(long, value_name = "TEXT")]
    pub(crate) at: String,
    /// Blocks for people, or one line of JSON an item for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// A folder of lexicon files that add to the built-in ones or replace their entries
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconArguments {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// Say what is wrong with a folder of lexicon files, or that nothing is
    Check {
        /// The folder; without it, the lexicon that is built in
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// The folder to write: the reports, the ledger, the site
    #[arg(long, value_name = "DIR", default_value = "pledgebook-demo")]
    pub(crate) to: PathBuf,
    /// Open the pages to the browser, on 127.0.0.1, until told to stop
    #[arg(long)]
    pub(crate) serve: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: JSON, a line for each thing printed
    Json,
}
