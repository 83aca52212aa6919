"""How values stand in columns: text that sorts as its values do, words that searches find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from xenotime.core.errors import InputError

#: The widest whole number of a column.
_WIDEST = 2**63 - 1
#: Signs that a PostgreSQL text cannot hold.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_HAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_HAN_WORD = re.compile(f"[{_HAN}]+")
#: A word's longest kept part, and the most words of a thing [characters, words].
_LONG, _MANY = 48, 400


def stamp(at: datetime) -> str:
    """An instant as text of one width, so that text order is time order. Raises ValueError without a zone.

    >>> stamp(datetime(2026, 11, 22, 6, 11, tzinfo=UTC))
    '2026-11-22T06:11:00.000000Z'
    """
    if at.tzinfo is None:
        message = "an instant in the store needs a time zone"
        raise ValueError(message)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def cell(value: object) -> str:
    """A value as a text column keeps it: nothing is "", days and instants sort as they follow each other.

    >>> cell(None), cell(date(2026, 1, 2)), cell("a")
    ('', '2026-01-02', 'a')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, (date, Decimal)):
        return str(value)
    return kept(str(value))


def kept(said: str) -> str:
    """The text with signs that no database text can hold as �."""
    return _UNKEPT.sub("\ufffd", said)


def whole_cell(value: object, where: str) -> int:
    """A whole number as a column keeps it. Raises InputError for anything else, and beyond 64 bits."""
    if not isinstance(value, int) or not -_WIDEST <= value <= _WIDEST:
        raise InputError(
            "this is no whole number that the store can hold",
            where=where,
            expected="a whole number of at most 64 bits",
            found=str(value)[:100],
            next_step="give a whole number",
        )
    return int(value)


def folded(said: str) -> str:
    """Text as it is compared: without case, accents or forms of width.

    >>> folded("Müller ＡＧ")
    'muller ag'
    """
    apart = unicodedata.normalize("NFKD", said.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def asked(said: str) -> tuple[str, ...]:
    """The words that a search looks for, at most eight."""
    return tuple(w[:_LONG] for w in _WORD.findall(folded(kept(said[:1000]))))[:8]


def words(names: Iterable[str]) -> frozenset[str]:
    """The words by whose beginnings names are found; of a run of Han characters every ending.

    >>> sorted(words(["Blue Harbour", "北方"]))
    ['blue', 'harbour', '北方', '方']
    """
    found: set[str] = set()
    for name in names:
        for word in _WORD.findall(folded(kept(name))):
            ends = range(len(word)) if _HAN_WORD.fullmatch(word) else (0,)
            found.update(word[i : i + _LONG] for i in ends)
            if len(found) > _MANY:
                return frozenset(sorted(found)[:_MANY])
    return frozenset(found)
