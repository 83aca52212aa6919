"""Small result columns as words: outcomes, articles, missing facts, each distinct text once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.decide import branch_names
from xenotime.law.facts import Fact
from xenotime.law.law import Law
from xenotime.law.masks import unpack, word_names
from xenotime.law.rules import Rule

_LISTS = ("listed_", "held_")
#: The outcomes as words, in the order of their codes.
OUTCOMES = tuple(outcome.word for outcome in Outcome)
#: What a result tells of each row.
COLUMNS = ("outcome", "rule", "missing", "branches", "duties", "low", "high", "assuming")


def told(decided: pl.DataFrame, law: Law) -> pl.DataFrame:
    """One row of words for each decided row, in the order of its key: see `COLUMNS`."""
    ranked = decided.sort("key")
    coded = {name: _coded(ranked[name], OUTCOMES) for name in ("outcome", "low", "high")}
    rules = [rule.address for rule in law.rules]
    facts, duties = _facts(law.facts), _addresses(law.duties)
    columns = {
        **coded,
        "rule": _coded(ranked["rule"], rules),
        "missing": _worded(ranked, word_names("missing", len(law.facts)), "missing", facts),
        "assuming": _worded(ranked, word_names("assumed", len(law.facts)), "assumed", _presumed(law.facts)),
        "duties": _worded(ranked, word_names("duties", len(law.duties)), "duties", duties),
        "branches": _branches(ranked, branch_names(law)),
    }
    return pl.DataFrame({name: columns[name] for name in COLUMNS})


def _coded(codes: pl.Series, words: Sequence[str]) -> pl.Series:
    """Codes as the words they stand for; below 0 there is none."""
    known = pl.when(codes >= 0).then(codes)
    return pl.select(known.cast(pl.UInt32).cast(pl.Enum(list(words)))).to_series()


def _worded(rows: pl.DataFrame, names: list[str], mask: str, say: Callable[[int], str]) -> pl.Series:
    """A mask of several words of bits as text, worked out once for each mask that is there."""
    kinds = rows.select(names).unique(maintain_order=True)
    texts = [say(unpack(kind, mask)) or None for kind in kinds.iter_rows(named=True)]
    enum = pl.Enum(list(dict.fromkeys(text for text in texts if text)))
    named = kinds.with_columns(pl.Series("text", texts, dtype=enum))
    return rows.select(names).join(named, on=names, how="left", maintain_order="left")["text"]


def _bits(mask: int, things: Sequence[Any]) -> list[Any]:
    return [thing for bit, thing in enumerate(things) if mask >> bit & 1]


def _facts(facts: Sequence[Fact]) -> Callable[[int], str]:
    """Facts by name; those that a screening answers are counted."""

    def say(mask: int) -> str:
        names = [f.name for f in _bits(mask, facts)]
        lists = sum(name.startswith(_LISTS) for name in names)
        own = [name for name in names if not name.startswith(_LISTS)]
        return "; ".join([*own, *([f"parties on lists ({lists})"] if lists else [])])

    return say


def _presumed(facts: Sequence[Fact]) -> Callable[[int], str]:
    return lambda mask: "; ".join(f"{f.name} = {f.presumed}" for f in _bits(mask, facts))


def _addresses(rules: Sequence[Rule]) -> Callable[[int], str]:
    return lambda mask: "; ".join(rule.address for rule in _bits(mask, rules))


def _branches(rows: pl.DataFrame, names: list[str]) -> pl.Series:
    """The answers of the branches that matter to a row: ``HINGE=BRANCH: outcome``."""
    kinds = rows.select(names).unique(maintain_order=True)
    texts = [
        "; ".join(f"{name}: {OUTCOMES[code]}" for name, code in kind.items() if code is not None) or None
        for kind in kinds.iter_rows(named=True)
    ]
    if not names:
        return pl.Series("branches", [None] * rows.height, dtype=pl.Enum([]))
    enum = pl.Enum(list(dict.fromkeys(text for text in texts if text)))
    named = kinds.with_columns(pl.Series("text", texts, dtype=enum))
    return rows.select(names).join(named, on=names, how="left", maintain_order="left", nulls_equal=True)[
        "text"
    ]
