"""US-origin content, counted part by part as Supplement No. 2 to part 734 counts it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xenotime.content.bounds import UNKNOWN, Bounds, point
from xenotime.content.minimis import (
    LEFT_OUT,
    Part,
    ex_factory,
    market_value,
    minimis_facts,
    parse_groups,
    parse_kinds,
    reckon,
)
from xenotime.core.errors import BookError
from xenotime.law.read import packaged

GROUPS = parse_groups(packaged("us/groups.toml"))
KINDS = parse_kinds(packaged("us/minimis.toml"), GROUPS, "us/minimis.toml")
HUNDRED = point(Fraction(100))


def counts(to, **given):
    """Whether one part of value 10 counts, and the article that says so."""
    part = Part("x", **{"kind": "listed", "paid": point(Fraction(10)), **given})
    found = reckon([part], HUNDRED, to, KINDS).parts[0]
    return found.counts, found.article.rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("kind", "answers"),
    [  # to Iran, Cuba, North Korea, Syria, China, Hong Kong, Macau, Russia, Germany
        ("listed", [True, True, True, True, None, None, None, None, None]),
        ("at_only", [True, None, True, True, False, False, False, False, False]),
        ("ear99", [False, None, True, True, False, False, False, False, False]),
        ("food_or_medicine", [False] * 9),
        ("600_series", [True] * 9),
        ("600_series_y", [True, True, True, True, True, True, False, True, False]),
    ],
)
def test_each_kind_counts_where_the_guideline_says(kind, answers):
    places = ("IR", "CU", "KP", "SY", "CN", "HK", "MO", "RU", "DE")
    assert [counts(to, kind=kind)[0] for to in places] == answers
    unsaid = {"600_series": True, "food_or_medicine": False}
    assert counts(None, kind=kind)[0] is unsaid.get(kind)


def test_the_exporter_classifies_what_the_table_leaves_to_him():
    assert counts("DE", needs_licence=True) == (True, "supp2-3")
    assert counts("DE", needs_licence=False) == (False, "supp2-3")
    assert counts("KP", kind="food_or_medicine", needs_licence=True) == (False, "supp2-3")


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_what_goes_without_a_licence_is_left_out(reason):
    assert counts("IR", needs_licence=True, left_out=reason) == (False, LEFT_OUT[reason].rsplit("/", 1)[1])


def test_software_counts_when_it_is_bundled_and_mild():
    mild = {"kind": "ear99", "form": "software"}
    assert counts("KP", **mild, shipped_with=True, configured=True) == (True, "supp2-3")
    assert counts("KP", **mild, shipped_with=False, configured=True) == (False, "supp2-7")
    assert counts("KP", **mild, shipped_with=True, configured=False) == (False, "supp2-7")
    assert counts("KP", **mild, shipped_with=True, configured=None) == (None, "supp2-7")
    assert counts("IR", form="software", shipped_with=True, configured=True, needs_licence=True) == (
        False,
        "supp2-7",
    )
    assert counts("IR", form="technology", needs_licence=True) == (False, "supp2-7")


@pytest.mark.parametrize(
    ("discrete", "complete", "counted"),
    [
        *[(True, True, False), (True, False, True), (False, True, True), (False, None, True)],
        *[(True, None, None), (None, True, None), (None, False, True)],
    ],
)
def test_a_discrete_product_that_is_finished_takes_its_parts_out(discrete, complete, counted):
    given = {"within": "gear", "discrete": discrete, "complete": complete, "needs_licence": True}
    assert counts("IR", **given)[0] is counted


def test_between_affiliates_the_market_price_counts():
    sixty, hundred = point(Fraction(60)), point(Fraction(100))
    assert market_value(Part("x", "listed", sixty, hundred, affiliate=False)) == sixty
    assert market_value(Part("x", "listed", sixty, hundred, affiliate=True)) == hundred
    assert market_value(Part("x", "listed", sixty, None, affiliate=True)) == UNKNOWN
    assert market_value(Part("x", "listed", sixty, hundred, affiliate=None)) == Bounds(
        Fraction(60), Fraction(100)
    )
    assert market_value(Part("x", "listed", sixty, None, affiliate=None)) == UNKNOWN


def test_the_price_is_without_vat():
    five, one = point(Fraction(500)), point(Fraction(100))
    assert ex_factory(five, one) == point(Fraction(400))
    assert ex_factory(five) == five
    assert ex_factory(five, UNKNOWN) == Bounds(Fraction(0), Fraction(500))
    assert ex_factory(one, five) == Bounds(Fraction(0), Fraction(0))
    assert ex_factory(UNKNOWN, one) == UNKNOWN


def test_what_may_count_is_in_the_high_end_only():
    parts = [
        Part("sure", "listed", point(Fraction(9)), needs_licence=True),
        Part("perhaps", "listed", point(Fraction(2))),
        Part("out", "at_only", point(Fraction(50))),
    ]
    found = reckon(parts, HUNDRED, "DE", KINDS)
    assert (found.content, found.share) == (
        Bounds(Fraction(9), Fraction(11)),
        Bounds(Fraction(9, 100), Fraction(11, 100)),
    )
    assert minimis_facts(found) == {
        "us_content": (90_000, 110_000),
        "us_item_value": (1_000_000, 1_000_000),
        "us_600_content": False,
        "us_600y_content": False,
        "us_separate": False,
    }


def test_a_price_that_nobody_states_leaves_the_share_open():
    part = Part("x", "listed", point(Fraction(9)), needs_licence=True)
    found = reckon([part], UNKNOWN, "DE", KINDS)
    assert (found.share, minimis_facts(found)["us_item_value"]) == (Bounds(Fraction(0), None), (0, None))
    assert reckon([], UNKNOWN, "DE", KINDS).share == Bounds(Fraction(0), Fraction(0))


def test_money_is_rounded_outwards_only_beyond_ten_thousandths():
    third = Part("x", "listed", point(Fraction(1, 3)), needs_licence=True)
    assert minimis_facts(reckon([third], HUNDRED, "DE", KINDS))["us_content"] == (3333, 3334)


def test_kinds_that_are_built_in_are_told_even_where_they_do_not_count():
    y = Part("y", "600_series_y", point(Fraction(1)))
    gone = Part("z", "600_series", point(Fraction(1)), within="gear", discrete=True, complete=True)
    found = reckon([y, gone], HUNDRED, "DE", KINDS)
    assert (found.holds("600_series_y"), found.holds("600_series")) == (True, False)
    assert [c.counts for c in found.parts] == [False, False]


def test_a_kind_must_say_how_it_counts():
    with pytest.raises(BookError) as raised:
        parse_kinds('[x]\ncounts = "perhaps"\narticle = "a"\n', GROUPS, "us/minimis.toml")
    assert (raised.value.problem.where, raised.value.problem.found) == ("us/minimis.toml, [x]", "'perhaps'")
