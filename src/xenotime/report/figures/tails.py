"""A large ownership picture cut down to what can be read: small holders folded, far bodies left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from heapq import heappop, heappush

from xenotime.report.figures.chart import STATES, Chart, Edge, Node

#: From this many bodies on, small holders are folded; no more bodies than `MOST` are drawn.
LARGE, MOST = 40, 200
#: How many uncounted holders of one company stay as they are.
_KEPT = 3


def trimmed(chart: Chart, *, large: int = LARGE, most: int = MOST) -> Chart:
    """The chart with at most `most` bodies: tails folded when there are more than `large`."""
    if len(chart.nodes) <= large:
        return chart
    return _nearest(_folded(chart), most)


def _folded(chart: Chart) -> Chart:
    """Of many uncounted holders with no other part in the picture, the smaller ones become one body."""
    tails = _tails(chart)
    gone = {edge.owner: owned for owned, edges in tails.items() for edge in edges}
    nodes = [node for node in chart.nodes if node.id not in gone]
    edges = [edge for edge in chart.edges if edge.owner not in gone]
    for owned, small in sorted(tails.items()):
        whole = _together(owned, small)
        nodes.append(Node(whole.owner, "", "clear", whole.text, count=len(small)))
        edges.append(whole)
    return replace(chart, nodes=tuple(nodes), edges=tuple(edges))


def _together(owned: str, small: Sequence[Edge]) -> Edge:
    low = sum((edge.low for edge in small), Fraction(0))
    tops = [edge.high for edge in small]
    known = [top for top in tops if top is not None]
    high = min(sum(known, Fraction(0)), Fraction(1)) if len(known) == len(tops) else None
    return Edge(f"{owned}\0others", owned, low, high, kind="others")


def _tails(chart: Chart) -> dict[str, list[Edge]]:
    """Per company, the holdings of its small holders: clear, unowned, owning nothing else."""
    ends = [edge.owner for edge in chart.edges] + [edge.owned for edge in chart.edges]
    times = Counter(ends)
    plain = {n.id for n in chart.nodes if n.state == "clear" and not n.asked and times.get(n.id) == 1}
    tails: dict[str, list[Edge]] = defaultdict(list)
    for edge in chart.edges:
        if edge.owner in plain and edge.counted is False:
            tails[edge.owned].append(edge)
    ranked = {
        owned: sorted(edges, key=lambda e: (-(e.low if e.high is None else e.high), e.owner))[_KEPT:]
        for owned, edges in tails.items()
    }
    return {owned: small for owned, small in ranked.items() if len(small) > 1}


def _nearest(chart: Chart, most: int) -> Chart:
    """The bodies that matter most: outwards from the asked one, what counts before what does not."""
    if len(chart.nodes) <= most:
        return chart
    kept = _grown(chart, most)
    return Chart(
        tuple(node for node in chart.nodes if node.id in kept),
        tuple(edge for edge in chart.edges if edge.owner in kept and edge.owned in kept),
        chart.left_out + sum(node.count for node in chart.nodes if node.id not in kept),
    )


def _grown(chart: Chart, most: int) -> set[str]:
    """At most so many bodies, each joined to the asked one by others that are kept."""
    state = {node.id: STATES.index(node.state) for node in chart.nodes}
    into: dict[str, list[Edge]] = defaultdict(list)
    for edge in chart.edges:
        into[edge.owned].append(edge)
    kept: set[str] = set()
    waiting = [(False, 0, 0, node.id) for node in chart.nodes if node.asked]
    while waiting and len(kept) < most:
        _, depth, _, here = heappop(waiting)
        if here in kept:
            continue
        kept.add(here)
        for edge in into[here]:
            if edge.owner not in kept:
                heappush(waiting, (edge.counted is False, depth + 1, state[edge.owner], edge.owner))
    return kept
