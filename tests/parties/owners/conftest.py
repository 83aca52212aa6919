"""Ownership data in one line each: "X 50% A", "X 20..40% A", "X ? A"; fractions as "1/3"."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.parties.owners.rule import OwnershipRule

DAY = date(2026, 6, 1)


def _share(text):
    unit = 100 if text.endswith("%") else 1
    return Fraction(text.removesuffix("%")) / unit


def _bounds(text):
    if text == "?":
        return Fraction(0), None
    low, _, high = text.removesuffix("%").partition("..")
    unit = "%" if text.endswith("%") else ""
    return _share(low + unit), _share((high or low) + unit)


def _build(*rows, bodies=(), countries=None, branches=None, **kinds):
    holdings = []
    for number, row in enumerate(rows):
        owner, share, owned = row.split()
        more = kinds.get(f"h{number}", {})
        holdings.append(Holding(f"h{number}", owner, owned, *_bounds(share), **more))
    named = [n for h in holdings for n in (h.owner, h.owned, h.holds_for) if n]
    names = dict.fromkeys([*bodies, *named, *(branches or {})])
    return Structure(
        tuple(
            Body(
                n, f"Name of {n}", country=(countries or {}).get(n, ""), branch_of=(branches or {}).get(n, "")
            )
            for n in names
        ),
        tuple(holdings),
    )


@pytest.fixture
def build():
    """A structure of one-line holdings h0, h1, …; keyword hN gives a holding its other fields."""
    return _build


@pytest.fixture
def rule():
    """Half or more, all owners together."""
    return OwnershipRule("half", "Half or more", "us/ofac-50-percent/1")


@pytest.fixture
def ask(rule):
    """The answers in words, by party, of one-line holdings and who is listed."""

    def answers(data, listed, rule=rule, on=DAY, listings=None):
        found = resolve(data, rule, listed, on, None, listings)
        return {party: held.word for party, held in found.held.items()}

    return answers
