from __future__ import annotations

import random

import numpy as np
import pytest

from xenotime.law.kernel import machine


@pytest.mark.parametrize("first", [0, 1, 7, 8, 13])
@pytest.mark.parametrize("count", [1, 8, 63, 64, 65, 700, machine.ROWS])
def test_a_column_of_bits_becomes_a_plane(first, count):
    truths = np.array([random.Random(count).random() < 0.5 for _ in range(first + count)])
    held = np.packbits(truths, bitorder="little")
    planes = np.zeros((2, machine.WORDS), np.uint64)
    machine.spread(held.ctypes.data, first, count, planes, 1)
    found = np.unpackbits(planes[1].view(np.uint8), bitorder="little")[:count]
    assert found.tolist() == truths[first:].tolist()
    assert not planes[0].any()


def test_a_square_is_turned_and_turned_back():
    source = np.random.default_rng(1)
    planes = source.integers(0, 2**63, (66, machine.WORDS)).astype(np.uint64)
    before = planes.copy()
    machine.turn(planes, 1)
    for w, row, bit in ((0, 0, 0), (3, 5, 60), (machine.WORDS - 1, 63, 1)):
        was = int(before[1 + bit, w]) >> row & 1
        assert int(planes[1 + row, w]) >> bit & 1 == was
    assert np.array_equal(planes[[0, 65]], before[[0, 65]])
    machine.turn(planes, 1)
    assert np.array_equal(planes, before)


def test_where_code_cannot_be_kept_it_is_made_again(monkeypatch):
    def njit(*, cache=False, **_):
        if cache:
            raise RuntimeError
        return lambda function: function

    monkeypatch.setattr(machine.numba, "njit", njit)
    assert machine.compiled(len) is len
