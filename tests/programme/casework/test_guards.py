from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fixtures.cases import AT, ON, draft, flag, organisation, person

from xenotime.programme.casework.case import Finding, Span, Step
from xenotime.programme.casework.guards import GUARDS, Scene, look
from xenotime.programme.casework.machine import fire


@pytest.fixture
def seen(kinds, veu, calendar):
    """What stops a draft of a kind under one guard, as guard names."""

    def see(guard, kind="certificate", profile=veu, who="approver", scene=None, **changes):
        case = draft(kinds[kind], **changes)
        scene = scene or Scene(profile, calendar, ON, organisation=organisation())
        return [s.guard for s in look((guard,), kinds[kind], case, person(who), scene)]

    return see


def test_every_guard_is_used_by_a_manifest_or_tested_here(kinds):
    used = {g.partition(":")[0] for m in kinds.values() for move in m.moves for g in move.guards}
    assert sorted(set(GUARDS) - used) == ["flagged", "track"]


def test_the_two_guards_that_no_packaged_table_uses(seen):
    assert seen("flagged:sampled") == ["flagged:sampled"]
    assert seen("flagged:sampled", flags=(flag("sampled"),)) == []
    assert (seen("track:military"), seen("track:civil")) == (["track:military"], [])


def test_the_same_person_in_another_role_is_not_another_person(seen, veu, calendar):
    scene = Scene(veu, calendar, ON, involved=frozenset({"officer:approver1"}))
    assert (seen("impartial", scene=scene), seen("impartial")) == (["impartial"], [])
    assert (seen("other", opened_by="officer:approver1"), seen("other", opened_by="officer:x")) == (
        ["other"],
        [],
    )


def test_a_lowered_drawing_frees_a_civil_case_and_no_military_one(seen):
    lowered = (replace(flag("sampled"), lowered=AT, why="seen last month"),)
    assert seen("inspected", flags=lowered) == []
    assert seen("inspected", flags=lowered, track="military") == ["inspected"]


def test_the_last_review_that_the_case_opened_must_not_have_ended_badly(seen, veu, calendar):
    def stopped(*reviews):
        return bool(seen("inspected", scene=Scene(veu, calendar, ON, reviews=reviews)))

    ends = ("", "cancelled", "clean", "cured", "failed", "refused_entry")
    assert [end for end in ends if stopped(end)] == ["failed", "refused_entry"]
    assert (stopped("failed", "clean"), stopped("clean", "failed", "cancelled")) == (False, True)


def test_a_note_needs_no_settling_a_concern_and_a_stop_do(seen):
    found = {w: (Finding("F1", "list", w, "x", AT),) for w in ("clear", "note", "concern", "stop")}
    assert [w for w, f in found.items() if seen("settled", findings=f)] == ["concern", "stop"]
    done = tuple(replace(f, settled="another name") for f in found["stop"])
    assert seen("settled", findings=done) == []


@pytest.mark.parametrize(("days", "late"), [(27, False), (28, False), (29, True)])
def test_an_appeal_is_in_time_up_to_the_28th_day(seen, days, late):
    entered = Step(AT - timedelta(days=days), "approver:approver1", "refuse", "approval", "refused")
    again = replace(entered, event="note", source="refused", at=AT)
    assert seen("timely", state="refused", steps=(entered,)) == (["timely"] if late else [])
    assert seen("timely", state="refused", steps=(entered, again)) == (["timely"] if late else [])


def test_the_day_of_a_decision_in_the_scene_goes_before_that_of_the_case(seen, veu, calendar):
    scene = Scene(veu, calendar, ON, decided=ON - timedelta(days=40))
    entered = Step(AT, "approver:approver1", "refuse", "approval", "refused")
    assert seen("timely", state="refused", steps=(entered,), scene=scene) == ["timely"]
    assert seen("timely") == ["timely"]


def test_a_hearing_is_over_when_its_days_are(seen, veu, calendar):
    # Ten working days after Monday 9 February 2026, round the spring festival, end on 28 February.
    spans = (Span("hearing", ON.replace(month=2, day=9), None, "notify"),)
    days = [ON.replace(month=2, day=28), ON.replace(month=3, day=1), ON.replace(month=3, day=2)]
    waits = [
        seen("heard", "revocation", spans=spans, scene=Scene(veu, calendar, day)) == ["heard"] for day in days
    ]
    assert waits == [True, False, False]
    assert seen("heard", "certificate") == ["heard"]


def test_a_hearing_that_was_closed_on_a_sunday_stays_closed(kinds, veu, calendar):
    manifest = kinds["revocation"]
    case = draft(
        manifest, state="hearing", spans=(Span("hearing", ON.replace(month=2, day=9), None, "notify"),)
    )
    scene = Scene(veu, calendar, ON.replace(month=3, day=1))
    after = fire(manifest, case, "close_hearing", person("system"), AT, {}, scene).case
    assert [(s.start.day, s.stop.day) for s in after.spans] == [(9, 1)]
    assert look(("heard",), manifest, after, person("approver"), scene) == ()


def test_words_come_in_both_languages_and_name_what_is_missing(kinds, veu, calendar):
    manifest = kinds["registration"]
    case = replace(
        draft(manifest), form={k: v for k, v in draft(manifest).form.items() if k not in ("name", "owners")}
    )
    (stop,) = look(("complete",), manifest, case, person("applicant"), Scene(veu, calendar, ON))
    assert stop.says == "the form is not complete: Full legal name; Owners"
    assert stop.says_zh == "表格未填完：法定全称；所有者"
