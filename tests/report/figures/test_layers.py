from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.figures.conftest import edge, random_chart

from xenotime.report.figures.chart import Chart, Node
from xenotime.report.figures.layers import depths, layers


@given(st.integers(1, 30), st.integers(0, 60), st.integers(0, 99))
def test_lines_run_down_and_no_row_is_too_wide(size, holdings, seed):
    chart = random_chart(size, holdings, seed)
    found = layers(chart, 5)
    assert sorted(found.rows) == sorted(node.id for node in chart.nodes)
    assert all(found.rows[e.owner] < found.rows[e.owned] for e in found.down)
    assert sorted((*found.down, *found.back), key=str) == sorted(chart.edges, key=str)
    rows = list(found.rows.values())
    assert max(rows.count(row) for row in rows) <= 5
    assert set(rows) == set(range(max(rows) + 1))


def test_one_line_of_a_ring_is_drawn_apart(ring):
    found = layers(ring, 5)
    assert [(e.owner, e.owned) for e in found.back] == [("two", "one")]


def test_a_counted_holding_is_never_the_one_that_closes_a_ring():
    nodes = tuple(Node(i, i, "clear", asked=i == "c") for i in "abc")
    chart = Chart(nodes, (edge("a", "b"), edge("b", "c"), edge("c", "a", counted=True)))
    assert [e.counted for e in layers(chart, 5).back] == [False]


def test_a_body_that_holds_itself_is_a_ring_of_its_own():
    chart = Chart((Node("a", "A", "clear", asked=True),), (edge("a", "a"),))
    assert layers(chart, 5).back == chart.edges


def test_listed_owners_stay_on_top_and_others_come_down_to_what_they_hold():
    states = {"top": "listed", "a": "restricted", "b": "restricted", "t": "restricted", "fund": "clear"}
    nodes = tuple(Node(i, i, s, asked=i == "t") for i, s in states.items())
    held = (edge("top", "a"), edge("a", "b"), edge("b", "t"), edge("fund", "t"), edge("top", "t"))
    assert dict(layers(Chart(nodes, held), 5).rows) == {"top": 0, "a": 1, "b": 2, "fund": 2, "t": 3}


def test_depth_is_the_shortest_way_to_the_asked_body(ring):
    assert depths(ring) == {"target": 0, "listed": 1, "two": 1, "one": 2}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_data_changes_nothing(seed):
    chart = random_chart(25, 50, seed)
    other = Chart(chart.nodes[::-1], chart.edges[::-1])
    assert dict(layers(other, 6).rows) == dict(layers(chart, 6).rows)
