from __future__ import annotations

import importlib
import linecache
import sys

import numba
import numpy as np
import pytest

from xenotime.supply.engine.jit import stage

INNER = """
from xenotime.supply.engine.jit import stage
FACTOR = {factor}

@stage
def outer(x):
    return later(x) * FACTOR

@stage
def later(x):
    return x + {more}
"""
CALLER = """
from xenotime.supply.engine.jit import stage
from inner_of_test import outer

@stage
def caller(x):
    return outer(x)
"""


def called(folder, factor, more):
    """What a kernel in one file gives that calls a kernel in another, whose text is given."""
    for name in ("inner_of_test", "caller_of_test"):
        sys.modules.pop(name, None)
    (folder / "inner_of_test.py").write_text(INNER.format(factor=factor, more=more), encoding="utf-8")
    (folder / "caller_of_test.py").write_text(CALLER, encoding="utf-8")
    importlib.invalidate_caches()
    linecache.clearcache()
    sys.dont_write_bytecode = True
    caller = importlib.import_module("caller_of_test").caller
    return caller, caller(3.0)


def test_a_change_in_a_kernel_reaches_those_that_call_it_from_other_files(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    first, value = called(tmp_path, 2.0, 1.0)
    assert value == 8.0
    again, value = called(tmp_path, 2.0, 1.0)
    assert value == 8.0
    assert again.py_func.__qualname__ == first.py_func.__qualname__
    assert sum(again.stats.cache_hits.values()) == 1
    other, value = called(tmp_path, 2.0, 5.0)  # a function defined further down
    assert value == 16.0
    assert other.py_func.__qualname__ != first.py_func.__qualname__
    assert called(tmp_path, 3.0, 5.0)[1] == 24.0  # a number


def test_arithmetic_is_that_of_the_text():
    @stage
    def sums(values):
        total = 0.0
        for value in values:
            total += value
        return total

    values = np.random.default_rng(1).normal(size=1001) * 10.0 ** np.arange(1001) ** 0.5
    total = 0.0
    for value in values.tolist():
        total += value
    assert sums(values) == total


def test_a_package_that_cannot_be_written_to_still_runs(monkeypatch):
    honest = numba.njit

    def refuses(*given, cache=False, **settings):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return honest(*given, **settings)

    monkeypatch.setattr(numba, "njit", refuses)
    assert stage(lambda x: x + 1)(1) == 2


@pytest.mark.parametrize("draws", [1, 3])
def test_kernels_release_the_lock(draws):
    @stage
    def count(n):
        return n * 2

    assert [count(draw) for draw in range(draws)] == [2 * draw for draw in range(draws)]
