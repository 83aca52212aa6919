from __future__ import annotations

from dataclasses import replace

from xenotime.parties.matching.match import Evidence
from xenotime.report.strip import Column, band, columns, fact, points, side, verdict
from xenotime.report.words import load


def test_tokens_stand_in_columns_and_what_is_left_over_stands_alone(matches):
    assert columns(matches[0]) == (
        Column("northgate", "northgate", "same", 100),
        Column("defense", "defence", "spelling", 92),
        Column("shanghai", "", "alone", 0),
        Column("", "company", "alone", 0),
    )


def test_tokens_that_exclude_each_other_face_each_other(matches):
    assert columns(matches[1])[1:] == (
        Column("southern", "northern", "excludes", 0, excluded=True),
        Column("rare", "", "alone", 0),
    )


def test_a_match_by_number_has_no_columns(matches):
    assert columns(matches[2]) == ()


def test_every_score_says_what_it_asks_for(matches):
    assert [band(m) for m in matches] == ["review", "out", "sure"]
    assert [verdict(m, load()) for m in matches] == ["83 %, for review", "9 %, ruled out", "99 %, sure"]


def test_evidence_takes_a_side_by_its_points_else_by_its_verdict():
    cases = [("same", 5), ("same", -5), ("same", 0), ("different", 0), ("unknown", 0)]
    found = [Evidence("name", word, "", number) for word, number in cases]
    assert [side(e) for e in found] == [True, False, True, False, None]
    assert [points(e) for e in found] == ["+5", "−5", "0", "0", "0"]


def test_facts_have_words_and_unknown_ones_their_own(matches):
    one = matches[0].evidence[0]
    assert [fact(replace(one, fact=f), load()) for f in ("legal form", "shoe size")] == [
        "legal form",
        "shoe size",
    ]
