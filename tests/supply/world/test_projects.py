from __future__ import annotations

from datetime import date

from xenotime.evidence.read import figures
from xenotime.supply.world.cover import BASE
from xenotime.supply.world.elements import held
from xenotime.supply.world.projects import DELAYED, DORMANT, PLANNED
from xenotime.supply.world.read import table


def test_projects_name_claims_that_are_there(network):
    held = {figure.id for figure in figures()}
    assert len(network.projects) == len(table("projects"))
    assert all(project.claims and set(project.claims) <= held for project in network.projects)


def test_heavy_line_in_malaysia_opens_six_weeks_after_the_start(network):
    line = network.projects[0]
    assert (line.name, line.opens) == ("Lynas heavy line", float((date(2025, 5, 16) - BASE).days))
    assert network.sites[line.site].id == "MY/separation/seg-au"
    assert line.needs == ("CN>MY/tech/separation/civil",)
    assert line.delayed == DELAYED


def test_what_projects_need_are_routes_of_know_how(network):
    tech = {route.id for route in network.routes if route.tech}
    assert {need for project in network.projects for need in project.needs} == tech
    goods = {route.good for route in network.routes if route.tech}
    assert goods == {
        "tech/separation",
        "tech/magnet",
        "tech/metal",
        "equipment/magnet",
        "equipment/separation",
    }


def test_dormant_sites_make_nothing_at_rest_and_have_buyers(network, normal):
    for id_ in (*DORMANT, *PLANNED):
        place = next(i for i, site in enumerate(network.sites) if site.id == id_)
        assert normal.activity[place] == 0
        stacks = [i for i, stack in enumerate(network.stacks) if stack.site == place]
        lanes = [lane for lane in network.lanes if lane.stack in stacks]
        assert lanes
        assert {lane.share for lane in lanes} == {0.0}


def test_heavy_concentrate_in_malaysia_is_kept_not_lost(network):
    site = next(i for i, site in enumerate(network.sites) if site.id == "MY/separation/light-au")
    kept = [s for s in network.stacks if s.site == site and not s.driver]
    assert [network.goods[stack.good].id for stack in kept] == ["ore/seg-au"]


def test_the_american_maker_needs_a_magnet_price_that_bears_its_oxide_floor(network):
    """The floor is told per kilogram of oxide; a project is paid per kilogram of what it makes."""
    place = {good.id: i for i, good in enumerate(network.goods)}
    magnet = place["magnet/ndfeb-heavy"]
    dearer = sum(
        network.goods[magnet].content[element]
        / held(element)
        * (110 - network.price[place[f"oxide/{element}"]])
        for element in ("Nd", "Pr")
    )
    needs = [project.name for project in network.projects if project.floor]
    assert needs == ["MP 10X"]
    assert max(p.floor for p in network.projects) == round(network.price[magnet] + dearer)
