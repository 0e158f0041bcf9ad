//! What a file must not hold for the parser to get through it in time proportional to its length. The parser looks for the end of
//! an object, a dictionary or a stream wherever one begins; a file in which many begin and none ends makes it read the rest of the
//! file again and again. No program writes such files, and a truncated one leaves few ends open.

use memchr::memmem;

use super::PdfError;

/// So many dictionaries may be open at once. Random bytes of pictures open some.
const MOST_OPEN_DICTIONARIES: usize = 2_000;
/// So many streams may begin without one ending.
const MOST_OPEN_STREAMS: usize = 300;
/// So many objects may be longer than [`LONG`].
const MOST_LONG_OBJECTS: usize = 100;
/// An object is long when its end is further away.
const LONG: usize = 64 * 1024;
/// All objects together may be so many times the length of the file: they do not overlap.
const MOST_OVERLAP: usize = 8;

/// Refuses a file that would take the parser too long.
pub(super) fn check(bytes: &[u8]) -> Result<(), PdfError> {
    let sound = dictionaries_close(bytes) && streams_end(bytes) && objects_end(bytes);
    sound.then_some(()).ok_or(PdfError::Damaged)
}

fn dictionaries_close(bytes: &[u8]) -> bool {
    let mut open = 0usize;
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'<', b'>', &bytes[at..]) {
        at += next;
        let twice = bytes.get(at + 1) == Some(&bytes[at]);
        if twice {
            open = if bytes[at] == b'<' { open + 1 } else { open.saturating_sub(1) };
        }
        if open > MOST_OPEN_DICTIONARIES {
            return false;
        }
        at += 1 + usize::from(twice);
    }
    true
}

fn streams_end(bytes: &[u8]) -> bool {
    let mut open = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        open = if bytes[..at].ends_with(b"end") { 0 } else { open + 1 };
        if open > MOST_OPEN_STREAMS {
            return false;
        }
    }
    true
}

fn objects_end(bytes: &[u8]) -> bool {
    let mut long = 0;
    let mut all = 0;
    for at in memmem::find_iter(bytes, b"obj").filter(|&at| !bytes[..at].ends_with(b"end")) {
        let start = &bytes[at + b"obj".len()..];
        let length = length(&start[..start.len().min(LONG)]);
        long += usize::from(length == LONG);
        all += length;
        if long > MOST_LONG_OBJECTS || all > MOST_OVERLAP * bytes.len() + LONG * MOST_LONG_OBJECTS {
            return false;
        }
    }
    true
}

/// How far the brackets that open at the start of `bytes` reach: all of it when they do not close there, nothing when none opens.
fn length(bytes: &[u8]) -> usize {
    let start = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let (mut depth, mut in_string) = (0usize, 0usize);
    let mut at = start;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'\\' if in_string > 0 => at += 1,
            b'(' => in_string += 1,
            b')' => in_string = in_string.saturating_sub(1),
            b'[' | b'<' if in_string == 0 => depth += 1,
            b']' | b'>' if in_string == 0 => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 && in_string == 0 {
            return at - start;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_in_which_nothing_ends_are_refused() {
        for noise in [&b"<< "[..], b"1 0 obj (\n", b"1 0 obj [\n", b"1 0 obj <<>>stream\n"] {
            assert_eq!(check(&noise.repeat(200_000)), Err(PdfError::Damaged), "{}", String::from_utf8_lossy(noise));
        }
        for sound in [&b"1 0 obj<</A[1 2(a\\)b)]/B<</C<41>>>>>endobj\n"[..], b"1 0 obj<<>>stream\n<<(\nendstream endobj\n", b"obj"] {
            assert_eq!(check(&sound.repeat(2_000)), Ok(()), "{}", String::from_utf8_lossy(sound));
        }
    }

    #[test]
    fn an_object_reaches_to_its_last_bracket() {
        assert_eq!(length(b" <</A(>>)/B[1]>> endobj"), b"<</A(>>)/B[1]>>".len());
        assert_eq!(length(b" 12 endobj"), 1);
    }
}
