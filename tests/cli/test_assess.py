from __future__ import annotations

import json
from pathlib import Path

import pytest

from xenotime.cli.assess import beside
from xenotime.report import export

NAMES = ["receipts.jsonl", "report.html", "results.csv", "results.json", "results.parquet"]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def results(folder):
    return json.loads((folder / "results.json").read_text("utf-8"))


def test_a_folder_of_five_files_is_written_beside_the_portfolio(run, small):
    result = run("assess", small)
    folder = small.parent / "small-report"
    assert (result.exit_code, names(folder)) == (0, NAMES)
    assert result.stdout.splitlines()[-5:] == [f"wrote {folder / name}" for name in (*NAMES[1:], NAMES[0])]


def test_the_summary_answers_first(run, small):
    lines = run("assess", small).stdout.splitlines()
    assert lines[0] == "small  ·  1 shipment, 1 leg  ·  known 2026-11-22"
    assert lines[2:4] == ["Outcomes", "  ■ licence  1  ████████████████████  allowed only with a licence"]


def test_quiet_prints_only_the_paths(run, small, tmp_path):
    result = run("assess", small, "--quiet", "--out", tmp_path / "x", "--format", "csv")
    assert (result.stdout, result.stderr) == (f"wrote {tmp_path / 'x' / 'results.csv'}\n", "")
    assert names(tmp_path / "x") == ["results.csv"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ((), "licence"),
        (("--known", "2025-04-03"), "not_controlled"),
        (("--on", "2025-04-03"), "not_controlled"),
        (("--strict",), "undetermined"),
    ],
)
def test_options_change_the_answer(run, small, tmp_path, words, outcome):
    run("assess", small, "--out", tmp_path / "x", "--format", "json", *words)
    assert [row["outcome"] for row in results(tmp_path / "x")["rows"]] == [outcome]


@pytest.mark.parametrize(
    ("branch", "outcome"), [((), "unverified"), (("extended",), "not_controlled"), (("revived",), "licence")]
)
def test_a_branch_settles_a_hinge(run, small, tmp_path, branch, outcome):
    (small / "products.csv").write_text(
        "product,name,kind,material,elements,made_in\nOX,Holmium oxide,oxide,element,Ho,CN\n",
        encoding="utf-8",
    )
    words = [word for name in branch for word in ("--branch", f"cn/mofcom-2025-70={name}")]
    run("assess", small, "--out", tmp_path / "x", "--format", "json", "--on", "2026-11-16", *words)
    found = results(tmp_path / "x")
    assert [row["outcome"] for row in found["rows"]] == [outcome]
    assert found["branches"] == dict.fromkeys(["cn/mofcom-2025-70"] * len(branch), *branch)


def test_a_branch_that_is_none_is_refused(run, small, refused):
    assert refused(run("assess", small, "--branch", "cn/mofcom-2025-70"))["what"] == (
        "this branch is not HINGE=NAME"
    )
    found = refused(run("assess", small, "--branch", "cn/mofcom-2025-70=perhaps"))
    assert (found["what"], found["found"]) == ("no such hinge or branch", "cn/mofcom-2025-70=perhaps")


def test_a_broken_portfolio_is_refused_and_nothing_is_written(run, small, refused):
    (small / "legs.csv").write_text(
        "shipment,leg,day,from_country,to_country\nS-9,1,2026-09-31,CN,CH\n", encoding="utf-8"
    )
    found = refused(run("assess", small))
    assert found["where"] == str(small)
    assert found["next"] == "run `xenotime check` to see each by file and row"
    assert not (small.parent / "small-report").exists()


def test_a_portfolio_that_is_not_there_is_refused(run, tmp_path, refused):
    assert refused(run("assess", tmp_path / "none"))["where"] == str(tmp_path / "none")


def test_a_place_that_cannot_be_written_is_refused(run, small, tmp_path, refused):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    found = refused(run("assess", small, "--format", "csv", "--out", tmp_path / "taken" / "x"))
    assert found["what"] == "this file cannot be written"


def test_ctrl_c_leaves_the_last_report_as_it_was(run, small, monkeypatch):
    folder = small.parent / "small-report"
    run("assess", small)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "json_text", stop)
    result = run("assess", small, "--format", "json")
    assert (result.exit_code, "stopped" in result.stderr) == (130, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_same_input_gives_the_same_bytes(run, small, tmp_path):
    for name in ("one", "two"):
        run("assess", small, "--out", tmp_path / name)
    assert [(tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in NAMES] == [
        True
    ] * 5


def test_the_report_speaks_chinese(run, small, tmp_path):
    run("assess", small, "--lang", "zh", "--out", tmp_path / "x", "--format", "html")
    assert '<html lang="zh">' in (tmp_path / "x" / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "made"),
    [("june", "june-report"), ("june.xlsx", "june-report"), ("v1.2", "v1.2-report"), ("a/b", "a/b-report")],
)
def test_the_report_lies_beside_the_portfolio(given, made):
    assert beside(Path(given)) == Path(made)


def test_here_is_a_portfolio_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert beside(Path()) == tmp_path.parent / f"{tmp_path.name}-report"


def test_each_leg_names_its_receipt(run, small):
    run("assess", small)
    folder = small.parent / "small-report"
    (kept,) = [json.loads(line) for line in (folder / "receipts.jsonl").read_text("utf-8").splitlines()]
    assert [row["receipt"] for row in results(folder)["rows"]] == [kept["id"]]
    assert f'<code class="a">{kept["id"]}</code>' in (folder / "report.html").read_text("utf-8")
