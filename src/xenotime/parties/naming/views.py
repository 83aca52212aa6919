"""Every view in which a written name can be compared: Latin words, pinyin syllables, Han characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from xenotime.parties.naming import han, register, roman
from xenotime.parties.naming.characters import HAN as HAN_CHARACTER
from xenotime.parties.naming.fold import LONGEST, fold
from xenotime.parties.naming.forms import strip, strip_han, strip_pinyin, unglued
from xenotime.parties.naming.name import HAN, LATIN, PINYIN, Name
from xenotime.parties.naming.numerals import characters
from xenotime.parties.naming.words import canonical

#: Views of one written name at most.
MOST = 24
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"[^\W_]+(?:~[^\W_]+)*")
_PIECE = re.compile(rf"{HAN_CHARACTER.pattern}|[^\W_{HAN_CHARACTER.pattern[1:-1]}]+")
_CHUNK = re.compile(r"[\s()（）\[\]【】〔〕《》/|]+")
_ALIAS = re.compile(
    r"\b(?:a\.?k\.?a\b\.?|also known as|formerly(?: known as)?|f/k/a|d/b/a|dba)(?:\s|$)", re.IGNORECASE
)
_ARABIC = re.compile(
    r"\b(?:[aeu]l|[aeu](?:d(?=-d)|n(?=-n)|r(?=-r)|s(?=-s)|t(?=-t)|z(?=-z))|[ae]sh(?=-sh))-(?=[a-z])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})")
_COUNTED = "〇一二三四五六七八九十百"
_SPECIAL = re.compile(r"['`:0-9]|[A-Z]{2}[a-z]")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’][sS]\b")
_GAP = re.compile(rf"(?<={HAN_CHARACTER.pattern}) (?={HAN_CHARACTER.pattern})")


@lru_cache(maxsize=32768)
def views(text: str, kind: str = "unknown") -> tuple[Name, ...]:
    """Every comparable view of a written name, the view as written first; 24 at most.

    `kind` is organisation, person or unknown. A Latin name gives a LATIN view, and PINYIN views where all
    its words can be read as syllables. A Han name gives a HAN view, PINYIN views (one a reading) and
    LATIN views (register, translation). A bilingual name gives the views of its parts too.

    >>> [(v.kind, v.key, v.how) for v in views("ABC AG (某某公司)") if v.kind != "pinyin"][:2]
    [('han', 'abcag某某', 'written'), ('latin', 'abcagmoumou', 'pinyin')]
    >>> [v.key for v in views("Zhongguo Beifang Gongye Gongsi") if v.kind == "pinyin"]
    ['zhongguobeifanggongye']
    """
    cut = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    found = list(_whole(text, cut, kind))
    for part in _parts(cut):
        found.extend(_renamed(view) for view in _whole(part, part, kind))
    unique: dict[tuple[str, tuple[str, ...], frozenset[str]], Name] = {}
    for view in found:
        if view.tokens:
            unique.setdefault((view.kind, view.tokens, view.forms), view)
    return tuple(unique.values())[:MOST]


def _renamed(view: Name) -> Name:
    how = "part" if view.how == "written" else f"part, {view.how}"
    return Name(view.text, view.kind, view.tokens, view.forms, how)


def _parts(text: str) -> Iterable[str]:
    """The Latin and the Han part where a space or bracket divides them; each name round "also known as"."""
    if not text.isascii() and HAN_CHARACTER.search(text):
        chunks = [c for c in _CHUNK.split(text) if c]
        latin = " ".join(c for c in chunks if not HAN_CHARACTER.search(c))
        chinese = "".join(c for c in chunks if HAN_CHARACTER.search(c))
        if len(latin) >= _SHORTEST and chinese and re.search("[A-Za-z]", latin):
            yield from (latin, chinese)
    elif len(pieces := _ALIAS.split(text)) > 1:
        yield from (p.strip(" ()[],;-") for p in pieces if len(p.strip(" ()[],;-")) >= _SHORTEST)


def _whole(text: str, cut: str, kind: str) -> Iterable[Name]:
    if cut.isascii():
        return _latin(text, cut, frozenset(), kind)
    body, forms = strip_han(_GAP.sub("", fold(cut)))
    if HAN_CHARACTER.search(body):
        return _chinese(text, body, forms, kind)
    if forms:
        return _latin(text, body, forms, kind)
    return _latin(text, cut, frozenset(), kind)


def _chinese(text: str, body: str, forms: frozenset[str], kind: str) -> Iterable[Name]:
    pieces = _pieces(body)
    spoken = tuple(c for p in pieces for c in (characters(p) if p.isdigit() else (p,)))
    tokens = _without_ordinals(spoken)
    yield Name(text, HAN, tokens, forms)
    for syllables, how in han.readings(spoken, kind):
        yield Name(text, PINYIN, syllables, forms, how)
    yield from _declared(text, register.by_han("".join(tokens)))
    yield from _translated(text, tokens, pieces, forms, kind)


def _pieces(body: str) -> tuple[str, ...]:
    """Characters one by one, Latin words and numbers whole; 々 is the character before it."""
    found: list[str] = []
    for piece in _PIECE.findall(body):
        found.append(found[-1] if piece == "々" and found else piece)
    return tuple(found)


def _without_ordinals(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """第三 and 三 are one; 第 before anything but a number stays."""
    after = (*tokens[1:], "")
    return tuple(t for t, n in zip(tokens, after, strict=True) if not (t == "第" and n in _COUNTED and n))


def _translated(
    text: str, tokens: tuple[str, ...], pieces: tuple[str, ...], forms: frozenset[str], kind: str
) -> Iterable[Name]:
    if (size := han.surname(tokens)) and len(tokens) <= 4 and kind != "organisation":
        read = han.readings(tokens, "person")[0][0]
        yield Name(text, LATIN, ("".join(read[:size]), "".join(read[size:])), forms, "pinyin")
    if kind != "person":
        words, known = register.translate(pieces)
        words = canonical((*words, "group") if "group" in forms else words, "organisation")
        yield Name(text, LATIN, words, forms - {"group"}, "translated" if known else "pinyin")


def _declared(text: str, lines: Iterable[register.Declared]) -> Iterable[Name]:
    for line in lines:
        yield Name(text, LATIN, line.latin, line.forms, line.how)


def _latin(text: str, cut: str, forms: frozenset[str], kind: str) -> Iterable[Name]:
    prepared = _POSSESSIVE.sub("", unglued(cut))
    if "-" in prepared:
        prepared = _ARABIC.sub("al ", prepared)
    words = tuple(_WORD.findall(fold(prepared)))
    kept, more = strip(words, 2 if kind == "person" else 1)
    spoken = (words[0], *kept) if words[:1] != kept[:1] and roman.syllables(words[0]) else kept
    if spoken != kept and all(map(roman.syllables, kept)):
        kept, more = spoken, frozenset()  # Ao Yun is no joint-stock company (AO) of that name
    forms |= more
    tokens = canonical(kept, kind)
    yield Name(text, LATIN, tokens, forms)
    if _CAMEL.search(prepared):
        yield from _split(text, prepared, forms, kind)
    yield from _synonyms(text, tokens, forms)
    yield from _syllables(text, prepared, spoken, forms)


def _split(text: str, prepared: str, forms: frozenset[str], kind: str) -> Iterable[Name]:
    """The words of a name that was written together with capitals inside: SergeiLavrov."""
    kept, _ = strip(tuple(_WORD.findall(fold(_CAMEL.sub(" ", prepared)))))
    yield Name(text, LATIN, canonical(kept, kind), forms, "split")


def _synonyms(text: str, tokens: tuple[str, ...], forms: frozenset[str]) -> Iterable[Name]:
    """The other names that the register declares: NORINCO leads to its full name and to its Han name."""
    for line in register.by_latin("".join(tokens)):
        yield Name(text, HAN, tuple(line.han), forms, line.how)
        yield from _declared(text, register.by_han(line.han))


def _syllables(text: str, prepared: str, kept: tuple[str, ...], forms: frozenset[str]) -> Iterable[Name]:
    words = kept
    if not prepared.isascii() or _SPECIAL.search(prepared):
        words, _ = strip(tuple(_MARKED.findall(fold(roman.marked(prepared)))))
    for syllables, how in roman.readings(words):
        body, more = strip_pinyin(syllables)
        yield Name(text, PINYIN, body, forms | more, how)
