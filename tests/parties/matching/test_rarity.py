from __future__ import annotations

from xenotime.parties.matching import rarity


def test_no_word_is_rare_and_common_at_once():
    assert frozenset() == rarity.PARTICLES & rarity.COMMON
    assert [rarity.known(w) for w in ("kratos", "of", "steel")] == [0, 1, 3]


def test_a_short_name_may_stand_for_several():
    assert sorted(rarity.called()["bill"]) == ["william"]
    assert sorted(rarity.called()["pat"]) == ["patricia", "patrick"]
