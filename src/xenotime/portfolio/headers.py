"""The header line of an export: where it is, and what its words mean."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from xenotime.portfolio.places import folded
from xenotime.portfolio.sheets import Grid
from xenotime.portfolio.values import as_text

#: How many rows, and how many columns of each, may hold the header.
_DEPTH, _WIDE = 60, 500
_EXACT, _PART, _INSIDE = 300, 200, 100
_MIXED = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[A-Za-z])|(?<=[A-Za-z.])\s+(?=[\u3400-\u9fff])|[/\n|()（）]")


@cache
def words(section: str) -> Mapping[str, tuple[str, ...]]:
    """The words of one section of headers.toml: for each field, what a header may say."""
    return {name: tuple(said) for name, said in _data()[section].items()}


@cache
def statements() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a supplier states, with the texts that say it, the first that fits to be taken."""
    return tuple((str(entry["states"]), tuple(entry["any"])) for entry in _data()["statements"])


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("xenotime") / "portfolio" / "headers.toml").read_text("utf-8")
    return tomllib.loads(text)


def labels(cells: Iterable[object]) -> tuple[str, ...]:
    r"""The header cells as one-line texts; a repeated one gets its number.

    >>> labels(["Ship\ndate", None, "Date", "Date"])
    ('Ship date', '', 'Date', 'Date (2)')
    """
    found: list[str] = []
    seen: Counter[str] = Counter()
    for cell in cells:
        text = " ".join(as_text(cell).split()) if cell is not None else ""
        times = seen[text] if text else 0
        found.append(f"{text} ({times + 1})" if times else text)
        seen[re.sub(r" \(\d+\)$", "", found[-1])] += 1
    return tuple(found)


def score(label: str, field_words: Iterable[str]) -> int:
    """How well a header label says one of the words of a field; 0 if it does not."""
    whole, parts = _read(label)
    best = 0
    for word in field_words:
        if whole == word:
            rank = _EXACT
        elif word in parts:
            rank = _PART
        elif _inside(word, whole):
            rank = _INSIDE
        else:
            continue
        best = max(best, rank + len(word))
    return best


@lru_cache(maxsize=1_000)
def _read(label: str) -> tuple[str, frozenset[str]]:
    """A label as words are compared with it, whole and in its parts."""
    return _bare(label), frozenset(_bare(part) for part in _MIXED.split(label))


def match(names: tuple[str, ...], section: str) -> dict[str, int]:
    """The best column for each field, every column used once."""
    ranked = sorted(
        (
            (-rank, at, name)
            for at, label in enumerate(names)
            if label
            for name, said in words(section).items()
            if (rank := score(label, said))
        ),
    )
    found: dict[str, int] = {}
    for _, at, name in ranked:
        if name not in found and at not in found.values():
            found[name] = at
    return found


def find_header(grid: Grid, section: str) -> tuple[int, dict[str, int]]:
    """The number of the header row (from 1; 0 if there is none) and the fields it names."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(grid.rows[:_DEPTH], start=1):
        fields = match(labels(row[:_WIDE]), section)
        if len(fields) > len(best[1]):
            best = number, fields
    return best if len(best[1]) > 1 else (0, {})


def _bare(label: str) -> str:
    return folded(label).strip(" .:#*").replace(".", "")


def _inside(word: str, label: str) -> bool:
    if word.isascii() and word in label:
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", label) is not None and len(word) > 2
    return word in label
