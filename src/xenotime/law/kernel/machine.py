"""The machine: runs a plan over blocks of rows, in code compiled once for every law.

It is told everything in whole numbers: where the columns lie, what to ask of them, which gates follow, where the
answers go. A *plane* holds one truth of a block's rows, 64 rows a word; a *record* holds 64 truths of one row.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

#: Words in a plane of one block, and rows in a block.
WORDS = 32
ROWS = 64 * WORDS
#: Steps of arithmetic and questions of two numbers, as the plan writes them.
LOAD, FILL, ADD, SUBTRACT, MULTIPLY = range(5)
AT_LEAST, EQUAL = range(2)
#: The number, in the calendar, of the day from which a column of days counts.
FIRST = 719_163

_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_LOW = np.uint64(0x00000000FFFFFFFF)


def compiled(function: Any) -> Any:
    """The machine code of a function, without the interpreter's lock; kept beside the module where it can be."""
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
    try:
        return numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        return numba.njit(**settings)(function)


@intrinsic
def at(_typing: Any, address: Any) -> Any:
    """The pointer of an address."""

    def make(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.inttoptr(values[0], cgutils.voidptr_t)

    return types.voidptr(address), make


@compiled
def spread(address, first, count, planes, plane):
    """A column of bits, from its `first` on, as a plane; address 0 says true everywhere."""
    if address == 0:
        for w in range(WORDS):
            planes[plane, w] = _ALL
        return
    start, shift = first >> 3, np.uint64(first & 7)
    size = ((first & 7) + count + 7) >> 3
    held = numba.carray(at(address + start), (size,), np.uint8)
    for w in range(WORDS):
        word = np.uint64(0)
        if 8 * w + 9 <= size:
            for k in range(8):
                word |= np.uint64(held[8 * w + k]) << np.uint64(8 * k)
            word = word >> shift | np.uint64(held[8 * w + 8]) << np.uint64(56) << (np.uint64(8) - shift)
        else:
            for k in range(8 * w, size):
                up = 8 * (k - 8 * w) - (first & 7)
                byte = np.uint64(held[k])
                word |= byte << np.uint64(up) if up >= 0 else byte >> np.uint64(-up)
        planes[plane, w] = word


@compiled
def turn(planes, top):
    """Exchange rows and columns of each square of 64 by 64 bits below a plane: 64 planes become 64 rows, and back."""
    step, mask = 32, _LOW
    while step:
        shift = np.uint64(step)
        k = top
        while k < top + 64:
            for w in range(WORDS):
                moved = ((planes[k, w] >> shift) ^ planes[k + step, w]) & mask
                planes[k, w] ^= moved << shift
                planes[k + step, w] ^= moved
            k = top + ((k - top + step + 1) & ~step)
        step >>= 1
        mask ^= mask << np.uint64(step)


@compiled
def place(column, step, done, count, record):
    """Put a column of codes, or of days, into its place of each row's record."""
    shift, most = np.uint64(step[2]), step[3]
    size, address = column[2], column[0] + column[2] * (column[3] + done)
    if step[4]:
        days = numba.carray(at(address), (count,), np.int32)
        for k in range(count):
            record[k] |= np.uint64(min(max(days[k] + FIRST, 0), most)) << shift
    elif size == 1:
        bytes_ = numba.carray(at(address), (count,), np.uint8)
        for k in range(count):
            record[k] |= np.uint64(bytes_[k] & most) << shift
    elif size == 2:
        shorts = numba.carray(at(address), (count,), np.uint16)
        for k in range(count):
            record[k] |= np.uint64(shorts[k] & most) << shift


@compiled
def reckon(step, columns, done, count, numbers):
    """One step of arithmetic on whole numbers of 64 bits."""
    op, to, a, b = step[0], step[1], step[2], step[3]
    if op <= FILL:
        first = columns[a, 3] + done
        held = numba.carray(at(columns[a, 0] + 8 * first), (count,), np.int64)
        for k in range(count):
            numbers[to, k] = held[k]
        if op == FILL and columns[a, 1]:
            stated = numba.carray(at(columns[a, 1]), ((first + count + 7) >> 3,), np.uint8)
            for k in range(count):
                if not (stated[(first + k) >> 3] >> ((first + k) & 7)) & 1:
                    numbers[to, k] = b
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
def ask(step, numbers, record):
    """Put the answer to a question of two numbers into its bit of each row's record."""
    a, b, bit = step[3], step[4], np.uint64(step[2])
    if step[0] == EQUAL:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] == numbers[b, k]) << bit
    else:
        for k in range(ROWS):
            record[k] |= np.uint64(numbers[a, k] >= numbers[b, k]) << bit


@compiled
def field(record, step, address, done, count):
    """Take one place of each row's record out as a column of numbers."""
    up, down = np.uint64(64 - step[1] - step[2]), np.int64(64 - step[2])
    address += step[3] * done
    if step[3] == 1:
        bytes_ = numba.carray(at(address), (count,), np.int8)
        for k in range(count):
            bytes_[k] = np.int64(record[k] << up) >> down
    elif step[3] == 2:
        shorts = numba.carray(at(address), (count,), np.int16)
        for k in range(count):
            shorts[k] = np.int64(record[k] << up) >> down
    else:
        words = numba.carray(at(address), (count,), np.int32)
        for k in range(count):
            words[k] = np.int64(record[k] << up) >> down


@compiled
def switch(gates, planes):
    """All gates over the rows of a block, three sides each; a side is taken as it is (0) or turned (all ones)."""
    for i in range(len(gates)):
        out, a, b, c = gates[i, 0], gates[i, 1], gates[i, 2], gates[i, 3]
        x, y, z, both = np.uint64(gates[i, 4]), np.uint64(gates[i, 5]), np.uint64(gates[i, 6]), np.uint64(gates[i, 7])
        for w in range(WORDS):
            planes[out, w] = (((planes[a, w] ^ x) & (planes[b, w] ^ y)) ^ both) & (planes[c, w] ^ z)


@compiled
def run(
    first, last, rows, columns, answers, bitmaps, places, constants, steps, tests, gates, fields, sizes
):
    """Run a plan over some blocks of rows, `first` to before `last`; the answers go to the addresses `answers`.

    `sizes` tells how many squares of 64 planes come in and go out, and how many planes and numbers are held.
    """
    planes = np.zeros((sizes[2], WORDS), np.uint64)
    numbers = np.zeros((sizes[3], ROWS), np.int64)
    record = np.empty(ROWS, np.uint64)
    for i in range(len(constants)):
        for k in range(ROWS):
            numbers[constants[i, 0], k] = constants[i, 1]
    for block in range(first, last):
        done = block * ROWS
        count = min(ROWS, rows - done)
        for i in range(len(bitmaps)):
            column = columns[bitmaps[i, 1]]
            spread(column[bitmaps[i, 2]], column[3] + done, count, planes, bitmaps[i, 0])
        for i in range(len(steps)):
            reckon(steps[i], columns, done, count, numbers)
        for square in range(sizes[0]):
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
        switch(gates, planes)
        for square in range(sizes[0], sizes[0] + sizes[1]):
            turn(planes, 64 * square)
            for k in range(ROWS):
                record[k] = planes[64 * square + (k & 63), k >> 6]
            for i in range(len(fields)):
                if fields[i, 0] == square:
                    field(record, fields[i], answers[fields[i, 4]], done, count)
