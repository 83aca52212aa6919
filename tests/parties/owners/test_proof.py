from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from xenotime.core.errors import AddressError
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.check import check
from xenotime.parties.owners.proof import prove
from xenotime.parties.owners.rule import Listing

DAY = date(2026, 6, 1)
X = {"X": True}


@pytest.fixture
def proof(rule):
    """A checked proof, after its way through JSON."""

    def of(data, party, listed=X, rule=rule, listings=None):
        found = resolve(data, rule, listed, DAY, [party], listings)
        made = json.loads(json.dumps(prove(found, party)))
        assert check(made, data, listed, rule, listings) == ()
        return made

    return of


def test_yes_is_a_tree_with_nothing_the_answer_does_not_need(build, proof):
    data = build("X 50% A", "A 30% B", "X 20% B", "C 50% B", "X 60% Z")
    made = proof(data, "B", listings={"X": (Listing("sdn/7"),)})
    assert (made["answer"], made["sets"], made["trees"]) == (
        "certainly",
        [],
        [
            {
                "shares": "least",
                "group": "",
                "listed": [{"body": "X", "sure": True, "entries": ["sdn/7"]}],
                "steps": [
                    {
                        "company": "A",
                        "tier": 1,
                        "holdings": [{"holding": "h0", "owner": "X", "share": "1/2"}],
                        "sum": "1/2",
                        "threshold": "1/2",
                    },
                    {
                        "company": "B",
                        "tier": 2,
                        "holdings": [
                            {"holding": "h1", "owner": "A", "share": "3/10"},
                            {"holding": "h2", "owner": "X", "share": "1/5"},
                        ],
                        "sum": "1/2",
                        "threshold": "1/2",
                    },
                ],
            }
        ],
    )


def test_no_is_a_closed_set_with_every_sum_outside(build, proof):
    data = build("X 50% A", "A 30% B", "C 45% B", "X ? C", "D 70% C", "X 60% Z")
    made = proof(data, "B")
    assert (made["answer"], made["trees"], made["sets"]) == (
        "not",
        [],
        [
            {
                "shares": "most",
                "group": "",
                "inside": ["A", "X"],
                "outside": [
                    {"company": "B", "sum": "3/10"},
                    {"company": "C", "sum": "3/10"},
                    {"company": "D", "sum": "0"},
                ],
            }
        ],
    )


def test_possibly_has_both_halves(build, proof):
    made = proof(build("X ? A", "C 40% A"), "A")
    assert [t["steps"][0]["sum"] for t in made["trees"]] == ["3/5"]
    assert [s["outside"] for s in made["sets"]] == [
        [{"company": "A", "sum": "0"}, {"company": "C", "sum": "0"}]
    ]


def test_the_listed_themselves_need_no_step(build, proof):
    made = proof(build("X 50% A"), "X")
    assert [(t["listed"], t["steps"]) for t in made["trees"]] == [
        ([{"body": "X", "sure": True, "entries": []}], [])
    ]


def test_each_owner_alone_gives_a_set_for_each(build, proof, rule):
    data = build("X 30% A", "Y 30% A")
    made = proof(data, "A", {"X": True, "Y": True}, replace(rule, aggregate="per_owner"))
    assert [(s["group"], s["inside"]) for s in made["sets"]] == [("X", ["X"]), ("Y", ["Y"])]


def test_a_spared_country_is_a_ground_of_its_own(build, proof, rule):
    data = build("X 90% A", countries={"A": "US"})
    made = proof(data, "A", X, replace(rule, spares=("US",)))
    assert (made["answer"], made["ground"], made["sets"][0]["inside"]) == ("not", "spared", ["A", "X"])


def test_a_branch_is_proven_as_its_parent(build, proof):
    made = proof(build("X 50% A", branches={"B": "A"}), "B")
    assert (made["party"], made["person"], made["answer"]) == ("B", "A", "certainly")


def test_only_what_was_asked_is_proven(build, rule):
    with pytest.raises(AddressError):
        prove(resolve(build("X 50% A"), rule, X, DAY, ["X"]), "A")
