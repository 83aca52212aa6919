from __future__ import annotations

from datetime import date

from xenotime.parties.listing.entry import Identifier, ListedName, ListingEvent


def test_a_company(listed):
    company, _ = listed("un.xml").entries
    assert company.names == (
        ListedName("QUILLMOOR AIR LINES (QAL)", "primary", "Latn"),
        ListedName("BRACKWATER AIR COMPANY", "strong", "Latn"),
        ListedName("QAL", "strong", "Latn"),
        ListedName("Old Quill Air", "former", "Latn"),
    )
    assert (company.entry, company.kind, company.countries) == ("XXe.001", "organisation", ("CD",))
    assert company.events == (ListingEvent("listed", date(2007, 3, 29), "XXe.001"),)
    assert (company.programmes, company.remark) == (("DRC",), "No longer operates.")


def test_of_a_person_only_names_nationality_and_papers_are_kept(listed):
    _, person = listed("un.xml").entries
    assert [(n.kind, n.text) for n in person.names] == [
        ("primary", "INVENTED PERSON"),
        ("primary", "虚构 人"),
        ("strong", "I. Person"),
        ("weak", "Persona"),
    ]
    assert (person.kind, person.countries, person.addresses, person.remark) == ("person", ("KP",), (), "")
    assert person.identifiers == (Identifier("passport", "Z000001", "KP"),)
    assert person.events == (ListingEvent("listed", date(2015, 7, 1), "XXi.001"),)


def test_an_entry_without_reference_goes_by_its_number(listed):
    text = (
        "<CONSOLIDATED_LIST><ENTITY><DATAID>5</DATAID><FIRST_NAME>Q</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>"
    )
    reading = listed(text)
    assert (reading.entries[0].entry, reading.as_of) == ("5", None)
