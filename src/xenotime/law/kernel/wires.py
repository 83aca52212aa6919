"""A third vocabulary for the expressions of `decide`: they become gates instead of columns.

A truth of three values is two lines: ``yes`` where it is known to be true, ``may`` where it is true or unknown.
A small number is a line for each of its bits. A large one is left to arithmetic, and only what is asked of it
becomes a line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any, TypeAlias

import polars as pl

from xenotime.law.kernel.gates import NO, YES, Circuit
from xenotime.law.law import Law
from xenotime.law.table import TERRITORIES, column_names
from xenotime.law.words import Words

#: Bits of a day's number, counted from the first day of the calendar.
DAY_BITS = 22


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false or unknown: (1, 1), (0, 0) and (0, 1)."""

    yes: int
    may: int


@dataclass(frozen=True, slots=True)
class Bits:
    """A small whole number, lowest bit first (two's complement); `known` says where it has a value."""

    bits: tuple[int, ...]
    known: int
    kind: Any = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of 64 bits by its recipe (see `plan`); `known` says where it has a value."""

    recipe: Hashable
    known: int


Value: TypeAlias = Truth | Bits | Number


class Sheet:
    """The columns of a table as lines of one circuit: `with_columns` and `select`, as a dataframe has them."""

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
    """An expression: what a sheet's columns make of it."""

    read: Callable[[Sheet], Any]
    name: str = ""

    def alias(self, name: str) -> Wire:
        """The same expression under a name."""
        return replace(self, name=name)

    def cast(self, kind: Any) -> Wire:
        """The same number as a column of another type."""
        return Wire(lambda s: replace(self.read(s), kind=kind))

    def is_null(self) -> Wire:
        """Whether the value is unknown."""
        return Wire(lambda s: _sure(known(s.circuit, self.read(s)) ^ 1))

    def fill_null(self, value: bool | int) -> Wire:
        """The value, or another where it is unknown."""
        return Wire(lambda s: _filled(s.circuit, self.read(s), value))

    def __invert__(self) -> Wire:
        return Wire(lambda s: Truth((t := self.read(s)).may ^ 1, t.yes ^ 1))

    def __and__(self, other: Wire) -> Wire:
        return Wire(lambda s: _both(s.circuit, self.read(s), other.read(s)))

    def __or__(self, other: Wire) -> Wire:
        return Wire(lambda s: _either(s.circuit, self.read(s), other.read(s)))

    def __eq__(self, other: object) -> Wire:  # type: ignore[override] # a column of truths, as in every vocabulary
        return self._test(_equal, other)

    def __ne__(self, other: object) -> Wire:  # type: ignore[override] # as above
        return ~self._test(_equal, other)

    def __ge__(self, other: object) -> Wire:
        return self._test(_at_least, other)

    def __gt__(self, other: object) -> Wire:
        return ~_wire(other)._test(_at_least, self)

    def __le__(self, other: object) -> Wire:
        return _wire(other)._test(_at_least, self)

    def __lt__(self, other: object) -> Wire:
        return ~self._test(_at_least, other)

    def _test(self, test: Callable[[Circuit, Any, Any], int], other: object) -> Wire:
        right = _wire(other)
        return Wire(lambda s: _told(s.circuit, test, self.read(s), right.read(s)))

    def __add__(self, other: Wire) -> Wire:
        return self._reckon("+", other)

    def __sub__(self, other: Wire) -> Wire:
        return self._reckon("-", other)

    def __mul__(self, other: Wire | int) -> Wire:
        if isinstance(other, int):
            shift = other.bit_length() - 1
            return Wire(lambda s: replace(v := self.read(s), bits=(NO,) * shift + v.bits))
        return self._reckon("*", other)

    def _reckon(self, op: str, other: Wire) -> Wire:
        def read(sheet: Sheet) -> Number:
            left, right = _number(self.read(sheet)), _number(other.read(sheet))
            return Number((op, left.recipe, right.recipe), sheet.circuit.both(left.known, right.known))

        return Wire(read)


@dataclass(frozen=True, slots=True)
class When:
    """The beginning of a choice."""

    test: Wire
    value: Wire | None = None

    def then(self, value: Wire) -> When:
        """What holds where the test does."""
        return replace(self, value=value)

    def otherwise(self, other: Wire) -> Wire:
        """What holds where it does not, or nobody knows."""
        return Wire(lambda s: _choose(s.circuit, self.test.read(s).yes, self.value.read(s), other.read(s)))


def constant(value: object, kind: Any = None) -> Value:
    """The value of a literal.

    >>> constant(5).bits, constant(None, pl.Boolean)
    ((1, 0, 1), Truth(yes=0, may=1))
    """
    if isinstance(value, bool):
        return _sure(int(value))
    if value is None:
        return Truth(NO, YES) if kind == pl.Boolean else Bits((), NO, kind)
    if isinstance(value, date):
        value = value.toordinal()
    if not isinstance(value, int):
        raise TypeError(value)
    if value < 0:
        return Bits(tuple(value >> k & 1 for k in range(_SIGNED)), YES, kind)
    return Bits(tuple(value >> k & 1 for k in range(value.bit_length())), YES, kind)


#: A number that can be below zero has so many bits.
_SIGNED = 16


def known(circuit: Circuit, value: Value) -> int:
    """Where a value is known."""
    return circuit.either(value.yes, value.may ^ 1) if isinstance(value, Truth) else value.known


def _wire(value: object) -> Wire:
    return value if isinstance(value, Wire) else Wire(lambda _: constant(value))


def _sure(line: int) -> Truth:
    return Truth(line, line)


def _pairs(left: Bits, right: Bits) -> Iterable[tuple[int, int]]:
    return zip_longest(left.bits, right.bits, fillvalue=NO)


def _both(circuit: Circuit, left: Truth, right: Truth) -> Truth:
    return Truth(circuit.both(left.yes, right.yes), circuit.both(left.may, right.may))


def _either(circuit: Circuit, left: Truth | Bits, right: Truth | Bits) -> Truth | Bits:
    if isinstance(left, Bits) and isinstance(right, Bits):
        joined = tuple(circuit.either(a, b) for a, b in _pairs(left, right))
        return Bits(joined, circuit.both(left.known, right.known), left.kind)
    return Truth(circuit.either(left.yes, right.yes), circuit.either(left.may, right.may))


def _filled(circuit: Circuit, value: Value, filler: bool | int) -> Value:
    if isinstance(value, Number):
        return Number(("fill", value.recipe, filler), YES)
    return _choose(circuit, known(circuit, value), value, constant(filler))


def _choose(circuit: Circuit, test: int, then: Value, otherwise: Value) -> Value:
    if isinstance(then, Truth):
        return Truth(
            circuit.choose(test, then.yes, otherwise.yes), circuit.choose(test, then.may, otherwise.may)
        )
    if isinstance(then, Number):  # `then` is `otherwise` with its gaps filled: no other choice of numbers is asked
        return replace(then, known=circuit.choose(test, then.known, otherwise.known))
    bits = tuple(circuit.choose(test, a, b) for a, b in _pairs(then, otherwise))
    return Bits(bits, circuit.choose(test, then.known, otherwise.known), then.kind)


def _told(circuit: Circuit, test: Callable[[Circuit, Any, Any], int], left: Value, right: Value) -> Truth:
    """What a test says where both sides are known, and unknown elsewhere."""
    told = circuit.both(known(circuit, left), known(circuit, right))
    line = test(circuit, left, right)
    return Truth(circuit.both(told, line), circuit.either(told ^ 1, line))


def _equal(circuit: Circuit, left: Any, right: Any) -> int:
    if isinstance(left, Truth):
        return circuit.differ(left.yes, right.yes) ^ 1
    if isinstance(left, Bits) and isinstance(right, Bits):
        return circuit.every(circuit.differ(a, b) ^ 1 for a, b in _pairs(left, right))
    return circuit.input(("=", _number(left).recipe, _number(right).recipe))


def _at_least(circuit: Circuit, left: Any, right: Any) -> int:
    if not (isinstance(left, Bits) and isinstance(right, Bits)):
        return circuit.input((">=", _number(left).recipe, _number(right).recipe))
    line = YES
    for a, b in _pairs(left, right):
        line = circuit.either(circuit.both(a, b ^ 1), circuit.both(circuit.either(a, b ^ 1), line))
    return line


def _number(value: Any) -> Number:
    """A value as a number of 64 bits; of small ones, only literals can be."""
    if isinstance(value, Number):
        return value
    return Number(sum(bit << k for k, bit in enumerate(value.bits)), value.known)


def first_sheet(law: Law, asked: Collection[str]) -> Sheet:
    """A sheet of nothing but inputs: the day, each fact's column, and the columns that say a fact was asked."""
    circuit = Circuit()
    values: dict[str, Value] = {"on": Bits(_code(circuit, "on", DAY_BITS), YES)}
    for fact in law.facts:
        for name in column_names(fact):
            stated = circuit.input(("known", name))
            if fact.type == "bool":
                values[name] = _truth(circuit, name, stated)
            elif fact.type in ("enum", "country"):
                most = len(TERRITORIES.categories) if fact.type == "country" else len(fact.values)
                values[name] = Bits(_code(circuit, name, (most - 1).bit_length()), stated)
            else:
                values[name] = Number(("column", name), stated)
    return Sheet(circuit, values | {name: _truth(circuit, name, YES) for name in asked})


def _truth(circuit: Circuit, name: str, stated: int) -> Truth:
    says = circuit.input(("says", name))
    return Truth(circuit.both(stated, says), circuit.either(stated ^ 1, says))


def _code(circuit: Circuit, name: str, width: int) -> tuple[int, ...]:
    return tuple(circuit.input(("bit", name, k)) for k in range(width))


GATES = Words(
    lambda name: Wire(lambda s: s.values[name]),
    lambda value, kind: Wire(lambda _: constant(value, kind)),
    When,
    pl.Boolean,
    pl.UInt8,
    pl.Int8,
    pl.Int16,
    pl.Int64,
    (pl.UInt16, pl.Int32),
)
