from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xenotime.services.supply.results import NOTICE
from xenotime.services.supply.stress import beside, stress, twin
from xenotime.supply.engine.run import Asked
from xenotime.supply.scenario.read import names, read
from xenotime.wiring.supply import model as opened


@pytest.fixture(scope="module")
def found(toy):
    return stress(toy.model, toy.scenario(), toy.asked)


SHOCK = date(2025, 4, 4)
ASKED = Asked(1, 3, every=14, width=4)


def stop_of(found, country):
    return next(stop for stop in found.stops if stop.country == country and stop.stage == "product")


def test_a_line_stops_when_its_pipeline_and_stock_are_used_up(found):
    # 30 days of magnets are on the way and 20 in stock; the line closes below 30 % of normal.
    assert stop_of(found, "EU").first.central == pytest.approx(50, abs=2)
    assert stop_of(found, "EU").chance == 1.0


def test_stock_days_drive_the_answer_and_name_their_figures(found):
    driver = found.basis.drivers[0]
    assert (driver.parameter, driver.claims) == ("stock.EU", ("stocks-001", "stocks-002"))
    assert driver.weight < -0.9
    assert {f.id for f in found.basis.cited} == {f"stocks-00{n}" for n in (1, 2, 3, 4)}


def test_lines_inside_are_no_part_of_the_headline(found):
    assert found.controller == "CN"
    assert [stop.country for stop in found.stops if stop.stage == "product"] == ["EU"]
    assert (found.stopped.central, found.back.middle) == (1.0, None)
    assert found.first == stop_of(found, "EU").first


def test_day_0_is_the_shock_and_two_periods_of_rest_come_first(found):
    assert (found.basis.start, found.basis.days) == (date(2025, 4, 4), 200)
    curve = next(curve for curve in found.exports if curve.name == "ship/magnet/*/CN>EU")
    assert curve.days[:3] == (-14, -7, 0)
    assert curve.middle[:2] == (1.0, 1.0)
    assert curve.middle[2:] == pytest.approx((0.0,) * 29, abs=0.05)


def test_what_is_missing_by_use_and_element(found):
    assert [(row.what, row.where) for row in found.unmet_uses] == [("ev", "EU")]
    assert [(row.what, row.where) for row in found.unmet_elements] == [("Dy", "product")]
    missing = found.unmet_uses[0]
    assert missing.share.central == pytest.approx((200 - stop_of(found, "EU").first.central) / 214, abs=0.02)


def test_flows_show_what_was_left_in_the_worst_month(found):
    flow = next(x for x in found.flows if (x.origin, x.destination) == ("CN", "EU"))
    assert (flow.before, flow.controlled, flow.to_stage) == (pytest.approx(100.0), True, "product")
    assert flow.during < 1.0
    assert found.window[1] - found.window[0] == 28


def test_events_and_what_it_rests_on(found):
    assert [(e.day, e.kind, e.says) for e in found.events] == [
        (date(2025, 4, 4), "turn", "all waits"),
        (date(2025, 5, 1), "marker", "a strike"),
    ]
    basis = found.basis
    assert (basis.draws, basis.seed, basis.law, len(basis.law_hash)) == (24, 1, False, 64)
    assert basis.residue < 1e-6
    assert basis.gaps == ("nobody counts stocks",)
    assert "rules.hoard" in basis.assumed
    assert "stock.EU" not in basis.assumed
    assert found.notice == NOTICE


def test_the_same_seed_gives_the_same_answer_at_any_width_and_threads(toy, found):
    assert stress(toy.model, toy.scenario(), replace(toy.asked, width=5, threads=2)) == found


def test_what_a_fast_lane_avoids(toy):
    lane = toy.scenario(turns=(replace(toy.scenario().turns[0], fast=1.0),))
    made = stress(toy.model, lane, toy.asked, against=toy.scenario())
    assert made.avoided.scenario == "toy"
    assert made.avoided.stop_days.middle > 50
    assert made.avoided.value.low > 0
    assert [(country, use) for country, use, _ in made.avoided.rows] == [("EU", "ev")]


def test_a_scenario_avoids_nothing_against_itself(toy):
    made = stress(toy.model, toy.scenario(), toy.asked, against=toy.scenario())
    assert (made.avoided.stop_days.high, made.avoided.value.high, made.avoided.rows) == (0.0, 0.0, ())


def test_a_scenario_is_read_against_the_one_it_names_unless_that_is_rest():
    assert twin(read("certified-lane")) == read("april-2025")
    assert twin(read("april-2025")) is None
    assert twin(read("calm")) is None


def test_the_other_scenario_lasts_as_long_after_its_own_day_0(toy):
    other = beside(read("april-2025"), toy.scenario(days=103))
    assert (other.start, other.zero, other.days) == (date(2025, 4, 1), SHOCK, 103)
    calm = beside(read("calm"), toy.scenario(start=date(2026, 1, 1), shock=date(2026, 1, 11), days=110))
    assert (calm.start, calm.zero, calm.days) == (date(2026, 1, 1), date(2026, 1, 11), 110)


def test_no_shock_stops_nothing(toy):
    calm = stress(toy.model, toy.scenario(turns=()), toy.asked)
    assert (calm.stops, calm.sectors, calm.unmet_uses, calm.controller) == ((), (), (), "")
    assert (calm.back.high, calm.first.low) == (0.0, None)


@pytest.fixture(scope="module")
def base():
    return opened()


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_every_scenario_of_the_library_runs(base, name):
    made = read(name)
    found = stress(base, made, replace(ASKED, days=made.days))
    assert found.basis.residue < 1e-6
    assert found.basis.scenario == name
    assert all(curve.low[0] <= curve.high[0] for curve in found.output)


@pytest.mark.slow
def test_the_price_floor_builds_what_would_not_be_built_without_it(base):
    made = read("price-floor")
    asked = Asked(made.days, 1, every=30, keep=("output/magnet/US/",))
    paid, unpaid = (
        base.run(scenario, asked).series("output/magnet/US/magnet/ndfeb-heavy")[:, 0]
        for scenario in (made, replace(made, policies=()))
    )
    assert paid[:30].tolist() == unpaid[:30].tolist()
    assert paid[-3:].sum() > unpaid[-3:].sum()
