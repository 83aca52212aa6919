from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.services.supply import model
from xenotime.supply.engine.simulate import simulate


def test_licences_and_behaviour_join_the_worlds_inputs(toy):
    names = [parameter.name for parameter in toy.model.network.parameters]
    assert names[0] == "stock.EU"
    assert {"licence.lead.EU", "licence.refuse", "rules.hoard"} < set(names)


def test_law_and_world_are_made_once(toy):
    assert toy.model.network is toy.model.network
    assert toy.model.world_on(date(2026, 1, 1)) is toy.model.world_on(date(2026, 1, 1))
    assert toy.model.library(toy.scenario()) is toy.model.library(toy.scenario(days=9))


def test_another_simulator_may_run_it(toy):
    asked = []

    def simulator(network, handling, scenario, put, progress=None, **given):
        asked.append((network, scenario, put))
        return simulate(network, handling, scenario, put, progress, **given)

    other = replace(toy.model, simulator=simulator)
    made = toy.scenario()
    assert other.run(made, toy.asked).asked == toy.asked
    assert asked == [(other.network_on(made.start), made, toy.asked)]


def test_an_unknown_scenario_names_the_nearest():
    with pytest.raises(AddressError) as caught:
        model.named("april-2015")
    assert "april-2025" in caught.value.problem.expected
    assert "--list" in caught.value.problem.next_step


def test_the_library_is_read_by_name():
    assert model.named("april-2025").id == "april-2025"


def test_what_nobody_settles_stays_as_the_file_has_it(toy):
    made = toy.scenario(branches={"a": "x"})
    assert model.settled(made) == made
    other = model.settled(made, days=90, known=date(2026, 1, 1), branches={"b": "y"}, certified=0.5)
    assert (other.days, other.known, other.certified) == (90, date(2026, 1, 1), 0.5)
    assert other.branches == {"a": "x", "b": "y"}


@pytest.mark.parametrize("share", [float("nan"), -0.1, 1.1])
def test_a_share_of_certified_buyers_is_a_share(toy, share):
    with pytest.raises(InputError) as caught:
        model.settled(toy.scenario(), certified=share)
    assert caught.value.problem.what == "this share of certified buyers cannot be"


def test_a_run_that_would_fill_the_memory_is_refused_before_it_begins(toy):
    wide = replace(toy.asked, days=3660, draws=5000, every=7, keep=())
    with pytest.raises(InputError) as caught:
        toy.model.run(toy.scenario(), wide)
    told = caught.value.problem
    assert (told.what, told.found) == (
        "this run needs too much memory",
        "about 54 GB for 5000 draws of 3660 days",
    )


def test_the_most_draws_of_three_quarters_of_a_year_fit():
    assert model.GAUGES * 42 * 5000 * 8 < model.ROOM


def test_days_that_end_before_the_shock_are_refused(toy):
    made = toy.scenario(start=date(2025, 3, 1), shock=date(2025, 4, 4))
    assert model.settled(made, days=35).days == 35
    with pytest.raises(InputError) as caught:
        model.settled(made, days=34)
    assert caught.value.problem.what == "the scenario ends before its shock"


def test_a_scenario_is_eased_by_two_periods_of_rest(toy):
    made = model.eased(toy.scenario(), 7)
    assert (made.start, made.zero, made.days) == (date(2025, 3, 21), date(2025, 4, 4), 214)
    assert model.eased(made, 7) == made
