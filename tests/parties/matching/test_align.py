from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.matching import tokens
from xenotime.parties.matching.align import align, ceiling, heft, total
from xenotime.parties.naming.name import HAN, LATIN, PINYIN, Name

VOCABULARY = (
    "kratos cratos systems sistems bin al j joachim hua wei huawei north 2 mohammed muhammad sergei lavrov"
).split()
WORDS = st.lists(
    st.sampled_from(VOCABULARY) | st.text("abcde", min_size=1, max_size=7), min_size=1, max_size=5
)


def latin(*words):
    return Name(" ".join(words), LATIN, words)


def shared(mine, theirs):
    """What an index can know: each word, or neighbours as one, with the best that shares a link or a seam."""
    found = 0
    for word in dict.fromkeys(mine):
        gains = [
            min(tokens.weight(word), tokens.weight(o)) for o in theirs if tokens.links(word) & tokens.links(o)
        ]
        if any(tokens.seams(word) & tokens.seams(j) for j in tokens.joins(tuple(dict.fromkeys(theirs)))):
            gains.append(tokens.weight(word))
        joined = [j for j in tokens.joins(tuple(dict.fromkeys(mine))) if word in j]
        if any(tokens.seams(j) & tokens.seams(o) for j in joined for o in theirs):
            gains.append(tokens.weight(word))
        found += max(gains, default=0)
    return found


@given(WORDS, WORDS)
def test_no_alignment_is_above_its_ceiling(left, right):
    mine, theirs = latin(*left), latin(*right)
    found = align(mine, theirs)
    if mine.key != theirs.key:
        assert found.raw <= ceiling(shared(left, right), total(left), total(right))
    assert 0 <= found.raw <= 1000


@given(WORDS, WORDS)
def test_which_name_comes_first_says_nothing(left, right):
    one, two = align(latin(*left), latin(*right)), align(latin(*right), latin(*left))
    assert (one.raw, len(one.pairs), sorted(one.alone_mine)) == (
        two.raw,
        len(two.pairs),
        sorted(two.alone_theirs),
    )


@given(WORDS)
def test_a_name_is_itself_in_any_order(words):
    assert align(latin(*words), latin(*reversed(words))).raw == 1000


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_more_shared_weight_never_lowers_the_ceiling(part, mine, theirs):
    assert ceiling(part, mine, theirs) <= ceiling(part + 1, mine, theirs) <= 1000


@pytest.mark.parametrize(
    ("mine", "theirs", "pairs"),
    [
        (("sergei", "lavrov"), ("sergeilavrov",), [("sergei lavrov", "sergeilavrov", "joined")]),
        (("hua", "wei", "tech"), ("huawei",), [("hua wei", "huawei", "joined")]),
        (
            ("j", "friedrich"),
            ("joachim", "friedrich"),
            [("friedrich", "friedrich", "same"), ("j", "joachim", "initial")],
        ),
        (
            ("kratos", "system"),
            ("systems", "kratos"),
            [("kratos", "kratos", "same"), ("system", "systems", "plural")],
        ),
    ],
)
def test_pairs(mine, theirs, pairs):
    assert [(p.mine, p.theirs, p.how) for p in align(latin(*mine), latin(*theirs)).pairs] == pairs


def test_what_stands_alone_and_what_excludes():
    found = align(latin("china", "north", "steel"), latin("china", "south", "steel", "works"))
    assert (found.alone_mine, found.alone_theirs) == (("north",), ("south", "works"))
    assert found.contradictions == ("north against south",)


def test_characters_and_syllables_align_too():
    han = align(Name("", HAN, tuple("华锋电子")), Name("", HAN, tuple("华锋电子集团")))
    assert [(p.mine, p.weight) for p in han.pairs] == [("华锋电子", 16)]
    assert (han.alone_theirs, han.raw) == (("集团",), 952)
    assert heft(Name("", HAN, tuple("华锋电子"))) == 16
    assert (
        align(Name("", PINYIN, ("hua", "wei")), Name("", PINYIN, ("hua", "wei"), how="cantonese")).raw == 960
    )


def test_views_of_two_kinds_are_never_compared():
    with pytest.raises(ValueError, match="a latin view is never compared with a han view"):
        align(latin("a"), Name("", HAN, ("华",)))
