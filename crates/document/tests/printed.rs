//! What a reader of the printed page reads is what is read of a PDF; what cannot be read is refused with its reason.

use std::io::Write;
use std::path::PathBuf;

use pledgebook_document::pdf::{PdfError, extract};
use pledgebook_document::{Given, Place, Source, documents};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// A PDF of these objects, the first the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        writeln!(out, "{} 0 obj", i + 1).unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    places.iter().for_each(|at| writeln!(out, "{at:010} 00000 n ").unwrap());
    write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    out
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{entries}/Length {}>>stream\n", content.len()).into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream");
    out
}

const SONG: &str = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0\
/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000/W[1 95 500 814 907 500]>>]>>";

/// A PDF with one page of this content; `/F1` is a Chinese font, `/X1` object 6.
fn page_with(content: &[u8], page: &str, catalog: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{page}\
             /Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>/Properties<</P1 7 0 R>>/ExtGState<</G1<</ca 0.2>>>>>>>>"
        )
        .into_bytes(),
        stream("", content),
        SONG.as_bytes().to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

fn page(content: &str) -> Vec<u8> {
    page_with(content.as_bytes(), "", "", &[])
}

/// Shows a text at a place.
fn at(x: i32, y: i32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td {} Tj ET\n", hex(text))
}

fn hex(text: &str) -> String {
    format!("<{}>", text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>())
}

fn read(content: &str) -> String {
    extract(&page(content)).unwrap().text
}

#[test]
fn lines_are_read_from_the_top_down_whatever_their_order_in_the_file() {
    assert_eq!(read(&(at(50, 680, "第二行") + &at(50, 700, "第一行") + &at(90, 700, "同一行"))), "第一行 同一行\n第二行\n");
    let source = extract(&page(&at(50, 700, "澜川"))).unwrap();
    let [(0, Place::Page { page: 1, line: 1, bounds })] = source.places[..] else { panic!("{:?}", source.places) };
    assert_eq!((bounds.left, bounds.right, bounds.bottom - bounds.top), (500, 700, 100), "tenths of a point");
    assert_eq!(bounds.top, 8_420 - 7_000 - 88);
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_row_by_row() {
    let column = |x: i32, word: &str| (0..6).map(|i| at(x, 700 - 14 * i, &word.repeat(10))).collect::<String>();
    let columns = read(&(at(200, 740, "两栏的标题") + &column(50, "发展") + &column(320, "改革")));
    let lines: Vec<&str> = columns.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(lines[0], "两栏的标题");
    assert!(lines[1..7].iter().all(|l| l.starts_with("发展") && !l.contains('改')), "{columns}");
    assert!(lines[7..13].iter().all(|l| l.starts_with("改革")), "{columns}");
    let row = |i: i32| at(50, 700 - 14 * i, "生产总值") + &at(200, 700 - 14 * i, "亿元") + &at(320, 700 - 14 * i, "5.3");
    assert_eq!(read(&(0..8).map(row).collect::<String>()), "生产总值  亿元  5.3\n".repeat(8));
}

#[test]
fn stamps_watermarks_and_hidden_text_are_not_read() {
    let body = at(50, 700, "正文");
    assert_eq!(read(&(body.clone() + &format!("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm {} Tj ET", hex("内部资料")))), "正文\n");
    assert_eq!(read(&(format!("q /G1 gs {} Q ", at(80, 400, "征求意见稿")) + &body)), "正文\n");
    assert_eq!(read(&(format!("3 Tr {} 0 Tr ", at(50, 690, "看不见")) + &body)), "正文\n");
    assert_eq!(read(&format!("3 Tr {}", at(50, 690, "扫描页后面的文字"))), "扫描页后面的文字\n");
    assert_eq!(read(&(at(-500, 700, "页外") + &body)), "正文\n");
    assert_eq!(read(&(format!("/Artifact <</Type/Pagination/Subtype/Header>> BDC {} EMC ", at(50, 820, "页眉")) + &body)), "正文\n");
}

#[test]
fn a_turned_page_is_read_upright() {
    let lines = at(50, 700, "第一行") + &at(50, 680, "第二行");
    assert_eq!(extract(&page_with(lines.as_bytes(), "/Rotate 180", "", &[])).unwrap().text, "第一行\n第二行\n");
    let turned = |x: i32, text: &str| format!("BT /F1 10 Tf 0 1 -1 0 {x} 100 Tm {} Tj ET\n", hex(text));
    assert_eq!(read(&(turned(220, "第二行") + &turned(200, "第一行"))), "第一行\n第二行\n", "text along the side of the page");
}

#[test]
fn bold_by_overprinting_is_read_once_and_letters_apart_are_one_word() {
    assert_eq!(read(&(at(50, 700, "政府工作报告") + &format!("BT /F1 10 Tf 50.3 700 Td {} Tj ET", hex("政府工作报告")))), "政府工作报告\n");
    assert_eq!(read(&format!("BT /F1 10 Tf 50 700 Td [{} -30 {} 40 {}] TJ ET", hex("增"), hex("长"), hex("5%"))), "增长5%\n");
}

#[test]
fn a_word_cut_at_the_end_of_a_line_is_whole_and_its_halves_keep_their_places() {
    let source = extract(&page(&(at(50, 700, "发展 artificial intel-") + &at(50, 680, "ligence 产业")))).unwrap();
    assert_eq!(source.text, "发展 artificial intelligence\n产业\n");
    let lines: Vec<(u32, u32)> =
        source.places.iter().map(|(at, p)| if let Place::Page { line, .. } = p { (*at, *line) } else { (0, 0) }).collect();
    assert_eq!(lines, [(0, 1), (23, 2)]);
}

#[test]
fn a_note_at_the_foot_does_not_stand_in_a_sentence() {
    let mut body: String = (0..8).map(|i| at(50, 700 - 20 * i, "全省上下齐心协力推动经济社会发展取得新的成绩")).collect();
    body += &format!("BT /F1 10 Tf 50 540 Td {} Tj /F1 5 Tf 4 Ts {} Tj ET\n", hex("粮食产量稳定在"), hex("①"));
    body += &format!("BT /F1 7 Tf 50 60 Td {} Tj ET\n", hex("① 含大豆。"));
    body += &format!("BT /F1 9 Tf 290 30 Td {} Tj ET\n", hex("- 1 -"));
    let text = read(&body);
    assert!(text.ends_with("粮食产量稳定在\n\n　　　　　　　　　　　　- 1 -\n① 含大豆。\n"), "{text}");
}

#[test]
fn what_the_file_says_in_words_stands_for_glyphs_that_say_nothing() {
    let silent = "/Span <</ActualText(\u{0}FE\u{0}FF)>> BDC EMC ";
    let span = format!("BT /F1 10 Tf 50 700 Td /Span <</ActualText <FEFF6F9C>>> BDC {} Tj EMC {} Tj ET", "<E000>", hex("川"));
    assert_eq!(read(&format!("{silent}{span}")), "澜川\n");
}

#[test]
fn a_layer_that_is_off_is_not_read() {
    let content = format!("/OC /P1 BDC {} EMC {}", at(50, 700, "旧稿"), at(50, 680, "正文"));
    let catalog = "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>";
    let more = [b"null".to_vec(), b"<</Type/OCG/Name(old)>>".to_vec()];
    assert_eq!(extract(&page_with(content.as_bytes(), "", catalog, &more)).unwrap().text, "正文\n");
    assert_eq!(extract(&page_with(content.as_bytes(), "", "", &more)).unwrap().text, "旧稿\n正文\n");
}

#[test]
fn a_garbled_text_layer_is_refused_with_the_reason() {
    let reason = |name: &str| extract(&fixture(name)).unwrap_err().to_string();
    assert!(reason("garbled.pdf").contains("the hundred commonest characters are 1 % of its Chinese"), "{}", reason("garbled.pdf"));
    assert!(reason("unmapped.pdf").contains("99 % of its characters cannot be told"), "{}", reason("unmapped.pdf"));
}

#[test]
fn a_page_that_cannot_be_told_in_a_good_file_is_a_warning() {
    let good = "澜川省地区生产总值增长百分之五，我们坚持稳中求进工作，推动产业发展，改善人民生活，建设现代化新城。".repeat(3);
    let bounds = Default::default();
    let bad = "\u{FFFD}澜".repeat(60);
    let place = |page| Place::Page { page, line: 1, bounds };
    let source = Source {
        text: format!("{good}\u{c}{bad}\u{c}{good}"),
        places: vec![(0, place(1)), (good.len() as u32 + 1, place(2)), ((good.len() + bad.len()) as u32 + 2, place(3))],
    };
    let d = &documents(source, &Given::default())[0];
    let warning = d.warnings.iter().find(|w| w.code == "unreadable_page").unwrap();
    assert!(warning.message.starts_with("page 2 is no readable Chinese (50 %"), "{}", warning.message);
    assert_eq!(d.warnings.iter().filter(|w| w.code == "unreadable_page").count(), 1);
}

#[test]
fn passwords_are_asked_for_only_where_one_is_needed() {
    assert_eq!(extract(&fixture("encrypted.pdf")).unwrap_err(), PdfError::Encrypted { reason: "it needs a password" });
    assert_eq!(extract(&fixture("restricted.pdf")).unwrap().text, extract(&fixture("lanchuan-unembedded.pdf")).unwrap().text);
}

#[test]
fn files_without_text_say_so() {
    let image = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\0");
    let scanned = page_with(b"q 500 0 0 700 0 0 cm /X1 Do Q", "", "", &[image]);
    assert_eq!(extract(&scanned).unwrap_err(), PdfError::NoText { pages: 1 });
    let empty = [&b"<</Type/Catalog/Pages 2 0 R>>"[..], b"<</Type/Pages/Count 0/Kids[]>>"].map(<[u8]>::to_vec);
    assert!(matches!(extract(&pdf(&empty)).unwrap_err(), PdfError::NoPages | PdfError::Damaged));
    assert_eq!(extract(b"%PDF-1.7\nnothing").unwrap_err(), PdfError::CutOff);
    let whole = fixture("lanchuan-unembedded.pdf");
    assert_eq!(extract(&whole[..whole.len() * 2 / 3]).unwrap_err(), PdfError::CutOff);
    assert_eq!(extract(&page(&at(50, 700, "Report"))).unwrap_err(), PdfError::NoChinese);
}

#[test]
fn a_page_tree_that_bites_its_tail_ends() {
    let mut objects: Vec<Vec<u8>> = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 2/Kids[2 0 R 3 0 R 4 0 R]>>",
        "<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]/Parent 2 0 R>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        SONG,
    ]
    .map(|o| o.as_bytes().to_vec())
    .to_vec();
    objects.push(stream("", at(50, 700, "正文").as_bytes()));
    assert_eq!(extract(&pdf(&objects)).unwrap().text, "正文\n");
}

#[test]
fn truncated_files_are_read_as_far_as_they_go_or_refused() {
    for name in ["lanchuan-embedded.pdf", "lanchuan-unembedded.pdf", "lanchuan-gbk.pdf", "restricted.pdf"] {
        let whole = fixture(name);
        for cut in (0..whole.len()).step_by(397) {
            let _ = extract(&whole[..cut]);
        }
    }
}

fn deflated(bytes: u64) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        packed.write_all(&block).unwrap();
    }
    packed.finish().unwrap()
}

#[test]
fn a_stream_that_unpacks_without_end_is_refused() {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        stream("/Filter/FlateDecode", &deflated(100 << 20)),
    ];
    assert!(matches!(extract(&pdf(&objects)).unwrap_err(), PdfError::TooLarge { what: "stream", .. }));
    objects[3] = stream("/Filter[/FlateDecode/FlateDecode]", &deflated(1 << 20));
    assert!(matches!(extract(&pdf(&objects)).unwrap_err(), PdfError::TooLarge { .. } | PdfError::NoText { .. }));
    objects[3] = stream("/Type/ObjStm/N 1/First 5/Filter/FlateDecode", &deflated(300 << 20));
    assert!(matches!(extract(&pdf(&objects)).unwrap_err(), PdfError::TooLarge { what: "object stream", .. }));
    objects[3] = stream("/Type/Obj#53tm/N 1/First 5/Filter/FlateDecode", &deflated(300 << 20));
    assert!(matches!(extract(&pdf(&objects)).unwrap_err(), PdfError::TooLarge { what: "object stream", .. }));
}

#[test]
fn forms_that_show_each_other_end() {
    let form = |other: u32| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X1 {other} 0 R>>>>");
        stream(&entries, &b"/X1 Do ".repeat(100))
    };
    let content = at(50, 700, "正文") + "/X1 Do";
    let read = |forms: Vec<Vec<u8>>| extract(&page_with(content.as_bytes(), "", "", &forms));
    assert_eq!(read(vec![form(7), form(6)]).unwrap().text, "正文\n", "each other");
    let error = read((7..16).map(form).collect()).unwrap_err();
    assert!(matches!(error, PdfError::TooLarge { .. }), "{error}");
}

#[test]
fn hostile_structures_cost_little() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/W[0 4294967295 500 7 [1 2]]>>]>>";
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        stream("", b"BT /F1 9 Tf <0001>Tj ET"),
        font.as_bytes().to_vec(),
    ];
    let _ = extract(&pdf(&objects)).unwrap_err();
    for content in [
        [b"BI /W 1 /H 1 ID ".to_vec(), b"EI ".repeat(100_000)].concat(),
        [b"BI /W 1 /H 1 ID ".to_vec(), b"EI \x80".repeat(100_000)].concat(),
        b"BI ID EI ".repeat(50_000),
        b"q ".repeat(200_000),
        b"[".repeat(100_000),
        b"<<".repeat(100_000),
        b"(".repeat(100_000),
        b"/Span BDC ".repeat(100_000),
        b"1e999 0 0 1e-999 nan inf cm BT /F1 1e30 Tf 1 0 0 0 0 0 Tm <0001>Tj ET".to_vec(),
    ] {
        objects[3] = stream("", &content);
        let _ = extract(&pdf(&objects)).unwrap_err();
    }
    for noise in
        [&b"1 0 obj (\n"[..], b"1 0 obj [\n", b"1 0 obj <<\n", b"<<", b"1 0 obj\n", b"stream\n", b"trailer<</Root 1 0 R/Prev 0>>\n"]
    {
        let _ = extract(&[b"%PDF-1.7\n", &noise.repeat(10_000)[..]].concat()).unwrap_err();
    }
}
