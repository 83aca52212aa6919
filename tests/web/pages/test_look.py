"""One style sheet, kept by browsers until it changes."""

from __future__ import annotations

import re

from xenotime.report.palette import TONES
from xenotime.web.pages import look


def test_the_style_sheet_is_sent_once(house):
    client = house.client()
    first = client.get("/look.css")
    assert (first.status_code, first.headers["content-type"]) == (200, "text/css; charset=utf-8")
    again = client.get("/look.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_uses_only_colours_of_the_palette():
    own = look.style().partition(".web{")[2]
    used = set(re.findall(r"var\(--(\w+)\)", own))
    outcomes = {"not_controlled", "licence", "case_by_case", "presumed_denied", "prohibited"}
    assert used - set(TONES) - outcomes == set()
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", own)) == {"#fff", "#000", "#0b5f70", "#6cc5d8", "#27788a"}
