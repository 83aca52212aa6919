"""What time alone does to cases."""

from __future__ import annotations

from datetime import timedelta

from xenotime.programme.read import manifests
from xenotime.services.programme.casework import cases, timed


def test_a_case_that_is_not_completed_in_time_is_closed_once_and_its_applicant_told(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    case = cases.fire(town.office, town.officer, case.id, "return", town.at, {"reason": "owners"})
    day = timedelta(days=1)
    last = case.due - town.at.date()
    assert timed.run(town.office, town.at + last) == ()
    assert timed.run(town.office, town.at + last + day) == ((case.id, "lapse"),)
    assert timed.run(town.office, town.at + last + day) == ()
    seen = cases.view(town.office, town.applicant, case.id, town.at + last + day)
    assert (seen.case.state, seen.case.steps[-1].by) == ("lapsed", "system")
    assert "lapsed" in {x.template for x in seen.letters}


def test_every_timed_event_of_the_tables_is_known_and_asks_for_no_words():
    moves = [m for manifest in manifests().values() for m in manifest.moves if "system" in m.roles]
    waiting = {m.event for m in moves if any(g.startswith("overdue:") for g in m.guards)}
    assert waiting - set(timed.EVENTS) == set()
    assert [f.id for m in moves if m.event in timed.EVENTS for f in m.asks if f.required] == []
