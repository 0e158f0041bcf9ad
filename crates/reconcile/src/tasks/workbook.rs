//! The tasks as an Excel workbook that can be sent round and taken back.

use std::path::{Path, PathBuf};

use pledgebook_lexicon::TaskState;
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::TaskLine;

/// A column of the workbook: its heading (Chinese, then the word by which it is known), and how wide it is.
pub(super) struct WorkbookColumn {
    pub(super) name: &'static str,
    heading: &'static str,
    width: f64,
    /// Whether those who supervise fill it in.
    open: bool,
    value: fn(&TaskLine) -> String,
}

/// The first row names the columns in Chinese, and in brackets by the word that `tasks import` knows them by.
pub(super) const COLUMNS: &[WorkbookColumn] = &[
    WorkbookColumn { name: "number", heading: "序号", width: 7.0, open: false, value: |task| task.number.to_string() },
    WorkbookColumn { name: "section", heading: "所属部分", width: 22.0, open: false, value: |task| task.section.clone() },
    WorkbookColumn { name: "task", heading: "任务", width: 60.0, open: false, value: |task| task.task.clone() },
    WorkbookColumn { name: "figures", heading: "数字", width: 14.0, open: false, value: |task| task.figures.join("；") },
    WorkbookColumn { name: "lead", heading: "牵头单位", width: 18.0, open: true, value: |task| task.lead.clone().unwrap_or_default() },
    WorkbookColumn {
        name: "deadline",
        heading: "完成时限",
        width: 12.0,
        open: true,
        value: |task| task.deadline.clone().unwrap_or_default(),
    },
    WorkbookColumn {
        name: "state",
        heading: "进展",
        width: 12.0,
        open: true,
        value: |task| task.state.map(|state| state_word(state).to_owned()).unwrap_or_default(),
    },
    WorkbookColumn { name: "note", heading: "备注", width: 30.0, open: true, value: |task| task.note.clone().unwrap_or_default() },
    WorkbookColumn { name: "status", heading: "下年报告", width: 14.0, open: false, value: |task| status_word(task).to_owned() },
    WorkbookColumn {
        name: "evidence",
        heading: "下年报告原文",
        width: 40.0,
        open: false,
        value: |task| task.evidence.clone().unwrap_or_default(),
    },
    WorkbookColumn { name: "place", heading: "出处", width: 12.0, open: false, value: |task| task.place.clone() },
    WorkbookColumn { name: "id", heading: "编号", width: 26.0, open: false, value: |task| task.id.clone() },
];

/// The states as a workbook shows them; `tasks import` takes these and the codebook's words.
pub(super) const STATES: [(TaskState, &str); 5] = [
    (TaskState::OnSchedule, "按进度推进"),
    (TaskState::Behind, "滞后"),
    (TaskState::Ahead, "超前"),
    (TaskState::Done, "已完成"),
    (TaskState::Other, "其他"),
];

fn state_word(state: TaskState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("", |(_, word)| word)
}

fn status_word(task: &TaskLine) -> &'static str {
    use pledgebook_lexicon::TaskStatus;
    match task.status {
        TaskStatus::ReportedDone => "报告称已做",
        TaskStatus::Repeated => "再次部署",
        TaskStatus::Silent => "未提及",
        TaskStatus::Pending => "",
    }
}

/// The heading of a column as it is written: 牵头单位（lead）.
fn heading(column: &WorkbookColumn) -> String {
    format!("{}（{}）", column.heading, column.name)
}

/// The longest text of a cell of Excel.
const CELL: usize = 32_767;

/// Writes tasks to a workbook.
///
/// # Errors
/// When the file cannot be written.
pub fn workbook(tasks: &[TaskLine], to: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("任务 tasks")?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E6F0)).set_border(FormatBorder::Thin).set_text_wrap();
    let fixed = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Hair);
    let open = fixed.clone().set_background_color(Color::RGB(0x00FF_FBE6));
    let mut more: Vec<&str> = tasks.iter().flat_map(|task| task.more.keys().map(String::as_str)).collect();
    more.sort_unstable();
    more.dedup();
    for (at, column) in COLUMNS.iter().enumerate() {
        sheet.write_with_format(0, at as u16, heading(column), &head)?;
        sheet.set_column_width(at as u16, column.width)?;
    }
    for (at, name) in more.iter().enumerate() {
        sheet.write_with_format(0, (COLUMNS.len() + at) as u16, *name, &head)?;
    }
    for (row, task) in tasks.iter().enumerate() {
        let row = row as u32 + 1;
        for (at, column) in COLUMNS.iter().enumerate() {
            let text: String = (column.value)(task).chars().take(CELL).collect();
            sheet.write_with_format(row, at as u16, text, if column.open { &open } else { &fixed })?;
        }
        for (at, name) in more.iter().enumerate() {
            let text = task.more.get(*name).and_then(|value| value.as_str()).unwrap_or_default();
            sheet.write_with_format(row, (COLUMNS.len() + at) as u16, text, &open)?;
        }
    }
    let last = tasks.len() as u32;
    if let Some(at) = COLUMNS.iter().position(|column| column.name == "state") {
        let words: Vec<&str> = STATES.iter().map(|(_, word)| *word).collect();
        // Rows that are added below get the list too.
        sheet.add_data_validation(1, at as u16, last + 500, at as u16, &DataValidation::new().allow_list_strings(&words)?)?;
    }
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last, (COLUMNS.len() + more.len() - 1) as u16)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    let part = part_of(to);
    book.save(&part).and_then(|()| std::fs::rename(&part, to).map_err(Into::into)).inspect_err(|_| {
        // It may never have been made.
        let _ = std::fs::remove_file(&part);
    })
}

/// The file appears when it is whole.
fn part_of(to: &Path) -> PathBuf {
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    part.into()
}
