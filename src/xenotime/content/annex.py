"""The two parts of the list behind a value floor: inputs that count, and items that are measured.

The list itself stays in the book of law; it comes in here as rows of its item tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xenotime.core.truth import Truth, every, some

_FORMS = {"element": "metal", "oxide": "oxide", "alloy": "alloy"}
_DOUBTFUL = "?"
_SYMBOL = re.compile(r"[A-Z][a-z]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: kinds, materials (either may be empty: any), and element groups.

    `groups` holds alternatives of elements that must all be there; empty means no condition.
    A line that is not `firm` could not be read: it is possible, never certain.
    """

    kinds: frozenset[str]
    materials: frozenset[str]
    groups: tuple[frozenset[str], ...]
    firm: bool = True

    def matches(self, kind: str | None, material: str | None, holds: Mapping[str, Truth]) -> Truth:
        """Whether an item of this kind and material, with these elements, is on the line."""
        family = self._family(holds) if material is None else _within(material, self.materials)
        found = every((_within(kind, self.kinds), family, self._contained(holds)))
        return found if self.firm or found is False else None

    def _contained(self, holds: Mapping[str, Truth]) -> Truth:
        if not self.groups:
            return True
        return some(every(holds.get(element) for element in sorted(group)) for group in self.groups)

    def _family(self, holds: Mapping[str, Truth]) -> Truth:
        """Without a stated material: unknown, or False if the elements rule out every family named."""
        if not self.materials:
            return True
        named = [[e for e in _SYMBOL.findall(material) if e in holds] for material in self.materials]
        return False if all(any(holds[e] is False for e in elements) for elements in named) else None

    @property
    def alloys(self) -> tuple[frozenset[str], ...]:
        """The elements of each alloy that the line names: Dy and Fe for ``Dy-Fe``."""
        return tuple(frozenset(m.split("-")) for m in sorted(self.materials) if "-" in m)


@dataclass(frozen=True, slots=True)
class Annex:
    """Part 1 (inputs whose value counts), Part 2 (magnets and targets), and the floor of the share.

    `origin` is the territory whose Part 1 material counts; `open_origins` are territories for which the
    text leaves that open. `floor` defaults to one thousandth, reached and above.
    Source: announcement 61 of 2025, article 1 and annex 1.
    """

    part1: tuple[Line, ...]
    magnets: tuple[Line, ...]
    targets: tuple[Line, ...]
    origin: str = "CN"
    open_origins: frozenset[str] = frozenset({"HK", "MO", "TW"})
    floor: Fraction = Fraction(1, 1000)

    @property
    def counted(self) -> frozenset[str]:
        """The rare earths of Part 1 lines that name elements."""
        return frozenset(element for line in self.part1 for group in line.groups for element in group)

    def form(self, element: str, form: str, beside: frozenset[str]) -> Truth:
        """Whether an element contained in this form is a Part 1 input.

        `beside` are the elements that the same product is known to hold: an alloy of the list is
        certain only if all its elements are there, and only its rare earth is counted as certain.
        """
        kind = _FORMS.get(form)
        if kind == "alloy":
            return some(self._alloy(element, line, beside) for line in self.part1 if "alloy" in line.kinds)
        lines = (line for line in self.part1 if kind in line.kinds and line.firm)
        return some(frozenset({element}) in line.groups for line in lines)

    def _alloy(self, element: str, line: Line, beside: frozenset[str]) -> Truth:
        named = [alloy for alloy in line.alloys if element in alloy]
        if not named:
            return False
        if element not in self.counted:
            return None if any(alloy & self.counted & beside for alloy in named) else False
        return True if any(alloy <= beside for alloy in named) else None

    def origin_counts(self, origin: str | None) -> Truth:
        """Whether material of this origin counts; unknown for no origin and for an open territory."""
        if origin is None or origin in self.open_origins:
            return None
        return origin == self.origin


def read_annex(part1: Iterable[Mapping[str, str]], part2: Iterable[Mapping[str, str]]) -> Annex:
    """The list from rows of the book's item tables (columns kind, elements, material, when, mark).

    Part 2 lines with a condition in `when` are assemblies; those follow from what they hold.
    """
    bare = [row for row in part2 if not row.get("when")]
    targets = [row for row in bare if "target" in row["kind"].split("|")]
    magnets = [row for row in bare if "target" not in row["kind"].split("|")]
    return Annex(tuple(map(_line, part1)), tuple(map(_line, magnets)), tuple(map(_line, targets)))


def _line(row: Mapping[str, str]) -> Line:
    groups = tuple(frozenset(group.split("+")) for group in _alternatives(row["elements"]))
    kinds, materials = _alternatives(row["kind"]), _alternatives(row["material"])
    return Line(frozenset(kinds), frozenset(materials), groups, row["mark"] != _DOUBTFUL)


def _alternatives(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _within(value: str | None, values: frozenset[str]) -> Truth:
    if not values:
        return True
    return None if value is None else value in values
