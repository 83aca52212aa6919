from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.supply.world.check import CLOSE, check, imbalance
from xenotime.supply.world.network import Lever, Project


def refused(network, what):
    with pytest.raises(InputError) as caught:
        check(network)
    problem = caught.value.problem
    assert problem.what == what
    assert all((problem.where, problem.expected, problem.found, problem.next_step))
    return problem


def project(name, *after, **more):
    return Project(name, 1, 1.0, 10.0, 0.3, **{"odds": 0.5, "ramp": 100.0, **more}, after=after)


def test_sound_network_passes(small, network):
    check(small)
    check(network)


def test_every_element_balances_at_every_site(network):
    apart = imbalance(network)
    assert len({site for site, _ in apart}) == sum(
        site.stage in ("separation", "metal", "magnet", "component") for site in network.sites
    )
    assert max(abs(value) for value in apart.values()) <= CLOSE


def test_unbalanced_network(small):
    sites = (small.sites[0], replace(small.sites[1], loss={"Nd": 0.05}), small.sites[2])
    problem = refused(replace(small, sites=sites), "this site is not balanced")
    assert problem.where == "CN/separation/light, Nd"


def test_negative_stock(small):
    bins = (small.bins[0], replace(small.bins[1], days=-1.0))
    problem = refused(replace(small, bins=bins), "a stock is negative")
    assert problem.where == "JP/product/other/Nd, oxide/Nd"
    stacks = (small.stacks[0], replace(small.stacks[1], days=float("nan")))
    refused(replace(small, stacks=stacks), "a stock is negative")


def test_unit_that_does_not_fit(small):
    goods = (small.goods[0], replace(small.goods[1], content={"Nd": 800.0}))
    assert refused(replace(small, goods=goods), "this unit does not fit").where == "oxide/Nd"
    goods = (small.goods[0], replace(small.goods[1], unit="bushel"))
    assert refused(replace(small, goods=goods), "this unit is unknown").found == "bushel"


def test_cyclic_projects(small):
    circle = (project("a", "b"), project("b", "c"), project("c", "a"))
    problem = refused(replace(small, projects=circle), "projects wait for each other in a circle")
    assert problem.found == "a > b > c > a"


def test_project_that_waits_for_nothing(small):
    refused(replace(small, projects=(project("a", "b"),)), "a project waits for one that is not there")
    refused(
        replace(small, projects=(project("a", needs=("CN>US/tech/x/civil",)),)),
        "a project needs a route that is not there",
    )
    refused(replace(small, projects=(project("a", odds=1.5),)), "odds are out of bounds")


def test_shares_that_do_not_sum_to_one(small):
    lanes = (replace(small.lanes[0], share=0.9), small.lanes[1])
    assert refused(replace(small, lanes=lanes), "the shares of a bin do not sum to one").found == "0.9"


def test_share_out_of_bounds(small):
    lanes = (replace(small.lanes[0], share=1.5), small.lanes[1])
    refused(replace(small, lanes=lanes), "a share is out of bounds")


def test_lane_between_two_goods(small):
    lanes = (small.lanes[0], replace(small.lanes[1], stack=0))
    refused(replace(small, lanes=lanes), "a lane joins two goods")


def test_lane_on_a_route_that_is_not_there(small):
    lanes = (small.lanes[0], replace(small.lanes[1], route="CN>JP/oxide/Nd/civil"))
    refused(replace(small, lanes=lanes), "a lane follows a route that is not there")


def test_distribution_with_no_mass(small):
    for spread in (
        Spread("lognormal", (1.0, 0.0)),
        Spread("mixture", (1.0, 0.0)),
        Spread("uniform", (2.0, 2.0)),
    ):
        flat = Parameter("stock", "factor", spread, (), "assumed", "stocks")
        refused(replace(small, parameters=(flat,)), "this distribution has no mass")


def test_lever_without_its_input(small):
    refused(replace(small, levers=(Lever("x", "bin.days", (0,)),)), "a lever hangs on no input")


def test_two_sites_of_one_name(small):
    sites = (small.sites[0], small.sites[1], replace(small.sites[2], id="CN/mine/light"))
    refused(replace(small, sites=sites), "two sites bear one id")


def test_negative_price_and_demand(small):
    refused(replace(small, price=(5.0, -1.0)), "a price is negative or no number")
    sites = (*small.sites[:2], replace(small.sites[2], demand=-1.0))
    refused(replace(small, sites=sites), "`demand` of this site is negative or no number")
