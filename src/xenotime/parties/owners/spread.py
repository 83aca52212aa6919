"""Who is caught: the least set that holds the owners on a list and every company this set holds enough of.

Rounds are whole: what is caught in a round counts as an owner in the next one, so a tier is the least
number of rounds. The start is empty but for the listed, so a ring of owners catches nobody by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from xenotime.core.truth import Truth
from xenotime.parties.owners.result import Spread
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.parties.owners.standing import Standing, Tie, highest, lowest

Sum = Callable[[Iterable[Tie], Mapping[str, int]], Fraction]


def spreads(
    rule: OwnershipRule,
    scene: Standing,
    people: Mapping[str, None],
    listed: Mapping[str, Truth],
    listings: Mapping[str, Iterable[Listing]],
) -> tuple[Spread, ...]:
    """The groups of owners under the rule, each with what it catches for certain and possibly."""
    owned = owned_by(scene, people)
    return tuple(
        Spread(
            name,
            _spread(rule, scene, owned, sure, certain=True),
            _spread(rule, scene, owned, maybe, certain=False),
        )
        for name, sure, maybe in _groups(rule, people, listed, listings)
    )


def owned_by(scene: Standing, people: Iterable[str]) -> dict[str, list[str]]:
    """Per owner the people it holds shares of; "" is an owner that nobody named."""
    owned: dict[str, dict[str, None]] = defaultdict(dict)
    for person in people:
        for tie in scene.ties.get(person, ()):
            if tie.kind == "share":
                owned[tie.owner][person] = None
    return {owner: list(found) for owner, found in owned.items()}


def _groups(
    rule: OwnershipRule,
    people: Mapping[str, None],
    listed: Mapping[str, Truth],
    listings: Mapping[str, Iterable[Listing]],
) -> list[tuple[str, list[str], list[str]]]:
    sure = [p for p in people if listed[p]]
    maybe = [p for p in people if listed[p] is not False]
    if rule.aggregate == "all":
        return [("", sure, maybe)]
    if rule.aggregate == "per_owner":
        return [(p, [p] if listed[p] else [], [p]) for p in maybe] or [("", [], [])]
    lists: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for person in maybe:
        for name, truth in _lists(rule, listings.get(person, ()), listed[person]):
            lists[name][1].append(person)
            if truth:
                lists[name][0].append(person)
    return [(name, *pair) for name, pair in sorted(lists.items())] or [("", [], [])]


def _lists(rule: OwnershipRule, found: Iterable[Listing], truth: Truth) -> list[tuple[str, Truth]]:
    """The lists that a body counts on; one that names none counts on a list without a name."""
    rows = [(x.counts_as, x.truth) for x in found if not rule.counts or x.counts_as in rule.counts]
    best: dict[str, Truth] = {}
    for name, one in rows or [("", truth)]:
        if one is not False:
            best[name] = True if one or best.get(name) else None
    return list(best.items())


def _spread(
    rule: OwnershipRule,
    scene: Standing,
    owned: Mapping[str, list[str]],
    seeds: list[str],
    *,
    certain: bool,
) -> dict[str, int]:
    total = lowest if certain else highest
    caught = dict.fromkeys(seeds, 0)
    counting = dict(caught)
    frontier = [*seeds, *([] if certain else [""])]
    tier = 0
    while frontier:
        tier += 1
        reach = {p: None for owner in frontier for p in owned.get(owner, ()) if p not in caught}
        frontier = [
            p
            for p in reach
            if (not certain or rule.catches(_country(scene, p)))
            and rule.reached(total(scene.ties[p], counting, over=p in scene.over))
        ]
        caught.update(dict.fromkeys(frontier, tier))
        if not rule.cascade:
            break
        counting.update(dict.fromkeys(frontier, tier))
    return caught


def _country(scene: Standing, person: str) -> str:
    body = scene.bodies.get(person)
    return body.country if body else ""
