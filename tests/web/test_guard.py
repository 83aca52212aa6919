"""What stands around every request: headers, hosts, sizes, pace, the journal, and the net below."""

from __future__ import annotations

import json
import logging

import pytest
from tests.web.conftest import hidden

from xenotime.web.guard import Pace


def lines(caplog):
    return [json.loads(r.getMessage()) for r in caplog.records if r.name == "xenotime.web"]


@pytest.mark.parametrize(
    "path",
    ["/", "/sign-in", "/api/v1/register", "/healthz", "/none-such", "/api/v1/cases", "/static/none.js"],
)
def test_every_answer_has_its_headers(make_house, path):
    client = make_house(url="https://testserver").client()
    said = client.get(path).headers
    policy = dict(p.strip().partition(" ")[::2] for p in said["content-security-policy"].split(";"))
    assert [policy[k] for k in ("default-src", "script-src", "style-src", "frame-ancestors", "base-uri")] == [
        "'none'", "'self'", "'self'", "'none'", "'none'",
    ]  # fmt: skip
    assert "unsafe" not in said["content-security-policy"]
    assert {k: said[k] for k in ("x-content-type-options", "x-frame-options", "referrer-policy")} == {
        "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin",
    }  # fmt: skip
    assert said["strict-transport-security"].startswith("max-age=63072000")
    assert said["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in said["permissions-policy"]
    assert "server" not in said


def test_private_answers_are_kept_by_nobody(house):
    client = house.browser("applicant")
    for path in ("/again", "/api/v1/cases", "/sign-in"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_status_and_keys_are_for_everybody_and_kept_a_while(house):
    said = house.client().get("/.well-known/did.json").headers
    assert (said["cache-control"], said["access-control-allow-origin"]) == ("public, max-age=300", "*")
    assert "set-cookie" not in said


def test_plain_http_on_loopback_promises_no_https(house):
    assert "strict-transport-security" not in house.client().get("/").headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "testserver.evil.example",
        "testserver@evil.example",
        "",
        "testserver:80:80",
        "testserver:1@evil.example",
    ],
)
def test_another_host_is_refused(house, host):
    assert house.client().get("/sign-in", headers={"Host": host}).status_code == 400


def test_a_host_that_was_forwarded_counts_for_nothing(house):
    answer = house.client().get(
        "/cases", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )
    assert "evil" not in answer.headers["location"]


def test_a_body_that_says_it_is_too_large_is_refused_at_once(house):
    client = house.browser("operator")
    answer = client.post("/api/v1/accounts", content=b"{}", headers={"Content-Length": "99999999"})
    assert answer.status_code == 413


def test_a_body_that_lies_about_its_size_is_counted(make_house):
    house = make_house(body=1_000)
    client = house.browser("operator")

    def pieces():
        yield from [b'{"name": "'] + [b"x" * 100] * 20

    answer = client.post("/api/v1/accounts", content=pieces(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (413, "this is too large")


def test_a_form_that_lies_about_its_size_is_counted_too(make_house):
    client = make_house(body=1_000).client()
    sign = hidden(client.get("/sign-in"))

    def pieces():
        yield f"csrf={sign}&email=".encode()
        yield from [b"x" * 100] * 20

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=pieces(), headers=kind).status_code == 413


def test_an_endless_address_is_refused(house):
    assert house.client().get("/register?text=" + "x" * 5_000).status_code == 414


def test_a_caller_in_a_hurry_waits(make_house):
    house = make_house(rate=3)
    client = house.client()
    seen = [client.get("/api/v1/register") for _ in range(4)]
    assert [a.status_code for a in seen] == [200, 200, 200, 429]
    assert [a.headers["ratelimit-remaining"] for a in seen] == ["2", "1", "0", "0"]
    assert seen[3].headers["retry-after"] == "60"
    house.clock.pass_by(seconds=60)
    assert client.get("/api/v1/register").status_code == 200


def test_the_pace_forgets_callers_when_there_are_too_many():
    pace = Pace(5)
    for n in range(50_010):
        pace.take(str(n), 0)
    assert len(pace.seen) < 20


def test_a_caller_behind_ones_own_proxy_is_known_by_its_last_hop(make_house, caplog):
    caplog.set_level(logging.INFO, "xenotime.web")
    chain = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    make_house(proxies=1).client().get("/healthz", headers=chain)
    assert lines(caplog)[-1]["address"] == "198.51.100.7"


def test_a_caller_cannot_name_its_own_address(house, caplog):
    caplog.set_level(logging.INFO, "xenotime.web")
    house.client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert lines(caplog)[-1]["address"] == "testclient"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/api/v1/register", "application/problem+json"), ("/register", "text/html; charset=utf-8")],
)
def test_an_error_of_ours_tells_nothing_of_the_inside(house, monkeypatch, caplog, path, kind):
    def broken(*_, **__):
        raise RuntimeError("a secret of the inside: postgresql://user:word@host")

    monkeypatch.setattr("xenotime.services.programme.trust.certificates.public", broken)
    answer = house.client().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (500, kind)
    assert [
        word in answer.text for word in ("secret of the inside", "RuntimeError", "Traceback", "postgresql")
    ] == [False] * 4
    mark = answer.headers["x-request-id"]
    assert mark in answer.text
    (entry,) = [x for x in lines(caplog) if x["kind"] == "failed"]
    assert (entry["error"], entry["reference"]) == ("RuntimeError", mark)
    assert "secret of the inside" not in caplog.text


def test_an_error_of_the_error_page_is_caught_too(house, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no page")

    monkeypatch.setattr("xenotime.services.programme.trust.certificates.public", broken)
    monkeypatch.setattr("xenotime.web.pages.render.page", broken)
    answer = house.client().get("/register")
    assert (answer.status_code, answer.json()["title"]) == (500, "something failed on our side")


def test_the_journal_is_one_line_an_entry_whatever_is_sent(house, caplog):
    caplog.set_level(logging.INFO, "xenotime.web")
    house.client().get('/none%0a{"kind":"forged"}%1b[31m%e2%80%a8x')
    texts = [r.getMessage() for r in caplog.records if r.name == "xenotime.web"]
    assert all(t.isascii() and t.isprintable() for t in texts)
    assert [json.loads(t)["kind"] for t in texts] == ["request"]
    assert json.loads(texts[0])["path"].startswith("/none\n")


def test_the_journal_holds_no_secret(house, caplog):
    caplog.set_level(logging.DEBUG, "xenotime.web")
    client = house.client()
    sign = hidden(client.get("/sign-in"))
    client.post(
        "/sign-in", data={"email": "officer@example.com", "password": "my own pass phrase", "csrf": sign}
    )
    browser, caller = house.browser("officer"), house.bearer("officer")
    browser.get("/api/v1/cases")
    caller.get("/api/v1/cases")
    token = caller.headers["Authorization"].partition(" ")[2]
    secrets = ["my own pass phrase", sign, browser.cookies["session"], token, browser.headers["X-CSRF-Token"]]
    assert [s in caplog.text for s in secrets] == [False] * 5


def test_every_denied_try_is_written_down(house, caplog):
    caplog.set_level(logging.INFO, "xenotime.web")
    house.browser("customs").get("/api/v1/cases")
    (entry,) = [x for x in lines(caplog) if x["kind"] == "denied"]
    assert (entry["actor"], entry["path"], entry["status"]) == ("customs:A-customs", "/api/v1/cases", 403)


def test_nobody_climbs_out_of_the_static_folder(house):
    client = house.client()
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2fetc/passwd",
        "/static//etc/passwd",
    ):
        assert client.get(path).status_code in (400, 404)


def test_a_store_that_is_away_is_told_as_such(house, monkeypatch):
    from xenotime.core.errors import OutageError  # noqa: PLC0415 - only here

    def away(*_, **__):
        raise OutageError("cannot connect to db.internal", where="postgresql://db.internal")

    monkeypatch.setattr("xenotime.services.programme.trust.certificates.public", away)
    answer = house.client().get("/api/v1/register")
    assert (answer.status_code, answer.headers["retry-after"], "internal" in answer.text) == (503, "1", False)
