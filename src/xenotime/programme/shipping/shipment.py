"""A shipment as it is asked about, and the answer it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

ALLOW, REFER, REFUSE = "allow", "refer", "refuse"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: control code, grams of each contained element, the lot it comes from, what it is.

    `facts` are statements on the goods by the law's own fact names (`kind`, `material`, `processing`, …);
    what they leave open follows from the control code. An element with 0 grams is stated to be absent.
    """

    code: str
    grams: Mapping[str, int]
    lot: str = ""
    description: str = ""
    hs: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shipment:
    """What somebody wants to ship under a certificate. `on`: the day of the customs declaration.

    `exporter` and `end_user` are organisation ids; `certificate` and `licence` numbers; `route` ISO codes in
    order, first the place of departure. `parties`: other names that take part, role -> name.
    `value` text of a decimal, with `currency`. `facts` are statements on the deal by the law's fact names
    (`humanitarian`, `red_flag`, `military_use`, …); they can make an answer stricter, never milder.
    """

    certificate: str
    exporter: str
    end_user: str
    site: str
    items: tuple[Item, ...]
    end_use: str
    route: tuple[str, ...]
    on: date
    licence: str = ""
    parties: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    currency: str = ""
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an answer: what was asked, met or not (None: unknown), the words, and where it comes
    from.
    """

    check: str
    met: bool | None
    says: str
    source: str = ""
    says_zh: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of what was committed, asked for by one person and confirmed by another.

    `grams` by element, added (below 0: taken off); empty: the whole commit is reversed. `state`: asked |
    done | refused.
    """

    id: str
    grams: Mapping[str, int]
    reason: str
    asked_by: str
    asked: datetime
    state: str = "asked"
    decided_by: str = ""
    decided: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: allow | refer | refuse, its reasons, the law's own decision, what was reserved, the
    log's proof.

    `state` of the reservation: reserved | committed | released | expired | reversed | answered | none.
    `leaf` is the index in the log.
    `law` names outcome, articles and hash of the law snapshot. `licence` is the licence it went under, `case`
    the notice case that a referral opened, `next` the verdict that answered a referral, `held` the grams
    reserved by element, `committed` what really left.
    """

    id: str
    answer: str
    shipment: Shipment
    reasons: tuple[Reason, ...]
    at: datetime
    by: str
    organisation: str
    law: Mapping[str, str] = field(default_factory=dict)
    reservation: str = ""
    state: str = "none"
    expires: datetime | None = None
    leaf: int = -1
    version: int = 0
    licence: str = ""
    case: str = ""
    held: Mapping[str, int] = field(default_factory=dict)
    committed: Mapping[str, int] = field(default_factory=dict)
    settled: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    next: str = ""
