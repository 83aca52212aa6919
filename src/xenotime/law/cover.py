"""Whether a licence held covers a shipment, or which of its bounds fails.

Source: Order 792 Art. 15 (an individual licence is for one end user and one export and lapses on use;
a general licence for several, inside its stated scope), Art. 18 (a change of item, destination, end
user or end use needs a new licence), Art. 26 (no general licence for a watch-listed party).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xenotime.core.truth import Truth
from xenotime.law.answer import Coverage

#: The bounds of a licence that can fail, in the order they are shown.
BOUNDS = ("item", "destination", "end_user", "end_use", "quantity", "date", "used", "watch_listed")


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence held: its codes, territories, end users, uses, quantity [kg] and days."""

    licence: str
    channel: str
    codes: tuple[str, ...]
    destinations: tuple[str, ...]
    end_users: tuple[str, ...]
    end_uses: tuple[str, ...]
    quantity_kg: Decimal | None
    from_day: date
    to_day: date
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a shipment asks of a licence; empty or None means not known."""

    codes: tuple[str, ...]
    destination: str
    end_user: str
    end_use: str
    quantity_kg: Decimal | None
    on: date
    watch_listed: Truth = False


def check_licence(
    licence: Licence, demand: Demand, *, used_kg: Decimal = Decimal(0), uses: int = 0
) -> Coverage:
    """Whether one licence covers one demand, given what was used of it before.

    The result is unknown (None) when nothing fails but something needed is not known.
    """
    tests: dict[str, Truth] = {
        "item": _item(licence.codes, demand.codes),
        "destination": demand.destination in licence.destinations if demand.destination else None,
        "end_user": demand.end_user in licence.end_users if demand.end_user else None,
        "end_use": _use(licence.end_uses, demand.end_use),
        "quantity": _quantity(licence, demand, used_kg),
        "date": licence.from_day <= demand.on <= licence.to_day,
        "used": not (licence.channel == "individual" and uses > 0),
        "watch_listed": True if licence.channel == "individual" else _negated(demand.watch_listed),
    }
    fails = tuple(b for b in BOUNDS if tests[b] is False)
    if fails:
        return Coverage(licence.licence, licence.channel, False, fails)
    unsure = tuple(f"{b}?" for b in BOUNDS if tests[b] is None)
    return Coverage(licence.licence, licence.channel, None if unsure else True, unsure)


def _negated(value: Truth) -> Truth:
    return None if value is None else not value


def _item(held: Sequence[str], wanted: Sequence[str]) -> Truth:
    """Every code of the item lies under a code of the licence (1C905 covers 1C905.a.1)."""
    if not wanted:
        return None
    if any(code.endswith("?") for code in wanted):
        return None
    return all(any(code == h or code.startswith(f"{h}.") for h in held) for code in wanted)


def _use(held: Sequence[str], wanted: str) -> Truth:
    if not held:
        return True
    return None if not wanted else wanted.strip().casefold() in {h.strip().casefold() for h in held}


def _quantity(licence: Licence, demand: Demand, used_kg: Decimal) -> Truth:
    if licence.quantity_kg is None:
        return True
    if demand.quantity_kg is None:
        return None
    return used_kg + demand.quantity_kg <= licence.quantity_kg
