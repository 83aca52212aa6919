"""A third vocabulary for the expressions of `decide`: they become gates of a circuit instead of columns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from xenotime.law.kernel import values
from xenotime.law.kernel.gates import YES, Circuit
from xenotime.law.kernel.values import Bits, Number, Truth, Value
from xenotime.law.law import Law
from xenotime.law.table import TERRITORIES, column_names
from xenotime.law.words import Words

#: Bits of a day's number in the calendar.
DAY_BITS = 22


class Sheet:
    """The columns of a table as values of one circuit, with what `Decider.run` asks of a dataframe."""

    def __init__(self, circuit: Circuit, values: dict[str, Value]) -> None:
        self.circuit = circuit
        self.values = values

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.values)

    def with_columns(self, *wires: Wire) -> Sheet:
        """The sheet with more columns, or other ones of the same name."""
        return Sheet(self.circuit, self.values | {w.name: w.read(self) for w in wires})

    def select(self, *shown: Wire | str) -> Sheet:
        """The sheet of only these columns, without those that are passed on as they are."""
        return Sheet(self.circuit, {w.name: w.read(self) for w in shown if not isinstance(w, str)})


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """An expression: what the columns of a sheet make of it."""

    read: Callable[[Sheet], Any]
    name: str = ""

    def alias(self, name: str) -> Wire:
        """The same expression under a name."""
        return replace(self, name=name)

    def cast(self, kind: object) -> Wire:
        """The same small number as a column of another type."""
        return Wire(lambda s: replace(self.read(s), kind=kind))

    def is_null(self) -> Wire:
        """Whether the value is unknown."""
        return Wire(lambda s: values.sure(values.known(s.circuit, self.read(s)) ^ 1))

    def fill_null(self, value: bool | int) -> Wire:
        """The value, or another where it is unknown."""
        return Wire(lambda s: values.filled(s.circuit, self.read(s), value))

    def __invert__(self) -> Wire:
        return Wire(lambda s: values.negated(self.read(s)))

    def __and__(self, other: Wire) -> Wire:
        return Wire(lambda s: values.both(s.circuit, self.read(s), other.read(s)))

    def __or__(self, other: Wire) -> Wire:
        return Wire(lambda s: values.either(s.circuit, self.read(s), other.read(s)))

    def __add__(self, other: Wire) -> Wire:
        return Wire(lambda s: values.reckoned(s.circuit, "+", self.read(s), other.read(s)))

    def __sub__(self, other: Wire) -> Wire:
        return Wire(lambda s: values.reckoned(s.circuit, "-", self.read(s), other.read(s)))

    def __mul__(self, other: Wire | int) -> Wire:
        if isinstance(other, int):  # a power of two: how `masks` moves bits up
            return Wire(lambda s: values.shifted(self.read(s), other.bit_length() - 1))
        return Wire(lambda s: values.reckoned(s.circuit, "*", self.read(s), other.read(s)))

    def __eq__(self, other: object) -> Wire:  # type: ignore[override] # a column of truths, as in every vocabulary
        return self._told(values.equal, other)

    def __ne__(self, other: object) -> Wire:  # type: ignore[override] # as above
        return ~self._told(values.equal, other)

    def __ge__(self, other: object) -> Wire:
        return self._told(values.at_least, other)

    def __gt__(self, other: object) -> Wire:
        return ~_wire(other)._told(values.at_least, self)

    def __le__(self, other: object) -> Wire:
        return _wire(other)._told(values.at_least, self)

    def __lt__(self, other: object) -> Wire:
        return ~self._told(values.at_least, other)

    __hash__ = None  # type: ignore[assignment] # equality is a question put to every row

    def _told(self, test: values.Test, other: object) -> Wire:
        right = _wire(other)
        return Wire(lambda s: values.told(s.circuit, test, self.read(s), right.read(s)))


def _wire(value: object) -> Wire:
    return value if isinstance(value, Wire) else Wire(lambda _: values.constant(value))


@dataclass(frozen=True, slots=True)
class When:
    """The beginning of a choice."""

    test: Wire

    def then(self, value: Wire) -> Then:
        """What holds where the test does."""
        return Then(self.test, value)


@dataclass(frozen=True, slots=True)
class Then:
    """A choice that lacks its other side."""

    test: Wire
    value: Wire

    def otherwise(self, other: Wire) -> Wire:
        """What holds where the test does not, or nobody knows."""
        return Wire(
            lambda s: values.choose(s.circuit, self.test.read(s).yes, self.value.read(s), other.read(s))
        )


GATES = Words(
    lambda name: Wire(lambda s: s.values[name]),
    lambda value, kind: Wire(lambda _: values.constant(value, kind)),
    When,
    pl.Boolean,
    pl.UInt8,
    pl.Int8,
    pl.Int16,
    pl.Int64,
    (pl.UInt16, pl.Int32),
)


def first_sheet(law: Law, asked: Collection[str]) -> Sheet:
    """A sheet of nothing but inputs: the day, the facts, and the columns that say a fact was asked."""
    circuit = Circuit()
    found: dict[str, Value] = {"on": Bits(_code(circuit, "on", DAY_BITS), YES)}
    for fact in law.facts:
        for name in column_names(fact):
            stated = circuit.input(("known", name))
            if fact.type == "bool":
                found[name] = _truth(circuit, name, stated)
            elif fact.type in ("enum", "country"):
                most = len(TERRITORIES.categories) if fact.type == "country" else len(fact.values)
                found[name] = Bits(_code(circuit, name, (most - 1).bit_length()), stated)
            else:
                found[name] = Number(("column", name), stated)
    return Sheet(circuit, found | {name: _truth(circuit, name, YES) for name in asked})


def _truth(circuit: Circuit, name: str, stated: int) -> Truth:
    says = circuit.input(("says", name))
    return Truth(circuit.both(stated, says), circuit.either(stated ^ 1, says))


def _code(circuit: Circuit, name: str, width: int) -> tuple[int, ...]:
    return tuple(circuit.input(("bit", name, k)) for k in range(width))
