from __future__ import annotations

import pytest

from xenotime.core.errors import InputError


def test_the_table_below_its_heads(listed, names):
    reading = listed("meti.csv")
    company = next(e for e in reading.entries if e.name.startswith("Quill"))
    assert reading.authority == "Japan, Ministry of Economy, Trade and Industry"
    assert names(company) == [
        ("primary", "Quillmoor Magnet Works"),
        ("strong", "QMW"),
        ("strong", "虚构磁材有限公司"),
    ]
    assert (company.countries, company.remark) == (("CN",), "concern: 核 N")
    assert sorted(e.countries for e in reading.entries) == [("CN",), ("IR",)]


def test_the_number_of_a_row_is_no_id(listed):
    """The ministry counts anew each year, so a number would tie an entry to another party."""
    head = "No.,Country or Region,Company or Organization\n"
    first, second = listed(head + "1,China,Quill\n"), listed(head + "9,China,Quill\n")
    assert [e.entry for e in first.entries] == [e.entry for e in second.entries]


def test_a_table_without_its_heads_is_refused(listed, refused):
    with pytest.raises(InputError) as raised:
        listed("1,China,Quill\n", format_="meti")
    assert refused(raised) == ("this is no end user list of METI", "invented.csv", "no such row")
