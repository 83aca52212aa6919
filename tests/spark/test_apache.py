"""Apache Spark decides as every other engine does, on one process and with two workers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from tests.fixtures.tables import facts_of, put, rows

from xenotime.core.errors import FactError, InputError
from xenotime.law.decide import Decider
from xenotime.services.bulk.run import Part
from xenotime.stores.parts import tally_of
from xenotime.stores.spark import Spark, decide_there, session_on
from xenotime.stores.tables import open_table

pytestmark = pytest.mark.usefixtures("main_with_file")
SIZE = 4_000


@pytest.fixture(scope="session")
def facts(law):
    return facts_of(law, SIZE)


def test_a_table_that_lies_there_is_decided_there(address, law, facts, tmp_path):
    (tmp_path / "facts").mkdir()
    for number, part in enumerate(facts.iter_slices(SIZE // 4)):
        put(part, law, tmp_path / "facts" / f"{number}.parquet")
    target, told = f"file://{tmp_path}/decisions", []
    with session_on(address) as session:
        tally = decide_there(
            session, f"file://{tmp_path}/facts", target, law, progress=lambda *done: told.append(done)
        )
        with pytest.raises(InputError) as refused:
            decide_there(session, f"file://{tmp_path}/facts", target, law)
    expected = Decider(law).decide(facts)
    found = rows(tmp_path / "decisions")
    assert found.select(expected.columns).equals(expected)
    assert refused.value.problem.what == "there are decisions at this place already"
    found.write_parquet(tmp_path / "one.parquet")
    assert (tally, told != []) == (tally_of(tmp_path / "one.parquet"), True)


def test_a_table_that_lies_here_is_sent_and_comes_back(address, law, facts, tmp_path):
    table = open_table(put(facts.head(300), law, tmp_path / "facts.parquet"), law)
    with session_on(address) as session:
        Spark(session, table, law, strict=True).decide(Part(0, 0, 100, 200, 100), tmp_path / "part.parquet")
    expected = Decider(law, strict=True).decide(facts.slice(100, 200))
    found = pl.read_parquet(tmp_path / "part.parquet").sort("key")
    assert found.select(expected.columns).equals(expected)


def test_text_and_wrong_values_are_read_as_everywhere(address, law, tmp_path):
    texts = pl.DataFrame(
        {
            "key": ["a", "b"],
            "on": ["2025-04-05", "2026-12-01"],
            "from": [" cn", "DE\t"],
            "el_sm": ["Yes", "?"],
            "item_value": ["1000.5000", "99.99"],
            "kind": ["magnet", "unknown"],
        }
    )
    texts.write_parquet(tmp_path / "texts.parquet")
    texts.with_columns(kind=pl.lit("magnets")).write_parquet(tmp_path / "wrong.parquet")
    with session_on(address) as session:
        decide_there(session, f"file://{tmp_path}/texts.parquet", f"file://{tmp_path}/out", law)
        with pytest.raises(FactError) as wrong:
            decide_there(session, f"file://{tmp_path}/wrong.parquet", f"file://{tmp_path}/no", law)
    with pytest.raises(InputError) as missing, session_on(address) as session:
        decide_there(session, f"file://{tmp_path}/none.parquet", f"file://{tmp_path}/no", law)
    found = rows(tmp_path / "out")
    typed = pl.DataFrame(
        {
            "key": ["a", "b"],
            "on": texts["on"].str.to_date(),
            "from": ["CN", "DE"],
            "el_sm": [True, None],
            "item_value_min": [10_005_000, 999_900],
            "item_value_max": [10_005_000, 999_900],
            "kind": ["magnet", None],
        }
    )
    expected = Decider(law).decide(typed)
    assert found.select(expected.columns).equals(expected)
    assert wrong.value.problem.found == "'magnets'"
    assert missing.value.problem.what == "the cluster did not do what it was asked"


def test_without_java_the_reason_is_told(tmp_path):
    """The tests fail, and say what to install; they are not passed over."""
    shown = subprocess.run(
        [sys.executable, "-m", "pytest", __file__, "-k", "comes_back", "-q", "-p", "no:cacheprovider"],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.returncode, "apt-get install -y default-jre-headless" in shown.stdout) == (1, True)
    assert shutil.which("java", path=str(tmp_path)) is None
