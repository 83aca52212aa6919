from __future__ import annotations

from datetime import date

import pytest

from xenotime.parties.listing.version import Edition

DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("known", "age", "stale"),
    [(date(2026, 11, 1), 0, False), (date(2026, 11, 8), 7, False), (date(2026, 11, 9), 8, True)],
)
def test_a_list_of_ones_own_is_stale_after_its_fresh_days(known, age, stale):
    edition = Edition("us-csl", 1, "", 1, DAY)
    assert (edition.age(known), edition.stale(known), edition.builtin) == (age, stale, False)


def test_a_list_that_does_not_say_its_day_is_stale():
    edition = Edition("us-csl", 1, "", 1)
    assert (edition.age(DAY), edition.stale(DAY)) == (None, True)


@pytest.mark.parametrize(("known", "stale"), [(date(2026, 11, 1), False), (date(2026, 11, 2), True)])
def test_a_list_of_the_book_is_stale_after_the_day_it_was_read_until(known, stale):
    assert Edition("cn/x", 0, "", 1, DAY, read_until=DAY).stale(known) is stale


def test_a_list_of_the_book_without_that_day_is_stale():
    assert Edition("cn/x", 0, "", 1, DAY).stale(DAY)
