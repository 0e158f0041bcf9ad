//! What can be asked of the pages on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// Where to listen: an address of this machine and a port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    pub(crate) listen: SocketAddr,
    /// A name by which browsers may call this server, beside its address
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Take corrections, from this machine only
    #[arg(long)]
    pub(crate) edit: bool,
    /// Who makes the corrections [default: the user of the system]
    #[arg(long, value_name = "NAME", requires = "edit")]
    pub(crate) who: Option<String>,
    /// The folder of lexicon files that the ledger was built with
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SiteArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: PathBuf,
    /// The folder to write; an earlier site in it is replaced
    #[arg(short = 'o', long = "out", value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The folder of lexicon files that the ledger was built with
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
}
