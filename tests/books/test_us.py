"""Every case of the US bank, decided; its worksheets reckoned; and the country groups held together."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from xenotime.content.minimis import parse_groups
from xenotime.law.decide import Decider
from xenotime.law.instrument import load_yaml
from xenotime.law.node import In
from xenotime.law.oracle import judge
from xenotime.law.read import packaged, read_book
from xenotime.law.rules import DECIDING
from xenotime.law.table import column_names, column_type
from xenotime.services.expectation import failures
from xenotime.services.library import open_library
from xenotime.services.transaction import decide_transaction, gathered, transaction
from xenotime.services.worksheet import worksheet

BANK = load_yaml(packaged("us/cases.yaml"), "us/cases.yaml")
CASES = {case["id"]: case for case in BANK["cases"]}
GROUPS = parse_groups(packaged("us/groups.toml"))
#: The cases of this file: de minimis, foreign direct products, military end use.
MINE = [i for i in CASES if i[:2] in ("DM", "FD", "ME")]
WORDS = {"yes": True, "no": False, "unknown": None}


@pytest.fixture(scope="session")
def us():
    """The packaged US book."""
    return read_book(jurisdiction="us")


@pytest.fixture(scope="session")
def opened(us):
    """The US library on the day of research."""
    kept = {}

    def library(known):
        if known not in kept:
            kept[known] = open_library(known, book=us)
        return kept[known]

    return library


def halves(case):
    """The parts of a case that carry a decision."""
    return [part for part in (case, *case.get("also", [])) if "decide" in part]


def decided(opened, body, case):
    given = transaction(body, case)
    return decide_transaction(opened(given.known), given).explanation


@pytest.mark.parametrize("case", MINE)
def test_decision(case, opened):
    found = [failures(p["expect"], decided(opened, p["decide"], case)) for p in halves(CASES[case])]
    assert found == [()] * len(found)


@pytest.mark.parametrize("case", [i for i in MINE if "reckoned" in CASES[i]])
def test_reckoning(case):
    body, said = CASES[case]["decide"], CASES[case]["reckoned"]
    found = worksheet(body["worksheet"], body["facts"]["to"], case)
    assert {c.part.name: c.counts for c in found.parts} == {p: WORDS[w] for p, w in said["parts"].items()}
    digits = len(said["share_percent"].partition(".")[2])
    assert found.share.exact
    assert round(found.share.low * 100, digits) == Fraction(said["share_percent"])


@pytest.mark.parametrize("case", [i for i in MINE if "refuses" in CASES[i]])
def test_a_wrong_answer_in_print_is_refused(case, opened):
    wrong = CASES[case]["refuses"]
    if "share_percent" in wrong:
        body = CASES[case]["decide"]
        found = worksheet(body["worksheet"], body["facts"]["to"], case)
        digits = len(wrong["share_percent"].partition(".")[2])
        assert round(found.share.low * 100, digits) != Fraction(wrong["share_percent"])
    else:
        assert len(failures({"scopes": wrong["scopes"]}, decided(opened, CASES[case]["decide"], case))) == 1


@pytest.mark.parametrize("case", [i for i in CASES if CASES[i].get("answers") == ["INDETERMINATE"]])
def test_what_is_not_known_is_never_guessed(case, opened):
    found = decided(opened, CASES[case]["decide"], case)
    asked = CASES[case]["expect"]["scopes"]
    assert (found.outcome.word, set(asked.values())) == ("undetermined", {"unknown"})
    assert {s.holds for s in found.scopes if s.address in asked} == {None}
    assert found.missing != ()


def test_the_table_engine_gives_every_case_the_same_outcome(opened):
    given = [transaction(p["decide"], i) for i in MINE for p in halves(CASES[i])]
    library = opened(given[0].known)
    law, rows = library.law, [gathered(library, g)[0] for g in given]
    columns = {"key": range(len(given)), "on": [g.on for g in given]}
    for fact in law.facts:
        for place, name in enumerate(column_names(fact)):
            values = [r.get(fact.name) for r in rows]
            ends = [v[place] if isinstance(v, tuple) else v for v in values]
            columns[name] = pl.Series(ends, dtype=column_type(fact))
    found = Decider(law).decide(pl.DataFrame(columns))
    expected = [judge(law, row, g.on) for row, g in zip(rows, given, strict=True)]
    assert found["outcome"].to_list() == [v.outcome for v in expected]
    assert found.select("low", "high").rows() == [(v.low, v.high) for v in expected]


def test_every_case_of_grade_a_and_b_is_here():
    counts = {kind: sum(i.startswith(kind) for i in MINE) for kind in ("DM", "FD", "ME")}
    assert counts == {"DM": 19, "FD": 8, "ME": 8}
    assert {CASES[i]["grade"] for i in MINE} == {"A", "B"}


def test_the_predicates_hold_the_territories_of_the_groups(us):
    written = {}
    for group in GROUPS:
        node = us.predicates[f"to_{group.replace(':', '').lower()}"].node
        assert isinstance(node, In)
        written[group] = (node.fact, frozenset(node.values))
    assert written == {group: ("to", territories) for group, territories in GROUPS.items()}


def test_macau_is_not_in_d5_and_hong_kong_is_with_china():
    assert [g for g, members in GROUPS.items() if "MO" in members] == ["D:1", "D:3", "D:4"]
    assert [g for g in GROUPS if ("HK" in GROUPS[g]) != ("CN" in GROUPS[g])] == []
    assert {g: len(GROUPS[g] - {"HK"}) for g in ("D:5", "E:1", "E:2")} == {"D:5": 22, "E:1": 3, "E:2": 1}


def test_nothing_recalled_decides(us):
    recalled = [rule for rule in us.rules.values() if rule.confidence in ("M", "?")]
    assert [r.address for r in recalled if r.question != "note" and r.answer != "open"] == []
    decide = [r for r in us.rules.values() if r.question in (*DECIDING, "scope") and r.answer != "open"]
    assert {us.sources[s]["tag"] for r in decide for s in r.sources} & {"M", "?"} == set()
