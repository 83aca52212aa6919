from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.cases import AT, draft, person

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.casework.advice import advise, countersign, missing, persons, standing


@pytest.fixture
def case(kinds):
    return draft(kinds["certificate"])


def test_three_levels_each_with_its_words(case):
    case = advise(case, "officer", "grant", " fine ", person("officer"), AT)
    case = advise(case, "team", "grant_with_conditions", "with a cap", person("officer", 2), AT, ("X1",))
    case = advise(case, "final", "grant", "agreed", person("approver"), AT)
    assert [(a.id, a.level, a.says, a.reason, a.conditions) for a in case.advice] == [
        ("A1", "officer", "grant", "fine", ()),
        ("A2", "team", "grant_with_conditions", "with a cap", ("X1",)),
        ("A3", "final", "grant", "agreed", ()),
    ]


def test_new_advice_supersedes_its_level_and_those_above(case):
    for level, who in (
        ("officer", "officer"),
        ("team", "officer"),
        ("final", "approver"),
        ("team", "officer"),
    ):
        case = advise(case, level, "grant", "fine", person(who), AT)
    assert [(a.level, a.superseded) for a in case.advice] == [
        ("officer", False), ("team", True), ("final", True), ("team", False),
    ]  # fmt: skip
    assert standing(case, "final") is None


def test_nobody_countersigns_their_own_advice(case):
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    with pytest.raises(AccessError) as failure:
        countersign(case, "A1", person("officer"), AT)
    assert failure.value.problem.what == "nobody countersigns their own advice"
    signed = countersign(case, "A1", person("officer", 2), AT)
    assert (signed.advice[0].countersigned_by, signed.advice[0].countersigned) == ("officer:officer2", AT)
    with pytest.raises(StateError):
        countersign(signed, "A1", person("officer", 3), AT)


def test_another_role_makes_no_other_person(case):
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    moved = replace(person("officer"), role="approver")
    with pytest.raises(AccessError):
        countersign(case, "A1", moved, AT)
    assert persons(case, moved.sign) == {"officer1"}


def test_changed_advice_loses_its_countersignature(case):
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    case = countersign(case, "A1", person("officer", 2), AT)
    case = advise(case, "final", "refuse", "second thoughts", person("officer"), AT)
    assert standing(case, "final").countersigned_by == ""
    with pytest.raises(StateError):
        countersign(case, "A1", person("officer", 3), AT)


def test_what_is_missing_is_said_in_order(case, cn):
    said = [missing(case, cn, "grant")[0]]
    case = advise(case, "officer", "grant", "fine", person("officer"), AT)
    said.append(missing(case, cn, "grant")[0])
    case = advise(case, "final", "refuse", "no", person("approver"), AT)
    said.append(missing(case, cn, "grant")[0])
    case = countersign(case, "A2", person("approver", 2), AT)
    said.append(missing(case, cn, "grant")[0])
    assert said == [
        "advice at the level officer is missing",
        "advice at the level final is missing",
        "advice at the level final is not countersigned",
        "the final advice says refuse, not grant",
    ]
    assert (missing(case, cn, "refuse"), missing(case, cn, "any")) == (None, None)


def test_who_stands_behind_a_decision(case):
    assert persons(case, "approver:a") == {"a"}
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    assert persons(case, "officer:officer1") == {"officer1"}
    case = countersign(case, "A1", person("officer", 2), AT)
    assert persons(case, "officer:officer1") == {"officer1", "officer2"}


@pytest.mark.parametrize(
    ("level", "says", "reason", "conditions"),
    [
        ("chief", "grant", "x", ()),
        ("final", "perhaps", "x", ()),
        ("final", "grant", " ", ()),
        ("final", "grant", "x", ("X1",)),
        ("final", "grant_with_conditions", "x", ()),
    ],
)
def test_advice_is_whole_or_refused(case, level, says, reason, conditions):
    with pytest.raises(InputError):
        advise(case, level, says, reason, person("approver"), AT, conditions)


@pytest.mark.parametrize(
    ("level", "role"), [("officer", "approver"), ("final", "applicant"), ("team", "auditor")]
)
def test_each_level_has_its_roles(case, level, role):
    with pytest.raises(AccessError):
        advise(case, level, "grant", "fine", person(role), AT)


def test_a_closed_case_takes_no_advice_and_no_countersignature(case):
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    closed = replace(case, closed=AT)
    with pytest.raises(StateError):
        advise(closed, "final", "grant", "fine", person("officer"), AT)
    with pytest.raises(StateError):
        countersign(closed, "A1", person("officer", 2), AT)


def test_an_applicant_countersigns_nothing(case):
    case = advise(case, "final", "grant", "fine", person("officer"), AT)
    with pytest.raises(AccessError):
        countersign(case, "A1", person("applicant"), AT)
