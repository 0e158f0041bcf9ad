//! Prints the text of a PDF or DOCX as it is before reflow. `cargo run -p pledgebook-document --example extract FILE`

use std::error::Error;

use pledgebook_document::docx;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(&file)?;
    let source = docx::extract(&bytes)?;
    print!("{}", source.text);
    Ok(())
}
