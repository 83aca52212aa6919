from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.evidence.draw import MOST, chances, draw, quantile
from xenotime.evidence.parameter import Parameter, Spread

SPREADS = [
    Spread("point", (4.0,)),
    Spread("uniform", (10.0, 20.0)),
    Spread("triangular", (4.0, 5.0, 9.0)),
    Spread("triangular", (4.0, 4.0, 9.0)),
    Spread("triangular", (4.0, 9.0, 9.0)),
    Spread("lognormal", (45.0, 0.4)),
    Spread("mixture", (92.0, 4.0, 85.0, 1.0, 90.0, 3.0)),
]


def named(spread, name):
    return Parameter(name, "days", spread, (), "assumed for a test", "test")


EVERY = [named(spread, f"input-{n}") for n, spread in enumerate(SPREADS)]


def test_draw_nought_is_the_median_of_every_input():
    middle = 9 - np.sqrt(0.5 * 5 * 4)
    values = draw(EVERY, 7, 0, 1)[:, 0]
    assert values == pytest.approx([4, 15, middle, 9 - np.sqrt(0.5) * 5, 4 + np.sqrt(0.5) * 5, 45, 90])


def test_the_same_seed_gives_the_same_numbers_for_ever():
    found = [one.hex() for one in chances("licence.lead", 20250404, 0, 4).tolist()]
    assert found == [
        "0x1.0000000000000p-1",
        "0x1.43a15663e0dcfp-1",
        "0x1.aefb46d1fb19ep-2",
        "0x1.23ceb63f19517p-1",
    ]


@given(
    st.integers(0, 2**63 - 1),
    st.integers(0, 10_000),
    st.lists(st.integers(1, 40), min_size=1, max_size=6),
)
def test_batches_change_nothing(seed, first, cuts):
    whole = draw(EVERY, seed, first, sum(cuts))
    starts = [first + sum(cuts[:n]) for n in range(len(cuts))]
    parts = [draw(EVERY, seed, start, count) for start, count in zip(starts, cuts, strict=True)]
    assert np.array_equal(whole, np.concatenate(parts, axis=1))


@given(st.permutations(EVERY))
def test_order_and_company_change_nothing(order):
    alone = {p.name: draw([p], 3, 5, 8)[0] for p in EVERY}
    for parameter, values in zip(order, draw(order, 3, 5, 8), strict=True):
        assert np.array_equal(values, alone[parameter.name])


def test_seeds_and_names_part_the_streams():
    one = chances("a", 1, 1, 500)
    assert abs(np.corrcoef(one, chances("a", 2, 1, 500))[0, 1]) < 0.15
    assert abs(np.corrcoef(one, chances("b", 1, 1, 500))[0, 1]) < 0.15
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.15


def test_chances_fill_nought_to_one_evenly():
    found = np.sort(chances("even", 11, 1, 20_000))
    assert (found[0] > 0, found[-1] < 1) == (True, True)
    assert np.abs(found - (np.arange(20_000) + 0.5) / 20_000).max() < 1.63 / np.sqrt(20_000)


@pytest.mark.parametrize("spread", SPREADS, ids=lambda spread: spread.shape)
def test_values_rise_with_their_chance(spread):
    values = quantile(spread, np.linspace(0.001, 0.999, 999))
    assert (np.diff(values) >= 0).all()


@pytest.mark.parametrize("spread", SPREADS[2:5], ids=str)
def test_a_triangle_has_the_mass_its_corners_say(spread):
    low, mode, high = spread.numbers
    at = np.linspace(low, high, 41)[1:-1]
    below = np.where(
        at < mode,
        (at - low) ** 2 / ((high - low) * max(mode - low, 1e-300)),
        1 - (high - at) ** 2 / ((high - low) * max(high - mode, 1e-300)),
    )
    assert quantile(spread, below) == pytest.approx(at)


def test_a_lognormal_has_its_known_quantiles():
    found = quantile(Spread("lognormal", (45.0, 0.4)), np.array([0.15865525393145707, 0.5, 0.975]))
    assert found == pytest.approx([45 * np.exp(-0.4), 45.0, 45 * np.exp(0.4 * 1.959963984540054)])


def test_a_mixture_draws_each_value_as_often_as_its_weight():
    values = draw([named(SPREADS[6], "rivals")], 5, 1, 40_000)[0]
    shares = [(values == value).mean() for value in (85.0, 90.0, 92.0)]
    assert shares == pytest.approx([1 / 8, 3 / 8, 4 / 8], abs=0.01)


def test_a_value_of_no_weight_is_never_drawn():
    values = quantile(Spread("mixture", (1.0, 0.0, 2.0, 1.0, 3.0, 0.0)), np.linspace(1e-9, 1 - 1e-9, 1001))
    assert np.unique(values).tolist() == [2.0]


def test_a_distribution_with_no_mass_is_refused_by_name():
    with pytest.raises(InputError) as refused:
        draw([named(Spread("uniform", (1.0, 1.0)), "cover.lean")], 1, 0, 2)
    assert refused.value.problem.where == "cover.lean"


def test_two_inputs_of_one_name_are_refused():
    with pytest.raises(InputError, match="two inputs bear one name"):
        draw([EVERY[0], EVERY[0]], 1, 0, 2)


@pytest.mark.parametrize(
    ("seed", "first", "count"), [(-1, 0, 1), (1, -1, 1), (1, 0, -1), (MOST, 0, 1), (1, MOST, 1)]
)
def test_seeds_and_draws_out_of_range_are_refused(seed, first, count):
    with pytest.raises(InputError, match="is out of range"):
        draw(EVERY, seed, first, count)


def test_no_draws_are_no_values():
    assert draw(EVERY, 1, 0, 0).shape == (len(EVERY), 0)
    assert draw([], 1, 0, 3).shape == (0, 3)


def test_another_process_draws_the_same():
    code = (
        "from xenotime.evidence.draw import chances;"
        "print([one.hex() for one in chances('licence.lead', 42, 3, 5).tolist()])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == str([one.hex() for one in chances("licence.lead", 42, 3, 5).tolist()])
