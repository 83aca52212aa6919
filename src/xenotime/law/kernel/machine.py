"""The machine: runs a plan over blocks of rows, in code compiled once for every law.

It is told everything in whole numbers: where the columns lie, what to ask of them, which gates follow, where
the answers go. A *plane* holds one truth of a block's rows, 64 rows a word; a *record* holds 64 truths of one
row; a *square* is 64 planes, which are one record of each row when turned.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeAlias, TypeVar

import numba
import numpy as np
import numpy.typing as npt
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

Words: TypeAlias = npt.NDArray[np.uint64]
Numbers: TypeAlias = npt.NDArray[np.int64]
_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")

#: Words in a plane of one block, and rows in a block.
WORDS = 32
ROWS = 64 * WORDS
#: Steps of arithmetic, and questions of a number and another or a literal, as the plan writes them.
LOAD, FILL, ADD, SUBTRACT, MULTIPLY = range(5)
AT_LEAST, EQUAL, AT_LEAST_LITERAL, EQUAL_LITERAL = range(4)
#: The number, in the calendar, of the day from which a column of days counts.
FIRST = 719_163

_NONE, _ALL = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
_LOW = np.uint64(0x00000000FFFFFFFF)


def compiled(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """The machine code of a function, without the interpreter's lock; kept beside the module if it can be."""
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
    try:
        made: Callable[_Asked, _Given] = numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        made = numba.njit(**settings)(function)
    return made


def _at(_typing: object, address: object) -> object:
    def make(_context: object, builder: Any, _signature: object, values: Any) -> object:  # noqa: ANN401 - LLVM's own
        return builder.inttoptr(values[0], cgutils.voidptr_t)

    return types.voidptr(address), make  # type: ignore[call-overload] # a signature is a type called with types


#: The pointer of an address, and an array that begins at a pointer.
at: Any = intrinsic(_at)
carray: Any = numba.carray  # type: ignore[attr-defined] # numba does not list all that it exports


@compiled
def spread(address: int, first: int, count: int, planes: Words, plane: int) -> None:
    """A column of bits, from its `first` on, as a plane."""
    skip, start = first & 7, address + (first >> 3)
    if count == ROWS and not (skip or start & 7):
        whole = carray(at(start), (WORDS,), np.uint64)
        for w in range(WORDS):
            planes[plane, w] = whole[w]
        return
    size = (skip + count + 7) >> 3
    held = carray(at(start), (size,), np.uint8)
    for w in range(WORDS):
        word = _NONE
        if 8 * w + 9 <= size:
            for k in range(8):
                word |= np.uint64(held[8 * w + k]) << np.uint64(8 * k)
            above = np.uint64(held[8 * w + 8]) << np.uint64(56)
            word = word >> np.uint64(skip) | above << np.uint64(8 - skip)
        else:
            for k in range(8 * w, size):
                up = 8 * (k - 8 * w) - skip
                byte = np.uint64(held[k])
                if up < 64:
                    word |= byte << np.uint64(up) if up >= 0 else byte >> np.uint64(-up)
        planes[plane, w] = word


@compiled
def turn(planes: Words, top: int) -> None:
    """Exchange rows and columns of each 64 by 64 bits of the square below a plane."""
    step, mask = 32, _LOW
    while step:
        shift = np.uint64(step)
        k = 0
        while k < 64:
            for w in range(WORDS):
                moved = ((planes[top + k, w] >> shift) ^ planes[top + k + step, w]) & mask
                planes[top + k, w] ^= moved << shift
                planes[top + k + step, w] ^= moved
            k = (k + step + 1) & ~step
        step >>= 1
        mask ^= mask << np.uint64(step)


@compiled
def place(column: Numbers, told: Numbers, done: int, count: int, record: Words) -> None:
    """Put a column of codes, or of days, into its place of each row's record."""
    shift, most = np.uint64(told[2]), told[3]
    address = column[0] + column[2] * (column[3] + done)
    if told[4]:
        days = carray(at(address), (count,), np.int32)
        for k in range(count):
            record[k] |= np.uint64(min(max(days[k] + FIRST, 0), most)) << shift
    elif column[2] == 1:
        bytes_ = carray(at(address), (count,), np.uint8)
        for k in range(count):
            record[k] |= np.uint64(bytes_[k] & most) << shift
    else:
        shorts = carray(at(address), (count,), np.uint16)
        for k in range(count):
            record[k] |= np.uint64(shorts[k] & most) << shift


@compiled
def load(column: Numbers, done: int, count: int, number: Numbers) -> None:
    """Take a column of numbers."""
    held = carray(at(column[0] + 8 * (column[3] + done)), (count,), np.int64)
    for k in range(count):
        number[k] = held[k]


@compiled
def fill(column: Numbers, done: int, count: int, number: Numbers, value: int) -> None:
    """Put a value where a column says nothing."""
    if column[1]:
        first = column[3] + done
        stated = carray(at(column[1]), ((first + count + 7) >> 3,), np.uint8)
        for k in range(count):
            if not (stated[(first + k) >> 3] >> ((first + k) & 7)) & 1:
                number[k] = value


@compiled
def reckon(told: Numbers, columns: Numbers, done: int, count: int, numbers: Numbers) -> None:
    """One step of arithmetic on whole numbers of 64 bits."""
    op, to, a, b = told[0], told[1], told[2], told[3]
    if op <= FILL:
        load(columns[a], done, count, numbers[to])
        if op == FILL:
            fill(columns[a], done, count, numbers[to], b)
    elif op == ADD:
        for k in range(ROWS):
            numbers[to, k] = numbers[a, k] + numbers[b, k]
    elif op == SUBTRACT:
        for k in range(ROWS):
            numbers[to, k] = numbers[a, k] - numbers[b, k]
    else:
        for k in range(ROWS):
            numbers[to, k] = numbers[a, k] * numbers[b, k]


@compiled
def ask(told: Numbers, numbers: Numbers, record: Words) -> None:
    """Put the answer to a question into its bit of each row's record."""
    op, bit, a, b = told[0], np.uint64(told[2]), told[3], told[4]
    if op == AT_LEAST_LITERAL:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] >= b) << bit
    elif op == EQUAL_LITERAL:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] == b) << bit
    elif op == AT_LEAST:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] >= numbers[b, k]) << bit
    else:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] == numbers[b, k]) << bit


@compiled
def switch(gates: Numbers, planes: Words) -> None:
    """All gates over the rows of a block, of three sides each: as they are (0) or turned (all ones)."""
    for i in range(len(gates)):
        out, a, b, c = gates[i, 0], gates[i, 1], gates[i, 2], gates[i, 3]
        x, y, z = np.uint64(gates[i, 4]), np.uint64(gates[i, 5]), np.uint64(gates[i, 6])
        turned = np.uint64(gates[i, 7])
        for w in range(WORDS):
            both = (planes[a, w] ^ x) & (planes[b, w] ^ y)
            planes[out, w] = (both ^ turned) & (planes[c, w] ^ z)


@compiled
def field(record: Words, told: Numbers, address: int, done: int, count: int) -> None:
    """Take one place of each row's record out as a column of numbers; its highest bit is their sign."""
    shift, spare = np.uint64(told[1]), np.int32(32 - told[2])
    start = address + told[3] * done
    if told[3] == 1:
        bytes_ = carray(at(start), (count,), np.int8)
        for k in range(count):
            bytes_[k] = np.int32(np.uint32(record[k] >> shift) << spare) >> spare
    elif told[3] == 2:
        shorts = carray(at(start), (count,), np.int16)
        for k in range(count):
            shorts[k] = np.int32(np.uint32(record[k] >> shift) << spare) >> spare
    else:
        longs = carray(at(start), (count,), np.int32)
        for k in range(count):
            longs[k] = np.int32(np.uint32(record[k] >> shift) << spare) >> spare


@compiled
def arrive(
    square: int,
    columns: Numbers,
    places: Numbers,
    tests: Numbers,
    numbers: Numbers,
    done: int,
    count: int,
    record: Words,
    planes: Words,
) -> None:
    """Fill a square: codes and answers to questions, put together row by row and turned."""
    for k in range(ROWS):
        record[k] = 0
    for i in range(len(places)):
        if places[i, 1] == square:
            place(columns[places[i, 0]], places[i], done, count, record)
    for i in range(len(tests)):
        if tests[i, 1] == square:
            ask(tests[i], numbers, record)
    for k in range(ROWS):
        planes[64 * square + (k & 63), k >> 6] = record[k]
    turn(planes, 64 * square)


@compiled
def leave(
    square: int, fields: Numbers, answers: Numbers, done: int, count: int, record: Words, planes: Words
) -> None:
    """Empty a square: turned, and each answer of its rows written to its column."""
    turn(planes, 64 * square)
    for k in range(ROWS):
        record[k] = planes[64 * square + (k & 63), k >> 6]
    for i in range(len(fields)):
        if fields[i, 0] == square:
            field(record, fields[i], answers[i], done, count)


@compiled
def run(
    first: int,
    last: int,
    rows: int,
    columns: Numbers,
    answers: Numbers,
    bitmaps: Numbers,
    places: Numbers,
    constants: Numbers,
    steps: Numbers,
    tests: Numbers,
    gates: Numbers,
    fields: Numbers,
    sizes: Numbers,
) -> None:
    """Run a plan over some blocks of rows, `first` to before `last`; answers go to the addresses `answers`.

    `sizes` tells how many squares come in and go out, and how many planes and numbers are held.
    """
    planes = np.zeros((sizes[2], WORDS), np.uint64)
    numbers = np.zeros((sizes[3], ROWS), np.int64)
    record = np.empty(ROWS, np.uint64)
    for i in range(len(constants)):
        for k in range(ROWS):
            numbers[constants[i, 0], k] = constants[i, 1]
    for i in range(len(bitmaps)):
        if columns[bitmaps[i, 1], bitmaps[i, 2]] == 0:  # no bits of validity: all is known
            for w in range(WORDS):
                planes[bitmaps[i, 0], w] = _ALL
    for block in range(first, last):
        done = block * ROWS
        count = min(ROWS, rows - done)
        for i in range(len(bitmaps)):
            column, part = columns[bitmaps[i, 1]], bitmaps[i, 2]
            if column[part]:
                spread(column[part], column[3] + done, count, planes, bitmaps[i, 0])
        for i in range(len(steps)):
            reckon(steps[i], columns, done, count, numbers)
        for square in range(sizes[0]):
            arrive(square, columns, places, tests, numbers, done, count, record, planes)
        switch(gates, planes)
        for square in range(sizes[0], sizes[0] + sizes[1]):
            leave(square, fields, answers, done, count, record, planes)
