from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.services.programme.world import (
    AT,
    CUSTOMS,
    DAY,
    EXPORTER,
    OFFICER,
    STRANGER,
    USER,
    World,
    unknown,
    unmet,
)  # fmt: skip

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import SYSTEM
from xenotime.programme.casework.case import Case
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return
from xenotime.programme.profile import Line
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.oversight import duties
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import certificates


@pytest.fixture
def world(office, libraries):
    made = World(replace(office, library=lambda _: libraries())).ready()
    with made.office.store.change() as change:
        change.add(Return("R-EU-2026", "EU", 2026, on(date(2027, 1, 5)), "A5", ()))
    return made


def opened(world, kind="annual_report", **more):
    with world.office.store.change() as change:
        return duties.open(change, world.office, kind, "EU", world.number, SYSTEM, AT, **more)


def look(world, kind, key):
    with world.office.store.view() as view:
        return view.get(kind, key)


def letters(world):
    with world.office.store.view() as view:
        return [x.template for x in view.find(Letter, Search({"organisation": "EU"}, order="sent")).items]


def on(day):
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


# ---- due -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "more", "due"),
    [
        ("annual_report", {}, date(2027, 2, 15)),
        ("annual_report", {"year": 2027}, date(2028, 2, 15)),
        ("records", {}, date(2031, 12, 31)),
        ("review", {}, date(2027, 11, 21)),
        ("humanitarian_report", {"on": date(2026, 9, 24)}, date(2026, 10, 15)),
        ("downstream_notice", {"on": date(2026, 6, 1)}, date(2026, 6, 15)),
        ("cure", {}, date(2026, 12, 21)),
        ("cure", {"days": 5}, date(2026, 11, 26)),
        ("notice", {"days": 30, "on": date(2026, 12, 1)}, date(2026, 12, 31)),
    ],
)
def test_each_kind_is_due_as_the_profile_says(world, kind, more, due):
    duty = opened(world, kind, **more)
    assert (duty.due, duty.state, duty.organisation) == (due, "open", "EU")
    assert duty.says
    assert duty.says_zh


def test_a_yearly_obligation_is_opened_once(world):
    assert opened(world) == opened(world)
    assert opened(world, year=2027).id != opened(world).id


@pytest.mark.parametrize(("kind", "days"), [("homework", 0), ("condition", -1), ("condition", 9999)])
def test_an_unknown_obligation_is_refused(world, kind, days):
    with pytest.raises(InputError):
        opened(world, kind, days=days)


def test_the_timer_opens_report_and_records_of_each_certificate_once_a_year(world):
    made = duties.calendar(world.office, AT)
    assert made == (f"annual_report.{world.number}.2026", f"records.{world.number}.2026")
    assert duties.calendar(world.office, AT + timedelta(days=9)) == ()
    assert duties.calendar(world.office, AT + timedelta(days=60)) == (
        f"annual_report.{world.number}.2027", f"records.{world.number}.2027",
    )  # fmt: skip
    assert duties.calendar(world.office, AT + timedelta(days=900)) == ()


def test_a_humanitarian_shipment_owes_a_report_in_ten_working_days(world):
    verdict = world.decide(world.shipment(facts={"humanitarian": "yes"}))
    assert verdict.answer == "allow"
    with world.office.store.view() as view:
        (duty,) = view.find(Duty, Search({"subject": verdict.id})).items
    assert (duty.kind, duty.organisation, duty.due) == ("humanitarian_report", "EX", date(2026, 12, 4))


# ---- met and judged ------------------------------------------------------------------------
def test_an_obligation_is_met_with_evidence_and_judged(world):
    key = opened(world).id
    met = duties.meet(world.office, USER, key, ("report 2026",), AT)
    assert (met.state, met.met, met.evidence) == ("met", AT, ("report 2026",))
    back = duties.judge(world.office, OFFICER, key, AT, ok=False, reason="a page is missing")
    assert (back.state, back.met, back.data["judged"]) == ("open", None, "refused")
    duties.meet(world.office, USER, key, ("the page",), AT)
    done = duties.judge(world.office, OFFICER, key, AT, ok=True, reason="complete")
    assert (done.state, done.evidence) == ("met", ("report 2026", "the page"))


def test_a_yearly_report_is_met_by_no_sentence_without_the_report(world):
    key = opened(world, year=2027).id
    with pytest.raises(StateError, match="filed before"):
        duties.meet(world.office, USER, key, ("it was filed",), AT)
    early = Return("R-EU-2027", "EU", 2027, on(date(2027, 12, 31)), "A5", ())
    with world.office.store.change() as change:
        change.add(early)
    with pytest.raises(StateError, match="filed before"):
        duties.meet(world.office, USER, key, ("R-EU-2027",), AT)
    with world.office.store.change() as change:
        change.put(replace(early, filed=on(date(2028, 1, 3))))
    assert duties.meet(world.office, USER, key, ("R-EU-2027",), AT).state == "met"


def test_what_is_refused_after_its_day_is_late(world):
    key, after = opened(world).id, on(date(2027, 3, 1))
    assert duties.meet(world.office, USER, key, ("report",), after).data["late"] == "yes"
    assert duties.judge(world.office, OFFICER, key, after, ok=False, reason="empty").state == "late"


@pytest.mark.parametrize("evidence", [(), ("",), ("x" * 301,), ("x",) * 51])
def test_without_evidence_nothing_is_met(world, evidence):
    with pytest.raises(InputError):
        duties.meet(world.office, USER, opened(world).id, evidence, AT)


def test_what_was_settled_is_not_settled_again(world):
    key = opened(world).id
    duties.waive(world.office, OFFICER, key, AT, "no shipments")
    for act in (
        lambda: duties.meet(world.office, USER, key, ("x",), AT),
        lambda: duties.judge(world.office, OFFICER, key, AT, ok=True, reason="x"),
        lambda: duties.waive(world.office, OFFICER, key, AT, "x"),
        lambda: duties.refuse(world.office, OFFICER, key, AT, "x"),
    ):
        with pytest.raises(StateError):
            act()


def test_who_may_do_what(world):
    key = opened(world).id
    for actor in (STRANGER, EXPORTER, CUSTOMS):
        with pytest.raises(AccessError):
            duties.meet(world.office, actor, key, ("x",), AT)
        with pytest.raises(AccessError):
            duties.meet(world.office, actor, "duty-none", ("x",), AT)
    with pytest.raises(AccessError):
        duties.judge(world.office, USER, key, AT, ok=True, reason="x")
    with pytest.raises(AccessError):
        duties.waive(world.office, USER, key, AT, "x")
    with pytest.raises(AccessError):
        duties.view(world.office, STRANGER, key)
    assert duties.view(world.office, USER, key).id == key
    assert [d.id for d in duties.find(world.office, USER, Search({})).items] == [key]
    assert duties.find(world.office, STRANGER, Search({"organisation": "EU"})).items == ()


# ---- on record -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "evidence", "ahead", "days"),
    [("undertaking", ("x",), 1, 0), ("undertaking", (), 0, 0), ("undertaking", ("x",), 0, 30),
     ("notice_period", ("x",), 0, 0), ("review", ("x",), 0, 0)],
)  # fmt: skip
def test_only_what_was_signed_by_then_is_put_on_record(world, kind, evidence, ahead, days):
    signed = DAY + timedelta(days=ahead)
    with pytest.raises(InputError):
        duties.record(world.office, USER, kind, world.number, "EX", evidence, AT, signed=signed, days=days)


@pytest.mark.parametrize("actor", [EXPORTER, STRANGER, CUSTOMS])
def test_nobody_vouches_for_the_promise_of_another(world, actor):
    for number in (world.number, "XC-2026-0999"):
        with pytest.raises(AccessError):
            duties.record(world.office, actor, "undertaking", number, "EX", ("x",), AT, signed=DAY)


@pytest.mark.parametrize("actor", [USER, OFFICER])
def test_the_holder_or_an_officer_puts_an_undertaking_on_record(world, actor):
    made = duties.record(world.office, actor, "undertaking", world.number, "EX", ("paper",), AT, signed=DAY)
    assert (made.state, made.organisation, made.data["exporter"], made.due) == ("met", "EU", "EX", DAY)


# ---- reminders and sanctions ---------------------------------------------------------------
def test_reminders_go_out_once_each_thirty_seven_and_one_day_before(world):
    opened(world)
    due = date(2027, 2, 15)
    rounds = [(40, 0), (30, 1), (30, 0), (29, 0), (7, 1), (6, 0), (1, 1), (0, 0)]
    assert [duties.remind(world.office, on(due - timedelta(days=d))).letters for d, _ in rounds] == [
        n for _, n in rounds
    ]
    assert letters(world) == ["duty_reminder"] * 3


def test_one_round_after_a_long_silence_sends_one_letter(world):
    opened(world)
    assert duties.remind(world.office, on(date(2027, 2, 14))).letters == 1
    assert duties.remind(world.office, on(date(2027, 2, 14))).letters == 0


def test_a_late_obligation_goes_up_step_by_step_and_never_two_at_once(world):
    key = opened(world).id
    start = date(2027, 2, 16)
    seen = []
    for days in (0, 0, 29, 30, 59, 60, 90, 91, 200):
        duties.remind(world.office, on(start + timedelta(days=days)))
        holder, made = look(world, Organisation, "EU"), look(world, Certificate, world.number)
        seen.append((look(world, Duty, key).step, holder.state, made.state))
    assert seen == [
        (1, "active", "active"), (1, "active", "active"), (1, "active", "active"),
        (2, "restricted", "active"),
        (2, "restricted", "active"), (3, "restricted", "suspended"), (4, "restricted", "suspended"),
        (4, "restricted", "suspended"), (4, "restricted", "suspended"),
    ]  # fmt: skip
    with world.office.store.view() as view:
        (case,) = view.find(Case, Search({"kind": "revocation"})).items
    assert (case.state, case.subject, case.opened_by) == ("proposed", world.number, "system:system")
    assert letters(world) == ["duty_step"] * 4
    assert look(world, Organisation, "EU").steps == 4


def test_a_step_against_an_exporter_falls_on_its_licences(world):
    line = Line("sanction.steps", ["suspend", "revoke"], "says", "own", "own")
    profile = replace(world.office.profile, lines={**world.office.profile.lines, "sanction.steps": line})
    world.office = replace(world.office, profile=profile)
    first, second = world.licence, world.license().number
    with world.office.store.change() as change:
        duties.open(change, world.office, "annual_report", "EX", first, SYSTEM, AT)
        duties.open(change, world.office, "cure", "EX", "C-7", SYSTEM, AT, days=200)

    def states():
        return [look(world, Permit, n).state for n in (first, second)]

    duties.remind(world.office, on(date(2027, 2, 16)))
    assert states() == ["suspended", "active"]
    duties.remind(world.office, on(date(2027, 6, 10)))
    assert states() == ["suspended", "suspended"]
    with world.office.store.view() as view:
        assert [c.subject for c in view.find(Case, Search({"kind": "revocation"})).items] == [first]
    assert look(world, Certificate, world.number).state == "active"


def test_what_cannot_be_suspended_any_more_does_not_stop_the_round(world):
    line = Line("sanction.steps", ["suspend"], "says", "own", "own")
    profile = replace(world.office.profile, lines={**world.office.profile.lines, "sanction.steps": line})
    world.office = replace(world.office, profile=profile)
    world.act(certificates.revoke, counts=on(date(2027, 1, 1)))
    opened(world)
    other = opened(world, "cure", days=1).id
    assert len(duties.remind(world.office, on(date(2027, 2, 16))).steps) == 2
    assert look(world, Duty, other).step == 1
    assert look(world, Certificate, world.number).state_on(date(2027, 2, 16)) == "revoked"


def test_a_timer_that_slept_for_a_year_still_begins_with_a_warning(world):
    key = opened(world).id
    assert duties.remind(world.office, on(date(2028, 2, 16))).steps == (f"{key}: warn",)
    assert look(world, Certificate, world.number).state == "active"


def test_the_steps_are_those_of_the_profile(world):
    line = Line("sanction.steps", ["suspend"], "says", "own", "own")
    profile = replace(world.office.profile, lines={**world.office.profile.lines, "sanction.steps": line})
    world.office = replace(world.office, profile=profile)
    opened(world)
    assert len(duties.remind(world.office, on(date(2027, 2, 16))).steps) == 1
    assert look(world, Certificate, world.number).state == "suspended"
    assert duties.remind(world.office, on(date(2027, 6, 16))).steps == ()


def test_a_restriction_is_lifted_when_nothing_is_late_any_more(world):
    key = opened(world).id
    other = opened(world, "cure", days=1).id
    for days in (0, 30):
        duties.remind(world.office, on(date(2027, 2, 16) + timedelta(days=days)))
    assert look(world, Organisation, "EU").state == "restricted"
    after = on(date(2027, 3, 25))
    verdict = world.decide(world.shipment(on=after.date()), at=after)
    assert (verdict.answer, unknown(verdict)) == ("refer", ["end_user"])
    for one in (key, other):
        duties.meet(world.office, USER, one, ("shown",), after)
        assert look(world, Organisation, "EU").state == "restricted"
        duties.judge(world.office, OFFICER, one, after, ok=True, reason="fine")
    holder = look(world, Organisation, "EU")
    assert (holder.state, holder.steps) == ("active", 0)


def test_a_restriction_that_a_person_made_is_not_lifted_by_a_report(world):
    key = opened(world, "cure", days=1).id
    for days in (2, 32):
        duties.remind(world.office, AT + timedelta(days=days))
    with world.office.store.change() as change:
        change.add(replace(world.case("incident", "EU", {}), state="restricted"))
    after = AT + timedelta(days=33)
    duties.meet(world.office, USER, key, ("shown",), after)
    duties.judge(world.office, OFFICER, key, after, ok=True, reason="fine")
    assert look(world, Organisation, "EU").state == "restricted"


def test_a_certificate_suspended_for_a_late_report_refuses_the_next_shipment(world):
    opened(world, "cure", days=1)
    for days in (2, 32, 62):
        duties.remind(world.office, AT + timedelta(days=days))
    after = AT + timedelta(days=62)
    assert "certificate" in unmet(world.decide(world.shipment(on=after.date()), at=after))


def test_a_refused_review_breaks_the_condition_of_consent(world):
    world.certify(conditions=world.conditions(world.office.profile, "N5"))
    key = opened(world, "review").id
    assert world.decide().answer == "allow"
    duties.refuse(world.office, OFFICER, key, AT, "nobody let the inspectors in")
    assert unmet(world.decide()) == ["condition:N5"]


def test_what_is_met_is_not_reminded_of(world):
    duties.meet(world.office, USER, opened(world).id, ("report",), AT)
    assert duties.remind(world.office, on(date(2027, 3, 1))) == duties.Reminded()
