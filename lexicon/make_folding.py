"""Made folding.txt, once: run it again only to start the table anew (it overwrites changes made by hand).

    pip install opencc zhconv        # two converters, used here and nowhere else
    python make_folding.py > folding.txt

Each pair that both converters give is taken. Where they differ, the decisions below hold. A pair is left out when it is
not one character of the basic plane to one, or when its left side is right in Simplified text.
"""

import unicodedata

import opencc
import zhconv

# Left as they are: right in Simplified text, or the converters' reading does not fit reports.
KEPT = set("吒薹醯袷薴鿐")
# One converter's reading is taken over the other's, or both lack the pair.
DECIDED = {"逕": "径", "痲": "麻", "鶏": "鸡", "瞭": "了", "衹": "只", "厐": "庞", "龎": "庞"}
# Radicals that PDF fonts put in the place of the character (EquivalentUnifiedIdeograph of Unicode, then folded).
RADICALS = dict(zip("⺁⺇⺌⺎⺏⺐⺑⺒⺓⺛⺝⺟⺠⻁⻄⻅⻆⻉⻋⻌⻐⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳", "厂几小兀尢尢尢巳幺旡月母民虎西见角贝车辶钅镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟"))
SIGNS = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹪": "%", "〜": "～"}
FULL_WIDTH = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ％．＋－／"


def one(c):
    """One character of the basic plane."""
    return len(c) == 1 and ord(c) < 0x10000


def pairs(start, end, convert):
    return {c: convert(c) for c in map(chr, range(start, end)) if convert(c) != c and one(convert(c)) and c not in KEPT}


def show(title, table, finish=lambda c: c):
    print(f"\n# {title}")
    for source, target in sorted(table.items()):
        if source != finish(target):
            print(source, finish(target))


first = opencc.OpenCC("t2s").convert
second = lambda c: zhconv.convert(c, "zh-hans")
a = pairs(0x3400, 0xA000, first)
b = pairs(0x3400, 0xA000, second)
table = a | b | DECIDED
final = lambda c: table.get(c, c)

print("# Folding: the character on the left is read as the one on the right. One pair a line, one character to one.")
print("# What is right only inside a word (乾隆, 隨著) stands in folding_phrases.txt. See make_folding.py for the source.")
show("Traditional to Simplified, as two converters agree", {c: t for c, t in a.items() if b.get(c) == t and c not in DECIDED})
show("Variant forms, from one of the converters or decided by hand", {c: t for c, t in table.items() if a.get(c) != b.get(c) or c in DECIDED}, final)
compatible = lambda start, end: {c: unicodedata.normalize("NFKC", c) for c in map(chr, range(start, end)) if unicodedata.name(c, "")}
show("Compatibility ideographs", {c: t for c, t in compatible(0xF900, 0xFB00).items() if c != t and one(t)}, final)
show("Radicals in the place of characters", {c: t for c, t in (RADICALS | compatible(0x2F00, 0x2FD6) | compatible(0x2E9F, 0x2EA0) | compatible(0x2EF3, 0x2EF4)).items() if one(t)}, final)
show("Full-width letters and digits", {c: chr(ord(c) - 0xFEE0) for c in FULL_WIDTH})
show("Signs", SIGNS)
