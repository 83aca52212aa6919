from __future__ import annotations

from datetime import date

import pytest
from tests.fixtures.tables import facts_of, put, rows

from xenotime.core.errors import InputError
from xenotime.law.decide import Decider
from xenotime.wiring.bulk import Wanted, decide_table


@pytest.fixture
def facts(law):
    return facts_of(law, 2_500)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_is_decided_part_by_part(libraries, law, facts, engine, tmp_path):
    path, told = put(facts, law, tmp_path / "facts.parquet"), []
    tally = decide_table(
        path, tmp_path / "out", libraries(), Wanted(engine, rows=1_000), lambda *done: told.append(done)
    )
    expected = Decider(law).decide(facts)
    assert rows(tmp_path / "out" / "decisions").select(expected.columns).equals(expected)
    assert (tally.rows, told) == (2_500, [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)])


def test_an_engine_goes_on_with_what_another_began(libraries, law, facts, tmp_path):
    path, out = put(facts, law, tmp_path / "facts.parquet"), tmp_path / "out"
    first = decide_table(path, out, libraries(), Wanted("polars", rows=1_000))
    (out / "decisions" / "part-00001.parquet").unlink()
    kept = (out / "decisions" / "part-00000.parquet").stat().st_mtime_ns
    assert decide_table(path, out, libraries(), Wanted("duckdb", rows=1_000)) == first
    assert (out / "decisions" / "part-00000.parquet").stat().st_mtime_ns == kept
    expected = Decider(law).decide(facts)
    assert rows(out / "decisions").select(expected.columns).equals(expected)


def test_another_law_is_another_run(libraries, law, facts, tmp_path):
    path = put(facts, law, tmp_path / "facts.parquet")
    decide_table(path, tmp_path / "out", libraries(), Wanted())
    with pytest.raises(InputError) as refused:
        decide_table(path, tmp_path / "out", libraries(strict=True), Wanted())
    assert (refused.value.problem.expected, refused.value.problem.found) == ("strict yes", "strict no")


def test_csv_is_decided_as_parquet_is(libraries, tmp_path):
    path = tmp_path / "june.csv"
    path.write_text("on,from,to,kind,material,el_sm\n2025-04-05,cn,CH,magnet,SmCo,yes\n", "utf-8")
    found = {}
    for engine in ("polars", "duckdb"):
        decide_table(path, tmp_path / engine, libraries(), Wanted(engine))
        found[engine] = rows(tmp_path / engine / "decisions")
    assert found["polars"].equals(found["duckdb"])


def test_a_table_says_its_days_itself(libraries, law, facts, tmp_path):
    path = put(facts.head(5), law, tmp_path / "facts.parquet")
    with pytest.raises(InputError) as refused:
        decide_table(path, tmp_path / "out", libraries(), Wanted(on=date(2025, 4, 5)))
    assert (refused.value.problem.where, (tmp_path / "out").exists()) == ("--on", False)


def test_a_table_that_cannot_be_read_claims_no_folder(libraries, tmp_path):
    with pytest.raises(InputError):
        decide_table(tmp_path / "none.parquet", tmp_path / "out", libraries(), Wanted())
    assert not (tmp_path / "out").exists()
