from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from xenotime.law.answer import Outcome
from xenotime.law.explain import explain
from xenotime.law.oracle import judge
from xenotime.services.ask.whynot import why_not

MAGNET = {
    "from": "CN", "to": "DE", "end_user_country": "DE", "kind": "magnet", "material": "NdFeB",
    "processing": "primary", "origin_china": True, "holds_magnet": False, "holds_target": False,
    "technology_area": "none", "equipment_line": "none", "reagent": "none", "technology_free": "no",
}  # fmt: skip


@pytest.fixture
def asked(library):
    def make(changed, on, *, strict=False):
        elements = {f: False for f in library.law.book.facts if f.startswith(("el_", "listed_", "held_"))}
        row = {**elements, **MAGNET, **changed}
        found = explain(library.law, row, on, calendar=library.calendar, strict=strict)
        return row, why_not(library.law, row, on, found, strict=strict)

    return make


def shown(made):
    return {
        (tuple((t.fact, t.values) for t in change.turns), change.outcome.word, change.rule)
        for change in made.changes
    }


def test_a_missing_fact_says_what_each_answer_would_do(asked):
    _, made = asked({"el_dy": None}, date(2026, 9, 1))
    missing = {row for row in shown(made) if len(row[0]) == 1 and row[0][0][0] == "el_dy"}
    assert made.outcome is Outcome.UNDETERMINED
    assert missing == {
        ((("el_dy", ("yes",)),), "licence", "cn/mofcom-2025-18/1C905"),
        ((("el_dy", ("no",)),), "not_controlled", ""),
    }
    assert {c.channel: c.eligible for c in made.channels}["individual"] is True


def test_a_presumption_is_named_as_one(asked):
    _, made = asked({"el_dy": True}, date(2026, 9, 1))
    turns = {t.fact: (t.values, t.presumed) for c in made.changes if len(c.turns) == 1 for t in c.turns}
    assert made.outcome is Outcome.LICENCE
    assert turns["red_flag"] == (("yes",), "no")
    assert all(change.outcome is not Outcome.LICENCE for change in made.changes)


def test_no_change_touches_a_fact_that_is_stated_and_none_is_longer_than_it_must_be(asked, library):
    row, made = asked({"el_dy": None, "el_tb": None}, date(2026, 9, 1), strict=True)
    stated = {name for name, value in row.items() if value is not None}
    assert made.changes
    for change in made.changes:
        assert not stated & {turn.fact for turn in change.turns}
        for values in product(*(turn.values for turn in change.turns)):
            facts = dict(zip((t.fact for t in change.turns), values, strict=True))
            given = {f: {"yes": True, "no": False}.get(v, v) for f, v in facts.items()}
            verdict = judge(library.law, {**row, **given}, date(2026, 9, 1), strict=True)
            assert Outcome(verdict.outcome) is change.outcome
            for left in given:
                fewer = {f: v for f, v in given.items() if f != left}
                less = judge(library.law, {**row, **fewer}, date(2026, 9, 1), strict=True)
                assert Outcome(less.outcome) is not change.outcome


def test_past_a_hinge_the_notice_nobody_has_read_decides(asked):
    _, made = asked({"kind": "oxide", "material": "element", "el_ho": True}, date(2026, 11, 16))
    assert made.outcome is Outcome.UNVERIFIED
    assert [(b.hinge, b.branch, b.outcome.word) for b in made.branches] == [
        ("cn/mofcom-2025-70", "extended", "not_controlled"),
        ("cn/mofcom-2025-70", "revived", "licence"),
    ]


def test_where_a_ban_is_certain_nothing_can_be_applied_for(asked):
    _, made = asked({"el_dy": True, "to": "US", "military_user": True}, date(2025, 9, 1))
    assert made.outcome is Outcome.PROHIBITED
    assert made.banned is True
    assert made.channels == ()


def test_an_interval_is_only_narrowed_to_its_own_ends(asked):
    worth = {
        "from": "EE", "el_sm": True, "material": "SmCo", "origin_china": False, "cn_technology": False,
        "cn_part1_value": (900_000, 1_100_000), "item_value": (1_000_000_000, 1_000_000_000),
        "cn_part1_value_in_smallest": (900_000, 1_100_000), "smallest_value": (1_000_000_000, 1_000_000_000),
        "cn_part1_value_largest": (900_000, 1_100_000),
    }  # fmt: skip
    _, made = asked(worth, date(2026, 12, 15))
    tried = {t.values for c in made.changes for t in c.turns if t.fact == "cn_part1_value"}
    assert tried == {("90",)}


def test_lists_on_which_nobody_was_looked_for_are_counted_not_told_one_by_one(asked, library):
    lists = {f: None for f in library.law.book.facts if f.startswith(("listed_", "held_"))}
    _, made = asked({"el_dy": None, **lists}, date(2026, 9, 1))
    assert len(made.lists) > 20
    turned = {turn.fact for change in made.changes for turn in change.turns}
    assert not {fact for fact in turned if fact.startswith(("listed_", "held_"))}
    assert ((("el_dy", ("no",)),), "not_controlled", "") in shown(made)
