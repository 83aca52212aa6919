from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.search.index import Index
from xenotime.parties.search.screen import Answer, Screen, Settings, listed, scan

LEI, OTHER_LEI = "9845001B2AD43E664E58", "549300LBI3LRIZ2V8V66"


def entry(number, *names, list_id="test/one", **rest):
    rest.setdefault("kind", "organisation")
    return ListEntry(list_id, str(number), tuple(ListedName(name) for name in names), **rest)


ENTRIES = (
    entry(1, "Tamrolex Aviation GmbH", "塔姆罗莱克斯航空公司", countries=("DE",)),
    entry(2, "Quelmar Southern Rare Earth Group"),
    entry(3, "洛克希德·马丁公司", list_id="test/two"),
    entry(4, "Lockheed Martin Aeronautics", list_id="test/two"),
    entry(5, "TDK Corporation"),
    entry(6, "Alpha Dovtron", identifiers=(Identifier("LEI", LEI),)),
    entry(7, "Ibrahim Saleh al-Dovani", kind="person", list_id="test/two"),
    entry(8, "河山精密电子有限公司"),
    entry(9, "Science and Technology Brixdyne Group"),
)
SCREEN = Screen(ENTRIES)


def hits(name, **rest):
    return [(m.entry, m.truth) for m in SCREEN.hits(PartyQuery("p", name, **rest))]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("TAMROLEX AVIATION", "1"),
        ("塔姆羅萊克斯航空", "1"),
        ("Tam Rolex Aviation GmbH", "1"),
        ("TDK", "5"),
        ("TDK株式会社", "5"),
        ("河山精密電子", "8"),
    ],
)
def test_an_equal_name_is_sure(name, number):
    assert hits(name) == [(number, True)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Tamrolecs Aviation GmbH", "1"),
        ("Aviation Tamrolex Ltd", "1"),
        ("Ibrahim Salih al Dovani", "7"),
        ("Heshan Jingmi Dianzi", "8"),
    ],
)
def test_a_near_name_is_for_review(name, number):
    assert hits(name) == [(number, None)]


@pytest.mark.parametrize(
    "name",
    [
        "Quelmar Northern Rare Earth Group",
        "Science and Technology Group",
        "A",
        "王",
        "Helvetia Drives AG",
        "x" * 9000,
    ],
)
def test_another_name_has_no_hit(name):
    assert hits(name) == []


def test_a_translated_name_finds_its_entry_when_it_is_registered():
    (match, *_) = SCREEN.hits(PartyQuery("p", "Lockheed Martin Corporation"))
    assert (match.list_id, match.entry) == ("test/two", "3")


def test_a_party_that_is_one_listed_name_is_not_its_listed_sister():
    assert hits("洛克希德·马丁") == [("3", True), ("4", False)]


def test_a_second_spelling_of_a_body_stays_open():
    screen = Screen([entry(1, "Tamrolex Dovtron"), entry(2, "Tamroleks Dovtron", list_id="test/two")])
    assert [m.truth for m in screen.hits(PartyQuery("p", "Tamrolex Dovtron"))] == [True, None]


def test_identifiers_decide():
    same = PartyQuery("p", "Anything", identifiers=(Identifier("LEI", LEI),))
    other = PartyQuery("p", "Alpha Dovtron", identifiers=(Identifier("LEI", OTHER_LEI),))
    assert [(m.entry, m.truth, m.how) for m in SCREEN.hits(same)] == [("6", True, f"same LEI {LEI}")]
    assert [(m.entry, m.truth) for m in SCREEN.hits(other)] == [("6", False)]


def test_other_names_count_and_a_hit_says_which():
    (match,) = SCREEN.hits(PartyQuery("p", "Some Name", ("Tamrolex Aviation",)))
    assert (match.party, match.written, match.entry_name) == (
        "p",
        "Tamrolex Aviation",
        "Tamrolex Aviation GmbH",
    )


def test_a_list_is_true_unknown_or_false():
    found = SCREEN.hits(PartyQuery("p", "洛克希德·马丁"))
    assert listed(found, ["test/one"]) == {"test/one": False, "test/two": True}
    assert listed(SCREEN.hits(PartyQuery("p", "Ibrahim Salih al Dovani"))) == {"test/two": None}
    assert listed([], ["test/one"]) == {"test/one": False}


def test_the_cap_says_how_many_it_leaves_off():
    many = [entry(n, f"Tamrolex Aviation {'abcdefgh'[n]}", list_id=f"test/{n}") for n in range(8)]
    answer = Screen(many, settings=Settings(alert=1, cap=3)).answer(PartyQuery("p", "Tamrolex Aviation"))
    assert (len(answer.matches), answer.left_off) == (3, 5)


def test_equal_scores_stand_in_the_order_of_list_and_entry():
    twins = [entry(n, "Tamrolex Dovtron", list_id=f"test/{n % 2}") for n in (3, 1, 2, 4)]
    found = Screen(twins).hits(PartyQuery("p", "Tamrolex Dovtron"))
    assert [(m.list_id, m.entry) for m in found] == [
        ("test/0", "2"),
        ("test/0", "4"),
        ("test/1", "1"),
        ("test/1", "3"),
    ]


def test_a_prepared_index_gives_the_same_answers():
    loaded = Screen(ENTRIES, index=Index.load(SCREEN.index.dump(), ENTRIES))
    queries = [PartyQuery(str(n), name.text) for n, e in enumerate(ENTRIES) for name in e.names]
    assert list(loaded.all(queries)) == list(SCREEN.all(queries)) == [scan(q, ENTRIES) for q in queries]


def test_progress_is_told():
    told = []
    answers = list(SCREEN.all([PartyQuery("a", "TDK"), PartyQuery("b", "Zzz")], told.append))
    assert (told, [a.party for a in answers], answers[1]) == ([1, 2], ["a", "b"], Answer("b", ()))


@pytest.mark.parametrize("settings", [{"alert": 0}, {"alert": 101}, {"cap": 0}])
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(InputError):
        Settings(**settings)
