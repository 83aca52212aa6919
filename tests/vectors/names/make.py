"""Writes the labelled name pairs, tests/vectors/names/pairs.csv: invented names, disturbed by rule.

`python tests/vectors/names/make.py` writes the same bytes each time: the seeds are fixed. Persons and
companies are put together from parts; the Chinese rows come from the bilingual entries of the packaged
lists that the translation register may not hold. What each rule stands for is told in
docs/explanation/name-evaluation.md.
"""

from __future__ import annotations

import csv
import random
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / "tests" / "vectors" / "names" / "pairs.csv"
LISTS = ROOT / "src" / "xenotime" / "books" / "cn" / "lists"
COLUMNS = ("id", "left", "right", "kind", "same", "why", "source", "split")
Row = tuple[str, str, str, bool, str, str]

# ---- parts of invented names -------------------------------------------------------
SLAVIC = (
    "Aleksandr Sergey Dmitriy Nikolay Andrey Yevgeniy Mikhail Vladimir Igor Oleg Yuriy Viktor Boris "
    "Konstantin Anatoliy Grigoriy Leonid Maksim Pavel Roman Stanislav Timofey Valentin Yaroslav Zakhar "
    "Arkadiy"
).split()
WOMEN = "Olga Svetlana Tatyana Yelena Natalya Irina Lyudmila Kseniya Yekaterina Anastasiya".split()
PATRONS = (
    "Aleksandr Sergey Nikolay Andrey Mikhail Viktor Boris Pavel Roman Leonid Maksim Stanislav Zakhar"
).split()
SLAVIC_ROOTS = (
    "Vorkh Zhelud Kraznop Tumar Belyask Goryuch Pestrik Lazurn Okhram Dubrovl Shchemil Rybatch Kolpash "
    "Yagod Medovik Svetlanov Burak Klenov Strizh Grozdn Pryanik Morozhk Tverdokh Zyabl Khvoshch "
    "Chugunk"
).split()
ARABIC = (
    "Mohammed Ahmad Hussein Khalid Yousef Ibrahim Mustafa Omar Tariq Faisal Nasser Rashid Saleh "
    "Abdullah Jamal Karim Walid Ziyad Mahmoud Hasan Bilal Qasim Idris Usama Anwar Yasin Zakariya Munir"
).split()
ARABIC_FAMILY = (
    "al-Tamurri al-Bazarini al-Khuldami al-Sarrafni al-Wadhiri al-Qumrawi al-Nadhimi al-Farwazi "
    "al-Maskarani al-Zubdari el-Hallouti el-Gharmani Bourzaki Chelghami Zerroukat Haddadine Tajourni"
).split()
KOREAN = "Kim Pak Choe Ri Chong Kang Cho Yun Chang Im Han O So Sin Kwon Hwang An Song Ryu Hong".split()
KOREAN_GIVEN = (
    "Yong Chol Su Min Hyok Jin Song Ho Kyong Il Nam Un Hui Tae Jong Sok Myong Chun Kwang Hak"
).split()
WESTERN = (
    "Thomas Friedrich Angela Michael Jonathan Patricia Robert Elisabeth William Katherine Frederik "
    "Charles Christopher Margaret Anthony Josephine Gabriel Isabelle Laurent Matthias Giovanni Stefano "
    "Lucas Emma Carlos Fernando Miguel Augusto Roberto Ricardo Santiago Beatriz Rosalinda Ignacio "
    "Mateo Emilio"
).split()
HEADS = (
    "Bran Hol Kes Lind Mor Nor Pel Quin Ros Sal Tor Vel Wex Zan Alt Berg Cal Dor Fen Gal Har Jar Kol Lam Mel"
).split()
MIDDLES = "den ber lan mar ter vin ros gel mon sti wal der ken pol tan lor dic fre gar hel".split()
ENDS = (
    "berg mann sen ston field worth ez ani elli ström dale ford wick hauser etti oni aux ard ley by"
).split()
BRAND_HEADS = (
    "Ar Bel Cor Dyn Ex Fal Gly Hel Ir Jun Kry Lum Mag Nor Opt Pra Qual Rhe Syn Tor Ul Vex Wol Xen Zy "
    "Bra Cli Dra"
).split()
BRAND_MIDDLES = "a e i o ta lo ra ni ve sto mi da re xo pha ri no li".split()
BRAND_ENDS = (
    "nix trol dyne mak cor via lux tec gen mira don phor ster nova bex lith quant zar plex vant ril"
).split()
FIELDS = (
    "Aerospace Dynamics;Rare Earth Magnets;Precision Optics;Electronics;Shipping;Steel Works;"
    "Chemical Industries;Machinery;Drone Systems;Semiconductor Materials;Defence Systems;"
    "Marine Engineering;Trading;Mining;Securities;Insurance;Logistics;Pharmaceuticals;Motor;Energy;"
    "Investment;Foundation;Software Solutions;Instrument Plant;Shipbuilding;Medical Equipment;"
    "Petroleum;Railway Engineering;Publishing;Airlines"
).split(";")
TAILS = "Group;Holdings;Technologies;International;Global;Group Holdings".split(";")
FORMS = (
    "Ltd;Limited;Inc.;Incorporated;Corp.;Corporation;Co., Ltd.;GmbH;AG;S.A.;S.p.A.;B.V.;LLC;plc;"
    "Pty Ltd;OOO;JSC"
).split(";")
CITIES = (
    "London Tokyo Boston Chicago Hamburg Shanghai Beijing Milan Madrid Dubai Mumbai Istanbul Texas Ohio"
).split()
LANDS = (
    "Germany France Japan India Brazil Mexico Canada Italy Spain Poland Chile Australia Norway Sweden "
    "Malaysia"
).split()
COMPASS = "North South East West Northern Southern Eastern Western".split()
ROMAN = "I II III IV V VI VII VIII IX X".split()
HAN_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
    "彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任沈姚卢傅钟姜崔谭"
)
HAN_GIVEN = (
    "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海波春梅丽红云飞龙晓东立新思远嘉宁浩然子轩雨晨"
)
HAN_BRANDS = "华锋瑞科晨曦凌云恒泰鼎盛宏远金辉锐捷博雅天琪星耀力源永晟嘉禾启明卓越汇川立讯海康神工精达北斗"
HAN_FIELDS = (
    "电子科技 稀土材料 精密机械 航空技术 磁性材料 新能源汽车 半导体 "
    "船舶重工 光学仪器 智能装备 化学工业 国际贸易"
).split()
HAN_CITIES = "北京 上海 天津 重庆 深圳 广州 杭州 武汉 成都 西安 宁波 包头 赣州 沈阳".split()
CYRILLIC = {
    "shch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "yo": "ё",
    "iy": "ий",
    "ey": "ей",
    "ay": "ай",
    "oy": "ой",
    "a": "а",
    "b": "б",
    "v": "в",
    "g": "г",
    "d": "д",
    "e": "е",
    "z": "з",
    "i": "и",
    "y": "ы",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "f": "ф",
    "h": "х",
    "c": "к",
    "w": "в",
    "j": "й",
    "x": "кс",
}
#: One transliteration against another, in both directions.
SPELLINGS = [
    ("kh", "h"),
    ("ey", "ei"),
    ("iy", "y"),
    ("iy", "ii"),
    ("ye", "e"),
    ("zh", "j"),
    ("ks", "x"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ph", "f"),
    ("ck", "k"),
    ("sch", "sh"),
    ("dh", "d"),
    ("q", "k"),
    ("gh", "g"),
    ("ei", "ai"),
    ("ov", "off"),
    ("y", "i"),
    ("y", "j"),
    ("w", "v"),
    ("mm", "m"),
    ("ss", "s"),
    ("nn", "n"),
    ("rr", "r"),
    ("oh", "uh"),
    ("ammed", "ammad"),
    ("ssein", "ssain"),
    ("ou", "oo"),
    ("ch", "tch"),
    ("f", "ph"),
    ("k", "c"),
    ("z", "s"),
    ("ks", "cs"),
    ("u", "oo"),
    ("th", "t"),
]
NEAR_GIVEN = [
    ("Aleksandr", "Aleksey"),
    ("Sergey", "Semyon"),
    ("Frank", "Frederik"),
    ("Hans", "Heinz"),
    ("Maria", "Mariana"),
    ("Roman", "Robert"),
    ("Anders", "Anton"),
    ("Karim", "Kamil"),
    ("Fidel", "Fernando"),
    ("Boris", "Bogdan"),
    ("Oleg", "Olga"),
    ("Ahmad", "Hamid"),
    ("Hasan", "Husam"),
    ("Pavel", "Patrik"),
    ("Yuriy", "Yulian"),
    ("Viktor", "Vitaliy"),
    ("Michael", "Marcel"),
    ("Daniel", "David"),
    ("Zakhar", "Zinovy"),
    ("Angela", "Angelo"),
    ("Sundar", "Sandeep"),
    ("Tiger", "Tigran"),
    ("Lucas", "Luca Andrea"),
    ("Nursultan", "Nurlan"),
    ("Jamal", "Jalil"),
]


# ---- disturbances ------------------------------------------------------------------
def typo(word: str, chance: random.Random) -> str:
    """One slip of the keys: a letter dropped, doubled, swapped, changed or put in; the first stays mostly."""
    if len(word) < 4:
        return word
    at = chance.randrange(0 if chance.random() < 0.12 else 1, len(word) - 1)
    letter = chance.choice("aeioulnrst" if word[at].lower() in "aeiou" else "bcdfghklmnprstvz")
    kind = chance.choice("drop double swap change change put".split())
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "put":
        return word[:at] + letter + word[at:]
    return word[:at] + letter + word[at + 1 :]


def slip(name: str, chance: random.Random, times: int = 1) -> str:
    """The name with slips in its longer words."""
    words = name.split(" ")
    for _ in range(times):
        long = [i for i, w in enumerate(words) if len(w) >= 4] or [0]
        at = chance.choice(long)
        words[at] = typo(words[at], chance)
    return " ".join(words)


def vowel(word: str, chance: random.Random) -> str:
    """The word with one vowel misheard, or one letter more where it has none."""
    places = [i for i, c in enumerate(word) if c.lower() in "aeiouy" and i]
    if not places:
        return word + word[-1]
    at = chance.choice(places)
    return word[:at] + chance.choice([c for c in "aeiou" if c != word[at]]) + word[at + 1 :]


def morph(word: str, chance: random.Random) -> str:
    """Another word of the same build: two or three letters, of which one is a consonant, are others."""
    letters = list(word)
    for at in chance.sample(range(len(letters)), min(len(letters), chance.choice((2, 3)))):
        pool = "aeiou" if letters[at] in "aeiou" else "bdfgklmnprstvz"
        letters[at] = chance.choice([c for c in pool if c != letters[at]])
    return "".join(letters)


def respell(name: str, chance: random.Random, times: int = 2) -> str:
    """The name in another transliteration."""
    pairs = SPELLINGS + [(b, a) for a, b in SPELLINGS]
    low = name.lower()
    fits = [(a, b) for a, b in pairs if a in low[1:]]
    for a, b in chance.sample(fits, min(times, len(fits))):
        at = low.find(a, 1)
        if at > 0:
            low = low[:at] + b + low[at + len(a) :]
    return low.title()


def cyrillic(name: str) -> str:
    """The name in Russian letters."""
    low, out, at = name.lower(), "", 0
    while at < len(low):
        for size in (4, 2, 1):
            if low[at : at + size] in CYRILLIC:
                out += CYRILLIC[low[at : at + size]]
                at += size
                break
        else:
            out += low[at]
            at += 1
    return out.title()


# ---- makers --------------------------------------------------------------------------
def patronymic(father: str) -> str:
    """The father's name as a middle name."""
    return father[:-1] + "evich" if father[-1] == "y" else father + "ovich"


def surname(chance: random.Random) -> str:
    """An invented western surname."""
    return chance.choice(HEADS) + chance.choice([*MIDDLES, ""]) + chance.choice(ENDS)


def person(chance: random.Random) -> list[str]:
    """Given names, then the surname."""
    kind = chance.choice("slavic slavic arabic arabic korean western western western".split())
    if kind == "slavic":
        end = chance.choice("ov ev in sky enko".split())
        middle = [patronymic(chance.choice(PATRONS))] * (chance.random() < 0.6)
        return [chance.choice(SLAVIC), *middle, chance.choice(SLAVIC_ROOTS) + end]
    if kind == "arabic":
        fathers = chance.sample(ARABIC, chance.choice((1, 2, 2, 3)))
        if len(fathers) > 1 and chance.random() < 0.3:
            fathers[1:1] = ["bin"]
        return [*fathers, chance.choice(ARABIC_FAMILY)]
    if kind == "korean":
        return [chance.choice(KOREAN), *chance.sample(KOREAN_GIVEN, 2)]
    middle = [chance.choice(WESTERN)] * (chance.random() < 0.4)
    return [chance.choice(WESTERN), *middle, surname(chance)]


def brand(chance: random.Random) -> str:
    """An invented brand."""
    middle = "".join(chance.sample(BRAND_MIDDLES, chance.choice((0, 1, 1, 2))))
    return chance.choice(BRAND_HEADS) + middle + chance.choice(BRAND_ENDS)


def firm(chance: random.Random) -> tuple[str, str, str, str]:
    """Brand, field, tail or nothing, legal form."""
    return brand(chance), chance.choice(FIELDS), chance.choice([*TAILS, "", "", "", ""]), chance.choice(FORMS)


def written(*parts: str) -> str:
    """The parts that are not empty, with spaces."""
    return " ".join(p for p in parts if p)


def people(chance: random.Random) -> Iterator[Row]:  # noqa: C901, PLR0912, PLR0915 - one line a rule; a table would hide the rules
    """Pairs of persons, one rule after the other."""

    def row(left: str, right: str, same: bool, why: str) -> Row:
        return left, right, "person", same, why, "invented"

    def pick(least: int = 2) -> list[str]:
        while len(name := person(chance)) < least or (least > 2 and name[0] in KOREAN):
            pass
        return name

    for _ in range(100):
        name = " ".join(person(chance))
        yield row(slip(name, chance), name, True, "one slip")
    for _ in range(50):
        name = " ".join(person(chance))
        yield row(slip(name, chance, 2), name, True, "two slips")
    for _ in range(110):
        name = " ".join(n for n in person(chance))
        yield row(respell(name, chance), name, True, "transliteration")
    for _ in range(40):
        name = [chance.choice(SLAVIC), patronymic(chance.choice(PATRONS)), chance.choice(SLAVIC_ROOTS) + "ov"]
        kept = chance.choice((name, [name[0], name[2]]))
        yield row(cyrillic(" ".join(kept)), " ".join(name), True, "cyrillic")
    for _ in range(40):
        name = person(chance)
        yield row(f"{name[-1]}, {' '.join(name[:-1])}", " ".join(name), True, "order")
    for _ in range(30):
        name = person(chance)
        turned = [name[-1], *name[:-1]]
        yield row(slip(" ".join(turned), chance).upper(), " ".join(name), True, "order and slip")
    for _ in range(70):
        name = pick(3)
        yield row(written(name[0], name[-1]), " ".join(name), True, "middle left out")
    for _ in range(30):
        name = pick(3)
        yield row(slip(written(name[0], name[-1]), chance), " ".join(name), True, "middle left out and slip")
    for _ in range(25):
        name = pick(2)
        yield row(written(f"{name[0][0]}.", name[-1]), written(name[0], name[-1]), True, "initial")
    for _ in range(25):
        name = pick(3)
        yield row(
            written(name[0], f"{name[1][0].upper()}.", name[-1]), " ".join(name), True, "middle initial"
        )
    for _ in range(30):
        name = person(chance)
        i = chance.randrange(len(name) - 1)
        yield row(
            " ".join([*name[:i], name[i] + name[i + 1].lower(), *name[i + 2 :]]),
            " ".join(name),
            True,
            "joined",
        )
    for _ in range(20):
        name = pick()
        at = max(range(len(name)), key=lambda i: len(name[i]))
        cut = chance.randrange(3, max(4, len(name[at]) - 2))
        split = [*name[:at], name[at][:cut], name[at][cut:], *name[at + 1 :]]
        yield row(" ".join(split), " ".join(name), True, "split")
    for title in "Dr. Mr. Sheikh Haji Prof. Gen. Mullah Sir".split() * 3:
        name = " ".join(person(chance))
        yield row(f"{title} {name}", name, True, "title")
    for digit, letter in [("0", "o"), ("1", "i"), ("3", "e")] * 7:
        name = " ".join(person(chance))
        if letter in name[1:-1]:
            at = name.find(letter, 1)
            yield row(name[:at] + digit + name[at + 1 :], name, True, "digit for letter")
    for _ in range(15):
        name = person(chance)
        yield row(" ".join([name[0], *name]), " ".join(name), True, "said twice")
    for _ in range(15):
        name = person(chance)
        yield row("-".join(name[:-1]).upper() + " " + name[-1].upper(), " ".join(name), True, "hyphen")
    for _ in range(40):
        name = person(chance)
        at = min(range(len(name)), key=lambda i: len(name[i]))
        yield row(
            " ".join([*name[:at], vowel(name[at], chance), *name[at + 1 :]]),
            " ".join(name),
            True,
            "short word slip",
        )
    for _ in range(40):
        name = person(chance)
        at = chance.randrange(len(name))
        twice = typo(typo(name[at], chance), chance)
        yield row(
            " ".join([*name[:at], twice, *name[at + 1 :]]), " ".join(name), True, "two slips in one word"
        )
    # -- other persons
    for _ in range(50):
        name = person(chance)
        at = chance.randrange(len(name))
        other = name[at][:2] + morph(name[at][2:], chance)
        yield row(" ".join([*name[:at], other, *name[at + 1 :]]), " ".join(name), False, "look-alike word")
    for _ in range(40):
        given, near = chance.choice(NEAR_GIVEN)
        root, two = chance.choice(SLAVIC_ROOTS), chance.choice("ova ovsky enko ina ovich".split())
        yield row(
            written(near, morph(root, chance) + two), written(given, root + "ov"), False, "look-alike twice"
        )
    for _ in range(120):
        name, other = person(chance), person(chance)
        yield row(" ".join([other[0], *name[1:]]), " ".join(name), other[0] == name[0], "other given name")
    for _ in range(60):
        name, other = person(chance), person(chance)
        yield row(written(other[0], name[-1]), written(name[0], name[-1]), other[0] == name[0], "brother")
    for _ in range(90):
        name, other = person(chance), person(chance)
        yield row(" ".join([*name[:-1], other[-1]]), " ".join(name), other[-1] == name[-1], "other surname")
    for _ in range(50):
        given, family = chance.choice(SLAVIC), chance.choice(SLAVIC_ROOTS) + "ov"
        one, two = chance.sample(PATRONS, 2)
        yield row(
            written(given, patronymic(one), family),
            written(given, patronymic(two), family),
            False,
            "patronymic",
        )
    for _ in range(50):
        name, other = pick(3), chance.choice([*ARABIC, *WESTERN])
        i = chance.randrange(1, len(name) - 1)
        if name[i] not in (other, "bin"):
            yield row(
                " ".join([*name[:i], other, *name[i + 1 :]]), " ".join(name), False, "other middle name"
            )
    for _ in range(20):
        name = pick(3)
        letters = [c for c in "ABDFGHJKLMNPRSTVWZ" if c != name[1][0].upper()]
        yield row(
            written(name[0], chance.choice(letters) + ".", name[-1]), " ".join(name), False, "other initial"
        )
    for given, near in NEAR_GIVEN * 3:
        family = chance.choice([surname(chance), chance.choice(SLAVIC_ROOTS) + "ov"])
        yield row(written(near, family), written(given, family), False, "near given name")
    for _ in range(45):
        given, root = chance.choice([*SLAVIC, *WESTERN]), chance.choice([*SLAVIC_ROOTS, *HEADS])
        one, two = chance.sample(
            "enko evich ovsky man ander ini ashvili yan uk aitis berg elli stone worth".split(), 2
        )
        yield row(written(given, root + one), written(given, root + two), False, "other ending")
    for _ in range(50):
        name, other = person(chance), person(chance)
        shared = chance.choice(name[:-1])
        yield row(written(other[0], shared, other[-1]), " ".join(name), False, "one given name shared")
    for _ in range(30):
        name = person(chance)
        yield row(written(surname(chance), name[0]), " ".join(name), False, "given name only")
    for _ in range(40):
        yield row(" ".join(person(chance)), " ".join(person(chance)), False, "two people")
    for _ in range(40):
        head, tail = chance.choice(KOREAN), chance.sample(KOREAN_GIVEN, 4)
        other = [tail[0], tail[2]] if chance.random() < 0.5 else tail[2:]
        yield row(" ".join([head, *other]), " ".join([head, *tail[:2]]), False, "other given syllables")


def firms(chance: random.Random) -> Iterator[Row]:  # noqa: C901, PLR0912, PLR0915 - one line a rule; a table would hide the rules
    """Pairs of organisations, one rule after the other."""

    def row(left: str, right: str, same: bool, why: str) -> Row:
        return left, right, "organisation", same, why, "invented"

    for _ in range(100):
        name, field, tail, form = firm(chance)
        yield row(
            written(typo(name, chance), field, tail, form), written(name, field, tail, form), True, "one slip"
        )
    for _ in range(40):
        name, field, tail, form = firm(chance)
        yield row(
            slip(written(name, field, tail), chance, 2), written(name, field, tail, form), True, "two slips"
        )
    for _ in range(70):
        name, field, tail, form = firm(chance)
        yield row(
            written(name, field, tail, chance.choice([*FORMS, ""])),
            written(name, field, tail, form),
            True,
            "legal form",
        )
    for _ in range(40):
        name, field, _, form = firm(chance)
        yield row(
            written(name, field), written(name, field, chance.choice(TAILS), form), True, "tail left out"
        )
    for _ in range(30):
        name, _, _, form = firm(chance)
        yield row(name, written(name, form), True, "brand and form")
    for _ in range(30):
        name, _, _, form = firm(chance)
        yield row(typo(name, chance), written(name, form), True, "brand with a slip")
    for _ in range(40):
        name, field, tail, form = firm(chance)
        yield row(respell(name, chance, 1) + f" {field}", written(name, field, form), True, "spelling")
    for _ in range(30):
        name, field, tail, form = firm(chance)
        second = brand(chance)
        yield row(written(name + second.lower(), field), written(name, second, field, form), True, "joined")
        yield row(f"{name} and {second} {form}", f"{name} & {second} {form}", True, "and")
    for _ in range(20):
        name, field, tail, form = firm(chance)
        cut = max(3, len(name) // 2)
        yield row(written(name[:cut], name[cut:], field, form), written(name, field, form), True, "split")
    for _ in range(30):
        name, field, _, form = firm(chance)
        yield row(f"{field} {name}", written(name, field, form), True, "order")
    for _ in range(25):
        name, field, _, form = firm(chance)
        yield row(f"The {name} {field} Company", written(name, field, form), True, "article")
    for _ in range(20):
        name, field, _, _ = firm(chance)
        yield row(f"OOO {cyrillic(name)}", f"{name} LLC", True, "cyrillic")
    for _ in range(25):
        name, _, _, form = firm(chance)
        one, two = chance.choice(
            [
                ("Industry", "Industries"),
                ("System", "Systems"),
                ("Defence", "Defense"),
                ("Centre", "Center"),
                ("Technology", "Technologies"),
                ("Magnet", "Magnets"),
                ("Organisation", "Organization"),
            ]
        )
        yield row(f"{name} {one}", written(name, two, form), True, "plural or spelling")
    for digits, word in [("1st", "First"), ("2nd", "Second"), ("3rd", "Third"), ("4th", "Fourth")] * 5:
        name = brand_field(chance)
        yield row(f"{digits} {name}", f"{word} {name}", True, "ordinal")
    for _ in range(40):
        name, field, _, form = firm(chance)
        yield row(
            written(typo(typo(name, chance), chance), field),
            written(name, field, form),
            True,
            "two slips in the brand",
        )
    for _ in range(30):
        short = "".join(
            chance.sample("BDFGKLMNPRSTVZ", 1) + chance.sample("aeiou", 1) + chance.sample("bdklmnrst", 1)
        )
        field = chance.choice(FIELDS)
        yield row(
            f"{vowel(short, chance)} {field}",
            f"{short} {field} {chance.choice(FORMS)}",
            True,
            "short brand slip",
        )
    # -- other organisations
    for _ in range(60):
        name, field, _, form = firm(chance)
        other = name[:2] + morph(name[2:], chance)
        yield row(written(other, field, form), written(name, field, form), False, "look-alike brand")
    for _ in range(25):
        name, _, _, form = firm(chance)
        yield row(
            written(name[:1] + morph(name[1:], chance), form), written(name, form), False, "look-alike brand"
        )
    for _ in range(110):
        name, field, tail, form = firm(chance)
        yield row(
            written(brand(chance), field, tail, form), written(name, field, tail, form), False, "other brand"
        )
    for _ in range(50):
        name, field, _, form = firm(chance)
        yield row(
            written(name[:2] + brand(chance)[2:], field, form),
            written(name, field, form),
            False,
            "brand of one head",
        )
    for _ in range(100):
        name, field, _, form = firm(chance)
        other = chance.choice([f for f in FIELDS if f.split()[0] != field.split()[0]])
        yield row(written(name, other, form), written(name, field, form), False, "other field")
    for _ in range(60):
        name, field, _, form = firm(chance)
        one, two = chance.sample(LANDS if chance.random() < 0.5 else CITIES, 2)
        yield row(
            written(name, f"({one})", form), written(name, two, chance.choice(FORMS)), False, "other place"
        )
    for _ in range(50):
        name, field, _, form = firm(chance)
        place = chance.choice([*LANDS, *CITIES])
        yield row(written(name, field, place, form), written(name, field, form), False, "branch abroad")
    for _ in range(60):
        name, field, _, form = firm(chance)
        yield row(written(name, form), written(name, field, form), False, "subsidiary")
    for _ in range(40):
        name, _, _, form = firm(chance)
        yield row(written(name, brand(chance), form), written(name, brand(chance), form), False, "sister")
    for _ in range(60):
        name, second, (_, field, _, form) = brand(chance), brand(chance), firm(chance)
        yield row(written(name, second, field), written(name, second, form), False, "subsidiary")
    for _ in range(40):
        one, two = ("".join(chance.sample("ABCDEFGHKLMNPRSTVXZ", 3)) for _ in range(2))
        yield row(
            f"{one} {chance.choice(FIELDS)}",
            f"{two[:2]}{one[2]} {chance.choice(FIELDS)}",
            False,
            "short brand",
        )
        same = chance.choice(FIELDS)
        yield row(f"{one} {same}", f"{one[0]}{two[1:]} {same}", one == one[0] + two[1:], "short brand")
    for _ in range(30):
        yield row(
            f"Government of {chance.choice(LANDS)}",
            f"Government of {chance.choice(CITIES)}",
            False,
            "government",
        )
        two = chance.sample(FIELDS, 2)
        yield row(f"National {two[0]} Company", f"National {two[1]} Company", False, "generic words")
    for _ in range(40):
        yield row(written(*firm(chance)), written(*firm(chance)), False, "two firms")


def brand_field(chance: random.Random) -> str:
    """A brand with its field."""
    return f"{brand(chance)} {chance.choice(FIELDS)}"


def contrasts(chance: random.Random) -> Iterator[Row]:
    """Different firms whose names differ by a word that excludes the other."""

    def row(left: str, right: str) -> Row:
        return left, right, "organisation", False, "contradiction", "invented"

    for _ in range(45):
        i = chance.randrange(4)
        one, two = (COMPASS[j + 4 * chance.randrange(2)] for j in (i, (i + chance.choice((1, 2, 3))) % 4))
        field, place = chance.choice(FIELDS), chance.choice(["China", brand(chance)])
        yield row(f"{place} {one} {field} Group", f"{place} {two} {field} Group")
    for _ in range(25):
        name, (one, two) = brand_field(chance), chance.sample(range(1, 60), 2)
        yield row(f"{name} Plant {one}", f"{name} Plant {two}")
    for _ in range(15):
        name, (one, two) = brand(chance), chance.sample(ROMAN[1:], 2)
        yield row(f"{name} Capital Fund {one} L.P.", f"{name} Capital Fund {two} L.P.")
    for _ in range(15):
        one, two = chance.sample("First Second Third Fourth Fifth".split(), 2)
        yield row(f"{one} {(name := brand_field(chance))}", f"{two} {name}")
    for _ in range(20):
        one, two = chance.sample(CITIES[:12], 2)
        yield row(f"{one} {(name := brand_field(chance))} Co., Ltd.", f"{two} {name} Co., Ltd.")


def chinese(chance: random.Random) -> Iterator[Row]:  # noqa: C901, PLR0915 - one line a rule; a table would hide the rules
    """Persons and firms in characters, against characters and against their sounds."""
    from opencc import OpenCC  # noqa: PLC0415 - only the maker of Chinese rows needs it
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - as above

    tradition = OpenCC("s2t").convert

    def sounds(text: str, tones: bool = False) -> list[str]:
        return lazy_pinyin(text, style=Style.TONE if tones else Style.NORMAL, v_to_u=tones)

    def someone(size: int) -> str:
        return chance.choice(HAN_SURNAMES) + "".join(chance.sample(HAN_GIVEN, size))

    def company() -> str:
        at = chance.randrange(0, len(HAN_BRANDS) - 1, 2)
        place = chance.choice([*HAN_CITIES, ""])
        mark = HAN_BRANDS[at : at + 2] if chance.random() < 0.5 else "".join(chance.sample(HAN_BRANDS, 2))
        return place + mark + chance.choice(HAN_FIELDS)

    for _ in range(60):
        name = someone(2)
        said = sounds(name)
        given = "".join(said[1:])
        left = chance.choice(
            [
                f"{said[0]} {given}",
                f"{given} {said[0]}",
                " ".join(said),
                f"{said[0]} {said[1]}-{said[2]}",
                "".join(said),
            ]
        )
        yield left.title(), name, "person", True, "pinyin", "invented"
    for _ in range(25):
        name = someone(1)
        yield " ".join(sounds(name)).title(), name, "person", True, "pinyin", "invented"
    for _ in range(40):
        name, other = someone(2), someone(2)
        left = name[:2] + other[2] if chance.random() < 0.5 else other[0] + name[1:]
        yield left, name, "person", left == name, "other character", "invented"
        said = sounds(left)
        alike = said == sounds(name)
        yield f"{said[0]} {''.join(said[1:])}".title(), name, "person", alike, "pinyin of another", "invented"
    for _ in range(40):
        name = company()
        yield tradition(name + "有限公司"), name + "有限公司", "organisation", True, "traditional", "invented"
        yield name, name + "股份有限公司", "organisation", True, "legal form", "invented"
    for _ in range(60):
        name = company()
        left = (
            chance.choice((" ".join(sounds(name)), "".join(sounds(name)), " ".join(sounds(name, tones=True))))
            + " Co., Ltd."
        )
        yield left.title(), name + "有限公司", "organisation", True, "pinyin", "invented"
    for _ in range(30):
        name = company()
        yield name + "集团有限公司", name + "有限公司", "organisation", True, "tail left out", "invented"
    for _ in range(50):
        brand_, field, city = (
            chance.sample(HAN_BRANDS, 4),
            chance.choice(HAN_FIELDS),
            chance.choice(HAN_CITIES),
        )
        one, two = "".join(brand_[:2]), "".join(brand_[2:])
        yield (
            f"{city}{one}{field}有限公司",
            f"{city}{two}{field}有限公司",
            "organisation",
            False,
            "other brand",
            "invented",
        )
        half = one[0] + two[0]
        yield (
            f"{city}{one}{field}有限公司",
            f"{city}{half}{field}有限公司",
            "organisation",
            False,
            "half a brand",
            "invented",
        )
        said = " ".join(sounds(city + two + field)).title()
        yield (
            f"{said} Co., Ltd.",
            f"{city}{one}{field}有限公司",
            "organisation",
            False,
            "pinyin of another",
            "invented",
        )
    for _ in range(30):
        brand_ = "".join(chance.sample(HAN_BRANDS, 2))
        one, two = chance.sample(HAN_FIELDS, 2)
        yield f"{brand_}{one}公司", f"{brand_}{two}公司", "organisation", False, "other field", "invented"
    for _ in range(40):
        brand_ = "".join(chance.sample(HAN_BRANDS, chance.choice((2, 2, 3, 4))))
        one, two = chance.sample(HAN_FIELDS, 2)
        yield f"{brand_}公司", f"{brand_}{one}公司", "organisation", False, "subsidiary", "invented"
        yield f"{brand_}{one}{two}公司", f"{brand_}{one}公司", "organisation", False, "subsidiary", "invented"
        city = chance.choice(HAN_CITIES)
        yield (
            f"{brand_}{one}({city})有限公司",
            f"{brand_}{one}公司",
            "organisation",
            False,
            "branch abroad",
            "invented",
        )
    for _ in range(30):
        brand_ = "".join(chance.sample(HAN_BRANDS, 3))
        slip_ = brand_[:2] + chance.choice(HAN_BRANDS)
        field = chance.choice(HAN_FIELDS)
        yield (
            f"{slip_}{field}公司",
            f"{brand_}{field}公司",
            "organisation",
            slip_ == brand_,
            "one character",
            "invented",
        )
    for _ in range(40):
        brand_, field = "".join(chance.sample(HAN_BRANDS, 2)), chance.choice(HAN_FIELDS)
        one, two = chance.choice(
            [chance.sample("东西南北", 2), chance.sample("一二三四五六", 2), chance.sample(HAN_CITIES, 2)]
        )
        left, right = (
            (f"{brand_}{one}方{field}公司", f"{brand_}{two}方{field}公司")
            if one in "东西南北"
            else (f"{one}{brand_}{field}公司", f"{two}{brand_}{field}公司")
        )
        yield left, right, "organisation", False, "contradiction", "invented"


def bilingual() -> Iterator[Row]:
    """The lists' own Chinese names, written by rule in other ways; and their translations."""
    from opencc import OpenCC  # noqa: PLC0415 - only the maker of Chinese rows needs it
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - as above

    tradition = OpenCC("s2t").convert
    forms = ("株式会社", "有限公司", "公司", "集团")
    files = sorted(LISTS.glob("*.csv"))
    for number, path in enumerate(files):
        address = "cn/" + path.stem
        with path.open(encoding="utf-8", newline="") as stream:
            entries = list(csv.DictReader(stream))
        for entry in entries:
            han, source = entry["name_zh"].strip(), f"{address}#{entry['entry']}"
            if not han:
                continue
            role = "translated" if number % 2 else "translated, register"
            yield han, entry["name"], "organisation", True, role, source
            if number % 2 == 0:
                continue
            if tradition(han) != han:
                yield tradition(han), han, "organisation", True, "traditional", source
            bare = next((han.removesuffix(f) for f in forms if han.endswith(f) and len(han) - len(f) > 2), "")
            if bare:
                yield bare, han, "organisation", True, "legal form", source
            if not han.isascii() and all("\u4e00" <= c <= "\u9fff" for c in han.replace("·", "")):
                said = lazy_pinyin(han.replace("·", ""))
                toned = lazy_pinyin(han.replace("·", ""), style=Style.TONE)
                yield " ".join(said).title(), han, "organisation", True, "pinyin", source
                yield "".join(said), han, "organisation", True, "pinyin joined", source
                yield " ".join(toned), han, "organisation", True, "pinyin with tones", source


def split(left: str, right: str, why: str) -> str:
    """Which part a pair belongs to, by its text alone: a third is held out, translations stand apart."""
    if why.startswith("translated"):
        return "register" if why.endswith("register") else "translated"
    return "held" if zlib.crc32(f"{left}|{right}".encode()) % 3 == 0 else "fit"


def main() -> None:
    """Write the file; a pair that came out twice is kept once."""
    rows = [*people(random.Random(20250404)), *firms(random.Random(20251009)), *contrasts(random.Random(61))]
    rows += [*chinese(random.Random(621)), *bilingual()]
    seen = set()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(COLUMNS)
        for left, right, kind, same, why, source in rows:
            if not right or (left, right) in seen or (not same and left == right):
                continue
            seen.add((left, right))
            mark = "yes" if same else "no"
            out.writerow((f"n{len(seen):04}", left, right, kind, mark, why, source, split(left, right, why)))
    print(f"{len(seen)} pairs", file=sys.stderr)


if __name__ == "__main__":
    main()
