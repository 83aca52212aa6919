from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xenotime.core.errors import FactError, InputError, XenotimeError
from xenotime.law.answer import Outcome
from xenotime.services.expectation import failures
from xenotime.services.transaction import (
    decide_transaction,
    elements,
    parse_transaction,
    read_facts,
    read_licence,
    transaction,
)

FOLDER = Path(__file__).parents[2] / "examples" / "decide"
FILES = sorted(FOLDER.glob("*.yaml"))
OXIDE = """
on: 2025-06-02
facts: {from: CN, to: DE, kind: oxide, material: none, elements: [Dy], military_user: no}
parties:
  - {role: end_user, name: Nordhain Antriebe GmbH, country: de}
"""
LISTED = OXIDE.replace("Nordhain Antriebe GmbH, country: de", "Echodyne, country: US").replace(
    "06-02", "04-20"
)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_example_decides_as_it_expects(path, libraries):
    given = parse_transaction(path.read_text(encoding="utf-8"), path.name)
    found = decide_transaction(libraries(given.known, given.branches, strict=given.strict), given)
    assert failures(given.expect, found.explanation) == ()
    assert given.expect["outcome"] == found.explanation.outcome.word


def test_the_examples_are_all_there():
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in FILES if p.name not in table] == []
    assert len(FILES) == 13


def test_a_file_is_typed_before_it_is_decided():
    given = parse_transaction(OXIDE + "known: 2025-07-01\nstrict: yes\nbranches: {h: b}\ntitle: t", "x.yaml")
    assert (given.title, given.on, given.known, given.strict, dict(given.branches)) == (
        "t",
        date(2025, 6, 2),
        date(2025, 7, 1),
        True,
        {"h": "b"},
    )
    bare = parse_transaction("on: 2025-06-02", "x.yaml")
    assert (bare.title, bare.known, bare.strict, bare.parties, bare.facts) == ("x.yaml", None, False, (), {})


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ("- a", "this is not a decide file", "'- a'"),
        ("", "this is not a decide file", "''"),
        ("facts: {}", "this decide file names no day", "no `on`"),
        ("on: 2025-01-01\nfact: {}", "this decide file has other keys", "fact"),
        ("on: 3/4/2025", "this date can mean two days", "'3/4/2025': 2025-04-03 or 2025-03-04"),
        ("on: 2025-01-01\nknown: soon", "this is not a date", "'soon'"),
        ("on: 2025-01-01\nfacts: [a]", "`facts` is not a list of names and values", "['a']"),
        ("on: 2025-01-01\nparties: {a: b}", "`parties` is not a list of rows", "{'a': 'b'}"),
        ("on: 2025-01-01\nlicences: [a]", "`licences` is not a list of rows", "['a']"),
    ],
)
def test_a_wrong_file_is_refused(text, what, found):
    with pytest.raises(InputError) as caught:
        parse_transaction(text, "x.yaml")
    assert (caught.value.problem.what, caught.value.problem.found) == (what, found)
    assert caught.value.problem.where.startswith("x.yaml")


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"phase_of_the_moon": "3"}, "the book knows no fact 'phase_of_the_moon'"),
        ({"kind": "brick"}, "the fact 'kind' cannot have this value"),
        ({"elements": ["Xx"]}, "this element is not one of the facts"),
        ({"cn_part1_value": "a lot"}, "the fact 'cn_part1_value' cannot have this value"),
    ],
)
def test_wrong_facts_are_refused(facts, what, libraries):
    with pytest.raises(FactError) as caught:
        read_facts(libraries(), facts, "x.yaml")
    assert (caught.value.problem.what, caught.value.problem.where.startswith("x.yaml")) == (what, True)


def test_elements_stand_for_all_element_facts(book):
    all_of_them = [name for name in book.facts if name.startswith("el_")]
    found = elements(book.facts, ["Dy", "?Tb"], "x")
    assert list(found) == all_of_them
    assert {name: value for name, value in found.items() if value is not False} == {
        "el_dy": True,
        "el_tb": None,
    }
    for nothing in ([], None, "", "none"):
        assert elements(book.facts, nothing, "x") == dict.fromkeys(all_of_them, False)
    assert elements(book.facts, "Dy; ?Tb", "x") == found


def decided(libraries, text, known=None):
    return decide_transaction(libraries(known), parse_transaction(text, "x.yaml"))


def test_parties_are_screened_and_give_the_country(libraries):
    plain = decided(libraries, OXIDE)
    assert (plain.explanation.outcome, plain.hits) == (Outcome.LICENCE, ())
    assert ("end_user_country", "DE") in plain.explanation.facts
    listed = decided(libraries, LISTED)
    assert listed.explanation.outcome is Outcome.PROHIBITED
    assert [(h.party_name, h.list_address, h.sure, h.status) for h in listed.hits] == [
        ("Echodyne", "cn/mofcom-2025-22", True, "in_force")
    ]


def test_without_parties_the_lists_stay_unknown(libraries):
    text = OXIDE[: OXIDE.index("parties")]
    alone = decided(libraries, text).explanation
    assert alone.outcome is Outcome.UNDETERMINED
    asked = [m.fact for m in alone.missing]
    assert [name for name in asked if not name.startswith(("listed_", "held_"))] == []


def test_a_stated_fact_goes_before_the_screening(libraries):
    text = OXIDE.replace("06-02", "04-20").replace("user: no", "user: no, listed_cn_mofcom_2025_21: yes")
    assert decided(libraries, text).explanation.rule == "cn/mofcom-2025-21/1"


def test_an_owner_on_a_list_reaches_the_party_it_holds(libraries):
    owners = "owners: [{name: Echodyne, country: US, share_percent: %s}]}"
    day = OXIDE.replace("06-02", "04-20").replace("country: de}", "country: DE, " + owners)
    facts = {share: dict(decided(libraries, day % share).explanation.facts) for share in (49, 50, "unknown")}
    held = {share: found.get("held_cn_mofcom_2025_22") for share, found in facts.items()}
    assert held == {49: "no", 50: "yes", "unknown": None}
    assert {found["listed_cn_mofcom_2025_22"] for found in facts.values()} == {"no"}


def test_a_party_without_a_name_and_a_share_without_a_number_are_refused(libraries):
    with pytest.raises(InputError, match="a party has no name"):
        decided(libraries, "on: 2025-06-02\nparties: [{role: end_user}]")
    with pytest.raises(InputError, match="this is not a number"):
        decided(libraries, "on: 2025-06-02\nparties: [{name: A, owners: [{name: B, share_percent: most}]}]")


def test_a_licence_is_read_with_its_bounds():
    row = {
        "licence": "GL-1", "channel": "general", "codes": ["1C902; 1C905"], "destinations": "jp; de",
        "end_users": "A; B", "quantity_kg": "12.5", "from_day": "2025-12-01", "to_day": "2026-11-30",
    }  # fmt: skip
    read = read_licence(row, "x")
    assert (read.codes, read.destinations, read.end_users, read.end_uses) == (
        ("1C902", "1C905"),
        ("JP", "DE"),
        ("A", "B"),
        (),
    )
    assert (read.quantity_kg, read.from_day, read.to_day) == (
        Decimal("12.5"),
        date(2025, 12, 1),
        date(2026, 11, 30),
    )
    with pytest.raises(InputError) as caught:
        read_licence({**row, "codes": [], "to_day": ""}, "x")
    assert (caught.value.problem.what, caught.value.problem.expected) == (
        "this licence lacks its bounds",
        "codes, to_day",
    )


def test_a_licence_of_the_file_is_held_against_the_shipment(libraries):
    held = (
        "licences:\n  - {licence: IL-1, channel: individual, codes: [1C905], destinations: [DE], "
        "end_users: [Nordhain Antriebe GmbH], quantity_kg: 50, from_day: 2025-05-01, to_day: 2026-04-30%s}\n"
        "shipment: {quantity_kg: %s}\n"
    )
    for uses, quantity, covered, fails in (
        ("", 20, ("IL-1",), ()),
        ("", 51, (), ("quantity",)),
        (", uses: 1", 20, (), ("used",)),
    ):
        found = decided(libraries, OXIDE + held % (uses, quantity)).explanation
        assert (found.covered_by, found.coverage[0].fails) == (covered, fails)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("parties: [{name: A, owner: B}]", "this block has other names"),
        ("parties: [{name: A, owners: B}]", "`owners` is not a list of rows"),
        ("parties: [{name: A, owners: [{country: CN}]}]", "an owner has no name"),
        ("parties: [{name: A, owners: [{name: B, share_percent: 101}]}]", "this number is out of reach"),
        ("parties: [{name: A, country: Narnia}]", "this is no territory code"),
        ("facts: {from: XX}", "this is no territory code"),
        ("facts: {cn_part1_value: '1e999999999'}", "this number is out of reach"),
        ("facts: {cn_part1_value: {mn: 9}}", "this block has other names"),
        ("shipment: {kg: 3}", "this block has other names"),
        ("strict: maybe", "`strict` is neither yes nor no"),
        ("known: 9999-12-31", "this day is out of reach"),
        ('title: "\\UFFFFFFFF"', "this block is not plain YAML"),
    ],
)
def test_nothing_is_dropped_without_a_word(text, what, libraries):
    with pytest.raises(XenotimeError) as caught:
        decided(libraries, f"on: 2025-06-02\n{text}")
    found = caught.value.problem
    assert (found.what, "" in (found.where, found.expected, found.found, found.next_step)) == (what, False)


def test_an_element_fact_that_says_otherwise_than_the_list_is_refused(libraries):
    given = parse_transaction("on: 2025-05-05\nfacts: {elements: [Dy], el_dy: no}", "here")
    with pytest.raises(FactError, match="two statements about one element differ"):
        decide_transaction(libraries(date(2026, 11, 21)), given)


def test_a_list_of_rare_earths_does_not_deny_gallium(libraries):
    facts = OXIDE.replace(
        "kind: oxide, material: none, elements: [Dy]", "kind: metal, elements: [], el_ga: yes"
    )
    made = decide_transaction(libraries(date(2026, 11, 21)), parse_transaction(facts, "here"))
    assert made.explanation.rule == "cn/mofcom-2023-23/1"


def test_lists_that_are_no_longer_current_say_so_where_parties_were_screened(libraries):
    given = {"on": "2026-09-01", "facts": {}, "parties": [{"role": "end_user", "name": "Nordhain GmbH"}]}
    late, early = libraries(date(2026, 11, 21)), libraries(date(2026, 8, 22))
    asked = decide_transaction(late, transaction(given, "a file")).stale
    assert [text.split(":")[0].split(",")[0] for text in asked] == [
        "24 lists of the book were read until 2026-08-22"
    ]
    assert decide_transaction(early, transaction(given, "a file")).stale == ()
    assert decide_transaction(late, transaction({**given, "parties": []}, "a file")).stale == ()


def test_a_rule_expected_that_the_book_does_not_have_is_refused(libraries):
    text = "on: 2025-05-01\nfacts: {kind: oxide}\nexpect: {holds: {cn/mofcom-2025-18/1C90: no}}\n"
    with pytest.raises(InputError) as caught:
        decide_transaction(libraries(), parse_transaction(text, "a.yaml"))
    assert (caught.value.problem.where, caught.value.problem.found) == (
        "a.yaml, holds",
        "'cn/mofcom-2025-18/1C90'",
    )
