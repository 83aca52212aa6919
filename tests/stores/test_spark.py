"""Sail stands for a cluster here; tests/spark asks Apache Spark itself the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.fixtures.sail import server
from tests.fixtures.tables import facts_of, put, rows

from xenotime.core.errors import FactError, InputError
from xenotime.law.decide import Decider
from xenotime.services.bulk.run import Part
from xenotime.stores.parts import tally_of
from xenotime.stores.spark import Spark, decide_there, is_there, session_on
from xenotime.stores.tables import open_table

pytestmark = pytest.mark.usefixtures("main_with_file")
SIZE = 600


@pytest.fixture(scope="module", params=["local", "local-cluster"])
def address(request):
    """One machine that does all tasks, and a cluster whose driver hands them to two workers."""
    process, found = server(SAIL_MODE=request.param, SAIL_CLUSTER__WORKER_INITIAL_COUNT="2")
    yield found
    process.communicate("", timeout=30)


@pytest.fixture(scope="module")
def facts(law):
    return facts_of(law, SIZE)


@pytest.fixture(scope="module")
def expected(law, facts):
    return Decider(law).decide(facts)


def test_a_table_that_lies_there_is_decided_there(address, law, facts, expected, tmp_path):
    (tmp_path / "facts").mkdir()
    for number, part in enumerate(facts.iter_slices(SIZE // 2)):
        put(part, law, tmp_path / "facts" / f"{number}.parquet")
    source, target = f"file://{tmp_path}/facts", f"file://{tmp_path}/decisions"
    with session_on(address) as session:
        tally = decide_there(session, source, target, law)
        with pytest.raises(InputError) as refused:
            decide_there(session, source, target, law)
        again = decide_there(session, source, target, law, again=True)
    found = rows(tmp_path / "decisions")
    assert found.select(expected.columns).equals(expected)
    assert refused.value.problem.what == "there are decisions at this place already"
    found.write_parquet(tmp_path / "one.parquet")
    assert tally == again == tally_of(tmp_path / "one.parquet")


def test_a_table_that_lies_here_is_sent_and_comes_back(address, law, facts, expected, tmp_path):
    table = open_table(put(facts, law, tmp_path / "facts.parquet"), law)
    with session_on(address) as session:
        Spark(session, table, law).decide(Part(0, 0, 100, 200, 100), tmp_path / "part.parquet")
    found = pl.read_parquet(tmp_path / "part.parquet").sort("key")
    assert found.select(expected.columns).equals(expected.slice(100, 200))


def test_what_cannot_be_decided_there_is_told(address, law, tmp_path):
    day = date(2025, 4, 5)
    pl.DataFrame({"on": [day]}).write_parquet(tmp_path / "keyless.parquet")
    pl.DataFrame({"on": [day], "key": [7], "kind": ["magnets"]}).write_parquet(tmp_path / "wrong.parquet")
    told = {}
    with session_on(address) as session:
        for name in ("keyless", "wrong"):
            with pytest.raises(FactError) as refused:
                decide_there(session, f"file://{tmp_path}/{name}.parquet", "file:///nowhere", law)
            told[name] = (refused.value.problem.what, refused.value.problem.where)
    assert told == {
        "keyless": ("a table on a cluster must have keys", f"file://{tmp_path}/keyless.parquet"),
        "wrong": ("the column 'kind' cannot have this value", "key 7, and 0 more rows"),
    }


def test_places_that_only_a_cluster_reads_are_known():
    found = [
        is_there(place) for place in ("s3://b/t", "file:///t", "table:main.trade.facts", "facts.parquet")
    ]
    assert found == [True, True, True, False]
