from __future__ import annotations

from xenotime.evidence.draw import draw
from xenotime.evidence.read import figures
from xenotime.supply.world.levers import TARGETS, fits
from xenotime.supply.world.read import table


def test_every_input_has_one_lever_and_claims_or_a_ground(network):
    assert [lever.parameter for lever in network.levers] == [p.name for p in network.parameters]
    held = {figure.id for figure in figures()}
    for found in network.parameters:
        assert set(found.claims) <= held
        assert found.claims or found.rule.startswith("assumed: ")


def test_central_draw_is_the_world_at_rest(network):
    assert (draw(network.parameters, 5, 0, 1) == 1.0).all()


def test_levers_move_what_is_there(network):
    size = {"site": network.sites, "bin": network.bins, "stack": network.stacks, "lane": network.lanes}
    for lever in network.levers:
        assert lever.target in TARGETS
        assert len(set(lever.members)) == len(lever.members)
        assert max(lever.members) < len(size[lever.target.partition(".")[0]])


def test_stock_days_move_by_country_and_cover(network):
    lever = next(found for found in network.levers if found.parameter == "stock.KR.deep")
    sites = [network.sites[network.bins[place].site] for place in lever.members]
    assert {(site.country, site.stage, site.cover) for site in sites} == {("KR", "component", "deep")}
    assert {network.bins[place].days for place in lever.members} == {365.0}
    assert next(p for p in network.parameters if p.name == "stock.KR.deep").claims == ("stocks-009",)


def test_heavy_magnets_are_not_moved_with_plain_ones(network):
    lever = next(found for found in network.levers if found.parameter == "heavy.part")
    assert {network.goods[network.bins[i].good].id for i in lever.members} == {"magnet/ndfeb-heavy"}


def test_open_lanes_are_left_alone(network):
    for lever in network.levers:
        if lever.target == "lane.share":
            assert all(network.lanes[i].share > 0 for i in lever.members)


def test_filter_takes_words_and_exclusions(small):
    site = small.sites[0]
    assert fits(site, {"country": "CN JP", "stage": "mine"})
    assert not fits(site, {"country": "!CN"})


def test_about_fifteen_groups(network):
    assert len({p.group for p in network.parameters}) == 10
    assert len(network.parameters) == len(table("levers")) + len(table("cover"))


def test_no_draw_shuts_a_line_at_rest(network):
    spread = next(p.spread for p in network.parameters if p.name == "least.line")
    shut = max(site.least for site in network.sites) * spread.numbers[-1]
    assert (spread.shape, shut < 1) == ("triangular", True)
