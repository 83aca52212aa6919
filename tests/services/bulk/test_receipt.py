from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from xenotime.core.errors import InputError
from xenotime.services.bulk.receipt import SHOWN, Body, File, issued, read, unlike
from xenotime.services.receipt import RUN, Ground, line

SCHEMA = json.loads((files("xenotime.services") / "run.schema.json").read_text("utf-8"))
BODY = Body(
    RUN, "0.1.0", "june", "duckdb", date(2026, 11, 21), False, Ground("cn", "a" * 64, "b" * 64),
    "../june.parquet", (File("june.parquet", 7, "c" * 32), File("july.parquet", 3, "d" * 32)), ("lane",), 5,
    ("e" * 64, "f" * 64),
)  # fmt: skip


def test_a_receipt_of_a_run_is_one_line_and_comes_back_whole():
    kept = issued(BODY)
    text = line(kept).decode()
    assert (read(text, "t"), text.count("\n"), kept.body.rows) == (kept, 1, 10)
    Draft202012Validator(SCHEMA).validate(json.loads(text))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('"strict":false', '"strict":true'), "this receipt was changed after it was written"),
        (('"xenotime-run/1"', '"xenotime-run/2"'), "this is not a receipt that this release reads"),
        (('"title":"june"', '"title":1'), "this is not a receipt that this release reads"),
    ],
)
def test_what_is_no_receipt_of_a_run_is_refused(change, what):
    with pytest.raises(InputError) as refused:
        read(line(issued(BODY)).decode().replace(*change), "t")
    assert refused.value.problem.what == what


def test_parts_of_no_rows_are_refused():
    with pytest.raises(InputError) as refused:
        read(line(issued(replace(BODY, size=0))).decode(), "t")
    assert refused.value.problem.found == "parts of 0 rows"


def rows(*given):
    return pl.DataFrame(given, schema=["key", "answer", "article", "true_0"], orient="row")


THEN = rows((1, "licence", "A", 3), (2, "open", None, 0), (2, "report", "B", 1))


def test_rows_are_the_same_in_any_order():
    assert unlike(THEN, THEN.reverse().select("true_0", "key", "answer", "article")) == (0, [])


def test_rows_that_differ_are_counted_and_told_by_their_keys():
    now = rows((2, "open", None, 0), (1, "open", None, 3), (2, "report", "B", 9))
    found = unlike(THEN, now)
    assert found == (2, ["key 1: answer licence, now open; article A, now None", "key 2: true_0 1, now 9"])


def test_no_more_than_so_many_are_told():
    many = pl.DataFrame({"key": range(SHOWN + 5), "true_0": 0})
    count, told = unlike(many, many.with_columns(true_0=pl.lit(1)))
    assert (count, len(told)) == (SHOWN + 5, SHOWN)


def test_other_columns_or_rows_are_told_at_once():
    assert unlike(THEN, THEN.head(2)) == (3, ["3 rows of 4 columns, now 2 rows of 4 columns"])
    assert unlike(THEN, THEN.rename({"true_0": "true_1"}))[0] == 3
