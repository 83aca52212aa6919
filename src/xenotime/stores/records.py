"""The register of screenings in one SQLite file: each change is whole, readable by its owner only."""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import AddressError, InputError
from xenotime.parties.listing import lines
from xenotime.parties.listing.entry import ListEntry
from xenotime.services.screening.record import (
    Alert,
    Decision,
    Policy,
    Screening,
    Tombstone,
    Used,
    Watched,
    key,
    watched_of,
)
from xenotime.stores.schema import APPLICATION, TABLES, VERSION

#: How long a writer waits for another one [s].
_PATIENCE = 30
_PAGE = 1_000
_SHORTEST_ID, _LONGEST_ID = 4, 64
#: The word for the newest screening or decision, in the place of an id.
LAST = "last"


class RecordFile:
    """The register in a file; it is made, with mode 0600, when something is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: sqlite3.Connection | None = None

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Hold the register: what happens inside is one change, or none. Other writers wait."""
        with self._writing():
            yield

    def add(self, made: Screening) -> str:
        """Keep a screening and watch its parties; the same screening twice is one record."""
        body, number = canonical(made), made.id
        with self._writing() as db:
            put = db.execute(
                "INSERT OR IGNORE INTO screenings (id, known, body) VALUES (?, ?, ?)",
                (number, made.known.isoformat(), body),
            )
            if put.rowcount:
                names = {
                    k for a in made.answers for k in _keys(a.query.party, a.query.name, a.query.other_names)
                }
                db.executemany("INSERT INTO asked VALUES (?, ?)", [(k, put.lastrowid) for k in sorted(names)])
            for one in watched_of(made):
                _watch(db, one)
        return number

    def get(self, record: str) -> tuple[str, bytes]:
        """The full id and the bytes of a record. Raises AddressError if none, or several, begin so."""
        with self._reading() as db:
            found = _starting(db, "SELECT id, body FROM screenings", record)
        return _one(found, record, "screening", "run `xenotime records list`")

    def ids(self) -> Sequence[str]:
        """The ids of all screenings, oldest first."""
        with self._reading() as db:
            return [row[0] for row in db.execute("SELECT id FROM screenings ORDER BY seq")] if db else []

    def replace(self, record: str, made: Screening) -> None:
        """Put another content under an id, and forget by which names the old one was found."""
        with self._writing() as db:
            db.execute("UPDATE screenings SET body = ? WHERE id = ?", (canonical(made), record))
            seq = db.execute("SELECT seq FROM screenings WHERE id = ?", (record,)).fetchone()[0]
            db.execute("DELETE FROM asked WHERE seq = ?", (seq,))
            live = [a.query for a in made.answers if a.erased is None]
            names = {k for q in live for k in _keys(q.party, q.name, q.other_names)}
            db.executemany("INSERT INTO asked VALUES (?, ?)", [(k, seq) for k in sorted(names)])

    def holding(self, name: str) -> Sequence[str]:
        """The ids of the screenings that asked about this party, oldest first."""
        wanted = "SELECT id FROM screenings JOIN asked USING (seq) WHERE key = ? ORDER BY seq"
        with self._reading() as db:
            return [row[0] for row in db.execute(wanted, (key(name),))] if db else []

    def keep_listing(self, used: Used, entries: Sequence[ListEntry]) -> None:
        """Keep a copy of a list version, once."""
        have = "SELECT 1 FROM listings WHERE list_id = ? AND hash = ?"
        with self._reading() as db:
            if db and db.execute(have, (used.list_id, used.hash)).fetchone():
                return
        body = zlib.compress(lines.dump(entries).encode())
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO listings VALUES (?, ?, ?)", (used.list_id, used.hash, body))

    def listing(self, list_id: str, version: str) -> Sequence[ListEntry] | None:
        """The kept copy of a list version, if there is one."""
        wanted = "SELECT body FROM listings WHERE list_id = ? AND hash = ?"
        with self._reading() as db:
            row = db.execute(wanted, (list_id, version)).fetchone() if db else None
        return None if row is None else lines.load(zlib.decompress(row[0]).decode(), list_id)

    def decide(self, decision: Decision, instead: str = "") -> str:
        """Keep a decision, in the place of another when confirming it."""
        number = decision.id
        with self._writing() as db:
            if instead:
                db.execute("UPDATE decisions SET replaced = 1 WHERE id = ?", (instead,))
            db.execute(
                "INSERT OR IGNORE INTO decisions (id, until, replaced, body) VALUES (?, ?, 0, ?)",
                (number, decision.until.isoformat(), canonical(decision)),
            )
        return number

    def blank(self, number: str, decision: Decision) -> None:
        """Put another content under a decision's id."""
        with self._writing() as db:
            db.execute("UPDATE decisions SET body = ? WHERE id = ?", (canonical(decision), number))

    def decisions(self, *, replaced: bool = False) -> Sequence[tuple[str, Decision]]:
        """The decisions with their ids, in the order they were made; replaced ones only when asked for."""
        wanted = "SELECT id, body FROM decisions WHERE replaced <= ? ORDER BY seq"
        with self._reading() as db:
            rows = db.execute(wanted, (int(replaced),)).fetchall() if db else []
        return [(number, restored(Decision, body)) for number, body in rows]

    def decision(self, number: str) -> tuple[str, Decision]:
        """One decision with its full id, also a replaced one. Raises AddressError if there is none."""
        with self._reading() as db:
            found = _starting(db, "SELECT id, body FROM decisions", number)
        full, body = _one(found, number, "decision", "run `xenotime records decisions`")
        return full, restored(Decision, body)

    def watched(self) -> Iterator[Watched]:
        """The parties that are watched, each as it was last asked about; read page by page."""
        after, wanted = 0, "SELECT seq, body FROM watched WHERE seq > ? ORDER BY seq LIMIT ?"
        while True:
            with self._reading() as db:
                rows = db.execute(wanted, (after, _PAGE)).fetchall() if db else []
            yield from (restored(Watched, body) for _, body in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1][0]

    def alert(self, alerts: Sequence[Alert]) -> None:
        """Keep alerts; the same alert twice is one."""
        rows = [(digest(a), key(a.party), key(a.name), a.known.isoformat(), canonical(a)) for a in alerts]
        with self._writing() as db:
            db.executemany(
                "INSERT OR IGNORE INTO alerts (hash, party, name, known, body, after)"
                " VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM screenings))",
                rows,
            )

    def alerts(self, *, answered: bool = True) -> Sequence[Alert]:
        """The alerts, oldest first; without `answered` only those whose party was not screened since."""
        wanted = (
            "SELECT body FROM alerts WHERE ? OR NOT EXISTS"
            " (SELECT 1 FROM asked WHERE key = party AND asked.seq > after) ORDER BY seq"
        )
        with self._reading() as db:
            rows = db.execute(wanted, (answered,)).fetchall() if db else []
        return [restored(Alert, body) for (body,) in rows]

    def forget(self, names: Sequence[str], tombstone: Tombstone) -> None:
        """Stop watching who has any of these ids or names, and drop the alerts; only the tombstone stays."""
        with self._writing() as db:
            for name in map(key, names):
                gone = [r[0] for r in db.execute("SELECT watched FROM called WHERE key = ?", (name,))]
                for seq in gone:
                    db.execute("DELETE FROM called WHERE watched = ?", (seq,))
                    db.execute("DELETE FROM watched WHERE seq = ?", (seq,))
                db.execute("DELETE FROM alerts WHERE party = ? OR name = ?", (name, name))
            db.execute("INSERT INTO tombstones (body) VALUES (?)", (canonical(tombstone),))

    def mark(self, name: str) -> str:
        """The mark that stands for an erased party: keyed by this register's own secret."""
        with self._reading() as db:
            secret = _meta(db, "secret") if db else ""
        return hmac.new(bytes.fromhex(secret), key(name).encode(), "sha256").hexdigest()

    def tombstones(self) -> Sequence[Tombstone]:
        """What is left of erased parties, oldest first."""
        with self._reading() as db:
            rows = db.execute("SELECT body FROM tombstones ORDER BY seq").fetchall() if db else []
        return [restored(Tombstone, body) for (body,) in rows]

    def purge(self, before: date, *, dry: bool, watched: bool) -> Mapping[str, int]:
        """Remove screenings and alerts older than a day, and decisions ended before it.

        With `watched` the parties last screened before it go too; list versions that no screening names any
        more always do. With `dry` they are only counted.
        """
        day = before.isoformat()
        asked = {
            "screenings": "FROM screenings WHERE known < ?",
            **({"watched parties": "FROM watched WHERE known < ?"} if watched else {}),
            "alerts": "FROM alerts WHERE known < ?",
            "decisions that ended": "FROM decisions WHERE until < ?",
        }
        with self._reading() as db:
            if db is None:
                return dict.fromkeys(asked, 0)
            if dry:
                return {k: db.execute(f"SELECT count(*) {q}", (day,)).fetchone()[0] for k, q in asked.items()}
        with self._writing() as db:
            counts = {k: db.execute(f"DELETE {q}", (day,)).rowcount for k, q in asked.items()}
            db.execute("DELETE FROM asked WHERE seq NOT IN (SELECT seq FROM screenings)")
            db.execute("DELETE FROM called WHERE watched NOT IN (SELECT seq FROM watched)")
            _drop_listings(db)
        return counts

    def met(self, list_id: str) -> str:
        """The hash of the list version that watched parties met last; "" if they met none."""
        with self._reading() as db:
            return _meta(db, f"met {list_id}") if db else ""

    def meet(self, list_id: str, version: str) -> None:
        """Say that watched parties have met a list version."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"met {list_id}", version))

    def policy(self) -> Policy:
        """The house's own rules; the defaults if none were set."""
        with self._reading() as db:
            text = _meta(db, "policy") if db else ""
        return restored(Policy, text) if text else Policy()

    def set_policy(self, policy: Policy) -> None:
        """Change the house's own rules."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('policy', ?)", (canonical(policy).decode(),))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction that no other writer shares; joined if one is held."""
        if self._held is not None:
            yield self._held
            return
        with _connected(self.path) as db:
            db.execute("BEGIN IMMEDIATE")
            self._held = db
            try:
                _prepare(db, self.path)
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            finally:
                self._held = None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection to read; None as long as there is no register."""
        if self._held is not None:
            yield self._held
        elif not self.path.exists() or not self.path.stat().st_size:
            yield None
        else:
            with _connected(self.path) as db:
                yield db if _is_made(db, self.path) else None


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):  # never reopened: closing it again would drop SQLite's locks
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            db.execute("PRAGMA secure_delete = ON")
            yield db
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        raise _refused(path, error) from error


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file, or see that these are ours."""
    if _is_made(db, path):
        return
    for table in TABLES:
        db.execute(table)
    db.execute("INSERT INTO meta VALUES ('secret', ?)", (secrets.token_hex(32),))
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _is_made(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the tables are there; not after a first change that never came to its end."""
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return False
    _known(db, path)
    return True


def _known(db: sqlite3.Connection, path: Path) -> None:
    ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if ours and version == VERSION:
        return
    raise InputError(
        "this register was written by a newer version" if ours else "this file is no register of screenings",
        where=str(path),
        expected=f"a register of version {VERSION}",
        found=f"version {version}" if ours else "another program's database",
        next_step="use the version of xenotime that wrote it" if ours else "move the file away",
    )


def _watch(db: sqlite3.Connection, one: Watched) -> None:
    party = key(one.query.party)
    db.execute(
        "INSERT INTO watched (facts, party, known, body) VALUES (?, ?, ?, ?) ON CONFLICT (party, facts)"
        " DO UPDATE SET known = excluded.known, body = excluded.body WHERE excluded.known >= known",
        (one.facts, party, one.known.isoformat(), canonical(one)),
    )
    wanted = "SELECT seq FROM watched WHERE party = ? AND facts = ?"
    seq = db.execute(wanted, (party, one.facts)).fetchone()[0]
    names = sorted(_keys(one.query.party, one.query.name, one.query.other_names))
    db.executemany("INSERT OR IGNORE INTO called VALUES (?, ?)", [(k, seq) for k in names])


def _drop_listings(db: sqlite3.Connection) -> None:
    """Drop the copies of list versions that no screening names."""
    named = {
        (e.list_id, e.hash)
        for (body,) in db.execute("SELECT body FROM screenings")
        for e in restored(Screening, body).lists
    }
    named |= {
        (name.removeprefix("met "), version)
        for name, version in db.execute("SELECT name, value FROM meta WHERE name LIKE 'met %'")
    }
    for list_id, version in db.execute("SELECT list_id, hash FROM listings").fetchall():
        if (list_id, version) not in named:
            db.execute("DELETE FROM listings WHERE list_id = ? AND hash = ?", (list_id, version))


def _keys(party: str, name: str, others: Sequence[str]) -> set[str]:
    return {key(text) for text in (party, name, *others)}


def _meta(db: sqlite3.Connection, name: str) -> str:
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _starting(db: sqlite3.Connection | None, rows: str, start: str) -> list[tuple[str, bytes]]:
    """The rows whose id begins so, at most three; the newest for the word `last`."""
    if db and start == LAST:
        return db.execute(f"{rows} ORDER BY seq DESC LIMIT 1").fetchall()
    usable = _SHORTEST_ID <= len(start) <= _LONGEST_ID and start.isalnum() and start.isascii()
    wanted = f"{rows} WHERE id LIKE ? LIMIT 3"
    return db.execute(wanted, (f"{start.lower()}%",)).fetchall() if db and usable else []


def _one(found: list[tuple[str, bytes]], start: str, kind: str, step: str) -> tuple[str, bytes]:
    if len(found) == 1:
        return found[0]
    raise AddressError(
        f"there is no such {kind}" if not found else f"several {kind}s begin so",
        where="the register",
        expected=f"the id of a {kind}, at least its first {_SHORTEST_ID} characters, or `{LAST}`",
        found=start or "nothing",
        next_step=step,
    )


def _refused(path: Path, error: sqlite3.DatabaseError) -> InputError:
    busy = "locked" in str(error) or "busy" in str(error)
    return InputError(
        "another process is writing to this register" if busy else "this register cannot be used",
        where=str(path),
        expected=f"a free register within {_PATIENCE} seconds"
        if busy
        else "a whole register, with room left",
        found=str(error),
        next_step="try again" if busy else "restore it from a backup, or move it away",
    )
