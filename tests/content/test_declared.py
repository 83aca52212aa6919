from __future__ import annotations

from datetime import date
from fractions import Fraction

from xenotime.content.bills import Declaration
from xenotime.content.declared import SILENT, standing
from xenotime.content.elements import mask

EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)


def said(states, day=EARLY, value=None):
    return Declaration(states, states, day, "P-1", None if value is None else Fraction(value), "USD")


def test_silence_settles_nothing():
    assert (standing([]), SILENT.settles) == (SILENT, False)


def test_the_latest_statement_holds():
    found = standing([said("cn_technology_no", LATE), said("cn_technology_yes")])
    assert found.technology is False


def test_statements_of_one_day_that_clash_settle_nothing():
    found = standing([said("cn_rare_earths_no"), said("cn_rare_earths_yes")])
    assert (found.rare_earths, found.settles, len(found.contradictions)) == (None, False, 1)


def test_a_later_value_replaces_a_denial_and_the_other_way_round():
    later = standing([said("cn_rare_earths_no"), said("cn_part1_value", LATE, 5)])
    assert (later.nothing, [row.value for row in later.values]) == (False, [5])
    denied = standing([said("cn_part1_value", EARLY, 5), said("no_listed_elements", LATE)])
    assert (denied.nothing, denied.values) == (True, ())


def test_a_value_without_a_figure_does_not_settle():
    assert standing([said("cn_part1_value")]).settles is False


def test_a_question_after_the_last_answer_is_open():
    assert standing([said("cn_technology_no"), said("requested", LATE)]).asked == "P-1"
    assert standing([said("requested"), said("cn_technology_no", LATE)]).asked == ""
    assert standing([said("requested", None), said("cn_technology_no", LATE)]).asked == ""


def of_element(states, element, day=EARLY):
    return Declaration(f"{states}-{element}", states, day, "P-1", element=element)


def test_each_element_is_stated_apart_and_the_latest_statement_holds():
    rows = [
        of_element("contains", "Dy"),
        of_element("contains_not", "Tb"),
        of_element("contains", "Tb", LATE),
    ]
    found = standing(rows)
    assert (found.holds, found.lacks) == (mask(["Dy", "Tb"]), 0)
    denied = standing([of_element("contains", "Dy"), of_element("contains_not", "Dy", LATE)])
    assert (denied.holds, denied.lacks) == (0, mask(["Dy"]))


def test_one_element_stated_both_ways_on_a_day_is_a_contradiction():
    found = standing([of_element("contains", "Dy"), of_element("contains_not", "Dy")])
    assert (found.holds, found.lacks, len(found.contradictions)) == (0, 0, 1)


def test_a_statement_that_names_no_element_says_nothing():
    assert standing([Declaration("D", "contains", EARLY)]).holds == 0
