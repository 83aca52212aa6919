from __future__ import annotations

import csv
import json
import os
import subprocess
import sys

import pytest

from xenotime.cli.question import LARGEST
from xenotime.supply.scenario.read import names, read, source

FAST = ("--draws", 3, "--days", 63)
FILES = ["stress.html", "series.csv", "stops.csv", "flows.csv", "result.json"]


def test_without_a_scenario_the_library_is_listed(run):
    lines = run("stress").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(names())
    assert lines == run("stress", "--list").stdout.splitlines()
    assert lines[0].endswith(read(names()[0]).title)


def test_the_answer_comes_first_and_five_files_are_written(run, tmp_path):
    result = run("stress", "april-2025", *FAST, "--out", tmp_path / "x")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split("  ") == [read("april-2025").title, "april-2025"]
    assert "3 draws, seed 1, from 2025-04-04 for 60 days" in lines
    first = lines[lines.index("Answer") + 1]
    assert first.startswith("  Lines outside China stop from day ")
    assert lines[-5:] == [f"wrote {tmp_path / 'x' / name}" for name in FILES]
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == sorted(FILES)


def test_result_and_tables_say_the_same(run, tmp_path):
    run("stress", "april-2025", *FAST, "--out", tmp_path, "--format", "csv", "--format", "json")
    result = json.loads((tmp_path / "result.json").read_text("utf-8"))
    with (tmp_path / "stops.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(result["stops"])
    assert [row["country"] for row in rows] == [stop["country"] for stop in result["stops"]]
    assert not (tmp_path / "stress.html").exists()


def test_the_same_seed_writes_the_same_result_on_any_number_of_threads(run, tmp_path):
    for threads in (1, 2):
        out = tmp_path / str(threads)
        run("stress", "april-2025", *FAST, "--out", out, "--format", "json", "--threads", threads, "--quiet")
    assert (tmp_path / "1" / "result.json").read_bytes() == (tmp_path / "2" / "result.json").read_bytes()


def test_quiet_prints_only_the_paths(run, tmp_path):
    result = run("stress", "calm", *FAST, "--out", tmp_path, "--format", "json", "--quiet")
    assert (result.stdout, result.stderr) == (f"wrote {tmp_path / 'result.json'}\n", "")


def test_against_tells_what_is_avoided(run, tmp_path):
    result = run("stress", "calm", *FAST, "--against", "april-2025", "--out", tmp_path, "--format", "json")
    assert f"Against {read('april-2025').title}" in result.stdout.splitlines()
    made = json.loads((tmp_path / "result.json").read_text("utf-8"))["avoided"]
    assert made["scenario"] == "april-2025"
    assert made["stop_days"]["low"] > 0


def test_a_scenario_file_of_ones_own(run, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(source("calm").replace("id: calm", "id: mine"), "utf-8")
    result = run("stress", path, *FAST, "--out", tmp_path / "x", "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "x" / "result.json").read_text("utf-8"))["basis"]["scenario"] == "mine"


def test_chinese_is_complete(run, tmp_path):
    result = run("stress", "april-2025", *FAST, "--out", tmp_path, "--lang", "zh")
    assert "结论" in result.stdout.splitlines()
    assert 'lang="zh' in (tmp_path / "stress.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("april-2015",), "expected: april-2025"),
        (("nobody.yaml",), "No such file or directory"),
        (("april-2025", "--branch", "x"), "this branch is not HINGE=NAME"),
    ],
)
def test_bad_input_ends_with_2_and_a_next_step(run, words, told):
    result = run("stress", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "next:" in result.stderr


@pytest.mark.parametrize(
    ("added", "what", "found"),
    [
        (
            "markers:\n  - {day: 2025-04-10, says: x, article: cn/mofcom-2025-18/1C999}\n",
            "no such article",
            "cn/mofcom-2025-18/1C999",
        ),
        (
            "turns:\n  - {day: 2025-04-10, lead: 45 kg, why: x}\n",
            "the unit of lead does not fit",
            "'45 kg'",
        ),
        ("projects: {MP 11X: 30 days}\n", "the list of projects has no key of this name", "MP 11X"),
        (
            "turns:\n  - {day: 2025-04-10, lead: 45 days, why: x, claims: [trade-999999]}\n",
            "no such claim",
            "trade-999999",
        ),
    ],
)
def test_a_scenario_that_names_what_is_not_there_is_refused_in_four_parts(
    run, refused, tmp_path, added, what, found
):
    path = tmp_path / "mine.yaml"
    path.write_text(source("calm").replace("id: calm", "id: mine") + added, "utf-8")
    result = run("stress", path)
    parts = refused(result)
    assert result.stderr.splitlines()[0] == f"xenotime: {what}"
    assert parts["found"] == found
    assert parts["where"].startswith(str(path))
    assert result.exit_code == 2


def test_a_part_of_a_scenario_that_would_change_nothing_is_refused(run, refused, tmp_path):
    path = tmp_path / "mine.yaml"
    part = "cuts:\n  - {day: 2025-04-10, share: 50 %, countries: [KR], goods: [ore], why: a test}\n"
    path.write_text(source("calm").replace("id: calm", "id: mine") + part, "utf-8")
    parts = refused(run("stress", path))
    assert (parts["where"], parts["found"]) == ("mine", "2025-04-10: a test")


def test_asking_for_help_loads_no_numba():
    code = (
        "import sys; from click.testing import CliRunner; from xenotime.cli.main import cli; "
        "[CliRunner().invoke(cli, [n, '--help']) for n in ('stress', 'adapt', 'leverage')]; "
        "print(sorted({'numba', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_only_a_notice_that_the_scenario_names_is_read(run, refused, tmp_path):
    path = tmp_path / "mine.YAML"
    text = source("calm").replace("id: calm", "id: mine")
    path.write_text(text, "utf-8")
    (tmp_path / "README.md").write_bytes("Ma\u00dfe".encode("latin-1"))
    (tmp_path / "notes.md").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "folder.md").mkdir()
    made = run("stress", path, *FAST, "--out", tmp_path / "out", "--format", "json", "--quiet")
    assert (made.exit_code, made.stderr) == (0, "")
    for name, found in {
        "README.md": "'utf-8' codec can't decode byte 0xdf in position 2: invalid continuation byte",
        "notes.md": "more",
        "folder.md": "something else: a folder, a pipe or a device",
    }.items():
        path.write_text(f"{text}drafts: [{name}]\n", "utf-8")
        parts = refused(run("stress", path))
        assert (parts["where"], parts["found"]) == (str(tmp_path / name), found)


def test_what_is_no_plain_file_is_refused_without_waiting_for_its_end(run, refused, tmp_path):
    pipe, endless = tmp_path / "pipe.yaml", tmp_path / "endless.yml"
    os.mkfifo(pipe)
    endless.symlink_to("/dev/zero")
    for path in (pipe, endless):
        parts = refused(run("stress", path))
        assert (parts["where"], parts["expected"]) == (str(path), "a plain file")
