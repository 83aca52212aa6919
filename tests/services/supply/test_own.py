from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.evidence.read import figures
from xenotime.portfolio.read import read_portfolio
from xenotime.services.supply.own import add, lines
from xenotime.supply.world.build import build

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2025, 4, 4)
LINES = "line,name,site,use,product,need,unit,worth,currency\n"


@pytest.fixture(scope="module")
def base():
    return build(figures())


@pytest.fixture
def folder(tmp_path):
    """A small company in files; a test may write one of them anew."""
    files = {
        "parties": "party,name,country,invented\nus,Us GmbH,DE,yes\nseller,Seller Ltd,CN,yes\n",
        "sites": "site,party,country\nulm,us,DE\n",
        "products": "product,name,kind,material,elements,unit_mass_kg\nMG,Magnet,magnet,NdFeB,Nd;Dy,0.05\n",
        "lines": LINES + "axle,E-axle,ulm,ev,MG,1500,kg,200,EUR\n",
        "stocks": "product,site,quantity,unit\nMG,ulm,1000,kg\n",
        "suppliers": "supplier,party,product,quantity,unit,currency,qualify_cost\nA,seller,MG,2000,kg,USD,\n",
        "rates": "day,from_currency,to_currency,rate\n2025-01-01,EUR,USD,1.1\n",
    }

    def write(**other):
        for name, text in {**files, **other}.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return read_portfolio(tmp_path)

    return write


def test_line_is_read_from_three_tables(base, folder):
    line = lines(base.network, folder(), DAY)[0]
    assert (line.id, line.label, line.country, line.good) == ("axle", "E-axle", "EU", "magnet/ndfeb-heavy")
    assert line.need == 50.0
    assert line.days == 20.0
    assert line.worth == pytest.approx(220.0)
    assert line.sources == (("CN", 1.0),)


def test_pieces_are_weighed(base, folder):
    pieces = LINES + "axle,E-axle,ulm,ev,MG,30000,piece,10,EUR\n"
    line = lines(base.network, folder(lines=pieces), DAY)[0]
    assert line.need == pytest.approx(50.0)
    assert line.worth == pytest.approx(220.0)


def test_unit_that_does_not_fit_is_refused(base, folder):
    products = "product,name,kind,material,elements,unit_mass_kg\nMG,Magnet,magnet,NdFeB,Nd;Dy,\n"
    pieces = LINES + "axle,E-axle,ulm,ev,MG,30000,piece,10,EUR\n"
    with pytest.raises(InputError) as caught:
        lines(base.network, folder(products=products, lines=pieces), DAY)
    problem = caught.value.problem
    assert problem.what == "this unit does not fit the item"
    assert problem.where == "lines.csv, row 2, column unit"


def test_negative_stock_is_refused_when_the_portfolio_is_read(folder):
    with pytest.raises(InputError) as caught:
        folder(stocks="product,site,quantity,unit\nMG,ulm,-1000,kg\n")
    problem = caught.value.problem
    assert "negative quantity" in problem.found
    assert "xenotime check" in problem.next_step


def test_source_not_yet_qualified_sells_nothing(base, folder):
    head = "supplier,party,product,country,quantity,unit,currency,qualify_cost\n"
    text = f"{head}A,seller,MG,CN,2000,kg,USD,\nB,us,MG,JP,900,kg,USD,100000\n"
    assert lines(base.network, folder(suppliers=text), DAY)[0].sources == (("CN", 1.0),)


def test_currency_without_rate_is_refused(base, folder):
    text = "day,from_currency,to_currency,rate\n2025-01-01,GBP,USD,1.3\n"
    with pytest.raises(InputError, match="there is no rate for this currency"):
        lines(base.network, folder(rates=text), DAY)


@pytest.mark.parametrize(("example", "count"), [("motor-maker", 2), ("magnet-maker", 3)])
def test_examples_stand_in_the_world(base, example, count):
    found = add(base, read_portfolio(EXAMPLES / example), DAY)
    mine = [site for site in found.network.sites if site.mine]
    assert len(mine) == count
    assert all(site.label for site in mine)
    assert found.reconciled == base.reconciled


def test_portfolio_without_lines_changes_nothing(base, folder):
    assert add(base, folder(lines=LINES), DAY).network is base.network
