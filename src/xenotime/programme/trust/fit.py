"""Whether a licence of the programme fits a shipment, or which of its bounds fails.

Source: Order 792 Art. 15 (an individual licence is for one user and one export and dies when used; a general
one for several users inside its scope, up to three years), Art. 26 (none for watch-listed users).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.programme.trust.licence import GENERAL, INDIVIDUAL, Permit
from xenotime.programme.trust.scope import covers, totals

#: Bounds that can fail, in the order they are shown.
BOUNDS = ("state", "exporter", "user", "item", "element", "date", "used", "single", "watch_listed")


@dataclass(frozen=True, slots=True)
class Fit:
    """A licence beside a shipment: the bounds that fail, none if it fits; `unsure` what nobody knows yet."""

    number: str
    kind: str
    fails: tuple[str, ...]
    unsure: tuple[str, ...] = ()

    @property
    def fits(self) -> bool | None:
        """Whether it fits; None if that hangs on what is not known."""
        return False if self.fails else None if self.unsure else True


def state_on(permit: Permit, at: datetime) -> str:
    """The state that counts at an instant: as kept, or expired by its last day, or not_yet."""
    if permit.state != "active":
        return permit.state
    if at.date() > permit.valid_until:
        return "expired"
    return "not_yet" if at.date() < permit.valid_from else "active"


def fit(
    permit: Permit,
    shipment: Shipment,
    items: Sequence[Item],
    at: datetime,
    *,
    single: bool = False,
    watched: bool | None = False,
) -> Fit:
    """Whether a licence fits the items of a shipment at an instant.

    `single`: only an individual licence will do; `watched`: whether the user is watch-listed (None: perhaps).
    """
    general = permit.kind == GENERAL
    tests = {
        "state": permit.state == "active",
        "exporter": permit.exporter == shipment.exporter,
        "user": shipment.end_user in permit.users,
        "item": all(covers(i.code, permit.items) for i in items),
        "element": all(e in permit.grams for e in totals(items)),
        "date": permit.valid_from <= shipment.on <= permit.valid_until and at.date() <= permit.valid_until,
        "used": not (permit.kind == INDIVIDUAL and permit.uses > 0),
        "single": not (single and general),
        "watch_listed": not (general and watched is True),
    }
    unsure = ("watch_listed",) if general and watched is None else ()
    return Fit(permit.number, permit.kind, tuple(b for b in BOUNDS if not tests[b]), unsure)


def best(fits: Iterable[Fit]) -> Fit | None:
    """The licence to take: one that fits, a general one before an individual one; else one that may fit."""
    ranked = sorted(
        (f for f in fits if f.fits is not False), key=lambda f: (f.fits is None, f.kind != GENERAL, f.number)
    )
    return ranked[0] if ranked else None
