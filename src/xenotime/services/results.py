"""What the services hand to the faces: plain values, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xenotime.core.truth import Truth
from xenotime.law.answer import Coverage, Explanation
from xenotime.services.receipt import Receipt


def close(coverage: Coverage) -> bool:
    """Whether a licence held is for such goods and such a buyer, so that the bound which fails is telling."""
    fails = {bound.removesuffix("?") for bound in coverage.fails}
    return "item" not in fails and not {"destination", "end_user"} <= fails


@dataclass(frozen=True, slots=True)
class Hit:
    """A party that matches, or nearly matches, a list entry.

    `score` is the probability, in percent, that both are one party; `status` the state of the listing on
    the day, or "cleared" or "ruled out".
    """

    party: str
    party_name: str
    list_address: str
    list_title: str
    entry: str
    entry_name: str
    how: str
    sure: bool
    score: int
    listed_on: date | None
    status: str

    @property
    def truth(self) -> Truth:
        """Whether the party is the entry: True, False where it was ruled out or cleared, else None."""
        return True if self.sure else (False if self.status in ("ruled out", "cleared") else None)


@dataclass(frozen=True, slots=True)
class ValueShare:
    """The exact share of Chinese Part 1 material in the exported item.

    `answer` is "at or above", "below" or "cannot be shown"; `low` and `high` are exact
    fractions as text ("9999/10000000"); `gaps` name what is missing.
    """

    answer: str
    low: str
    high: str
    low_percent: str
    high_percent: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One decided movement."""

    shipment: str
    leg: int
    on: date
    from_country: str
    to_country: str
    product: str
    product_name: str
    quantity: Decimal | None
    unit: str
    value: Decimal | None
    currency: str
    exporter: str
    consignee: str
    end_user: str
    status: str
    note: str
    explanation: Explanation
    share: ValueShare | None = None
    hits: tuple[Hit, ...] = ()
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, and by when (None: no day fixed by law; `due` is a range past the calendar)."""

    due: tuple[date, date] | None
    what: str
    address: str
    shipments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that will change answers: a hinge, a licence's end, a start of force."""

    day: date
    what: str
    address: str
    shipments: tuple[str, ...]
    check: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact whose answer would settle open shipments, and whom to ask."""

    fact: str
    asks: str
    who: str
    shipments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days with one status of an article, for the timeline figure.

    status: not_yet | in_force | suspended | repealed | unverified; `last` is None when open-ended.
    """

    address: str
    title: str
    status: str
    first: date
    last: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole portfolio, decided."""

    portfolio: str
    known: date
    law_hash: str
    law_title: str
    strict: bool
    branches: Mapping[str, str]
    legs: tuple[Leg, ...]
    counts: Mapping[str, int]
    actions: tuple[Action, ...]
    ahead: tuple[Ahead, ...]
    asks: tuple[Ask, ...]
    timeline: tuple[Segment, ...]
    warnings: tuple[str, ...] = ()
    notice: str = (
        "Trading parties are invented or belong to the portfolio's owner. Where a real name appears, it "
        "illustrates the effect of a published listing; no dealing is alleged. This is not legal advice."
    )
