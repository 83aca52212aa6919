from __future__ import annotations

import sys
from datetime import date

import duckdb
import polars as pl
import pytest
from tests.fixtures.tables import facts_of, put

from xenotime.core.errors import FactError, InputError
from xenotime.law.decide import Decider
from xenotime.services.bulk.run import Part
from xenotime.stores.duck import Duck
from xenotime.stores.tables import open_table

DAYS = [date(2025, 4, 5), date(2026, 12, 1), date(2025, 11, 9)]


def decided(table, law, part, target, **settings):
    Duck(table, law, **settings).decide(part, target)
    return pl.read_parquet(target).sort("key")


def test_a_part_is_decided_as_a_decider_decides_it(law, tmp_path):
    facts = facts_of(law, 2_000)
    table = open_table(put(facts, law, tmp_path / "facts.parquet"), law)
    found = decided(table, law, Part(1, 0, 500, 1_000, 500), tmp_path / "part.parquet", strict=True)
    expected = Decider(law, strict=True).decide(facts.slice(500, 1_000))
    assert found.select(expected.columns).equals(expected)


def test_what_a_file_says_of_its_columns_changes_no_answer(law, tmp_path):
    """Columns without nulls, with one value, or with nulls only are folded into the query."""
    columns = {
        "on": DAYS,
        "el_sm": [True] * 3,
        "origin_china": [True, True, False],
        "listed_cn_mofcom_2025_21": [None] * 3,
        "logic_node": [14] * 3,
        "kind": ["magnet"] * 3,
        "material": ["SmCo"] * 3,
        "from": ["CN"] * 3,
        "to": ["DE", "US", None],
    }
    types = {"listed_cn_mofcom_2025_21": pl.Boolean}
    facts = pl.DataFrame(columns, schema_overrides=types)
    facts.write_parquet(tmp_path / "facts.parquet")
    table = open_table(tmp_path / "facts.parquet", law)
    found = decided(table, law, Part(0, 0, 0, 3, 0), tmp_path / "part.parquet")
    expected = Decider(law).decide(facts)
    assert found.select(expected.columns).equals(expected)


def test_carried_columns_and_keys_of_text_come_back(law, tmp_path):
    facts = pl.DataFrame(
        {"on": DAYS, "key": ["c", "a", "b"], "order": ["x|1", None, "z"], "el_sm": [True, None, False]}
    )
    facts.write_parquet(tmp_path / "facts.parquet")
    table = open_table(tmp_path / "facts.parquet", law, ["order"])
    found = decided(table, law, Part(0, 0, 0, 3, 0), tmp_path / "part.parquet")
    assert found.select("key", "order", "on").rows() == [
        ("a", None, DAYS[1]),
        ("b", "z", DAYS[2]),
        ("c", "x|1", DAYS[0]),
    ]


def test_a_value_that_is_no_fact_is_told_by_its_row(law, tmp_path):
    facts = pl.DataFrame({"on": DAYS, "kind": ["magnet", "magnet", "magnets"]})
    facts.write_parquet(tmp_path / "facts.parquet")
    table = open_table(tmp_path / "facts.parquet", law)
    with pytest.raises(FactError) as refused:
        Duck(table, law).decide(Part(0, 0, 1, 2, 1), tmp_path / "part.parquet")
    problem = refused.value.problem
    assert (problem.what, problem.where, problem.found) == (
        "the column 'kind' cannot have this value",
        "row 3",
        "'magnets'",
    )


def test_bounds_the_wrong_way_round_are_told(law, tmp_path):
    facts = pl.DataFrame({"on": DAYS, "item_value_min": [1, 5, 2], "item_value_max": [2, 4, None]})
    facts.write_parquet(tmp_path / "facts.parquet")
    with pytest.raises(FactError) as refused:
        Duck(open_table(tmp_path / "facts.parquet", law), law).decide(
            Part(0, 0, 0, 3, 0), tmp_path / "p.parquet"
        )
    assert (refused.value.problem.where, refused.value.problem.expected) == (
        "row 2",
        "at least item_value_min",
    )


def test_a_folder_that_is_gone_is_told_in_four_parts(law, tmp_path):
    table = open_table(put(facts_of(law, 10), law, tmp_path / "facts.parquet"), law)
    with pytest.raises(InputError) as refused:
        Duck(table, law).decide(Part(0, 0, 0, 10, 0), tmp_path / "gone" / "part.parquet")
    problem = refused.value.problem
    assert problem.what == "DuckDB could not decide this part"
    assert all((problem.where, problem.expected, problem.found, problem.next_step))


def test_a_size_of_memory_that_is_none_is_refused(law, tmp_path):
    table = open_table(put(facts_of(law, 10), law, tmp_path / "facts.parquet"), law)
    with pytest.raises(InputError) as refused:
        Duck(table, law, memory="much")
    assert (refused.value.problem.where, refused.value.problem.found) == ("--memory", "much")


def test_too_little_memory_is_told(law, tmp_path, monkeypatch):
    table = open_table(put(facts_of(law, 10), law, tmp_path / "facts.parquet"), law)
    engine = Duck(table, law, memory="1GB")

    def short(*_):
        raise duckdb.OutOfMemoryException("failed to allocate")

    monkeypatch.setattr(engine, "_check", short)
    with pytest.raises(InputError) as refused:
        engine.decide(Part(0, 0, 0, 10, 0), tmp_path / "part.parquet")
    assert (refused.value.problem.where, refused.value.problem.found) == ("--memory", "failed to allocate")


def test_memory_that_is_not_enough_to_begin_is_told(law, tmp_path):
    table = open_table(put(facts_of(law, 10), law, tmp_path / "facts.parquet"), law)
    with pytest.raises(InputError) as refused:
        Duck(table, law, memory="1KB")
    assert refused.value.problem.what == "the memory that DuckDB may use is not enough"


def test_without_duckdb_the_message_says_what_to_install(law, tmp_path, monkeypatch):
    table = open_table(put(facts_of(law, 10), law, tmp_path / "facts.parquet"), law)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError) as refused:
        Duck(table, law)
    assert refused.value.problem.next_step == "install xenotime[duckdb]; --engine polars needs nothing more"
