"""A circuit laid out in whole numbers for the machine: what to read, which gates follow, what to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from xenotime.law.kernel import machine
from xenotime.law.kernel.gates import NO, YES, Circuit
from xenotime.law.kernel.steps import steps_of
from xenotime.law.kernel.values import Bits, Recipe, Value
from xenotime.law.kernel.wires import Sheet

Table: TypeAlias = npt.NDArray[np.int64]

#: Planes in a square, which is bits in a record.
SIDE = 64
_BYTES = {pl.Int8: 1, pl.Int16: 2, pl.Int32: 4}
_STEPS = {"+": machine.ADD, "-": machine.SUBTRACT, "*": machine.MULTIPLY}
_QUESTIONS = {">=": (machine.AT_LEAST, machine.AT_LEAST_LITERAL), "=": (machine.EQUAL, machine.EQUAL_LITERAL)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A column of the result, lowest bit first; if `optional`, -1 stands where it has no value."""

    name: str
    kind: Any
    optional: bool
    lines: tuple[int, ...]

    @property
    def bytes(self) -> int:
        """The width of its numbers [bytes]."""
        return _BYTES[self.kind]

    @property
    def is_fixed(self) -> bool:
        """True if it is the same for every row."""
        return all(line in (NO, YES) for line in self.lines)

    @property
    def fixed(self) -> pl.Expr:
        """The answer that is the same for every row."""
        total = sum(line << k for k, line in enumerate(self.lines)) - (self.lines[-1] << len(self.lines))
        return pl.lit(None if self.optional and self.lines[-1] else total, self.kind).alias(self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """What `machine.run` is told, in its order; the columns that it reads, and the answers that it writes.

    ``shown`` are all answers in their order, ``answers`` those that differ from row to row.
    """

    columns: tuple[str, ...]
    shown: tuple[Answer, ...]
    answers: tuple[Answer, ...]
    tables: tuple[Table, ...]


def planned(sheet: Sheet) -> Plan:
    """The plan that works out every column of a sheet.

    A circuit that reads nothing and answers nothing has a plan too: empty tables.
    """
    shown = tuple(_answer(sheet.circuit, name, value) for name, value in sheet.values.items())
    answers = tuple(answer for answer in shown if not answer.is_fixed)
    layout = _Layout(sheet.circuit, answers)
    tables = (
        *(_table(layout.bitmaps, 3), _table(layout.places, 5)),
        *(_table(layout.constants, 2), _table(layout.steps, 4), _table(layout.tests, 5)),
        *(_table(layout.gates, 8), _table(layout.fields, 4)),
        np.array((layout.coming, layout.going, layout.planes, len(layout.numbers)), np.int64),
    )
    return Plan(tuple(layout.columns), shown, answers, tables)


def _answer(circuit: Circuit, name: str, value: Value) -> Answer:
    """A number as bits, the last of them its sign."""
    if not isinstance(value, Bits):
        raise TypeError(name)
    optional = value.known != YES
    lines = (*value.bits, NO)
    if optional:
        lines = tuple(circuit.choose(value.known, line, YES) for line in lines)
    while len(lines) > 1 and lines[-1] == lines[-2]:
        lines = lines[:-1]
    return Answer(name, value.kind, optional, lines[: 8 * _BYTES[value.kind]])


class _Layout:
    """Finds a place for everything: columns, records that come in and go out, planes, numbers."""

    def __init__(self, circuit: Circuit, answers: tuple[Answer, ...]) -> None:
        self.circuit = circuit
        self.wanted = [line for answer in answers for line in answer.lines]
        self.order = steps_of(circuit, self.wanted)
        self.used = frozenset(line >> 1 for line in self.wanted).union(*(step.reads for step in self.order))
        self.columns: dict[str, int] = {}
        self.numbers: dict[Recipe, int] = {}
        self.bitmaps: list[tuple[int, ...]] = []
        self.places: list[tuple[int, ...]] = []
        self.constants: list[tuple[int, ...]] = []
        self.steps: list[tuple[int, ...]] = []
        self.tests: list[tuple[int, ...]] = []
        self.gates: list[tuple[int, ...]] = []
        self.fields: list[tuple[int, ...]] = []
        self.plane: dict[int, int] = {}
        self.coming = self._come_in()
        self.going = self._go_out(answers)
        self.planes = SIDE * (self.coming + self.going)
        self.plane[NO] = self._fresh()  # never written: false everywhere
        self._read_bits()
        self._switch()
        self._carry(answers)

    def _come_in(self) -> int:
        """Give each code, and each question of two numbers, its place in the records that come in."""
        inputs = {key: line >> 1 for key, line in self.circuit.inputs.items() if line >> 1 in self.used}
        widths: dict[Any, int] = {}
        for key in inputs:
            if key[0] == "bit":
                widths[key[1]] = max(widths.get(key[1], 0), key[2] + 1)
            elif key[0] in _QUESTIONS:
                widths[key] = 1
        squares, spots = _packed(widths)
        for name, (square, shift) in spots.items():
            if isinstance(name, str):
                self.places.append(
                    (self._column(name), square, shift, 2 ** widths[name] - 1, int(name == "on"))
                )
            else:
                sign, left, right = name
                number, literal = _QUESTIONS[sign]
                told = (literal, right) if isinstance(right, int) else (number, self._number(right))
                self.tests.append((told[0], square, shift, self._number(left), told[1]))
        for key, gate in inputs.items():
            if key[0] == "bit" or key in spots:
                square, shift = spots[key[1] if key[0] == "bit" else key]
                self.plane[gate] = SIDE * square + shift + (key[2] if key[0] == "bit" else 0)
        return squares

    def _number(self, recipe: Recipe) -> int:
        """The place of a number that is loaded, given, or worked out of others."""
        if recipe in self.numbers:
            return self.numbers[recipe]
        match recipe:
            case int():
                step: tuple[int, ...] = ()
            case ("column", name):
                step = (machine.LOAD, self._column(name), 0)
            case ("fill", ("column", name), value):
                step = (machine.FILL, self._column(name), value)
            case (sign, left, right):
                step = (_STEPS[sign], self._number(left), self._number(right))
        place = self.numbers[recipe] = len(self.numbers)
        if isinstance(recipe, int):
            self.constants.append((place, recipe))
        else:
            self.steps.append((step[0], place, *step[1:]))
        return place

    def _go_out(self, answers: tuple[Answer, ...]) -> int:
        """Give each answer its place in the records that go out."""
        squares, spots = _packed({a.name: len(a.lines) for a in answers})
        for answer in answers:
            square, shift = spots[answer.name]
            self.fields.append((self.coming + square, shift, len(answer.lines), answer.bytes))
        return squares

    def _read_bits(self) -> None:
        """Give each column of bits that is read a plane of its own."""
        for key, line in self.circuit.inputs.items():
            if line >> 1 in self.used and key[0] in ("says", "known"):
                self.plane[line >> 1] = self._fresh()
                self.bitmaps.append((self.plane[line >> 1], self._column(key[1]), int(key[0] == "known")))

    def _switch(self) -> None:
        """Give each step a plane; one that is read for the last time is free for the next."""
        last = {gate: number for number, step in enumerate(self.order) for gate in step.reads}
        last |= dict.fromkeys((line >> 1 for line in self.wanted), len(self.order))
        sources = self.circuit.sources()
        free: list[int] = []
        for number, step in enumerate(self.order):
            sides = (step.first, step.second, step.third)
            read = [self.plane[side >> 1] for side in sides]
            self.plane[step.gate] = (
                free.pop() if free else self._fresh()
            )  # never one it reads: that would be slow
            free += [self.plane[g] for g in step.reads - sources if last[g] == number]
            turned = [-(side & 1) for side in sides]
            self.gates.append((self.plane[step.gate], *read, *turned, -step.turned))

    def _carry(self, answers: tuple[Answer, ...]) -> None:
        """Carry each bit of each answer to its place."""
        for (square, shift, *_), answer in zip(self.fields, answers, strict=True):
            for k, line in enumerate(answer.lines):
                read, turned = self.plane[line >> 1], -(line & 1)
                self.gates.append((SIDE * square + shift + k, read, read, read, turned, turned, turned, 0))

    def _column(self, name: str) -> int:
        return self.columns.setdefault(name, len(self.columns))

    def _fresh(self) -> int:
        self.planes += 1
        return self.planes - 1


def _packed(widths: Mapping[Any, int]) -> tuple[int, dict[Any, tuple[int, int]]]:
    """How many records hold places so wide, and where each lies: (record, first bit).

    >>> _packed({"a": 40, "b": 30, "c": 24})
    (2, {'a': (0, 0), 'b': (1, 0), 'c': (0, 40)})
    """
    taken: list[int] = []
    spots = {}
    for name, width in sorted(widths.items(), key=lambda item: -item[1]):
        record = next((r for r, bits in enumerate(taken) if bits + width <= SIDE), len(taken))
        taken += [0] * (record + 1 - len(taken))
        spots[name] = (record, taken[record])
        taken[record] += width
    return len(taken), spots


def _table(rows: list[tuple[int, ...]], width: int) -> Table:
    return np.array(rows, np.int64).reshape(-1, width)
