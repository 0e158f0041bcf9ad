//! The tasks of a report: what is to be done, who leads, by when, what a later report says of it, and how those who supervise it say
//! that it stands.

mod import;
mod sheet;
mod status;
mod workbook;

pub use import::{ImportedTasks, TasksError, import};
pub use workbook::workbook;

use std::collections::HashMap;
use std::path::Path;

use pledgebook_ledger::LedgerError;
use pledgebook_lexicon::{TaskState, TaskStatus};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use status::Sentences;

/// A task with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskLine {
    /// Its id, which stays as long as its file does.
    pub id: String,
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: i16,
    /// Its number in the report, from 1.
    pub number: usize,
    /// The section it stands under.
    pub section: String,
    /// Whether it stands in the list of livelihood projects (民生实事).
    pub livelihood: bool,
    /// Whether it was added in a workbook.
    pub added: bool,
    /// Its text.
    pub task: String,
    /// Its verbs.
    pub actions: Vec<String>,
    /// What they act on.
    pub objects: Vec<String>,
    /// Its figures as written.
    pub figures: Vec<String>,
    /// The unit in the lead.
    pub lead: Option<String>,
    /// When it is due.
    pub deadline: Option<String>,
    /// What the next report says of it.
    pub status: TaskStatus,
    /// The sentence that says so.
    pub evidence: Option<String>,
    /// How those who supervise it say that it stands.
    pub state: Option<TaskState>,
    /// What they note.
    pub note: Option<String>,
    /// Columns that they added.
    pub more: serde_json::Map<String, serde_json::Value>,
    /// Where it stands in its file; empty for one that was added.
    pub place: String,
}

/// The tasks of the work report of an area for a year, those that were added in a workbook last.
///
/// # Errors
/// When the ledger cannot be read.
pub fn task_lines(ledger: &Path, db: &Connection, area: &str, year: i16) -> Result<Vec<TaskLine>, LedgerError> {
    read(db, area, year).map_err(|e| LedgerError::of(ledger, e))
}

/// What a workbook said of a task.
struct State {
    id: String,
    added: bool,
    section: String,
    task: String,
    lead: Option<String>,
    deadline: Option<String>,
    state: Option<TaskState>,
    note: Option<String>,
    more: serde_json::Map<String, serde_json::Value>,
}

fn read(db: &Connection, area: &str, year: i16) -> rusqlite::Result<Vec<TaskLine>> {
    let Some((document, area_name)) = preferred(db, area, year, "work_report")? else { return Ok(Vec::new()) };
    let mut tasks = of_document(db, &document, area, area_name.as_deref(), year)?;
    join_division(db, &mut tasks, area, year)?;
    look_ahead(db, &mut tasks, area, year)?;
    let mut states = states(db, area, year)?;
    for task in &mut tasks {
        // The id goes with the file; when a better copy has taken its place, the text still tells.
        let at = states
            .iter()
            .position(|state| state.id == task.id)
            .or_else(|| states.iter().position(|state| !state.added && state.task == task.task));
        if let Some(at) = at {
            take(task, states.swap_remove(at));
        }
    }
    states.sort_by(|a, b| (!a.added, &a.id).cmp(&(!b.added, &b.id)));
    for state in states {
        let mut task = TaskLine {
            id: state.id.clone(),
            area: area.to_owned(),
            area_name: area_name.clone(),
            year,
            number: tasks.len() + 1,
            section: state.section.clone(),
            livelihood: false,
            added: true,
            task: state.task.clone(),
            actions: Vec::new(),
            objects: Vec::new(),
            figures: Vec::new(),
            lead: None,
            deadline: None,
            status: TaskStatus::Pending,
            evidence: None,
            state: None,
            note: None,
            more: serde_json::Map::new(),
            place: String::new(),
        };
        take(&mut task, state);
        tasks.push(task);
    }
    Ok(tasks)
}

fn take(task: &mut TaskLine, state: State) {
    task.lead = state.lead.or(task.lead.take());
    task.deadline = state.deadline.or(task.deadline.take());
    (task.state, task.note, task.more) = (state.state, state.note, state.more);
}

fn preferred(db: &Connection, area: &str, year: i16, kind: &str) -> rusqlite::Result<Option<(String, Option<String>)>> {
    db.prepare_cached("SELECT id, area_name FROM documents WHERE report = ?1 || '-' || ?2 || '-' || ?3 AND preferred")?
        .query_row(params![area, year, kind], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn parts(joined: &str) -> Vec<String> {
    joined.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn of_document(db: &Connection, document: &str, area: &str, area_name: Option<&str>, year: i16) -> rusqlite::Result<Vec<TaskLine>> {
    let mut figures: HashMap<String, Vec<String>> = HashMap::new();
    let mut statement = db.prepare_cached("SELECT pledge, raw FROM figures WHERE document = ?1 AND pledge IS NOT NULL ORDER BY start")?;
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        figures.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut statement = db.prepare_cached(
        "SELECT p.id, coalesce(s.title, ''), coalesce(t.role, '') = 'livelihood_list', p.quote, p.actions, p.objects, p.lead, p.deadline, p.place
         FROM pledges p
         LEFT JOIN passages t ON t.document = p.document AND t.passage = p.passage
         LEFT JOIN sections s ON s.document = p.document AND s.section = t.section
         WHERE p.document = ?1 AND p.kind = 'task' ORDER BY p.start, p.ordinal",
    )?;
    let rows = statement.query_map([document], |row| {
        let id: String = row.get(0)?;
        Ok(TaskLine {
            figures: figures.remove(&id).unwrap_or_default(),
            id,
            area: area.to_owned(),
            area_name: area_name.map(str::to_owned),
            year,
            number: 0,
            section: row.get::<_, String>(1)?.trim_end_matches(['。', '，', '；', '：']).to_owned(),
            livelihood: row.get(2)?,
            added: false,
            task: row.get(3)?,
            actions: parts(&row.get::<_, String>(4)?),
            objects: parts(&row.get::<_, String>(5)?),
            lead: row.get(6)?,
            deadline: row.get::<_, Option<String>>(7)?.filter(|deadline| !deadline.is_empty()),
            status: TaskStatus::Pending,
            evidence: None,
            state: None,
            note: None,
            more: serde_json::Map::new(),
            place: row.get(8)?,
        })
    })?;
    let mut tasks = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for (at, task) in tasks.iter_mut().enumerate() {
        task.number = at + 1;
    }
    Ok(tasks)
}

/// Lead units and deadlines from the division of work (重点工作分工) of the same year.
fn join_division(db: &Connection, tasks: &mut [TaskLine], area: &str, year: i16) -> rusqlite::Result<()> {
    let Some((document, _)) = preferred(db, area, year, "task_division")? else { return Ok(()) };
    let divided = of_document(db, &document, area, None, year)?;
    let sentences = Sentences::new(divided.iter().map(|task| task.task.clone()).collect());
    for task in tasks {
        if let Some(at) = sentences.same_as(&task.task) {
            task.lead = task.lead.take().or_else(|| divided[at].lead.clone());
            task.deadline = task.deadline.take().or_else(|| divided[at].deadline.clone());
        }
    }
    Ok(())
}

/// What the next report says of each task.
fn look_ahead(db: &Connection, tasks: &mut [TaskLine], area: &str, year: i16) -> rusqlite::Result<()> {
    let Some((next, _)) = preferred(db, area, year + 1, "work_report")? else { return Ok(()) };
    let texts = |roles: &str| -> rusqlite::Result<Vec<String>> {
        let sql = format!("SELECT text FROM passages WHERE document = ?1 AND kind = 'body' AND role IN ({roles}) ORDER BY passage");
        let mut statement = db.prepare_cached(&sql)?;
        let passages = statement.query_map([&next], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let sentences = passages.iter().flat_map(|text| text.split(['。', '；', ';', '\n'])).map(str::trim);
        Ok(sentences.filter(|sentence| !sentence.is_empty()).map(str::to_owned).collect())
    };
    let (review, work) =
        (Sentences::new(texts("'review'")?), Sentences::new(texts("'tasks', 'livelihood_list', 'requirements', 'government'")?));
    for task in tasks {
        let objects: Vec<&str> = task.objects.iter().map(String::as_str).collect();
        let done = review.speaking_of(&task.task, &objects);
        let again = || work.speaking_of(&task.task, &objects);
        (task.status, task.evidence) = match done {
            Some(sentence) => (TaskStatus::ReportedDone, Some(sentence.to_owned())),
            None => match again() {
                Some(sentence) => (TaskStatus::Repeated, Some(sentence.to_owned())),
                None => (TaskStatus::Silent, None),
            },
        };
    }
    Ok(())
}

fn states(db: &Connection, area: &str, year: i16) -> rusqlite::Result<Vec<State>> {
    let mut statement = db.prepare_cached(
        "SELECT id, added, section, task, lead, deadline, state, note, more FROM task_states WHERE area = ?1 AND year = ?2 ORDER BY id",
    )?;
    let rows = statement.query_map(params![area, year], |row| {
        Ok(State {
            id: row.get(0)?,
            added: row.get(1)?,
            section: row.get(2)?,
            task: row.get(3)?,
            lead: row.get(4)?,
            deadline: row.get(5)?,
            state: row.get::<_, Option<String>>(6)?.and_then(|word| word.parse().ok()),
            note: row.get(7)?,
            more: serde_json::from_str(&row.get::<_, String>(8)?).unwrap_or_default(),
        })
    })?;
    rows.collect()
}
