"""What the last vetting of an organisation saw, so that the next look knows what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Vetted:
    """The last look at an organisation; `id` is the organisation's own.

    `lists` is the hash of every list version that was read and `owners` that of the names and ownership asked
    about. `seen` holds each hit that was met, as list, entry and how sure ("certain" | "probable"), in order.
    """

    id: str
    organisation: str
    case: str
    at: datetime
    lists: str
    owners: str
    seen: tuple[str, ...] = ()
    version: int = 0
