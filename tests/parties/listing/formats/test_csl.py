from __future__ import annotations

from datetime import date

from xenotime.parties.listing.change import diff
from xenotime.parties.listing.entry import Identifier, ListingEvent
from xenotime.parties.listing.formats.csl import key

ENTITY = "Entity List (EL) - Bureau of Industry and Security"


def by_name(reading):
    return {e.name: e for e in reading.entries}


def test_a_company_of_the_entity_list(listed, names):
    entry = by_name(listed("csl.json"))["Quillmoor Magnet Works Ltd"]
    assert names(entry) == [
        ("primary", "Quillmoor Magnet Works Ltd"),
        ("strong", "QMW"),
        ("former", "Quill Moor Magnets"),
    ]
    assert (entry.kind, entry.countries, entry.authority) == ("unknown", ("CN",), ENTITY)
    assert entry.addresses == ("1 Invented Road, Ningbo, 315000, CN",)
    assert entry.events == (
        ListingEvent("listed", date(2024, 3, 1), "99 FR 10001", "https://info.example/el"),
    )
    assert entry.remark == (
        "licence policy: Presumption of denial; licence requirement: For all items subject to the EAR"
    )


def test_of_a_person_only_names_nationality_and_identifiers_are_kept(listed, names):
    entry = by_name(listed("csl.json"))["Invented PERSON"]
    assert (entry.entry, entry.kind, entry.countries) == ("SDN-90001", "person", ("IR", "SY"))
    assert names(entry) == [("primary", "Invented PERSON"), ("strong", "I. PERSON")]
    assert entry.identifiers == (Identifier("passport", "Z000001", "IR"),)
    assert (entry.addresses, entry.remark, entry.programmes) == ((), "", ("INVENTED",))


def test_a_vessel_has_its_flag_and_number(listed):
    entry = by_name(listed("csl.json"))["MV INVENTED STAR"]
    assert (entry.kind, entry.countries) == ("vessel", ("PA",))
    assert (entry.identifiers, entry.remark) == ((Identifier("IMO", "9999999"),), "call sign XX1")


def test_a_denied_party_without_a_company_word_keeps_no_street(listed):
    entry = by_name(listed("csl.json"))["INVENTED DENIED"]
    assert (entry.addresses, entry.countries) == ((), ("US",))
    assert [(e.event, str(e.day)) for e in entry.events] == [
        ("listed", "2023-01-01"),
        ("delisted", "2033-01-01"),
    ]
    assert [entry.status(date(2033, 1, d)) for d in (1, 2)] == ["delisted", "delisted"]


def test_the_csv_says_the_same_as_the_json(listed):
    assert not diff(listed("csl.json").entries, listed("csl.csv").entries)


def test_an_id_names_its_own_list_and_number():
    said = "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department"
    assert [key(said, "7"), key("no code", "7"), key(ENTITY, "")] == ["NS-MBS-7", "CSL-7", ""]


def test_a_bare_array_of_records_is_the_same_list(listed):
    text = '[{"source_list_url": "x", "source": "Entity List (EL)", "name": "Quill", "addresses": ["odd"]}]'
    reading = listed(text)
    assert (reading.format, [e.name for e in reading.entries]) == ("csl-json", ["Quill"])
    assert reading.findings[0].what == "an address is no object"
