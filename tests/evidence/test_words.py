from __future__ import annotations

import pytest

from xenotime.evidence.words import catalogue, forms, plain


@pytest.mark.parametrize(
    "asked",
    [
        "China refines",
        "refining in China",
        "Chinese processing",
        "how much does China separate?",
        "smelting CHINA",
    ],
)
def test_refining_by_any_name_is_one_question(asked):
    assert plain([asked]) == {"china", "refine"}


def test_words_of_an_element_and_its_sign_are_one():
    assert forms("Dy") == forms("dysprosium") == ("dysprosium",)


def test_europium_is_not_the_union():
    assert (forms("Eu oxide"), forms("EU imports")) == (("europium", "oxide"), ("europe", "depend"))


def test_a_word_stands_for_one_thing_only():
    every = [form for name, others in catalogue()["same"].items() for form in (name, *others)]
    assert sorted(set(every)) == sorted(every)


def test_what_carries_nothing_is_left_out():
    assert plain(["what", "is", "the", "share", "of"]) == {"share"}
    assert plain([]) == frozenset()
