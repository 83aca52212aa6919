"""What a case page gets: all of it for officials, nothing internal for the applicant, few queries."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from xenotime.core.canon import canonical
from xenotime.core.errors import AccessError
from xenotime.programme.access import Actor
from xenotime.services.programme.casework import cases, views

SECRETS = ("TRUST NOBODY", "COLLEAGUES DOUBT", "BODY OBJECTS", "F1", "F2", "P-commerce", "Ada Officer")


@pytest.fixture
def busy(town):
    """An application that has been talked about inside the authority."""
    case = town.applied(town.registered(), items=["1C905.b"])
    o, at = town.office, town.at
    cases.assign(o, town.officer, case.id, at, officer="F1", queue="vetting")
    cases.fire(o, town.officer, case.id, "accept", at)
    cases.flag(o, town.officer, case.id, "owners_unknown", "TRUST NOBODY", at)
    cases.advise(o, town.officer, case.id, "officer", "grant", "COLLEAGUES DOUBT", at)
    cases.ask(o, town.officer, case.id, "What is the lot size?", at)
    cases.fire(o, town.officer, case.id, "identify", at, {"reason": "TRUST NOBODY twice"})
    cases.fire(o, town.officer, case.id, "identified", at, {"result": "TRUST NOBODY thrice"})
    cases.vote(o, town.approver(), case.id, "grant", "refuse", at, reason="BODY OBJECTS")
    return case.id


def test_an_official_sees_the_whole_file(town, busy):
    seen = views.view(town.office, town.officer, busy, town.at)
    assert seen.full
    assert {f.kind for f in seen.case.findings} == {"list", "ownership", "military", "law"}
    assert [a.reason for a in seen.case.advice] == ["COLLEAGUES DOUBT"]
    assert {"flagged", "advised", "voted", "asked", "accept"} <= {a.what for a in seen.history}
    assert [r.clock for r in seen.clocks if r.state == "running"] == ["decision"]
    assert "answered" in {s.guard for s in seen.blocks}
    assert [c.kind for c in seen.related] == []
    assert {x.template for x in seen.letters} == {"received", "accepted"}


def test_an_applicant_sees_nothing_internal_and_no_official_by_name(town, busy):
    seen = views.view(town.office, town.applicant, busy, town.at)
    whole = canonical(
        [seen.case, seen.history, seen.letters, seen.related, [s.says for p in seen.moves for s in p.stops]]
    ).decode()
    assert [s for s in SECRETS if s in whole] == []
    assert (seen.case.advice, seen.case.votes, seen.case.flags, seen.case.findings) == ((), (), (), ())
    assert (seen.case.officer, seen.case.queue, seen.names, seen.full) == ("", "", (), False)
    assert [q.asks for q in seen.case.queries] == ["What is the lot size?"]
    assert {a.by for a in seen.history} == {"applicant", "officer", "authority"}


def test_an_applicant_reads_the_reason_of_a_refusal_that_the_letter_told(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    asked = {"denial": "ownership", "reason": "the owners are not shown"}
    cases.fire(town.office, town.approver(), case.id, "refuse", town.at, asked)
    seen = views.view(town.office, town.applicant, case.id, town.at)
    assert (seen.case.reason, seen.case.steps[-1].note) == ("the owners are not shown",) * 2
    assert seen.case.steps[-1].by == "approver"


def test_what_stands_in_the_way_inside_the_authority_is_one_sentence_to_the_applicant(town, busy):
    seen = views.view(town.office, town.applicant, busy, town.at)
    assert [s.guard for s in seen.blocks] == ["answered", "authority"]


def test_the_moves_are_those_of_the_role_with_what_stops_each(town, busy):
    officer = views.view(town.office, town.officer, busy, town.at)
    stops = {p.move.event: [s.guard for s in p.stops] for p in officer.moves}
    assert stops["propose"] == ["answered"]
    applicant = views.view(town.office, town.applicant, busy, town.at)
    assert {p.move.event for p in applicant.moves} == {"withdraw", "amend"}


def test_the_form_can_be_edited_only_in_its_states(town):
    case = town.register()
    assert views.view(town.office, town.applicant, case.id, town.at).editable
    assert not views.view(town.office, town.auditor, case.id, town.at).editable
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    assert not views.view(town.office, town.applicant, case.id, town.at).editable


def test_nobody_sees_another_organisations_case(town, busy):
    for actor in (Actor("A9", "applicant", "O-9"), Actor("A8", "applicant"), town.customs, town.operator):
        with pytest.raises(AccessError):
            views.view(town.office, actor, busy, town.at)


def test_a_busy_case_asks_the_database_no_more_often_than_a_quiet_one(town, busy):
    quiet = town.register("Ashgrove Pumps KG", account="A2").id
    counts = []
    for case in (quiet, busy):
        said = []
        engine = town.office.store.engine
        listener = lambda *args, said=said: said.append(args[2])  # noqa: E731 - a listener with its own list
        event.listen(engine, "before_cursor_execute", listener)
        views.view(town.office, town.officer, case, town.at)
        event.remove(engine, "before_cursor_execute", listener)
        counts.append(len([s for s in said if s.startswith("SELECT")]))
    assert counts[1] <= counts[0]
    assert counts[1] <= 20
