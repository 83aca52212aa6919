from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.licence.handling import Office
from xenotime.supply.world.network import Bin, Lane, Route, Site


def staffed(network, days, office, **rest):
    return replace(toy.regime(network, days, **rest), office=office)


def test_an_office_with_officers_enough_decides_within_days():
    network = toy.chain(days=40.0, transit=1)
    run = toy.play(network, staffed(network, 200, Office(50.0, 1.0, 10.0)), 200)
    assert run.first.max() == -1
    assert run.series("ship/magnet/ndfeb/CN>EU")[150:].mean() == pytest.approx(100.0, rel=0.05)
    assert run.residue.max() < 1e-12


def test_an_office_passes_no_more_than_its_officers_decide():
    network = toy.chain(days=20.0, transit=1, least=0.0)
    run = toy.play(network, staffed(network, 400, Office(4.0, 1.0, 10.0)), 400, draws=8)
    sent = run.series("ship/magnet/ndfeb/CN>EU")[200:].mean()
    assert sent == pytest.approx(40.0, rel=0.05)
    assert run.series("output/product/EU/ev")[200:].mean() == pytest.approx(40.0, rel=0.05)


def test_a_surge_of_files_delays_the_first_papers():
    network = toy.chain(days=20.0, transit=1, least=0.0)
    sent = [
        toy.play(network, staffed(network, 60, Office(11.0, 1.0, 10.0, surge=surge, calm=20.0)), 60)
        .series("ship/magnet/ndfeb/CN>EU")[10:40]
        .sum()
        for surge in (1.0, 5.0)
    ]
    assert sent[1] < 0.6 * sent[0]


def test_civil_files_go_before_defence_files():
    network = toy.chain(days=20.0, transit=1, least=0.0)
    sites = (
        *network.sites,
        Site("EU/product/defence", "EU", "product", "defence", buyer="defence", demand=100.0),
    )
    routes = (*network.routes, Route("arms", "CN", "EU", "magnet/ndfeb", "defence"))
    lanes = (*network.lanes, Lane(0, 1, 1.0, 1, "arms"))
    both = replace(
        network, sites=sites, bins=(*network.bins, Bin(2, 0, 1.0, 20.0)), lanes=lanes, routes=routes
    )
    run = toy.play(both, staffed(both, 300, Office(11.0, 1.0, 10.0)), 300)
    civil, arms = (run.series(f"output/product/EU/{use}")[200:].mean() for use in ("ev", "defence"))
    assert civil > 95.0
    assert arms < 20.0


def test_when_the_law_ends_the_office_lets_all_of_it_go():
    network = toy.chain(days=20.0, transit=1, least=0.0)
    run = toy.play(network, staffed(network, 200, Office(1.0, 1.0, 10.0), until=80), 200)
    assert run.series("pending/magnet/ndfeb/EU")[80:].sum() == 0.0
    assert run.series("output/product/EU/ev")[150:] == pytest.approx(100.0)


def test_the_office_too_is_the_same_in_any_batch():
    network = toy.world()
    handling = staffed(network, 200, Office(5.0, 1.0, 10.0, surge=2.0), until=150)
    whole = toy.play(network, handling, 200, draws=9, width=9)
    split = toy.play(network, handling, 200, draws=9, width=2, threads=2)
    assert np.array_equal(whole.values, split.values)
    assert len(np.unique(whole.series("ship/oxide/Dy/CN>JP").sum(axis=0))) > 1
