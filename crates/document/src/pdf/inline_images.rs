//! Pictures inside the operators of a page (`BI … ID … EI`): cut out before the operators are read.
//!
//! Their bytes can be anything, also operators; where they end can only be guessed, and the parser's guess may take it the square
//! of the content's length.

use std::borrow::Cow;

use memchr::memmem;

/// The content without its inline pictures.
pub(super) fn without_inline_images(content: &[u8]) -> Cow<'_, [u8]> {
    if memmem::find(content, b"BI").is_none() {
        return Cow::Borrowed(content);
    }
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    let mut in_string = 0usize;
    while let Some(&b) = content.get(at) {
        let mut end = at + 1;
        match b {
            b'\\' if in_string > 0 => end = (at + 2).min(content.len()),
            b'(' => in_string += 1,
            b')' => in_string = in_string.saturating_sub(1),
            b'B' if in_string == 0 && is_word(content, at, b"BI") => match end_of_image(content, at) {
                Some(after) => {
                    kept.push(b' ');
                    at = after;
                    continue;
                }
                // What begins here never ends: there is nothing to read behind it.
                None => break,
            },
            _ => {}
        }
        kept.extend_from_slice(&content[at..end]);
        at = end;
    }
    Cow::Owned(kept)
}

/// Whether a word stands at `at`, with white space or a bracket on both sides.
fn is_word(content: &[u8], at: usize, word: &[u8]) -> bool {
    let ends =
        |b: Option<&u8>| b.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, 0 | b'[' | b']' | b'<' | b'>' | b'(' | b')' | b'/'));
    content[at..].starts_with(word) && ends(content.get(at + word.len())) && (at == 0 || ends(content.get(at - 1)))
}

/// The offset behind the `EI` that ends the picture that begins at `start`: the first after which text follows.
fn end_of_image(content: &[u8], start: usize) -> Option<usize> {
    let data = memmem::find_iter(&content[start..], b"ID").map(|i| start + i).find(|&at| is_word(content, at, b"ID"))?;
    memmem::find_iter(&content[data..], b"EI").map(|i| data + i).filter(|&at| is_word(content, at, b"EI")).map(|at| at + 2).find(|&after| {
        let next = &content[after..content.len().min(after + 16)];
        next.iter().all(|&b| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7E))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_cut_out_and_nothing_else() {
        let cut = |content: &[u8]| without_inline_images(content).into_owned();
        assert_eq!(cut(b"q BI /W 1 /H 1 ID \x80 EI \x81\x82 EI Q (a) Tj"), b"q   Q (a) Tj");
        assert_eq!(cut(b"(BI ID EI) Tj (\\(BI ) Tj"), b"(BI ID EI) Tj (\\(BI ) Tj");
        assert_eq!(cut(b"/BIG gs /F1 9 Tf"), b"/BIG gs /F1 9 Tf");
        assert_eq!(cut(b"q BI /W 1 ID \x80"), b"q ");
    }
}
