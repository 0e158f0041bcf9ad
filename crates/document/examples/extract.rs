//! Prints the text of a PDF, DOCX or text file as it is before reflow, or, with `--reflowed`, paragraph by paragraph.
//!
//! `cargo run -p pledgebook-document --example extract FILE [--reflowed]`

use std::error::Error;

use pledgebook_document::{Given, decode, documents, docx, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file")?;
    let bytes = std::fs::read(&file)?;
    let source = match file.rsplit('.').next() {
        Some("docx") => docx::extract(&bytes)?,
        Some("txt") => decode(bytes)?,
        _ => pdf::extract(&bytes)?,
    };
    if arguments.next().as_deref() != Some("--reflowed") {
        print!("{}", source.text);
        return Ok(());
    }
    for document in documents(source, &Given::default()) {
        println!("{}", document.text);
        for dropped in &document.dropped {
            eprintln!("dropped {:?} {}", dropped.what, &document.source.text[dropped.start as usize..dropped.end as usize]);
        }
        for warning in &document.warnings {
            eprintln!("warning {} {}", warning.code, warning.message);
        }
    }
    Ok(())
}
