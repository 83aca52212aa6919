"""The user's party lists in one SQLite file: every version kept, each change whole or none."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from xenotime.core.errors import AddressError, InputError
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.lines import dump, load
from xenotime.parties.listing.version import Edition, ListVersion

#: "XENL" as a number, so that another program's database is never taken for ours.
APPLICATION = 0x58454E4C
VERSION = 1
#: How long a writer waits for another one [s].
PATIENCE = 30
_SHORTEST = 4
_TABLES = (
    """CREATE TABLE lists (
        list_id TEXT PRIMARY KEY, hidden INTEGER NOT NULL, fresh_days INTEGER NOT NULL,
        compared INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE contents (
        sha TEXT PRIMARY KEY, sum TEXT NOT NULL, count INTEGER NOT NULL, body BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE versions (
        list_id TEXT NOT NULL, number INTEGER NOT NULL, sha TEXT NOT NULL, as_of TEXT, added TEXT,
        file TEXT NOT NULL, format TEXT NOT NULL, title TEXT NOT NULL, authority TEXT NOT NULL,
        PRIMARY KEY (list_id, number)
    ) STRICT""",
    """CREATE TABLE prepared (
        sha TEXT NOT NULL, engine TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (sha, engine)
    ) STRICT""",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
_EDITION = (
    "SELECT v.list_id, v.number, v.sha, c.count, v.as_of, v.added, v.file, v.format, v.title, v.authority,"
    " l.fresh_days, l.hidden FROM versions v JOIN contents c USING (sha) JOIN lists l USING (list_id)"
)


class ListFile:
    """The lists in a file; it is made, readable by its owner only, when a list is first put."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def editions(self, *, hidden: bool = False) -> tuple[Edition, ...]:
        """The latest version of each list by name; removed lists only when asked for."""
        latest = " WHERE v.number = (SELECT max(number) FROM versions w WHERE w.list_id = v.list_id)"
        found = self._editions(latest + " ORDER BY v.list_id")
        return tuple(e for e in found if hidden or not e.hidden)

    def history(self, list_id: str) -> tuple[Edition, ...]:
        """Every version of a list, oldest first, also of a removed one; none when there never was one."""
        return self._editions(" WHERE v.list_id = ? ORDER BY v.number", list_id)

    def load(self, list_id: str, version: str = "") -> ListVersion:
        """A version of a list with its entries: the latest, or by number or beginning of its hash.

        Raises AddressError when there is none, InputError when what was kept is damaged.
        """
        edition = self._find(list_id, version)
        with self._reading() as db:
            body, check = db.execute(
                "SELECT body, sum FROM contents WHERE sha = ?", (edition.sha,)
            ).fetchone()
        if hashlib.sha256(body).hexdigest() != check:
            raise self._damaged(f"{list_id} version {edition.number} has other bytes than were written")
        return ListVersion(edition, load(zlib.decompress(body).decode("utf-8", "surrogatepass"), list_id))

    def put(self, edition: Edition, entries: Sequence[ListEntry], base: int | None) -> ListVersion:
        """Keep a version of a list as its latest, and show the list if it was removed.

        `base` is the number of the version it replaces, None for a list that is not there. The same content
        as of the same day is not kept twice. Raises InputError when another process changed the list since.
        """
        text = dump(entries).encode("utf-8", "surrogatepass")
        body = zlib.compress(text, 6)
        with self._writing() as db:
            row = db.execute(
                "SELECT max(number), (SELECT hidden FROM lists WHERE list_id = :list)"
                " FROM versions WHERE list_id = :list",
                {"list": edition.list_id},
            ).fetchone()
            last, visible = row[0] or 0, row[0] and not row[1]
            if (last if visible else None) != base:
                raise self._overtaken(edition, base, last)
            kept = self._same(db, edition, last) if visible else 0
            number = kept or last + 1
            if not kept:
                self._insert(db, replace(edition, number=number), body)
            db.execute(
                "INSERT INTO lists VALUES (?, 0, ?, 0)"
                " ON CONFLICT (list_id) DO UPDATE SET hidden = 0, fresh_days = excluded.fresh_days",
                (edition.list_id, edition.fresh_days),
            )
        return ListVersion(self._find(edition.list_id, str(number)), tuple(entries))

    def hide(self, list_id: str) -> None:
        """Show a list no longer; its versions stay. Raises AddressError when there is none to hide."""
        if all(e.list_id != list_id for e in self.editions()):
            raise self._missing(list_id, "")
        with self._writing() as db:
            db.execute("UPDATE lists SET hidden = 1, compared = 0 WHERE list_id = ?", (list_id,))

    def compared(self, list_id: str) -> int:
        """The number of the last version that watched parties met; 0 if they met none."""
        if self._empty():
            return 0
        with self._reading() as db:
            row = db.execute("SELECT compared FROM lists WHERE list_id = ?", (list_id,)).fetchone()
        return row[0] if row else 0

    def mark_compared(self, list_id: str, number: int) -> None:
        """Say that watched parties have met a version."""
        with self._writing() as db:
            db.execute("UPDATE lists SET compared = ? WHERE list_id = ?", (number, list_id))

    def prepared(self, sha: str, engine: str) -> bytes | None:
        """What an engine prepared for a content, if it was kept."""
        if self._empty():
            return None
        with self._reading() as db:
            row = db.execute(
                "SELECT data FROM prepared WHERE sha = ? AND engine = ?", (sha, engine)
            ).fetchone()
        return row[0] if row else None

    def keep(self, sha: str, engine: str, data: bytes) -> None:
        """Keep what an engine prepared for a content, in the place of what it prepared before."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO prepared VALUES (?, ?, ?)", (sha, engine, data))

    def _same(self, db: sqlite3.Connection, edition: Edition, last: int) -> int:
        """The number of the last version if it has this content and is as of this day or a later one."""
        found = db.execute(
            "SELECT sha, as_of FROM versions WHERE list_id = ? AND number = ?", (edition.list_id, last)
        ).fetchone()
        newer = (edition.as_of.isoformat() if edition.as_of else "") > (found[1] or "")
        return last if found[0] == edition.sha and not newer else 0

    def _insert(self, db: sqlite3.Connection, edition: Edition, body: bytes) -> None:
        db.execute(
            "INSERT OR IGNORE INTO contents VALUES (?, ?, ?, ?)",
            (edition.sha, hashlib.sha256(body).hexdigest(), edition.count, body),
        )
        db.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                edition.list_id,
                edition.number,
                edition.sha,
                edition.as_of.isoformat() if edition.as_of else None,
                edition.added.isoformat() if edition.added else None,
                edition.file,
                edition.format,
                edition.title,
                edition.authority,
            ),
        )

    def _find(self, list_id: str, version: str) -> Edition:
        found = self.history(list_id)
        if not found or (not version and found[-1].hidden):
            raise self._missing(list_id, version)
        if not version:
            return found[-1]
        for edition in reversed(found):
            if version == str(edition.number) or (
                len(version) >= _SHORTEST and edition.sha.startswith(version.lower())
            ):
                return edition
        raise self._missing(list_id, version)

    def _editions(self, where: str, *values: str) -> tuple[Edition, ...]:
        if self._empty():
            return ()
        with self._reading() as db:
            rows = db.execute(_EDITION + where, values).fetchall()
        return tuple(_edition(row) for row in rows)

    def _empty(self) -> bool:
        """Whether nothing was ever put: no file, or one whose first change never came to its end."""
        if not self.path.exists():
            return True
        with self._reading() as db:
            return self._mark(db) == (0, 0)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._failing(), closing(self._open()) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer meets: all of it is kept, or nothing."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with self._failing(), closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                if self._mark(db) == (0, 0):
                    for statement in _TABLES:
                        db.execute(statement)
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            self._check(db)
        except BaseException:
            db.close()
            raise
        return db

    def _check(self, db: sqlite3.Connection) -> None:
        mark = self._mark(db)
        if mark[0] == APPLICATION and mark[1] > VERSION:
            raise self._newer(mark[1])
        if mark not in ((APPLICATION, VERSION), (0, 0)):
            raise self._damaged(f"application {mark[0]}, version {mark[1]}")
        if mark == (0, 0) and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise self._damaged("another program's database")

    def _mark(self, db: sqlite3.Connection) -> tuple[int, int]:
        return (
            db.execute("PRAGMA application_id").fetchone()[0],
            db.execute("PRAGMA user_version").fetchone()[0],
        )

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise InputError(
                "the file of party lists cannot be used now",
                where=str(self.path),
                expected=f"a file that is free within {PATIENCE} seconds, with room left",
                found=str(error),
                next_step="try again when no other xenotime writes; nothing was changed",
            ) from error
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, found: str) -> InputError:
        return InputError(
            "the file of party lists is damaged, or not ours",
            where=str(self.path),
            expected=f"a list file of version {VERSION}",
            found=found,
            next_step="move the file away, and add the lists again with `xenotime lists add`",
        )

    def _newer(self, version: int) -> InputError:
        return InputError(
            "the file of party lists was written by a newer version",
            where=str(self.path),
            expected=f"a list file of version {VERSION}",
            found=f"version {version}",
            next_step="use the version of xenotime that wrote it",
        )

    def _missing(self, list_id: str, version: str) -> AddressError:
        kept = ", ".join(str(e.number) for e in self.history(list_id))
        names = ", ".join(e.list_id for e in self.editions()) or "none"
        return AddressError(
            "there is no such list version" if version else "there is no such list",
            where=str(self.path),
            expected=f"version {kept} or the beginning of a hash" if kept and version else names,
            found=f"{list_id} {version}".strip(),
            next_step=f"run `xenotime lists show {list_id} --history`" if kept else "run `xenotime lists`",
        )

    def _overtaken(self, edition: Edition, base: int | None, last: int) -> InputError:
        return InputError(
            "another process changed this list meanwhile",
            where=edition.list_id,
            expected=f"version {base} as the latest" if base else "no list of this name",
            found=f"version {last}",
            next_step="run the command again; nothing was changed",
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _edition(row: Sequence[Any]) -> Edition:
    name, number, sha, count, as_of, added, file, format_, title, authority, fresh, hidden = row
    return Edition(
        name,
        number,
        sha,
        count,
        _day(as_of),
        _day(added),
        file,
        format_,
        title,
        authority,
        fresh,
        hidden=bool(hidden),
    )
