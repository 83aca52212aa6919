from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from xenotime.core.canon import canonical, digest
from xenotime.core.errors import InputError
from xenotime.services.receipt import Group, Receipt, Stated, covered, groups, line, read

SCHEMA = json.loads((files("xenotime.services") / "receipt.schema.json").read_text("utf-8"))


@pytest.fixture
def kept(assessed, row):
    """The receipt of a leg that a licence covers."""
    (leg,) = assessed(licences=[row("licences")]).legs
    return leg.receipt


def test_a_receipt_is_one_line_and_comes_back_whole(kept):
    written = line(kept)
    assert written.count(b"\n") == 1
    assert list(read(written.decode().splitlines(), "here")) == [kept]


def test_the_id_is_the_hash_of_the_body(kept):
    assert (kept.id, len(kept.id)) == (digest(kept.body), 64)


def test_equal_decisions_are_equal_bytes(assessed, row, kept):
    (again,) = assessed(licences=[row("licences")]).legs
    assert line(again.receipt) == line(kept)


def test_another_day_makes_another_receipt(assessed, row, kept):
    (other,) = assessed(date(2026, 11, 20), licences=[row("licences")]).legs
    assert other.receipt.id != kept.id


def test_what_is_written_is_what_the_schema_says(kept):
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(line(kept)))) == []


def test_the_schema_refuses_what_is_not_so(kept):
    whole = json.loads(line(kept))
    whole["body"]["answer"]["outcome"] = "maybe"
    whole["body"]["more"] = 1
    found = sorted(e.validator for e in Draft202012Validator(SCHEMA).iter_errors(whole))
    assert found == ["additionalProperties", "enum"]


def test_the_answer_is_in_words(kept):
    said = kept.body.answer
    assert (said.outcome, said.rule, dict(said.coverage)) == (
        "licence",
        "cn/mofcom-2025-18/1C905",
        {"IL-1": "yes"},
    )
    assert said.rules["cn/mofcom-2025-18/1C905"] == "yes"


def test_licences_are_kept_with_what_was_used_of_them(assessed, row):
    made = assessed(
        licences=[row("licences", channel="general")],
        shipments=[row("shipments", shipment="S-1"), row("shipments", shipment="S-2")],
        legs=[row("legs", day="2026-09-05"), row("legs", shipment="S-2", day="2026-09-01")],
    )
    used = [
        (r.title, str(r.licences[0].used_kg), r.licences[0].uses) for r in (x.receipt.body for x in made.legs)
    ]
    assert used == [("S-2 leg 1", "0", 0), ("S-1 leg 1", "20", 1)]
    body = made.legs[1].receipt.body
    assert covered(body.licences, body.demand) == made.legs[1].explanation.coverage


def test_facts_stand_under_their_source():
    found = groups(
        [Stated("to", "CH", "table", "b"), Stated("b", True, "list", "a"), Stated("a", 1, "table", "b")]
    )
    assert found == (Group("list", "a", {"b": True}), Group("table", "b", {"to": "CH", "a": 1}))


def test_a_change_by_hand_is_seen(kept):
    text = line(kept).decode().replace('"to":"CH"', '"to":"DE"')
    with pytest.raises(InputError) as caught:
        list(read([text], "june.jsonl"))
    problem = caught.value.problem
    assert (problem.what, problem.where) == (
        "this receipt was changed after it was written",
        "june.jsonl, line 1",
    )
    assert problem.expected == f"the content whose hash is {kept.id[:12]}…"
    assert problem.next_step


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty file"),
        ("{", "Expecting property name"),
        ("[]", "no body"),
        ('{"body": 1}', "no body"),
        ('{"body": {}}', "no kind"),
        ('{"id": "x", "body": {"kind": "xenotime-decision/2"}}', "xenotime-decision/2"),
        ('{"id": "x", "body": {"kind": "xenotime-decision/1"}}', "missing"),
        ("[" * 100_000, "brackets within brackets"),
        ("x" * 1_000_001, "a line of 1,000,001 characters"),
    ],
)
def test_what_is_no_receipt_is_refused(text, found):
    with pytest.raises(InputError) as caught:
        list(read(text.splitlines(), "x"))
    assert caught.value.problem.what == "this is not a receipt that this release reads"
    assert found in caught.value.problem.found


def test_a_part_too_many_is_refused(kept):
    whole = json.loads(line(kept))
    whole["body"]["more"] = 1
    with pytest.raises(InputError, match="not a receipt that this release reads"):
        list(read([json.dumps(whole)], "x"))


def _worded(kept, old, new):
    text = line(kept).decode()
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_fraction_in_a_fact_is_no_receipt(kept):
    with pytest.raises(InputError) as caught:
        list(read([_worded(kept, '"to":"CH"', '"to":1.5')], "x"))
    problem = caught.value.problem
    assert (problem.what, problem.found) == (
        "this is not a receipt that this release reads",
        "float has no canonical writing",
    )


def test_half_a_sign_is_no_receipt(kept):
    with pytest.raises(InputError, match="not a receipt that this release reads"):
        list(read([_worded(kept, '"to":"CH"', '"to":"\\ud800"')], "x"))


def test_a_part_that_stands_twice_is_no_receipt(kept):
    with pytest.raises(InputError) as caught:
        list(read([_worded(kept, '"to":"CH"', '"to":"DE","to":"CH"')], "x"))
    assert caught.value.problem.found == "'to' twice in one object"


def test_the_same_content_in_another_layout_is_the_same_receipt(kept):
    loose = json.dumps(json.loads(canonical(kept)), indent=None, separators=(", ", ": "))
    assert list(read([loose], "x")) == [kept]


def test_many_lines_are_checked_one_by_one(kept):
    other = Receipt("0" * 64, replace(kept.body, title="another"))
    lines = [line(kept).decode(), "\n", line(other).decode()]
    found = read(lines, "x")
    assert next(found) == kept
    with pytest.raises(InputError, match="line 3"):
        next(found)
