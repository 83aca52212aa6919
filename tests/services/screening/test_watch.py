"""A list update meets every party once screened: what is new for a cleared one is raised at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xenotime.parties.listing.entry import ListedName
from xenotime.services.screening.privacy import erase
from xenotime.services.screening.watch import meet, rescreen

LATER = date(2026, 7, 1)


def update(office, after, before=None):
    found = rescreen(
        office.records,
        office.entries if before is None else before,
        after,
        known=LATER,
        version="v2",
        index=type(office.desk().matcher),
        settings=office.settings,
    )
    assert tuple(office.records.alerts())[-len(found) :] == found or not found
    return found


def told(alerts):
    return [(a.kind, a.party, a.entry, a.changed, a.before) for a in alerts]


def test_an_update_that_adds_a_cleared_party_raises_it_at_once(office):
    made = office.screen("Alder Mills", "Birch Works")
    (alert,) = update(office, [*office.entries, office.entry("3", "Alder Mills")])
    assert told([alert]) == [("raised", "Alder Mills", "3", "added to the list", "no hit")]
    assert (alert.record, alert.known, alert.version, alert.hit.match.sure) == (made.id, LATER, "v2", True)
    assert alert.says == (
        f"Alder Mills had no hit there (screened 2026-06-01, record {made.id[:12]}) and is now hit: "
        "inv/one/3 Alder Mills, added to the list"
    )


def test_a_party_cleared_of_an_entry_is_raised_when_the_entry_changes(office):
    made = office.screen("Fernhill Paints")
    office.decide(made, "Fernhill Paints", "inv/one/2")
    office.screen("Fernhill Paints")
    first, second = office.entries
    alerts = update(office, [first, replace(second, names=(*second.names, ListedName("Fern", "weak")))])
    assert told(alerts) == [
        ("raised", "Fernhill Paints", "2", "changed in names", "cleared"),
        ("decision", "Fernhill Paints", "2", "changed in names", "false positive"),
    ]


def test_only_what_is_new_is_compared(office):
    office.screen("Fernhill Paints", "Blackthorn Gears")
    assert update(office, [*office.entries, office.entry("3", "Elm Foundry")]) == ()
    assert update(office, office.entries) == ()


def test_what_the_list_no_longer_has_is_told_to_those_who_had_the_hit(office):
    office.screen("Fernhill Pigments", "Alder Mills")
    gone = ("removed", "Fernhill Pigments", "2", "the entry is no longer in the list", "hit")
    assert told(update(office, office.entries[:1])) == [gone]


def test_an_entry_that_binds_nobody_on_the_day_raises_nothing(office):
    office.screen("Alder Mills")
    assert update(office, [*office.entries, office.entry("3", "Alder Mills", event="delisted")]) == ()


def test_an_erased_party_is_watched_no_more(office):
    office.screen("Alder Mills")
    erase(office.records, "Alder Mills", reason="request", day=office.day)
    assert update(office, [*office.entries, office.entry("3", "Alder Mills")]) == ()


def test_the_same_update_told_twice_is_kept_once(office):
    office.screen("Alder Mills")
    after = [*office.entries, office.entry("3", "Alder Mills")]
    assert update(office, after) == update(office, after)
    assert len(office.records.alerts()) == 1


def test_an_entry_that_went_away_and_came_back_is_raised_again(office):
    office.screen("Fernhill Pigments")
    update(office, office.entries[:1])
    back = ("raised", "Fernhill Pigments", "2", "added to the list", "hit")
    assert told(update(office, office.entries, before=office.entries[:1])) == [back]


def meeting(office, *entries):
    return meet(
        office.records,
        [office.listing(entries)],
        known=LATER,
        index=type(office.desk().matcher),
        settings=office.settings,
    )


def test_a_list_of_the_book_meets_the_watched_once(office):
    office.screen("Alder Mills")
    listing = office.listing()
    office.records.meet("inv/one", listing.used.hash)
    assert meeting(office, *office.entries) == ()
    after = [*office.entries, office.entry("3", "Alder Mills")]
    assert told(meeting(office, *after)) == [("raised", "Alder Mills", "3", "added to the list", "no hit")]
    assert meeting(office, *after) == ()


def test_a_list_nobody_ever_met_is_new_to_all(office):
    office.screen("Alder Mills")
    assert told(meeting(office, office.entry("3", "Alder Mills"))) == [
        ("raised", "Alder Mills", "3", "added to the list", "no hit")
    ]


def test_who_was_already_screened_against_the_new_version_is_not_told_again(office):
    after = (*office.entries, office.entry("3", "Alder Mills"))
    office.screen("Alder Mills", entries=after)
    assert meeting(office, *after) == ()
