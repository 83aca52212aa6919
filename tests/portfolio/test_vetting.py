from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xenotime.portfolio import amounts, vetting
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row


def portfolio(**tables):
    return Portfolio(
        {
            name: tuple(
                Row({column: row.get(column) for column in schema()[name].columns}, f"{name}.csv", number)
                for number, row in enumerate(rows, start=2)
            )
            for name, rows in tables.items()
        }
    )


def said(rule, **tables):
    return [(problem.what, problem.where, problem.found) for problem in rule(portfolio(**tables))]


SITES = [{"site": "plant", "party": "a"}, {"site": "yard", "party": "b"}]
EVIDENCE = {"party": "a", "kind": "on_site_check", "day": date(2026, 1, 1), "says": "civil"}


def test_a_holding_for_another_is_a_nominee_or_a_trust():
    row = {"owner": "a", "owned": "b"}
    assert said(vetting.holders, ownership=[row | {"kind": "nominee", "holds_for": "c"}]) == []
    assert said(vetting.holders, ownership=[row | {"holds_for": "c"}]) == [
        (
            "a holding for somebody else that is neither nominee nor trust",
            "ownership.csv, row 2, column holds_for",
            "kind shares, holds_for 'c'",
        )
    ]
    assert said(vetting.holders, ownership=[row | {"kind": "trust"}]) == [
        (
            "a nominee or trustee without the one behind it",
            "ownership.csv, row 2, column holds_for",
            "nothing: whose share it is stays unknown",
        )
    ]


def test_evidence_speaks_of_a_site_of_its_own_party():
    assert said(vetting.places, sites=SITES, evidence=[EVIDENCE | {"site": "plant"}]) == []
    assert said(vetting.places, sites=SITES, evidence=[EVIDENCE | {"site": "yard"}]) == [
        (
            "the site of another party in evidence",
            "evidence.csv, row 2, column site",
            "'yard', a site of 'b'",
        )
    ]


@pytest.mark.parametrize(
    ("shipment", "found"),
    [
        ({"end_user": "a", "consignee": "b", "site": "plant"}, []),
        ({"consignee": "b", "site": "yard"}, []),
        ({"site": "yard"}, []),
        ({"end_user": "a", "consignee": "b", "site": "yard"}, ["'yard', a site of 'b'"]),
    ],
)
def test_the_site_of_a_shipment_is_the_end_users(shipment, found):
    assert [f for _, _, f in said(vetting.places, sites=SITES, shipments=[shipment])] == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"level": "site", "site": "plant"}, []),
        ({"site": "plant"}, []),
        ({"level": "site"}, [("column site", "nothing")]),
        ({"level": "company", "site": "plant"}, [("column level", "level company, site 'plant'")]),
        ({"site": "plant", "contract": "PO-1"}, [("column level", "both named, no level")]),
    ],
)
def test_level_and_place_fit_each_other(row, found):
    problems = said(vetting.levels, evidence=[EVIDENCE | row])
    assert [(where.rsplit(", ", 1)[1], what) for _, where, what in problems] == found


def test_a_share_is_a_percentage_and_evidence_has_a_day():
    revenue = EVIDENCE | {"kind": "defence_revenue", "value": "a third"}
    assert said(vetting.values, evidence=[revenue]) == [
        ("evidence whose share is no percentage", "evidence.csv, row 2, column value", "'a third'")
    ]
    assert said(vetting.values, evidence=[EVIDENCE | {"day": None}]) == [
        (
            "evidence without a day",
            "evidence.csv, row 2, column day",
            "nothing: it counts as history only",
        )
    ]


def test_bounds_of_a_share_are_in_order_and_the_least_shares_fit_into_one_company():
    def row(owner, low, high):
        return {"owner": owner, "owned": "c", "low_percent": Decimal(low), "high_percent": Decimal(high)}

    assert said(amounts.shares, ownership=[row("a", 40, 60), row("b", 50, 70)]) == []
    assert said(amounts.shares, ownership=[row("a", 60, 40)]) == [
        ("bounds in the wrong order", "ownership.csv, row 2, column high_percent", "40")
    ]
    over = [row("a", 60, 70), row("b", 50, 70)]
    assert said(amounts.shares, ownership=over) == [
        ("ownership shares over 100 percent", "ownership.csv, row 3, column share_percent", "110 percent")
    ]


def test_votes_are_counted_apart_from_shares_and_control_is_no_share():
    def row(owner, kind):
        return {"owner": owner, "owned": "c", "share_percent": Decimal(60), "kind": kind}

    rows = [row("a", None), row("a", "votes"), row("b", "control")]
    assert said(amounts.shares, ownership=rows) == []
    assert [what for what, _, _ in said(amounts.shares, ownership=[*rows, row("b", "votes")])] == [
        "ownership shares over 100 percent"
    ]
