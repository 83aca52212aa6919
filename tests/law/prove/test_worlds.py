from __future__ import annotations

from datetime import date

from xenotime.law.prove.worlds import Window, knowledge_days, worlds

HINGE = (
    "\n  - {id: user/x.h, day: 2023-01-01, branches: {extended: suspended, revived: in_force}, "
    'default: extended, asks: "?", check: nowhere}'
)
EVENTS = (
    "[{in_force: 2021-01-01, published: 2020-01-01}, "
    "{suspended: 2022-01-01, through: 2022-12-31, hinge: user/x.h, published: 2021-12-01}]"
)


def book(small):
    rule = small.article("1", "one", events=EVENTS)
    return small.book(
        small.notice(
            "user/x", rule, predicates=small.predicates(one="metal"), hinges=HINGE, published="2020-01-01"
        )
    )


def test_the_days_on_which_something_was_learned(small):
    assert knowledge_days(book(small)) == (date(2020, 1, 1), date(2021, 12, 1))


def test_standings_that_are_alike_are_one_world(small):
    found = worlds(book(small), date(2030, 1, 1))
    seen = [(w.known, w.first, w.last, w.branches, sorted(w.force)) for w in found]
    assert seen == [
        (date(2030, 1, 1), date(1900, 1, 1), date(2020, 12, 31), (), []),
        (date(2030, 1, 1), date(2021, 1, 1), date(2021, 12, 31), (), ["user/x/1"]),
    ]


def test_a_world_for_each_branch_of_a_hinge(small):
    other = small.article("2", "one", events="[{in_force: 2022-06-01}]")
    made = small.book(
        small.notice(
            "user/x",
            small.article("1", "one", events=EVENTS),
            other,
            predicates=small.predicates(one="metal"),
            hinges=HINGE,
        )
    )
    past = [w for w in worlds(made, date(2030, 1, 1)) if w.first == date(2023, 1, 1)]
    assert [(w.branches, sorted(w.force)) for w in past] == [
        ((("user/x.h", "revived"),), ["user/x/1", "user/x/2"]),
    ]


def test_a_window_splits_a_world_and_marks_its_days(small):
    rule = small.article("1", "one")
    made = small.book(small.notice("user/x", rule, predicates=small.predicates(one="metal")))
    window = Window(date(2021, 3, 1), date(2021, 3, 31), date(2020, 1, 1))
    found = worlds(made, date(2030, 1, 1), (window,))
    assert [(w.first, w.last, w.marks) for w in found] == [
        (date(1900, 1, 1), date(2020, 12, 31), (False,)),
        (date(2021, 1, 1), date(2021, 2, 28), (False,)),
        (date(2021, 3, 1), date(2021, 3, 31), (True,)),
    ]


def test_nobody_holds_a_window_against_who_cannot_know_it():
    window = Window(date(2021, 3, 1), None, date(2021, 2, 1))
    assert [window.holds(date(2021, 4, 1), known) for known in (date(2021, 1, 31), date(2021, 2, 1))] == [
        False,
        True,
    ]
    assert window.edges == (date(2021, 3, 1),)
