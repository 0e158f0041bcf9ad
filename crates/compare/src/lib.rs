//! Words over time.
//!
//! A ledger in, and out come
//!
//! 1. [`terms`]: how often the terms of a [`dictionary`] stand in each report, and where;
//! 2. [`diff`]: what two reports have in common, what is new, dropped, changed, and what became of the pledges;
//! 3. [`trace`]: the first and every use of a phrase;
//! 4. [`coined`]: phrases that no earlier report of an issuer has;
//! 5. [`reuse`]: passages that stand in an earlier report, the same or nearly;
//! 6. [`search`]: passages by phrases, AND, OR, NOT and NEAR.
//!
//! Words are compared on folded text ([`folded`]): both scripts and widths, Latin letters of either case.

pub mod coined;
pub mod dictionary;
pub mod diff;
pub mod folded;
mod matcher;
pub mod reuse;
pub mod search;
pub mod terms;
pub mod texts;
pub mod trace;
#[cfg(feature = "words")]
pub mod words;

pub use dictionary::{Dictionary, DictionaryError};
pub use matcher::{Hit, Matcher};
pub use texts::{DocumentRow, Selection};
