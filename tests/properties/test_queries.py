"""Lists ask the database the same number of questions however much is on them, for all who may read them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from tests.web.conftest import START, House

from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case, Query
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return, Use
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.shipping.shipment import Item, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate, Scope
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event

OFFICIALS = ("officer", "approver", "auditor")
#: The pages that list something -> who may read them. (/system proves the log's tip: that grows as its
#: logarithm.)
LISTS = {
    "/home": ("applicant",),
    "/queues": ("officer", "approver"),
    "/queues?queue=licensing": ("officer", "approver"),
    "/cases": ("applicant", *OFFICIALS),
    "/cases?open=yes&q=magnet": ("applicant", *OFFICIALS),
    "/cases/C-O1": ("applicant", *OFFICIALS),
    "/organisation": ("applicant",),
    "/organisations/O1": ("applicant", *OFFICIALS),
    "/certificates": ("applicant", "customs", *OFFICIALS),
    "/certificates?state=active": ("applicant", "customs", *OFFICIALS),
    "/shipments": ("applicant", "customs", *OFFICIALS),
    "/shipments?side=exporter": ("applicant",),
    "/shipments?answer=allow&state=committed": ("applicant", "customs", *OFFICIALS),
    "/shipments/new": ("applicant", "customs"),
    "/duties": ("applicant", *OFFICIALS),
    "/duties?state=all": ("applicant", *OFFICIALS),
    "/returns": ("applicant", *OFFICIALS),
    "/returns?report=R-O1-2025": ("applicant", *OFFICIALS),
    "/letters": ("applicant",),
    "/letters?organisation=O1": OFFICIALS,
    "/register": ("public", "applicant"),
    "/register?q=magnet": ("public",),
    "/statistics": ("public",),
    "/log": ("public",),
    "/audit": ("auditor",),
    "/audit?subject=C-O1": ("auditor",),
    "/accounts": ("operator",),
    "/account": ("applicant", *OFFICIALS),
}
FEW, MANY = 5, 60


@contextmanager
def counted(store):
    """The statements that are asked meanwhile."""
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def things(number):
    """One more of everything: an organisation with all that it can have, and as much again for O1."""
    key, at = f"N{number:03d}", START - timedelta(days=number + 1)
    site = f"S{number:03d}"
    yield Organisation(key, f"Magnet Works {number}", "DE", "both", "active", "civil", at, invented=True)
    for owner in (key, "O1"):
        name = f"{owner}-{number:03d}"
        scope = Scope((site,), ("1C905",), {"Dy": 1000}, ("motors",), ("DE",))
        span = (at.date(), (at + timedelta(days=900)).date(), at, "")
        query = Query(f"Q-{name}", "Why?", at, "officer:A-officer")
        case = Case(
            f"C-{name}", "incident", "civil", "draft", owner, f"Magnet {number}", at, "officer:A-officer"
        )
        yield replace(
            case, officer="A-officer", queue="licensing", due=at.date(), queries=(query,), parent="C-O1"
        )
        yield Certificate(f"XC-{name}", f"XC-{name}", owner, "civil", "active", scope, *span)
        yield Permit(
            f"XG-{name}",
            f"XG-{name}",
            "general",
            owner,
            (key,),
            ("1C905",),
            {"Dy": 1000},
            *span[:2],
            "active",
            at,
            "",
        )
        yield Duty(f"D-{name}", "records", owner, f"XC-{name}", "Keep it.", at.date(), "open", at, "own")
        yield Letter(f"L-{name}", "asked", "C-O1", owner, "A letter", "Text", "函", "文", at)
        items = (Item("1C905", {"Dy": 5}, f"lot-{number}"),)
        shipment = Shipment(f"XC-{name}", "O1", owner, site, items, "motors", ("CN", "DE"), START.date())
        shipment = replace(shipment, on=shipment.on.replace(year=2025))
        yield Verdict(f"V-{name}", "allow", shipment, (), at, "applicant:A", owner, state="committed")
    yield Return(f"R-{key}-2025", key, 2025, at, "A-applicant", (Use("received", "Dy", f"lot-{number}", 5),))
    yield Account(f"A-{key}", f"{key}@example.com", "Person", "applicant", "active", at, key)


def fill(house, numbers):
    with house.store.change() as change:
        for number in numbers:
            for thing in things(number):
                change.add(thing)
            cap = Cap(f"cap-{number}", 1000, "Dy", certificate=f"XC-O1-{number:03d}", year=START.year)
            change.set_cap(cap, START, "system:test")
            change.log(Event(START, "case.moved", "C-O1", "O1", "system:test", {}))


@pytest.fixture
def house(sqlite_store):
    made = House(sqlite_store)
    rows = tuple(Use("transfer", "Dy", f"lot-{n}", 5, to=f"N{n:03d}") for n in range(FEW))
    with made.store.change() as change:
        change.add(
            Case("C-O1", "certificate", "civil", "draft", "O1", "Magnets", START, "applicant:A-applicant")
        )
        change.add(Return("R-O1-2025", "O1", 2025, START, "A-applicant", rows))
    return made


def statements(house):
    """Page and reader -> how many statements it asks, once everything that is kept for good is there."""
    found = {}
    for path, readers in LISTS.items():
        for reader in readers:
            browser = house.client() if reader == "public" else house.browser(reader)
            browser.get(path)
            with counted(house.store) as asked:
                reply = browser.get(path)
            assert reply.status_code == 200, (path, reader, reply.text[:2000])
            found[path, reader] = len(asked)
    return found


def test_no_list_asks_more_for_more_things(house):
    fill(house, range(FEW))
    few = statements(house)
    assert 0 < min(few.values()) <= max(few.values()) < 40
    fill(house, range(FEW, MANY))
    with house.store.change() as change:
        held = change.get(Return, "R-O1-2025")
        rows = tuple(Use("transfer", "Dy", f"lot-{n}", 5, to=f"N{n:03d}") for n in range(MANY))
        change.put(replace(held, rows=rows))
    assert statements(house) == few
