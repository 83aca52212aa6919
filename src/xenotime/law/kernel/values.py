"""What an expression's value is made of, in a circuit: truths, small numbers, large numbers.

A truth of three values is two lines: ``yes`` where it is known to be true, ``may`` where true or unknown.
A small number is a line for each of its bits. A large one is left to arithmetic: only what is asked of it
becomes a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any, TypeAlias

import polars as pl

from xenotime.law.kernel.gates import NO, YES, Circuit

#: An answer that can be below zero has so many bits.
SIGNED = 16


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false or unknown: (1, 1), (0, 0) and (0, 1)."""

    yes: int
    may: int


@dataclass(frozen=True, slots=True)
class Bits:
    """A small whole number, lowest bit first (two's complement); `known` says where it has a value.

    ``literal`` is the number itself where it is written in the law.
    """

    bits: tuple[int, ...]
    known: int
    kind: Any = None
    literal: int | None = None


#: How a large number comes about: a literal, ("column", name), ("fill", recipe, value), (sign, left, right).
Recipe: TypeAlias = int | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of 64 bits by its recipe (see `plan`); `known` says where it has a value."""

    recipe: Recipe
    known: int


Value: TypeAlias = Truth | Bits | Number
Test: TypeAlias = Callable[[Circuit, Value, Value], int]


def constant(value: object, kind: object = None) -> Value:
    """The value of a literal; a day is its number in the calendar.

    >>> constant(5).bits, constant(None, pl.Boolean), constant(None).known
    ((1, 0, 1), Truth(yes=0, may=1), 0)
    """
    match value:
        case bool():
            return sure(int(value))
        case None:
            return Truth(NO, YES) if kind == pl.Boolean else Bits((), NO, kind)
        case date():
            return constant(value.toordinal(), kind)
        case int():
            width = value.bit_length() if value >= 0 else SIGNED
            return Bits(tuple(value >> k & 1 for k in range(width)), YES, kind, value)
    raise TypeError(value)


def sure(line: int) -> Truth:
    """A truth that is never unknown."""
    return Truth(line, line)


def known(circuit: Circuit, value: Value) -> int:
    """Where a value is known."""
    return circuit.either(value.yes, value.may ^ 1) if isinstance(value, Truth) else value.known


def negated(truth: Truth) -> Truth:
    """The opposite of a truth; unknown stays unknown."""
    return Truth(truth.may ^ 1, truth.yes ^ 1)


def both(circuit: Circuit, left: Truth, right: Truth) -> Truth:
    """Whether both hold."""
    return Truth(circuit.both(left.yes, right.yes), circuit.both(left.may, right.may))


def either(circuit: Circuit, left: Value, right: Value) -> Value:
    """Whether one holds; of numbers, every bit that one has."""
    match left, right:
        case Truth(), Truth():
            return Truth(circuit.either(left.yes, right.yes), circuit.either(left.may, right.may))
        case Bits(), Bits():
            joined = tuple(circuit.either(a, b) for a, b in _pairs(left, right))
            return Bits(joined, circuit.both(left.known, right.known), left.kind)
    raise TypeError(left, right)


def choose(circuit: Circuit, test: int, then: Value, otherwise: Value) -> Value:
    """One value where a test holds, another where it does not."""
    match then, otherwise:
        case Truth(), Truth():
            yes = circuit.choose(test, then.yes, otherwise.yes)
            return Truth(yes, circuit.choose(test, then.may, otherwise.may))
        case Bits(), Bits():
            bits = tuple(circuit.choose(test, a, b) for a, b in _pairs(then, otherwise))
            return Bits(bits, circuit.choose(test, then.known, otherwise.known), then.kind)
        case Number(), Number():  # the only choice asked for: `then` is `otherwise` with its gaps filled
            return replace(then, known=circuit.choose(test, then.known, otherwise.known))
    raise TypeError(then, otherwise)


def filled(circuit: Circuit, value: Value, filler: bool | int) -> Value:
    """A value, or another where it is unknown."""
    if isinstance(value, Number):
        return Number(("fill", value.recipe, filler), YES)
    return choose(circuit, known(circuit, value), value, constant(filler))


def shifted(value: Bits, up: int) -> Bits:
    """A small number, so many bits higher."""
    return Bits((NO,) * up + value.bits, value.known, value.kind)


def reckoned(circuit: Circuit, sign: str, left: Value, right: Value) -> Number:
    """The sum, difference or product of two large numbers."""
    a, b = _number(left), _number(right)
    return Number((sign, a.recipe, b.recipe), circuit.both(a.known, b.known))


def told(circuit: Circuit, test: Test, left: Value, right: Value) -> Truth:
    """What a test says where both sides are known, and unknown elsewhere."""
    stated = circuit.both(known(circuit, left), known(circuit, right))
    line = test(circuit, left, right)
    return Truth(circuit.both(stated, line), circuit.either(stated ^ 1, line))


def equal(circuit: Circuit, left: Value, right: Value) -> int:
    """Where two known values are the same."""
    match left, right:
        case Truth(), Truth():
            return circuit.differ(left.yes, right.yes) ^ 1
        case Bits(), Bits():
            return circuit.every(circuit.differ(a, b) ^ 1 for a, b in _pairs(left, right))
    a, b = _number(left).recipe, _number(right).recipe
    return circuit.input(("=", b, a) if isinstance(a, int) else ("=", a, b))


def at_least(circuit: Circuit, left: Value, right: Value) -> int:
    """Where one known number is not below another; small ones are not below zero."""
    if isinstance(left, Bits) and isinstance(right, Bits):
        return _not_below(circuit, left, right)
    a, b = _number(left).recipe, _number(right).recipe
    return circuit.input((">=", b, a + 1)) ^ 1 if isinstance(a, int) else circuit.input((">=", a, b))


def _not_below(circuit: Circuit, left: Bits, right: Bits) -> int:
    line = YES
    for a, b in _pairs(left, right):
        line = circuit.either(circuit.both(a, b ^ 1), circuit.both(circuit.either(a, b ^ 1), line))
    return line


def _pairs(left: Bits, right: Bits) -> Iterable[tuple[int, int]]:
    return zip_longest(left.bits, right.bits, fillvalue=NO)


def _number(value: Value) -> Number:
    """A value as a large number; of small ones, only literals can be."""
    if isinstance(value, Bits) and value.literal is not None:
        return Number(value.literal, value.known)
    if isinstance(value, Number):
        return value
    raise TypeError(value)
