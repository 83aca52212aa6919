"""What the services need from outside, as protocols; `stores` implements them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.version import Edition, ListVersion
from xenotime.services.screening.record import (
    Alert,
    Decision,
    Policy,
    Screening,
    Tombstone,
    Used,
    Watched,
)


class Overlays(Protocol):
    """The user's own notices, laid over the shipped book."""

    def read(self) -> Mapping[str, str]:
        """File names and texts, in a fixed order."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other writers out while a notice is checked and added."""

    def add(self, name: str, text: str) -> Path:
        """Keep a notice whole, or not at all; returns where it lies."""

    def remove(self, name: str) -> None:
        """Take a notice away."""


class Clock(Protocol):
    """The one who knows what day it is."""

    def today(self) -> date:
        """The day in the user's time zone."""

    def now(self) -> datetime:
        """This instant, in UTC."""


class Records(Protocol):
    """The register of screenings, decisions, watched parties and alerts; every change is whole or none."""

    def whole(self) -> AbstractContextManager[None]:
        """Hold the register so that what is read and written inside is one change."""

    def add(self, made: Screening) -> str:
        """Keep a screening under the hash of its content, watch its parties; returns the id."""

    def get(self, record: str) -> tuple[str, bytes]:
        """The full id and the bytes of a record, by its id or the beginning of it."""

    def ids(self) -> Sequence[str]:
        """The ids of all screenings, oldest first."""

    def replace(self, record: str, made: Screening) -> None:
        """Put another content under an id: only for erasing a party."""

    def holding(self, name: str) -> Sequence[str]:
        """The ids of the screenings that asked about this party, by id or any of its names."""

    def keep_listing(self, used: Used, entries: Sequence[ListEntry]) -> None:
        """Keep a copy of a list version that nobody else keeps."""

    def listing(self, list_id: str, version: str) -> Sequence[ListEntry] | None:
        """The kept copy of a list version, if there is one."""

    def decide(self, decision: Decision, instead: str = "") -> str:
        """Keep a decision, in the place of another when confirming it; returns its id."""

    def blank(self, number: str, decision: Decision) -> None:
        """Put another content under a decision's id: only for erasing a party."""

    def decisions(self, *, replaced: bool = False) -> Sequence[tuple[str, Decision]]:
        """The decisions with their ids, in the order they were made; replaced ones only when asked for."""

    def decision(self, number: str) -> tuple[str, Decision]:
        """One decision with its id, by the beginning of the id, also a replaced one."""

    def watched(self) -> Iterator[Watched]:
        """The parties that are watched, each as it was last asked about."""

    def alert(self, alerts: Sequence[Alert]) -> None:
        """Keep alerts."""

    def alerts(self, *, answered: bool = True) -> Sequence[Alert]:
        """The alerts, oldest first; without `answered` only those whose party was not screened since."""

    def forget(self, names: Sequence[str], tombstone: Tombstone) -> None:
        """Stop watching who has any of these ids or names, and drop the alerts; only the tombstone stays."""

    def mark(self, name: str) -> str:
        """The mark that stands for an erased party: keyed by a secret of this register."""

    def tombstones(self) -> Sequence[Tombstone]:
        """What is left of erased parties."""

    def purge(self, before: date, *, dry: bool, watched: bool) -> Mapping[str, int]:
        """Remove what is older than a day, the parties watched since then or not, or only count it."""

    def met(self, list_id: str) -> str:
        """The hash of the version of a list of the book that watched parties met last; "" for none."""

    def meet(self, list_id: str, version: str) -> None:
        """Say that watched parties have met a version of a list of the book."""

    def policy(self) -> Policy:
        """The house's own rules."""

    def set_policy(self, policy: Policy) -> None:
        """Change the house's own rules."""


class Shelf(Protocol):
    """The user's party lists, every version kept; every change is whole or none."""

    def editions(self, *, hidden: bool = False) -> tuple[Edition, ...]:
        """The latest version of each list by name; removed lists only when asked for."""

    def history(self, list_id: str) -> tuple[Edition, ...]:
        """Every version of a list, oldest first."""

    def load(self, list_id: str, version: str = "") -> ListVersion:
        """A version of a list with its entries: the latest, or by number or beginning of its hash."""

    def put(self, edition: Edition, entries: Sequence[ListEntry], base: int | None) -> ListVersion:
        """Keep a version of a list as its latest, in the place of the version `base` (None: a new list)."""

    def hide(self, list_id: str) -> None:
        """Show a list no longer; its versions stay."""

    def compared(self, list_id: str) -> int:
        """The number of the last version that watched parties met; 0 if they met none."""

    def mark_compared(self, list_id: str, number: int) -> None:
        """Say that watched parties have met a version."""

    def prepared(self, sha: str, engine: str) -> bytes | None:
        """What an engine prepared for a content, if it was kept."""

    def keep(self, sha: str, engine: str, data: bytes) -> None:
        """Keep what an engine prepared for a content."""
