//! The examples of `suite/`: what each sentence must be read as. See `suite/README.md` for how to add one.

use std::path::Path;

use pledgebook_document::{Document, Given, Meta, Source, documents};
use pledgebook_lexicon::{DocumentKind, Lexicon, Period, PledgeKind, Role};
use pledgebook_reader::{Claim, Figure, Pledge, Reading, read};

/// One example: a sentence, what is known of its report, and the figures expected.
struct Example {
    place: String,
    sentence: String,
    role: Role,
    year: i16,
    kind: DocumentKind,
    expected: Vec<String>,
}

fn examples(path: &Path) -> Vec<Example> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found: Vec<Example> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{}:{}", path.display(), number + 1);
        if let (Some(more), Some(example)) = (line.strip_prefix(">> "), found.last_mut()) {
            example.sentence.push('\n');
            example.sentence.push_str(more.trim());
        } else if let Some(sentence) = line.strip_prefix("> ") {
            found.push(Example {
                place,
                sentence: sentence.trim().to_owned(),
                role: Role::Review,
                year: 2025,
                kind: DocumentKind::WorkReport,
                expected: Vec::new(),
            });
        } else if let Some(context) = line.strip_prefix("@ ") {
            let example = found.last_mut().expect("a context follows a sentence");
            for (key, value) in context.split_whitespace().filter_map(|part| part.split_once('=')) {
                match key {
                    "role" => example.role = value.parse().unwrap_or_else(|e| panic!("{place}: {e}")),
                    "year" => example.year = value.parse().unwrap_or_else(|e| panic!("{place}: {e}")),
                    "kind" => example.kind = value.parse().unwrap_or_else(|e| panic!("{place}: {e}")),
                    _ => {}
                }
            }
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            let expected = &mut found.last_mut().unwrap_or_else(|| panic!("{place}: no sentence before")).expected;
            if line.trim() != "none" {
                expected.push(line.trim().to_owned());
            }
        }
    }
    found
}

fn document(example: &Example) -> Document {
    let meta = Meta { year: Some(example.year), kind: Some(example.kind), ..Meta::default() };
    let source = Source { text: example.sentence.clone(), ..Source::default() };
    let mut document = documents(source, &Given { meta, ..Given::default() }).remove(0);
    document.meta.year = Some(example.year);
    for passage in &mut document.passages {
        passage.role = example.role;
        passage.kind = pledgebook_document::PassageKind::Body;
        passage.section = None;
    }
    document
}

/// A figure as the suite writes it, the label apart.
fn written(document: &Document, f: &Figure) -> (String, String) {
    let value = if f.value.low < f.value.high { format!("{}~{}", f.value.low, f.value.high) } else { f.value.low.to_string() };
    let period = if f.period == Period::Open { "-".to_owned() } else { f.period.to_string() };
    let mut kind = format!("{} {} {} {period}", f.measure, f.direction, f.mode);
    for (set, word) in [(f.average, " average"), (f.stretch, " stretch")] {
        if set {
            kind.push_str(word);
        }
    }
    let row = format!("{} | {} {} {} | {} | {}", document.slice(f.span), value, f.unit, f.bound, kind.trim(), f.indicator.unwrap_or("-"));
    (row, f.label.clone())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What is wrong with an example, `None` when it holds.
fn fault(example: &Example, lexicon: &Lexicon) -> Option<String> {
    let document = document(example);
    let reading = read(&document, lexicon);
    let got: Vec<(String, String)> = reading.figures.iter().map(|f| written(&document, f)).collect();
    let rows = |rows: Vec<String>| rows.iter().map(|r| squeezed(r)).collect::<Vec<_>>();
    let expected: Vec<String> = example
        .expected
        .iter()
        .map(|row| {
            let fields: Vec<&str> = row.split('|').map(str::trim).collect();
            format!("{} | {} | {} | {}", fields[0], fields[1], fields[2], fields.get(4).unwrap_or(&"-"))
        })
        .collect();
    let same = rows(expected) == rows(got.iter().map(|g| g.0.clone()).collect());
    let labels = example.expected.iter().zip(&got).all(|(row, (_, label))| {
        let wanted = squeezed(row.split('|').nth(3).unwrap_or(""));
        wanted.is_empty() || wanted == "-" || alike(&wanted, &squeezed(label))
    });
    (!(same && labels)).then(|| {
        let shown: Vec<String> = got.iter().map(|(row, label)| format!("    {row} [{label}]")).collect();
        format!(
            "{}\n  > {}\n  expected\n    {}\n  got\n{}",
            example.place,
            example.sentence,
            example.expected.join("\n    "),
            shown.join("\n")
        )
    })
}

/// Labels agree as the score counts them: most characters shared, or one inside the other.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let mut rest: Vec<char> = long.chars().collect();
    let shared = short.chars().filter(|c| rest.iter().position(|r| r == c).map(|i| rest.swap_remove(i)).is_some()).count();
    let (n, m) = (short.chars().count(), long.chars().count());
    10 * 2 * shared >= 6 * (n + m) || (long.contains(short) && 2 * n >= m)
}

/// All examples of a folder of `suite/`, at least as many as it is known to have.
fn folder(name: &str, least: usize) -> Vec<Example> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let all: Vec<Example> = files.iter().flat_map(|f| examples(f)).collect();
    assert!(all.len() >= least, "suite/{name} has lost its examples: {}", all.len());
    all
}

#[test]
fn every_example_is_read_as_it_says() {
    let lexicon = Lexicon::builtin();
    let all = folder("reader", 340);
    let faults: Vec<String> = all.iter().filter_map(|e| fault(e, &lexicon)).collect();
    assert!(faults.is_empty(), "{} of {} examples are read otherwise:\n{}", faults.len(), all.len(), faults.join("\n"));
}

/// What is wrong with the examples of a folder whose lines are written by `rows`.
fn faults(folder: &[Example], rows: impl Fn(&Document, &Reading) -> Vec<String>) {
    let lexicon = Lexicon::builtin();
    let faults: Vec<String> = folder
        .iter()
        .filter_map(|example| {
            let document = document(example);
            let got = rows(&document, &read(&document, &lexicon));
            let same = got.iter().map(|r| squeezed(r)).eq(example.expected.iter().map(|r| squeezed(r)));
            let (expected, got) = (example.expected.join("\n    "), got.join("\n    "));
            (!same).then(|| format!("{}\n  > {}\n  expected\n    {expected}\n  got\n    {got}", example.place, example.sentence))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {} examples are read otherwise:\n{}", faults.len(), folder.len(), faults.join("\n"));
}

fn number(figure: &Figure) -> String {
    let value = &figure.value;
    let value = if value.low < value.high { format!("{}~{}", value.low, value.high) } else { value.low.to_string() };
    format!("{value} {} {}", figure.unit, figure.bound)
}

/// A pledge that is no task: kind, what it promises, label, indicator; `elsewhere` when it is not headline.
fn pledge_row(pledge: &Pledge, figures: &[Figure]) -> String {
    let mut promise: Vec<String> = pledge.figures.iter().map(|&i| number(&figures[i as usize])).collect();
    promise.extend(pledge.relation.map(|relation| format!("{relation} {}", pledge.reference.as_deref().unwrap_or("-"))));
    if pledge.kind == PledgeKind::Qualitative {
        promise.push(pledge.direction.to_string());
    }
    promise.extend(pledge.stretch_text.clone());
    let elsewhere = if pledge.headline { "" } else { "elsewhere " };
    let promise = if promise.is_empty() { "-".to_owned() } else { promise.join("; ") };
    format!("{elsewhere}{} | {promise} | {} | {}", pledge.kind, pledge.label, pledge.indicator.unwrap_or("-"))
}

#[test]
fn every_pledge_is_read_as_it_says() {
    faults(&folder("pledges", 30), |_, reading| {
        reading.pledges.iter().filter(|p| p.kind != PledgeKind::Task).map(|p| pledge_row(p, &reading.figures)).collect()
    });
}

/// A task: its words, its verbs, the figures it carries, its deadline, the unit in the lead.
fn task_row(document: &Document, task: &Pledge, figures: &[Figure]) -> String {
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let verbs: Vec<&str> = task.actions.iter().map(|&span| document.slice(span)).collect();
    let carried: Vec<&str> = task.figures.iter().map(|&i| document.slice(figures[i as usize].span)).collect();
    let (verbs, carried) = (or_dash(verbs.join("、")), or_dash(carried.join("、")));
    let deadline = or_dash(task.deadline.to_string());
    format!("{} | {verbs} | {carried} | {deadline} | {}", document.slice(task.span), task.lead.as_deref().unwrap_or("-"))
}

#[test]
fn every_task_is_read_as_it_says() {
    faults(&folder("tasks", 40), |document, reading| {
        reading.pledges.iter().filter(|p| p.kind == PledgeKind::Task).map(|p| task_row(document, p, &reading.figures)).collect()
    });
}

#[test]
fn every_claim_is_read_as_it_says() {
    let row = |claim: &Claim| format!("{} | {} | {}", claim.claimed, claim.label, claim.indicator.unwrap_or("-"));
    faults(&folder("claims", 25), |_, reading| reading.claims.iter().map(row).collect());
}

/// CODEBOOK, "Pledges": every target figure belongs to exactly one pledge.
#[test]
fn every_target_figure_belongs_to_one_pledge() {
    let lexicon = Lexicon::builtin();
    for example in ["reader", "pledges", "tasks"].iter().flat_map(|name| folder(name, 1)) {
        let document = document(&example);
        let reading = read(&document, &lexicon);
        for (i, figure) in reading.figures.iter().enumerate().filter(|(_, f)| f.mode == pledgebook_lexicon::Mode::Target) {
            let owners = reading.pledges.iter().filter(|p| p.figures.contains(&(i as u32))).count();
            assert_eq!(owners, 1, "{}: {}", example.place, document.slice(figure.span));
        }
    }
}
