from __future__ import annotations

from datetime import date

CHILD, PARENT, BRANCH, SILENT = (
    "EXAMPLE0CHILD0000013",
    "EXAMPLE0PARENT000023",
    "EXAMPLE0BRANCH000062",
    "EXAMPLE0SILENT000004",
)
DIRECT = f"{CHILD}:IS_DIRECTLY_CONSOLIDATED_BY:{PARENT}"


def test_consolidation_is_control_and_never_a_share(fixture, edges, said):
    found = fixture("relations.gleif.csv")
    assert edges(found) == [(DIRECT, PARENT, CHILD, "0", None, "control", "")]
    assert said(found) == [
        (
            "a relationship that is no control (IS_SUBFUND_OF): left out",
            f"relations.gleif.csv, line 4: {SILENT}",
        ),
        (
            "a relationship that is inactive, with no last day: left out",
            f"relations.gleif.csv, line 5: {SILENT}",
        ),
        ("a relationship record that is retired: left out", f"relations.gleif.csv, line 6: {SILENT}"),
    ]


def test_the_days_are_those_of_the_relationship_not_of_the_accounts(fixture):
    (holding,) = fixture("relations.gleif.csv").holdings
    assert (holding.from_day, holding.to_day) == (date(2017, 3, 1), None)


def test_a_branch_is_one_body_with_its_head_office(fixture):
    bodies = {b.id: b.branch_of for b in fixture("relations.gleif.csv").bodies}
    assert bodies == {CHILD: "", PARENT: "", BRANCH: CHILD}


def test_both_forms_of_json_say_the_same(fixture):
    golden, api = fixture("relations.gleif.json"), fixture("api.gleif.json")
    assert [(h.owner, h.owned, h.kind, h.from_day, h.to_day) for h in (*golden.holdings, *api.holdings)] == [
        (PARENT, CHILD, "control", date(2018, 4, 1), None),
        (PARENT, CHILD, "control", date(2019, 1, 1), date(2024, 12, 31)),
    ]


def test_a_reporting_exception_is_a_finding(fixture, said):
    found = fixture("exceptions.gleif.csv")
    assert found.holdings == ()
    assert said(found) == [
        ("no direct parent is reported: NO_KNOWN_PERSON", f"exceptions.gleif.csv, line 2: {SILENT}"),
        ("no ultimate parent is reported: NON_CONSOLIDATING", f"exceptions.gleif.csv, line 3: {SILENT}"),
    ]


def test_level_one_gives_the_names(fixture):
    (body,) = fixture("names.gleif.csv").bodies
    assert (body.id, body.name, body.other_names, body.country) == (
        CHILD,
        "Invented Child GmbH",
        ("Invented Child",),
        "DE",
    )


def test_a_single_record_of_the_api_is_read(given):
    record = {
        "data": {
            "type": "lei-records",
            "attributes": {
                "lei": CHILD,
                "entity": {
                    "legalName": {"name": "Invented Child GmbH", "language": "de"},
                    "otherNames": [{"name": "Child Trading", "language": "en"}],
                    "legalAddress": {"country": "DE"},
                },
            },
        }
    }
    (body,) = given([record], "gleif").bodies
    assert (body.name, body.other_names, body.country) == ("Invented Child GmbH", ("Child Trading",), "DE")


def test_wrong_check_digits_and_missing_ends_are_found(given, said):
    header = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\n"
    found = given(
        f"{header}{CHILD[:-1]}9,{PARENT},IS_DIRECTLY_CONSOLIDATED_BY\n{CHILD},,IS_DIRECTLY_CONSOLIDATED_BY\n"
    )
    assert said(found) == [
        ("an LEI whose check digits are wrong: kept as written", f"given, line 2: {CHILD[:-1]}9"),
        ("a relationship without both its ends: left out", "given, line 3"),
    ]


def test_a_file_without_such_records_is_refused(refused):
    assert refused("LEI,Exception.Category\n", "gleif") == (
        "this file has no GLEIF records",
        "given",
        "none of them",
    )


def test_a_table_cut_in_the_middle_is_refused(refused):
    header = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\n"
    what, where, _ = refused(f'{header}{CHILD},{PARENT},"IS_DIRECTLY_CONS')
    assert (what, where) == ("this file is not whole", "given, line 2")
