"""The column engine and the plain-Python oracle agree on every row, on every column.

The oracle takes its rows one by one here; `test_warehouses` asks every engine about a million, and the
oracle's rules told over sets of rows.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import narwhals as nw
import pytest
import yaml
from tests.properties.tables import frame, random_rows

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.law.facts import show_value
from xenotime.law.law import Law, fold_book
from xenotime.law.masks import unpack
from xenotime.law.oracle import Verdict, judge
from xenotime.law.read import read_book
from xenotime.law.table import engine_frame
from xenotime.law.words import NARWHALS

ROWS = 60_000
TODAY = date(2026, 11, 21)
#: Day of knowledge, chosen branches, strict, rows: together ROWS.
RUNS = (
    (TODAY, {}, False, 24_000),
    (TODAY, {}, True, 12_000),
    (date(2025, 10, 15), {}, False, 9_000),
    (date(2025, 6, 1), {}, True, 6_000),
    (TODAY, {"cn/mofcom-2025-70": "revived"}, False, 6_000),
    (TODAY, {"cn/mofcom-2025-70": "extended", "cn/mofcom-2025-72": "lapsed"}, False, 3_000),
)


def test_the_runs_are_as_many_rows_as_promised() -> None:
    assert sum(run[3] for run in RUNS) == ROWS


@pytest.mark.parametrize(("known", "chosen", "strict", "size"), RUNS)
def test_oracle_and_polars_agree(known: date, chosen: dict[str, str], strict: bool, size: int) -> None:
    law = fold_book(read_book(), known, chosen)
    rows = random_rows(law, size, seed=size)
    decided = Decider(law, strict=strict).decide(frame(law, rows))
    seen: Counter[Outcome] = Counter()

    for row, got in zip(rows, decided.sort("key").iter_rows(named=True), strict=True):
        on = row["on"]
        assert isinstance(on, date)
        expected = _columns(judge(law, row, on, strict=strict), law)
        found = {name: unpack(got, name) if name in _MASKS else got[name] for name in expected}
        assert found == expected, _decide_file(law, row, on, strict=strict, found=found, expected=expected)
        seen[Outcome(got["outcome"])] += 1

    assert set(seen) >= {Outcome.NOT_CONTROLLED, Outcome.LICENCE, Outcome.PROHIBITED, Outcome.UNDETERMINED}
    if known == TODAY and not chosen:
        assert {Outcome.UNVERIFIED, Outcome.OPEN, Outcome.PRESUMED_DENIED} <= set(seen)


def test_narwhals_words_decide_as_polars_words_do() -> None:
    law = fold_book(read_book(), TODAY)
    facts = frame(law, random_rows(law, 3_000, seed=3))

    spoken = Decider(law, words=NARWHALS).run(nw.from_native(engine_frame(facts, law)))
    direct = Decider(law).decide(facts)

    assert nw.to_native(spoken).select(direct.columns).equals(direct)


_MASKS = ("true", "missing", "assumed", "duties", "notes", "channels_true", "channels_unknown")


def _columns(verdict: Verdict, law: Law) -> dict[str, object]:
    branches = {f"{h.id}={b}": None for h in law.hinges for b in h.branches}
    branches.update({f"{h}={b}": outcome for (h, b), outcome in verdict.branches.items()})
    names = ("outcome", "low", "high", "rule", *_MASKS)
    return {**{name: getattr(verdict, name) for name in names}, **branches}


def _decide_file(law: Law, row: dict, on: date, *, strict: bool, found: dict, expected: dict) -> str:  # type: ignore[type-arg] # for a message only
    facts = {f.name: _written(f, row[f.name]) for f in law.facts if row[f.name] is not None}
    differs = {k: f"columns {found[k]}, oracle {expected[k]}" for k in expected if found[k] != expected[k]}
    body = {
        "on": str(on),
        "known": str(law.known),
        "strict": "yes" if strict else "no",
        "branches": dict(law.chosen),
        "facts": facts,
    }
    return f"the engines differ: {differs}\n# xenotime decide -\n{yaml.safe_dump(body, sort_keys=False)}"


def _written(fact: object, value: object) -> object:
    from xenotime.law.facts import Fact  # noqa: PLC0415 - for a message only

    assert isinstance(fact, Fact)
    if isinstance(value, tuple):
        low, high = (None if end is None else show_value((end, end)) for end in value)
        return {"min": low, "max": high}
    return show_value(value)  # type: ignore[arg-type] # a stored value
