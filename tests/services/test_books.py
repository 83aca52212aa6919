"""Several books asked at once: answers side by side, each as its own book gives it."""

from __future__ import annotations

import pytest
from tests.conftest import KNOWN

from xenotime.core.errors import AddressError, FactError
from xenotime.portfolio.read import read_portfolio
from xenotime.services.assess import assess
from xenotime.services.books import assess_abreast, decide_abreast, named
from xenotime.services.library import open_library
from xenotime.services.transaction import decide_transaction, transaction

FACTS = {
    "from": "CN",
    "to": "US",
    "end_user_country": "US",
    "origin_china": "yes",
    "kind": "magnet",
    "material": "NdFeB",
    "processing": "primary",
    "elements": ["Nd", "Dy"],
    "us_origin": "no",
    "licence_by_section": "no",
    "us_person": "yes",
    "dod_contract": "yes",
    "dfars_melted_in": "CN",
    "dfars_later_step_covered": "yes",
    "dfars_cots": "no",
    "annex_i": "no",
}
LEGS = [
    {"shipment": "S-1", "leg": "1", "day": "2026-09-01", "from_country": "CN", "to_country": "SG"},
    {"shipment": "S-1", "leg": "2", "day": "2026-11-20", "from_country": "SG", "to_country": "US"},
]
LICENCE = {
    "licence": "L1",
    "channel": "individual",
    "codes": "1C905",
    "destinations": "US",
    "from_day": "2026-01-01",
    "to_day": "2026-12-31",
}


@pytest.fixture(scope="module")
def opened():
    return {j: open_library(KNOWN, jurisdiction=j) for j in ("cn", "us", "eu")}


def file(**more):
    parties = [{"role": "end_user", "name": "Harrowgate Motion", "country": "US"}]
    return transaction({"title": "t", "on": "2026-06-01", "facts": FACTS, "parties": parties, **more}, "t")


def test_each_book_answers_for_itself(opened):
    made = decide_abreast(opened, file())
    answers = {name: (d.explanation.outcome.word, d.explanation.rule) for name, d in made.decisions.items()}
    assert answers == {
        "cn": ("licence", "cn/mofcom-2025-18/1C905"),
        "us": ("prohibited", "us/dfars-252-225-7052/b1-i"),
        "eu": ("not_controlled", ""),
    }
    alone = {k: v for k, v in FACTS.items() if k in opened["cn"].law.book.facts or k == "elements"}
    single = decide_transaction(opened["cn"], file(facts=alone)).explanation
    assert made.decisions["cn"].explanation == single


def test_what_lies_between_is_named_and_changes_nothing(opened):
    made = decide_abreast(opened, file())
    met = [f.place.id for f in made.frictions if f.truth]
    assert met == [
        "us-defence-and-chinese-magnets",
        "record-requests",
        "chinese-file-with-us-technology",
        "tracing-material-into-china",
        "eu-inquiry-in-china",
    ]
    known = opened["us"].law.book.facts | opened["eu"].law.book.facts
    facts = {k: v for k, v in FACTS.items() if k in known}
    pair = decide_abreast({j: opened[j] for j in ("us", "eu")}, file(facts=facts))
    assert [f.place.id for f in pair.frictions if f.truth] == []
    assert pair.decisions["us"].explanation == made.decisions["us"].explanation


def test_a_chinese_licence_is_no_licence_elsewhere(opened):
    made = decide_abreast(opened, file(licences=[LICENCE]))
    put = {name: [c.licence for c in d.explanation.coverage] for name, d in made.decisions.items()}
    assert put == {"cn": ["L1"], "us": [], "eu": []}


def test_a_fact_that_no_book_asked_knows_is_refused(opened):
    with pytest.raises(FactError, match="none of the books knows a fact 'dod_contract'"):
        decide_abreast({"cn": opened["cn"]}, file(facts={"dod_contract": "yes"}))


def test_a_portfolio_has_the_same_legs_under_each_book(opened, folder):
    tables = read_portfolio(folder(legs=LEGS))
    two = {j: opened[j] for j in ("cn", "us")}
    ticks = []
    made = assess_abreast(tables, two, progress=lambda done, total: ticks.append((done, total)))
    legs = len(made.rows)
    assert ticks == [(n, 2 * legs) for n in range(1, 2 * legs + 1)]
    assert sum(number for _, number in made.together) == legs
    assert [row.first.explanation for row in made.rows] == [
        leg.explanation for leg in assess(tables, opened["cn"]).legs
    ]
    assert {tuple((x.shipment, x.leg) for x in row.legs.values()) for row in made.rows} == {
        ((leg.shipment, leg.leg),) * 2 for leg in made.assessments["us"].legs
    }
    counted = {place.id: (met, perhaps) for place, met, perhaps in made.between}
    again = {
        name: tuple(
            sum(f.place.id == name and f.truth is truth for row in made.rows for f in row.frictions)
            for truth in (True, None)
        )
        for name in counted
    }
    assert counted == again


@pytest.mark.parametrize(("text", "found"), [("cn,us", ("cn", "us")), (" us , cn,us", ("us", "cn"))])
def test_the_books_that_a_text_names(text, found):
    assert named(text) == found


def test_no_book_at_all_is_refused():
    with pytest.raises(AddressError, match="no book is named"):
        named(" , ")
