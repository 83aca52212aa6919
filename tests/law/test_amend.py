from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xenotime.core.errors import BookError
from xenotime.law.amend import amend, amended
from xenotime.law.answer import Outcome
from xenotime.law.book import build_book
from xenotime.law.instrument import parse_instrument
from xenotime.law.law import fold_book
from xenotime.law.oracle import judge
from xenotime.law.read import read_book

DRAFT = Path("examples/law/half-a-percent.md").read_text("utf-8")
BRANCH = {"cn/mofcom-2025-70": "revived"}
#: A samarium magnet made in Estonia whose Chinese part is the given tenths of a per mille of its value.
MAGNET = {
    "from": "EE",
    "to": "DE",
    "kind": "magnet",
    "material": "SmCo",
    "processing": "primary",
    "el_sm": True,
}


@pytest.fixture(scope="module")
def laws(book):
    """The law without the invented draft and with it, as known on 21 November 2026."""
    return tuple(
        fold_book(b, date(2026, 11, 21), BRANCH) for b in (book, read_book({"half-a-percent.md": DRAFT}))
    )


def outcome(law, on, share):
    money = {"cn_part1_value": (share, share), "item_value": (10_000, 10_000)}
    row = {**MAGNET, **money, "cn_part1_value_largest": (share, share), "origin_china": False}
    return Outcome(judge(law, row, on).outcome)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)])
@pytest.mark.parametrize("share", [9, 10, 49, 50])
def test_the_new_words_hold_from_the_day_of_their_article_and_not_before(laws, day, share):
    line = 50 if day >= date(2026, 12, 1) else 10
    free = share < line
    found = outcome(laws[1], day, share)
    assert found is (outcome(laws[0], day, 9) if free else outcome(laws[0], day, 50))


def test_a_name_with_two_wordings_says_which_article_brings_the_later_one(laws):
    found = amended(laws[1].book, "value_floor_item")
    assert (found.article, found.after, found.before) == (
        "user/draft-half-percent/1",
        "value_floor_item.by.user/draft-half-percent/1",
        "value_floor_item.before.user/draft-half-percent/1",
    )
    assert amended(laws[1].book, "limb_1_1") is None
    assert amended(laws[0].book, "value_floor_item") is None


def entry(**changed):
    words = {"by": '"1"', "when": "metal", '"true"': "Yes.", '"false"': "No.", '"unknown"': "Unknown."}
    pairs = ", ".join(f"{k}: {v}" for k, v in {**words, **changed}.items() if v)
    return f"{{{pairs}}}"


@pytest.fixture
def book_of(small, facts):
    """A small book with notices laid over it one after the other, each amending what stands."""

    def build(*texts):
        first, *others = (parse_instrument(t, f"{n}.md") for n, t in enumerate(texts))
        base = small.book(texts[0])
        names, conditions = dict(base.predicates), dict(base.conditions)
        for other in others:
            names, conditions = amend(other, facts, names, conditions)
        notices = {i.address: i for i in (first, *others)}
        return build_book(facts, notices, names, conditions, base.sources, "0" * 64)

    return build


@pytest.fixture
def base(small):
    names = small.predicates(hot="heat > 100")
    return small.notice("user/base", small.article("1", "hot"), predicates=names)


def test_a_second_notice_amends_what_the_first_one_made(small, book_of, base):
    later = small.notice(
        "user/later",
        small.article("1", "hot", question="note", answer="reading", says="x"),
        amends=f"{{hot: {entry(when='heat > 200')}}}",
    )
    last = small.notice(
        "user/last",
        small.article(
            "1", "hot", question="note", answer="reading", says="x", events="[{in_force: 2022-01-01}]"
        ),
        amends=f"{{hot: {entry(when='heat > 300')}}}",
    )
    law = fold_book(book_of(base, later, last), date(2030, 1, 1))
    seen = {
        day.year: [bool(judge(law, {"heat": heat}, day).outcome) for heat in (150, 250, 350)]
        for day in (date(2021, 6, 1), date(2023, 6, 1))
    }
    assert seen == {2021: [False, True, True], 2023: [False, False, True]}


@pytest.mark.parametrize(
    ("amends", "what"),
    [
        ("[hot]", "`amends` is not a list of names"),
        (f"{{cold: {entry()}}}", "this amendment names no condition of the book"),
        (f"{{hot: {entry(when='')}}}", "this amendment has not the keys of one"),
        (f"{{hot: {entry(also='x')}}}", "this amendment has not the keys of one"),
        ("{hot: metal}", "this amendment has not the keys of one"),
        (f"{{hot: {entry(when='cold')}}}", "this predicate uses something a book may not use"),
        (f"{{hot: {entry(by='2')}}}", "in_force names no article"),
    ],
)
def test_an_amendment_that_cannot_be_trusted_is_refused(small, book_of, base, amends, what):
    bad = small.notice(
        "user/bad", small.article("1", "hot", question="note", answer="reading", says="x"), amends=amends
    )
    with pytest.raises(BookError) as caught:
        book_of(base, bad)
    assert caught.value.problem.what == what
