"""The law's stretches of many kinds of movement, put together into a few lanes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from xenotime.report.supply.naming import country, goods
from xenotime.report.supply.timeline import Lane, Spell
from xenotime.report.words import Words
from xenotime.services.supply.results import Stretch

#: Lanes that are drawn; the rest are counted.
MOST = 8
_FREE = "not_controlled"

Pattern = tuple[tuple[str, object, object], ...]


def lanes(stretches: Sequence[Stretch], say: Words) -> tuple[tuple[Lane, ...], int]:
    """Lanes of movements that the law treats alike on every day, the most controlled first; and how many
    are left out."""
    routes: dict[tuple[str, str, str, str], list[Stretch]] = defaultdict(list)
    for one in stretches:
        routes[(one.good, one.origin, one.destination, one.buyer)].append(one)
    alike: dict[Pattern, list[list[Stretch]]] = defaultdict(list)
    for found in routes.values():
        merged = _merged(sorted(found, key=lambda s: s.first))
        alike[tuple((s.status, s.first, s.last) for s in merged)].append(merged)
    ranked = sorted(alike.values(), key=_rank)
    controlled = [same for same in ranked if any(s.status != _FREE for s in same[0])]
    shown = controlled[:MOST]
    free = [same for same in ranked if same not in controlled]
    made = [_lane(same, say) for same in shown]
    if free:
        made.append(_lane([merged for same in free for merged in same], say, rest=True))
    return tuple(made), len(controlled) - len(shown)


def _merged(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches of one route; those that follow each other under one status become one, most held kept."""
    kept: list[Stretch] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and last.status == one.status:
            kept[-1] = _joined(last, one)
        else:
            kept.append(one)
    return kept


def _joined(one: Stretch, two: Stretch) -> Stretch:
    more = two if two.held > one.held else one
    return Stretch(
        one.route, one.origin, one.destination, one.good, one.buyer, one.first, two.last, one.status,
        more.held, more.lead, more.refused, one.says, one.address,
    )  # fmt: skip


def _rank(same: list[list[Stretch]]) -> tuple[bool, int, str]:
    """Patterns with control first; among them those of most routes."""
    return all(s.status == _FREE for s in same[0]), -len(same), same[0][0].good


def _lane(same: list[list[Stretch]], say: Words, *, rest: bool = False) -> Lane:
    first = same[0]
    label = say("supply.other_goods") if rest else goods((m[0].good for m in same), say)
    ends = f"{_places((m[0].origin for m in same), say)} → {_places((m[0].destination for m in same), say)}"
    buyers = {m[0].buyer for m in same}
    note = ends if len(buyers) > 1 else f"{ends}, {say.maybe('buyer', buyers.pop())}"
    spells = tuple(Spell(s.status, s.first, s.last, s.held, f"{s.says} {s.address}".strip()) for s in first)
    return Lane(label, note, spells)


def _places(codes: Iterable[str], say: Words) -> str:
    found = list(dict.fromkeys(codes))
    return say("supply.places", n=len(found)) if len(found) > 3 else ", ".join(country(c, say) for c in found)
