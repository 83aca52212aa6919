from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from xenotime.cli.bulk import Place, beside, is_there, wants_table

CSV = """\
on,from,to,kind,material,el_sm,lane
2025-04-05,CN,CH,magnet,SmCo,yes,n
2025-04-05,CN,CH,magnet,?,no,s
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "june.csv"
    path.write_text(CSV, "utf-8")
    return path


def decisions(folder):
    return pl.read_parquet(f"{folder}/decisions/*.parquet").sort("key")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_facts_table_is_decided_by_the_engine_of_choice(run, table, tmp_path, engine):
    result = run("assess", table, "--engine", engine, "--carry", "lane", "--out", tmp_path / "x")
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0]) == (0, "june.csv  ·  2 rows  ·  known 2026-11-22")
    assert lines[-4:] == [
        f"wrote {tmp_path / 'x' / name}" for name in ("decisions", "summary.json", "law.json", "receipt.json")
    ]
    found = decisions(tmp_path / "x")
    assert found.select("key", "lane", "answer").rows() == [
        (0, "n", "undetermined"),
        (1, "s", "undetermined"),
    ]
    summary = json.loads((tmp_path / "x" / "summary.json").read_text("utf-8"))
    assert summary["outcomes"] == {"undetermined": 2}


def test_a_facts_table_needs_no_engine_named(run, table):
    result = run("assess", table, "--carry", "lane", "--quiet")
    folder = table.parent / "june-report"
    assert result.stdout.splitlines()[0] == f"wrote {folder / 'decisions'}"


def test_a_portfolio_with_an_engine_is_decided_as_one_table(run, small, tmp_path):
    result = run("assess", small, "--engine", "duckdb", "--out", tmp_path / "x")
    assert result.exit_code == 0
    found = decisions(tmp_path / "x")
    assert found.select("shipment", "leg", "answer").rows() == [("S-1", 1, "licence")]
    facts = pl.read_parquet(tmp_path / "x" / "facts.parquet")
    assert facts.select("from", "to", "el_dy").rows() == [("CN", "CH", True)]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--engine", "spark"], "the engine Spark and the address of a cluster go together"),
        (["--connect", "sc://x:1"], "the engine Spark and the address of a cluster go together"),
        (["--engine", "spark", "--connect", "x:1", "--carry", "lane"], "this is no address of a cluster"),
        (["--out", "s3://bucket/x"], "decisions of a table that lies here are written here"),
        (
            ["--engine", "duckdb", "--on", "2025-04-05", "--carry", "lane"],
            "a facts table says the day of each row itself",
        ),
        ([], "these columns are not the facts of this law"),
    ],
)
def test_options_that_cannot_go_together_are_told(run, table, options, what):
    result = run("assess", table, *options)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"xenotime: {what}")


def test_a_table_that_lies_there_wants_a_cluster_and_a_place(run):
    result = run("assess", "s3://bucket/facts", "--out", "here")
    assert result.stderr.splitlines()[0] == "xenotime: this table lies where only a cluster reads"


def test_decisions_of_another_law_are_not_mixed(run, table, tmp_path):
    asked = ("assess", table, "--carry", "lane", "--out", tmp_path / "x", "--quiet")
    assert [run(*asked).exit_code, run(*asked).exit_code] == [0, 0]
    other = run(*asked, "--known", "2025-06-01")
    assert (other.exit_code, "known 2025-06-01" in other.stderr) == (2, True)
    assert run(*asked, "--known", "2025-06-01", "--again").exit_code == 0


def test_places_and_paths_are_told_apart():
    place = Place()
    assert place.convert("s3://bucket/x", None, None) == "s3://bucket/x"
    assert place.convert("june", None, None) == Path("june")
    assert [is_there(p) for p in ("table:a.b", Path("a"), None)] == [True, False, False]


def test_what_asks_for_a_table(table, tmp_path):
    found = [
        wants_table(table, None),
        wants_table(tmp_path / "x", None),
        wants_table(tmp_path / "x", "duckdb"),
    ]
    assert found == [True, False, True]


def test_decisions_lie_beside_their_table(table, tmp_path):
    assert [beside(table), beside(tmp_path)] == [
        tmp_path / "june-report",
        tmp_path.parent / f"{tmp_path.name}-report",
    ]


@pytest.mark.parametrize("option", [("--books", "cn,us"), ("--record",), ("--format", "csv")])
def test_what_a_run_over_one_table_does_not_do_is_refused(run, refused, table, tmp_path, option):
    parts = refused(run("assess", table, *option, "--carry", "lane", "--out", tmp_path / "x"))
    assert (parts["what"], parts["where"]) == (
        "a run over one table decides by one book and writes decisions/*.parquet",
        " ".join(option),
    )
    assert not (tmp_path / "x").exists()
