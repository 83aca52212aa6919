"""What a portfolio asks of its owner: things to do by a day, days that change answers, questions to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from xenotime.law.answer import Outcome
from xenotime.law.clocks import working_days_after
from xenotime.services.results import Action, Ahead, Ask, Leg
from xenotime.services.rows import Desk

Due = tuple[date, date]
_DECISION_DAYS = 45
_CHALLENGE_DAYS = 7
_MOST_ASKS = 8
_NEEDS = (Outcome.LICENCE, Outcome.CASE_BY_CASE, Outcome.PRESUMED_DENIED)


def actions(desk: Desk, legs: tuple[Leg, ...]) -> tuple[Action, ...]:
    """What needs action, the earliest day first; things without a day come last."""
    found = [
        *_prohibited(legs),
        *_uncovered(legs),
        *_breaches(legs),
        *_duties(legs),
        *_clocks(desk),
        *_challenges(desk),
        *_near_misses(legs),
    ]
    known = desk.library.law.known
    return tuple(sorted(found, key=lambda a: (_turn(a, known), a.due or (date.max, date.max), a.what)))


def _turn(action: Action, known: date) -> int:
    """What is still to come first, then what has no day, then what is past."""
    if action.due is None:
        return 1
    return 0 if action.due[1] >= known else 2


def _planned(leg: Leg) -> bool:
    return leg.status == "planned"


def _prohibited(legs: tuple[Leg, ...]) -> Iterator[Action]:
    for leg in legs:
        if _planned(leg) and leg.explanation.outcome is Outcome.PROHIBITED:
            what = f"Stop: {leg.product_name} to {leg.end_user or leg.to_country} is prohibited"
            yield Action((leg.on, leg.on), what, leg.explanation.rule, (leg.shipment,))


def _uncovered(legs: tuple[Leg, ...]) -> Iterator[Action]:
    for leg in legs:
        exp = leg.explanation
        if _planned(leg) and exp.outcome in _NEEDS and not exp.covered_by:
            closest = exp.coverage[0] if exp.coverage else None
            why = f"; {closest.licence} fails: {', '.join(closest.fails)}" if closest else "; none is held"
            yield Action((leg.on, leg.on), f"Licence needed before this leg moves{why}", exp.rule, (leg.shipment,))


def _breaches(legs: tuple[Leg, ...]) -> Iterator[Action]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for leg in legs:
        exp = leg.explanation
        if leg.status != "shipped":
            continue
        if exp.outcome is Outcome.PROHIBITED:
            groups["Moved although prohibited: counsel, report, disclosure mitigates (cn/mofcom-2026-26)", exp.rule].append(leg.shipment)
        elif exp.outcome in _NEEDS and not exp.covered_by:
            groups["Moved without a covering licence on file: find it, or counsel (cn/mofcom-2026-26)", exp.rule].append(leg.shipment)
    for (what, rule), shipments in groups.items():
        yield Action(None, what, rule, tuple(dict.fromkeys(shipments)))


def _duties(legs: tuple[Leg, ...]) -> Iterator[Action]:
    """Duties with a day fixed by law, one line each; the years of record-keeping are not a task list."""
    groups: dict[tuple[str, str, Due], list[str]] = defaultdict(list)
    for leg in legs:
        for duty in leg.explanation.duties:
            if duty.due is not None and duty.due[0].year - leg.on.year < 2:
                groups[duty.what, duty.address, duty.due].append(leg.shipment)
    for (what, address, due), shipments in groups.items():
        yield Action(due, what, address, tuple(dict.fromkeys(shipments)))


def _clocks(desk: Desk) -> Iterator[Action]:
    for row in desk.portfolio["applications"]:
        if row.day("decided") or (row.day("filed") or date.min) > desk.library.law.known:
            continue
        name, accepted = row.text("application"), row.day("accepted")
        shipment = tuple(s for s in (row.text("shipment"),) if s)
        if accepted is None:
            yield Action(None, f"Application {name} is not accepted: the 45 working days have not started", "cn/order-792/17", shipment)
            continue
        days = _DECISION_DAYS + int(row.number("outside_days") or 0)
        due = working_days_after(accepted, days, desk.library.calendar)
        yield Action(due, f"Decision on application {name} is due ({days} working days from {accepted})", "cn/order-792/17", shipment)


def _challenges(desk: Desk) -> Iterator[Action]:
    for row in desk.portfolio["shipments"]:
        notice = row.day("customs_challenge")
        if notice is not None and notice <= desk.library.law.known and row.text("status") != "shipped":
            due = working_days_after(notice, _CHALLENGE_DAYS, desk.library.calendar)
            yield Action(due, f"Answer the customs challenge of {notice} with stamped papers", "cn/gac-2025-123/2", (row.text("shipment"),))


def _near_misses(legs: tuple[Leg, ...]) -> Iterator[Action]:
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for leg in legs:
        for hit in leg.hits:
            if not hit.sure and hit.status != "ruled out":
                groups[hit.party_name, hit.entry_name, hit.list_address].append(leg.shipment)
    for (party, entry, address), shipments in groups.items():
        yield Action(None, f"Review: is {party} the listed {entry}?", f"{address}/1", tuple(dict.fromkeys(shipments)))


def ahead(desk: Desk, legs: tuple[Leg, ...]) -> tuple[Ahead, ...]:
    """Days that change answers, with the shipments each touches."""
    found: dict[tuple[date, str, str, str], list[str]] = defaultdict(list)
    hinges = {h.id: h for h in desk.library.law.hinges}
    for leg in legs:
        for answer in leg.explanation.branches:
            hinge = hinges[answer.hinge]
            found[hinge.day, hinge.asks, hinge.id, hinge.check].append(leg.shipment)
    for row in desk.portfolio["licences"]:
        end, licence = row.day("to_day"), row.text("licence")
        later = [leg.shipment for leg in legs if end and leg.on > end and licence in {c.licence for c in leg.explanation.coverage}]
        if end and end >= desk.library.law.known and later:
            found[end, f"Licence {licence} ends", licence, ""].extend(later)
    rows = (Ahead(day, what, address, tuple(dict.fromkeys(s)), check) for (day, what, address, check), s in found.items())
    return tuple(sorted(rows, key=lambda a: (a.day, a.address)))


def asks(desk: Desk, legs: tuple[Leg, ...]) -> tuple[Ask, ...]:
    """The facts that keep most shipments open, the most useful first, and whom to ask."""
    waiting: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, tuple[str, str]] = {}
    for leg in legs:
        if leg.explanation.outcome in (Outcome.UNDETERMINED, Outcome.UNVERIFIED):
            for fact in leg.explanation.missing:
                waiting[fact.fact].append(leg.shipment)
                texts[fact.fact] = (fact.asks, fact.who)
    rows = [Ask(f, *texts[f], tuple(dict.fromkeys(s))) for f, s in waiting.items()]
    return tuple(sorted(rows, key=lambda a: (-len(a.shipments), a.fact))[:_MOST_ASKS])
