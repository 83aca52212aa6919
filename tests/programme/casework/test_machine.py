from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fixtures.cases import AT, ON, Ready, broken, draft, flag, form, organisation, person, ready, step

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import ROLES, Actor
from xenotime.programme.casework import effects
from xenotime.programme.casework.case import Advice, Vote
from xenotime.programme.casework.guards import Scene
from xenotime.programme.casework.machine import Fired, begin, fire, moves
from xenotime.programme.read import manifests

KINDS = (
    "amendment appeal certificate extension general_licence incident individual_licence notice registration "
    "review revocation suspension"
).split()
ROWS = [(kind, move) for kind, manifest in manifests().items() for move in manifest.moves]
GUARDED = [(kind, move, guard) for kind, move in ROWS for guard in move.guards]


def named(row):
    kind, move, *guard = row
    return "-".join([kind, move.source, move.event, *guard])


def go(manifest, made: Ready, event) -> Fired:
    return fire(manifest, made.case, event, made.actor, AT, made.data, made.scene)


def outcome(manifest, made, event):
    """What fire does, in a word: moves, state (no such move), role (not yours)."""
    try:
        fired = go(manifest, made, event)
    except StateError:
        return "state"
    except AccessError:
        return "role"
    return f"to {fired.case.state}"


def test_the_twelve_kinds():
    assert tuple(manifests()) == tuple(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_state_event_and_role(kind, kinds, veu, calendar):
    manifest = kinds[kind]
    expected, found = {}, {}
    for state in manifest.states:
        for event in manifest.events:
            here = [m for m in manifest.moves if (m.source, m.event) == (state.id, event)]
            for role in ROLES:
                cell = (state.id, event, role)
                move = next((m for m in here if role in m.roles), None)
                expected[cell] = f"to {move.to}" if move else "role" if here else "state"
                at_hand = move or next(iter(here), None)
                if at_hand is None:
                    made = Ready(draft(manifest, state=state.id), person(role), {}, Scene(veu, calendar, ON))
                else:
                    made = replace(ready(manifest, at_hand, veu, calendar, role), actor=person(role))
                found[cell] = outcome(manifest, made, event)
    assert found == expected


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_ready_case_shows_the_move_and_nothing_in_its_way(row, kinds, profile, calendar):
    kind, move = row
    if "allowed:general_licence" in move.guards and not profile.value("civil.general_licence"):
        raise AssertionError("both profiles allow general licences on the civil track")
    made = ready(kinds[kind], move, profile, calendar)
    shown = {p.move: p.stops for p in moves(kinds[kind], made.case, made.actor, made.scene)}
    assert shown[move] == ()


@pytest.mark.parametrize("row", GUARDED, ids=named)
def test_each_guard_stops_its_move(row, kinds, veu, calendar):
    kind, move, guard = row
    made = ready(kinds[kind], move, veu, calendar)
    case, scene = broken(guard, made.case, made.scene, made.actor)
    shown = {p.move: p.stops for p in moves(kinds[kind], case, made.actor, scene)}
    stop = {s.guard: s for s in shown[move]}[guard]
    assert stop.says
    assert stop.says_zh
    with pytest.raises(StateError) as failure:
        fire(kinds[kind], case, move.event, made.actor, AT, made.data, scene)
    assert stop.says in failure.value.problem.found


@pytest.mark.parametrize("row", [r for r in ROWS if any(f.required for f in r[1].asks)], ids=named)
def test_an_event_that_asks_for_words_does_not_happen_without(row, kinds, veu, calendar):
    kind, move = row
    made = ready(kinds[kind], move, veu, calendar)
    with pytest.raises(InputError):
        fire(kinds[kind], made.case, move.event, made.actor, AT, {}, made.scene)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_move_leaves_its_trace(row, kinds, veu, calendar):
    kind, move = row
    made = ready(kinds[kind], move, veu, calendar)
    after = go(kinds[kind], made, move.event)
    to = kinds[kind].state(move.to)
    last = after.case.steps[-1]
    assert (last.by, last.event, last.source, last.to) == (made.actor.sign, move.event, move.source, move.to)
    assert after.case.steps[:-1] == made.case.steps
    assert (after.case.closed, after.case.outcome) == ((AT, to.outcome) if to.final else (None, ""))
    assert after.effects == tuple(e for e in move.effects if effects.split(e)[0] in effects.OUTER)
    assert after.case.version == made.case.version
    if to.final:
        assert [s for s in after.case.spans if s.stop is None] == []
        assert after.case.due is None


def test_another_organisations_applicant_moves_nothing(kinds, veu, calendar):
    made = ready(kinds["certificate"], kinds["certificate"].moves[0], veu, calendar)
    other = Actor("applicant2", "applicant", "O2")
    assert moves(kinds["certificate"], made.case, other, made.scene) == ()
    with pytest.raises(AccessError):
        fire(kinds["certificate"], made.case, "submit", other, AT, {}, made.scene)


def test_a_case_is_opened_by_the_roles_of_its_kind(kinds):
    with pytest.raises(AccessError) as failure:
        begin(kinds["review"], "C1", "O1", "civil", person("applicant"), AT)
    assert failure.value.problem.expected == "officer or system"
    case = begin(kinds["review"], "C1", "O1", "civil", person("officer"), AT, subject="XC-1", parent="C0")
    assert (case.state, case.title, case.subject, case.parent) == ("planned", "Review on site", "XC-1", "C0")


def certificate(kinds, profile, calendar, event="grant", track="civil"):
    manifest = kinds["certificate"]
    move = next(m for m in manifest.moves if (m.source, m.event) == ("approval", event))
    return manifest, ready(manifest, move, profile, calendar, track=track)


def test_the_one_who_advised_and_nobody_else_does_not_grant(kinds, cn, calendar):
    manifest, made = certificate(kinds, cn, calendar)
    alone = person("approver")
    said = tuple(
        Advice(
            f"A{n}", level, "grant", "fine", alone.sign, AT, (), "officer:officer2" if n == 1 else "", None
        )
        for n, level in enumerate(("officer", "final"), 1)
    )
    stopped = replace(made, case=replace(made.case, advice=said), actor=alone)
    shown = {
        p.move.event: [s.guard for s in p.stops] for p in moves(manifest, stopped.case, alone, stopped.scene)
    }
    assert shown["grant"] == ["advised:grant", "persons:grant"]


def test_a_grant_attaches_the_tracks_conditions_and_those_of_final_advice(kinds, veu, calendar):
    manifest, made = certificate(kinds, veu, calendar)
    plain = go(manifest, made, "grant").case.conditions
    assert [c.id for c in plain] == ["C2", "C4", "C5", "C6", "C7", "C9", "C10", "K1"]
    extra = tuple(
        replace(a, says="grant_with_conditions", conditions=("X1",)) if a.level == "final" else a
        for a in made.case.advice
    )
    more = go(manifest, replace(made, case=replace(made.case, advice=extra)), "grant").case.conditions
    assert [c.id for c in more] == ["C2", "C4", "C5", "C6", "C7", "C9", "C10", "K1", "X1"]
    assert (more[-1].test, more[-1].value) == ("most_grams", "Dy:50000")


def test_the_last_level_that_the_profile_asks_names_the_conditions(kinds, veu, calendar):
    lines = {
        **veu.lines,
        "civil.advice.levels": replace(veu.lines["civil.advice.levels"], value=["officer", "team"]),
        "civil.advice.countersign": replace(veu.lines["civil.advice.countersign"], value=["team"]),
    }
    manifest, made = certificate(kinds, replace(veu, lines=lines), calendar)
    said = {"officer": "C2", "team": "X1", "final": "C4"}
    advised = tuple(
        replace(a, says="grant_with_conditions", conditions=(said[a.level],)) for a in made.case.advice
    )
    before = tuple(a for a in advised if a.level != "final")
    given = go(manifest, replace(made, case=replace(made.case, advice=before)), "grant").case.conditions
    assert [c.id for c in given][-1] == "X1"


def test_on_the_military_track_every_level_advises_every_body_votes_and_the_site_is_seen(kinds, cn, calendar):
    manifest, made = certificate(kinds, cn, calendar, track="military")
    accept = next(m for m in manifest.moves if m.event == "accept")
    accepted = go(manifest, ready(manifest, accept, cn, calendar, track="military"), "accept").case
    assert [f.id for f in accepted.flags] == ["sampled.1"]
    bare = replace(
        made.case, advice=made.case.advice[::2], votes=made.case.votes[1:], steps=(), flags=accepted.flags
    )
    shown = {p.move.event: p.stops for p in moves(manifest, bare, made.actor, made.scene)}
    assert [s.guard for s in shown["grant"]] == ["inspected", "advised:grant", "voted:grant"]
    assert [c.id for c in go(manifest, made, "grant").case.conditions] == ["N1", "N3", "N4", "N5", "N6", "K1"]


@pytest.mark.parametrize(("lot", "drawn"), [(999, ["sampled.1"]), (1000, []), (-1, ["sampled.1"])])
def test_the_lot_decides_who_of_the_civil_is_seen(kinds, cn, calendar, lot, drawn):
    manifest = kinds["certificate"]
    accept = next(m for m in manifest.moves if m.event == "accept")
    made = ready(manifest, accept, cn, calendar)
    case = go(manifest, replace(made, scene=replace(made.scene, lot=lot)), "accept").case
    assert [f.id for f in case.flags] == drawn


def test_a_refusal_makes_no_licence_duty_and_no_mark(kinds, veu, calendar):
    # VE-03: what follows a refusal is a letter; the organisation may open the next case at once.
    manifest, made = certificate(kinds, veu, calendar, "refuse")
    fired = go(manifest, made, "refuse")
    assert fired.effects == ("letter:refused",)
    assert (veu.value("refusal.licence_duty"), veu.value("refusal.mark")) == (False, False)
    assert "makes no new licence duty and is no mark" in manifest.letter("refused").text
    licence = begin(kinds["individual_licence"], "C2", "O1", "civil", person("applicant"), AT)
    filled = replace(licence, form=form(kinds["individual_licence"]))
    after = fire(kinds["individual_licence"], filled, "submit", person("applicant"), AT, {}, made.scene)
    assert after.case.state == "submitted"


def test_an_exporter_may_file_for_the_end_user(kinds, veu, calendar):
    # VE-14
    manifest, made = certificate(kinds, veu, calendar)
    case = replace(made.case, form={**made.case.form, "filed_by": "exporter"})
    assert go(manifest, replace(made, case=case), "grant").case.outcome == "granted"


def test_a_case_that_is_reopened_runs_again(kinds, veu, calendar):
    manifest = kinds["certificate"]
    move = next(m for m in manifest.moves if m.event == "reopen")
    made = ready(manifest, move, veu, calendar)
    after = go(manifest, made, "reopen").case
    assert (after.state, after.closed, after.outcome) == ("assessment", None, "")
    assert [(s.clock, s.stop) for s in after.spans] == [("decision", None)]
    assert after.due == ON + timedelta(days=30)


def test_what_an_event_says_is_kept_on_the_step_and_the_choice_on_the_form(kinds, veu, calendar):
    manifest, made = certificate(kinds, veu, calendar, "refuse")
    data = {"denial": "end_use", "reason": "no process that needs dysprosium"}
    after = go(manifest, replace(made, data=data), "refuse").case
    assert (after.reason, after.steps[-1].note) == (data["reason"], data["reason"])
    assert after.form["denial"] == "end_use"
    assert "reason" not in after.form


def test_a_civil_holder_is_heard_first_unless_the_risk_is_plain(kinds, veu, calendar):
    manifest = kinds["suspension"]
    scene = Scene(veu, calendar, ON, organisation=organisation(), subject="active")
    case = draft(manifest)
    with pytest.raises(StateError):
        fire(manifest, case, "suspend_now", person("officer"), AT, {"reason": "late"}, scene)
    plain = replace(case, flags=(flag("plain_risk"),))
    fired = fire(manifest, plain, "suspend_now", person("system"), AT, {"reason": "listed"}, scene)
    assert fired.effects == ("suspend_subject", "notify_customs", "letter:suspended_now")
    strict = replace(case, track="military")
    assert (
        fire(manifest, strict, "suspend_now", person("officer"), AT, {"reason": "x"}, scene).case.state
        == "suspended"
    )


@pytest.mark.parametrize("kind", ["certificate", "extension", "general_licence", "individual_licence"])
def test_what_was_voted_and_advised_on_a_form_does_not_count_for_another(kind, kinds, veu, calendar):
    manifest = kinds[kind]
    move = next(m for m in manifest.moves if m.event == "return")
    made = ready(manifest, move, veu, calendar)
    advice = (Advice("A1", "final", "grant", "fine", "officer:B", AT),)
    votes = (Vote("grant", "commerce", "grant", "approver:C", AT),)
    after = go(manifest, replace(made, case=replace(made.case, advice=advice, votes=votes)), "return").case
    assert (after.votes, [a.superseded for a in after.advice]) == ((), [True])


def test_one_appeal_only(kinds, veu, calendar):
    manifest = kinds["certificate"]
    move = next(m for m in manifest.moves if m.event == "appeal")
    made = ready(manifest, move, veu, calendar)
    again = replace(made, case=replace(made.case, steps=(step("appeal"),)))
    with pytest.raises(StateError):
        go(manifest, again, "appeal")
