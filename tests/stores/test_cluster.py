from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.sail import server
from tests.supply.engine import toy

from xenotime.core.errors import InputError
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.services.supply.pieces import engine
from xenotime.stores import cluster, connect
from xenotime.stores.cluster import Cluster
from xenotime.supply.engine.run import Asked
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.world.network import Lever

pytestmark = pytest.mark.usefixtures("main_with_file")

DAYS = 120


@pytest.fixture(scope="module", params=["local", "local-cluster"])
def address(request):
    """One machine that does all tasks, and a cluster whose driver hands them to two workers."""
    process, found = server(SAIL_MODE=request.param, SAIL_CLUSTER__WORKER_INITIAL_COUNT="2")
    yield found
    process.communicate("", timeout=30)


@pytest.fixture(scope="module")
def world():
    """A small world whose stocks and lead times are drawn."""
    network = toy.world()
    spread = Spread("lognormal", (1.0, 0.3))
    names = ("bin.days", "licence.lead")
    drawn = replace(
        network,
        parameters=tuple(Parameter(name, "factor", spread, (), "assumed", "group") for name in names),
        levers=tuple(Lever(name, name, ()) for name in names),
    )
    return drawn, toy.regime(drawn, DAYS, refuse=0.1, until=90), toy.scenario(DAYS)


def same(one, other):
    """Whether two runs are the same, bit for bit."""
    arrays = ("values", "first", "stood", "lanes", "drawn", "residue")
    equal = {name: np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays}
    return equal == dict.fromkeys(arrays, True) and (one.gauges, one.parameters, one.asked) == (
        other.gauges,
        other.parameters,
        other.asked,
    )


def test_a_cluster_gives_the_numbers_of_this_machine(address, world):
    asked = Asked(DAYS, draws=21, first=3, seed=11, every=7)
    here = simulate(*world, asked)
    told = []
    there = Cluster(address, piece=4).simulate(*world, asked, lambda done, total: told.append((done, total)))
    assert same(here, there)
    assert told == [(4, 21), (8, 21), (12, 21), (16, 21), (20, 21), (21, 21)]


def test_given_draws_travel_too(address, world):
    asked = Asked(DAYS, draws=6, seed=11)
    drawn = np.linspace(0.5, 1.5, 12).reshape(2, 6)
    luck = np.array([5, 4, 3, 2, 1, 0])
    here = simulate(*world, asked, drawn=drawn, luck=luck)
    assert same(here, Cluster(address, piece=4).simulate(*world, asked, drawn=drawn, luck=luck))


def test_a_task_that_fails_is_told_in_four_parts(address, world):
    network, handling, scenario = world
    torn = replace(network, levers=(Lever("bin.days", "no.field", ()),))
    with pytest.raises(InputError) as refused:
        Cluster(address).simulate(torn, handling, scenario, Asked(DAYS))
    problem = refused.value.problem
    assert (problem.what, problem.where) == ("the cluster did not do what it was asked", address)
    assert problem.expected
    assert problem.next_step


def test_a_worker_with_another_engine_is_refused(address, world, monkeypatch):
    monkeypatch.setattr(cluster, "engine", lambda: "xenotime 99")
    with pytest.raises(InputError) as refused:
        Cluster(address).simulate(*world, Asked(DAYS))
    assert (refused.value.problem.what, refused.value.problem.found) == (
        "a worker of the cluster has another engine",
        engine(),
    )


@pytest.mark.parametrize("wrong", ["", "sc://", "localhost:15002", "http://host"])
def test_an_address_that_is_none_is_refused(wrong):
    with pytest.raises(InputError) as refused:
        Cluster(wrong)
    assert refused.value.problem.found == (wrong or "nothing")


def test_a_server_that_is_not_there_is_told_in_four_parts(world, monkeypatch):
    monkeypatch.setattr(connect, "TRIES", 1)
    with pytest.raises(InputError) as refused:
        Cluster("sc://127.0.0.1:1").simulate(*world, Asked(DAYS))
    assert refused.value.problem.where == "sc://127.0.0.1:1"


def test_without_the_client_the_message_says_what_to_install(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError) as refused:
        Cluster("sc://127.0.0.1:1").simulate(*world, Asked(DAYS))
    assert refused.value.problem.next_step == "install xenotime[supply,cluster]"
