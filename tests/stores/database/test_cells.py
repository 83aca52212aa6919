from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.stores.database.cells import asked, cell, stamp, whole_cell, words

INSTANTS = st.datetimes(timezones=st.just(UTC))


@given(INSTANTS, INSTANTS)
def test_stamps_sort_as_instants(one, two):
    assert (stamp(one) < stamp(two)) == (one < two)


def test_a_stamp_is_in_utc():
    at = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=8)))
    assert stamp(at) == "2025-12-31T17:00:00.000000Z"


def test_an_instant_without_zone_has_no_stamp():
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


@given(st.text())
def test_a_cell_holds_no_sign_that_a_database_refuses(said):
    kept = cell(said + "\x00\ud800")
    assert "\x00" not in kept
    assert kept.encode().decode() == kept


@given(st.text(max_size=60))
def test_every_word_of_a_name_finds_it(name):
    kept = words([name])
    assert all(any(word.startswith(a) for word in kept) for a in asked(name))


def test_a_long_name_has_an_end():
    assert len(words(["北" * 5000, " ".join(map(str, range(5000)))])) <= 400
    assert max(map(len, words(["x" * 5000]))) == 48


@pytest.mark.parametrize("value", ["1", 1.5, None, 2**63, -(2**63)])
def test_only_whole_numbers_of_64_bits_fit(value):
    with pytest.raises(InputError):
        whole_cell(value, "column")
