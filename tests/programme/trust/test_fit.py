from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.programme.trust.fit import best, fit, state_on
from xenotime.programme.trust.licence import Permit

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ITEM = Item("1C905.a.4", {"Dy": 5})
SHIPMENT = Shipment("XC-1", "EX", "EU", "S1", (ITEM,), "motors", ("CN", "DE"), date(2026, 11, 30))
GENERAL = Permit(
    "XG-1", "XG-1", "general", "EX", ("EU",), ("1C905",), {"Dy": 9}, date(2026, 11, 1), date(2026, 12, 31),
    "active", AT, "C",
)  # fmt: skip
SINGLE = replace(GENERAL, id="XI-1", number="XI-1", kind="individual")


@pytest.mark.parametrize(
    ("permit", "more", "fails"),
    [
        (GENERAL, {}, ()),
        (SINGLE, {}, ()),
        (replace(GENERAL, state="suspended"), {}, ("state",)),
        (replace(GENERAL, exporter="X"), {}, ("exporter",)),
        (replace(GENERAL, users=("X",)), {}, ("user",)),
        (replace(GENERAL, items=("1C904",)), {}, ("item",)),
        (replace(GENERAL, grams={"Tb": 9}), {}, ("element",)),
        (replace(GENERAL, valid_until=date(2026, 11, 29)), {}, ("date",)),
        (replace(GENERAL, valid_from=date(2026, 12, 1)), {}, ("date",)),
        (replace(GENERAL, uses=3), {}, ()),
        (replace(SINGLE, uses=1), {}, ("used",)),
        (GENERAL, {"single": True}, ("single",)),
        (SINGLE, {"single": True}, ()),
        (GENERAL, {"watched": True}, ("watch_listed",)),
        (SINGLE, {"watched": True}, ()),
    ],
)
def test_each_bound_that_fails_is_named(permit, more, fails):
    assert fit(permit, SHIPMENT, (ITEM,), AT, **more).fails == fails


def test_what_nobody_knows_of_a_watch_list_leaves_a_general_licence_unsure():
    found = fit(GENERAL, SHIPMENT, (ITEM,), AT, watched=None)
    assert (found.fits, found.unsure) == (None, ("watch_listed",))
    assert fit(SINGLE, SHIPMENT, (ITEM,), AT, watched=None).fits is True


def test_the_best_is_general_before_individual_and_sure_before_unsure():
    general, single = (fit(p, SHIPMENT, (ITEM,), AT) for p in (GENERAL, SINGLE))
    unsure = fit(GENERAL, SHIPMENT, (ITEM,), AT, watched=None)
    wrong = fit(replace(GENERAL, users=()), SHIPMENT, (ITEM,), AT)
    assert best([single, general]) == general
    assert best([unsure, single]) == single
    assert best([unsure, wrong]) == unsure
    assert best([wrong]) is None


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (AT, "active"),
        (datetime(2027, 1, 1, tzinfo=UTC), "expired"),
        (datetime(2026, 10, 1, tzinfo=UTC), "not_yet"),
    ],
)
def test_the_state_on_a_day(at, state):
    assert state_on(GENERAL, at) == state
    assert state_on(replace(GENERAL, state="revoked"), at) == "revoked"
