"""The ledger of commitments on a day: each one's state, what is due next, and what happens if it lapses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from xenotime.core.errors import AddressError
from xenotime.evidence.pledges import RULE, STATES, Ledger, Pledge, Sight, deadline, state
from xenotime.services.supply.outcomes import Promise, Seen, Truce

#: How many deadlines ahead are named.
_NEXT = 5


def truce(ledger: Ledger, on: date, known: date, side: str = "") -> Truce:
    """The ledger's pledges announced by `known`, on the day `on`; with `side` those made by it or to it.

    Raises AddressError for a side that no pledge names.
    """
    _check(ledger, side)
    shown = [p for p in ledger.pledges if p.announced <= known and (not side or side in {p.side, *p.to})]
    promises = tuple(sorted((_promise(p, on, known) for p in shown), key=_order))
    ahead = sorted((p for p in promises if p.days is not None and p.days >= 0), key=_order)
    return Truce(on, known, ledger.read_until, side, promises, _counts(promises), tuple(ahead[:_NEXT]), RULE)


def _check(ledger: Ledger, side: str) -> None:
    sides = sorted({s for p in ledger.pledges for s in (p.side, *p.to)} - {"all"})
    if side and side not in sides:
        raise AddressError(
            "no commitment in the ledger is by or to this side",
            where="--side",
            expected=", ".join(sides),
            found=side,
            next_step="leave --side out to see all of them",
        )


def _order(promise: Promise) -> tuple[date, str]:
    return promise.due or date.max, promise.id


def _promise(pledge: Pledge, on: date, known: date) -> Promise:
    found, because = state(pledge, on, known)
    due = deadline(pledge, known)
    return Promise(
        id=pledge.id,
        side=pledge.side,
        to=pledge.to,
        what=pledge.what,
        announced=pledge.announced,
        begins=pledge.begins,
        due=due,
        kind=pledge.kind,
        source=pledge.source,
        url=pledge.url,
        confidence=pledge.confidence,
        state=found,
        because=because,
        days=(due - on).days if due and found in ("open", "running") else None,
        scenario=pledge.scenario,
        command=f"xenotime stress {pledge.scenario}" if pledge.scenario else "",
        seen=tuple(_seen(s, pledge) for s in pledge.seen if s.day <= known and s.at <= on),
        article=pledge.article,
        stated_by=pledge.stated_by,
        rival=pledge.rival,
    )


def _seen(sight: Sight, pledge: Pledge) -> Seen:
    return Seen(
        sight.at,
        sight.says,
        sight.shows,
        sight.source,
        sight.url,
        sight.confidence,
        published=sight.day,
        by=pledge.side if sight.own else "",
        counts=sight.counts,
    )


def _counts(promises: Iterable[Promise]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    by: dict[str, Counter[str]] = {}
    for promise in promises:
        by.setdefault(promise.side, Counter())[promise.state] += 1
    return tuple((side, tuple((s, by[side][s]) for s in STATES if by[side][s])) for side in sorted(by))
