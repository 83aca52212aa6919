from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import date

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.parties.listing.entry import ListedName, ListEntry
from xenotime.parties.listing.lines import digest
from xenotime.parties.listing.version import Edition
from xenotime.stores import shelf as module
from xenotime.stores.shelf import ListFile

DAY = date(2026, 11, 1)


def entries(*names):
    return tuple(ListEntry("inv", str(n), (ListedName(text),)) for n, text in enumerate(names))


def edition(kept, as_of=DAY, **fields):
    return Edition("inv", 0, digest(kept), len(kept), as_of, DAY, "inv.csv", "plain", "Invented", **fields)


def put(shelf, *names, base=None, as_of=DAY, **fields):
    kept = entries(*names)
    return shelf.put(edition(kept, as_of, **fields), kept, base)


@pytest.fixture
def shelf(tmp_path):
    """An empty file of lists, in a folder that is not there yet."""
    return ListFile(tmp_path / "home" / "lists.sqlite")


def test_nothing_is_made_by_looking(shelf):
    assert (shelf.editions(), shelf.history("inv"), shelf.compared("inv")) == ((), (), 0)
    assert shelf.prepared("x", "names-1") is None
    assert not shelf.path.exists()
    with pytest.raises(AddressError, match="there is no such list"):
        shelf.load("inv")


def test_what_is_put_comes_back(shelf):
    made = put(shelf, "Quillmoor", "虚构", authority="nobody", fresh_days=30)
    assert made.edition.number == 1
    assert shelf.load("inv") == made
    assert shelf.load("inv").entries == entries("Quillmoor", "虚构")
    assert shelf.editions() == (made.edition,)


def test_the_file_is_for_its_owner_only(shelf):
    put(shelf, "Quillmoor")
    assert (shelf.path.stat().st_mode & 0o777, shelf.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [p.name for p in shelf.path.parent.iterdir()] == ["lists.sqlite"]


def test_every_version_can_be_loaded_by_number_or_hash(shelf):
    first = put(shelf, "Quillmoor")
    second = put(shelf, "Quillmoor", "Brackwater", base=1)
    assert [e.number for e in shelf.history("inv")] == [1, 2]
    assert shelf.load("inv", "1") == first
    assert shelf.load("inv", first.edition.sha[:8].upper()) == first
    assert shelf.load("inv") == second
    for version in ("3", "ffffffff", first.edition.sha[:3]):
        with pytest.raises(AddressError, match="there is no such list version"):
            shelf.load("inv", version)


def test_the_same_content_is_kept_once_and_a_later_day_is_a_version(shelf):
    put(shelf, "Quillmoor", fresh_days=7)
    assert put(shelf, "Quillmoor", base=1, fresh_days=9).edition.number == 1
    assert shelf.editions()[0].fresh_days == 9
    assert put(shelf, "Quillmoor", base=1, as_of=date(2026, 11, 2)).edition.number == 2
    assert put(shelf, "Quillmoor", base=2, as_of=None).edition.number == 2
    with sqlite3.connect(shelf.path) as db:
        assert db.execute("SELECT count(*) FROM contents").fetchone() == (1,)
    db.close()


def test_a_removed_list_keeps_its_versions_and_can_come_back(shelf):
    put(shelf, "Quillmoor")
    shelf.mark_compared("inv", 1)
    shelf.hide("inv")
    assert (shelf.editions(), [e.number for e in shelf.editions(hidden=True)]) == ((), [1])
    assert (shelf.load("inv", "1").entries, shelf.compared("inv")) == (entries("Quillmoor"), 0)
    for gone in (shelf.load, shelf.hide):
        with pytest.raises(AddressError):
            gone("inv")
    assert put(shelf, "Brackwater").edition.number == 2
    assert [e.number for e in shelf.editions()] == [2]


@pytest.mark.parametrize("base", [None, 2])
def test_a_version_made_from_another_one_is_refused(shelf, base):
    first = put(shelf, "Quillmoor")
    with pytest.raises(InputError, match="another process changed this list meanwhile"):
        put(shelf, "Brackwater", base=base)
    assert shelf.load("inv") == first


def test_what_an_engine_prepared_is_kept_by_content(shelf):
    put(shelf, "Quillmoor")
    shelf.keep("a", "names-1", b"one")
    shelf.keep("a", "names-1", b"two")
    assert [shelf.prepared(*k) for k in (("a", "names-1"), ("a", "names-2"))] == [b"two", None]


def test_watched_parties_have_met_a_version_once_it_is_marked(shelf):
    put(shelf, "Quillmoor")
    assert shelf.compared("inv") == 0
    shelf.mark_compared("inv", 1)
    put(shelf, "Brackwater", base=1)
    assert shelf.compared("inv") == 1


def test_a_second_writer_waits_its_turn(shelf):
    put(shelf, "Quillmoor")
    holder = sqlite3.connect(shelf.path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.2, holder.execute, ["COMMIT"])
    timer.start()
    assert put(shelf, "Brackwater", base=1).edition.number == 2
    timer.join()
    holder.close()


def test_of_two_writers_at_once_one_is_refused(shelf):
    put(shelf, "Quillmoor")
    ready, ended = threading.Barrier(2), []

    def write(name):
        ready.wait()
        try:
            ended.append(put(shelf, name, base=1).edition.number)
        except InputError as error:
            ended.append(error.problem.what)

    writers = [threading.Thread(target=write, args=[name]) for name in ("Brackwater", "Fernhill")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(map(str, ended)) == ["2", "another process changed this list meanwhile"]
    assert [e.number for e in shelf.history("inv")] == [1, 2]


def test_a_writer_that_waits_too_long_is_told(shelf, monkeypatch):
    first = put(shelf, "Quillmoor")
    monkeypatch.setattr(module, "PATIENCE", 0)
    holder = sqlite3.connect(shelf.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(InputError, match="cannot be used now"):
        put(shelf, "Brackwater", base=1)
    holder.execute("ROLLBACK")
    holder.close()
    assert shelf.load("inv") == first


@pytest.mark.parametrize("number", range(2))
def test_another_file_is_never_taken_for_ours(shelf, number):
    shelf.path.parent.mkdir()
    if number:
        shelf.path.write_bytes(b"no database at all, and long enough to be one " * 40)
    else:
        with sqlite3.connect(shelf.path) as db:
            db.execute("CREATE TABLE theirs (x)")
        db.close()
    before = shelf.path.read_bytes()
    for use in (shelf.editions, lambda: put(shelf, "Quillmoor")):
        with pytest.raises(InputError, match="damaged, or not ours"):
            use()
    assert shelf.path.read_bytes() == before


def test_a_flipped_byte_is_noticed(shelf):
    put(shelf, "Quillmoor")
    with sqlite3.connect(shelf.path) as db:
        (body,) = db.execute("SELECT body FROM contents").fetchone()
        flipped = body[:9] + bytes([body[9] ^ 1]) + body[10:]
        db.execute("UPDATE contents SET body = ?", (flipped,))
    db.close()
    with pytest.raises(InputError, match="damaged, or not ours"):
        shelf.load("inv")


CHILD = """
import os, signal, sqlite3, sys
from datetime import date
from pathlib import Path
from xenotime.parties.listing.entry import ListedName, ListEntry
from xenotime.parties.listing.lines import digest
from xenotime.parties.listing.version import Edition
from xenotime.stores.shelf import ListFile

path, last = Path(sys.argv[1]), int(sys.argv[2])
seen = 0

def watch(statement):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

real = sqlite3.connect

def connect(*args, **more):
    db = real(*args, **more)
    db.set_trace_callback(watch)
    return db

sqlite3.connect = connect
kept = tuple(ListEntry("inv", str(n), (ListedName(f"New {n} " + "x" * 200),)) for n in range(3000))
base = int(sys.argv[3]) or None
ListFile(path).put(Edition("inv", 0, digest(kept), len(kept), date(2026, 11, 2)), kept, base)
"""


def killed_at(path, statement, base):
    """How a writer ended that is killed as it begins its n-th statement."""
    words = [sys.executable, "-c", CHILD, str(path), str(statement), str(base)]
    return subprocess.run(words, check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode


@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False], ids=["an update", "the first list"])
def test_a_writer_killed_anywhere_leaves_the_old_lists_whole(tmp_path, there):
    """Each statement in turn is the last one begun: then the file has the old list, or the new one whole."""
    first, last = ([1], [1, 2]) if there else ([], [1])
    seen = []
    for statement in range(1, 60):
        shelf = ListFile(tmp_path / str(statement) / "lists.sqlite")
        old = put(shelf, "Quillmoor", "Brackwater") if there else None
        ended = killed_at(shelf.path, statement, 1 if there else 0)
        versions = [e.number for e in shelf.history("inv")]
        if old:
            assert shelf.load("inv", "1") == old
        seen.append((ended, versions))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        if versions == first:
            assert put(shelf, "Later", base=1 if there else None).edition.number == 1 + there
    states = [versions for _, versions in seen]
    assert states == sorted(states, key=len)
    assert (states[0], states[-1], seen[-1][0]) == (first, last, 0)
    assert {tuple(s) for s in states} == {tuple(first), tuple(last)}
    assert len(seen) > 8


def test_a_file_of_a_newer_version_is_not_called_damaged(shelf):
    put(shelf, "Quillmoor")
    with sqlite3.connect(shelf.path) as db:
        db.execute("PRAGMA user_version = 9")
    db.close()
    with pytest.raises(InputError, match="written by a newer version"):
        shelf.editions()
