"""The table of pages and the routes are the same set."""

from __future__ import annotations

from xenotime.programme.access import RIGHTS
from xenotime.web import pages
from xenotime.web.pages.verbs import VERBS


def test_every_page_is_in_the_table_and_every_line_is_a_page():
    parts = [part for part in vars(pages).values() if hasattr(part, "router")]
    routes = {f"{m} {r.path}" for part in parts for r in part.router.routes for m in r.methods - {"HEAD"}}
    assert sorted(routes) == sorted(VERBS)


def test_every_right_is_known():
    assert {verb for verb in VERBS.values() if verb != "open"} - set(RIGHTS) == set()
