"""A small world of invented organisations with a certificate and a licence, to test what can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xenotime.programme.access import Actor
from xenotime.programme.casework import terms
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation, Site
from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.services.programme.oversight import duties
from xenotime.services.programme.shipping import shipments
from xenotime.services.programme.trust import certificates, licences

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAY = AT.date()
APPROVER = Actor("A1", "approver", body="trade")
OFFICER = Actor("A2", "officer")
CUSTOMS = Actor("A3", "customs")
EXPORTER = Actor("A4", "applicant", "EX")
USER = Actor("A5", "applicant", "EU")
STRANGER = Actor("A6", "applicant", "XX")
SITES = (
    Site("S1", "Werk Nordhain", "Nordhain 1", "DE", since=date(2025, 1, 1)),
    Site("S2", "Werk Suedhain", "Suedhain 2", "DE", since=date(2025, 1, 1)),
    Site("S3", "Werk Neuhain", "Neuhain 3", "DE"),
)
MAGNET = "1C905.a.4"


def organisation(key, name, country, role="end_user", track="civil", **more):
    return Organisation(
        key, name, country, role, "active", track, AT - timedelta(days=400), invented=True, **more
    )


@dataclass
class World:
    """An office whose store holds an exporter, a civil user, a military-linked user, and what was granted."""

    office: Any
    number: str = ""
    licence: str = ""
    keys: int = 0

    def settle(self):
        """Register everybody."""
        with self.office.store.change() as change:
            for one in (
                organisation("EX", "Beispiel Magnetwerk Ltd", "CN", "exporter"),
                organisation("EU", "Nordhain Antriebe GmbH", "DE", sites=SITES),
                organisation("MU", "Zwieseler Doppelwerk AG", "DE", track="military", sites=SITES),
                organisation("XX", "Fernheim Handel GmbH", "DE", "both"),
            ):
                change.add(one)
        return self

    def case(self, kind, owner, form, conditions=(), subject=""):
        return Case(
            f"C-{kind}",
            kind,
            "civil",
            "decided",
            owner,
            kind,
            AT,
            "applicant:A5",
            subject=subject,
            form=form,
            conditions=conditions,
        )

    def certify(self, owner="EU", at=AT, conditions=(), **form):
        asked = {
            "sites": "S1",
            "items": ["1C905", "1C912"],
            "grams": {"Dy": 10_000, "Nd": 200_000, "Eu": 500},
            "end_uses": ["traction motors"],
            **form,
        }
        with self.office.store.change() as change:
            made = certificates.issue(
                change, self.office, self.case("certificate", owner, asked, conditions), APPROVER, at
            )
        self.number = made.number
        return made

    def license(self, kind="general_licence", users=("EU",), at=AT, **form):
        asked = {"users": list(users), "items": ["1C905"], "grams": {"Dy": 8_000, "Nd": 100_000}, **form}
        with self.office.store.change() as change:
            made = licences.issue(change, self.office, self.case(kind, "EX", asked), APPROVER, at)
        self.licence = made.number
        return made

    def ready(self):
        """Everybody registered, a certificate and a general licence granted."""
        self.settle()
        self.certify()
        self.license()
        return self

    def shipment(self, grams=None, **more):
        item = Item(MAGNET, grams or {"Dy": 1_000, "Nd": 9_000}, "L1")
        asked = Shipment(
            self.number, "EX", "EU", "S1", (item,), "traction motors", ("CN", "DE"), DAY, parties={}
        )
        return replace(asked, **more)

    def decide(self, shipment=None, actor=EXPORTER, key="", at=AT):
        self.keys += 1
        return shipments.decide(self.office, actor, shipment or self.shipment(), key or f"k{self.keys}", at)

    def act(self, verb, at=AT, actor=APPROVER, reason="for a test", number="", **more):
        with self.office.store.change() as change:
            return verb(change, self.office, number or self.number, actor, at, reason, **more)

    def conditions(self, profile, *names, track="civil"):
        found = terms.conditions(profile, track, names)
        return tuple(c for c in found if c.id in names)

    def record(self, kind="undertaking", days=0, at=AT, **more):
        signed = more.get("signed", at.date())
        return duties.record(
            self.office, USER, kind, self.number, "EX", ("paper 1",), at, signed=signed, days=days
        )


def unmet(verdict):
    """The checks that are not met."""
    return sorted({r.check for r in verdict.reasons if r.met is False})


def unknown(verdict):
    """The checks that nobody can answer."""
    return sorted({r.check for r in verdict.reasons if r.met is None})
