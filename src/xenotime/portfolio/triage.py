"""Triage: what the customs number and the text of an item say before anybody looks closer.

The tables come from the caller, because the law is not read here. A number is a pointer only:
the official list governs, and "cannot" means that neither number nor text leads to a listed item.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: Digits of a customs number that all territories share; the digits after them are national.
_SHARED = 6


class Answer(StrEnum):
    """The three answers of a triage."""

    CANNOT = "cannot be a listed item"
    MAY = "may be a listed item"
    NAMED = "the customs number names it"


@dataclass(frozen=True, slots=True)
class Number:
    """What one customs number, or the start of one, says of the goods under it."""

    number: str
    goods: str
    codes: tuple[str, ...]
    answer: Answer
    kind: str = ""
    material: str = ""
    elements: str = ""
    mark: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A telling word.

    `match`: word (whole, any case), part (anywhere), symbol (whole, exact case), grade (a pattern).
    """

    word: str
    match: str
    codes: tuple[str, ...]
    kind: str = ""
    material: str = ""
    elements: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """The answer for one item: the codes it may fall under, why, and the facts the number settles."""

    answer: Answer
    codes: tuple[str, ...] = ()
    why: str = ""
    number: str = ""
    words: tuple[str, ...] = ()
    source: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbers by their digits, and the words, that a triage looks at."""

    numbers: Mapping[str, Number]
    words: tuple[Word, ...]
    patterns: tuple[re.Pattern[str], ...]


def read_tables(customs: str, words: str) -> Tables:
    """The triage tables from the text of a book's customs.csv and words.csv."""
    numbers = {row["number"]: _number(row) for row in csv.DictReader(io.StringIO(customs))}
    told = tuple(_word(row) for row in csv.DictReader(io.StringIO(words)))
    return Tables(numbers, told, tuple(_pattern(word) for word in told))


def triage(hs: str, text: str, tables: Tables, *, schedule: str = "") -> Triage:
    """What number and text say of an item: cannot be listed, may be and under which codes, or named.

    ``schedule`` is the territory whose customs number ``hs`` is, "" if that is not known. Digits
    after the sixth mean goods only in the Chinese schedule, so elsewhere they are not looked at.
    """
    words = _told(text, tables)
    number = _find(hs if schedule == "CN" else hs[:_SHARED], tables)
    if number is None:
        return _by_text(hs, words)
    said = _elements(words)
    codes = _narrow(number, said, words)
    answer = number.answer
    if answer is Answer.CANNOT and _contradicts(number, words):
        answer, codes = Answer.MAY, _codes(words)
    facts = {} if any(word.kind == "scrap" for word in words) else _facts(number, said, hs, schedule)
    return Triage(
        answer,
        codes,
        _why(number, words, answer),
        number.number,
        tuple(w.word for w in words),
        number.source,
        facts,
    )


def _by_text(hs: str, words: tuple[Word, ...]) -> Triage:
    """The answer where no number helps: never "cannot"."""
    lead = f"no entry for customs number {hs}" if hs else "no customs number"
    why = f"{lead}; the text says {_quoted(words)}" if words else f"{lead} and no telling word in the text"
    return Triage(Answer.MAY, _codes(words), why, "", tuple(word.word for word in words))


def _find(hs: str, tables: Tables) -> Number | None:
    """The entry with the longest run of digits in common with the number."""
    return next(
        (tables.numbers[hs[:end]] for end in range(len(hs), 1, -1) if hs[:end] in tables.numbers), None
    )


def _told(text: str, tables: Tables) -> tuple[Word, ...]:
    wide = unicodedata.normalize("NFKC", text)
    return tuple(
        word for word, pattern in zip(tables.words, tables.patterns, strict=True) if pattern.search(wide)
    )


def _elements(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(symbol for word in words for symbol in word.elements))


def _codes(words: Iterable[Word]) -> tuple[str, ...]:
    """The codes that the words lead to; a general word such as magnet yields to a telling one."""
    told = list(words)
    telling = [word for word in told if word.elements or word.material]
    codes = dict.fromkeys(code for word in telling or told for code in word.codes)
    return tuple(code for code in codes if not any(other.startswith(code + ".") for other in codes))


def _narrow(number: Number, said: tuple[str, ...], words: tuple[Word, ...]) -> tuple[str, ...]:
    """The codes of the number that the text leaves; all of them if the text tells nothing."""
    roots = {code.split(".", 1)[0] for code in _codes(words)}
    left = tuple(code for code in number.codes if code.split(".", 1)[0] in roots)
    if number.codes:
        return left if left and said else number.codes
    return _codes(words)


def _contradicts(number: Number, words: tuple[Word, ...]) -> bool:
    """Whether the text names a listed element that the goods of the number would not hold."""
    own = set(number.elements.split(";"))
    return any(
        (word.codes and not set(word.elements) <= own) or (word.codes and not word.elements) for word in words
    )


def _facts(number: Number, said: tuple[str, ...], hs: str, schedule: str) -> dict[str, str]:
    """What the number settles; a number of several elements takes the one that the text names."""
    facts = {"kind": number.kind, "material": number.material, "elements": number.elements}
    possible = [part.lstrip("?") for part in number.elements.split(";") if part.startswith("?")]
    picked = [symbol for symbol in said if symbol in possible]
    if len(picked) == 1 and len(said) == 1:
        facts["elements"] = picked[0]
    facts = {name: value for name, value in facts.items() if value}
    if facts:
        told = f"customs number {hs}" + (f" of {schedule}" if schedule else "")
        facts["source"] = told + (f" and the text ({picked[0]})" if len(picked) == 1 else "")
    return facts


def _why(number: Number, words: tuple[Word, ...], answer: Answer) -> str:
    parts = [f"{number.number} is {number.goods}"]
    if words:
        parts.append(f"the text says {_quoted(words)}")
    if number.note and answer is not Answer.CANNOT:
        parts.append(number.note)
    return "; ".join(parts)


def _quoted(words: Iterable[Word]) -> str:
    return ", ".join("a magnet grade" if word.match == "grade" else word.word for word in words)


def _number(row: Mapping[str, str]) -> Number:
    return Number(
        row["number"],
        row["goods"],
        _list(row["codes"]),
        Answer[row["answer"].upper()],
        row["kind"],
        row["material"],
        row["elements"],
        row["mark"],
        row["source"],
        row["note"],
    )


def _word(row: Mapping[str, str]) -> Word:
    elements = tuple(symbol.lstrip("?") for symbol in _list(row["elements"]))
    return Word(
        row["word"], row["match"], _list(row["codes"]), row["kind"], row["material"], elements, row["source"]
    )


def _pattern(word: Word) -> re.Pattern[str]:
    body = word.word if word.match == "grade" else re.escape(word.word)
    if word.match == "part":
        return re.compile(body, re.IGNORECASE)
    edged = rf"(?<![A-Za-z0-9]){body}(?![A-Za-z0-9])"
    return re.compile(edged, re.IGNORECASE if word.match == "word" else 0)


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))
