from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from xenotime.report.supply.hedged import HEAD, catalogue, hedge_told, rows, write_rows
from xenotime.report.terminal import render
from xenotime.report.words import LANGUAGES
from xenotime.services.supply.company import Company, Way
from xenotime.services.supply.hedge import Wanted, planned
from xenotime.services.supply.results import Basis
from xenotime.supply.hedge.paths import equal
from xenotime.supply.hedge.plan import Aim, Item, Line, Offer, Plan, Source, Swap

DAY = date(2026, 11, 11)
BASIS = Basis(
    *("snap-back-2026", "The package comes back", "It comes back.", DAY, 180, 30, 8, 1, 7, DAY, True, "hash"),
    *({}, 0.0, (), 0.0, "withheld", (), (), 0, 0, (), (), ()),
)


def made(budget=float("inf")):
    """A line of 1,000 kg a month; nothing comes from China for two months in half of the futures."""
    plan = Plan(
        6,
        (Item("mg", "magnet", "kg", 60.0, owned=500.0, most=4000.0, keep=0.6),),
        (Line("axle", 0, 1000.0, 400.0),),
        (Source("cn", "CN"), Source("jp", "JP", cost=2e9, wait=1), Source("ee", "EU")),
        (Offer(0, 0, 1000.0, 60.0, 0), Offer(1, 0, 500.0, 80.0, 1), Offer(2, 0, 200.0, 70.0, 1, fee=1.0)),
        swaps=(Swap("thrift", 0, -1, 0.2, 0.0, 30.0, ready=5_000.0),),
    )
    share = np.ones((2, 6, 8))
    share[0, :2, ::2] = 0.0
    ways = (Way("magnet/ndfeb", "CN", "EU"), Way("magnet/ndfeb", "JP", "EU"))
    names = {"lines/axle": "E-axles", "products/mg": "Magnet", "parties/jp": "Maker"}
    company = Company("buyer", plan, ways, names, ("stocks.csv, row 2: assumed 12",))
    return planned(company, equal(share), Wanted(Aim(0.5, 0.5, budget), 4, 4, 4), BASIS)


@pytest.fixture(scope="module")
def found():
    return made()


def test_the_answer_comes_first_with_what_is_spent_and_saved(found):
    text = render(hedge_told(found), width=110)
    assert text.splitlines()[0] == "buyer: before The package comes back"
    assert (
        text.index("Spend ") < text.index("Hold") < text.index("Qualify, make ready") < text.index("How sure")
    )


def test_what_cannot_pay_is_a_no_with_what_it_would_cost(found):
    text = render(hedge_told(found), width=140)
    (line,) = [line for line in text.splitlines() if "Maker" in line]
    assert ("no" in line.split(), "2 billion USD" in line, "-" in line) == (True, True, True)


def test_a_choice_beyond_the_budget_says_so():
    text = render(hedge_told(made(budget=10_000.0)), width=140)
    (line,) = [line for line in text.splitlines() if "Maker" in line]
    assert "cannot be paid" in line
    assert "One more dollar of budget would save" in text


def test_nothing_to_spend_is_said_in_words(found):
    idle = replace(found, planned=replace(found.planned, spent=0.0))
    assert "Nothing is worth doing beforehand" in render(hedge_told(idle), width=110)


def test_what_was_assumed_and_how_it_was_tested_is_told(found):
    text = render(hedge_told(found), width=200)
    assert "assumed: stocks.csv, row 2: assumed 12" in text
    assert "On 4 fresh futures the objective is" in text


def test_rows_hold_every_stock_contract_choice_line_and_budget(found, tmp_path):
    path = write_rows(found, tmp_path / "hedge.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert tuple(head) == HEAD
    kinds = ["stock", "contract", "source", "substitution", "line", *["budget"] * len(found.frontier)]
    assert [line[0] for line in lines] == kinds
    assert [row[0] for row in rows(found)] == kinds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_every_word(found, lang):
    say = catalogue(lang)
    text = render(hedge_told(found, say), width=140)
    assert say("hold.head_answer") in text
    assert say("hold.foresight")[:12] in text
