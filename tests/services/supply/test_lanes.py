from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.fixtures.world import toy

from xenotime.core.errors import AddressError, InputError
from xenotime.services.library import open_library
from xenotime.services.supply.lanes import boundaries, handle, law_of, rulings
from xenotime.supply.licence.classes import WORDS
from xenotime.supply.scenario.read import names, read
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Good, Route

WORLD = toy()
HINGE = "cn/mofcom-2025-70"
DAY = {HINGE: "revived", f"{HINGE}.day": "inclusive", "cn/mofcom-2025-72": "extended"}


def asked(library, start, days, known, **more):
    """Per route: (first day, outcome, article) of each ruling of a scenario without turns."""
    made = Scenario("x", "X", "says", date.fromisoformat(start), days, date.fromisoformat(known), **more)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for one in rulings(library, made, WORLD):
        found.setdefault(one.route, []).append((str(one.first), one.word, one.article))
    return found


@pytest.fixture(scope="module")
def library(libraries):
    return libraries()


@pytest.fixture(scope="module")
def april(library):
    return asked(library, "2025-04-01", 30, "2025-04-04")


def test_dysprosium_is_free_on_3_april_2025_and_under_licence_on_4_april(april):
    assert april["CN>EU/metal/Dy/civil"] == [
        ("2025-04-01", "not_controlled", ""),
        ("2025-04-04", "licence", "cn/mofcom-2025-18/1C905"),
    ]


def test_the_handling_turns_on_the_same_day(library):
    made = handle(library, read("april-2025"), WORLD)
    row = made.routes.index("CN>EU/metal/Dy/civil")
    assert [WORDS[code] for code in made.status[row, 2:4]] == ["not_controlled", "licence"]
    assert (made.hold[row, 2:4].tolist(), made.lead[row, 3]) == ([0.0, 1.0], 160.0)


@pytest.mark.parametrize("good", ["oxide/Nd", "magnet/ndfeb", "oxide/Ho", "component/ev"])
def test_what_holds_none_of_the_seven_or_is_an_assembly_stays_free_in_april(april, good):
    assert april[f"CN>US/{good}/civil"] == [("2025-04-01", "not_controlled", "")]


def test_ore_is_no_line_of_the_april_lists_but_is_one_of_october(library, april):
    assert april["CN>EU/ore/heavy/civil"] == [("2025-04-01", "not_controlled", "")]
    october = asked(library, "2025-10-01", 90, "2025-10-15")["CN>EU/ore/heavy/civil"]
    assert october[-1] == ("2025-11-08", "licence", "cn/mofcom-2025-56/1C914")


def test_us_defence_buyers_are_barred_by_another_article_than_civil_ones(april):
    assert april["CN>US/magnet/smco/defence"][1:] == [("2025-04-04", "prohibited", "cn/mofcom-2024-46/1")]
    assert april["CN>US/magnet/smco/civil"][1:] == [("2025-04-04", "licence", "cn/mofcom-2025-18/1C902")]
    assert april["CN>EU/magnet/smco/defence"][1:] == [("2025-04-04", "licence", "cn/mofcom-2025-18/1C902")]


def test_holmium_is_free_before_and_under_licence_in_the_october_package_as_announced(library):
    found = asked(library, "2025-10-01", 90, "2025-10-15")
    assert found["CN>EU/oxide/Ho/civil"] == [
        ("2025-10-01", "not_controlled", ""),
        ("2025-11-08", "licence", "cn/mofcom-2025-57/1C909"),
    ]


def test_the_suspension_once_known_keeps_holmium_free(library):
    found = asked(library, "2025-10-01", 90, "2025-11-08")
    assert found["CN>EU/oxide/Ho/civil"] == [("2025-10-01", "not_controlled", "")]
    assert found["CN>EU/oxide/Dy/civil"] == [("2025-10-01", "licence", "cn/mofcom-2025-18/1C905")]


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        (
            "revived",
            [("2026-11-01", "not_controlled", ""), ("2026-11-11", "licence", "cn/mofcom-2025-57/1C909")],
        ),
        ("extended", [("2026-11-01", "not_controlled", "")]),
    ],
)
def test_a_hinge_follows_the_branch_that_the_scenario_assumes(library, branch, expected):
    found = asked(library, "2026-11-01", 60, "2026-11-22", branches={**DAY, HINGE: branch})
    assert found["CN>EU/oxide/Ho/civil"] == expected


def test_a_hinge_without_a_branch_is_unverified_and_held_as_by_the_stricter_one(library):
    made = Scenario("x", "X", "says", date(2026, 11, 1), 60, date(2026, 11, 22))
    handled = handle(library, made, WORLD)
    row = handled.routes.index("CN>EU/oxide/Ho/civil")
    assert (WORDS[handled.status[row, -1]], handled.hold[row, -1]) == ("unverified", 1.0)
    told = [why for route, first, _, why in handled.reason if route == handled.routes[row] and first == 10]
    branches = f"{HINGE}=extended: not_controlled; {HINGE}=revived: licence"
    doubt = "not settled (unverified); 100% of it handled as licence: 45 working days; 5 % refused (assumed)"
    asked_for = "open: individual, general?"
    assert told == [f"holmium (turns on {branches}) [cn/mofcom-2025-57/1C909]; {doubt}; {asked_for}"]


def test_a_ruling_names_the_licences_that_may_be_asked_for(library):
    found = {(r.route, r.word): r.channels for r in rulings(library, read("april-2025"), WORLD)}
    assert found["CN>EU/metal/Dy/civil", "licence"] == ("individual", "general?")
    assert found["CN>US/metal/Dy/defence", "prohibited"] == ()
    assert found["CN>EU/metal/Dy/civil", "not_controlled"] == ()


def test_know_how_and_machines_come_under_licence_with_the_package_and_were_not_clear_before(library):
    found = asked(library, "2025-10-01", 90, "2025-10-15")
    assert found["CN>US/tech/magnet"] == [
        ("2025-10-01", "open", "cn/technology-catalogue/1"),
        ("2025-10-09", "licence", "cn/mofcom-2025-62/1"),
    ]
    assert found["CN>US/equipment/separation"] == [
        ("2025-10-01", "not_controlled", ""),
        ("2025-10-09", "licence", "cn/mofcom-2025-62/2"),
        ("2025-11-08", "licence", "cn/mofcom-2025-56/2B902"),
    ]


def test_magnets_made_abroad_with_chinese_dysprosium_need_a_licence_from_december(library):
    found = asked(library, "2025-10-01", 90, "2025-10-15")
    assert found["JP>US/magnet/ndfeb-heavy/civil"] == [
        ("2025-10-01", "not_controlled", ""),
        ("2025-12-01", "licence", "cn/mofcom-2025-61/1.1"),
    ]


def test_without_chinese_content_it_hangs_on_the_technology_which_nobody_states(library):
    own = replace(WORLD, lanes=(replace(WORLD.lanes[0], share=0.0), replace(WORLD.lanes[1], share=1.0)))
    made = Scenario("x", "X", "says", date(2025, 12, 1), 30, date(2025, 10, 15))
    found = {one.route: one for one in rulings(library, made, own)}["JP>US/magnet/ndfeb-heavy/civil"]
    assert (found.word, found.strictest, found.article, found.says) == (
        "undetermined",
        "licence",
        "cn/mofcom-2025-61/1.2",
        "made abroad with Chinese technology (not known: cn_technology)",
    )


def test_japanese_defence_buyers_are_barred_from_6_january_2026(library):
    found = asked(library, "2026-01-01", 30, "2026-01-06")
    assert found["CN>JP/magnet/ndfeb-heavy/defence"] == [
        ("2026-01-01", "licence", "cn/mofcom-2025-18/1C905"),
        ("2026-01-06", "prohibited", "cn/mofcom-2026-1/1"),
    ]
    assert found["CN>JP/magnet/ndfeb-heavy/civil"] == [("2026-01-01", "licence", "cn/mofcom-2025-18/1C905")]


def test_every_stretch_begins_on_a_day_on_which_some_article_changes(library):
    made = read("october-2025")
    days = boundaries(law_of(library, made), made)
    assert days[0] == made.start
    assert {date(2025, 10, 9), date(2025, 11, 8), date(2025, 12, 1)} <= set(days)
    assert all(made.start <= day < made.start + timedelta(days=made.days) for day in days)


def test_nothing_waits_under_the_law_as_known_before_it_was_published(library):
    made = handle(library, read("april-2025"), WORLD, known=date(2025, 1, 1))
    civil = [route.buyer == "civil" and route.origin == "CN" for route in WORLD.routes]
    assert (made.hold[civil].sum(), made.block[civil].sum()) == (0.0, 0.0)


def test_proof_is_asked_of_what_leaves_china_and_of_nobody_else_s_magnets(library):
    japan = Route("JP>US/magnet/ndfeb/civil", "JP", "US", "magnet/ndfeb")
    made = handle(library, read("april-2025"), replace(WORLD, routes=(*WORLD.routes, japan)))
    waits = {
        name: float(made.hold[made.routes.index(name), 29]) for name in ("CN>US/magnet/ndfeb/civil", japan.id)
    }
    assert waits == {"CN>US/magnet/ndfeb/civil": 0.2, japan.id: 0.0}


def test_no_law_no_ruling(library):
    assert rulings(library, read("calm"), WORLD) == ()
    made = handle(library, read("calm"), WORLD)
    assert (made.hold.sum(), made.block.sum(), made.status.sum()) == (0.0, 0.0, 0)


def test_the_day_of_knowledge_can_be_moved(library):
    found = rulings(library, read("october-2025"), WORLD, known=date(2025, 11, 8))
    assert {one.word for one in found if one.route == "CN>EU/oxide/Ho/civil"} == {"not_controlled"}


@pytest.mark.parametrize("name", names())
def test_every_scenario_of_the_library_is_handled(library, name):
    made = read(name)
    handled = handle(library, made, WORLD)
    assert handled.hold.shape == (len(WORLD.routes), made.days)
    unsettled = [WORDS.index(word) for word in ("open", "undetermined", "unverified", "conflict")]
    goods = [not route.tech for route in WORLD.routes]
    for code in unsettled:
        waits = (handled.hold + handled.block)[goods]
        assert waits[handled.status[goods] == code].min(initial=1.0) > 0.0


def test_an_unknown_branch_is_told(library):
    made = replace(read("calm"), law=True, branches={HINGE: "repealed"})
    with pytest.raises(AddressError) as caught:
        handle(library, made, WORLD)
    assert caught.value.problem.found == f"{HINGE}=repealed"


DRAFT = """---
id: user/mofcom-tomorrow
title: A notice of tomorrow
issuer: MOFCOM
published: 2025-04-02
sources: [user]
sources_here: {user: {title: a draft of our own}}
---

## Item n: neodymium

Neodymium metal and oxide need a licence.

```yaml
rule: n
binds: exporter in China
question: controlled
answer: licence
when: {all: [export_from_china, {not: seven_elements}, rare_earth_good, primary_product]}
confidence: D
sources: [user]
alongside: [cn/export-control-law/12.3, cn/mofcom-2025-62/2]
events:
  - {in_force: 2025-04-10, published: 2025-04-02}
```
"""


def test_a_draft_notice_of_the_scenario_turns_the_lanes():
    made = replace(read("april-2025"), drafts=(DRAFT,), turns=())
    library = open_library(made.known, overlays={"draft-1.md": DRAFT})
    found = [
        (one.first, one.word, one.article)
        for one in rulings(library, made, WORLD)
        if one.route == "CN>US/oxide/Nd/civil"
    ]
    assert found == [
        (date(2025, 4, 1), "not_controlled", ""),
        (date(2025, 4, 10), "licence", "user/mofcom-tomorrow/n"),
    ]


def test_a_book_without_the_draft_is_refused(library):
    with pytest.raises(InputError) as caught:
        handle(library, replace(read("april-2025"), drafts=(DRAFT,)), WORLD)
    assert caught.value.problem.expected == "user/mofcom-tomorrow laid over the book"


def test_a_user_s_good_of_unknown_form_is_undetermined_and_held(library):
    own = Good("powder/mine", "magnet", "kg", {"Dy": 0.1})
    route = Route("CN>EU/powder/mine/civil", "CN", "EU", "powder/mine")
    mine = replace(WORLD, goods=(*WORLD.goods, own), price=(*WORLD.price, 1.0), routes=(route,))
    made = handle(library, replace(read("april-2025"), turns=()), mine)
    assert (WORDS[made.status[0, 3]], made.hold[0, 3]) == ("undetermined", 1.0)
