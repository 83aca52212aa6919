from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.core.errors import BookError, InputError
from xenotime.evidence.read import figures
from xenotime.services.supply import backtest, freeze
from xenotime.services.supply.hindcast import Ensemble, joined, reaching
from xenotime.supply.measure.protocol import read_protocol
from xenotime.supply.scenario.read import read

PROTOCOL = read_protocol()
KNOWN = {figure.id: figure for figure in figures()}
MONTHS = [f"2025-{month:02}" for month in range(4, 13)]
DRAWS = 8


def said(name, month):
    series = next(one for one in PROTOCOL.series if one.name == name)
    seen = backtest.observed(series, KNOWN, month)
    return seen[0] if seen else 1000.0


def ensemble(off=1.0, stops=40.0, spot=3.0):
    """Draws of which the first says what was observed and each next is `off` further away."""
    factor = off ** np.arange(DRAWS)
    return Ensemble(
        {(one.name, m): said(one.name, m) * factor for one in PROTOCOL.series for m in MONTHS},
        {one.name: 5089.0 for one in PROTOCOL.series},
        {h.firm: np.full(DRAWS, stops if h.rank else np.inf) for h in PROTOCOL.halts},
        {p.good: np.full(DRAWS, spot) for p in PROTOCOL.prices},
        {p.good: np.full(DRAWS, 1.0) for p in PROTOCOL.prices},
        1e-12,
    )


def judged(found, **more):
    return backtest.judged(PROTOCOL, KNOWN, found, draws=DRAWS, seed=1, **{"added": {}, **more})


def test_a_model_that_says_what_happened_has_no_error_and_fails_nowhere_on_exports():
    found = judged(ensemble())
    assert {(e.log, e.covered) for e in found.errors} == {(0.0, 1.0)}
    assert (found.effective, found.hits, found.alarms) == (DRAWS, (6, 6), (0, 5))
    assert [text for text in found.fails if "naive" in text or "interval" in text] == []


def test_the_months_of_the_fit_pull_the_weight_to_the_draw_that_fits():
    found = judged(ensemble(off=2.0))
    assert found.effective < 1.5
    july = next(m for m in found.series[0].months if m.month == "2025-07")
    assert (july.split, july.observed, july.quantiles[3]) == ("check", 5577.0, 5577.0)


def test_later_months_never_change_a_weight():
    changed = ensemble(off=1.3)
    moved = {k: v * (100.0 if k[1] > "2025-06" else 1.0) for k, v in changed.months.items()}
    other = replace(changed, months=moved)
    assert (
        backtest.conditioned(PROTOCOL, KNOWN, changed).tolist()
        == backtest.conditioned(PROTOCOL, KNOWN, other).tolist()
    )


def test_a_month_is_the_difference_of_two_sums():
    later = {m.month: m for m in judged(ensemble()).series[0].months}
    assert (later["2025-09"].split, round(later["2025-09"].observed)) == ("later", 39817 - 34041)
    assert later["2025-11"].observed is None
    assert later["2025-11"].split == "ahead"


def test_naive_forecasts_are_those_of_the_protocol():
    months = {m.month: m for m in judged(ensemble()).series[0].months}
    assert [months["2025-04"].last, months["2025-05"].last, months["2025-08"].flat] == [
        5323.0,
        2627.0,
        5089.0,
    ]
    assert months["2025-07"].year == 5278.0


def test_a_month_that_somebody_adds_is_scored_apart():
    found = judged(ensemble(), added={("magnets", "2025-11"): (2000.0, "customs, seen in December")})
    error = next(e for e in found.errors if e.split == "added")
    assert (error.name, error.months, round(error.log, 3)) == ("magnets", 1, round(np.log(2050 / 1050), 3))


def test_a_naive_forecast_that_is_nearer_is_said_first():
    found = ensemble()
    july = {k: v * (3.0 if k == ("magnets", "2025-07") else 1.0) for k, v in found.months.items()}
    fails = judged(replace(found, months=july)).fails
    assert fails[0].startswith("magnets, check months: the flat baseline is nearer")


def test_missed_and_false_stops_are_named():
    late = judged(ensemble(stops=np.inf))
    assert late.hits == (0, 6)
    assert [t for t in late.fails if t.startswith("Ford Chicago was reported to stop")] != []


def test_price_ratios_start_from_the_ratio_before():
    dysprosium = judged(ensemble(spot=3.0)).ratios[0]
    assert (dysprosium.good, dysprosium.spot[3], dysprosium.contract[3]) == (
        "oxide/Dy",
        pytest.approx(3.9),
        1.3,
    )


def test_batches_join_to_one_ensemble():
    one = joined([ensemble(), ensemble(stops=9.0)])
    assert one.months["magnets", "2025-04"].shape == (2 * DRAWS,)
    assert one.firsts["Ford Chicago"].tolist() == [40.0] * DRAWS + [9.0] * DRAWS


def test_a_scenario_that_starts_late_cannot_be_scored():
    late = replace(read("april-2025"), start=read("april-2025").start.replace(day=4))
    with pytest.raises(InputError, match="starts after the first month"):
        reaching(late)


def test_a_freeze_is_read_back_and_a_changed_one_refused():
    found = judged(ensemble())
    text = freeze.freeze(found, "inputs", read("april-2025").start)
    kept = freeze.parse_freeze(text)
    assert freeze.standing(kept, found, "inputs") == "this forecast is the frozen one"
    assert freeze.standing(kept, found, "others").startswith("the inputs moved")
    moved = judged(ensemble(off=1.2))
    assert freeze.standing(kept, moved, "inputs").startswith("the model moved")
    with pytest.raises(BookError, match="changed after it was recorded"):
        freeze.parse_freeze(text.replace('"5577"', '"5578"', 1))
