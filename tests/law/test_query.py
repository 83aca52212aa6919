from __future__ import annotations

from xenotime.law.graph import Graph
from xenotime.law.query import DUCKDB, SPARK, Dialect, Query
from xenotime.law.sql import SQL

A, B, C = (SQL.col(name) for name in "abc")


def table():
    graph = Graph()
    return Query(graph, {name: graph.column(name, "BOOLEAN") for name in "abc"})


def test_what_is_read_once_stands_where_it_is_read():
    query = table().with_columns((A & B).alias("x")).select((SQL.col("x") | C).alias("y"))
    assert query.sql("t", DUCKDB) == 'SELECT (("a" AND "b") OR "c") AS "y" FROM t'.replace(
        '(("a" AND "b") OR "c")', '("c" OR ("a" AND "b"))'
    )


def test_what_is_read_twice_is_a_column_of_a_nested_query():
    shared = table().with_columns((A & B).alias("x"))
    query = shared.select((SQL.col("x") | C).alias("y"), (~SQL.col("x")).alias("z"))
    assert query.sql("t", DUCKDB) == (
        'SELECT ("c" OR "|3") AS "y", (NOT "|3") AS "z" FROM (SELECT "c", ("a" AND "b") AS "|3" FROM t)'
    )


def test_where_copies_cost_small_parts_are_written_again():
    shared = table().with_columns((A & B).alias("x"))
    query = shared.select((SQL.col("x") | C).alias("y"), (~SQL.col("x")).alias("z"))
    assert query.sql("t", SPARK).count("SELECT") == 1


def test_columns_that_nobody_reads_again_are_left_behind():
    deep = table().with_columns((A & B).alias("x")).with_columns((SQL.col("x") & ~C).alias("y"))
    query = deep.select((SQL.col("x") | SQL.col("y")).alias("p"), SQL.col("y").is_null().alias("q"))
    inner = query.sql("t", Dialect('"', 1)).split("FROM", 1)[1]
    assert '"a"' not in inner.split("FROM")[0]


def test_carried_columns_pass_through_every_stage():
    shared = table().with_columns((A & B).alias("x"))
    text = shared.select((SQL.col("x") | C).alias("y"), (~SQL.col("x")).alias("z")).sql(
        "t", DUCKDB, ['my "own"']
    )
    assert text.count('"my ""own"""') == text.count("SELECT") == 2


def test_names_that_can_be_read_are_known():
    assert table().with_columns((A & B).alias("x")).columns == ("a", "b", "c", "x")
