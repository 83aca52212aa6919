from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from xenotime.services.ask.family import family, least, together


def brute(table, sizes, every):
    """The least sets, by looking at every set of questions and every answer to it."""
    numbers = range(len(sizes))
    places = {answers: n for n, answers in enumerate(product(*(range(s) for s in sizes)))}
    found = []
    for count in range(len(sizes) + 1):
        for some in combinations(numbers, count):
            given_ = product(*(range(1, sizes[n]) if n in some else (0,) for n in numbers))
            if (all if every else any)(table[places[a]] for a in given_):
                found.append(frozenset(some))
    return {one for one in found if not any(other < one for other in found)}


@given(st.data())
def test_the_sets_are_those_that_looking_at_every_answer_finds(data):
    sizes = tuple(data.draw(st.lists(st.integers(2, 4), min_size=0, max_size=4)))
    count = 1
    for size in sizes:
        count *= size
    table = bytes(data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    made = family(table, sizes)
    assert set(made.sure) == brute(table, sizes, every=True)
    assert set(made.may) == brute(table, sizes, every=False)


def test_nothing_asked_settles_what_is_settled():
    assert family(bytes([1]), ()).sure == (frozenset(),)
    assert family(bytes([0]), ()).sure == ()


def test_sets_of_several_things_are_joined_and_made_least():
    one, two = (frozenset({1}), frozenset({2})), (frozenset({2}), frozenset({3}))
    assert together([one, two]) == (frozenset({2}), frozenset({1, 3}))
    assert together([one, ()]) == ()
    assert together([]) == (frozenset(),)
    assert least([]) == ()
