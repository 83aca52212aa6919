"""Every outer effect of the tables has its function, and what each leaves behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AccessError, StateError
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.effects import OUTER
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.programme.casework import cases, effects, scenes
from xenotime.services.programme.ports import Search
from xenotime.services.programme.turn import turn


def test_there_is_a_function_for_each_effect_and_no_other():
    assert set(effects.EFFECTS) == set(OUTER)


def done(town, case, *names):
    """A case after some effects, kept."""
    with turn(town.office, town.approver(), town.at) as made:
        held = made.change.hold(Case, case.id)
        after = effects.run(made, held, names, scenes.of(made.change, town.office, held, town.at))
        return made.change.put(after)


def organisation(town, key):
    with town.office.store.view() as view:
        return view.get(Organisation, key)


def test_steps_go_up_and_down_and_never_past_their_ends(town):
    case = town.applied(town.registered())
    done(town, case, "step_down")
    assert organisation(town, case.organisation).steps == 0
    for _ in range(6):
        done(town, case, "step_up")
    assert organisation(town, case.organisation).steps == effects.TOP


@pytest.mark.parametrize(
    ("effect", "state"), [("restrict_organisation", "restricted"), ("close_organisation", "closed")]
)
def test_an_organisation_is_restricted_and_closed(town, effect, state):
    case = town.applied(town.registered())
    done(town, case, effect)
    assert organisation(town, case.organisation).state == state


def test_nothing_is_opened_for_a_closed_organisation(town):
    case = town.applied(town.registered())
    done(town, case, "close_organisation")
    with pytest.raises(StateError, match="closed"):
        cases.open_case(town.office, town.applicant, "certificate", case.organisation, town.at)


def test_a_certificate_is_suspended_reinstated_and_revoked(town):
    case = town.granted(town.registered())
    said = []
    for effect in ("suspend_subject", "reinstate_subject", "revoke_subject"):
        done(town, case, effect)
        with town.office.store.view() as view:
            said.append(view.get(Certificate, case.subject).state)
    assert said == ["suspended", "active", "revoked"]


def test_an_effect_on_a_subject_that_is_none_is_refused_and_changes_nothing(town):
    case = town.applied(town.registered())
    with pytest.raises(StateError, match="neither a certificate nor a licence"):
        done(town, case, "step_up", "suspend_subject")
    assert organisation(town, case.organisation).steps == 0


def test_obligations_open_with_the_grant_and_are_met_by_a_case(town):
    case = town.granted(town.registered())

    def of(state):
        with town.office.store.view() as view:
            found = view.find(Duty, Search(where={"organisation": case.organisation, "state": state})).items
        return sorted({d.kind for d in found})

    assert "review" in of("open")
    done(town, case, "meet_duty:review")
    assert "review" not in of("open")
    assert "review" in of("met")


def test_an_amended_application_has_a_successor_with_the_same_form(town):
    case = town.applied(town.registered())
    after = cases.fire(town.office, town.applicant, case.id, "amend", town.at, {"reason": "another site"})
    assert after.outcome == "superseded"
    found = cases.find(town.office, town.officer, Search(where={"parent": case.id})).items
    assert [(c.kind, c.state, dict(c.form)) for c in found] == [("certificate", "draft", dict(case.form))]


def test_a_site_added_later_counts_from_the_day_of_its_approval(town):
    case = town.applied(town.registered())
    with town.office.store.change() as change:
        held = change.hold(Organisation, case.organisation)
        change.put(replace(held, sites=(*held.sites, replace(held.sites[0], id="S-new", since=None))))
        mine = change.hold(Case, case.id)
        change.put(replace(mine, form={**mine.form, "sites": ["S-new"]}))
    done(town, case, "approve_sites")
    assert [s.since for s in organisation(town, case.organisation).sites] == [town.at.date(), town.at.date()]


def test_activation_takes_over_what_the_registration_declares(town):
    held = town.registered(
        name_zh="蕨山电机", other_names=["Fernhill"], agents=["Ada Agent"], uscc="", lei=""
    )
    assert (held.name_zh, held.other_names, held.agents) == ("蕨山电机", ("Fernhill",), ("Ada Agent",))
    assert [(o.name, o.share) for o in held.owners] == [("Erna Beispiel", "100")]
    assert [(p.name, dict(p.grams), p.yearly) for p in held.products] == [("Motor", {"Dy": 12}, 1000)]
    assert [(e["kind"], e["military"]) for e in held.evidence] == [("self_declaration", False)]


def test_a_suspension_that_no_case_made_is_taken_up_and_lifted(town):
    case = town.granted(town.registered())
    done(town, case, "suspend_subject")
    taken = cases.open_case(
        town.office, town.officer, "suspension", case.organisation, town.at, subject=case.subject
    )
    with pytest.raises(StateError):
        cases.fire(town.office, town.officer, taken.id, "notify", town.at, {"reason": "late"})
    cases.fire(town.office, town.officer, taken.id, "take_up", town.at, {"reason": "the report came"})
    done_by = town.approver("state")
    lifted = cases.fire(town.office, done_by, taken.id, "reinstate", town.at, {"reason": "mended"})
    with town.office.store.view() as view:
        assert (lifted.state, view.get(Certificate, case.subject).state) == ("reinstated", "active")


def test_a_notice_that_its_writer_takes_back_answers_no_shipment(town):
    mine = town.registered().id
    case = cases.open_case(town.office, town.applicant, "notice", mine, town.at, form={"what": "20 kg"})
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    assert cases.fire(town.office, town.applicant, case.id, "withdraw", town.at).state == "withdrawn"


def test_an_appeal_is_closed_although_the_suspension_was_lifted_meanwhile(town):
    case = town.granted(town.registered())
    held = cases.open_case(
        town.office, town.officer, "suspension", case.organisation, town.at, subject=case.subject
    )
    cases.flag(town.office, town.officer, held.id, "plain_risk", "more is on its way", town.at)
    for who, event in ((town.approver("state"), "suspend_now"), (town.applicant, "appeal")):
        cases.fire(town.office, who, held.id, event, town.at, {"reason": "why"})
    cases.fire(town.office, town.approver("state"), held.id, "reinstate", town.at, {"reason": "mended"})
    (appeal,) = cases.find(town.office, town.officer, Search(where={"kind": "appeal"})).items
    assert cases.fire(town.office, town.applicant, appeal.id, "withdraw", town.at).state == "withdrawn"
    assert cases.view(town.office, town.officer, held.id, town.at).case.state == "reinstated"


def test_nobody_appeals_past_the_days_and_the_one_time_of_the_tables(town):
    case = town.granted(town.registered())
    for who in (town.applicant, town.officer):
        with pytest.raises(AccessError, match="not yours to open"):
            cases.open_case(town.office, who, "appeal", case.organisation, town.at, subject=case.id)


def test_a_withdrawal_ends_when_its_certificate_was_given_back(town):
    case = town.granted(town.registered())
    held = cases.open_case(
        town.office, town.officer, "revocation", case.organisation, town.at, subject=case.subject
    )
    cases.fire(town.office, town.officer, held.id, "notify", town.at, {"reason": "a bar"})
    cases.fire(town.office, town.applicant, case.id, "surrender", town.at, {"reason": "not needed"})
    assert cases.fire(town.office, town.officer, held.id, "end", town.at).state == "gone"


@pytest.mark.parametrize("drawn", [True, False])
def test_amending_an_application_is_no_second_draw(town, drawn):
    case = town.settle(town.applied(town.registered()))
    case = cases.fire(town.office, town.officer, case.id, "accept", town.at)
    by_lot = [f.id for f in case.flags if f.id == "sampled.1"]
    if drawn and not by_lot:
        cases.flag(town.office, town.officer, case.id, "sampled", "drawn", town.at)
    if by_lot and not drawn:
        cases.unflag(town.office, town.officer, case.id, "sampled", "seen last month", town.at)
    cases.fire(town.office, town.applicant, case.id, "amend", town.at, {"reason": "more grams"})
    where = {"kind": "certificate", "parent": case.id}
    (new,) = cases.find(town.office, town.officer, Search(where=where)).items
    assert [f.id for f in new.flags] == (["sampled.1"] if drawn else [])


def test_a_review_that_is_refused_breaks_the_consent_until_one_is_made(town):
    case = town.granted(town.registered())
    said = []
    for effects_of in (("refuse_duty:review",), ("meet_duty:review",)):
        done(town, case, *effects_of)
        with town.office.store.view() as view:
            where = {"subject": case.subject, "kind": "review"}
            (duty,) = view.find(Duty, Search(where)).items
        said.append((duty.state, duty.data.get("refused")))
    assert said == [("late", "yes"), ("met", None)]
