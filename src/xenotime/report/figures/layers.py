"""Rows of a layered drawing: rings are cut, owners stand above what they own, wide layers are wrapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xenotime.report.figures.chart import Chart, Edge

Links = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Layers:
    """The row of every body (0 is on top), the edges that run down, and those that close a ring."""

    rows: Mapping[str, int]
    down: tuple[Edge, ...]
    back: tuple[Edge, ...]


def layers(chart: Chart, wide: int) -> Layers:
    """Rows of at most `wide` bodies; counted holdings never run up unless they form a ring themselves."""
    down, back = _cut(chart)
    owners, owned = links(down)
    order = _sorted(sorted(node.id for node in chart.nodes), owners, owned)
    ranks = _ranks(order, owners)
    held_up = _under_listed(order, owners, {n.id for n in chart.nodes if n.state == "listed"})
    _lower(order, ranks, owners, owned, held_up)
    return Layers(_wrap(order, ranks, owners, wide), down, back)


def links(edges: Iterable[Edge]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The owners of each body and what each body owns, each once, in the order of the edges."""
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    owned: dict[str, dict[str, None]] = defaultdict(dict)
    for edge in edges:
        owners[edge.owned][edge.owner] = None
        owned[edge.owner][edge.owned] = None
    return {k: list(v) for k, v in owners.items()}, {k: list(v) for k, v in owned.items()}


def _cut(chart: Chart) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Edges that form no ring, counted ones and those towards the asked body first; and the rest."""
    depth = depths(chart)
    far = len(chart.nodes) + 1

    def eager(edge: Edge) -> tuple[object, ...]:
        away = depth.get(edge.owner, far) <= depth.get(edge.owned, far)
        return (
            edge.counted is False,
            not edge.counted,
            away,
            depth.get(edge.owned, far),
            edge.owner,
            edge.owned,
            edge.text,
        )

    below: dict[str, set[str]] = defaultdict(set)
    down, back = [], []
    for edge in sorted(chart.edges, key=eager):
        if edge.owned in below[edge.owner]:
            down.append(edge)
        elif _reaches(below, edge.owned, edge.owner):
            back.append(edge)
        else:
            below[edge.owner].add(edge.owned)
            down.append(edge)
    return tuple(down), tuple(back)


def depths(chart: Chart) -> dict[str, int]:
    """How many holdings lie between each body and the asked one; bodies without a way are left out."""
    owners, _ = links(chart.edges)
    found = {node.id: 0 for node in chart.nodes if node.asked}
    edge = list(found)
    while edge:
        nearer = edge
        edge = []
        for one in nearer:
            for owner in owners.get(one, ()):
                if owner not in found:
                    found[owner] = found[one] + 1
                    edge.append(owner)
    return found


def _reaches(below: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        fresh = below.get(here, set()) - seen
        seen |= fresh
        waiting += fresh
    return False


def _sorted(ids: Sequence[str], owners: Links, owned: Links) -> list[str]:
    """Owners before what they own."""
    open_owners = {one: len(owners.get(one, ())) for one in ids}
    ready = [one for one in ids if not open_owners[one]]
    order = []
    while ready:
        here = ready.pop()
        order.append(here)
        for one in owned.get(here, ()):
            open_owners[one] -= 1
            if not open_owners[one]:
                ready.append(one)
    return order


def _ranks(order: Sequence[str], owners: Links) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for one in order:
        ranks[one] = max((ranks[owner] + 1 for owner in owners.get(one, ())), default=0)
    return ranks


def _under_listed(order: Sequence[str], owners: Links, listed: set[str]) -> set[str]:
    """Listed bodies without owners: they stay on top."""
    return {one for one in order if one in listed and not owners.get(one)}


def _lower(order: Sequence[str], ranks: dict[str, int], owners: Links, owned: Links, top: set[str]) -> None:
    """Move bodies down to what they own where that makes no more lines longer than shorter."""
    for one in reversed(order):
        held = owned.get(one, ())
        if held and one not in top and len(held) >= len(owners.get(one, ())):
            ranks[one] = min(ranks[x] for x in held) - 1


def _wrap(order: Sequence[str], ranks: Mapping[str, int], owners: Links, wide: int) -> dict[str, int]:
    """Ranks cut into rows; neighbours go to different rows of a rank, so that lines stay steep."""
    groups: dict[int, list[str]] = defaultdict(list)
    for one in order:
        groups[ranks[one]].append(one)
    rows: dict[str, int] = {}
    start = 0
    place: dict[str, float] = {}
    for rank in sorted(groups):
        group = groups[rank]
        at = {
            one: _middle([place[owner] for owner in owners.get(one, ()) if owner in place]) for one in group
        }
        group.sort(key=lambda one: (at[one], one))
        parts = -(-len(group) // wide)
        for number, one in enumerate(group):
            rows[one] = start + number % parts
            place[one] = (number + 0.5) / len(group)
        start += parts
    return rows


def _middle(places: Sequence[float]) -> float:
    return sum(places) / len(places) if places else 0.5
