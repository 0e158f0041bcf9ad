//! The bytes of streams, unpacked within limits: a few kilobytes of a PDF can stand for gigabytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Object, Stream};
use memchr::memmem;

use super::PdfError;

/// One stream of text operators, one table of characters or one object stream may have this many bytes.
pub(super) const MAX_STREAM_BYTES: u64 = 32 * 1024 * 1024;
/// All that is unpacked of a file.
const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// How much more may be unpacked of a file.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget { left: MAX_FILE_BYTES }
    }

    fn limit(&self) -> u64 {
        self.left.min(MAX_STREAM_BYTES)
    }

    /// The content of a stream; nothing when it is damaged beyond use.
    ///
    /// # Errors
    /// When it is larger than a report's can be.
    pub(super) fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, PdfError> {
        let limit = self.limit();
        let filters = stream.filters();
        let raw = stream.raw_data();
        let unpacked = match &filters[..] {
            [] => raw,
            [Filter::FlateDecode] if !has_predictor(stream.dict()) => Cow::Owned(inflate(&raw, limit)),
            [Filter::Ascii85Decode, Filter::FlateDecode] if !has_predictor(stream.dict()) => Cow::Owned(inflate(&ascii85(&raw), limit)),
            // The others are rare and can only be unpacked whole: their size is bounded before.
            _ => {
                let most = filters.iter().fold(raw.len() as u64, |bytes, filter| bytes.saturating_mul(growth(*filter)));
                if most > limit {
                    return Err(PdfError::TooLarge { what: "stream of unusual packing", limit });
                }
                stream.decoded_data().unwrap_or_default()
            }
        };
        if unpacked.len() as u64 > limit {
            return Err(PdfError::TooLarge { what: "stream", limit });
        }
        self.left -= unpacked.len() as u64;
        Ok(unpacked)
    }
}

/// Whether bytes were subtracted from each other before they were packed.
fn has_predictor(dict: &Dict) -> bool {
    ["DecodeParms", "DP"].into_iter().any(|key| match dict.get::<Object>(key) {
        Some(Object::Dict(params)) => params.contains_key("Predictor"),
        Some(Object::Array(_)) => true,
        _ => false,
    })
}

/// How many bytes a filter can make of one.
fn growth(filter: Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1_032,
        Filter::LzwDecode => 2_731,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        _ => 1,
    }
}

/// Inflates up to one byte more than `limit`. What comes before damage is kept.
fn inflate(packed: &[u8], limit: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = ZlibDecoder::new(packed).take(limit + 1).read_to_end(&mut out);
    if out.is_empty() {
        let _ = DeflateDecoder::new(packed).take(limit + 1).read_to_end(&mut out);
    }
    out
}

/// How many bytes something inflates to, counted up to `most`.
fn inflated_size(packed: &[u8], most: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(packed).take(most);
    let mut buffer = [0; 16 * 1024];
    let mut size = 0;
    while let Ok(n @ 1..) = decoder.read(&mut buffer) {
        size += n as u64;
    }
    size
}

fn ascii85(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 5 * 4 + 4);
    let mut group = 0u32;
    let mut count = 0;
    for &b in text {
        match b {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(b - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        (count..5).for_each(|_| group = group.wrapping_mul(85).wrapping_add(84));
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    out
}

/// Refuses a file whose object streams unpack to more than a report's do. The parser unpacks them on its own, without a limit,
/// so this must come first.
pub(super) fn check_object_streams(bytes: &[u8], encrypted: bool) -> Result<(), PdfError> {
    let limit = MAX_FILE_BYTES / 4;
    let too_large = || PdfError::TooLarge { what: "object stream", limit };
    let ends = memmem::Finder::new(b"endstream");
    let mut end = 0;
    let mut all = 0u64;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let before = &bytes[at.saturating_sub(1_024)..at];
        let dict = memmem::rfind(before, b"obj").map_or(before, |start| &before[start..]);
        let holds = |word: &[u8]| memmem::find(dict, word).is_some();
        // Names may be written with escapes, #4F for O.
        if !(holds(b"ObjStm") || holds(b"XRef") || holds(b"#")) {
            continue;
        }
        let start = at + b"stream".len();
        if end < start {
            end = ends.find(&bytes[start..]).map_or(bytes.len(), |n| start + n);
        }
        let packed = bytes[start..end].trim_ascii_start();
        let filters = memmem::find_iter(dict, b"Decode").count() - memmem::find_iter(dict, b"DecodeParms").count().min(1);
        let plain = filters <= 1 && !holds(b"LZW");
        if encrypted || !plain {
            // Cannot be looked into: bounded by its size.
            all += packed.len() as u64 * if encrypted { 32 } else { growth(Filter::LzwDecode) };
        } else {
            let room = limit.saturating_sub(all);
            all += inflated_size(packed, room + 1);
        }
        if all > limit {
            return Err(too_large());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii85_gives_back_what_was_written() {
        assert_eq!(ascii85(b"87cURD]j7BEbo80~>"), b"Hello world!");
        assert_eq!(ascii85(b"z87cUR~>"), b"\0\0\0\0Hell");
        assert_eq!(ascii85(b"87cURDZ~>"), b"Hello");
    }
}
