from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xenotime.core.errors import InputError
from xenotime.law.answer import Outcome
from xenotime.report.export import (
    COLUMNS,
    csv_text,
    document,
    json_text,
    next_due,
    rows,
    write_csv,
    write_json,
)


def test_rows_have_the_named_columns_in_order(sample):
    assert {tuple(row) for row in rows(sample)} == {COLUMNS}


def test_cells_are_typed(sample):
    row = rows(sample)[0]
    assert (row["on"], row["quantity"], row["leg"], row["outcome"]) == (
        date(2025, 1, 8),
        Decimal(20),
        1,
        "licence",
    )
    assert (row["covered_by"], row["not_covered"]) == ("GL-1", "IL-7: destination, date")
    assert row["due_first"] == date(2030, 4, 5)


def test_branches_and_missing_facts_are_in_their_row(sample):
    found = {row["outcome"]: row for row in rows(sample)}
    assert found["unverified"]["branches"] == (
        "cn/mofcom-2025-70=extended: not_controlled; cn/mofcom-2025-70=revived: licence"
    )
    assert (found["undetermined"]["missing"], found["undetermined"]["ask"]) == (
        "military_user; kind",
        "customer; engineering",
    )


def test_no_text_of_any_export_runs_as_a_formula(sample):
    evil = replace(sample, legs=tuple(replace(leg, note="=1+1", shipment="@x") for leg in sample.legs))
    read = list(csv.DictReader(io.StringIO(csv_text(rows(evil)))))
    assert {(row["note"], row["shipment"]) for row in read} == {("'=1+1", "'@x")}
    assert {row["product_name"][:2] for row in read if "HYPERLINK" in row["product_name"]} == {"'="}
    assert {row["note"] for row in json.loads(json_text(evil))["rows"]} == {"'=1+1"}


def test_unknown_amounts_say_so(sample):
    read = list(csv.DictReader(io.StringIO(csv_text(rows(sample)))))
    assert [row["quantity"] for row in read][5] == "unknown"


def test_an_empty_portfolio_still_has_its_head(sample):
    assert csv_text(rows(replace(sample, legs=()))) == ",".join(COLUMNS) + "\r\n"


def test_the_document_is_plain_json(sample):
    made = json.loads(json_text(sample, full=True))
    assert made["known"] == "2026-11-21"
    assert made["counts"]["licence"] == 10
    assert made["explanations"][0]["outcome"] == "licence"
    assert made["rows"][0]["value"] == "1200.50"
    assert "explanations" not in document(sample)


def test_files_are_written_whole(sample, tmp_path):
    path = write_csv(sample, tmp_path / "out" / "results.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfshipment,leg,on")
    assert (
        json.loads(write_json(sample, tmp_path / "results.json").read_text("utf-8"))["portfolio"]
        == "magnet-maker"
    )
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "results.json"]


def test_a_place_that_cannot_be_written_is_a_clear_error(sample, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as caught:
        write_csv(sample, tmp_path / "file" / "results.csv")
    assert caught.value.problem.next_step == "choose another place with --out"


def test_the_earliest_dated_duty_is_next(sample):
    leg = next(leg for leg in sample.legs if leg.explanation.outcome is Outcome.LICENCE)
    assert next_due(leg.explanation.duties) == (date(2030, 4, 5), date(2030, 4, 5))
    assert next_due(()) is None
