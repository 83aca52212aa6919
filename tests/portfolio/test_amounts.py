from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xenotime.portfolio import amounts
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


def parts(pairs):
    return portfolio(
        parts=[{"product": one, "part": two, "quantity": Decimal(1), "unit": "piece"} for one, two in pairs]
    )


def test_each_circle_is_named_once():
    found = amounts.circles(parts([("A", "B"), ("B", "A"), ("C", "C"), ("D", "A")]))
    assert [problem.found for problem in found] == ["A → B → A", "C → C"]


def test_a_diamond_is_no_circle():
    assert list(amounts.circles(parts([("A", "B"), ("A", "C"), ("B", "D"), ("C", "D")]))) == []


def test_a_chain_of_ten_thousand_parts_is_walked_without_recursion():
    chain = [(f"P{i}", f"P{i + 1}") for i in range(10_000)]
    assert list(amounts.circles(parts(chain))) == []
    (found,) = amounts.circles(parts([*chain, ("P10000", "P0")]))
    assert found.found == "P0 → P1 → P2 → P3 → P4 → P5 → P6 → P7 → P8 → P9 → (9991 more) → P0"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_circle_is_found_exactly_when_there_is_one(pairs):
    edges = {(f"P{one}", f"P{two}") for one, two in pairs}
    reach = {(one, two) for one, two in edges}
    for _ in range(7):
        reach |= {(one, four) for one, two in reach for three, four in edges if two == three}
    found = list(amounts.circles(parts(sorted(edges))))
    assert bool(found) is any(one == two for one, two in reach)


def test_shares_count_only_on_the_days_they_are_held():
    rows = [
        {"owner": "a", "owned": "c", "share_percent": Decimal(60), "to_day": None},
        {"owner": "b", "owned": "c", "share_percent": Decimal(40), "to_day": None},
    ]
    assert list(amounts.shares(portfolio(ownership=rows))) == []
    over = [*rows, {"owner": "d", "owned": "c", "share_percent": Decimal("0.01")}]
    (found,) = amounts.shares(portfolio(ownership=over))
    assert (found.what, found.found) == ("ownership shares over 100 percent", "100.01 percent")


def test_a_rate_serves_in_both_directions_and_for_parts_at_any_depth():
    tables = {
        "products": [{"product": "A"}, {"product": "B", "unit_price": Decimal(4), "currency": "CNY"}],
        "parts": [{"product": "A", "part": "B", "quantity": Decimal(1), "unit": "piece"}],
        "shipments": [{"shipment": "S", "product": "A", "value": Decimal(9), "currency": "USD"}],
        "legs": [{"shipment": "S", "leg": 1, "day": date(2025, 6, 10)}],
    }
    (found,) = amounts.rates(portfolio(**tables))
    assert (found.what, found.expected) == (
        "missing exchange rate",
        "a rate from CNY to USD (or back) of 2025-06-10 or an earlier day in table rates",
    )
    rate = {"day": date(2025, 6, 10), "from_currency": "USD", "to_currency": "CNY", "rate": Decimal("7.2")}
    assert list(amounts.rates(portfolio(**tables, rates=[rate]))) == []
