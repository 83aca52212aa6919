from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.values import parse_cell
from xenotime.services.supply.company import MONTH, Way, company

ON = date(2026, 11, 21)
#: A month of the model over a month of the calendar.
PART = 12 * MONTH / 365
TABLES = {
    "parties": [{"party": "maker", "country": "CN"}, {"party": "second", "country": "JP"}],
    "sites": [{"site": "plant", "party": "maker", "country": "DE"}],
    "products": [
        {
            "product": "MG",
            "name": "Magnet",
            "kind": "magnet",
            "material": "NdFeB",
            "elements": "Nd;Dy",
            "unit_price": "50",
            "price_unit": "kg",
            "currency": "USD",
        }
    ],
    "lines": [
        {
            "line": "axle",
            "site": "plant",
            "use": "ev",
            "product": "MG",
            "need": "1000",
            "unit": "kg",
            "worth": "300",
            "currency": "EUR",
        }
    ],
    "stocks": [{"product": "MG", "site": "plant", "quantity": "400", "unit": "kg"}],
    "suppliers": [
        {
            "supplier": "s1",
            "party": "maker",
            "product": "MG",
            "quantity": "1200",
            "unit": "kg",
            "price": "60",
            "currency": "USD",
        },
        {
            "supplier": "s2",
            "party": "second",
            "product": "MG",
            "quantity": "500",
            "unit": "kg",
            "currency": "EUR",
            "qualify_cost": "1000",
            "qualify_months": "9",
        },
    ],
    "rates": [{"day": "2026-01-01", "from_currency": "EUR", "to_currency": "USD", "rate": "1.2"}],
}


def portfolio(**changes):
    """The small company with some tables replaced, read as if from files."""

    def rows(name, given):
        columns = schema()[name].columns
        for number, cells in enumerate(given, 2):
            values = {c: parse_cell(columns[c], cells[c], "") if c in cells else None for c in columns}
            yield Row(values, f"{name}.csv", number)

    tables = {**TABLES, **changes}
    return Portfolio({name: tuple(rows(name, given)) for name, given in tables.items()}, "small")


def put(table, number=0, **cells):
    """One row of the small company with some cells changed; None leaves a cell empty."""
    changed = {**TABLES[table][number], **cells}
    return [{k: v for k, v in changed.items() if v is not None}]


def test_a_line_needs_a_month_of_thirty_days_and_is_worth_dollars():
    (line,) = company(portfolio(), 12, ON).plan.lines
    assert (line.id, line.need) == ("axle", pytest.approx(1000 * PART))
    assert line.worth == pytest.approx(360.0)


def test_what_a_stocks_row_does_not_say_is_assumed_and_named():
    made = company(portfolio(), 12, ON)
    (item,) = made.plan.items
    assert (item.owned, item.most, item.price, item.left) == (400.0, 36_000.0, 60.0, 0.8)
    assert item.keep == pytest.approx(60 * 0.12 * MONTH / 365)
    assert made.assumed == (
        "stocks.csv, row 2, column keep_percent: assumed 12",
        "stocks.csv, row 2, column left_percent: assumed 80",
        "stocks.csv, row 2, column most: no limit stated, 36 months of need taken",
    )


def test_what_the_rows_say_is_taken():
    stock = put("stocks", most="900", keep_percent="0", left_percent="100")
    made = company(portfolio(stocks=stock), 12, ON)
    assert (made.plan.items[0].most, made.plan.items[0].keep, made.plan.items[0].left) == (900.0, 0.0, 1.0)
    assert made.assumed == ()


def test_an_item_that_is_in_no_stock_row_cannot_be_held():
    (item,) = company(portfolio(stocks=[]), 12, ON).plan.items
    assert (item.owned, item.most) == (0.0, 0.0)


def test_a_second_source_costs_and_waits_less_the_months_of_notice():
    first, second = company(portfolio(), 12, ON).plan.sources
    assert (first.id, first.country, first.cost, first.wait) == ("maker", "CN", 0, 0)
    assert (second.id, second.country, second.cost, second.wait) == ("second", "JP", pytest.approx(1200.0), 9)
    assert company(portfolio(), 12, ON, notice=6).plan.sources[1].wait == 3
    assert company(portfolio(), 12, ON, notice=12).plan.sources[1].wait == 0


def test_each_offer_takes_its_own_way():
    made = company(portfolio(), 12, ON)
    assert made.ways == (Way("magnet/ndfeb-heavy", "CN", "EU"), Way("magnet/ndfeb-heavy", "JP", "EU"))
    assert [(o.source, o.path, o.price, o.fee) for o in made.plan.offers] == [
        (0, 0, 60.0, None),
        (1, 1, 60.0, None),
    ]


@pytest.mark.parametrize(
    ("cells", "good"),
    [
        ({"kind": "oxide", "elements": "Tb"}, "oxide/Tb"),
        ({"kind": "metal", "elements": "Nd;Pr"}, "metal/Pr"),
        ({"kind": "magnet", "elements": "Nd;Pr"}, "magnet/ndfeb"),
        ({"kind": "magnet", "material": "SmCo", "elements": "Sm"}, "magnet/smco"),
        ({"kind": "bonded_magnet"}, "magnet/bonded"),
        ({"kind": "motor"}, "component/ev"),
    ],
)
def test_an_item_is_the_good_its_kind_says(cells, good):
    assert company(portfolio(products=put("products", **cells)), 12, ON).ways[0].good == good


def refused(**changes):
    with pytest.raises(InputError) as caught:
        company(portfolio(**changes), 12, ON)
    return caught.value.problem


def test_a_portfolio_without_lines_says_what_to_add():
    problem = refused(lines=[])
    assert (problem.what, problem.where) == ("this portfolio has no lines to hedge", "small")
    assert "lines.csv" in problem.next_step


def test_one_item_in_two_units_is_refused():
    problem = refused(stocks=put("stocks", unit="piece"))
    assert (problem.where, problem.expected, problem.found) == (
        "stocks.csv, row 2, column unit",
        "kg",
        "piece",
    )


def test_a_missing_rate_names_the_row_to_add():
    problem = refused(rates=[])
    assert problem.expected == "a row in rates.csv from EUR to USD on or before 2026-11-21"


def test_a_kind_without_a_stage_is_refused():
    assert refused(products=put("products", kind="service")).found == "service"


def test_a_conversion_of_an_item_nobody_holds_is_refused():
    row = {
        "conversion": "c",
        "from_product": "OX",
        "to_product": "MG",
        "ratio": "0.3",
        "cost": "9",
        "currency": "USD",
        "quantity": "10",
    }
    assert refused(conversions=[row]).found == "OX"


def test_the_shipped_motor_maker_is_a_whole_plan():
    made = company(read_portfolio(Path("examples/motor-maker")), 18, ON)
    assert [line.id for line in made.plan.lines] == ["axle", "servo"]
    assert [s.id for s in made.plan.sources if s.cost > 0] == ["kirigamine", "saltmarsh"]
    assert [o.fee for o in made.plan.offers if o.fee is not None] == [6.0, 9.0]
    assert [m.lead for m in made.plan.makings] == [2]
    assert [s.ready for s in made.plan.swaps] == [900_000.0, 250_000.0]
    assert made.assumed == ()
