//! What saved pages and wikis put around a text: buttons, breadcrumbs, credits, licences.

use crate::DroppedKind;
use crate::chars::has_ended;
use crate::lines::Line;
use crate::reflow::is_occasion;
use crate::rules::{Furniture, begins_with_any, contains_any, ends_with_any, fold_short, rules};

/// Lines longer than this are text.
const LONGEST: usize = 240;
/// So many lines at most are looked at before the text begins.
const HEAD_LINES: usize = 80;

/// Marks the furniture before the text begins and after it has ended.
pub(crate) fn drop_furniture(lines: &mut [Line], source: &str) {
    let furniture = &rules().furniture;
    drop_tail(lines, source, furniture);
    let head =
        lines.iter().take(HEAD_LINES).take_while(|l| !begins_text(l, source) || is_caption(&fold_short(l.text(source)), furniture)).count();
    for line in &mut lines[..head] {
        drop_if_furniture(line, source, furniture);
    }
    let tail = lines.iter().rev().filter(|l| l.dropped.is_none()).take_while(|l| !is_text(l, source)).count();
    for line in lines.iter_mut().rev().filter(|l| l.dropped.is_none()).take(tail) {
        drop_if_furniture(line, source, furniture);
    }
    drop_between(lines, head);
}

/// Drops all from the first line on that can only stand after the text.
fn drop_tail(lines: &mut [Line], source: &str, furniture: &Furniture) {
    let Some(last_text) = lines.iter().rposition(|l| l.len() > 300) else { return };
    // A licence is a paragraph too: look for its beginning in the last lines before and after the last long one.
    let from = last_text.saturating_sub(2).max(1);
    let tail = (from..lines.len())
        .find(|&i| lines[i].len() <= 3 * LONGEST && begins_with_any(&fold_short(lines[i].text(source)), &furniture.tail));
    if let Some(tail) = tail {
        lines[tail..].iter_mut().for_each(|l| l.dropped = Some(DroppedKind::Furniture));
    }
}

/// A line of the text proper: a salutation, a numbered heading, a paragraph.
fn begins_text(line: &Line, source: &str) -> bool {
    if line.len() > LONGEST {
        return true;
    }
    let text = fold_short(line.text(source));
    begins_with_any(&text, &rules().salutation.begin) || text.starts_with("一、") || contains_any(&text, &rules().salutation.opening)
}

fn is_text(line: &Line, source: &str) -> bool {
    line.len() > 60 && has_ended(line.text(source)) && !is_caption(&fold_short(line.text(source)), &rules().furniture)
}

fn drop_if_furniture(line: &mut Line, source: &str, furniture: &Furniture) {
    if line.len() > LONGEST || line.dropped.is_some() {
        return;
    }
    let text = fold_short(line.text(source));
    let known = furniture.lines.contains(&text) || begins_with_any(&text, &furniture.begin);
    if (known || is_caption(&text, furniture) || is_time_stamp(&text)) && !is_occasion(&text) {
        line.dropped = Some(DroppedKind::Furniture);
    }
}

fn is_caption(text: &str, furniture: &Furniture) -> bool {
    text.chars().count() > 6 && contains_any(text, &furniture.caption) && ends_with_any(text, &furniture.caption_end)
}

/// A line like 2026-02-03 09:02:33.
fn is_time_stamp(text: &str) -> bool {
    text.len() >= 10
        && text.starts_with("20")
        && text.bytes().all(|b| b.is_ascii_digit() || b"-:/.".contains(&b))
        && text.bytes().filter(|&b| b == b'-' || b == b'/').count() == 2
}

/// A short line between two dropped ones at the very top is part of the same row of buttons (a breadcrumb's name).
fn drop_between(lines: &mut [Line], head: usize) {
    let Some(last_button) = lines[..head].iter().rposition(|l| l.dropped.is_some() && l.len() <= 6) else { return };
    if lines[..last_button].iter().all(|l| l.dropped.is_some()) {
        lines[..last_button].iter_mut().for_each(|l| l.dropped = Some(DroppedKind::Furniture));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::lines::lines;

    fn kept(text: &str) -> Vec<String> {
        let source = Source { text: text.into(), places: vec![] };
        let mut lines = lines(&source);
        drop_furniture(&mut lines, text);
        lines.iter().filter(|l| l.dropped.is_none()).map(|l| l.text(text).to_owned()).collect()
    }

    #[test]
    fn buttons_credits_and_captions_go() {
        let text = "下载\n打印\n【字号：\n加大\n】\n2031年甲省政府工作报告\n来源：甲省日报\n时间：2031-02-05\n省长 张三\n省长张三作政府工作报告。本报记者 李四摄\n各位代表：\n收藏了很多文物。\n相关报道：";
        assert_eq!(kept(text), ["2031年甲省政府工作报告", "省长 张三", "各位代表：", "收藏了很多文物。"]);
    }

    #[test]
    fn a_licence_at_the_end_goes_with_all_after_it() {
        let body = "推进改革".repeat(40);
        let text = format!("各位代表：\n{body}。\n本作品是中华人民共和国的\n法律\n、\nPublic domain\nfalse");
        assert_eq!(kept(&text), ["各位代表：".to_owned(), format!("{body}。")]);
    }
}
