from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.evidence.read import figures
from xenotime.supply.world.build import build
from xenotime.supply.world.compare import measure
from xenotime.supply.world.cover import BASE
from xenotime.supply.world.elements import ELEMENTS
from xenotime.supply.world.network import STAGES


def test_world_has_every_stage_country_use_family_and_element(network):
    sites = network.sites
    assert {site.stage for site in sites} == set(STAGES)
    assert {site.country for site in sites} == {
        "CN",
        "MM",
        "US",
        "AU",
        "JP",
        "KR",
        "EU",
        "IN",
        "VN",
        "MY",
        "ROW",
    }
    uses = {"ev", "hybrid", "wind", "robots", "drives", "consumer", "medical", "defence", "other"}
    assert {site.use for site in sites} == {"", *uses}
    goods = {good.id for good in network.goods}
    assert {f"oxide/{element}" for element in ELEMENTS} <= goods
    assert {f"magnet/{family}" for family in ("ndfeb", "ndfeb-heavy", "smco", "bonded")} <= goods


def test_size_is_what_ten_thousand_draws_can_bear(network):
    assert 300 <= len(network.sites) <= 700
    assert 2000 <= len(network.lanes) <= 4000


@pytest.mark.parametrize(
    ("quantity", "tonnes"),
    [
        ("ship/magnet/CN>all", 15268 / 90 * 365),
        ("ship/magnet/CN>US", 1868 / 90 * 365),
        ("ship/magnet/CN>EU", 15268 / 90 * 365 * 0.3915),
        ("use/all/wind", 19620),
        ("use/all/ev+hybrid", 60000),
    ],
)
def test_what_is_held_exactly_is_met_exactly(network, normal, quantity, tonnes):
    assert measure(network, normal, quantity) == pytest.approx(tonnes, rel=1e-9)


def test_mines_give_what_the_claims_say_within_a_tenth(network, normal):
    mined = Counter()
    for site, activity in zip(network.sites, normal.activity, strict=True):
        if site.stage == "mine" and not site.id.endswith(("/scrap", "/scandium")):
            mined[site.country] += activity * 365 / 1e6
    assert mined["CN"] == pytest.approx(270, rel=0.05)
    assert mined["US"] == pytest.approx(45.5, rel=0.02)
    assert 27 < mined["MM"] < 42
    assert 380 <= mined.total() <= 390


def test_china_exports_of_oxides_and_metals_are_what_customs_count(network, normal):
    oxide = measure(network, normal, "ship/oxide/CN>all")
    metal = measure(network, normal, "ship/metal/CN>all") / 0.857
    assert oxide + metal == pytest.approx(14177 / 90 * 365 * 0.75, rel=0.01)


def test_same_figures_give_the_same_world(world):
    assert build(figures()) == world


def test_day_moves_nothing_but_the_projects(network):
    later = build(figures(), date(2026, 4, 4)).network
    assert later.sites == network.sites
    assert later.lanes == network.lanes
    gone = (date(2026, 4, 4) - BASE).days
    assert [p.opens for p in later.projects] == [max(p.opens - gone, 0) for p in network.projects]


def test_claim_that_is_missing_is_refused():
    held = tuple(figure for figure in figures() if figure.id != "trade-018")
    with pytest.raises(BookError, match="this input rests on a claim that is not there") as caught:
        build(held)
    assert caught.value.problem.found == "trade-018"


def test_all_that_gave_way_is_told_with_its_claims(world):
    held = {figure.id for figure in figures()}
    assert {claim for row in world.reconciled for claim in row.claims} <= held
    assert all(row.why for row in world.reconciled)
    names = {row.what for row in world.reconciled}
    assert {"mine.CN", "content.Dy.heavy", "ship/magnet/CN>IN", "element/wind", "yield"} <= names


def test_gaps_name_promethium_and_the_metal_stage(world):
    assert sum("Promethium" in gap for gap in world.gaps) == 1
    assert sum("metal stage" in gap for gap in world.gaps) == 1
