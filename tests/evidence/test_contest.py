from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.evidence.ask import conflicts
from xenotime.evidence.contest import contest, grouped
from xenotime.evidence.question import Question, answers, questions
from xenotime.evidence.read import packaged
from xenotime.evidence.side import labels

BY_ID = {figure.id: figure for figure in packaged()}
ASK = Question("", ("?", "？"), near=800)


def like(number, value, **changes):
    said = {"id": f"own-{number}", "url": "", "value": Decimal(value), "published": "2026", **changes}
    return replace(BY_ID["shares-027"], **said)


@pytest.fixture
def refined():
    (found,) = conflicts(packaged(), ["China", "refines"])
    return found


def test_china_refines_is_five_numbers_for_all_rare_earths(refined):
    side = refined.sides[0]
    assert labels([side.scope]) == ("all rare earths",)
    assert [(str(f.value), f.id) for f in side.figures] == [
        ("85", "shares-066"),
        ("85", "shares-068"),
        ("85", "shares-026"),
        ("85", "shares-027"),
        ("85", "shares-028"),
        ("90", "shares-024"),
        ("90", "shares-025"),
        ("92", "shares-019"),
        ("99", "shares-029"),
    ]


def test_ninety_five_is_only_the_end_of_an_interval(refined):
    ends = [f.id for f in refined.figures if Decimal(95) in (f.value, f.low, f.high)]
    assert (ends, Decimal(95) in refined.values) == (["shares-043"], False)


def test_scopes_are_kept_apart(refined):
    assert labels([side.scope for side in refined.sides]) == (
        "all rare earths · refining",
        "magnet elements (Nd, Pr, Dy, Tb) · refining",
        "heavy rare earths · refining",
        "all rare earths · no stage named",
        "magnet elements (Nd, Pr, Dy, Tb) · refining",
    )
    assert [side.scope.expected for side in refined.sides] == [False, False, False, False, True]


def test_what_is_said_and_what_is_expected_are_two_lists(refined):
    assert [str(v) for v in refined.values] == ["85", "90", "91", "91.3", "92", "92.5", "97", "99", "99.9"]
    assert [str(v) for v in refined.ahead] == ["76.0", "77"]


def test_the_reasons_say_why_they_may_differ(refined):
    assert [reason.kind for reason in refined.reasons] == [
        "scope", "year", "edition", "source", "bound", "derived", "open"
    ]  # fmt: skip
    by_kind = {reason.kind: reason.says for reason in refined.reasons}
    assert by_kind["edition"] == ("IEA",)
    assert by_kind["bound"] == ("shares-025",)


def test_one_claim_in_two_tables_is_one_voice():
    one = like(1, "91", url="https://a.example")
    (found,) = contest(
        ASK, [one, replace(one, id="stocks-9"), replace(one, id="own-2", subject="another thing")]
    )
    assert [f.id for f in found.figures] == ["own-1", "own-2"]


def test_a_month_never_competes_with_its_year():
    month = like(1, "100", unit="metric tons", period="2025-05")
    year = like(2, "900", unit="metric tons", period="2025")
    again = like(3, "120", unit="metric tons", period="2025-05")
    (found,) = contest(ASK, [month, year, again])
    assert found.sides[0].competing == (("own-1", "own-3"),)


def test_shares_of_years_far_apart_do_not_compete():
    far = contest(ASK, [like(1, "60", period="2010"), like(2, "90", period="2025")])
    near = contest(ASK, [like(1, "60", period="2024"), like(2, "90", period="2025")])
    assert (far[0].open, near[0].open) == (False, True)


def test_units_are_turned_before_claims_meet_and_other_dimensions_stay_apart():
    weeks, months = like(1, "8", unit="weeks", period=""), like(2, "4", unit="months", period="")
    percent = like(3, "8", period="")
    found = contest(ASK, [weeks, months, percent])
    assert [(one.unit, [str(v) for v in one.values]) for one in found] == [
        ("weeks", ["8", "17.39"]),
        ("percent", ["8"]),
    ]


def test_a_gap_is_shown_and_is_no_number():
    gap = replace(like(1, "1"), value=None)
    (found,) = contest(ASK, [gap])
    assert (found.values, found.figures, found.gaps, found.open) == ((), (), (gap,), False)


def test_what_nothing_explains_is_said_so():
    one, two = like(1, "80"), like(2, "90")
    (found,) = contest(ASK, [one, two])
    assert [(reason.kind, reason.says) for reason in found.reasons] == [("open", ("own-1", "own-2"))]


def test_places_named_in_two_ways_are_one():
    (found,) = contest(ASK, [like(1, "80", country="USA"), like(2, "90", country="United States")])
    assert [side.scope.country for side in found.sides] == ["United States"]


def test_figures_without_a_question_are_grouped_by_what_they_are_of():
    other = replace(like(3, "5"), subject="something else")
    assert [one.question.asks[0] for one in grouped([like(1, "80"), other, like(2, "90")])] == [
        "China share of smelting, REO, China",
        "something else, REO, China",
    ]


@settings(max_examples=25)
@given(st.permutations(answers(questions()[1], packaged())))
def test_the_order_of_claims_changes_nothing(figures):
    def told(found):
        sides = sorted((side.scope, {frozenset(pair) for pair in side.competing}) for side in found.sides)
        return sides, found.values, [reason.kind for reason in found.reasons]

    (one,), (two,) = (
        contest(questions()[1], figures),
        contest(questions()[1], sorted(figures, key=lambda f: f.id)),
    )
    assert told(one) == told(two)
