"""The register of translated names: which Chinese and which Latin name are declared to be one.

A line of confidence H rests on a public notice; a line of confidence M is recalled general knowledge
and never makes a match sure by itself. No name of the evaluation half of the lists is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from xenotime.parties.naming import han
from xenotime.parties.naming.characters import HAN
from xenotime.parties.naming.fold import fold
from xenotime.parties.naming.forms import strip, strip_han
from xenotime.parties.naming.words import canonical
from xenotime.parties.tables import rows

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 12
#: A declared name is used inside longer names if it has fewer words and at least so many letters.
_WORDY, _SHORT = 4, 6


@dataclass(frozen=True, slots=True)
class Declared:
    """One line of the register: a Han name and a Latin one; `sure` where a notice says so."""

    han: str
    latin: tuple[str, ...]
    forms: frozenset[str]
    sure: bool

    @property
    def how(self) -> str:
        """How a view made from this line is named."""
        return "register" if self.sure else "register, recalled"


def by_han(key: str) -> tuple[Declared, ...]:
    """The lines whose Han name has this key (folded, without legal form).

    >>> [line.latin for line in by_han("清华大学")]
    [('tsinghua', 'university')]
    """
    return _index()[0].get(key, ())


def by_latin(key: str) -> tuple[Declared, ...]:
    """The lines whose Latin name has this key: also the acronyms, so that one leads to the others.

    >>> [line.han for line in by_latin("norinco")]
    ['中国北方工业', '中国兵器工业']
    """
    return _index()[1].get(key, ())


def translate(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Han tokens in Latin words, longest match first, the rest in pinyin; and whether any word was known.

    >>> translate(tuple("包头瑞鑫稀土材料"))
    (('baotou', 'ruixin', 'rare', 'earth', 'material'), True)
    """
    known, read = _words(), han.plain(tokens)
    found: list[str] = []
    spelt = ""
    translated = False
    at = 0
    while at < len(tokens):
        size, words = _longest(tokens, at, known)
        if size == 0 and HAN.match(tokens[at]):
            spelt, at = spelt + read[at], at + 1
            continue
        found.extend([spelt] if spelt else [])
        spelt = ""
        found.extend(words if size else (tokens[at],))
        translated = translated or size > 0
        at += size or 1
    return (*found, *([spelt] if spelt else [])), translated


def _longest(
    tokens: tuple[str, ...], at: int, known: dict[str, tuple[str, ...]]
) -> tuple[int, tuple[str, ...]]:
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        piece = "".join(tokens[at : at + size])
        if piece in known:
            return size, known[piece]
    return 0, ()


@cache
def _index() -> tuple[dict[str, tuple[Declared, ...]], dict[str, tuple[Declared, ...]]]:
    chinese: dict[str, list[Declared]] = {}
    latin: dict[str, list[Declared]] = {}
    for row in rows("register"):
        if row["kind"] == "name":
            line = _declared(row["han"], row["latin"], row["confidence"] == "H")
            chinese.setdefault(line.han, []).append(line)
            latin.setdefault("".join(line.latin), []).append(line)
    return ({k: tuple(v) for k, v in chinese.items()}, {k: tuple(v) for k, v in latin.items()})


def latin_key(latin: str) -> str:
    """The key of a Latin name: folded, without legal form and spaces.

    >>> latin_key("Tsinghua University"), latin_key("MP Materials Corp.")
    ('tsinghuauniversity', 'mpmaterials')
    """
    return "".join(strip(tuple(_WORD.findall(fold(latin))))[0])


def _declared(chinese: str, latin: str, sure: bool) -> Declared:
    words, forms = strip(tuple(_WORD.findall(fold(latin))))
    return Declared(key(chinese), canonical(words, "organisation"), forms, sure)


def key(chinese: str) -> str:
    """The key of a Han name: folded, without legal form, spaces and dots.

    >>> key("洛克希德·马丁公司")
    '洛克希德马丁'
    """
    return "".join(_WORD.findall(strip_han(fold(chinese))[0]))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """What a piece of a Han name is in Latin; short declared names are pieces too."""
    found: dict[str, tuple[str, ...]] = {}
    for chinese, lines in _index()[0].items():
        if len(lines[0].latin) < _WORDY and len("".join(lines[0].latin)) >= _SHORT:
            found[chinese] = lines[0].latin
    found |= {r["han"]: tuple(r["latin"].split()) for r in rows("register") if r["kind"] != "name"}
    return found
