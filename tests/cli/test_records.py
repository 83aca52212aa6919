from __future__ import annotations

import json

import pytest

NAME, HIT = "Lockheed Martin Aeronautics Systems", "cn/mofcom-2025-1/9"


@pytest.fixture
def record(run):
    """The id of a screening that found something to review."""
    return json.loads(run("screen", NAME, "--list", "cn/mofcom-2025-1", "--by", "Ada", "--json").stdout)[0][
        "id"
    ]


@pytest.fixture
def decide(run, record):
    words = ("decide", record, "--query", NAME, "--because", "another firm", "--by", "Bo")
    return lambda *more: run("records", *words, *more)


def test_it_is_listed_shown_and_replayed(run, record):
    assert run("records", "list").stdout.startswith(f"{record[:12]}  2026-11-22  1 for review  {NAME}  Ada")
    assert run("records", "show", record[:8]).stdout.splitlines()[0] == f"record {record}"
    kept = run("records", "show", record, "--json").stdout
    assert json.loads(kept)["by"] == "Ada"
    result = run("records", "replay", record[:8])
    assert (result.exit_code, result.stdout) == (0, f"{record[:12]}: the same to the byte\n")


def test_a_hit_is_cleared_and_said_so_ever_after(run, decide):
    assert decide("--hit", HIT, "--false-positive", "--scope", "all-entries-of-list").exit_code == 0
    result = run("screen", NAME, "--list", "cn/mofcom-2025-1")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, f"○ NO HIT  {NAME}")
    told = "cleared by Bo on 2026-11-22, with every hit on cn/mofcom-2025-1 then, until 2027-11-22"
    assert told in " ".join(result.stdout.split())
    assert "another firm" in run("records", "decisions").stdout
    later = run("screen", NAME, "--list", "cn/mofcom-2025-1", "--known", "2027-11-23")
    assert later.exit_code == 1


def test_under_four_eyes_a_second_person_confirms(run, decide, refused):
    assert (
        run("records", "policy", "--four-eyes").stdout.splitlines()[0] == "clearing a hit takes two persons"
    )
    decide("--hit", HIT, "--false-positive")
    number = json.loads(run("records", "decisions", "--json").stdout)[0]["id"]
    same = refused(run("records", "decide", number, "--confirm", "--by", "bo"))
    assert same["what"] == "a second person must confirm this decision"
    assert run("records", "decide", number, "--confirm", "--by", "Cy").exit_code == 0
    assert json.loads(run("records", "decisions", "--json").stdout)[0]["confirmed_by"] == "Cy"
    again = refused(run("records", "decide", number, "--confirm", "--by", "Di"))
    assert again["what"] == "this decision waits for nobody"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((), "say what was decided"),
        (("--false-positive", "--true-match"), "say what was decided"),
        (("--hit", "cn/none/1", "--true-match"), "this party has no such hit"),
    ],
)
def test_a_decision_that_is_not_clear_is_refused(decide, refused, more, what):
    assert refused(decide(*more))["what"] == what


def test_what_is_held_is_given_and_erased(run, record):
    assert json.loads(run("records", "access", NAME).stdout)["screenings"][0]["record"] == record
    assert run("records", "erase", NAME, "--because", "request").exit_code == 0
    assert json.loads(run("records", "access", NAME).stdout)["screenings"] == []
    replayed = run("records", "replay", record).stdout.splitlines()
    assert replayed[-1] == f"{record[:12]}: the same but for what was erased"


def test_a_purge_counts_first(run, record, refused):
    assert refused(run("records", "purge"))["what"] == "no period of retention is set"
    counted = run("records", "purge", "--before", "2026-12-01")
    assert counted.stdout.splitlines()[0] == "       1  screenings"
    run("records", "policy", "--retention", "30")
    assert run("records", "purge", "--yes", "--known", "2026-12-23").exit_code == 0
    assert refused(run("records", "show", record))["what"] == "there is no such screening"


def test_the_audit_export_is_named_file_by_file(run, record, tmp_path):
    lines = run("records", "export", "--out", tmp_path / "audit").stdout.splitlines()
    assert lines[-1] == f"wrote {tmp_path / 'audit' / 'manifest.json'}"
    assert (tmp_path / "audit" / "screenings.jsonl").read_text("utf-8").startswith(f'{{"id":"{record}"')


def test_no_alert_is_said(run):
    result = run("records", "alerts")
    assert (result.exit_code, result.stdout) == (0, "no list update waits for an answer\n")


LIST = "entry,name,country\n1,Blackthorn Drives,CN\n"


def test_a_list_update_that_names_a_cleared_party_raises_it_at_once(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(LIST, "utf-8")
    assert run("lists", "add", path, "--name", "own", "--as-of", "2026-11-21").exit_code == 0
    screened = run("screen", "Alder Mills GmbH", "--list", "own", "--json")
    number = json.loads(screened.stdout)[0]["id"]
    assert screened.exit_code == 0
    path.write_text(LIST + "2,Alder Mills GmbH,DE\n", "utf-8")
    updated = run("lists", "update", "own", path, "--as-of", "2026-11-22")
    raised = (
        f"Alder Mills GmbH had no hit there (screened 2026-11-22, record {number[:12]}) and is now hit: "
        "own/2 Alder Mills GmbH, added to the list"
    )
    assert [line for line in updated.stdout.splitlines() if "ALERT" in line] == [f"ALERT {raised}"]
    told = run("records", "alerts")
    assert (told.exit_code, told.stdout) == (1, f"2026-11-22  raised: {raised}\n")
    assert json.loads(run("records", "alerts", "--json").stdout)[0]["record"] == number
    assert run("records", "replay", number).stdout == f"{number[:12]}: the same to the byte\n"
    assert run("screen", "Alder Mills GmbH", "--list", "own").exit_code == 1
    assert run("records", "alerts").stdout == "no list update waits for an answer\n"
    assert run("records", "alerts", "--all").stdout == told.stdout


def test_nothing_new_touches_nobody(run):
    run("screen", "Alder Mills GmbH")
    result = run("records", "watch")
    assert (result.exit_code, result.stdout) == (0, "nothing new touches a watched party\n")


def test_a_list_that_was_never_used_is_new_to_a_watched_party(run):
    run("screen", "Lockheed Martin Corporation", "--list", "cn/uel-2025-03-04")
    result = run("records", "watch")
    assert result.exit_code == 1
    assert "raised: Lockheed Martin Corporation had no hit there" in result.stdout
    assert run("records", "watch").stdout == "nothing new touches a watched party\n"


def test_a_name_that_is_no_text_is_held_about_nobody(run):
    assert json.loads(run("records", "access", "a\udcff").stdout)["party"] == "a?"


@pytest.mark.parametrize("record", ["", "z" * 100_000])
def test_an_id_out_of_all_reach_is_no_fault_of_the_register(run, refused, record):
    run("screen", "Fernhill")
    parts = refused(run("records", "show", record))
    assert (parts["what"], parts["found"] != "") == ("there is no such screening", True)
