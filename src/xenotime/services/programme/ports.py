"""What the programme needs from outside, as protocols; `stores` implements them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from xenotime.programme.shipping.quota import Cap, Draw, Entry, Reservation, Shortfall
from xenotime.seal.event import Event, Receipt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Search:
    """Which things of a kind: equal to `where` (a tuple or list of values: any of them; None: nothing there),
    words of its names that begin as those of `text`, ordered by `order` ("-opened" turns it round), at most
    `limit` (1 to 1000), from the place `after` (opaque, from a Page).

    A name in `where` may end in <, <=, > or >=: {"due<=": day}. Where something is compared with <, nothing
    (None) is never found. A field with many values (a certificate's items) is found by any of them.
    """

    where: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    order: str = ""
    limit: int = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of things, and where the next begins; "" at the end."""

    items: tuple[Any, ...]
    next: str = ""


class View(Protocol):
    """A consistent look at the store."""

    def get(self, kind: type[T], key: str) -> T:
        """The thing of an id. Raises AddressError if there is none."""

    def find(self, kind: type[T], search: Search) -> Page:
        """Things of a kind."""

    def count(self, kind: type[T], by: str, where: Mapping[str, Any] | None = None) -> Mapping[str, int]:
        """How many there are by the values of a column."""

    def columns(
        self, kind: type[Any], names: Sequence[str], where: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The named columns of every thing, by id, as a stream that lives as long as the view; days and
        instants
        as text of one width, nothing as "".
        """

    def blob(self, sha256: str) -> bytes:
        """A document's content. Raises AddressError if there is none."""

    def caps(self, where: Mapping[str, Any] | None = None) -> tuple[Cap, ...]:
        """The caps whose columns equal these."""

    def entries(
        self, *, reservation: str = "", cap: str = "", after: int = 0, limit: int = 1000
    ) -> tuple[Entry, ...]:
        """Entries of the ledger in the order they were made."""

    def reservation(self, name: str) -> Reservation:
        """A reservation and how it ended. Raises AddressError if there is none."""

    def reservations(
        self, where: Mapping[str, Any] | None = None, *, after: str = "", limit: int = 1000
    ) -> tuple[Reservation, ...]:
        """Reservations by id, whose state, certificate or organisation equal these."""

    def events(
        self, *, start: int = 0, limit: int = 1000, subject: str = ""
    ) -> tuple[tuple[int, bytes], ...]:
        """Log leaves with their index, oldest first: the canonical bytes that were hashed."""

    def head(self) -> tuple[int, str]:
        """The log's size and root [hexadecimal]."""

    def node(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree of 2**level leaves."""

    def published(self, purpose: str, on: datetime | None = None) -> str | None:
        """The status list credential that was current at an instant (None: now), if any was published."""


class Change(View, Protocol):
    """One change: everything in it is kept, or nothing."""

    def hold(self, kind: type[T], key: str, *, share: bool = False) -> T:
        """The thing of an id, kept from other writers until the change ends; with `share` others may hold
        it so
        too, and only who would write it waits.
        """

    def add(self, thing: Any) -> None:  # noqa: ANN401 - any kind of thing that the store has a table for
        """Keep a new thing. Raises StateError if its id is taken."""

    def put(self, thing: T) -> T:
        """Keep a changed thing; returns it with its next version. Raises StateError if somebody changed it
        since it was read.
        """

    def drop(self, kind: type[Any], key: str) -> None:
        """Remove a thing that law does not ask to keep (a session, a draft)."""

    def number(self, series: str) -> int:
        """The next number of a series, from 1; numbers are not given twice, and a failed change may leave
        a gap.
        """

    def keep_blob(self, data: bytes) -> str:
        """Keep a document's content under its SHA-256."""

    def answered(self, key: str, request: str) -> str | None:
        """The answer kept under an idempotency key for a request's hash. Raises RepeatError for another
        content.
        """

    def answer(self, key: str, request: str, said: str) -> None:
        """Keep an answer under an idempotency key."""

    def set_cap(self, cap: Cap, at: datetime, by: str) -> Cap:
        """Add a cap, or change its grams; what is held and used stays, and may lie above the new bound."""

    def reserve(
        self, reservation: str, draws: Sequence[Draw], at: datetime, expires: datetime, by: str, key: str
    ) -> tuple[Shortfall, ...]:
        """Hold grams under every cap that fits any of the draws, all or none; returns what is short
        (empty: held).
        """

    def settle(
        self,
        reservation: str,
        kind: str,
        at: datetime,
        by: str,
        key: str,
        *,
        grams: Mapping[str, int] | None = None,
        reason: str = "",
    ) -> tuple[Entry, ...]:
        """Commit, release or expire a reservation once (less than was held if `grams` by element says so;
        the rest is freed).

        Raises StateError if it is settled already.
        """

    def correct(
        self, reservation: str, element: str, grams: int, at: datetime, by: str, key: str, reason: str
    ) -> tuple[Entry, ...]:
        """Add to (or take from, below 0) what a reservation committed; a new entry, never an edit."""

    def overdue(self, at: datetime, limit: int = 100) -> tuple[str, ...]:
        """Reservations that expired and are not settled."""

    def log(self, event: Event) -> Receipt:
        """Append an event to the log; call it last in a change, for the log's head is one place for all
        writers.
        """

    def publish(self, purpose: str, credential: str, at: datetime) -> None:
        """Keep a new version of a status list credential; older ones stay."""

    def index(self, purpose: str, at: datetime) -> int:
        """A place in a status list that nobody has, drawn at random."""


class Store(Protocol):
    """The programme's database."""

    def view(self) -> AbstractContextManager[View]:
        """Look at the store."""

    def change(self) -> AbstractContextManager[Change]:
        """Change the store: kept when the block ends well, and undone when it raises."""

    def run(self, act: Callable[[Change], T], *, tries: int = 8) -> T:
        """What `act` returns in a change of its own, tried again when it met another (BusyError).

        `act` must do nothing outside the change, for it may run more than once.
        """

    def migrate(self) -> tuple[str, str]:
        """Bring the database to this release's schema; returns the revision before and after."""

    def backup(self, target: Path) -> None:
        """A consistent copy into one file, also while others write."""

    def restore(self, source: Path) -> None:
        """Put a backup in the place of an empty database. Raises StateError if it is not empty."""

    def ready(self) -> Iterable[str]:
        """What keeps the store from serving, asked with a few statements; empty if nothing."""

    def check(self) -> Iterable[str]:
        """What in the database disagrees with itself (log, ledger, columns, documents), from every row."""

    def close(self) -> None:
        """Close every connection."""


class Signer(Protocol):
    """Signs with the current key of one purpose; the key itself stays where it is."""

    def kid(self) -> str:
        """The id of the key: a DID URL."""

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature over the bytes."""


class Keys(Protocol):
    """The authority's keys: one current key a purpose (credential | status | log | seal), old ones kept
    for verifying.
    """

    def signer(self, purpose: str) -> Signer:
        """Who signs for a purpose now."""

    def document(self) -> Mapping[str, Any]:
        """The did:web document with every public key that still verifies something."""

    def rotate(self, purpose: str, at: datetime) -> str:
        """Make a new current key; returns its id. The old one goes on verifying."""

    def test(self) -> bool:
        """Whether any key is a test key: such keys refuse to start in production."""

    def secret(self, name: str) -> bytes:
        """32 secret bytes for a named use (session signs, TOTP sealing, salts), always the same."""
