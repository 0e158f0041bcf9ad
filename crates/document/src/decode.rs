//! From bytes to text.

use crate::Source;
use crate::chars::is_han;

/// A text may be this long, in bytes. A report has 50 to 100 KB; longer than this is no report but a mistake.
pub const MAX_TEXT_BYTES: u64 = 64 * 1024 * 1024;

/// Why bytes are not a text that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is longer than [`MAX_TEXT_BYTES`].
    #[error("{bytes} bytes are more than a text may have ({} MiB); split it first", MAX_TEXT_BYTES / (1024 * 1024))]
    TooLong {
        /// Its length in bytes.
        bytes: u64,
    },
    /// It holds bytes that no text holds.
    #[error("byte {at} is a NUL: this is a binary file, no text")]
    Binary {
        /// Offset of the first such byte.
        at: usize,
    },
    /// It is no UTF-8.
    #[error("byte {at} is not valid UTF-8 ({byte:#04x}); save the file as UTF-8")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// No Chinese character is in it.
    #[error("there is no Chinese in the text")]
    NoChinese,
}

/// Decodes the bytes of a text file: strict UTF-8, a byte-order mark dropped.
///
/// # Errors
/// When the bytes are empty, too many, binary, not UTF-8, or hold no Chinese.
pub fn decode(bytes: Vec<u8>) -> Result<Source, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        return Err(DecodeError::TooLong { bytes: bytes.len() as u64 });
    }
    let mut text = to_text(bytes)?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    if !text.chars().any(is_han) {
        return Err(DecodeError::NoChinese);
    }
    Ok(Source { text, places: Vec::new() })
}

/// The one place where an encoding is chosen.
fn to_text(bytes: Vec<u8>) -> Result<String, DecodeError> {
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(DecodeError::Binary { at });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        DecodeError::NotUtf8 { at, byte: error.as_bytes()[at] }
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
        assert_eq!(decode(vec![b'a', 0xD5, 0xFE]).unwrap_err(), DecodeError::NotUtf8 { at: 1, byte: 0xD5 });
        assert_eq!(decode(b"Government work report".to_vec()).unwrap_err(), DecodeError::NoChinese);
        let long = vec![b'a'; MAX_TEXT_BYTES as usize + 1];
        assert!(decode(long).unwrap_err().to_string().contains("64 MiB"));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{FEFF}报告".into()).unwrap().text, "报告");
    }
}
