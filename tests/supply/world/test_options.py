from __future__ import annotations

from xenotime.supply.world.read import table


def test_every_kind_of_option_is_there_and_none_in_china(network):
    assert {option.name.split()[0] for option in network.options} == {row["name"] for row in table("options")}
    assert {network.sites[network.bins[o.source].site].country for o in network.options}.isdisjoint({"CN"})


def test_replacement_is_a_bin_of_the_same_site(network):
    for option in network.options:
        if option.target >= 0:
            assert network.bins[option.target].site == network.bins[option.source].site
            assert option.target != option.source


def test_wound_rotor_saves_magnets_of_cars_only(network):
    uses = {
        network.sites[network.bins[o.source].site].use for o in network.options if o.name.startswith("wound")
    }
    assert uses == {"ev", "hybrid"}


def test_component_can_be_bought_in_china_by_lanes(network):
    lanes = [
        lane
        for lane in network.lanes
        if network.goods[network.bins[lane.bin].good].id == "component/ev"
        and network.sites[network.stacks[lane.stack].site].country
        == "CN"
        != network.sites[network.bins[lane.bin].site].country
    ]
    assert len(lanes) == 7 * 3
    assert {lane.route.split("/", 1)[1] for lane in lanes} == {"component/ev/civil"}
