from __future__ import annotations

import math

import pytest

from xenotime.core.errors import BookError
from xenotime.evidence.parameter import Spread
from xenotime.evidence.read import figures
from xenotime.supply.world.inputs import RULES, cited, ends, factor, inputs
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
