"""Canonical JSON: vectors of our own after RFC 8785, and what has no writing."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import SealError
from xenotime.seal.canon import DEEPEST, canonical

#: value -> bytes, each for one rule of section 3.2.
VECTORS = [
    ({}, b"{}"),
    ([], b"[]"),
    (None, b"null"),
    ([True, False, None], b"[true,false,null]"),
    ({"b": 1, "a": 2, "A": 3, "": 4}, b'{"":4,"A":3,"a":2,"b":1}'),
    # keys are sorted by UTF-16 units: U+1F600 (D83D DE00) comes before U+FB33
    ({"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "\r": 4, "1": 5}, None),
    ('\b\t\n\f\r"\\/', b'"\\b\\t\\n\\f\\r\\"\\\\/"'),
    ("\x00\x1f\x7f", b'"\\u0000\\u001f\x7f"'),
    ("\u2028é稀土\U0001f600", '"\u2028é稀土\U0001f600"'.encode()),
    ([0, -0, 2**53 - 1, -(2**53) + 1], b"[0,0,9007199254740991,-9007199254740991]"),
    ((1, (2,)), b"[1,[2]]"),
    (MappingProxyType({"x": ()}), b'{"x":[]}'),
]


@pytest.mark.parametrize(("value", "expected"), VECTORS)
def test_vector(value, expected):
    found = canonical(value)
    assert found == (expected or '{"\\r":4,"1":5,"€":3,"😀":2,"\ufb33":1}'.encode())


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), {1: 2}, {None: 1}, b"x", {1, 2}, "\ud800", {"\udfff": 1}, object()],
)
def test_no_exact_writing(value):
    with pytest.raises(SealError, match="cannot be sealed"):
        canonical(value)


def test_depth_is_bounded():
    assert canonical(nested(DEEPEST)) == b"[" * DEEPEST + b"1" + b"]" * DEEPEST
    with pytest.raises(SealError, match="deeper than 32"):
        canonical(nested(DEEPEST + 1))


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_reads_back_and_is_a_fixed_point(value):
    made = canonical(value)
    assert json.loads(made) == value
    assert canonical(json.loads(made)) == made


@given(st.dictionaries(TEXT, st.integers(0, 9), min_size=2))
def test_order_of_keys_changes_nothing(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)
