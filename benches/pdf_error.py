#!/usr/bin/env python3
"""How many characters of a printed report are read wrongly: reports of the shared corpus are printed to PDF by several programs,
read back, and compared with what was printed (white space and page numbers aside).

    apt-get install libreoffice-writer-nogui chromium poppler-utils fonts-noto-cjk fonts-wqy-zenhei
    pip install reportlab fpdf2 weasyprint pymupdf rapidfuzz
    cargo build --release -p pledgebook-document --example extract
    python3 benches/pdf_error.py [--shared ../shared] [--work /tmp/pdf_error] [--show]

Nothing of the corpus stays in the repository: all is made in the work folder. `--show` prints what differs.
"""
import argparse, csv, html, json, os, re, resource, subprocess, sys, time, zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRACT = ROOT / "target/release/examples/extract"
CHROMIUM = os.environ.get("CHROMIUM", "chromium")
csv.field_size_limit(10**9)


def sources(shared, work):
    """Name, paragraphs and script of the reports to print."""
    found = []
    for area in ["上海市", "安徽省", "江西省", "贵州省"]:
        path = next(shared.glob(f"corpus/provinces-2025/*{area}*.docx"))
        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        paragraphs = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", p)) for p in re.findall(r"<w:p[ >].*?</w:p>", xml, re.S)]
        found.append((area, [html.unescape(p) for p in paragraphs], "hans"))
    national = [json.loads(line) for line in open(shared / "corpus/national/national.jsonl", encoding="utf-8")]
    for year in ["1978", "1998", "2010", "2024"]:
        row = next(r for r in national if r["year"] == year)
        found.append((year, row["content"].splitlines(), "hans"))
    area = next(shared.glob("corpus/provinces-2026/*江苏*.csv"))
    text = max(next(csv.DictReader(open(area, encoding="utf-8-sig"))).values(), key=len)
    found.append(("江苏省2026", text.splitlines(), "hans"))
    seed = next((shared / "seed").glob("*.txt")).read_text(encoding="utf-8")
    found.append(("seed", [p for p in re.split(r"\n\s*\n", seed)], "hant"))
    clean = lambda p: re.sub(r"[\s\u200b\ufeff\u00ad]+", "", p)
    reports = []
    for name, paragraphs, script in found:
        # What is printed is the report without the furniture of the saved page or the page numbers of an older PDF.
        text = work / f"{name}.txt"
        text.write_text("\n".join(q for q in map(clean, paragraphs) if q), encoding="utf-8")
        read = subprocess.run([EXTRACT, text, "--reflowed"], capture_output=True, text=True, check=True).stdout
        reports.append((name, [clean(line) for line in read.splitlines()], script))
    return reports


def as_html(paragraphs, style):
    body = "\n".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    return f"<!doctype html><html lang=zh><meta charset=utf-8><style>{style}</style>{body}</html>"


NOTO = "body{font-family:'Noto Serif CJK SC';font-size:16pt;line-height:1.75;text-align:justify}p{text-indent:2em;margin:0}"
WEB = "body{font-family:'WenQuanYi Zen Hei';font-size:12pt;line-height:1.5}p{margin:1em 0}"


def chromium(paragraphs, out, style, flags):
    page = out.with_suffix(".html")
    page.write_text(as_html(paragraphs, style), encoding="utf-8")
    run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *flags, f"--print-to-pdf={out}", page.as_uri()])


def libreoffice(paragraphs, out, style):
    page = out.with_suffix(".html")
    page.write_text(as_html(paragraphs, style), encoding="utf-8")
    run(["soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(out.parent), str(page)])


def libreoffice_docx(paragraphs, out, _):
    """A Word file with page numbers in its foot, printed by LibreOffice."""
    p = "".join(f'<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>{html.escape(x)}</w:t></w:r></w:p>' for x in paragraphs)
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    foot = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>',
        "word/footer1.xml": f"<w:ftr {ns}>{foot}</w:ftr>",
        "word/document.xml": f'<w:document {ns}><w:body>{p}<w:sectPr><w:footerReference w:type="default" r:id="r1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"/></w:sectPr></w:body></w:document>',
    }
    word = out.with_suffix(".docx")
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(name, content)
    run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out.parent), str(word)])


def weasyprint(paragraphs, out, style):
    import weasyprint
    numbered = style + "@page{size:A4;margin:2.5cm;@bottom-center{content:'- ' counter(page) ' -'}}"
    weasyprint.HTML(string=as_html(paragraphs, numbered)).write_pdf(out)


def reportlab(paragraphs, out, font):
    """Unembedded CID fonts of Adobe's collections, or an embedded TrueType font in subsets of one byte a character."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    if font.endswith(".ttc"):
        pdfmetrics.registerFont(TTFont("embedded", font, subfontIndex=0))
        font = "embedded"
    else:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle("body", fontName=font, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
    number = lambda canvas, doc: (canvas.setFont("Helvetica", 9), canvas.drawCentredString(A4[0] / 2, 30, str(doc.page)))
    flow = [Paragraph(html.escape(p), style) for p in paragraphs]
    SimpleDocTemplate(str(out), pagesize=A4).build(flow, onFirstPage=number, onLaterPages=number)


def fpdf(paragraphs, out, font):
    from fpdf import FPDF
    class Numbered(FPDF):
        def footer(self):
            self.set_y(-15)
            self.cell(0, 10, f"第 {self.page_no()} 页", align="C")
    pdf = Numbered()
    pdf.add_font("body", fname=font)
    pdf.set_font("body", size=13)
    pdf.add_page()
    for p in paragraphs:
        pdf.multi_cell(0, 8, "　　" + p, wrapmode="CHAR", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(out))


def mupdf(paragraphs, out, _):
    """Adobe's Song without embedding, codes in UniGB."""
    import pymupdf
    doc, y, page = pymupdf.open(), 10**6, None
    for p in paragraphs:
        text = "　　" + p
        for i in range(0, len(text), 30):
            if y > 770:
                page, y = doc.new_page(), 80
                page.insert_text((290, 810), str(len(doc)), fontname="helv", fontsize=9)
            page.insert_text((70, y), text[i : i + 30], fontname="china-s", fontsize=15)
            y += 26
    doc.save(out)


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[-500:]}")


WQY = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
PRINTERS = {
    "LibreOffice, from DOCX (embedded)": (libreoffice_docx, None),
    "Chromium, justified (embedded)": (lambda p, o, s: chromium(p, o, s, ["--no-pdf-header-footer"]), NOTO),
    "Chromium, with its head and foot (embedded)": (lambda p, o, s: chromium(p, o, s, []), WEB),
    "WeasyPrint, justified (embedded)": (weasyprint, NOTO),
    "fpdf2 (embedded)": (fpdf, WQY),
    "reportlab, TrueType in subsets (embedded)": (reportlab, WQY),
    "reportlab, STSong / MSung (not embedded)": (reportlab, {"hans": "STSong-Light", "hant": "MSung-Light"}),
    "MuPDF, china-s (not embedded)": (mupdf, None),
}


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--shared", type=Path, default=Path(os.environ.get("PLEDGEBOOK_SHARED", ROOT.parent / "shared")))
    args.add_argument("--work", type=Path, default=Path("/tmp/pdf_error"))
    args.add_argument("--show", action="store_true")
    args = args.parse_args()
    from rapidfuzz.distance import Levenshtein
    args.work.mkdir(exist_ok=True)
    squeeze = lambda text: re.sub(r"[\s\u200b\ufeff\u00ad]+", "", text)
    reports = sources(args.shared, args.work)
    rows, files = [], []
    for printer, (make, setting) in PRINTERS.items():
        errors = {"extract": [], "pdftotext": []}
        for name, paragraphs, script in reports:
            out = args.work / f"{list(PRINTERS).index(printer)}-{name}.pdf"
            if not out.exists():
                make(paragraphs, out, setting[script] if isinstance(setting, dict) else setting)
            files.append(out)
            meant = squeeze("".join(paragraphs))
            ours = subprocess.run([EXTRACT, out, "--reflowed"], capture_output=True, text=True)
            theirs = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True).stdout
            theirs = "".join(line for line in re.split("[\n\f]", theirs) if not re.fullmatch(r"[\s\d第页—-]*", line))
            for tool, read in [("extract", ours.stdout), ("pdftotext", theirs)]:
                read = squeeze(read)
                distance = Levenshtein.distance(read, meant)
                errors[tool].append(100 * distance / len(meant))
                if args.show and tool == "extract" and distance:
                    print(f"{out.name}: {distance} of {len(meant)} {ours.stderr if not read else ''}")
                    edits = [op for op in Levenshtein.opcodes(read, meant) if op.tag != "equal"]
                    for op in edits[:8]:
                        print(f"   {op.tag} {read[op.src_start:op.src_end]!r:.60} for {meant[op.dest_start:op.dest_end]!r:.60} after {read[max(0, op.src_start - 8):op.src_start]!r}")
        mean = {tool: sum(e) / len(e) for tool, e in errors.items()}
        rows.append((printer, mean, max(errors["extract"]), sum(1 for e in errors["extract"] if e == 0)))
        print(f"| {printer} | {mean['extract']:.4f} % | {max(errors['extract']):.3f} % | {rows[-1][3]} of {len(reports)} | {mean['pdftotext']:.3f} % |", flush=True)
    average = sum(r[1]["extract"] for r in rows) / len(rows)
    print(f"| mean | {average:.4f} % | | | {sum(r[1]['pdftotext'] for r in rows) / len(rows):.3f} % |")
    pages = sum(int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", f], capture_output=True, text=True).stdout)[1]) for f in files)
    for tool, command in [("extract", [EXTRACT]), ("pdftotext", ["pdftotext"])]:
        before, started = children_cpu(), time.perf_counter()
        for f in files:
            subprocess.run([*command, f, *(["-"] if tool == "pdftotext" else [])], capture_output=True)
        cpu, wall = children_cpu() - before, time.perf_counter() - started
        print(f"{tool}: {pages} pages in {len(files)} files, {pages / cpu:.0f} pages a second of CPU ({cpu:.1f} s), {wall:.1f} s wall clock")


if __name__ == "__main__":
    main()
