from __future__ import annotations

import pytest


def own(**properties):
    edge = {"owner": ["a"], "asset": ["b"]} | {
        k: v if isinstance(v, list) else [v] for k, v in properties.items()
    }
    return {"id": "o", "schema": "Ownership", "properties": edge}


BODIES = [{"id": key, "schema": "Company", "properties": {"name": [key]}} for key in "ab"]


def test_a_group_is_read_with_shares_control_and_findings(fixture, edges, said):
    found = fixture("group.ftm.jsonl")
    assert edges(found) == [
        ("ow-1", "co-2", "co-1", "499/1000", "51/100", "shares", ""),
        ("ow-2", "pe-1", "co-1", "1/2", "1/2", "shares", ""),
        ("ow-3", "pe-1", "co-2", "0", None, "nominee", ""),
        ("di-1", "pe-1", "co-1", "0", None, "control", ""),
        ("li-1", "co-2", "co-9", "0", None, "control", ""),
    ]
    assert [(str(h.from_day), str(h.to_day)) for h in found.holdings[:2]] == [
        ("2019-01-01", "None"),
        ("None", "2024-05-31"),
    ]
    assert said(found) == [
        ("a day given as a year or a month: read as its widest", "group.ftm.jsonl, line 4: '2019'"),
        ("a day given as a year or a month: read as its widest", "group.ftm.jsonl, line 5: '2024-05'"),
        ("a share that cannot be read: it is unknown", "group.ftm.jsonl, line 6: ow-3: 'about half'"),
        ("a body that is named and not described: whether it is listed is unknown", "li-1, owned: co-9"),
    ]


def test_names_in_two_scripts_stay_and_nothing_private_of_a_person(fixture):
    bodies = {b.id: b for b in fixture("group.ftm.jsonl").bodies}
    assert bodies["co-1"].other_names == ("云雀电机有限公司",)
    assert (bodies["pe-1"].kind, bodies["pe-1"].country, bodies["pe-1"].identifiers) == ("person", "GB", ())


@pytest.mark.parametrize(
    ("percentages", "low", "high", "findings"),
    [
        (["50%"], "1/2", "1/2", 0),
        (["50", "60"], "1/2", "3/5", 1),
        (["50", "fifty"], "0", None, 2),
        (["120"], "0", None, 1),
        ([], "0", None, 0),
    ],
)
def test_percentages_are_messy_text(given, edges, percentages, low, high, findings):
    found = given([*BODIES, own(percentage=percentages)])
    assert [(edge[3], edge[4]) for edge in edges(found)] == [(low, high)]
    assert len(found.findings) == findings


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"sharesType": "voting rights"}, "votes"),
        ({"sharesType": "ordinary shares"}, "shares"),
        ({"role": "Nominee shareholder"}, "nominee"),
        ({"role": "trustee"}, "trust"),
    ],
)
def test_the_words_of_an_edge_say_what_is_held(given, edges, properties, kind):
    assert [edge[5] for edge in edges(given([*BODIES, own(percentage="10", **properties)]))] == [kind]


def test_an_ownership_between_several_has_an_unknown_share_for_each(given, edges, said):
    found = given(
        [*BODIES, {"id": "c", "schema": "Company", "properties": {}}, own(owner=["a", "c"], percentage="50")]
    )
    assert edges(found) == [
        ("o", "a", "b", "0", None, "shares", ""),
        ("o~2", "c", "b", "0", None, "shares", ""),
    ]
    assert said(found) == [
        ("an ownership between more than two: its share is unknown for each", "given, line 4: o")
    ]


def test_ends_that_are_missing_and_ids_that_come_twice_are_found(given, said):
    found = given([*BODIES, own(owner=[], percentage="50"), BODIES[0], {"schema": "Company"}])
    assert [what for what, _ in said(found)] == [
        "an ownership without owner or asset: left out",
        "two entities of one id: their names are joined, their holdings both kept",
        "an entity without id or schema: left out",
    ]


def test_two_holdings_of_one_id_are_both_kept_apart(given, edges):
    found = given([*BODIES, own(percentage="10"), own(percentage="20")])
    assert [edge[0] for edge in edges(found)] == ["o", "o~2"]


def test_an_entity_nested_whole_is_read_on_the_way(given, edges):
    nested = {"id": "n", "schema": "Company", "properties": {"name": ["Nested Example"]}}
    found = given([BODIES[1], own(owner=[nested], percentage="51")])
    assert edges(found) == [("o", "n", "b", "51/100", "51/100", "shares", "")]
    assert [b.name for b in found.bodies] == ["b", "Nested Example"]


def test_a_parent_is_control_and_no_share(given, edges):
    child = {"id": "c", "schema": "Company", "properties": {"name": ["c"], "parent": ["a"]}}
    assert edges(given([BODIES[0], child])) == [("c:parent:a", "a", "c", "0", None, "control", "")]


def test_a_line_cut_in_half_is_refused_with_its_number(refused):
    assert refused('{"id": "a", "schema": "Company", "properties": {}}\n{"id": "b", "schema": "Comp') == (
        "this ownership file is not whole JSON",
        "given, line 2",
        "Unterminated string starting at, character 23",
    )
