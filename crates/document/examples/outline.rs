//! Prints what was made of a text: meta, outline, roles. `cargo run -p pledgebook-document --example outline FILE…`

use pledgebook_document::{Document, PassageKind, read_file};
use std::path::Path;

fn main() {
    for file in std::env::args().skip(1) {
        match read_file(Path::new(&file)) {
            Ok(documents) => documents.iter().enumerate().for_each(|(i, d)| print(&file, i, d)),
            Err(error) => eprintln!("{error}"),
        }
    }
}

fn print(file: &str, index: usize, d: &Document) {
    println!("=== {file} [{index}] linked {:?}\n{:?}", d.linked, d.meta);
    for w in &d.warnings {
        println!("WARNING {} {:?} {}", w.code, w.at, w.message);
    }
    let pages = d.dropped.iter().map(|x| format!("{:?}:{}", x.what, &d.source.text[x.start as usize..x.end as usize]));
    println!("dropped {}", pages.collect::<Vec<_>>().join(" | "));
    for p in &d.passages {
        let text = d.slice(p.span);
        let depth = p.section.map_or(0, |s| d.sections[s as usize].level as usize);
        let opened = d.sections.iter().find(|s| s.title.start == p.span.start);
        let kind = match p.kind {
            PassageKind::Title => "T",
            PassageKind::Heading => "H",
            PassageKind::Salutation => "S",
            PassageKind::Body => "b",
        };
        let show = |s: &str, n: usize| s.chars().take(n).collect::<String>();
        let tail: String = text.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        match opened {
            Some(s) => println!(
                "{kind} {:<12} {}§{} {}  «{}»",
                p.role.as_str(),
                "  ".repeat(depth),
                s.level,
                show(text, 30),
                show(d.slice(s.title), 40)
            ),
            None => {
                println!("{kind} {:<12} {}{} …{} ({})", p.role.as_str(), "  ".repeat(depth), show(text, 36), tail, text.chars().count());
            }
        }
    }
}
