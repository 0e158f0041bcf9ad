//! The pages over HTTP, as a browser or an attacker asks for them.

mod invented;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use invented::{Answer, Shelf};
use pledgebook_web::labels::Language;

/// The addresses in the links of a page, resolved against its own.
fn links(page: &str, body: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in body.split("href=\"").skip(1).chain(body.split("action=\"").skip(1)) {
        let target = part.split('"').next().unwrap_or_default().replace("&amp;", "&");
        let target = target.split('#').next().unwrap_or_default();
        if target.is_empty() || target.starts_with("http") {
            continue;
        }
        let path = page.split('?').next().unwrap_or_default();
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for step in target.split('/') {
            match step {
                ".." => drop(parts.pop()),
                step => parts.push(step),
            }
        }
        found.insert(parts.join("/"));
    }
    found
}

#[tokio::test]
async fn every_page_in_every_language_answers_and_every_link_on_it_leads_somewhere() {
    let shelf = Shelf::with_reports();
    let mut seen = BTreeSet::from([
        "/en/index.html".to_owned(),
        "/en/search.html?q=%E5%B0%B1".to_owned(),
        "/en/words.html?q=就业".replace("就业", "%E5%B0%B1%E4%B8%9A"),
    ]);
    let mut open: Vec<String> = seen.iter().cloned().collect();
    while let Some(page) = open.pop() {
        let answer = shelf.get(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        if !answer.is("text/html") {
            continue;
        }
        for link in links(&page, &answer.body) {
            if seen.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    for language in Language::ALL {
        for page in [
            "index",
            "verdicts",
            "verdicts/missed",
            "indicators",
            "indicator/gdp",
            "area/360000",
            "report/360000-2025-work_report",
            "about",
            "tasks/360000-2024-work_report",
            "diff/360000-2024-work_report/360000-2025-work_report",
        ] {
            let path = format!("/{}/{page}", language.path());
            assert!(seen.contains(&format!("{path}.html")), "no link leads to {path}");
            let answer = shelf.get(&format!("{path}.html")).await;
            assert!(answer.body.contains(&format!("<html lang=\"{}\">", language.tag())), "{path}");
        }
    }
}

#[tokio::test]
async fn a_goal_leads_to_its_sentence_and_its_result_to_that_of_the_next_report() {
    let shelf = Shelf::with_reports();
    let page = shelf.get("/en/report/360000-2024-work_report.html").await.body;
    let row = page.split("<tr>").find(|row| row.contains("Fixed-asset investment")).expect("the goal is in the table");
    assert!(row.contains("missed"), "{row}");
    let anchor = row
        .split("360000-2025-work_report.html#")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the result leads to the next report");
    let next = shelf.get("/en/report/360000-2025-work_report.html").await.body;
    assert!(next.contains(&format!("href=\"#{anchor}\">4.8%</a>")), "the anchor is the figure in its sentence");
    assert!(next.contains(&format!("id=\"{anchor}\"")), "and its coding stands beside it");
    let goal =
        row.split("360000-2024-work_report.html#").nth(1).and_then(|rest| rest.split('"').next()).expect("the goal leads to its words");
    assert!(page.contains(&format!("<span id=\"{goal}\"></span>")));
}

#[tokio::test]
async fn every_page_has_a_twin_in_json_and_tables_in_csv_and_excel() {
    let shelf = Shelf::with_reports();
    for page in [
        "index",
        "verdicts",
        "indicators",
        "indicator/gdp",
        "area/360000",
        "report/360000-2025-work_report",
        "about",
        "tasks/360000-2024-work_report",
        "diff/360000-2024-work_report/360000-2025-work_report",
    ] {
        let json = shelf.get(&format!("/zh-hans/{page}.json")).await;
        assert!(json.is("application/json"), "{page}");
        let content: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(content["page"], format!("/zh-hans/{page}.json"));
        let csv = shelf.get(&format!("/zh-hans/{page}.csv")).await;
        assert_eq!(csv.status == StatusCode::OK, page != "about", "{page}");
        let workbook = shelf.get(&format!("/zh-hans/{page}.xlsx")).await;
        assert_eq!(workbook.status == StatusCode::OK, page != "about", "{page}");
        assert_eq!(workbook.is("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), page != "about", "{page}");
    }
    let verdicts: serde_json::Value = serde_json::from_str(&shelf.get("/en/verdicts/missed.json").await.body).unwrap();
    assert!(verdicts["content"]["goals"].as_array().unwrap().iter().all(|goal| goal["verdict"] == "missed"));
    let csv = shelf.get("/en/verdicts/missed.csv").await.body;
    assert_eq!(csv.lines().count(), 1 + verdicts["content"]["goals"].as_array().unwrap().len());
}

#[tokio::test]
async fn filters_narrow_and_orders_sort() {
    let shelf = Shelf::with_reports();
    let goals = async |question: &str| -> Vec<serde_json::Value> {
        let page: serde_json::Value = serde_json::from_str(&shelf.get(&format!("/en/verdicts.json{question}")).await.body).unwrap();
        page["content"]["goals"].as_array().unwrap().clone()
    };
    let all = goals("").await;
    let of_one = goals("?area=360000&year=2024").await;
    assert!(!of_one.is_empty() && of_one.len() < all.len());
    assert!(of_one.iter().all(|goal| goal["year"] == 2024));
    assert!(goals("?indicator=gdp").await.iter().all(|goal| goal["indicator"] == "gdp"));
    let order: Vec<(bool, bool, i64)> = goals("")
        .await
        .iter()
        .map(|goal| {
            let verdict = goal["verdict"].as_str().unwrap();
            let judged = ["exceeded", "met", "missed"].contains(&verdict);
            (!judged, verdict == "pending", -goal["year"].as_i64().unwrap())
        })
        .collect();
    assert!(order.is_sorted() && order.len() > 3, "what is judged first and what is pending last, each with the newest on top: {order:?}");
    assert_eq!(shelf.get("/en/verdicts.html?year=abc").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(shelf.get("/en/verdicts.html?area=nowhere").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn search_finds_in_either_script_and_marks_what_it_found() {
    let shelf = Shelf::with_reports();
    for query in ["%E5%B0%B1%E4%B8%9A", "%E5%B0%B1%E6%A5%AD"] {
        let page = shelf.get(&format!("/en/search.html?q={query}")).await.body;
        assert!(page.contains("<mark>就业</mark>"), "{page}");
    }
    assert_eq!(shelf.get("/en/search.html?q=%22").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_text_in_traditional_characters_can_be_shown_in_simplified_ones() {
    let shelf = Shelf::with_reports();
    let page = "/en/report/630000-2023-work_report.html";
    let written = shelf.get(page).await.body;
    assert!(written.contains("國內生產總值") && written.contains("630000-2023-work_report.html?script=hans#text"), "{written}");
    let shown = shelf.get(&format!("{page}?script=hans")).await.body;
    // Quotes stay as they were read.
    let text = shown.split_once("id=\"text\"").unwrap().1;
    assert!(text.contains("国内生产总值") && !text.contains("國內生產總值"), "{text}");
    let marks = |body: &str| body.matches("class=\"fig ").count();
    assert!(marks(&written) > 0 && marks(&written) == marks(&shown), "every figure is marked in both");
    assert!(
        !shelf.get("/en/report/360000-2024-work_report.html").await.body.contains("script=hans"),
        "a Simplified text has no such choice"
    );
}

#[tokio::test]
async fn a_report_whose_editions_a_build_is_still_settling_is_shown() {
    let shelf = Shelf::with_reports();
    shelf.ledger().execute("UPDATE documents SET preferred = 0", []).unwrap();
    for page in ["report/360000-2024-work_report", "diff/360000-2024-work_report/360000-2025-work_report"] {
        assert_eq!(shelf.get(&format!("/en/{page}.html")).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn several_words_are_counted_beside_each_other() {
    let shelf = Shelf::with_reports();
    let content = async |question: &str| -> serde_json::Value {
        let page: serde_json::Value = serde_json::from_str(&shelf.get(&format!("/en/words.json?q={question}")).await.body).unwrap();
        page["content"].clone()
    };
    let both = content("就业、投资").await;
    let rows = both["years"].as_array().unwrap();
    assert_eq!(both["terms"], serde_json::json!(["就业", "投资"]));
    for (term, one) in [("就业", content("就业").await), ("投资", content("投资").await)] {
        for year in one["years"].as_array().unwrap() {
            let row = rows.iter().find(|row| row["term"] == term && row["year"] == year["year"]).unwrap();
            assert_eq!((&row["places"], &row["reports"]), (&year["places"], &year["reports"]), "{term}");
        }
    }
    let many = ["一", "二"].repeat(8).join("、");
    assert_eq!(shelf.get(&format!("/en/words.html?q={many}")).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_root_leads_to_the_readers_language() {
    let shelf = Shelf::with_reports();
    for (accepted, place) in [("zh-TW,zh;q=0.8", "/zh-hant/index.html"), ("zh-CN", "/zh-hans/index.html"), ("de", "/en/index.html")] {
        let answer = shelf.ask("GET", "/", &[("accept-language", accepted)], "").await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place));
    }
}

// The attacks of docs/security.md, each with its answer.

#[tokio::test]
async fn a_name_that_is_not_ours_is_misdirected() {
    let shelf = Shelf::with_reports();
    for host in ["evil.example", "evil.example:8750", "127.0.0.1.evil.example", "", "localhost:evil"] {
        let answer = shelf.raw("GET", "/en/index.html", &[("host", host)], "").await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    assert_eq!(shelf.raw("GET", "/en/index.html", &[], "").await.status, StatusCode::MISDIRECTED_REQUEST);
    for host in ["127.0.0.1:8750", "localhost", "LOCALHOST:80"] {
        assert_eq!(shelf.raw("GET", "/en/index.html", &[("host", host)], "").await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn no_address_leads_outside() {
    let shelf = Shelf::with_reports();
    for path in [
        "/../ledger.db",
        "/en/../../etc/passwd",
        "/en/report/..%2f..%2fledger.db.html",
        "/en/%2e%2e/index.html",
        "/ledger.db",
        "/en/report/a%00b.html",
        "//evil.example/en/index.html",
        "/en/report/%27%20OR%201=1.html",
    ] {
        let answer = shelf.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.is("text/html") && !answer.body.contains("SQLite"), "{path}");
    }
}

#[tokio::test]
async fn scripts_in_texts_titles_file_names_and_questions_stay_text() {
    let shelf = Shelf::with_reports();
    let script = "%3Cscript%3Ealert(1)%3C/script%3E";
    let pages = [
        "/en/report/360000-2025-work_report.html".to_owned(),
        "/en/index.html".to_owned(),
        "/en/diff/360000-2024-work_report/360000-2025-work_report.html".to_owned(),
        "/en/area/360000.html".to_owned(),
        "/en/search.html?q=alert".to_owned(),
        format!("/en/search.html?q={script}"),
        format!("/en/words.html?q={script}"),
        format!("/en/words.html?q=%E5%B0%B1%E4%B8%9A%E3%80%81{script}"),
        format!("/en/report/630000-2023-work_report.html?script={script}"),
        format!("/en/verdicts.html?area={script}&sort={script}"),
        format!("/en/{script}"),
        "/en/chart/360000/gdp/growth.svg".to_owned(),
    ];
    for page in pages {
        let answer = shelf.get(&page).await;
        let body = answer.body.to_lowercase();
        assert!(!body.contains("<script") && !body.contains("<img") && !body.contains("javascript:"), "{page}: {body}");
    }
    let report = shelf.get("/en/report/360000-2025-work_report.html").await.body;
    assert!(
        report.contains("&lt;script&gt;alert") && report.contains("&lt;img src=x onerror=alert(2)&gt;"),
        "the text and the file's name are shown as they are"
    );
}

#[tokio::test]
async fn every_answer_carries_a_strict_policy_and_no_inline_style_or_handler() {
    let shelf = Shelf::with_reports();
    for page in
        ["/en/index.html", "/en/index.json", "/nothing", "/book.css", "/en/report/360000-2025-work_report.html", "/en/verdicts.html"]
    {
        let answer = shelf.get(page).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        for inline in [" style=", " onclick=", " onload=", "<script"] {
            assert!(!answer.body.contains(inline), "{page}: {inline}");
        }
    }
    assert_eq!(shelf.get("/en/chart/360000/gdp/growth.svg").await.header("cross-origin-resource-policy"), "cross-origin");
}

#[tokio::test]
async fn too_long_an_address_or_question_is_refused() {
    let shelf = Shelf::with_reports();
    assert_eq!(shelf.get(&format!("/en/search.html?q={}", "a".repeat(5000))).await.status, StatusCode::URI_TOO_LONG);
    assert_eq!(shelf.get(&format!("/en/search.html?q={}", "a".repeat(300))).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(shelf.get(&format!("/en/search.html?q={}", "(".repeat(190))).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nothing_is_written_without_edit() {
    let shelf = Shelf::with_reports();
    let figure = shelf.figure("4.8%");
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let answer = shelf.ask(method, &format!("/en/check/{figure}.html"), &[], "period=2023&why=x").await;
        assert!(matches!(answer.status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::FORBIDDEN), "{method}");
    }
    assert_eq!(shelf.get("/en/check.html").await.status, StatusCode::NOT_FOUND);
    assert_eq!(shelf.corrections(), 0);
}

/// The token that a form carries.
fn token(form: &Answer) -> String {
    let value = form.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("the form carries a token").to_owned()
}

#[tokio::test]
async fn a_correction_needs_the_key_the_token_and_this_site() {
    let shelf = Shelf::with_editor("陈校");
    let figure = shelf.figure("4.8%");
    let page = format!("/en/check/{figure}.html");
    // Without the key there is no form.
    assert_eq!(shelf.get(&page).await.status, StatusCode::NOT_FOUND);
    let cookie = shelf.cookie().await;
    let form = shelf.ask("GET", &page, &[("cookie", &cookie)], "").await;
    assert_eq!(form.status, StatusCode::OK);
    let token = token(&form);
    let body = format!("token={token}&period=2023&why=the+year+before&who=Somebody+Else");
    let own = [("cookie", cookie.as_str()), ("origin", "http://127.0.0.1:8750"), ("sec-fetch-site", "same-origin")];
    for (what, headers, body) in [
        ("no key", vec![own[1], own[2]], body.clone()),
        ("a wrong key", vec![("cookie", "pledgebook=0123456789abcdef0123456789abcdef"), own[1], own[2]], body.clone()),
        ("another site", vec![own[0], ("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")], body.clone()),
        ("another port", vec![own[0], ("origin", "http://127.0.0.1:9999"), ("sec-fetch-site", "same-site")], body.clone()),
        ("no origin", vec![own[0]], body.clone()),
        ("no token", own.to_vec(), "period=2023&why=x".to_owned()),
        ("a wrong token", own.to_vec(), format!("token={}&period=2023&why=x", "0".repeat(32))),
    ] {
        assert_eq!(shelf.ask("POST", &page, &headers, &body).await.status, StatusCode::FORBIDDEN, "{what}");
    }
    assert_eq!(shelf.ask("POST", &page, &own, &format!("token={token}&period=2023")).await.status, StatusCode::BAD_REQUEST, "no reason");
    assert_eq!(
        shelf.ask("POST", &page, &own, &format!("token={token}&period=soon&why=x")).await.status,
        StatusCode::BAD_REQUEST,
        "no period"
    );
    assert_eq!(shelf.ask("POST", &page, &own, &"x".repeat(70_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(shelf.corrections(), 0);
    let made = shelf.ask("POST", &page, &own, &body).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, format!("{page}?saved=1").as_str()), "{}", made.body);
    assert_eq!(shelf.corrections(), 1);
    // The name is that of the session, whatever the form says, and the verdict follows at once.
    let shown = shelf.ask("GET", &page, &[("cookie", &cookie)], "").await.body;
    assert!(shown.contains("陈校") && shown.contains("the year before") && !shown.contains("Somebody"), "{shown}");
    let goals = shelf.get("/en/report/360000-2024-work_report.json").await.body;
    let goals: serde_json::Value = serde_json::from_str(&goals).unwrap();
    let investment =
        goals["content"]["goals"].as_array().unwrap().iter().find(|goal| goal["indicator"] == "fixed_investment").unwrap().clone();
    assert_ne!(investment["verdict"], "missed");
}

#[tokio::test]
async fn a_script_in_a_correction_stays_text() {
    let shelf = Shelf::with_editor("<script>alert(3)</script>");
    let figure = shelf.figure("4.8%");
    let page = format!("/en/check/{figure}.html");
    let cookie = shelf.cookie().await;
    let own = [("cookie", cookie.as_str()), ("origin", "http://127.0.0.1:8750"), ("sec-fetch-site", "same-origin")];
    let form: Answer = shelf.ask("GET", &page, &own, "").await;
    let token = token(&form);
    let evil = "%3Cscript%3Ealert(4)%3C/script%3E";
    let made = shelf.ask("POST", &page, &own, &format!("token={token}&label={evil}&why={evil}")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let shown = shelf.ask("GET", &page, &own, "").await.body;
    assert!(!shown.contains("<script") && shown.contains("&lt;script&gt;alert(4)"), "{shown}");
}

#[tokio::test]
async fn a_sample_says_what_share_was_found_right_and_how_sure_that_is() {
    let shelf = Shelf::with_editor("陈校");
    let cookie = shelf.cookie().await;
    let own = [("cookie", cookie.as_str()), ("origin", "http://127.0.0.1:8750"), ("sec-fetch-site", "same-origin")];
    let sample = async || -> serde_json::Value {
        serde_json::from_str(&shelf.ask("GET", "/en/check.json?sample=7&size=4", &own, "").await.body).unwrap()
    };
    let drawn = sample().await;
    assert_eq!((&drawn["content"]["size"], &drawn["content"]["checked"]), (&4.into(), &0.into()));
    assert_eq!(drawn, sample().await, "the same number gives the same figures");
    let figures: Vec<String> =
        drawn["content"]["figures"].as_array().unwrap().iter().map(|one| one["figure"].as_str().unwrap().to_owned()).collect();
    let other: serde_json::Value = serde_json::from_str(&shelf.ask("GET", "/en/check.json?sample=8&size=4", &own, "").await.body).unwrap();
    assert_ne!(drawn["content"]["figures"], other["content"]["figures"]);
    for (figure, form) in figures.iter().zip(["checked=1", "checked=1", "period=2019&why=the+text+says+so"]) {
        let page = format!("/en/check/{figure}.html?sample=7&size=4");
        let token = token(&shelf.ask("GET", &page, &own, "").await);
        let made = shelf.ask("POST", &page, &own, &format!("token={token}&{form}")).await;
        let there = format!("/en/check/{figure}.html?sample=7&size=4&saved=1");
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, there.as_str()), "{}", made.body);
        let next = shelf.ask("GET", &there, &own, "").await.body;
        assert!(figures.iter().filter(|other| *other != figure).any(|other| next.contains(&format!("{other}.html?sample=7"))), "{next}");
    }
    let page = format!("/en/check/{}.html?sample=7&size=4", figures[3]);
    let token = token(&shelf.ask("GET", &page, &own, "").await);
    let both = shelf.ask("POST", &page, &own, &format!("token={token}&checked=1&period=2019")).await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST, "right and changed: {}", both.body);
    let told = sample().await["content"].clone();
    assert_eq!((&told["checked"], &told["right"]), (&3.into(), &2.into()));
    let low = told["interval"][0].as_f64().unwrap();
    assert!((low - 0.2077).abs() < 1e-4, "Wilson's interval of 2 in 3 begins at 0.2077: {low}");
    for bad in ["sample=x", "sample=1&size=0", "sample=1&size=501"] {
        assert_eq!(shelf.ask("GET", &format!("/en/check.html?{bad}"), &own, "").await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}
