"""Leaves of the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from xenotime.core.errors import SealError
from xenotime.seal.event import LONGEST, Event, decode, encode

MADE = Event(
    datetime(2026, 11, 22, 6, 11, 0, 5, tzinfo=UTC),
    "certificate.suspended",
    "XC-2026-0001",
    "O-1",
    "officer:A-7",
    {"reason": "名单", "old": None, "days": 45},
)


def test_bytes():
    assert encode(MADE, 41).decode() == (
        '{"actor":"officer:A-7","at":"2026-11-22T06:11:00.000005Z",'
        '"data":{"days":45,"old":null,"reason":"名单"},"index":41,"kind":"certificate.suspended",'
        '"organisation":"O-1","subject":"XC-2026-0001"}'
    )


def test_round_trip():
    assert decode(encode(MADE, 41)) == (41, MADE)


def test_zones_make_no_difference():
    there = replace(MADE, at=MADE.at.astimezone(timezone(timedelta(hours=8))))
    assert encode(there, 0) == encode(MADE, 0)


def test_no_zone_is_refused():
    with pytest.raises(TypeError, match="time zone"):
        encode(replace(MADE, at=datetime(2026, 1, 1)), 0)  # noqa: DTZ001 - an instant without zone is the point


def test_index_is_part_of_the_bytes():
    assert encode(MADE, 0) != encode(MADE, 1)


def test_too_long_and_inexact_data_are_refused():
    with pytest.raises(SealError, match="no leaf"):
        encode(replace(MADE, data={"x": "x" * LONGEST}), 0)
    with pytest.raises(SealError, match="cannot be sealed"):
        encode(replace(MADE, data={"x": 0.5}), 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda leaf: leaf + b" ",
        lambda leaf: leaf.replace(b":41", b":41.0"),
        lambda leaf: leaf.replace(b'"index":41,', b""),
        lambda leaf: leaf.replace(b'"index":41', b'"index":"41"'),
        lambda leaf: leaf.replace(b"Z", b"+00:00"),
        lambda leaf: leaf.replace(b"2026-11-22T", b"2026-11-42T"),
        lambda leaf: leaf.replace(b'"kind":"certificate.suspended"', b'"kind":1'),
        lambda leaf: leaf[:0] + b"[]",
    ],
)
def test_another_writing_is_no_leaf(change):
    with pytest.raises(SealError):
        decode(change(encode(MADE, 41)))
