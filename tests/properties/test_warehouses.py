"""DuckDB, Sail, Polars, the kernel and the oracle decide a million random rows alike, on every column.

The rows travel as a person's table does: Parquet with words, nulls, keys and money as decimals, on the days
around every boundary. The oracle is told over sets of rows (`planes`), and is `judge` row by row.
"""

from __future__ import annotations

import polars as pl
import pytest
from tests.fixtures.sail import server
from tests.fixtures.tables import facts_of, put, rows
from tests.properties.planes import differing, judged
from tests.properties.test_engines import _columns

from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.law.oracle import judge
from xenotime.law.read import read_book
from xenotime.services.bulk.run import decide_parts, parts
from xenotime.stores.duck import Duck
from xenotime.stores.parts import Parts
from xenotime.stores.spark import decide_there, session_on
from xenotime.stores.tables import open_table

pytestmark = pytest.mark.usefixtures("main_with_file")
SIZE, PART = 1_000_000, 500_000
#: Rows of the same million that `judge` itself decides.
SAMPLE = 1_500


@pytest.fixture(scope="module")
def facts(law):
    return facts_of(law, SIZE, seed=2026)


@pytest.fixture(scope="module")
def stored(law, facts, tmp_path_factory):
    return put(facts, law, tmp_path_factory.mktemp("million") / "facts.parquet")


@pytest.fixture(scope="module")
def kernel(law, facts):
    return Decider(law, kernel=True).decide(facts)


def test_the_oracle_agrees_on_a_million_rows(law, facts, kernel):
    assert differing(kernel, judged(law, facts)) == []


def test_the_oracle_of_sets_is_the_oracle_of_rows(law, facts):
    """Every value that `judge` gives for a sample is the one that its row has in the sets."""
    sample = facts.gather_every(SIZE // SAMPLE)
    verdicts = [_columns(judge(law, row, row["on"]), law) for row in given(sample, law)]
    found = judged(law, sample)
    for place, verdict in enumerate(verdicts):
        codes = {
            name: next(v for v, those in values.items() if those >> place & 1)
            for name, values in found.codes.items()
        }
        masks = {
            name: sum((those >> place & 1) << bit for bit, those in enumerate(bits))
            for name, bits in found.masks.items()
        }
        assert {**codes, **masks} == verdict


def test_polars_agrees_on_a_million_rows(law, facts, kernel):
    assert Decider(law, kernel=False).decide(facts).equals(kernel)


def test_duckdb_agrees_on_a_million_rows(law, stored, kernel, tmp_path):
    table = open_table(stored, law)
    decide_parts(Duck(table, law), parts(table.rows, PART), Parts(tmp_path, {}))
    assert rows(tmp_path / "decisions").select(kernel.columns).equals(kernel)


def test_spark_connect_agrees_on_a_million_rows(law, stored, kernel, tmp_path):
    process, address = server()
    with session_on(address) as session:
        decide_there(session, f"file://{stored}", f"file://{tmp_path}/decisions", law)
    process.communicate("", timeout=30)
    assert rows(tmp_path / "decisions").select(kernel.columns).equals(kernel)


@pytest.mark.parametrize("jurisdiction", ["us", "eu"])
def test_every_book_is_decided_alike(law, jurisdiction, tmp_path):
    other = fold_book(read_book(jurisdiction=jurisdiction), law.known)
    few = facts_of(other, 20_000, seed=3, few=1_000)
    expected = Decider(other, strict=True, kernel=False).decide(few)
    table = open_table(put(few, other, tmp_path / "facts.parquet"), other)
    decide_parts(Duck(table, other, strict=True), parts(table.rows), Parts(tmp_path, {}))
    assert rows(tmp_path / "decisions").select(expected.columns).equals(expected)
    assert differing(expected, judged(other, few, strict=True)) == []


def given(facts: pl.DataFrame, law) -> list[dict[str, object]]:
    """Rows of facts as the oracle takes them: intervals as pairs."""
    found = []
    for row in facts.iter_rows(named=True):
        for fact in law.facts:
            if fact.is_interval:
                ends = (row.pop(f"{fact.name}_min"), row.pop(f"{fact.name}_max"))
                row[fact.name] = None if ends == (None, None) else ends
        found.append(row)
    return found
