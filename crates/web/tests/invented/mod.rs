//! A ledger of invented reports, and a server over it without a network.

#![allow(dead_code, reason = "each test takes its part")]

use std::fs;

use axum::Router;
use axum::body::{self, Body};
use axum::http::{Request, StatusCode};
use pledgebook_ledger::{Corpus, Index, Plan};
use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::Extent;
use pledgebook_web::Book;
use pledgebook_web::server::{Desk, Editor, router};
use tempfile::TempDir;
use tower::ServiceExt;

/// A served ledger.
pub struct Shelf {
    pub folder: TempDir,
    router: Router,
    editor: Option<Editor>,
}

/// What the server answered.
pub struct Answer {
    pub status: StatusCode,
    headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn is(&self, media: &str) -> bool {
        self.header("content-type").starts_with(media)
    }
}

fn report(area: &str, year: i16, review: &str, goals: &str) -> String {
    format!(
        "政府工作报告\n——{year}年1月20日在{area}第十四届人民代表大会第{}次会议上\n{area}省长　张三\n各位代表：\n现在，我代表{area}人民政府，向大会报告工作，请予审议。\n\
         一、{}年工作回顾\n{}年，{review}。<script>alert(1)</script>。\n二、{year}年总体要求和主要预期目标\n今年经济社会发展主要预期目标是：{goals}。\n\
         三、{year}年重点工作任务\n（一）扩大有效需求。新开工亿元以上工业项目300个，建成高标准农田120万亩。由省农业农村厅牵头，9月底前出台实施办法。\n",
        ["一", "二", "三"][usize::try_from(year - 2024).unwrap()],
        year - 1,
        year - 1
    )
}

/// The ledger of two years of a province and of the nation, in a folder.
pub fn ledger(folder: &TempDir) -> std::path::PathBuf {
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    let write = |name: &str, text: String| fs::write(corpus.join(name), text).unwrap();
    write(
        "江西2024.txt",
        report(
            "江西省",
            2024,
            "地区生产总值增长4.1%",
            "地区生产总值增长5.5%左右；城镇新增就业40万人以上；固定资产投资增长6%；生态环境质量持续改善",
        ),
    );
    write(
        "江西2025<img src=x onerror=alert(2)>.txt",
        report(
            "江西省",
            2025,
            "地区生产总值增长5.1%，城镇新增就业46万人，固定资产投资增长4.8%，经济增长未达预期",
            "地区生产总值增长5%以上；城镇新增就业42万人以上",
        ),
    );
    write(
        "青海2023.txt",
        "政府工作報告\n——2023年1月15日在青海省第十四屆人民代表大會第一次會議上\n青海省省長　李四\n各位代表：\n現在，我代表省人民政府，向大會報告工作，請予審議。\n\
         一、2022年工作回顧\n2022年，全省經濟總體平穩，農村居民收入增長6.1%。\n二、2023年總體要求和主要預期目標\n\
         今年經濟社會發展主要預期目標是：國內生產總值增長5%左右；農村居民收入增長6.5%。\n"
            .to_owned(),
    );
    let book = folder.path().join("ledger.db");
    let lexicon = Lexicon::builtin();
    let corpora = [Corpus::open(&corpus).unwrap()];
    let plan = Plan { corpora: &corpora, ledger: &book, lexicon: &lexicon, lexicon_name: "built-in", threads: 1, index: Index::Kept };
    let built = pledgebook_ledger::build(&plan, &mut |_| {}).unwrap();
    assert!(built.failures.is_empty(), "{:?}", built.failures);
    pledgebook_reconcile::refresh(&book, &lexicon, "built-in", Extent::Outdated).unwrap();
    book
}

impl Shelf {
    /// A server that only reads.
    pub fn with_reports() -> Self {
        Self::new(None)
    }

    /// One that takes corrections.
    pub fn with_editor(who: &str) -> Self {
        Self::new(Some(Editor::new(who).unwrap()))
    }

    fn new(editor: Option<Editor>) -> Self {
        let folder = TempDir::new().unwrap();
        let book = Book::open(&ledger(&folder), Lexicon::builtin(), "built-in".to_owned()).unwrap();
        let router = router(Desk::new(book, vec!["127.0.0.1".to_owned(), "localhost".to_owned()], editor.clone()));
        Shelf { folder, router, editor }
    }

    /// The ledger itself, as another program sees it.
    pub fn ledger(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("ledger.db")).unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "").await
    }

    /// Asks by the server's own name.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], sent: &str) -> Answer {
        self.raw(method, path, &[&[("host", "127.0.0.1:8750")], headers].concat(), sent).await
    }

    /// Asks with these headers alone.
    pub async fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], sent: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(sent.to_owned())).unwrap()).await.unwrap();
        let (parts, content) = response.into_parts();
        let bytes = body::to_bytes(content, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The cookie of the editor, as the entrance gives it for the key.
    pub async fn cookie(&self) -> String {
        let key = &self.editor.as_ref().expect("an editor").key;
        let answer = self.get(&format!("/?key={key}")).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }

    fn one<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        let db = pledgebook_ledger::open_for_reading(&self.folder.path().join("ledger.db")).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The id of the figure that is written so.
    pub fn figure(&self, raw: &str) -> String {
        self.one(&format!("SELECT id FROM figures WHERE raw = '{raw}'"))
    }

    pub fn corrections(&self) -> i64 {
        self.one("SELECT count(*) FROM corrections")
    }
}
