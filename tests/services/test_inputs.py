"""US technology and plants by entry, as the facts of the direct-product limbs."""

from __future__ import annotations

from xenotime.law.read import read_book
from xenotime.services.inputs import input_facts

TECH = "3_list 3_992 3_e 45 5_002 4d090 9x515 3_to_9 0_to_2 600 assurance".split()
PLANT = "3_list 3_992 3_e 45 5_002 4d090 3_to_9 0_to_2 assurance 3b 4e091".split()


def told(key, codes):
    facts = input_facts({key: codes}, "x")
    start = {"technology": "us_tech_", "plants": "us_plant_"}[key]
    assert {name.startswith(start) for name in facts} == {True}
    return {name.removeprefix(start): word for name, word in facts.items()}


def test_none_at_all_is_no_to_everything():
    assert told("technology", []) == dict.fromkeys(TECH, "no")
    assert told("plants", []) == dict.fromkeys(PLANT, "no")
    assert input_facts({"parts": []}, "x") == {}


def test_what_is_named_is_yes_and_the_rest_no_but_for_what_no_entry_says():
    rest = [n for n in TECH if n not in ("3_992", "assurance")]
    assert told("technology", ["3E992"]) == {"3_992": "yes", **dict.fromkeys(rest, "no")}
    rest = [n for n in PLANT if n not in ("5_002", "assurance", "3b", "4e091")]
    assert told("plants", ["5E002"]) == {"5_002": "yes", **dict.fromkeys(rest, "no")}


def test_a_doubtful_entry_stays_unknown():
    assert "45" not in told("technology", ["?4D001"])
    assert told("technology", ["?4D001", "5E001"])["45"] == "yes"
    found = told("technology", ["?3E611"])
    assert ("600" in found, "3_to_9" in found, found["0_to_2"]) == (False, False, "no")


def test_the_600_series_is_told_with_its_category():
    assert {n for n, w in told("technology", ["3E611"]).items() if w == "yes"} == {"600", "3_to_9"}
    assert {n for n, w in told("technology", ["0E614"]).items() if w == "yes"} == {"600", "0_to_2"}
    assert {n for n, w in told("plants", ["9E515"]).items() if w == "yes"} == {"3_to_9"}


def test_every_fact_that_is_told_is_a_fact_of_the_book():
    facts = read_book(jurisdiction="us").facts
    spoken = {n for n in facts if n.startswith(("us_tech_", "us_plant_"))}
    assert spoken == {*input_facts({"technology": [], "plants": []}, "x")}
