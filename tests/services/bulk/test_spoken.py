from __future__ import annotations

from datetime import date

import duckdb
import polars as pl
import pytest

from xenotime.core.errors import FactError
from xenotime.law.query import DUCKDB, SPARK
from xenotime.services.bulk.form import form_of, kind_of, read_facts
from xenotime.services.bulk.spoken import Known, decisions, past, spoken, table_query

TABLES = {
    "text": {
        "el_sm": ["yes", " NO ", "unknown", "1", None],
        "from": ["cn", "DE ", "?", "", None],
        "kind": ["magnet", "oxide", "unknown", None, "metal"],
        "item_value": ["99.99", "1000", "0.0001000", "900719925474.0992", ""],
        "logic_node": ["1", "2", "", "3", None],
        "red_flag_asked": ["yes", "no", "", None, "1"],
    },
    "typed": {
        "el_sm": [True, False, None, True, None],
        "from": ["CN", "DE", None, "HK", "TW"],
        "item_value_min": [0, 1, 2, 900719925474, None],
        "item_value_max": pl.Series(["0.5", "1", None, "900719925474.0992", None]).cast(pl.Decimal(20, 6)),
        "cn_part1_value": pl.Series(["0.01", "99.99", "0", "900719925474.09", None]).cast(pl.Decimal(38, 2)),
        "smallest_value": pl.Series(["0.0001", "99.9999", "0", "900719925474.0992", None]).cast(
            pl.Decimal(18, 4)
        ),
        "nothing_here": [None] * 5,
    },
}


def table(kind, law):
    columns = {name: cells for name, cells in TABLES[kind].items() if name != "nothing_here"}
    presumed = next(f.name for f in law.facts if f.presumed is not None and f.type == "bool")
    if "red_flag_asked" in columns:
        columns[f"{presumed}_asked"] = columns.pop("red_flag_asked")
    return pl.DataFrame({"on": [date(2025, 4, 5)] * 5, "key": range(5), **columns})


@pytest.mark.parametrize("kind", list(TABLES))
def test_sql_reads_a_table_as_polars_does(law, kind, tmp_path):
    given = table(kind, law)
    form = form_of({n: kind_of(k) for n, k in given.schema.items()}, law, "t")
    given.write_parquet(tmp_path / "t.parquet")
    words = spoken(form, law, DUCKDB, "key")
    text = words.select(f"'{tmp_path}/t.parquet'", DUCKDB, {})
    names = list(words.made)
    found = duckdb.connect().execute(text).fetchall()
    read = read_facts(given, form).to_dicts()
    codes = {
        "from": lambda v: (ord(v[0]) - 65) * 26 + ord(v[1]) - 65,
        "kind": law.book.facts["kind"].values.index,
    }
    expected = [
        tuple(
            codes[n](row[n])
            if n in codes and row[n] is not None
            else row[n] or (False if "_asked" in n else row[n])
            for n in names
        )
        for row in read
    ]
    assert [tuple(row) for row in found] == expected


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("el_sm", "maybe"),
        ("from", "CHN"),
        ("kind", "magnets"),
        ("item_value", "1.23456"),
        ("item_value", "1e3"),
        ("item_value", "99,99"),
        ("item_value", "999999999999"),
        ("logic_node", "2.5"),
    ],
)
def test_sql_counts_what_polars_refuses(law, column, cell, tmp_path):
    given = pl.DataFrame({"on": [date(2025, 4, 5)] * 2, column: [cell, None]})
    form = form_of({n: kind_of(k) for n, k in given.schema.items()}, law, "t")
    given.write_parquet(tmp_path / "t.parquet")
    words = spoken(form, law, DUCKDB, "0")
    counts = duckdb.connect().execute(words.faults(f"'{tmp_path}/t.parquet'")).fetchone()
    assert {c.name: n for (c, _, _), n in zip(words.wrong, counts, strict=True)} == {"on": 0, column: 1}
    if column not in ("from", "kind"):  # these a `Decider` refuses itself
        with pytest.raises(FactError):
            read_facts(given, form)


def test_facts_that_nobody_has_leave_no_trace_in_the_query(law):
    form = form_of({"on": "day", "key": "integer", "el_sm": "bool"}, law, "t")
    words = spoken(form, law, DUCKDB, "key")
    given = table_query(words, law, {"el_sm": Known(nulls=False, value=True)})
    texts = decisions(law, given, "t", DUCKDB, form, strict=False)
    assert [text.count('"el_sm"') for text in texts] == [0, 0]


@pytest.mark.parametrize("dialect", [DUCKDB, SPARK])
def test_rows_before_every_hinge_ask_for_no_branches(law, dialect):
    form = form_of({"on": "day", "key": "integer", "from": "text"}, law, "t")
    words = spoken(form, law, dialect, "key")
    plain, near = decisions(law, table_query(words, law, {}), "t", dialect, form, strict=False)
    test = past(law, dialect)
    assert f"WHERE NOT ({test})" in plain
    assert f"WHERE {test}" in near
    assert len(plain) < len(near)


def test_without_open_hinges_there_is_one_query(book):
    from xenotime.law.law import fold_book  # noqa: PLC0415 - one law of this test

    law = fold_book(book, date(2024, 1, 1))
    form = form_of({"on": "day", "key": "integer"}, law, "t")
    words = spoken(form, law, DUCKDB, "key")
    assert len(decisions(law, table_query(words, law, {}), "t", DUCKDB, form, strict=False)) == 1 + bool(
        law.hinges
    )
