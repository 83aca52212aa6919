"""What holds in every small world: mass kept, nothing negative, more supply never lowers what is made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.supply.engine import toy

from xenotime.supply.engine.run import RATIONING, Rules
from xenotime.supply.world.network import Bin, Good, Lane, Network, Option, Route, Site, Stack

FEW = settings(max_examples=15, deadline=None)
COUNTRIES = ("CN", "JP", "EU")
share = st.floats(0.0, 1.0)


@st.composite
def worlds(draw):
    """Makers in some countries who sell to users in all, some under the law, some with a substitute."""
    goods = (Good("a", "magnet", "kg", {"Dy": 0.1}), Good("c", "magnet", "kg", {}))
    makers = draw(st.integers(1, 3))
    users = draw(st.integers(1, 3))
    sites = [
        Site(f"m{i}", COUNTRIES[i], "magnet", worth=5.0, slack=draw(share), least=draw(share) * 0.5)
        for i in range(makers)
    ]
    sites += [
        Site(f"u{i}", COUNTRIES[i], "product", "ev", demand=draw(st.floats(1.0, 100.0)), worth=9.0,
             least=draw(share) * 0.8, restart=draw(st.integers(0, 9)),
             buyer=draw(st.sampled_from(["civil", "defence"])))
        for i in range(users)
    ]  # fmt: skip
    stacks = tuple(Stack(i, 0, 1.0, draw(st.floats(0.0, 20.0))) for i in range(makers))
    bins, lanes, options = [], [], []
    routes = tuple(Route(f"r{i}", "CN", COUNTRIES[i], "a") for i in range(users))
    for user in range(users):
        kind = draw(st.sampled_from(["critical", "important", "free"]))
        bins.append(Bin(makers + user, 0, draw(st.floats(0.1, 3.0)), draw(st.floats(0.0, 40.0)), kind))
        for maker in range(makers):
            law = routes[user].id if maker == 0 else ""
            lanes.append(Lane(maker, user, draw(st.floats(0.1, 1.0)), draw(st.integers(0, 30)), law))
        if draw(st.booleans()):
            options.append(Option("save", user, -1, draw(share), 5.0, 10.0, 0.3))
    return Network(
        goods, tuple(sites), tuple(bins), stacks, tuple(lanes), routes, (60.0, 5.0), tuple(options)
    )


@st.composite
def regimes(draw):
    return {
        "hold": draw(share),
        "fast": draw(share) * 0.5,
        "lead": draw(st.floats(0.0, 90.0)),
        "sigma": draw(st.floats(0.0, 1.0)),
        "refuse": draw(share),
        "block": draw(share) * draw(st.integers(0, 1)),
        "until": draw(st.sampled_from([None, 60])),
    }


@FEW
@given(worlds(), regimes(), st.sampled_from(RATIONING), share)
def test_mass_is_kept_and_nothing_is_negative(network, regime, rationing, lost):
    handling = toy.regime(network, 120, **regime)
    cuts = (toy.cut(20, 50, lost, stages=("magnet",)),)
    run = toy.play(network, handling, 120, draws=3, cuts=cuts, rules=Rules(rationing=rationing))
    assert run.residue.max() < 1e-9
    assert np.isfinite(run.values).all()
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
    rows = [place for place, gauge in enumerate(run.gauges) if gauge.name.startswith(kinds)]
    assert run.values[rows].min() >= 0.0


@FEW
@given(worlds())
def test_the_rest_state_stays(network):
    run = toy.play(network, days=80, draws=2)
    assert np.abs(run.values - run.values[:, :1]).max() <= 1e-8 * max(1.0, np.abs(run.values).max())


@FEW
@given(worlds(), regimes(), st.integers(1, 4), st.integers(1, 2))
def test_width_and_threads_change_no_bit(network, regime, width, threads):
    handling = toy.regime(network, 60, **regime)
    whole = toy.play(network, handling, 60, draws=4, width=4)
    split = toy.play(network, handling, 60, draws=4, width=width, threads=threads)
    assert np.array_equal(whole.values, split.values)


@FEW
@given(worlds(), regimes())
def test_a_week_is_the_sum_of_its_days(network, regime):
    handling = toy.regime(network, 70, **regime)
    daily, weekly = (toy.play(network, handling, 70, every=every) for every in (1, 7))
    for gauge, fine, coarse in zip(daily.gauges, daily.values, weekly.values, strict=True):
        weeks = fine.reshape(10, 7, 1)
        assert np.allclose(
            weeks.mean(axis=1) if gauge.level else weeks.sum(axis=1), coarse, rtol=1e-9, atol=1e-9
        )


@FEW
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 30.0), st.integers(1, 20), st.integers(5, 90))
def test_more_supply_never_lowers_what_is_made(one, other, stock, transit, length):
    """One critical input, proportional rationing: a smaller cut of the maker never makes less."""
    low, high = sorted((one, other))
    network = toy.chain(days=stock, transit=transit, least=0.0, lead_route="")
    made = [
        toy.play(network, days=150, cuts=(toy.cut(10, 10 + length, lost, stages=("magnet",)),),
                 rules=Rules(rationing="proportional")).series("output/product/EU/ev").sum()
        for lost in (low, high)
    ]  # fmt: skip
    assert made[0] >= made[1] - 1e-6


@FEW
@given(worlds(), share, share)
def test_a_longer_stock_never_makes_less_when_supply_is_cut(network, lost, more):
    """All makers lose the same for a while; every user without a least and with one critical input."""
    sites = tuple(replace(site, least=0.0) for site in network.sites)
    bins = tuple(replace(one, kind="critical") for one in network.bins)
    plain = replace(network, sites=sites, bins=bins, options=())
    deep = replace(plain, bins=tuple(replace(one, days=one.days + 20.0 * more) for one in bins))
    cuts = (toy.cut(5, 60, lost, stages=("magnet",)),)
    total = [
        toy.play(one, days=60, cuts=cuts).series("lost/" + site.country).sum()
        for one in (plain, deep)
        for site in plain.sites[-1:]
    ]
    assert total[1] <= total[0] * (1.0 + 1e-6) + 1e-3 * max(1.0, abs(total[0]))
