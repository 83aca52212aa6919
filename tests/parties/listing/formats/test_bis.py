from __future__ import annotations

from datetime import date

from xenotime.parties.listing.entry import ListingEvent


def test_the_rows_of_a_party_are_one_entry(listed, names):
    reading = listed("el.csv")
    entry = next(e for e in reading.entries if e.name.startswith("Quill"))
    assert reading.title == "Entity List (EL) - Bureau of Industry and Security"
    assert names(entry) == [
        ("primary", "Quillmoor Magnet Works Ltd"),
        ("strong", "QMW"),
        ("strong", "Quill Moor Magnets"),
    ]
    assert entry.addresses == ("1 Invented Road, Ningbo, China", "2 Invented Road, Ningbo, China")
    assert (entry.countries, entry.source) == (("CN",), "el.csv, line 2")
    assert entry.events == (
        ListingEvent("listed", date(2024, 3, 1), "99 FR 10001", "https://list.example/el"),
    )


def test_a_lifted_listing_ends(listed):
    entry = next(e for e in listed("el.csv").entries if e.name.startswith("Brack"))
    assert [entry.status(date(2026, 4, d)) for d in (1, 2)] == ["listed", "delisted"]


def test_the_unverified_list_has_other_names_in_the_name(listed, names):
    reading = listed("uvl.csv")
    entry = next(e for e in reading.entries if e.countries == ("HK",))
    assert (reading.title, reading.authority) == (
        "Unverified List (UVL) - Bureau of Industry and Security",
        "Bureau of Industry and Security",
    )
    assert names(entry) == [
        ("primary", "Quillmoor Trading Limited"),
        ("strong", "QTL"),
        ("former", "Moorquill Trading"),
    ]
    assert len(entry.addresses) == 2


def test_the_lists_of_the_state_department(listed, names):
    debarred = listed(
        "Party Name,Date Of Birth,Federal Register Notice,Notice Date,Corrected Notice\n"
        '"Person, Invented (a.k.a. I. Person)",1970,57 FR 1,1/13/1992,\n'
    )
    assert debarred.title == "ITAR Debarred (DTC) - State Department"
    assert names(debarred.entries[0]) == [("primary", "Person, Invented"), ("strong", "I. Person")]
    assert debarred.entries[0].listed_on == date(1992, 1, 13)
    sanctioned = listed(
        "Source List,Programs,Name,Alternative Names,Country,Federal Register Notice,Effective Date,"
        'Remarks/Notes,Web Link\nISN,E.O. X,Quill Plant,Q Plant; Plant Q,Russia,"Vol. 1, No. 2",6/28/2016,,https://x.example\n'
        "ISN,Act Y,Quill Plant,,Russia,,6/28/2016,,\n"
    )
    assert sanctioned.title == "Nonproliferation Sanctions (ISN) - State Department"
    assert [e.programmes for e in sanctioned.entries] == [("Act Y", "E.O. X")]
    assert [n.text for n in sanctioned.entries[0].names] == ["Quill Plant", "Plant Q", "Q Plant"]
