"""The office that runs a programme: its store, keys, rules and the law it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from xenotime.core.clocks import Calendar
from xenotime.programme.profile import Profile
from xenotime.services.library import Library
from xenotime.services.programme.ports import Keys, Store


@dataclass(frozen=True, slots=True)
class Authority:
    """Who runs the programme: names, the address of its pages, its did:web; `invented` for the demo
    authority.

    An operator's own name needs to be configured; without it the authority is the invented one, and every
    page, PDF and credential says that it is no document of any government.
    """

    name: str
    name_zh: str
    did: str
    url: str
    invented: bool


class Law(Protocol):
    """Gives a book of law as known on a day, the Chinese book unless another jurisdiction is named."""

    def __call__(self, known: date, jurisdiction: str = ..., /) -> Library:
        """The library."""
        ...


@dataclass(frozen=True)
class Office:
    """Everything a verb of the programme needs; `library` gives the law as known on a day, `mint` new ids."""

    store: Store
    keys: Keys
    authority: Authority
    profile: Profile
    calendar: Calendar
    library: Law
    mint: Callable[[str], str]
