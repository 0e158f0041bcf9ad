//! The commands that show a ledger as pages.

mod args;
mod serve;
mod site;

pub(crate) use args::{ServeArguments, SiteArguments};
pub(crate) use serve::{run as serve, until_stopped};
pub(crate) use site::{run as site, write};
