from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.core.errors import BookError
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.supply.engine.run import Asked
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.world.network import Lever


def levered(network):
    """The network with uncertain stocks, shares, lead times, hold and hoarding."""
    names = ("bin.days", "lane.share", "licence.lead", "rules.hoard", "lane.transit")
    spread = Spread("lognormal", (1.0, 0.3))
    return replace(
        network,
        parameters=tuple(Parameter(f"p{name}", "factor", spread, (), "assumed", "group") for name in names),
        levers=tuple(Lever(f"p{name}", name, (0,) if name.startswith("l") else ()) for name in names),
    )


def run(width=16, threads=1, first=0, draws=24, network=None, **rest):
    network = levered(toy.world()) if network is None else network
    asked = Asked(200, draws=draws, first=first, seed=7, every=5, width=width, threads=threads)
    handling = toy.regime(network, 200, refuse=0.1, until=150)
    return simulate(network, handling, toy.scenario(200), asked, **rest)


def same(one, other, part=slice(None)):
    for name in ("values", "first", "stood"):
        assert np.array_equal(getattr(one, name)[..., part], getattr(other, name))
    assert np.array_equal(one.residue[part], other.residue)


@pytest.mark.parametrize(("width", "threads"), [(1, 1), (5, 1), (24, 1), (7, 2), (16, 2)])
def test_any_width_and_any_threads_give_the_same_bits(width, threads):
    same(run(), run(width, threads))


def test_a_draw_is_the_same_alone_and_in_a_batch():
    whole = run()
    for draw in (0, 3, 23):
        same(whole, run(first=draw, draws=1), slice(draw, draw + 1))


def test_draws_differ_and_the_seed_matters():
    whole = run().series("ship/magnet/ndfeb-heavy/CN>EU")
    assert len(np.unique(whole.sum(axis=0))) == 24
    asked = Asked(200, draws=24, seed=8, every=5)
    other = simulate(levered(toy.world()), toy.regime(toy.world(), 200), toy.scenario(200), asked)
    assert not np.array_equal(other.series("ship/magnet/ndfeb-heavy/CN>EU"), whole)


def test_given_parameters_and_luck_replace_the_drawn_ones():
    whole = run()
    again = run(drawn=whole.drawn[:, ::-1].copy(), luck=np.arange(24)[::-1].copy())
    assert np.array_equal(again.values, whole.values[:, :, ::-1])


def test_progress_is_told_after_every_batch():
    told = []
    run(width=10, progress=lambda done, asked: told.append((done, asked)))
    assert told == [(10, 24), (20, 24), (24, 24)]


def test_a_stop_between_batches_ends_the_run_and_the_next_one_works():
    def stop(done, asked):
        del done, asked
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(width=2, threads=2, progress=stop)
    same(run(), run())


def test_without_a_shock_everything_stays():
    network = toy.world()
    calm = simulate(network, toy.free(network, 400), toy.scenario(400), Asked(400, draws=4))
    assert np.abs(calm.values - calm.values[:, :1]).max() <= 1e-9 * np.abs(calm.values).max()
    assert calm.series("price/outside/oxide/Dy").tolist() == [[1.0] * 4] * 400
    assert calm.series("output/product/EU/ev") == pytest.approx(100.0)
    assert calm.series("days/product/EU/magnet/ndfeb-heavy") == pytest.approx(20.0)
    assert calm.first.max() == -1


def test_levered_draws_are_at_rest_before_the_shock_too():
    network = levered(toy.world())
    calm = simulate(network, toy.free(network, 100), toy.scenario(100), Asked(100, draws=16, seed=3))
    assert np.abs(calm.values - calm.values[:, :1]).max() <= 1e-9 * np.abs(calm.values).max()


def test_mass_is_kept_and_nothing_is_negative():
    made = run()
    assert made.residue.max() < 1e-12
    kinds = (
        "ship/",
        "output/",
        "days/",
        "pending/",
        "unmet/",
        "stopped/",
        "short/",
        "met/",
        "idle/",
        "price/",
    )
    kept = [place for place, gauge in enumerate(made.gauges) if gauge.name.startswith(kinds)]
    assert made.values[kept].min() >= 0.0


def test_weeks_agree_with_days():
    network, days = toy.world(), 210
    handling = toy.regime(network, days)
    daily = simulate(network, handling, toy.scenario(days), Asked(days, draws=3))
    weekly = simulate(network, handling, toy.scenario(days), Asked(days, draws=3, every=7))
    for gauge, fine, coarse in zip(daily.gauges, daily.values, weekly.values, strict=True):
        weeks = fine.reshape(30, 7, 3)
        assert np.allclose(
            weeks.mean(axis=1) if gauge.level else weeks.sum(axis=1), coarse, rtol=1e-9, atol=1e-9
        )


def test_only_the_kept_gauges_are_recorded():
    network = toy.world()
    asked = Asked(10, keep=("price/outside/oxide", "mine/"))
    made = simulate(network, toy.free(network, 10), toy.scenario(10), asked)
    assert [gauge.name for gauge in made.gauges] == ["price/outside/oxide/Dy"]


def test_lanes_hold_what_the_first_draw_shipped():
    made = toy.play(toy.world(), toy.regime(toy.world(), 60), 60, draws=3, width=2, every=10)
    assert made.lanes[2] == pytest.approx(made.series("ship/magnet/ndfeb-heavy/CN>EU")[:, 0])


def test_a_network_that_feeds_on_itself_is_refused():
    network = toy.world()
    loop = replace(network.bins[0], good=toy.MAGNET, need=1.5)
    lanes = (replace(network.lanes[0], stack=1), *network.lanes[1:])
    odd = replace(network, bins=(loop, *network.bins[1:]), lanes=lanes)
    with pytest.raises(BookError, match="grow without end"):
        toy.play(odd, days=5)
