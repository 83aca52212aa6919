"""Every case of the EU book, decided; what was recalled never decides."""

from __future__ import annotations

import tomllib

import pytest

from xenotime.law.instrument import load_yaml
from xenotime.law.read import packaged, read_book
from xenotime.law.rules import DECIDING
from xenotime.services.expectation import failures
from xenotime.services.library import open_library
from xenotime.services.transaction import decide_transaction, transaction

CASES = {c["id"]: c for c in load_yaml(packaged("eu/cases.yaml"), "cases.yaml")["cases"]}


@pytest.fixture(scope="module")
def eu():
    return read_book(jurisdiction="eu")


@pytest.mark.parametrize("case", list(CASES))
def test_decision(case, eu):
    for part in (CASES[case], *CASES[case].get("also", [])):
        given = transaction(part["decide"], case)
        library = open_library(given.known, book=eu)
        assert failures(part["expect"], decide_transaction(library, given).explanation) == ()


def test_the_benchmark_binds_the_union_and_decides_nothing(eu):
    benchmark = eu.rules["eu/2024-1252/5"]
    assert (benchmark.binds, benchmark.question) == ("Union and Member States", "note")
    assert [r.address for r in eu.rules.values() if "2024-1252" in r.address and r.question in DECIDING] == []


def test_the_magnet_threshold_is_more_than_200_grams(eu):
    library = open_library(transaction(CASES["EU-02"]["decide"], "").known, book=eu)
    facts = {"from": "CN", "to": "DE", "eu_placed_on_market": "yes", "eu_label_product": "motor_vehicle"}
    notes = {}
    for grams in ("200", "201"):
        body = {"on": "2026-06-01", "facts": {**facts, "eu_magnets_g": grams}}
        made = decide_transaction(library, transaction(body, grams))
        notes[grams] = "eu/2024-1252/29" in {n.address for n in made.explanation.notes}
    assert notes == {"200": False, "201": True}


def test_what_was_recalled_stays_open(eu):
    recalled = {
        r.address: r.answer for r in eu.rules.values() if r.confidence == "M" and r.question in DECIDING
    }
    assert recalled == {"eu/2021-821/4": "open"}


def test_every_case_and_source_is_registered(eu):
    registered = set(tomllib.loads(packaged("eu/sources.toml")))
    assert {s for c in CASES.values() for s in c["sources"]} - registered == set()
    assert {c for r in eu.rules.values() for c in r.cases} - set(CASES) == set()
