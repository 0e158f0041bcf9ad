//! `pledgebook demo`: the main job on the invented sample corpus, which is part of the program.

use std::io::{self, Write};
use std::path::Path;

use crate::args::DemoArguments;
use crate::card;
use crate::input::Reader;
use crate::labels::Language;
use crate::layout::{dim, heading, wrap};
use crate::lexicon;
use crate::outcome::{Outcome, complain};

/// The reports of the sample corpus, oldest first.
const SAMPLE: [(&str, &str); 2] = [
    ("sample/lanchuan-2024.txt", include_str!("../../../sample/lanchuan-2024.txt")),
    ("sample/lanchuan-2025.txt", include_str!("../../../sample/lanchuan-2025.txt")),
];

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &DemoArguments) -> io::Result<Outcome> {
    let reader = match lexicon::load(None) {
        Ok(lexicon) => Reader::new(lexicon),
        Err(mistake) => {
            complain(&"lexicon", &mistake);
            return Ok(Outcome::SomeFailed);
        }
    };
    let view = arguments.look.view(reader.lexicon());
    let words = Words::of(view.language);
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    paragraph(&mut out, words.welcome, view.columns)?;
    for ((path, text), told) in SAMPLE.iter().zip(words.reports) {
        writeln!(out, "{}", heading(&"─".repeat(view.columns)))?;
        paragraph(&mut out, told, view.columns)?;
        match reader.read_text(Path::new(path), (*text).to_owned()) {
            Ok(read) => writeln!(out, "{}", card::cards(&read, view))?,
            Err(reason) => {
                complain(path, &reason);
                return Ok(Outcome::SomeFailed);
            }
        }
    }
    writeln!(out, "{}", heading(&"─".repeat(view.columns)))?;
    paragraph(&mut out, words.next, view.columns)?;
    for command in words.commands {
        writeln!(out, "  {command}")?;
    }
    out.flush()?;
    Ok(Outcome::Well)
}

fn paragraph(out: &mut impl Write, text: &str, columns: usize) -> io::Result<()> {
    for line in wrap(text, columns) {
        writeln!(out, "{}", dim(&line))?;
    }
    writeln!(out)
}

/// What the demo says between the cards.
struct Words {
    welcome: &'static str,
    reports: [&'static str; 2],
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
    welcome: "Every winter each Chinese government reports to its congress what it did last year and what it promises for the \
              next. Pledgebook reads such a report (政府工作报告) into a ledger: every figure, every pledge, each with its place \
              in the file. Here are two consecutive reports of a province that does not exist.",
    reports: [
        "The report for 2024, as plain text. Beside each goal stands what the report gives for the year before.",
        "The report for 2025, as it comes out of a PDF: in Traditional characters, lines cut at 30 characters, page numbers in \
         the middle of sentences, the congress's resolution in front. Compare its results with the goals above: the industrial \
         stretch was not reached, investment fell short, and forest cover is not mentioned again.",
    ],
    next: "What next? Read a report of your own, see how one figure was read, or take everything as JSON:",
    commands: ["pledgebook read REPORT.txt", "pledgebook explain REPORT.txt --at 5.5%", "pledgebook read REPORT.txt --format json"],
};

const CHINESE: Words = Words {
    welcome: "每年年初，各级政府都要向人民代表大会报告上一年做了什么、新一年承诺什么。Pledgebook（承诺账本）把政府工作报告读成一本账：\
              每个数字、每项承诺，都标明在原文中的位置。下面是一个虚构省份连续两年的报告。",
    reports: [
        "2024年报告，纯文本。每项目标旁边，是报告给出的上年实绩。",
        "2025年报告，从PDF取出的样子：繁体字，三十字一断行，页码落在句子中间，前面还有大会的决议。把它的成绩与上面的目标对照：\
         工业的“力争”没有达到，投资没有完成，森林覆盖率再没有提起。",
    ],
    next: "接下来可以读一份自己的报告，看看一个数字是怎样读出来的，或者输出JSON：",
    commands: ["pledgebook read 报告.txt", "pledgebook explain 报告.txt --at 5.5%", "pledgebook read 报告.txt --format json"],
};
