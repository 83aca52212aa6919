"""The register file: whole changes, several writers, its owner's only, and never another program's."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import date

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.services.screening.record import Policy
from xenotime.stores import records
from xenotime.stores.records import RecordFile

WRITER = """
import sys
from datetime import date
from pathlib import Path
from xenotime.services.screening.asking import from_names
from xenotime.services.screening.record import Answer, Screening, Settings
from xenotime.stores.records import RecordFile

register = RecordFile(Path(sys.argv[1]))
settings = Settings(80, 50, "words", "")
for number in range(int(sys.argv[3])):
    names = [f"Party {sys.argv[2]} {number} {n}" for n in range(int(sys.argv[4]))]
    answers = tuple(Answer(q.query, q.query.name, "no hit") for q in from_names(names))
    print(register.add(Screening(date(2026, 6, 1), date(2026, 6, 1), "", (), settings, answers)), flush=True)
"""

#: Writes far more than SQLite's cache holds, so that the file itself is changed, and never commits.
HALF = """
import sys
from pathlib import Path
from xenotime.services.screening.record import Tombstone
from xenotime.stores.records import RecordFile
from datetime import date

register = RecordFile(Path(sys.argv[1]))
with register.whole():
    for number in range(4_000):
        register.forget([f"Party {number}"], Tombstone("m", date(2026, 6, 1), "x" * 4_000))
    print("written", flush=True)
    sys.stdin.read()
"""


def writer(path, name, rounds, parties):
    command = [sys.executable, "-c", WRITER, str(path), name, str(rounds), str(parties)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def whole(path):
    """Whether SQLite finds no fault in the file, and each record's parties are all watched."""
    db = sqlite3.connect(path)
    try:
        return db.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        db.close()


def test_nothing_is_made_by_looking(tmp_path):
    register = RecordFile(tmp_path / "home" / "records.db")
    looked = [
        register.ids(),
        list(register.watched()),
        register.alerts(),
        register.decisions(),
        register.policy(),
    ]
    assert looked == [[], [], [], [], Policy()]
    assert list(tmp_path.iterdir()) == []


def test_what_is_added_is_found_by_the_beginning_of_its_id(office):
    made = office.screen("Alder Mills")
    assert office.records.get(made.id[:6])[0] == made.id
    for wrong in ("", made.id[:3], "%", "zzzz", "____"):
        with pytest.raises(AddressError, match="there is no such screening"):
            office.records.get(wrong)


def test_the_same_screening_twice_is_one_record(office):
    office.screen("Alder Mills")
    office.screen("Alder Mills")
    assert len(office.records.ids()) == len(list(office.records.watched())) == 1


def test_a_later_screening_says_what_is_watched(office):
    first = office.screen("Fernhill Paints")
    later = office.screen("Fernhill Paints", day=date(2026, 7, 1))
    office.screen("Fernhill Paints", day=date(2026, 5, 1))
    assert [(w.record, w.known) for w in office.records.watched()] == [(later.id, date(2026, 7, 1))]
    assert office.records.holding("fernhill  PAINTS")[0] == first.id


def test_watched_parties_are_read_page_by_page(office, monkeypatch):
    monkeypatch.setattr(records, "_PAGE", 2)
    names = [f"Party {n}" for n in range(5)]
    office.screen(*names)
    assert [w.query.name for w in office.records.watched()] == names


def test_only_its_owner_may_read_it(office):
    office.screen("Alder Mills")
    assert stat.S_IMODE(office.records.path.stat().st_mode) == 0o600


def failing(register):
    with register.whole():
        register.set_policy(Policy(four_eyes=True))
        raise KeyError


def test_a_failure_inside_leaves_nothing_of_the_change(office):
    office.screen("Alder Mills")
    with pytest.raises(KeyError):
        failing(office.records)
    assert office.records.policy() == Policy()
    office.records.set_policy(Policy(retention=30))
    assert office.records.policy() == Policy(retention=30)


def test_a_newer_register_is_refused_and_left_alone(office):
    office.screen("Alder Mills")
    db = sqlite3.connect(office.records.path)
    db.execute("PRAGMA user_version = 2")
    db.close()
    before = office.records.path.read_bytes()
    for act in (office.records.ids, lambda: office.records.set_policy(Policy(retention=1))):
        with pytest.raises(InputError, match="written by a newer version"):
            act()
    assert office.records.path.read_bytes() == before


def test_another_programs_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "records.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (a)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="no register of screenings"):
        RecordFile(path).set_policy(Policy(retention=1))
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"no database at all, only text" * 100, b"SQLite format 3\0" + b"\1" * 500])
def test_a_broken_file_is_refused(tmp_path, data):
    path = tmp_path / "records.db"
    path.write_bytes(data)
    with pytest.raises(InputError, match="this register cannot be used"):
        RecordFile(path).ids()


def test_a_register_held_for_too_long_says_so(office, monkeypatch):
    monkeypatch.setattr(records, "_PATIENCE", 0)
    office.screen("Alder Mills")
    with (
        office.records.whole(),
        pytest.raises(InputError, match="another process is writing to this register"),
    ):
        RecordFile(office.records.path).set_policy(Policy(retention=1))


def test_two_writers_at_once_both_write_everything(tmp_path):
    path = tmp_path / "records.db"
    both = [writer(path, name, 15, 5) for name in ("a", "b")]
    said = [line for one in both for line in one.communicate()[0].split()]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(RecordFile(path).ids()) == sorted(said)
    assert (len(said), len(list(RecordFile(path).watched())), whole(path)) == (30, 150, "ok")


def test_a_writer_killed_in_the_middle_leaves_whole_records(tmp_path):
    path = tmp_path / "records.db"
    with writer(path, "a", 10_000, 400) as child:
        said = [child.stdout.readline().strip() for _ in range(3)]
        time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
    register = RecordFile(path)
    assert list(register.ids()[:3]) == said
    assert len(list(register.watched())) == 400 * len(register.ids())
    register.set_policy(Policy(retention=5))
    assert whole(path) == "ok"


def test_a_writer_killed_inside_a_change_leaves_the_register_as_it_was(office):
    made = office.screen("Alder Mills")
    command = [sys.executable, "-c", HALF, str(office.records.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "written\n"
        assert office.records.path.with_name("records.db-journal").exists()
        child.kill()
    assert list(office.records.ids()) == [made.id]
    assert office.records.tombstones() == []
    assert whole(office.records.path) == "ok"


def test_a_writer_killed_in_its_first_change_leaves_an_empty_register(tmp_path):
    path = tmp_path / "records.db"
    command = [sys.executable, "-c", HALF, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "written\n"
        child.kill()
    register = RecordFile(path)
    assert register.ids() == []
    register.set_policy(Policy(retention=5))
    assert register.policy() == Policy(retention=5)
