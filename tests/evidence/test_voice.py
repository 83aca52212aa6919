from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xenotime.evidence.read import packaged
from xenotime.evidence.voice import KINDS, Reach, bound, expected, family, kind, reach, remark, who

BY_ID = {figure.id: figure for figure in packaged()}


@pytest.mark.parametrize(
    ("claim", "name", "sort"),
    [
        ("shares-017", "IEA", "official"),
        ("shares-019", "Goldman Sachs", "analyst"),
        ("shares-025", "Reuters", "press"),
        ("shares-037", "Nikkei and FerroAlloyNet", "press"),
        ("shares-035", "MP Materials in Forbes", "company"),
        ("shares-043", "Handapolon blog", "other"),
        ("shares-003", "USGS Mineral Commodity Summaries 2026 Data Release", "official"),
    ],
)
def test_the_sayer_is_named_and_sorted(claim, name, sort):
    assert (who(BY_ID[claim]), kind(BY_ID[claim])) == (name, sort)


def test_every_figure_has_a_sayer_and_a_kind():
    assert [f.id for f in packaged() if not who(f)] == []
    assert {kind(f) for f in packaged()} == set(KINDS)


def test_the_rest_of_a_note_stays():
    assert remark(BY_ID["shares-025"]) == "over 90"
    assert remark(BY_ID["shares-029"]).startswith("attributed to USGS")


def test_editions_are_one_family():
    assert {family(BY_ID[claim]) for claim in ("shares-003", "shares-004", "production-069")} == {"USGS"}


def number(value, low=None, high=None):
    ends = [None if end is None else Decimal(end) for end in (value, low, high)]
    return replace(BY_ID["shares-017"], value=ends[0], low=ends[1], high=ends[2])


def test_a_number_reaches_half_of_its_last_digit():
    assert reach(number("91")) == Reach(Decimal("90.5"), Decimal("91.5"))
    assert reach(number("91.3")) == Reach(Decimal("91.25"), Decimal("91.35"))
    assert reach(number("5", "4", "6")) == Reach(Decimal("3.5"), Decimal("6.5"))


def test_a_bound_is_open_on_its_other_side():
    assert (bound(number("90", "90")), reach(number("90", "90")).most) == ("over", None)
    assert (bound(number("60", None, "60")), reach(number("60", None, "60")).least) == ("up to", None)
    assert (bound(number("5", "5", "5")), bound(number("5", "4", "6"))) == ("point", "interval")
    assert bound(number(None)) == "gap"


def test_what_is_told_of_a_later_day_is_expected():
    assert expected(BY_ID["shares-020"])
    assert expected(replace(BY_ID["shares-017"], period="2030"))
    assert not expected(BY_ID["shares-017"])
