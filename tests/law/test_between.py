from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.law.between import parse_between, places, presumed
from xenotime.law.law import fold_book
from xenotime.law.read import read_book

KNOWN, DAY = date(2026, 11, 21), date(2026, 6, 1)
DEFENCE = {"dod_contract": True, "from": "CN", "origin_china": True}


@pytest.fixture(scope="module")
def laws():
    return {j: fold_book(read_book(jurisdiction=j), KNOWN) for j in ("cn", "us", "eu")}


@pytest.fixture(scope="module")
def place():
    found = {p.id: p for p in places()}
    return found.__getitem__


def stands(place, laws, facts, on=DAY):
    return place.stands(laws, dict.fromkeys(laws, facts), on)


def test_a_place_is_met_by_facts_of_both_books(place, laws):
    defence = place("us-defence-and-chinese-magnets")
    found = {
        "met": stands(defence, laws, DEFENCE),
        "no contract": stands(defence, laws, {**DEFENCE, "dod_contract": False}),
        "not stated": stands(defence, laws, {**DEFENCE, "dod_contract": None}),
    }
    assert found == {"met": True, "no contract": False, "not stated": None}


def test_a_place_needs_all_its_books_its_day_and_that_day_known(place, laws):
    defence = place("us-defence-and-chinese-magnets")
    early = {j: fold_book(law.book, date(2024, 12, 2)) for j, law in laws.items()}
    assert stands(defence, {"cn": laws["cn"]}, DEFENCE) is False
    assert stands(defence, laws, DEFENCE, date(2024, 12, 2)) is False
    assert stands(defence, early, DEFENCE) is False


def test_a_suspended_article_takes_the_place_away_and_a_hinge_leaves_it_open(place, laws):
    owners = place("owners-of-a-chinese-party")
    facts = {"us_affiliate_share_unknown": True, "end_user_country": "CN"}
    days = (date(2026, 6, 1), date(2026, 11, 20))
    assert [stands(owners, laws, facts, day) for day in days] == [False, None]


def test_an_article_without_a_rule_stands_from_its_instrument_on(place, laws):
    check = place("a-check-by-a-foreign-government")
    facts = {"veu": "other_china", "end_user_country": "CN"}
    assert [stands(check, laws, facts, d) for d in (date(2024, 11, 30), date(2024, 12, 1))] == [False, True]


def test_what_a_book_presumes_is_presumed_unless_strict(laws):
    found = [presumed(laws["us"], {}, strict=strict)["dod_contract"] for strict in (False, True)]
    assert found == [False, None]


def test_every_place_says_for_whom_whence_and_how_sure():
    assert all(p.counsel.endswith("?") and p.sources and len(p.books) == 2 for p in places())
    recalled = {p.id for p in places() if p.confidence == "M"}
    assert recalled == {"eu-blocking"}
    assert [
        p.id
        for p in places()
        for source in p.sources.values()
        if set(source) != {"what", "url", "day", "tag"}
    ] == []


GOOD = """
[place]
title = "T"
books = ["cn", "us"]
articles = ["cn/x/1"]
when = "veu <> 'none'"
from = "2026-01-01"
says = "S"
counsel = "C?"
confidence = "D"
sources = ["s"]
[source.s]
what = "W"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"cn/x/1"', '"cn/y/1"'),
        ('"cn/x/1"', '"eu/x/1"'),
        ('["cn", "us"]', '["cn", "jp"]'),
        ('["cn", "us"]', '["cn"]'),
        ('["s"]', '["t"]'),
        ('["s"]', "[]"),
        ('"D"', '"Z"'),
        ("veu <> 'none'", "nothing_known"),
        ('title = "T"', ""),
        ("[place]", "[place"),
        ("2026-01-01", "soon"),
    ],
)
def test_a_place_that_names_what_is_not_there_is_refused(laws, old, new):
    facts, articles = laws["us"].book.facts, {"cn/x/1", "eu/x/1"}
    assert [p.id for p in parse_between(GOOD, facts, articles)] == ["place"]
    with pytest.raises(BookError):
        parse_between(GOOD.replace(old, new), facts, articles)
