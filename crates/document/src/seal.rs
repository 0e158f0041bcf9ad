//! What names a file or text beyond doubt: its sha-256.

use std::fmt;
use std::io::{self, Read};

use serde::{Serialize, Serializer};
use sha2::Digest;

/// A SHA-256; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Sha256(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a file is, whatever became of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSeal {
    /// Its length in bytes.
    pub bytes: u64,
    /// The hash of all of them.
    pub sha256: Sha256,
}

/// Hashes what is read through it.
pub(crate) struct Sealing<R> {
    from: R,
    bytes: u64,
    hash: sha2::Sha256,
}

impl<R: Read> Sealing<R> {
    pub(crate) fn new(from: R) -> Self {
        Sealing { from, bytes: 0, hash: sha2::Sha256::new() }
    }

    /// Reads what is left and seals the whole.
    pub(crate) fn finish(mut self) -> io::Result<FileSeal> {
        let mut rest = vec![0; 1 << 16];
        while self.read(&mut rest)? > 0 {}
        Ok(FileSeal { bytes: self.bytes, sha256: Sha256(self.hash.finalize().into()) })
    }
}

impl<R: Read> Read for Sealing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.hash.update(&into[..n]);
        self.bytes += n as u64;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_fips_180() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), abc);
        let mut sealing = Sealing::new(&b"abc"[..]);
        let mut first = [0; 1];
        sealing.read_exact(&mut first).unwrap();
        assert_eq!(sealing.finish().unwrap(), FileSeal { bytes: 3, sha256: Sha256::of(b"abc") });
    }
}
