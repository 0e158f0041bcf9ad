//! What is written can be read back, cell by cell.

mod support;

use std::fs::File;
use std::path::PathBuf;

use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label_table::ValueLabelTable;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use pledgebook_ledger::export::{Select, export};
use rusqlite::types::Value as Cell;
use support::Bench;

/// Tables and queries that between them hold every kind of cell.
const SELECTS: [Select; 7] = [
    Select::Table("panel"),
    Select::Table("figures"),
    Select::Table("pledges"),
    Select::Table("passages"),
    Select::Table("documents"),
    Select::Table("statistics"),
    Select::Sql(
        "SELECT 1 AS a, 'x' AS a, NULL AS void, 9007199254740991 AS long, -1.5 AS 负数, x'00ff' AS bytes, '' AS empty UNION ALL SELECT NULL, 2, NULL, 0, 1e300, NULL, '=1+1'",
    ),
];

/// A bench with a passage too long for a row of Stata.
fn bench() -> Bench {
    let bench = Bench::with_sample();
    bench.put("长.txt", format!("2023年江西省政府工作报告\n各位代表：\n一、工作回顾\n{}\n", "粮食产量稳定增长。".repeat(400)));
    bench.build();
    bench
}

fn rows(bench: &Bench, select: Select) -> (Vec<String>, Vec<Vec<Cell>>) {
    let sql = match select {
        Select::Table(table) => format!("SELECT * FROM {table}"),
        Select::Sql(sql) => sql.to_owned(),
    };
    let db = bench.db();
    let mut statement = db.prepare(&sql).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| (0..names.len()).map(|i| row.get(i)).collect()).unwrap();
    let rows = rows.map(Result::unwrap).collect();
    (names, rows)
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
    }
}

fn written(bench: &Bench, select: Select, name: &str) -> PathBuf {
    let to = bench.dir.path().join(name);
    let exported = export(&bench.ledger, select, &to).unwrap();
    assert_eq!(exported.rows as usize, rows(bench, select).1.len());
    to
}

#[test]
fn stata_gets_every_cell_with_names_labels_and_value_labels() {
    let bench = bench();
    for select in SELECTS {
        let path = written(&bench, select, "t.dta");
        let (names, meant) = rows(&bench, select);
        let mut records = DtaReader::new().from_path(&path).unwrap().read_header().unwrap().read_schema().unwrap();
        records.skip_to_end().unwrap();
        let mut records = records.into_record_reader().unwrap();
        let variables = records.schema().variables().to_vec();
        assert_eq!(variables.len(), names.len());
        assert!(variables.iter().all(|v| v.name().is_ascii() && v.name().len() <= 32));
        let mut read: Vec<Vec<Value<'static>>> = Vec::new();
        while let Some(record) = records.read_record().unwrap() {
            let own = |value: &Value| match value {
                Value::String(text) => Value::String(text.clone().into_owned().into()),
                Value::Byte(n) => Value::Byte(*n),
                Value::Int(n) => Value::Int(*n),
                Value::Long(n) => Value::Long(*n),
                Value::Float(n) => Value::Float(*n),
                Value::Double(n) => Value::Double(*n),
                Value::LongStringRef(at) => Value::LongStringRef(*at),
            };
            read.push(record.values().iter().map(own).collect());
        }
        let mut long = LongStringTable::for_reading();
        let mut texts = records.into_long_string_reader().unwrap();
        texts.read_remaining_into(&mut long).unwrap();
        let mut labels = ValueLabelTable::new();
        texts.into_value_label_reader().unwrap().read_remaining_into(&mut labels).unwrap();
        assert_eq!(read.len(), meant.len(), "{select:?}");
        for (row, meant) in read.iter().zip(&meant) {
            for ((value, cell), variable) in row.iter().zip(meant).zip(&variables) {
                let number = match value {
                    Value::Byte(StataByte::Present(n)) => Some(f64::from(*n)),
                    Value::Int(StataInt::Present(n)) => Some(f64::from(*n)),
                    Value::Long(StataLong::Present(n)) => Some(f64::from(*n)),
                    Value::Double(StataDouble::Present(n)) => Some(*n),
                    _ => None,
                };
                let shown = match value {
                    Value::String(text) => text.to_string(),
                    Value::LongStringRef(at) if at.observation() == 0 => String::new(),
                    Value::LongStringRef(at) => {
                        String::from_utf8(long.get(at).unwrap().data().to_vec()).unwrap().trim_end_matches('\0').to_owned()
                    }
                    _ => match (number, labels.get(variable.value_label_name())) {
                        (Some(n), Some(set)) => match (set.label_for(n as i32).unwrap(), cell) {
                            ("yes", Cell::Integer(1)) => "1".to_owned(),
                            ("no", Cell::Integer(0)) => "0".to_owned(),
                            (word, _) => word.to_owned(),
                        },
                        (Some(n), None) => n.to_string(),
                        (None, _) => String::new(),
                    },
                };
                // Stata has no number so large.
                if !matches!(cell, Cell::Real(n) if *n > 9e307) {
                    assert_eq!(shown, text(cell), "{select:?} {}", variable.name());
                }
            }
        }
        if matches!(select, Select::Table("figures")) {
            let of = |name: &str| variables.iter().find(|v| v.name() == name).unwrap();
            assert_eq!((of("bound").label(), of("bound").value_label_name()), ("数值界限", "bound"));
            assert_eq!((of("low").label(), of("low").value_label_name()), ("数值（区间下限）", ""));
        }
    }
}

#[test]
fn parquet_gets_every_cell_with_its_kind() {
    let bench = bench();
    for select in SELECTS {
        let file = File::open(written(&bench, select, "t.parquet")).unwrap();
        let (names, meant) = rows(&bench, select);
        let reader = SerializedFileReader::new(file).unwrap();
        let mut count = 0;
        for (row, meant) in reader.get_row_iter(None).unwrap().zip(&meant) {
            count += 1;
            let row = row.unwrap();
            for (((name, field), cell), meant_name) in row.get_column_iter().zip(meant).zip(&names) {
                assert!(name == meant_name || (name, meant_name.as_str()) == (&"a_2".to_owned(), "a"));
                let same = match (field, cell) {
                    (Field::Null, Cell::Null) => true,
                    (Field::Bool(a), Cell::Integer(b)) => i64::from(*a) == *b,
                    (Field::Long(a), Cell::Integer(b)) => a == b,
                    (Field::Double(a), Cell::Real(b)) => a == b,
                    (Field::Double(a), Cell::Integer(b)) => *a == *b as f64,
                    (Field::Str(a), cell) => *a == text(cell),
                    _ => false,
                };
                assert!(same, "{select:?} {name}: {field:?} {cell:?}");
            }
        }
        assert_eq!(count, meant.len());
    }
}

#[test]
fn json_lines_and_csv_say_the_same() {
    let bench = bench();
    let (_, meant) = rows(&bench, Select::Table("figures"));
    let lines = std::fs::read_to_string(written(&bench, Select::Table("figures"), "t.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["id"], text(&meant[0][0]));
    assert!(first["low"].is_number() && first["stretch"].is_boolean() && first["hedge"].is_null(), "{first}");
    assert_eq!(lines.lines().count(), meant.len());
    let to = written(&bench, Select::Sql("SELECT '=HYPERLINK(1)' AS a, '一,二' AS b, 1.0 AS c, NULL AS d, -5 AS e"), "t.csv");
    assert_eq!(std::fs::read_to_string(to).unwrap(), "a,b,c,d,e\n'=HYPERLINK(1),\"一,二\",1,,-5\n");
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let bench = bench();
    let to = written(&bench, Select::Table("panel"), "t.csv");
    let before = std::fs::read(&to).unwrap();
    // The statement fails at its second row.
    let failing = Select::Sql("SELECT 1 UNION ALL SELECT abs(-9223372036854775808)");
    assert!(export(&bench.ledger, failing, &to).is_err());
    assert_eq!(std::fs::read(&to).unwrap(), before);
    assert!(!bench.dir.path().join("t.csv.part").exists());
}

#[test]
fn more_rows_than_excel_takes_are_refused() {
    let bench = bench();
    let many = Select::Sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1048576) SELECT i FROM n");
    let refused = export(&bench.ledger, many, &bench.dir.path().join("t.xlsx")).unwrap_err().to_string();
    assert!(refused.contains("1048575 rows") && refused.contains(".parquet"), "{refused}");
}
