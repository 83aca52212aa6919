"""Keeps the log: leaves, hashes of whole subtrees, and one head row that every writer takes in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, desc, func, select, update

from xenotime.core.errors import AddressError, OutageError
from xenotime.seal import merkle
from xenotime.seal.event import Event, Receipt, encode
from xenotime.stores.database.cells import kept
from xenotime.stores.database.direct import Direct
from xenotime.stores.database.schema import head, leaves, nodes

_HEAD = select(head.c.size, head.c.frontier, head.c.root)
_HELD = Direct(_HEAD.with_for_update())
_GROW = Direct(update(head).values(size=bindparam("now"), frontier=bindparam("edge"), root=bindparam("top")))
_LEAF, _NODES = Direct(leaves.insert()), Direct(nodes.insert())
_NODE = select(nodes.c.hash).where(nodes.c.level == bindparam("at_level"), nodes.c.place == bindparam("at"))
#: The width of a hash [bytes].
_WIDTH = 32
#: Leaves read at once when the tree is rebuilt.
_BATCH = 5000


def append(connection: Connection, event: Event) -> Receipt:
    """Append an event; the head row stays locked until the transaction ends."""
    size, frontier, _ = _head(connection, lock=True)
    data = encode(event, size)
    leaf = merkle.leaf_hash(data)
    after, made = merkle.append(frontier, size, leaf)
    top = merkle.root(after, size + 1)
    _LEAF.run(connection, {"place": size, "subject": kept(event.subject), "body": data})
    _NODES.each(connection, [{"level": lv, "place": i, "hash": h} for lv, i, h in made])
    _GROW.run(connection, {"now": size + 1, "edge": b"".join(after), "top": top})
    return Receipt(size, leaf.hex(), size + 1, top.hex())


def top(connection: Connection) -> tuple[int, str]:
    """The log's size and root [hexadecimal]."""
    size, _, root = _head(connection)
    return size, root.hex()


def events(connection: Connection, start: int, limit: int, subject: str) -> tuple[tuple[int, bytes], ...]:
    """Leaves from an index on, oldest first; of one subject if it is named."""
    asks = select(leaves.c.place, leaves.c.body).where(leaves.c.place >= start)
    if subject:
        asks = asks.where(leaves.c.subject == kept(subject))
    rows = connection.execute(asks.order_by(leaves.c.place).limit(max(0, limit)))
    return tuple((place, bytes(body)) for place, body in rows)


def node(connection: Connection, level: int, place: int) -> bytes:
    """The hash of a whole subtree. Raises AddressError if the tree has none there."""
    found = connection.execute(_NODE, {"at_level": level, "at": place}).scalar_one_or_none()
    if found is None:
        raise AddressError("the log has no such node", where=f"level {level}, index {place}")
    return bytes(found)


def rebuilt(connection: Connection) -> Iterator[str]:
    """What disagrees between the leaves and what is kept of their tree; nothing when all is well."""
    size, frontier, root = _head(connection)
    grown: tuple[bytes, ...] = ()
    count = made = 0
    while batch := _batch(connection, count):
        if [place for place, _ in batch] != list(range(count, count + len(batch))):
            yield f"a leaf is missing between {count} and {batch[-1][0]}"
            return
        whole: dict[tuple[int, int], bytes] = {}
        for place, body in batch:
            grown, new = merkle.append(grown, place, merkle.leaf_hash(body))
            whole.update({(level, i): h for level, i, h in new})
        wrong = sum(_kept(connection, whole).get(k) != h for k, h in whole.items())
        if wrong:
            yield f"{wrong} kept hashes are not those of the leaves {count} to {batch[-1][0]}"
        count, made = count + len(batch), made + len(whole)
    if (count, grown) != (size, frontier) or merkle.root(grown, count) != root:
        yield f"the head says {size} leaves with root {root.hex()[:16]}…; its {count} leaves another tree"
    if connection.execute(select(func.count()).select_from(nodes)).scalar_one() != made:
        yield "there are hashes of no leaves"


def torn(connection: Connection) -> Iterator[str]:
    """What disagrees between the head and the end of the log, asked with a few statements."""
    size, frontier, root = _head(connection)
    last = connection.execute(
        select(leaves.c.place, leaves.c.body).order_by(desc(leaves.c.place)).limit(1)
    ).first()
    try:
        if last is not None and node(connection, 0, last[0]) != merkle.leaf_hash(bytes(last[1])):
            yield "the last leaf of the log has another hash than was kept"
        kept_ = merkle.frontier(size, lambda level, place: node(connection, level, place))
        whole = (last[0] + 1 if last else 0) == size and kept_ == frontier
        whole = whole and merkle.root(frontier, size) == root
    except (AddressError, ValueError):
        whole = False
    if not whole:
        yield f"the log's head ({size} leaves) does not fit its leaves: `xenotime programme check`"


def _batch(connection: Connection, start: int) -> list[tuple[int, bytes]]:
    asks = select(leaves.c.place, leaves.c.body).where(leaves.c.place >= start).order_by(leaves.c.place)
    return [(place, bytes(body)) for place, body in connection.execute(asks.limit(_BATCH))]


def _kept(connection: Connection, whole: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The kept hashes at the levels and over the ranges of these nodes."""
    found: dict[tuple[int, int], bytes] = {}
    for level in {level for level, _ in whole}:
        at = [i for lv, i in whole if lv == level]
        asks = select(nodes.c.place, nodes.c.hash).where(
            nodes.c.level == level, nodes.c.place.between(min(at), max(at))
        )
        found.update({(level, i): bytes(h) for i, h in connection.execute(asks)})
    return found


def _head(connection: Connection, *, lock: bool = False) -> tuple[int, tuple[bytes, ...], bytes]:
    row = _HELD.run(connection, {}).fetchone() if lock else connection.execute(_HEAD).one_or_none()
    if row is None:
        raise OutageError(
            "the log has no head",
            expected="one row that migration writes",
            next_step="restore a backup: `xenotime programme restore FILE`",
        )
    kept_ = bytes(row[1])
    return row[0], tuple(kept_[i : i + _WIDTH] for i in range(0, len(kept_), _WIDTH)), bytes(row[2])
