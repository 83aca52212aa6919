from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.services.supply.leverage import leverage, sides

WORLD = {"CN", "US", "JP", "EU"}


@pytest.fixture(scope="module")
def found(toy):
    return leverage(toy.model, toy.scenario(), "CN", "EU", toy.asked, discount=0.0)


def test_the_side_whose_lines_stand_loses_their_value_added(found):
    # 100 cars a day of 1,000 USD, from the day the line stands to day 200, and what dearer magnets cost.
    assert found.b.lost.central == pytest.approx(100_000 * 150, rel=0.05)
    assert found.b.total.central == pytest.approx(found.b.lost.central + found.b.paid.central)
    assert found.b.total.central == pytest.approx(found.b.path.central[-1])


def test_the_other_side_loses_the_value_added_of_what_it_does_not_sell(found):
    # 100 kg of magnets a day at 50 USD, and 4 kg of oxide at 100 USD for them and 0 for Japan at rest.
    assert 0 < found.a.lost.central < 100 * 50 * 200 + 4 * 100 * 200
    assert found.a.sales.central == pytest.approx(100 * 60 * 200, rel=0.2)
    assert found.ratio.mean == pytest.approx(found.b.total.mean / found.a.total.mean)


def test_the_seller_loses_first_and_then_the_balance_lies_with_it_for_good(found):
    assert (found.chance, found.never) == (1.0, 0.0)
    assert (found.break_even.middle, found.fades.middle) == (0.0, None)
    assert found.bites.central == pytest.approx(56, abs=7)


def test_the_split_has_both_losses_as_outside_options(found):
    assert found.nash.surplus.central == pytest.approx(found.a.total.central + found.b.total.central)
    assert found.nash.transfer.central == pytest.approx((found.b.total.central - found.a.total.central) / 2)
    assert "Political cost" in found.apart


def test_losses_are_set_against_the_economies(found):
    # 272 days or so of 18.74 and 19.42 trillion USD a year: who loses less of what it has can wait longer.
    year = {"CN": 18.74e12, "EU": 19.42e12}
    for side in (found.a, found.b):
        assert side.burden.central == pytest.approx(
            side.total.central / (year[side.side] * found.horizon / 365)
        )
    one, two = found.a.burden.central, found.b.burden.central
    assert found.patience.central == pytest.approx(two / (one + two))


def test_the_seller_loses_the_market_that_it_does_not_serve(found):
    """It sold all magnets to Europe and all oxide to Japan; at the end it sells none."""
    assert found.a.market.central == pytest.approx(1.0, abs=0.01)
    assert found.b.market.central == 0.0


def test_the_horizon_ends_the_count(toy):
    short = leverage(toy.model, toy.scenario(), "CN", "EU", toy.asked, horizon=30, discount=0.0)
    assert (short.horizon, short.b.lost.central) == (30, pytest.approx(0.0, abs=1e-6))


def test_later_money_counts_less(toy, found):
    later = leverage(toy.model, toy.scenario(), "CN", "EU", toy.asked, discount=0.5)
    assert later.b.total.central < found.b.total.central


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("CN", "US", (("CN",), ("US",))),
        ("cn", "us+JP", (("CN",), ("US", "JP"))),
        ("CN", "REST", (("CN",), ("EU", "JP", "US"))),
        ("rest", "CN", (("EU", "JP", "US"), ("CN",))),
    ],
)
def test_a_side_is_a_country_several_or_the_rest(a, b, expected):
    assert sides(a, b, WORLD) == expected


@pytest.mark.parametrize(
    ("a", "b", "what"),
    [
        ("CN", "XX", "the world has no such side"),
        ("CN+US", "US", "a country stands on both sides"),
        ("REST", "REST", "only one side can be the rest"),
    ],
)
def test_sides_that_cannot_be_weighed(a, b, what):
    with pytest.raises(InputError) as caught:
        sides(a, b, WORLD)
    assert caught.value.problem.what == what


@pytest.mark.parametrize("share", [float("nan"), -0.1, 1.1])
def test_a_discount_is_a_share(toy, share):
    with pytest.raises(InputError) as caught:
        leverage(toy.model, toy.scenario(), "CN", "EU", toy.asked, discount=share)
    assert caught.value.problem.what == "this discount cannot be"
