//! What became of goals, as people see it: two years of an invented province, a city in it, and the nation.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn report(area: &str, year: i16, review: &str, goals: &str, work: &str) -> String {
    format!(
        "政府工作报告\n\n——{year}年1月20日在{area}第十五届人民代表大会第三次会议上\n\n各位代表：\n\n一、{last}年工作回顾\n\n过去一年，{review}。\n\n\
         二、{year}年工作安排\n\n{year}年经济社会发展的主要预期目标是：{goals}。\n\n三、{year}年重点工作\n\n{work}\n",
        last = year - 1
    )
}

struct Ledger(TempDir);

impl Ledger {
    fn new() -> Self {
        let ledger = Ledger(tempfile::tempdir().unwrap());
        fs::create_dir(ledger.0.path().join("reports")).unwrap();
        let write = |name: &str, text: String| fs::write(ledger.0.path().join("reports").join(name), text).unwrap();
        let goals = "国内生产总值增长5%左右；居民消费价格涨幅3%左右";
        write(
            "2024年国务院政府工作报告.txt",
            report("第十四届全国人民代表大会", 2024, "国内生产总值增长5.2%", goals, "").replace("大会第十五届人民代表大会", "大会"),
        );
        let goals = "地区生产总值增长5.5%左右、在实际工作中努力争取更好结果；规模以上工业增加值增长7%以上、力争达到8%；城镇新增就业40万人以上；\
                     城镇调查失业率5.5%左右；居民消费价格涨幅3%左右；居民收入增长与经济增长同步；生态环境质量持续改善";
        let work = "加快建设澜江大桥，年内建成通车。改造城镇老旧小区1000个。建设低空经济试点园区3个。";
        write("2024年江西省政府工作报告.txt", report("江西省", 2024, "地区生产总值增长4.1%", goals, work));
        let review = "地区生产总值增长5.1%，规模以上工业增加值增长7.4%，城镇新增就业46万人，居民消费价格上涨0.3%，居民人均可支配收入增长5.4%，\
                      主要预期目标基本完成，经济增长未达预期。三次产业结构为8.1∶42.3∶51.6。澜江大桥建成通车";
        let goals = "地区生产总值增长5%以上；规模以上工业增加值增长7%；城镇新增就业42万人以上；居民消费价格涨幅2%左右";
        write("2025年江西省政府工作报告.txt", report("江西省", 2025, review, goals, "改造城镇老旧小区1200个。"));
        write("2024年南昌市政府工作报告.txt", report("南昌市", 2024, "地区生产总值增长4%", "地区生产总值增长6.5%左右", ""));
        let done = ledger.run(&["build", "reports", "--ledger", "book.db"]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        ledger
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).current_dir(self.path()).output().expect("the command runs")
    }

    fn shown(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }

    fn json(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let arguments = [arguments, &["--format", "json"]].concat();
        self.shown(&arguments).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

#[test]
fn tables_are_read_by_a_stranger() {
    let ledger = Ledger::new();
    insta::assert_snapshot!("verdicts_80_en", ledger.shown(&["verdicts", "book.db", "--area", "江西", "--lang", "en", "--width", "80"]));
    insta::assert_snapshot!("verdicts_120_zh", ledger.shown(&["verdicts", "book.db", "--area", "江西", "--lang", "zh", "--width", "120"]));
    insta::assert_snapshot!("panel_120_en", ledger.shown(&["panel", "book.db", "--area", "江西", "--lang", "en", "--width", "120"]));
    insta::assert_snapshot!("cascade_80_en", ledger.shown(&["cascade", "book.db", "--indicator", "gdp", "--lang", "en", "--width", "80"]));
    insta::assert_snapshot!(
        "account_80_en",
        ledger.shown(&["account", "book.db", "--area", "江西", "--year", "2024", "--lang", "en", "--width", "80"])
    );
    insta::assert_snapshot!(
        "account_120_zh",
        ledger.shown(&["account", "book.db", "--area", "江西", "--year", "2024", "--lang", "zh", "--width", "120"])
    );
    insta::assert_snapshot!(
        "tasks_80_en",
        ledger.shown(&["tasks", "list", "book.db", "--area", "江西", "--year", "2024", "--lang", "en", "--width", "80"])
    );
    insta::assert_snapshot!("coherence_80_en", ledger.shown(&["coherence", "book.db", "--lang", "en", "--width", "80"]));
    insta::assert_snapshot!("resolutions_80_en", ledger.shown(&["resolutions", "book.db", "--lang", "en", "--width", "80"]));
}

#[test]
fn every_row_is_a_line_of_json() {
    let ledger = Ledger::new();
    let missed = ledger.json(&["verdicts", "book.db", "--verdict", "missed"]);
    assert_eq!(missed.len(), 1);
    assert_eq!((&missed[0]["indicator"], &missed[0]["margin"], &missed[0]["claimed"]), (&"gdp".into(), &(-0.4).into(), &"missed".into()));
    let panel = ledger.json(&["panel", "book.db", "--area", "南昌市"]);
    assert_eq!((&panel[0]["parent_goal_low"], &panel[0]["amplification"]), (&5.5.into(), &1.into()));
    assert_eq!(panel[0].as_object().map(serde_json::Map::len), Some(41));
    let account = ledger.json(&["account", "book.db", "--area", "360000", "--year", "2024"]);
    assert_eq!(account[0]["goals"][0]["next"], "lowered");
    assert_eq!(ledger.json(&["tasks", "list", "book.db", "--area", "江西", "--year", "2024", "--status", "silent"]).len(), 1);
    assert_eq!(ledger.json(&["coherence", "book.db"])[0]["kind"], "shares");
    assert_eq!(ledger.json(&["cascade", "book.db", "--indicator", "国内生产总值", "--year", "2024"]).len(), 3);
}

#[test]
fn a_correction_says_what_it_did_to_the_verdict() {
    let ledger = Ledger::new();
    let figure = ledger.json(&["verdicts", "book.db", "--area", "江西", "--indicator", "gdp", "--year", "2024"])[0]["outcome"]
        .as_str()
        .unwrap()
        .to_owned();
    let told = ledger
        .shown(&["correct", "book.db", "--figure", &figure, "--set", "low=5.8", "--set", "high=5.8", "--why", "misprint", "--who", "t"]);
    assert!(told.contains("missed (−0.4) is now exceeded (+0.3)"), "{told}");
    assert_eq!(ledger.json(&["verdicts", "book.db", "--verdict", "exceeded", "--indicator", "gdp"]).len(), 1);
}

#[test]
fn statistics_come_in_and_say_what_they_did() {
    let ledger = Ledger::new();
    let head = "area,indicator,measure,period,value,unit,source,vintage\n";
    fs::write(
        ledger.path().join("s.csv"),
        format!("{head}CN,gdp,growth,2024,5.04,percent,yearbook,2025\nCN,gdb,growth,2024,5,percent,yearbook,2025\n"),
    )
    .unwrap();
    let done = ledger.run(&["statistics", "import", "book.db", "s.csv"]);
    assert_eq!(done.status.code(), Some(1), "a row was left out");
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(out.contains("1 new") && out.contains("pending is now met (0)"), "{out}");
    assert!(err.contains("s.csv: line 3") && err.contains("`gdb` is no indicator"), "{err}");
}

#[test]
fn a_workbook_goes_out_and_comes_back() {
    let ledger = Ledger::new();
    let told = ledger.shown(&["tasks", "workbook", "book.db", "--area", "江西", "--year", "2024", "--to", "tasks.xlsx"]);
    assert!(told.contains("3 tasks"), "{told}");
    let told = ledger.shown(&["tasks", "import", "book.db", "tasks.xlsx"]);
    assert!(told.contains("0 taken in or changed, 0 added, 3 as they were"), "{told}");
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let ledger = Ledger::new();
    for (arguments, said) in [
        (&["verdicts", "book.db", "--area", "湖南"][..], "中国、江西省、南昌市"),
        (&["account", "book.db", "--area", "江西", "--year", "2020"], "it has 2024, 2025"),
        (&["panel", "none.db"], "pledgebook build"),
        (&["tasks", "import", "book.db", "none.xlsx"], "none.xlsx"),
        (&["tasks", "workbook", "book.db", "--area", "江西", "--year", "2024", "--to", "tasks.csv"], "name it .xlsx"),
    ] {
        let done = ledger.run(arguments);
        let err = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
    assert_eq!(ledger.run(&["verdicts", "book.db", "--verdict", "kept"]).status.code(), Some(2));
    let mistyped = ledger.run(&["verdicts", "book.db", "--indicator", "gpd"]);
    assert_eq!(mistyped.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&mistyped.stderr).contains("`gpd` is no indicator"));
    assert!(ledger.shown(&["verdicts", "book.db", "--indicator", "cpi", "--year", "1999"]).contains("Nothing in this ledger"));
}
