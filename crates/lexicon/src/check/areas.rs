//! `areas.csv`.

use super::Problems;
use crate::{AreaCode, Folded, Level};
use std::collections::{BTreeMap, HashSet};

const HEADER: &str = "code,name,short,level,parent,valid_from,valid_to,successor,en";

/// Years of a row, open ends at the ends of time.
type Years = (i16, i16);

/// Checks the rows of `areas.csv`.
pub(super) fn rows(text: &str, problems: &mut Problems) {
    if text.lines().next() != Some(HEADER) {
        problems.add(1, "the first line does not name the columns", format!("write `{HEADER}`"));
    }
    let codes: HashSet<AreaCode> = text.lines().skip(1).filter_map(|line| line.split(',').next()?.parse().ok()).collect();
    let mut seen: BTreeMap<AreaCode, Vec<(usize, Years)>> = BTreeMap::new();
    for (line, content) in text.lines().enumerate().skip(1).map(|(i, content)| (i + 1, content)) {
        let cells: Vec<&str> = content.split(',').collect();
        let [code, name, short, level, parent, from, to, successor, _] = cells[..] else {
            problems.add(line, format!("`{content}` has {} columns and not nine", cells.len()), format!("give {HEADER}"));
            continue;
        };
        let code = match code.parse::<AreaCode>() {
            Ok(code) => code,
            Err(error) => {
                problems.add(line, error.to_string(), "see GB/T 2260");
                continue;
            }
        };
        named(line, name, short, problems);
        placed(line, code, level, parent, &codes, problems);
        if !successor.is_empty() && !known(successor, &codes) {
            problems.add(line, format!("the successor {successor} is not in the table"), "add its row, or leave the cell empty");
        }
        if seen.last_key_value().is_some_and(|(&last, _)| last > code) {
            problems.add(line, format!("{code} stands behind a higher code"), "keep the rows in the order of their codes, CN first");
        }
        match years(from, to) {
            Some(years) => {
                let rows = seen.entry(code).or_default();
                if let Some((other, _)) = rows.iter().find(|(_, other)| years.0 < other.1 && other.0 < years.1) {
                    problems.add(
                        line,
                        format!("{code} is another area in the same years, in line {other}"),
                        "end one where the other begins",
                    );
                }
                rows.push((line, years));
            }
            None => problems.add(line, format!("`{from}` to `{to}` are no years"), "give four digits or nothing, the earlier year first"),
        }
    }
}

fn named(line: usize, name: &str, short: &str, problems: &mut Problems) {
    if name.is_empty() || short.is_empty() {
        problems.add(line, "the name or the short name is missing", "repeat the name where there is no shorter one");
    }
    for name in [name, short] {
        if Folded::new(name).as_str() != name {
            problems.add(line, format!("{name} would be read as {}", Folded::new(name).as_str()), "write it in Simplified characters");
        }
    }
}

fn placed(line: usize, code: AreaCode, level: &str, parent: &str, codes: &HashSet<AreaCode>, problems: &mut Problems) {
    let by_code = match code.to_string().as_bytes() {
        b"CN" => Level::Nation,
        [.., b'0', b'0', b'0', b'0'] => Level::Province,
        [.., b'0', b'0'] => Level::Prefecture,
        _ => Level::County,
    };
    if level != by_code.as_str() {
        problems.add(line, format!("{code} is no {level}"), format!("by its code it is a {by_code}"));
    }
    if by_code == Level::Nation && !parent.is_empty() {
        problems.add(line, "the nation has a parent", "leave the cell empty");
    } else if by_code != Level::Nation && !known(parent, codes) {
        problems.add(line, format!("the parent `{parent}` is not in the table"), "give the code of the area above it");
    }
}

fn known(code: &str, codes: &HashSet<AreaCode>) -> bool {
    code.parse().is_ok_and(|code| codes.contains(&code))
}

fn years(from: &str, to: &str) -> Option<Years> {
    let year = |text: &str, open| match text {
        "" => Some(open),
        _ if text.len() == 4 => text.parse().ok(),
        _ => None,
    };
    let years = (year(from, i16::MIN)?, year(to, i16::MAX)?);
    (years.0 <= years.1).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_in_a_row_is_told() {
        let text = format!(
            "{HEADER}\nCN,中国,中国,nation,,,,,China\n420000,湖北省,湖北,province,CN,,,,Hubei\n\
             420600,襄樊市,襄樊,prefecture,420000,,2010,420600,\n420600,襄阳市,襄阳,prefecture,420000,2010,,,\n\
             420600,襄陽市,襄阳,prefecture,420000,2011,,,\n4206,襄城区,襄城,county,420600,,,,\n\
             420602,襄城区,襄城,prefecture,420700,2012,2010,420999,\n420500,宜昌市,,prefecture,420000,,,\n420500,宜昌市,,prefecture,420000,,,,\n"
        );
        let mut problems = Problems::default();
        rows(&text, &mut problems);
        let found: Vec<_> = problems.found.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
        let expected = [
            (6, "襄陽市 would be read as 襄阳市"),
            (6, "420600 is another area in the same years, in line 5"),
            (7, "`4206` is no area code: it takes CN or six digits, as 360000"),
            (8, "420602 is no prefecture"),
            (8, "the parent `420700` is not in the table"),
            (8, "the successor 420999 is not in the table"),
            (8, "`2012` to `2010` are no years"),
            (9, "`420500,宜昌市,,prefecture,420000,,,` has 8 columns and not nine"),
            (10, "the name or the short name is missing"),
            (10, "420500 stands behind a higher code"),
        ];
        assert_eq!(found, expected);
    }
}
