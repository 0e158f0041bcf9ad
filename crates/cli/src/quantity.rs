//! Figures as people read them: `about +5.5%`, `360,000 people or more`, `¥1.86 trillion`; in Chinese as the report wrote them.

use pledgebook_reader::Figure;

use crate::labels::{LABELS, Language, fill};

/// A number with what the codebook says of it, by its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount<'a> {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) unit: &'a str,
    pub(crate) bound: &'a str,
    pub(crate) measure: &'a str,
    pub(crate) direction: &'a str,
}

/// The quantity with its sign and bound. `raw` is the figure as the report wrote it.
pub(crate) fn quantity(figure: &Figure, raw: &str, language: Language) -> String {
    let amount = Amount {
        low: figure.value.low,
        high: figure.value.high,
        unit: figure.unit.as_str(),
        bound: figure.bound.as_str(),
        measure: figure.measure.as_str(),
        direction: figure.direction.as_str(),
    };
    amount.shown(Some(raw), language)
}

impl Amount<'_> {
    /// The quantity with its sign and bound; `raw` is the figure as the report wrote it, where it is there.
    pub(crate) fn shown(self, raw: Option<&str>, language: Language) -> String {
        let core = match (language, raw) {
            (Language::Zh, Some(raw)) => raw.to_owned(),
            (Language::Zh, None) => self.in_chinese(),
            (Language::En, raw) => self.in_english(raw),
        };
        let moves = matches!(self.measure, "growth" | "change");
        let sign = match self.direction {
            "up" if moves => "+",
            "down" if moves => "−",
            _ => "",
        };
        let bounded = if language == Language::Zh && raw.is_some_and(says_its_bound) {
            format!("{sign}{core}")
        } else {
            let bound = LABELS.bound.get(self.bound).map_or("{}", |text| text.get(language));
            fill(bound, &[&format!("{sign}{core}")])
        };
        let gap = LABELS.gap.get(self.direction).filter(|_| self.measure == "gap");
        match gap {
            Some(text) => fill(text.get(language), &[&bounded]),
            None => bounded,
        }
    }

    fn in_english(self, raw: Option<&str>) -> String {
        let Some(unit) = LABELS.unit.get(self.unit) else { return raw.map_or_else(|| self.number(&ENGLISH), str::to_owned) };
        fill(unit.get(Language::En), &[&self.number(&ENGLISH)])
    }

    fn in_chinese(self) -> String {
        let unit = LABELS.unit.get(self.unit).map_or("{}", |text| text.get(Language::Zh));
        fill(unit, &[&self.number(&CHINESE)])
    }

    fn number(self, sizes: &[(f64, &str)]) -> String {
        let (low, high) = (self.low, self.high);
        let (size, word) = sizes.iter().copied().find(|&(size, _)| high.abs() >= size).unwrap_or((1.0, ""));
        if low == high {
            format!("{}{word}", grouped(high / size))
        } else {
            format!("{}–{}{word}", grouped(low / size), grouped(high / size))
        }
    }
}

const ENGLISH: [(f64, &str); 3] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
const CHINESE: [(f64, &str); 3] = [(1e12, "万亿"), (1e8, "亿"), (1e4, "万")];

/// Whether the figure as written holds the word that bounds it: 1100多万, 上千, 数十.
fn says_its_bound(raw: &str) -> bool {
    raw.contains(['多', '余', '餘', '几', '幾']) || raw.starts_with(['上', '数', '數'])
}

/// A number with commas between its thousands and at most four decimals.
pub(crate) fn grouped(number: f64) -> String {
    let fixed = format!("{:.4}", number.abs());
    let shown = fixed.trim_end_matches('0').trim_end_matches('.');
    let (whole, decimals) = shown.split_once('.').unwrap_or((shown, ""));
    let mut grouped = String::from(if number < 0.0 { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use pledgebook_lexicon::{Bound, Direction, Measure, Unit};

    #[test]
    fn quantities_read_naturally_in_english_and_as_written_in_chinese() {
        let growth = example::figure(5.5, 5.5, "percent");
        assert_eq!(quantity(&Figure { bound: Bound::About, ..growth.clone() }, "5.5%", Language::En), "about +5.5%");
        assert_eq!(quantity(&Figure { bound: Bound::About, ..growth.clone() }, "5.5%", Language::Zh), "+5.5%左右");
        let jobs =
            Figure { measure: Measure::Level, direction: Direction::None, bound: Bound::AtLeast, ..example::figure(36e4, 36e4, "person") };
        assert_eq!(quantity(&jobs, "36万人", Language::En), "360,000 people or more");
        assert_eq!(quantity(&jobs, "36万人", Language::Zh), "36万人以上");
        let gdp = Figure { unit: Unit::new("CNY"), value: pledgebook_reader::Value { low: 1.86e12, high: 1.86e12 }, ..jobs };
        assert_eq!(quantity(&Figure { bound: Bound::Exact, ..gdp }, "1.86万亿元", Language::En), "¥1.86 trillion");
        let gap = Figure { measure: Measure::Gap, ..example::figure(0.8, 0.8, "pp") };
        assert_eq!(quantity(&gap, "0.8个百分点", Language::En), "0.8 points above");
        let students =
            Figure { bound: Bound::MoreThan, measure: Measure::Level, direction: Direction::None, ..example::figure(11e6, 11e6, "person") };
        assert_eq!(quantity(&students, "1100多万", Language::Zh), "1100多万");
        let range = Figure { bound: Bound::Between, ..example::figure(5.0, 6.0, "percent") };
        assert_eq!(quantity(&range, "5%—6%", Language::En), "+5–6%");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([1234567.0, 999.0, 1000.5, 0.12].map(grouped), ["1,234,567", "999", "1,000.5", "0.12"]);
    }
}
