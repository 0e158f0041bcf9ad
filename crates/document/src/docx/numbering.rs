//! The numbers in front of list paragraphs: they are not in the text of the file, Word counts them when it shows it.

use std::collections::HashMap;

use super::DocxError;
use super::count::numeral;
use super::package::Package;
use super::styles::Styles;
use super::xml::{Element, Visit, Visitor};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// The number with what surrounds it: `（%1）`, `%1.%2`.
    text: String,
    /// What stands between number and text: tab, space, nothing.
    suffix: String,
    /// All numbers of it are shown in decimal.
    legal: bool,
    /// It starts anew after a number of this level or above (counted from 1); 0: never.
    restart: Option<u32>,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

/// A numbering definition.
#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// A list style that holds the levels instead.
    style: Option<String>,
}

/// A list: a definition and what it changes in it.
#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    /// Of each definition: the last number of each level. Lists of one definition count on together.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start has been used.
    started: std::collections::HashSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(package: &mut Package, part: &str) -> Result<Self, DocxError> {
        let mut reader = NumberingReader { numbering: Numbering::default(), path: Vec::new(), place: Place::Nowhere };
        package.walk(part, &mut reader)?;
        Ok(reader.numbering)
    }

    /// Counts the next paragraph of a list and returns its number as shown, with the white space after it. `style` is the
    /// paragraph style that put it in the list, if one did.
    pub(super) fn next(&mut self, list_id: u32, level: Option<u32>, style: Option<&str>, styles: &Styles) -> Option<String> {
        let list = self.lists.get(&list_id)?;
        let definition_id = self.definition_of(list, styles)?;
        let definition = self.definitions.get(&definition_id)?;
        let linked = style.and_then(|s| definition.levels.iter().find(|(_, l)| l.style.as_deref() == Some(s)).map(|(&at, _)| at));
        let at = linked.unwrap_or(level.unwrap_or(0) as usize);
        let level_of = |at: usize| list.levels.get(&at).or_else(|| definition.levels.get(&at));
        let level = level_of(at).filter(|_| at < LEVELS)?;
        let start_of = |at: usize| list.starts.get(&at).copied().or_else(|| level_of(at).and_then(|l| l.start)).unwrap_or(1);

        let counts = self.counts.entry(definition_id).or_default();
        let own_start = list.starts.contains_key(&at) && self.started.insert((list_id, at));
        counts[at] = Some(match counts[at] {
            Some(last) if !own_start => last.saturating_add(1),
            _ => start_of(at),
        });
        for (higher, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| start_of(higher));
        }
        for (lower, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restarts = level_of(lower).and_then(|l| l.restart).is_none_or(|after| (at as u32) < after);
            if restarts {
                *count = None;
            }
        }
        let mut shown = shown(level, at, |at| {
            let format = if level.legal { "decimal" } else { level_of(at).map_or("decimal", |l| l.format.as_str()) };
            numeral(format, counts[at].unwrap_or(1))
        });
        if !shown.is_empty() {
            shown.push_str(match level.suffix.as_str() {
                "nothing" => "",
                "space" => " ",
                _ => "\t",
            });
        }
        Some(shown)
    }

    /// The definition that holds the levels of a list, through the list style that it may point to.
    fn definition_of(&self, list: &List, styles: &Styles) -> Option<u32> {
        let definition = self.definitions.get(&list.definition)?;
        let Some(style) = &definition.style else { return Some(list.definition) };
        let other = self.lists.get(&styles.list(style)?)?;
        Some(other.definition)
    }
}

/// The number of a level with all around it.
fn shown(level: &Level, at: usize, numeral_of: impl Fn(usize) -> String) -> String {
    if level.format == "none" {
        return String::new();
    }
    if level.format == "bullet" {
        // Bullets are drawn from symbol fonts, where any code may be any sign.
        return level.text.chars().map(|c| if ('\u{E000}'..='\u{F8FF}').contains(&c) { '•' } else { c }).collect();
    }
    let mut out = String::new();
    let mut chars = level.text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|d| d.to_digit(10)) {
            Some(digit) if c == '%' && (1..=at as u32 + 1).contains(&digit) => {
                chars.next();
                out.push_str(&numeral_of(digit as usize - 1));
            }
            _ => out.push(c),
        }
    }
    out
}

/// Which definition or list is being read, and which level of it.
enum Place {
    Nowhere,
    Definition(u32, usize),
    List(u32, usize),
}

struct NumberingReader {
    numbering: Numbering,
    path: Vec<String>,
    place: Place,
}

impl NumberingReader {
    fn level(&mut self) -> Option<&mut Level> {
        let levels = match self.place {
            Place::Nowhere => return None,
            Place::Definition(id, at) => (&mut self.numbering.definitions.entry(id).or_default().levels, at),
            Place::List(id, at) => (&mut self.numbering.lists.entry(id).or_default().levels, at),
        };
        self.path.iter().any(|name| name == "lvl").then(|| levels.0.entry(levels.1).or_default())
    }
}

impl Visitor for NumberingReader {
    fn start(&mut self, element: &Element) -> Visit {
        self.path.push(element.name().to_owned());
        let id = |name: &str| element.attribute(name).and_then(|v| v.trim().parse().ok());
        match element.name() {
            "abstractNum" => {
                self.place = id("abstractNumId").map_or(Place::Nowhere, |id| Place::Definition(id, 0));
                if let Place::Definition(id, _) = self.place {
                    self.numbering.definitions.entry(id).or_default();
                }
            }
            "num" => self.place = id("numId").map_or(Place::Nowhere, |id| Place::List(id, 0)),
            "lvl" | "lvlOverride" => {
                let level = id("ilvl").map_or(LEVELS, |at| at as usize);
                if let Place::Definition(_, at) | Place::List(_, at) = &mut self.place {
                    *at = level;
                }
            }
            "abstractNumId" => {
                if let (Place::List(list, _), Some(definition)) = (&self.place, element.number()) {
                    self.numbering.lists.entry(*list).or_default().definition = definition;
                }
            }
            "startOverride" => {
                if let (&Place::List(list, at), Some(start)) = (&self.place, element.number()) {
                    self.numbering.lists.entry(list).or_default().starts.insert(at, start);
                }
            }
            "numStyleLink" => {
                if let Place::Definition(id, _) = self.place {
                    self.numbering.definitions.entry(id).or_default().style = element.attribute("val");
                }
            }
            name => {
                if let Some(level) = self.level() {
                    let value = || element.attribute("val").unwrap_or_default();
                    match name {
                        "start" => level.start = element.number(),
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value(),
                        "suff" => level.suffix = value(),
                        "isLgl" => level.legal = element.is_on(),
                        "lvlRestart" => level.restart = element.number(),
                        "pStyle" => level.style = element.attribute("val"),
                        _ => {}
                    }
                }
            }
        }
        Visit::Inside
    }

    fn text(&mut self, _: &str) -> bool {
        true
    }

    fn end(&mut self) {
        if self.path.pop().is_some_and(|name| name == "abstractNum" || name == "num") {
            self.place = Place::Nowhere;
        }
    }
}
