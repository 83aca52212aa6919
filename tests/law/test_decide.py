from __future__ import annotations

import sys
from datetime import date
from itertools import product

import polars as pl
import pytest

from xenotime.core.errors import FactError
from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider, decide
from xenotime.law.law import fold_book
from xenotime.law.masks import unpack
from xenotime.law.oracle import judge

DAY, PAST = date(2025, 6, 1), date(2026, 1, 1)
HINGE = (
    "\n  - {id: user/x.h, day: 2026-01-01, branches: {long: suspended, short: in_force}, default: long, "
    'asks: "?", check: nowhere}'
)
PAUSED = "[{in_force: 2021-01-01}, {suspended: 2025-01-01, through: 2025-12-31, hinge: user/x.h}]"
OPEN = "{wide: {answer: prohibited, says: all}, narrow: {answer: none, says: none}}"


@pytest.fixture(scope="module")
def law(small):
    """Metal needs a licence, oxide none; magnets are banned unless civil; tools are paused past a hinge."""
    names = small.predicates(
        is_metal="metal", is_oxide="kind = 'oxide'", is_magnet="kind IN ('magnet')", is_tool="kind = 'tool'",
        not_civil="NOT civil", hot="heat BETWEEN 900 AND 999", share="part * 10 >= whole",
        far="\\\"to\\\" <> 'CN'",
    )  # fmt: skip
    rules = (
        small.article("1", "{all: [is_metal, far]}", unless='["2"]'),
        small.article("2", "is_oxide", "exempt"),
        small.article("3", "{all: [is_magnet, not_civil]}", "prohibited", "banned"),
        small.article("4", "{any: [is_tool, {in_force: '9'}]}", events=PAUSED),
        small.article("5", "hot", "open", "banned", readings=OPEN),
        small.article("6", "share", "report"),
        small.article("7", "{holds: '3'}", "stop", "duty", duty="{what: stop}"),
        small.article("8", "is_metal", "caution", "note", says="metal"),
        small.article("9", "{all: [is_metal, not_civil]}", "individual", "channel", events=PAUSED),
        small.article("10", "is_tool", "case_by_case", "policy", conflicts='["6"]'),
    )
    return small.law(small.notice("user/x", *rules, predicates=names, hinges=HINGE))


def table(*rows, **more):
    """A table of rows {column: value}; the day is DAY unless said, the key counts from 100."""
    filled = [{"key": 100 + n, "on": DAY, **row} for n, row in enumerate(rows)]
    columns = {
        name: [row.get(name) for row in filled] for name in dict.fromkeys(k for r in filled for k in r)
    }
    return pl.DataFrame(columns, schema_overrides={"on": pl.Date, **more})


def outcomes(result):
    return [Outcome(code).word for code in result["outcome"]]


KNOWN = {"metal": False, "civil": True, "kind": "oxide", "to": "DE", "heat": 1, "part_min": 0, "part_max": 0}
COLD = {**KNOWN, "whole_min": 9, "whole_max": 9}


def test_each_row_has_its_answer_under_its_key(law):
    rows = table(
        COLD,
        {**COLD, "kind": "magnet", "metal": True},
        {**COLD, "kind": "magnet", "civil": False},
        {**COLD, "heat": 950},
        {**COLD, "part_max": 1},
        {**COLD, "kind": "tool", "on": PAST},
        {**COLD, "kind": "tool", "part_min": 1, "part_max": 1},
    )
    found = decide(law, rows)
    assert found["key"].to_list() == [100, 101, 102, 103, 104, 105, 106]
    assert found["on"].to_list() == [DAY] * 5 + [PAST, DAY]
    assert outcomes(found) == [
        "not_controlled",
        "licence",
        "prohibited",
        "open",
        "undetermined",
        "case_by_case",
        "conflict",
    ]
    rules = [law.rules[bit].address if bit >= 0 else "" for bit in found["rule"]]
    assert rules == ["user/x/2", "user/x/1", "user/x/3", "user/x/5", "user/x/6", "user/x/10", "user/x/10"]


def test_a_result_has_these_columns(law):
    found = decide(law, table(COLD)).columns
    masks = ("true", "missing", "assumed", "duties", "notes", "channels_true", "channels_unknown")
    wanted = ["key", "on", "outcome", "low", "high", "rule", "user/x.h=long", "user/x.h=short"]
    assert sorted(found) == sorted([*wanted, *(f"{name}_0" for name in masks)])


def test_without_a_key_rows_are_counted(law):
    assert decide(law, table(COLD, COLD).drop("key"))["key"].to_list() == [0, 1]
    assert decide(law, table(COLD, COLD).with_columns(key=pl.Series(["b", "a"])))["key"].to_list() == [
        "b",
        "a",
    ]


def test_the_order_of_rows_changes_nothing(law):
    rows = table(*({**COLD, "kind": k, "on": d} for k, d in product(("tool", "magnet", None), (DAY, PAST))))
    forth, back = decide(law, rows), decide(law, rows.reverse())
    assert forth.equals(back.reverse())


def test_an_empty_table_has_an_empty_answer(law):
    empty = decide(law, table(COLD).clear())
    assert (empty.height, empty.columns) == (0, decide(law, table(COLD)).columns)


def test_columns_that_are_absent_are_unknown(law):
    bare, full = decide(law, table({})), decide(law, table(dict.fromkeys(COLD)))
    assert outcomes(bare) == ["undetermined"]
    assert bare.equals(full)


@pytest.mark.parametrize("kernel", [False, True])
def test_a_book_without_hinges_duties_or_rules_decides_too(small, kernel):
    nothing = Decider(small.law(), kernel=kernel).decide(table({"metal": True}))
    assert outcomes(nothing) == ["not_controlled"]
    plain = small.law(
        small.notice("user/x", small.article("1", "one"), predicates=small.predicates(one="metal"))
    )
    rows = table({"metal": True}, {"metal": False}, {"metal": None})
    decided = Decider(plain, kernel=kernel).decide(rows)
    assert outcomes(decided) == ["licence", "not_controlled", "undetermined"]


@pytest.mark.parametrize(
    ("row", "types", "what", "found"),
    [
        ({"mood": True}, {}, "these columns are not the facts of this law", "mood"),
        ({"part": 3}, {}, "these columns are not the facts of this law", "part"),
        ({"metal_asked": True}, {}, "these columns are not the facts of this law", "metal_asked"),
        ({"kind": "brick"}, {}, "the fact 'kind' cannot have this value", "'brick'"),
        ({"to": "Germany"}, {}, "the fact 'to' cannot have this value", "'Germany'"),
        ({"to": "de"}, {}, "the fact 'to' cannot have this value", "'de'"),
        ({"metal": "yes"}, {}, "this column has another type", "String"),
        ({"metal": 1}, {}, "this column has another type", "Int64"),
        ({"heat": 1.5}, {}, "this column has another type", "Float64"),
        ({"part_min": 1.0}, {}, "this column has another type", "Float64"),
        ({"heat": 2**53 + 1}, {}, "this number is out of range", str(2**53 + 1)),
        ({"part_max": 2**60}, {}, "this number is out of range", str(2**60)),
        ({"part_min": -1}, {}, "this number is out of range", "-1"),
        ({"part_min": 5, "part_max": 4}, {}, "a lower bound is above the upper one", ""),
        ({"on": None}, {}, "a row has no day", "null"),
        ({"on": "2025-06-01"}, {"on": pl.String}, "the column 'on' is not a date", "String"),
    ],
)
@pytest.mark.parametrize("kernel", [False, True])
def test_wrong_columns_are_refused(law, row, types, what, found, kernel):
    with pytest.raises(FactError) as caught:
        Decider(law, kernel=kernel).decide(table({**COLD, **row}, **types))
    assert (caught.value.problem.what, caught.value.problem.found) == (what, found)


def test_a_table_without_a_day_is_refused(law):
    with pytest.raises(FactError, match="no column 'on'"):
        decide(law, table(COLD).drop("on"))


def test_strict_presumes_nothing_and_asked_keeps_the_unknown(law):
    rows = table(
        {**COLD, "kind": "magnet", "civil": None},
        {**COLD, "kind": "magnet", "civil": None, "civil_asked": True},
        {**COLD, "kind": "magnet", "civil": None, "civil_asked": None},
    )
    usual = decide(law, rows)
    assert outcomes(usual) == ["not_controlled", "undetermined", "not_controlled"]
    bit = [f.name for f in law.facts].index("civil")
    assert [unpack(row, "assumed") for row in usual.to_dicts()] == [1 << bit, 0, 1 << bit]
    assert [unpack(row, "missing") for row in usual.to_dicts()] == [0, 1 << bit, 0]
    assert outcomes(decide(law, rows, strict=True)) == ["undetermined"] * 3


def test_a_chosen_branch_settles_the_hinge(law):
    rows = table({**COLD, "kind": "tool", "on": PAST, "part_max": 0, "metal": False})
    free = decide(law, rows)
    assert free.select("user/x.h=long", "user/x.h=short").row(0) == (None, None)
    for branch in ("long", "short"):
        found = decide(fold_book(law.book, law.known, {"user/x.h": branch}), rows)
        assert outcomes(found) == ["case_by_case"]
        assert [c for c in found.columns if "=" in c] == []


def test_progress_counts_every_row(law):
    seen = []
    Decider(law).decide(table(*[COLD] * 7), progress=seen.append)
    assert sum(seen) == 7


def engine_row(row):
    """A row of the table as the oracle takes it."""
    facts = {k: v for k, v in row.items() if k in ("metal", "civil", "kind", "to", "heat")}
    spans = {n: (row[f"{n}_min"], row[f"{n}_max"]) for n in ("part", "whole")}
    return {**facts, **{n: None if s == (None, None) else s for n, s in spans.items()}}


def combinations(day):
    """Every combination of a few values of every fact."""
    values = product(
        (True, False, None),
        (True, False, None),
        ("oxide", "magnet", "tool", None),
        ("CN", "DE", None),
        (899, 900, None),
        ((0, 0), (1, 1), (0, 1), (None, 1), (1, None)),
    )
    return [
        {"metal": m, "civil": c, "kind": k, "to": t, "heat": h, "part_min": p[0], "part_max": p[1]}
        | {"whole_min": 9, "whole_max": 9, "on": day}
        for m, c, k, t, h, p in values
    ]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("day", [date(2020, 12, 31), DAY, PAST])
def test_both_engines_agree_on_every_combination(law, day, strict):
    rows = combinations(day)
    found = decide(law, table(*rows), strict=strict)
    for row, got in zip(rows, found.iter_rows(named=True), strict=True):
        want = judge(law, engine_row(row), day, strict=strict)
        assert (got["outcome"], got["low"], got["high"], got["rule"]) == (
            want.outcome,
            want.low,
            want.high,
            want.rule,
        ), row
        assert (unpack(got, "true"), unpack(got, "missing")) == (want.true, want.missing), row
        beside = ("assumed", "duties", "notes", "channels_true", "channels_unknown")
        assert [unpack(got, name) for name in beside] == [getattr(want, name) for name in beside], row
        branches = {(h.id, b): got[f"{h.id}={b}"] for h in law.hinges for b in h.branches}
        wanted = dict(want.branches) or dict.fromkeys(branches)
        assert branches == wanted, row


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("day", [date(2020, 12, 31), DAY, PAST])
def test_the_kernel_decides_as_polars_does(law, day, strict):
    rows = table(*combinations(day)).with_columns(civil_asked=pl.int_range(pl.len()) % 5 == 0)
    kernel, plain = (Decider(law, strict=strict, kernel=k).decide(rows) for k in (True, False))
    assert kernel.select(plain.columns).equals(plain)
    assert kernel.schema == plain.schema


def test_the_kernel_begins_where_a_table_is_worth_it(law, monkeypatch):
    def engine(rows, **more):
        decider = Decider(law, **more)
        decider.decide(table(*[COLD] * rows))
        return "polars" if decider._woken is None else "kernel"

    monkeypatch.setattr("xenotime.law.decide.FIRST_KERNEL", 5)
    monkeypatch.setattr("xenotime.law.decide.NEXT_KERNEL", 5)
    assert [engine(4), engine(5)] == ["polars", "kernel"]
    assert [engine(5, kernel=False), engine(1, kernel=True)] == ["polars", "kernel"]
    monkeypatch.setitem(sys.modules, "xenotime.law.kernel.run", None)  # as where numba is not installed
    assert engine(5) == "polars"


def test_a_kernel_once_awake_decides_small_tables_too_but_not_empty_ones(law):
    decider = Decider(law, kernel=True)
    assert decider.decide(table(COLD).clear()).height == 0
    decider.decide(table(COLD))
    assert decider._kernel(1) is decider._woken
    assert decider._kernel(0) is None
