"""Every deciding rule, on a row for which it holds, the day before, on and after each boundary day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.properties.tables import frame

from xenotime.law import clash
from xenotime.law.decide import decide
from xenotime.law.events import FIRST_DAY
from xenotime.law.law import fold_book
from xenotime.law.masks import unpack
from xenotime.law.oracle import Scene, judge
from xenotime.law.rules import DECIDING

#: Days of knowledge: all there is; before the suspensions of November 2025; in spring 2025.
KNOWN = (date(2026, 11, 21), date(2025, 10, 15), date(2025, 5, 20))
STATUS = {"in_force": True, "unverified": None, "not_yet": False, "suspended": False, "repealed": False}


@pytest.fixture(scope="module")
def revived(book):
    """The law with every hinge turned to the branch that puts its articles in force."""
    chosen = {h.id: next(b for b, s in h.branches.items() if s == "in_force") for h in book.hinges.values()}
    return fold_book(book, max(KNOWN), chosen)


@pytest.fixture(scope="module")
def witnesses(revived):
    """For each rule that decides: a day and a row of facts for which it holds."""
    return {rule.address: clash._witness(revived, rule, rule) for rule in revived.rules}


def boundary_days(law, address):
    """The day before, on and after each first day of a stretch."""
    firsts = [s.first for s in law.stretches(address) if s.first != FIRST_DAY]
    return sorted({first + timedelta(days=k) for first in firsts for k in (-1, 0, 1)})


@pytest.fixture(scope="module", params=KNOWN, ids=str)
def law(request, book):
    return fold_book(book, request.param)


@pytest.fixture(scope="module")
def rows(law, witnesses):
    """Each rule's row on each of its days, with the rule's address."""
    return [
        (address, day, facts)
        for address, (_, facts) in witnesses.items()
        for day in boundary_days(law, address)
    ]


def test_every_rule_that_decides_can_hold(revived, witnesses):
    assert len(witnesses) == sum(r.question in DECIDING for r in revived.book.rules.values())
    assert [address for address, found in witnesses.items() if found is None] == []
    held = {address: Scene(revived, row, day).values[address] for address, (day, row) in witnesses.items()}
    assert [address for address, value in held.items() if value is not True] == []


def test_a_rule_stands_as_its_events_fold(law, rows):
    wrong = []
    for address, day, facts in rows:
        scene = Scene(law, facts, day)
        rule, status = law.book.rules[address], STATUS[law.status(address, day).status]
        tree = scene.value(rule.node)
        excepted = any(scene.values[e] is not False for e in rule.unless)
        if status is False or tree is False:
            wanted = False
        else:
            wanted = None if status is None or tree is None else True
        if not excepted and (scene.values[address], scene.in_force(address)) != (wanted, status):
            wrong.append((address, day))
    assert wrong == []


def test_a_boundary_changes_the_status(law):
    flat = [
        (address, stretch.first)
        for address, stretches in law.statuses.items()
        for before, stretch in pairwise(stretches)
        if (before.status, before.hinge, before.by) == (stretch.status, stretch.hinge, stretch.by)
    ]
    assert flat == []


def test_both_engines_agree_at_every_boundary(law, rows):
    whole = [{"on": day, **{f.name: facts.get(f.name) for f in law.facts}} for _, day, facts in rows]
    found = decide(law, frame(law, whole))
    wrong = []
    for (address, day, facts), got in zip(rows, found.iter_rows(named=True), strict=True):
        want = judge(law, facts, day)
        one = (
            got["outcome"],
            got["low"],
            got["high"],
            got["rule"],
            unpack(got, "true"),
            unpack(got, "missing"),
        )
        other = (want.outcome, want.low, want.high, want.rule, want.true, want.missing)
        beside = ("assumed", "duties", "notes", "channels_true", "channels_unknown")
        same = all(unpack(got, name) == getattr(want, name) for name in beside)
        branches = {k: v for k, v in want.branches.items() if v is not None}
        shown = {
            (h.id, b): got[f"{h.id}={b}"]
            for h in law.hinges
            for b in h.branches
            if got[f"{h.id}={b}"] is not None
        }
        if one != other or not same or branches != shown:
            wrong.append((address, day, one, other))
    assert wrong == []
