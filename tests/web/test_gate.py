"""The gate: who asks, whether it is theirs, and whether the change is their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.programme.account import Account, Session
from xenotime.services.programme.people import accounts, entry
from xenotime.services.programme.ports import Search

TOKENS = "/api/v1/tokens"


def operator(house):
    return entry.actor(house.cookie("operator"), house.clock.now(), house.rules)


def change_language(client, **headers):
    return client.put("/api/v1/me/language", json={"language": "zh"}, headers=headers)


def test_a_change_needs_the_sign_of_its_session(house):
    client = house.browser("applicant")
    assert change_language(client).status_code == 204
    for wrong in ("", "guess", house.browser("applicant").headers["X-CSRF-Token"]):
        assert change_language(client, **{"X-CSRF-Token": wrong}).status_code == 403
    del client.headers["X-CSRF-Token"]
    assert change_language(client).status_code == 403


def test_a_form_carries_the_sign_in_a_field(house):
    client = house.browser("applicant")
    sign = client.headers.pop("X-CSRF-Token")
    assert client.post("/sign-out", data={"csrf": "guess"}).status_code == 403
    assert client.post("/sign-out", data={"csrf": sign}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_change_from_elsewhere_is_refused_even_with_the_sign(house, headers):
    assert change_language(house.browser("applicant"), **headers).status_code == 403
    assert change_language(house.browser("applicant"), **{"HX-Request": "true", **headers}).status_code == 403


def test_a_sign_in_form_of_another_site_is_refused(house):
    """Nobody is signed in unawares into an account of another's choice."""
    answer = house.client().post("/sign-in", data={"email": "a@example.com", "password": "x"})
    assert answer.status_code == 403


def test_a_method_cannot_be_put_on_afterwards(house):
    client = house.browser("applicant")
    for headers in (
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Method-Override": "PUT"},
        {"X-HTTP-Method": "PATCH"},
    ):
        assert client.get("/api/v1/me/sessions?_method=DELETE", headers=headers).status_code == 405
    assert client.post("/api/v1/me/language?_method=PUT", json={"language": "zh"}).status_code == 405


def test_a_session_ends_when_nobody_uses_it(house):
    client = house.browser("applicant")
    for minutes in (20, 29, 29):
        house.clock.pass_by(minutes=minutes)
        assert client.get("/api/v1/me").status_code == 200
    house.clock.pass_by(minutes=30)
    assert client.get("/api/v1/me").status_code == 401


def test_a_session_ends_after_its_longest_term_whatever_is_done(house):
    client, seen = house.browser("applicant"), []
    for _ in range(26):
        house.clock.pass_by(minutes=29)
        seen.append(client.get("/api/v1/me").status_code)
    assert seen == [200] * 24 + [401] * 2


def test_a_closed_account_is_out_at_once(house):
    client, caller = house.browser("applicant"), house.bearer("applicant")
    assert [client.get("/api/v1/me").status_code, caller.get("/api/v1/me").status_code] == [200, 403]
    assert caller.get("/api/v1/cases").status_code == 200
    accounts.close(house.office, operator(house), "A-applicant", house.clock.now())
    assert [client.get("/api/v1/me").status_code, caller.get("/api/v1/cases").status_code] == [401, 401]
    with house.store.view() as view:
        assert view.find(Session, Search({"account": "A-applicant"})).items == ()


def test_an_account_closed_behind_the_sessions_back_is_out_too(house):
    client = house.browser("applicant")
    with house.store.change() as change:
        change.put(replace(change.hold(Account, "A-applicant"), state="closed"))
    assert client.get("/api/v1/me").status_code == 401


def test_another_role_ends_every_session_and_token(house):
    client, caller = house.browser("officer"), house.bearer("officer")
    accounts.assign(house.office, operator(house), "A-officer", "auditor", house.clock.now())
    assert [client.get("/api/v1/me").status_code, caller.get("/api/v1/cases").status_code] == [401, 401]


def test_another_password_ends_every_other_session(house):
    here, there = house.browser("applicant"), house.browser("applicant")
    old = "seven grey cranes over the weir"
    answer = here.post("/api/v1/me/password", json={"old": old, "new": "nine black storks under a bridge"})
    assert answer.status_code == 204
    assert [here.get("/api/v1/me").status_code, there.get("/api/v1/me").status_code] == [200, 401]


def test_a_token_does_what_its_scopes_name_and_no_more(house):
    caller = house.bearer("officer", "case.read")
    assert caller.get("/api/v1/cases").status_code == 200
    body = {"kind": "registration", "organisation": "O1"}
    answer = caller.post("/api/v1/cases", json=body)
    assert (answer.status_code, answer.json()["where"]) == (403, "this address")


def test_a_token_makes_no_token_and_reaches_no_page(house):
    caller = house.bearer("officer")
    body = {"title": "more", "scopes": ["case.read"], "expires": "2026-11-23T00:00:00Z"}
    assert caller.post(TOKENS, json=body).status_code == 403
    assert caller.get("/home").headers["location"] == "/sign-in?next=/home"


def test_a_token_ends_with_its_term_and_when_revoked(house):
    caller, browser = house.bearer("officer"), house.browser("officer")
    assert caller.get("/api/v1/cases").status_code == 200
    (token,) = browser.get(TOKENS).json()
    assert browser.delete(f"{TOKENS}/{token['id']}").status_code == 204
    assert caller.get("/api/v1/cases").status_code == 401
    late = house.bearer("officer")
    house.clock.pass_by(days=1)
    assert late.get("/api/v1/cases").status_code == 401


def test_a_wrong_token_is_not_mended_by_a_cookie(house):
    client = house.browser("officer")
    client.headers["Authorization"] = "Bearer xtk_guess"
    assert client.get("/api/v1/cases").status_code == 401


def test_a_token_of_another_cannot_be_revoked(house):
    house.bearer("officer")
    (token,) = house.browser("officer").get(TOKENS).json()
    assert house.browser("auditor").delete(f"{TOKENS}/{token['id']}").status_code == 404


def test_a_grave_act_asks_for_a_fresh_proof(house):
    stale, fresh = house.browser("operator", fresh=False), house.browser("operator")
    assert stale.post("/api/v1/accounts/A-officer/close").status_code == 403
    assert fresh.post("/api/v1/accounts/A-officer/close").status_code == 200
    caller = house.bearer("operator")
    assert caller.post("/api/v1/accounts/A-auditor/close").status_code == 403


def test_cookies_in_production_are_bound_to_the_host(make_house):
    house = make_house(url="https://testserver")
    client = house.client()
    said = client.get("/sign-in").headers["set-cookie"].lower()
    assert said.startswith("__host-visit=")
    browser = house.browser("applicant")
    browser.headers["Origin"] = "https://testserver"
    again = browser.post("/again", data={"password": "seven grey cranes over the weir"}).headers["set-cookie"]
    for cookie in (said, again.lower()):
        assert [part in cookie for part in ("secure", "httponly", "samesite=lax", "path=/", "domain=")] == [
            True, True, True, True, False,
        ]  # fmt: skip


def test_cookies_of_a_trial_are_plain_but_closed_to_scripts(house):
    said = house.client().get("/sign-in").headers["set-cookie"].lower()
    assert said.startswith("visit=")
    assert ["httponly" in said, "samesite=lax" in said, "secure" in said] == [True, True, False]


def test_fields_that_nobody_asked_for_are_refused(house):
    """No mass assignment: a body with more than its fields changes nothing."""
    client = house.browser("operator")
    for extra in ({"state": "active"}, {"password": "x"}, {"id": "A-me"}, {"totp": ""}, {"version": 9}):
        body = {"email": "x@example.com", "name": "X", "role": "officer", **extra}
        assert client.post("/api/v1/accounts", json=body).status_code == 422


def test_answers_hold_no_hash_and_no_secret(house):
    """No over-return: what proves an account never leaves."""
    accounts_page = house.browser("operator").get("/api/v1/accounts").json()
    assert sorted(accounts_page["items"][0]) == [
        "body", "created", "email", "id", "language", "name", "organisation", "role", "state",
    ]  # fmt: skip


def test_a_page_sends_the_signed_out_to_the_sign_in_and_back(house):
    answer = house.client().get("/cases?state=open")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/cases%3Fstate%3Dopen")
