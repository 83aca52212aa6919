from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.programme.casework.terms import conditions
from xenotime.programme.trust.condition import TESTS


def test_conditions_by_track(veu, cn):
    found = {
        (p.id, track): [c.id for c in conditions(p, track)]
        for p in (veu, cn)
        for track in ("civil", "military")
    }
    assert found == {
        ("veu", "civil"): ["C2", "C4", "C5", "C6", "C7", "C9", "C10", "K1"],
        ("veu", "military"): ["C2", "C5", "C6", "C7", "C9", "C10", "K1"],
        ("cn-general", "civil"): ["N1", "N2", "N3", "N4", "N5", "N6", "K1"],
        ("cn-general", "military"): ["N1", "N3", "N4", "N5", "N6", "K1"],
    }


def test_a_condition_carries_its_test_and_its_source(profile):
    for found in conditions(profile, "civil", ("X1",)):
        assert found.test in TESTS
        assert found.says
        assert found.source
        assert found.confidence


def test_a_named_condition_stands_beside_the_standing_ones_once(veu):
    assert [c.id for c in conditions(veu, "civil", ("C5", "X1"))][-3:] == ["C10", "K1", "X1"]


def test_a_condition_that_the_profile_has_not_is_refused(veu):
    with pytest.raises(InputError) as failure:
        conditions(veu, "civil", ("Z9",))
    assert failure.value.problem.found == "Z9"
