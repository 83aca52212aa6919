from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AddressError, BookError
from xenotime.programme.lines import ADDRESSES, FAMILIES, OFFICIAL, check, fits
from xenotime.programme.profile import Line


def changed(profile, address, **changes):
    return replace(profile, lines={**profile.lines, address: replace(profile.lines[address], **changes)})


def test_both_profiles_have_every_line_and_no_other(profile):
    named = [a for a in profile.lines if a not in ADDRESSES and not a.startswith(tuple(FAMILIES))]
    assert (named, [a for a in ADDRESSES if a not in profile.lines]) == ([], [])
    assert check(profile) is profile


def test_no_line_resting_on_press_memory_or_our_own_policy_is_law(profile):
    assert [line.id for line in profile.lines.values() if line.law and line.confidence not in OFFICIAL] == []
    assert {line.confidence for line in profile.lines.values() if line.law} <= {"A", "O"}


def test_what_the_reported_plan_says_is_configuration(cn):
    reported = [line for line in cn.lines.values() if "S36" in line.source or "S39" in line.source]
    assert {(line.confidence, line.law) for line in reported} == {("P", False)}
    assert len(reported) == 7


def test_the_numbers_of_the_regulation(cn):
    law = {line.id: line.value for line in cn.lines.values() if line.law and isinstance(line.value, int)}
    assert {k: v for k, v in law.items() if not isinstance(v, bool)} == {
        "clock.decision.days": 45,
        "clock.change.days": 20,
        "licence.general.years": 3,
        "licence.individual.years": 1,
        "duty.records.years": 5,
    }


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("clock.decision.days", "45"),
        ("clock.decision.days", -1),
        ("clock.decision.unit", "moons"),
        ("civil.sample.percent", 101),
        ("civil.vote.grant.rule", "loudest"),
        ("civil.advice.levels", ["boss"]),
        ("civil.general_licence", 1),
        ("duty.remind.days", [30, "7"]),
        ("duty.annual_report.due", ""),
        ("vetting.list.none", "fine"),
        ("watch.certain", "panic"),
        ("condition.K1", {"test": "cure"}),
        ("criterion.review_consent", {"field": "a", "test": "guess", "kinds": [], "tracks": []}),
        ("end_use.civil", "vehicles"),
    ],
)
def test_a_line_that_holds_something_else_is_refused(cn, address, value):
    with pytest.raises(BookError) as failure:
        check(changed(cn, address, value=value))
    assert failure.value.problem.what == f"the line {address} holds something else"


def test_a_condition_is_tested_by_what_the_programme_knows(cn):
    value = {**cn.value("condition.K1"), "test": "prayer"}
    with pytest.raises(BookError):
        check(changed(cn, "condition.K1", value=value))


def test_a_line_is_missing_or_read_by_nothing(cn):
    with pytest.raises(BookError) as failure:
        check(replace(cn, lines={k: v for k, v in cn.lines.items() if k != "statistics.least"}))
    assert failure.value.problem.found == "statistics.least"
    odd = Line("moon.phase", 1, "x", "x", "own")
    with pytest.raises(BookError) as failure:
        check(replace(cn, lines={**cn.lines, odd.id: odd}))
    assert failure.value.problem.found == "moon.phase"


@pytest.mark.parametrize(
    "changes",
    [
        {"confidence": "Z"},
        {"source": ""},
        {"says": ""},
        {"confidence": "P", "law": True},
        {"confidence": "own", "law": True},
    ],
)
def test_a_line_says_what_it_rests_on_and_only_text_is_law(cn, changes):
    with pytest.raises(BookError):
        check(changed(cn, "clock.decision.days", **changes))


@pytest.mark.parametrize(
    ("rule", "bodies"), [("unanimous", []), ("none", ["trade"]), ("majority", ["trade", "trade"])]
)
def test_unanimity_of_nobody_is_no_rule(cn, rule, bodies):
    odd = changed(cn, "civil.vote.grant.rule", value=rule)
    with pytest.raises(BookError):
        check(changed(odd, "civil.vote.grant.bodies", value=bodies))


def test_a_profile_is_asked_by_address(veu):
    assert veu.value("civil.vote.grant.bodies") == ["commerce", "state", "defense", "energy"]
    assert [line.id for line in veu.under("licence.")] == [
        "licence.general.years",
        "licence.individual.years",
    ]
    with pytest.raises(AddressError) as failure:
        veu.value("moon.phase")
    assert (failure.value.problem.where, failure.value.problem.found) == ("veu", "moon.phase")


def test_kinds_of_values():
    assert [fits("number", v) for v in (0, 5, -1, True, "5", None)] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [fits("percent", v) for v in (0, 100, 101)] == [True, True, False]
    assert [fits("words", v) for v in ([], ["a"], [""], "a")] == [True, True, False, False]
