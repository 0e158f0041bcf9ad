//! The views for the common questions.

use super::View;
use super::ViewColumn::{As, Own, Same};

/// The file that a document was read from; of several, the first by path.
macro_rules! source {
    ($document:literal) => {
        concat!(
            "(SELECT f.path || coalesce(':' || h.member, '') || coalesce(':' || h.row, '') FROM holders h JOIN files f ON f.id = h.file ",
            "WHERE h.sha256 = ",
            $document,
            ".sha256 ORDER BY f.corpus, f.path, h.ordinal LIMIT 1)"
        )
    };
}

/// Every view, in an order in which each refers only to tables and earlier views.
pub const VIEWS: &[View] = &[
    View {
        name: "goals",
        en: "The headline goals of every report, from its preferred document, each goal once",
        zh: "各报告的主要预期目标（取首选文本，重复不计）",
        sql: concat!(
            "SELECT d.report, d.area, d.area_name, d.level, d.year, p.id AS pledge, p.kind, p.label, p.indicator, p.period, p.horizon,\n",
            "  p.low, p.high, p.unit, p.bound, p.measure, p.direction, p.stretch, p.stretch_low, p.stretch_high, p.stretch_text,\n",
            "  p.relation, p.reference, p.hedge,\n",
            "  coalesce((SELECT f.quote FROM figures f WHERE f.pledge = p.id AND p.kind = 'number' ORDER BY f.stretch, f.start LIMIT 1), p.quote) AS quote, ",
            source!("d"),
            " AS source, p.place\n",
            "FROM documents d JOIN pledges p ON p.document = d.id\n",
            "WHERE d.preferred AND p.headline AND p.repeats IS NULL"
        ),
        columns: &[
            Same("documents", "report"),
            Same("documents", "area"),
            Same("documents", "area_name"),
            Same("documents", "level"),
            Same("documents", "year"),
            As("pledge", ("pledges", "id"), "id of the pledge", "承诺编号"),
            Same("pledges", "kind"),
            Same("pledges", "label"),
            Same("pledges", "indicator"),
            Same("pledges", "period"),
            Same("pledges", "horizon"),
            Same("pledges", "low"),
            Same("pledges", "high"),
            Same("pledges", "unit"),
            Same("pledges", "bound"),
            Same("pledges", "measure"),
            Same("pledges", "direction"),
            Same("pledges", "stretch"),
            Same("pledges", "stretch_low"),
            Same("pledges", "stretch_high"),
            Same("pledges", "stretch_text"),
            Same("pledges", "relation"),
            Same("pledges", "reference"),
            Same("pledges", "hedge"),
            Own("quote", "the clause with its number, or the goal in words", "目标原文（分句）"),
            Own("source", "file it was read from, with member and row; of several, the first", "来源文件（多个时取首个）"),
            Same("pledges", "place"),
        ],
    },
    View {
        name: "outcomes",
        en: "What every report says has been reached, from its preferred document",
        zh: "各报告所述实绩（取首选文本）",
        sql: concat!(
            "SELECT d.report, d.kind AS report_kind, d.area, d.area_name, d.level, d.year, f.id AS figure, f.label, f.indicator, f.period,\n",
            "  f.low, f.high, f.unit, f.bound, f.measure, f.direction, f.average, f.aggregate, f.reference, f.basis, f.estimate,\n",
            "  f.area AS part, f.confidence, f.raw, f.quote, ",
            source!("d"),
            " AS source, f.place\n",
            "FROM documents d JOIN figures f ON f.document = d.id\n",
            "WHERE d.preferred AND f.mode = 'outcome'"
        ),
        columns: &[
            Same("documents", "report"),
            As("report_kind", ("documents", "kind"), "kind of document", "文种"),
            Same("documents", "area"),
            Same("documents", "area_name"),
            Same("documents", "level"),
            Same("documents", "year"),
            As("figure", ("figures", "id"), "id of the figure", "数字编号"),
            Same("figures", "label"),
            Same("figures", "indicator"),
            Same("figures", "period"),
            Same("figures", "low"),
            Same("figures", "high"),
            Same("figures", "unit"),
            Same("figures", "bound"),
            Same("figures", "measure"),
            Same("figures", "direction"),
            Same("figures", "average"),
            Same("figures", "aggregate"),
            Same("figures", "reference"),
            Same("figures", "basis"),
            Same("figures", "estimate"),
            As(
                "part",
                ("figures", "area"),
                "the part of the area that it speaks of, or the nation, when not the issuer's own",
                "所指地区（非本地区全域时）",
            ),
            Same("figures", "confidence"),
            Same("figures", "raw"),
            Same("figures", "quote"),
            Own("source", "file it was read from, with member and row; of several, the first", "来源文件（多个时取首个）"),
            Same("figures", "place"),
        ],
    },
    View {
        name: "panel",
        en: "Each headline goal with a number beside what the next year's work report gives for the same indicator, measure, unit and year \
             (the first such figure; null where there is none)",
        zh: "主要预期目标与次年工作报告所载实绩对照",
        sql: "SELECT g.area, g.area_name, g.level, g.year, g.indicator, g.measure, g.label, g.bound, g.low, g.high, g.unit, g.direction,\n\
              \x20 g.stretch_low, g.stretch_high, g.quote, o.bound AS outcome_bound, o.low AS outcome_low, o.high AS outcome_high,\n\
              \x20 o.direction AS outcome_direction, o.quote AS outcome_quote, g.pledge, o.figure, g.report, o.report AS outcome_report,\n\
              \x20 g.source, o.source AS outcome_source\n\
              FROM goals g LEFT JOIN outcomes o ON o.figure = (\n\
              \x20 SELECT f.id FROM documents d JOIN figures f ON f.document = d.id\n\
              \x20 WHERE d.report = g.area || '-' || (g.year + 1) || '-work_report' AND d.preferred AND f.mode = 'outcome'\n\
              \x20   AND f.indicator = g.indicator AND f.measure = g.measure AND f.unit = g.unit AND f.period = g.period AND f.area IS NULL\n\
              \x20   AND NOT f.average\n\
              \x20 ORDER BY f.start LIMIT 1)\n\
              WHERE g.kind = 'number'",
        columns: &[
            Same("documents", "area"),
            Same("documents", "area_name"),
            Same("documents", "level"),
            Same("documents", "year"),
            Same("pledges", "indicator"),
            Same("pledges", "measure"),
            Same("pledges", "label"),
            Same("pledges", "bound"),
            Same("pledges", "low"),
            Same("pledges", "high"),
            Same("pledges", "unit"),
            Same("pledges", "direction"),
            Same("pledges", "stretch_low"),
            Same("pledges", "stretch_high"),
            Own("quote", "the clause that the goal was read from", "目标原文（分句）"),
            As("outcome_bound", ("figures", "bound"), "how the outcome is bounded", "实绩的数值界限"),
            As("outcome_low", ("figures", "low"), "the outcome, or the lower end of a range", "实绩（区间下限）"),
            As("outcome_high", ("figures", "high"), "the same, or the upper end", "实绩（区间上限）"),
            As("outcome_direction", ("figures", "direction"), "which way the outcome goes", "实绩的增减方向"),
            As("outcome_quote", ("figures", "quote"), "the clause that the outcome was read from", "实绩原文"),
            As("pledge", ("pledges", "id"), "id of the pledge", "承诺编号"),
            As("figure", ("figures", "id"), "id of the outcome's figure", "实绩数字编号"),
            Same("documents", "report"),
            As("outcome_report", ("documents", "report"), "the report that gives the outcome", "实绩所在报告"),
            Own("source", "file that the goal was read from", "目标来源文件"),
            Own("outcome_source", "file that the outcome was read from", "实绩来源文件"),
        ],
    },
];
