from __future__ import annotations

import pytest

from xenotime.evidence.read import figures
from xenotime.services.supply.wealth import NAMES, SUBJECT, product


def test_what_countries_make_in_a_year_is_summed():
    assert product(figures(), ("US",)) == pytest.approx(28.75e12)
    assert product(figures(), ("US", "JP")) == pytest.approx(32.78e12)


def test_the_rest_is_the_world_less_all_others():
    whole = product(figures(), (*NAMES, "ROW"))
    assert whole == pytest.approx(111.33e12)


def test_without_a_figure_there_is_no_sum():
    without = [f for f in figures() if not (f.subject == SUBJECT and f.country == "Japan")]
    assert product(without, ("US", "JP")) is None
    assert product(without, ("ROW",)) is None
    assert product(without, ("US",)) == pytest.approx(28.75e12)
