"""The page of customs: a batch as a file, what became of its lines, and what is wrong with a file."""

from __future__ import annotations

import pytest

HEAD = "line,shipment,element,grams,on,declaration\n"


def sent(client, text, run="1"):
    files = {"file": ("b.csv", text.encode(), "text/csv")}
    return client.post("/usage", data={"batch": "B-1", "run": run}, files=files)


def test_a_line_of_no_shipment_is_rejected_with_its_reason_and_kept(house):
    client = house.browser("customs")
    reply = sent(client, HEAD + "L-1,none,Dy,5,2026-11-20,D-1\nL-1,none,Tb,1,2026-11-20,D-1\n")
    assert reply.status_code == 200
    assert "Counted: 0. Rejected: 1." in reply.text
    assert "no such shipment was asked about" in reply.text
    assert "Dy 5 g, Tb 1 g" in client.get("/usage").text
    assert "not counted here" in client.get("/usage?compare=yes").text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("line,shipment\nL,x\n", "columns are missing"),
        (HEAD + "L-1,v,Dy,much,2026-11-20,\n", "no whole number"),
        (HEAD + "L-1,v,Dy,5,soon,\n", "no day"),
        (HEAD + "L-1,v,Dy,5,2026-11-20,\nL-1,w,Tb,5,2026-11-20,\n", "disagree"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(house, text, says):
    reply = sent(house.browser("customs"), text)
    assert reply.status_code == 400
    assert says in reply.text


def test_officials_read_it_and_only_customs_reports(house):
    assert house.browser("officer").get("/usage").status_code == 200
    assert sent(house.browser("officer"), HEAD).status_code == 403
    assert house.browser("applicant").get("/usage").status_code == 403
