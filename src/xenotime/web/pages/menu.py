"""What stands in the bar: the pages that a reader's role may open."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.programme.access import Actor, permits


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the bar: the key of its word, its address, and whether the reader is in it."""

    key: str
    path: str
    here: bool


#: Key and address of every place, with the right that opens it; "" for everybody.
PLACES = (
    ("home", "/home", "account.self"),
    ("queues", "/queues", "case.assign"),
    ("cases", "/cases", "case.read"),
    ("organisation", "/organisation", "organisation.edit"),
    ("certificates", "/certificates", "certificate.read"),
    ("shipments", "/shipments", "shipment.read"),
    ("quota", "/quota", "quota.set"),
    ("usage", "/usage", "usage.read"),
    ("duties", "/duties", "duty.read"),
    ("returns", "/returns", "return.read"),
    ("letters", "/letters", "organisation.edit"),
    ("accounts", "/accounts", "account.manage"),
    ("audit", "/audit", "log.entries"),
    ("system", "/system", "system.read"),
    ("assess", "/assess", "assess.run"),
    ("register", "/register", ""),
    ("statistics", "/statistics", ""),
    ("log", "/log", ""),
    ("help", "/help", ""),
)
#: What the public sees, and what stays in the foot for those who are signed in.
PUBLIC_PLACES = frozenset({"register", "statistics", "log", "help"})


def menu(actor: Actor, path: str) -> tuple[Entry, ...]:
    """The places for a reader: the public ones for the public, the work places for those who work here."""
    public = actor.role == "public"
    return tuple(
        Entry(key, place, path == place or path.startswith(place + "/"))
        for key, place, verb in PLACES
        if ((key in PUBLIC_PLACES) if public else (verb and permits(actor, verb, actor.organisation)))
    )
