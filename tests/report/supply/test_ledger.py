from __future__ import annotations

from datetime import date

from xenotime.report.supply.ledger import SIGNS, Pledge, ledger
from xenotime.report.supply.pledged import LOOKS
from xenotime.report.supply.speak import speak

DAY = date(2026, 1, 1)


def test_states_bear_the_signs_of_the_terminal():
    assert {state: SIGNS[state] for state in LOOKS} == {state: sign for state, (sign, _) in LOOKS.items()}


def test_a_commitment_without_end_runs_on():
    figure = ledger("l", "L", [Pledge("US", "buy <x>", DAY, None, "late")], date(2026, 6, 1), speak())
    assert figure.table.rows == (("United States", "buy <x>", "2026-01-01", "no end stated", "late"),)
    assert "pl-bar open" in figure.body
    assert "<x>" not in figure.body


def test_the_day_asked_is_marked():
    figure = ledger("l", "L", [Pledge("US", "x", DAY, date(2026, 9, 1), "kept")], date(2026, 6, 1), speak())
    assert "asked: 2026-06-01" in figure.body
