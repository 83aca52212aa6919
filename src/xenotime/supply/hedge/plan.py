"""What a company could hold, contract, qualify and substitute before the next stop, and what each costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xenotime.core.errors import InputError

#: The forms in which a stock can be held, from the most general to the most special.
FORMS = ("oxide", "metal", "magnet", "component")


@dataclass(frozen=True, slots=True)
class Item:
    """What can be held: `price` [USD per unit] at rest, `owned` and `most` [units].

    `keep` [USD per unit a month] is the cost of keeping it, `left` the share of the price that a unit
    not used is still worth at the end; `form` is one of `FORMS`.
    """

    id: str
    form: str
    unit: str
    price: float
    owned: float = 0.0
    most: float = float("inf")
    keep: float = 0.0
    left: float = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the company: it takes `need` [units a month] of an item; one missed costs `worth` [USD]."""

    id: str
    item: int
    need: float
    worth: float


@dataclass(frozen=True, slots=True)
class Source:
    """A supplier, already qualified when `cost` [USD] is 0; it delivers after `wait` [months]."""

    id: str
    country: str = ""
    cost: float = 0.0
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source sells: up to `most` [units a month] of an item for `price` [USD per unit].

    `path` is the row of `Paths` that says which share of `most` arrives in each month. With `fee` [USD per
    unit of monthly capacity and month] the capacity is a contract: only what is reserved beforehand can be
    bought, and its price stays; without it the price follows the path's price.
    """

    source: int
    item: int
    most: float
    price: float
    path: int
    fee: float | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """A conversion: one unit of `target` is made of `ratio` units of `source` for `cost` [USD].

    It takes `lead` [months]; `most` [units of target a month]; `path` as in `Offer`, -1 for a maker whom no
    control touches.
    """

    id: str
    source: int
    target: int
    ratio: float
    cost: float
    most: float
    lead: int = 0
    path: int = -1


@dataclass(frozen=True, slots=True)
class Swap:
    """A substitution: up to `cap` [share] of a line's need is met by `ratio` units of another `item`.

    `item` -1 needs nothing instead. It costs `ready` [USD] once beforehand (0: it is ready), then `penalty`
    [USD per unit of the line's need], and can be used from month `wait` on.
    """

    id: str
    line: int
    item: int
    cap: float
    ratio: float = 1.0
    penalty: float = 0.0
    ready: float = 0.0
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole problem: everything that can be held, needed, bought, made and swapped, over `months`."""

    months: int
    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...] = ()
    offers: tuple[Offer, ...] = ()
    makings: tuple[Making, ...] = ()
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """What is minimised: (1 - `weight`) of the mean cost, `weight` of the mean of the worst share `risk`.

    `budget` [USD] bounds what is spent before the stop.
    """

    risk: float = 0.05
    weight: float = 0.5
    budget: float = float("inf")


def check_aim(aim: Aim) -> Aim:
    """The aim itself. Raises InputError for a share out of reach or a budget below zero."""
    bad = []
    if not 0 < aim.risk <= 1:
        bad.append(("--risk", "a share above 0 and at most 1: the worst part that counts", aim.risk))
    if not 0 <= aim.weight <= 1:
        bad.append(("--weight", "from 0 (the mean alone) to 1 (the worst part alone)", aim.weight))
    if not aim.budget >= 0:
        bad.append(("--budget", "US dollars, 0 or more", aim.budget))
    for where, expected, found in bad:
        raise InputError(
            "this hedge cannot be sought",
            where=where,
            expected=expected,
            found=str(found),
            next_step="correct the option",
        )
    return aim


def check_plan(plan: Plan) -> Plan:
    """The plan itself. Raises InputError that names a row whose number cannot be, or points nowhere."""
    for what, name, expected, found in _faults(plan):
        raise InputError(
            f"this {what} cannot be planned with",
            where=name,
            expected=expected,
            found=found,
            next_step="correct the number in your tables",
        )
    return plan


def _faults(plan: Plan) -> Iterable[tuple[str, str, str, str]]:
    if plan.months < 1 or not plan.lines:
        yield "plan", "", "at least one month and one line", f"{plan.months} months, {len(plan.lines)} lines"
    for what, rows, fields in (
        ("item", plan.items, ("price", "owned", "most", "keep", "left")),
        ("line", plan.lines, ("need", "worth")),
        ("source", plan.sources, ("cost", "wait")),
        ("offer", plan.offers, ("most", "price")),
        ("conversion", plan.makings, ("ratio", "cost", "most", "lead")),
        ("substitution", plan.swaps, ("cap", "ratio", "penalty", "ready", "wait")),
    ):
        for number, row in enumerate(rows):
            name = getattr(row, "id", f"row {number + 1}")
            for field in fields:
                if not getattr(row, field) >= 0:
                    yield what, name, f"{field} of 0 or more", str(getattr(row, field))
            item = getattr(row, "item", 0)
            if item >= len(plan.items):
                yield what, name, f"an item below {len(plan.items)}", str(item)
