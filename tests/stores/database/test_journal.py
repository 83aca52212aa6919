from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from tests.stores.database.things import case, event, fill

from xenotime.core.errors import AddressError
from xenotime.programme.casework.case import Case
from xenotime.seal import merkle
from xenotime.seal.event import decode
from xenotime.services.programme.ports import Search

NAMES = count()


def rebuilt(store):
    """Size and root from the leaves alone."""
    with store.view() as view:
        leaves = [merkle.leaf_hash(data) for _, data in view.events()]
        return len(leaves), merkle.root(merkle.grown(leaves), len(leaves)).hex()


def test_a_receipt_says_where_the_event_lies(store):
    with store.change() as change:
        receipts = [change.log(event(f"C{n}")) for n in range(5)]
    with store.view() as view:
        assert [r.index for r in receipts] == [0, 1, 2, 3, 4]
        assert (receipts[-1].size, receipts[-1].root) == view.head() == rebuilt(store)
        assert [view.node(0, r.index).hex() for r in receipts] == [r.leaf for r in receipts]
        proof = merkle.inclusion(3, 5, view.node)
        leaf, top = bytes.fromhex(receipts[3].leaf), bytes.fromhex(receipts[4].root)
        assert merkle.verify_inclusion(leaf, 3, 5, proof, top)


def test_leaves_are_the_bytes_that_were_hashed(store):
    with store.change() as change:
        change.log(event("C1", "case.opened", name="北方", count=3))
    with store.view() as view:
        ((place, data),) = view.events()
    assert decode(data) == (place, event("C1", "case.opened", name="北方", count=3))


def test_events_are_read_from_a_place_by_subject_and_in_parts(store):
    with store.change() as change:
        for n in range(9):
            change.log(event(f"C{n % 3}"))
    with store.view() as view:
        assert [i for i, _ in view.events(start=4, limit=3)] == [4, 5, 6]
        assert [i for i, _ in view.events(subject="C1")] == [1, 4, 7]
        assert [i for i, _ in view.events(start=2, subject="C1", limit=1)] == [4]
        assert view.events(start=9) == view.events(limit=0) == ()
        with pytest.raises(AddressError):
            view.node(2, 2)


@given(steps=st.lists(st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 3)), max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_random_changes_and_failures_the_head_is_the_rebuild(sqlite_store, steps):
    store = sqlite_store
    with store.view() as view:
        size, cases = view.head()[0], len(view.find(Case, Search(limit=1000)).items)
    for name, fails, logged in steps:
        try:
            with store.change() as change:
                change.add(case(name, id=f"C{next(NAMES)}"))
                for _ in range(logged):
                    change.log(event(f"C{name}"))
                kept = not fails or 1 // 0
        except ZeroDivisionError:
            kept = False
        size, cases = size + kept * logged, cases + kept
    with store.view() as view:
        assert view.head() == rebuilt(store)
        assert view.head()[0] == size
        assert len(view.find(Case, Search(limit=1000)).items) == min(cases, 1000)
    assert tuple(store.check()) == ()


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM leaves WHERE place = 2",
        "DELETE FROM leaves WHERE place = 6",
        "UPDATE leaves SET body = (SELECT body FROM leaves WHERE place = 0) WHERE place = 3",
        "UPDATE nodes SET hash = (SELECT root FROM head) WHERE level = 1 AND place = 1",
        "DELETE FROM nodes WHERE level = 2",
        "INSERT INTO nodes (level, place, hash) SELECT 3, 0, hash FROM nodes WHERE level = 2 AND place = 0",
        "UPDATE head SET root = (SELECT hash FROM nodes WHERE level = 0 AND place = 0)",
        "UPDATE head SET size = 8",
        "UPDATE cases SET state = 'granted' WHERE id = 'C1'",
        "UPDATE cases SET thing = '{}' WHERE id = 'C1'",
        "DELETE FROM terms WHERE id = 'C1' AND value = 'case'",
        "UPDATE quota_cap SET used = used + 1",
        "UPDATE quota_entry SET grams = grams + 1 WHERE kind = 'commit'",
        "UPDATE blobs SET body = (SELECT body FROM leaves WHERE place = 0)",
    ],
)
def test_harm_is_found_by_the_check(store, harm):
    fill(store)
    assert tuple(store.check()) == ()
    with store.engine.begin() as connection:
        assert connection.execute(text(harm)).rowcount > 0
    assert tuple(store.check()) != ()
