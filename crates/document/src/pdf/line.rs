//! One line of a page: its characters in order, with the spaces that are only seen as distances.

use std::rc::Rc;

use super::layout::{Chunk, along};
use crate::Bounds;
use crate::chars::is_han;

/// A glyph in its line: positions along the line, and across it the baseline.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) text: Rc<str>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Its place in the order of the file.
    pub(super) order: usize,
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// The edge of the page that it runs along, 0 for the usual.
    pub(super) edge: usize,
    /// The block of lines that it is part of.
    pub(super) block: u32,
}

/// A distance that shows as a space between Latin letters and digits, in sizes of the text.
const WORD_GAP: f64 = 0.2;
/// A distance that shows as a space between any two characters.
const WIDE_GAP: f64 = 0.8;
/// A distance that sets two things apart, like the cells of a table.
const CELL_GAP: f64 = 1.6;

impl Line {
    /// The line that these chunks make; `None` when nothing shows.
    pub(super) fn of(chunks: Vec<Chunk>, edge: usize, block: u32) -> Option<Line> {
        let largest = chunks.iter().max_by(|a, b| a.size.total_cmp(&b.size))?;
        let (baseline, size) = (largest.baseline, largest.size);
        let mut items: Vec<Item> = chunks.into_iter().flat_map(|c| c.items).collect();
        items.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.order.cmp(&b.order)));
        let mut text = String::new();
        let mut before: Option<&Item> = None;
        // Where a raised part of the line began that is not its first.
        let mut raised_from = None;
        for item in items.iter().filter(|i| !i.text.is_empty()) {
            if let Some(last) = before {
                // Bold by printing twice.
                if last.text == item.text && item.left - last.left < 0.2 * item.size && !item.text.trim().is_empty() {
                    continue;
                }
                let raised = [last, item].map(|i| is_raised(i, baseline, size));
                if raised[0] != raised[1] {
                    drop_note_mark(&mut text, raised_from.take());
                    raised_from = raised[1].then_some(text.len());
                }
                text.push_str(space(last, item));
            }
            item.text.chars().for_each(|c| push(&mut text, c));
            before = Some(item);
        }
        drop_note_mark(&mut text, raised_from);
        let text = text.trim_end().to_owned();
        let shown = || items.iter().filter(|i| !i.text.trim().is_empty());
        let left = shown().map(|i| i.left).fold(f64::INFINITY, f64::min);
        let right = shown().map(|i| i.right).fold(f64::NEG_INFINITY, f64::max);
        (!text.trim().is_empty()).then_some(Line { text, left, right, baseline, size, edge, block })
    }

    /// The box around the line on the page.
    pub(super) fn bounds(&self) -> Bounds {
        let (dx, dy) = along(self.edge);
        let (top, bottom) = (self.baseline - 0.88 * self.size, self.baseline + 0.12 * self.size);
        let corner = |along: f64, across: f64| (along * dx - across * dy, along * dy + across * dx);
        let ((x0, y0), (x1, y1)) = (corner(self.left, top), corner(self.right, bottom));
        let tenths = |n: f64| (n * 10.0).round() as i32;
        Bounds { left: tenths(x0.min(x1)), top: tenths(y0.min(y1)), right: tenths(x0.max(x1)), bottom: tenths(y0.max(y1)) }
    }
}

/// What stands between two glyphs.
fn space(last: &Item, item: &Item) -> &'static str {
    let gap = (item.left - last.right) / last.size.max(item.size);
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    if blank(&last.text) || blank(&item.text) {
        return "";
    }
    let latin = |c: Option<char>| c.is_some_and(|c| !is_han(c) && c.is_alphanumeric());
    match gap {
        gap if gap > CELL_GAP => "  ",
        gap if gap > WIDE_GAP => " ",
        gap if gap > WORD_GAP && latin(last.text.chars().next_back()) && latin(item.text.chars().next()) => " ",
        _ => "",
    }
}

fn is_raised(item: &Item, baseline: f64, size: f64) -> bool {
    item.size < 0.75 * size && item.baseline < baseline - 0.2 * size
}

/// Takes back a small raised number: it leads to a note and is no part of the sentence, least of all of the figure before it.
/// After a Latin letter or a digit it may be a power (km²), unless it stands in brackets.
fn drop_note_mark(text: &mut String, from: Option<usize>) {
    let Some(from) = from else { return };
    let mark = text[from..].trim();
    let bracketed = mark.starts_with(['[', '〔', '［']);
    let is_mark =
        |c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '[' | ']' | '〔' | '〕' | '［' | '］' | '*');
    let power = text[..from].ends_with(|c: char| c.is_ascii_alphanumeric()) && !bracketed;
    if mark.chars().all(is_mark) && !power {
        text.truncate(from);
    }
}

/// Adds a character as it is meant: radicals that fonts draw as characters are the characters, ligatures their letters.
fn push(text: &mut String, c: char) {
    match c {
        '\u{2F00}'..='\u{2FD5}' => text.extend(KANGXI.chars().nth(c as usize - 0x2F00)),
        '\u{2E80}'..='\u{2EFF}' => text.push(RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |&(_, plain)| plain)),
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        '\u{AD}' => text.push('-'),
        '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push(' '),
        c => text.push(c),
    }
}

/// The characters that the Kangxi radicals U+2F00 to U+2FD5 stand for, in order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The radicals of the supplement that are whole characters in Simplified text.
const RADICALS: [(char, char); 30] = [
    ('\u{2E83}', '乚'),
    ('\u{2E92}', '巳'),
    ('\u{2E9F}', '母'),
    ('\u{2EA0}', '民'),
    ('\u{2EC4}', '西'),
    ('\u{2EC5}', '见'),
    ('\u{2EC6}', '角'),
    ('\u{2EC9}', '贝'),
    ('\u{2ECB}', '车'),
    ('\u{2ED1}', '長'),
    ('\u{2ED3}', '长'),
    ('\u{2ED4}', '门'),
    ('\u{2ED8}', '青'),
    ('\u{2ED9}', '韦'),
    ('\u{2EDA}', '页'),
    ('\u{2EDB}', '风'),
    ('\u{2EDC}', '飞'),
    ('\u{2EDD}', '食'),
    ('\u{2EE2}', '马'),
    ('\u{2EE3}', '骨'),
    ('\u{2EE4}', '鬼'),
    ('\u{2EE5}', '鱼'),
    ('\u{2EE6}', '鸟'),
    ('\u{2EE7}', '卤'),
    ('\u{2EE8}', '麦'),
    ('\u{2EE9}', '黄'),
    ('\u{2EEC}', '齐'),
    ('\u{2EEE}', '齿'),
    ('\u{2EF0}', '龙'),
    ('\u{2EF3}', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn line(items: &[(&str, f64, f64, f64)]) -> String {
        let items: Vec<Item> = items
            .iter()
            .enumerate()
            .map(|(order, &(text, left, size, baseline))| Item { text: text.into(), left, right: left + size, baseline, size, order })
            .collect();
        let chunk = |i: Item| Chunk { left: i.left, right: i.right, baseline: i.baseline, size: i.size, items: vec![i] };
        Line::of(items.into_iter().map(chunk).collect(), 0, 0).map(|l| l.text).unwrap_or_default()
    }

    #[test]
    fn radicals_are_the_characters_they_look_like() {
        assert_eq!(KANGXI.chars().count(), 0xD6);
        assert_eq!(line(&[("\u{2F24}", 0.0, 10.0, 0.0), ("\u{2F24}", 10.0, 10.0, 0.0), ("\u{2ED3}", 20.0, 10.0, 0.0)]), "大大长");
    }

    #[test]
    fn what_is_printed_twice_is_read_once() {
        assert_eq!(line(&[("报", 0.0, 10.0, 0.0), ("告", 10.0, 10.0, 0.0), ("报", 0.4, 10.0, 0.0), ("告", 10.4, 10.0, 0.0)]), "报告");
    }

    #[test]
    fn a_raised_number_after_a_word_is_no_part_of_it() {
        assert_eq!(line(&[("增", 0.0, 10.0, 20.0), ("2", 10.0, 5.0, 16.0), ("长", 15.0, 10.0, 20.0)]), "增长");
        assert_eq!(line(&[("m", 0.0, 10.0, 20.0), ("2", 10.0, 5.0, 16.0)]), "m2");
        assert_eq!(line(&[("B", 0.0, 10.0, 20.0), ("[", 10.0, 5.0, 16.0), ("1", 15.0, 5.0, 16.0), ("]", 20.0, 5.0, 16.0)]), "B");
    }

    #[test]
    fn distance_shows_as_space() {
        assert_eq!(line(&[("5", 0.0, 10.0, 0.0), ("6", 30.0, 10.0, 0.0)]), "5  6");
        assert_eq!(line(&[("张", 0.0, 10.0, 0.0), ("三", 20.0, 10.0, 0.0)]), "张 三");
    }
}
