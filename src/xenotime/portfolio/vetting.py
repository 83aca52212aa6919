"""What must hold of what is known about parties: owners for others, evidence, sites of shipments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from xenotime.core.errors import Problem
from xenotime.portfolio.table import Portfolio, Row

#: Kinds of evidence whose value is a share [percent].
SHARED = ("defence_revenue", "owned_by_listed", "state_defence_owner")
_WHOLE = Decimal(100)


def holders(portfolio: Portfolio) -> Iterator[Problem]:
    """Holdings for somebody else that name nobody, and names of somebody else on plain holdings."""
    for row in portfolio["ownership"]:
        stands_in, other = row.text("kind") in ("nominee", "trust"), row.text("holds_for")
        if other and not stands_in:
            yield Problem(
                "a holding for somebody else that is neither nominee nor trust",
                row.where("holds_for"),
                "kind nominee or trust beside holds_for",
                f"kind {row.text('kind') or 'shares'}, holds_for {other!r}",
                "set kind, or leave holds_for empty",
            )
        if stands_in and not other:
            yield Problem(
                "a nominee or trustee without the one behind it",
                row.where("holds_for"),
                "the party it holds for",
                "nothing: whose share it is stays unknown",
                "ask the holder and fill in holds_for",
                "warning",
            )


def places(portfolio: Portfolio) -> Iterator[Problem]:
    """Evidence and shipments that name a site of another party."""
    owners = {row.text("site"): row.text("party") for row in portfolio["sites"]}
    for row in portfolio["evidence"]:
        yield from _foreign(row, owners, (row.text("party"),), "the site of another party in evidence")
    for row in portfolio["shipments"]:
        users = (row.text("end_user"),) if row.text("end_user") else (row.text("consignee"),)
        yield from _foreign(row, owners, users, "the site of another party in a shipment")


def _foreign(row: Row, owners: dict[str, str], parties: tuple[str, ...], what: str) -> Iterator[Problem]:
    site = row.text("site")
    if site in owners and any(parties) and owners[site] not in parties:
        yield Problem(
            what,
            row.where("site"),
            f"a site of {' or '.join(repr(party) for party in parties)}",
            f"{site!r}, a site of {owners[site]!r}",
            "correct the site or the party",
        )


def levels(portfolio: Portfolio) -> Iterator[Problem]:
    """Evidence whose level, site and contract do not fit each other."""
    for row in portfolio["evidence"]:
        level = row.text("level")
        for name in ("site", "contract"):
            if level == name and not row.text(name):
                yield _unfit(row, name, f"the {name} it speaks of", "nothing", f"fill in {name}")
            if level not in ("", name) and row.text(name):
                found = f"level {level}, {name} {row.text(name)!r}"
                yield _unfit(row, "level", name, found, f"set level to {name}, or leave {name} empty")
        if not level and row.text("site") and row.text("contract"):
            yield _unfit(row, "level", "site or contract", "both named, no level", "say which of them")


def _unfit(row: Row, column: str, expected: str, found: str, step: str) -> Problem:
    return Problem("evidence whose level and place do not fit", row.where(column), expected, found, step)


def values(portfolio: Portfolio) -> Iterator[Problem]:
    """Evidence of a share that is no percentage, and evidence that can decide nothing."""
    for row in portfolio["evidence"]:
        if row.text("kind") in SHARED and row.text("value") and percent(row.text("value")) is None:
            yield Problem(
                "evidence whose share is no percentage",
                row.where("value"),
                "a number from 0 to 100, such as 12.5",
                repr(row.text("value")),
                "write the share in percent, or leave it empty",
            )
        if row.day("day") is None:
            yield Problem(
                "evidence without a day",
                row.where("day"),
                "the day it was made, as YYYY-MM-DD",
                "nothing: it counts as history only",
                "fill in the day",
                "warning",
            )


def percent(text: str) -> Decimal | None:
    """The percentage a text says, from 0 to 100; None if it says none.

    >>> percent("12.5 %"), percent("half"), percent("101")
    (Decimal('12.5'), None, None)
    """
    try:
        number = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= _WHOLE else None


RULES: tuple[Callable[[Portfolio], Iterator[Problem]], ...] = (holders, places, levels, values)
