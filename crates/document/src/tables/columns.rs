//! Which column holds what, by its name.

use crate::date;
use crate::rules::fold_short;
use crate::{Meta, Options};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Text,
    Title,
    Year,
    Province,
    City,
    County,
    Url,
    Date,
    Published,
}

/// The usual names, the surest first. Names are compared in lower case, without spaces, hyphens and underscores.
const NAMES: [(Column, &[&str]); 9] = [
    (Column::Text, &["fulltext", "text", "content", "正文", "全文", "内容", "报告全文", "报告内容", "正文内容", "文本", "body"]),
    (Column::Title, &["title", "标题", "题目", "报告标题", "文件名称"]),
    (Column::Year, &["year", "年份", "年度", "报告年份", "reportyear", "年"]),
    (Column::Province, &["province", "area", "地区", "省份", "省", "region", "areacode", "地区代码", "行政区划代码", "省市", "省级"]),
    (Column::City, &["city", "城市", "地级市", "市", "prefecture", "地市"]),
    (Column::County, &["county", "区县", "县", "县区", "district", "县市区"]),
    (Column::Url, &["sourceurl", "url", "link", "链接", "网址", "来源网址", "来源链接"]),
    (Column::Date, &["date", "日期", "会议日期", "会议时间", "deliverydate"]),
    (Column::Published, &["publishdate", "pubdate", "published", "发布日期", "发布时间", "publishtime", "publicationdate"]),
];

/// Finds what a column holds and how sure its name is (0: named by the user).
pub(super) fn column(name: &str, options: &Options) -> Option<(Column, usize)> {
    let name = normal(name);
    let given = &options.columns;
    let named = [
        (Column::Text, &given.text),
        (Column::Title, &given.title),
        (Column::Year, &given.year),
        (Column::Province, &given.area),
        (Column::Url, &given.url),
        (Column::Date, &given.date),
        (Column::Published, &given.published),
    ];
    let is_named = |&&(_, given): &&(Column, &Option<String>)| given.as_deref().is_some_and(|g| normal(g) == name);
    if let Some(&(column, _)) = named.iter().find(is_named) {
        return Some((column, 0));
    }
    NAMES.iter().find_map(|(column, names)| Some((*column, names.iter().position(|n| *n == name)? + 1)))
}

fn normal(name: &str) -> String {
    let folded = fold_short(name.trim_start_matches('\u{FEFF}'));
    folded.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// What a row says, by column. Where two columns hold the same thing the surer name counts, and an empty cell nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// The text of the document.
    pub(crate) text: String,
    cells: Vec<(Column, usize, String)>,
}

impl Row {
    /// Takes a cell in.
    pub(super) fn put(&mut self, column: Column, rank: usize, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match self.cells.iter_mut().find(|(c, ..)| *c == column) {
            Some(cell) if cell.1 > rank => *cell = (column, rank, value),
            Some(_) => {}
            None => self.cells.push((column, rank, value)),
        }
    }

    /// The row when all its cells are in; none without a text.
    pub(super) fn finish(mut self) -> Option<Row> {
        let at = self.cells.iter().position(|(c, ..)| *c == Column::Text)?;
        self.text = self.cells.swap_remove(at).2;
        Some(self)
    }

    fn cell(&self, column: Column) -> Option<&str> {
        self.cells.iter().find(|(c, ..)| *c == column).map(|(.., value)| value.trim())
    }

    /// Where the text was found.
    pub(crate) fn url(&self) -> Option<String> {
        self.cell(Column::Url).map(str::to_owned)
    }

    /// When the text was published, ISO 8601.
    pub(crate) fn published(&self) -> Option<String> {
        self.cell(Column::Published).and_then(date::iso_date)
    }

    /// Who reported, when, as the columns say.
    pub(crate) fn meta(&self) -> Meta {
        let mut meta = Meta { title: self.cell(Column::Title).map(str::to_owned), ..Meta::default() };
        meta.date = self.cell(Column::Date).and_then(date::iso_date);
        let year = self.cell(Column::Year).map(fold_short);
        meta.year =
            year.and_then(|y| date::year_in_name(&y).or_else(|| date::find_year(&y)).or_else(|| date::find_year(&format!("{y}年"))));
        let place: String =
            [Column::Province, Column::City, Column::County].into_iter().filter_map(|c| self.cell(c)).map(fold_short).collect();
        crate::area::set_named(&mut meta, &place);
        meta
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_usual_names_and_by_given_ones() {
        let mut options = Options::default();
        let of = |name: &str, options: &Options| column(name, options).map(|(c, _)| c);
        for (name, meant) in [
            ("\u{FEFF}province", Some(Column::Province)),
            ("Full_Text", Some(Column::Text)),
            (" full-text", Some(Column::Text)),
            ("正文", Some(Column::Text)),
            ("標題", Some(Column::Title)),
            ("年份", Some(Column::Year)),
            ("城市", Some(Column::City)),
            ("publish_date", Some(Column::Published)),
            ("id", None),
        ] {
            assert_eq!(of(name, &options), meant, "{name}");
        }
        options.columns.text = Some("报告 正文".into());
        assert_eq!(column("报告正文", &options), Some((Column::Text, 0)));
    }

    #[test]
    fn the_cells_say_who_and_when() {
        let row = |cells: &[(Column, &str)]| {
            let mut row = Row::default();
            cells.iter().for_each(|(column, value)| row.put(*column, 1, (*value).to_owned()));
            row.meta()
        };
        let meta = row(&[(Column::Province, "江西省"), (Column::City, "宜春市"), (Column::Year, "2025.0")]);
        assert_eq!((meta.area.as_deref(), meta.year), (Some("360900"), Some(2025)));
        assert_eq!(row(&[(Column::Province, "360000")]).area_name.as_deref(), Some("江西省"));
        assert_eq!(row(&[(Column::Year, "二〇二六")]).year, Some(2026));
        let invented = row(&[(Column::Province, "甲乙省")]);
        assert_eq!((invented.area, invented.area_name.as_deref()), (None, Some("甲乙省")));
        assert_eq!(invented.level, Some(pledgebook_lexicon::Level::Province));
    }
}
