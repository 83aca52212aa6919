from __future__ import annotations

from datetime import date

from xenotime.law.graph import Graph
from xenotime.law.query import DUCKDB, Query
from xenotime.law.sql import SQL, lift, literal

A, B, N = SQL.col("a"), SQL.col("b"), SQL.col("n")


def text(expression):
    """An expression in DuckDB's words, over two truths and a number."""
    graph = Graph()
    names = {
        "a": graph.column("a", "BOOLEAN"),
        "b": graph.column("b", "BOOLEAN"),
        "n": graph.column("n", "BIGINT"),
    }
    return Query(graph, names).with_columns(expression.alias("x")).text("x", DUCKDB)


def test_every_operation_of_the_vocabulary_is_written():
    assert {name: text(expression) for name, expression in EXPRESSIONS.items()} == {
        "and": '("a" AND "b")',
        "or": '("a" OR "b")',
        "not": '(NOT "a")',
        "null": '("a" IS NULL)',
        "fill": 'coalesce("a", FALSE)',
        "equal": '("n" = 3)',
        "unlike": '("n" <> 3)',
        "less": '("n" < 3)',
        "most": '("n" <= 3)',
        "more": '("n" > 3)',
        "least": '("n" >= 3)',
        "sum": '(("n" + 1) - 2)',
        "product": '("n" * 1000)',
        "cast": 'CAST("n" AS INTEGER)',
        "choice": 'CASE WHEN "a" THEN 2 WHEN "b" THEN 3 ELSE 4 END',
        "bits": '(CASE WHEN "a" THEN 1 ELSE 0 END | CASE WHEN "b" THEN 2 ELSE 0 END)',
        "unknown": "CAST(NULL AS BOOLEAN)",
        "day": "(\"n\" >= DATE '2025-11-08')",
    }


def bit(column, weight):
    return SQL.when(column).then(SQL.lit(weight, SQL.byte)).otherwise(SQL.lit(0, SQL.byte))


EXPRESSIONS = {
    "and": A & B,
    "or": A | B,
    "not": ~A,
    "null": A.is_null(),
    "fill": A.fill_null(value=False),
    "equal": N == 3,
    "unlike": N != 3,
    "less": N < 3,
    "most": N <= 3,
    "more": N > 3,
    "least": N >= 3,
    "sum": N + 1 - 2,
    "product": N * 1000,
    "cast": N.cast(SQL.short),
    "choice": SQL.when(A).then(2).otherwise(SQL.when(B).then(3).otherwise(4)),
    "bits": bit(A, 1) | bit(B, 2),
    "unknown": SQL.unknown(),
    "day": date(2025, 11, 8) <= N,
}


def test_a_constant_is_lifted_and_an_expression_stays():
    assert (lift(A) is A, lift(3).args, literal(None, SQL.boolean).args) == (True, (3, ""), (None, "BOOLEAN"))
