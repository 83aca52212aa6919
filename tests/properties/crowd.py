"""Invented names of several writings, and what happens to names on forms and in letters."""

from __future__ import annotations

GIVEN = """
Aldric Borvan Cemil Dovrat Elsin Farouq Ghalib Hamza Irmak Jorvik Kemal Lazar Mirko Nasim Osric Petar
Qadir Rustam Salim Tamar Ugur Viktor Wassim Yusuf Zoran Mohammed Ali Hassan Omar Igor J. K. M. bin al
van de
""".split()
FAMILY = [
    f"{start}{end}"
    for start in "Bran Dov Kel Mor Vash Zel Tarq Ulm Orb Skav Prin Hald Jask Wend Yarm Lom Fenn".split()
    for end in "enko ov ari awi ez ford son sky ani ulu berg".split()
]
BRANDS = [
    f"{one}{two}"
    for one in "Tam Quel Orv Zan Brix Lum Ker Dov Sil Vant".split()
    for two in "rolex mar ex dyne tron via cor lite gen max".split()
]
TRADES = "Aviation Optics Metals Trading Shipping Electronics Systems Rare Earth Northern Southern".split()
FORMS = ["GmbH", "Ltd", "LLC", "Inc.", "Co., Ltd.", "S.A.", ""]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
CHARACTERS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌志鹏飞辉宇浩凯峰龙新海波亮"
HAN_TRADES = "电子 科技 光电 新材料 航空 机械 稀土 磁材 精密仪器 半导体".split()
HAN_FORMS = "有限公司 股份有限公司 集团 公司".split()


def person(dice):
    """Two to four names, the family's last."""
    return " ".join([*(dice.choice(GIVEN) for _ in range(dice.randint(1, 3))), dice.choice(FAMILY)])


def firm(dice):
    """A brand, trades, a form."""
    trades = [dice.choice(TRADES) for _ in range(dice.randint(0, 2))]
    return " ".join([dice.choice(BRANDS), *trades, dice.choice(FORMS)]).strip()


def chinese(dice):
    """A person of two or three characters."""
    return dice.choice(SURNAMES) + "".join(dice.choice(CHARACTERS) for _ in range(dice.randint(1, 2)))


def chinese_firm(dice):
    """A brand of two or three characters, a trade, a form."""
    brand = "".join(dice.choice(CHARACTERS) for _ in range(dice.randint(2, 3)))
    return brand + dice.choice(HAN_TRADES) + dice.choice(HAN_FORMS)


MAKERS = (person, person, firm, firm, chinese, chinese_firm)


def noise(dice):
    """Letters, characters, signs and spaces that mean nothing."""
    signs = "abcdeghiklmnorstuvxz ABC.-,'()&12  王北方稀土公司éßø\u200b\t"
    return "x" + "".join(dice.choice(signs) for _ in range(dice.randint(0, 40)))


def slip(text, dice):
    """One sign left out, doubled, changed or swapped with its neighbour."""
    at = dice.randrange(len(text))
    cut = text[:at], text[at : at + 1], text[at + 1 :]
    changed = (cut[0] + cut[2], cut[0] + cut[1] * 2 + cut[2], f"{cut[0]}{dice.choice('aeiorstn')}{cut[2]}")
    return dice.choice((*changed, cut[0] + cut[2][:1] + cut[1] + cut[2][1:])) or text


def turned(text, dice):
    """The words in another order."""
    words = text.split()
    dice.shuffle(words)
    return " ".join(words)


def joined(text, dice):
    """One space left out, or one put in."""
    spaces = [i for i, c in enumerate(text) if c == " "]
    if spaces and dice.random() < 0.7:
        at = dice.choice(spaces)
        return text[:at] + text[at + 1 :]
    at = dice.randint(1, max(1, len(text) - 1))
    return f"{text[:at]} {text[at:]}"


def shortened(text, dice):
    """One word left out."""
    words = text.split()
    if len(words) > 1:
        words.pop(dice.randrange(len(words)))
    return " ".join(words)


def lengthened(text, dice):
    """One word more."""
    words = text.split()
    words.insert(dice.randint(0, len(words)), dice.choice([*TRADES, *GIVEN, *FAMILY]))
    return " ".join(words)


def disturbed(text, dice):
    """A name after up to three accidents."""
    for _ in range(dice.randint(0, 3)):
        text = dice.choice((slip, slip, turned, joined, shortened, lengthened, capitals))(text, dice) or text
    return text


def capitals(text, _dice):
    """The name in capitals."""
    return text.upper()
