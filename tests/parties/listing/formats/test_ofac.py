from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier

FILES = ("sdn.csv", "alt.csv", "add.csv")
EMPTY = "-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"


def test_the_three_files_make_one_list(listed, names):
    company, person, vessel = listed(*FILES).entries
    assert names(company) == [
        ("primary", "QUILLMOOR MAGNET WORKS, LTD."),
        ("strong", "QUILL MOOR MAGNETS"),
        ("weak", "QMW"),
        ("former", "OLD QUILL WORKS"),
    ]
    assert (company.kind, company.countries, company.programmes) == (
        "organisation",
        ("CN",),
        ("INVENTED", "OTHER"),
    )
    assert company.identifiers == (
        Identifier("USCC", "91330200MA0QQQQQQ2", "CN"),
        Identifier("tax", "7799", "CN"),
    )
    assert company.addresses == ("1 Invented Road, Ningbo 315000, China",)
    assert (company.remark, company.source) == ("Linked To: BRACKWATER ALLOYS", "sdn.csv, line 1")
    assert (person.kind, person.countries, person.addresses, person.remark) == ("person", ("IR",), (), "")
    assert person.identifiers == (Identifier("passport", "Z000001", "IR"),)
    assert (vessel.countries, vessel.remark) == (("PA",), "call sign XX1; owner Invented Shipping")
    assert vessel.identifiers == (Identifier("IMO", "9999999"), Identifier("MMSI", "123456789"))


def test_the_order_of_the_files_does_not_matter(listed):
    assert listed(*FILES).entries == listed("sdn.csv", "add.csv", "alt.csv").entries


def test_rows_that_complete_nothing_are_told(listed):
    (finding,) = listed(*FILES).findings
    assert (finding.what, finding.where, finding.found) == (
        "1 rows of companion files belong to no entry",
        "alt.csv, line 4",
        "entry 99999 is not in the primary file",
    )


@pytest.mark.parametrize("sign", ["|", "@"])
def test_the_editions_with_other_separators_are_read(listed, sign):
    text = f'7,"QUILLMOOR",-0- ,"X",{EMPTY}"a.k.a. \'QMW\'."\n'.replace(",", sign)
    reading = listed(text)
    assert (reading.format, [n.text for n in reading.entries[0].names]) == ("ofac", ["QUILLMOOR", "QMW"])


def test_continued_remarks_are_read_too(listed):
    text = f'7,"QUILLMOOR",-0- ,"X",{EMPTY}"Linked To: BRACK"\n'
    reading = listed(text, "7,\"f.k.a. 'OLD QUILL'; more\"\n", format_="ofac")
    assert [n.text for n in reading.entries[0].names] == ["QUILLMOOR", "OLD QUILL"]
    assert reading.entries[0].remark == "Linked To: BRACK; more"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('7,1,"aka","QMW",-0- \n', "this OFAC file completes another"),
        ('7,"QUILL",-0- \n', "a row of this OFAC file has another width"),
        ("name,country\n", "this is no OFAC list"),
    ],
)
def test_what_cannot_be_the_list_is_refused(listed, refused, text, what):
    with pytest.raises(InputError) as raised:
        listed(text, format_="ofac")
    assert refused(raised)[0] == what


def test_an_entry_number_used_twice_is_told(listed):
    row = f'7,"{{}}",-0- ,"X",{EMPTY}-0- \n'
    reading = listed(row.format("QUILL") + row.format("MOOR"))
    assert [(e.entry, e.name) for e in reading.entries] == [("7", "MOOR"), ("7~2", "QUILL")]
    assert [p.what for p in reading.findings] == ["the entry id 7 is used 2 times"]
