"""The tables of the register of screenings, and what makes a file one."""

from __future__ import annotations

#: "XENO" as a number, so that another program's database is never taken for ours.
APPLICATION = 0x58454E4F
VERSION = 1

_SCRIPT = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE screenings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, known TEXT NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE INDEX screenings_known ON screenings (known);

CREATE TABLE asked (key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX asked_seq ON asked (seq);

CREATE TABLE listings (
    list_id TEXT NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (list_id, hash)
) STRICT;

CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, until TEXT NOT NULL,
    replaced INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;

CREATE TABLE watched (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, facts TEXT NOT NULL, party TEXT NOT NULL,
    known TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (party, facts)
) STRICT;
CREATE TABLE called (
    key TEXT NOT NULL, watched INTEGER NOT NULL, PRIMARY KEY (key, watched)
) STRICT, WITHOUT ROWID;
CREATE INDEX called_watched ON called (watched);

CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, party TEXT NOT NULL,
    name TEXT NOT NULL, known TEXT NOT NULL, after INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;

CREATE TABLE tombstones (seq INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL) STRICT
"""
TABLES = tuple(statement.strip() for statement in _SCRIPT.split(";"))
