"""Legal forms: what a name says about the kind of body, set aside so that the rest can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from jellyfish import damerau_levenshtein_distance

from xenotime.parties.tables import rows, split

#: A written-out form of more letters than this may have one mistake and still be meant.
_LONG = 6
_GLUED = re.compile(
    r"(?<=[a-zß-öø-ÿ0-9])(?=(?:AG|SE|KG|KGaA|SA|SAS|SpA|NV|BV|AB|GmbH|LLC|PLC|JSC|Inc|Ltd|Corp)\b)"
    r"|(?<=[a-z]{3})(?=(?:gmbh|gesmbh)\b)"
)
_KOREAN = re.compile(r"(주식회사|유한회사)|\(주\)")
_SHORT = {"(株)": "株式会社", "(有)": "有限会社", "(股)": "股份有限公司"}
#: A part of a company's name that is only a branch, so it keeps its word.
_BRANCHES = ("分公司",)

Place = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def unglued(text: str) -> str:
    """The text with a space before a legal form that was written to the name: SiemensAG.

    >>> unglued("SiemensAG"), unglued("VAG"), unglued("MusterGmbH & Co. KG")
    ('Siemens AG', 'VAG', 'Muster GmbH & Co. KG')
    """
    if "주" in text or "유한회사" in text:
        text = _KOREAN.sub(lambda m: f" {m[1] or '주식회사'} ", text)
    return _GLUED.sub(" ", text)


@lru_cache(maxsize=16384)
def strip(words: tuple[str, ...], least: int = 1) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words without their legal forms, and the families of those forms.

    `least` words stay whatever they are, unless the form can be nothing else. Families that differ
    mean bodies that may differ.

    >>> strip(("siemens", "aktiengeselschaft"))[0], strip(("as", "roma", "spa"))[0], strip(("company",))[0]
    (('siemens',), ('as', 'roma'), ('company',))
    """
    if len(words) < 2:
        return words, frozenset()
    found: set[str] = set()
    kept = _strip_end(words, least, found)
    kept = _strip_start(kept, least, found)
    kept = _strip_anywhere(kept, found)
    return kept, frozenset(found)


def strip_han(body: str) -> tuple[str, frozenset[str]]:
    """A folded name without Chinese or Japanese legal forms at its ends: "group w公司" is a Latin name.

    A branch (分公司) keeps its word, so it is not taken for the whole.

    >>> strip_han("北方稀土集团股份有限公司")[0], strip_han("某某上海分公司")[0]
    ('北方稀土', '某某上海分公司')
    """
    if body.isascii():
        return body, frozenset()
    for short, long in _SHORT.items():
        body = body.replace(short, long)
    body, found = body.rstrip(" )]"), set[str]()
    while not body.endswith(_BRANCHES):
        shorter, families = _shorter(body)
        if not families:
            break
        body, found = shorter, found | families
    return body, frozenset(found)


def strip_pinyin(syllables: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Syllables without a Chinese legal form at their end, as `strip_han` does for characters.

    >>> strip_pinyin(("bei", "fang", "gu", "fen", "you", "xian", "gong", "si"))[0]
    ('bei', 'fang')
    """
    for spelling, families in _pinyin():
        size = len(spelling)
        branch = size == 2 and syllables[-3:-2] == ("fen",)
        if len(syllables) > size and syllables[-size:] == spelling and not branch:
            return syllables[:-size], families
    return syllables, frozenset()


def _shorter(body: str) -> tuple[str, frozenset[str]]:
    for spelling, families, start in _han():
        if len(body) > len(spelling):
            if body.endswith(spelling):
                return body[: -len(spelling)].rstrip(" ([.,-"), families
            if start and body.startswith(spelling):
                return body[len(spelling) :].lstrip(" )].,-"), families
    return body, frozenset()


def _strip_end(words: tuple[str, ...], least: int, found: set[str]) -> tuple[str, ...]:
    ends, anywhere = _forms("end"), _forms("any")
    while len(words) > 1:
        size, family = max(_match(words, ends, least, at_end=True), _match(words, anywhere, 1, at_end=True))
        if not size and len(words[-1]) >= _LONG:
            size, family = _mistyped(words[-1])
        if not size:
            break
        words = words[:-size]
        found.add(family)
    return words


def _strip_start(words: tuple[str, ...], least: int, found: set[str]) -> tuple[str, ...]:
    size, family = _match(words, _forms("start"), least, at_end=False)
    if size:
        found.add(family)
    return words[size:]


def _strip_anywhere(words: tuple[str, ...], found: set[str]) -> tuple[str, ...]:
    forms = _forms("any")
    at = 1
    while at < len(words):
        for spelling, family in forms.get(words[at], ()):
            if words[at - len(spelling) + 1 : at + 1] == spelling and at - len(spelling) + 1 > 0:
                words = words[: at - len(spelling) + 1] + words[at + 1 :]
                found.add(family)
                at -= len(spelling)
                break
        at += 1
    return words


def _match(words: Sequence[str], forms: Place, least: int, *, at_end: bool) -> tuple[int, str]:
    edge = words[-1] if at_end else words[0]
    for spelling, family in forms.get(edge, ()):
        size = len(spelling)
        if len(words) - size >= least and tuple(words[-size:] if at_end else words[:size]) == spelling:
            return size, family
    return 0, ""


@cache
def _forms(place: str) -> Place:
    """The forms of a place, longest first, by the word at the edge: the last, or at the start the first."""
    wanted = {place, "both"} if place != "any" else {"any"}
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for row in rows("forms"):
        if row["place"] in wanted:
            words = tuple(row["spelling"].split())
            found.setdefault(words[0] if place == "start" else words[-1], set()).add((words, row["family"]))
    return {word: tuple(sorted(forms, key=lambda f: (-len(f[0]), f))) for word, forms in found.items()}


@lru_cache(maxsize=4096)
def _mistyped(word: str) -> tuple[int, str]:
    for spelling, family in _written_out().get(word[0], ()):
        if abs(len(spelling) - len(word)) <= 1 and damerau_levenshtein_distance(spelling, word) <= 1:
            return 1, family
    return 0, ""


@cache
def _written_out() -> dict[str, list[tuple[str, str]]]:
    """The long forms of one word with their families, by first letter."""
    single = {row["spelling"]: row["family"] for row in rows("forms") if " " not in row["spelling"]}
    found: dict[str, list[tuple[str, str]]] = {}
    for spelling, family in single.items():
        if len(spelling) > _LONG:
            found.setdefault(spelling[0], []).append((spelling, family))
    return found


@cache
def _han() -> tuple[tuple[str, frozenset[str], bool], ...]:
    found = [
        (row["spelling"], frozenset(split(row["families"])), row["place"] == "both")
        for row in rows("hanforms")
    ]
    return tuple(sorted(found, key=lambda form: -len(form[0])))


@cache
def _pinyin() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    found = [
        (tuple(row["pinyin"].split()), frozenset(split(row["families"])))
        for row in rows("hanforms")
        if row["pinyin"]
    ]
    return tuple(sorted(found, key=lambda form: -len(form[0])))
