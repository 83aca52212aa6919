"""Bodies of the API are read strictly: what two readers could read in two ways is refused."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "body",
    [
        b'{"kind": "certificate", "kind": "incident", "organisation": "O1"}',
        b'{"kind": "certificate", "organisation": "O1", "form": {"a": 1, "a": 2}}',
        b'{"kind": "certificate", "organisation": "O1", "form": {"a": NaN}}',
        '{"kind": "certificate", "organisation": "O1"}'.encode("utf-16"),
    ],
)
def test_a_body_with_two_readings_is_refused(house, body):
    client = house.bearer("applicant")
    answer = client.post("/api/v1/cases", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert client.get("/api/v1/cases").json()["items"] == []


@pytest.mark.parametrize("text", ["a\u202eb", "a\x9b31m", "a\u2066b", "a\u2028b", "a\x1bb"])
def test_text_that_steers_a_terminal_or_turns_the_reading_is_refused(house, text):
    made = house.bearer("applicant").post("/api/v1/cases", json={"kind": "certificate", "organisation": "O1"})
    address = f"/api/v1/cases/{made.json()['id']}/queries"
    assert house.bearer("officer").post(address, json={"text": text}).status_code == 422
    assert house.bearer("officer").post(address, json={"text": "两行\nand more"}).status_code == 200


@pytest.mark.parametrize("grams", [True, "20", 20.0, 20.5, -1, None, 10**13])
def test_grams_are_whole_numbers_and_nothing_that_looks_like_one(house, grams):
    body = {
        "certificate": "X", "exporter": "O1", "end_user": "O1", "site": "s", "end_use": "u",
        "route": ["CN", "JP"], "on": "2026-11-22", "items": [{"code": "1C905", "grams": {"Dy": grams}}],
    }  # fmt: skip
    answer = house.bearer("applicant").post("/api/v1/shipments", json=body, headers={"Idempotency-Key": "K1"})
    assert (answer.status_code, answer.json()["where"]) == (422, "body.items.0.grams.Dy")
