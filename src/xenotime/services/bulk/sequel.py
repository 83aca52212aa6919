"""What follows a change: the facts and hinges that now hold legs open, the duties that come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.law import WORD
from xenotime.services.bulk.pair import Pair
from xenotime.services.bulk.shift import Owed, Question, Waiting


def _bit(name: str, place: int) -> pl.Expr:
    return (pl.col(f"{name}_{place // WORD}") & (1 << (place % WORD))) != 0


def _outcomes(pair: Pair, outcome: Outcome) -> pl.DataFrame:
    """The later answers of legs that moved to an outcome."""
    moved = (pair.after["outcome"] != pair.before["outcome"]) & (pair.after["outcome"] == int(outcome))
    return pair.after.filter(moved)


def questions(pair: Pair) -> Iterator[Question]:
    """The facts that hold moved legs open, those of the most legs first."""
    law, moved = pair.laws[1], _outcomes(pair, Outcome.UNDETERMINED)
    if not moved.height:
        return
    counts = moved.select(_bit("missing", k).sum().alias(f.name) for k, f in enumerate(law.facts))
    asked = sorted(((n, f) for f, n in zip(law.facts, counts.row(0), strict=True) if n), key=lambda p: -p[0])
    for number, fact in asked:
        yield Question(fact.name, fact.asks, fact.who, number)


def waiting(pair: Pair) -> Iterator[Waiting]:
    """The hinges on which moved legs turn, the earliest first."""
    law, open_legs = pair.laws[1], _outcomes(pair, Outcome.UNVERIFIED)
    for hinge in law.hinges:
        turns = [open_legs[f"{hinge.id}={branch}"].is_not_null() for branch in hinge.branches]
        number = pl.DataFrame(turns).select(pl.any_horizontal(pl.all()).sum()).item() if turns else 0
        if number:
            yield Waiting(hinge.id, hinge.day, hinge.asks, hinge.check, number)


def owed(pair: Pair) -> Iterator[Owed]:
    """Duties by how many legs come to owe them, or owe them no more, in book order."""
    rules = {r.address: r for law in pair.laws for r in law.duties}
    bits = [{r.address: _bit("duties", k) for k, r in enumerate(law.duties)} for law in pair.laws]
    no = pl.lit(value=False)
    truths = [
        answers.select(*(found.get(a, no).alias(a) for a in rules))
        for answers, found in zip((pair.before, pair.after), bits, strict=True)
    ]
    if not pair.after.height or not rules:
        return
    for address, rule in rules.items():
        old, new = (t[address] for t in truths)
        gained, lost = int((new & ~old).sum()), int((old & ~new).sum())
        if gained or lost:
            said: Mapping[str, object] = rule.extra.get("duty") or {}
            yield Owed(address, rule.answer, str(said.get("what", "")), str(said.get("by", "")), gained, lost)
