"""What the machine is shown beside the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from xenotime.core.errors import StateError
from xenotime.programme.casework.case import Case
from xenotime.services.programme.casework import cases, scenes
from xenotime.services.programme.ports import Search


def scene(town, case, at=None):
    with town.office.store.view() as view:
        return scenes.of(view, town.office, case, at or town.at)


def test_the_subject_is_shown_in_its_state_of_the_day(town):
    case = town.granted(town.registered())
    later = town.at + timedelta(days=366 * 4)
    assert [scene(town, case, at).subject for at in (town.at, later)] == ["active", "expired"]
    assert scene(town, replace(case, subject="")).subject == ""
    assert scene(town, replace(case, subject="XC-0000-0000")).subject == ""


def test_the_lot_of_a_case_is_always_the_same_and_secret(town):
    case = town.register()
    lots = {scene(town, case).lot for _ in range(3)}
    assert len(lots) == 1
    assert all(0 <= lot < 10_000 for lot in lots)
    assert scene(town, replace(case, id="C-2026-99999")).lot not in lots


def test_an_appeal_knows_who_took_part_in_what_it_is_about(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    asked = {"denial": "ownership", "reason": "not shown"}
    case = cases.fire(town.office, town.approver(), case.id, "refuse", town.at, asked)
    shown = scene(town, replace(case, id="C-2026-99999", kind="appeal", subject=case.id))
    assert shown.involved == {"approver:P-commerce"}
    assert shown.decided == town.at.date()


def test_a_case_knows_how_the_reviews_it_opened_ended(town):
    case = town.proposed(town.registered())
    assert scene(town, case).reviews == ("",)
    with town.office.store.view() as view:
        review = view.find(Case, Search({"kind": "review", "parent": case.id})).items[0]
    cases.fire(town.office, town.officer, review.id, "start", town.at, {"reason": "drawn"})
    cases.fire(town.office, town.officer, review.id, "fail", town.at, {"result": "nothing is there"})
    assert scene(town, case).reviews == ("failed",)
    with pytest.raises(StateError, match="not possible yet"):
        cases.fire(town.office, town.approver(), case.id, "grant", town.at)
