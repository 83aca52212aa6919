"""The index loses nothing: what a full scan finds above the alert is among the index's candidates."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from tests.properties import crowd

from xenotime.parties.listing.entry import ListedName, ListEntry
from xenotime.parties.matching.align import align
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.naming.views import views
from xenotime.parties.search.apart import apart
from xenotime.parties.search.index import Index
from xenotime.parties.search.screen import Screen, scan

#: Lists of these many names are asked so many queries each: 20,000 in all.
SIZES = ((10, 10000), (30, 6000), (80, 3000), (200, 800), (800, 200))


def entries(dice, count):
    names = dict.fromkeys(dice.choice(crowd.MAKERS)(dice) for _ in range(2 * count))
    return [ListEntry("made", str(n), (ListedName(name),)) for n, name in enumerate(list(names)[:count])]


def question(dice, listed):
    """A listed name after accidents, one in pinyin, one that is not listed, or noise."""
    kind = dice.random()
    if kind < 0.7:
        return crowd.disturbed(dice.choice(listed).name, dice)
    if kind < 0.8:
        syllables = lazy_pinyin(dice.choice(listed).name)
        return dice.choice(("", " ")).join(syllables).title()
    return crowd.noise(dice) if kind < 0.9 else crowd.disturbed(dice.choice(crowd.MAKERS)(dice), dice)


def lost(text, index):
    """The views that a full scan keeps, and the index does not propose."""
    found = []
    for name in views(text):
        proposed = set(index.candidates(name))
        for number in set(range(len(index))) - proposed:
            theirs = index.view(number)
            if theirs.kind == name.kind and not apart(align(name, theirs)):
                found.append(f"lost {text!r}: {name.kind} {name.tokens} and {theirs.tokens}")
    return found


@pytest.mark.slow
def test_no_name_that_a_full_scan_keeps_is_lost():
    dice = random.Random(20260719)
    losses = []
    for size, queries in SIZES:
        listed = entries(dice, size)
        index = Index.of(listed)
        for _ in range(queries):
            losses += lost(question(dice, listed), index)
    assert (sum(queries for _, queries in SIZES), "\n".join(losses)) == (20000, "")


@pytest.mark.slow
def test_the_screen_answers_as_the_full_scan_does():
    dice = random.Random(7)
    listed = entries(dice, 120)
    screen = Screen(listed)
    for number in range(400):
        query = PartyQuery(str(number), question(dice, listed))
        assert screen.answer(query) == scan(query, listed)


ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", " ", "-", "A", "中", "x" * 9000, "a " * 4000, "中" * 3000, "\x00\x07", "\ud800"]),
    st.lists(st.sampled_from([*crowd.TRADES, "Group", "Company", "of", "and", "Ltd"]), max_size=6).map(
        " ".join
    ),
)
LISTED = entries(random.Random(3), 80)
SCREEN = Screen([*LISTED, ListEntry("made", "generic", (ListedName("Technology Trading Group"),))])


@settings(deadline=None, max_examples=150)
@given(ODD)
def test_odd_names_are_answered_as_by_the_full_scan(text):
    query = PartyQuery("p", text)
    assert SCREEN.answer(query) == scan(query, SCREEN.entries)
