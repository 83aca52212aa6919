from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.parties.listing.book import entries, table
from xenotime.parties.listing.entry import Identifier, ListedName, ListingEvent

HEAD = "entry,name,name_zh,other_names,country,lei,uscc,note\n"


def test_a_row_of_the_book_becomes_an_entry():
    rows = table(HEAD + "1,Quillmoor,虚构磁材,QMW|Quill,cn,INVENTED000000000093,,see notice\n", "inv.csv")
    event = ListingEvent("listed", date(2025, 4, 4), "inv/one")
    (made,) = entries(rows, "inv/one", "nobody", [event])
    assert made.names == (
        ListedName("Quillmoor", "primary", "Latn"),
        ListedName("虚构磁材", "primary", "Hani"),
        ListedName("QMW", "strong", "Latn"),
        ListedName("Quill", "strong", "Latn"),
    )
    assert (made.list_id, made.entry, made.kind, made.countries) == ("inv/one", "1", "organisation", ("CN",))
    assert made.identifiers == (Identifier("LEI", "INVENTED000000000093"),)
    assert (made.authority, made.events, made.remark) == ("nobody", (event,), "see notice")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("entry,name\n1,Quillmoor\n", "this party list has other columns"),
        (HEAD + ",Quillmoor,,,,,,\n", "a list entry has no number, no name, or another's number"),
        (HEAD + "1,,,,,,,\n", "a list entry has no number, no name, or another's number"),
        (HEAD + "1,A,,,,,,\n1,B,,,,,,\n", "a list entry has no number, no name, or another's number"),
    ],
)
def test_a_broken_table_is_refused(text, what):
    with pytest.raises(BookError) as raised:
        table(text, "inv.csv")
    assert raised.value.problem.what == what
