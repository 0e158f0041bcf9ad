//! The main text of a saved web page: what a reader would read, without what the site puts around it.
//!
//! Finding it is `dom_smoothie`'s work. Before it a page is parsed in small pieces, so that one that nests or grows without end
//! is given up early: the parser's time grows with the square of the depth. After it stand the furniture rules of all texts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document as Dom, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use html5ever::tendril::TendrilSink;

use crate::{Place, Source, chars};

/// No browser nests deeper than this.
const DEEPEST: usize = 512;
/// A page of a government has some thousand nodes; with so many, nested as deep as allowed, five seconds are spent on it.
const MOST_NODES: usize = 200_000;
/// Bytes between two looks at what has been built.
const PIECE: usize = 1024;
/// Characters of running text that a page must have to be read.
const SHORTEST_TEXT: usize = 100;

/// Why a page could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    /// No running text stands on the page.
    #[error("no main text was found on the page; if a script draws it, copy the text from the browser and save it as .txt")]
    NoMainText,
    /// Its elements stand inside each other too deeply.
    #[error("its elements are nested more than {DEEPEST} deep; copy the text from the browser and save it as .txt")]
    TooDeep,
    /// The parser failed on it.
    #[error("the parser failed on it; copy the text from the browser and save it as .txt")]
    Parser,
    /// It has too many elements.
    #[error("it has more than {MOST_NODES} elements and texts; split it, or save its text as .txt")]
    TooLarge,
}

/// What a page says.
#[derive(Debug)]
pub(crate) struct Page {
    /// The main text.
    pub(crate) source: Source,
    /// The title of the article, which is often no part of the main text.
    pub(crate) title: Option<String>,
    /// The address that it was saved from.
    pub(crate) url: Option<String>,
    /// When it was published, ISO 8601.
    pub(crate) published: Option<String>,
}

/// Finds the main text of a page; places are its paragraphs.
pub(crate) fn extract(html: &str) -> Result<Page, HtmlError> {
    // The parser is not ours and takes hostile input: a panic in it is an error of this page, not of the build.
    catch_unwind(AssertUnwindSafe(|| main_text(html))).unwrap_or(Err(HtmlError::Parser))
}

fn main_text(html: &str) -> Result<Page, HtmlError> {
    let dom = parse(html)?;
    let (title, published) = (title(&dom), published(&dom));
    drop_lists_of_links(&dom);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(dom, None, Some(config)).and_then(|mut page| page.parse());
    let text = String::from(article.map_err(|_| HtmlError::NoMainText)?.text_content);
    if running_text(&text) < SHORTEST_TEXT {
        return Err(HtmlError::NoMainText);
    }
    let places = paragraphs(&text);
    Ok(Page { source: Source { text, places }, title, url: url(html), published })
}

fn parse(html: &str) -> Result<Dom, HtmlError> {
    let mut options = html5ever::ParseOpts::default();
    // What a page says to those without scripts is part of it.
    options.tree_builder.scripting_enabled = false;
    let mut parser = html5ever::parse_document(Dom::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(piece.into());
        rest = after;
        let dom = &parser.tokenizer.sink.sink;
        if dom.tree.len() > MOST_NODES {
            return Err(HtmlError::TooLarge);
        }
        if is_too_deep(dom) {
            return Err(HtmlError::TooDeep);
        }
    }
    Ok(parser.finish())
}

/// Whether the elements that are still open stand too deep: the last of the last, or what a table has pushed before itself.
fn is_too_deep(dom: &Dom) -> bool {
    const MOST_STEPS: usize = 40 * DEEPEST;
    let mut steps = 0;
    let mut open: Vec<(NodeRef, usize)> = vec![(dom.tree.root(), 0)];
    while let Some((mut node, mut depth)) = open.pop() {
        while let Some(last) = node.last_child() {
            (depth, steps) = (depth + 1, steps + 1);
            if depth > DEEPEST || steps > MOST_STEPS {
                return true;
            }
            if last.has_name("table")
                && let Some(before) = last.prev_sibling().filter(|before| !before.has_name("table"))
            {
                open.push((before, depth));
            }
            node = last;
        }
    }
    false
}

/// Lists of nothing but links are menus.
fn drop_lists_of_links(dom: &Dom) {
    let length = |node: &NodeRef| node.text().chars().filter(|c| !c.is_whitespace()).count();
    for list in dom.select("ul, ol, nav, footer").nodes() {
        let all = length(list);
        let links: usize = list.find(&["a"]).iter().chain(&list.find(&["li", "a"])).map(&length).sum();
        if list.has_name("nav") || list.has_name("footer") || (all > 0 && links * 10 >= all * 9) {
            list.remove_from_parent();
        }
    }
}

/// Characters in lines that hold a sentence.
fn running_text(text: &str) -> usize {
    let lines = text.lines().filter(|line| line.contains(['。', '；', '，']) && !line.contains("版权所有"));
    lines.flat_map(str::chars).filter(|&c| chars::is_han(c)).count()
}

/// The paragraphs of a text, by the place where each begins.
fn paragraphs(text: &str) -> Vec<(u32, Place)> {
    let mut at = 0;
    let mut places = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            places.push((at, Place::Node(places.len() as u32 + 1)));
        }
        at += line.len() as u32;
    }
    places
}

/// The title that the page names as its article's, or the longest part of its own title, without the name of the site.
fn title(dom: &Dom) -> Option<String> {
    let named = dom.select_single("meta[name=ArticleTitle i]").attr("content").map(|title| title.trim().to_owned());
    named.filter(|title| !title.is_empty()).or_else(|| {
        let title = dom.select_single("head title").text();
        let parts = title.split(['|', '_', '\n', '｜']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split("--"));
        parts.map(str::trim).max_by_key(|part| part.chars().count()).filter(|part| !part.is_empty()).map(str::to_owned)
    })
}

/// The date that government sites give for every article.
fn published(dom: &Dom) -> Option<String> {
    let date = dom.select_single("meta[name=PubDate i], meta[property='article:published_time']").attr("content")?;
    crate::date::iso_date(&date)
}

/// The address that browsers write at the top of a page they save.
fn url(html: &str) -> Option<String> {
    let top = chars::first(html, 2048);
    let from = top[top.find("<!-- saved from url=(")?..].split_once(')')?.1;
    let url = from[..from.find("-->")?].trim();
    (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAVIGATION: &str = "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li></ul></div>\
        <div class='crumb'>您当前所在位置：<a>首页</a> &gt; <a>政府工作报告</a></div>";
    const BUTTONS: &str = "<h1>2031年澜川省政府工作报告</h1><div class='info'><span>来源：澜川日报</span><span>【字号：<a>大</a> \
        <a>中</a> <a>小</a>】</span><a>打印</a><div class='share'>分享到：<a>微信</a></div></div>";
    const FOOT: &str = "<div class='footer'><p>主办：澜川省人民政府办公厅　版权所有　ICP备12345678号，网站地图。</p></div>";

    fn paragraphs_of_a_report() -> Vec<String> {
        let mut all: Vec<String> =
            ["——2031年1月20日在澜川省第十五届人民代表大会第一次会议上", "省长　张三", "各位代表："].map(str::to_owned).to_vec();
        for (heading, text) in [("一、2030年工作回顾", "地区生产总值增长5.6%，"), ("二、2031年目标任务", "城镇新增就业36万人以上，")]
        {
            all.push(heading.to_owned());
            all.extend((1..=4).map(|i| format!("{i}.{}。", text.repeat(6))));
        }
        all
    }

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<!-- saved from url=(0031)https://www.lanchuan.example/1.html -->\n<html><head><meta charset='utf-8'>\
             <title>2031年澜川省政府工作报告 - 澜川省人民政府</title><meta name='PubDate' content='2031-01-25 10:00:00'></head>\
             <body>{NAVIGATION}{BUTTONS}{body}{FOOT}</body></html>"
        )
    }

    #[test]
    fn pages_of_every_style_give_the_text_and_nothing_around_it() {
        let wrap = |before: &str, after: &str| paragraphs_of_a_report().iter().map(|p| format!("{before}{p}{after}")).collect::<String>();
        for body in [
            format!("<div class='TRS_Editor'>{}</div>", wrap("<p>　　", "</p>")),
            format!("<div id='zoom'>{}</div>", wrap("<div>&nbsp;&nbsp;", "</div>")),
            format!("<div>{}</div>", wrap("　　", "<br><br>")),
            format!("<div>{}</div>", wrap("", "<br/>")),
            format!("<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>", wrap("<p><span><font>", "</font></span></p>")),
        ] {
            let found = extract(&page(&body)).unwrap();
            let lines: Vec<String> = found.source.text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
            assert_eq!(lines, paragraphs_of_a_report().iter().map(|p| p.replace('　', " ")).collect::<Vec<_>>(), "{body}");
            assert_eq!(found.title.as_deref(), Some("2031年澜川省政府工作报告"));
            assert_eq!(found.published.as_deref(), Some("2031-01-25"));
            assert_eq!(found.url.as_deref(), Some("https://www.lanchuan.example/1.html"));
        }
    }

    #[test]
    fn a_place_is_a_paragraph() {
        let body: String = paragraphs_of_a_report().iter().map(|p| format!("<p>{p}</p>")).collect();
        let source = extract(&page(&body)).unwrap().source;
        assert_eq!(source.places.len(), paragraphs_of_a_report().len());
        let third = source.places[2];
        assert_eq!(third.1, Place::Node(3));
        assert!(source.text[third.0 as usize..].starts_with("各位代表"));
    }

    #[test]
    fn a_page_without_main_text_is_refused() {
        let list: String = (1..30).map(|i| format!("<li><a href='{i}'>{i}县政府工作报告发布，推进高质量发展。</a></li>")).collect();
        for body in [
            "<div id='app'></div><script>var text='各位代表，现在报告工作。';</script>".to_owned(),
            format!("<ul>{list}</ul>"),
            String::new(),
        ] {
            assert_eq!(extract(&page(&body)).unwrap_err(), HtmlError::NoMainText, "{body}");
        }
        assert_eq!(extract("").unwrap_err(), HtmlError::NoMainText);
    }

    #[test]
    fn nesting_without_end_is_refused_early() {
        for open in ["<div>", "<table><tr><td>", "<table><div>", "<span><div></span></div>", "<b a={}><p>", "<svg><g>", "<ul><li>"] {
            let deep: String = (0..20_000).map(|i| open.replace("{}", &i.to_string())).collect();
            assert!(matches!(extract(&page(&deep)), Err(HtmlError::TooDeep | HtmlError::TooLarge | HtmlError::NoMainText)), "{open}");
        }
        let wide = "<p>甲</p>".repeat(MOST_NODES / 2);
        assert_eq!(extract(&page(&wide)).unwrap_err(), HtmlError::TooLarge);
    }

    #[test]
    fn a_page_that_ends_in_the_middle_is_read_as_far_as_it_goes() {
        let body: String = paragraphs_of_a_report().iter().map(|p| format!("<p>{p}</p>")).collect();
        let whole = page(&format!("<div>{body}"));
        let cut = &whole[..whole.floor_char_boundary(whole.len() * 3 / 4)];
        assert!(extract(cut).unwrap().source.text.contains("一、2030年工作回顾"));
    }
}
