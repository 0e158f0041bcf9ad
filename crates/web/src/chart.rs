//! Goals and results over the years as SVG, drawn here and readable without colour: a bar for the goal, open on the side that its
//! wording leaves open; a dot for the result, hollow where the goal was missed.

use std::fmt::Write;

use maud::{Markup, PreEscaped, html};
use pledgebook_reconcile::panel_lines::PanelLine;

use crate::amounts::{Amount, grouped, panel_goal, panel_outcome};
use crate::labels::{LABELS, Language, term};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 210.0;
const LEFT: f64 = 54.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;

/// A goal and a result of one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The year.
    pub year: i16,
    /// The goal's two ends.
    pub goal: Option<(f64, f64)>,
    /// What the goal leaves open.
    pub open: Open,
    /// The result.
    pub outcome: Option<f64>,
    /// Whether the goal was missed.
    pub missed: bool,
    /// What both are, in words.
    pub told: String,
}

/// The side that a goal's wording leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// 以上.
    Up,
    /// 以内.
    Down,
    /// 左右, a range or the number itself.
    Neither,
}

/// A drawing.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows, in words.
    pub title: String,
    /// The years, ascending.
    pub points: Vec<Point>,
    /// The unit of its axis.
    pub unit: String,
}

impl Chart {
    /// The chart of rows of the panel of one area, indicator and measure; none where fewer than two numbers are known.
    #[must_use]
    pub fn of(title: String, rows: &[&PanelLine], lexicon: &pledgebook_lexicon::Lexicon, language: Language) -> Option<Self> {
        let unit = rows.iter().find_map(|row| row.goal_unit.clone().or_else(|| row.outcome_unit.clone()))?;
        let mut points: Vec<Point> = Vec::new();
        for row in rows {
            let same_unit = |other: &Option<String>| other.as_deref() == Some(unit.as_str());
            let goal = row.goal_low.zip(row.goal_high).filter(|_| same_unit(&row.goal_unit));
            let outcome =
                row.outcome_low.zip(row.outcome_high).filter(|_| same_unit(&row.outcome_unit)).map(|(low, high)| f64::midpoint(low, high));
            let told = [
                panel_goal(row, lexicon, language).map(|goal| format!("{} {goal}", LABELS.page.goal.get(language))),
                panel_outcome(row, language).map(|result| format!("{} {result}", LABELS.page.result.get(language))),
                row.verdict.as_deref().map(|verdict| term(&LABELS.verdict, verdict, language).to_owned()),
            ];
            let told = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            points.push(Point {
                year: row.year,
                goal,
                open: match row.goal_bound.as_deref() {
                    Some("at_least" | "more_than") => Open::Up,
                    Some("at_most" | "less_than") => Open::Down,
                    _ => Open::Neither,
                },
                outcome,
                missed: row.verdict.as_deref() == Some("missed"),
                told: format!("{}: {told}", row.year),
            });
        }
        points.sort_by_key(|point| point.year);
        points.dedup_by_key(|point| point.year);
        let numbers = points.iter().map(|point| usize::from(point.goal.is_some()) + usize::from(point.outcome.is_some())).sum::<usize>();
        (numbers >= 2).then_some(Chart { title, points, unit })
    }

    /// The drawing; `alone` makes it a file of its own, with its own colours.
    #[must_use]
    pub fn svg(&self, language: Language, alone: bool) -> Markup {
        let mut drawing = String::with_capacity(4096);
        let frame = self.frame();
        // Writing into a string cannot fail.
        let _ = write!(
            drawing,
            "<svg {}viewBox=\"0 0 {WIDTH} {HEIGHT}\" {}class=\"chart\" role=\"img\" lang=\"{}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">",
            if alone { "xmlns=\"http://www.w3.org/2000/svg\" " } else { "" },
            if alone { format!("width=\"{}\" height=\"{}\" ", WIDTH * 1.5, HEIGHT * 1.5) } else { String::new() },
            language.tag()
        );
        let told = self.points.iter().map(|point| point.told.as_str()).collect::<Vec<_>>().join("; ");
        drawing += &html! { title { (self.title) } desc { (told) } }.into_string();
        if alone {
            let _ = write!(drawing, "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>");
        }
        self.axis(&frame, language, &mut drawing);
        for (at, point) in self.points.iter().enumerate() {
            self.point(at, point, &frame, &mut drawing);
        }
        drawing += "</svg>";
        PreEscaped(drawing)
    }

    fn frame(&self) -> Frame {
        let all = self
            .points
            .iter()
            .flat_map(|point| point.goal.map(|(low, _)| low).into_iter().chain(point.goal.map(|(_, high)| high)).chain(point.outcome));
        let (mut low, mut high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let span = (high - low).max(high.abs() * 0.02).max(1e-9);
        let step = step(span * 1.3 / 4.0);
        Frame { low: ((low - span * 0.15) / step).floor() * step, high: ((high + span * 0.15) / step).ceil() * step, step }
    }

    fn axis(&self, frame: &Frame, language: Language, drawing: &mut String) {
        let ticks = ((frame.high - frame.low) / frame.step).round() as i32;
        for tick in 0..=ticks.min(12) {
            let value = frame.low + f64::from(tick) * frame.step;
            let y = frame.y(value);
            let label = tick_label(value, &self.unit, language);
            let _ = write!(
                drawing,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#d9d6cf\" stroke-width=\"1\"/>\
                 <text class=\"tick\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#5b584f\">",
                WIDTH - RIGHT,
                LEFT - 6.0,
                y + 4.0
            );
            *drawing += &html! { (label) }.into_string();
            *drawing += "</text>";
        }
        // With many years only some are named.
        let every = self.points.len().div_ceil(9).max(1);
        for (at, point) in self.points.iter().enumerate().filter(|(at, _)| at % every == 0) {
            let _ = write!(
                drawing,
                "<text class=\"tick\" x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#5b584f\">{}</text>",
                self.x(at),
                HEIGHT - 8.0,
                point.year
            );
        }
    }

    fn x(&self, at: usize) -> f64 {
        let room = (WIDTH - LEFT - RIGHT) / self.points.len().max(1) as f64;
        LEFT + room * (at as f64 + 0.5)
    }

    fn point(&self, at: usize, point: &Point, frame: &Frame, drawing: &mut String) {
        let x = self.x(at);
        let half = ((WIDTH - LEFT - RIGHT) / self.points.len().max(1) as f64 * 0.3).min(34.0);
        *drawing += "<g>";
        *drawing += &html! { title { (point.told) } }.into_string();
        if let Some((low, high)) = point.goal {
            let (top, bottom) = (frame.y(high), frame.y(low));
            let shade = match point.open {
                Open::Up => Some((top - 16.0, bottom)),
                Open::Down => Some((top, bottom + 16.0)),
                Open::Neither if bottom - top > 2.0 => Some((top, bottom)),
                Open::Neither => None,
            };
            if let Some((top, bottom)) = shade {
                let _ = write!(
                    drawing,
                    "<rect class=\"band\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#1f5a7a\" fill-opacity=\"0.18\"/>",
                    x - half,
                    half * 2.0,
                    bottom - top
                );
            }
            for y in if bottom - top > 2.0 { vec![top, bottom] } else { vec![top] } {
                let _ = write!(
                    drawing,
                    "<line class=\"goal\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#1f5a7a\" stroke-width=\"3\"/>",
                    x - half,
                    x + half
                );
            }
        }
        if let Some(outcome) = point.outcome {
            let fill = if point.missed { "#ffffff" } else { "#b4451f" };
            let _ = write!(
                drawing,
                "<circle class=\"{}\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{fill}\" stroke=\"#b4451f\" stroke-width=\"2.5\"/>",
                if point.missed { "result missed" } else { "result" },
                frame.y(outcome)
            );
        }
        *drawing += "</g>";
    }
}

struct Frame {
    low: f64,
    high: f64,
    step: f64,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low).max(1e-12)
    }
}

/// The next of 1, 2, 5, 10, … that is no smaller.
fn step(wanted: f64) -> f64 {
    let power = 10f64.powf(wanted.max(1e-12).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= wanted * 0.999).unwrap_or(power * 10.0)
}

fn tick_label(value: f64, unit: &str, language: Language) -> String {
    let value = if value.abs() < 1e-9 { 0.0 } else { value };
    if matches!(unit, "percent" | "pp") {
        return format!("{}%", grouped(value));
    }
    // The unit stands in the table; an axis needs only the size.
    Amount { low: value, high: value, unit: "", bound: "exact", measure: "level", direction: "none" }.shown(None, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(year: i16, goal: f64, outcome: f64, missed: bool) -> Point {
        Point { year, goal: Some((goal, goal)), open: Open::Up, outcome: Some(outcome), missed, told: format!("{year} <b>") }
    }

    #[test]
    fn a_missed_goal_is_hollow_and_every_year_is_told() {
        let chart = Chart {
            title: "a & b".into(),
            points: vec![point(2024, 6.0, 4.1, true), point(2025, 5.0, 5.2, false)],
            unit: "percent".into(),
        };
        let svg = chart.svg(Language::English, true).into_string();
        assert_eq!(svg.matches("result missed").count(), 1);
        assert!(svg.contains("<title>a &amp; b</title>") && svg.contains("2024 &lt;b&gt;; 2025"), "{svg}");
        assert!(!svg.contains("style="), "a strict policy refuses styles in the drawing");
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 1.0, 1.2, 26.0].map(step), [0.5, 1.0, 2.0, 50.0]);
    }
}
