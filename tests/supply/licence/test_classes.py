from __future__ import annotations

from itertools import pairwise

import pytest

from xenotime.law.answer import Outcome
from xenotime.supply.licence.classes import CLASSES, CLOCK, ORDERED, WORDS, Treatment, eased, treatment


def test_the_words_are_the_law_s_own_in_its_own_order():
    assert tuple(outcome.word for outcome in Outcome) == WORDS


def test_every_ordered_word_is_handled_for_every_buyer():
    assert set(CLASSES) == {(word, buyer) for word in ORDERED for buyer in ("civil", "defence")}


@pytest.mark.parametrize("buyer", ["civil", "defence"])
def test_a_stricter_answer_is_never_handled_more_mildly(buyer):
    rows = [CLASSES[word, buyer] for word in ORDERED]
    for mild, strict in pairwise(rows):
        assert max(strict.hold, strict.block) >= max(mild.hold, mild.block)
        assert max(strict.refuse, strict.block) >= mild.refuse


def test_the_clock_is_45_working_days():
    assert CLOCK == 63.0
    assert (treatment("licence", "civil").lead, treatment("licence", "civil").hold) == (63.0, 1.0)


def test_what_is_free_waits_for_nothing_and_what_is_forbidden_does_not_go():
    assert treatment("not_controlled", "defence") == Treatment(why="no paper is needed")
    assert (treatment("prohibited", "civil").block, treatment("prohibited", "civil").hold) == (1.0, 0.0)


@pytest.mark.parametrize("word", ["open", "undetermined", "unverified", "conflict"])
def test_what_the_law_does_not_settle_is_never_silently_free(word):
    full = treatment(word, "civil", strictest="licence")
    assert (full.hold, full.why) == (
        1.0,
        f"not settled ({word}); 100% of it handled as licence: 45 working days; 5 % refused (assumed)",
    )
    half = treatment(word, "civil", strictest="prohibited", doubt=0.5)
    assert (half.block, half.hold) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("word", "buyer", "strictest", "expected"),
    [
        ("licence", "civil", "", True),
        ("not_controlled", "civil", "", True),
        ("licence", "defence", "", False),
        ("case_by_case", "civil", "", False),
        ("presumed_denied", "civil", "", False),
        ("prohibited", "civil", "", False),
        ("undetermined", "civil", "licence", True),
        ("undetermined", "civil", "case_by_case", False),
    ],
)
def test_a_certificate_eases_ordinary_review_of_civil_buyers_only(word, buyer, strictest, expected):
    assert eased(word, buyer, strictest=strictest) is expected
