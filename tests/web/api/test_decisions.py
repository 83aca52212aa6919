"""Decide over the API: who may, what comes back, what is refused in four parts, and that nothing is kept."""

from __future__ import annotations

from typing import get_args

import pytest

from xenotime.law.read import JURISDICTIONS
from xenotime.services.receipt import read
from xenotime.services.replay import fits, replay
from xenotime.web.api.decisions import DecisionIn

MAGNET = {
    "on": "2025-04-20",
    "facts": {
        "from": "CN",
        "to": "US",
        "kind": "magnet",
        "material": "NdFeB",
        "elements": ["Dy", "Nd", "Pr"],
    },
    "parties": [{"name": "Echodyne", "country": "US"}],
}


def decide(house, role="officer", **changed):
    return house.bearer(role).post("/api/v1/decide", json={**MAGNET, **changed})


def test_a_listed_party_is_found_and_the_answer_says_so(house):
    found = decide(house)
    assert found.status_code == 200
    said = found.json()
    assert (said["outcome"], said["rule"], said["known"]) == (
        "prohibited",
        "cn/mofcom-2025-22/1",
        "2026-11-22",
    )
    assert [(h["list_address"], h["sure"]) for h in said["hits"]] == [("cn/mofcom-2025-22", True)]
    assert said["explanation"]["rules"][0]["address"] == "cn/mofcom-2025-22/1"


def test_the_receipt_replays_to_the_byte(house):
    (kept,) = read([decide(house).json()["receipt"]], "the answer")
    library = house.office.library(kept.body.known)
    fits(kept, library)
    assert replay(kept, library).same


def test_another_book_is_asked_by_its_name(house):
    embargoed = {
        "from": "CN", "to": "US", "kind": "magnet", "material": "SmCo", "dod_contract": "yes",
        "dfars_melted_in": "CN", "dfars_cots": "no", "dfars_later_step_covered": "yes",
    }  # fmt: skip
    said = decide(house, book="us", on="2026-06-01", facts=embargoed, parties=[]).json()
    assert (said["outcome"], said["rule"].partition("/")[0]) == ("prohibited", "us")
    (kept,) = read([said["receipt"]], "the answer")
    assert (kept.body.law.book, replay(kept, house.office.library(kept.body.known, "us")).same) == (
        "us",
        True,
    )


def test_a_book_that_asks_nothing_about_elements_says_so(house):
    refused = decide(house, book="us").json()
    assert (refused["expected"], refused["found"]) == ("none at all", "Dy")


def test_every_book_can_be_asked():
    assert get_args(DecisionIn.model_fields["book"].annotation) == JURISDICTIONS


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"known": "2025-04-03"}, "not_controlled"),
        ({"parties": []}, "undetermined"),
        ({"strict": True}, "undetermined"),
        ({"on": "2025-04-03"}, "not_controlled"),
    ],
)
def test_days_parties_and_strictness_count(house, changed, outcome):
    assert decide(house, **changed).json()["outcome"] == outcome


def test_a_branch_settles_a_hinge_and_a_near_name_is_for_a_person(house):
    holmium = {"from": "CN", "to": "CH", "kind": "oxide", "material": "element", "elements": ["Ho"]}
    asked = {"on": "2026-11-16", "facts": holmium, "parties": [{"name": "Fernhill Pigments AG"}]}
    open_ = decide(house, **asked).json()
    assert open_["outcome"] == "unverified"
    assert {(b["branch"], b["outcome"]) for b in open_["branches"]} == {
        ("extended", "not_controlled"),
        ("revived", "licence"),
    }
    settled = decide(house, **asked, branches={"cn/mofcom-2025-70": "revived"}).json()
    assert (settled["outcome"], settled["branches"]) == ("licence", [])


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"known": "2026-11-23"}, "body.known"),
        ({"book": "uk"}, "body.book"),
        ({"branches": {"cn/mofcom-2025-70": "no"}}, "body.branches"),
        ({"facts": {"knid": "magnet"}}, "request"),
        ({"facts": {"kind": "magnat"}}, "request, fact kind"),
        ({"facts": {"kind": 1.5}}, "body.facts"),
        ({"facts": {str(n): "x" for n in range(3_000)}}, "body.facts"),
        ({"parties": [{"name": "x"}] * 11}, "body.parties"),
        ({"parties": [{"name": "x", "owners": [{"name": "y", "share_percent": "101"}]}]}, None),
        ({"on": "1066-10-14"}, "body.on"),
        ({"licence": []}, "body.licence"),
        ({"licences": [{"licence": "L", "channel": "individual"}]}, "body.licences.0.codes"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_four_parts(house, changed, where):
    found = decide(house, **changed)
    said = found.json()
    assert (found.status_code, found.headers["content-type"]) == (422, "application/problem+json")
    assert where is None or said["where"] == where
    assert said["title"]
    assert said["expected"]
    assert said["next"]


def test_a_licence_that_is_held_covers_or_says_which_bound_fails(house):
    held = {
        "licence": "GL-1", "channel": "general", "codes": ["1C905"], "destinations": ["US"],
        "end_users": ["Fernhill"], "from_day": "2025-05-01", "to_day": "2025-12-31", "quantity_kg": "60",
    }  # fmt: skip
    cargo = {"quantity_kg": "20", "end_user": "Fernhill"}
    asked = {"on": "2025-06-15", "parties": [{"name": "Fernhill"}], "licences": [held], "shipment": cargo}
    covers = [
        (c["covers"], c["fails"])
        for more in ({}, {"on": "2026-02-01"})
        for c in decide(house, **{**asked, **more}).json()["coverage"]
    ]
    assert covers == [(True, []), (False, ["date"])]


@pytest.mark.parametrize(("role", "status"), [("applicant", 200), ("customs", 403), ("operator", 403)])
def test_roles_with_the_right_may_ask(house, role, status):
    assert decide(house, role).status_code == status


def test_nobody_decides_without_proof_and_nothing_is_kept(house):
    assert house.client().post("/api/v1/decide", json=MAGNET).status_code == 401
    with house.store.view() as view:
        before = view.head()
    decide(house)
    with house.store.view() as view:
        assert view.head() == before
