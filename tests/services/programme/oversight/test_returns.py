from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation, Product
from xenotime.programme.oversight.reconcile import Return, Use
from xenotime.programme.shipping.shipment import ALLOW, Item, Shipment, Verdict
from xenotime.services.programme.oversight import returns
from xenotime.services.programme.ports import Search

FILED = datetime(2027, 2, 1, 9, tzinfo=UTC)
SHIPPED = datetime(2026, 5, 4, 9, tzinfo=UTC)
MOTOR = Product("P1", "drive motor", "S1", "vehicles", {"Dy": 20}, 5000)
OFFICER, APPLICANT = Actor("A1", "officer"), Actor("A2", "applicant", "O1")


def organisation(key, track="civil"):
    return Organisation(
        key, f"Invented {key}", "DE", "end_user", "active", track, SHIPPED, products=(MOTOR,), invented=True
    )


def delivered(key, lot, grams, *, user="O1", committed=None, on=date(2026, 5, 4)):
    item = Item("1C905", {"Dy": grams}, lot)
    shipment = Shipment("XC-1", "EX", user, "S1", (item,), "vehicles", ("CN", "DE"), on)
    return Verdict(
        key, ALLOW, shipment, (), SHIPPED, "applicant:A2", "EX",
        state="committed", committed={"Dy": grams if committed is None else committed},
    )  # fmt: skip


def clean(lot="L1", grams=25_000):
    used = grams * 9 // 10
    return (
        Use("received", "Dy", lot, grams),
        Use("used", "Dy", lot, used, "P1", used // 20),
        Use("loss", "Dy", lot, grams // 100),
        Use("closing", "Dy", lot, grams - used - grams // 100),
    )


@pytest.fixture
def started(office):
    with office.store.change() as change:
        for thing in (organisation("O1"), organisation("O2", "military"), organisation("O3")):
            change.add(thing)
        change.add(delivered("V1", "L1", 25_000))
        change.add(delivered("V2", "L2", 30_000, committed=25_000))
        change.add(delivered("V3", "L9", 5_000, user="O3"))
        change.add(delivered("V4", "L0", 7_000, on=date(2025, 5, 4)))
    return office


def incidents(office):
    with office.store.view() as view:
        return view.find(Case, Search({"kind": "incident"})).items


def test_a_clean_year_passes_and_opens_nothing(started):
    filed = returns.file(started, APPLICANT, "O1", 2026, (*clean("L1"), *clean("L2")), FILED)
    made = returns.reconcile(started, OFFICER, filed.id, FILED)
    assert (made.report.state, made.balance.clean, made.case) == ("balanced", True, None)
    assert incidents(started) == ()


def test_a_planted_diversion_of_two_percent_is_found_and_escalated_once(started):
    rows = tuple(
        Use(r.kind, r.element, r.lot, r.grams - 500) if (r.kind, r.lot) == ("closing", "L2") else r
        for r in (*clean("L1"), *clean("L2"))
    )
    filed = returns.file(started, APPLICANT, "O1", 2026, rows, FILED)
    made = returns.reconcile(started, OFFICER, filed.id, FILED)
    again = returns.reconcile(started, SYSTEM, filed.id, FILED)
    assert [(i.kind, i.lot, i.grams) for i in made.balance.issues] == [("gap", "L2", 500)]
    assert (made.report.state, again.case, len(incidents(started))) == ("questioned", None, 1)
    case = incidents(started)[0]
    assert [(f.kind, f.weight, f.data["lot"]) for f in case.findings if f.kind == "return"] == [
        ("return", "stop", "L2")
    ]


def test_a_mass_that_two_users_claim_is_found(started):
    rows = (*clean("L1"), *clean("L2"))
    filed = returns.file(started, APPLICANT, "O1", 2026, rows, FILED)
    other = Actor("A3", "applicant", "O3")
    theirs = (Use("received", "Dy", "L9", 5_000), Use("closing", "Dy", "L9", 5_000), *clean("L1"))
    returns.file(started, other, "O3", 2026, theirs, FILED)
    made = returns.reconcile(started, OFFICER, filed.id, FILED)
    assert [(i.kind, i.lot, i.grams) for i in made.balance.issues] == [("claimed_twice", "L1", 25_000)]


def test_mass_handed_to_the_strict_track_is_found(started):
    rows = (*clean("L1"), *clean("L2")[:-1], Use("transfer", "Dy", "L2", 2_250, to="O2"))
    filed = returns.file(started, APPLICANT, "O1", 2026, rows, FILED)
    found = returns.view(started, OFFICER, filed.id).balance.issues
    assert [(i.kind, i.weight) for i in found] == [("military_flow", "stop")]


def test_what_was_committed_counts_and_not_what_was_reserved(started):
    filed = returns.file(started, APPLICANT, "O1", 2026, clean("L1"), FILED)
    found = returns.view(started, APPLICANT, filed.id).balance
    assert {line.lot: line.delivered for line in found.lines} == {"L1": 25_000, "L2": 25_000}


def test_a_later_report_takes_the_place_of_one_that_nobody_read(started):
    returns.file(started, APPLICANT, "O1", 2026, clean("L1"), FILED)
    second = returns.file(started, APPLICANT, "O1", 2026, (*clean("L1"), *clean("L2")), FILED)
    with started.store.view() as view:
        assert view.get(Return, second.id).rows == second.rows


def test_a_report_in_balance_is_closed_and_one_in_question_may_be_mended(started):
    rows = (*clean("L1"), *clean("L2"))
    short = returns.file(started, APPLICANT, "O1", 2026, rows[:-1], FILED)
    assert returns.reconcile(started, OFFICER, short.id, FILED).report.state == "questioned"
    mended = returns.file(started, APPLICANT, "O1", 2026, rows, FILED)
    assert returns.reconcile(started, OFFICER, mended.id, FILED).report.state == "balanced"
    with pytest.raises(StateError, match="found in balance"):
        returns.file(started, APPLICANT, "O1", 2026, (), FILED)


def test_a_report_of_a_year_that_still_runs_is_read_again_after_it(started):
    early = datetime(2026, 6, 1, tzinfo=UTC)
    filed = returns.file(started, APPLICANT, "O1", 2026, (*clean("L1"), *clean("L2")), early)
    assert returns.reconcile(started, OFFICER, filed.id, early).report.state == "filed"
    with started.store.change() as change:
        change.add(delivered("V5", "L5", 1_000, on=date(2026, 11, 4)))
    (made,) = returns.reconcile_year(started, OFFICER, 2026, FILED)
    assert [(i.kind, i.lot) for i in made.balance.issues] == [("lot_missing", "L5")]


def test_the_whole_year_is_reconciled_and_who_is_missing_is_named(started):
    returns.file(started, APPLICANT, "O1", 2026, (*clean("L1"), *clean("L2")), FILED)
    made = returns.reconcile_year(started, OFFICER, 2026, FILED)
    assert [one.report.organisation for one in made] == ["O1"]
    assert returns.missing(started, OFFICER, 2026) == ("O3",)


def test_reports_of_others_and_of_years_to_come_are_refused(started):
    with pytest.raises(AccessError):
        returns.file(started, APPLICANT, "O2", 2026, clean(), FILED)
    with pytest.raises(InputError, match="no report is owed"):
        returns.file(started, APPLICANT, "O1", 2028, clean(), FILED)
    filed = returns.file(started, APPLICANT, "O1", 2026, clean(), FILED)
    with pytest.raises(AccessError):
        returns.view(started, Actor("A3", "applicant", "O3"), filed.id)
    with pytest.raises(AccessError):
        returns.reconcile(started, APPLICANT, filed.id, FILED)


def test_draws_that_no_product_explains_stand_out(started):
    with started.store.change() as change:
        change.add(delivered("V5", "L5", 200_000))
    found = returns.watch(started, OFFICER, "O1", datetime(2026, 9, 1, tzinfo=UTC))
    assert [(a.kind, a.element, a.drawn) for a in found] == [("over_need", "Dy", 250_000)]


def test_what_arrived_is_told_by_lot():
    def of(*items, committed):
        shipment = Shipment("XC-1", "EX", "O1", "S1", items, "vehicles", ("CN", "DE"), SHIPPED.date())
        made = Verdict("V1", ALLOW, shipment, (), SHIPPED, "applicant:A2", "O1", committed=committed)
        return [(d.element, d.lot, d.grams) for d in returns.delivered(made)]

    def item(lot, grams):
        return Item("1C905", {"Dy": grams}, lot)

    assert of(item("L1", 100), item("L2", 0), committed={"Dy": 70}) == [("Dy", "L1", 70)]
    assert of(item("L1", 60), item("L1", 40), committed={"Dy": 70}) == [("Dy", "L1", 70)]
    assert of(item("L1", 60), item("L2", 40), committed={"Dy": 100}) == [("Dy", "L1", 60), ("Dy", "L2", 40)]


def test_a_shipment_counts_in_the_year_in_which_it_left(started):
    with started.store.change() as change:
        for number, on in enumerate(
            (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
        ):
            at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
            change.add(replace(delivered(f"Y{number}", f"lot-{number}", 100, on=on), at=at))
        change.add(Return("R-O1-2026", "O1", 2026, FILED, APPLICANT.id, ()))
    found = returns.view(started, OFFICER, "R-O1-2026").balance
    assert {line.lot for line in found.lines} == {"L1", "L2", "lot-1", "lot-2"}


def test_a_lot_that_came_rightly_to_two_users_is_claimed_once_by_each(started):
    with started.store.change() as change:
        change.add(delivered("V6", "L1", 3_000, user="O3"))
    theirs = (Use("received", "Dy", "L9", 5_000), Use("closing", "Dy", "L9", 5_000))
    theirs += (Use("received", "Dy", "L1", 3_000), Use("received", "Dy", "L2", 250))
    theirs += (Use("closing", "Dy", "L1", 3_000), Use("closing", "Dy", "L2", 250))
    returns.file(started, Actor("A3", "applicant", "O3"), "O3", 2026, theirs, FILED)
    mine = (*clean("L1"), *clean("L2")[:-1], Use("closing", "Dy", "L2", 2_000))
    handed = (*mine, Use("transfer", "Dy", "L2", 250, to="O3"))
    filed = returns.file(started, APPLICANT, "O1", 2026, handed, FILED)
    assert returns.view(started, OFFICER, filed.id).balance.issues == ()
