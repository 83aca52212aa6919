"""A case at its pages: opened, drafted, found wanting, and kept from others."""

from __future__ import annotations

import re


def begun(client, kind="incident"):
    reply = client.post("/cases", data={"kind": kind})
    assert reply.status_code == 303
    return reply.headers["location"].removesuffix("/form")


def test_a_draft_is_kept_with_gaps_and_shown_again(house):
    client = house.browser("applicant")
    case = begun(client, "certificate")
    reply = client.post(f"{case}/form", data={"resale": "none of it", "event": ""})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{case}?done=saved")
    assert "none of it" in client.get(f"{case}/form").text


def test_what_is_missing_is_listed_first_and_linked_to_its_field(house):
    client = house.browser("applicant")
    case = begun(client, "certificate")
    reply = client.post(f"{case}/form", data={"event": "submit"})
    assert reply.status_code == 400
    linked = re.findall(r'<li><a href="#(f-\w+)">[^<]*needed', reply.text)
    assert len(linked) > 3
    assert [name for name in linked if f'id="{name}"' not in reply.text] == []


def test_what_cannot_be_used_is_said_at_its_field_and_kept_as_typed(house):
    client = house.browser("applicant")
    case = begun(client, "certificate")
    reply = client.post(
        f"{case}/form", data={"grams.0.element": "Dysprosium", "grams.0.grams": "a lot", "event": ""}
    )
    assert reply.status_code == 400
    assert 'id="e-grams"' in reply.text
    assert 'value="Dysprosium"' in reply.text


def test_a_case_of_another_looks_like_none(house):
    case = begun(house.browser("applicant"))
    other = house.browser("other")
    assert other.get(case).status_code == 404
    assert other.get("/cases/C-none").status_code == 404
    assert other.post(f"{case}/ask", data={"question": "?"}).status_code in (403, 404)


def test_an_officer_asks_and_the_applicant_answers(house):
    applicant, officer = house.browser("applicant"), house.browser("officer")
    case = begun(applicant)
    asked = officer.post(f"{case}/ask", data={"question": "Which lot?", "due": "2026-12-30"})
    assert asked.headers["location"] == f"{case}?done=asked"
    page = applicant.get(case).text
    query = re.search(r"/answer/([\w-]+)", page)[1]
    given = applicant.post(f"{case}/answer/{query}", data={f"text-{query}": "Lot 7."})
    assert given.headers["location"] == f"{case}?done=answered"
    assert "Lot 7." in officer.get(case).text


def test_an_act_that_cannot_be_done_shows_the_case_with_the_reason(house):
    officer = house.browser("officer")
    case = begun(house.browser("applicant"))
    reply = officer.post(f"{case}/ask", data={"question": ""})
    assert reply.status_code == 400
    assert 'id="fault"' in reply.text


def test_a_document_goes_in_by_its_content_and_comes_out_as_a_download(house):
    client = house.browser("applicant")
    case = begun(client)
    refused = client.post(f"{case}/papers", files={"file": ("a.pdf", b"MZ\x00\x01", "application/pdf")})
    assert refused.status_code == 400
    taken = client.post(
        f"{case}/papers", files={"file": ("a.pdf", b"%PDF-1.4 x", "text/html")}, data={"purpose": "p"}
    )
    assert taken.status_code == 303
    link = re.search(rf'href="({case}/papers/[\w-]+)"', client.get(case).text)[1]
    reply = client.get(link)
    assert reply.content == b"%PDF-1.4 x"
    assert reply.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in reply.headers["content-security-policy"]
