from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.law.answer import Outcome
from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.services.programme.shipping.counsel import ColdError, Counsel, Lane, Memo, Party, counsel, lane

DAY = date(2026, 11, 25)
USER = Party("end_user", "Nordhain Antriebe GmbH", "DE")
CIVIL = (("military_use", "no"), ("military_user", "no"), ("wmd_or_terror", "no"))
MAGNETS = Item("1C905.a.4", {"Dy": 1})


def ask(code="1C905.a.4", elements=(("Dy", True),), parties=(USER,), on=DAY, **more):
    goods = tuple(sorted(more.items()))
    return Lane(code, elements, goods, "CN", parties[0].country, parties[0].country, CIVIL, parties, on)


@pytest.fixture
def advice(libraries):
    return Counsel(libraries())


def test_a_lane_is_worked_out_once_and_then_remembered(advice):
    with pytest.raises(ColdError) as cold:
        advice.ruled(ask(), work=False)
    cold.value.warm()
    found = advice.ruled(ask(), work=False)
    assert (found.outcome, found.rule, found.codes) == (
        Outcome.LICENCE,
        "cn/mofcom-2025-18/1C905",
        "1C905.a.4",
    )
    assert advice.ruled(ask()) is found


@pytest.mark.parametrize(
    "other",
    [
        ask(on=date(2026, 11, 26)),
        ask(elements=(("Dy", True), ("Tb", False))),
        ask(parties=(Party("end_user", "Somebody Else GmbH", "DE"),)),
        ask(kind="magnet_powder"),
    ],
)
def test_another_day_element_party_or_statement_is_another_lane(advice, other):
    advice.ruled(ask())
    with pytest.raises(ColdError):
        advice.ruled(other, work=False)


def test_the_goods_may_state_what_the_code_leaves_open(advice):
    assert advice.ruled(ask(kind="motor", processing="deep")).outcome is not Outcome.LICENCE


def test_a_listed_party_is_named_with_its_list(advice):
    listed = Party("end_user", "Lockheed Martin Corporation", "US")
    found = advice.screened((listed,), DAY)
    assert any(n.sure and n.lives and n.book for n in found.named)
    assert advice.ruled(ask(parties=(listed,))).outcome is Outcome.PROHIBITED
    assert advice.screened((USER,), DAY).named == ()


def test_a_declared_owner_on_a_list_reaches_the_company(advice):
    held = Party(
        "end_user", "Beispiel Holdings Inc", "US", owners=(("Lockheed Martin Corporation", "US", "100"),)
    )
    plain, reached = (dict(advice.screened((p,), DAY).facts) for p in (USER, held))
    changed = {name for name in plain if plain[name] != reached[name]}
    assert changed
    assert all(reached[name] is not False for name in changed)


def test_one_library_has_one_counsel_and_another_has_another(libraries):
    assert counsel(libraries()) is counsel(libraries())
    assert counsel(libraries()) is not counsel(libraries(date(2025, 6, 2)))


def test_a_cache_forgets_the_least_lately_used_first():
    memo = Memo(room=2)
    memo.put("a", 1)
    memo.put("b", 2)
    memo.get("a")
    memo.put("c", 3)
    assert [memo.get(k) for k in "abc"] == [1, None, 3]


def shipment(**more):
    return Shipment(
        "XC-1", "EX", "EU", "S1", (MAGNETS,), "motors", more.pop("route", ("CN", "DE")), DAY, **more
    )


def test_what_the_programme_settles_cannot_be_stated_milder_only_stricter():
    settled = {"military_use": "no", "military_user": "?"}
    milder = lane(shipment(facts={"military_user": "no"}), MAGNETS, (USER,), "DE", settled)
    stricter = lane(shipment(facts={"military_use": "yes"}), MAGNETS, (USER,), "DE", settled)
    assert dict(milder.deal) == settled
    assert dict(stricter.deal) == {"military_use": "yes", "military_user": "?"}


def test_a_transfer_inside_a_country_is_asked_about_as_bringing_the_item_there():
    inside = lane(shipment(route=("DE", "DE")), MAGNETS, (USER,), "DE", {})
    assert (inside.start, inside.end) == ("CN", "DE")
    assert lane(shipment(route=("JP", "DE")), MAGNETS, (USER,), "DE", {}).start == "JP"


@pytest.mark.parametrize(
    ("deal", "goods"), [({"on_list": "no"}, {}), ({}, {"military_use": "no"}), ({"el_dy": "no"}, {})]
)
def test_what_a_shipment_may_not_state_is_refused(deal, goods):
    with pytest.raises(InputError, match="cannot state"):
        lane(shipment(facts=deal), Item("1C905.a.4", {"Dy": 1}, facts=goods), (USER,), "DE", {})
