//! One build at a time: a lock on a file beside the ledger, which the system lets go when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::LedgerError;

/// The lock of one build; let go when dropped.
#[derive(Debug)]
pub(crate) struct BuildLock {
    file: File,
    path: PathBuf,
}

impl BuildLock {
    /// Takes the lock of a ledger.
    ///
    /// # Errors
    /// When another process has it, or the folder cannot be written.
    pub(crate) fn take(ledger: &Path) -> Result<Self, LedgerError> {
        let mut path = ledger.as_os_str().to_owned();
        path.push("-build");
        let path = PathBuf::from(path);
        let refused = |source: std::io::Error| LedgerError::ReadOnly { file: ledger.to_owned(), reason: source.to_string() };
        loop {
            let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(refused)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut by = String::new();
                    let _ = file.take(40).read_to_string(&mut by);
                    let by = by.trim().parse::<u32>().map_or_else(|_| String::new(), |id| format!(" (process {id})"));
                    return Err(LedgerError::Building { file: ledger.to_owned(), by });
                }
                Err(TryLockError::Error(source)) => return Err(refused(source)),
            }
            // A build that was just ending may have removed the file between our opening and our locking it.
            if !is_at(&file, &path) {
                continue;
            }
            // The number is for the message only: on a full disk there is none.
            let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            return Ok(BuildLock { file, path });
        }
    }
}

impl Drop for BuildLock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    // An open file cannot be removed here.
    true
}
