from __future__ import annotations

from datetime import date

from xenotime.parties.listing.entry import ListingEvent


def test_entries_of_the_copy(listed, names):
    first, second = listed("registry.json").entries
    assert (first.entry, first.kind, first.countries) == ("jp-x-1", "organisation", ("CN",))
    assert names(first) == [
        ("primary", "Quillmoor Magnet Works"),
        ("strong", "QMW"),
        ("strong", "虚构磁材有限公司"),
    ]
    assert (first.authority, first.programmes, first.remark, first.events) == (
        "Japan, Ministry of Economy, Trade and Industry",
        ("Invented List",),
        "核 N",
        (),
    )
    assert second.events == (
        ListingEvent("listed", date(2025, 9, 29), "jp-end-user-list", "https://list.example/jp"),
    )


def test_a_name_that_ran_into_the_country_is_not_lost(listed, names):
    reading = listed("registry.json")
    assert (names(reading.entries[1]), reading.entries[1].countries) == (
        [("primary", "Brackwater Alloys Co., Ltd.")],
        ("IR",),
    )
    assert [p.what for p in reading.findings] == [
        "a name was taken from behind a country, where the copy has it"
    ]


def test_the_lister_is_not_the_country_of_the_party(listed):
    text = '[{"entity_name": "Quill", "country": "cn", "id": "1", "addresses": ["日本东京1号"]}]'
    (entry,) = listed(text).entries
    assert (entry.authority, entry.countries, entry.addresses) == (
        "China, Ministry of Commerce",
        ("JP",),
        ("日本东京1号",),
    )
