"""A licence of an exporter: general (many shipments to named certified users) or individual (one)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

GENERAL, INDIVIDUAL = "general", "individual"


@dataclass(frozen=True, slots=True)
class Permit:
    """A licence: exporter × named certified users × items, with validity and grams by element.

    `kind`: general | individual; `state`: active | suspended | revoked | surrendered | exhausted.
    `users` are organisation ids. An individual licence is for one user and one shipment.
    """

    id: str
    number: str
    kind: str
    exporter: str
    users: tuple[str, ...]
    items: tuple[str, ...]
    grams: Mapping[str, int]
    valid_from: date
    valid_until: date
    state: str
    issued: datetime
    case: str
    uses: int = 0
    changes: tuple[Mapping[str, str], ...] = field(default_factory=tuple)
    version: int = 0
