//! The tables that reconciling fills: outcomes from statistics, verdicts, the panel.

use pledgebook_lexicon::{Bound, Claimed, Hardness, Measure, PledgeKind, Relation, Standing, Verdict, WordingChange};

use super::tables::{AREA, AREA_NAME, LEVEL, coded, column, yes_no};
use super::{Column, Table, Words};

pub(super) const STATISTICS: Table = Table {
    name: "statistics",
    en: "Official statistics to hold pledges against, brought in with `statistics import`",
    zh: "用于对照的官方统计数据（statistics import导入）",
    columns: &[
        column("id", "INTEGER PRIMARY KEY", "number of the statistic", "统计数据序号"),
        column("area", "TEXT NOT NULL", AREA.en, AREA.zh),
        column("indicator", "TEXT NOT NULL", "id of the indicator", "指标代码"),
        coded!("measure", "TEXT NOT NULL", Measure, "what kind of quantity it is", "计量方式"),
        column("period", "TEXT NOT NULL", "the time it speaks of", "所属时期"),
        column("value", "REAL NOT NULL", "the number in base units; a fall is negative", "数值（下降为负）"),
        column("unit", "TEXT NOT NULL", "its unit", "单位"),
        column("source", "TEXT NOT NULL", "where it was taken from", "来源"),
        column("vintage", "TEXT NOT NULL", "when the source gave it", "数据版本"),
    ],
    constraints: "UNIQUE (area, indicator, measure, period, source, vintage)",
    indexes: &[
        "CREATE TRIGGER statistics_in AFTER INSERT ON statistics BEGIN DELETE FROM reconciled WHERE area = new.area; END",
        "CREATE TRIGGER statistics_out AFTER DELETE ON statistics BEGIN DELETE FROM reconciled WHERE area = old.area; END",
        "CREATE TRIGGER statistics_new AFTER UPDATE ON statistics BEGIN DELETE FROM reconciled WHERE area IN (old.area, new.area); END",
    ],
};

pub(super) const RECONCILED: Table = Table {
    name: "reconciled",
    en: "The areas whose verdicts are up to date; what changes a document, a correction or a statistic takes its area out",
    zh: "判定结果为最新的地区（文献、更正或统计数据变动时移出）",
    columns: &[
        column("area", "TEXT PRIMARY KEY NOT NULL", AREA.en, AREA.zh),
        column("rules", "TEXT NOT NULL", "version of the rules, and the lexicon, that gave the verdicts", "判定规则与词库的版本"),
    ],
    constraints: "",
    indexes: &[],
};

pub(super) const VERDICTS: Table = Table {
    name: "verdicts",
    en: "Each pledge but tasks held against what was later reported: one row an outcome, one of them used; one row where there is none",
    zh: "承诺（任务除外）与后来结果的对照：每个可对照实绩一行，其一被采用；无实绩者一行",
    columns: &[
        column("pledge", "TEXT NOT NULL REFERENCES pledges(id) ON DELETE CASCADE", "the pledge", "承诺编号"),
        column(
            "ordinal",
            "INTEGER NOT NULL",
            "its number among the verdicts of the pledge, from 1: the one that is used",
            "同一承诺的判定次序（自1起，1为采用）",
        ),
        column(
            "figure",
            "TEXT REFERENCES figures(id) ON DELETE CASCADE",
            "the outcome it is held against, from a report",
            "对照的实绩数字编号",
        ),
        column(
            "statistic",
            "INTEGER REFERENCES statistics(id) ON DELETE CASCADE",
            "the outcome it is held against, from statistics",
            "对照的统计数据序号",
        ),
        yes_no("used", "whether this match is the one that counts", "是否采用"),
        coded!("verdict", "TEXT NOT NULL", Verdict, "what became of the pledge", "判定"),
        coded!("verdict_strict", "TEXT NOT NULL", Verdict, "the same without tolerance", "严格判定（无容差）"),
        column(
            "low",
            "REAL",
            "the outcome as it was compared, in the pledge's unit and measure; a fall is negative",
            "对照用实绩（下限；下降为负）",
        ),
        column("high", "REAL", "the same, or the upper end", "对照用实绩（上限）"),
        coded!("bound", "TEXT", Bound, "how the outcome is bounded", "实绩的数值界限"),
        column(
            "margin",
            "REAL",
            "how far the outcome is on the better side of the pledge, in its unit; negative where it falls short",
            "差额（优于目标为正）",
        ),
        column("tolerance", "REAL NOT NULL", "what the wording allows", "容差"),
        column("rule", "TEXT NOT NULL", "the rule that decided: docs/reconcile.md", "判定规则"),
        column("flags", "TEXT NOT NULL", "what else is to be known, a space between: docs/reconcile.md", "附注（空格分隔）"),
        column("reference_figure", "TEXT", "of a relation: the figure of its reference", "参照数字编号"),
        column("reference_statistic", "INTEGER", "of a relation: the statistic of its reference", "参照统计数据序号"),
        column("words", "TEXT", "what the next report says where it gives no figure", "无数字时的原文表述"),
        column("claim", "TEXT", "id of what the government says of the pledge", "政府自评编号"),
    ],
    constraints: "PRIMARY KEY (pledge, ordinal)",
    indexes: &[
        "CREATE INDEX verdicts_figure ON verdicts(figure) WHERE figure IS NOT NULL",
        "CREATE INDEX verdicts_statistic ON verdicts(statistic) WHERE statistic IS NOT NULL",
    ],
};

pub(super) const PANEL: Table = Table {
    name: "panel",
    en: "One row for each area, year, indicator and measure: the headline goal, the outcome, the verdict, the year before and the level above",
    zh: "面板：每地区、年度、指标、计量方式一行，含目标、实绩、判定、上年与上级目标",
    columns: &[
        column("area", "TEXT NOT NULL", AREA.en, AREA.zh),
        AREA_NAME,
        LEVEL,
        column("year", "INTEGER NOT NULL", "the year of the goal", "目标年份"),
        column(
            "indicator",
            "TEXT NOT NULL",
            "id of the indicator, or `other:` and the label as written",
            "指标代码（无代码者为other:加原文名称）",
        ),
        column("measure", "TEXT NOT NULL", "what kind of quantity it is; empty where nothing tells", "计量方式"),
        coded!("goal_kind", "TEXT", PledgeKind, "number, relative, qualitative, absent; task where only a task names it", "目标类型"),
        column("goal_low", "REAL", "the goal in base units, or the lower end of a range; a fall is negative", "目标值（下限；下降为负）"),
        column("goal_high", "REAL", "the same, or the upper end", "目标值（上限）"),
        column("goal_unit", "TEXT", "its unit", "目标单位"),
        coded!("goal_bound", "TEXT", Bound, "how the text bounds it; of a fall: its size", "目标的数值界限（下降者指降幅）"),
        coded!("goal_relation", "TEXT", Relation, "of a relative goal: how it stands to its reference", "相对关系"),
        column("goal_reference", "TEXT", "of a relative goal: the reference", "参照对象"),
        coded!("hardness", "TEXT", Hardness, "how hard the number is worded", "目标硬度"),
        column("stretch_low", "REAL", "the better number of a dual goal", "力争值（下限）"),
        column("stretch_high", "REAL", "the same, or the upper end", "力争值（上限）"),
        column("stretch_text", "TEXT", "an open stretch as written", "力争表述（原文）"),
        coded!("standing", "TEXT NOT NULL", Standing, "where the goal stands in its report", "目标位阶"),
        column(
            "outcome_low",
            "REAL",
            "the outcome in the goal's unit, or the lower end of a range; a fall is negative",
            "实绩（下限；下降为负）",
        ),
        column("outcome_high", "REAL", "the same, or the upper end", "实绩（上限）"),
        column("outcome_unit", "TEXT", "its unit", "实绩单位"),
        coded!("outcome_bound", "TEXT", Bound, "how the outcome is bounded; of a fall: its size", "实绩的数值界限"),
        column("outcome_source", "TEXT", "where the outcome was taken from: id of the report, or source of the statistic", "实绩来源"),
        column("outcome_vintage", "TEXT", "when it was given: year of the report, or vintage of the statistic", "实绩数据版本"),
        coded!("verdict", "TEXT", Verdict, "what became of the goal; null where there is none", "判定（无目标则空）"),
        coded!("verdict_strict", "TEXT", Verdict, "the same without tolerance", "严格判定（无容差）"),
        column("margin", "REAL", "how far the outcome is on the better side of the goal, in its unit", "差额（优于目标为正）"),
        column("tolerance", "REAL", "what the wording allows", "容差"),
        column("flags", "TEXT NOT NULL", "what else is to be known, a space between: docs/reconcile.md", "附注（空格分隔）"),
        coded!("claim", "TEXT", Claimed, "what the government says became of the goal", "政府自评"),
        column(
            "goal_last_year",
            "REAL",
            "the goal of the year before, same measure; null where that report is not in the ledger",
            "上年目标",
        ),
        column("goal_change", "REAL", "the goal less that of the year before", "目标变动"),
        column("outcome_last_year", "REAL", "the outcome of the year before, same measure", "上年实绩"),
        column("parent_goal_low", "REAL", "the goal of the next level up for the same year and measure", "上级目标（下限）"),
        column("parent_goal_high", "REAL", "the same, or the upper end", "上级目标（上限）"),
        column("amplification", "REAL", "the goal less that of the level up, in percentage points; rates only", "层层加码幅度（百分点）"),
        coded!("wording_change", "TEXT", WordingChange, "what became of the wording since the year before", "措辞变化"),
        column("goal_id", "TEXT", "id of the pledge", "承诺编号"),
        column("outcome_id", "TEXT", "id of the figure, or s and the number of the statistic", "实绩编号"),
        column("goal_quote", "TEXT", "the goal's text", "目标原文"),
        column("outcome_quote", "TEXT", "the outcome's clause, or the words where there is no figure", "实绩原文"),
    ],
    constraints: "PRIMARY KEY (area, year, indicator, measure)",
    indexes: &["CREATE INDEX panel_indicator ON panel(indicator, year)"],
};
