"""A certificate: who is trusted, where, for which items and amounts, to what end, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from xenotime.programme.casework.case import Condition

#: States of a certificate. `expired` is never stored: it follows from the day.
ACTIVE, SUSPENDED, REVOKED = "active", "suspended", "revoked"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a certificate covers: sites by id, control codes, grams a year by element, end uses."""

    sites: tuple[str, ...]
    items: tuple[str, ...]
    grams: Mapping[str, int]
    end_uses: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a certificate's state: from when on it counts, and why."""

    state: str
    at: datetime
    by: str
    reason: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of an organisation, with the signed credential and its places in both status lists.

    `number` is what people write; `valid_from` and `valid_until` are both days on which it counts.
    `serial` counts reissues of one number. `changes`: every state it ever had, oldest first.
    """

    id: str
    number: str
    organisation: str
    track: str
    state: str
    scope: Scope
    valid_from: date
    valid_until: date
    issued: datetime
    case: str
    conditions: tuple[Condition, ...] = ()
    serial: int = 1
    revocation_index: int = -1
    suspension_index: int = -1
    credential: str = ""
    changes: tuple[Change, ...] = field(default_factory=tuple)
    version: int = 0

    def state_on(self, on: date) -> str:
        """The state that counts on a day, as now known: active | suspended | revoked | expired | not_yet.

        A suspension or revocation counts from the day it was made; a revoked one is never only expired.
        """
        found = ACTIVE
        for change in self.changes:
            if change.at.date() <= on:
                found = change.state
        if found == REVOKED:
            return found
        if on > self.valid_until:
            return "expired"
        return "not_yet" if on < self.valid_from else found
