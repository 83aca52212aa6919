from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.programme.oversight.statistics import Cell, Days, Opened, published

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def case(days=None, kind="certificate", country="DE", outcome="granted"):
    opened = AT - timedelta(days=100)
    closed = None if days is None else opened + timedelta(days=days)
    return Opened(kind, "civil", outcome if days is not None else "", country, opened, closed)


def table(made, name):
    return {cell.keys: cell.count for t in made.tables if t.name == name for cell in t.cells}


def test_small_counts_are_not_shown():
    made = published(AT, [case(1), case(2), case(3), case(4, country="JP"), case()], {}, [], least=3)
    assert table(made, "applications") == {("certificate", "granted"): 3, ("certificate", "open"): None}
    assert table(made, "countries") == {("DE", "granted"): 3, ("DE", "open"): None, ("JP", "granted"): None}
    assert table(made, "months") == {("2026-05", "certificate"): 3}


def test_half_and_nine_of_ten_were_decided_within_so_many_days():
    made = published(AT, [case(n) for n in range(1, 11)], {}, [], least=3)
    assert made.days == (Days("certificate", "civil", 9, 5, 9),)


def test_days_of_few_cases_are_not_shown():
    assert published(AT, [case(5), case(9)], {}, [], least=3).days == ()


def test_counts_from_elsewhere_become_tables_of_their_own():
    made = published(AT, [], {"shipments": {"allow": 10, "refuse": 2}}, [("DE", "1C902")] * 3, least=3)
    assert [t.name for t in made.tables] == ["applications", "countries", "months", "items", "shipments"]
    assert made.tables[-1].cells == (Cell(("allow",), 9), Cell(("refuse",), None))
    assert table(made, "items") == {("DE", "1C902"): 3}


@given(st.lists(st.integers(0, 300)), st.integers(1, 20))
def test_no_published_count_is_below_the_least(days, least):
    made = published(AT, [case(n) for n in days], {"x": {"a": len(days)}}, [], least=least)
    shown = [cell.count for t in made.tables for cell in t.cells if cell.count is not None]
    assert [n for n in [*shown, *(d.decided for d in made.days)] if n < least or n % least] == []


@pytest.mark.parametrize("hidden", [1, 2])
def test_a_hidden_count_cannot_be_told_from_the_sums_of_another_table(hidden):
    cases = [*(case(n) for n in range(6)), *(case() for _ in range(hidden))]
    made = published(AT, cases, {}, [], least=3)
    assert table(made, "applications") == {("certificate", "granted"): 6, ("certificate", "open"): None}
    assert table(made, "months") == {("2026-05", "certificate"): 6}
