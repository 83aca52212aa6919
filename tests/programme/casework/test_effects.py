from __future__ import annotations

from xenotime.programme.casework.effects import INNER, OUTER, split


def test_the_machine_and_the_services_share_no_effect():
    assert set(INNER) & set(OUTER) == set()


def test_every_effect_is_used_by_a_table(kinds):
    used = {split(e)[0] for m in kinds.values() for move in m.moves for e in move.effects}
    assert used - set(INNER) - set(OUTER) == set()
    assert sorted((set(INNER) | set(OUTER)) - used) == []
