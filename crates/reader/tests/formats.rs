//! The same report gives the same figures and pledges whatever it comes in.

use std::path::Path;

use pledgebook_document::{Document, read_file};
use pledgebook_lexicon::Lexicon;
use pledgebook_reader::read;

fn only(path: &str) -> Document {
    let mut made = read_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap();
    assert_eq!(made.len(), 1, "{path}");
    made.remove(0)
}

#[test]
fn word_and_pdf_give_what_the_text_gives() {
    let lexicon = Lexicon::builtin();
    let text = only("sample/lanchuan-2024.txt");
    let meant = read(&text, &lexicon);
    assert!(meant.figures.len() > 60 && meant.pledges.len() > 20);
    for name in ["lanchuan.docx", "lanchuan-embedded.pdf", "lanchuan-unembedded.pdf", "lanchuan-gbk.pdf", "restricted.pdf"] {
        let document = only(&format!("crates/document/tests/fixtures/{name}"));
        assert_eq!(document.text, text.text, "{name}");
        assert_eq!(document.meta, text.meta, "{name}");
        assert_eq!(read(&document, &lexicon), meant, "{name}");
    }
}
