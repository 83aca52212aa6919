from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.answer import Outcome
from xenotime.law.law import fold_book
from xenotime.law.oracle import Scene, judge, presume

DAY = date(2025, 6, 1)
HINGE = (
    "\n  - {id: user/x.h, day: 2026-01-01, branches: {long: suspended, short: in_force}, default: long, "
    'asks: "?", check: nowhere}'
)
PAUSED = "[{in_force: 2021-01-01}, {suspended: 2025-01-01, through: 2025-12-31, hinge: user/x.h}]"
PAST = date(2026, 1, 1)
OPEN = "{wide: {answer: prohibited, says: all}, narrow: {answer: none, says: none}}"


@pytest.fixture(scope="module")
def law(small):
    """Metal needs a licence, oxide none; magnets are banned unless civil; tools are paused past a hinge."""
    names = small.predicates(
        is_metal="metal", is_oxide="kind = 'oxide'", is_magnet="kind = 'magnet'", is_tool="kind = 'tool'",
        not_civil="NOT civil", hot="heat > 900", share="part * 10 >= whole",
    )  # fmt: skip
    rules = (
        small.article("1", "is_metal", unless='["2"]'),
        small.article("2", "is_oxide", "exempt"),
        small.article("3", "{all: [is_magnet, not_civil]}", "prohibited", "banned"),
        small.article("4", "is_tool", events=PAUSED),
        small.article("5", "hot", "open", "banned", readings=OPEN),
        small.article("6", "share", "report"),
        small.article("7", "{holds: '3'}", "stop", "duty", duty="{what: stop}"),
        small.article("8", "is_metal", "caution", "note", says="metal"),
        small.article("9", "{all: [is_metal, not_civil]}", "individual", "channel"),
    )
    return small.law(small.notice("user/x", *rules, predicates=names, hinges=HINGE))


COLD = {"metal": False, "civil": True, "kind": "magnet", "heat": 1, "part": (0, 0), "whole": (9, 9)}


def judged(law, on=DAY, *, strict=False, **changes):
    return judge(law, {**COLD, **changes}, on, strict=strict)


def names(facts, mask):
    return [f.name for bit, f in enumerate(facts) if mask >> bit & 1]


@pytest.mark.parametrize(
    ("changes", "outcome", "rule"),
    [
        ({}, Outcome.NOT_CONTROLLED, None),
        ({"metal": True}, Outcome.LICENCE, "1"),
        ({"metal": True, "kind": "oxide"}, Outcome.NOT_CONTROLLED, "2"),
        ({"civil": False}, Outcome.PROHIBITED, "3"),
        ({"civil": False, "metal": True}, Outcome.PROHIBITED, "3"),
        ({"kind": "tool"}, Outcome.NOT_CONTROLLED, None),
        ({"heat": 901}, Outcome.OPEN, "5"),
        ({"heat": 901, "civil": False}, Outcome.PROHIBITED, "3"),
        ({"part": (1, 1)}, Outcome.REPORT, "6"),
        ({"part": (1, 1), "metal": True}, Outcome.LICENCE, "1"),
    ],
)
def test_the_strictest_rule_that_holds_governs(law, changes, outcome, rule):
    found = judged(law, **changes)
    assert found.outcome == outcome
    assert (law.rules[found.rule].address if found.rule >= 0 else None) == (rule and f"user/x/{rule}")
    assert (found.missing, found.assumed) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "span", "missing"),
    [
        ({"metal": None}, (Outcome.NOT_CONTROLLED, Outcome.LICENCE), ["metal"]),
        ({"metal": True, "kind": None}, (Outcome.NOT_CONTROLLED, Outcome.LICENCE), ["kind"]),
        (
            {"metal": True, "kind": None, "civil": False},
            (Outcome.NOT_CONTROLLED, Outcome.PROHIBITED),
            ["kind"],
        ),
        ({"civil": False, "kind": None}, (Outcome.NOT_CONTROLLED, Outcome.PROHIBITED), ["kind"]),
        ({"heat": None}, (Outcome.NOT_CONTROLLED, Outcome.PROHIBITED), ["heat"]),
        ({"part": (0, 1)}, (Outcome.NOT_CONTROLLED, Outcome.REPORT), ["part"]),
        ({"part": (0, None), "whole": None}, (Outcome.NOT_CONTROLLED, Outcome.REPORT), ["part", "whole"]),
        ({"part": (1, 1), "metal": None}, (Outcome.REPORT, Outcome.LICENCE), ["metal"]),
    ],
)
def test_what_is_not_known_and_matters_is_missing(law, changes, span, missing):
    found = judged(law, **changes)
    assert (found.outcome, found.low, found.high) == (Outcome.UNDETERMINED, *span)
    assert names(law.facts, found.missing) == missing


@pytest.mark.parametrize(
    "changes",
    [
        {"civil": False, "metal": None},
        {"civil": False, "heat": None, "part": None},
        {"metal": True, "part": None},
    ],
)
def test_what_cannot_move_the_answer_is_not_missing(law, changes):
    found = judged(law, **changes)
    assert (found.low, found.missing) == (found.high, 0)


def test_a_presumption_fills_an_absence_and_is_told(law):
    row = {**COLD, "civil": None}
    bit = 1 << [f.name for f in law.facts].index("civil")
    assert presume(law, row, strict=False) == ({**COLD, "civil": True}, bit)
    assert presume(law, row, strict=True) == (row, 0)
    asked = {**row, "civil_asked": True}
    assert presume(law, asked, strict=False) == (asked, 0)
    assert (judged(law, civil=None).outcome, judged(law, civil=None).assumed) == (Outcome.NOT_CONTROLLED, bit)
    assert judged(law, civil=None, strict=True).outcome == Outcome.UNDETERMINED
    assert judged(law, civil=None, civil_asked=True).outcome == Outcome.UNDETERMINED
    assert judged(law, civil=False).assumed == 0


def test_past_a_hinge_each_branch_has_its_answer(law):
    before, past = judged(law, kind="tool"), judged(law, PAST, kind="tool")
    assert (before.outcome, dict(before.branches)) == (Outcome.NOT_CONTROLLED, {})
    assert (past.outcome, past.low, past.high, past.missing) == (
        Outcome.UNVERIFIED,
        Outcome.NOT_CONTROLLED,
        Outcome.LICENCE,
        0,
    )
    assert dict(past.branches) == {
        ("user/x.h", "long"): Outcome.NOT_CONTROLLED,
        ("user/x.h", "short"): Outcome.LICENCE,
    }


def test_a_hinge_that_moves_nothing_is_silent(law):
    for changes, outcome in (
        ({}, Outcome.NOT_CONTROLLED),
        ({"kind": "tool", "metal": True}, Outcome.LICENCE),
    ):
        found = judged(law, PAST, **changes)
        assert (found.outcome, set(found.branches.values())) == (outcome, {None})


def test_past_a_hinge_a_missing_fact_shows_in_its_branch(law):
    found = judged(law, PAST, kind=None)
    assert found.outcome == Outcome.UNVERIFIED
    assert dict(found.branches) == {
        ("user/x.h", "long"): Outcome.NOT_CONTROLLED,
        ("user/x.h", "short"): Outcome.UNDETERMINED,
    }
    assert names(law.facts, found.missing) == ["kind"]


def test_a_chosen_branch_settles_the_hinge(law):
    for branch, outcome in (("long", Outcome.NOT_CONTROLLED), ("short", Outcome.LICENCE)):
        chosen = fold_book(law.book, law.known, {"user/x.h": branch})
        found = judged(chosen, PAST, kind="tool")
        assert (found.outcome, dict(found.branches)) == (outcome, {})


def test_duties_notes_and_channels_stand_beside_the_outcome(law):
    held = judged(law, metal=True, civil=False)
    assert (held.duties, held.notes, held.channels_true, held.channels_unknown) == (1, 1, 1, 0)
    unsure = judged(law, metal=True, civil=None, strict=True, kind="oxide")
    assert (unsure.duties, unsure.notes, unsure.channels_true, unsure.channels_unknown) == (0, 1, 0, 1)


def test_a_rule_counts_only_while_in_force_and_not_excepted(law):
    scene = Scene(law, {**COLD, "metal": True, "kind": "oxide"}, DAY)
    assert [scene.values[f"user/x/{n}"] for n in "1234"] == [False, True, False, False]
    assert [scene.in_force(f"user/x/{n}") for n in "14"] == [True, False]
    early = Scene(law, {**COLD, "metal": True}, date(2020, 12, 31))
    assert (early.values["user/x/1"], early.values["is_metal"]) == (False, True)
    past = Scene(law, {**COLD, "kind": "tool"}, PAST)
    assert (past.in_force("user/x/4"), past.values["user/x/4"]) == (None, None)


def test_two_articles_that_contradict_each_other_are_a_conflict(small):
    names = small.predicates(one="metal")
    rules = (
        small.article("1", "one"),
        small.article("2", "one", "prohibited", "banned", conflicts='["1"]'),
        small.article("3", "one", conflicts='["1"]'),
    )
    law = small.law(small.notice("user/x", *rules, predicates=names))
    found = {value: judge(law, {"metal": value}, DAY).outcome for value in (True, False, None)}
    assert found == {
        True: Outcome.CONFLICT,
        False: Outcome.NOT_CONTROLLED,
        None: Outcome.UNDETERMINED,
    }
