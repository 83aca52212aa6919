"""Shipments at their pages: asked, answered, and what is missing told without losing what was typed."""

from __future__ import annotations

import re

from xenotime.web.pages import shipments


def asked(**more):
    return {
        "key": "k-1", "certificate": "XC-none", "exporter": "O1", "site": "S1", "end_use": "motors",
        "items.0.code": "1C905", "items.0.grams": "Dy 100", "route": "CN DE", "on": "2026-11-22", **more,
    }  # fmt: skip


def test_a_shipment_that_cannot_be_read_keeps_what_was_typed(house):
    client = house.browser("applicant")
    for wrong in ({"on": "soon"}, {"items.0.grams": "Dy much"}, {"route": ""}):
        reply = client.post("/shipments", data=asked(**wrong))
        assert reply.status_code == 400, wrong
        assert 'id="fault"' in reply.text
        assert 'value="XC-none"' in reply.text


def test_rows_are_added_without_asking(house):
    reply = house.browser("applicant").post("/shipments", data=asked(more="items"))
    assert reply.status_code == 200
    assert re.findall(r'name="items\.(\d)\.code" value="([^"]*)"', reply.text) == [("0", "1C905"), ("1", "")]


def test_customs_and_the_public_are_told_apart(house):
    assert house.browser("customs").get("/shipments/new").status_code == 200
    assert house.client().get("/shipments/new").headers["location"].startswith("/sign-in")
    assert house.browser("officer").get("/shipments/new").status_code == 403


def test_what_a_list_asks_for_is_said_once():
    assert shipments._where({"answer": "allow", "state": "expired"}) == {"state": "expired"}
    assert shipments._where({"answer": "refuse", "state": "expired"}) == {"state": "expired", "id": ""}
    for asked in ({"answer": "refuse"}, {"state": "reserved"}, {"answer": "refer", "state": "answered"}):
        assert shipments._where(asked) == asked
