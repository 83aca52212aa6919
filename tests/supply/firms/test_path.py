from __future__ import annotations

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.supply.firms.network import build
from xenotime.supply.firms.path import Cut, Habits, walk, walks

RATHER = 1e-5


def test_rest_stays_rest(town):
    path = walk(build(*town(300, 2500, 12)), 200)
    assert path.output == pytest.approx(np.ones(200), abs=RATHER)
    assert path.got == pytest.approx(np.ones(200), abs=RATHER)
    assert path.lost == pytest.approx(np.zeros(300), abs=200 * RATHER)
    assert not path.standing.any()


def test_any_number_of_threads_gives_the_same_bits(town):
    firms = build(*town(300, 2500, 12))
    cuts = [Cut(3, 30, 0.7, range(0, 300, 7))]
    one, other = (walk(firms, 60, cuts, threads=threads) for threads in (1, 3))
    assert np.array_equal(one.output, other.output)
    assert np.array_equal(one.got, other.got)
    assert np.array_equal(one.lost, other.lost)


def test_paths_side_by_side_are_those_they_would_be_alone(town):
    firms = build(*town(200, 1500, 8))
    cuts = [[], *([Cut(2 + n, 20 + 3 * n, 0.1 * n, range(n, 200, 9))] for n in range(1, 7))]
    alone = [walk(firms, 60, some) for some in cuts]
    for width, threads in ((1, 1), (3, 2), (16, 1)):
        together = walks(firms, 60, cuts, width=width, threads=threads)
        for one, other in zip(alone, together, strict=True):
            assert np.array_equal(one.output, other.output)
            assert np.array_equal(one.got, other.got)
            assert np.array_equal(one.standing, other.standing)
            assert np.array_equal(one.lost, other.lost)


@pytest.mark.parametrize("habits", [Habits(), Habits(gap=5), Habits(spare=0.05), Habits(ready=5)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_output_comes_back_after_sixty_days_of_a_deep_cut(town, habits, seed):
    """60 days, 60 % of one industry, 20 stock days: a known peer never recovers from it."""
    given, table = town(400, 4000, 10, seed)
    hit = [n for n, sector in enumerate(given.sectors) if sector == "s01"]
    path = walk(build(given, table), 251, [Cut(10, 70, 0.6, hit)], habits)
    assert path.output[10:70].min() < 0.9  # it was a cut
    assert path.output[250] > 0.95


def test_all_firms_at_once_fall_to_what_the_cut_leaves(network):
    firms = network({"a": "x"}, [], revenue={"a": 365.0})
    path = walk(firms, 12, [Cut(2, 10, 0.6, [0])], Habits(spare=0.0, ready=1.0, gap=10.0))
    assert path.output[[0, 1, 2, 9, 10]] == pytest.approx([1, 1, 0.4, 0.4, 1.0])
    # One day of ready goods covers 0.6 a day for 1 2/3 days.
    assert path.got[[2, 3, 4]] == pytest.approx([1, 0.4 + 0.4, 0.4])


def test_a_line_stops_on_the_day_its_critical_stock_is_used_up(network, kinds):
    """The supplier stands from day 4 on; with a day of its ready goods, 6 stock days last to day 10."""
    table = kinds(["x", "y"], x_y=2)
    firms = network({"a": "x", "b": "y"}, [("a", "b", 365)], table, revenue={"a": 365.0, "b": 730.0})
    path = walk(firms, 30, [Cut(4, 99, 1.0, [0])], Habits(stock=6, ready=1e-6, gap=1e6, spare=0.0))
    stands = np.flatnonzero(path.standing >= 2)
    assert stands[0] == 4 + 1 + 6  # what it sold on day 3 came on day 4
    assert path.standing[[3, 4, 10]].tolist() == [0, 1, 1]


@pytest.mark.parametrize(("kind", "left"), [(2, 0.0), (1, 0.5), (0, 1.0)])
def test_an_input_bears_by_its_kind(network, kinds, kind, left):
    table = kinds(["x", "y"], x_y=kind)
    firms = network({"a": "x", "b": "y"}, [("a", "b", 365)], table, revenue={"a": 365.0, "b": 730.0})
    path = walk(firms, 60, [Cut(0, 99, 1.0, [0])], Habits(stock=6, spare=0.0))
    assert path.output[-1] == pytest.approx(left * 2 / 3, abs=RATHER)


def test_suppliers_of_one_product_replace_each_other(network, kinds):
    """Two makers of x, each with as much to spare again: b loses one of them and still works."""
    table = kinds(["x", "y"], x_y=2)
    firms = {"a1": "x", "a2": "x", "b": "y"}
    links = [("a1", "b", 100.0), ("a2", "b", 100.0)]
    made = network(firms, links, table, revenue={"a1": 100.0, "a2": 100.0, "b": 400.0})
    path = walk(made, 400, [Cut(0, 400, 1.0, [0])], Habits(spare=1.0))
    assert path.output[-1] == pytest.approx((0 + 200 + 400) / 600, abs=0.01)
    alone = walk(made, 400, [Cut(0, 400, 1.0, [0])], Habits(spare=0.0))
    assert alone.output[-1] == pytest.approx((0 + 100 + 200) / 600, abs=0.01)


def test_cuts_that_overlap_multiply_and_end_apart(network):
    firms = network({"a": "x"}, [], revenue={"a": 365.0})
    cuts = [Cut(1, 4, 0.5, [0]), Cut(2, 3, 0.5, [0])]
    path = walk(firms, 6, cuts, Habits(spare=0.0, ready=1e-9))
    assert path.output == pytest.approx([1, 0.5, 0.25, 0.5, 1, 1])


@pytest.mark.parametrize(
    "cut", [Cut(0, 5, 1.5, [0]), Cut(0, 5, -0.1, [0]), Cut(5, 5, 0.5, [0]), Cut(-1, 5, 0.5, [0]),
            Cut(0, 5, 0.5), Cut(0, 5, 0.5, [1])],
)  # fmt: skip
def test_a_cut_that_cannot_be_is_refused(network, cut):
    with pytest.raises(InputError) as refused:
        walk(network({"a": "x"}, []), 9, [cut])
    assert refused.value.problem.where == f"the cut from day {cut.first} to {cut.last}"


def test_habits_without_days_are_refused(network):
    with pytest.raises(InputError) as refused:
        walk(network({"a": "x"}, []), 9, habits=Habits(gap=0))
    assert refused.value.problem.found == "20.0, 2.0, 0, 0.1"
