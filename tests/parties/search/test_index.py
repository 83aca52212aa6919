from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry
from xenotime.parties.naming.views import views
from xenotime.parties.search.index import Index, content_hash

NAMES = (
    "Tamrolex Aviation GmbH",
    "Quelmar Northern Metals",
    "Tam Rolex Optics",
    "Ibrahim Saleh al-Dovani",
    "J. K. Brunsvald",
    "河山精密电子有限公司",
    "郑沐晨",
    "Orvex",
    "Trading Company",
)


def entry(number, *names, **rest):
    return ListEntry("test/list", str(number), tuple(ListedName(name) for name in names), **rest)


ENTRIES = tuple(entry(number, name) for number, name in enumerate(NAMES))
INDEX = Index.of(ENTRIES)


def found(text, index=INDEX):
    numbers = {index.entry(view) for name in views(text) for view in index.candidates(name)}
    return sorted(index.entries[number].names[0].text for number in numbers)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Tamrolex Aviation", "Tamrolex Aviation GmbH"),
        ("AVIATION TAMROLEKS", "Tamrolex Aviation GmbH"),
        ("Tam rolex aviation", "Tamrolex Aviation GmbH"),
        ("Tamrolex Optics", "Tam Rolex Optics"),
        ("Ibrahim Salih al Dovani", "Ibrahim Saleh al-Dovani"),
        ("Jan Karel Brunsvald", "J. K. Brunsvald"),
        ("河山精密電子", "河山精密电子有限公司"),
        ("Heshan Jingmi Dianzi", "河山精密电子有限公司"),
        ("Zheng Muchen", "郑沐晨"),
        ("Orvex", "Orvex"),
        ("Orvex Switzerland", "Orvex"),
        ("Trading Company", "Trading Company"),
    ],
)
def test_a_name_is_among_the_candidates_of_its_other_writings(query, name):
    assert name in found(query)


@pytest.mark.parametrize("query", ["Wendover Bakery", "Zzz", "明德茶馆"])
def test_a_stranger_has_no_candidates(query):
    assert found(query) == []


def test_every_view_is_kept_as_it_was():
    index = Index.of(ENTRIES)
    kept = {(index.entry(n), index.view(n)) for n in range(len(index))}
    assert kept == {(n, view) for n, text in enumerate(NAMES) for view in views(text)}


def test_identifiers_find_their_holders():
    index = Index.of([entry(1, "A", identifiers=(Identifier("LEI", "98450 01b2"),)), entry(2, "B")])
    assert index.holders([Identifier("lei", "9845001B2")]) == [0]
    assert index.holders([Identifier("tax", "9845001B2")]) == []


def test_what_is_dumped_is_loaded():
    loaded = Index.load(INDEX.dump(), ENTRIES)
    assert loaded.dump() == INDEX.dump()
    assert [found(name, loaded) for name in NAMES] == [found(name) for name in NAMES]


def test_an_index_of_other_entries_is_refused():
    with pytest.raises(InputError, match="other entries"):
        Index.load(INDEX.dump(), ENTRIES[1:])


def test_the_content_hash_sees_every_name_and_kind():
    changed = (entry(1, "A"), entry(1, "B"), entry(2, "A"), entry(1, "A", "B"), entry(1, "A", kind="person"))
    assert len({content_hash([one]) for one in changed}) == len(changed)


def test_no_entries_give_no_candidates():
    empty = Index.of(())
    assert (len(empty), found("Orvex", empty)) == (0, [])
    assert len(Index.load(empty.dump(), ())) == 0
