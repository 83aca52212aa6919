from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties import likeness

WORDS = st.text("abcdefgh", min_size=5, max_size=11)


@pytest.mark.parametrize(
    ("left", "right", "changes"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abcd", "abd", 1),
        ("abc", "xyz", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_a_spelling_distance(left, right, changes):
    assert likeness.distance(left, right, 9) == changes


@given(WORDS, WORDS)
def test_a_distance_is_the_same_both_ways_and_keeps_its_limit(left, right):
    full = likeness.distance(left, right, 20)
    assert likeness.distance(right, left, 20) == full
    assert likeness.distance(left, right, 1) == min(full, 2)


@given(WORDS, st.integers(0, 10), st.sampled_from("xyz"))
def test_one_changed_letter_is_a_misspelling_that_a_block_finds(word, place, letter):
    i = place % len(word)
    changed = word[:i] + letter + word[i + 1 :]
    assert likeness.misspelt(word, changed)
    assert likeness.blocks(word) & likeness.blocks(changed) != frozenset()


def test_numbers_and_short_words_are_never_misspellings():
    assert [
        likeness.misspelt(a, b) for a, b in (("tdk", "tdx"), ("model7", "model8"), ("north", "south"))
    ] == [
        False,
        False,
        False,
    ]


def test_likeness_weighs_telling_words():
    assert likeness.alike(("kratos", "systems"), ("kratos", "systems")) == 100
    assert likeness.alike(("systems", "kratos"), ("kratos", "systems")) == 100
    assert likeness.alike(("alpha", "systems"), ("beta", "systems")) == 0


def test_a_name_stands_inside_a_longer_one():
    assert likeness.within(("rheinmetall",), ("rheinmetall", "waffe"))
    assert not likeness.within(("rheinmetall",), ("ex", "rheinmetall"))
    assert likeness.within(("general", "dynamics"), ("the", "general", "dynamics", "europe"))
    assert not likeness.within(("group",), ("group", "alpha"))


def test_the_core_of_a_name():
    assert [
        likeness.core(t) for t in (("saronic", "technologies"), ("group", "holdings"), ("alpha", "optics"))
    ] == [
        "saronic",
        "",
        "alphaoptics",
    ]
