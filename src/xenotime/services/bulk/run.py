"""A table of any length, decided part by part: what an engine does with a part, and what a run adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from xenotime.law.answer import Outcome
from xenotime.law.law import Law

Key = TypeVar("Key")
#: Rows of a part: some seconds of work, so that little is lost when a run is stopped.
ROWS = 2_000_000
#: The columns that say an answer in words, before those that say it in numbers.
IN_WORDS = ("answer", "article")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of rows of one file: `start` within the file, `first` within the whole table."""

    number: int
    file: int
    start: int
    rows: int
    first: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What some decided rows add up to: rows by outcome and deciding rule (-1 none), and by missing fact."""

    answers: Mapping[tuple[int, int], int] = field(default_factory=dict)
    missing: Mapping[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.answers.values())

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """Rows by outcome, most first."""
        found: Counter[Outcome] = Counter()
        for (outcome, _), rows in self.answers.items():
            found[Outcome(outcome)] += rows
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def __add__(self, other: Tally) -> Tally:
        return Tally(_sum(self.answers, other.answers), _sum(self.missing, other.missing))


def _sum(left: Mapping[Key, int], right: Mapping[Key, int]) -> dict[Key, int]:
    found = Counter(left)
    found.update(right)
    return dict(found)


class Engine(Protocol):
    """What decides parts of one table under one law."""

    @property
    def name(self) -> str:
        """Its name: polars, duckdb or spark."""
        ...

    def decide(self, part: Part, target: Path) -> None:
        """Write the decision rows of a part as one Parquet file. Raises InputError or FactError."""
        ...


class Kept(Protocol):
    """Where decided parts are kept."""

    def tally(self, part: Part) -> Tally | None:
        """What a part adds up to; None when it is not kept yet."""
        ...

    def keep(self, part: Part, make: Callable[[Path], object]) -> Tally:
        """Keep what `make` writes, whole or not at all; what it adds up to."""
        ...


def parts(rows: Sequence[int], most: int = ROWS) -> Iterator[Part]:
    """Files of so many rows as parts of at most `most` rows.

    >>> [(p.file, p.start, p.rows, p.first) for p in parts((5, 2), most=3)]
    [(0, 0, 3, 0), (0, 3, 2, 3), (1, 0, 2, 5)]
    """
    number = first = 0
    for file, height in enumerate(rows):
        for start in range(0, height, most):
            size = min(most, height - start)
            yield Part(number, file, start, size, first + start)
            number += 1
        first += height


def decide_parts(
    engine: Engine, wanted: Iterable[Part], kept: Kept, progress: Callable[[int, int], object] | None = None
) -> Tally:
    """Every part decided and kept, those that are kept already passed over; what all add up to."""
    whole = tuple(wanted)
    total, sum_of = sum(part.rows for part in whole), Tally()
    for part in whole:
        found = kept.tally(part)
        if found is None:
            found = kept.keep(part, lambda target, part=part: engine.decide(part, target))  # type: ignore[misc] # one part
        sum_of += found
        if progress:
            progress(sum_of.rows, total)
    return sum_of


def legend(law: Law) -> dict[str, object]:
    """What the numbers in decision rows mean under a law: codes of outcomes, and what each bit stands for."""
    return {
        "law": law.hash,
        "known": str(law.known),
        "branches": dict(law.chosen),
        "outcome": {int(o): o.word for o in Outcome},
        "rule": [r.address for r in law.rules],
        "true": [p.name for p in law.predicates],
        "missing": [f.name for f in law.facts],
        "assumed": [f.name for f in law.facts],
        "duties": [r.address for r in law.duties],
        "notes": [r.address for r in law.notes],
        "channels_true": [r.address for r in law.channels],
        "channels_unknown": [r.address for r in law.channels],
        "hinges": {h.id: list(h.branches) for h in law.hinges},
    }
