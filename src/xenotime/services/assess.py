"""Decides a whole portfolio: every leg, what to do by when, what lies ahead, whom to ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from xenotime.content.floor import Floor
from xenotime.core.clocks import clock_due
from xenotime.law.answer import Coverage, Explanation, Outcome
from xenotime.law.cover import Demand, Licence
from xenotime.law.explain import explain
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services.agenda import actions, ahead, asks
from xenotime.services.ask.turned import turned
from xenotime.services.issue import issued
from xenotime.services.laws import segments_of
from xenotime.services.library import Library
from xenotime.services.receipt import Held, Receipt, covered
from xenotime.services.results import Assessment, Leg, Segment, ValueShare, close
from xenotime.services.rows import Desk, Movement, kilograms
from xenotime.services.sources import of_movement
from xenotime.services.transaction import read_licence


class Ledger:
    """What was used of each licence so far, in order of day."""

    def __init__(self, licences: Mapping[str, Licence]) -> None:
        self.licences = licences
        self.kg: dict[str, Decimal] = defaultdict(Decimal)
        self.uses: Counter[str] = Counter()

    def held(self, exporter: str, asked: str) -> tuple[Held, ...]:
        """Each licence of the exporter (or the one named), with what was used of it so far."""
        mine = [x for x in self.licences.values() if (x.licence == asked if asked else x.holder == exporter)]
        return tuple(Held(x, self.kg[x.licence], self.uses[x.licence]) for x in mine)

    def check(self, demand: Demand, exporter: str, asked: str) -> tuple[Coverage, ...]:
        """Each licence of the exporter (or the one named) against the demand; the first to cover is used."""
        found = covered(self.held(exporter, asked), demand)
        used = next((c for c in found if c.covers), None)
        if used is not None:
            self.uses[used.licence] += 1
            self.kg[used.licence] += demand.quantity_kg or Decimal(0)
        return tuple(sorted(found, key=_nearness)[:_MOST_SHOWN])


_MOST_SHOWN = 4
#: Whose book it is, as the law line of a report says.
_TITLES = {"cn": "China", "us": "United States", "eu": "European Union"}


def _nearness(coverage: Coverage) -> tuple[bool, bool, int, str]:
    return coverage.covers is not True, not close(coverage), len(coverage.fails), coverage.licence


def assess(
    portfolio: Portfolio,
    library: Library,
    *,
    on: date | None = None,
    progress: Callable[[int, int], object] | None = None,
    seen: Callable[[Movement], object] | None = None,
) -> Assessment:
    """The assessment of a portfolio under the library's law.

    ``on`` decides every leg as if it moved on that day; ``progress`` is called with the legs done and in all,
    ``seen`` with every leg and its facts, in their order.
    """
    library = turned(library, portfolio)
    desk = Desk(portfolio, library, on)
    ledger = Ledger({r.text("licence"): _licence(r) for r in portfolio["licences"]})
    movements = list(desk.movements())
    legs = []
    for number, movement in enumerate(movements, 1):
        legs.append(_leg(desk, ledger, movement))
        if seen:
            seen(movement)
        if progress:
            progress(number, len(movements))
    law = library.law
    found = tuple(legs)
    return Assessment(
        portfolio=PurePath(portfolio.path).name or portfolio.path,
        known=law.known,
        law_hash=law.hash,
        law_title=f"{_TITLES[law.book.jurisdiction]}: {len(law.book.instruments)} instruments"
        + (f", {len(law.book.overlays)} of yours" if law.book.overlays else ""),
        strict=library.strict,
        branches=dict(law.chosen),
        legs=found,
        counts=dict(Counter(leg.explanation.outcome.word for leg in found)),
        actions=actions(desk, found),
        ahead=ahead(desk, found),
        asks=asks(found),
        timeline=_timeline(library, found),
        warnings=tuple(_warnings(portfolio, library, found)),
    )


def _licence(row: Row) -> Licence:
    return read_licence({k: v if v is None else str(v) for k, v in row.values.items()}, row.where())


def _leg(desk: Desk, ledger: Ledger, movement: Movement) -> Leg:
    library, shipment = desk.library, movement.shipment
    explanation = explain(
        library.law, movement.facts, movement.on, calendar=library.calendar, strict=library.strict
    )
    explanation = challenged(library, explanation, shipment.day("customs_challenge"))
    explanation, kept = _covered(desk, ledger, movement, explanation)
    names = {key: row.text("name") for key, row in desk.parties.items()}
    found = [f for user in movement.users for f in desk.screened.get(user, ())]
    status = shipment.text("status") or ("planned" if movement.on > library.law.known else "shipped")
    product = movement.product or desk.technology.get(shipment.text("product"))
    return Leg(
        shipment.text("shipment"),
        int(str(movement.leg.values["leg"])),
        movement.on,
        movement.leg.text("from_country"),
        movement.leg.text("to_country"),
        shipment.text("product"),
        product.text("name") if product is not None else shipment.text("product"),
        shipment.number("quantity"),
        shipment.text("unit"),
        shipment.number("value"),
        shipment.text("currency"),
        names.get(shipment.text("exporter"), ""),
        names.get(shipment.text("consignee"), ""),
        names.get(shipment.text("end_user") or shipment.text("consignee"), ""),
        status,
        " ".join(t for t in (shipment.text("note"), movement.leg.text("note")) if t),
        explanation,
        share(movement.floor),
        library.hits(found, names, movement.on),
        kept,
    )


def _covered(
    desk: Desk, ledger: Ledger, movement: Movement, explanation: Explanation
) -> tuple[Explanation, Receipt]:
    """The explanation with the licences that were put to the leg, and the receipt of both."""
    shipment = movement.shipment
    demand: Demand | None = None
    held: tuple[Held, ...] = ()
    if needs_licence(explanation) and ledger.licences:
        asked = shipment.text("licence")
        to_whom = shipment.text("exporter"), asked if asked in ledger.licences else ""
        demand = _demand(desk, movement, explanation)
        before = {h.licence.licence: h for h in ledger.held(*to_whom)}
        cover = ledger.check(demand, *to_whom)
        held = tuple(before[c.licence] for c in cover)
        explanation = replace(explanation, coverage=cover)
    return explanation, issued(
        desk.library,
        explanation,
        of_movement(desk, movement),
        title=f"{shipment.text('shipment')} leg {movement.leg.values['leg']}",
        demand=demand,
        licences=held,
        notice=shipment.day("customs_challenge"),
    )


def challenged(library: Library, explanation: Explanation, notice: date | None) -> Explanation:
    """The explanation with the days of duties that run from a customs notice, where there was one."""
    if notice is None:
        return explanation
    duties, book = [], library.law.book
    for duty in explanation.duties:
        clock = (book.rules[duty.address].extra.get("duty") or {}).get("clock")
        if isinstance(clock, dict) and clock.get("from") == "notice":
            duties.append(replace(duty, due=clock_due(notice, clock, library.calendar)))
        else:
            duties.append(duty)
    return replace(explanation, duties=tuple(duties))


def needs_licence(explanation: Explanation) -> bool:
    """Whether a licence is, or may be, needed and could be granted."""
    return explanation.high >= Outcome.LICENCE and explanation.outcome is not Outcome.PROHIBITED


def _demand(desk: Desk, movement: Movement, explanation: Explanation) -> Demand:
    shipment = movement.shipment
    truths = {k: v for k, v in movement.facts.items() if v is None or isinstance(v, bool)}
    return Demand(
        tuple(c for c in explanation.code.split("; ") if c),
        movement.leg.text("to_country"),
        shipment.text("end_user") or shipment.text("consignee"),
        shipment.text("end_use"),
        kilograms(shipment, movement.product),
        movement.on,
        desk.library.watch_listed(truths, movement.on),
    )


def share(floor: Floor | None) -> ValueShare | None:
    """The value share as shown to a person; None when nothing Chinese can be inside."""
    if floor is None or (floor.answer == "below" and floor.high == 0):
        return None
    return ValueShare(
        floor.answer, floor.low_text, floor.high_text, floor.low_percent, floor.high_percent, floor.gaps
    )


def _timeline(library: Library, legs: tuple[Leg, ...]) -> tuple[Segment, ...]:
    """The segments of every article that decided, or would have if in force, for some leg."""
    titles: dict[str, str] = {}
    for leg in legs:
        for rule in leg.explanation.rules:
            if rule.holds is not False or rule.tree.value is True:
                titles.setdefault(rule.address, rule.title)
    order = [r.address for r in library.law.rules if r.address in titles]
    return tuple(s for a in sorted(order) for s in segments_of(library.law, a, titles[a]))


def _warnings(portfolio: Portfolio, library: Library, legs: tuple[Leg, ...]) -> Iterator[str]:
    for problem in portfolio.warnings:
        yield f"{problem.where}: {problem.what}" if problem.where else problem.what
    moving = [r for r in portfolio["shipments"] if r.text("status") != "cancelled"]
    cancelled = len(portfolio["shipments"]) - len(moving)
    if cancelled:
        yield f"Left out as cancelled: {cancelled} of {len(portfolio['shipments'])} shipments."
    unstated = sum(1 for r in moving if not r.text("end_user"))
    if unstated:
        yield f"No end user is named, so the consignee is taken: {unstated} of {len(moving)} shipments."
    late = [i.read_until for i in library.law.book.lists() if i.read_until]
    beyond = sum(1 for leg in legs if late and leg.on > max(late))
    if beyond:
        after = f"{beyond} of {len(legs)} legs"
        yield f"The party lists were read until {max(late)}. Move after that day: {after}."
    if any(hit.truth is None for leg in legs for hit in leg.hits):
        yield "To answer a near miss for good: assess with --record, then `xenotime records decide last`."
    yield from library.stale_own
