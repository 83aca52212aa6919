"""Invented things of every kind, for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from xenotime.programme.account import Account, Session
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.shipping.quota import Cap, Draw
from xenotime.programme.shipping.shipment import Item, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate, Scope
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event

AT = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
DAY = date(2026, 6, 1)


def case(number, **more):
    named = {"kind": "certificate", "track": "civil", "state": "filed", "organisation": "O1"}
    opened = AT + timedelta(minutes=number)
    return Case(
        **{"id": f"C{number}", "title": f"Case {number}", "opened": opened, "opened_by": "a", **named, **more}
    )


def organisation(name, **more):
    made = {"country": "DE", "role": "end_user", "state": "active", "track": "civil", "created": AT}
    return Organisation(**{"id": f"O-{name}", "name": name, **made, **more})


def account(name, **more):
    made = {"email": f"{name}@invented.example", "name": name, "role": "officer", "state": "active"}
    return Account(**{"id": name, "created": AT, **made, **more})


def session(name):
    return Session(name, "A1", AT, AT, AT, strong=True, csrf="x")


def certificate(number, **more):
    scope = Scope(("S1", "S2"), ("1C902.a", "1C902.b"), {"Dy": 500}, ("motors",), ("DE",))
    made = {"organisation": "O1", "track": "civil", "state": "active", "scope": scope, "case": "C1"}
    days = {"valid_from": DAY, "valid_until": date(2028, 5, 31), "issued": AT}
    return Certificate(**{"id": number, "number": number, **made, **days, **more})


def permit(number, users=("O1",)):
    return Permit(
        number, number, "general", "O9", tuple(users), ("1C902.a",), {"Dy": 900}, DAY, date(2027, 1, 1),
        "active", AT, "C1",
    )  # fmt: skip


def duty(number, due, state="open"):
    return Duty(f"D{number}", "annual_report", "O1", "XC-1", "file it", due, state, AT, "test")


def verdict(number, **more):
    shipment = Shipment("XC-1", "O9", "O1", "S1", (Item("1C902.a", {"Dy": 5}),), "motors", ("CN", "DE"), DAY)
    made = {"answer": "allow", "shipment": shipment, "reasons": (), "by": "b", "organisation": "O9"}
    return Verdict(**{"id": f"V{number}", "at": AT + timedelta(seconds=number), **made, **more})


def event(subject, kind="case.opened", **data):
    return Event(AT, kind, subject, "O1", "officer:A1", data)


def cap(name="all", grams=100, **levels):
    return Cap(name, grams, **levels)


def draw(grams, element="Dy"):
    return Draw(element, grams, "O1", "O1/S1", "DE", "XC-1", "", 2026)


def fill(store, count=6):
    """A little of everything in a store, through its own verbs."""
    with store.change() as change:
        for number in range(count):
            change.add(case(number))
            change.log(event(f"C{number}"))
        change.add(organisation("Alpenrose Antriebe"))
        change.add(certificate("XC-1"))
        change.add(permit("XG-1"))
        change.add(account("ada"))
        change.add(verdict(1))
        change.add(duty(1, DAY))
        change.keep_blob(b"a document")
        change.number("certificate")
        change.answer("key", "request", "said")
        change.publish("revocation", "a credential", AT)
        change.index("revocation", AT)
        change.set_cap(cap(), AT, "officer:A1")
        change.reserve("R1", [draw(30)], AT, AT + timedelta(days=1), "customs:B", "k1")
        change.settle("R1", "commit", AT, "customs:B", "k2")
        change.log(event("XC-1", "certificate.issued", serial=1))
