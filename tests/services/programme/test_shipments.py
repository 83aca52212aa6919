from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.programme.world import (
    AT, CUSTOMS, DAY, EXPORTER, OFFICER, STRANGER, USER, World, unknown, unmet,
)
from xenotime.core.errors import AccessError, InputError, RepeatError, StateError
from xenotime.services.programme import certificates, shipments


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


def free(world, cap):
    with world.office.store.view() as look:
        found = next(c for c in look.caps() if c.id == cap)
    return found.grams - found.held - found.used


def test_a_shipment_inside_everything_is_allowed_and_its_grams_are_held(world):
    verdict = world.decide()
    assert (verdict.answer, unmet(verdict), unknown(verdict)) == ("allow", [], [])
    assert (verdict.state, verdict.held, verdict.licence) == ("reserved", {"Dy": 1000, "Nd": 9000}, world.licence)
    assert (verdict.law["outcome"], verdict.law["rule"]) == ("licence", "cn/mofcom-2025-18/1C905")
    assert free(world, f"{world.number}/Dy/2026") == 9_000
    assert free(world, f"{world.licence}/Dy") == 7_000
    with world.office.store.view() as look:
        assert look.get(type(verdict), verdict.id) == verdict
