"""The decision vectors: valid by their schema, as the books are today, and so for both engines.

They are written by `make references` (`xenotime law vectors`); a book that changes makes them stale.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.law.masks import unpack
from xenotime.law.oracle import Verdict, judge
from xenotime.law.read import read_book
from xenotime.law.table import column_names, column_type
from xenotime.services.library import open_library
from xenotime.services.vectors import banks, schemas, vectors, written

FOLDER = Path(__file__).parent / "decisions"
BOOKS = sorted(path.stem for path in FOLDER.glob("??.json"))
KNOWN = date(2026, 11, 21)


@pytest.fixture(scope="module", params=BOOKS)
def found(request):
    """The vectors of one book, as they are kept."""
    return json.loads((FOLDER / f"{request.param}.json").read_text("utf-8"))


def decisions(found):
    """Each decision with its facts, by what it is decided by: known, branches, strict."""
    groups = defaultdict(list)
    for vector in found["vectors"]:
        row = {n: tuple(v) if isinstance(v, list) else v for n, v in vector["facts"].items()}
        for one in vector["decisions"]:
            key = (one["known"], tuple(one["branches"].items()), one["strict"])
            groups[key].append((vector["id"], row, date.fromisoformat(one["on"]), one["expect"]))
    return groups


def test_there_are_vectors_of_the_first_book():
    assert "cn" in BOOKS
    kept = {path.name for path in FOLDER.iterdir()}
    assert kept == {*(f"{book}.json" for book in BOOKS), *schemas()}


def test_the_schemas_are_those_of_the_package():
    assert {name: (FOLDER / name).read_text("utf-8") for name in schemas()} == schemas()


def test_the_vectors_are_what_the_schema_says(found):
    schema = json.loads(schemas()["decisions.schema.json"])
    assert [e.message for e in Draft202012Validator(schema).iter_errors(found)] == []


def test_the_vectors_are_those_of_the_book_today(found):
    book = found["book"]
    made = vectors(open_library(KNOWN, jurisdiction=book), banks(book))
    assert (FOLDER / f"{book}.json").read_text("utf-8") == written(made), "stale: run `make references`"


def test_the_oracle_answers_as_the_vectors_say(found):
    book = read_book(jurisdiction=found["book"])
    for (known, branches, strict), cases in decisions(found).items():
        law = fold_book(book, date.fromisoformat(known), dict(branches))
        for name, row, on, expect in cases:
            assert told(law, judge(law, row, on, strict=strict)) == by_name(expect), (name, on)


def test_the_column_engine_answers_as_the_vectors_say(found):
    book = read_book(jurisdiction=found["book"])
    for (known, branches, strict), cases in decisions(found).items():
        law = fold_book(book, date.fromisoformat(known), dict(branches))
        decided = Decider(law, strict=strict).decide(table(law, cases)).sort("key")
        for (name, _, on, expect), got in zip(cases, decided.iter_rows(named=True), strict=True):
            assert told(law, verdict(law, got)) == by_name(expect), (name, on)


def table(law, cases):
    """The facts of decisions as a person's table."""
    columns = {"on": pl.Series([on for _, _, on, _ in cases], dtype=pl.Date)}
    for fact in law.facts:
        for place, name in enumerate(column_names(fact)):
            values = [row.get(fact.name) for _, row, _, _ in cases]
            ends = (
                [v[place] if isinstance(v, tuple) else None for v in values] if fact.is_interval else values
            )
            columns[name] = pl.Series(ends, dtype=column_type(fact))
    return pl.DataFrame({"key": range(len(cases)), **columns})


def verdict(law, got):
    """A row of the column engine as the oracle would say it."""
    masks = ("true", "missing", "assumed", "duties", "notes", "channels_true", "channels_unknown")
    branches = {(h.id, b): got[f"{h.id}={b}"] for h in law.hinges for b in h.branches}
    plain = (got[name] for name in ("outcome", "low", "high", "rule"))
    return Verdict(*plain, *(unpack(got, name) for name in masks), branches)


def told(law, said):
    """A verdict in the names of a vector."""

    def held(mask, names):
        return [name for bit, name in enumerate(names) if mask >> bit & 1]

    facts, channels = [f.name for f in law.facts], [r.answer for r in law.channels]
    return {
        "outcome": Outcome(said.outcome).word,
        "low": Outcome(said.low).word,
        "high": Outcome(said.high).word,
        "rule": law.rules[said.rule].address if said.rule >= 0 else None,
        "true": held(said.true, [p.name for p in law.predicates]),
        "missing": held(said.missing, facts),
        "duties": held(said.duties, [r.address for r in law.duties]),
        "notes": held(said.notes, [r.address for r in law.notes]),
        "channels_open": held(said.channels_true, channels),
        "channels_unknown": held(said.channels_unknown, channels),
        "branches": {f"{h}={b}": Outcome(o).word for (h, b), o in said.branches.items() if o is not None},
    }


def by_name(expect):
    """What a vector expects of an engine: all but the rules and scopes, which only the oracle shows."""
    branches = {f"{h}={b}": o for h, several in expect["branches"].items() for b, o in several.items()}
    return {**{k: v for k, v in expect.items() if k not in ("rules", "scopes")}, "branches": branches}
