"""The example, asked once; and a judge of one shipment that knows nothing of how questions are weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from xenotime.law.oracle import judge
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.table import Portfolio
from xenotime.services.ask.answers import Answer
from xenotime.services.ask.effect import with_answers
from xenotime.services.ask.inquiry import inquire
from xenotime.services.ask.turned import turned
from xenotime.services.library import open_library
from xenotime.services.rows import Desk

EXAMPLE = Path(__file__).parents[3] / "examples" / "magnet-maker"
KNOWN = date(2026, 11, 21)
#: Amounts on both sides of every floor.
AMOUNTS = ("0", "0.0001", "0.1", "100000")


def answer(key, value, *, by="Anna Example", day=KNOWN, currency=""):
    money = currency or ("USD" if key.fact == "cn_part1_value" else "")
    return Answer(key, value, by, day, currency=money, where="answers.csv, row 2")


def admissible(key, library):
    """Every answer that a person could give, or enough of them; written here a second time on purpose."""
    if key.about == "hinge":
        return tuple(library.law.book.hinges[key.subject].branches)
    if key.fact == "cn_part1_value":
        return AMOUNTS
    assert library.law.book.facts[key.fact].type == "bool", key
    return ("yes", "no")


def alone(portfolio, shipment):
    """The portfolio with one shipment, its legs, and the parties it needs."""
    (row,) = (r for r in portfolio["shipments"] if r.text("shipment") == shipment)
    users = {row.text(c) for c in ("exporter", "consignee", "end_user")}
    ties = [r for r in portfolio["ownership"] if {r.text("owner"), r.text("owned")} & users]
    users |= {r.text(c) for r in ties for c in ("owner", "owned", "holds_for")}
    tables = {
        **portfolio.tables,
        "shipments": (row,),
        "legs": tuple(r for r in portfolio["legs"] if r.text("shipment") == shipment),
        "parties": tuple(r for r in portfolio["parties"] if r.text("party") in users),
        "ownership": tuple(ties),
    }
    return replace(portfolio, tables=tables)


@cache
def _turned(library, hinges):
    """The library with some hinges settled, folded once for all shipments."""
    answers = [answer(key, branch) for key, branch in hinges]
    return turned(library, with_answers(Portfolio({}), answers))


def settled(portfolio, library, answers=()):
    """Whether every leg has one outcome, by the plain-Python oracle."""
    told = with_answers(portfolio, answers)
    library = _turned(library, tuple((a.key, a.value) for a in answers if a.key.about == "hinge"))
    verdicts = [
        judge(library.law, m.facts, m.on, strict=library.strict) for m in Desk(told, library).movements()
    ]
    return all(v.low == v.high for v in verdicts)


def surely(portfolio, library, keys):
    """Whether it is settled whatever is answered to some questions, every combination tried."""
    choices = [admissible(key, library) for key in keys]
    return all(
        settled(portfolio, library, [answer(k, v) for k, v in zip(keys, given, strict=True)])
        for given in product(*choices)
    )


@pytest.fixture(scope="session")
def library():
    return open_library(KNOWN)


@pytest.fixture(scope="session")
def portfolio():
    return read_portfolio(EXAMPLE)


@pytest.fixture(scope="session")
def inquiry(portfolio, library):
    return inquire(portfolio, library)


@pytest.fixture(scope="session")
def again():
    """The judge, as one name."""
    return SimpleNamespace(alone=alone, answer=answer, settled=settled, surely=surely, known=KNOWN)
