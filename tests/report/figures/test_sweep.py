from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.figures.conftest import edge, random_chart

from xenotime.report.figures.layers import layers
from xenotime.report.figures.sweep import chain, crossings, net, places, settle


def drawn(size, holdings, seed):
    found = layers(random_chart(size, holdings, seed), 6)
    return net(found.rows, found.down)


def test_a_long_line_passes_every_row_between():
    assert chain(edge("a", "b"), {"a": 0, "b": 3}) == ["a", ("b", 1), ("b", 2), "b"]


def test_two_long_lines_to_one_body_join():
    rows = {"a": 0, "b": 0, "c": 2}
    graph = net(rows, [edge("a", "c"), edge("b", "c")])
    assert graph.rows == [["a", "b"], [("c", 1)], ["c"]]


def test_a_plain_crossing_is_undone():
    graph = net({"a": 0, "b": 0, "c": 1, "d": 1}, [edge("a", "d"), edge("b", "c")])
    before = crossings(graph)
    settle(graph)
    assert (before, crossings(graph)) == (1, 0)


@given(st.integers(1, 30), st.integers(0, 50), st.integers(0, 99))
def test_sweeps_never_make_it_worse_and_lose_nobody(size, holdings, seed):
    graph = drawn(size, holdings, seed)
    before, members = crossings(graph), [set(row) for row in graph.rows]
    settle(graph)
    assert crossings(graph) <= before
    assert [set(row) for row in graph.rows] == members


@given(st.integers(1, 30), st.integers(0, 50), st.integers(0, 99))
def test_boxes_keep_their_order_and_their_distance(size, holdings, seed):
    graph = drawn(size, holdings, seed)
    settle(graph)
    wide = {spot: 100.0 if isinstance(spot, str) else 12.0 for row in graph.rows for spot in row}
    at = places(graph, wide, 20.0)
    for row in graph.rows:
        boxes = [spot for spot in row if isinstance(spot, str)]
        gaps = [at[b] - at[a] for a, b in pairwise(boxes)]
        assert all(gap > 119.999 for gap in gaps)
    assert min(at[spot] - wide[spot] / 2 for spot in at) == pytest.approx(0)
