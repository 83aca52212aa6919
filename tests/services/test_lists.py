from __future__ import annotations

import io
from datetime import date

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.law.law import fold_book
from xenotime.parties.listing.entry import ListedName
from xenotime.parties.listing.version import Edition
from xenotime.services import lists
from xenotime.services.lists import Intake
from xenotime.stores.shelf import ListFile

KNOWN = date(2026, 11, 22)
HEAD = "entry,name,country\n"
FOUR = HEAD + "1,Quillmoor,CN\n2,Brackwater,DE\n3,Fernhill,CH\n4,Lamplight,CN\n"


@pytest.fixture
def shelf(tmp_path):
    """An empty file of lists."""
    return ListFile(tmp_path / "lists.sqlite")


def file(text, name="inv.csv"):
    return [(name, io.BytesIO(text.encode()))]


def add(shelf, text=FOUR, name="inv", known=KNOWN, **intake):
    return lists.add(shelf, name, file(text), known, Intake(**{"as_of": KNOWN, **intake}))


def update(shelf, text, known=KNOWN, **intake):
    return lists.update(shelf, "inv", file(text), known, Intake(**{"as_of": KNOWN, **intake}))


def test_a_list_is_taken_in_with_what_was_said_of_it(shelf):
    taken = add(shelf, authority="nobody", fresh_days=30)
    assert taken.before is None
    assert taken.after.edition == Edition(
        "inv", 1, taken.after.edition.sha, 4, KNOWN, KNOWN, "inv.csv", "plain", "inv", "nobody", 30
    )
    assert [e.name for e in taken.change.added] == ["Quillmoor", "Brackwater", "Fernhill", "Lamplight"]
    assert shelf.load("inv") == taken.after


def test_an_update_keeps_the_history_and_says_what_changed(shelf):
    add(shelf, fresh_days=30)
    taken = update(
        shelf, FOUR.replace("4,Lamplight,CN", "5,Moorland,CN").replace("Fernhill,CH", "Fernhill,LI")
    )
    assert (taken.before.edition.number, taken.after.edition.number) == (1, 2)
    change = taken.change
    assert ([e.name for e in change.added], [e.name for e in change.removed]) == (["Moorland"], ["Lamplight"])
    assert [(c.after.name, [f.field for f in c.fields]) for c in change.changed] == [
        ("Fernhill", ["countries"])
    ]
    assert taken.after.edition.fresh_days == 30
    assert [e.number for e in shelf.history("inv")] == [1, 2]


def test_the_same_file_again_is_nothing_new(shelf):
    add(shelf)
    shuffled = HEAD + "".join(sorted(FOUR.removeprefix(HEAD).splitlines(keepends=True), reverse=True))
    taken = update(shelf, shuffled)
    assert (taken.after.edition.number, bool(taken.change)) == (1, False)


@pytest.mark.parametrize("name", ["", "US", "a/b", "-x", "a b", "x" * 61])
def test_a_name_that_would_not_be_safe_is_refused(shelf, name):
    with pytest.raises(InputError, match="this is no name for a list") as raised:
        add(shelf, name=name)
    assert raised.value.problem.found == (name or "nothing")


def test_a_name_is_taken_once(shelf):
    add(shelf)
    with pytest.raises(InputError, match="a list has this name"):
        add(shelf)


def test_an_update_of_nothing_is_refused(shelf):
    with pytest.raises(AddressError, match="there is no such list of yours"):
        update(shelf, FOUR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        HEAD + '1,"Quill',
        "colour\nred\n",
        HEAD + "1,\xff\n",
        "<!DOCTYPE x><sdnList/>",
        '{"results": [',
    ],
)
def test_a_file_that_cannot_be_used_leaves_the_old_list_untouched(shelf, text):
    old = add(shelf).after
    before = shelf.path.read_bytes()
    with pytest.raises(InputError):
        lists.update(shelf, "inv", [("inv.csv", io.BytesIO(text.encode("latin-1")))], KNOWN, Intake())
    assert (shelf.path.read_bytes(), shelf.load("inv")) == (before, old)


@pytest.mark.parametrize(("kept", "refused"), [(3, False), (2, False), (1, True)])
def test_more_than_half_may_not_go_unless_somebody_accepts_it(shelf, kept, refused):
    add(shelf)
    text = "".join(FOUR.splitlines(keepends=True)[: kept + 1])
    if refused:
        with pytest.raises(InputError, match="this update would drop more than half of the list"):
            update(shelf, text)
        assert shelf.load("inv").edition.number == 1
    assert update(shelf, text, accept_shrink=refused).after.edition.count == kept


def test_a_list_from_the_future_is_refused_and_an_older_one_is_told(shelf):
    with pytest.raises(InputError, match="this list speaks of a day to come"):
        add(shelf, as_of=date(2026, 11, 23))
    add(shelf)
    taken = update(shelf, FOUR + "5,Moorland,CN\n", as_of=date(2026, 11, 1))
    assert [(p.what, p.found) for p in taken.findings] == [
        ("this version is older than the one it replaces", "as of 2026-11-01")
    ]


def test_a_list_says_that_it_is_stale_and_what_to_do(shelf):
    edition = add(shelf, name="us-csl", as_of=date(2026, 7, 24)).after.edition
    assert lists.stale([edition], date(2026, 7, 31)) == ()
    (said,) = lists.stale([edition], KNOWN)
    assert said == (
        "us-csl is as of 2026-07-24, 121 days old (fresh for 7): parties listed since are not in it; "
        "next step: xenotime lists update us-csl FILE"
    )


def test_a_list_without_a_day_says_so(shelf):
    taken = add(shelf, as_of=None)
    assert lists.stale([taken.after], KNOWN) == (
        "inv does not say its day, so it may be stale; next step: xenotime lists update inv FILE --as-of DAY",
    )
    assert lists.listing(taken.after, KNOWN).used.says == lists.stale([taken.after], KNOWN)[0]


def test_lists_of_the_book_that_were_read_until_one_day_share_a_sentence():
    day = date(2026, 8, 22)
    book = [Edition(f"cn/x-{n}", 0, "", 1, day, read_until=day) for n in range(3)]
    assert lists.stale(book, day) == ()
    (said,) = lists.stale(book, KNOWN)
    assert said == (
        "3 lists of the book were read until 2026-08-22, 92 days before 2026-11-22: later changes are not in "
        "it; next step: look at the issuer's notices, then xenotime law add FILE"
    )
    assert lists.stale(book[:1], KNOWN)[0].startswith("cn/x-0 was read until 2026-08-22")
    assert lists.stale([Edition("cn/x", 0, "", 1)], KNOWN) == (
        "cn/x: nobody says until when the sources were read; next step: xenotime law list",
    )


def by_address(law):
    return {v.edition.list_id: v for v in lists.builtin(law)}


def test_every_list_notice_of_the_book_is_a_list(law):
    found = by_address(law)
    assert list(found) == [i.address for i in law.book.lists() if i.published <= law.known]
    assert all(v.edition.builtin and v.edition.count == len(v.entries) > 0 for v in found.values())
    assert {e.list_id for v in found.values() for e in v.entries} == set(found)


def test_a_paused_listing_says_so_with_its_day(law):
    """MOFCOM Announcement 21 of 2025 listed 16 parties on 4 April and paused them from 14 May."""
    entry = by_address(law)["cn/mofcom-2025-21"].entries[0]
    assert [(e.event, str(e.day)) for e in entry.events] == [
        ("listed", "2025-04-04"),
        ("paused", "2025-05-14"),
        ("unverified", "2026-11-10"),
    ]
    days = ("2025-04-03", "2025-05-13", "2025-05-14", "2026-11-09", "2026-11-10")
    assert [entry.status(date.fromisoformat(d)) for d in days] == [
        "not yet listed",
        "listed",
        "paused",
        "paused",
        "unverified",
    ]


def test_a_stopped_listing_says_so_with_its_day(law):
    """MOFCOM Announcement 22 of 2025 was paused from 14 May and stopped from 12 August."""
    entry = by_address(law)["cn/mofcom-2025-22"].entries[0]
    assert [(e.event, str(e.day)) for e in entry.events] == [
        ("listed", "2025-04-10"),
        ("paused", "2025-05-14"),
        ("stopped", "2025-08-12"),
    ]
    assert [entry.status(date(2025, 8, d)) for d in (11, 12, 13)] == ["paused", "stopped", "stopped"]


def test_a_notice_not_yet_known_is_no_list(book):
    known = date(2025, 4, 30)
    law = fold_book(book, known)
    found = by_address(law)
    assert max(v.edition.added for v in found.values()) <= known
    assert [e.event for e in found["cn/mofcom-2025-21"].entries[0].events] == ["listed"]


def test_both_names_of_a_notice_are_primary(law):
    entry = by_address(law)["cn/uel-2023-02-16"].entries[0]
    assert entry.names == (
        ListedName("Lockheed Martin Corporation", "primary", "Latn"),
        ListedName("洛克希德·马丁公司", "primary", "Hani"),
    )
    assert (entry.kind, entry.countries) == ("organisation", ("US",))


def test_an_entry_is_found_by_its_id(shelf):
    version = add(shelf).after
    assert lists.one(version, "2").name == "Brackwater"
    with pytest.raises(AddressError, match="the list has no such entry"):
        lists.one(version, "9")
