from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListingEvent


def test_a_company_with_its_sanction(listed, names):
    company, vessel = listed("ftm.json").entries
    assert names(company) == [
        ("primary", "Quillmoor Magnet Works"),
        ("strong", "Quill Moor Magnets"),
        ("strong", "虚构磁材有限公司"),
        ("weak", "QMW"),
        ("former", "Old Quill Works"),
    ]
    assert (company.kind, company.countries, company.authority) == ("organisation", ("CN",), "invented")
    assert company.identifiers == (
        Identifier("LEI", "INVENTED000000000093"),
        Identifier("registration", "7799", "CN"),
    )
    assert company.programmes == ("XX-1", "export.control")
    assert company.events == (
        ListingEvent("listed", date(2024, 3, 1), "Invented programme", "https://list.example/s"),
        ListingEvent("delisted", date(2026, 3, 1), "Invented programme", "https://list.example/s"),
    )
    assert (vessel.kind, vessel.countries, vessel.identifiers) == (
        "vessel",
        ("PA",),
        (Identifier("IMO", "9999999"),),
    )


def test_entities_that_are_no_parties_are_counted(listed):
    (finding,) = listed("ftm.json").findings
    assert (finding.what, finding.found) == ("1 entities are no parties and are left out", "1 Ownership")


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ('{"schema": "Person"}\nnonsense\n', "this line is no FollowTheMoney entity", "invented.csv, line 2"),
        ('{"schema": "Person"}\n[1]\n', "this line is no FollowTheMoney entity", "invented.csv, line 2"),
        ('{"schema": "Person", "prop', "this file is not whole", "invented.csv, line 1"),
        (
            '{"schema": ' + "[" * 99_999 + "\n",
            "this line is no FollowTheMoney entity",
            "invented.csv, line 1",
        ),
    ],
    ids=["no JSON", "no object", "cut", "too deep"],
)
def test_a_broken_line_is_refused_with_its_number(listed, refused, text, what, where):
    with pytest.raises(InputError) as raised:
        listed(text, format_="ftm")
    assert refused(raised)[:2] == (what, where)
