from __future__ import annotations

from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching import identity

LEI, OTHER = "9845001B2AD43E664E58", "549300LBI3LRIZ2V8V66"


def said(mine, theirs):
    return [(e.verdict, e.says) for e in identity.compare(mine, theirs)]


def test_one_lei_decides_either_way():
    assert said([Identifier("LEI", LEI)], [Identifier("lei", LEI.lower())]) == [("same", f"same LEI {LEI}")]
    assert said([Identifier("LEI", OTHER)], [Identifier("LEI", LEI)]) == [
        ("different", f"another LEI ({OTHER}, the list says {LEI})")
    ]


def test_a_number_whose_check_fails_says_nothing():
    assert said([Identifier("LEI", LEI[:-1] + "9")], [Identifier("LEI", LEI)]) == []


def test_a_body_may_have_several_registration_numbers():
    here, there = Identifier("registration", "HRB 123", "DE"), Identifier("registration", "HRB123", "AT")
    assert said([here], [Identifier("registration", "hrb-123", "DE")]) == [
        ("same", "same registration HRB123")
    ]
    assert said([here], [there]) == []
    assert said([here], [Identifier("registration", "HRB 999", "DE")]) == []
