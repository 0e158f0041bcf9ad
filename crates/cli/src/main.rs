//! The `pledgebook` command.

fn main() {}
