from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.portfolio.schema import schema
from xenotime.portfolio.values import as_text, element_truths, parse_cell


def read(table, column, raw):
    return parse_cell(schema()[table].columns[column], raw, "here")


@pytest.mark.parametrize(
    ("table", "column", "raw", "value"),
    [
        ("legs", "day", "2025-04-05", date(2025, 4, 5)),
        ("legs", "day", datetime.combine(date(2025, 4, 5), time()), date(2025, 4, 5)),
        ("legs", "leg", 2.0, 2),
        ("legs", "from_country", "cn", "CN"),
        ("legs", "bonded_move", "yes", True),
        ("legs", "bonded_move", False, False),
        ("products", "hs", 8505111000.0, "8505111000"),
        ("products", "hs", "8505.11.1000", "8505111000"),
        ("products", "control_code", "1c905.A", "1C905.a"),
        ("products", "elements", "Dy, Nd;?Tb", "Dy;Nd;?Tb"),
        ("products", "elements", "none", "none"),
        ("products", "kind", "Magnet", "magnet"),
        ("products", "unit_mass_kg", "0.05 kg", Decimal("0.05")),
        ("products", "unit_mass_kg", 0.05, Decimal("0.05")),
        ("compositions", "mass_percent", "4.2 %", Decimal("4.2")),
        ("licences", "codes", "1C902; 1C905.a", "1C902;1C905.a"),
        ("licences", "destinations", "de;ch", "DE;CH"),
    ],
)
def test_a_cell_is_typed(table, column, raw, value):
    assert read(table, column, raw) == value


@pytest.mark.parametrize(
    ("table", "column", "raw", "what"),
    [
        ("legs", "leg", "1.5", "this is not a whole number"),
        ("legs", "leg", "0", "too small: leg"),
        ("legs", "bonded_move", "perhaps", "this is neither yes nor no"),
        ("rates", "rate", "0", "rate must be above 0"),
        ("ownership", "share_percent", "101", "share_percent over 100"),
        ("products", "elements", "Dy;Xx", "unknown element"),
        ("compositions", "element", "Dysprosium", "unknown element"),
        ("products", "product", "A;B", "this id has a sign that separates lists"),
        ("products", "product", 1234567890123456.0, "this id was stored as a number and has lost digits"),
        ("products", "unit_mass_kg", "50 g", "wrong unit"),
        ("products", "unit_price", "EUR 5", "this is not a number"),
    ],
)
def test_a_cell_that_says_something_else_is_refused(table, column, raw, what):
    with pytest.raises(InputError) as caught:
        read(table, column, raw)
    assert (caught.value.problem.what, caught.value.problem.where) == (what, "here")


@given(st.dates())
def test_every_day_comes_back(day):
    assert read("licences", "from_day", as_text(day)) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_local_date_is_read_only_when_it_means_one_day(day):
    text = f"{day.day:02d}/{day.month:02d}/{day.year}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(InputError, match="this date can mean two days"):
            read("legs", "day", text)
    else:
        assert read("legs", "day", text) == day


@given(st.sampled_from(sorted(schema())), st.data())
def test_no_text_breaks_a_reader(table, data):
    column = data.draw(st.sampled_from(list(schema()[table].columns.values())))
    text = data.draw(st.text(min_size=1, max_size=20).filter(str.strip))
    value: object = text
    with suppress(InputError):
        value = parse_cell(column, text, "here")
    assert value is not None


def test_elements_say_yes_perhaps_and_no_for_each():
    assert element_truths("") == {}
    assert set(element_truths("none").values()) == {False}
    said = element_truths("Nd;?Dy")
    assert (said["Nd"], said["Dy"], said["Tb"], len(said)) == (True, None, False, 19)


@pytest.mark.parametrize(
    ("table", "column", "raw"),
    [
        ("shipments", "value", "9" * 40),
        ("shipments", "quantity", "0." + "0" * 30 + "1"),
        ("legs", "day", "9999-12-31"),
        ("legs", "day", "0001-01-01"),
    ],
)
def test_what_no_result_can_hold_is_out_of_reach(table, column, raw):
    with pytest.raises(InputError, match="out of reach"):
        parse_cell(schema()[table].columns[column], raw, "x")


def test_a_bound_may_lie_at_the_end_of_time():
    assert parse_cell(schema()["licences"].columns["to_day"], "9999-12-31", "x").year == 9999
