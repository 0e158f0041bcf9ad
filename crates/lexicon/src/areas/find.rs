//! Finding the area that a file name, a title, an assembly or an office line speaks of.
//!
//! Names that follow each other (江西省宜春市万载县, 江西/2025年宜春) are one chain and lead to its lowest area; each
//! must lie in the one before. A full name counts wherever it stands. A short name counts when nothing but the words of a
//! title stands around it, that of a province always: 白银, 和平 or 安康 are words too.

use super::{Area, Areas, Name, NameKind};
use crate::{Folded, Level};

/// An area and the place of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The area.
    pub area: &'static Area,
    /// Byte offset of the first name of the chain.
    pub start: usize,
    /// Byte offset of the end of the last name of the chain.
    pub end: usize,
}

/// What [`Areas::find`] made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No area is named.
    Nothing,
    /// One area.
    Area(Match),
    /// A name that several areas share, or names that do not belong together: 鼓楼区.
    Ambiguous(Vec<&'static Area>),
}

impl Found {
    /// The area, when there is just one.
    #[must_use]
    pub fn area(self) -> Option<Match> {
        match self {
            Found::Area(found) => Some(found),
            Found::Nothing | Found::Ambiguous(_) => None,
        }
    }
}

/// What may follow a short name in a title or a file name.
const TITLE_WORDS: [&str; 15] =
    ["政府", "人民", "人大", "国民", "经济", "统计", "财政", "预算", "计划", "工作", "第", "十", "关于", "两会", "重点"];

/// A name in the text and the areas that go by it.
#[derive(Debug)]
struct Hit {
    start: usize,
    end: usize,
    areas: Vec<&'static Area>,
    /// A full name, or the short name of a province.
    strong: bool,
    /// 中国 alone, which stands before many a name (中国共产党宜春市委员会).
    weak: bool,
}

/// Names in a row, each inside the one before.
#[derive(Debug)]
struct Chain {
    start: usize,
    end: usize,
    areas: Vec<&'static Area>,
    strong: bool,
    weak: bool,
    /// Follows at once on a name that it does not belong to.
    clashes: bool,
}

impl Areas {
    /// The area that a short text names, in either script, as of `year` (of today, when none is given).
    ///
    /// Of several chains of names the first with a full name holds. An area of the past is found when none of the year fits:
    /// 襄樊市 without a year.
    #[must_use]
    pub fn find(&self, text: &str, year: Option<i16>) -> Found {
        let folded = Folded::new(text);
        let valid = self.resolve(&folded, |area| area.is_valid(year));
        if matches!(valid, Found::Area(_)) {
            return valid;
        }
        match (valid, self.resolve(&folded, |_| true)) {
            (_, found @ Found::Area(_)) | (Found::Nothing, found) => found,
            (valid, _) => valid,
        }
    }

    fn resolve(&self, text: &Folded, takes: impl Fn(&Area) -> bool) -> Found {
        let mut chains: Vec<Chain> = Vec::new();
        for hit in self.hits(text.as_str(), takes) {
            let follows = chains.last().is_some_and(|last| is_gap(&text.as_str()[last.end..hit.start]));
            if let Some(last) = chains.last_mut().filter(|_| follows)
                && self.extend(last, &hit)
            {
                continue;
            }
            let Hit { start, end, areas, strong, weak } = hit;
            chains.push(Chain { start, end, areas, strong, weak, clashes: follows && strong });
        }
        if chains.iter().any(|chain| !chain.weak) {
            chains.retain(|chain| !chain.weak);
        }
        let Some(at) = chains.iter().position(|chain| chain.strong).or_else(|| highest(&chains)) else { return Found::Nothing };
        if chains.get(at + 1).is_some_and(|next| next.clashes) && chains[at].strong {
            return Found::Ambiguous(chains[at..=at + 1].iter().flat_map(|chain| chain.areas.iter().copied()).collect());
        }
        let around: Vec<&Area> = chains.iter().enumerate().filter(|(i, _)| *i != at).flat_map(|(_, c)| c.areas.iter().copied()).collect();
        let chain = &chains[at];
        match self.single(chain.areas.clone(), &around) {
            Ok(area) => Found::Area(Match { area, start: text.original(chain.start), end: text.original(chain.end) }),
            Err(areas) => Found::Ambiguous(areas),
        }
    }

    /// Takes `hit` into the chain when it lies inside its area, around it, or is the same.
    fn extend(&self, chain: &mut Chain, hit: &Hit) -> bool {
        let inside: Vec<_> =
            hit.areas.iter().copied().filter(|area| chain.areas.iter().any(|above| self.lies_in(area, above.code))).collect();
        let held: Vec<_> = chain
            .areas
            .iter()
            .copied()
            .filter(|area| hit.areas.iter().any(|other| other.code == area.code || self.lies_in(area, other.code)))
            .collect();
        if !inside.is_empty() {
            chain.areas = inside;
            chain.end = hit.end;
            chain.weak = false;
        } else if !held.is_empty() {
            chain.areas = held;
        } else {
            return false;
        }
        chain.strong |= hit.strong;
        true
    }

    /// The one area among those that share a name: inside an area named elsewhere in the text, else the newer of two
    /// that followed each other, else the only one of the highest level.
    fn single(&self, areas: Vec<&'static Area>, around: &[&Area]) -> Result<&'static Area, Vec<&'static Area>> {
        let inside: Vec<_> = areas.iter().copied().filter(|area| around.iter().any(|outer| self.lies_in(area, outer.code))).collect();
        let mut left = if inside.is_empty() { areas } else { inside };
        let all = left.clone();
        left.retain(|old| !all.iter().any(|new| replaces(new, old)));
        let top: Vec<_> = left.iter().copied().filter(|area| left.iter().all(|other| area.level <= other.level)).collect();
        match top[..] {
            [area] => Ok(area),
            _ => Err(left),
        }
    }

    /// The names in the text that count, from left to right, the longest at each place.
    fn hits(&self, text: &str, takes: impl Fn(&Area) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let step = at + c.len_utf8();
            let Some((length, names)) = self.longest(&text[at..]) else {
                at = step;
                continue;
            };
            let valid = |kind| -> Vec<&'static Area> {
                names
                    .iter()
                    .filter(|name| name.kind == kind)
                    .map(|name| &self.areas[usize::from(name.area)])
                    .filter(|area| takes(area))
                    .collect()
            };
            let (full, short) = (valid(NameKind::Full), valid(NameKind::Short));
            let end = at + length;
            let chained = hits.last().is_some_and(|last| is_gap(&text[last.end..at]));
            let hit = if full.is_empty() {
                let top = short.iter().map(|area| area.level).min();
                let strong = top == Some(Level::Province);
                let counts = top <= Some(Level::Province) || (chained || starts_name(&text[..at])) && self.ends_name(&short, &text[end..]);
                counts.then(|| Hit { start: at, end, strong, weak: top == Some(Level::Nation), areas: short })
            } else {
                // 城区 and 郊区 are words: they need their city before them; 沙县 at least a place where a name can begin.
                let brief = text[at..end].chars().count() == 2;
                let counts = !brief || chained || starts_name(&text[..at]) && !text[..end].ends_with('区');
                counts.then_some(Hit { start: at, end, strong: true, weak: false, areas: full })
            };
            at = match hit {
                Some(hit) if !hit.areas.is_empty() => {
                    hits.push(hit);
                    end
                }
                Some(_) => end,
                None => step,
            };
        }
        hits
    }

    /// The longest name that the text begins with, and who goes by it.
    fn longest(&self, text: &str) -> Option<(usize, &'static [Name])> {
        let mut names = self.names;
        let mut found: Option<(usize, &'static [Name])> = None;
        for (at, c) in text.char_indices() {
            let begin = &text[..at + c.len_utf8()];
            names = &names[names.partition_point(|name| name.text < begin)..];
            names = &names[..names.partition_point(|name| name.text.starts_with(begin))];
            if names.first().is_some_and(|name| name.text == begin) {
                found = Some((begin.len(), &names[..names.partition_point(|name| name.text == begin)]));
            }
            if names.is_empty() {
                break;
            }
        }
        found
    }

    /// Whether the short name of one of `areas` can end before `after`: at a word of a title, or at a name inside the area.
    fn ends_name(&self, areas: &[&Area], after: &str) -> bool {
        let inside = |name: &Name| areas.iter().any(|area| self.lies_in(&self.areas[usize::from(name.area)], area.code));
        after.chars().next().is_none_or(|c| !is_han(c))
            || TITLE_WORDS.iter().any(|word| after.starts_with(word))
            || self.longest(after).is_some_and(|(_, names)| names.iter().any(inside))
    }
}

/// The chain of the highest level; the first of several.
fn highest(chains: &[Chain]) -> Option<usize> {
    (0..chains.len()).min_by_key(|&i| chains[i].areas.iter().map(|area| area.level).min())
}

/// Whether `new` followed on `old` under the same name.
fn replaces(new: &Area, old: &Area) -> bool {
    let begins_after = new.valid_from.zip(old.valid_to).is_some_and(|(from, to)| from >= to);
    new != old && new.name == old.name && new.level == old.level && begins_after
}

/// Whether names on either side still belong together: no word stands between them, at most a year.
fn is_gap(between: &str) -> bool {
    between.chars().all(|c| !is_han(c) || matches!(c, '年' | '度'))
}

fn starts_name(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !is_han(c) || matches!(c, '年' | '度' | '在' | '共'))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '〇')
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
