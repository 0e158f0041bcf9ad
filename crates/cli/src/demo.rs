//! `pledgebook demo`: the whole way on the invented sample corpus, which is part of the program: reports in every format, a ledger,
//! verdicts, pages.

use std::fs;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use pledgebook_ledger::{Corpus, Index, Plan};
use pledgebook_reconcile::Extent;
use pledgebook_web::Serve;

use crate::args::DemoArguments;
use crate::labels::Language;
use crate::layout::{dim, wrap};
use crate::ledger::{lexicon_and_name, refused, threads};
use crate::outcome::Outcome;
use crate::reconcile::{self, VerdictsArguments};
use crate::web;

/// The reports of the sample corpus: three areas on three levels, three years, in every format.
const SAMPLE: [(&str, &[u8]); 9] = [
    ("lanchuan-2024.txt", include_bytes!("../../../sample/lanchuan-2024.txt")),
    ("lanchuan-2025.txt", include_bytes!("../../../sample/lanchuan-2025.txt")),
    ("lanchuan-2026.docx", include_bytes!("../../../sample/lanchuan-2026.docx")),
    ("yunting-2024.html", include_bytes!("../../../sample/yunting-2024.html")),
    ("yunting-2025.pdf", include_bytes!("../../../sample/yunting-2025.pdf")),
    ("yunting-2026.txt", include_bytes!("../../../sample/yunting-2026.txt")),
    ("tangpu.csv", include_bytes!("../../../sample/tangpu.csv")),
    ("tangpu-2025.jsonl", include_bytes!("../../../sample/tangpu-2025.jsonl")),
    ("tangpu-2026.zip", include_bytes!("../../../sample/tangpu-2026.zip")),
];

/// Where `--serve` listens.
const PORT: u16 = 8750;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &DemoArguments) -> io::Result<Outcome> {
    let (reports, ledger, site) = (arguments.to.join("reports"), arguments.to.join("ledger.db"), arguments.to.join("site"));
    if let Err(error) = unpack(&reports) {
        return Ok(refused(&format_args!("{}: {error}", reports.display())));
    }
    let Some((lexicon, name)) = lexicon_and_name(None) else { return Ok(Outcome::SomeFailed) };
    let view = arguments.look.view(&lexicon);
    let words = Words::of(view.language);
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    paragraph(&mut out, words.welcome, view.columns)?;
    let corpora = match Corpus::open(&reports) {
        Ok(corpus) => [corpus],
        Err(error) => return Ok(refused(&error)),
    };
    let plan =
        Plan { corpora: &corpora, ledger: &ledger, lexicon: &lexicon, lexicon_name: &name, threads: threads(None), index: Index::Kept };
    if let Err(error) = pledgebook_ledger::build(&plan, &mut |_| {}) {
        return Ok(refused(&error));
    }
    if let Err(error) = pledgebook_reconcile::refresh(&ledger, &lexicon, &name, Extent::Outdated) {
        return Ok(refused(&error));
    }
    drop(out);
    if reconcile::verdicts(&VerdictsArguments::of(&ledger, arguments.look))? == Outcome::SomeFailed {
        return Ok(Outcome::SomeFailed);
    }
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    writeln!(out)?;
    paragraph(&mut out, words.next, view.columns)?;
    for command in words.commands {
        writeln!(out, "  {}", command.replace("{}", &ledger.display().to_string()))?;
    }
    writeln!(out)?;
    drop(out);
    if web::write(&ledger, None, &site)? == Outcome::SomeFailed {
        return Ok(Outcome::SomeFailed);
    }
    if arguments.serve {
        let asked = Serve { address: SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)), hosts: Vec::new(), editor: None };
        return web::until_stopped(&ledger, None, &asked);
    }
    Ok(Outcome::Well)
}

/// Writes the reports of the sample; a file that is there already with these bytes stays as it is.
fn unpack(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in SAMPLE {
        let file = folder.join(name);
        if fs::read(&file).ok().as_deref() != Some(bytes) {
            fs::write(file, bytes)?;
        }
    }
    Ok(())
}

fn paragraph(out: &mut impl Write, text: &str, columns: usize) -> io::Result<()> {
    for line in wrap(text, columns) {
        writeln!(out, "{}", dim(&line))?;
    }
    writeln!(out)
}

/// What the demo says.
struct Words {
    welcome: &'static str,
    next: &'static str,
    commands: [&'static str; 3],
}

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Zh => &CHINESE,
        }
    }
}

const ENGLISH: Words = Words {
    welcome: "Every winter each Chinese government reports to its congress what it did last year and what it promises for the next. \
              Pledgebook reads such reports (政府工作报告) into a ledger and holds every pledge against what was later reported. Here \
              are three years of a province, a city in it and a county in that, none of which exists, as text, Word, PDF, web page, \
              table and archive.",
    next: "What next? Look at the pages, ask the ledger, take it all as a table:",
    commands: ["pledgebook serve {}", "pledgebook panel {}", "pledgebook export {} panel --to panel.csv"],
};

const CHINESE: Words = Words {
    welcome: "每年年初，各级政府都要向人民代表大会报告上一年做了什么、新一年承诺什么。Pledgebook（承诺账本）把政府工作报告读成一本账，\
              用后来的报告核对每项承诺。下面是一个虚构的省、其下一个市、再下一个县三年的报告，有纯文本、Word、PDF、网页、表格和压缩包。",
    next: "接下来可以打开网页，查询账本，或者导出为表格：",
    commands: ["pledgebook serve {}", "pledgebook panel {}", "pledgebook export {} panel --to panel.csv"],
};
