//! A diff as one HTML page that needs nothing else: no script, no other file, light and dark, wide and narrow, on paper too.

use std::fmt::Write;

use super::{Diff, Part, PartKind, Passage, PledgeStep, Step, StepKind};

const STYLE: &str = include_str!("page.css");

/// The page.
#[must_use]
pub fn page(diff: &Diff) -> String {
    let mut html = String::with_capacity(1 << 18);
    let title = format!("{} → {}", short(diff, true), short(diff, false));
    // Writing into a string cannot fail.
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(&title)
    );
    head(&mut html, diff, &title);
    pledges(&mut html, diff);
    passages(&mut html, diff);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// Year and area, else the whole name.
fn short(diff: &Diff, first: bool) -> String {
    let side = if first { &diff.a } else { &diff.b };
    match (side.year, &side.area_name) {
        (Some(year), Some(area)) => format!("{area} {year}"),
        _ => side.name.clone(),
    }
}

fn head(html: &mut String, diff: &Diff, title: &str) {
    let _ = writeln!(html, "<header>\n<h1>{}</h1>", escaped(title));
    for (word, side) in [("From", &diff.a), ("To", &diff.b)] {
        let source = side.source.as_deref().unwrap_or_default();
        let _ = writeln!(html, "<p class=\"source\">{word}: {} <span>{}</span></p>", escaped(&side.name), escaped(source));
    }
    let tally = diff.tally();
    let _ = writeln!(html, "<ul class=\"tally\">");
    for (class, number, word) in [
        ("same", tally.same, "the same"),
        ("changed", tally.changed, "changed"),
        ("new", tally.new, "new"),
        ("dropped", tally.dropped, "dropped"),
        ("moved", tally.moved, "moved"),
    ] {
        let _ = writeln!(html, "<li class=\"{class}\"><b>{number}</b> {word}</li>");
    }
    html.push_str(
        "</ul>\n<p class=\"legend\">Inside a passage: <del>struck out</del> is in the first report only, \
         <ins>underlined</ins> in the second only.</p>\n</header>\n",
    );
}

fn pledges(html: &mut String, diff: &Diff) {
    if diff.pledges.is_empty() {
        return;
    }
    html.push_str("<section>\n<h2>Headline pledges</h2>\n<table>\n<thead><tr><th>What became of it</th><th>");
    let _ = write!(html, "{}</th><th>{}", escaped(&short(diff, true)), escaped(&short(diff, false)));
    html.push_str("</th></tr></thead>\n<tbody>\n");
    for PledgeStep { a, b, changes } in &diff.pledges {
        let words: Vec<&str> = if changes.is_empty() { vec!["the same"] } else { changes.iter().map(|change| change.as_str()).collect() };
        let marks: String = words.iter().fold(String::new(), |mut marks, word| {
            let _ = write!(marks, "<span class=\"mark {}\">{word}</span> ", word.replace(' ', "-"));
            marks
        });
        let cell = |pledge: Option<&super::Pledge>| {
            pledge.map_or_else(|| "—".to_owned(), |pledge| format!("{} <small>{}</small>", escaped(&pledge.quote), escaped(&pledge.place)))
        };
        let _ = writeln!(
            html,
            "<tr><td>{marks}</td><td data-of=\"{}\">{}</td><td data-of=\"{}\">{}</td></tr>",
            escaped(&short(diff, true)),
            cell(a.map(|at| &diff.a.pledges[at])),
            escaped(&short(diff, false)),
            cell(b.map(|at| &diff.b.pledges[at]))
        );
    }
    html.push_str("</tbody>\n</table>\n</section>\n");
}

fn passages(html: &mut String, diff: &Diff) {
    html.push_str("<section>\n<h2>Passages</h2>\n");
    // What stayed the same in the same place is there, but folded away.
    for run in diff.steps.chunk_by(|x, y| is_quiet(x) && is_quiet(y)) {
        if is_quiet(&run[0]) {
            let many = if run.len() == 1 { "1 passage the same".to_owned() } else { format!("{} passages the same", run.len()) };
            let _ = writeln!(html, "<details><summary>{many}</summary>");
            run.iter().for_each(|step| passage(html, diff, step));
            html.push_str("</details>\n");
        } else {
            run.iter().for_each(|step| passage(html, diff, step));
        }
    }
    html.push_str("</section>\n");
}

fn is_quiet(step: &Step) -> bool {
    step.kind == StepKind::Same && !step.moved
}

fn passage(html: &mut String, diff: &Diff, step: &Step) {
    let (class, word) = match step.kind {
        StepKind::Same => ("same", "the same"),
        StepKind::Changed => ("changed", "changed"),
        StepKind::New => ("new", "new"),
        StepKind::Dropped => ("dropped", "dropped"),
    };
    let old = step.a.map(|at| &diff.a.passages[at]);
    let new = step.b.map(|at| &diff.b.passages[at]);
    let Some(shown) = new.or(old) else { return };
    let moved = if step.moved { " <span class=\"mark moved\">moved</span>" } else { "" };
    let section = shown.section.as_deref().filter(|title| !shown.heading && *title != shown.text).unwrap_or_default();
    let places = [old, new].into_iter().flatten().map(|passage| escaped(&passage.place)).collect::<Vec<_>>().join(" → ");
    let tag = if shown.heading { "h3" } else { "p" };
    let _ = writeln!(
        html,
        "<article class=\"{class}\">\n<div class=\"about\"><span class=\"mark {class}\">{word}</span>{moved} <small>{}</small> <small>{places}</small></div>\n\
         <{tag}>{}</{tag}>\n</article>",
        escaped(section),
        text(step, shown)
    );
}

fn text(step: &Step, shown: &Passage) -> String {
    match step.kind {
        StepKind::Same => escaped(&shown.text),
        StepKind::New => format!("<ins>{}</ins>", escaped(&shown.text)),
        StepKind::Dropped => format!("<del>{}</del>", escaped(&shown.text)),
        StepKind::Changed => step.parts.iter().map(part).collect(),
    }
}

fn part(part: &Part) -> String {
    let text = escaped(&part.text);
    match part.kind {
        PartKind::Same => text,
        PartKind::Gone => format!("<del>{text}</del>"),
        PartKind::Come => format!("<ins>{text}</ins>"),
    }
}

/// The text with what HTML would take for itself written out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::{Side, diff};
    use super::*;

    #[test]
    fn the_page_stands_alone_and_takes_text_for_text() {
        let side = |text: &str| Side { name: "甲<乙>".into(), passages: vec![Passage::body(text)], ..Side::default() };
        let html =
            page(&diff(side("建设<b>高标准</b>农田八十万亩，扩大粮食播种面积"), side("建设<b>高标准</b>农田一百万亩，扩大粮食播种面积")));
        assert!(html.contains("建设&lt;b&gt;高标准&lt;/b&gt;农田<del>八十</del><ins>一百</ins>万亩"), "{html}");
        assert!(!html.contains("<script") && !html.contains("http") && !html.contains("src="), "{html}");
    }
}
