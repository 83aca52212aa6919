from __future__ import annotations

from xenotime.services.supply.regions import UNION, region


def test_the_union_has_27_members_and_is_one_region():
    assert len(UNION) == 27
    assert {region(state) for state in UNION} == {"EU"}


def test_a_territory_that_is_not_kept_apart_is_the_rest():
    assert [region(t) for t in ("CH", "GB", "TW", "MO", "US", "MM")] == ["ROW"] * 4 + ["US", "MM"]
