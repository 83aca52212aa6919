from __future__ import annotations

import polars as pl
import pytest
from tests.fixtures.tables import facts_of, put

from xenotime.core.errors import AddressError, InputError
from xenotime.services.library import open_library
from xenotime.wiring.bulk import Wanted, decide_table
from xenotime.wiring.rerun import RECEIPT, read, replay_row, replay_run


@pytest.fixture
def law_of(libraries):
    """The law of any receipt of these tests."""
    return lambda receipt: libraries(strict=receipt.body.strict)


@pytest.fixture
def run_of(libraries, law, tmp_path):
    """What decides a table of random facts into a folder, and gives both paths."""

    def decided(engine="polars", size=1_200, keys=None, *, strict=False):
        facts = facts_of(law, size)
        facts = facts.drop("key") if keys is None else facts.with_columns(keys(pl.col("key")).alias("key"))
        path, out = tmp_path / "facts.parquet", tmp_path / "out"
        table = facts if "key" in facts.columns else facts.with_row_index("key")
        put(table, law, path)
        if "key" not in facts.columns:
            pl.read_parquet(path).drop("key").write_parquet(path)
        decide_table(path, out, libraries(strict=strict), Wanted(engine, rows=1_000))
        return out, path

    return decided


def again(out, law_of, facts=None, *, anyway=False):
    return replay_run(out, law_of, facts, anyway=anyway)


def rewrite(out, change, part=1):
    path = out / "decisions" / f"part-{part:05}.parquet"
    change(pl.read_parquet(path)).write_parquet(path)


@pytest.mark.parametrize(
    ("engine", "keys", "size"),
    [("polars", None, 2_500), ("duckdb", lambda key: "K" + key.cast(pl.String), 900)],
)
def test_a_run_of_any_engine_is_the_same_again(run_of, law_of, engine, keys, size):
    out, _ = run_of(engine, size, keys, strict=True)
    told = []
    made = replay_run(out, law_of, None, anyway=False, progress=lambda *done: told.append(done))
    assert (made.same, made.rows, made.different, made.receipt.body.by) == (True, size, 0, engine)
    assert told == [(min(done, size), size) for done in range(1_000, size + 1_000, 1_000)]


def test_a_decision_that_was_changed_is_told_by_its_key(run_of, law_of):
    out, _ = run_of()
    other = pl.when(pl.col("key") == 1_007).then(pl.lit("prohibited x")).otherwise(pl.col("answer"))
    rewrite(out, lambda rows: rows.with_columns(answer=other))
    made = again(out, law_of)
    assert (made.different, made.differs[0]) == (1, "part-00001.parquet was changed after the run")
    assert made.differs[1].startswith("key 1007: answer prohibited x, now ")


def test_a_part_that_is_gone_is_told(run_of, law_of):
    out, _ = run_of()
    (out / "decisions" / "part-00001.parquet").unlink()
    made = again(out, law_of)
    assert (made.rows, made.different, made.differs) == (1_200, 200, ("part-00001.parquet is not there",))


def test_a_row_of_a_run_without_parts_is_refused(run_of, law_of):
    out, _ = run_of(size=10)
    (out / "decisions" / "part-00000.parquet").unlink()
    with pytest.raises(InputError, match="decisions cannot be read"):
        replay_row(out, "3", law_of, None, anyway=False)


@pytest.mark.parametrize("again_of", ["run", "row"])
def test_a_part_that_is_no_table_any_more_is_told(run_of, law_of, again_of):
    out, _ = run_of(size=10)
    (out / "decisions" / "part-00000.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(InputError, match="decisions cannot be read"):
        again(out, law_of) if again_of == "run" else replay_row(out, "3", law_of, None, anyway=False)


def test_decisions_that_lost_a_column_are_told(run_of, law_of):
    out, _ = run_of(size=10)
    rewrite(out, lambda rows: rows.drop("true_0"), part=0)
    assert again(out, law_of).different == 10
    made = replay_row(out, "3", law_of, None, anyway=False)
    assert (made.same, len(made.differs)) == (False, 1)


def test_another_table_is_refused_and_may_be_compared(run_of, law_of, tmp_path):
    out, path = run_of()
    kept = path.read_bytes()
    other = pl.read_parquet(path).with_columns(kind=pl.lit("magnet"))
    other.write_parquet(path)
    with pytest.raises(InputError, match="not the table that was decided"):
        again(out, law_of)
    made = again(out, law_of, anyway=True)
    assert 0 < made.different < made.rows
    elsewhere = tmp_path / "elsewhere.parquet"
    elsewhere.write_bytes(kept)
    assert again(out, law_of, elsewhere).same


def test_another_law_is_refused(run_of):
    out, _ = run_of(size=10)
    with pytest.raises(InputError) as refused:
        again(out, lambda receipt: open_library(receipt.body.known, jurisdiction="eu"))
    assert refused.value.problem.what == "this receipt is of another law"


def test_a_folder_without_a_receipt_is_refused(tmp_path):
    with pytest.raises(InputError, match="no receipt of a run here"):
        read(tmp_path)


def test_a_receipt_that_was_changed_is_refused(run_of, law_of):
    out, _ = run_of(size=10)
    path = out / RECEIPT
    path.write_bytes(path.read_bytes().replace(b'"rows":10', b'"rows":11'))
    with pytest.raises(InputError, match="changed after it was written"):
        again(out, law_of)


@pytest.mark.parametrize(("keys", "key"), [(None, "1040"), (lambda key: "K" + key.cast(pl.String), "K1040")])
def test_one_row_is_explained_and_has_a_receipt(run_of, law_of, keys, key):
    out, _ = run_of(keys=keys)
    made = replay_row(out, key, law_of, None, anyway=False)
    kept = pl.read_parquet(out / "decisions" / "part-00001.parquet").row(40, named=True)
    assert (made.same, made.explanation.outcome.word) == (True, kept["answer"])
    assert (made.explanation.rule or None) == kept["article"]
    assert {g.source for g in made.receipt.body.facts} == {"table"}
    assert made.receipt.body.title == f"facts.parquet, row with the key {key}"


def test_one_row_that_was_changed_is_told(run_of, law_of):
    out, _ = run_of()
    rewrite(out, lambda rows: rows.with_columns(outcome=pl.lit(5, rows.schema["outcome"])), part=0)
    kept = pl.read_parquet(out / "decisions" / "part-00000.parquet")
    made = replay_row(out, str(kept["key"][3]), law_of, None, anyway=False)
    assert (made.same, made.differs) == (False, ("key 3: outcome 5, now " + made.differs[0][-1],))


@pytest.mark.parametrize(
    ("keys", "key", "what"),
    [
        (None, "9999", "no row of this run has this key"),
        (None, "first", "no row of this run has this key"),
        (lambda key: key // 2, "4", "several rows of this run have this key"),
    ],
)
def test_a_key_of_none_or_several_is_refused(run_of, law_of, keys, key, what):
    out, _ = run_of(size=20, keys=keys)
    with pytest.raises(AddressError) as refused:
        replay_row(out, key, law_of, None, anyway=False)
    assert refused.value.problem.what == what
