"""An event of the log: what happened to what, by whom in which role, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal.canon import canonical
from xenotime.seal.strict import parsed

#: The longest leaf that is read or written [bytes].
LONGEST = 65_536
_TYPES = dict.fromkeys(("actor", "at", "kind", "organisation", "subject"), str) | {"data": dict, "index": int}


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `kind` is noun.verb (`certificate.suspended`), `subject` the id of what changed.

    `actor` is role and account id. `data` holds what canonical JSON holds: text, whole numbers, truth values,
    lists and mappings; a personal datum only as a salted commitment.
    """

    at: datetime
    kind: str
    subject: str
    organisation: str
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an event lies in the log: its index, its leaf's hash, and the tree's size and root after it."""

    index: int
    leaf: str
    size: int
    root: str


def encode(event: Event, index: int) -> bytes:
    """The bytes of a leaf of the log: the event with its index, as canonical JSON.

    Raises SealError when its data have no exact writing, or the leaf is longer than 65,536 bytes.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> encode(Event(noon, "case.opened", "C1", "O1", "applicant:A1"), 0).decode()  # doctest: +ELLIPSIS
    '{"actor":"applicant:A1","at":"2026-11-22T12:00:00Z","data":{},"index":0,"kind":"case.opened",...'
    """
    leaf = canonical(
        {
            "actor": event.actor,
            "at": written(event.at),
            "data": event.data,
            "index": index,
            "kind": event.kind,
            "organisation": event.organisation,
            "subject": event.subject,
        }
    )
    if len(leaf) > LONGEST:
        raise _no_leaf(f"{len(leaf)} bytes")
    return leaf


def decode(leaf: bytes) -> tuple[int, Event]:
    """The index and event of a leaf. Raises SealError unless `encode` writes exactly these bytes."""
    found = parsed(leaf, LONGEST)
    if not isinstance(found, dict) or {name: type(inner) for name, inner in found.items()} != _TYPES:
        raise _no_leaf("other names, or values of other kinds")
    try:
        at = datetime.fromisoformat(found["at"])
        event = Event(
            at, found["kind"], found["subject"], found["organisation"], found["actor"], found["data"]
        )
        same = encode(event, found["index"]) == leaf
    except (ValueError, TypeError) as error:
        raise _no_leaf(str(error)) from error
    if not same:
        raise _no_leaf("another writing of it")
    return found["index"], event


def _no_leaf(found: str) -> SealError:
    return SealError(
        "these bytes are no leaf of the log",
        expected=f"one event as canonical JSON, at most {LONGEST} bytes",
        found=found,
        next_step="take the log from where it was written, or from a backup",
    )
