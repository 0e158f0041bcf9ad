//! The workbook of tasks goes round and comes back: sorted, with rows added and deleted, and nothing is lost.

mod invented;

use std::io::{Read, Write};
use std::path::Path;

use invented::Corpus;
use pledgebook_lexicon::{TaskState, TaskStatus};
use pledgebook_reconcile::tasks::{TaskLine, import, task_lines, workbook};
use rust_xlsxwriter::Workbook;

const WORK: &str = "加快建设澜江大桥，年内建成通车。改造城镇老旧小区1000个。\n\n建设低空经济试点园区3个。实施病险水库除险加固20座。";

fn corpus() -> Corpus {
    let corpus = Corpus::new();
    corpus.report("江西省", 2024, "经济平稳运行", "地区生产总值增长5%", WORK);
    corpus.report("江西省", 2025, "澜江大桥建成通车", "地区生产总值增长5%", "改造城镇老旧小区1200个。");
    corpus.build();
    corpus
}

fn tasks(corpus: &Corpus) -> Vec<TaskLine> {
    task_lines(&corpus.ledger(), &corpus.db(), "360000", 2024).unwrap()
}

fn task<'a>(tasks: &'a [TaskLine], word: &str) -> &'a TaskLine {
    tasks.iter().find(|task| task.task.contains(word)).unwrap_or_else(|| panic!("no task with {word}: {tasks:#?}"))
}

/// What an office does to a workbook: the cells as typed, whatever their order.
fn write(path: &Path, rows: &[Vec<&str>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

#[test]
fn a_later_report_says_what_became_of_a_task() {
    let corpus = corpus();
    let tasks = tasks(&corpus);
    assert_eq!(task(&tasks, "澜江大桥").status, TaskStatus::ReportedDone);
    assert_eq!(task(&tasks, "老旧小区").status, TaskStatus::Repeated);
    assert_eq!(task(&tasks, "低空经济").status, TaskStatus::Silent);
    let pending = task_lines(&corpus.ledger(), &corpus.db(), "360000", 2025).unwrap();
    assert!(pending.iter().all(|task| task.status == TaskStatus::Pending));
}

#[test]
fn what_is_written_out_comes_back_as_it_was() {
    let corpus = corpus();
    let before = tasks(&corpus);
    let file = corpus.file("tasks.xlsx");
    workbook(&before, &file).unwrap();
    let done = import(&corpus.ledger(), &file).unwrap();
    assert_eq!((done.same, done.changed, done.added, done.absent, done.refused.len()), (before.len(), 0, 0, 0, 0));
    assert_eq!(tasks(&corpus), before);
}

#[test]
fn rows_sorted_added_and_deleted_lose_nothing() {
    let corpus = corpus();
    let before = tasks(&corpus);
    let id = |word: &str| task(&before, word).id.clone();
    let (bridge, homes, reservoirs) = (id("澜江大桥"), id("老旧小区"), id("病险水库"));
    let head = vec!["编号（id）", "任务（task）", "牵头单位（lead）", "完成时限（deadline）", "进展（state）", "备注（note）", "联系人"];
    let file = corpus.file("back.xlsx");
    // Sorted the other way round; 低空经济 deleted; one row added below; a column added.
    write(
        &file,
        &[
            head.clone(),
            vec![&reservoirs, "实施病险水库除险加固20座", "省水利厅", "2024年底", "滞后", "缺资金", "李"],
            vec![&homes, "改造城镇老旧小区1000个", "省住建厅", "", "已完成"],
            vec![&bridge, "加快建设澜江大桥，年内建成通车", "省交通厅", "2024-06", "ahead"],
            vec!["", "开通澜川至棠浦城际公交", "省交通厅", "2024-12", "按进度推进"],
        ],
    );
    let done = import(&corpus.ledger(), &file).unwrap();
    assert_eq!((done.changed, done.added, done.absent, done.refused.len()), (3, 1, 1, 0), "{done:?}");
    let after = tasks(&corpus);
    assert_eq!(after.len(), before.len() + 1);
    let water = task(&after, "病险水库");
    assert_eq!(
        (water.lead.as_deref(), water.deadline.as_deref(), water.state, water.note.as_deref()),
        (Some("省水利厅"), Some("2024年底"), Some(TaskState::Behind), Some("缺资金"))
    );
    assert_eq!(water.more.get("联系人").and_then(|name| name.as_str()), Some("李"));
    assert_eq!(task(&after, "老旧小区").state, Some(TaskState::Done));
    assert_eq!(task(&after, "澜江大桥").state, Some(TaskState::Ahead));
    assert_eq!(task(&after, "低空经济").state, None);
    let added = task(&after, "棠浦");
    assert_eq!((added.added, added.id.as_str(), added.state), (true, "360000-2024-w1", Some(TaskState::OnSchedule)));
    // Written out again with the added row and column, taken back again, the same row without its id once more: nothing twice.
    let again = corpus.file("again.xlsx");
    workbook(&after, &again).unwrap();
    let done = import(&corpus.ledger(), &again).unwrap();
    assert_eq!((done.same, done.changed, done.added, done.absent), (after.len(), 0, 0, 0));
    write(
        &file,
        &[
            head,
            vec![&bridge, "加快建设澜江大桥，年内建成通车", "省交通厅", "2024-06", "ahead"],
            vec!["", "开通澜川至棠浦城际公交", "省交通厅", "2024-12", "已完成"],
        ],
    );
    let done = import(&corpus.ledger(), &file).unwrap();
    assert_eq!((done.changed, done.added, done.same), (1, 0, 1), "{done:?}");
    let last = tasks(&corpus);
    assert_eq!(last.len(), after.len());
    assert_eq!(task(&last, "棠浦").state, Some(TaskState::Done));
    // It survives the report's being read again.
    corpus.build();
    assert_eq!(tasks(&corpus), last);
}

#[test]
fn a_row_with_a_mistake_is_named_and_the_others_come_in() {
    let corpus = corpus();
    let before = tasks(&corpus);
    let (bridge, homes) = (task(&before, "澜江大桥").id.clone(), task(&before, "老旧小区").id.clone());
    let file = corpus.file("back.xlsx");
    write(
        &file,
        &[
            vec!["id", "task", "state"],
            vec![&bridge, "加快建设澜江大桥，年内建成通车", "快了"],
            vec![&homes, "改造城镇老旧小区1000个", "done"],
            vec!["", "", "done"],
        ],
    );
    let done = import(&corpus.ledger(), &file).unwrap();
    assert_eq!(done.refused.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 4]);
    assert!(done.refused[0].1.contains("按进度推进"), "{:?}", done.refused);
    assert_eq!(task(&tasks(&corpus), "老旧小区").state, Some(TaskState::Done));
}

#[test]
fn what_is_no_workbook_is_refused_with_its_reason() {
    let corpus = corpus();
    let file = corpus.file("x.xlsx");
    std::fs::File::create(&file).unwrap().write_all(b"id,task\n").unwrap();
    let error = import(&corpus.ledger(), &file).unwrap_err().to_string();
    assert!(error.contains("x.xlsx") && error.contains("no Excel workbook"), "{error}");
    write(&file, &[vec!["编号", "任务"], vec!["1", "x"]]);
    let error = import(&corpus.ledger(), &file).unwrap_err().to_string();
    assert!(error.contains("`id`"), "{error}");
    write(&file, &[vec!["id", "task"], vec!["nothing", "x"]]);
    assert!(import(&corpus.ledger(), &file).unwrap_err().to_string().contains("which report"));
    // A workbook whose parts are cut off.
    let whole = corpus.file("whole.xlsx");
    workbook(&tasks(&corpus), &whole).unwrap();
    let mut bytes = Vec::new();
    std::fs::File::open(&whole).unwrap().read_to_end(&mut bytes).unwrap();
    for length in [0, 10, bytes.len() / 2, bytes.len() - 5] {
        std::fs::write(&file, &bytes[..length]).unwrap();
        assert!(import(&corpus.ledger(), &file).is_err());
    }
}
