from __future__ import annotations

import pytest

from xenotime.law.graph import Graph
from xenotime.law.sql import SQL

A, B, S = SQL.col("a"), SQL.col("b"), SQL.col("s")
YES, NO, DUNNO = SQL.lit(True, SQL.boolean), SQL.lit(False, SQL.boolean), SQL.unknown()


@pytest.fixture
def graph():
    return Graph()


def lowered(graph, expression):
    """The operation and the constant, or the column, that an expression folds to; s is never unknown."""
    names = {
        "a": graph.column("a", "BOOLEAN"),
        "b": graph.column("b", "BOOLEAN"),
        "s": graph.column("s", "BOOLEAN", nullable=False),
    }
    node = graph.nodes[graph.lower(expression, names)]
    return node.op, node.value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (A & NO, ("lit", False)),
        (A & YES, ("col", "a")),
        (A | YES, ("lit", True)),
        (A | NO, ("col", "a")),
        (A & A, ("col", "a")),
        (A & DUNNO, ("and", None)),
        (DUNNO & NO, ("lit", False)),
        (~DUNNO, ("lit", None)),
        (~~A, ("col", "a")),
        (DUNNO.is_null(), ("lit", True)),
        (S.is_null(), ("lit", False)),
        (S.fill_null(value=True), ("col", "s")),
        (DUNNO.fill_null(value=True), ("lit", True)),
        (SQL.col("s") != S, ("lit", False)),
        (SQL.col("a") != A, ("<>", None)),
        (S == YES, ("col", "s")),
        (S == NO, ("not", None)),
        (SQL.lit(3, SQL.long) * 1000 >= 3000, ("lit", True)),
        (SQL.lit(None, SQL.long) >= 1, ("lit", None)),
        (SQL.when(DUNNO).then(1).otherwise(2), ("lit", 2)),
        (SQL.when(YES).then(1).otherwise(2), ("lit", 1)),
        (SQL.when(A).then(1).otherwise(1), ("lit", 1)),
        (SQL.when(A).then(4).otherwise(0) * 256, ("bit", 1024)),
    ],
)
def test_what_is_constant_folds_in_three_values(graph, expression, expected):
    assert lowered(graph, expression) == expected


def test_equal_parts_are_one(graph):
    names = {"a": graph.column("a", "BOOLEAN"), "b": graph.column("b", "BOOLEAN")}
    assert graph.lower(A & B, names) == graph.lower(B & A, names)


def test_a_long_chain_is_one_part(graph):
    names = {f"x{k}": graph.column(f"x{k}", "BOOLEAN") for k in range(50)}
    chain = SQL.some([SQL.col(name) for name in names])
    assert len(graph.nodes[graph.lower(chain, names)].parts) == 50
