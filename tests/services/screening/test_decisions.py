"""A cleared hit stays cleared until the decision ends, the party changes or the list entry does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.parties.listing.entry import ListedName
from xenotime.services.screening.decisions import a_year_after, confirmed, decided
from xenotime.services.screening.record import facts_of

PARTY, HIT = "Fernhill Paints", "inv/one/2"


@pytest.fixture
def cleared(office):
    """An office that cleared a near-miss."""
    office.decide(office.screen(PARTY), PARTY, HIT)
    return office


def again(office, party=PARTY, **more):
    (answer,) = office.screen(party, **more).answers
    return answer.outcome, [(h.mark.state, h.mark.says) for h in answer.hits if h.mark]


TOLD = "by Bo on 2026-06-01, until 2027-06-01, because another country"


def test_a_cleared_hit_is_shown_as_cleared_and_counts_no_more(cleared):
    assert again(cleared) == ("no hit", [("cleared", f"cleared {TOLD}")])


def test_a_decision_counts_on_its_last_day_and_not_the_day_after(cleared):
    end = date(2027, 6, 1)
    assert again(cleared, day=end)[0] == "no hit"
    assert again(cleared, day=end + timedelta(1)) == (
        "for review",
        [("came back", f"the decision ended on 2027-06-01; false positive {TOLD}")],
    )


def test_a_decision_is_not_known_the_day_before_it_was_made(cleared):
    assert again(cleared, day=date(2026, 5, 31)) == ("for review", [])


def test_a_changed_entry_brings_the_hit_back(cleared):
    first, second = cleared.entries
    changed = replace(second, names=(*second.names, ListedName("Fernhill Paint", "weak")))
    assert again(cleared, entries=[first, changed]) == (
        "for review",
        [("came back", f"the list entry changed; false positive {TOLD}")],
    )


def test_a_changed_party_brings_the_hit_back(cleared):
    assert again(cleared, country="CN") == (
        "for review",
        [("came back", f"the party's names, country or numbers changed; false positive {TOLD}")],
    )


def test_a_new_entry_of_the_same_list_is_not_cleared(cleared):
    new = cleared.entry("3", "Fernhill Dyes")
    outcome, marks = again(cleared, entries=[*cleared.entries, new])
    assert (outcome, len(marks)) == ("for review", 1)


def test_another_party_is_not_cleared(cleared):
    assert again(cleared, "Fernhill Inks") == ("for review", [])


def test_the_scope_of_a_list_covers_the_hits_of_that_record_and_no_later_entry(office):
    entries = [*office.entries, office.entry("3", "Paints United")]
    made = office.screen(PARTY, entries=entries)
    office.decide(made, PARTY, HIT, scope="all-entries-of-list")
    assert again(office, entries=entries)[0] == "no hit"
    assert again(office, entries=[*entries, office.entry("4", "Paints Brothers")])[0] == "for review"


def test_the_scope_of_a_name_covers_whoever_has_it(office):
    office.decide(office.screen(PARTY), PARTY, HIT, scope="name")
    assert again(office, PARTY.upper(), country="DE")[0] == "no hit"


def test_a_true_match_makes_a_hit_and_the_latest_decision_wins(cleared):
    made = cleared.screen(PARTY)
    cleared.decide(made, PARTY, HIT, verdict="true match", because="same site", by="Cy")
    told = "true match, said Cy on 2026-06-01, until 2027-06-01, because same site"
    assert again(cleared) == ("hit", [("confirmed", told)])


def test_four_eyes_wait_for_a_second_person(office):
    number = office.decide(office.screen(PARTY), PARTY, HIT, four_eyes=True)
    assert again(office) == (
        "for review",
        [("waits", f"a second person must confirm: false positive {TOLD}")],
    )
    waiting = dict(office.records.decisions())[number]
    for same in (" BO ", "B\u200co", "Bo.", "ＢＯ"):
        with pytest.raises(InputError, match="a second person must confirm this decision"):
            confirmed(waiting, same, office.day)
    office.records.decide(confirmed(waiting, "Cy", office.day), instead=number)
    assert again(office) == ("no hit", [("cleared", f"cleared {TOLD.replace('Bo', 'Bo and Cy')}")])


def test_what_waits_does_not_take_the_place_of_what_stands(office):
    made = office.screen(PARTY)
    office.decide(made, PARTY, HIT, verdict="true match", because="same site")
    office.decide(made, PARTY, HIT, four_eyes=True, by="Cy")
    outcome, ((state, says),) = again(office)
    assert (outcome, state) == ("hit", "confirmed")
    assert says.endswith(f"; a second person must confirm: false positive {TOLD.replace('Bo', 'Cy')}")


def test_nothing_is_confirmed_twice_or_without_need(office):
    number = office.decide(office.screen(PARTY), PARTY, HIT)
    with pytest.raises(InputError, match="this decision waits for nobody"):
        confirmed(dict(office.records.decisions())[number], "Cy", office.day)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"because": " "}, InputError),
        ({"by": ""}, InputError),
        ({"by": "\u200b"}, InputError),
        ({"because": "seen \u202eneht"}, InputError),
        ({"because": "x" * 2_001}, InputError),
        ({"until": date(2026, 5, 31)}, InputError),
        ({"query": "Alder"}, AddressError),
        ({"hit": "inv/one/9"}, AddressError),
    ],
)
def test_a_decision_needs_a_person_a_reason_an_end_and_a_hit(office, more, error):
    asked = {
        "query": PARTY,
        "hit": HIT,
        "verdict": "false positive",
        "scope": "this-list-entry",
        "because": "another country",
        "by": "Bo",
        "day": office.day,
        **more,
    }
    made = office.screen(PARTY)
    with pytest.raises(error):
        decided(made, made.id, **asked)


def test_a_year_after_the_last_of_february_is_the_28th():
    assert [a_year_after(date(2024, 2, 29)), a_year_after(date(2026, 6, 1))] == [
        date(2025, 2, 28),
        date(2027, 6, 1),
    ]


def test_the_order_of_names_is_no_change_of_the_party(office):
    query = office.screen(PARTY).answers[0].query
    one, two = (replace(query, other_names=names) for names in (("a", "b"), ("b", "a")))
    assert facts_of(one) == facts_of(two)
