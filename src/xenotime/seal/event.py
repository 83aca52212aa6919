"""An event of the log: what happened to what, by whom in which role, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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
    """Where an event lies in the log: its index, the hash of its leaf, and the tree's size and root after it."""

    index: int
    leaf: str
    size: int
    root: str
