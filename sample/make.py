#!/usr/bin/env python3
"""Makes the files of this folder that are no plain text, from the invented reports below: a report in each format that Pledgebook
reads. Run once; the files are kept in the repository.

    apt-get install chromium fonts-noto-cjk && python3 sample/make.py
"""
import csv, importlib.util, io, json, subprocess, tempfile, zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def report(area, title, office, speaker, assembly, date, year, intro, review, claims, problems, goals, tasks, livelihood):
    """The text of a report: what every report has, around what this one says."""
    lines = [
        "政府工作报告",
        f"——{date}在{assembly}上",
        f"{area}{office}　{speaker}",
        "各位代表：",
        f"现在，我代表{area}人民政府，向大会报告工作，请予审议，并请列席人员提出意见。",
        f"一、{year - 1}年工作回顾",
        f"{year - 1}年，{intro}{claims}",
        *[f"——{line}" for line in review],
        f"同时，我们清醒地看到，发展中还有不少困难：{problems}对此，我们将采取有效措施，认真加以解决。",
        f"二、{year}年总体要求和主要预期目标",
        "今年政府工作的总体要求是：坚持稳中求进、以进促稳，统筹发展和安全，切实增进民生福祉。",
        f"今年经济社会发展主要预期目标是：{'；'.join(goals)}。",
        f"三、{year}年重点工作任务",
        *[f"（{'一二三四五六'[i]}）{task}" for i, task in enumerate(tasks)],
        "四、办好民生实事",
        *[f"{i}.{item}" for i, item in enumerate(livelihood, 1)],
        "五、加强政府自身建设",
        "我们将依法行政、勤俭办事，自觉接受监督，把更多财力用在群众急难愁盼的事上。",
        "各位代表！让我们脚踏实地、接续奋斗，把各项任务落到实处！",
    ]
    return "\n".join(lines) + "\n"


PROVINCE_2026 = report(
    "澜川省", "", "省长", "顾望舟", "澜川省第十一届人民代表大会第四次会议", "2026年1月18日", 2026,
    "是澜川在变局中稳住阵脚、在攻坚中打开局面的一年。",
    ["经济总量再上台阶。地区生产总值达到2.08万亿元、增长5.1%。规模以上工业增加值增长6.2%，固定资产投资增长3.2%，社会消费品零售总额增长5.4%。一般公共预算收入增长2.1%。居民消费价格上涨0.1%。",
     "粮食生产再获丰收。粮食产量417.2亿斤，建成高标准农田135万亩。",
     "民生底线牢牢兜住。城镇新增就业37.1万人，城镇调查失业率平均为5.2%。居民人均可支配收入增长5.3%。改造城镇老旧小区520个。",
     "绿色底色更加鲜明。单位地区生产总值能耗降低3.1%，细颗粒物平均浓度降至25.6微克/立方米。"],
    "主要预期目标总体完成，投资和财政收入增速未达预期。",
    "民间投资恢复缓慢；一些县财政运行偏紧；优质教育医疗资源不足。",
    ["地区生产总值增长5%左右", "规模以上工业增加值增长6%以上", "固定资产投资增长4%左右", "社会消费品零售总额增长5%以上", "一般公共预算收入增长2%左右",
     "城镇新增就业36万人以上，城镇调查失业率5.5%左右", "居民消费价格涨幅2%左右", "居民收入增长与经济增长同步", "粮食产量保持在415亿斤以上", "单位地区生产总值能耗降低3%左右"],
    ["壮大现代化产业体系。新开工亿元以上工业项目320个，技术改造投资增长8%以上。由省工业和信息化厅牵头，6月底前建成中小企业数字化服务平台。",
     "全方位扩大内需。完成省级重点项目年度投资1650亿元，举办消费促进活动120场以上。",
     "扎实推进乡村振兴。新建高标准农田140万亩，新改建农村公路2800公里。",
     "加强生态环境保护。完成营造林140万亩，治理水土流失950平方公里。"],
    ["新增公办幼儿园学位1.8万个。", "改造城镇老旧小区480个。", "新增公共充电桩2万个。", "开展职业技能培训22万人次。"])

CITY = {
    2024: report(
        "云汀市", "", "市长", "陆闻溪", "云汀市第八届人民代表大会第三次会议", "2024年2月2日", 2024,
        "面对多重困难，全市上下拼经济、稳增长。",
        ["综合实力迈上新台阶。地区生产总值达到3120亿元、增长5.9%。规模以上工业增加值增长7.8%，固定资产投资增长7.1%，社会消费品零售总额增长6.6%。一般公共预算收入增长4.9%。",
         "民生福祉持续增进。城镇新增就业6.4万人，城镇调查失业率平均为5.1%。居民人均可支配收入增长6.1%。居民消费价格上涨0.3%。"],
        "市八届人大二次会议确定的主要目标全面完成。",
        "传统产业转型任务较重；城市管理还有短板。",
        ["地区生产总值增长6.5%左右", "规模以上工业增加值增长8%以上", "固定资产投资增长8%以上", "社会消费品零售总额增长7%左右", "一般公共预算收入增长5%以上",
         "城镇新增就业6.5万人以上，城镇调查失业率5.5%以内", "居民消费价格涨幅3%左右", "居民收入增长与经济增长同步"],
        ["做强先进制造业。新增规模以上工业企业120家，技术改造投资增长12%以上。", "提升城市功能。新建改造供水管网150公里，打通断头路18条。",
         "推进乡村全面振兴。新建高标准农田12万亩。"],
        ["新增公办幼儿园学位3500个。", "改造老旧小区62个。", "新建社区食堂30家。"]),
    2025: report(
        "云汀市", "", "市长", "陆闻溪", "云汀市第八届人民代表大会第四次会议", "2025年2月8日", 2025,
        "是云汀转型攻坚的一年，经济运行稳中有升。",
        ["经济运行稳中有进。地区生产总值达到3340亿元、增长6.4%。规模以上工业增加值增长7.5%，固定资产投资增长4.6%，社会消费品零售总额增长7.2%。一般公共预算收入增长5.2%。",
         "社会大局和谐稳定。城镇新增就业6.7万人，城镇调查失业率平均为5.0%。居民人均可支配收入增长6.3%。居民消费价格上涨0.2%。改造老旧小区66个。"],
        "规模以上工业增加值和固定资产投资增速未达到预期目标。",
        "有效投资接续不足；部分企业经营困难。",
        ["地区生产总值增长6%左右", "规模以上工业增加值增长7%以上、力争达到8%", "固定资产投资增长6%以上", "社会消费品零售总额增长6.5%左右", "一般公共预算收入增长4%左右",
         "城镇新增就业6.5万人以上，城镇调查失业率5.5%以内", "居民消费价格涨幅2%左右", "居民收入增长与经济增长同步", "单位地区生产总值能耗降低3%左右"],
        ["培育新兴产业。云汀算力中心二期建成投用，新增国家高新技术企业60家。", "提升城市品质。新建改造供水管网160公里，新增停车位5000个。",
         "扩大有效投资。完成市级重点项目投资320亿元。"],
        ["新增公办幼儿园学位3000个。", "改造老旧小区58个。", "新增公共充电桩2200个。"]),
    2026: report(
        "云汀市", "", "市长", "陆闻溪", "云汀市第八届人民代表大会第五次会议", "2026年2月5日", 2026,
        "全市上下迎难而上，圆满完成全年主要目标任务。",
        ["发展质量稳步提升。地区生产总值达到3560亿元、增长6.1%。规模以上工业增加值增长8.3%，固定资产投资增长6.2%，社会消费品零售总额增长6.1%。一般公共预算收入增长4.1%。",
         "民生保障有力有效。城镇新增就业6.6万人，城镇调查失业率平均为5.0%。居民人均可支配收入增长6.2%。居民消费价格与上年持平。改造老旧小区58个。"],
        "",
        "消费恢复不及预期；创新能力还不够强。",
        ["地区生产总值增长6%以上", "规模以上工业增加值增长7.5%左右", "固定资产投资增长6%左右", "社会消费品零售总额增长6%左右", "一般公共预算收入增长3%左右",
         "城镇新增就业6.4万人以上，城镇调查失业率5.5%以内", "居民消费价格涨幅2%左右", "居民收入增长与经济增长同步"],
        ["做优数字经济。数字经济核心产业增加值增长10%以上。", "深化城市更新。新建改造燃气管网120公里，打通断头路15条。"],
        ["新增公办幼儿园学位2600个。", "改造老旧小区50个。"]),
}

COUNTY = {
    2024: report(
        "棠浦县", "", "县长", "温岭秋", "棠浦县第十七届人民代表大会第三次会议", "2024年1月30日", 2024,
        "全县经济社会保持平稳发展。",
        ["经济运行总体平稳。地区生产总值达到186亿元、增长6.0%。规模以上工业增加值增长8.2%，固定资产投资增长8.5%，社会消费品零售总额增长6.8%。一般公共预算收入8.6亿元、增长5.1%。",
         "农业基础不断夯实。粮食产量6.2亿斤，新建高标准农田2.1万亩。城镇新增就业2900人。"],
        "", "经济总量偏小；财政收支矛盾突出。",
        ["地区生产总值增长7%以上", "规模以上工业增加值增长9%以上", "固定资产投资增长10%以上", "社会消费品零售总额增长7.5%左右", "一般公共预算收入增长6%以上",
         "城镇新增就业3000人以上", "居民收入增长与经济增长同步", "森林覆盖率达到62%"],
        ["加快工业强县。新引进亿元以上项目20个。", "推进城乡融合。新改建农村公路110公里，建成县城生活污水处理厂二期。"],
        ["新增城区学位1200个。", "改造农村危房150户。"]),
    2025: report(
        "棠浦县", "", "县长", "温岭秋", "棠浦县第十七届人民代表大会第四次会议", "2025年1月26日", 2025,
        "全县上下负重前行。",
        ["经济总量稳步扩大。地区生产总值达到198亿元、增长5.6%。规模以上工业增加值增长7.1%，固定资产投资增长5.2%，社会消费品零售总额增长6.1%。一般公共预算收入8.9亿元、增长3.2%。",
         "乡村面貌持续改善。粮食产量6.3亿斤，新改建农村公路118公里。城镇新增就业3120人。"],
        "地区生产总值、投资等指标增速未达预期目标。", "招商项目落地偏慢；县乡财力薄弱。",
        ["地区生产总值增长6%左右", "规模以上工业增加值增长7%左右", "固定资产投资增长6%以上", "社会消费品零售总额增长6%左右", "一般公共预算收入增长3%左右",
         "城镇新增就业3000人以上", "居民收入增长与经济增长同步"],
        ["抓实项目建设。新引进亿元以上项目18个，标准厂房竣工8万平方米。", "推进农业现代化。新建高标准农田2.4万亩，培育县级以上龙头企业6家。"],
        ["新增城区学位900个。", "改造农村危房120户。"]),
    2026: report(
        "棠浦县", "", "代县长", "柏清源", "棠浦县第十七届人民代表大会第五次会议", "2026年1月28日", 2026,
        "全县经济企稳回升。",
        ["主要指标企稳向好。地区生产总值达到211亿元、增长6.0%。规模以上工业增加值增长7.2%，固定资产投资增长6.6%，社会消费品零售总额增长5.9%。一般公共预算收入9.2亿元、增长3.4%。",
         "民生实事落地见效。城镇新增就业3060人，新增城区学位960个，改造农村危房131户。"],
        "县人大四次会议确定的目标任务较好完成。", "产业层次不高；人口外流压力较大。",
        ["地区生产总值增长6%左右", "规模以上工业增加值增长7%以上", "固定资产投资增长6%左右", "社会消费品零售总额增长6%左右", "一般公共预算收入增长3%左右",
         "城镇新增就业3000人以上", "居民收入增长与经济增长基本同步"],
        ["推进新型工业化。新引进亿元以上项目16个。", "做强县域商业。建成县级物流配送中心1个，改造乡镇商贸中心6个。"],
        ["新增城区学位800个。", "改造农村危房100户。"]),
}


def page(area, year, text):
    """A page of a government's site: navigation and furniture around the report."""
    paragraphs = "\n".join(f"<p>　　{line}</p>" for line in text.splitlines())
    return (f"<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'><title>{year}年{area}政府工作报告_{area}人民政府</title></head><body>"
            "<div class='nav'><a href='/'>首页</a> <a href='/xw'>要闻</a> <a href='/gk'>政务公开</a> <a href='/fw'>办事服务</a></div>"
            f"<div class='article'><h1>{year}年{area}政府工作报告</h1><div class='info'>来源：{area}人民政府办公室　字体：大 中 小</div>"
            f"<div class='content'>{paragraphs}</div></div>"
            f"<div class='foot'>主办：{area}人民政府办公室　网站地图　联系我们</div></body></html>\n")


def printed(text, to):
    """The report as Chromium prints it: embedded fonts, page numbers at the foot."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.html")
        body = "".join(f"<p>{line}</p>" for line in text.splitlines())
        source.write_text(f"<!DOCTYPE html><meta charset='utf-8'><style>@page{{size:A5;margin:18mm}} p{{font:11pt/1.8 'Noto Serif CJK SC';margin:0;text-indent:2em}}</style>{body}", encoding="utf-8")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--user-data-dir={folder}/profile",
                        "--no-pdf-header-footer", f"--print-to-pdf={to}", source.as_uri()], check=True, capture_output=True)


def word(text, to):
    """The report as a Word file with the numbering of the fixtures."""
    spec = importlib.util.spec_from_file_location("make", HERE.parent / "crates/document/tests/fixtures/make.py")
    code = Path(spec.origin).read_text(encoding="utf-8").split("# ---- PDF ----")[0].replace('"lanchuan.docx"', '"report.docx"')
    with tempfile.TemporaryDirectory() as folder:
        names = {"__file__": spec.origin, "__name__": "make"}
        exec(compile(code, spec.origin, "exec"), names)
        names["PARAGRAPHS"], names["HERE"] = [line for line in text.splitlines() if line.strip()], Path(folder)
        names["docx"]()
        to.write_bytes(Path(folder, "report.docx").read_bytes())


if __name__ == "__main__":
    word(PROVINCE_2026, HERE / "lanchuan-2026.docx")
    (HERE / "yunting-2024.html").write_text(page("云汀市", 2024, CITY[2024]), encoding="utf-8")
    printed(CITY[2025], HERE / "yunting-2025.pdf")
    (HERE / "yunting-2026.txt").write_bytes(CITY[2026].encode("gb18030"))
    with open(HERE / "tangpu.csv", "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["city", "year", "title", "content"])
        rows.writerow(["棠浦县", 2024, "棠浦县政府工作报告", COUNTY[2024]])
    lines = json.dumps({"city": "棠浦县", "year": 2025, "title": "棠浦县政府工作报告", "content": COUNTY[2025]}, ensure_ascii=False) + "\n"
    (HERE / "tangpu-2025.jsonl").write_text(lines, encoding="utf-8")
    with zipfile.ZipFile(HERE / "tangpu-2026.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("棠浦县/2026年政府工作报告.txt", (2026, 1, 28, 9, 0, 0)), COUNTY[2026].encode(), zipfile.ZIP_DEFLATED)
