"""Countries as lists write them, as ISO codes."""

from __future__ import annotations

from functools import lru_cache

from xenotime.portfolio.places import find_country, folded

#: Spellings of the lists' own that a general table of names does not have.
_SPELLINGS = {
    "afghanistan, islamic republic of": "AF",
    "aland islands": "AX",
    "bahamas, the": "BS",
    "bolivia, plurinational state of": "BO",
    "bosnia": "BA",
    "burma": "MM",
    "cabo verde": "CV",
    "congo, democratic republic of the": "CD",
    "congo, republic of the": "CG",
    "cote d ivoire": "CI",
    "cote d'ivoire": "CI",
    "côte d'ivoire": "CI",
    "democratic people's republic of korea": "KP",
    "democratic people’s republic of korea": "KP",
    "democratic republic of the congo": "CD",
    "dprk": "KP",
    "federation of bosnia and herzegovina": "BA",
    "federated republic of brazil": "BR",
    "gambia, the": "GM",
    "gaza": "PS",
    "hong kong special administrative region": "HK",
    "iran (islamic republic of)": "IR",
    "iran, islamic republic of": "IR",
    "islamic republic of afghanistan": "AF",
    "islamic republic of iran": "IR",
    "islamic republic of pakistan": "PK",
    "kingdom of saudi arabia": "SA",
    "korea, north": "KP",
    "korea, south": "KR",
    "korea, republic of": "KR",
    "lao people's democratic republic": "LA",
    "lebanese republic": "LB",
    "libyan arab jamahiriya": "LY",
    "macau": "MO",
    "micronesia, federated states of": "FM",
    "moldova, republic of": "MD",
    "north korea": "KP",
    "north macedonia, the republic of": "MK",
    "palestine, state of": "PS",
    "palestinian": "PS",
    "palestinian territory, occupied": "PS",
    "hong kong": "HK",
    "people's republic of bangladesh": "BD",
    "people's republic of china": "CN",
    "united arab emirates": "AE",
    "crimea (occupied)": "UA",
    "macedonia, the former yugoslav republic of": "MK",
    "man, isle of": "IM",
    "region: crimea": "UA",
    "region: northern gaza": "PS",
    "st. kitts & nevis": "KN",
    "st. vincent and the grenadines": "VC",
    "philippine": "PH",
    "region: gaza": "PS",
    "region: west bank": "PS",
    "republic of india": "IN",
    "republic of iraq": "IQ",
    "republic of korea": "KR",
    "republic of singapore": "SG",
    "republic of yemen": "YE",
    "republic of türkiye": "TR",
    "russian federation": "RU",
    "state of israel": "IL",
    "state of libya": "LY",
    "state of palestine": "PS",
    "syrian arab republic": "SY",
    "tanzania, united republic of": "TZ",
    "the bahamas": "BS",
    "the gambia": "GM",
    "the netherlands": "NL",
    "trinidad": "TT",
    "turkey": "TR",
    "türkiye": "TR",
    "u.s.a.": "US",
    "united kingdom of great britain and northern ireland": "GB",
    "united republic of tanzania": "TZ",
    "united states of america": "US",
    "venezuela (bolivarian republic of)": "VE",
    "venezuela, bolivarian republic of": "VE",
    "viet nam": "VN",
    "virgin islands, british": "VG",
    "west bank": "PS",
    "アラブ首長国連邦": "AE",
    "イラン": "IR",
    "インド": "IN",
    "シリア": "SY",
    "パキスタン": "PK",
    "ロシア": "RU",
    "北朝鮮": "KP",
    "台湾": "TW",
    "香港": "HK",
    "中国": "CN",
}


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """The ISO code of the one country a text names; "" if none or several.

    >>> [code(t) for t in ("Islamic Republic of Iran", "Korea, North", "cn", "Atlantis")]
    ['IR', 'KP', 'CN', '']
    """
    return _SPELLINGS.get(folded(text), "") or find_country(text)


@lru_cache(maxsize=4096)
def leading(text: str) -> tuple[str, str]:
    """The country a text begins with, and the text behind it; two empty texts when it begins with none.

    >>> leading("People's Republic of China Fernhill Pigments"), leading("日本东京都"), leading("Fernhill")
    (('CN', 'Fernhill Pigments'), ('JP', '东京都'), ('', ''))
    """
    words = text.split()
    for number in range(1, min(len(words), 7) + 1):
        start = " ".join(words[:number])
        if found := code(start) if number == 1 else _SPELLINGS.get(folded(start), ""):
            return found, " ".join(words[number:])
    for length in (2, 3, 4):
        if not text.isascii() and (found := code(text[:length])):
            return found, text[length:]
    return "", ""
