//! Encodings of Chinese other than UTF-8: UTF-16 told by its NULs, GBK, GB18030 and Big5 told by a look at the beginning.

use std::io::{self, Read};

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE};

use crate::chars::is_han;
use crate::decode::DecodeError;

/// So much of a text is looked at to tell its encoding.
pub(crate) const PREFIX: usize = 64 * 1024;

/// The text when the bytes, which hold a NUL, are UTF-16; `None` when they are not.
pub(crate) fn utf16(bytes: &[u8]) -> Option<Result<String, DecodeError>> {
    utf16_of(bytes).map(|encoding| strictly(encoding, bytes))
}

/// The text when the bytes, which are no UTF-8, are in another encoding of Chinese; `None` when they are in none.
pub(crate) fn other_than_utf8(bytes: &[u8]) -> Option<Result<String, DecodeError>> {
    guess(&bytes[..bytes.len().min(PREFIX)]).map(|encoding| strictly(encoding, bytes))
}

/// The encoding that the beginning of a text is in, when it is not UTF-8 but one that Chinese is written in.
pub(crate) fn guess(prefix: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(prefix) {
        return Some(encoding).filter(|&e| e != encoding_rs::UTF_8);
    }
    if memchr::memchr(0, prefix).is_some() {
        return utf16_of(prefix);
    }
    if mostly_utf8(prefix) {
        return None;
    }
    detect(prefix).or_else(|| [GB18030, BIG5].into_iter().find(|&encoding| is_broken(encoding, prefix)))
}

fn detect(prefix: &[u8]) -> Option<&'static Encoding> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    // Not the last of it: the prefix may end inside a character.
    detector.feed(prefix, false);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // GB18030 is GBK and more; the decoder is the same.
    [GBK, GB18030, BIG5].into_iter().find(|&e| e == guess).map(|e| if e == GBK { GB18030 } else { e })
}

/// Whether this is a text in an encoding with a few broken bytes, which the detector never forgives: it is told so that the
/// message can name the encoding and the byte.
fn is_broken(encoding: &'static Encoding, prefix: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(prefix);
    let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
    broken * 100 <= prefix.len() + 100 && detect(&encoding.encode(&text.replace(char::REPLACEMENT_CHARACTER, "")).0) == Some(encoding)
}

/// The encoding that a page names for itself.
pub(crate) fn named_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let top = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = memchr::memmem::find(&top, b"charset=")? + b"charset=".len();
    let name: Vec<u8> =
        top[at..].iter().copied().skip_while(|b| matches!(b, b'"' | b'\'' | b' ')).take_while(|b| !b"\"' />;".contains(b)).collect();
    Encoding::for_label(&name)
}

/// Whether bytes that are no valid UTF-8 were meant to be: Chinese characters in it by far outnumber what is broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|&c| is_han(c)).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * broken || broken == 0
}

/// Which UTF-16 the bytes are, by their mark or by which of the two gives a Chinese text.
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|&(e, _)| e != encoding_rs::UTF_8) {
        return Some(encoding);
    }
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes)]
        .into_iter()
        .map(|(encoding, unit)| (encoding, share_of_text(prefix.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])))))
        .max_by_key(|&(_, share)| share)
        .filter(|&(_, share)| share >= 90)
        .map(|(encoding, _)| encoding)
}

/// How many in a hundred of these UTF-16 units are characters of Chinese text.
fn share_of_text(units: impl Iterator<Item = u16>) -> usize {
    let (mut text, mut all) = (0, 0);
    for unit in units {
        all += 1;
        // ASCII, dashes and quotation marks, punctuation, Han, wide forms.
        let usual =
            matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x2010..=0x2027 | 0x3000..=0x301F | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E);
        text += usize::from(usual);
    }
    (100 * text).checked_div(all).unwrap_or(0)
}

/// Decodes all bytes or names the first that stands for no character.
pub(crate) fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    let mark = Encoding::for_bom(bytes).filter(|&(e, _)| e == encoding).map_or(0, |(_, len)| len);
    let body = &bytes[mark..];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(3 * body.len());
    let mut text = String::with_capacity(most);
    let (result, read) = decoder.decode_to_string_without_replacement(body, &mut text, true);
    match result {
        DecoderResult::InputEmpty => {
            text.shrink_to_fit();
            Ok(text)
        }
        DecoderResult::Malformed(len, after) => {
            let at = mark + read - usize::from(len) - usize::from(after);
            Err(DecodeError::Broken { encoding: name(encoding), at, byte: bytes[at] })
        }
        DecoderResult::OutputFull => Err(DecodeError::TooLong { limit: crate::MAX_TEXT_BYTES }),
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GBK or GB18030" } else { encoding.name() }
}

/// Gives as UTF-8 what is read through it. What stands for no character becomes a byte that no UTF-8 has, so that the row it
/// stands in is refused and no other.
pub(crate) struct Transcoding<R> {
    from: R,
    decoder: encoding_rs::Decoder,
    input: Vec<u8>,
    at: usize,
    ended: bool,
    /// The decoder has given its last.
    finished: bool,
    ready: Vec<u8>,
    given: usize,
}

/// In place of what stands for no character.
const BROKEN: u8 = 0xFF;

impl<R: Read> Transcoding<R> {
    /// Decodes `from`, a mark at its beginning dropped.
    pub(crate) fn new(encoding: &'static Encoding, from: R) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Transcoding { from, decoder, input: Vec::new(), at: 0, ended: false, finished: false, ready: Vec::new(), given: 0 }
    }

    /// Decodes the next piece of input.
    fn fill(&mut self) -> io::Result<()> {
        if self.at == self.input.len() && !self.ended {
            self.input.resize(1 << 16, 0);
            let n = self.from.read(&mut self.input)?;
            self.input.truncate(n);
            (self.at, self.ended) = (0, n == 0);
        }
        self.ready.resize((1 << 16) + 16, 0);
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(&self.input[self.at..], &mut self.ready, self.ended);
        self.at += read;
        self.ready.truncate(written);
        self.given = 0;
        match result {
            DecoderResult::Malformed(..) => self.ready.push(BROKEN),
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.finished {
                return Ok(0);
            }
            self.fill()?;
        }
        let n = into.len().min(self.ready.len() - self.given);
        into[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    const TEXT: &str = "政府工作报告\n各位代表：\n一、2030年工作回顾\n全省生产总值增长5%左右，粮食产量达到1000万吨以上。\n";

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn utf16_bytes(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn chinese_encodings_are_told_and_read() {
        let traditional = "政府工作報告\n各位代表：\n一、過去一年工作回顧\n國內生產總值增長5%左右，糧食產量達到1000萬噸以上。\n";
        for (bytes, text) in [
            (encoded(GBK, TEXT), TEXT),
            (encoded(GB18030, &format!("{TEXT}𠀀")), &*format!("{TEXT}𠀀")),
            (encoded(BIG5, traditional), traditional),
            (utf16_bytes(TEXT, u16::to_le_bytes), TEXT),
            (utf16_bytes(TEXT, u16::to_be_bytes), TEXT),
            (utf16_bytes(&format!("\u{FEFF}{TEXT}"), u16::to_le_bytes), TEXT),
            (utf16_bytes(&format!("\u{FEFF}{TEXT}"), u16::to_be_bytes), TEXT),
            (utf16_bytes("\u{FEFF}报告", u16::to_le_bytes), "报告"),
        ] {
            assert_eq!(decode(bytes).unwrap().text, text);
        }
    }

    #[test]
    fn a_byte_that_stands_for_nothing_is_named_and_nothing_is_replaced() {
        let mut bytes = encoded(GBK, TEXT);
        let at = bytes.len();
        bytes.extend(b"\xFF\n");
        assert_eq!(decode(bytes).unwrap_err(), DecodeError::Broken { encoding: "GBK or GB18030", at, byte: 0xFF });
        let mut cut = utf16_bytes(TEXT, u16::to_le_bytes);
        let at = cut.len();
        cut.push(0x4E);
        assert_eq!(decode(cut).unwrap_err(), DecodeError::Broken { encoding: "UTF-16LE", at, byte: 0x4E });
    }

    #[test]
    fn broken_utf8_is_not_taken_for_gbk() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 2);
        let at = bytes.len() - 2;
        assert!(matches!(decode(bytes).unwrap_err(), DecodeError::NotUtf8 { at: a, .. } if a == at));
    }

    #[test]
    fn a_stream_is_decoded_as_the_whole_is() {
        for encoding in [GB18030, BIG5] {
            let long = format!("a{}", "增長5%。\n".repeat(40_000));
            assert!(decode(encoded(encoding, &long)).unwrap().text == long, "a prefix may end inside a character");
            let text = "增長5%。\n".repeat(40_000);
            let mut out = String::new();
            Transcoding::new(encoding, &*encoded(encoding, &text)).read_to_string(&mut out).unwrap();
            assert!(out == text, "{}", encoding.name());
        }
        let mut out = Vec::new();
        Transcoding::new(GB18030, &b"\xB1\xFF\n\xB1\xA8"[..]).read_to_end(&mut out).unwrap();
        assert_eq!(out, [&b"\xFF\n"[..], "报".as_bytes()].concat());
    }
}
