from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AddressError
from xenotime.services.screening.privacy import erase
from xenotime.services.screening.record import Settings
from xenotime.services.screening.replay import Replay, replay


def kept(office):
    return lambda used: office.records.listing(used.list_id, used.hash)


def again(office, made, *, settings=None, fetch=None):
    index = type(office.desk().matcher)
    return replay(office.records, made.id, fetch or kept(office), index, settings or office.settings)


def test_a_record_replays_to_the_byte(office):
    made = office.screen("Fernhill Paints", "Alder Mills", "Blackthorn Drives", country="CH")
    assert again(office, made) == Replay(made.id, same=True)


def test_a_later_list_and_later_decisions_change_no_replay(office):
    made = office.screen("Fernhill Paints")
    office.decide(made, "Fernhill Paints", "inv/one/2")
    office.screen("Alder", entries=[office.entry("7", "Fernhill Paints")])
    assert again(office, made) == Replay(made.id, same=True)


def test_a_decision_that_was_applied_is_applied_again(office):
    number = office.decide(office.screen("Fernhill Paints"), "Fernhill Paints", "inv/one/2")
    made = office.screen("Fernhill Paints")
    assert (made.decisions, made.outcome) == ((number,), "no hit")
    assert again(office, made) == Replay(made.id, same=True)


def test_a_missing_list_version_is_named(office):
    made = office.screen("Alder")
    version = made.lists[0].hash[:12]
    says = f"list inv/one: version {version} as of 2026-05-31 is no longer in the store"
    assert again(office, made, fetch=lambda _: None) == Replay(made.id, same=False, differs=(says,))


def test_another_engine_is_named_if_the_bytes_differ(office):
    made = office.screen("Fernhill Paints")
    other = Settings(80, 50, "words-2", "ab" * 32)
    assert again(office, made, settings=other) == Replay(made.id, same=True)
    office.records.replace(made.id, replace(made, answers=(replace(made.answers[0], outcome="hit"),)))
    assert again(office, made, settings=other).differs == (
        "the engine was words, now words-2",
        "the tables of names were , now abababababab",
        "Fernhill Paints: the outcome was hit, now for review",
    )


def test_each_kind_of_difference_is_told(office):
    made = office.screen("Fernhill Paints")
    (answer,) = made.answers
    (hit,) = answer.hits
    other = replace(hit, match=replace(hit.match, entry="9"))
    older = replace(hit, match=replace(hit.match, score=70))

    def differs(*hits):
        office.records.replace(made.id, replace(made, answers=(replace(answer, hits=hits),)))
        return again(office, made).differs

    assert differs() == ("Fernhill Paints: inv/one/2 is a hit now and was none",)
    assert differs(hit, other) == ("Fernhill Paints: inv/one/9 was a hit and is none now",)
    assert differs(older) == ("Fernhill Paints: inv/one/2: score 70, now 85",)
    assert differs(replace(hit, status="paused")) == (
        "Fernhill Paints: inv/one/2: the explanation or the status differs",
    )


def test_an_erased_party_is_said_and_the_rest_replays(office):
    made = office.screen("Fernhill Paints", "Alder Mills")
    erase(office.records, "Fernhill Paints", reason="request", day=office.day)
    found = again(office, made)
    assert (found.same, found.differs) == (True, ())
    mark = office.records.tombstones()[0].mark[:12]
    assert found.erased == (f"{mark} on 2026-06-01: request",)


def test_an_unknown_record_is_refused(office):
    office.screen("Alder")
    with pytest.raises(AddressError, match="there is no such screening"):
        replay(office.records, "abcd1234", kept(office), type(office.desk().matcher), office.settings)
