from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from xenotime.programme.casework.case import Condition
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.read import profiles
from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.programme.trust import condition

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ON = date(2026, 11, 30)
MAGNETS = Item("1C905.a.4", {"Dy": 500, "Nd": 9000})
SHIPMENT = Shipment("XC-1", "EX", "EU", "S1", (MAGNETS,), "motors", ("CN", "DE"), ON)


def duty(kind, state="met", met=AT, due=ON, **data):
    return Duty("d", kind, "EU", "XC-1", "says", due, state, AT, "", met=met, data=data)


def check(test, value="", proofs=(), track="civil", **more):
    shipment = replace(SHIPMENT, **more)
    asked = condition.Asked(shipment, shipment.items, track, "DE", AT, tuple(proofs))
    found = condition.check(
        Condition("C", "holder", test, value, "", "shipment", "refuse", "says", "src"), asked
    )
    assert (found.check, found.source) == ("condition:C", "src")
    return found.met


UNDERTAKING = duty("undertaking", exporter="EX", signed="2026-11-20")
PERIOD = duty("notice_period", exporter="EX", signed="2026-11-20", days="30")


@pytest.mark.parametrize(
    ("test", "value", "proofs", "more", "met"),
    [
        ("undertaking", "", [UNDERTAKING], {}, True),
        ("undertaking", "", [], {}, False),
        ("undertaking", "", [UNDERTAKING], {"exporter": "OTHER"}, False),
        ("undertaking", "", [replace(UNDERTAKING, state="open")], {}, False),
        ("undertaking", "", [UNDERTAKING], {"on": date(2026, 11, 19)}, False),
        ("undertaking", "", [replace(UNDERTAKING, met=AT + timedelta(seconds=1))], {}, False),
        ("undertaking", "", [replace(UNDERTAKING, data={"exporter": "EX"})], {}, True),
        ("notice_agreed", "", [PERIOD], {}, True),
        ("notice_agreed", "", [UNDERTAKING], {}, False),
        ("civil_only", "", [], {}, True),
        ("civil_only", "", [], {"facts": {"military_use": "yes"}}, False),
        ("no_transfer", "", [], {}, True),
        ("no_transfer", "", [], {"route": ("DE", "DE")}, False),
        ("no_transfer", "DE", [], {"route": ("DE", "DE")}, True),
        ("no_transfer", "", [], {"route": ("DE", "NL", "DE")}, False),
        ("most_grams", "Dy:500", [], {}, True),
        ("most_grams", "Dy:499", [], {}, False),
        ("most_grams", "Tb:0", [], {}, True),
        ("most_grams", "much", [], {}, None),
        ("end_use", "Motors; pumps", [], {}, True),
        ("end_use", "pumps", [], {}, False),
        ("countries", "DE; FR", [], {}, True),
        ("countries", "FR", [], {}, False),
        ("reports", "", [duty("annual_report", "open", None, AT.date())], {}, True),
        ("reports", "", [duty("annual_report", "open", None, AT.date() - timedelta(days=1))], {}, False),
        ("reports", "", [duty("annual_report", "met", AT, AT.date() - timedelta(days=1))], {}, True),
        ("cure", "", [duty("cure", "late", None, date(2026, 1, 1))], {}, False),
        ("cure", "", [duty("annual_report", "late", None, date(2026, 1, 1))], {}, True),
        ("review_consent", "", [duty("review", "open", None)], {}, True),
        ("review_consent", "", [duty("review", "late", None, refused="yes")], {}, False),
        ("review_consent", "", [duty("review", "met", AT, refused="yes")], {}, False),
        ("review_consent", "", [duty("review", "met", AT, refused="yes", judged="accepted")], {}, True),
        ("review_consent", "", [duty("review", "waived", None, refused="yes")], {}, True),
        ("records", "", [duty("records", "late", None, refused="yes")], {}, False),
        ("records", "", [duty("review", "late", None, refused="yes")], {}, True),
        ("telepathy", "", [], {}, None),
    ],
)
def test_each_condition_is_met_broken_or_left_to_a_person(test, value, proofs, more, met):
    assert check(test, value, proofs, **more) is met


def test_a_user_of_the_military_track_never_meets_civil_only():
    assert check("civil_only", track="military") is False


@pytest.mark.parametrize("profile", ["veu", "cn-general"])
def test_every_condition_of_a_packaged_profile_has_a_test(profile):
    lines = profiles()[profile].under("condition.")
    assert lines
    assert {line.value["test"] for line in lines} <= set(condition.TESTS)


def test_only_conditions_on_what_is_on_record_ask_for_it():
    named = [Condition("C", "", test, "", "", "", "", "") for test in ("undertaking", "civil_only")]
    assert [condition.needs([c]) for c in named] == [True, False]


# ---- VE-07, VE-08 --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "agreement", "right"),
    [(20, PERIOD, True), (30, PERIOD, True), (31, PERIOD, False), (20, None, False)],
)
def test_a_notice_is_in_time_inside_the_period_agreed_beforehand(days, agreement, right):
    """VE-07: sent on day 20 of 30 agreed: yes. VE-08: the same without an agreement beforehand: no."""
    assert condition.in_time(ON + timedelta(days=days), ON, agreement) is right
