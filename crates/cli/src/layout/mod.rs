//! How text is laid out on a terminal: widths, wrapping, tables, colour.

mod style;
mod table;
mod width;

pub(crate) use style::{bold, dim, green, heading, red, warm};
pub(crate) use table::Table;
pub(crate) use width::{shorten, terminal_width, width, wrap};
