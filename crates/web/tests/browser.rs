//! The pages in a real browser: Chromium, driven through WebDriver.
//!
//! Skipped unless `PLEDGEBOOK_REQUIRE_BROWSER` is set, as `.ci/run` does: then the absence of `chromedriver` fails. Where
//! `PLEDGEBOOK_AXE` names the script of axe-core, every page is held against its rules too.

mod invented;

use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use pledgebook_lexicon::Lexicon;
use pledgebook_web::{Book, Serve, serve};
use serde_json::json;
use tempfile::TempDir;

/// A free port below those that the system gives to connections: a connection to one of them may be answered by itself.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + (std::process::id() % 1_000) as u16 * 10;
    (0..2_000)
        .map(|_| first + NEXT.fetch_add(1, Ordering::Relaxed))
        .find(|&port| TcpListener::bind(("127.0.0.1", port)).is_ok())
        .expect("a free port")
}

/// A driver of its own; it ends with the test.
struct Driver {
    process: Child,
    port: u16,
    profile: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Driver {
    /// Starts it; none where nobody requires it.
    fn start() -> Option<Self> {
        if std::env::var_os("PLEDGEBOOK_REQUIRE_BROWSER").is_none() {
            eprintln!("skipped: PLEDGEBOOK_REQUIRE_BROWSER is not set");
            return None;
        }
        let port = free_port();
        let started = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        match started {
            Ok(process) => {
                let driver = Driver { process, port, profile: TempDir::new().unwrap() };
                for _ in 0..200 {
                    if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                        return Some(driver);
                    }
                    std::thread::sleep(Duration::from_millis(50));
                }
                panic!("chromedriver does not answer");
            }
            Err(error) => panic!("chromedriver: {error}"),
        }
    }

    async fn browser(&self) -> Client {
        let mut wanted = Capabilities::new();
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        wanted.insert(
            "goog:chromeOptions".to_owned(),
            json!({ "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", profile] }),
        );
        wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("a browser")
    }
}

/// What the browser's console said since it was last asked: errors and breaches of the policy.
#[derive(Debug)]
struct Console;

impl WebDriverCompatibleCommand for Console {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// The size of the window as the page sees it: a headless window cannot be narrower than 500 points.
#[derive(Debug)]
struct Width(u32);

impl WebDriverCompatibleCommand for Width {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let metrics = json!({ "width": self.0, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        (http::Method::POST, Some(json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics }).to_string()))
    }
}

/// Light or dark, as the reader's system says.
#[derive(Debug)]
struct Scheme(&'static str);

impl WebDriverCompatibleCommand for Scheme {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": self.0 }] });
        (http::Method::POST, Some(json!({ "cmd": "Emulation.setEmulatedMedia", "params": features }).to_string()))
    }
}

/// A server on a free port, and the key where it takes corrections.
fn served(folder: &TempDir, editor: Option<&str>) -> (SocketAddr, Option<String>) {
    let book = Book::open(&invented::ledger(folder), Lexicon::builtin(), "built-in".to_owned()).unwrap();
    let asked = Serve { address: "127.0.0.1:0".parse().unwrap(), hosts: Vec::new(), editor: editor.map(str::to_owned) };
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || serve(book, &asked, |address, key| tell.send((address, key.map(str::to_owned))).unwrap()));
    told.recv_timeout(Duration::from_secs(60)).expect("the server is ready")
}

/// Waits for what a page shows that a click leads to.
async fn arrive(browser: &Client, css: &str) -> fantoccini::elements::Element {
    browser.wait().at_most(Duration::from_secs(60)).for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"))
}

/// What axe-core finds on the page: rule, how many places, the first of them.
async fn axe(browser: &Client, script: &str) -> Vec<String> {
    const RUN: &str = "const done = arguments[0]; \
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }) \
        .then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.length + ': ' + v.nodes[0].html.slice(0, 160))), e => done([String(e)]));";
    browser.execute(script, Vec::new()).await.unwrap();
    let found = browser.execute_async(RUN, Vec::new()).await.unwrap();
    found.as_array().unwrap().iter().map(ToString::to_string).collect()
}

const PAGES: [&str; 14] = [
    "index",
    "verdicts",
    "indicators",
    "indicator/gdp",
    "area/360000",
    "report/360000-2024-work_report",
    "report/360000-2025-work_report",
    "report/630000-2023-work_report.html?script=hans",
    "tasks/360000-2024-work_report",
    "diff/360000-2024-work_report/360000-2025-work_report",
    "search.html?q=%E5%B0%B1%E4%B8%9A",
    "words.html?q=%E5%B0%B1%E4%B8%9A",
    "words.html?q=%E5%B0%B1%E4%B8%9A%E3%80%81%E6%8A%95%E8%B5%84",
    "about",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_sound_in_three_languages_wide_and_narrow_light_and_dark() {
    let Some(driver) = Driver::start() else { return };
    let folder = TempDir::new().unwrap();
    let (address, _) = served(&folder, None);
    let browser = driver.browser().await;
    let rules = std::env::var_os("PLEDGEBOOK_AXE").map(|path| std::fs::read_to_string(path).expect("the script of axe-core"));
    let mut wrong = BTreeSet::new();
    for (width, scheme, languages) in
        [(1600, "light", &["en", "zh-hans", "zh-hant"][..]), (360, "light", &["en", "zh-hans", "zh-hant"][..]), (360, "dark", &["en"][..])]
    {
        browser.issue_cmd(Width(width)).await.unwrap();
        browser.issue_cmd(Scheme(scheme)).await.unwrap();
        for language in languages {
            for page in PAGES {
                let page = if page.contains(".html") { page.to_owned() } else { format!("{page}.html") };
                browser.goto(&format!("http://{address}/{language}/{page}")).await.unwrap();
                let found = browser.execute(include_str!("browser/audit.js"), Vec::new()).await.unwrap();
                let found = found.as_array().unwrap().iter().map(ToString::to_string);
                let ruled = match &rules {
                    Some(script) => axe(&browser, script).await,
                    None => Vec::new(),
                };
                wrong.extend(found.chain(ruled).map(|one| format!("{width} {scheme} /{language}/{page}: {one}")));
            }
        }
    }
    let console = browser.issue_cmd(Console).await.unwrap();
    browser.close().await.unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(console, json!([]), "errors on the console");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_filters_sorts_searches_and_follows_a_number_to_its_sentence() {
    let Some(driver) = Driver::start() else { return };
    let folder = TempDir::new().unwrap();
    let (address, _) = served(&folder, None);
    let browser = driver.browser().await;
    browser.goto(&format!("http://{address}/en/index.html")).await.unwrap();
    browser.find(Locator::LinkText("Verdicts")).await.unwrap().click().await.unwrap();
    arrive(&browser, "table.goals tbody tr").await;
    let rows = async || browser.find_all(Locator::Css("table.goals tbody tr")).await.unwrap().len();
    let all = rows().await;
    let year = browser.find(Locator::Css("input[name=year]")).await.unwrap();
    year.send_keys("2024").await.unwrap();
    browser.find(Locator::Css("select[name=sort] option[value=margin]")).await.unwrap().click().await.unwrap();
    browser.find(Locator::Css(".filters button")).await.unwrap().click().await.unwrap();
    arrive(&browser, "input[name=year][value='2024']").await;
    let of_2024 = rows().await;
    assert!(0 < of_2024 && of_2024 < all, "{of_2024} of {all}");
    let first = browser.find(Locator::Css("table.goals tbody tr")).await.unwrap().text().await.unwrap();
    assert!(first.contains("missed"), "the lowest margin stands first: {first}");
    // From the result to the sentence in the next report, which the browser shows as the target.
    browser.find(Locator::LinkText("+4.8%")).await.unwrap().click().await.unwrap();
    let target = arrive(&browser, ":target").await.text().await.unwrap();
    assert!(target.contains("4.8%") && target.contains("Fixed-asset investment"), "{target}");
    browser.find(Locator::Css(":target .back")).await.unwrap().click().await.unwrap();
    assert_eq!(arrive(&browser, "mark:target, .text :target").await.text().await.unwrap(), "4.8%");
    browser.find(Locator::LinkText("Search")).await.unwrap().click().await.unwrap();
    let query = arrive(&browser, "#q").await;
    query.send_keys("就業").await.unwrap();
    query.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    arrive(&browser, "mark").await;
    browser.find(Locator::LinkText("简体")).await.unwrap().click().await.unwrap();
    arrive(&browser, "html[lang=zh-Hans]").await;
    assert_eq!(browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap(), "检索");
    assert!(!browser.find_all(Locator::Css("mark")).await.unwrap().is_empty(), "the question goes along with the language");
    assert_eq!(browser.issue_cmd(Console).await.unwrap(), json!([]));
    browser.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coder_corrects_a_figure_with_the_keyboard_alone() {
    let Some(driver) = Driver::start() else { return };
    let folder = TempDir::new().unwrap();
    let (address, key) = served(&folder, Some("陈校"));
    let browser = driver.browser().await;
    browser.goto(&format!("http://{address}/?key={}", key.unwrap())).await.unwrap();
    assert_eq!(browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap(), "Check");
    browser.goto(&format!("http://{address}/en/report/360000-2025-work_report.html")).await.unwrap();
    // In a narrow window the coding of a figure is shown when its number was chosen.
    let enter = char::from(Key::Enter).to_string();
    browser.find(Locator::LinkText("4.8%")).await.unwrap().send_keys(&enter).await.unwrap();
    arrive(&browser, ":target .edit").await.send_keys(&enter).await.unwrap();
    arrive(&browser, "form.correct").await;
    // From the first field on, Tab and Enter alone.
    let field = browser.find(Locator::Id("period")).await.unwrap();
    let tab = char::from(Key::Tab);
    field.clear().await.unwrap();
    field.send_keys(&format!("2023{}", tab.to_string().repeat(8))).await.unwrap();
    browser.active_element().await.unwrap().send_keys(&format!("last year's{}", char::from(Key::Enter))).await.unwrap();
    let saved = arrive(&browser, ".saved").await;
    assert_eq!(saved.text().await.unwrap(), "The correction is in the ledger.");
    let page = browser.source().await.unwrap();
    assert!(page.contains("陈校") && page.contains("last year's"), "who and why stand beside it");
    // A random sample: the first of its figures is right as it stands.
    browser.goto(&format!("http://{address}/en/check.html?sample=3&size=3")).await.unwrap();
    assert!(browser.execute(include_str!("browser/audit.js"), Vec::new()).await.unwrap().as_array().unwrap().is_empty());
    arrive(&browser, ".hits a").await.send_keys(&enter).await.unwrap();
    arrive(&browser, "button.right").await.send_keys(&enter).await.unwrap();
    arrive(&browser, ".saved").await;
    browser.goto(&format!("http://{address}/en/check.html?sample=3&size=3")).await.unwrap();
    let told = browser.find(Locator::Css("p[role=status]")).await.unwrap().text().await.unwrap();
    assert!(told.starts_with("1 of 3 checked, 1 of them right.") && told.contains("100.0%"), "{told}");
    assert!(browser.execute(include_str!("browser/audit.js"), Vec::new()).await.unwrap().as_array().unwrap().is_empty());
    assert_eq!(browser.issue_cmd(Console).await.unwrap(), json!([]));
    browser.close().await.unwrap();
}
