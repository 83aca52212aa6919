from __future__ import annotations

import json
from datetime import date

import pytest

HALF_OPEN = "49999999999999999999/100000000000000000000"


def entity(key, name=None, **details):
    about = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name or key} | details
    return {"statementId": f"s-{key}", "recordId": key, "recordType": "entity", "recordDetails": about}


def relation(key, owned, owner, *interests, status="new", day="2024-01-01", statement=None, **details):
    about = {"isComponent": False, "subject": owned, "interestedParty": owner, "interests": list(interests)}
    return {
        "statementId": statement or f"s-{key}-{day}",
        "statementDate": day,
        "recordId": key,
        "recordType": "relationship",
        "recordStatus": status,
        "recordDetails": about | details,
    }


def stake(**share):
    return {"type": "shareholding", "directOrIndirect": "direct", "share": share}


PAIR = (entity("a"), entity("b"))


def test_a_register_is_read_whole(fixture, edges, said):
    found = fixture("chain.bods.json")
    assert [(b.id, b.name, b.country, b.kind) for b in found.bodies] == [
        ("e-holding", "Wintergreen Holding AG", "CH", "organisation"),
        ("e-works", "Wintergreen Works GmbH", "DE", "organisation"),
        ("e-trust", "Silver Birch Trust", "", "trust"),
        ("p-ash", "Ash Example", "NO", "person"),
        ("r-4:unnamed", "not named: informationUnknownToPublisher", "", "unknown"),
    ]
    assert edges(found) == [
        ("r-1#1", "e-holding", "e-works", "81/200", "81/200", "shares", ""),
        ("r-2#1", "e-trust", "e-works", "1/5", HALF_OPEN, "trust", "p-ash"),
        ("r-3#1", "p-ash", "e-trust", "0", None, "control", ""),
        ("r-4#1", "r-4:unnamed", "e-works", "0", None, "nominee", ""),
    ]
    assert said(found) == [
        ("an owner who is not named (informationUnknownToPublisher)", "chain.bods.json, line 20: r-4")
    ]


def test_the_latest_statement_counts_and_a_closed_record_ends_the_day_before(fixture):
    found = {h.id: h for h in fixture("chain.bods.json").holdings}
    assert (found["r-1#1"].from_day, found["r-1#1"].source) == (
        date(2024, 6, 1),
        "register extract 2, s-0009",
    )
    assert found["r-2#1"].to_day == date(2024, 12, 31)


def test_an_earlier_statement_further_down_does_not_win(given, edges):
    late = relation("r", "b", "a", stake(exact=60), day="2024-05-01", status="updated")
    early = relation("r", "b", "a", stake(exact=40), day="2024-01-01")
    assert edges(given([*PAIR, late, early])) == [("r#1", "a", "b", "3/5", "3/5", "shares", "")]


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        ({"exact": 33.3}, "333/1000", "333/1000"),
        ({"minimum": 25, "maximum": 50}, "1/4", "1/2"),
        ({"exclusiveMinimum": 25, "maximum": 50}, "1/4", "1/2"),
        ({"minimum": 25, "exclusiveMaximum": 50}, "1/4", HALF_OPEN),
        ({"minimum": 75}, "3/4", None),
        ({"maximum": 10}, "0", "1/10"),
        ({"exact": "33.3"}, "333/1000", "333/1000"),
        ({}, "0", None),
    ],
)
def test_every_way_to_state_a_share_is_exact(given, edges, share, low, high):
    assert [edge[3:5] for edge in edges(given([*PAIR, relation("r", "b", "a", stake(**share))]))] == [
        (low, high)
    ]


@pytest.mark.parametrize(
    ("share", "what"),
    [
        ({"exact": 120}, "a share over 100 percent: it is unknown"),
        ({"minimum": -5, "maximum": 10}, "a negative share: it is unknown"),
        ({"minimum": 60, "maximum": 40}, "a least share above the greatest: it is unknown"),
        ({"exact": "a third"}, "a share that is no number: it is unknown"),
        ({"exclusiveMinimum": 50, "maximum": 50}, "a share between two equal bounds: it is unknown"),
    ],
)
def test_a_share_that_cannot_be_is_unknown_and_found(given, edges, share, what):
    found = given([*PAIR, relation("r", "b", "a", stake(**share))])
    assert [edge[3:5] for edge in edges(found)] == [("0", None)]
    assert [finding.what for finding in found.findings] == [what]


def test_numbers_out_of_all_reach_are_unknown(given, edges):
    line = json.dumps(relation("r", "b", "a", stake(exact=7))).replace('"exact": 7', '"exact": 1e999999999')
    assert [edge[3:5] for edge in edges(given(f"{line}\n"))] == [("0", None)]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("shareholding", "shares"),
        ("votingRights", "votes"),
        ("appointmentOfBoard", "control"),
        ("rightsToProfitOrIncome", "control"),
        ("trustee", "control"),
        ("unknownInterest", "shares"),
        ("somethingNew", "shares"),
    ],
)
def test_what_is_held_is_kept_apart(given, edges, type_, kind):
    assert [edge[5] for edge in edges(given([*PAIR, relation("r", "b", "a", {"type": type_})]))] == [kind]


def test_a_nomination_holds_for_its_nominator(given, edges, said):
    desk = entity("n", entityType={"type": "arrangement", "subtype": "nomination"})
    rows = [*PAIR, desk, entity("c"), relation("r1", "b", "n", stake(exact=30))]
    named = relation("r2", "n", "c", {"type": "nominator"})
    assert edges(given([*rows, named]))[0] == ("r1#1", "n", "b", "3/10", "3/10", "nominee", "c")
    alone = given(rows)
    assert edges(alone) == [("r1#1", "n", "b", "3/10", "3/10", "nominee", "")]
    assert said(alone) == [("a nominee or trust with nobody behind it: for whom it holds is unknown", "r1#1")]
    several = given([*rows, named, relation("r3", "n", "a", {"type": "nominator"})])
    assert [f.what for f in several.findings] == [
        "a nominee or trust with several behind it: for whom it holds is unknown"
    ]


def test_an_indirect_interest_counts_through_its_components_or_up_to_its_share(given, edges):
    far = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 60}}
    chain = [
        entity("m"),
        relation("r1", "m", "a", stake(exact=80)),
        relation("r2", "b", "m", stake(exact=75)),
    ]
    whole = given([*PAIR, *chain, relation("r", "b", "a", far, componentRecords=["m", "r1", "r2"])])
    assert [edge[:5] for edge in edges(whole)] == [
        ("r1#1", "a", "m", "4/5", "4/5"),
        ("r2#1", "m", "b", "3/4", "3/4"),
    ]
    assert whole.findings == ()
    alone = given([*PAIR, relation("r", "b", "a", far, componentRecords=["r9"])])
    assert edges(alone) == [("r#1", "a", "b", "0", "3/5", "shares", "")]
    assert [f.what for f in alone.findings] == [
        "a component that is not in the file",
        "an indirect interest without its chain: up to its share is counted",
    ]


def test_nobody_to_name_is_no_holding_and_a_company_not_named_is_left_out(given, said):
    nobody = relation("r", "b", {"reason": "noBeneficialOwners"}, stake(exact=60))
    assert given([*PAIR, nobody]).holdings == ()
    found = given([*PAIR, relation("r", {"reason": "unknown"}, "a", stake(exact=60))])
    assert (found.holdings, said(found)) == (
        (),
        [("a holding whose company is not named (unknown): left out", "given, line 3: r")],
    )


def test_dangling_statements_are_findings_and_no_owner_is_lost(given, edges, said):
    found = given([entity("b"), relation("r", "b", "ghost", stake(exact=60))])
    assert edges(found) == [("r#1", "ghost", "b", "3/5", "3/5", "shares", "")]
    assert said(found) == [
        ("a body that is named and not described: whether it is listed is unknown", "r#1, owner: ghost")
    ]


def test_a_reference_by_the_id_of_a_statement_means_its_record(given, edges):
    far = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 50}}
    near = relation("r1", "s-b", "s-a", stake(exact=50))
    found = given([*PAIR, near, relation("r", "b", "a", far, componentRecords=["s-a", "s-r1-2024-01-01"])])
    assert (edges(found), found.findings) == ([("r1#1", "a", "b", "1/2", "1/2", "shares", "")], ())


def test_duplicates_restatements_and_loops_are_found(given, edges):
    one = relation("r", "b", "a", stake(exact=40), statement="s-1")
    two = relation("r", "b", "a", stake(exact=60), statement="s-1")
    found = given([*PAIR, one, two])
    assert [edge[3] for edge in edges(found)] == ["3/5"]
    assert [f.what for f in found.findings] == [
        "two statements of one id: the later one counts",
        "two statements of one record on one day: the later one in the file counts",
    ]
    first = relation("r", "b", "a", stake(exact=40), statement="s-1") | {"replacesStatements": ["s-2"]}
    second = relation("q", "b", "a", stake(exact=60), statement="s-2") | {"replacesStatements": ["s-1"]}
    loop = given([*PAIR, first, second])
    assert [edge[3] for edge in edges(loop)] == ["2/5", "3/5"]
    assert [f.where for f in loop.findings] == ["s-1", "s-2"]
    assert {f.what for f in loop.findings} == {
        "statements that replace each other in a loop: none is dropped"
    }


def test_a_statement_replaced_by_its_id_is_dropped(given, edges):
    second = relation("q", "b", "a", stake(exact=60), statement="s-2") | {
        "replacesStatements": ["s-1", "s-0"]
    }
    found = given([*PAIR, relation("r", "b", "a", stake(exact=40), statement="s-1"), second])
    assert [edge[:4] for edge in edges(found)] == [("q#1", "a", "b", "3/5")]
    assert [f.what for f in found.findings] == ["a statement replaces one that is not there"]


def test_self_ownership_and_more_than_the_whole_are_kept_and_found(given, said):
    rows = [relation("r1", "b", "a", stake(exact=60)), relation("r2", "b", "b", stake(exact=50))]
    assert said(given([*PAIR, *rows])) == [
        ("shares of one body over 100 percent: kept as stated", "b"),
        ("a body that owns itself: kept as stated", "r2#1: b"),
    ]


def test_fractions_written_as_percentages_are_read_as_written_and_found(given, edges):
    found = given(
        [
            *PAIR,
            entity("c"),
            relation("r1", "b", "a", stake(exact=0.5)),
            relation("r2", "b", "c", stake(exact=0.5)),
        ]
    )
    assert [edge[3] for edge in edges(found)] == ["1/200", "1/200"]
    assert [f.where for f in found.findings] == ["2 shares"]


def test_an_older_version_and_broken_json_are_refused(refused):
    old = {"statementID": "x", "statementType": "ownershipOrControlStatement"}
    assert refused([old]) == (
        "this is an older version of the Beneficial Ownership Data Standard",
        "given, line 1",
        "statementType 'ownershipOrControlStatement'",
    )
    assert refused('{"recordId": "a", "recordType": "ent')[:2] == (
        "this ownership file is not whole JSON",
        "given, line 1",
    )


def test_statements_without_a_record_or_of_two_types_are_found(given, said):
    found = given([{"statementId": "s"}, *PAIR, relation("a", "b", "a", stake(exact=1))], "bods")
    assert [what for what, _ in said(found)] == [
        "a statement without a record: left out",
        "one record of two types: the first type counts",
    ]


def test_a_person_gives_a_name_and_nothing_private(given):
    person = {
        "recordId": "p",
        "recordType": "person",
        "recordDetails": {
            "names": [{"fullName": "Hazel Example"}],
            "birthDate": "1980-02-03",
            "addresses": [{"address": "x"}],
        },
    }
    (body,) = given([person]).bodies
    assert (body.name, body.kind, body.identifiers) == ("Hazel Example", "person", ())


def test_a_long_chain_of_replacing_is_followed_at_once(given):
    rows = [entity("a") | {"statementId": "s-0"}]
    rows += [
        entity("a") | {"statementId": f"s-{n}", "replacesStatements": [f"s-{n - 1}"]}
        for n in range(1, 20_000)
    ]
    assert [body.id for body in given(rows).bodies] == ["a"]


def test_a_record_closed_on_the_first_day_of_all_never_stood(given, edges):
    gone = relation("r", "b", "a", stake(exact=60), status="closed", day="0001-01-01")
    assert edges(given([*PAIR, gone])) == []
