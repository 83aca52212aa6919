from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.scenario.fields import day, items, number, several, truth, whole, word
from xenotime.supply.scenario.plain import Entry


def entry(value):
    return Entry(value, "x.yaml, line 3")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0.76", "share", 0.76),
        ("76 %", "share", 0.76),
        ("76%", "share", 0.76),
        ("45 working days", "days", 63.0),
        ("9 weeks", "days", 63.0),
        ("2 years", "days", 730.5),
        ("110 USD/kg", "price", 110.0),
        ("20000 USD/t", "price", 20.0),
        ("3 t", "mass", 3000.0),
        ("-5 %", "factor", -0.05),
    ],
)
def test_a_number_is_read_in_the_unit_of_the_model(text, kind, value):
    assert number(entry(text), kind, "it", -10.0) == value


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("many", "days", "it is not a number"),
        ("1e3", "days", "it is not a number"),
        ("nan", "share", "it is not a number"),
        ("inf", "share", "it is not a number"),
        ("\u0666\u0660", "days", "it is not a number"),
        ("60 days", "share", "the unit of it does not fit"),
        ("110", "price", "it lacks its unit"),
        ("110 EUR/kg", "price", "the unit of it does not fit"),
        ("2", "share", "it is out of reach"),
        ("-1 days", "days", "it is out of reach"),
        ("", "days", "it is not a text"),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused(text, kind, what):
    with pytest.raises(InputError) as caught:
        number(entry(text), kind, "it", 0.0, 1.0 if kind == "share" else float("inf"))
    told = caught.value.problem
    assert (told.what, told.where, told.found) == (what, "x.yaml, line 3", repr(text))


def test_a_whole_number_of_days_may_be_said_in_months():
    assert (whole(entry("6 months"), "days", "it"), whole(entry("12"), "count", "it")) == (183, 12)
    with pytest.raises(InputError) as caught:
        whole(entry("1.5"), "count", "it")
    assert caught.value.problem.what == "it is not a whole number"


def test_days_and_truths_are_read_strictly():
    assert (day(entry("2025-04-04"), "it"), truth(entry("no"), "it"), truth(entry("yes"), "it")) == (
        date(2025, 4, 4),
        False,
        True,
    )
    for read, text in ((day, "20250404"), (day, "2025-4-4"), (truth, "1")):
        with pytest.raises(InputError):
            read(entry(text), "it")


@pytest.mark.parametrize("text", ["0001-01-01", "1989-12-31", "2150-01-01", "9999-12-31"])
def test_a_day_that_no_scenario_can_mean_is_refused(text):
    with pytest.raises(InputError) as caught:
        day(entry(text), "it")
    assert (caught.value.problem.what, caught.value.problem.expected) == (
        "it is out of reach",
        "a day from 1990-01-01 to 2149-12-31",
    )


def test_a_word_outside_the_list_names_the_nearest():
    assert word(entry("anything"), None, "good") == "anything"
    with pytest.raises(InputError) as caught:
        word(entry("oxyde/Dy"), {"oxide/Dy", "metal/Dy"}, "good")
    assert caught.value.problem.next_step == "did you mean oxide/Dy?"


def test_one_word_stands_for_a_list_of_one():
    assert several(entry("US"), {"US"}, "country") == ("US",)
    assert (items(None, "it"), items(entry(""), "it")) == ((), ())
    with pytest.raises(InputError) as caught:
        items(entry({"a": entry("b")}), "it")
    assert caught.value.problem.found == "keys: a"
