"""The verbs on a case: who may, what they leave behind, and that a key gives one answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AccessError, AddressError, InputError, RepeatError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.salt import Salt
from xenotime.programme.shipping.shipment import Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal.commit import opens
from xenotime.seal.event import decode
from xenotime.services.programme.casework import cases
from xenotime.services.programme.ports import Search


def logged(office, subject):
    """The events of a thing, oldest first."""
    with office.store.view() as view:
        return [decode(leaf)[1] for _, leaf in view.events(subject=subject)]


def test_an_organisation_walks_from_registration_to_a_certificate(town_over, store):
    town = town_over(store)
    organisation = town.registered()
    assert (organisation.state, organisation.track) == ("active", "civil")
    assert [s.since for s in organisation.sites] == [town.at.date()]
    case = town.granted(organisation)
    assert (case.state, case.outcome, case.closed) == ("granted", "granted", town.at)
    with store.view() as view:
        certificate = view.get(Certificate, case.subject)
    assert (certificate.organisation, certificate.case, certificate.state) == (
        organisation.id,
        case.id,
        "active",
    )
    assert certificate.scope.grams == {"Dy": 100_000}


def test_every_step_of_a_case_has_its_event_and_every_event_its_version(town):
    case = town.granted(town.registered())
    events = logged(town.office, case.id)
    moved = [
        (e.data["step"], e.data["event"], e.data["from"], e.data["to"])
        for e in events
        if e.kind == "case.moved"
    ]
    assert moved == [(n, s.event, s.source, s.to) for n, s in enumerate(case.steps)]
    assert [e.data["version"] for e in events] == list(range(case.version + 1))


def test_the_log_holds_texts_only_as_commitments_that_their_salt_opens(town):
    case = town.register()
    case = cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    case = cases.ask(town.office, town.officer, case.id, "Who is Erna Beispiel?", town.at)
    event = logged(town.office, case.id)[-1]
    assert event.kind == "case.asked"
    with town.office.store.view() as view:
        salt = view.get(Salt, event.data["text"])
        leaves = b"".join(leaf for _, leaf in view.events())
    assert opens(event.data["text"], bytes.fromhex(salt.salt), "Who is Erna Beispiel?")
    assert not opens(event.data["text"], bytes.fromhex(salt.salt), "Who is somebody else?")
    assert b"Erna" not in leaves
    assert b"Fernhill" not in leaves


def test_an_open_question_blocks_the_decision_until_it_is_answered(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    case = cases.ask(town.office, town.officer, case.id, "Which plant?", town.at)
    with pytest.raises(StateError, match="not possible yet"):
        cases.fire(town.office, town.officer, case.id, "grant", town.at)
    case = cases.answer(town.office, town.applicant, case.id, case.queries[0].id, "Plant North", town.at)
    assert case.queries[0].answer == "Plant North"
    assert cases.fire(town.office, town.officer, case.id, "grant", town.at).state == "registered"


def test_a_question_can_be_closed_without_an_answer(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    case = cases.ask(town.office, town.officer, case.id, "Which plant?", town.at)
    case = cases.close(
        town.office, town.officer, case.id, case.queries[0].id, "seen in the register", town.at
    )
    assert [q.closed for q in case.queries] == [town.at]


def test_nobody_countersigns_their_own_advice(town):
    case = town.applied(town.registered())
    case = cases.advise(town.office, town.officer, case.id, "officer", "grant", "in order", town.at)
    with pytest.raises(AccessError, match="own advice"):
        cases.countersign(town.office, town.officer, case.id, case.advice[0].id, town.at)
    case = cases.countersign(town.office, town.colleague, case.id, case.advice[0].id, town.at)
    assert case.advice[0].countersigned_by == town.colleague.sign


def test_an_unsettled_concern_blocks_the_grant_until_a_person_settles_it(town):
    case = town.register(
        owners=[{"name": "Huntington Ingalls Industries, Inc.", "share": "10", "country": "US"}]
    )
    case = cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    stops = [f for f in case.findings if f.weight == "stop"]
    assert [f.kind for f in stops] == ["list"]
    with pytest.raises(StateError, match="findings are not settled"):
        cases.fire(town.office, town.officer, case.id, "grant", town.at)
    case = town.settle(case)
    with pytest.raises(StateError, match="flags block"):
        cases.fire(town.office, town.officer, case.id, "grant", town.at)
    case = cases.unflag(town.office, town.officer, case.id, "list_hit", "a minority without a say", town.at)
    assert cases.fire(town.office, town.officer, case.id, "grant", town.at).state == "registered"


def test_a_flag_is_raised_and_lowered_with_its_reason(town):
    case = town.applied(town.registered())
    case = cases.flag(town.office, town.officer, case.id, "owners_unknown", "a trust is behind it", town.at)
    assert [(f.says, f.by, f.lowered) for f in case.flags][-1] == ("a trust is behind it", "officer:F1", None)
    case = cases.unflag(
        town.office, town.colleague, case.id, case.flags[-1].id, "the trust is known", town.at
    )
    assert (case.flags[-1].lowered, case.flags[-1].why) == (town.at, "the trust is known")


def test_the_form_can_be_changed_only_while_its_state_lets_it(town):
    case = town.register()
    case = cases.edit(town.office, town.applicant, case.id, {"activity": "pumps"}, town.at)
    assert case.form["activity"] == "pumps"
    with pytest.raises(InputError, match="no such field"):
        cases.edit(town.office, town.applicant, case.id, {"nothing": "x"}, town.at)
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    with pytest.raises(StateError, match="form cannot be changed now"):
        cases.edit(town.office, town.applicant, case.id, {"activity": "fans"}, town.at)


def test_a_document_is_kept_under_its_hash_and_read_by_those_who_may(town):
    case = town.register()
    case = cases.attach(town.office, town.applicant, case.id, "deed.pdf", b"%PDF-", "owners", town.at)
    paper = case.papers[0]
    assert cases.paper(town.office, town.officer, case.id, paper.id) == (paper, b"%PDF-")
    with pytest.raises(AddressError):
        cases.paper(town.office, town.officer, case.id, "none")
    with pytest.raises(InputError, match="cannot be kept"):
        cases.attach(town.office, town.applicant, case.id, "empty.pdf", b"", "owners", town.at)
    case = cases.attach(town.office, town.officer, case.id, "note.pdf", b"%PDF-2", "internal", town.at)
    inside = case.papers[1].id
    assert cases.paper(town.office, town.auditor, case.id, inside)[1] == b"%PDF-2"
    with pytest.raises(AddressError):
        cases.paper(town.office, town.applicant, case.id, inside)
    assert [p.id for p in cases.view(town.office, town.applicant, case.id, town.at).case.papers] == [paper.id]
    with pytest.raises(AccessError):
        cases.paper(town.office, Actor("A9", "applicant", "O-9"), case.id, paper.id)


def test_one_key_gives_one_answer_and_another_content_is_refused(town_over, store):
    town = town_over(store)
    case = town.register()
    first = cases.fire(town.office, town.applicant, case.id, "submit", town.at, key="k1")
    again = cases.fire(town.office, town.applicant, case.id, "submit", town.at, key="k1")
    assert again == first
    assert sum(e.kind == "case.moved" for e in logged(town.office, case.id)) == 1
    with pytest.raises(RepeatError):
        cases.fire(town.office, town.applicant, case.id, "withdraw", town.at, key="k1")


def test_a_key_opens_one_case(town):
    organisation = town.registered()
    made = [
        cases.open_case(town.office, town.applicant, "certificate", organisation.id, town.at, key="new")
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_of_two_who_changed_one_case_the_second_sees_the_first(town):
    case = town.register()
    cases.assign(town.office, town.officer, case.id, town.at, officer="F1")
    after = cases.assign(town.office, town.colleague, case.id, town.at, queue="vetting")
    assert (after.officer, after.queue, after.version) == ("F1", "vetting", case.version + 2)


VERBS = {
    "fire": lambda o, a, c, at: cases.fire(o, a, c, "vet", at),
    "edit": lambda o, a, c, at: cases.edit(o, a, c, {"activity": "x"}, at),
    "ask": lambda o, a, c, at: cases.ask(o, a, c, "why?", at),
    "close": lambda o, a, c, at: cases.close(o, a, c, "Q1", "why", at),
    "advise": lambda o, a, c, at: cases.advise(o, a, c, "officer", "grant", "r", at),
    "countersign": lambda o, a, c, at: cases.countersign(o, a, c, "A1", at),
    "vote": lambda o, a, c, at: cases.vote(o, a, c, "grant", "grant", at),
    "flag": lambda o, a, c, at: cases.flag(o, a, c, "list_hit", "r", at),
    "unflag": lambda o, a, c, at: cases.unflag(o, a, c, "list_hit", "r", at),
    "settle": lambda o, a, c, at: cases.settle(o, a, c, "f", "r", at),
    "assign": lambda o, a, c, at: cases.assign(o, a, c, at, officer="F1"),
    "attach": lambda o, a, c, at: cases.attach(o, a, c, "n", b"x", "p", at),
    "answer": lambda o, a, c, at: cases.answer(o, a, c, "Q1", "r", at),
    "view": cases.view,
}
INSIDE = ("ask", "close", "advise", "countersign", "vote", "flag", "unflag", "settle", "assign")
NOBODY = (Actor("Z1", "customs"), Actor("X1", "operator"), Actor("public", "public"))


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_touches_a_case_of_another_organisation_nor_learns_that_it_is_there(town, verb):
    case = town.register()
    before = logged(town.office, case.id)
    stranger = Actor("A9", "applicant", "O-99999")
    said = []
    for key in (case.id, "C-2026-99999"):
        with pytest.raises(AccessError) as refused:
            VERBS[verb](town.office, stranger, key, town.at)
        said.append(str(refused.value))
    assert said[0] == said[1]
    for nobody in NOBODY:
        with pytest.raises(AccessError):
            VERBS[verb](town.office, nobody, case.id, town.at)
    assert logged(town.office, case.id) == before


@pytest.mark.parametrize("verb", INSIDE)
def test_neither_applicant_nor_auditor_does_the_work_of_officials(town, verb):
    case = town.register()
    for actor in (town.applicant, town.auditor):
        with pytest.raises(AccessError):
            VERBS[verb](town.office, actor, case.id, town.at)
    assert town.office.store.run(lambda change: change.get(Case, case.id)) == case


def test_a_token_does_only_what_its_scopes_name(town):
    case = town.register()
    bound = replace(town.officer, scopes=frozenset({"case.read"}))
    with pytest.raises(AccessError):
        cases.ask(town.office, bound, case.id, "why?", town.at)
    assert cases.view(town.office, bound, case.id, town.at).case.id == case.id


def test_a_case_is_opened_only_for_the_own_organisation_and_about_the_own_things(town):
    first = town.registered("Fernhill Motors GmbH")
    granted = town.granted(first)
    second = town.registered("Ashgrove Pumps KG", account="A2")
    with pytest.raises(AccessError):
        cases.open_case(town.office, town.applicant, "certificate", first.id, town.at)
    with pytest.raises(AccessError, match="not yours to ask about"):
        cases.open_case(town.office, town.applicant, "extension", second.id, town.at, subject=granted.subject)
    with pytest.raises(AccessError):
        cases.open_case(town.office, town.applicant, "suspension", second.id, town.at)
    asked = Shipment("XC-1", first.id, first.id, "s", (), "", ("CN",), town.at.date())
    with town.office.store.change() as change:
        change.add(Verdict("verdict-first", "refer", asked, (), town.at, "applicant:A1", first.id))
    with pytest.raises(AccessError, match="not yours to ask about"):
        cases.open_case(town.office, town.applicant, "notice", second.id, town.at, subject="verdict-first")
    with pytest.raises(AddressError, match="no such kind"):
        cases.open_case(town.office, town.applicant, "miracle", second.id, town.at)


def test_an_applicant_finds_only_the_own_cases_and_reads_nothing_internal(town):
    case = town.applied(town.registered())
    cases.advise(town.office, town.officer, case.id, "officer", "refuse", "INTERNAL WORDS", town.at)
    mine = town.applicant
    town.registered("Ashgrove Pumps KG", account="A2")
    found = cases.find(town.office, mine, Search(order="opened"))
    assert {c.organisation for c in found.items} == {mine.organisation}
    assert all((c.advice, c.findings, c.flags, c.officer) == ((), (), (), "") for c in found.items)
    whole = cases.find(town.office, town.auditor, Search(where={"kind": "registration"}))
    assert len(whole.items) == 2
    stranger = cases.find(town.office, mine, Search(where={"organisation": "O-00002"}))
    assert {c.organisation for c in stranger.items} == {mine.organisation}


def test_an_appeal_brings_a_refused_case_back_and_another_person_decides_it(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    refuser, other = town.approver("commerce"), town.approver("state")
    asked = {"denial": "ownership", "reason": "owners are not shown"}
    case = cases.fire(town.office, refuser, case.id, "refuse", town.at, asked)
    assert (case.state, case.outcome) == ("refused", "refused")
    case = cases.fire(town.office, town.applicant, case.id, "appeal", town.at, {"reason": "they are"})
    (appeal,) = cases.find(town.office, other, Search(where={"kind": "appeal"})).items
    assert (appeal.subject, appeal.parent, appeal.form["grounds"]) == (case.id, case.id, "they are")
    with pytest.raises(StateError, match="took no part"):
        cases.fire(town.office, refuser, appeal.id, "take", town.at)
    cases.fire(town.office, other, appeal.id, "take", town.at)
    cases.fire(town.office, other, appeal.id, "uphold", town.at, {"reason": "the papers show them"})
    case = cases.view(town.office, other, case.id, town.at).case
    assert (case.state, case.closed, case.steps[-1].by) == ("submitted", None, "system:system")
