//! From bytes to text.

use crate::Source;
use crate::chars::is_han;
use crate::encodings;

/// A text may be this long, in bytes. A report has 50 to 100 KB; longer than this is no report but a mistake.
pub const MAX_TEXT_BYTES: u64 = 64 * 1024 * 1024;

/// Why bytes are not a text that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is longer than a text or file may be.
    #[error("it is longer than {} MiB; split it first", .limit >> 20)]
    TooLong {
        /// The most bytes it may have.
        limit: u64,
    },
    /// It holds bytes that no text holds.
    #[error("byte {at} is a NUL: this is a binary file, no text")]
    Binary {
        /// Offset of the first such byte.
        at: usize,
    },
    /// It is UTF-8 with a broken byte, or in an encoding that is not known.
    #[error("byte {at} is not valid UTF-8 ({byte:#04x}), and the text is in no other encoding of Chinese either; save the file as UTF-8")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// It is in a known encoding, with a byte that stands for nothing there.
    #[error("the text is {encoding}, but byte {at} stands for no character in it ({byte:#04x}); save the file as UTF-8")]
    Broken {
        /// The encoding.
        encoding: &'static str,
        /// Offset of the first bad byte.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// No Chinese character is in it.
    #[error("there is no Chinese in the text")]
    NoChinese,
}

/// Decodes the bytes of a text file: UTF-8, UTF-16, GBK, GB18030 or Big5; a byte-order mark is dropped. Nothing is ever
/// replaced: a byte that stands for no character is an error.
///
/// # Errors
/// When the bytes are empty, too many, binary, in no encoding of Chinese, or hold no Chinese.
pub fn decode(bytes: Vec<u8>) -> Result<Source, DecodeError> {
    source(to_text(bytes)?)
}

/// The source that a text is, when there is Chinese in it.
pub(crate) fn source(mut text: String) -> Result<Source, DecodeError> {
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if text.len() as u64 > MAX_TEXT_BYTES {
        return Err(DecodeError::TooLong { limit: MAX_TEXT_BYTES });
    }
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    if !text.chars().any(is_han) {
        return Err(DecodeError::NoChinese);
    }
    Ok(Source { text, places: Vec::new() })
}

/// Decodes a web page: as text, but where that is no UTF-8, in the encoding that the page names, if it holds.
pub(crate) fn page(bytes: Vec<u8>) -> Result<String, DecodeError> {
    let named = encodings::named_by_page(&bytes).filter(|_| std::str::from_utf8(&bytes).is_err());
    named.and_then(|encoding| encodings::strictly(encoding, &bytes).ok()).map_or_else(|| to_text(bytes), Ok)
}

/// Decodes bytes as [`decode`] does, whatever they say. A byte-order mark stays.
///
/// # Errors
/// When the bytes are empty, too many, binary, or in no encoding that is known.
pub fn to_text(bytes: Vec<u8>) -> Result<String, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        return Err(DecodeError::TooLong { limit: MAX_TEXT_BYTES });
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return encodings::utf16(&bytes).unwrap_or(Err(DecodeError::Binary { at }));
    }
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        encodings::other_than_utf8(&bytes).unwrap_or(Err(DecodeError::NotUtf8 { at, byte: bytes[at] }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(decode(vec![]).unwrap_err(), DecodeError::Empty);
        assert_eq!(decode(b" \n".to_vec()).unwrap_err(), DecodeError::Empty);
        assert_eq!(decode(b"%PDF\0".to_vec()).unwrap_err(), DecodeError::Binary { at: 4 });
        assert_eq!(decode(b"caf\xE9 au lait".to_vec()).unwrap_err(), DecodeError::NotUtf8 { at: 3, byte: 0xE9 });
        assert_eq!(decode(b"Government work report".to_vec()).unwrap_err(), DecodeError::NoChinese);
        let long = vec![b'a'; MAX_TEXT_BYTES as usize + 1];
        assert!(decode(long).unwrap_err().to_string().contains("64 MiB"));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{FEFF}报告".into()).unwrap().text, "报告");
    }
}
