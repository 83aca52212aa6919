from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.stores.database.things import AT, case, draw, event, fill

from xenotime.core.errors import AddressError, BusyError, InputError, OutageError, StateError
from xenotime.programme.casework.case import Case
from xenotime.seal import merkle
from xenotime.services.programme.ports import Search
from xenotime.stores.database import open_store
from xenotime.stores.database import store as database


class MistakeError(Exception):
    """What a test raises inside a change."""


def seen(store):
    """What the store holds, from outside."""
    with store.view() as view:
        cases = tuple(c.id for c in view.find(Case, Search()).items)
        return cases, view.head(), view.caps(), view.entries()


def test_an_empty_store_has_an_empty_log_and_is_ready(store):
    with store.view() as view:
        assert view.head() == (0, merkle.root((), 0).hex())
    assert (tuple(store.ready()), tuple(store.check())) == ((), ())


def test_everything_of_a_change_is_kept(store):
    fill(store)
    cases, head, caps, entries = seen(store)
    assert cases == ("C0", "C1", "C2", "C3", "C4", "C5")
    assert (head[0], caps[0].used, caps[0].held) == (7, 30, 0)
    assert [e.kind for e in entries] == ["bound", "reserve", "commit"]
    assert (tuple(store.ready()), tuple(store.check())) == ((), ())


@pytest.mark.parametrize("stop", range(5))
def test_a_change_that_raises_leaves_nothing(store, stop):
    fill(store)
    before = seen(store)
    steps = (
        lambda c: c.add(case(7)),
        lambda c: c.put(c.hold(Case, "C1")),
        lambda c: c.reserve("R2", [draw(5)], AT, AT.replace(year=2027), "b", "k9"),
        lambda c: c.log(event("C7")),
    )

    def half(change):
        for step in steps[:stop]:
            step(change)
        raise MistakeError

    with pytest.raises(MistakeError):
        store.run(half)
    assert seen(store) == before
    assert tuple(store.check()) == ()


def test_a_failed_statement_caught_inside_a_change_never_ends_as_kept(postgres_store):
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - only this test swallows what it must not

    def swallow(change):
        change.add(case(1))
        try:
            change.connection.execute(text("SELECT 1/0"))
        except SQLAlchemyError:
            return "all is well"

    with pytest.raises(BusyError):
        postgres_store.run(swallow, tries=1)
    assert seen(postgres_store)[0] == ()


def test_a_change_in_a_change_is_a_mistake_of_the_program(store):
    with store.change(), pytest.raises(RuntimeError, match="open in this thread"), store.change():
        pass
    with store.change() as change:
        change.add(case(1))
    assert seen(store)[0] == ("C1",)


def test_a_view_sees_one_moment(store):
    with store.view() as view:
        assert view.find(Case, Search()).items == ()
        fill(store)
        assert view.find(Case, Search()).items == ()
        assert view.head()[0] == 0


def test_a_view_cannot_write(postgres_store):
    with pytest.raises(OutageError, match="only be read"), postgres_store.view() as view:
        view.connection.execute(text("DELETE FROM head"))
    with postgres_store.view() as view:
        assert view.head()[0] == 0
        assert not hasattr(view, "add")


def test_writers_wait_for_each_other_and_all_are_kept(store):
    failures = []

    def work(first):
        for number in range(first, first + 5):
            try:
                store.run(lambda c, n=number: (c.add(case(n)), c.log(event(f"C{n}"))))
            except Exception as error:  # noqa: BLE001 - a thread tells what it met
                failures.append(error)

    threads = [threading.Thread(target=work, args=(n * 10,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    cases, head, _, _ = seen(store)
    assert (len(cases), head[0], tuple(store.check())) == (30, 30, ())


def test_two_that_hold_each_others_things_are_both_done_by_run(postgres_store):
    """PostgreSQL stops one of two that wait for each other; `run` tries that one again."""
    fill(postgres_store)
    both = threading.Barrier(2, timeout=20)
    turns = []

    def cross(one, two):
        def act(change):
            turns.append(one)
            change.put(change.hold(Case, one))
            if turns.count(one) == 1:
                both.wait()
            change.put(change.hold(Case, two))

        postgres_store.run(act)

    threads = [threading.Thread(target=cross, args=pair) for pair in (("C1", "C2"), ("C2", "C1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with postgres_store.view() as view:
        assert [view.get(Case, name).version for name in ("C1", "C2")] == [2, 2]
    assert len(turns) == 3


def test_a_thread_that_waited_too_long_for_its_turn_may_try_again(sqlite_store, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 20)
    met = []

    def late():
        try:
            sqlite_store.run(lambda c: c.add(case(2)), tries=1)
        except BusyError as error:
            met.append(error)

    with sqlite_store.change() as change:
        change.add(case(1))
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
    assert len(met) == 1
    sqlite_store.run(lambda c: c.add(case(2)))
    assert seen(sqlite_store)[0] == ("C1", "C2")


def test_run_gives_up_with_the_last_refusal(store):
    tried = []

    def never(change):
        tried.append(change)
        raise BusyError("busy")

    with pytest.raises(BusyError):
        store.run(never, tries=3)
    assert len(tried) == 3


def test_run_tries_nothing_again_but_a_meeting(store):
    tried = []

    def wrong(change):
        tried.append(change)
        raise StateError("wrong state")

    with pytest.raises(StateError):
        store.run(wrong)
    assert len(tried) == 1


def test_a_new_sqlite_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "new.sqlite"
    store = open_store(f"sqlite:///{path}")
    store.migrate()
    with store.change() as change:
        change.add(case(1))
        rights = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert rights == {"new.sqlite": 0o600, "new.sqlite-wal": 0o600, "new.sqlite-shm": 0o600}
    store.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense", "sqlite:///file:x"]
)
def test_other_addresses_are_refused(url):
    with pytest.raises(InputError, match="database address"):
        open_store(url)


def test_a_password_is_never_told():
    store = open_store("postgresql://someone:secretword@127.0.0.1:1/none")
    with pytest.raises(OutageError) as raised, store.view():
        pass
    assert "secretword" not in str(raised.value)
    assert "reached" in "".join(store.ready())
    store.close()


def test_a_database_without_schema_is_not_ready(tmp_path):
    (tmp_path / "new.sqlite").touch()
    store = open_store(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert "migrate" in "".join(store.ready())
    with pytest.raises(OutageError, match="not as this release expects"), store.view() as view:
        view.get(Case, "C1")
    with pytest.raises(StateError, match="nothing to back up"):
        store.backup(tmp_path / "b.gz")
    store.close()


def test_a_mistyped_name_makes_no_database(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'mistyped.sqlite'}")
    assert "no database" in "".join(store.ready())
    for look in (store.view, store.change):
        with pytest.raises(OutageError, match="there is no database"), look():
            pass
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_a_folder_that_is_not_there_is_told(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}")
    with pytest.raises(OutageError, match="there is no database"):
        store.migrate()
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "text.sqlite"
    path.write_bytes(b"this is a letter, and no database" * 100)
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(OutageError, match="damaged"):
        store.migrate()
    assert Path(path).read_bytes().startswith(b"this is a letter")
    store.close()


def test_a_torn_head_is_not_ready(store):
    fill(store)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE head SET size = size - 1"))
    assert "head" in "".join(store.ready())
    assert tuple(store.check()) != ()


def test_what_is_not_there_has_no_name(store):
    for kind_of_name in ("nothing", "", "a\x00b", "\ud800", "x" * 10_000):
        with pytest.raises(AddressError), store.view() as view:
            view.get(Case, kind_of_name)
