from __future__ import annotations

from xenotime.parties.listing.entry import Identifier, ListedName


def test_a_company_and_a_person(listed):
    company, person = listed("sdn.xml").entries
    assert company.names == (
        ListedName("QUILLMOOR MAGNET WORKS & SONS", "primary", "Latn"),
        ListedName("虚构磁材有限公司", "strong", "Hani"),
        ListedName("QMW", "weak", "Latn"),
        ListedName("OLD QUILL WORKS", "former", "Latn"),
    )
    assert (company.kind, company.countries, company.programmes) == (
        "organisation",
        ("CN",),
        ("INVENTED", "OTHER"),
    )
    assert company.identifiers == (Identifier("tax", "7799", "CN"),)
    assert (company.addresses, company.remark) == (("1 Invented Road, Ningbo, China",), "Invented.")
    assert (person.name, person.kind, person.countries) == ("PERSON, Invented", "person", ("IR",))
    assert (person.identifiers, person.addresses) == ((Identifier("passport", "Z000001", "IR"),), ())


def test_a_count_that_does_not_hold_is_told(listed):
    (finding,) = listed("sdn.xml").findings
    assert (finding.what, finding.expected, finding.found) == (
        "the file says another number of entries than it has",
        "3",
        "2",
    )


def test_an_unreadable_publishing_day_is_no_day(listed):
    text = "<sdnList><publshInformation><Publish_Date>soon</Publish_Date></publshInformation>{}</sdnList>"
    entry = "<sdnEntry><uid>1</uid><lastName>QUILL</lastName><sdnType>Robot</sdnType></sdnEntry>"
    reading = listed(text.format(entry))
    assert (reading.as_of, reading.entries[0].kind) == (None, "unknown")
