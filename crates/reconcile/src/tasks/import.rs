//! Taking a workbook back: what was filled in, rows that were added, columns that were added. Sorting changes nothing, and a row that
//! was deleted stays in the ledger as it was.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::TaskState;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::sheet::{self, SheetError};
use super::workbook::{COLUMNS, STATES};

/// What was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedTasks {
    /// Rows whose lead, deadline, state, note or further columns were taken in or changed.
    pub changed: usize,
    /// Rows that say what the ledger says.
    pub same: usize,
    /// Rows that were added.
    pub added: usize,
    /// Tasks of the same report that are not in the workbook; they stay as they were.
    pub absent: usize,
    /// Rows that could not be taken in: row and reason.
    pub refused: Vec<(u32, String)>,
}

/// Why a workbook cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum TasksError {
    /// The file.
    #[error("{}: {source}", file.display())]
    Sheet {
        /// The file.
        file: PathBuf,
        /// Why.
        source: SheetError,
    },
    /// A column is lacking.
    #[error("{}: row 1 names no column `{column}`; keep the first row as `pledgebook tasks workbook` wrote it", file.display())]
    NoColumn {
        /// The file.
        file: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// Nothing tells which report it is about.
    #[error("{}: no row has the id of a task of this ledger, so that nothing tells which report it is about", .0.display())]
    NoReport(PathBuf),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Where the columns stand.
struct Places {
    known: HashMap<&'static str, usize>,
    /// Columns that were added: place and heading.
    more: Vec<(usize, String)>,
}

impl Places {
    fn of(head: &[String]) -> Self {
        let mut places = Places { known: HashMap::new(), more: Vec::new() };
        for (at, heading) in head.iter().enumerate() {
            let heading = heading.trim();
            // Headings are told by the word in brackets, or that word alone.
            let word = heading.rsplit_once(['（', '(']).map_or(heading, |(_, word)| word.trim_end_matches(['）', ')']));
            match COLUMNS.iter().find(|column| column.name == word) {
                Some(column) if !places.known.contains_key(column.name) => drop(places.known.insert(column.name, at)),
                _ if heading.is_empty() => {}
                _ => places.more.push((at, heading.to_owned())),
            }
        }
        places
    }

    fn cell<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        self.known.get(name).and_then(|&at| row.get(at)).map_or("", |cell| cell.trim())
    }

    fn text(&self, row: &[String], name: &str) -> Option<String> {
        Some(self.cell(row, name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// A row as it is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    id: String,
    area: String,
    year: i16,
    added: bool,
    section: String,
    task: String,
    lead: Option<String>,
    deadline: Option<String>,
    state: Option<TaskState>,
    note: Option<String>,
    more: String,
}

/// Takes a workbook into a ledger.
///
/// # Errors
/// When the file is no workbook of tasks, or the ledger cannot be written; nothing has changed then.
pub fn import(ledger: &Path, file: &Path) -> Result<ImportedTasks, TasksError> {
    let rows = sheet::rows(file).map_err(|source| TasksError::Sheet { file: file.to_owned(), source })?;
    let mut rows = rows.into_iter();
    let places = Places::of(&rows.next().map(|(_, cells)| cells).unwrap_or_default());
    for column in ["id", "task"] {
        if !places.known.contains_key(column) {
            return Err(TasksError::NoColumn { file: file.to_owned(), column });
        }
    }
    let rows: Vec<(u32, Vec<String>)> = rows.collect();
    let mut db = pledgebook_ledger::open_for_writing(ledger)?;
    let sqlite = |e| TasksError::Ledger(LedgerError::of(ledger, e));
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
    let imported = take_in(&transaction, &places, &rows).map_err(sqlite)?.ok_or_else(|| TasksError::NoReport(file.to_owned()))?;
    transaction.commit().map_err(sqlite)?;
    Ok(imported)
}

/// The task of a row: of the ledger by its id, else by its text in the same report.
struct Known {
    id: String,
    area: String,
    year: i16,
    added: bool,
    section: String,
    task: String,
}

fn known(db: &Connection, id: &str) -> rusqlite::Result<Option<Known>> {
    let of_pledge = db
        .prepare_cached(
            "SELECT p.id, d.area, d.year, coalesce(s.title, ''), p.quote FROM pledges p JOIN documents d ON d.id = p.document
             LEFT JOIN passages t ON t.document = p.document AND t.passage = p.passage
             LEFT JOIN sections s ON s.document = p.document AND s.section = t.section
             WHERE p.id = ?1 AND d.area IS NOT NULL AND d.year IS NOT NULL",
        )?
        .query_row([id], |row| {
            Ok(Known { id: row.get(0)?, area: row.get(1)?, year: row.get(2)?, added: false, section: row.get(3)?, task: row.get(4)? })
        })
        .optional()?;
    if of_pledge.is_some() {
        return Ok(of_pledge);
    }
    db.prepare_cached("SELECT id, area, year, added, section, task FROM task_states WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Known { id: row.get(0)?, area: row.get(1)?, year: row.get(2)?, added: row.get(3)?, section: row.get(4)?, task: row.get(5)? })
        })
        .optional()
}

fn take_in(db: &Connection, places: &Places, rows: &[(u32, Vec<String>)]) -> rusqlite::Result<Option<ImportedTasks>> {
    let mut found: Vec<Option<Known>> = Vec::new();
    for (_, row) in rows {
        let id = places.cell(row, "id");
        found.push(if id.is_empty() { None } else { known(db, id)? });
    }
    // Rows that were added belong to the report that most of the others are of.
    let mut counts: HashMap<(String, i16), usize> = HashMap::new();
    for task in found.iter().flatten() {
        *counts.entry((task.area.clone(), task.year)).or_default() += 1;
    }
    let Some(((area, year), _)) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))) else { return Ok(None) };
    let mut imported = ImportedTasks::default();
    let mut seen: HashSet<String> = HashSet::new();
    for ((number, row), task) in rows.iter().zip(found) {
        let text = places.cell(row, "task").to_owned();
        // A row that was copied to make a new one has the id of the old one and another text.
        let task = task.filter(|task| !seen.contains(&task.id) && (!task.added || task.task == text || !text.is_empty()));
        let state = match state(places.cell(row, "state")) {
            Ok(state) => state,
            Err(reason) => {
                imported.refused.push((*number, reason));
                if let Some(task) = task {
                    seen.insert(task.id);
                }
                continue;
            }
        };
        if task.is_none() && text.is_empty() {
            imported.refused.push((*number, "it has neither the id of a task nor a text".to_owned()));
            continue;
        }
        let is_new = task.is_none();
        let (id, area, year, added, section, text) = match task {
            Some(task) if task.added => (task.id, task.area, task.year, true, places.cell(row, "section").to_owned(), text),
            Some(task) => (task.id, task.area, task.year, false, task.section, task.task),
            None => match same_text(db, &area, year, &text, &seen)? {
                Some(id) => (id, area.clone(), year, true, places.cell(row, "section").to_owned(), text),
                None => (new_id(db, &area, year)?, area.clone(), year, true, places.cell(row, "section").to_owned(), text),
            },
        };
        seen.insert(id.clone());
        let more: serde_json::Map<String, serde_json::Value> = places
            .more
            .iter()
            .filter_map(|(at, heading)| Some((heading.clone(), row.get(*at)?.trim().to_owned())))
            .filter(|(_, text)| !text.is_empty())
            .map(|(heading, text)| (heading, text.into()))
            .collect();
        let kept = Kept {
            id,
            area,
            year,
            added,
            section,
            task: text,
            lead: places.text(row, "lead"),
            deadline: places.text(row, "deadline"),
            state,
            note: places.text(row, "note"),
            more: serde_json::Value::Object(more).to_string(),
        };
        keep(db, &kept, is_new, &mut imported)?;
    }
    let all: Vec<String> = db
        .prepare(
            "SELECT p.id FROM pledges p JOIN documents d ON d.id = p.document
             WHERE d.report = ?1 || '-' || ?2 || '-work_report' AND d.preferred AND p.kind = 'task'
             UNION SELECT id FROM task_states WHERE area = ?1 AND year = ?2 AND added",
        )?
        .query_map(params![area, year], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    imported.absent = all.iter().filter(|id| !seen.contains(*id)).count();
    Ok(Some(imported))
}

fn state(word: &str) -> Result<Option<TaskState>, String> {
    if word.is_empty() {
        return Ok(None);
    }
    let by_word = STATES.iter().find(|(_, zh)| *zh == word).map(|(state, _)| *state);
    by_word.or_else(|| word.parse().ok()).map(Some).ok_or_else(|| {
        let words = STATES.iter().map(|(state, zh)| format!("{zh} ({state})")).collect::<Vec<_>>().join(", ");
        format!("`{word}` is no state; the states are {words}")
    })
}

/// A row that was added before and has lost its id.
fn same_text(db: &Connection, area: &str, year: i16, text: &str, seen: &HashSet<String>) -> rusqlite::Result<Option<String>> {
    let ids: Vec<String> = db
        .prepare_cached("SELECT id FROM task_states WHERE area = ?1 AND year = ?2 AND added AND task = ?3 ORDER BY id")?
        .query_map(params![area, year, text], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ids.into_iter().find(|id| !seen.contains(id)))
}

fn new_id(db: &Connection, area: &str, year: i16) -> rusqlite::Result<String> {
    let prefix = format!("{area}-{year}-w");
    let last: Option<i64> = db
        .prepare_cached("SELECT max(CAST(substr(id, length(?1) + 1) AS INTEGER)) FROM task_states WHERE id LIKE ?1 || '%'")?
        .query_row([&prefix], |row| row.get(0))?;
    Ok(format!("{prefix}{}", last.unwrap_or(0) + 1))
}

type Stored = (String, Option<String>, Option<String>, Option<String>, Option<String>, String);

fn keep(db: &Connection, kept: &Kept, is_new: bool, imported: &mut ImportedTasks) -> rusqlite::Result<()> {
    let before: Option<Stored> = db
        .prepare_cached("SELECT task, lead, deadline, state, note, more FROM task_states WHERE id = ?1")?
        .query_row([&kept.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
        .optional()?;
    let state = kept.state.map(|state| state.as_str().to_owned());
    let now = (kept.task.clone(), kept.lead.clone(), kept.deadline.clone(), state.clone(), kept.note.clone(), kept.more.clone());
    let says_nothing =
        !kept.added && kept.lead.is_none() && kept.deadline.is_none() && state.is_none() && kept.note.is_none() && kept.more == "{}";
    if before.as_ref() == Some(&now) || before.is_none() && says_nothing {
        imported.same += 1;
        return Ok(());
    }
    if is_new && before.is_none() {
        imported.added += 1;
    } else {
        imported.changed += 1;
    }
    db.prepare_cached(
        "INSERT OR REPLACE INTO task_states (id, area, year, added, section, task, lead, deadline, state, note, more, imported_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    )?
    .execute(params![
        kept.id,
        kept.area,
        kept.year,
        kept.added,
        kept.section,
        kept.task,
        kept.lead,
        kept.deadline,
        state,
        kept.note,
        kept.more
    ])?;
    Ok(())
}
