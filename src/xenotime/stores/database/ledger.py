"""The quota ledger on one open transaction: caps that nest, entries that only add, and no way past a cap.

Each change locks first its reservation, then its caps in the order of their ids, so that two changes wait one
for the other and never each for each. SQLite has one writer and needs no row locks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme.shipping import draw as rules
from xenotime.programme.shipping.draw import Line
from xenotime.programme.shipping.quota import (
    BOUND,
    COMMIT,
    CORRECT,
    OPEN,
    REVERSE,
    Cap,
    Draw,
    Entry,
    Reservation,
    Shortfall,
)
from xenotime.stores.database.direct import Direct
from xenotime.stores.database.quotas import caps as _caps
from xenotime.stores.database.quotas import entries as _entries
from xenotime.stores.database.quotas import instant, micros
from xenotime.stores.database.quotas import reservations as _reservations

_LEVELS = ("element", "organisation", "site", "country", "certificate", "licence", "year")
_CAP = tuple(f.name for f in fields(Cap))
_LINE = tuple(f.name for f in fields(Line))
_parts = attrgetter(*_LINE)
_CAPS = select(*(_caps.c[name] for name in _CAP)).order_by(_caps.c.id)
_ONE = _CAPS.where(_caps.c.id == bindparam("name")).with_for_update()
_AFTER = _caps.c.held + _caps.c.used + bindparam("more_held") + bindparam("more_used")
#: Moves a cap's counters if nothing falls below 0, and nothing rises past the bound.
_MOVE = Direct(
    update(_caps)
    .where(
        _caps.c.id == bindparam("cap"),
        _caps.c.held + bindparam("more_held") >= 0,
        _caps.c.used + bindparam("more_used") >= 0,
        or_(
            bindparam("more_held") + bindparam("more_used") <= 0,
            (_caps.c.grams >= _AFTER) & _caps.c.closed.is_(False),
        ),
    )
    .values(held=_caps.c.held + bindparam("more_held"), used=_caps.c.used + bindparam("more_used"))
)
_BOUND = (
    update(_caps)
    .where(_caps.c.id == bindparam("cap"))
    .values(grams=bindparam("upto"), closed=bindparam("shut"), bounds=_caps.c.bounds + 1)
    .returning(_caps.c.bounds)
)
_ENTRIES = select(*(_entries.c[f.name] for f in fields(Entry))).order_by(_entries.c.id)
_ADD = Direct(insert(_entries), *(c.name for c in _entries.columns if c.name != "id"))
_WRITE = insert(_entries).returning(*(_entries.c[name] for name in _LINE), _entries.c.id)
_LINES = select(*(_entries.c[name] for name in _LINE)).where(
    _entries.c.reservation == bindparam("reservation")
)
_HELD = select(_reservations).where(_reservations.c.id == bindparam("reservation"))
_KEEP = Direct(upsert(_reservations).on_conflict_do_nothing())  # SQLite says it so too
_SETTLE = (
    update(_reservations)
    .where(_reservations.c.id == bindparam("reservation"), _reservations.c.state == bindparam("before"))
    .values(state=bindparam("after"), settled_key=bindparam("with"), settled_asked=bindparam("said"))
)
_SETTLED = select(_reservations.c.id).where(
    _reservations.c.settled_key == bindparam("with"), _reservations.c.settled_key != ""
)


def caps(connection: Connection, where: Mapping[str, Any] | None = None) -> tuple[Cap, ...]:
    """The caps whose columns equal these (a tuple or list: any of its values), by id."""
    asked = _CAPS
    for name, value in (where or {}).items():
        column = _caps.c[_known(name, _CAP)]
        asked = asked.where(column.in_(value) if isinstance(value, (tuple, list)) else column == value)
    return tuple(Cap(*row) for row in connection.execute(asked))


def entries(
    connection: Connection, *, reservation: str = "", cap: str = "", after: int = 0, limit: int = 1000
) -> tuple[Entry, ...]:
    """Entries with an id above `after`, in their order; under one cap that is the order of their effect."""
    asked = _ENTRIES.where(_entries.c.id > after).limit(limit)
    if reservation:
        asked = asked.where(_entries.c.reservation == reservation)
    if cap:
        asked = asked.where(_entries.c.cap == cap)
    return _read(connection, asked)


def reservation(connection: Connection, name: str) -> Reservation:
    """A reservation and how it ended. Raises AddressError if there is none."""
    return _reservation(_row(connection, _HELD, name))


def reservations(
    connection: Connection, where: Mapping[str, Any] | None = None, *, after: str = "", limit: int = 1000
) -> tuple[Reservation, ...]:
    """Reservations by id, whose state, certificate or organisation equal these."""
    asked = select(_reservations).where(_reservations.c.id > after).order_by(_reservations.c.id).limit(limit)
    for name, value in (where or {}).items():
        asked = asked.where(_reservations.c[_known(name, ("state", "certificate", "organisation"))] == value)
    return tuple(_reservation(row) for row in connection.execute(asked).mappings())


def overdue(connection: Connection, at: datetime, limit: int = 100) -> tuple[str, ...]:
    """Open reservations whose time is over, the longest over first."""
    asked = (
        select(_reservations.c.id)
        .where(_reservations.c.state == OPEN, _reservations.c.expires <= micros(at))
        .order_by(_reservations.c.expires, _reservations.c.id)
        .limit(limit)
    )
    return tuple(connection.execute(asked).scalars())


def set_cap(connection: Connection, cap: Cap, at: datetime, by: str) -> Cap:
    """Adds a cap, or bounds it anew; what is held and used stays, and may lie above the new bound.

    A new cap counts from nothing. Raises InputError for grams below 0, StateError if its levels changed.
    """
    if not rules.whole(cap.grams, 0) or not 0 < len(cap.id) <= rules.LONGEST:
        raise rules.amount(f"cap {cap.id}", cap.grams)
    row = connection.execute(_ONE, {"name": cap.id}).first()
    if row is None:
        now, turn = replace(cap, held=0, used=0), 1
        connection.execute(insert(_caps), {name: getattr(now, name) for name in _CAP} | {"bounds": turn})
    else:
        now = _bounded(Cap(*row), cap)
        if now == Cap(*row):
            return now
        new = {"cap": cap.id, "upto": now.grams, "shut": now.closed}
        turn = connection.execute(_BOUND, new).scalar_one()
    line = Line(cap.id, "", turn, BOUND, now.bound)
    _write(connection, "", [line], at, by, "", "closed" if now.closed else "")
    return now


def reserve(
    connection: Connection,
    name: str,
    draws: Sequence[Draw],
    at: datetime,
    expires: datetime,
    by: str,
    key: str,
) -> tuple[Shortfall, ...]:
    """Holds grams under every cap that fits any of the draws, all or none; returns what is short.

    The same key with the same draws for the same reservation answers again and holds nothing more. Raises
    RepeatError for a key or reservation with other content, InputError for draws that cannot be.
    """
    rules.proper(name, draws, at, expires, key)
    held = Reservation(name, tuple(draws), at, expires, by, key)
    if not _begin(connection, held):
        return ()
    lines, short = rules.shares(draws, _fitting(connection, draws))
    if short:
        connection.execute(delete(_reservations).where(_reservations.c.id == name))
        return short
    _move(connection, name, lines)
    _ADD.each(connection, _rows(name, lines, at, by, key, ""))
    return ()


def settle(
    connection: Connection,
    name: str,
    kind: str,
    at: datetime,
    by: str,
    key: str,
    *,
    grams: Mapping[str, int] | None = None,
    reason: str = "",
) -> tuple[Entry, ...]:
    """Commits, releases or expires an open reservation, or reverses a committed one, once; returns entries.

    `grams` by element commits less than was held and frees the rest; an element it leaves out is committed
    whole. The same key with the same content answers again. Raises AddressError for an unknown
    reservation, StateError if it is settled already, expired for a commit, not yet for expiry, or holds less.
    """
    rules.ends(name, kind, key)
    said = digest([name, kind, dict(grams or {})])
    row = _row(connection, _HELD.with_for_update(), name)
    if row["settled_key"] == key:
        if row["settled_asked"] != said:
            raise rules.repeated(key)
        return _made(connection, name, key)
    rules.allow(_reservation(row), kind, at)
    if connection.execute(_SETTLED, {"with": key}).first() is not None:
        raise rules.repeated(key)
    lines = _lines(connection, name)
    made = rules.undoing(lines) if kind == REVERSE else rules.ending(name, kind, lines, grams or {})
    state = {"reservation": name, "before": row["state"], "after": kind, "with": key, "said": said}
    if connection.execute(_SETTLE, state).rowcount != 1:
        raise rules.settled(name, "settled at this moment", row["state"])
    return _apply(connection, name, made, at, by, key, reason)


def correct(
    connection: Connection, name: str, element: str, grams: int, at: datetime, by: str, key: str, reason: str
) -> tuple[Entry, ...]:
    """Adds to (or takes from, below 0) what a reservation committed, under all its caps; returns the entries.

    The same key with the same content answers again. Raises StateError if the reservation is not committed,
    if more is used than a cap allows, or less than nothing; RepeatError for a key with other content.
    """
    if not 0 < len(key) <= rules.LONGEST or not grams or not rules.whole(abs(grams), 1):
        raise rules.amount(f"reservation {name}, key {key}", grams)
    row = _row(connection, _HELD.with_for_update(), name)
    made = _made(connection, name, key)
    if made:
        if {(e.kind, e.element, e.grams) for e in made} != {(CORRECT, element, grams)}:
            raise rules.repeated(key)
        return made
    if row["state"] != COMMIT:
        raise rules.settled(name, row["state"], "a committed reservation")
    lines = rules.mending(name, element, grams, _lines(connection, name))
    return _apply(connection, name, lines, at, by, key, reason)


def _begin(connection: Connection, held: Reservation) -> bool:
    """Whether the reservation is new. A racing twin waits here until the first has ended."""
    said = digest([held.id, held.draws])
    new = {
        "id": held.id,
        "key": held.key,
        "asked": said,
        "draws": canonical(held.draws).decode(),
        "at": micros(held.at),
        "expires": micros(held.expires),
        "by": held.by,
        "state": OPEN,
        "certificate": held.draws[0].certificate,
        "organisation": held.draws[0].organisation,
        "settled_key": "",
        "settled_asked": "",
    }
    if _KEEP.run(connection, new).rowcount == 1:
        return True
    either = (_reservations.c.key == held.key) | (_reservations.c.id == held.id)
    twins = connection.execute(select(_reservations.c.key, _reservations.c.asked).where(either))
    if [tuple(twin) for twin in twins] != [(held.key, said)]:
        raise rules.repeated(held.key)
    return False


def _fitting(connection: Connection, draws: Sequence[Draw]) -> list[Cap]:
    """Every cap that fits a draw, locked in the order of ids."""
    any_of = [(0 if n == "year" else "", *{getattr(d, n) for d in draws}) for n in _LEVELS]
    asked = _fitting_one_of(tuple(map(len, any_of)))
    values = {f"{n}_{i}": v for n, among in zip(_LEVELS, any_of, strict=True) for i, v in enumerate(among)}
    found = (Cap(*row) for row in asked.run(connection, values))
    return [replace(cap, closed=bool(cap.closed)) for cap in found if any(cap.fits(d) for d in draws)]


@lru_cache(maxsize=256)
def _fitting_one_of(counts: tuple[int, ...]) -> Direct:
    """The caps whose levels are each one of so many values; built once: building costs more than asking."""
    tests = (
        _caps.c[name].in_([bindparam(f"{name}_{i}") for i in range(count)])
        for name, count in zip(_LEVELS, counts, strict=True)
    )
    return Direct(_CAPS.where(*tests).with_for_update())


def _apply(
    connection: Connection,
    name: str,
    lines: Sequence[Line],
    at: datetime,
    by: str,
    key: str,
    reason: str = "",
) -> tuple[Entry, ...]:
    """Moves the counters, each only if its guard holds, and writes the lines that say so."""
    _move(connection, name, lines)
    return _write(connection, name, lines, at, by, key, reason)


def _move(connection: Connection, name: str, lines: Sequence[Line]) -> None:
    moves = rules.moves(lines)
    changed = [{"cap": m.cap, "more_held": m.held, "more_used": m.used} for m in moves]
    if changed and _MOVE.each(connection, changed) != len(changed):
        raise rules.over(name, "; ".join(f"{m.held:+} held and {m.used:+} used under {m.cap}" for m in moves))


def _write(
    connection: Connection, name: str, lines: Sequence[Line], at: datetime, by: str, key: str, reason: str
) -> tuple[Entry, ...]:
    """Adds one entry a line; the caps are locked already, so ids under a cap rise in the order of effect."""
    if not lines:
        return ()
    rows = _rows(name, lines, at, by, key, reason)
    ids = {Line(*row[:-1]): row[-1] for row in connection.execute(_WRITE, rows)}
    made = (Entry(ids[x], x.kind, name, x.cap, x.grams, at, by, key, reason, x.element) for x in lines)
    return tuple(sorted(made, key=lambda e: e.id))


def _rows(
    name: str, lines: Sequence[Line], at: datetime, by: str, key: str, reason: str
) -> list[dict[str, Any]]:
    more = {"reservation": name, "at": micros(at), "by": by, "key": key, "reason": reason}
    return [dict(zip(_LINE, _parts(line), strict=True)) | more for line in lines]


def _bounded(now: Cap, cap: Cap) -> Cap:
    """The cap with its new bound. Raises StateError if anything else changed."""
    if any(getattr(now, name) != getattr(cap, name) for name in _LEVELS):
        raise StateError(
            "a cap keeps its levels",
            where=f"cap {cap.id}",
            expected="new grams, or closed",
            found="other levels",
            next_step="close this cap and set another",
        )
    return replace(now, grams=cap.grams, closed=cap.closed)


def _row(connection: Connection, asked: Select[Any], name: str) -> RowMapping:
    row = connection.execute(asked, {"reservation": name}).mappings().first()
    if row is None:
        raise AddressError(
            "there is no such reservation",
            where="quota ledger",
            expected="the id of a reservation",
            found=name[:100],
            next_step="look it up in the shipment's answer",
        )
    return row


def _lines(connection: Connection, name: str) -> list[Line]:
    """What a reservation wrote so far, by cap."""
    return sorted((Line(*row) for row in connection.execute(_LINES, {"reservation": name})), key=_parts)


def _made(connection: Connection, name: str, key: str) -> tuple[Entry, ...]:
    """What a settlement or correction wrote under its key."""
    of = (_entries.c.reservation == name, _entries.c.key == key, _entries.c.turn > 0)
    return _read(connection, _ENTRIES.where(*of))


def _read(connection: Connection, asked: Select[Any]) -> tuple[Entry, ...]:
    rows = connection.execute(asked).mappings()
    return tuple(Entry(**{**row, "at": instant(row["at"])}) for row in rows)


def _reservation(row: RowMapping) -> Reservation:
    draws = restored(tuple[Draw, ...], row["draws"])
    at, expires = instant(row["at"]), instant(row["expires"])
    return Reservation(row["id"], draws, at, expires, row["by"], row["key"], row["state"])


def _known(name: str, names: Sequence[str]) -> str:
    if name not in names:
        raise InputError(
            "the ledger has no such column",
            where=name[:40],
            expected=", ".join(names),
            found=name[:40],
            next_step="ask by one of them",
        )
    return name
