from __future__ import annotations

import json

import pytest

from xenotime.cli.backtest import _added
from xenotime.core.errors import InputError

NAMES = ("magnets", "dysprosium")
HEAD = "series,month,value,source\n"
GOOD = "magnets,2025-11,5900,customs release of 20 December 2025\n"


def read(folder, text):
    path = folder / "months.csv"
    path.write_text(text, "utf-8")
    return _added(path, NAMES)


def test_further_months_are_read_with_their_source(tmp_path):
    assert read(tmp_path, HEAD + GOOD) == {
        ("magnets", "2025-11"): (5900.0, "customs release of 20 December 2025")
    }


@pytest.mark.parametrize(
    "row",
    [
        "magnets,2025-11,5900,\n",
        "magnets,2025-13,5900,somebody\n",
        "magnets,2026-01,5900,somebody\n",
        "magnets,2025-03,5900,somebody\n",
        "magnets,2025-11,-1,somebody\n",
        "magnets,2025-11,many,somebody\n",
        "magnets,2025-11,inf,somebody\n",
        "ferrite,2025-11,5900,somebody\n",
    ],
)
def test_a_month_that_cannot_be_scored_is_refused_by_its_row(tmp_path, row):
    with pytest.raises(InputError, match=r"cannot be scored") as refused:
        read(tmp_path, HEAD + GOOD + row)
    assert refused.value.problem.where.endswith("row 3")


def test_a_month_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"cannot be scored") as refused:
        read(tmp_path, HEAD + GOOD + "\n" + GOOD)
    assert refused.value.problem.expected == "each month of a series once"


def test_a_comma_inside_a_number_is_not_taken_for_a_source(tmp_path):
    with pytest.raises(InputError, match=r"cannot be scored") as refused:
        read(tmp_path, HEAD + GOOD + "magnets,2025-12,5,900,a release\n")
    assert refused.value.problem.where.endswith("row 3")


@pytest.mark.parametrize(
    "text", ["", '"' + "x" * 200_000, "month,value\n", HEAD.replace("source", "from"), "x" * 1_000_001]
)
def test_a_file_of_other_columns_is_refused_whole(tmp_path, text):
    with pytest.raises(InputError, match="no table of further months"):
        read(tmp_path, text)


@pytest.mark.slow
def test_the_backtest_says_what_it_scores_and_writes_it(run, tmp_path):
    done = run("backtest", "--draws", "16", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "Where it fails:" in done.output
    result = json.loads((tmp_path / "out" / "result.json").read_bytes())
    assert (result["draws"], result["residue"] < 1e-6) == (16, True)
    assert [one["name"] for one in result["series"]][:2] == ["magnets", "magnets-us"]
    assert (tmp_path / "out" / "months.csv").read_text("utf-8-sig").startswith("series,unit,month,split")
    assert (tmp_path / "out" / "backtest.html").read_bytes().startswith(b"<!doctype html>")
