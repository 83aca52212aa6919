"""A scenario: what the law does, how the office works, what demand, projects and policies do, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xenotime.supply.engine.run import Rules


@dataclass(frozen=True, slots=True)
class Turn:
    """From a day on, routes that fit the filters are handled so; None leaves a number as it was.

    `destinations`, `goods` (address prefixes), `buyers`, `origins`: empty fits all. Numbers as in `Handling`;
    `claims` and `why` say where they come from.
    """

    day: date
    destinations: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    hold: float | None = None
    fast: float | None = None
    lead: float | None = None
    sigma: float | None = None
    refuse: float | None = None
    block: float | None = None
    why: str = ""
    claims: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """From `day` to `until`, `share` of the capacity of sites that fit is lost (negative: gained)."""

    day: date
    until: date | None
    share: float
    countries: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    why: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """From `day`, end demand of uses and countries that fit is multiplied by `factor` (over `over` days)."""

    day: date
    factor: float
    uses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    over: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A price floor, stockpile purchase, tariff or purchase commitment from a day: kind, numbers, claims."""

    kind: str
    day: date
    numbers: Mapping[str, float]
    countries: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    why: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A dated event drawn over the output: words, article address or claim ids."""

    day: date
    says: str
    address: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario file, typed and checked.

    `known` is the day whose law is used, `branches` what is assumed of its hinges, `law` False for no law at
    all, `certified` the share of civil buyers with a certificate, `compared` the scenario it is read against.
    `shock` is the day from which days are counted for a reader (day 0), `doubt` [share] the part of an order
    that waits where the law does not settle the answer, `drafts` the texts of notices laid over the book.
    """

    id: str
    title: str
    says: str
    start: date
    days: int
    known: date
    branches: Mapping[str, str] = field(default_factory=dict)
    law: bool = True
    certified: float = 0.0
    drafts: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    cuts: tuple[Cut, ...] = ()
    shifts: tuple[Shift, ...] = ()
    policies: tuple[Policy, ...] = ()
    markers: tuple[Marker, ...] = ()
    office: Mapping[str, float] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    compared: str = ""
    projects: Mapping[str, float] = field(default_factory=dict)
    shock: date | None = None
    doubt: float = 1.0

    @property
    def zero(self) -> date:
        """Day 0 for a reader: the day of the shock, else the first day."""
        return self.shock or self.start
