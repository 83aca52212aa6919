from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.matching import syllables
from xenotime.parties.naming.name import PINYIN, Name

ROWS = st.lists(st.sampled_from("wang li zhang zheng wei ming guo hua".split()), min_size=1, max_size=5)


def said(*row):
    return Name(" ".join(row), PINYIN, row)


@given(ROWS, ROWS)
def test_no_row_is_above_its_ceiling(left, right):
    mine, theirs = said(*left), said(*right)
    shared = sum(max(syllables.near(a, b) for b in right) for a in left) * syllables.WEIGHT // 100
    found = syllables.align(mine, theirs)
    assert found.raw <= syllables.ceiling(shared, 5 * len(left), 5 * len(right))


def test_the_surname_must_agree_and_may_stand_last():
    name = said("zhang", "guo", "hua")
    rows = [("zhang", "guo", "hua"), ("guo", "hua", "zhang"), ("li", "guo", "hua"), ("zhang", "guo", "ming")]
    assert [syllables.align(said(*row), name).raw for row in rows] == [1000, 970, 333, 666]
