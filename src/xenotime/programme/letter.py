"""A letter of the programme to an organisation: rendered once, kept as sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: `template` of the manifest, text in both languages, and when it was first read."""

    id: str
    template: str
    case: str
    organisation: str
    title: str
    text: str
    title_zh: str
    text_zh: str
    sent: datetime
    read: datetime | None = None
    version: int = 0
