//! The ledger: one SQLite file of reports, figures and pledges, each with its place in the source.
//!
//! 1. [`schema`]: the tables and what every column means;
//! 2. [`build()`]: files in, read in parallel, written by one writer, incrementally;
//! 3. corrections ([`correct`], [`list_corrections`], [`export_corrections`], [`import_corrections`]): what people put right and
//!    every build keeps;
//! 4. [`search()`]: passages by any part of their text;
//! 5. [`mod@export`]: tables and queries as CSV, JSON Lines, Excel, Stata, Parquet;
//! 6. [`verify()`]: every quote read again from its source.

mod build;
mod corrections;
mod edition;
mod error;
pub mod export;
mod lock;
mod migrate;
mod names;
mod open;
pub mod schema;
mod search;
mod sketch;
mod tokens;
mod verify;

pub use build::{Corpus, CorpusError, Event, Failure, Index, Plan, Summary, build};
pub use corrections::{
    Correct, CorrectError, Corrected, Correction, FieldError, ImportError, Imported, Listed, Standing, Target, correct,
    export as export_corrections, import as import_corrections, list as list_corrections,
};
pub use edition::Edition;
pub use error::LedgerError;
pub use names::{READER, lexicon_name};
pub use open::{for_corrections as open_for_writing, for_reading as open_for_reading};
pub use rusqlite::Connection;
pub use tokens::{plain, plain_char, question};

pub use search::{Editions, Found, Hit, hit, put_passages, search, search_in};
pub use verify::{Proof, Unproven, verify};
