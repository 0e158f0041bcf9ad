//! Colour, written as terminal codes; `anstream` takes them out where they are not wanted.

fn styled(code: &str, text: &str) -> String {
    format!("\x1b[{code}m{text}\x1b[0m")
}

/// What a reader should see first.
pub(crate) fn bold(text: &str) -> String {
    styled("1", text)
}

/// What stands in the background.
pub(crate) fn dim(text: &str) -> String {
    styled("2", text)
}

/// The heading of a part.
pub(crate) fn heading(text: &str) -> String {
    styled("1;36", text)
}

/// What asks for caution.
pub(crate) fn warm(text: &str) -> String {
    styled("33", text)
}

/// What has come.
pub(crate) fn green(text: &str) -> String {
    styled("32", text)
}

/// What has gone.
pub(crate) fn red(text: &str) -> String {
    styled("31", text)
}
