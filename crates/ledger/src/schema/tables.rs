//! The tables, their columns, and what each column means in English and Chinese.

use pledgebook_lexicon::{
    Aggregate, Bound, Claimed, Confidence, Direction, DocumentKind, Horizon, Level, Measure, Mode, PledgeKind, Relation, Role,
};

use super::{Column, Table, Words, reconciled};
use crate::Edition;

pub(super) const fn column(name: &'static str, sql: &'static str, en: &'static str, zh: &'static str) -> Column {
    Column { name, sql, en, zh, words: Words::Free }
}

pub(super) const fn yes_no(name: &'static str, en: &'static str, zh: &'static str) -> Column {
    Column { name, sql: "INTEGER NOT NULL DEFAULT 0", en, zh, words: Words::YesNo }
}

macro_rules! coded {
    ($name:literal, $sql:literal, $terms:ident, $en:literal, $zh:literal) => {
        Column { name: $name, sql: $sql, en: $en, zh: $zh, words: Words::Terms(|| $terms::ALL.iter().map(|term| term.as_str()).collect()) }
    };
}

pub(super) use coded;

const DOCUMENT: Column =
    column("document", "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE", "id of the document in which it stands", "所在文献编号");
const PASSAGE: Column = column("passage", "INTEGER", "number of its passage in the document, from 0", "所在段落序号（自0起）");
const START: Column =
    column("start", "INTEGER NOT NULL", "where it starts in the source text, in UTF-8 bytes", "在源文本中的起点（UTF-8字节）");
const END: Column = column("end", "INTEGER NOT NULL", "where it ends in the source text, in UTF-8 bytes", "在源文本中的终点（UTF-8字节）");
const PLACE: Column = column(
    "place",
    "TEXT NOT NULL",
    "where a person would look: line of a text, page of a PDF, paragraph of a DOCX, node of a web page",
    "人工查找位置：行、页、段或节点",
);
const RULES: Column = column("rules", "TEXT NOT NULL", "the rules that made it, in order, a space between", "所用规则（依次，空格分隔）");
const INDICATOR: Column = column("indicator", "TEXT", "id of the indicator that the label names", "指标代码");
pub(super) const AREA: Column = column(
    "area",
    "TEXT",
    "GB/T 2260 code of the issuer's area, CN for the nation, its name where it has no code",
    "地区代码（GB/T 2260，全国为CN，无代码者用名称）",
);
pub(super) const AREA_NAME: Column = column("area_name", "TEXT", "full name of the area", "地区名称");
pub(super) const LEVEL: Column = coded!("level", "TEXT", Level, "level of government", "政府层级");
const YEAR: Column = column("year", "INTEGER", "the year the report is for: that of its goals", "报告年度（目标所属年份）");
const READER: Column = column("reader", "TEXT", "version of the program that read it", "读取程序版本");
const LEXICON: Column = column("lexicon", "TEXT", "hash of the user's own lexicon files, or built-in", "词库摘要值（built-in为内置）");
const SETTINGS: Column = column("settings", "TEXT", "hash of the pledgebook.toml that was in force, or none", "配置摘要值（none为无）");

/// Every table, in an order in which each refers only to earlier ones or to itself.
pub const TABLES: &[Table] = &[
    Table {
        name: "files",
        en: "Every input, failed ones too",
        zh: "全部输入文件（含读取失败者）",
        columns: &[
            column("id", "INTEGER PRIMARY KEY", "number of the file in this ledger", "文件序号"),
            column("corpus", "TEXT NOT NULL", "the folder that was built from", "所属语料目录"),
            column("path", "TEXT NOT NULL", "the path below that folder, / between its parts", "相对路径"),
            column("bytes", "INTEGER", "size when it was read", "读取时的字节数"),
            column(
                "mtime",
                "INTEGER",
                "when it was last modified, nanoseconds since 1970; null asks for a new reading",
                "修改时间（1970年起纳秒；空则重读）",
            ),
            column("sha256", "TEXT", "SHA-256 of its bytes; null until it has been read to its end", "文件的SHA-256（未读完则空）"),
            READER,
            LEXICON,
            SETTINGS,
            column("read_at", "TEXT", "when it was read, UTC", "读取时间（UTC）"),
            column("error", "TEXT", "why it could not be read", "未能读取的原因"),
        ],
        constraints: "UNIQUE (corpus, path)",
        indexes: &["CREATE INDEX files_sha256 ON files(sha256)"],
    },
    Table {
        name: "holders",
        en: "Where each text was found: a file, a member of an archive, a row of a table; those that could not be read too",
        zh: "每篇文本的载体：文件、压缩包成员或表格行（含读取失败者）",
        columns: &[
            column("file", "INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE", "the file", "文件序号"),
            column("ordinal", "INTEGER NOT NULL", "its number in the file, from 0", "在文件中的次序（自0起）"),
            column("member", "TEXT", "path inside the archive", "压缩包内路径"),
            column("row", "INTEGER", "row of the table, from 1, the header not counted", "表格行号（自1起，不计表头）"),
            column("sha256", "TEXT", "SHA-256 of the file's or member's bytes, or of the cell's text in UTF-8", "载体内容的SHA-256"),
            column("url", "TEXT", "where the text was found, by its table", "文本网址（表格所载）"),
            column("published", "TEXT", "when it was published, by its table", "发布日期（表格所载）"),
            column("error", "TEXT", "why it could not be read", "未能读取的原因"),
        ],
        constraints: "PRIMARY KEY (file, ordinal)",
        indexes: &["CREATE INDEX holders_sha256 ON holders(sha256)"],
    },
    Table {
        name: "reports",
        en: "A report is what one area issued for one year in one kind; it may be there in several documents",
        zh: "报告：同一地区、年度、文种，可有多个文本",
        columns: &[
            column("id", "TEXT PRIMARY KEY NOT NULL", "area, year and kind: 360000-2025-work_report", "报告编号（地区-年度-文种）"),
            column("area", "TEXT NOT NULL", AREA.en, AREA.zh),
            AREA_NAME,
            LEVEL,
            column("year", "INTEGER NOT NULL", YEAR.en, YEAR.zh),
            coded!("kind", "TEXT NOT NULL", DocumentKind, "kind of document", "文种"),
            yes_no(
                "settled",
                "whether its editions are up to date; a build that was cut short leaves 0",
                "版本是否已判定（构建中断时为0）",
            ),
        ],
        constraints: "UNIQUE (area, year, kind)",
        indexes: &["CREATE INDEX reports_unsettled ON reports(id) WHERE NOT settled"],
    },
    Table {
        name: "documents",
        en: "One text in what holds it",
        zh: "文献：载体中的一篇文本",
        columns: &[
            column(
                "id",
                "TEXT PRIMARY KEY NOT NULL",
                "16 hex digits of the holder's SHA-256, then .2, .3 for further documents in it",
                "文献编号（载体SHA-256前16位，其后文献加.2、.3）",
            ),
            column("sha256", "TEXT NOT NULL", "SHA-256 of what holds it: holders.sha256", "载体的SHA-256"),
            column("ordinal", "INTEGER NOT NULL", "its number in the holder, from 1", "在载体中的次序（自1起）"),
            column(
                "report",
                "TEXT REFERENCES reports(id)",
                "the report it belongs to; null where area, year or kind is not known",
                "所属报告编号（地区、年度或文种不明则空）",
            ),
            coded!(
                "edition",
                "TEXT",
                Edition,
                "which edition of the report; null where it shares too little text with the preferred one",
                "版本（与首选文本相同文字过少则空）"
            ),
            yes_no("preferred", "whether it is the edition that panels use", "是否首选文本"),
            coded!("kind", "TEXT", DocumentKind, "kind of document", "文种"),
            column("title", "TEXT", "title as printed", "标题"),
            AREA,
            AREA_NAME,
            LEVEL,
            YEAR,
            column("date", "TEXT", "when it was delivered or decided, ISO 8601", "作报告或通过日期"),
            column("speaker", "TEXT", "who delivered it", "报告人"),
            column("office", "TEXT", "the speaker's office", "报告人职务"),
            column("assembly", "TEXT", "the assembly that heard it", "会议届次"),
            column("session", "TEXT", "its session", "会议次数"),
            column("decision", "TEXT", "of a resolution: what was decided", "决议的决定"),
            column(
                "linked",
                "TEXT",
                "id of the document of the same holder that this one decides on, or that decides on it",
                "同一载体中与之对应的决议或报告",
            ),
            START,
            END,
            column("characters", "INTEGER NOT NULL", "length of its text in characters, white space left out", "字数（不计空白）"),
            column("warnings", "TEXT NOT NULL", "JSON: what to know before relying on it (code, message, at)", "使用提示（JSON）"),
            column(
                "dropped",
                "TEXT NOT NULL",
                "JSON: what of the source is not in the text (start, end, what)",
                "未收入正文的源文本（JSON）",
            ),
            column(
                "sketch",
                "BLOB NOT NULL",
                "sample of its shingles, by which editions are matched: 32-bit hashes, little-endian, ascending",
                "文字指纹（用于版本比对）",
            ),
            column("fingerprint", "TEXT NOT NULL", "hash of the reader, the lexicon and the meta it was read with", "读取条件摘要值"),
        ],
        constraints: "",
        indexes: &[
            "CREATE INDEX documents_sha256 ON documents(sha256)",
            "CREATE INDEX documents_report ON documents(report)",
            "CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN DELETE FROM reconciled WHERE area = new.area; END",
            "CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN DELETE FROM reconciled WHERE area = old.area; END",
            "CREATE TRIGGER documents_new AFTER UPDATE OF report, preferred, area, year, kind ON documents \
             BEGIN DELETE FROM reconciled WHERE area IN (old.area, new.area); END",
        ],
    },
    Table {
        name: "sections",
        en: "Parts of a document under a heading",
        zh: "章节",
        columns: &[
            DOCUMENT,
            column("section", "INTEGER NOT NULL", "its number in the document, from 0", "章节序号（自0起）"),
            START,
            END,
            PLACE,
            column("title", "TEXT NOT NULL", "the heading, its number included", "章节标题"),
            column(
                "level",
                "INTEGER NOT NULL",
                "1 for 一、, 2 for （一）, 3 for 1. or 一是, 4 for ——; 0 for an unnumbered heading above these",
                "层次",
            ),
            coded!("role", "TEXT NOT NULL", Role, "what it is for", "章节作用"),
            column("parent", "INTEGER", "number of the section that holds it", "上级章节序号"),
        ],
        constraints: "PRIMARY KEY (document, section)",
        indexes: &[],
    },
    Table {
        name: "passages",
        en: "Paragraphs, list items, headings after lines are rejoined",
        zh: "段落",
        columns: &[
            column(
                "id",
                "INTEGER PRIMARY KEY",
                "its number in the ledger and in the search index; another after every new reading",
                "段落编号（重读后改变）",
            ),
            DOCUMENT,
            column("passage", "INTEGER NOT NULL", "its number in the document, from 0", "段落序号（自0起）"),
            column("section", "INTEGER", "number of its section", "所属章节序号"),
            START,
            END,
            PLACE,
            column("kind", "TEXT NOT NULL", "title, heading, salutation or body", "段落类型"),
            coded!("role", "TEXT NOT NULL", Role, "what it is for", "段落作用"),
            column("text", "TEXT NOT NULL", "its text in the original script", "正文"),
        ],
        constraints: "UNIQUE (document, passage)",
        indexes: &[],
    },
    Table {
        name: "pledges",
        en: "Every pledge",
        zh: "承诺",
        columns: &[
            column("id", "TEXT PRIMARY KEY NOT NULL", "document id, p, start, a point, ordinal", "承诺编号"),
            DOCUMENT,
            PASSAGE,
            START,
            END,
            PLACE,
            column(
                "position",
                "INTEGER NOT NULL",
                "where it begins in the text of its passage, in characters from 0",
                "在段落中的起始字位（自0起）",
            ),
            column("ordinal", "INTEGER NOT NULL", "its number among the pledges that start here, from 1", "同一起点承诺的次序（自1起）"),
            column("quote", "TEXT NOT NULL", "its text", "原文"),
            coded!("kind", "TEXT NOT NULL", PledgeKind, "number, relative, qualitative, absent or task", "承诺类型"),
            yes_no("headline", "whether it stands in the paragraph of the year's main expected goals", "是否主要预期目标"),
            column("label", "TEXT NOT NULL", "what is promised, in the words of the text", "目标名称（原文用语）"),
            INDICATOR,
            column("period", "TEXT NOT NULL", "the time it is promised for", "目标所属时期"),
            coded!("horizon", "TEXT NOT NULL", Horizon, "for the year or for the span of a plan", "年度或规划期"),
            column(
                "low",
                "REAL",
                "the number of its first figure in base units, or the lower end of a range; null for a task",
                "目标值（区间下限）",
            ),
            column("high", "REAL", "the same, or the upper end", "目标值（区间上限）"),
            column("unit", "TEXT", "its unit", "单位"),
            coded!("bound", "TEXT", Bound, "how the text bounds it", "数值界限"),
            coded!("measure", "TEXT", Measure, "what kind of quantity it is", "计量方式"),
            coded!("direction", "TEXT NOT NULL", Direction, "which way it goes", "方向"),
            yes_no("stretch", "whether the first figure is itself a stretch", "是否力争值"),
            column("stretch_low", "REAL", "of a dual goal: the better number", "力争值（下限）"),
            column("stretch_high", "REAL", "the same, or the upper end of its range", "力争值（上限）"),
            column("stretch_text", "TEXT", "an open stretch as written", "力争表述（原文）"),
            coded!("relation", "TEXT", Relation, "of a relative pledge: how it stands to its reference", "相对关系"),
            column("reference", "TEXT", "of a relative pledge: the reference", "参照对象"),
            column("hedge", "TEXT", "力争, 努力, … as written", "留有余地的用语（原文）"),
            column("actions", "TEXT NOT NULL", "of a task: its verbs, a semicolon between", "任务动作"),
            column("objects", "TEXT NOT NULL", "of a task: what each verb acts on, as many, a semicolon between", "任务对象"),
            column("lead", "TEXT", "of a task: the unit in the lead", "牵头单位"),
            column("deadline", "TEXT NOT NULL", "of a task: the deadline as a period, or empty", "完成时限"),
            column("repeats", "TEXT", "id of the first pledge of the same goal", "首次出现的同一承诺"),
            RULES,
        ],
        constraints: "",
        indexes: &["CREATE INDEX pledges_document ON pledges(document, passage)"],
    },
    Table {
        name: "figures",
        en: "Every figure",
        zh: "数字",
        columns: &[
            column("id", "TEXT PRIMARY KEY NOT NULL", "document id, f, start", "数字编号"),
            DOCUMENT,
            PASSAGE,
            column(
                "pledge",
                "TEXT REFERENCES pledges(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
                "the pledge that carries it",
                "所属承诺编号",
            ),
            START,
            END,
            PLACE,
            column(
                "position",
                "INTEGER NOT NULL",
                "where raw begins in the text of its passage, in characters from 0",
                "在段落中的起始字位（自0起）",
            ),
            column("raw", "TEXT NOT NULL", "number, multiplier and unit as written", "数字原文"),
            column("quote", "TEXT NOT NULL", "the clause it was read from", "所在分句"),
            column("low", "REAL NOT NULL", "the number in base units, or the lower end of a range", "数值（区间下限）"),
            column("high", "REAL NOT NULL", "the same, or the upper end", "数值（区间上限）"),
            column("unit", "TEXT NOT NULL", "percent, pp, CNY, USD, person, item, … or other: and the word as written", "单位"),
            coded!("bound", "TEXT NOT NULL", Bound, "how the text bounds it", "数值界限"),
            yes_no("stretch", "whether it is the second, better figure of a dual goal", "是否力争值"),
            column("label", "TEXT NOT NULL", "what is measured, in the words of the text", "指标名称（原文用语）"),
            INDICATOR,
            coded!("measure", "TEXT NOT NULL", Measure, "what kind of quantity it is", "计量方式"),
            coded!("direction", "TEXT NOT NULL", Direction, "which way a growth, change or gap goes", "增减方向"),
            coded!("mode", "TEXT NOT NULL", Mode, "whether it is so, aimed at, or something else", "实绩、目标或其他"),
            column("period", "TEXT NOT NULL", "2024, 2021/2025, 2024-H1, 2024-Q3, 2024-06, or empty", "所属时期"),
            yes_no("average", "whether it is a yearly average", "是否年均"),
            coded!("aggregate", "TEXT NOT NULL", Aggregate, "how it sums up its period", "期内汇总方式"),
            column("reference", "TEXT", "what a gap, rank or multiple is measured against", "比较对象"),
            column("basis", "TEXT NOT NULL", "real, nominal, same_scope, excluding: and the words, unstated", "口径"),
            yes_no("estimate", "whether it is an estimate", "是否预计数"),
            column("hedge", "TEXT", "力争, 努力, … as written", "留有余地的用语（原文）"),
            column(
                "area",
                "TEXT",
                "the part of the area that it speaks of, or the nation, when not the issuer's own",
                "所指地区（非本地区全域时）",
            ),
            coded!("confidence", "TEXT NOT NULL", Confidence, "whether the coding rests on a firm rule", "可信度"),
            column("reason", "TEXT", "why it is low", "可信度低的原因"),
            RULES,
            yes_no("checked", "whether a person held it against the text and found it right", "是否经人工核对无误"),
        ],
        constraints: "",
        indexes: &[
            "CREATE INDEX figures_document ON figures(document, passage)",
            "CREATE INDEX figures_pledge ON figures(pledge) WHERE pledge IS NOT NULL",
        ],
    },
    Table {
        name: "claims",
        en: "What a government says of its own goals",
        zh: "政府对自身目标的说法",
        columns: &[
            column("id", "TEXT PRIMARY KEY NOT NULL", "document id, c, start", "说法编号"),
            DOCUMENT,
            PASSAGE,
            START,
            END,
            PLACE,
            column(
                "position",
                "INTEGER NOT NULL",
                "where it begins in the text of its passage, in characters from 0",
                "在段落中的起始字位（自0起）",
            ),
            column("quote", "TEXT NOT NULL", "its text", "原文"),
            column("label", "TEXT NOT NULL", "which goal", "目标名称（原文用语）"),
            INDICATOR,
            coded!("claimed", "TEXT NOT NULL", Claimed, "what it says became of the goal", "自称的完成情况"),
            RULES,
        ],
        constraints: "",
        indexes: &["CREATE INDEX claims_document ON claims(document, passage)"],
    },
    reconciled::STATISTICS,
    reconciled::RECONCILED,
    reconciled::VERDICTS,
    reconciled::PANEL,
    reconciled::TASK_STATES,
    Table {
        name: "corrections",
        en: "What people put right; these rows survive every build",
        zh: "人工更正（任何重建均保留）",
        columns: &[
            column(
                "id",
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "number of the correction; of two to the same field the later counts",
                "更正序号（同一字段以后者为准）",
            ),
            column("target", "TEXT NOT NULL", "figure, pledge or document", "更正对象"),
            AREA,
            YEAR,
            coded!("kind", "TEXT", DocumentKind, "kind of document", "文种"),
            column(
                "raw",
                "TEXT NOT NULL",
                "of a figure: its core as written; of a pledge: its label; of a document: empty",
                "数字原文或承诺名称",
            ),
            column("quote", "TEXT NOT NULL", "the text it was read from; of a document: its longest passage", "所在原文"),
            column("before", "TEXT NOT NULL", "20 characters before (of a figure: before raw; of a pledge: before the quote)", "前20字"),
            column("after", "TEXT NOT NULL", "20 characters after", "后20字"),
            column("ordinal", "INTEGER NOT NULL", "of pledges that start at one place: which, from 1", "同一起点承诺的次序"),
            column("field", "TEXT NOT NULL", "the column that is put right", "更正字段"),
            column("value", "TEXT", "the right value; null says that the text gives none", "更正后的值"),
            column("who", "TEXT NOT NULL", "who made it", "更正人"),
            column("made_at", "TEXT NOT NULL", "when, UTC", "更正时间（UTC）"),
            column("why", "TEXT NOT NULL", "why", "更正理由"),
        ],
        constraints: "",
        indexes: &["CREATE INDEX corrections_report ON corrections(area, year, kind)"],
    },
    Table {
        name: "corrected",
        en: "Where each correction found its place, and the value that was read there",
        zh: "更正的落实位置及原读取值",
        columns: &[
            column("correction", "INTEGER NOT NULL REFERENCES corrections(id) ON DELETE CASCADE", "the correction", "更正序号"),
            DOCUMENT,
            column("item", "TEXT NOT NULL", "id of the figure, pledge or document", "被更正条目编号"),
            column("was", "TEXT", "the value as read", "原读取值"),
        ],
        constraints: "PRIMARY KEY (correction, item)",
        indexes: &[
            "CREATE INDEX corrected_document ON corrected(document)",
            "CREATE TRIGGER corrected_in AFTER INSERT ON corrected \
             BEGIN DELETE FROM reconciled WHERE area = (SELECT area FROM documents WHERE id = new.document); END",
        ],
    },
    Table {
        name: "runs",
        en: "Every build",
        zh: "历次构建",
        columns: &[
            column("id", "INTEGER PRIMARY KEY", "number of the run", "构建序号"),
            column("started", "TEXT NOT NULL", "when it began, UTC", "开始时间（UTC）"),
            column("finished", "TEXT", "when it ended; null when it was cut short", "结束时间（中断则空）"),
            READER,
            LEXICON,
            column("read", "INTEGER", "files read", "读取文件数"),
            column("skipped", "INTEGER", "files that had not changed", "未变而略过的文件数"),
            column("failed", "INTEGER", "files and texts that could not be read", "读取失败数"),
            column("removed", "INTEGER", "files that had vanished", "已消失的文件数"),
            column("figures", "INTEGER", "figures in the ledger at its end", "结束时的数字总数"),
            column("pledges", "INTEGER", "pledges in the ledger at its end", "结束时的承诺总数"),
            column("seconds", "REAL", "how long it took", "用时（秒）"),
        ],
        constraints: "",
        indexes: &[],
    },
    Table {
        name: "columns",
        en: "What every column of this ledger means",
        zh: "字段说明",
        columns: &[
            column("table_name", "TEXT NOT NULL", "table or view", "表名"),
            column("column_name", "TEXT NOT NULL", "column", "字段名"),
            column("en", "TEXT NOT NULL", "what it means, in English", "英文说明"),
            column("zh", "TEXT NOT NULL", "what it means, in Chinese", "中文说明"),
        ],
        constraints: "PRIMARY KEY (table_name, column_name)",
        indexes: &[],
    },
];
