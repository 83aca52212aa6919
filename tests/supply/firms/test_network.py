from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.supply.firms.network import build


def test_both_ways_hold_the_same_links(town):
    given, table = town(50, 300, 5)
    firms = build(given, table)
    row = np.repeat(np.arange(50), np.diff(firms.start))
    column = np.repeat(np.arange(50), np.diff(firms.begin))
    down = dict(zip(zip(firms.supplier.tolist(), row.tolist(), strict=True), firms.value, strict=True))
    up = dict(zip(zip(column.tolist(), firms.buyer.tolist(), strict=True), firms.sold, strict=True))
    assert down == up
    assert firms.links == len(down)
    assert sum(down.values()) == pytest.approx(given.value.sum())


def test_those_with_most_buyers_come_first(network):
    firms = network({"a": "x", "b": "x", "c": "y"}, [("c", "a", 1), ("c", "b", 1), ("b", "a", 1)])
    assert firms.place.tolist() == [2, 1, 0]


def test_several_links_of_a_pair_are_one(network):
    firms = network({"a": "x", "b": "y"}, [("a", "b", 1), ("a", "b", 2), ("a", "a", 4)])
    assert sorted(firms.value.tolist()) == [3, 4]
    assert firms.sales[firms.place].tolist() == [7, 0]
    assert firms.bought[firms.place].tolist() == [4, 3]


def test_a_total_that_is_not_given_is_that_of_the_links(network):
    firms = network({"a": "x", "b": "y"}, [("a", "b", 5)], revenue={"a": 8.0}, cost={})
    assert firms.revenue[firms.place].tolist() == [8, 0]
    assert firms.cost[firms.place].tolist() == [0, 5]


def test_the_kind_of_a_link_comes_from_its_sectors(network, kinds):
    table = kinds(["x", "y", "unused"], x_y=2, y_x=0)
    firms = network({"a": "x", "b": "y"}, [("a", "b", 5), ("b", "a", 5), ("b", "b", 1)], table)
    found = dict(
        zip(
            zip(firms.supplier[:], np.repeat([0, 1], np.diff(firms.start)), strict=True),
            firms.kind,
            strict=True,
        )
    )
    a, b = firms.place
    assert found == {(a, b): 2, (b, a): 0, (b, b): 1}


@pytest.mark.parametrize(
    ("change", "what", "found"),
    [
        ({"names": ["a", "a", "c"]}, "a firm is there twice", "a"),
        ({"names": [], "sectors": []}, "the network has no firms", "none"),
        ({"value": np.array([1.0, -2.0])}, "the value of a link is not above 0", "-2.0 from b to c"),
        ({"value": np.array([1.0, 0.0])}, "the value of a link is not above 0", "0.0 from b to c"),
        ({"value": np.array([np.nan, 1.0])}, "the value of a link is not above 0", "nan from a to b"),
        ({"value": np.array([np.inf, 1.0])}, "the value of a link is too large", "inf from a to b"),
        ({"buyer": np.array([1, 3])}, "a link names a firm that is not there", "3"),
        ({"sectors": ["x", "y", "z"]}, "a sector of a firm has no row in the essential matrix", "z"),
        ({"revenue": np.array([0.5, 5, 5])}, "the revenue of a firm is below the sum of its links", "0.50"),
        ({"cost": np.array([0, 0.5, 5])}, "the cost of a firm is below the sum of its links", "0.50"),
    ],
)
def test_what_cannot_be_a_network_is_refused(town, kinds, change, what, found):
    given, _ = town(3, 1, 1)
    sound = replace(
        given,
        names=["a", "b", "c"],
        sectors=["x", "y", "y"],
        supplier=np.array([0, 1]),
        buyer=np.array([1, 2]),
        value=np.array([1.0, 2.0]),
        revenue=None,
    )
    build(sound, kinds(["x", "y"]))
    with pytest.raises(InputError) as refused:
        build(replace(sound, **change), kinds(["x", "y"]))
    problem = refused.value.problem
    assert (problem.what, problem.found) == (what, found)
    assert all((problem.where, problem.expected, problem.next_step))
