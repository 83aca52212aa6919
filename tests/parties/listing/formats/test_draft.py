from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.entry import ListedName, ListingEvent
from xenotime.parties.listing.formats import draft as module
from xenotime.parties.listing.formats.draft import Draft, grouped, settle, tidy


def made(key, *texts, **fields):
    found = Draft(key, **fields)
    for text in texts:
        found.name(text)
    return found


def test_signs_nobody_sees_are_taken_out():
    odd = ("\u200e Quill\u00a0moor\n ", "plain", "a  b", "\ufeff", "Q\ud800")
    assert [tidy(t) for t in odd] == ["Quill moor", "plain", "a b", "", "Q"]


def test_a_name_keeps_the_stronger_of_two_kinds():
    found = Draft("1")
    for text, kind in (("A", "primary"), ("B", "weak"), ("B", "strong"), ("A", "former"), ("", "primary")):
        found.name(text, kind)
    assert found.entry("inv", "f").names == (
        ListedName("A", "primary", "Latn"),
        ListedName("B", "strong", "Latn"),
    )


def test_of_a_person_no_address_and_no_remark_is_kept():
    found = made("1", "Invented Person", kind="person")
    found.address("2 Home Street", "", "Nowhere")
    found.remark("DOB 1970")
    entry = found.entry("inv", "f")
    assert (entry.addresses, entry.remark) == ((), "")


def test_odd_days_and_countries_are_findings():
    found = made("1", "A", line=7)
    found.land("Atlantis")
    found.event("listed", "yesterday")
    found.event("listed", "2015-07-01-04:00")
    entries, findings = settle([found], "inv", "f")
    assert entries[0].events == (ListingEvent("listed", date(2015, 7, 1)),)
    assert [(p.what, p.where, p.found, p.severity) for p in findings] == [
        ("country 'Atlantis' is not recognised", "f, line 7", "1 time", "warning"),
        ("day 'yesterday' cannot be read", "f, line 7", "1 time", "warning"),
    ]


def test_an_entry_without_a_name_is_left_out_and_told():
    assert settle([Draft("1", 3)], "inv", "f") == (
        (),
        (Problem("an entry without a name is left out", "f, line 3", found="1 time", severity="warning"),),
    )


def test_an_id_used_twice_is_told_and_nothing_is_lost():
    one, two, again = made("7", "A", line=1), made("7", "B", line=2), made("7", "A", line=3)
    forward, findings = settle([one, two, again], "inv", "f")
    backward, _ = settle([again, two, one], "inv", "f")
    assert [(e.entry, e.name) for e in forward] == [("7", "A"), ("7~2", "B")]
    assert [(e.entry, e.name) for e in backward] == [("7", "A"), ("7~2", "B")]
    assert [(p.what, p.found) for p in findings] == [
        ("the entry id 7 is used 3 times", "2 different entries")
    ]


def test_rows_of_one_party_are_put_together():
    first, second, other = made("", "A", line=2), made("", "A", line=1), made("", "A", authority="another")
    first.address("1 Invented Road")
    second.address("2 Invented Road")
    entries, _ = settle(grouped([first, second, other]), "inv", "f")
    assert sorted((e.addresses, e.source) for e in entries) == [
        ((), "f, line 0"),
        (("1 Invented Road", "2 Invented Road"), "f, line 1"),
    ]


def test_too_many_entries_are_refused(monkeypatch, refused):
    monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    with pytest.raises(InputError) as raised:
        settle((made(str(n), "A", line=n) for n in range(9)), "inv", "f")
    assert refused(raised) == ("this list has too many entries", "line 2", "more")
