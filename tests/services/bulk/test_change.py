"""The story of the suspension over the example portfolio, against each leg decided alone by the oracle."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from xenotime.law.answer import Outcome
from xenotime.law.oracle import judge
from xenotime.law.read import read_book
from xenotime.portfolio.read import read_portfolio
from xenotime.services.bulk.change import Case, laws, shift
from xenotime.services.bulk.sheet import Sheet, sheet_of
from xenotime.services.bulk.shift import Measure, total
from xenotime.services.library import open_library
from xenotime.services.rows import Desk, kilograms

BEFORE, AFTER = date(2025, 10, 15), date(2025, 11, 8)
DRAFT = Path("examples/law/half-a-percent.md")


@pytest.fixture(scope="module")
def portfolio():
    return read_portfolio(Path("examples/magnet-maker"))


@pytest.fixture(scope="module")
def cases(portfolio, libraries):
    opened = [libraries(day) for day in (BEFORE, AFTER)]
    return [Case(x.law, "cn", sheet_of(portfolio, x)) for x in opened]


@pytest.fixture(scope="module")
def made(cases):
    return shift(*cases, portfolio="magnet-maker")


@pytest.fixture(scope="module")
def alone(portfolio, libraries):
    """Each leg decided by itself in plain Python: shipment, and outcomes before and after."""
    sides = []
    for day in (BEFORE, AFTER):
        library = libraries(day)
        moves = list(Desk(portfolio, library).movements())
        sides.append([Outcome(judge(library.law, m.facts, m.on).outcome) for m in moves])
    return [(m, *pair) for m, *pair in zip(moves, *sides, strict=True)]


def test_the_moves_are_those_of_each_leg_decided_by_itself(made, alone):
    single = Counter(m.shipment.text("shipment") for m, *_ in alone)
    expected = Counter((old, new) for m, old, new in alone if single[m.shipment.text("shipment")] == 1)
    several = {m.shipment.text("shipment") for m, *_ in alone if single[m.shipment.text("shipment")] > 1}
    found = Counter({(m.before, m.after): m.measure.shipments for m in made.moves})
    assert found - expected == Counter(
        {
            (Outcome.LICENCE, Outcome.LICENCE): 6,
            (Outcome.OPEN, Outcome.OPEN): 1,
            (Outcome.NOT_CONTROLLED,) * 2: 1,
        }
    )
    assert (expected - found, len(several)) == (Counter(), 8)


def test_a_shipment_that_stays_though_a_leg_moves_is_counted_apart(made, alone):
    single = Counter(m.shipment.text("shipment") for m, *_ in alone)
    moved = {m.shipment.text("shipment") for m, old, new in alone if old is not new}
    told = {shipment for shipment in moved if single[shipment] > 1}  # none of the eight gets another answer
    assert (made.inside, len(told)) == (len(told), 4)
    assert told <= set(made.legs["shipment"])


def test_the_numbers_add_up_to_the_portfolio(made, portfolio):
    rows = [r for r in portfolio["shipments"] if r.text("status") != "cancelled"]
    products = portfolio.index("products", "product")
    value = Counter()
    for row in rows:
        if row.number("value") is not None:
            value[row.text("currency")] += row.number("value")
    masses = [kilograms(r, products.get(r.text("product"))) for r in rows]
    legs = [x for x in portfolio["legs"] if x.text("shipment") in {r.text("shipment") for r in rows}]
    whole = Measure(
        len(rows),
        len(legs),
        tuple(sorted(value.items())),
        sum(r.number("value") is None for r in rows),
        sum((m for m in masses if m is not None), Decimal(0)),
        masses.count(None),
    )
    assert made.whole == whole
    assert made.much + made.kept == whole
    for several in (made.parties, made.products, made.kinds):
        assert total(t.measure for t in several) == made.much


def test_the_suspension_frees_the_year_and_leaves_what_comes_after_unverified(made):
    told = {(m.before.word, m.after.word): (m.measure.shipments, m.planned) for m in made.moved}
    assert told == {
        ("licence", "unverified"): (31, 21),
        ("licence", "not_controlled"): (20, 0),
        ("licence", "open"): (3, 0),
        ("case_by_case", "unverified"): (2, 2),
        ("open", "unverified"): (2, 2),
        ("undetermined", "unverified"): (2, 2),
        ("report", "unverified"): (1, 1),
        ("open", "not_controlled"): (1, 0),
        ("undetermined", "not_controlled"): (1, 0),
    }
    assert made.much == Measure(
        63,
        63,
        (("CNY", Decimal(185950)), ("EUR", Decimal("32082.07")), ("USD", Decimal("1357135.69"))),
        7,
        Decimal(37975),
        7,
    )
    assert {w.hinge for w in made.waiting} == {"cn/mofcom-2025-70", "cn/mofcom-2025-70.day"}
    assert {d.address for d in made.duties if d.lost and d.address.startswith("cn/mofcom-2025-61")} == {
        f"cn/mofcom-2025-61/{part}" for part in ("5-report", "6", "7", "7-abroad")
    }
    assert [d for d in made.duties if d.gained] == []


def test_the_legs_that_move_are_named_with_both_answers(made, alone):
    found = {
        (r["shipment"], r["leg"]): (r["outcome_before"], r["outcome_after"])
        for r in made.legs.iter_rows(named=True)
    }
    moved = {
        (m.shipment.text("shipment"), int(str(m.leg.values["leg"]))): (old.word, new.word)
        for m, old, new in alone
        if old is not new
    }
    assert {k: v for k, v in found.items() if v[0] != v[1]} == moved
    (limb,) = made.legs.filter(pl.col("shipment") == "S-2025-0126").rows(named=True)
    assert (limb["article_before"], limb["article_after"]) == ("cn/mofcom-2025-61/1.3", "")


def test_one_sheet_for_both_laws_gives_the_same_as_two_alike(cases, made):
    law, sheet = cases[1].law, cases[1].sheet
    one = shift(Case(cases[0].law, "cn", sheet), Case(law, "cn", sheet))
    two = shift(Case(cases[0].law, "cn", sheet), Case(law, "cn", replace(sheet)))
    assert (one.moves, one.duties, one.waiting, one.regrounded) == (
        two.moves,
        two.duties,
        two.waiting,
        two.regrounded,
    )
    assert one.moves == made.moves  # no list was published between the two days


def test_a_draft_moves_exactly_what_lies_between_the_old_line_and_the_new(portfolio, libraries):
    after = open_library(date(2026, 11, 21), book=read_book({DRAFT.name: DRAFT.read_text("utf-8")}))
    sheet = sheet_of(portfolio, after)
    made = shift(Case(libraries().law, "cn", sheet), Case(after.law, "draft", sheet))
    (move,) = made.moved
    assert (move.before, move.after, move.planned) == (Outcome.UNVERIFIED, Outcome.NOT_CONTROLLED, 1)
    assert made.legs["shipment"].to_list() == ["S-2026-0208"]
    assert made.much + made.kept == made.whole


def test_without_facts_only_the_laws_are_compared(cases):
    bare = [replace(c, sheet=None) for c in cases]
    for found in (laws(*bare), shift(*bare)):
        assert (found.moves, found.legs, found.whole) == ((), None, Measure())
        assert found.law.days == ((date(2025, 11, 7), None),)


def test_a_table_without_names_counts_rows(cases):
    sheet = cases[1].sheet
    nameless = Sheet(sheet.facts, sheet.facts.select("key"))
    made = shift(replace(cases[0], sheet=nameless), replace(cases[1], sheet=nameless))
    assert (made.whole.shipments, made.whole.unvalued, made.whole.unweighed) == (366, 366, 366)
    assert [(t.id, t.measure) for t in made.parties] == [("", made.much)]
