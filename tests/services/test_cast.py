from __future__ import annotations

from fractions import Fraction

import pytest

from xenotime.core.errors import InputError
from xenotime.services.cast import cast


def test_owners_may_have_owners_and_each_body_is_asked_once():
    top = {"name": "Top", "share_percent": "50"}
    owners = [
        {"name": "A", "share_percent": "25", "owners": [top]},
        {"name": "B", "share_percent": "25", "owners": [top]},
    ]
    queries, structure = cast([{"role": "end_user", "name": "C", "country": "MY", "owners": owners}], "t")
    assert [q.party for q in queries] == ["end_user:C", "owner:A", "owner:Top", "owner:B"]
    assert [(h.owner, h.owned, h.low) for h in structure.holdings] == [
        ("owner:A", "end_user:C", Fraction(1, 4)),
        ("owner:Top", "owner:A", Fraction(1, 2)),
        ("owner:B", "end_user:C", Fraction(1, 4)),
        ("owner:Top", "owner:B", Fraction(1, 2)),
    ]


def test_the_owners_of_a_body_that_stands_twice_count_once():
    again = {"name": "A", "share_percent": "10", "owners": [{"name": "Top", "share_percent": "50"}]}
    parties = [{"name": "C", "owners": [again]}, {"name": "D", "owners": [again]}]
    _, structure = cast(parties, "t")
    assert [(h.owner, h.owned) for h in structure.holdings] == [
        ("owner:A", "party:C"),
        ("owner:Top", "owner:A"),
        ("owner:A", "party:D"),
    ]


def test_a_branch_names_its_body():
    queries, structure = cast([{"name": "Office", "country": "MY", "branch_of": "Works"}], "t")
    assert [q.party for q in queries] == ["party:Office", "owner:Works"]
    assert {b.id: b.branch_of for b in structure.bodies} == {"party:Office": "owner:Works", "owner:Works": ""}


@pytest.mark.parametrize(
    "owner",
    [{"share_percent": "50"}, {"name": "A", "owners": [{"share_percent": "1"}]}, {"name": "A", "owner": []}],
)
def test_an_owner_at_any_depth_needs_a_name_and_known_keys(owner):
    with pytest.raises(InputError):
        cast([{"name": "C", "owners": [owner]}], "t")
