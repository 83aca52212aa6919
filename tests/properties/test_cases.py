"""Walks through the tables with anybody doing anything: a grant is never made without what it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.cases import AT, ON, answer, form, organisation, person

from xenotime.core.clocks import parse_calendar
from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.law.read import packaged
from xenotime.programme.casework import machine, votes
from xenotime.programme.casework.advice import SUPPORTS, persons, standing
from xenotime.programme.casework.case import Finding
from xenotime.programme.casework.guards import Scene
from xenotime.programme.casework.manifest import AFTERWARDS
from xenotime.programme.read import manifests, profiles

CALENDAR = parse_calendar(packaged("cn/calendar.csv"))
BODIES = sorted({b for p in profiles().values() for b in p.value("military.vote.grant.bodies")})
OFFICIALS = [
    person("officer", 1),
    person("officer", 2),
    *(person("approver", n, b) for n, b in enumerate(BODIES, 1)),
]
PEOPLE = [*OFFICIALS, person("applicant"), person("system"), person("auditor")]
REFUSALS = (StateError, AccessError, InputError)

acts = st.one_of(
    st.tuples(st.just("likely"), st.integers(0, 40), st.sampled_from(PEOPLE)),
    st.tuples(st.just("likely"), st.integers(0, 40), st.sampled_from(PEOPLE)),
    st.tuples(st.just("any"), st.integers(0, 40), st.sampled_from(PEOPLE)),
    st.tuples(st.just("advise"), st.integers(0, 5), st.sampled_from(OFFICIALS)),
    st.tuples(st.just("countersign"), st.integers(1, 6), st.sampled_from(OFFICIALS)),
    st.tuples(st.just("vote"), st.integers(0, 5), st.sampled_from(OFFICIALS)),
    st.tuples(st.just("vet"), st.integers(0, 9), st.sampled_from(OFFICIALS)),
    st.tuples(st.just("ask"), st.integers(0, 9), st.sampled_from(PEOPLE)),
    st.tuples(st.just("flag"), st.integers(0, 9), st.sampled_from(PEOPLE)),
)


def drawn(manifest, act, number, case, who, scene, at):
    """What one act does to a case; None if nothing was fired."""
    if act in ("likely", "any"):
        at_hand = [p.move for p in machine.moves(manifest, case, who, scene) if not p.stops or act == "any"]
        pool = at_hand if act == "likely" else list(manifest.moves)
        if not pool:
            return case, None
        move = pool[number % len(pool)]
        fired = machine.fire(manifest, case, move.event, who, at, {f.id: answer(f) for f in move.asks}, scene)
        return fired.case, fired.move
    match act:
        case "advise":
            level = ("officer", "team", "final")[number % 3]
            return machine.advise(case, level, "grant" if number < 3 else "refuse", "because", who, at), None
        case "countersign":
            return machine.countersign(case, f"A{number}", who, at), None
        case "vote":
            says = "refuse" if number == 5 else "grant"
            return machine.vote(case, scene.profile, "grant", says, who, at, "because"), None
        case "vet":
            weight = "stop" if number == 9 else "clear"
            kinds = [c.finds for c in manifest.checks]
            found = tuple(
                Finding(f"F{len(case.findings) + i}", k, weight, "x", at) for i, k in enumerate(kinds)
            )
            return replace(case, findings=(*case.findings, *found)), None
        case "ask" if number > 6:
            return machine.ask(case, "Which?", who, at, scene.on, scene.profile), None
        case "ask":
            open_ones = [q.id for q in case.queries if q.closed is None] or ["Q1"]
            return machine.answer(
                case, open_ones[0], "That", person("applicant"), at, scene.on, scene.profile
            ), None
        case _ if number > 6:
            return machine.flag(case, manifest, "list_hit", "", who, at), None
        case _:
            return machine.unflag(case, "list_hit", "another", who, at), None


def lawful(manifest, before, after, move, who, scene):
    """What holds after every move."""
    to = manifest.state(after.state)
    assert (after.closed is not None) == to.final
    assert after.steps[:-1] == before.steps
    assert (after.steps[-1].source, after.steps[-1].to) == (before.state, after.state)
    running = [s.clock for s in after.spans if s.stop is None]
    assert len(running) == len(set(running))
    if manifest.state(before.state).final:
        assert move.event in AFTERWARDS
    if to.final:
        assert running == []
    if move.event == "grant":
        granted(before, who, scene)


def granted(case, who, scene):
    """What a grant needs, counted anew from the case and not by the guards."""
    track, profile = case.track, scene.profile
    assert [q for q in case.queries if q.closed is None] == []
    assert [f for f in case.flags if f.blocks and f.lowered is None] == []
    assert [f for f in case.findings if f.weight in ("concern", "stop") and not f.settled] == []
    for level in profile.value(f"{track}.advice.levels"):
        assert standing(case, level) is not None
    for level in profile.value(f"{track}.advice.countersign"):
        found = standing(case, level)
        assert found.countersigned_by not in ("", found.by)
    last = standing(case, "final")
    assert last.says in SUPPORTS["grant"]
    assert len(persons(case, who.sign)) >= 2
    rule, bodies = votes.rule(case, profile, "grant")
    for_it = {v.body for v in case.votes if v.matter == "grant" and v.says == "grant"}
    if rule == "unanimous":
        assert for_it >= set(bodies)
    if any(f.id.startswith("sampled") for f in case.flags):
        lifted = profile.value(f"{track}.sample.waive") and all(f.lowered for f in case.flags)
        assert lifted or any(s.event == "site_checked" for s in case.steps)


@pytest.mark.parametrize("track", ["civil", "military"])
@pytest.mark.parametrize("kind", ["certificate", "extension", "general_licence", "individual_licence"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(profiles())), st.lists(acts, max_size=45), st.sampled_from([-1, 0, 9999]))
def test_no_walk_reaches_a_grant_without_what_it_needs(kind, track, profile, walk, lot):
    manifest = manifests()[kind]
    scene = Scene(profiles()[profile], CALENDAR, ON, organisation=organisation(), subject="active", lot=lot)
    case = machine.begin(
        manifest, "C1", "O1", track, person("applicant"), AT, subject="X1", form=form(manifest, track)
    )
    for n, (act, number, who) in enumerate(walk):
        scene = replace(scene, on=ON + timedelta(days=n))
        try:
            after, move = drawn(manifest, act, number, case, who, scene, AT + timedelta(days=n))
        except REFUSALS:
            continue
        if move is not None:
            lawful(manifest, case, after, move, who, scene)
        case = after


def test_a_walk_does_reach_a_grant():
    """The walks above would prove nothing if none could arrive: this one does, on the strictest table."""
    manifest = manifests()["certificate"]
    scene = Scene(profiles()["veu"], CALENDAR, ON, organisation=organisation(), lot=-1)
    case = machine.begin(
        manifest, "C1", "O1", "military", person("applicant"), AT, form=form(manifest, "military")
    )
    officer, other, approver = person("officer"), person("officer", 2), person("approver", 1, "commerce")
    walk = [
        ("submit", person("applicant")), ("accept", officer), ("send_on_site", officer),
        ("site_checked", officer),
    ]  # fmt: skip
    for event, who in walk:
        move = next(m for m in manifest.moves if m.event == event and m.source == case.state)
        case = machine.fire(manifest, case, event, who, AT, {f.id: answer(f) for f in move.asks}, scene).case
    kinds = [c.finds for c in manifest.checks]
    case = replace(case, findings=tuple(Finding(k, k, "clear", "x", AT) for k in kinds))
    case = machine.fire(manifest, case, "propose", officer, AT, {}, scene).case
    for n, (level, who) in enumerate([("officer", officer), ("team", officer), ("final", approver)], 1):
        case = machine.advise(case, level, "grant", "because", who, AT)
        case = machine.countersign(case, f"A{n}", other, AT)
    for n, body in enumerate(scene.profile.value("military.vote.grant.bodies")):
        case = machine.vote(case, scene.profile, "grant", "grant", person("approver", n, body), AT)
    granted(case, approver, scene)
    after = machine.fire(manifest, case, "grant", approver, AT, {}, scene).case
    assert (after.state, after.outcome) == ("granted", "granted")


@pytest.mark.parametrize("kind", sorted(manifests()))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.just("any"), st.integers(0, 40), st.sampled_from(PEOPLE)), max_size=60))
def test_final_states_stay_final_whoever_does_whatever(kind, walk):
    manifest = manifests()[kind]
    case = machine.begin(
        manifest, "C1", "O1", "military", person(manifest.opens[0]), AT, subject="X1", form=form(manifest)
    )
    for n, (act, number, who) in enumerate(walk):
        for state in ("active", "suspended"):
            scene = Scene(
                profiles()["cn-general"],
                CALENDAR,
                ON + timedelta(days=30 * n),
                organisation=organisation(),
                subject=state,
            )
            try:
                after, move = drawn(manifest, act, number, case, who, scene, AT + timedelta(days=30 * n))
            except REFUSALS:
                continue
            if move is not None:
                lawful(manifest, case, after, move, who, scene)
            case = after
