"""The bar holds what a role may open, and nothing that would refuse it."""

from __future__ import annotations

import pytest

from xenotime.programme.access import PUBLIC, Actor, permits
from xenotime.web.pages.menu import PLACES, menu


def test_the_public_sees_the_public_places():
    assert [place.key for place in menu(PUBLIC, "/")] == ["register", "statistics", "log", "help"]


@pytest.mark.parametrize("role", ["applicant", "officer", "approver", "auditor", "customs", "operator"])
def test_a_role_sees_only_what_it_may_open(role):
    actor = Actor("A1", role, "O1" if role == "applicant" else "")
    verbs = {key: verb for key, _, verb in PLACES}
    shown = menu(actor, "/home")
    assert shown
    assert [p.key for p in shown if not permits(actor, verbs[p.key], actor.organisation)] == []


def test_the_place_where_one_is_is_marked():
    shown = menu(Actor("A1", "officer"), "/cases/C-1/form")
    assert [place.key for place in shown if place.here] == ["cases"]
