//! `pledgebook terms`: how often the terms of a dictionary stand in each report.

use std::io::{self, Write};

use pledgebook_compare::Dictionary;
use pledgebook_compare::terms::{By, Count, Each, Glossary, Method, Number, Panel, Place, Row as PanelRow, count, places};
use pledgebook_compare::words::SEGMENTER;
use serde_json::{Value, json};

use super::args::{ByAsked, EachAsked, MeasureAsked, TermsArguments};
use super::rows::{self, Form, Row, rounded};
use super::select::areas_known;
use crate::layout::{Table, bold, dim, heading, shorten, terminal_width, width, wrap};
use crate::ledger::{counted, grouped, refused, threads};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &TermsArguments) -> io::Result<Outcome> {
    let dictionary = match Dictionary::read(&arguments.dictionary) {
        Ok(dictionary) => dictionary,
        Err(error) => return Ok(refused(&error)),
    };
    if let Err(error) = areas_known(&arguments.ledger, &arguments.select.area) {
        return Ok(refused(&error));
    }
    let mut selection = arguments.select.selection(arguments.year.as_ref());
    selection.roles.clone_from(&arguments.role);
    let asked = Count {
        selection,
        each: if arguments.each == EachAsked::Group { Each::Group } else { Each::Term },
        by: if arguments.roles { By::Role } else { By::Document },
        glossary: if arguments.glossary { Glossary::Counted } else { Glossary::LeftOut },
        method: if arguments.by == ByAsked::Word { Method::Word } else { Method::Literal },
        threads: threads(arguments.threads),
    };
    let print = Print { dictionary: &dictionary, method: asked.method, arguments };
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    if arguments.hits {
        match places(&arguments.ledger, &dictionary, &asked) {
            Ok(places) => print.hits(&mut out, &places)?,
            Err(error) => return Ok(refused(&error)),
        }
    } else {
        match count(&arguments.ledger, &dictionary, &asked) {
            Ok(panel) => print.panel(&mut out, &panel)?,
            Err(error) => return Ok(refused(&error)),
        }
    }
    out.flush()?;
    Ok(Outcome::Well)
}

struct Print<'a> {
    dictionary: &'a Dictionary,
    method: Method,
    arguments: &'a TermsArguments,
}

/// The columns that say of what a row is.
const ABOUT: [&str; 9] = ["document", "report", "area", "area_name", "year", "date", "kind", "edition", "source"];
/// The columns that say how a row was made.
const MADE: [&str; 7] = ["passages", "characters", "method", "dictionary", "dictionary_version", "dictionary_sha256", "pledgebook"];

impl Print<'_> {
    fn method(&self) -> &'static str {
        match self.method {
            Method::Literal => "text",
            Method::Word => SEGMENTER,
        }
    }

    fn panel(&self, out: &mut impl Write, panel: &Panel) -> io::Result<()> {
        match (self.arguments.format, self.arguments.wide) {
            (Form::Text, true) => self.wide_table(out, panel),
            (Form::Text, false) => self.long_table(out, panel),
            (form, true) => {
                let names: Vec<String> = panel.counted.iter().map(|c| self.name(&c.group, c.term.as_deref(), ':')).collect();
                let columns = self.columns(names.iter().map(String::as_str), &["measure"]);
                rows::write(
                    out,
                    form,
                    &columns,
                    panel.rows.iter().map(|row| {
                        let mut made = self.about(row);
                        for (name, &number) in names.iter().zip(&row.numbers) {
                            made.insert(name.clone(), self.measured(row, number));
                        }
                        made.insert("measure".into(), json!(measure_name(self.arguments.measure)));
                        self.finish(made, row)
                    }),
                )
            }
            (form, false) => {
                let measures = ["count", "per_10k", "passages_with", "passage_share", "characters_with", "character_share"];
                let columns = self.columns(["group", "term"].into_iter().chain(measures), &[]);
                let rows = panel.rows.iter().flat_map(|row| {
                    panel.counted.iter().zip(&row.numbers).map(move |(counted, &number)| {
                        let mut made = self.about(row);
                        made.insert("group".into(), json!(counted.group));
                        made.insert("term".into(), json!(counted.term));
                        made.insert("count".into(), json!(number.count));
                        made.insert("per_10k".into(), rounded(row.per_10k(number), 4));
                        made.insert("passages_with".into(), json!(number.passages));
                        made.insert("passage_share".into(), rounded(row.passage_share(number), 4));
                        made.insert("characters_with".into(), json!(number.characters));
                        made.insert("character_share".into(), rounded(row.character_share(number), 4));
                        self.finish(made, row)
                    })
                });
                rows::write(out, form, &columns, rows)
            }
        }
    }

    fn columns<'b>(&self, own: impl Iterator<Item = &'b str>, more: &[&'b str]) -> Vec<String> {
        let role = self.arguments.roles.then_some("role");
        ABOUT.into_iter().chain(role).chain(own).chain(more.iter().copied()).chain(MADE).map(str::to_owned).collect()
    }

    fn about(&self, row: &PanelRow) -> Row {
        let mut made = match serde_json::to_value(&row.document) {
            Ok(Value::Object(made)) => made,
            _ => Row::new(),
        };
        made.remove("title");
        if let Some(role) = row.role {
            made.insert("role".into(), json!(role));
        }
        made
    }

    fn finish(&self, mut made: Row, row: &PanelRow) -> Row {
        made.insert("passages".into(), json!(row.passages));
        made.insert("characters".into(), json!(row.characters));
        made.insert("method".into(), json!(self.method()));
        made.insert("dictionary".into(), json!(self.dictionary.name));
        made.insert("dictionary_version".into(), json!(self.dictionary.version));
        made.insert("dictionary_sha256".into(), json!(self.dictionary.sha256.to_string()));
        made.insert("pledgebook".into(), json!(env!("CARGO_PKG_VERSION")));
        made
    }

    fn measured(&self, row: &PanelRow, number: Number) -> Value {
        match self.arguments.measure {
            MeasureAsked::Count => json!(number.count),
            MeasureAsked::Per10k => rounded(row.per_10k(number), 4),
            MeasureAsked::Passages => rounded(row.passage_share(number), 4),
            MeasureAsked::Characters => rounded(row.character_share(number), 4),
        }
    }

    /// The name of what is counted; without groups, the term alone.
    fn name(&self, group: &str, term: Option<&str>, between: char) -> String {
        match term {
            None => group.to_owned(),
            Some(term) if self.dictionary.groups.len() == 1 => term.to_owned(),
            Some(term) => format!("{group}{between}{term}"),
        }
    }

    fn long_table(&self, out: &mut impl Write, panel: &Panel) -> io::Result<()> {
        self.head(out, panel)?;
        let mut columns = vec![("Year", 4), ("Area", 24)];
        if self.arguments.roles {
            columns.push(("Role", 16));
        }
        let named = panel.counted.len() > 1;
        if named {
            columns.push(("Of", 24));
        }
        columns.extend([("Count", 9), ("/10,000", 8), ("% passages", 10), ("% text", 8)]);
        let mut table = Table::new(terminal_width(), &columns);
        for row in &panel.rows {
            for (counted, &number) in panel.counted.iter().zip(&row.numbers) {
                if self.arguments.each == EachAsked::Term && number.count == 0 {
                    continue;
                }
                let mut cells = self.row_of(row);
                if named {
                    cells.push(self.name(&counted.group, counted.term.as_deref(), ' '));
                }
                cells.push(grouped(number.count));
                cells.extend([row.per_10k(number), row.passage_share(number), row.character_share(number)].map(|n| format!("{n:.2}")));
                table.row(cells);
            }
        }
        print_lines(out, &table.lines(0))?;
        self.foot(out, panel)
    }

    fn wide_table(&self, out: &mut impl Write, panel: &Panel) -> io::Result<()> {
        self.head(out, panel)?;
        let names: Vec<String> = panel.counted.iter().map(|c| self.name(&c.group, c.term.as_deref(), ' ')).collect();
        let taken = if self.arguments.roles { 50 } else { 32 };
        // Names of at most twelve columns and two between them.
        let at_a_time = (terminal_width().saturating_sub(taken) / 14).max(1);
        for (part, names) in names.chunks(at_a_time).enumerate() {
            let mut columns = vec![("Year", 4), ("Area", 24)];
            if self.arguments.roles {
                columns.push(("Role", 16));
            }
            columns.extend(names.iter().map(|name| (name.as_str(), 12)));
            let mut table = Table::new(terminal_width(), &columns);
            for row in &panel.rows {
                let mut cells = self.row_of(row);
                let numbers = &row.numbers[part * at_a_time..][..names.len()];
                cells.extend(numbers.iter().map(|&number| match self.measured(row, number) {
                    Value::Number(number) if number.is_f64() => format!("{:.2}", number.as_f64().unwrap_or_default()),
                    other => other.to_string(),
                }));
                table.row(cells);
            }
            if part > 0 {
                writeln!(out)?;
            }
            print_lines(out, &table.lines(0))?;
        }
        self.foot(out, panel)
    }

    fn row_of(&self, row: &PanelRow) -> Vec<String> {
        let mut cells = vec![row.document.year.map_or_else(|| "—".to_owned(), |year| year.to_string()), row.document.issuer().to_owned()];
        cells.extend(row.role.filter(|_| self.arguments.roles).map(|role| role.to_string()));
        cells
    }

    fn head(&self, out: &mut impl Write, panel: &Panel) -> io::Result<()> {
        let dictionary = self.dictionary;
        let title = dictionary.title.as_ref().map_or_else(String::new, |title| format!(" · {title}"));
        let version = dictionary.version.as_ref().map_or_else(String::new, |version| format!(" · version {version}"));
        writeln!(out, "{}{title}{version}", heading(&dictionary.name))?;
        let sha256 = dictionary.sha256.to_string();
        let groups =
            if dictionary.groups.len() > 1 { format!(" in {}", counted(dictionary.groups.len() as u64, "group")) } else { String::new() };
        let method = match self.method {
            Method::Literal => "literal text, longest match".to_owned(),
            Method::Word => format!("whole words as cut by {SEGMENTER}"),
        };
        let mut lines = vec![format!(
            "{}{groups}, sha-256 {}…; {method}; pledgebook {}",
            counted(dictionary.terms.len() as u64, "term"),
            &sha256[..12],
            env!("CARGO_PKG_VERSION")
        )];
        let characters: u64 = panel.rows.iter().map(|row| row.characters).sum();
        let passages: u64 = panel.rows.iter().map(|row| row.passages).sum();
        let glossary = if self.arguments.glossary { "glossaries counted" } else { "glossaries left out" };
        lines.push(format!(
            "counted in {} ({} characters) of {}; titles and salutations left out, {glossary}",
            counted(passages, "passage"),
            grouped(characters),
            counted(self.documents(panel), "document")
        ));
        if self.arguments.wide {
            lines.push(format!("each column: {}", measure_name(self.arguments.measure)));
        }
        for line in lines.iter().flat_map(|line| wrap(line, terminal_width())) {
            writeln!(out, "{}", dim(&line))?;
        }
        writeln!(out)
    }

    fn documents(&self, panel: &Panel) -> u64 {
        let mut documents: Vec<&str> = panel.rows.iter().map(|row| row.document.document.as_str()).collect();
        documents.dedup();
        documents.len() as u64
    }

    /// What did not count.
    fn foot(&self, out: &mut impl Write, panel: &Panel) -> io::Result<()> {
        let word = |term: u32| self.dictionary.terms[term as usize].word.text.as_str();
        let mut covered: Vec<_> = panel.passed.covered.iter().collect();
        covered.sort_by_key(|&(&pair, &many)| (std::cmp::Reverse(many), pair));
        let mut lines: Vec<String> = covered
            .iter()
            .map(|&(&(term, other), &many)| {
                format!("{} in {}: {}, counted for {} alone", word(term), word(other), counted(many, "place"), word(other))
            })
            .collect();
        let mut excluded: Vec<_> = panel.passed.excluded.iter().collect();
        excluded.sort();
        lines.extend(
            excluded.iter().map(|&(&term, &many)| format!("{} inside its exclusions: {}, not counted", word(term), counted(many, "place"))),
        );
        if !lines.is_empty() {
            writeln!(out, "\n{}", heading("Overlaps"))?;
            for line in lines.iter().flat_map(|line| wrap(line, terminal_width().saturating_sub(2))) {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn hits(&self, out: &mut impl Write, places: &[Place]) -> io::Result<()> {
        if self.arguments.format != Form::Text {
            let own = ["group", "term", "found", "passage", "start", "end", "role", "section", "place", "text"];
            let made = ["method", "dictionary", "dictionary_version", "dictionary_sha256", "pledgebook"];
            let columns: Vec<String> = ABOUT.into_iter().chain(own).chain(made).map(str::to_owned).collect();
            return rows::write(
                out,
                self.arguments.format,
                &columns,
                places.iter().map(|place| {
                    let mut row = match serde_json::to_value(place) {
                        Ok(Value::Object(row)) => row,
                        _ => Row::new(),
                    };
                    row.remove("title");
                    row.insert("method".into(), json!(self.method()));
                    row.insert("dictionary".into(), json!(self.dictionary.name));
                    row.insert("dictionary_version".into(), json!(self.dictionary.version));
                    row.insert("dictionary_sha256".into(), json!(self.dictionary.sha256.to_string()));
                    row.insert("pledgebook".into(), json!(env!("CARGO_PKG_VERSION")));
                    row
                }),
            );
        }
        let columns = terminal_width();
        let mut before: Option<&str> = None;
        for place in places {
            if before != Some(&place.document.document) {
                let year = place.document.year.map_or_else(String::new, |year| format!("{year} "));
                let head = format!("{year}{}", place.document.issuer());
                let source = shorten(place.document.source.as_deref().unwrap_or_default(), columns.saturating_sub(width(&head) + 2));
                let gap = if before.is_some() { "\n" } else { "" };
                writeln!(out, "{gap}{}  {}", heading(&head), dim(&source))?;
                before = Some(&place.document.document);
            }
            // What the term, its brackets, two signs that something was cut, and the place leave, shared by both sides.
            let taken = width(&place.found) + width(&place.place) + 8;
            let around = columns.saturating_sub(taken) / 4;
            let characters: Vec<char> = place.text.chars().collect();
            let (from, to) = (place.start.saturating_sub(around), (place.end + around).min(characters.len()));
            let text = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
            let cut = |is_cut: bool| if is_cut { "…" } else { "" };
            let found = bold(&format!("[{}]", place.found));
            let (left, right) = (text(from..place.start), text(place.end..to));
            writeln!(out, "  {}{left}{found}{right}{}  {}", cut(from > 0), cut(to < characters.len()), dim(&place.place))?;
        }
        writeln!(out, "{}", counted(places.len() as u64, "place"))
    }
}

fn measure_name(measure: MeasureAsked) -> &'static str {
    match measure {
        MeasureAsked::Count => "count",
        MeasureAsked::Per10k => "per_10k",
        MeasureAsked::Passages => "passage_share",
        MeasureAsked::Characters => "character_share",
    }
}

fn print_lines(out: &mut impl Write, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}
