from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fixtures.cases import AT, ON, draft, person

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.casework import clocks
from xenotime.programme.casework.case import Finding
from xenotime.programme.casework.talk import answer, ask, close, flag, settle, unflag

DAY = timedelta(days=1)


@pytest.fixture
def case(kinds):
    return clocks.start(draft(kinds["certificate"], state="assessment"), "decision", ON - DAY, "accept")


@pytest.fixture
def stopping(cn):
    """The profile with the one line changed that lets a question stop the clock."""
    line = replace(cn.lines["clock.decision.questions_stop"], value=True)
    return replace(cn, lines={**cn.lines, line.id: line})


def test_a_question_is_open_until_the_applicant_answers(case, cn):
    case = ask(case, " Which oven? ", person("officer"), AT, ON, cn, ON + DAY)
    first = case.queries[0]
    assert (first.id, first.asks, first.by, first.due, first.closed) == (
        "Q1",
        "Which oven?",
        "officer:officer1",
        ON + DAY,
        None,
    )
    case = answer(case, "Q1", "Oven 4", person("applicant"), AT, ON, cn)
    first = case.queries[0]
    assert (first.answer, first.answered_by, first.closed) == ("Oven 4", "applicant:applicant1", AT)
    with pytest.raises(StateError):
        answer(case, "Q1", "Oven 5", person("applicant"), AT, ON, cn)


def test_a_question_stops_no_clock(case, cn):
    asked = ask(case, "Which oven?", person("officer"), AT, ON, cn)
    assert asked.spans == case.spans


def test_a_question_stops_the_clock_where_the_profile_says_so(case, stopping):
    asked = ask(case, "Which oven?", person("officer"), AT, ON, stopping)
    asked = ask(asked, "And whose?", person("officer"), AT, ON, stopping)
    assert [(s.start, s.stop) for s in asked.spans] == [(ON - DAY, ON)]
    one = answer(asked, "Q1", "Oven 4", person("applicant"), AT, ON + DAY, stopping)
    assert [(s.start, s.stop) for s in one.spans] == [(ON - DAY, ON)]
    two = close(one, "Q2", "seen in the papers", person("officer"), AT, ON + 2 * DAY, stopping)
    assert [(s.start, s.stop) for s in two.spans] == [(ON - DAY, ON), (ON + 2 * DAY, None)]


def test_a_question_closed_by_an_official_has_its_reason_and_no_answer_day(case, cn):
    case = ask(case, "Which oven?", person("officer"), AT, ON, cn)
    with pytest.raises(InputError):
        close(case, "Q1", " ", person("officer"), AT, ON, cn)
    case = close(case, "Q1", "seen on site", person("officer", 2), AT, ON, cn)
    query = case.queries[0]
    assert (query.answer, query.answered, query.answered_by, query.closed) == (
        "seen on site",
        None,
        "officer:officer2",
        AT,
    )


@pytest.mark.parametrize("who", [person("officer"), Actor("a", "applicant", "O2"), person("auditor")])
def test_only_the_applicant_of_the_case_answers(case, cn, who):
    case = ask(case, "Which oven?", person("officer"), AT, ON, cn)
    with pytest.raises(AccessError):
        answer(case, "Q1", "Oven 4", who, AT, ON, cn)


def test_an_applicant_asks_nothing_and_a_closed_case_is_not_asked(case, cn):
    with pytest.raises(AccessError):
        ask(case, "Why?", person("applicant"), AT, ON, cn)
    with pytest.raises(StateError):
        ask(replace(case, closed=AT), "Why?", person("officer"), AT, ON, cn)
    with pytest.raises(InputError):
        ask(case, " \n", person("officer"), AT, ON, cn)


def test_a_flag_is_raised_once_and_counted_when_it_comes_back(case, kinds):
    manifest, officer = kinds["certificate"], person("officer")
    case = flag(case, manifest, "list_hit", "looks like a listed name", officer, AT)
    assert flag(case, manifest, "list_hit", "again", officer, AT) == case
    assert (case.flags[0].id, case.flags[0].blocks, case.flags[0].says) == (
        "list_hit.1",
        True,
        "looks like a listed name",
    )
    case = unflag(case, "list_hit", "another company", officer, AT)
    assert (case.flags[0].lowered, case.flags[0].why) == (AT, "another company")
    case = flag(case, manifest, "list_hit", "", officer, AT)
    assert (case.flags[1].id, case.flags[1].says) == ("list_hit.2", "A name may be a listed party")
    with pytest.raises(StateError):
        unflag(case, "sampled", "no", officer, AT)
    with pytest.raises(InputError):
        unflag(case, "list_hit.2", "", officer, AT)


def test_flags_are_of_the_kind_and_for_officials(case, kinds):
    manifest = kinds["certificate"]
    with pytest.raises(InputError) as failure:
        flag(case, manifest, "moon", "", person("officer"), AT)
    assert failure.value.problem.expected == "watch_listed, list_hit, owners_unknown, military_link, sampled"
    with pytest.raises(AccessError):
        flag(case, manifest, "sampled", "", person("applicant"), AT)
    raised = flag(case, manifest, "sampled", "", person("officer"), AT)
    with pytest.raises(AccessError):
        unflag(raised, "sampled", "please", person("applicant"), AT)


def test_a_finding_is_settled_once_in_words(case):
    case = replace(case, findings=(Finding("F1", "list", "concern", "a hit", AT),))
    with pytest.raises(InputError):
        settle(case, "F1", "", person("officer"), AT)
    with pytest.raises(AccessError):
        settle(case, "F1", "fine", person("applicant"), AT)
    case = settle(case, "F1", "another company", person("officer"), AT)
    assert (case.findings[0].settled, case.findings[0].settled_by) == ("another company", "officer:officer1")
    with pytest.raises(StateError):
        settle(case, "F1", "once more", person("officer"), AT)
