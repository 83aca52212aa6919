from __future__ import annotations

import json

import pytest

from xenotime.law.read import JURISDICTIONS, read_book


@pytest.fixture
def copy(run, tmp_path):
    """A copy of the European book, the smallest."""
    folder = tmp_path / "copy"
    assert run("law", "copy", str(folder), "--book", "eu").exit_code == 0
    return folder


def test_a_shipped_book_passes_and_writes_nothing(run, tmp_path):
    found = run("law", "check", "--book", "eu", "--out", str(tmp_path / "out"))
    assert (found.exit_code, (tmp_path / "out").exists()) == (0, False)
    assert "Nothing is found that the book does not declare.\n" in found.stdout


def test_a_fault_in_a_copy_is_found_and_its_witness_runs(run, copy, tmp_path):
    notice = next(p for p in (copy / "eu").glob("*.md") if "question: controlled" in p.read_text("utf-8"))
    text = notice.read_text("utf-8")
    part = text.index("when: ")
    line = text[part : text.index("\n", part)]
    notice.write_text(
        text.replace(line, f"when: {{all: [{line.removeprefix('when: ')}, impossible]}}", 1), "utf-8"
    )
    names = copy / "eu" / "predicates.toml"
    says = 'true = "t"\nfalse = "f"\nunknown = "u"\n'
    leaf = "\\\"from\\\" = 'CN' AND \\\"from\\\" = 'DE'"
    names.write_text(names.read_text("utf-8") + f'\n[predicate.impossible]\nwhen = "{leaf}"\n{says}', "utf-8")
    found = run("law", "check", "--book", str(copy), "--out", str(tmp_path / "out"), "--json")
    assert found.exit_code == 1
    (told,) = json.loads(found.stdout)
    assert {"dead", "never"} <= {f["finding"]["kind"] for f in told["findings"]}
    dead = next(f for f in told["findings"] if f["finding"]["kind"] == "dead")
    assert (
        dead["means"] == "No shipment on any day can meet the rule: it stands in the book and never applies."
    )
    files = [path for f in told["findings"] for path in f["files"]]
    assert sorted(str(p) for p in (tmp_path / "out").iterdir()) == sorted(files)
    decided = [run("decide", "--books", str(copy / "eu"), path, "--check") for path in files]
    assert [(d.exit_code, d.stdout.splitlines()[-1]) for d in decided] == [(0, "as expected")] * len(files)


def test_a_copy_is_not_written_over(run, copy):
    again = run("law", "copy", str(copy))
    assert (again.exit_code, "this folder is not empty" in again.stderr) == (2, True)


def test_a_book_that_nobody_has(run):
    found = run("law", "check", "--book", "atlantis")
    assert found.exit_code == 2
    assert "there is no such book" in found.stderr
    assert f"expected: {', '.join(JURISDICTIONS)}, or a folder" in found.stderr


def test_coverage_counts_every_article(run):
    found = run("law", "coverage", "--book", "cn", "--json")
    (readings,) = json.loads(found.stdout).values()
    articles = [a.address for i in read_book().instruments.values() for a in i.articles]
    assert [one["address"] for one in readings["readings"]] == articles
    shown = run("law", "coverage", "--book", "eu", "--all")
    assert shown.stdout.startswith("Book eu\n")
    assert "Not encoded, and why" in shown.stdout
