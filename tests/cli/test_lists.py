from __future__ import annotations

import json

import pytest

from xenotime import wiring

HEAD = "entry,name,aliases,country,listed\n"
ONE = HEAD + "1,Quillmoor Magnet Works,QMW,CN,2024-03-01\n2,Brackwater Alloys GmbH,,DE,2025-01-02\n"
TWO = ONE.replace("QMW", "QMW|虚构磁材") + "3,Lamplight Oxides Co.,,CN,2026-11-20\n"


@pytest.fixture
def files(tmp_path):
    """Two versions of an invented list."""
    for name, text in (("one.csv", ONE), ("two.csv", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "one.csv", tmp_path / "two.csv"


@pytest.fixture
def kept(run, files):
    """A list of two versions, as of 20 and 21 November."""
    assert run("lists", "add", files[0], "--name", "inv", "--as-of", "2026-11-20").exit_code == 0
    assert run("lists", "update", "inv", files[1], "--as-of", "2026-11-21").exit_code == 0
    return files


def test_a_list_is_added_and_shown_among_all(run, files):
    result = run("lists", "add", files[0], "--name", "inv", "--as-of", "2026-11-20", "--authority", "nobody")
    sha = wiring.shelf().load("inv").edition.sha
    assert (result.exit_code, result.output) == (
        0,
        f"inv version 1: 2 entries (plain), as of 2026-11-20, {sha[:12]}\n",
    )
    shown = run("lists").output.splitlines()
    assert shown[0].split() == ["list", "version", "as", "of", "age", "entries"]
    assert shown[1].split() == ["inv", "1", f"({sha[:8]})", "2026-11-20", "2", "d", "2"]
    assert shown[2].split()[:4] == ["cn/mofcom-2025-1", "book", "2026-08-22", "92"]
    assert shown[-1].startswith("stale: 24 lists of the book were read until 2026-08-22, 92 days before")
    assert run("lists", "show").output == run("lists").output


def test_an_update_says_what_it_did_and_diff_says_it_again(run, files):
    run("lists", "add", files[0], "--name", "inv", "--as-of", "2026-11-20")
    result = run("lists", "update", "inv", files[1], "--as-of", "2026-11-21")
    assert result.output.splitlines()[1] == "  1 added, 0 removed, 1 changed"
    assert run("lists", "diff", "inv").output == (
        "inv: version 1 to 2\n"
        "  1 added, 0 removed, 1 changed\n"
        "+ 3: Lamplight Oxides Co.\n"
        "~ 1: Quillmoor Magnet Works\n"
        "    + names: 虚构磁材 strong Hani\n"
    )
    back = run("lists", "diff", "inv", "--from", "2", "--to", "1").output
    assert back.splitlines()[1] == "  0 added, 1 removed, 1 changed"
    change = json.loads(run("lists", "diff", "inv", "--json").output)
    assert [len(change[k]) for k in ("added", "removed", "changed")] == [1, 0, 1]


def test_the_same_file_again_is_nothing_new(run, kept):
    result = run("lists", "update", "inv", kept[1])
    assert result.output == "inv: nothing new; version 2 has this content\n  no entry differs\n"


def test_history_and_old_versions(run, kept):
    del kept
    rows = run("lists", "show", "inv", "--history").output.splitlines()
    assert [row.split()[0] for row in rows] == ["version", "1", "2"]
    assert "3:" not in run("lists", "show", "inv", "--version", "1").output
    assert run("lists", "show", "inv", "--version", "1", "--csv").output.count("\n") == 3


def test_an_entry_in_full(run, kept):
    del kept
    assert run("lists", "show", "inv", "--entry", "1", "--on", "2024-02-29").output == (
        "inv 1: Quillmoor Magnet Works (unknown), not yet listed on 2024-02-29\n"
        "  primary      Quillmoor Magnet Works  [Latn]\n"
        "  strong       QMW  [Latn]\n"
        "  strong       虚构磁材  [Hani]\n"
        "  country      CN\n"
        "  listed       2024-03-01\n"
        "  source       two.csv, line 2\n"
    )
    entry = json.loads(run("lists", "show", "inv", "--entry", "1", "--json").output)
    assert [n["text"] for n in entry["names"]] == ["Quillmoor Magnet Works", "QMW", "虚构磁材"]


def test_a_list_of_the_book_and_its_paused_parties(run):
    shown = run("lists", "show", "cn/mofcom-2025-21", "--on", "2025-06-01").output
    assert shown.splitlines()[4].split()[-1] == "paused"
    assert run("lists", "show", "cn/nothing").exit_code == 2


def test_what_is_printed_as_csv_is_read_back(run, kept, tmp_path):
    del kept
    text = run("lists", "show", "inv", "--csv").output
    (tmp_path / "back.csv").write_text(text, encoding="utf-8")
    assert run("lists", "add", tmp_path / "back.csv", "--name", "back").exit_code == 0
    assert wiring.shelf().load("back").edition.sha == wiring.shelf().load("inv").edition.sha


def test_a_removed_list_is_gone_and_its_versions_stay(run, kept):
    assert run("lists", "remove", "inv").exit_code == 0
    assert run("lists", "show", "inv").exit_code == 2
    assert run("lists", "show", "inv", "--version", "1").exit_code == 0
    assert run("lists", "remove", "inv").exit_code == 2
    assert run("lists", "add", kept[0], "--name", "inv").output.startswith("inv version 3: 2 entries")


def test_findings_are_told(run, tmp_path):
    (tmp_path / "odd.csv").write_text("name,country\nQuillmoor,Atlantis\n", encoding="utf-8")
    step = "next step: xenotime lists update odd FILE --as-of DAY"
    output = run("lists", "add", tmp_path / "odd.csv", "--name", "odd").output.splitlines()
    assert output[1:] == [
        "  note: country 'Atlantis' is not recognised: odd.csv, line 2 (1 time)",
        f"stale: odd does not say its day, so it may be stale; {step}",
    ]


def test_a_cut_file_is_refused_and_the_old_list_stays(run, kept, refused):
    kept[1].write_text(TWO + '4,"Cut', encoding="utf-8")
    parts = refused(run("lists", "update", "inv", kept[1]))
    assert (parts["what"], parts["where"], parts["next"]) == (
        "this file is not whole",
        "two.csv, line 5",
        "fetch the file again; nothing was changed",
    )
    assert [e.number for e in wiring.shelf().history("inv")] == [1, 2]


def test_a_shrinking_update_must_be_accepted(run, kept, refused):
    kept[0].write_text(HEAD + "9,Moorland,,,\n", encoding="utf-8")
    parts = refused(run("lists", "update", "inv", kept[0]))
    assert parts["what"] == "this update would drop more than half of the list"
    assert run("lists", "update", "inv", kept[0], "--accept-shrink").exit_code == 0


def test_a_file_that_is_not_there_is_refused(run, tmp_path, refused):
    parts = refused(run("lists", "add", tmp_path / "none.csv", "--name", "inv"))
    assert parts["what"] == "a file or folder cannot be used"


def test_an_update_that_lists_a_screened_party_raises_it_at_once(run, files):
    run("lists", "add", files[0], "--name", "inv", "--as-of", "2026-11-20")
    assert run("screen", "Lamplight Oxides Co.", "--country", "CN").exit_code == 0
    raised = run("lists", "update", "inv", files[1], "--as-of", "2026-11-21").output
    (alert,) = [line for line in raised.splitlines() if line.startswith("ALERT ")]
    assert alert.startswith("ALERT Lamplight Oxides Co. had no hit there")
    again = run("lists", "update", "inv", files[1]).output
    assert "ALERT" not in again


def test_a_comparison_that_was_cut_short_is_made_up_for(run, files, monkeypatch):
    run("lists", "add", files[0], "--name", "inv", "--as-of", "2026-11-20")
    run("screen", "Lamplight Oxides Co.", "--country", "CN")
    with monkeypatch.context() as patch:
        patch.setattr(wiring, "rescreen", lambda *_, **__: 1 / 0)
        run("lists", "update", "inv", files[1], "--as-of", "2026-11-21")
    assert wiring.shelf().load("inv").edition.number == 2
    result = run("lists", "update", "inv", files[1])
    assert (result.exit_code, "ALERT Lamplight Oxides Co." in result.output) == (1, True)
