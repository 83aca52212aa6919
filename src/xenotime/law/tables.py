"""Item tables: a CSV of lines, each a small condition on kind, elements and material.

A line marked c, v, t or d is firm. A line marked ``?`` could not be read in any copy of the
official text: it leaves the predicate unknown until the fact `classified` settles it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xenotime.core.errors import BookError
from xenotime.law.facts import Fact
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import All, In, Is, Node, Some

COLUMNS = ("code", "line", "kind", "elements", "material", "when", "mark", "hs", "name", "name_zh", "source")
FIRM = ("c", "v", "t", "d")
_SETTLED_BY = "classified"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item table: the kinds it covers, and whatever else it asks of them."""

    code: str
    line: str
    name: str
    name_zh: str
    mark: str
    hs: tuple[str, ...]
    source: str
    kinds: tuple[str, ...]
    rest: tuple[Node, ...]

    @property
    def control_code(self) -> str:
        """The code with its line: ``1C902.a.4``."""
        return f"{self.code}.{self.line}" if self.line else self.code

    @property
    def node(self) -> Node:
        """The condition of this line alone."""
        return _joined(self.kinds, self.rest)


def _joined(kinds: tuple[str, ...], rest: tuple[Node, ...]) -> Node:
    parts = (In("kind", kinds), *rest) if kinds else rest
    return parts[0] if len(parts) == 1 else All(parts)


def _merged(lines: Iterable[Line]) -> tuple[Node, ...]:
    """The conditions of several lines; lines that differ in kind alone become one."""
    groups: dict[tuple[bool, tuple[Node, ...]], dict[str, None]] = {}
    for line in lines:
        groups.setdefault((bool(line.kinds), line.rest), {}).update(dict.fromkeys(line.kinds))
    return tuple(_joined(tuple(sorted(kinds)), rest) for (_, rest), kinds in groups.items())


@dataclass(frozen=True, slots=True)
class ItemTable:
    """A list of items of one instrument, usable as the predicate ``item_NAME``."""

    name: str
    lines: tuple[Line, ...]

    @property
    def node(self) -> Node:
        """True if a firm line matches; unknown if only an unread line does and nothing classifies it."""
        firm = _merged(line for line in self.lines if line.mark in FIRM)
        doubt = _merged(line for line in self.lines if line.mark not in FIRM)
        return Some((*firm, All((Some(doubt), Is(_SETTLED_BY))))) if doubt else Some(firm)


def parse_table(name: str, text: str, facts: Mapping[str, Fact], where: str) -> ItemTable:
    """The item table in a CSV text.

    Raises BookError for unknown columns, kinds, elements, materials or marks, by line.
    """
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BookError(
            "this item table has other columns",
            where=where,
            expected=", ".join(COLUMNS),
            found=", ".join(reader.fieldnames or ()),
        )
    lines = tuple(_line(row, facts, f"{where}, line {number}") for number, row in enumerate(reader, 2))
    if not lines:
        raise BookError("this item table is empty", where=where, expected="at least one line")
    return ItemTable(name, lines)


def _line(row: dict[str, str], facts: Mapping[str, Fact], where: str) -> Line:
    if None in row or any(v is None for v in row.values()):
        raise BookError(
            "this line has another number of cells", where=where, expected=f"{len(COLUMNS)} cells"
        )
    if row["mark"] not in (*FIRM, "?"):
        raise BookError(
            "this line has no known mark", where=where, expected="c v t d ?", found=repr(row["mark"])
        )
    kinds, materials = (_words(row, column, facts, where) for column in ("kind", "material"))
    parts: list[Node] = [In("material", materials)] if materials else []
    if row["elements"]:
        parts.append(_elements(row["elements"], facts, where))
    if row["when"]:
        parts.append(parse_leaf(row["when"], facts, where))
    if not parts and not kinds:
        raise BookError(
            "this line has no condition", where=where, expected="kind, elements, material or when"
        )
    hs = tuple(n.strip() for n in row["hs"].replace("|", ";").split(";") if n.strip())
    return Line(
        row["code"],
        row["line"],
        row["name"],
        row["name_zh"],
        row["mark"],
        hs,
        row["source"],
        kinds,
        tuple(parts),
    )


def _words(row: dict[str, str], column: str, facts: Mapping[str, Fact], where: str) -> tuple[str, ...]:
    values = tuple(row[column].split("|")) if row[column] else ()
    wrong = [v for v in values if v not in facts[column].values]
    if wrong:
        raise BookError(f"no such {column}", where=where, expected="a value of facts.toml", found=str(wrong))
    return values


def _elements(text: str, facts: Mapping[str, Fact], where: str) -> Node:
    """``Tb+Dy`` means both, ``Tb|Dy`` either."""
    groups: list[Node] = []
    for group in text.split("|"):
        names = tuple(f"el_{symbol.strip().lower()}" for symbol in group.split("+"))
        wrong = [n for n in names if n not in facts]
        if wrong:
            raise BookError(
                "no such element fact", where=where, expected="a symbol such as Dy", found=str(wrong)
            )
        groups.append(Is(names[0]) if len(names) == 1 else All(tuple(Is(n) for n in names)))
    return groups[0] if len(groups) == 1 else Some(tuple(groups))
