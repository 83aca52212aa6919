from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from xenotime.law.oracle import judge
from xenotime.services.vectors import KIND, banks, schemas, traced, vectors, written

CASES = """
cases:
  - id: T01
    decide:
      on: 2025-06-02
      known: 2026-11-21
      facts: {from: CN, to: DE, kind: oxide, material: none, elements: [Dy], military_user: no}
      parties: [{role: end_user, name: Nordhain Antriebe GmbH, country: DE}]
    expect: {outcome: licence}
  - id: T02
    decide:
      on: 2025-06-02
      known: 2026-11-21
      facts: {from: CN, to: DE, kind: oxide, material: none, elements: [La], military_user: no}
    expect: {outcome: not_controlled}
"""


@pytest.fixture(scope="module")
def made(libraries):
    return vectors(libraries(), {"cn/cases.yaml": CASES})


def test_a_case_is_asked_around_the_days_that_matter_to_it(made):
    first, second = made["vectors"]
    assert (made["kind"], made["book"], first["id"], second["id"]) == (KIND, "cn", "T01", "T02")
    days = [(d["on"], d["known"], d["expect"]["outcome"]) for d in first["decisions"]]
    assert days[:4] == [
        ("2025-06-02", "2026-11-21", "licence"),
        ("2025-04-03", "2026-11-21", "not_controlled"),
        ("2025-04-04", "2026-11-21", "licence"),
        ("2025-04-05", "2026-11-21", "licence"),
    ]
    assert days[-1] == ("2025-06-02", "2025-05-14", "licence")


def test_the_trace_names_what_holds(made):
    found = made["vectors"][0]["decisions"][0]["expect"]
    assert (found["rule"], found["rules"]) == ("cn/mofcom-2025-18/1C905", {"cn/mofcom-2025-18/1C905": True})
    assert "item_1C905" in found["true"]
    assert found["missing"] == []


def test_facts_are_declared_as_another_program_must_know_them(made):
    assert made["facts"]["from"] == {"type": "country"}
    assert made["facts"]["red_flag"] == {"type": "bool", "presumed": "no"}
    assert "oxide" in made["facts"]["kind"]["values"]


def test_what_is_written_is_what_the_schema_says(made):
    schema = json.loads(schemas()["decisions.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert json.loads(written(made)) == made
    assert list(Draft202012Validator(schema).iter_errors(made)) == []
    wrong = json.loads(written(made))
    wrong["vectors"][0]["decisions"][0]["expect"]["outcome"] = "maybe"
    wrong["vectors"][1]["decisions"] = []
    assert sorted(e.validator for e in Draft202012Validator(schema).iter_errors(wrong)) == [
        "enum",
        "minItems",
    ]


def test_a_trial_is_about_its_own_days_only(libraries):
    trials = """
known: 2026-11-21
trials:
  - of: cn/mofcom-2025-18/1C905
    facts: {from: CN, to: DE, kind: oxide, material: none, elements: [Dy]}
    rows:
      - {on: 2025-04-04, holds: yes}
      - {on: 2025-04-03, holds: no}
"""
    seen = []
    made = vectors(libraries(), {"cn/trials.yaml": trials}, lambda done, total: seen.append((done, total)))
    (vector,) = made["vectors"]
    assert [d["on"] for d in vector["decisions"]] == ["2025-04-04", "2025-04-03"]
    assert seen == [(1, 1)]


def test_trials_are_many_and_only_there_when_asked_for():
    plain, more = banks("us"), banks("us", trials=True)
    assert {**plain, "us/trials.yaml": more["us/trials.yaml"]} == more
    assert "us/cases.yaml" in plain


def test_masks_become_names(law):
    found = traced(law, judge(law, {"from": "CN"}, date(2025, 6, 2)))
    assert set(found) == {
        "true", "missing", "duties", "notes", "channels_open", "channels_unknown",
    }  # fmt: skip
    assert "to" in found["missing"]
