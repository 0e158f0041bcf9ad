//! The lexicon in use: the built-in one, or with the user's own files added.

use std::sync::OnceLock;

use pledgebook_lexicon::Lexicon;

/// The lexicon that comes with the program.
pub(crate) fn builtin() -> &'static Lexicon {
    static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
    BUILTIN.get_or_init(Lexicon::builtin)
}
