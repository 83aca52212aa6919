"""What must hold of answers: they speak of things that are there, and say what their question asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from xenotime.core.errors import InputError, Problem
from xenotime.portfolio.numbers import parse_number
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.values import UNKNOWN

#: The table and column that hold what an answer is about.
_HOMES = {
    "product": ("products", "product"),
    "technology": ("technology", "technology"),
    "party": ("parties", "party"),
    "exporter": ("parties", "party"),
    "site": ("sites", "site"),
    "shipment": ("shipments", "shipment"),
}
_TRUTHS = ("cn_technology", "cn_rare_earths", "classified", "military_user")
_MONEY = ("cn_part1_value", "item_value")


def subjects(portfolio: Portfolio) -> Iterator[Problem]:
    """Answers about something that no table holds."""
    legs = {f"{row.text('shipment')}/{row.text('leg')}" for row in portfolio["legs"]}
    for row in portfolio["answers"]:
        about, subject = row.text("about"), row.text("subject")
        if about == "leg":
            known, table = legs, "legs"
        elif about in _HOMES:
            table, column = _HOMES[about]
            known = {each.text(column) for each in portfolio[table]}
        else:
            continue
        if subject not in known and table not in portfolio.broken:
            near = get_close_matches(subject, known, n=1, cutoff=0.8)
            yield Problem(
                "an answer about nothing",
                row.where("subject"),
                f"a {about} of table {table}",
                f"{subject!r}, which is not there",
                f"did you mean {near[0]!r}?" if near else "correct the id, or remove the answer",
            )


def words(portfolio: Portfolio) -> Iterator[Problem]:
    """Answers that are no answer to their question: no truth, no amount, no currency."""
    for row in portfolio["answers"]:
        fact, value = row.text("fact"), row.text("value")
        if not value or value.casefold() in UNKNOWN:
            continue
        if (fact.startswith(("el_", "listed_", "held_")) or fact in _TRUTHS) and value not in ("yes", "no"):
            yield _unfit(row, "value", "yes, no or unknown", repr(value))
        if fact in _MONEY and not _amount(value):
            yield _unfit(row, "value", "an amount from 0 with a decimal point", repr(value))
        if fact in _MONEY and not row.text("currency"):
            yield _unfit(row, "currency", "an ISO 4217 code, such as EUR", "nothing")


def _amount(value: str) -> bool:
    try:
        return parse_number(value) >= 0
    except InputError:
        return False


def _unfit(row: Row, column: str, expected: str, found: str) -> Problem:
    return Problem(
        "an answer that does not fit its question",
        row.where(column),
        expected,
        found,
        f"correct the answer to {row.text('about')} {row.text('subject')}, {row.text('fact')}",
    )


RULES: tuple[Callable[[Portfolio], Iterator[Problem]], ...] = (subjects, words)
