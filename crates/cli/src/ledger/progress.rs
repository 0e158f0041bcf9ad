//! How far a build is: a bar on a terminal, now and then a line elsewhere.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use pledgebook_ledger::Event;

use super::counted;
use crate::outcome::say;

/// Time between two lines where there is no terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Watches a build.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    last_line: Instant,
    files: usize,
    bytes: u64,
    done_files: usize,
    done_bytes: u64,
}

impl Progress {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Progress { bar: None, started: now, last_line: now, files: 0, bytes: 0, done_files: 0, done_bytes: 0 }
    }

    /// Shows what happens.
    pub(super) fn watch(&mut self, event: &Event) {
        match *event {
            Event::Found { files, bytes } => self.found(files, bytes),
            Event::Done { bytes } => self.done(bytes),
            Event::Failed(failure) => {
                let line = format!("{}: {}", failure.input, failure.reason);
                match &self.bar {
                    Some(bar) => bar.suspend(|| say(&line)),
                    None => say(&line),
                }
            }
        }
    }

    fn found(&mut self, files: usize, bytes: u64) {
        (self.files, self.bytes) = (files, bytes);
        self.started = Instant::now();
        if files == 0 {
            return;
        }
        if io::stderr().is_terminal() {
            let bar = ProgressBar::new(bytes);
            let template = "reading {msg} [{bar:30}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_message(format!("0 of {}", counted(files as u64, "file")));
            self.bar = Some(bar);
        } else {
            line(&format!("reading {} ({:.1} MB)", counted(files as u64, "file"), bytes as f64 / 1e6));
        }
    }

    fn done(&mut self, bytes: u64) {
        self.done_files += 1;
        self.done_bytes += bytes;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done_bytes);
            bar.set_message(format!("{} of {}", self.done_files, counted(self.files as u64, "file")));
        } else if self.last_line.elapsed() >= BETWEEN_LINES {
            self.last_line = Instant::now();
            let rate = self.done_bytes as f64 / self.started.elapsed().as_secs_f64();
            let left = self.bytes.saturating_sub(self.done_bytes) as f64 / rate.max(1.0);
            line(&format!("{} of {}, {:.1} MB/s, {left:.0} s left", self.done_files, counted(self.files as u64, "file"), rate / 1e6));
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn line(text: &str) {
    // A closed stderr leaves no one to tell.
    let _ = writeln!(io::stderr(), "{text}");
}
