from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.canon import canonical, restored
from xenotime.core.errors import AddressError, InputError
from xenotime.services.screening.asking import question
from xenotime.services.screening.desk import screen
from xenotime.services.screening.privacy import access, bytes_of, end_of_retention, erase, purge
from xenotime.services.screening.record import Policy, Screening, Tombstone

PARTY, TODAY = "Fernhill Paints", date(2026, 7, 1)


@pytest.fixture
def held(office):
    """An office that screened a party twice, decided about it, and had an alert."""
    made = office.screen(PARTY, "Alder Mills", country="CH")
    office.decide(made, PARTY, "inv/one/2")
    office.screen(PARTY, day=date(2026, 6, 2))
    return office


def everything(office):
    return office.records.path.read_bytes()


def test_access_gives_everything_and_nothing_of_others(held):
    found = access(held.records, PARTY.lower())
    assert {k: len(v) for k, v in found.items() if k != "party"} == {
        "screenings": 2,
        "decisions": 1,
        "watched": 2,
        "alerts": 0,
    }
    assert b"Alder" not in bytes_of(found)


def test_erasing_leaves_tombstones_that_can_be_counted(held):
    counts = erase(held.records, PARTY, reason="request of the person", day=held.day)
    assert counts == {"screenings": 2, "answers": 2, "decisions": 1, "watched": 2}
    records = [restored(Screening, held.records.get(n)[1]) for n in held.records.ids()]
    assert [[(a.query.name, a.outcome) for a in r.answers] for r in records] == [
        [("", "for review"), ("Alder Mills", "no hit")],
        [("", "for review")],
    ]
    marks = {a.erased.mark for r in records for a in r.answers if a.erased}
    assert marks == {held.records.tombstones()[0].mark}
    assert access(held.records, PARTY) == {
        "party": PARTY,
        "screenings": [],
        "decisions": [],
        "watched": [],
        "alerts": [],
    }


def test_no_byte_of_an_erased_name_is_left_in_the_file(held):
    assert PARTY.encode() in everything(held)
    erase(held.records, PARTY, reason="request", day=held.day)
    assert [word in everything(held) for word in (PARTY.encode(), PARTY.lower().encode())] == [False, False]


def test_a_party_is_erased_by_any_of_its_names_from_every_record_of_its_id(office):
    def ask(**cells):
        made = screen(office.desk(), [question(cells, "row 2")], on=office.day, known=office.day, by="")
        office.records.add(made)
        return made

    first = ask(party="C-1", name="Fernhill Paints", other_names="Farnhügel Farben")
    office.decide(first, "C-1", "inv/one/2")
    ask(party="C-1", name="Fernhill Inks")
    ask(party="C-2", name="Fernhill Dyes")
    counts = erase(office.records, "FARNHÜGEL farben", reason="request", day=office.day)
    assert counts == {"screenings": 2, "answers": 2, "decisions": 1, "watched": 2}
    assert [w.query.name for w in office.records.watched()] == ["Fernhill Dyes"]


def test_two_registers_mark_one_party_differently(office, tmp_path):
    other = type(office)(tmp_path / "other.db")
    office.screen(PARTY)
    other.screen(PARTY)
    assert office.records.mark(PARTY) != other.records.mark(PARTY)
    assert office.records.mark(PARTY) == office.records.mark(PARTY.upper())


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "Fernhill  paints asked"])
def test_an_erasure_needs_a_reason_that_does_not_name_the_party(held, reason):
    before = everything(held)
    with pytest.raises(InputError, match="an erasure needs a reason"):
        erase(held.records, PARTY, reason=reason, day=held.day)
    assert everything(held) == before


def test_nobody_unknown_is_erased(held):
    with pytest.raises(AddressError, match="nothing is held about this party"):
        erase(held.records, "Elm Foundry", reason="request", day=held.day)
    assert held.records.tombstones() == []


def test_a_purge_counts_first_and_removes_what_is_older_than_the_day(held):
    counts = {"screenings": 1, "watched parties": 2, "alerts": 0, "decisions that ended": 0}
    day = date(2026, 6, 2)
    assert purge(held.records, day, day=TODAY, dry=True) == counts
    assert len(held.records.ids()) == 2
    assert purge(held.records, day, day=TODAY, dry=False) == counts
    assert len(held.records.ids()) == 1
    assert [w.query.name for w in held.records.watched()] == [PARTY]
    assert held.records.holding("Alder Mills") == []
    assert b"Alder" not in everything(held)


def test_a_purge_stays_on_record_and_one_of_nothing_does_not(held):
    purge(held.records, date(2026, 6, 1), day=TODAY, dry=False)
    purge(held.records, date(2026, 6, 2), day=TODAY, dry=True)
    assert held.records.tombstones() == []
    purge(held.records, date(2026, 6, 2), day=TODAY, dry=False)
    told = "recorded before 2026-06-02: 1 screenings, 2 watched parties"
    assert held.records.tombstones() == [Tombstone("purge", TODAY, told)]


def test_a_purge_keeps_the_list_versions_that_are_still_named(held):
    used = restored(Screening, held.records.get(held.records.ids()[0])[1]).lists[0]
    purge(held.records, date(2026, 6, 2), day=TODAY, dry=False)
    assert held.records.listing(used.list_id, used.hash) == held.entries
    purge(held.records, date(2026, 6, 3), day=TODAY, dry=False)
    assert held.records.listing(used.list_id, used.hash) is None


def test_a_purge_may_leave_the_parties_watched(held):
    day = date(2026, 6, 2)
    counts = {"screenings": 1, "alerts": 0, "decisions that ended": 0}
    assert purge(held.records, day, day=TODAY, dry=False, watched=False) == counts
    assert sorted(w.query.name for w in held.records.watched()) == ["Alder Mills", PARTY, PARTY]


def test_the_retention_gives_the_first_day_that_is_kept():
    assert end_of_retention(Policy(retention=31), date(2026, 7, 2)) == date(2026, 6, 1)
    with pytest.raises(InputError, match="no period of retention is set"):
        end_of_retention(Policy(), date(2026, 7, 2))


def test_what_is_given_out_is_one_line_of_canonical_json():
    assert bytes_of({"b": 1, "a": ()}) == canonical({"a": [], "b": 1}) + b"\n"
