from __future__ import annotations

from datetime import date

import pytest

from xenotime.services.agenda import bounds_words

COUNSEL = "see counsel: disclosure mitigates (cn/mofcom-2026-26)"


def told(made):
    return [(a.due[0] if a.due else None, a.what, a.address, a.shipments) for a in made.actions]


@pytest.fixture
def planned(row):
    return {"shipments": [row("shipments", status="planned")], "legs": [row("legs", day="2026-12-01")]}


def test_a_planned_leg_without_a_licence_is_due_on_its_day(assessed, planned):
    assert told(assessed(**planned)) == [
        (
            date(2026, 12, 1),
            "Licence needed before this moves: no licence held is for these goods and this buyer",
            "cn/mofcom-2025-18/1C905",
            ("S-1",),
        )
    ]


def test_the_nearest_licence_says_what_fails_in_words(assessed, planned, row):
    made = assessed(**planned, licences=[row("licences", quantity_kg="5", to_day="2026-11-30")])
    assert told(made)[0][1] == "Licence needed before this moves: IL-1 does not cover it (quantity, date)"


def test_a_covered_leg_asks_for_nothing(assessed, planned, row):
    assert told(assessed(**planned, licences=[row("licences")])) == []


def test_legs_with_one_reason_share_a_line_due_with_the_first(assessed, row):
    made = assessed(
        shipments=[row("shipments", shipment=f"S-{n}", status="planned") for n in (1, 2, 3)],
        legs=[row("legs", shipment=f"S-{n}", day=f"2026-12-0{n}") for n in (3, 2, 1)],
    )
    assert [(a.due, a.shipments) for a in made.actions] == [
        ((date(2026, 12, 1), date(2026, 12, 1)), ("S-1", "S-2", "S-3"))
    ]


@pytest.mark.parametrize(
    ("decided", "words"),
    [("", "application A-1 is pending"), ("2026-11-20", "application A-1 was decided on 2026-11-20")],
)
def test_an_application_for_the_shipment_is_mentioned(assessed, planned, decided, words):
    filed = {
        "application": "A-1",
        "shipment": "S-1",
        "exporter": "maker",
        "filed": "2026-10-01",
        "accepted": "2026-10-12",
        "decided": decided,
    }
    made = assessed(**planned, applications=[filed])
    assert told(made)[0][1].endswith(f"this buyer; {words}")


def test_the_clock_of_an_application_runs_from_acceptance(assessed):
    filed = {"application": "A-1", "exporter": "maker", "filed": "2026-10-01", "accepted": "2026-10-12"}
    made = assessed(applications=[filed], shipments=[], legs=[])
    assert told(made) == [
        (
            date(2026, 12, 14),
            "Decision on application A-1 is due (45 working days from 2026-10-12)",
            "cn/order-792/17",
            (),
        )
    ]


def test_an_application_not_accepted_has_no_day(assessed):
    made = assessed(
        applications=[{"application": "A-1", "exporter": "maker", "filed": "2026-10-01"}],
        shipments=[],
        legs=[],
    )
    assert told(made)[0][:2] == (
        None,
        "Application A-1 is not accepted: the 45 working days have not started",
    )


def test_what_moved_without_a_licence_is_one_line_per_instrument(assessed, row):
    made = assessed(
        shipments=[row("shipments", shipment=f"S-{n}") for n in (1, 2)],
        legs=[row("legs", shipment=f"S-{n}") for n in (1, 2)],
    )
    assert told(made) == [
        (
            None,
            f"Moved without a covering licence on file: find it; {COUNSEL}",
            "cn/mofcom-2025-18/1C905",
            ("S-1", "S-2"),
        )
    ]


def test_what_moved_outside_a_licence_is_told_apart(assessed, row):
    made = assessed(licences=[row("licences", quantity_kg="5")])
    assert told(made)[0][1].startswith("Moved outside the bounds of a licence on file; see counsel")


def test_a_licence_that_came_later_covered_nothing(assessed, row):
    made = assessed(licences=[row("licences", from_day="2026-09-02")])
    assert told(made)[0][1] == f"Moved without a covering licence on file: find it; {COUNSEL}"


def test_a_planned_leg_to_a_listed_party_is_stopped(assessed, planned, row):
    parties = [row("parties"), {"party": "buyer", "name": "HENSOLDT AG", "country": "DE"}]
    (action, *_) = assessed(
        **{**planned, "legs": [row("legs", day="2026-12-01", to_country="DE")]}, parties=parties
    ).actions
    assert (action.what, action.address) == (
        "Stop: Dysprosium oxide to HENSOLDT AG is prohibited",
        "cn/mofcom-2026-20/1",
    )


def test_a_near_miss_is_a_question(assessed, row):
    parties = [row("parties"), {"party": "buyer", "name": "Hensoldo GmbH", "country": "DE"}]
    made = assessed(parties=parties, legs=[row("legs", to_country="DE")])
    assert [a.what for a in made.actions if a.due is None and a.what.startswith("Review")] == [
        "Review: is Hensoldo GmbH the listed HENSOLDT AG?"
    ]


def test_a_challenge_is_due_while_its_term_runs(assessed, row):
    ships = [row("shipments", status="shipped", customs_challenge="2025-06-16")]
    legs = [row("legs", day="2025-06-16")]
    wanted = [(date(2025, 6, 25), "Answer the customs challenge of 2025-06-16 with stamped papers")]
    found = {
        known: [a[:2] for a in told(assessed(known, shipments=ships, legs=legs)) if "challenge" in a[1]]
        for known in (date(2025, 6, 15), date(2025, 6, 25), date(2025, 6, 26))
    }
    assert list(found.values()) == [[], wanted, []]


def test_what_is_to_come_stands_before_what_is_past(assessed, planned):
    made = assessed(
        **planned,
        applications=[
            {"application": "A-1", "exporter": "maker", "filed": "2026-01-05", "accepted": "2026-01-06"}
        ],
    )
    assert [a.due[0] > date(2026, 11, 21) for a in made.actions if a.due] == [True, False]


def test_a_hinge_lies_ahead_of_the_legs_it_touches(assessed, row):
    holmium = row("products", name="Holmium oxide", elements="Ho")
    made = assessed(products=[holmium], legs=[row("legs", day="2026-11-16")])
    assert [(a.day, a.address, a.shipments) for a in made.ahead] == [
        (date(2026, 11, 11), "cn/mofcom-2025-70", ("S-1",))
    ]


def test_the_end_of_a_licence_lies_ahead_of_the_legs_after_it(assessed, planned, row):
    made = assessed(**planned, licences=[row("licences", to_day="2026-11-30")])
    assert [(a.day, a.what, a.shipments) for a in made.ahead] == [
        (date(2026, 11, 30), "Licence IL-1 ends", ("S-1",))
    ]


def test_the_fact_that_settles_most_shipments_is_asked_first(assessed, row):
    grade = row("products", kind="magnet", material="NdFeB", elements="Nd;?Dy")
    made = assessed(products=[grade])
    assert [(a.fact, a.who, a.shipments) for a in made.asks if a.fact == "el_dy"] == [
        ("el_dy", "supplier", ("S-1",))
    ]


def test_bounds_are_told_in_words():
    assert bounds_words(("end_user", "used", "date?", "watch_listed")) == (
        "end user, already used for another export, date, the buyer is on the watch list"
    )
