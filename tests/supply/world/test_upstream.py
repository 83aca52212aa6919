from __future__ import annotations

import pytest

from xenotime.supply.world.oxides import SPARE
from xenotime.supply.world.upstream import STORED, stage


def test_separation_gives_oxides_in_the_proportions_of_its_ore(network, above):
    plant = above.plants["CN", "heavy"]
    place = next(i for i, site in enumerate(network.sites) if site.id == "CN/separation/heavy")
    gives = {network.goods[s.good].id: s.gives for s in network.stacks if s.site == place}
    assert gives == {f"oxide/{e}": pytest.approx(kg) for e, kg in plant.gives.items()}


def test_swarf_is_a_byproduct_with_a_little_to_spare(network, normal):
    for place, stack in enumerate(network.stacks):
        if network.goods[stack.good].id.startswith("swarf/"):
            sold = sum(f for lane, f in zip(network.lanes, normal.flow, strict=True) if lane.stack == place)
            if network.sites[stack.site].stage == "magnet":
                assert not stack.driver
                offered = stack.gives * normal.activity[stack.site]
                assert sold / (1 - STORED) * (1 + SPARE) == pytest.approx(offered, rel=1e-9)


def test_sites_carry_the_slack_and_restart_of_their_stage(network):
    row = stage("magnet")
    site = next(site for site in network.sites if site.id == "JP/magnet/ndfeb-heavy")
    assert (site.slack, site.restart) == (float(row["slack"]), float(row["restart"]))


def test_other_users_take_oxides(network):
    site = next(site for site in network.sites if site.id == "US/product/other/Y")
    assert site.demand * 365 / 1000 == pytest.approx(476, rel=0.1)


def test_what_only_stretches_neodymium_stops_no_magnet(network):
    kinds = {
        (network.sites[b.site].id, network.goods[b.good].id): b.kind
        for b in network.bins
        if network.sites[b.site].stage == "magnet"
    }
    assert [
        kinds["JP/magnet/ndfeb", "metal/Gd"],
        kinds["JP/magnet/smco", "metal/Gd"],
        kinds["JP/magnet/ndfeb-heavy", "metal/Dy"],
    ] == ["free", "important", "critical"]


def test_japan_holds_what_its_state_asked_for(network):
    at = next(i for i, site in enumerate(network.sites) if site.id == "JP/magnet/ndfeb-heavy")
    assert {bin_.days for bin_ in network.bins if bin_.site == at} == {60.0}
