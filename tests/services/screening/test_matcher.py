"""Index and settings of the screenings: a kept index is used only for the entries it was made of."""

from __future__ import annotations

import re

import pytest

from xenotime.parties.matching.match import PartyQuery
from xenotime.services.screening import matcher
from xenotime.services.screening.matcher import fetching, index, settings, shared


@pytest.fixture
def kept(monkeypatch):
    """A place for one index, for lists of any size."""
    monkeypatch.setattr(matcher, "_WORTH", 0)
    return []


@pytest.fixture
def make(kept):
    return fetching(lambda: kept[-1] if kept else None, kept.append)


def found(made, name="Fernhill Pigments"):
    return [(m.entry, m.sure) for m in made.hits(PartyQuery(name, name))]


def test_a_new_index_is_kept_and_used_again(office, kept, make):
    assert found(make(office.entries, settings())) == found(make(office.entries, settings())) == [("2", True)]
    assert len(kept) == 1


def test_the_index_of_other_entries_is_not_used(office, kept, make):
    make(office.entries[:1], settings())
    assert found(make(office.entries, settings())) == [("2", True)]
    assert len(kept) == 2


@pytest.mark.parametrize("data", [b"", b"rubbish" * 100, b"\0" * 4_000])
def test_a_damaged_index_is_made_anew(office, kept, make, data):
    kept.append(data)
    assert found(make(office.entries, settings())) == [("2", True)]
    assert len(kept) == 2


def test_the_index_of_few_entries_is_not_kept(office):
    kept = []
    make = fetching(lambda: None, kept.append)
    assert found(make(office.entries, settings())) == found(index(office.entries, settings()))
    assert kept == []


def test_the_settings_name_what_could_change_an_answer():
    made = settings(70)
    assert (made.threshold, made.cap, len(made.tables)) == (70, 50, 64)
    assert re.fullmatch(r"\S+ \(anyascii \S+, jellyfish \S+, opencc \S+, pypinyin \S+\)", made.engine)


def test_answers_shared_out_are_those_of_one_by_one(office):
    queries = [PartyQuery(name, name) for name in ("Fernhill Pigments", "Alder", "Blackthorn Drive")]
    made = index(office.entries, settings())
    assert list(shared(made, queries)) == [made.hits(query) for query in queries]
    other = office.desk().matcher
    assert list(shared(other, queries)) == [other.hits(query) for query in queries]
