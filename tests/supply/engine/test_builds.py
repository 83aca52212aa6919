from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.core.errors import BookError
from xenotime.supply.engine.builds import opens_of
from xenotime.supply.engine.days import days_of
from xenotime.supply.engine.frame import frame_of
from xenotime.supply.engine.given import given
from xenotime.supply.engine.run import Rules
from xenotime.supply.world.network import Project, Route

KNOW_HOW = Route("CN>US/tech/magnet/civil", "CN", "US", "tech/magnet", tech=True)
DAYS = 400


def project(name="plant", **rest):
    numbers = {"adds": 10.0, "opens": 100.0, "sigma": 0.0, "odds": 1.0, "ramp": 30.0} | rest
    return Project(name, 0, **numbers)


def opens(*projects, draws=1, start=0, late=None, seed=1, **regime):
    """The opening days (project, draw) under a law on know-how."""
    base = toy.chain()
    network = replace(base, routes=(*base.routes, KNOW_HOW), projects=projects)
    handling = toy.regime(network, DAYS, **({"hold": 0.0} | regime))
    numbers = given(network, frame_of(network), Rules(), np.zeros((0, draws)))
    course = days_of(network, handling, toy.scenario(DAYS), DAYS)
    return opens_of(network, numbers, course, late or {}, seed, np.arange(start, start + draws))


def test_the_central_draw_opens_on_its_median_day_when_it_is_likely():
    assert opens(project(sigma=0.4, odds=0.6)).tolist() == [[100.0]]
    assert opens(project(sigma=0.4, odds=0.4)).tolist() == [[np.inf]]


def test_draws_spread_and_fail_as_stated():
    found = opens(project(sigma=0.4, odds=0.7), draws=4000, start=1)[0]
    stood = found[np.isfinite(found)]
    assert len(stood) / 4000 == pytest.approx(0.7, abs=0.02)
    assert np.median(stood) == pytest.approx(100.0, rel=0.03)
    assert np.log(stood).std() == pytest.approx(0.4, abs=0.015)


def test_a_draw_has_its_own_luck_in_any_batch():
    whole = opens(project(sigma=0.4, odds=0.7), draws=8)
    assert opens(project(sigma=0.4, odds=0.7), draws=3, start=5).tolist() == whole[:, 5:].tolist()
    assert opens(project(sigma=0.4, odds=0.7), draws=8, seed=2).tolist() != whole.tolist()


def test_a_scenario_may_delay_a_project():
    assert opens(project(), late={"plant": 45.0, "other": 9.0}).tolist() == [[145.0]]
    assert opens(project(), late={"plant": -300.0}).tolist() == [[0.0]]


def test_papers_for_know_how_delay_in_proportion_to_what_is_held():
    needs = project(needs=(KNOW_HOW.id,), delayed=180.0)
    assert opens(needs).tolist() == [[100.0]]
    assert opens(needs, hold=1.0, first=10).tolist() == [[280.0]]
    assert opens(needs, hold=0.5, fast=0.5, first=10).tolist() == [[145.0]]
    assert opens(project(), hold=1.0).tolist() == [[100.0]]


def test_what_comes_under_licence_after_it_opened_delays_nothing():
    assert opens(project(needs=(KNOW_HOW.id,), delayed=180.0), hold=1.0, first=150).tolist() == [[100.0]]


def test_days_on_which_know_how_is_barred_stand_still():
    found = opens(project(needs=(KNOW_HOW.id,)), first=20, until=50, block=1.0)
    assert found.tolist() == [[130.0]]


def test_a_project_waits_for_the_one_before_and_fails_with_it():
    first, then = project("mine", opens=300.0), project("plant", after=("mine",))
    assert opens(then, first).tolist() == [[300.0], [300.0]]
    assert opens(then, replace(first, odds=0.1)).tolist() == [[np.inf], [np.inf]]
    assert opens(replace(then, opens=500.0), first).tolist() == [[500.0], [300.0]]


def test_projects_that_wait_for_each_other_are_refused():
    circle = (project("a", after=("b",)), project("b", after=("a",)))
    with pytest.raises(BookError, match="wait for each other in a circle"):
        opens(*circle)
