"""Declared ownership: who is held, at or above a share, by restricted owners.

Tier by tier: a party held at the threshold counts as restricted itself and passes its whole
share on; shares are added, never multiplied. The least fixpoint, so a ring of owners that
hold only each other restricts nobody. Exact decimals, three-valued.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xenotime.core.errors import InputError
from xenotime.core.truth import Truth

HALF = Decimal(50)
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Holding:
    """A declared share [percent]; None when the owner is named and the share is not."""

    owner: str
    owned: str
    share: Decimal | None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a party is held at the threshold, between which shares [percent], and by whom."""

    party: str
    truth: Truth
    low: Decimal
    high: Decimal
    by: tuple[str, ...]


def holdings_on(holdings: Iterable[Holding], day: date) -> tuple[Holding, ...]:
    """The holdings that stand on a day; open ends count as standing."""
    return tuple(
        h
        for h in holdings
        if (h.from_day is None or h.from_day <= day) and (h.to_day is None or day <= h.to_day)
    )


def held(
    parties: Sequence[str],
    holdings: Sequence[Holding],
    restricted: Mapping[str, Truth],
    threshold: Decimal = HALF,
) -> dict[str, Held]:
    """Whether restricted owners hold each party at or above the threshold (50 % by default).

    `restricted` says which parties are themselves on the list in question (None: a near-miss);
    a party that it does not name is not. Only declared shares count: an undeclared remainder
    is nobody's. A party's own listing does not make it held. Raises InputError for a share
    outside 0 to 100.
    """
    owners = _by_owned(holdings)
    sure = {party for party, truth in restricted.items() if truth}
    maybe = {party for party, truth in restricted.items() if truth is not False}
    certain = _spread(sure, owners, threshold, _low)
    possible = _spread(maybe, owners, threshold, _high)
    return {party: _verdict(party, owners.get(party, ()), certain, possible, threshold) for party in parties}


def _by_owned(holdings: Sequence[Holding]) -> dict[str, tuple[Holding, ...]]:
    owners: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.share is not None and not 0 <= holding.share <= _ALL:
            raise InputError(
                "this share is not a percentage",
                where=f"{holding.owner} holds {holding.owned}",
                expected="0 to 100",
                found=str(holding.share),
                next_step="correct share_percent in the ownership table",
            )
        owners[holding.owned].append(holding)
    return {owned: tuple(links) for owned, links in owners.items()}


def _low(links: Sequence[Holding], seen: set[str]) -> Decimal:
    return sum((h.share or Decimal(0) for h in links if h.owner in seen), Decimal(0))


def _high(links: Sequence[Holding], seen: set[str]) -> Decimal:
    """At most: every share that may be restricted, but never what others are known to hold."""
    mine = [h for h in links if h.owner in seen]
    if not mine:
        return Decimal(0)
    others = sum((h.share or Decimal(0) for h in links if h.owner not in seen), Decimal(0))
    top = sum((_ALL if h.share is None else h.share for h in mine), Decimal(0))
    return max(min(top, _ALL - others), _low(links, seen))


def _spread(
    start: set[str],
    owners: Mapping[str, Sequence[Holding]],
    threshold: Decimal,
    total: Callable[[Sequence[Holding], set[str]], Decimal],
) -> set[str]:
    """The least set that contains `start` and everybody held at the threshold by the set."""
    found = set(start)
    while more := {o for o, links in owners.items() if o not in found and total(links, found) >= threshold}:
        found |= more
    return found


def _verdict(
    party: str, links: Sequence[Holding], certain: set[str], possible: set[str], threshold: Decimal
) -> Held:
    low, high = _low(links, certain), _high(links, possible)
    truth = True if low >= threshold else (None if high >= threshold else False)
    by = tuple(dict.fromkeys(h.owner for h in links if h.owner in possible))
    return Held(party, truth, low, high, by)
