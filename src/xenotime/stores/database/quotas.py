"""The tables of the quota ledger: caps with counters, reservations with a state, entries that only add."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, UniqueConstraint

from xenotime.stores.database.schema import metadata, text, whole

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COUNT = BigInteger().with_variant(Integer, "sqlite")


def micros(at: datetime) -> int:
    """An instant as whole microseconds since 1970 in UTC. Raises TypeError without a zone.

    >>> micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant(count: int) -> datetime:
    """The instant of so many microseconds since 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


#: `bounds` counts how often a cap was bounded.
caps = Table(
    "quota_cap",
    metadata,
    text("id", key=True),
    whole("grams"),
    text("element"),
    text("organisation"),
    text("site"),
    text("country"),
    text("certificate"),
    text("licence"),
    whole("year"),
    whole("held"),
    whole("used"),
    Column("closed", Boolean, nullable=False),
    whole("bounds"),
    CheckConstraint("grams >= 0 AND held >= 0 AND used >= 0", name="quota_cap_whole"),
    Index("quota_cap_fits", "organisation", "certificate", "licence", "site", "element"),
)

#: `asked` is the SHA-256 of what was drawn; instants in microseconds, as everywhere in the ledger.
reservations = Table(
    "quota_reservation",
    metadata,
    text("id", key=True),
    text("key"),
    text("asked"),
    text("draws"),
    whole("at"),
    whole("expires"),
    text("by"),
    text("state"),
    text("certificate"),
    text("organisation"),
    text("settled_key"),
    text("settled_asked"),
    UniqueConstraint("key", name="quota_reservation_key"),
    Index("quota_reservation_certificate", "certificate", "at"),
    Index("quota_reservation_organisation", "organisation", "at"),
)
Index(
    "quota_reservation_open",
    reservations.c.expires,
    sqlite_where=reservations.c.state == "open",
    postgresql_where=reservations.c.state == "open",
)
Index(
    "quota_reservation_settled",
    reservations.c.settled_key,
    unique=True,
    sqlite_where=reservations.c.settled_key != "",
    postgresql_where=reservations.c.settled_key != "",
)

#: `turn` counts the lines of one reservation under one cap for one element: 0 reserves, 1 settles, 2 frees
#: the rest, later ones correct or undo. No two take one turn, so nothing is reserved, settled or freed twice.
entries = Table(
    "quota_entry",
    metadata,
    Column("id", _COUNT, primary_key=True, autoincrement=True),
    text("kind"),
    text("reservation"),
    text("cap"),
    text("element"),
    whole("turn"),
    whole("grams"),
    whole("at"),
    text("by"),
    text("key"),
    text("reason"),
    UniqueConstraint("reservation", "cap", "element", "turn", name="quota_entry_once"),
    Index("quota_entry_cap", "cap", "id"),
    sqlite_autoincrement=True,
)
