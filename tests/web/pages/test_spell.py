"""Every state has a sign of its own look, and a word in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

from xenotime.programme.read import manifests
from xenotime.report.palette import LOOKS
from xenotime.web.pages import spell
from xenotime.web.pages.speech import words


def test_every_sign_is_a_look_of_the_palette():
    assert set(spell.SIGNS.values()) <= {outcome.word for outcome in LOOKS}


def test_every_outcome_of_a_case_has_a_sign_and_a_word():
    found = {state.outcome for m in manifests().values() for state in m.states if state.outcome}
    assert found - set(spell.SIGNS) == set()
    assert {o for o in found if f"state.{o}" not in words("zh").texts} == set()


def test_an_instant_says_its_zone_and_a_missing_one_is_a_dash():
    assert spell.instant(datetime(2026, 11, 21, 9, 5, tzinfo=UTC)) == "2026-11-21 09:05 UTC"
    assert spell.instant(None) == "–"


def test_grams_stay_exact():
    assert [spell.grams(n) for n in (0, 1, 999, 1000, 1001, 1_234_567)] == [
        "0 kg", "1 g", "999 g", "1 kg", "1.001 kg", "1\u202f234.567 kg",
    ]  # fmt: skip


def test_a_share_is_full_or_empty_only_if_it_is():
    assert [spell.percent(*pair) for pair in ((0, 5), (1, 1000), (999, 1000), (5, 5), (7, 5), (1, 0))] == [
        0, 1, 99, 100, 100, 100,
    ]  # fmt: skip
