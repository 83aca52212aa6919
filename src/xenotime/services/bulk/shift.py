"""What a change of law does to shipments, as plain values whose numbers add up to the portfolio.

A shipment counts once, with its value and mass, whatever number of legs it has; what nobody stated is
counted as not stated and never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xenotime.law.answer import Outcome
from xenotime.law.compare import Difference

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Measure:
    """How much: shipments, their legs, value per currency ("" where none is named), mass [kg].

    `unvalued` and `unweighed` count the shipments whose value or mass nobody stated.
    """

    shipments: int = 0
    legs: int = 0
    value: tuple[tuple[str, Decimal], ...] = ()
    unvalued: int = 0
    kg: Decimal = Decimal(0)
    unweighed: int = 0

    def __add__(self, other: Measure) -> Measure:
        return total((self, other))


def total(parts: Iterable[Measure]) -> Measure:
    """The sum of measures, exact."""
    shipments = legs = unvalued = unweighed = 0
    kg, value = Decimal(0), dict[str, Decimal]()
    for part in parts:
        shipments, legs = shipments + part.shipments, legs + part.legs
        unvalued, unweighed = unvalued + part.unvalued, unweighed + part.unweighed
        kg += part.kg
        for currency, amount in part.value:
            value[currency] = value.get(currency, Decimal(0)) + amount
    return Measure(shipments, legs, tuple(sorted(value.items())), unvalued, kg, unweighed)


@dataclass(frozen=True, slots=True)
class Move:
    """The shipments with one outcome before and one after.

    `planned` of them have not left yet, the first on `first`. `grounds` counts their legs by the deciding
    articles before and after ("" for none).
    """

    before: Outcome
    after: Outcome
    measure: Measure
    planned: int = 0
    first: date | None = None
    grounds: tuple[tuple[str, str, int], ...] = ()

    @property
    def stays(self) -> bool:
        """Whether the outcome is the same."""
        return self.before is self.after


@dataclass(frozen=True, slots=True)
class Touched:
    """A party, product or kind of goods with moved shipments: how much of it, and from what to what."""

    id: str
    name: str
    measure: Measure
    moves: tuple[tuple[Outcome, Outcome, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that holds moved shipments open after the change, whose answer it is, and of how many legs."""

    fact: str
    asks: str
    who: str
    legs: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hinge on which moved shipments turn after the change: of how many legs, and where to look it up."""

    hinge: str
    day: date
    asks: str
    check: str
    legs: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that the change lays on legs, or takes from them."""

    address: str
    duty: str
    what: str
    by: str
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two laws: its name for people, its hash, the day of knowledge, and the branches chosen."""

    name: str
    hash: str
    known: date
    branches: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of law, and what it moves in a portfolio.

    `moves` cover every shipment, those that stay included, so they add up to `whole`. `legs` is the table of
    the legs that move; `named` says whether it knows shipments by name. `regrounded` counts the legs that
    keep their outcome under another article, `inside` the shipments that keep theirs though a leg moves.
    """

    before: Side
    after: Side
    law: Difference
    portfolio: str = ""
    on: date | None = None
    whole: Measure = Measure()
    moves: tuple[Move, ...] = ()
    parties: tuple[Touched, ...] = ()
    products: tuple[Touched, ...] = ()
    kinds: tuple[Touched, ...] = ()
    questions: tuple[Question, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    duties: tuple[Owed, ...] = ()
    regrounded: int = 0
    inside: int = 0
    legs: pl.DataFrame | None = None

    @property
    def moved(self) -> tuple[Move, ...]:
        """The moves to another outcome, the most shipments first."""
        found = (m for m in self.moves if not m.stays)
        return tuple(sorted(found, key=lambda m: (-m.measure.shipments, m.before, m.after)))

    @property
    def much(self) -> Measure:
        """How much moves in all."""
        return total(m.measure for m in self.moves if not m.stays)

    @property
    def kept(self) -> Measure:
        """How much keeps its outcome."""
        return total(m.measure for m in self.moves if m.stays)
