"""What an importer hands back: the entries of a list file, and what was odd in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.core.errors import Problem
from xenotime.parties.listing.entry import ListEntry


@dataclass(frozen=True, slots=True)
class Reading:
    """A list file as read: entries sorted by id, findings, and what the file says of itself."""

    entries: tuple[ListEntry, ...]
    findings: tuple[Problem, ...] = ()
    as_of: date | None = None
    title: str = ""
    authority: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a list file says of itself, beside its entries."""

    as_of: date | None = None
    title: str = ""
    authority: str = ""
    findings: Sequence[Problem] = ()
