"""One act on the programme: everything it changes and everything it logs, kept together or not at all."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import AddressError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.salt import Salt
from xenotime.seal.commit import commit
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change


class Owned(Protocol):
    """A thing of an organisation."""

    @property
    def organisation(self) -> str:
        """Whose it is."""


T = TypeVar("T")
Thing = TypeVar("Thing", bound=Owned)


@dataclass(frozen=True)
class Turn:
    """An open change, who acts and when, and the events that will be logged when it ends well.

    `ready` holds what was worked out before the change was opened, so that it need not wait inside.
    """

    office: Office
    change: Change
    actor: Actor
    at: datetime
    events: list[Event] = field(default_factory=list)
    ready: Mapping[str, Any] = field(default_factory=dict)

    def note(self, kind: str, subject: str, organisation: str, data: Mapping[str, Any] | None = None) -> None:
        """Log an event at the end of the change; `data` without personal data."""
        self.events.append(Event(self.at, kind, subject, organisation, self.actor.sign, dict(data or {})))

    def veil(self, subject: str, organisation: str, of: str, text: str) -> str:
        """The commitment that stands for a text in the log, its salt kept beside; "" for no text."""
        if not text:
            return ""
        drawn = self.office.mint("salt").encode()
        salt = hmac.digest(self.office.keys.secret("salts"), drawn, "sha256")
        sign = commit(salt, text)
        self.change.add(Salt(sign, subject, organisation, of, salt.hex()))
        return sign


def acted(
    office: Office,
    actor: Actor,
    at: datetime,
    act: Callable[[Turn], T],
    ready: Mapping[str, Any] | None = None,
) -> T:
    """What a whole act returns; done again from its start when it met another and was undone.

    Raises BusyError when it met others every time.
    """

    def whole(change: Change) -> T:
        made = Turn(office, change, actor, at, ready=ready or {})
        found = act(made)
        for event in made.events:
            change.log(event)
        return found

    return office.store.run(whole)


@contextmanager
def turn(office: Office, actor: Actor, at: datetime) -> Iterator[Turn]:
    """Open a change; its events go to the log last, in the order they were noted."""
    with office.store.change() as change:
        made = Turn(office, change, actor, at)
        yield made
        for event in made.events:
            change.log(event)


def allowed(
    actor: Actor, verb: str, get: Callable[[type[Thing], str], Thing], kind: type[Thing], key: str
) -> Thing:
    """The thing of an id if the actor may do this to it.

    Raises AccessError if not, also for a thing that is not there, to whoever may touch only the own
    organisation's: such a person learns nothing about what exists. Raises AddressError to the others.
    """
    try:
        thing = get(kind, key)
    except AddressError:
        access.require(actor, verb)
        raise
    access.require(actor, verb, thing.organisation)
    return thing


def once(made: Turn, key: str, request: object, act: Callable[[], Case]) -> Case:
    """The case that an act makes, done once for an idempotency key: the same key gives the same answer.

    Raises RepeatError for a key used with another content. Without a key the act is simply done.
    """
    if not key:
        return act()
    scoped, asked = f"{made.actor.sign}:{key}", digest(request)
    said = made.change.answered(scoped, asked)
    if said is not None:
        return restored(Case, said)
    case = act()
    made.change.answer(scoped, asked, canonical(case).decode())
    return case
