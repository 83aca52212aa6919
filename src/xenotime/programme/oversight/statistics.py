"""Public statistics: counts and days, and nothing that would tell one applicant's business."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """What statistics may know of a case: its kind, track, outcome ("" while open), country and instants."""

    kind: str
    track: str
    outcome: str
    country: str
    opened: datetime
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of a table, rounded down to a multiple of the least that is published; None: fewer."""

    keys: tuple[str, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Days:
    """How long decided cases took, in calendar days: half within `median`, nine of ten within `ninth`.

    `decided` is rounded down as every count is.
    """

    kind: str
    track: str
    decided: int
    median: int
    ninth: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the publication: its name, what its keys mean, its cells."""

    name: str
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """The statistics as published at an instant; `least`: smaller counts are not published."""

    id: str
    at: datetime
    least: int
    tables: tuple[Table, ...]
    days: tuple[Days, ...]
    version: int = 0


def published(
    at: datetime,
    cases: Iterable[Opened],
    counted: Mapping[str, Mapping[str, int]],
    certified: Iterable[tuple[str, str]],
    *,
    least: int,
) -> Publication:
    """The publication of a day. `counted`: table -> value -> count; `certified`: (country, control code).

    A count below `least` is not shown, and the others are rounded down to a multiple of it: the tables cut
    the same cases in several ways, so that of exact counts one hidden cell could be told from the sums.
    """
    many = list(cases)
    tables = [
        _table("applications", ("kind", "outcome"), ((c.kind, c.outcome or "open") for c in many), least),
        _table("countries", ("country", "outcome"), ((c.country, c.outcome or "open") for c in many), least),
        _table("months", ("month", "kind"), ((c.opened.strftime("%Y-%m"), c.kind) for c in many), least),
        _table("items", ("country", "item"), certified, least),
    ]
    tables += [
        Table(name, ("value",), tuple(Cell((value,), _shown(n, least)) for value, n in sorted(found.items())))
        for name, found in sorted(counted.items())
    ]
    return Publication(at.date().isoformat(), at, least, tuple(tables), _days(many, least))


def _table(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], least: int) -> Table:
    counts = sorted(Counter(rows).items())
    return Table(name, columns, tuple(Cell(keys, _shown(n, least)) for keys, n in counts))


def _shown(count: int, least: int) -> int | None:
    return (count - count % max(least, 1)) if count >= least else None


def _days(cases: Iterable[Opened], least: int) -> tuple[Days, ...]:
    """Days by kind and track, where enough were decided to publish."""
    spent: dict[tuple[str, str], list[int]] = defaultdict(list)
    for case in cases:
        if case.closed is not None and case.outcome:
            spent[case.kind, case.track].append((case.closed.date() - case.opened.date()).days)
    return tuple(
        Days(kind, track, _shown(len(days), least) or 0, _at(days, 50), _at(days, 90))
        for (kind, track), days in sorted(spent.items())
        if len(days) >= least
    )


def _at(days: Iterable[int], percent: int) -> int:
    """The smallest number of days within which so many percent were decided."""
    ranked = sorted(days)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)]
