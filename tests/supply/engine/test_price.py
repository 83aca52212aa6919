from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.price import bounded
from xenotime.supply.engine.run import Rules


def outside(**rest):
    """A chain that lies outside the control whole, half of whose supply is lost for ever."""
    network = toy.chain(least=0.0, lead_route="", transit=1)
    sites = (replace(network.sites[0], country="JP"), network.sites[1])
    cuts = (toy.cut(5, 3000, 0.5, stages=("magnet",)),)
    run = toy.play(replace(network, sites=sites), days=900, cuts=cuts, rules=Rules(**rest))
    return run.series("price/outside/magnet/ndfeb")[:, 0], run.series("contract/outside/magnet/ndfeb")[:, 0]


@pytest.mark.parametrize("elastic", [0.5, 1.0, 2.0])
def test_a_lasting_shortage_ends_at_the_isoelastic_price_and_never_passes_it(elastic):
    spot, _ = outside(elastic=elastic)
    supply = 0.5 * 1.1
    assert spot.max() <= supply ** (-1.0 / elastic) * (1 + 1e-9)
    assert spot[-1] == pytest.approx(supply ** (-1.0 / elastic), rel=1e-6)


def test_a_contract_takes_over_its_part_of_the_rise():
    spot, deal = outside(elastic=1.0, passing=0.25, contract=60.0)
    assert deal[-1] == pytest.approx(spot[-1] ** 0.25, rel=1e-3)
    assert np.all(deal <= spot + 1e-9)


def test_the_bound_is_strict_on_the_way_up_and_soft_on_the_way_down():
    high = np.log(1 / 0.5) / 2.0
    assert bounded(0.1, 5.0, 0.5, 2.0, 30.0) == pytest.approx(high)
    assert bounded(1.0, 5.0, 0.5, 2.0, 30.0) == pytest.approx(1.0 + (high - 1.0) / 30.0)
    assert bounded(0.0, 0.0, 1.0, 2.0, 30.0) == 0.0


def test_a_licence_splits_the_price():
    network = toy.world()
    run = toy.play(network, toy.regime(network, 200, lead=120.0), 200)
    inside, out = (run.series(f"price/{zone}/oxide/Dy")[:, 0] for zone in ("inside", "outside"))
    assert out[60] > 2.0
    assert inside[:60].max() < 1.1
    assert run.series("contract/outside/oxide/Dy")[60, 0] < 1.3


def test_goods_of_one_chain_move_together():
    """The magnet outside is dearer when its oxide is, though nobody is short of magnets yet."""
    network = toy.world()
    dear = replace(network, price=(1500.0, 60.0))
    handling = toy.regime(network, 60, lead=300.0)
    handling.hold[1] = 0.0
    plain, chained = (
        toy.play(one, handling, 60).series("price/outside/magnet/ndfeb-heavy")[40, 0]
        for one in (network, dear)
    )
    assert chained > plain * 1.2
