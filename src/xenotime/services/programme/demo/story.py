"""What happens in the demo, told with the programme's own verbs: nothing is written behind their backs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from xenotime.core.errors import StateError
from xenotime.programme.access import Actor
from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.reconcile import Use
from xenotime.programme.shipping.shipment import ALLOW, Item, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.programme.casework import cases, views
from xenotime.services.programme.demo.cast import COMPANIES, PEOPLE, Company
from xenotime.services.programme.office import Office
from xenotime.services.programme.oversight import duties, returns
from xenotime.services.programme.people import organisations, passwords
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import shipments

Progress = Callable[[str], object]
_PAPER = b"%PDF-1.4\n% an invented paper of the demo\n%%EOF\n"


@dataclass
class Story:
    """The demo as it is told: the office, the last day, and what came of each act."""

    office: Office
    today: datetime
    tell: Progress = lambda _: None
    companies: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    licence: str = ""

    def day(self, before: int, hour: int = 9) -> datetime:
        """An instant so many days before the last day."""
        return self.today.replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=before)

    def who(self, name: str) -> Actor:
        """A person of the cast as one who acts."""
        person = PEOPLE[name]
        return person.actor(self.companies.get(person.of, ""))

    def fire(self, name: str, case: str, event: str, before: int, hour: int = 9, **data: str) -> Case:
        """The case after a person's move, so many days before the last."""
        return cases.fire(self.office, self.who(name), case, event, self.day(before, hour), data)

    def look(self, case: str, before: int) -> Case:
        """The case as an officer sees it."""
        return views.view(self.office, self.who("lin"), case, self.day(before)).case

    def file(self, name: str, kind: str, before: int, form: Mapping[str, Any], paper: str = "papers") -> str:
        """A case opened, filled in and submitted by a person of the cast, with the paper it needs; its id."""
        office, me = self.office, self.who(name)
        case = cases.open_case(office, me, kind, me.organisation, self.day(before)).id
        cases.edit(office, me, case, {**form, **self.attach(name, case, before, paper)}, self.day(before, 10))
        self.fire(name, case, "submit", before, 11)
        return case

    def attach(self, name: str, case: str, before: int, paper: str) -> dict[str, Any]:
        """A paper attached to the case, as the field of the form that asks for it."""
        me, at = self.who(name), self.day(before, 9)
        held = cases.attach(self.office, me, case, f"{paper}.pdf", _PAPER, paper, at)
        return {paper: [held.papers[-1].id]}


def told(
    office: Office, today: datetime, draw: Callable[[int], bytes], tell: Progress = lambda _: None
) -> Story:
    """The whole demo, told into an empty office; `draw` gives random bytes for its people's second factors.

    Raises StateError if the office is not empty.
    """
    with office.store.view() as view:
        if view.find(Organisation, Search(limit=1)).items:
            raise StateError(
                "this database holds a programme already",
                expected="an empty database",
                found="organisations",
                next_step="start without --demo, or name another database",
            )
    story = Story(office, today, tell)
    _people(story, draw)
    for key, before in (("lantern-hill", 130), ("alpenrose", 125), ("momijiya", 120), ("tallsedge", 90)):
        tell(f"registering {COMPANIES[key].name}")
        _registered(story, COMPANIES[key], before)
    tell("certifying an EV-motor maker and a robot maker")
    _certified(story, "alpenrose", 110, _alpenrose(story))
    _certified(story, "momijiya", 105, _momijiya(story))
    tell("granting a general licence")
    _licensed(story, 80)
    tell("shipping, and one user's mass that does not balance")
    _shipped(story)
    _suspended_and_back(story)
    tell("a mixed group on the strict track")
    _strict(story, 60)
    return story


# ---- the people --------------------------------------------------------------------------------
def _people(story: Story, draw: Callable[[int], bytes]) -> None:
    """An account for everybody; the authority's own people have a second factor, as the rules ask."""
    key = story.office.keys.secret("totp")
    with story.office.store.change() as change:
        for person in PEOPLE.values():
            factor = "" if person.of else passwords.seal(passwords.factor(draw), key, person.id, draw)
            change.add(
                Account(
                    person.id, f"{person.id}@demo.example", person.name, person.role, "active",
                    story.day(140), body=person.body, totp=factor,
                )
            )  # fmt: skip


# ---- registration ------------------------------------------------------------------------------
def _registered(story: Story, company: Company, before: int) -> None:
    office, me = story.office, story.who(company.person)
    made = organisations.register(
        office, me, company.name, company.country, company.role, story.day(before),
        name_zh=company.name_zh, invented=True,
    )  # fmt: skip
    story.companies[company.key] = made.id
    me = story.who(company.person)
    case = _latest(story, me, "registration", made.id).id
    form = {**company.form, **story.attach(company.person, case, before, "papers")}
    cases.edit(office, me, case, form, story.day(before, 10))
    story.fire(company.person, case, "submit", before, 11)
    _settled(story, case, before - 1)
    story.fire("okafor", case, "grant", before - 2, note="complete")


def _settled(story: Story, case: str, before: int) -> None:
    """Every finding that a person has to look at, looked at by an officer."""
    why, lin = "looked at; the papers show it", story.who("lin")
    for finding in story.look(case, before).findings:
        if finding.weight in ("concern", "stop") and not finding.settled:
            cases.settle(story.office, lin, case, finding.id, why, story.day(before, 14))


# ---- certificates ------------------------------------------------------------------------------
def _alpenrose(story: Story) -> dict[str, Any]:
    codes = ["1C904.a.4", "1C905.a.4"]
    return {
        **_scope(story, "alpenrose", codes, {"Dy": 1_200_000, "Tb": 160_000}, "vehicles"),
        "uses": [_use("1C905.a.4", "sintered magnets with dysprosium", "rotors of traction motors")],
    }


def _momijiya(story: Story) -> dict[str, Any]:
    return {
        **_scope(story, "momijiya", ["1C905.a.4"], {"Dy": 240_000}, "robots"),
        "uses": [_use("1C905.a.4", "sintered magnets with dysprosium", "joint motors of service robots")],
    }


def _use(code: str, description: str, use: str) -> dict[str, str]:
    return {"code": code, "description": description, "use": use}


def _scope(story: Story, key: str, items: list[str], grams: Mapping[str, int], use: str) -> dict[str, Any]:
    with story.office.store.view() as view:
        held = view.get(Organisation, story.companies[key])
    return {
        "filed_by": "end_user",
        "sites": [site.id for site in held.sites[:1]],
        "items": items,
        "grams": dict(grams),
        "end_uses": [use],
        "products": [product.id for product in held.products],
        "resale": "None: the material stays in our own products.",
        "compliance": "A named manager, lot records for five years, a stock count every quarter.",
        "history": "No licence before; no breach known.",
        "penalties": "none",
        "review_consent": True,
        "years": 2,
    }


def _certified(story: Story, key: str, before: int, form: Mapping[str, Any]) -> None:
    """A civil certificate: filed, accepted, one question asked and answered, advised upon, granted."""
    office, lin, name = story.office, story.who("lin"), COMPANIES[key].person
    case = story.file(name, "certificate", before, form, "undertaking")
    cases.assign(office, lin, case, story.day(before - 1), officer="lin")
    story.fire("lin", case, "accept", before - 1, 10)
    asked = "How do you keep lots apart in the magnet store?"
    query = cases.ask(office, lin, case, asked, story.day(before - 2)).queries[-1].id
    said = "Each lot has its own bin and its own card."
    cases.answer(office, story.who(name), case, query, said, story.day(before - 4))
    story.certificates[key] = _granted(story, case, before - 5, "civil use is shown").subject


def _inspected(story: Story, case: str, before: int) -> None:
    """The check on site of a case that was drawn for one."""
    held = story.look(case, before)
    if any(flag.id.startswith("sampled") and flag.lowered is None for flag in held.flags):
        story.fire("lin", case, "send_on_site", before, 8, reason="drawn for a check")
        story.fire("lin", case, "site_checked", before, 15, result="as described")


def _advised(story: Story, case: str, before: int, says: str) -> None:
    """Advice at every level that the track asks for, each countersigned by somebody else."""
    office, reason = story.office, "the papers and the checks agree"
    track = story.look(case, before).track
    for level in office.profile.value(f"{track}.advice.levels"):
        giver, other = ("trade", "industry") if level == "final" else ("lin", "okafor")
        at = story.day(before, 10)
        given = cases.advise(office, story.who(giver), case, level, says, reason, at).advice[-1].id
        cases.countersign(office, story.who(other), case, given, story.day(before, 12))


# ---- licence, shipments ------------------------------------------------------------------------
def _licensed(story: Story, before: int) -> None:
    form = {
        "users": [story.companies["alpenrose"], story.companies["momijiya"]],
        "items": ["1C904.a.4", "1C905.a.4"],
        "grams": {"Dy": 2_000_000, "Tb": 200_000},
        "end_uses": ["vehicles", "robots"],
        "countries": ["DE", "JP"],
        "compliance": "A compliance office of three, an internal control programme since 2019.",
        "history": "Forty-one single licences since April 2025, all used as granted (invented).",
        "channels": "The same two customers, by sea and by air, for seven years.",
        "penalties": "none",
        "controlled_foreigner": False,
        "years": 1,
    }
    case = story.file("wei", "general_licence", before, form)
    story.fire("lin", case, "accept", before - 1)
    story.licence = _granted(story, case, before - 2, "a running control programme is shown").subject


def _granted(story: Story, case: str, before: int, note: str) -> Case:
    """An accepted case taken to its grant: looked at, advised upon, proposed, granted by another person."""
    _inspected(story, case, before)
    _settled(story, case, before - 1)
    _advised(story, case, before - 2, "grant")
    story.fire("lin", case, "propose", before - 3)
    return story.fire("industry", case, "grant", before - 4, note=note)


def shipment(story: Story, key: str, lot: str, on: datetime, grams: Mapping[str, int]) -> Shipment:
    """A shipment of magnets from the demo's exporter to one of its certified users."""
    with story.office.store.view() as view:
        held = view.get(Organisation, story.companies[key])
    item = Item("1C905.a.4", dict(grams), lot, "sintered NdFeB magnets", "8505119090")
    return Shipment(
        story.certificates[key], story.companies["lantern-hill"], held.id, held.sites[0].id, (item,),
        held.products[0].end_use, ("CN", held.country), on.date(), story.licence,
        value="48000", currency="EUR",
    )  # fmt: skip


def ship(
    story: Story, key: str, lot: str, at: datetime, grams: Mapping[str, int], *, commit: bool = True
) -> Verdict:
    """The answer to a shipment, and its commitment where it may go."""
    me = story.who("wei")
    made = shipments.decide(story.office, me, shipment(story, key, lot, at, grams), f"demo-{lot}", at)
    if commit and made.answer == ALLOW:
        later = at + timedelta(hours=6)
        made = shipments.settle(story.office, me, made.id, "commit", f"demo-{lot}-left", later)
    return made


def _agreed(story: Story, key: str, before: int) -> None:
    """The paper that comes before the first shipment: the end user's undertaking to this exporter."""
    me, exporter = story.who(COMPANIES[key].person), story.companies["lantern-hill"]
    paper, at = (f"undertaking-{key}.pdf",), story.day(before)
    number = story.certificates[key]
    duties.record(story.office, me, "undertaking", number, exporter, paper, at, signed=at.date())
    if any(test == "notice_agreed" for test in _tests(story, number)):
        duties.record(
            story.office, me, "notice_period", number, exporter, paper, at, signed=at.date(), days=14
        )


def _tests(story: Story, number: str) -> tuple[str, ...]:
    with story.office.store.view() as view:
        return tuple(condition.test for condition in view.get(Certificate, number).conditions)


def _shipped(story: Story) -> None:
    for key in ("alpenrose", "momijiya"):
        _agreed(story, key, 72)
    for number, before in enumerate((70, 62, 54, 46), 1):
        ship(story, "alpenrose", f"AX-{number:02d}", story.day(before), {"Dy": 90_000, "Tb": 12_000})
    for number, before in enumerate((68, 58), 1):
        ship(story, "momijiya", f"MJ-{number:02d}", story.day(before), {"Dy": 50_000})


# ---- a mass that does not balance, a suspension, a way back ---------------------------------------
def _suspended_and_back(story: Story) -> None:
    """One report of the robot maker misses a kilogram: found, suspended, explained, reinstated."""
    office, lin, mori = story.office, story.who("lin"), story.who("mori")
    with office.store.view() as view:
        product = view.get(Organisation, mori.organisation).products[0].id
    year, rows = story.day(58).year, _report(product, missing=1_000)
    filed = returns.file(office, mori, mori.organisation, year, rows, story.day(40))
    returns.reconcile(office, lin, filed.id, story.day(38))
    incident = _latest(story, lin, "incident", mori.organisation).id
    story.fire("lin", incident, "report", 38, 10)
    story.fire("lin", incident, "escalate", 38, 11, reason="a kilogram of dysprosium is not shown")
    case = _latest(story, lin, "suspension", mori.organisation).id
    plain = "mass is missing from one lot, and more is on its way"
    cases.flag(office, lin, case, "plain_risk", plain, story.day(37))
    story.fire("trade", case, "suspend_now", 37, 10, reason="mass missing from one lot")
    ship(story, "momijiya", "MJ-03", story.day(30), {"Dy": 20_000})
    swarf = "The kilogram is grinding swarf that we did not count; the weighing slips are attached."
    story.fire("mori", case, "file_cure", 20, evidence=swarf)
    _settled(story, case, 16)
    story.fire("industry", case, "reinstate", 12, reason="swarf weighed on site")
    ship(story, "momijiya", "MJ-04", story.day(2), {"Dy": 20_000}, commit=False)


def _report(product: str, *, missing: int) -> tuple[Use, ...]:
    """The robot maker's year: two lots of fifty kilograms, of which one lacks some grams."""
    rows: list[Use] = []
    for lot, less in (("MJ-01", 0), ("MJ-02", missing)):
        rows += [
            Use("received", "Dy", lot, 50_000),
            Use("used", "Dy", lot, 40_000, product, 2_000),
            Use("loss", "Dy", lot, 400),
            Use("closing", "Dy", lot, 9_600 - less),
        ]
    return tuple(rows)


# ---- the strict track ----------------------------------------------------------------------------
def _strict(story: Story, before: int) -> None:
    """A mixed civil and defence group: its declared business alone takes it to the strict track."""
    form = {
        **_scope(story, "tallsedge", ["1C908.b"], {"Y": 500_000}, "energy"),
        "uses": [_use("1C908.b", "yttrium oxide", "coating of stationary turbines")],
        "military_customers": "A shipyard; its supply is bought and stored apart, at the Yard.",
    }
    case = story.file("hale", "certificate", before, form, "undertaking")
    story.fire("lin", case, "accept", before - 1)
    _inspected(story, case, before - 3)
    _settled(story, case, before - 5)
    _advised(story, case, before - 8, "grant")
    story.fire("lin", case, "propose", before - 10)
    at = story.day(before - 12)
    cases.vote(story.office, story.who("trade"), case, "grant", "grant", at, reason="the mill only")


def _latest(story: Story, me: Actor, kind: str, organisation: str) -> Case:
    where = {"kind": kind, "organisation": organisation}
    found: Case = cases.find(story.office, me, Search(where, order="-opened", limit=1)).items[0]
    return found
