"""What a portfolio asks of its owner: things to do by a day, days that change answers, questions to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from xenotime.core.clocks import working_days_after
from xenotime.law.answer import Coverage, Outcome
from xenotime.portfolio.table import Row
from xenotime.services.results import Action, Ahead, Ask, Leg, close
from xenotime.services.rows import Desk

Due = tuple[date, date]
_DECISION_DAYS = 45
_CHALLENGE_DAYS = 7
#: The duty that `_challenges` tells in its own words.
_CHALLENGE = "answer-challenge"
_MOST_ASKS = 8
_BOUNDS = {
    "end_user": "end user",
    "end_use": "end use",
    "used": "already used for another export",
    "watch_listed": "the buyer is on the watch list",
}
_NEEDS = (Outcome.LICENCE, Outcome.CASE_BY_CASE, Outcome.PRESUMED_DENIED)


def actions(desk: Desk, legs: tuple[Leg, ...]) -> tuple[Action, ...]:
    """What needs action, the earliest day first; things without a day come last."""
    found = [
        *_prohibited(legs),
        *_uncovered(desk, legs),
        *_breaches(desk, legs),
        *_duties(legs),
        *_clocks(desk),
        *_challenges(desk),
        *_near_misses(desk, legs),
        *_elsewhere(desk, legs),
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


def _uncovered(desk: Desk, legs: tuple[Leg, ...]) -> Iterator[Action]:
    """Planned legs without a licence that covers them, those with the same reason in one line."""
    filed = {row.text("shipment"): row for row in desk.portfolio["applications"] if row.text("shipment")}
    groups: dict[tuple[str, str], list[Leg]] = defaultdict(list)
    for leg in legs:
        exp = leg.explanation
        if _planned(leg) and exp.outcome in _NEEDS and not exp.covered_by:
            held, application = _held(_near(desk, leg)), _filed(filed.get(leg.shipment))
            what = f"Licence needed before this moves: {held}{application}"
            groups[what, exp.rule].append(leg)
    for (what, rule), found in groups.items():
        first = min(leg.on for leg in found)
        yield Action((first, first), what, rule, tuple(dict.fromkeys(leg.shipment for leg in found)))


def _near(desk: Desk, leg: Leg) -> Coverage | None:
    """The licence held by then that is for such goods and buyer; know-how has no code for one to name."""
    if leg.product in desk.technology:
        return None
    begun = {
        row.text("licence")
        for row in desk.portfolio["licences"]
        if (row.day("from_day") or date.max) <= leg.on
    }
    return next((c for c in leg.explanation.coverage if close(c) and c.licence in begun), None)


def _held(near: Coverage | None) -> str:
    if near is None:
        return "no licence held is for these goods and this buyer"
    return f"{near.licence} does not cover it ({bounds_words(near.fails)})"


def bounds_words(bounds: Sequence[str]) -> str:
    """The bounds of a licence that fail, in words."""
    return ", ".join(_BOUNDS.get(b.removesuffix("?"), b.removesuffix("?")) for b in bounds)


def _filed(row: Row | None) -> str:
    if row is None:
        return ""
    decided = row.day("decided")
    return f"; application {row.text('application')} " + (
        f"was decided on {decided}" if decided else "is pending"
    )


def _breaches(desk: Desk, legs: tuple[Leg, ...]) -> Iterator[Action]:
    """What has moved although it should not have, one line per instrument."""
    groups: dict[tuple[str, str], list[Leg]] = defaultdict(list)
    for leg in legs:
        exp = leg.explanation
        if leg.status != "shipped":
            continue
        if exp.outcome is Outcome.PROHIBITED:
            groups["Moved although prohibited", exp.rule.rsplit("/", 1)[0]].append(leg)
        elif exp.outcome in _NEEDS and not exp.covered_by:
            what = "Moved without a covering licence on file: find it"
            what = what if _near(desk, leg) is None else "Moved outside the bounds of a licence on file"
            groups[what, exp.rule.rsplit("/", 1)[0]].append(leg)
    for (what, instrument), found in groups.items():
        rules = {leg.explanation.rule for leg in found}
        address = rules.pop() if len(rules) == 1 else instrument
        shipments = tuple(dict.fromkeys(leg.shipment for leg in found))
        yield Action(
            None, f"{what}; see counsel: disclosure mitigates (cn/mofcom-2026-26)", address, shipments
        )


def _duties(legs: tuple[Leg, ...]) -> Iterator[Action]:
    """Duties with a day fixed by law, one line each; the years of record-keeping are not a task list."""
    groups: dict[tuple[str, str, Due], list[str]] = defaultdict(list)
    for leg in legs:
        for duty in leg.explanation.duties:
            if duty.duty != _CHALLENGE and duty.due is not None and duty.due[0].year - leg.on.year < 2:
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
            yield Action(
                None,
                f"Application {name} is not accepted: the 45 working days have not started",
                "cn/order-792/17",
                shipment,
            )
            continue
        days = _DECISION_DAYS + int(row.number("outside_days") or 0)
        due = working_days_after(accepted, days, desk.library.calendar)
        yield Action(
            due,
            f"Decision on application {name} is due ({days} working days from {accepted})",
            "cn/order-792/17",
            shipment,
        )


def _challenges(desk: Desk) -> Iterator[Action]:
    """Customs challenges that wait for papers: the term still runs, or the goods have not moved."""
    known = desk.library.law.known
    for row in desk.portfolio["shipments"]:
        notice = row.day("customs_challenge")
        if notice is None or notice > known or row.text("status") == "cancelled":
            continue
        due = working_days_after(notice, _CHALLENGE_DAYS, desk.library.calendar)
        if due[1] >= known or row.text("status") != "shipped":
            what = f"Answer the customs challenge of {notice} with stamped papers"
            yield Action(due, what, "cn/gac-2025-123/2", (row.text("shipment"),))


def _near_misses(desk: Desk, legs: tuple[Leg, ...]) -> Iterator[Action]:
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for leg in legs:
        for hit in leg.hits:
            if hit.truth is None:
                groups[hit.party_name, hit.entry_name, hit.list_address].append(leg.shipment)
    for (party, entry, address), shipments in groups.items():
        place = f"{address}/1" if address in desk.library.law.book.instruments else address
        what = f"Review: is {party} the listed {entry}?"
        yield Action(None, what, place, tuple(dict.fromkeys(shipments)))


def _elsewhere(desk: Desk, legs: tuple[Leg, ...]) -> Iterator[Action]:
    """Parties that surely are on a list of the user's own, on which this book does not decide."""
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for leg in legs:
        for hit in leg.hits:
            if hit.truth and hit.list_address not in desk.library.law.book.instruments:
                groups[hit.party_name, hit.list_title, hit.list_address].append(leg.shipment)
    for (party, title, address), shipments in groups.items():
        what = f"Check: {party} is on {title}; the law decided here does not ask about that list"
        yield Action(None, what, address, tuple(dict.fromkeys(shipments)))


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
        later = [
            leg.shipment
            for leg in legs
            if end and leg.on > end and licence in {c.licence for c in leg.explanation.coverage}
        ]
        if end and end >= desk.library.law.known and later:
            found[end, f"Licence {licence} ends", licence, ""].extend(later)
    rows = (
        Ahead(day, what, address, tuple(dict.fromkeys(s)), check)
        for (day, what, address, check), s in found.items()
    )
    return tuple(sorted(rows, key=lambda a: (a.day, a.address)))


def asks(legs: tuple[Leg, ...]) -> tuple[Ask, ...]:
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
