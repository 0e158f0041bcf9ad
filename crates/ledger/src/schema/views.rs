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
        name: "coverage",
        en: "How many headline goals of each indicator and year could be judged, and how many of those were kept",
        zh: "各指标、年度目标的可判定率与完成率",
        sql: "SELECT indicator, year, count(*) AS goals,\n\
              \x20 sum(verdict IN ('exceeded', 'met', 'missed')) AS judged,\n\
              \x20 sum(verdict IN ('exceeded', 'met')) AS kept,\n\
              \x20 round(1.0 * sum(verdict IN ('exceeded', 'met', 'missed')) / count(*), 4) AS coverage,\n\
              \x20 round(1.0 * sum(verdict IN ('exceeded', 'met')) / nullif(sum(verdict IN ('exceeded', 'met', 'missed')), 0), 4) AS kept_rate\n\
              FROM panel WHERE verdict IS NOT NULL AND standing IN ('headline_number', 'headline_relative') GROUP BY indicator, year",
        columns: &[
            Same("panel", "indicator"),
            Same("panel", "year"),
            Own("goals", "headline goals with a number or a relation", "定量与相对目标数"),
            Own("judged", "those that could be judged", "可判定数"),
            Own("kept", "those that were met or exceeded", "完成数"),
            Own("coverage", "judged of goals", "可判定率"),
            Own("kept_rate", "kept of judged", "完成率"),
        ],
    },
    View {
        name: "disagreements",
        en: "Goals of which the government claims something else than the verdict",
        zh: "政府自评与判定不一致的目标",
        sql: "SELECT d.area, d.area_name, d.year, p.indicator, p.id AS pledge, p.quote, v.verdict, v.margin, v.rule, c.claimed, c.quote AS claim_quote\n\
              FROM verdicts v JOIN pledges p ON p.id = v.pledge JOIN documents d ON d.id = p.document JOIN claims c ON c.id = v.claim\n\
              WHERE v.used AND (v.verdict = 'missed' AND c.claimed <> 'missed' OR v.verdict IN ('met', 'exceeded') AND c.claimed = 'missed')",
        columns: &[
            Same("documents", "area"),
            Same("documents", "area_name"),
            Same("documents", "year"),
            Same("pledges", "indicator"),
            As("pledge", ("pledges", "id"), "id of the pledge", "承诺编号"),
            Same("pledges", "quote"),
            Same("verdicts", "verdict"),
            Same("verdicts", "margin"),
            Same("verdicts", "rule"),
            Same("claims", "claimed"),
            As("claim_quote", ("claims", "quote"), "what the government says", "政府自评原文"),
        ],
    },
];
