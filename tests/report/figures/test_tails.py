from __future__ import annotations

from fractions import Fraction

from tests.report.figures.conftest import edge

from xenotime.report.figures.chart import Chart, Edge, Node
from xenotime.report.figures.tails import trimmed


def test_a_small_picture_stays_as_it_is(ring):
    assert trimmed(ring) is ring


def test_a_long_tail_becomes_one_body_with_its_sum(tail):
    found = trimmed(tail)
    others = [node for node in found.nodes if node.count > 1]
    assert [(node.count, node.state) for node in others] == [(37, "clear")]
    [held] = [e for e in found.edges if e.kind == "others"]
    assert (held.low, held.high, held.text) == (Fraction(37, 100), Fraction(37, 100), "37 %")
    assert len(found.nodes) == 2 + 3 + 1


def test_a_tail_with_an_unknown_share_has_no_upper_end(tail):
    edges = tuple(Edge(e.owner, e.owned, Fraction(0), None) if e.owner == "s07" else e for e in tail.edges)
    [held] = [e for e in trimmed(Chart(tail.nodes, edges)).edges if e.kind == "others"]
    assert held.high is None


def test_who_counts_or_holds_more_than_one_is_never_folded(tail):
    other = Node("other", "Other", "clear")
    edges = (*tail.edges, Edge("s01", "other", Fraction(1, 9), Fraction(1, 9)))
    found = trimmed(Chart((*tail.nodes, other), edges))
    assert {"listed", "s01", "target"} <= {node.id for node in found.nodes}


def test_beyond_the_most_the_picture_grows_outwards_along_what_counts():
    nodes = tuple(Node(f"n{i:03}", str(i), "clear", asked=i == 0) for i in range(400))
    held = tuple(edge(f"n{i:03}", f"n{(i - 1) // 2:03}", counted=i % 2 == 1) for i in range(1, 400))
    found = trimmed(Chart(nodes, held), most=20)
    kept = {node.id for node in found.nodes}
    assert (len(kept), found.left_out) == (20, 380)
    assert {"n000", "n001", "n003", "n007", "n015", "n031", "n063", "n127", "n255"} <= kept
    assert {e.owner for e in found.edges} == kept - {"n000"}
