"""The page of quota: caps shown with what is used, and a new bound set by an approver alone."""

from __future__ import annotations

import pytest

from xenotime.programme.shipping.quota import Cap


@pytest.fixture
def capped(house):
    with house.store.change() as change:
        change.set_cap(Cap("cap-1", 5_000, "Dy", "O1", year=2026), house.clock.now(), "system:system")
    return house


def grams(house):
    with house.store.view() as view:
        return {cap.id: cap.grams for cap in view.caps()}


def test_an_approver_sees_a_cap_with_its_year_and_sets_a_new_one(capped):
    client = capped.browser("approver")
    assert "Dy · organisation O1 · 2026" in client.get("/quota").text
    reply = client.post("/quota", data={"cap": "cap-1", "kilograms": "4.5"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/quota?done=bounded")
    assert grams(capped)["cap-1"] == 4_500


def test_a_rise_is_proposed_and_says_so(capped):
    client = capped.browser("approver")
    reply = client.post("/quota", data={"cap": "cap-1", "kilograms": "6.5"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/quota?done=proposed")
    assert "another approver" in client.get("/quota?done=proposed").text
    assert grams(capped)["cap-1"] == 5_000


@pytest.mark.parametrize("wrong", ["", "much", "-1", "1.2345", "1e3", "9" * 20])
def test_an_amount_that_is_none_sets_nothing_and_says_so(capped, wrong):
    reply = capped.browser("approver").post("/quota", data={"cap": "cap-1", "kilograms": wrong})
    assert reply.status_code == 400
    assert 'id="fault"' in reply.text
    assert grams(capped)["cap-1"] == 5_000


def test_a_wider_cap_is_added_and_one_of_nothing_is_not(capped):
    client = capped.browser("approver")
    given = {"element": "Tb", "country": "de", "year": "2026", "kilograms": "3"}
    assert client.post("/quota", data=given).status_code == 303
    assert grams(capped)["cap/DE/Tb/2026"] == 3_000
    assert client.post("/quota", data={"kilograms": "3"}).status_code == 400


def test_nobody_else_opens_it(capped):
    for name in ("applicant", "officer", "auditor", "customs"):
        assert capped.browser(name).get("/quota").status_code == 403
        assert capped.browser(name).post("/quota", data={"cap": "cap-1", "kilograms": "9"}).status_code == 403
    assert grams(capped)["cap-1"] == 5_000
