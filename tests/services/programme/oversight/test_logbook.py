"""The log for outsiders, over both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from xenotime.core.errors import AddressError, StateError
from xenotime.seal import checkpoint, log, merkle, receipt, trail
from xenotime.seal.event import Event
from xenotime.seal.finding import FORGED, VALID
from xenotime.seal.verify import Basis
from xenotime.services.programme.oversight import logbook

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def decision(n):
    return {"id": f"V-{n}", "answer": "allow"}


def fill(office, count, start=0):
    for n in range(start, start + count):
        with office.store.change() as change:
            data = {"digest": receipt.digest(decision(n))}
            change.log(Event(AT + timedelta(seconds=n), "verdict.allowed", f"V-{n}", "O-1", "system", data))


@pytest.fixture
def kept(store, office_over):
    made = office_over(store)
    fill(made, 7)
    return made


def basis(office, *held):
    texts = [(str(n), text) for n, text in enumerate(held)]
    return Basis(logbook.trust(office), "did.json", AT, AT, (), texts)


def test_a_checkpoint_is_of_the_log_as_it_stands(kept):
    found = checkpoint.read(logbook.checkpoint(kept), logbook.trust(kept))
    with kept.store.view() as look:
        assert (found.size, found.root.hex()) == look.head()
    assert (found.origin, found.size) == (checkpoint.origin(kept.authority.did), 7)


def test_proofs_of_every_leaf_at_every_size(kept):
    with kept.store.view() as look:
        leaves = [leaf for _, leaf in look.events()]
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    for size in range(1, 8):
        top = merkle.root(merkle.grown(hashes[:size]), size)
        for index in range(size):
            proof = logbook.inclusion(kept, index, size)
            assert merkle.verify_inclusion(hashes[index], index, size, proof, top)
        for old in range(size + 1):
            before = merkle.root(merkle.grown(hashes[:old]), old)
            assert merkle.verify_consistency(old, before, size, top, logbook.consistency(kept, old, size))


def test_a_proof_of_what_is_not_there(kept):
    for call in (
        lambda: logbook.inclusion(kept, 7),
        lambda: logbook.inclusion(kept, 3, 3),
        lambda: logbook.inclusion(kept, 0, 8),
        lambda: logbook.inclusion(kept, -1),
        lambda: logbook.consistency(kept, 8),
        lambda: logbook.consistency(kept, 3, 2),
        lambda: logbook.consistency(kept, -1),
        lambda: logbook.slip(kept, 7),
    ):
        with pytest.raises(AddressError):
            call()


def test_a_receipt_is_verified_offline(kept):
    found = trail.proof(logbook.slip(kept, 4, decision(4)), basis(kept))
    assert (found.answer, found.id) == (VALID, "V-4")


def test_no_receipt_for_another_decision(kept):
    with pytest.raises(StateError, match="not the one in the log"):
        logbook.slip(kept, 4, decision(5))


def test_the_holder_of_an_older_checkpoint_sees_it_grow(kept):
    held = logbook.checkpoint(kept)
    fill(kept, 6, 7)
    assert trail.growth(logbook.growth(kept, 7), basis(kept, held)).answer == VALID
    assert trail.history(logbook.export(kept), basis(kept, held)).answer == VALID


def test_an_export_holds_every_leaf(kept):
    head, leaves = log.opened(iter(list(logbook.export(kept))))
    assert checkpoint.read(head.checkpoint, logbook.trust(kept)).size == len(list(leaves)) == 7


def test_leaves_are_read_in_batches(kept, monkeypatch):
    monkeypatch.setattr(logbook, "_BATCH", 2)
    with kept.store.view() as look:
        whole = [leaf for _, leaf in look.events()]
        assert list(logbook.leaves(look)) == whole
    assert list(log.opened(logbook.export(kept))[1]) == whole


def test_what_is_logged_while_an_export_is_read_is_not_in_it(kept, monkeypatch):
    monkeypatch.setattr(logbook, "_BATCH", 2)
    rows = logbook.export(kept)
    first = next(rows)
    fill(kept, 3, 7)
    assert trail.history(iter([first, *rows]), basis(kept)).facts == (("leaves", "7"),)


def test_check_of_a_sound_log(kept):
    assert logbook.check(kept) == ()


class Touched:
    """A look at a store whose leaves somebody changed behind its back."""

    def __init__(self, look, change):
        self.look, self.change = look, change

    def __getattr__(self, name):
        return getattr(self.look, name)

    def events(self, start=0, limit=1000):
        rows = self.change([leaf for _, leaf in self.look.events()])
        return tuple(enumerate(rows))[start : start + limit]


class Behind:
    def __init__(self, store, change):
        self.store, self.change = store, change

    def view(self):
        return self

    def __enter__(self):
        self.opened = self.store.view()
        return Touched(self.opened.__enter__(), self.change)

    def __exit__(self, *error):
        return self.opened.__exit__(*error)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[:-1], "there are 6"),
        (lambda rows: rows[1:], "stands at another place"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "stands at another place"),
        (lambda rows: [rows[0].replace(b"O-1", b"O-2"), *rows[1:]], "the head has root"),
    ],
)
def test_check_of_a_log_that_was_touched(kept, change, words, office_over):
    touched = office_over(Behind(kept.store, change))
    assert words in logbook.check(touched)[0]
    held = logbook.checkpoint(kept)
    assert trail.history(logbook.export(touched), basis(kept, held)).answer == FORGED


def test_an_empty_log(sqlite_store, office_over):
    empty = office_over(sqlite_store)
    assert checkpoint.read(logbook.checkpoint(empty), logbook.trust(empty)).size == 0
    assert logbook.check(empty) == ()
    assert len(list(logbook.export(empty))) == 1


def test_a_receipt_is_a_page_that_people_can_read(kept):
    assert list(json.loads(logbook.slip(kept, 0))) == ["type", "index", "leaf", "proof", "checkpoint"]
