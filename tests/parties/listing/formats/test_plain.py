from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry, ListingEvent
from xenotime.parties.listing.formats.plain import COLUMNS, joined, known_columns, split, write


def test_a_table_with_columns_of_its_own_words(listed, names):
    one, two = listed("plain.csv").entries
    assert names(one) == [
        ("primary", "Quillmoor Magnet Works"),
        ("strong", "QMW"),
        ("strong", "虚构磁材有限公司"),
    ]
    assert (one.entry, one.kind, one.countries, one.remark) == ("A-1", "organisation", ("CN",), "Invented")
    assert one.identifiers == (
        Identifier("LEI", "INVENTED000000000093"),
        Identifier("USCC", "91330200MA0QQQQQQ2"),
    )
    assert one.events == (ListingEvent("listed", date(2024, 3, 1), "INVENTED 1"),)
    assert (names(two), two.source, two.remark) == (
        [("primary", "Brackwater | Alloys")],
        "plain.csv, line 3",
        "=2+3",
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_header_says_what_parts_the_cells(listed, sign):
    (entry,) = listed(f'name{sign}country\n"Quill, Moor; Co"{sign}CN\n').entries
    assert (entry.name, entry.countries) == ("Quill, Moor; Co", ("CN",))


def test_no_word_means_two_columns():
    words = [word for name, others in COLUMNS.items() for word in (name, *others)]
    assert len(words) == len(set(words))


def test_the_first_of_two_columns_that_mean_the_same_wins():
    assert known_columns(["Party", "Entity", "unknown"]) == {"party": "name"}


def test_what_a_person_mistypes_is_a_finding(listed):
    reading = listed("name,kind,country,listed,events\nQuill,robot,Atlantis,soon,vanished;2024-01-01\n")
    assert [p.what for p in reading.findings] == [
        "kind 'robot' is not known",
        "country 'Atlantis' is not recognised",
        "day 'soon' cannot be read",
        "event 'vanished' is not known",
    ]


def test_unknown_columns_are_refused_by_name(listed, refused):
    with pytest.raises(InputError) as raised:
        listed("colour,size\nred,1\n")
    what, where, found = refused(raised)
    assert (what, where, found) == (
        "the columns of this list are not known",
        "invented.csv, line 1",
        "colour, size",
    )


def test_what_is_written_is_read_back(listed):
    kept = ListEntry(
        "inv",
        "=1|a",
        (
            ListedName("A|B; \\ C", "primary", "Latn"),
            ListedName("虚构", "primary", "Hani"),
            ListedName("weak", "weak", "Latn"),
            ListedName("-old", "former", "Latn"),
            ListedName("said", "translation", "Latn"),
        ),
        "vessel",
        ("CN", "DE"),
        (Identifier("IMO", "1;2", "CN"), Identifier("other", "X")),
        ("1 | 2 Road", "b"),
        ("P;1",),
        "nobody",
        (ListingEvent("listed", date(2024, 3, 1), "one; two", "a|b"), ListingEvent("stopped", None, "x")),
        "https://list.example",
        "+remark",
    )
    text = write([kept])
    assert listed(text).entries == (kept,)
    assert all(cell[:1] not in "=+-@" for line in text.splitlines() for cell in line.split(",") if cell)


def test_a_backslash_takes_a_sign_as_it_is():
    assert split(joined(["a|b", "c\\", "d\\|"])) == ("a|b", "c\\", "d\\|")
    assert split("C:\\path|x") == ("C:\\path", "x")


def test_a_file_with_the_line_ends_of_an_old_mac_is_refused(listed, refused):
    with pytest.raises(InputError) as raised:
        listed("name,country\rA,CN\r")
    assert refused(raised)[:2] == ("this file is not whole", "invented.csv, line 1")
