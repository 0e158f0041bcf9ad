//! What can be asked of goals and what became of them on the command line.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use pledgebook_lexicon::Verdict;

use crate::args::{Format, Look};

/// Which part of a ledger to show.
#[derive(Clone, Debug, Args)]
pub(crate) struct Part {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// An area, by its name or code: 江西, 360000, CN
    #[arg(long, value_name = "AREA")]
    pub(crate) area: Option<String>,
    /// An indicator, by its id or name: gdp, 城镇新增就业
    #[arg(long, value_name = "INDICATOR")]
    pub(crate) indicator: Option<String>,
    /// The year of the report, which is that of its goals
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// Tables for people, or one line of JSON a row for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Debug, Args)]
pub(crate) struct VerdictsArguments {
    #[command(flatten)]
    pub(crate) part: Part,
    /// Only goals with this verdict: exceeded, met, missed, undetermined, not_reported, …
    #[arg(long, value_name = "VERDICT")]
    pub(crate) verdict: Option<Verdict>,
    /// Goals outside the paragraph of main goals too
    #[arg(long)]
    pub(crate) elsewhere: bool,
}

impl VerdictsArguments {
    /// All main goals of a ledger, for people.
    pub(crate) fn of(ledger: &Path, look: Look) -> Self {
        let part = Part { ledger: ledger.to_owned(), area: None, indicator: None, year: None, format: Format::Text, look };
        VerdictsArguments { part, verdict: None, elsewhere: false }
    }
}

#[derive(Debug, Args)]
pub(crate) struct PanelArguments {
    #[command(flatten)]
    pub(crate) part: Part,
    /// Only goals with this verdict
    #[arg(long, value_name = "VERDICT")]
    pub(crate) verdict: Option<Verdict>,
}

#[derive(Debug, Args)]
pub(crate) struct PartArguments {
    #[command(flatten)]
    pub(crate) part: Part,
}

#[derive(Debug, Args)]
pub(crate) struct ResolutionsArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// An area, by its name or code
    #[arg(long, value_name = "AREA")]
    pub(crate) area: Option<String>,
    /// The year of the report
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// A table for people, or one line of JSON a row for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) look: Look,
}

impl ResolutionsArguments {
    /// The part of the ledger that they ask for.
    pub(crate) fn part(&self) -> Part {
        Part {
            ledger: self.ledger.clone(),
            area: self.area.clone(),
            indicator: None,
            year: self.year,
            format: self.format,
            look: self.look,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// The area, by its name or code
    #[arg(long, value_name = "AREA")]
    pub(crate) area: String,
    /// The year of the report, which is that of its goals
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: i16,
    /// For people, or JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Debug, Args)]
pub(crate) struct TasksArguments {
    #[command(subcommand)]
    pub(crate) command: TasksCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TasksCommand {
    /// Show the tasks of a report, what the next report says of each, and how each stands
    List {
        #[command(flatten)]
        report: ReportArguments,
        /// Only tasks of which the next report says this: reported_done, repeated, silent, pending
        #[arg(long, value_name = "STATUS")]
        status: Option<pledgebook_lexicon::TaskStatus>,
        /// Only tasks that stand so: on_schedule, behind, ahead, done, other
        #[arg(long, value_name = "STATE")]
        state: Option<pledgebook_lexicon::TaskState>,
    },
    /// Write the tasks of a report to an Excel workbook that can be sent round and taken back
    Workbook {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The area, by its name or code
        #[arg(long, value_name = "AREA")]
        area: String,
        /// The year of the report
        #[arg(long, value_name = "YEAR")]
        year: i16,
        /// The workbook to write
        #[arg(long, value_name = "FILE.xlsx")]
        to: PathBuf,
    },
    /// Take a workbook back: lead units, deadlines, states, notes, and rows that were added
    Import {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The workbook
        #[arg(value_name = "FILE.xlsx")]
        file: PathBuf,
        /// What was taken in for people, or as one line of JSON for programs
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Debug, Args)]
pub(crate) struct StatisticsArguments {
    #[command(subcommand)]
    pub(crate) command: StatisticsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StatisticsCommand {
    /// Bring statistics from a CSV file into a ledger, and judge again what they bear on
    Import {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The file: area, indicator, measure, period, value, unit, source, vintage
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
        /// A folder of lexicon files, for indicators of your own
        #[arg(long, value_name = "DIR")]
        lexicon: Option<PathBuf>,
        /// What was brought in for people, or as one line of JSON for programs
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}
