from __future__ import annotations

import gzip
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from hashlib import sha256

import pytest
from sqlalchemy import select
from tests.fixtures.postgres import administer
from tests.stores.database.things import AT, case, draw, event, fill

from xenotime.core.errors import InputError, OutageError, StateError
from xenotime.programme.casework.case import Case
from xenotime.services.programme.ports import Search
from xenotime.stores.database import migrate, open_store
from xenotime.stores.database.schema import metadata


def rows(store):
    """Every row of every table."""
    with store.engine.connect() as connection:
        return {
            name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for name, table in metadata.tables.items()
        }


@pytest.fixture
def target(request, tmp_path):
    """A second, migrated and empty store of a named kind."""
    opened = []

    def make(kind):
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / 'second.sqlite'}"
        else:
            server = request.getfixturevalue("postgres_server")
            name = f"second_{os.getpid()}_{len(opened)}_{tmp_path.name[-12:]}".lower().replace("-", "_")
            administer(server, f'DROP DATABASE IF EXISTS "{name}"')
            administer(server, f'CREATE DATABASE "{name}" TEMPLATE empty')
            request.addfinalizer(lambda: administer(server, f'DROP DATABASE "{name}" WITH (FORCE)'))
            url = server.replace("/postgres?", f"/{name}?")
        opened.append(open_store(url))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def saved(sqlite_store, tmp_path):
    """A backup of a store with a little of everything."""
    fill(sqlite_store)
    sqlite_store.backup(tmp_path / "saved.gz")
    return tmp_path / "saved.gz"


def rewritten(path, change):
    """A backup with other lines, packed as a backup is; its last line is as `change` leaves it."""
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join(change(lines))))
    return path


def resealed(lines):
    """The lines with a last line that fits them."""
    body = b"".join(lines[:-1])
    count = sum(line.startswith(b"[") for line in lines[:-1])
    return [body, json.dumps({"rows": count, "sha256": sha256(body).hexdigest()}).encode()]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_backup_of_either_restores_into_either_and_goes_on(store, target, kind, tmp_path):
    fill(store)
    store.backup(tmp_path / "b.gz")
    other = target(kind)
    other.restore(tmp_path / "b.gz")
    assert rows(other) == rows(store)
    assert (tuple(other.ready()), tuple(other.check())) == ((), ())
    with other.change() as change:
        assert change.number("certificate") == 2
        assert change.reserve("R2", [draw(70)], AT, AT.replace(year=2027), "b", "k3") == ()
        change.add(case(70))
        assert change.log(event("C70")).index == 7
    assert tuple(other.check()) == ()


def test_a_backup_is_its_owners_alone_and_takes_no_files_place(store, tmp_path):
    store.backup(tmp_path / "b.gz")
    assert stat.S_IMODE((tmp_path / "b.gz").stat().st_mode) == 0o600
    before = (tmp_path / "b.gz").read_bytes()
    with pytest.raises(InputError, match="cannot be used"):
        store.backup(tmp_path / "b.gz")
    with pytest.raises(InputError, match="cannot be used"):
        store.backup(tmp_path / "none" / "b.gz")
    assert (tmp_path / "b.gz").read_bytes() == before
    assert {path.name.split(".")[0] for path in tmp_path.iterdir()} <= {"b", "programme"}


def test_a_backup_where_the_disk_has_no_links(sqlite_store, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    fill(sqlite_store)
    sqlite_store.backup(tmp_path / "b.gz")
    sqlite_store.close()
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.restore(tmp_path / "b.gz")
    assert tuple(other.check()) == ()
    other.close()


def test_two_backups_of_the_same_rows_are_the_same_file(store, tmp_path):
    fill(store)
    for name in "ab":
        store.backup(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_backup_while_others_write_is_of_one_moment(store, target, tmp_path):
    stop = threading.Event()

    def write():
        for number in range(2000):
            if stop.is_set():
                return
            with store.change() as change:
                change.add(case(number))
                change.log(event(f"C{number}"))

    writer = threading.Thread(target=write)
    writer.start()
    for turn in range(3):
        store.backup(tmp_path / f"{turn}.gz")
    stop.set()
    writer.join()
    for turn in range(2):
        with gzip.open(tmp_path / f"{turn}.gz") as file:
            assert file.readline()
    other = target("sqlite")
    other.restore(tmp_path / "2.gz")
    with other.view() as view:
        size = view.head()[0]
        assert size == len(view.find(Case, Search(limit=1000)).items)
    assert tuple(other.check()) == ()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_only_an_empty_database_is_restored_into(saved, target, kind):
    other = target(kind)
    if kind == "sqlite":
        other.migrate()
    with other.change() as change:
        change.add(case(99))
    before = rows(other)
    with pytest.raises(StateError, match="not empty"):
        other.restore(saved)
    assert rows(other) == before


def test_a_restored_database_is_not_restored_into_again(saved, target):
    other = target("sqlite")
    other.restore(saved)
    with pytest.raises(StateError, match="not empty"):
        other.restore(saved)


def nothing_there(store):
    """Whether a store is as empty as before, and takes a restore."""
    store.migrate()
    found = rows(store)
    return all(not found[name] for name in found if name != "head") and tuple(store.check()) == ()


def test_a_file_cut_anywhere_is_refused(saved, target, tmp_path):
    whole, other = saved.read_bytes(), target("sqlite")
    for length in {0, 1, 9, 10, 200, len(whole) // 2, len(whole) - 9, len(whole) - 8, len(whole) - 1}:
        (tmp_path / "cut.gz").write_bytes(whole[:length])
        with pytest.raises(InputError, match="cannot be used as a backup"):
            other.restore(tmp_path / "cut.gz")
    assert nothing_there(other)


def test_a_flipped_byte_is_refused(saved, target, tmp_path):
    whole, other = saved.read_bytes(), target("sqlite")
    for place in range(10, len(whole), max(1, len(whole) // 40)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        (tmp_path / "flipped.gz").write_bytes(flipped)
        with pytest.raises(InputError):
            other.restore(tmp_path / "flipped.gz")
    assert nothing_there(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[:5] + lines[6:],
        lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]],
        lambda lines: [line.replace(b"Case 1", b"Case 7") for line in lines],
        lambda lines: [*lines, b"[]\n"],
        lambda _: [],
        lambda _: [b"hello"],
        lambda _: [b"{}\n", b"{}"],
        lambda _: [b"[" * 100_000],
    ],
)
def test_altered_lines_are_refused(saved, target, change):
    other = target("sqlite")
    with pytest.raises(InputError):
        other.restore(rewritten(saved, change))
    assert nothing_there(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [line.replace(b'"quota_cap"', b'"quota_cup"') for line in lines],
        lambda lines: [line.replace(b'"grams"', b'"grains"') for line in lines],
        lambda lines: [line.replace(b'["C1",', b"[") for line in lines],
        lambda lines: [line.replace(b'["C1",', b'["C2",') for line in lines],
        lambda lines: [line.replace(b'{"b":"', b'{"b":"!') for line in lines],
        lambda lines: [line.replace(b'"revision":"', b'"revision":"9') for line in lines],
        lambda lines: [line.replace(b"backup-1", b"backup-9") for line in lines],
        lambda lines: [line.replace(b'["C1",0', b'["C1","x"') for line in lines],
        lambda lines: lines[1:],
    ],
)
def test_a_sealed_file_that_fits_no_schema_is_refused(saved, target, change):
    other = target("postgres")
    with pytest.raises((InputError, StateError)):
        other.restore(rewritten(saved, lambda lines: resealed(change(lines))))
    assert nothing_there(other)


def test_a_sealed_file_whose_log_and_leaves_disagree_is_refused(saved, target):
    other = target("sqlite")
    harm = rewritten(saved, lambda lines: resealed([x.replace(b"Case 1", b"Case 7") for x in lines]))
    with pytest.raises(OutageError, match="disagrees with itself"):
        other.restore(harm)
    assert nothing_there(other)


def test_another_programs_database_is_left_alone(saved, tmp_path):
    import sqlite3  # noqa: PLC0415 - another program's way in

    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    store = open_store(f"sqlite:///{path}")
    for act in (store.migrate, lambda: store.restore(saved)):
        with pytest.raises(OutageError, match="another program"):
            act()
    store.close()


KILLED = """
import sys, time
from pathlib import Path
from xenotime.stores.database import backup, open_store

def hang(connection):
    print("restored, not yet kept", flush=True)
    time.sleep(60)

backup.required = hang
open_store(sys.argv[1]).restore(Path(sys.argv[2]))
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_restore_that_is_killed_leaves_the_database_empty(saved, target, kind):
    other = target(kind)
    url = other.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, url, saved],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "src"},
    ) as child:
        assert child.stdout.readline() == b"restored, not yet kept\n"
        child.send_signal(signal.SIGKILL)
    assert nothing_there(other)
    other.restore(saved)
    assert tuple(other.check()) == ()
    with other.engine.connect() as connection:
        assert migrate.standing(connection) == migrate.newest()
