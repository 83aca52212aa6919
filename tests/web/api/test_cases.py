"""Cases over the API: what a person can do with one from opening on, and what an upload may not bring."""

from __future__ import annotations

import io
import zipfile

import pytest


@pytest.fixture
def case(house):
    """A case of the applicant's own, opened over the API."""
    answer = house.bearer("applicant").post(
        "/api/v1/cases", json={"kind": "certificate", "organisation": "O1"}
    )
    assert answer.status_code == 201
    return answer.json()["id"]


def attach(client, case, name, data, **headers):
    return client.post(f"/api/v1/cases/{case}/papers", files={"file": (name, data)}, headers=headers)


def test_a_case_is_opened_read_and_listed(house, case):
    client = house.bearer("applicant")
    found = client.get(f"/api/v1/cases/{case}").json()
    assert (found["case"]["state"], found["editable"]) == ("draft", True)
    assert [c["id"] for c in client.get("/api/v1/cases").json()["items"]] == [case]
    assert (
        house.bearer("other" if "other" in house.people else "applicant").get("/api/v1/cases").json()["items"]
        == []
    )


def test_the_same_key_opens_one_case(house):
    client = house.bearer("applicant")
    body = {"kind": "certificate", "organisation": "O1"}
    made = [client.post("/api/v1/cases", json=body, headers={"Idempotency-Key": "K1"}) for _ in range(2)]
    assert made[0].json() == made[1].json()
    other = client.post("/api/v1/cases", json={**body, "kind": "incident"}, headers={"Idempotency-Key": "K1"})
    assert other.status_code == 409


def test_an_officers_question_blocks_and_its_name_stays_inside(house, case):
    asked = house.bearer("officer").post(f"/api/v1/cases/{case}/queries", json={"text": "Which hall?"})
    assert asked.status_code == 200
    seen = house.bearer("applicant").get(f"/api/v1/cases/{case}")
    assert "A-officer" not in seen.text
    (query,) = seen.json()["case"]["queries"]
    answer = house.bearer("applicant").post(
        f"/api/v1/cases/{case}/queries/{query['id']}/answer", json={"text": "Hall 1."}
    )
    assert answer.json()["queries"][0]["answer"] == "Hall 1."


def test_a_document_comes_back_as_it_went_and_only_for_keeping(house, case):
    client = house.bearer("applicant")
    made = attach(client, case, "../../evil\u202e.pdf", b"%PDF-1.7 invented")
    assert made.status_code == 201
    (paper,) = made.json()["papers"]
    assert (paper["name"], paper["media"]) == ("evil.pdf", "application/pdf")
    got = client.get(f"/api/v1/cases/{case}/papers/{paper['id']}")
    assert (got.content, got.headers["content-type"]) == (b"%PDF-1.7 invented", "application/pdf")
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<w>" + "0" * 8_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.pdf", b"MZ\x90\x00 a program"),
        ("page.txt", b"<html><script>alert(1)</script>"),
        ("bomb.xlsx", bomb()),
        ("empty.pdf", b""),
    ],
)
def test_what_is_not_what_it_says_changes_nothing(house, case, name, data):
    client = house.bearer("applicant")
    assert attach(client, case, name, data).status_code == 422
    assert client.get(f"/api/v1/cases/{case}").json()["case"]["papers"] == []


def test_a_document_that_is_too_large_is_cut_off(make_house):
    house = make_house(upload=10_000)
    client = house.bearer("applicant")
    made = client.post("/api/v1/cases", json={"kind": "certificate", "organisation": "O1"}).json()
    assert attach(client, made["id"], "a.txt", b"x" * 20_000).status_code == 413


def test_a_move_that_grants_needs_a_person_who_proved_it(house, case):
    from dataclasses import replace  # noqa: PLC0415 - only here

    from xenotime.programme.casework.case import Case  # noqa: PLC0415 - only here
    from xenotime.programme.read import manifests  # noqa: PLC0415 - only here

    grant = next(m for m in manifests()["certificate"].moves if "issue_certificate" in m.effects)
    with house.store.change() as change:
        change.put(replace(change.hold(Case, case), state=grant.source))
    path = f"/api/v1/cases/{case}/events/{grant.event}"
    for client in (house.bearer("approver"), house.browser("approver", fresh=False)):
        answer = client.post(path, json={})
        assert (answer.status_code, "prove again" in answer.json()["title"]) == (403, True)
    assert "prove again" not in house.browser("approver").post(path, json={}).text


def test_fields_that_nobody_asked_for_are_refused(house, case):
    client = house.bearer("applicant")
    body = {"kind": "certificate", "organisation": "O1", "state": "granted", "track": "civil"}
    assert client.post("/api/v1/cases", json=body).status_code == 422
    for form in ({"a": 1.5}, {"a": "\x00"}, {"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}, {"a": 2**60}):
        assert client.put(f"/api/v1/cases/{case}/form", json={"form": form}).status_code == 422
