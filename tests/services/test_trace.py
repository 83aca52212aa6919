from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xenotime.core.errors import AddressError
from xenotime.portfolio.read import read_portfolio
from xenotime.services.trace import trace

ON = date(2026, 11, 21)
EXAMPLE = Path(__file__).parents[2] / "examples" / "magnet-maker"


@pytest.fixture(scope="module")
def portfolio():
    return read_portfolio(EXAMPLE)


def test_a_product_opens_into_its_parts(portfolio, libraries):
    found = trace(portfolio, libraries(), "EX-GEN", ON)
    depth, level = 0, [found.root]
    while level:
        depth, level = depth + 1, [child for node in level for child in node.children]
    assert (found.root.key, depth) == ("EX-GEN", 6)


def test_the_line_of_the_law_is_drawn_exactly(portfolio, libraries):
    shares = [trace(portfolio, libraries(), name, ON).share for name in ("MG-EE999", "MG-EE100")]
    assert [(s.answer, s.low) for s in shares] == [("below", "9999/10000000"), ("at or above", "1/1000")]


def test_gaps_are_named(portfolio, libraries):
    found = trace(portfolio, libraries(), "MG-BLOT", ON)
    assert "MG-BLOT: nothing describes what it is made of" in found.gaps
    assert found.share.answer == "cannot be shown"


def test_an_unknown_product_names_the_near_ones(portfolio, libraries):
    with pytest.raises(AddressError) as caught:
        trace(portfolio, libraries(), "ex-ge", ON)
    problem = caught.value.problem
    assert (problem.what, problem.found, problem.next_step) == (
        "no product has this id",
        "ex-ge",
        "did you mean: EX-GEN",
    )
