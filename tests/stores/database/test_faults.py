from __future__ import annotations

import shutil
import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tests.fixtures.postgres import administer
from tests.stores.database.things import case, fill

from xenotime.core.errors import BusyError, InputError, OutageError, StateError
from xenotime.programme.casework.case import Case
from xenotime.services.programme.ports import Search
from xenotime.stores.database import engine, open_store
from xenotime.stores.database.faults import faults, told

SECRET = "SELECT secret FROM accounts"  # noqa: S105 - what no message may show


def from_postgres(state):
    return DBAPIError(SECRET, {"password": "hunter2"}, psycopg.errors.lookup(state)("hunter2"))


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("40001", BusyError, "undone whole"),
        ("40P01", BusyError, "undone whole"),
        ("55P03", BusyError, "undone whole"),
        ("25P03", BusyError, "undone whole"),
        ("53300", BusyError, "undone whole"),
        ("23505", StateError, "exists already"),
        ("53100", OutageError, "disk"),
        ("25006", OutageError, "only be read"),
        ("42501", OutageError, "only be read"),
        ("XX001", OutageError, "damaged"),
        ("57P01", OutageError, "cannot be reached"),
        ("08006", OutageError, "cannot be reached"),
        ("28P01", OutageError, "cannot be reached"),
        ("3D000", OutageError, "cannot be reached"),
        ("42P01", OutageError, "not as this release expects"),
        ("42601", OutageError, "not as this release expects"),
        ("22001", InputError, "does not fit"),
    ],
)
def test_every_refusal_is_told_without_a_statement_or_value(state, kind, words):
    said = told(from_postgres(state), "postgresql://host/name")
    assert type(said) is kind
    assert words in str(said)
    assert state in said.problem.found
    assert all((said.problem.what, said.problem.where, said.problem.expected, said.problem.next_step))
    assert not any(word in str(said) for word in ("SELECT", "secret", "hunter2"))


def test_a_lost_connection_has_no_code():
    lost = OperationalError(SECRET, {}, psycopg.OperationalError("server closed the connection"))
    assert "cannot be reached" in str(told(lost, "x"))


def test_no_free_connection_is_a_meeting():
    assert type(told(PoolTimeout("QueuePool limit"), "x")) is BusyError


def test_other_errors_pass(store):
    with pytest.raises(ZeroDivisionError), faults("x"):
        raise ZeroDivisionError
    with pytest.raises(KeyError), store.change():
        raise KeyError


def test_a_writer_that_waited_too_long_may_try_again(sqlite_url, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 50)
    store = open_store(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="undone whole"):
        store.run(lambda c: c.add(case(1)), tries=2)
    with store.view() as view:
        assert view.find(Case, Search()).items == ()
    other.close()
    store.run(lambda c: c.add(case(1)))
    store.close()


def test_a_full_disk_keeps_nothing(sqlite_store):
    fill(sqlite_store)
    with sqlite_store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        connection.commit()
    with pytest.raises(OutageError, match="disk under the database is full"):
        sqlite_store.run(lambda c: (c.add(case(90)), c.keep_blob(b"x" * 100_000)))
    with sqlite_store.view() as view:
        assert "C90" not in [c.id for c in view.find(Case, Search()).items]
    assert tuple(sqlite_store.check()) == ()


def test_a_database_that_may_only_be_read_says_so(store, store_url, postgres_server):
    fill(store)
    if store_url.startswith("sqlite"):
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = 1")
            connection.commit()
    else:
        store.close()
        name = store.engine.url.database
        administer(postgres_server, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(OutageError, match="only be read"), store.change() as change:
        change.add(case(90))
    with store.view() as view:
        assert view.get(Case, "C1").id == "C1"


def test_a_damaged_file_is_told_and_no_half_is_read(sqlite_store, tmp_path):
    fill(sqlite_store, 200)
    sqlite_store.close()
    path = tmp_path / "damaged.sqlite"
    shutil.copy(sqlite_store.engine.url.database, path)
    whole = bytearray(path.read_bytes())
    for place in range(8192, len(whole), 4096):
        whole[place : place + 64] = b"\xff" * 64
    path.write_bytes(whole)
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(OutageError), store.view() as view:
        view.find(Case, Search(order="-opened", limit=1000))
    store.close()


def test_a_connection_that_breaks_in_a_change_keeps_nothing(postgres_store, postgres_server):
    def cut(change):
        change.add(case(1))
        backend = change.connection.execute(text("SELECT pg_backend_pid()")).scalar()
        administer(postgres_server, f"SELECT pg_terminate_backend({backend})")
        change.add(case(2))

    with pytest.raises(OutageError, match="cannot be reached"):
        postgres_store.run(cut)
    with postgres_store.view() as view:
        assert view.find(Case, Search()).items == ()


def test_a_name_that_no_server_knows_is_told(postgres_server):
    store = open_store(postgres_server.replace("/postgres?", "/nothing?"))
    with pytest.raises(OutageError, match="cannot be reached"), store.view():
        pass
    store.close()
