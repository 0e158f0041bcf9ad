//! JSON: an object a line, or objects in an array.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{Row, column};
use super::{TableError, next, row_limit};
use crate::{Options, Reason};

/// Reads the rows: those of an array, or one a line.
pub(super) fn rows(mut from: impl BufRead, options: &Options, each: &mut dyn FnMut(u32, Result<Row, TableError>)) -> Result<(), Reason> {
    let mut first = skip_space(&mut from)?;
    if first == Some(b'{') && !first_line_is_whole(&mut from)? {
        first = None;
    }
    match first {
        Some(b'{') => lines(from, options, each),
        _ => values(from, first == Some(b'['), options, each),
    }
}

/// Passes over white space and shows the byte behind it.
fn skip_space(from: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let chunk = from.fill_buf()?;
        if chunk.is_empty() {
            return Ok(None);
        }
        match chunk.iter().position(|b| !b.is_ascii_whitespace()) {
            Some(i) => {
                let byte = chunk[i];
                from.consume(i);
                return Ok(Some(byte));
            }
            None => {
                let len = chunk.len();
                from.consume(len);
            }
        }
    }
}

/// Whether the first line may be a whole object, and not the first of an object over many lines. A line longer than the buffer
/// is taken for one.
fn first_line_is_whole(from: &mut impl BufRead) -> io::Result<bool> {
    let chunk = from.fill_buf()?;
    let Some(end) = memchr::memchr(b'\n', chunk) else { return Ok(true) };
    let line = chunk[..end].trim_ascii_end();
    Ok(line.len() > 1 && !line.ends_with(b",") && !line.ends_with(b"[") && !line.ends_with(b"{"))
}

fn lines(mut from: impl BufRead, options: &Options, each: &mut dyn FnMut(u32, Result<Row, TableError>)) -> Result<(), Reason> {
    let limit = row_limit(options);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let mut long = false;
        let mut any = false;
        loop {
            let chunk = from.fill_buf()?;
            let end = memchr::memchr(b'\n', chunk);
            let take = end.unwrap_or(chunk.len());
            let used = take + usize::from(end.is_some());
            any |= used > 0;
            long |= line.len() + take > limit;
            if !long {
                line.extend_from_slice(&chunk[..take]);
            }
            from.consume(used);
            if end.is_some() || used == 0 {
                break;
            }
        }
        if !any {
            return Ok(());
        }
        number = next(number);
        if long {
            each(number, Err(TableError::TooLong { limit }));
        } else if !line.trim_ascii().is_empty() {
            each(number, row_of(&line, options));
        }
    }
}

fn row_of(line: &[u8], options: &Options) -> Result<Row, TableError> {
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    let row = RowSeed { options }.deserialize(&mut deserializer).and_then(|row| deserializer.end().map(|()| row));
    row.map_err(|e| not_json(&e))?
}

fn not_json(error: &serde_json::Error) -> TableError {
    TableError::NotJson { message: error.to_string() }
}

/// Reads an array, or values that follow each other.
fn values(from: impl Read, is_array: bool, options: &Options, each: &mut dyn FnMut(u32, Result<Row, TableError>)) -> Result<(), Reason> {
    let limit = row_limit(options);
    let left = Rc::new(Cell::new(limit));
    let from = io::BufReader::with_capacity(1 << 13, Rationed { from, left: Rc::clone(&left) });
    let mut deserializer = serde_json::Deserializer::from_reader(from);
    let mut number = 0;
    let mut give = |row| {
        left.set(limit);
        number = next(number);
        each(number, row);
    };
    let result = if is_array {
        deserializer.deserialize_seq(Elements { options, give: &mut give })
    } else {
        RowSeed { options }.deserialize(&mut deserializer).map(&mut give)
    };
    let Err(error) = result.and_then(|()| deserializer.end()) else { return Ok(()) };
    match error.classify() {
        serde_json::error::Category::Io if left.get() > 0 => Err(io::Error::from(error).into()),
        serde_json::error::Category::Io => {
            give(Err(TableError::TooLong { limit }));
            Ok(())
        }
        _ => {
            give(Err(not_json(&error)));
            Ok(())
        }
    }
}

/// Lets no more through than one row may have.
struct Rationed<R> {
    from: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("the row is too long"));
        }
        let n = self.from.read(into)?;
        self.left.set(self.left.get().saturating_sub(n));
        Ok(n)
    }
}

struct Elements<'a, F> {
    options: &'a Options,
    give: F,
}

impl<'de, F: FnMut(Result<Row, TableError>)> Visitor<'de> for Elements<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(row) = items.next_element_seed(RowSeed { options: self.options })? {
            (self.give)(row);
        }
        Ok(())
    }
}

/// Reads one row; what is no object is an error of the row and not of the JSON.
#[derive(Clone, Copy)]
struct RowSeed<'a> {
    options: &'a Options,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Result<Row, TableError>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl RowSeed<'_> {
    fn no_object<E>(what: &str) -> Result<Result<Row, TableError>, E> {
        Ok(Err(TableError::NotJson { message: format!("it is {what}") }))
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Result<Row, TableError>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        const MOST_NAMES: usize = 20;
        let mut row = Row::default();
        let mut names: Vec<String> = Vec::new();
        let mut has_text = false;
        while let Some(name) = entries.next_key::<String>()? {
            match column(&name, self.options) {
                Some((column, rank)) => {
                    has_text |= column == super::columns::Column::Text;
                    if let Some(value) = entries.next_value_seed(Scalar)? {
                        row.put(column, rank, value);
                    }
                }
                None => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
            if names.len() < MOST_NAMES {
                names.push(name.chars().take(40).collect());
            }
        }
        Ok(row.finish().ok_or(if has_text { TableError::NoText } else { TableError::NoTextColumn { columns: names } }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Self::no_object("an array")
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Self::no_object("a string")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Self::no_object("true or false")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Self::no_object("a number")
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Self::no_object("a number")
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Self::no_object("a number")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Self::no_object("null")
    }
}

/// A cell: a string or a number; anything else is no cell.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or number")
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut options = Options::default();
        options.limits.text = 1 << 20;
        let from = io::BufReader::with_capacity(64, json.as_bytes());
        rows(from, &options, &mut |n, row| found.push(row.map_or_else(|e| format!("{n}: {e}"), |r| format!("{n} {}", r.text)))).unwrap();
        found
    }

    #[test]
    fn an_object_a_line_with_the_line_for_its_number() {
        let json = "{\"content\": \"一\\n一\", \"year\": null}\n\n{\"year\": 2025}\n{\"content\": \"三\"\n[]\n{\"text\": \"\"}\n{\"text\": \"五\"}";
        let found = read(json);
        assert_eq!(found[0], "1 一\n一");
        assert!(found[1].starts_with("3: no column is known to hold the text (there are: year)"), "{}", found[1]);
        assert!(found[2].starts_with("4: this is not a JSON object: EOF"), "{}", found[2]);
        assert_eq!(found[3..], ["5: this is not a JSON object: it is an array", "6: the row has no text", "7 五"]);
    }

    #[test]
    fn objects_in_an_array_and_one_object_over_many_lines() {
        let array = "[{\"text\": \"一\", \"tags\": [[1], {\"a\": 2}]}, 7,\n {\"text\": \"二\"}, {\"text\": 3";
        let found = read(array);
        assert_eq!(found[..3], ["1 一", "2: this is not a JSON object: it is a number", "3 二"]);
        assert!(found[3].starts_with("4: this is not a JSON object: EOF"), "{}", found[3]);
        assert_eq!(read("{\n  \"title\": \"甲\",\n  \"content\": \"一\"\n}\n"), ["1 一"]);
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let long = "长".repeat(2 << 20);
        let found = read(&format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"二\"}}\n"));
        assert!(found[0].starts_with("1: the row is longer than 3 MiB"), "{}", found[0]);
        assert_eq!(found[1], "2 二");
        let found = read(&format!("[{{\"text\": \"一\"}}, {{\"text\": \"{long}\"}}, {{\"text\": \"三\"}}]"));
        assert_eq!(found.len(), 2);
        assert!(found[1].starts_with("2: the row is longer than 3 MiB"), "{}", found[1]);
    }

    #[test]
    fn deep_nesting_is_an_error_of_its_row() {
        let deep = format!("{{\"a\": {}\n{{\"text\": {}\n{{\"text\": \"三\"}}\n", "[".repeat(100_000), "[".repeat(100_000));
        let found = read(&deep);
        assert!(found[0].starts_with("1: this is not a JSON object"), "{}", found[0]);
        assert!(found[1].starts_with("2: this is not a JSON object"), "{}", found[1]);
        assert_eq!(found[2], "3 三");
    }
}
