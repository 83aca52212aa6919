from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xenotime.services.ask.order import Step, greedy

SETS = st.lists(st.frozensets(st.integers(0, 5), min_size=1, max_size=3), min_size=0, max_size=3)


def settles(families, asked):
    return {name for name, sets in families.items() if any(one <= asked for one in sets)}


@given(st.dictionaries(st.sampled_from("abcdefgh"), SETS.map(tuple), max_size=8))
def test_each_step_is_the_best_there_was_and_its_gain_is_true(families):
    asked, done = frozenset(), set()
    for step in greedy(families):
        mine = frozenset(step.questions)
        rest = {n: s for n, s in families.items() if n not in done}
        candidates = {one - asked for sets in rest.values() for one in sets}
        ratios = {one: Fraction(len(settles(rest, asked | one)), len(one)) for one in candidates}
        assert mine in candidates
        assert ratios[mine] == max(ratios.values())
        asked |= mine
        assert set(step.settles) == settles(rest, asked)
        done |= set(step.settles)
    assert done == {name for name, sets in families.items() if sets}


def test_two_that_settle_three_go_before_one_that_settles_one():
    a, b, c = frozenset({1, 2}), frozenset({3}), frozenset({1, 2, 4})
    families = {"x": (a,), "y": (a,), "z": (a,), "w": (b,), "v": (c,)}
    assert greedy(families) == (
        Step((1, 2), ("x", "y", "z")),
        Step((3,), ("w",)),
        Step((4,), ("v",)),
    )


def test_of_equals_fewer_questions_go_first_then_lower_numbers():
    families = {
        "x": (frozenset({5, 6}),),
        "y": (frozenset({5, 6}),),
        "z": (frozenset({7}),),
        "w": (frozenset({4}),),
    }
    assert [step.questions for step in greedy(families)] == [(4,), (7,), (5, 6)]


def test_what_nothing_settles_is_left():
    assert greedy({"x": (), "y": (frozenset({1}),)}) == (Step((1,), ("y",)),)
    assert greedy({}) == ()
