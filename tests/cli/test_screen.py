from __future__ import annotations

import json

import pytest

from xenotime import wiring
from xenotime.services.screening import desk as screening
from xenotime.services.screening import matcher


def test_a_listed_name_is_a_hit_and_another_is_none(run):
    hit, none = run("screen", "Lockheed Martin Corporation"), run("screen", "Fernhill Pigments AG")
    assert (hit.exit_code, none.exit_code) == (1, 0)
    assert hit.stdout.splitlines()[0] == "⊘ HIT  Lockheed Martin Corporation"
    assert none.stdout.splitlines()[0] == "○ NO HIT  Fernhill Pigments AG"


def test_a_stale_list_says_so_in_every_answer(run):
    lines = run("screen", "Fernhill Pigments AG").stdout.splitlines()
    assert [line for line in lines if "stale" in line] != []


def test_as_json_it_has_the_id_of_its_record(run):
    made = json.loads(run("screen", "Fernhill Pigments AG", "--json", "--by", "Ada").stdout)
    listed = json.loads(run("records", "list", "--json").stdout)
    assert [(m["id"], m["outcome"], m["by"]) for m in made] == [
        (one["id"], "no hit", "Ada") for one in listed
    ]


def test_without_a_record_nothing_is_kept(run):
    run("screen", "Fernhill Pigments AG", "--no-record")
    assert run("records", "list").stdout == "no screening is recorded yet: run `xenotime screen NAME`\n"


def test_the_person_may_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("XENOTIME_BY", "Ada")
    run("screen", "Fernhill Pigments AG")
    assert json.loads(run("records", "list", "--json").stdout)[0]["by"] == "Ada"


def test_one_list_may_be_named(run):
    lockheed = "Lockheed Martin Corporation"
    made = json.loads(run("screen", lockheed, "--list", "cn/mofcom-2025-1", "--json").stdout)
    assert [one["list_id"] for one in made[0]["lists"]] == ["cn/mofcom-2025-1"]


def test_the_day_of_knowledge_decides_which_lists_exist(run):
    made = json.loads(run("screen", "Fernhill", "--known", "2023-02-16", "--json").stdout)
    assert [one["list_id"] for one in made[0]["lists"]] == ["cn/uel-2023-02-16"]


def test_a_file_gives_a_register(run, tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text("name,country\nFernhill Pigments AG,CH\nLockheed Martin Corporation,US\n", "utf-8")
    result = run("screen", path, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert (tmp_path / "out" / "register.csv").read_text("utf-8-sig").count(",no hit,") == 1
    wrote = [line for line in result.stdout.splitlines() if line.startswith("wrote ")]
    names = ("register.csv", "register.json", "register.html")
    assert wrote == [f"wrote {tmp_path / 'out' / name}" for name in names]


def test_the_page_may_be_in_chinese(run, tmp_path):
    run("screen", "Fernhill", "--out", tmp_path, "--lang", "zh")
    assert '<html lang="zh' in (tmp_path / "register.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["screen", ""], "there is no name to screen"),
        (["screen", "a" * 100_000], "this name is too long"),
        (["screen", "Fernhill", "--list", "cn/none"], "there is no such list"),
        (["screen", "none.csv"], "there is no such file"),
        (["screen", "Fernhill", "--by", "A\udcff"], "this is no name of a person"),
        (["screen", "none.csv", "--country", "CH"], "a file says each party's country and numbers itself"),
    ],
)
def test_unusable_input_is_refused(run, refused, words, what):
    assert refused(run(*words))["what"] == what


def test_a_file_of_another_kind_is_no_name(run, refused, tmp_path):
    path = tmp_path / "parties.ods"
    path.write_text("Fernhill\n", "utf-8")
    assert refused(run("screen", path))["what"] == "this is a file, and not one that parties are read from"


def test_a_wrong_number_is_told_and_the_name_is_screened(run):
    result = run("screen", "Fernhill Pigments AG", "--lei", "5493001KJTIIGC8Y1R13")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("  note: the check digits of this LEI do not hold")


def test_a_list_of_ones_own_does_not_exist_before_it_was_added(run, tmp_path, refused):
    path = tmp_path / "own.csv"
    path.write_text("entry,name\n1,Alder Mills\n", "utf-8")
    run("lists", "add", path, "--name", "own", "--as-of", "2026-11-01")
    assert run("screen", "Alder Mills", "--list", "own").exit_code == 1
    before = refused(run("screen", "Alder Mills", "--list", "own", "--known", "2026-11-21"))
    assert before["what"] == "there is no such list"


def test_the_index_of_a_large_list_is_kept_and_gives_the_same_answer(run, tmp_path, monkeypatch):
    monkeypatch.setattr(matcher, "_WORTH", 1)
    path = tmp_path / "own.csv"
    path.write_text("entry,name\n1,Alder Mills\n", "utf-8")
    run("lists", "add", path, "--name", "own")
    asked = ("screen", "Alder Milles", "--list", "own", "--json", "--no-record")
    assert run(*asked).stdout == run(*asked).stdout
    assert json.loads(run(*asked).stdout)[0]["outcome"] == "for review"


def test_ctrl_c_leaves_whole_records(run, tmp_path, monkeypatch):
    monkeypatch.setattr(screening, "PART", 1)
    path = tmp_path / "names.txt"
    path.write_text("Alder\nBirch\nCedar\n", "utf-8")
    kept = []

    def stop(_desk):
        add = wiring.records().add

        def keep(made):
            if kept:
                raise KeyboardInterrupt
            kept.append(add(made))

        return keep

    monkeypatch.setattr(wiring, "keeper", stop)
    result = run("screen", path)
    assert (result.exit_code, result.stdout) == (130, "")
    assert [one["id"] for one in json.loads(run("records", "list", "--json").stdout)] == kept
