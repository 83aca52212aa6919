from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from xenotime.core.errors import BookError
from xenotime.evidence.parameter import Spread
from xenotime.evidence.read import figures
from xenotime.supply.world.inputs import RULES, cited, ends, factor, inputs, rivals
from xenotime.supply.world.read import table


def test_every_input_says_its_rule_and_ground(given):
    for row in table("inputs"):
        entry = given[row["name"]]
        assert entry.rule.partition(":")[0] in {*RULES, "level", "share"}
        assert entry.claims or entry.rule.startswith("assumed")
        assert entry.low <= entry.value <= entry.high


def test_sum_adds_the_claims(given):
    assert given["export.US"].value == 1283 + 585
    assert given["export.US"].claims == ("trade-026", "trade-027")


def test_input_of_claims_reads_the_claim(given):
    assert given["exports"].value == 15268


def test_factor_has_median_one_and_holds_nine_of_ten_in_the_interval():
    spread = factor("days", "days", 20.0, 30.0, 45.0)
    assert spread == Spread("lognormal", (1.0, math.log(45 / 20) / 3.29))
    assert factor("x", "", 0.0, 10.0, 20.0).numbers[1] == pytest.approx(math.log(20) / 3.29)


@pytest.mark.parametrize(
    "low_value_high", [(2.0, 1.0, 3.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 2.0), (0.0, 0.0, 1.0)]
)
def test_interval_that_is_none_is_refused(low_value_high):
    with pytest.raises(BookError, match="this interval cannot be a factor"):
        factor("x", "t", *low_value_high)


def test_ends_of_each_shape():
    assert ends(Spread("triangular", (1.0, 2.0, 5.0))) == (1.0, 2.0, 5.0)
    assert ends(Spread("point", (2.0,))) == (1.9, 2.0, 2.1)
    low, middle, high = ends(Spread("lognormal", (2.0, 0.1)))
    assert low * high == pytest.approx(middle**2)


def test_claim_that_is_not_there_is_refused():
    with pytest.raises(BookError, match="not there"):
        cited(("nothing-001",), {}, "here")
    assert inputs(figures())["yield"].claims == ("intensity-058",)


def own(figure, value, **other):
    """The user's own claim on what a packaged figure says."""
    return replace(figure, id="own-001", value=Decimal(value), low=None, high=None, **other)


def test_own_claim_joins_the_set_of_the_claims_it_competes_with(given):
    packaged = {figure.id: figure for figure in figures()}
    base = packaged[given["capacity.outside"].claims[0]]
    mine = own(base, 2 * int(base.value))
    joined = inputs((*figures(), mine))["capacity.outside"]
    assert joined.claims == (*given["capacity.outside"].claims, "own-001")
    assert joined.high >= 2 * given["capacity.outside"].value
    assert given["capacity.outside"].high < joined.high


def test_own_claim_on_something_else_joins_nothing():
    packaged = {figure.id: figure for figure in figures()}
    base = packaged["production-437"]
    for other in (
        own(base, 5, country="Atlantis"),
        own(base, 5, subject="Something else"),
        own(base, 5, unit="percent"),
        replace(base, id="own-001", value=None),
        replace(base, id="production-999"),
    ):
        assert rivals((base,), (*figures(), other)) == ()
    assert rivals((base,), (own(base, 5, unit="kg/yr"),)) == (own(base, 5, unit="kg/yr"),)
