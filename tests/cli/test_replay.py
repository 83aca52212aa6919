from __future__ import annotations

import json

import pytest
from tests.fixtures.notices import ban

LATER = ban("item_1C902", "2025-04-04")


KEPT = {}


@pytest.fixture
def receipt(run, facts, tmp_path):
    """The receipt of a decision, in a file; it is decided once."""
    path = tmp_path / "receipt.json"
    if not KEPT:
        result = run("decide", facts(), "--receipt", path)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1].startswith(f"wrote {path}: receipt ")
        KEPT["bytes"] = path.read_bytes()
    path.write_bytes(KEPT["bytes"])
    return path


def number(path):
    return json.loads(path.read_text("utf-8"))["id"][:12]


def test_a_decision_is_the_same_to_the_byte(run, receipt):
    result = run("replay", receipt)
    assert (result.exit_code, result.stdout) == (
        0,
        f"receipt {number(receipt)} (Sm2Co17 rings to Switzerland): the same to the byte\n",
    )


def test_standard_input_is_a_file_too(run, receipt):
    result = run("replay", "-", text=receipt.read_text("utf-8"))
    assert result.stdout.endswith(": the same to the byte\n")


def test_the_facts_are_shown_with_their_sources(run, receipt):
    lines = run("replay", receipt, "--show").stdout.splitlines()
    assert lines[1].startswith("Receipt  ")
    assert "  facts.yaml, facts" in "\n".join(lines)
    assert "■ licence  A licence is needed before this may go" in lines


def test_every_leg_of_a_report_replays(run, small):
    run("assess", small, "--quiet")
    result = run("replay", small.parent / "small-report" / "receipts.jsonl")
    assert (
        result.exit_code,
        result.stdout.splitlines()[-1].endswith("(S-1 leg 1): the same to the byte"),
    ) == (0, True)


def test_many_receipts_are_counted(run, receipt, tmp_path, facts):
    other = tmp_path / "other.json"
    run("decide", facts(), "--on", "2025-04-03", "--receipt", other)
    both = tmp_path / "both.jsonl"
    both.write_bytes(receipt.read_bytes() + other.read_bytes())
    assert run("replay", both).stdout == "2 receipts: 2 the same to the byte, 0 not\n"
    assert run("replay", both, "--id", number(other)).stdout.startswith(f"receipt {number(other)} ")


def test_an_id_that_is_not_there_is_said(run, receipt, refused):
    parts = refused(run("replay", receipt, "--id", "zz"))
    assert (parts["what"], parts["where"], parts["found"]) == (
        "no receipt has this id",
        "receipt.json",
        "zz",
    )


def test_json_is_for_programs(run, receipt):
    (found,) = json.loads(run("replay", receipt, "--json").stdout)
    assert (found["same"], found["differs"], found["explanation"]["outcome"]) == (True, [], "licence")


def test_a_changed_receipt_is_refused(run, receipt, refused):
    receipt.write_text(receipt.read_text("utf-8").replace('"to":"CH"', '"to":"DE"'), "utf-8")
    assert refused(run("replay", receipt))["what"] == "this receipt was changed after it was written"


def test_a_receipt_of_another_law_is_refused_and_may_be_compared(run, facts, refused, tmp_path):
    notice = tmp_path / "later.md"
    notice.write_text(LATER, "utf-8")
    other = tmp_path / "other.json"
    run("decide", facts(), "--law", notice, "--receipt", other)
    parts = refused(run("replay", other))
    assert (parts["what"], parts["found"]) == (
        "this receipt rests on a notice that is not here",
        "no later.md",
    )
    assert run("replay", other, "--law", notice).exit_code == 0
    result = run("replay", other, "--anyway")
    assert result.exit_code == 1
    assert "  differs: outcome: prohibited, now licence" in result.stdout.splitlines()


def test_notices_of_ones_own_do_not_stand_in_the_way(run, receipt, tmp_path):
    notice = tmp_path / "later.md"
    notice.write_text(LATER, "utf-8")
    assert run("law", "add", notice).exit_code == 0
    assert run("replay", receipt).exit_code == 0


def test_a_copy_of_the_law_replays_what_it_decided(run, receipt, refused, tmp_path):
    copy = tmp_path / "copy"
    assert run("law", "copy", copy).exit_code == 0
    assert run("replay", receipt, "--book", copy).exit_code == 0
    text = (copy / "cn" / "mofcom-2025-18.md").read_text("utf-8")
    (copy / "cn" / "mofcom-2025-18.md").write_text(text + "\n", "utf-8")
    parts = refused(run("replay", receipt, "--book", copy))
    assert parts["what"] == "this receipt is of another law"
    result = run("replay", receipt, "--book", copy, "--anyway")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)


def test_what_is_not_there_is_said(run, refused, tmp_path):
    assert refused(run("replay", tmp_path / "none.json"))["what"] == "these receipts cannot be read"


@pytest.fixture
def whole(run, small, tmp_path):
    """The folder of a run of an engine."""
    out = tmp_path / "year"
    assert run("assess", small, "--engine", "duckdb", "--out", out, "--quiet").exit_code == 0
    return out


def test_a_run_of_an_engine_is_the_same_to_the_byte(run, whole):
    result = run("replay", whole)
    said = (
        f"receipt {number(whole / 'receipt.json')} (small): 1 rows, decided by duckdb: the same to the byte\n"
    )
    assert (result.exit_code, result.stdout) == (0, said)
    found = json.loads(run("replay", whole, "--json").stdout)
    assert (found["same"], found["rows"], found["different"], found["differs"]) == (True, 1, 0, [])


def test_a_run_that_lacks_a_part_is_not_the_same(run, whole):
    (whole / "decisions" / "part-00000.parquet").unlink()
    result = run("replay", whole)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1] == "  differs: part-00000.parquet is not there"


def test_a_row_of_a_run_is_told_in_full_and_keeps_a_receipt(run, whole, tmp_path):
    result = run("replay", whole, "--row", "0", "--show", "--receipt", tmp_path / "row.json")
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[-1]) == (0, f"wrote {tmp_path / 'row.json'}")
    assert "■ licence  A licence is needed before this may go" in lines
    assert run("replay", tmp_path / "row.json").stdout.endswith(
        "(small, row with the key 0): the same to the byte\n"
    )


def test_a_report_may_be_named_by_its_folder(run, small):
    run("assess", small, "--quiet")
    assert run("replay", small.parent / "small-report").stdout.endswith("(S-1 leg 1): the same to the byte\n")


@pytest.mark.parametrize("words", [("--facts", "x.parquet"), ("--receipt", "x.json")])
def test_what_is_about_a_run_is_refused_of_a_receipt(run, receipt, words):
    result = run("replay", receipt, *words)
    assert result.exit_code == 2
    assert "about the folder of a run" in result.stderr


@pytest.mark.parametrize("words", [("--id", "1"), ("--receipt", "x.json"), ("--show",)])
def test_what_is_about_one_decision_is_refused_of_a_whole_run(run, whole, words):
    result = run("replay", whole, *words)
    assert result.exit_code == 2
    assert "name a --row of the run" in result.stderr
