"""The tables that are no shelves of things: the log, documents, answers, numbers, status lists, terms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, Text

#: Every table of the programme's database, the ledger's and the shelves' too.
metadata = MetaData()

#: Text that sorts by code point on both databases, so that pages have one order.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
#: Whole numbers of 64 bits.
WHOLE = BigInteger()


def text(name: str, *, key: bool = False) -> Column[str]:
    """A column of text that is never null."""
    return Column(name, TEXT, primary_key=key, nullable=False)


def whole(name: str, *, key: bool = False) -> Column[int]:
    """A column of 64-bit whole numbers that is never null; no database counts it by itself."""
    return Column(name, WHOLE, primary_key=key, nullable=False, autoincrement=False)


#: The canonical bytes of each event, by index; their hashes are the nodes of level 0.
leaves = Table(
    "leaves",
    metadata,
    whole("place", key=True),
    text("subject"),
    Column("body", LargeBinary, nullable=False),
    Index("leaves_subject", "subject", "place"),
)

#: Hashes of whole subtrees of 2**level leaves; none is ever changed.
nodes = Table(
    "nodes",
    metadata,
    whole("level", key=True),
    whole("place", key=True),
    Column("hash", LargeBinary, nullable=False),
)

#: One row: the log's size, its frontier (hashes one after the other) and its root.
head = Table(
    "head",
    metadata,
    whole("id", key=True),
    whole("size"),
    Column("frontier", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

#: Documents by their SHA-256.
blobs = Table(
    "blobs",
    metadata,
    text("sha256", key=True),
    whole("size"),
    Column("body", LargeBinary, nullable=False),
)

#: What was answered under an idempotency key, and the hash of what was asked.
answers = Table("answers", metadata, text("key", key=True), text("request"), text("said"))

#: The last number of each series.
numbers = Table("numbers", metadata, text("series", key=True), whole("last"))

#: Every published version of a status list credential; `at` a stamp.
published = Table(
    "published",
    metadata,
    text("purpose", key=True),
    whole("serial", key=True),
    text("at"),
    text("credential"),
    Index("published_at", "purpose", "at", "serial"),
)

#: Places of status lists that are given out.
places = Table("places", metadata, text("purpose", key=True), whole("place", key=True), text("at"))

#: What a thing is found by beside its columns: words of its names (field ""), members of its lists.
terms = Table(
    "terms",
    metadata,
    text("shelf", key=True),
    text("field", key=True),
    text("value", key=True),
    text("id", key=True),
    Index("terms_thing", "shelf", "id"),
)
