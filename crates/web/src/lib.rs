//! The book itself: a ledger as pages to read, to check and to publish.
//!
//! 1. [`address`]: every page has an address, the same on the server and in the static site, in three languages and, for
//!    programs, as JSON and CSV;
//! 2. `pages`: what each page says; [`page`]: the frame around it; [`chart`]: drawings; [`amounts`], [`labels`]: words;
//! 3. [`server`]: the pages over HTTP, and corrections where they are allowed;
//! 4. [`site`]: the same pages as files.
//!
//! No page needs a script. Every number leads to the sentence it was read from.

pub mod address;
pub mod amounts;
mod answer;
mod book;
pub mod chart;
pub mod labels;
pub mod page;
mod pages;
pub mod place;
pub mod server;
pub mod site;
mod workbook;

pub use book::Book;
pub use server::{Serve, ServeError, serve};
pub use site::{SiteError, Written, site};
