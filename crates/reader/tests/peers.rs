//! The test cases of other tools, where they express a quantity: each is put into a sentence of a report and read.
//!
//! They stand in `peers/` of the shared folder (see its NOTICE.txt); without it these tests skip, unless
//! `PLEDGEBOOK_REQUIRE_SHARED` is set.

use std::path::PathBuf;

use pledgebook_document::{Given, Meta, Source, documents};
use pledgebook_lexicon::{Bound, Lexicon};
use pledgebook_reader::{Figure, read};
use serde_json::Value;

fn cases(name: &str) -> Option<Vec<Value>> {
    let shared = std::env::var_os("PLEDGEBOOK_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let path = shared.join("peers").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(e) if std::env::var_os("PLEDGEBOOK_REQUIRE_SHARED").is_some() => panic!("{}: {e}", path.display()),
        Err(_) => {
            println!("skipped: {} is not there", path.display());
            None
        }
    }
}

fn figures(sentence: String, lexicon: &Lexicon) -> Vec<Figure> {
    let meta = Meta { year: Some(2025), ..Meta::default() };
    let source = Source { text: sentence, ..Source::default() };
    documents(source, &Given { meta, ..Given::default() }).iter().flat_map(|d| read(d, lexicon).figures).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.01_f64.max(1e-9 * a.abs())
}

/// Fails when a case that is not named in `known` is read otherwise, or one that is named is read right after all.
fn judge(wrong: &[(String, String)], known: &[(&str, &str)]) {
    let surprises: Vec<_> = wrong.iter().filter(|(input, _)| known.iter().all(|(k, _)| k != input)).collect();
    assert!(surprises.is_empty(), "read otherwise: {surprises:#?}");
    let outdated: Vec<_> = known.iter().filter(|(k, _)| wrong.iter().all(|(input, _)| input != k)).collect();
    assert!(outdated.is_empty(), "read right by now, take them off the list: {outdated:#?}");
}

#[test]
fn amounts_of_money() {
    let Some(cases) = cases("jionlp_money_parse.json") else { return };
    let lexicon = Lexicon::builtin();
    let mut wrong = Vec::new();
    for case in &cases {
        let input = case["input"].as_str().unwrap();
        let expected = &case["expected"];
        let number = |v: &Value| v.as_str().unwrap().parse::<f64>().unwrap();
        let ends = match &expected["num"] {
            Value::Array(ends) => (number(&ends[0]), number(&ends[1])),
            one => (number(one), number(one)),
        };
        let got = figures(format!("总投资{input}。"), &lexicon);
        // An open amount (十多, 数十) has no upper end of its own here: the bound says it.
        let open = |f: &Figure| matches!(f.bound, Bound::MoreThan | Bound::Several | Bound::About);
        let value = |f: &Figure| near(f.value.low, ends.0) && (near(f.value.high, ends.1) || open(f));
        let yuan = expected["case"] == "元";
        let unit = |f: &Figure| match f.unit.as_str() {
            "CNY" => yuan,
            "USD" => expected["case"] == "美元",
            other => !yuan && other.starts_with("other:"),
        };
        if !matches!(got.as_slice(), [only] if value(only) && unit(only)) {
            let got: Vec<_> = got.iter().map(|f| (f.value.low, f.value.high, f.unit.to_string(), f.bound)).collect();
            wrong.push((input.to_owned(), format!("expected {expected}, got {got:?}")));
        }
    }
    println!("{} of {} right", cases.len() - wrong.len(), cases.len());
    judge(&wrong, &[("从8500到3万港元", "从…到 is a change from one value to another in this genre, not a range")]);
}

#[test]
fn numerals_in_words() {
    let (Some(parsed), Some(written)) = (cases("cn2an_cn2an.json"), cases("cn2an_an2cn.json")) else { return };
    let lexicon = Lexicon::builtin();
    let both = parsed
        .iter()
        .map(|c| (&c["input"], &c["expected"]))
        .chain(written.iter().filter(|c| c["mode"] != "direct").map(|c| (&c["expected"], &c["input"])));
    let (mut wrong, mut all) = (Vec::new(), 0);
    for (words, value) in both {
        let (Some(words), Some(value)) = (words.as_str(), value.as_f64()) else { continue };
        // Quantities are above zero, digits in a row (一七二〇) are years and codes, and 一 before a unit is an article (CODEBOOK).
        let digits_in_a_row = words.chars().filter(|c| *c != '点').count() > 1
            && !words.contains(['十', '百', '千', '万', '亿', '拾', '佰', '仟', '元', '角', '分', '点']);
        if value <= 0.0 || digits_in_a_row || words == "一" {
            continue;
        }
        let money = words.contains(['元', '圆', '角', '分']);
        let value = if money { (value * 100.0).round() / 100.0 } else { value };
        if value == 0.0 {
            continue;
        }
        all += 1;
        let sentence = if money { format!("总投资{words}。") } else { format!("产量为{words}吨。") };
        let got = figures(sentence, &lexicon);
        if !matches!(got.as_slice(), [only] if (only.value.low - value).abs() <= 1e-9 * value) {
            wrong.push((words.to_owned(), format!("expected {value}, got {:?}", got.iter().map(|f| f.value.low).collect::<Vec<_>>())));
        }
    }
    println!("{} of {all} right", all - wrong.len());
    let mixed = "digits in both scripts for one number; no report writes so";
    let points = "分 alone is as often a point or a part as money";
    judge(&wrong, &[("壹分", points), ("200亿零四千230", mixed), ("一百点123", mixed), ("1百01", mixed)]);
}
