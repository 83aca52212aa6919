"""One act: whole or not at all, its events last, done again when it met another."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest

from xenotime.core.errors import BusyError
from xenotime.programme.organisation import Organisation
from xenotime.seal.event import decode
from xenotime.services.programme.turn import acted, turn


def kinds(office):
    with office.store.view() as view:
        return [decode(leaf)[1].kind for _, leaf in view.events()]


def test_events_are_logged_in_their_order_after_everything_else(town):
    order = []

    class Watched:
        def __init__(self, change):
            self.change = change

        def __getattr__(self, name):
            order.append(name)
            return getattr(self.change, name)

    class Store:
        @contextmanager
        def change(self):
            with town.office.store.change() as change:
                yield Watched(change)

        def run(self, act, *, tries=8):
            del tries
            with self.change() as change:
                return act(change)

    office = replace(town.office, store=Store())
    with turn(office, town.officer, town.at) as made:
        made.note("thing.first", "x", "O-1")
        made.veil("x", "O-1", "text", "words")
        made.note("thing.second", "x", "O-1")
    assert order == ["add", "log", "log"]
    assert kinds(town.office)[-2:] == ["thing.first", "thing.second"]


def test_nothing_stays_of_an_act_that_fails(town):
    def act(made):
        made.change.add(Organisation("O-x", "X", "DE", "both", "draft", "civil", town.at))
        made.note("organisation.registered", "O-x", "O-x")
        raise LookupError

    before = kinds(town.office)
    with pytest.raises(LookupError):
        acted(town.office, town.officer, town.at, act)
    assert kinds(town.office) == before


def test_an_act_that_met_another_is_done_again_and_noted_once(town):
    tries = []

    def act(made):
        tries.append(1)
        made.note("thing.done", "x", "O-1")
        if len(tries) < 3:
            raise BusyError("met another")
        return "done"

    assert acted(town.office, town.officer, town.at, act) == "done"
    assert (len(tries), kinds(town.office)) == (3, ["thing.done"])


def test_an_empty_text_needs_no_commitment(town):
    with turn(town.office, town.officer, town.at) as made:
        assert made.veil("x", "O-1", "text", "") == ""
